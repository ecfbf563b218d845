"""The authority tables as plain data: document types, bodies, body templates, jurisdictions.

The Turtle files beside this module are the only place where these things stand; this module reads them once.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A kind of official document, e.g. slug "nghi-quyet", name "Nghị quyết", symbols ("NQ",).

    `labels` are further ways the type word is written ("Chương trình hành động" has symbols ("CTr", "CTHĐ")).
    `branches` says who issues it: "party", "state", "front", "mass", "assembly" …; `normative` is True for the types of
    legal normative documents (Luật 64/2025/QH15)."""

    slug: str
    name: str
    symbols: tuple[str, ...]
    labels: tuple[str, ...]
    branches: tuple[str, ...]
    levels: tuple[str, ...]
    normative: bool


@dataclass(frozen=True, slots=True)
class BodyEntry:
    """A central body. `key` is "vn/bo-chinh-tri"; `labels` every other full or short name, `abbreviations` as printed
    in running text (BCT, UBKTTW), `symbols` as they stand in document numbers (TW, CP, TTg, BTCTW, BNV).
    Dates are ISO; `successors` are keys (the reorganization of 2025)."""

    key: str
    name: str
    labels: tuple[str, ...]
    abbreviations: tuple[str, ...]
    symbols: tuple[str, ...]
    parent: str | None
    branch: str
    valid_from: str | None
    valid_to: str | None
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BodyTemplate:
    """A local body as it exists in every jurisdiction of `level` ("province", "district", "commune").

    Patterns hold {unit} ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", …), {party} ("Tỉnh ủy",
    "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy", "Đảng ủy xã" …) and {name} ("Hà Nội").
    `name` is the canonical full name: "Sở Nội vụ {unit} {name}", "Ban Tổ chức {party} {name}".
    `labels` are the other patterns ("Sở Nội vụ", "UBND {unit}", "UBND {unit} {name}"): with or without the place.
    `symbols` as they stand in document numbers (BTCTU, UBND, SNV)."""

    slug: str
    name: str
    labels: tuple[str, ...]
    abbreviations: tuple[str, ...]
    symbols: tuple[str, ...]
    level: str
    branch: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A province or centrally run city. `slug` "ha-noi", `name` "Hà Nội", `unit` "thành phố" or "tỉnh".

    `valid_to` and `successor` are set for the provinces merged on 2025-07-01; `valid_from` for their successors
    when these are new."""

    slug: str
    name: str
    unit: str
    labels: tuple[str, ...]
    valid_from: str | None
    valid_to: str | None
    successor: str | None

    @property
    def full_name(self) -> str:
        return f"{self.unit} {self.name}"

    @property
    def party(self) -> str:
        """The name of its Party committee without the place: "Thành ủy" or "Tỉnh ủy"."""
        return "Thành ủy" if self.unit == "thành phố" else "Tỉnh ủy"
