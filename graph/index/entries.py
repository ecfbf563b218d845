"""What a search knows of each document and body: what is shown of it, what it may be looked for by, and how much it weighs."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

from chidao.graph.index.collate import vietnamese
from chidao.graph.select import Store, rows_of_each, tuples

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


def entries(
    store: Store, files: Mapping[str, tuple[str, ...]], former: Sequence[Entry] = (), touched: Collection[str] | None = None
) -> list[Entry]:  # fmt: skip
    """Return all documents, the latest first and those without a date last, then all bodies by name. `files` gives the names of the files
    that a document, by IRI, is read from. What has its place among the `former` ones is not sorted again; of these all stay as they are
    but those that are `touched`, where that is known."""
    asked = None if touched is None else {*touched, *(e.iri for e in former if e.files != files.get(e.iri, ()))}
    found = _found(store, files, asked)
    placed: list[Entry] = []
    others: list[Entry] = []
    for was in former:
        if asked is not None and was.iri not in asked:
            placed.append(was)
        elif now := found.pop(was.iri, None):
            (placed if _sorted_by(now) == _sorted_by(was) else others).append(now)
    others += found.values()
    if len(others) > len(placed):
        return sorted((*placed, *others), key=_order)
    for entry in others:
        insort(placed, entry, key=_order)
    return placed


def _found(store: Store, files: Mapping[str, tuple[str, ...]], asked: Collection[str] | None) -> dict[str, Entry]:
    """The entries of what is asked for, or of all there is, by their IRIs."""

    def told(name: str, parameter: str, columns: Sequence[str]) -> Iterable[tuple[Any, ...]]:
        if asked is None:
            return tuples(store, name, columns)
        return (tuple(map(row.get, columns)) for row in rows_of_each(store, name, parameter, sorted(asked)))

    signers = dict(told("internal/signers", "document", ("document", "signer")))
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for node, what, count in told("internal/search-counts", "node", ("node", "what", "count")):
        counts[node][what] = int(count)
    nodes = told("internal/network-nodes", "node", _COLUMNS)
    return {row[0]: _entry(row, signers.get(row[0]), files.get(row[0], ()), counts[row[0]]) for row in nodes}


_COLUMNS = ("node", "kind", "label", "number", "type", "title", "issuer", "date", "level", "scope")


def _entry(row: tuple[Any, ...], signer: str | None, files: tuple[str, ...], counts: Mapping[str, int]) -> Entry:
    """From a row of `internal/network-nodes`."""
    node, kind, label, number, type_, title, issuer, date, level, scope = row
    return Entry(
        iri=node, kind=kind, label=label, number=number, type=type_, title=title, issuer=issuer, signer=signer, date=date,
        level=(level or "").rpartition("level-")[2] or None, scope=(scope or "").rpartition("/place/")[2] or None, files=files,
        carried_out=counts.get("carries-out", 0), cited=counts.get("cites", 0) + counts.get("issued", 0),
        read="read" in counts, told="told" in counts,
    )  # fmt: skip


def _sorted_by(entry: Entry) -> tuple[str | None, ...]:
    return entry.kind, entry.date, entry.label


def _order(entry: Entry) -> tuple[Any, ...]:
    """By what entries are sorted."""
    latest_first = (*(-ord(sign) for sign in entry.date or ""), 1)
    return entry.kind == "body", latest_first, vietnamese(entry.label), entry.iri
