"""What a search knows of each document and body: what is shown of it, what it may be looked for by, and how much it weighs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import log2
from typing import Any

from chidao.graph.index.collate import vietnamese
from chidao.graph.select import Store, rows

_LEVELS = {"central": 0.4, "province": 0.2, "district": 0.05}
_OWN, _TITLED = 0.1, 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document or body. `level` and `scope` are keys; `files` the names of the files that it is read from, but for registers;
    `carried_out` and `cited` count the documents that do so, of a body `cited` those that it issued; `read` says that a file or a row of
    a register is its own. `told` says that a file tells of its force or its end."""

    iri: str
    kind: str
    label: str
    number: str | None = None
    type: str | None = None
    title: str | None = None
    issuer: str | None = None
    signer: str | None = None
    date: str | None = None
    level: str | None = None
    scope: str | None = None
    files: tuple[str, ...] = ()
    carried_out: int = 0
    cited: int = 0
    read: bool = False
    told: bool = False

    @property
    def weight(self) -> float:
        """What its score is multiplied with: who issued it, how many carry it out or cite it, and how much is known of it."""
        many = min(0.12 * log2(1 + self.carried_out), 0.6) + min(0.05 * log2(1 + self.cited), 0.3)
        return 1 + _LEVELS.get(self.level or "", 0.0) + many + _OWN * self.read + _TITLED * bool(self.title)


def entries(store: Store, files: Mapping[str, tuple[str, ...]]) -> list[Entry]:
    """Return all documents, the latest first and those without a date last, then all bodies by name. `files` gives the names of the files
    that a document, by IRI, is read from."""
    signers = {row["document"]: row["signer"] for row in rows(store, "internal/signers")}
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows(store, "internal/search-counts"):
        counts[row["node"]][row["what"]] = int(row["count"])
    found = [
        _entry(row, signers.get(row["node"]), files, counts[row["node"]])
        for row in rows(store, "internal/network-nodes")
    ]
    found.sort(key=lambda entry: (vietnamese(entry.label), entry.iri))
    found.sort(key=lambda entry: entry.date or "", reverse=True)
    return sorted(found, key=lambda entry: entry.kind == "body")


def _entry(
    row: Mapping[str, Any], signer: str | None, files: Mapping[str, tuple[str, ...]], counts: Mapping[str, int]
) -> Entry:
    """From a row of `internal/network-nodes`."""
    return Entry(
        iri=row["node"], kind=row["kind"], label=row["label"], number=row["number"], type=row["type"], title=row["title"],
        issuer=row["issuer"], signer=signer, date=row["date"], level=(row["level"] or "").rpartition("level-")[2] or None,
        scope=(row["scope"] or "").rpartition("/place/")[2] or None, files=files.get(row["node"], ()),
        carried_out=counts.get("carries-out", 0), cited=counts.get("cites", 0) + counts.get("issued", 0),
        read="read" in counts, told="told" in counts,
    )  # fmt: skip
