"""How many tasks of each day come from each document, which assigns them or which the one that does carries out: all that a page counts
which tells from which directives the tasks come.

What is asked of all is found when the tables are written, and kept as one row of `answered`: numbers, without names, as the names of sixty
documents are shown and all are counted.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from itertools import accumulate, pairwise

import msgspec

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
        if not fits or not all(0 <= day < len(self.days) for day in self.day):
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


def keep(tables: sqlite3.Connection) -> None:
    """Write it to tables."""
    told = msgspec.json.encode(found(tables)).decode()
    tables.execute("INSERT INTO answered VALUES(?, 0, ?)", (_NAME, told))


def kept(tables: sqlite3.Connection) -> DirectiveDays | None:
    """Return what is kept, None where nothing is. Raises ValueError for what is not as it was written."""
    row = tables.execute("SELECT row FROM answered WHERE question = ?", (_NAME,)).fetchone()
    return msgspec.json.decode(row[0], type=DirectiveDays) if row else None


def found(tables: sqlite3.Connection) -> DirectiveDays:
    """Return the same as the other tables tell it."""
    above: dict[int, list[int]] = defaultdict(list)
    carried = "SELECT DISTINCT subject, object FROM statement WHERE predicate = 'implements' AND object <> subject"
    for subject, object_ in tables.execute(carried):
        above[subject].append(object_)
    days: dict[Days, int] = {}
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    due = """SELECT t.document, t.due, iif(t.due IS NULL, t.deadline, NULL), iif(t.due IS NULL AND t.deadline IS NOT NULL, d.date, NULL)
    FROM task t JOIN document d ON d.id = t.document"""
    for document, *day in tables.execute(due):
        place = days.setdefault((day[0], day[1], day[2]), len(days))
        counts[document][place] += 1
        for directive in above[document]:
            counts[directive][place] += 1
    asked = (
        "SELECT id FROM document WHERE id IN (SELECT value FROM json_each(?)) ORDER BY label, coalesce(date, ''), iri"
    )
    directives = [number for (number,) in tables.execute(asked, (json.dumps(sorted(counts)),))]
    pairs = [pair for number in directives for pair in sorted(counts[number].items())]
    return DirectiveDays(
        list(days), directives, [len(counts[number]) for number in directives], [day for day, _ in pairs],
        [count for _, count in pairs],
    )  # fmt: skip


def named(tables: sqlite3.Connection, directives: Iterable[int]) -> dict[int, Named]:
    """Return the IRI, label and date of each of these documents."""
    asked = "SELECT id, iri, label, date FROM document WHERE id IN (SELECT value FROM json_each(?))"
    told = tables.execute(asked, (json.dumps(list(directives)),))
    return {number: (iri, label, date) for number, iri, label, date in told}
