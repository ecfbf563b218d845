"""The corrections of a workspace beside what a graph made of them: which hold, which wait for the next build, which are to be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from chidao.extract.resolved import Correction
from chidao.graph.corrections import read_corrections
from chidao.graph.select import Store, rows
from chidao.graph.workspace import Workspace

STATES = ("review", "pending", "undoing", "applied", "replaced")
"""In the order in which they are listed: what its sentence does not say any more, what the next build will do or undo, what holds."""

_TOLD = (
    "kind",
    "what",
    "field",
    "before",
    "after",
    "reason",
    "by",
    "at",
    "because",
    "now",
    "document",
    "sentence",
    "source",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A correction with its state; `because` and `now` say why it is for review, and what is read there by now; `document` is the IRI of
    the document that it is about, where the graph knows it. One that was undone and still stands in the graph is known from there."""

    id: str
    state: str
    kind: str
    what: str
    field: str | None
    before: str | None
    after: str | None
    reason: str | None
    by: str | None
    at: str | None
    because: str | None = None
    now: str | None = None
    document: str | None = None
    sentence: str | None = None
    source: str | None = None


def in_graph(store: Store) -> dict[str, Kept]:
    """Return the corrections that a graph holds, by their names."""
    known: dict[str, Kept] = {}
    for row in rows(store, "corrections"):
        name = row["correction"].rpartition("/")[2]
        known.setdefault(name, Kept(name, row["state"], **{column: row[column] for column in _TOLD}))
    return known


def kept_corrections(known: Mapping[str, Kept], workspace: Workspace | None) -> list[Kept]:
    """Return all corrections, those to be looked at first, the last said first: what is `known` in the graph, and what the workspace has
    beside it. Raises ChidaoError for a file that cannot be read."""
    said = {quote(c.id): c for c in read_corrections(workspace)} if workspace else {}
    undone = known.keys() - said.keys() if workspace else frozenset()
    found = [replace(one, state="undoing") if name in undone else one for name, one in known.items()]
    found += [_pending(c) for name, c in said.items() if name not in known]
    found.sort(key=lambda kept: kept.at or "", reverse=True)
    return sorted(found, key=lambda kept: STATES.index(kept.state))


def pending(kept: list[Kept]) -> list[Kept]:
    """Return what the next build changes."""
    return [one for one in kept if one.state in ("pending", "undoing")]


def _pending(c: Correction) -> Kept:
    return Kept(
        c.id, "pending", c.kind, c.label or c.document or c.body or c.id, c.field or c.fact, c.old or c.told, c.new, c.why or None,
        c.by or None, c.at[:19] or None, sentence=c.quote, source=c.source,
    )  # fmt: skip
