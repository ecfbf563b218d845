"""What followed a directive: the documents that carry it out, and those that carry these out, by date and level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from chidao.graph.answers.implements import Implementation, chains, days_between
from chidao.graph.select import Store, node, rows


@dataclass(frozen=True, slots=True)
class Directive:
    """A document that others carry out. `date` is ISO or None."""

    iri: str
    label: str
    title: str | None
    issuer: str | None
    date: str | None
    level: str | None = None


def directive(row: dict[str, Any]) -> Directive:
    """Return the directive of a row of `internal/document`."""
    return Directive(row["document"], row["label"], row["title"], row["issuer"], row["date"], row["level"])


@dataclass(frozen=True, slots=True)
class Event:
    """A document that followed. `days` run from the directive's date, `waited` from that of the document which it carries out
    itself, `above`; `depth` 1 carries out the directive, 2 what carries it out, and so on."""

    iri: str
    label: str
    title: str | None
    issuer: str | None
    date: str | None
    level: str | None
    relation: str
    certainty: str
    days: int | None
    waited: int | None
    depth: int
    above: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """`events` by date, `undated` by label."""

    directive: Directive
    events: tuple[Event, ...]
    undated: tuple[Event, ...]


def timeline(store: Store, iri: str) -> Timeline:
    """Return what followed the document with this IRI. A document that carries out several of the chain stands once, at its least depth.

    Raises LookupError when the graph holds no such document."""
    facts = next(rows(store, "internal/document", document=node(iri)), None)
    if facts is None:
        raise LookupError(iri)
    start = directive(facts)
    nearest: dict[str, Event] = {}
    for event in _events(chains(store, iri), start, iri, 1):
        if event.iri not in nearest or event.depth < nearest[event.iri].depth:
            nearest[event.iri] = event
    known = sorted(nearest.values(), key=lambda e: (e.date or "", e.depth, e.label))
    return Timeline(
        start, tuple(e for e in known if e.date), tuple(sorted((e for e in known if not e.date), key=lambda e: e.label))
    )


def _events(items: Sequence[Implementation], start: Directive, above: str, depth: int) -> Iterator[Event]:
    for item in items:
        yield Event(
            item.iri, item.label, item.title, item.issuer, item.date, item.level, item.relation, item.certainty,
            days_between(start.date, item.date), item.days, depth, above,
        )  # fmt: skip
        yield from _events(item.below, start, item.iri, depth + 1)
