"""Which documents carry out a directive, with the sentences that say so, and the chains below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from chidao.graph.answers.status import Ended, ended
from chidao.graph.evidence import Evidence
from chidao.graph.select import Store, rows_of_each

LEVELS = ("central", "province", "district", "commune", None)


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


def implementers(store: Store, directive: str, on: date | None = None) -> list[Implementation]:
    """Return the documents that carry out the document with this IRI, by level and date; undated ones last in their level. Which of them
    have ended is told as of a day (today by default)."""
    return carriers(store, [directive], on).get(directive, [])


def chains(store: Store, directive: str, on: date | None = None) -> list[Implementation]:
    """Return the same with what carries these out in turn in `below`, and so on. What is below a document is given where it stands
    first; elsewhere it is marked `again`, so that neither many paths nor a circle make the chain endless."""
    known = below(store, [directive], on)
    shown: set[str] = set()

    def grow(iri: str, above: tuple[str, ...]) -> Iterator[Implementation]:
        for item in known.get(iri, []):
            if item.iri in above:
                continue
            again = item.iri in shown
            shown.add(item.iri)
            below = () if again else tuple(grow(item.iri, (*above, item.iri)))
            yield replace(item, below=below, again=again and bool(known.get(item.iri)))

    return list(grow(directive, (directive,)))


def below(store: Store, directives: Sequence[str], on: date | None = None) -> dict[str, list[Implementation]]:
    """By IRI: what carries out each of these documents, what carries that out, and so on."""
    known: dict[str, list[Implementation]] = {}
    waiting = list(dict.fromkeys(directives))
    while waiting:
        found = carriers(store, waiting, on)
        known |= {iri: found.get(iri, []) for iri in waiting}
        waiting = sorted({item.iri for items in found.values() for item in items} - known.keys())
    return known


def carriers(store: Store, directives: Sequence[str], on: date | None = None) -> dict[str, list[Implementation]]:
    """For each of the documents with these IRIs, what carries it out, asked for together."""
    statements = list(rows_of_each(store, "internal/implementations", "directive", directives))
    wanted = sorted({*directives, *(row["document"] for row in statements)})
    facts = {row["document"]: row for row in rows_of_each(store, "internal/document", "document", wanted)}
    over = ended(store, {row["document"] for row in statements}, on)
    grouped: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in statements:
        grouped[row["directive"]][row["document"]].append(row)
    return {
        directive: sorted(
            (
                _implementation(
                    document, facts.get(document, {}), facts.get(directive, {}).get("date"), said, over.get(document)
                )
                for document, said in documents.items()
            ),
            key=lambda i: (LEVELS.index(i.level if i.level in LEVELS else None), i.date or "9999", i.label),
        )
        for directive, documents in grouped.items()
    }


def _implementation(
    iri: str, facts: dict[str, Any], since: str | None, said: Sequence[dict[str, Any]], over: Ended | None
) -> Implementation:
    """From what is known of the document, the directive's day, and the rows that say that the one carries the other out."""
    certainties = {row["certainty"] for row in said}
    return Implementation(
        iri, facts.get("label") or iri, facts.get("title"), facts.get("issuer"), facts.get("date"), facts.get("level"),
        said[0]["predicate"], "explicit" if "explicit" in certainties else said[0]["certainty"],
        days_between(since, facts.get("date")), tuple(dict.fromkeys(map(Evidence.of, said))), ended=over,
    )  # fmt: skip


def days_between(first: str | None, second: str | None) -> int | None:
    """Days from the first ISO date to the second, None when one is unknown.

    >>> days_between("2022-05-05", "2022-08-26")
    113
    """
    if not first or not second:
        return None
    return (date.fromisoformat(second) - date.fromisoformat(first)).days
