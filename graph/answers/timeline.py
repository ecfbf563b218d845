"""What followed a directive: the documents that carry it out, and those that carry these out, by date and level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chidao.graph.answers.implements import days_between
from chidao.graph.answers.reach import below, named
from chidao.graph.select import Store


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
    """`events` by date, `undated` by label: some of `total`, where only some were asked for. The last of all was `longest` days after the
    directive."""

    directive: Directive
    events: tuple[Event, ...]
    undated: tuple[Event, ...]
    total: int
    longest: int | None


def timeline(store: Store, iri: str, *, limit: int | None = None, offset: int = 0) -> Timeline:
    """Return what followed the document with this IRI: at most `limit` events, behind the first `offset`. A document that carries out
    several of the chain stands once, at its least depth.

    Raises LookupError when the graph holds no such document."""
    facts = named(store, [iri]).get(iri)
    if facts is None:
        raise LookupError(iri)
    start = directive(facts)
    steps = below(store, iri)[0]
    days = {step.iri: step.date for step in steps} | {iri: start.date}
    known = sorted(steps, key=lambda s: (s.date is None, s.date or "", s.depth if s.date else 0, s.label))
    shown = known[offset:][:limit]
    told = named(store, [step.iri for step in shown])
    events = [
        Event(
            step.iri, step.label, told[step.iri]["title"], told[step.iri]["issuer"], step.date, step.level, step.relation, step.certainty,
            days_between(start.date, step.date), days_between(days[step.via], step.date), step.depth, step.via,
        )
        for step in shown
    ]  # fmt: skip
    last = max((step.date for step in steps if step.date), default=None)
    return Timeline(
        start, tuple(e for e in events if e.date), tuple(e for e in events if not e.date), len(known), days_between(start.date, last)
    )  # fmt: skip
