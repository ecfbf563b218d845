"""Which documents carry out a directive, with the sentences that say so, and the chains below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from chidao.graph.select import Store, rows_of_each

LEVELS = ("central", "province", "district", "commune", None)


@dataclass(slots=True)
class Implementation:
    """A document that carries out another. `days` run from the directive's date to its own (None when one is
    unknown); `relation` is implements, guides or continues; `evidence` holds {sentence, quote, file, line, start, end}.
    In a chain, `again` says that the document stands further up with all that is below it."""

    iri: str
    label: str
    title: str | None
    issuer: str | None
    date: str | None
    level: str | None
    relation: str
    certainty: str
    days: int | None
    evidence: list[dict[str, Any]] = field(default_factory=list)
    below: list[Implementation] = field(default_factory=list)
    again: bool = False


def implementers(store: Store, directive: str) -> list[Implementation]:
    """The documents that carry out the document with this IRI, by level and date; undated ones last in their level."""
    return carriers(store, [directive]).get(directive, [])


def chains(store: Store, directive: str) -> list[Implementation]:
    """The same with what carries these out in turn in `below`, and so on. What is below a document is given where it stands
    first; elsewhere it is marked `again`, so that neither many paths nor a circle make the chain endless."""
    known: dict[str, list[Implementation]] = {}
    waiting = [directive]
    while waiting:
        found = carriers(store, waiting)
        for iri in waiting:
            known[iri] = found.get(iri, [])
        waiting = sorted({i.iri for items in found.values() for i in items} - known.keys())

    shown: set[str] = set()

    def grow(iri: str, above: tuple[str, ...]) -> list[Implementation]:
        grown = []
        for item in known.get(iri, []):
            if item.iri in above:
                continue
            again = item.iri in shown
            shown.add(item.iri)
            below = [] if again else grow(item.iri, (*above, item.iri))
            grown.append(replace(item, below=below, again=again and bool(known.get(item.iri))))
        return grown

    return grow(directive, (directive,))


def carriers(store: Store, directives: Sequence[str]) -> dict[str, list[Implementation]]:
    """For each of the documents with these IRIs, what carries it out, asked for together."""
    statements = list(rows_of_each(store, "internal/implementations", "directive", directives))
    wanted = sorted({*directives, *(row["document"] for row in statements)})
    facts = {row["document"]: row for row in rows_of_each(store, "internal/document", "document", wanted)}
    found: dict[str, dict[str, Implementation]] = defaultdict(dict)
    for row in statements:
        above, here = facts.get(row["directive"], {}), facts.get(row["document"], {})
        item = found[row["directive"]].get(row["document"])
        if item is None:
            item = Implementation(
                row["document"], here.get("label") or row["document"], here.get("title"), here.get("issuer"), here.get("date"),
                here.get("level"), row["predicate"], row["certainty"], days_between(above.get("date"), here.get("date")),
            )  # fmt: skip
            found[row["directive"]][row["document"]] = item
        if row["certainty"] == "explicit":
            item.certainty = "explicit"
        place = {
            "sentence": row["sentence"],
            "quote": row["quote"] or "",
            "file": row["source"],
            "line": int(row["line"]),
            "page": int(row["page"]) if row["page"] else None,
            "row": int(row["row"]) if row["row"] else None,
        }
        place |= {"start": int(row["start"] or 0), "end": int(row["end"] or 0)}
        if place not in item.evidence:
            item.evidence.append(place)
    return {
        iri: sorted(
            items.values(),
            key=lambda i: (LEVELS.index(i.level if i.level in LEVELS else None), i.date or "9999", i.label),
        )
        for iri, items in found.items()
    }


def days_between(first: str | None, second: str | None) -> int | None:
    """Days from the first ISO date to the second, None when one is unknown.

    >>> days_between("2022-05-05", "2022-08-26")
    113
    """
    if not first or not second:
        return None
    return (date.fromisoformat(second) - date.fromisoformat(first)).days
