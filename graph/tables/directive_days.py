"""How many tasks of each day come from each document, which assigns them or which the one that does carries out: all that a page counts
which tells from which directives the tasks come.

What is asked of all is found when the tables are written, and kept as one row of `answered`: numbers, without names, as the names of sixty
documents are shown and all are counted.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import accumulate, pairwise

import msgspec

from chidao.graph.tables.project import Row

_NAME = "directive-days"
Days = tuple[str | None, str | None, str | None]
"""When tasks are due, what is said of that where they have no day, and then the date of their document."""
Named = tuple[str, str, str | None]
"""A document's IRI, label and date."""


class DirectiveDays(msgspec.Struct, frozen=True):
    """Of each of the `directives`, in the order of their labels, as many pairs of a day and a count as `pairs` says; a day is a place
    among `days`."""

    days: list[Days]
    directives: list[int]
    pairs: list[int]
    day: list[int]
    count: list[int]

    def __post_init__(self) -> None:
        """Raise ValueError for what does not fit together."""
        fits = len(self.directives) == len(self.pairs) and sum(self.pairs) == len(self.day) == len(self.count)
        if not fits or min(self.day, default=0) < 0 or max(self.day, default=-1) >= len(self.days):
            raise ValueError("counts of tasks that do not fit together")

    def summed(self, weights: list[int]) -> list[int]:
        """Return the tasks of each directive, each counted as often as the weight of its day says."""
        sums = [0, *accumulate(weights[day] * count for day, count in zip(self.day, self.count, strict=True))]
        ends = [0, *accumulate(self.pairs)]
        return [sums[end] - sums[begin] for begin, end in pairwise(ends)]

    def of(self, wanted: Collection[int]) -> dict[int, list[tuple[Days, int]]]:
        """Return how many tasks of which days come from the directives at these places."""
        ends = [0, *accumulate(self.pairs)]
        return {
            at: [(self.days[self.day[n]], self.count[n]) for n in range(ends[at], ends[at + 1])] for at in wanted
        }  # fmt: skip


def keep(tables: sqlite3.Connection, former: DirectiveDays | None = None, touched: Collection[int] = ()) -> None:
    """Write it to tables; where what was kept of `former` ones is given, only of the `touched` documents it is found anew."""
    now = found(tables) if former is None else _put(tables, former, _counts(tables, touched), set(touched))
    tables.execute("INSERT INTO answered VALUES(?, 0, ?)", (_NAME, msgspec.json.encode(now).decode()))


def about(tables: sqlite3.Connection, documents: Collection[int], rows: Iterable[Row]) -> set[int]:
    """Return the documents from which other tasks come where something else is said of the tasks of these, and where these rows are new or
    gone."""
    carried = [values for table, values in rows if table == "statement" and values[1] == "implements"]
    found = {values[at] for values in carried for at in (0, 2)} | set(documents)
    asked = (
        "SELECT object FROM statement WHERE predicate = 'implements' AND subject IN (SELECT value FROM json_each(?))"
    )
    found |= {number for (number,) in tables.execute(asked, (json.dumps(sorted(documents)),))}
    return {number for number in found if isinstance(number, int)}


def kept(tables: sqlite3.Connection) -> DirectiveDays | None:
    """Return what is kept, None where nothing is. Raises ValueError for what is not as it was written."""
    row = tables.execute("SELECT row FROM answered WHERE question = ?", (_NAME,)).fetchone()
    return msgspec.json.decode(row[0], type=DirectiveDays) if row else None


def found(tables: sqlite3.Connection) -> DirectiveDays:
    """Return the same as the other tables tell it."""
    return _put(tables, DirectiveDays([], [], [], [], []), _counts(tables))


def _counts(tables: sqlite3.Connection, touched: Collection[int] | None = None) -> dict[int, Counter[Days]]:
    """How many tasks of each day come from each document, or each of the touched ones."""
    itself, directive = (
        "" if touched is None else f"AND {of} IN (SELECT value FROM json_each(:touched))" for of in ("id", "object")
    )
    asked = f"""WITH asked(whose, document) AS MATERIALIZED (
      SELECT id, id FROM document WHERE TRUE {itself}
      UNION SELECT object, subject FROM statement WHERE predicate = 'implements' {directive}
    )
    SELECT a.whose, t.due, iif(t.due IS NULL, t.deadline, NULL), iif(t.due IS NULL AND t.deadline IS NOT NULL, d.date, NULL), count(*)
    FROM asked a CROSS JOIN task t ON t.document = a.document CROSS JOIN document d ON d.id = t.document
    GROUP BY 1, 2, 3, 4"""
    counts: dict[int, Counter[Days]] = defaultdict(Counter)
    for whose, due, deadline, day, count in tables.execute(asked, {"touched": json.dumps(sorted(touched or ()))}):
        counts[whose][due, deadline, day] = count
    return counts


def _put(
    tables: sqlite3.Connection, told: DirectiveDays, counts: Mapping[int, Counter[Days]], touched: Collection[int] = ()
) -> DirectiveDays:  # fmt: skip
    """What is told but for the touched documents, and these counts."""
    ends = [0, *accumulate(told.pairs)]
    spans = {number: (ends[at], ends[at + 1]) for at, number in enumerate(told.directives) if number not in touched}
    left = {told.days[place] for begin, end in spans.values() for place in set(told.day[begin:end])}
    days = sorted(left.union(*counts.values()), key=lambda day: tuple(part or "" for part in day))
    place_of = {day: place for place, day in enumerate(days)}
    now = [place_of.get(day, -1) for day in told.days]
    asked = (
        "SELECT id FROM document WHERE id IN (SELECT value FROM json_each(?)) ORDER BY label, coalesce(date, ''), iri"
    )
    directives = [number for (number,) in tables.execute(asked, (json.dumps(sorted({*spans, *counts})),))]
    pairs: list[int] = []
    places: list[int] = []
    numbers: list[int] = []
    for number in directives:
        if number in spans:
            begin, end = spans[number]
            places += [now[place] for place in told.day[begin:end]]
            numbers += told.count[begin:end]
            pairs.append(end - begin)
        else:
            of = sorted((place_of[day], count) for day, count in counts[number].items())
            places += [place for place, _ in of]
            numbers += [count for _, count in of]
            pairs.append(len(of))
    return DirectiveDays(days, directives, pairs, places, numbers)


def named(tables: sqlite3.Connection, directives: Iterable[int]) -> dict[int, Named]:
    """Return the IRI, label and date of each of these documents."""
    asked = "SELECT id, iri, label, date FROM document WHERE id IN (SELECT value FROM json_each(?))"
    told = tables.execute(asked, (json.dumps(list(directives)),))
    return {number: (iri, label, date) for number, iri, label, date in told}
