"""Where local bodies belong: provinces by every name, and the districts and communes below them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from chidao.extract.named import slug
from chidao.ontology.authority import Jurisdiction, jurisdictions


@dataclass(frozen=True, slots=True)
class Place:
    """Where a local body belongs. `key` is "ha-noi" or "ha-noi/huyen-me-linh"; `level` province, district or commune;
    `unit` "thành phố", `name` "Hà Nội"; `party` "Thành ủy"."""

    key: str
    level: str
    unit: str
    name: str
    party: str

    def fill(self, pattern: str) -> str:
        filled = pattern.replace("{unit}", self.unit).replace("{party}", self.party).replace("{name}", self.name)
        return " ".join(filled.split())


_DISTRICT_PARTY = {"huyện": "Huyện ủy", "quận": "Quận ủy", "thị xã": "Thị ủy", "thành phố": "Thành ủy"}
COMMUNE_UNITS = ("xã", "phường", "thị trấn", "đặc khu")


def province(jurisdiction: Jurisdiction) -> Place:
    return Place(jurisdiction.slug, "province", jurisdiction.unit, jurisdiction.name, jurisdiction.party)


def below(home: Place | None, unit: str, name: str) -> Place:
    """A district or commune called `name` below the home province (or below the home district's province)."""
    level = "commune" if unit in COMMUNE_UNITS else "district"
    top = home.key.split("/")[0] if home else "unknown"
    if name.isupper():
        name = name.title()  # a heading prints names in capitals
    party = f"Đảng ủy {unit}" if level == "commune" else _DISTRICT_PARTY[unit]
    return Place(f"{top}/{slug(unit)}-{slug(name)}", level, unit, name, party)


@cache
def provinces() -> dict[str, Jurisdiction]:
    """Jurisdictions by every lower-case name."""
    found: dict[str, Jurisdiction] = {}
    for j in jurisdictions():
        for name in (j.name, *j.labels):
            found.setdefault(name.lower(), j)
    return found


def find_province(name: str) -> Jurisdiction | None:
    """The province or city called `name` ("Hà Nội", "thành phố Hà Nội", "tỉnh Lào Cai", "ha-noi"), or None."""
    cleaned = re.sub(r"^(?:thành phố|tỉnh|tp\.?)\s+", "", " ".join(name.lower().split()))
    return provinces().get(cleaned) or next((j for j in jurisdictions() if j.slug == slug(cleaned)), None)
