"""Which documents carry out a directive, with the sentences that say so, and the chains below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chidao.graph.answers.reach import below, named, said_between
from chidao.graph.answers.status import Ended, ended
from chidao.graph.evidence import Evidence
from chidao.graph.select import Store
from chidao.graph.tables.reach import Again, Step, in_order


@dataclass(frozen=True, slots=True)
class Implementation:
    """A document that carries out another. `days` run from the directive's date to its own (None when one is
    unknown); `relation` is implements, guides or continues. In a chain, `below` has what carries this one out in turn, and `again` says
    that the document stands further up with all that is below it. `ended` is what has ended it as a whole."""

    iri: str
    label: str
    title: str | None
    issuer: str | None
    date: str | None
    level: str | None
    relation: str
    certainty: str
    days: int | None
    evidence: tuple[Evidence, ...] = ()
    below: tuple[Implementation, ...] = ()
    again: bool = False
    ended: Ended | None = None

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        return {
            "iri": self.iri, "label": self.label, "title": self.title, "issuer": self.issuer, "date": self.date,
            "level": self.level, "relation": self.relation, "certainty": self.certainty, "days": self.days,
            "evidence": [
                {
                    "sentence": e.sentence, "quote": e.quote or "", "file": e.source, "line": e.line, "page": e.page,
                    "row": e.row, "start": e.start or 0, "end": e.end or 0,
                }
                for e in self.evidence
            ],
            "below": [item.plain() for item in self.below],
            "again": self.again, "ended": self.ended.plain() if self.ended else None,
        }  # fmt: skip


def implementers(
    store: Store, directive: str, on: date | None = None, *, limit: int | None = None, offset: int = 0
) -> list[Implementation]:
    """Return the documents that carry out the document with this IRI, by level and date, undated ones last in their level: at most `limit`,
    behind the first `offset`. Which of them have ended is told as of a day (today by default)."""
    return carrying(store, directive, carriers(store, directive)[offset:][:limit], on)


def carrying(store: Store, directive: str, steps: Sequence[Step], on: date | None = None) -> list[Implementation]:
    """Return some of them with what is shown of each."""
    return _made(store, directive, [_Light(step.iri, directive, step) for step in steps], on)


def carriers(store: Store, directive: str) -> list[Step]:
    """Return all of them without their sentences."""
    return [step for step in below(store, directive)[0] if step.depth == 1]


@dataclass(slots=True)
class _Light:
    """A document of a chain before its sentences are read."""

    iri: str
    above: str
    known: Step | Again
    below: list[_Light] = field(default_factory=list)
    again: bool = False


def chains(
    store: Store, directive: str, on: date | None = None, *, limit: int | None = None, offset: int = 0
) -> list[Implementation]:
    """Return the same with what carries these out in turn in `below`, and so on. What is below a document is given where it stands
    first in this part; elsewhere it is marked `again`, so that neither many paths nor a circle make the chain endless."""
    steps, again = below(store, directive)
    facts = {step.iri: step for step in steps}
    carried: dict[str, list[Step | Again]] = defaultdict(list)
    for step in steps:
        carried[step.via].append(step)
    for link in again:
        carried[link.upper].append(link)
    shown: set[str] = set()

    def grow(iri: str, above: tuple[str, ...], part: slice = slice(None)) -> Iterator[_Light]:
        known = [(facts[lower], link) for link in carried.get(iri, ()) if (lower := _lower(link)) not in above]
        for step, link in sorted(known, key=lambda one: in_order(one[0]))[part]:
            again = step.iri in shown
            shown.add(step.iri)
            below = [] if again else list(grow(step.iri, (*above, step.iri)))
            yield _Light(step.iri, iri, link, below, again and step.iri in carried)

    part = slice(offset, None if limit is None else offset + limit)
    return _made(store, directive, list(grow(directive, (directive,), part)), on)


def _lower(link: Step | Again) -> str:
    return link.iri if isinstance(link, Step) else link.lower


def _made(store: Store, directive: str, lights: Sequence[_Light], on: date | None) -> list[Implementation]:
    """The same with what is shown of each."""

    def every(of: Sequence[_Light]) -> Iterator[_Light]:
        for light in of:
            yield light
            yield from every(light.below)

    pairs = [(light.above, light.iri) for light in every(lights)]
    iris = list(dict.fromkeys(iri for _, iri in pairs))
    facts, said, over = named(store, [directive, *iris]), said_between(store, pairs), ended(store, iris, on)

    def made(light: _Light) -> Implementation:
        known, day = facts[light.iri], facts.get(light.above, {}).get("date")
        return Implementation(
            light.iri, known["label"], known["title"], known["issuer"], known["date"], known["level"],
            light.known.relation, light.known.certainty, days_between(day, known["date"]),
            tuple(dict.fromkeys(map(Evidence.of, said[light.above, light.iri]))), tuple(map(made, light.below)), light.again,
            over.get(light.iri),
        )  # fmt: skip

    return list(map(made, lights))


def days_between(first: str | None, second: str | None) -> int | None:
    """Days from the first ISO date to the second, None when one is unknown.

    >>> days_between("2022-05-05", "2022-08-26")
    113
    """
    if not first or not second:
        return None
    return (date.fromisoformat(second) - date.fromisoformat(first)).days
