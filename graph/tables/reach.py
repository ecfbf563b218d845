"""What is below a directive, and who is told to have done something about it: all that a coverage counts, without a sentence.

A directive that a country carries out has thousands of documents below it, and what is asked of it is asked of all of them. So of
those that many carry out it is kept with the tables, packed, in `reach`; of others it is found when it is asked for, by the same function.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

import msgspec

from chidao.graph.tables.schema import number_of

LEVELS = ("central", "province", "district", "commune", None)
CARRYING = ("implements", "guides", "continues")
"""The relations by which one document carries out another."""
_MANY = 5
"""Documents that carry out a directive itself from which on what is below it is kept."""
_LARGEST = 1 << 28
"""Bytes of what is kept of one directive: more is not unpacked."""
_CARRIES = "s.predicate IN ('implements', 'guides', 'continues')"


class Step(NamedTuple):
    """A document below a directive at its least `depth`. It carries out `via` itself, the IRI of one that stands above it, by a `relation`
    which the files tell with a `certainty`; `bodies` are those that issued it."""

    iri: str
    depth: int
    via: str
    relation: str
    certainty: str
    level: str | None
    date: str | None
    label: str
    scope: str | None
    bodies: tuple[str, ...]


class Again(NamedTuple):
    """That a document carries out another one below the directive too, besides the `via` of its step."""

    upper: str
    lower: str
    relation: str
    certainty: str


class Citing(NamedTuple):
    """That documents of a jurisdiction and of bodies cite the directive: the IRI of the first, and the latest of their days."""

    scope: str | None
    bodies: tuple[str, ...]
    first: str
    latest: str | None


class Reach(NamedTuple):
    """What is below a directive, level by level, each level in the order of what it carries out; which body did what about it; whose
    documents cite it."""

    steps: list[Step]
    again: list[Again]
    acts: list[tuple[str, str]]
    citing: list[Citing]
    latest: str | None
    """The latest day of all of it."""


class Fact(NamedTuple):
    """What is known of a document that may be below a directive."""

    iri: str
    level: str | None
    date: str | None
    label: str
    scope: str | None
    bodies: tuple[str, ...]


K = TypeVar("K", bound=Hashable)
Link = tuple[K, K, str, str]
"""That the second carries out the first: by which relation, with which certainty."""


def in_order(fact: Fact | Step) -> tuple[int, str, str, str]:
    """By what carriers of one document are sorted: level and date, undated ones last in their level."""
    return LEVELS.index(fact.level if fact.level in LEVELS else None), fact.date or "9999", fact.label, fact.iri


def walk(
    start: K, iri: str, links: Iterable[Link[K]], facts: Mapping[K, Fact], until: str | None = None
) -> tuple[list[Step], list[Again]]:
    """Return every document below another, which has this IRI, each once at its least depth, and the other ways to them. What is younger
    than `until` is as if it were not there."""
    below: dict[K, dict[K, tuple[str, str]]] = defaultdict(dict)
    for upper, lower, relation, certainty in sorted(links, key=lambda link: CARRYING.index(link[2])):
        if lower in facts and (until is None or (facts[lower].date or "") <= until):
            known = below[upper].get(lower, (relation, certainty))
            below[upper][lower] = known[0], min(known[1], certainty)
    seen, row, depth = {start}, [start], 0
    steps: list[Step] = []
    again: list[Again] = []
    while row:
        depth, above, row = depth + 1, row, []
        for upper in above:
            via = facts[upper].iri if depth > 1 else iri
            for key in sorted(below.get(upper, ()), key=lambda key: in_order(facts[key])):
                if key in seen:
                    again.append(Again(via, facts[key].iri, *below[upper][key]))
                    continue
                seen.add(key)
                row.append(key)
                own, level, date, label, scope, bodies = facts[key]
                steps.append(Step(own, depth, via, *below[upper][key], level, date, label, scope, bodies))
    return steps, again


def found(tables: sqlite3.Connection, directive: str, until: str | None = None) -> Reach:
    """Return what the tables tell of a directive. Raises sqlite3.Error."""
    number = number_of(directive)
    links = tables.execute(
        f"""WITH RECURSIVE link(upper, lower, relation, certainty) AS (
          SELECT s.object, s.subject, s.predicate, s.certainty FROM statement s WHERE s.object = ? AND {_CARRIES}
          UNION
          SELECT s.object, s.subject, s.predicate, s.certainty FROM link JOIN statement s ON s.object = link.lower WHERE {_CARRIES}
        ) SELECT * FROM link""",
        (number,),
    ).fetchall()
    facts = {
        at: Fact(iri, level, date, label, scope, _bodies(body, others))
        for at, iri, level, date, label, scope, body, others in tables.execute(
            f"""WITH {_JOINT} SELECT d.id, d.iri, d.level, d.date, d.label, d.scope, b.iri, j.others FROM json_each(?)
            JOIN document d ON d.id = value LEFT JOIN body b ON b.id = d.body LEFT JOIN joint j ON j.document = d.id""",
            (json.dumps(sorted({lower for _, lower, _, _ in links})),),
        )
    }
    acts = tables.execute(
        """SELECT DISTINCT b.iri, a.action FROM action a JOIN body b ON b.id = a.actor
        WHERE a.document = ? AND a."trigger" IS NOT NULL ORDER BY 1, 2""",
        (number,),
    )
    citing = tables.execute(
        f"""WITH {_JOINT} SELECT d.scope, b.iri, j.others, min(d.iri), max(d.date)
        FROM (SELECT DISTINCT subject FROM cites WHERE object = ?) c JOIN document d ON d.id = c.subject LEFT JOIN body b ON b.id = d.body
        LEFT JOIN joint j ON j.document = d.id WHERE d.date IS NULL OR coalesce(d.date <= ?, TRUE) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""",
        (number, until),
    )
    return reach_of(
        *walk(number, directive, links, facts, until),
        acts.fetchall(),
        [Citing(scope, _bodies(body, others), first, latest) for scope, body, others, first, latest in citing],
    )


_JOINT = """joint(document, others) AS MATERIALIZED (
  SELECT document, group_concat(value, ' ') FROM told INDEXED BY told_joint WHERE what = 'jointIssuer' GROUP BY document
)"""
"""The further issuers of each joint document, which are few and have an index: by itself the engine looks through all that is told."""


def _bodies(first: str | None, others: str | None) -> tuple[str, ...]:
    """The IRIs of who issued a document, in order."""
    return tuple(sorted({*((first,) if first else ()), *(others or "").split()}))


def reach_of(steps: list[Step], again: list[Again], acts: list[tuple[str, str]], citing: list[Citing]) -> Reach:
    """Return all of this with its latest day."""
    days = (*(step.date for step in steps), *(of.latest for of in citing))
    return Reach(steps, again, acts, citing, max((day for day in days if day), default=None))


def kept(tables: sqlite3.Connection, directive: str) -> Reach | None:
    """Return what was kept of a directive, None where nothing was. Raises sqlite3.Error, and ValueError for what is not as it was
    written."""
    row = tables.execute("SELECT told FROM reach WHERE directive = ?", (number_of(directive),)).fetchone()
    if row is None:
        return None
    try:
        unpacker = zlib.decompressobj()
        told = unpacker.decompress(row[0], _LARGEST)
        if not unpacker.eof:
            raise ValueError("too large")
        return msgspec.json.decode(told, type=Reach)
    except (zlib.error, TypeError, msgspec.MsgspecError) as error:
        raise ValueError(str(error)) from None


def about(tables: sqlite3.Connection, documents: Iterable[int]) -> set[int]:
    """Return these documents, the directives that they are below, and what they cite."""
    asked = json.dumps(sorted(documents))
    told = tables.execute(
        f"""WITH RECURSIVE up(document) AS (
          SELECT value FROM json_each(:asked)
          UNION SELECT s.object FROM up JOIN statement s ON s.subject = up.document WHERE {_CARRIES}
        ) SELECT document FROM up UNION SELECT object FROM cites WHERE subject IN (SELECT value FROM json_each(:asked))""",
        {"asked": asked},
    )
    return {number for (number,) in told}


def keep(tables: sqlite3.Connection, touched: Iterable[int] | None = None, many: int = _MANY) -> None:
    """Write what is below the directives that so many carry out: all, or those of the `touched`."""
    if touched is None:
        asked = "SELECT object FROM statement s WHERE {} GROUP BY object HAVING count(DISTINCT subject) >= ? ORDER BY object"
        chosen = tables.execute(asked.format(_CARRIES), (many,)).fetchall()
    else:
        numbers = json.dumps(sorted(touched))
        tables.execute("DELETE FROM reach WHERE directive IN (SELECT value FROM json_each(?))", (numbers,))
        chosen = tables.execute(
            f"""SELECT value FROM json_each(?) WHERE
            (SELECT count(DISTINCT subject) FROM statement s WHERE s.object = value AND {_CARRIES}) >= ?""",
            (numbers, many),
        ).fetchall()
    tables.executemany("INSERT INTO reach VALUES(?, ?)", _packed(tables, [number for (number,) in chosen]))


def _packed(tables: sqlite3.Connection, directives: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    for number in directives:
        known = tables.execute("SELECT iri FROM document WHERE id = ?", (number,)).fetchone()
        if known:
            yield (
                number,
                zlib.compress(msgspec.json.encode(found(tables, known[0])), 1),
            )  # better takes four times as long
