"""What each page shows, as plain data: the same for a server's response and for a file of a written site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.corrected import Kept, in_graph
from chidao.graph.answers.force import Amendment, ForceEvent
from chidao.graph.answers.lookup import Match
from chidao.graph.answers.provisions import Detailing, ProvisionDetails, provisions
from chidao.graph.answers.tally import Tally
from chidao.graph.answers.timeline import timeline as follow
from chidao.graph.select import node, rows, rows_of_each
from chidao.ontology.authority import jurisdictions
from chidao.viz.tables import named_by
from chidao.viz.web.rendering.plot import MOST
from chidao.viz.web.request.paging import Part
from chidao.viz.web.snapshots import Snapshot

_COUNTED = 20
"""Directives that are counted where they are offered."""
_SHOWN = 8000
"""Characters of provisions on one page, and of what is said of them."""
_HEAD = 150
"""What the head of a provision, or of something that is said of it, takes, in characters."""
_FOLLOWED = 60
"""Documents of one page of a timeline."""


def followed(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return the directives that most documents carry out, with `count`."""

    def make(snapshot: Snapshot) -> list[dict[str, Any]]:
        return [row | {"count": int(row["count"])} for row in rows(snapshot.store, "internal/most-implemented")]

    found: list[dict[str, Any]] = snapshot.once("followed", make)
    return found


def tallies(snapshot: Snapshot, iris: Sequence[str]) -> dict[str, Tally]:
    """Return how many of today's provinces have carried out each of these documents, in which state the others are; by IRI. Every page that
    says so asks here."""
    found = snapshot.graph.coverage_of(iris, most=1) if iris else None
    return {directive.iri: found.tally(at) for at, directive in enumerate(found.directives)} if found else {}


def counted(snapshot: Snapshot) -> dict[str, Tally]:
    """Return the central directives that most documents carry out, counted; by IRI."""
    return tallies(snapshot, dated(followed(snapshot))[:_COUNTED])


def dated(directives: Iterable[dict[str, Any]]) -> list[str]:
    """Return the central ones whose day is known: from the day on it can be told who has documents."""
    return [row["document"] for row in directives if row["level"] == "central" and row["date"]]


def tally_of(snapshot: Snapshot, iri: str, level: str | None) -> Tally | None:
    """Return the same of one document; None where it is not for the provinces to carry out."""
    return tallies(snapshot, [iri])[iri] if level == "central" else None


def exists(snapshot: Snapshot, iri: str) -> str | None:
    """ "document" or "body" when the graph holds such a thing."""
    for kind in ("document", "body"):
        if next(rows(snapshot.store, f"internal/{kind}", **{kind: node(iri)}), None):
            return kind
    return None


def corrected(snapshot: Snapshot) -> dict[str, Kept]:
    """Return the corrections that this generation holds, by their names."""
    found: dict[str, Kept] = snapshot.once("corrected", lambda snapshot: in_graph(snapshot.store))
    return found


def by_hand(snapshot: Snapshot) -> dict[str, list[Kept]]:
    """Return what people have corrected of each thing, by its IRI: documents, bodies, tasks."""

    def make(snapshot: Snapshot) -> dict[str, list[Kept]]:
        known = corrected(snapshot)
        found: dict[str, list[Kept]] = defaultdict(list)
        for row in rows(snapshot.store, "internal/corrected-things") if known else ():
            kept = known.get(row["correction"].rpartition("/")[2])
            if kept is not None and kept.state == "applied":
                found[row["thing"]].append(kept)
        return dict(found)

    made: dict[str, list[Kept]] = snapshot.once("by-hand", make)
    return made


def provisions_page(
    snapshot: Snapshot, iri: str, path: str = "", on: date | None = None, number: int | None = None
) -> dict[str, Any]:
    """Return what one page of a document's provisions shows, or of those in one of them; all of them where no page is asked for. The IRI
    must be one of a document that the graph holds."""
    found = provisions(snapshot.store, iri, path, on)
    pages = provision_pages(found.entries) if number else [found.entries]
    at = {entry.path: page for page, entries in enumerate(pages, 1) for entry in entries}
    large = [(entry, at[entry.path]) for entry in found.entries if entry.heading and entry.text is not None]
    return {
        "found": found,
        "entries": pages[number - 1] if number and number <= len(pages) else () if number else found.entries,
        "number": number or 1,
        "pages": len(pages),
        "on": (on or date.today()).isoformat(),
        "asked_on": on.isoformat() if on else None,
        "contents": [] if path else large,
    }


def provision_pages(entries: Sequence[ProvisionDetails]) -> list[Sequence[ProvisionDetails]]:
    """Return provisions a page at a time, cut by what they show; before a larger one, if it comes soon.

    There is one page at least."""
    begins, shown = [0], 0
    for at, entry in enumerate(entries):
        if shown > _SHOWN or (shown > _SHOWN // 2 and entry.depth == 0):
            begins.append(at)
            shown = 0
        shown += sum(map(len, (entry.text or "", *_quoted(entry)))) + _HEAD
    return [entries[begin:end] for begin, end in pairwise((*begins, len(entries)))]


def _quoted(entry: ProvisionDetails) -> Iterator[str]:
    """The sentences that are seen at once below a provision."""
    force = entry.force
    told: tuple[ForceEvent | Amendment | Detailing, ...] = (
        *(event for event in force.events if entry.path in (*event.scope, *event.apart)),
        *(change for change in force.amendments if change.path == entry.path),
        *entry.orders,
        *entry.detailed,
    )
    for said in told:
        yield said.evidence.sentence
        yield " " * _HEAD


def timeline(snapshot: Snapshot, iri: str, number: int | None = None) -> dict[str, Any]:
    """Return one page of what followed a directive, those without a date at the end, and the drawing of it as a Vega-Lite specification;
    all of it where no page is asked for."""
    start = 0 if number is None else (number - 1) * _FOLLOWED
    found = follow(snapshot.store, iri, limit=_FOLLOWED if number else None, offset=start)
    events = (*found.events, *found.undated)
    part = Part(events, found.total, max(1, -(-found.total // _FOLLOWED)) if number else 1)
    above = rows_of_each(snapshot.store, "internal/placing", "document", (event.above for event in events))
    return {
        "iri": iri,
        "timeline": found,
        "part": part,
        "number": number or 1,
        "longest": found.longest or 0,
        "counts": tally_of(snapshot, iri, found.directive.level) if found.total else None,
        "drawn": MOST,
        "names": {row["document"]: row["label"] for row in above},
        "shown": _FOLLOWED,
    }


def provinces(on: date | None = None) -> list[tuple[str, str]]:
    """(key, name) of the provinces and cities of a day (today by default), as a person would look for them."""
    day = (on or date.today()).isoformat()
    return sorted(((j.slug, j.full_name) for j in jurisdictions() if j.existed(day)), key=lambda pair: pair[0])


def province_name(key: str | None) -> str | None:
    """Return the name of a province of any day, by its key."""
    return next((j.full_name for j in jurisdictions() if j.slug == key), None)


def columns(names: Sequence[str]) -> list[tuple[str, str | None]]:
    """Return the columns that a page shows of an answer: one that holds a thing, with the column of its name as the words of its link.

    >>> columns(("document", "label", "date"))
    [('document', 'label'), ('date', None)]
    """
    if {"source", "line"} <= set(names):  # a place is told in one cell
        names = [
            name
            for name in names
            if name not in ("page", "row", "line", "footnote") and (name != "provision" or "name" in names)
        ]
    taken = named_by(names)
    return [(name, taken.get(name)) for name in names if name not in taken.values()]


def resolve(snapshot: Snapshot, text: str) -> str:
    """Return the IRI of the one document that a visitor's words mean. Raises ChidaoError when there is none or several."""
    return match(snapshot, text).iri


def match(snapshot: Snapshot, text: str) -> Match:
    """Return the same with its label."""
    if not text.strip():
        raise ChidaoError("no document is named")
    return snapshot.graph.document(text)
