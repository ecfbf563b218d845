"""All tasks of a graph on a day, as pages show them: how many are in each state, and of each list the part that is asked for.

Tasks that are due on the same day stand alike, but for those of which somebody has said something. So days are counted, and a task is read
where it is shown: what `task_states` tells of a list of all tasks, of however many there are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, Self

import pyoxigraph

from chidao.extract.errors import ChidaoError
from chidao.extract.language.letters import fold
from chidao.graph.answers.done import DoneBook
from chidao.graph.answers.task_sources import sources
from chidao.graph.answers.task_states import STANDINGS, STATES, TaskOnDay, agenda, by_month_day, by_state, on_day
from chidao.graph.answers.tasks import TaskRow, in_order, these_tasks
from chidao.graph.evidence import Place
from chidao.graph.index.collate import vietnamese
from chidao.graph.select import Store, node, part_of_rows, rows
from chidao.graph.store import GraphError
from chidao.graph.tables.asked import Tabled
from chidao.graph.tables.directive_days import DirectiveDays, found, kept, named
from chidao.graph.tables.schema import number_of

SOON = ("overdue", "week", "month")
"""The states of what is past its day or due within a month."""


class Day(NamedTuple):
    """When tasks are due: `deadline` where they have no day, with the `date` of their document, from which on it recurs."""

    due: str | None
    deadline: str | None
    date: str | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """Return the day of a row of a query for days."""
        return cls(row["due"], row["deadline"], row["date"])

    @classmethod
    def of_task(cls, task: TaskRow) -> Self:
        """Return the day of a task, with what tells of days to come only where it has none of its own."""
        deadline = task.deadline if task.due is None else None
        return cls(task.due, deadline, None if deadline is None else task.date)

    def example(self) -> TaskRow:
        """Return a task that is due so, of which nothing else is known."""
        return TaskRow("", "", "", self.date, "", self.deadline, None, self.due, Place(source="", line=0), (), (), {})


@dataclass(slots=True)
class Line:
    """Tasks that stand beside each other in a list, by their places: how many of each day, and those that are known."""

    days: dict[Day, int] = field(default_factory=dict)
    known: list[TaskOnDay] = field(default_factory=list)

    def __len__(self) -> int:
        return sum(self.days.values()) + len(self.known)


@dataclass(slots=True)
class PartyCount:
    """How many tasks a body or group leads, by state, and how many it supports."""

    name: str
    iri: str | None
    counts: Counter[str] = field(default_factory=Counter)
    supported: int = 0


@dataclass(slots=True)
class DirectiveCount:
    """How many tasks come from a document, which assigns them or which the one that does carries out, by state."""

    label: str
    iri: str
    date: str | None
    counts: Counter[str] = field(default_factory=Counter)


class Counted(NamedTuple):
    """How many tasks of a graph are due on each day, which is the same on all days and whatever a book says."""

    store: Tabled
    days: dict[Day, int]

    @classmethod
    def of(cls, store: Tabled) -> Self:
        return cls(store, {Day.of(row): int(row["count"]) for row in rows(store, "internal/task-days")})


class AllTasks:
    """The tasks of a graph as they stand on a day, by what a book says of them."""

    def __init__(self, counted: Counted, day: date, book: DoneBook | None = None) -> None:
        store = counted.store
        self._store, self._counted_days, self._day = store, counted.days, day
        self.known = agenda(in_order(tasks_of_book(store, book)) if book else (), day, book)
        """The tasks of documents of which the book says something about a task."""
        self._left = Counter(Day.of_task(item.task) for item in self.known)

    @cached_property
    def _plain(self) -> dict[Day, tuple[TaskOnDay, int]]:
        """By day how a task of that day stands, and how many there are of which nothing is said."""
        found: dict[Day, tuple[TaskOnDay, int]] = {}
        for day, every in self._counted_days.items():
            if count := every - self._left[day]:
                found[day] = on_day(day.example(), self._day), count
        return found

    def totals(self) -> dict[str, int]:
        """Return how many are in each state."""
        return self._counted(STATES, "state")

    def standings(self) -> dict[str, int]:
        """Return how many are in each of the official states."""
        return self._counted(STANDINGS, "standing")

    def _counted(self, names: Sequence[str], what: str) -> dict[str, int]:
        counted = Counter(getattr(item, what) for item in self.known)
        for item, count in self._plain.values():
            counted[getattr(item, what)] += count
        return {name: counted[name] for name in names}

    def of_state(self, state: str, limit: int, offset: int = 0) -> list[TaskOnDay]:
        """Return the tasks of a state in the order of `by_state`: at most `limit`, behind the first `offset`."""
        known = by_state(self.known)[state]
        if state == "done":
            return known[offset : offset + limit]
        lines: dict[tuple[str, bool], Line] = defaultdict(Line)
        for day, (item, count) in self._plain.items():
            if item.state == state:
                lines[item.next or "", day.due is None].days[day] = count
        for item in known:
            lines[item.next or "", item.task.due is None].known.append(item)
        ordered = sorted(lines.items(), key=lambda line: line[0][1])
        ordered.sort(key=lambda line: line[0][0], reverse=state == "overdue")
        return self.part([line for _, line in ordered], limit, offset)

    def month(self, year: int, month: int, state: str | None = None) -> dict[str, list[Line]]:
        """Return the tasks, of a state where one is given, of each day (ISO) of a month, as `by_month_day` does."""
        found: dict[str, dict[bool, Line]] = defaultdict(lambda: defaultdict(Line))
        plain = [item for item, _ in self._plain.values() if state in (None, item.state)]
        for iso, items in by_month_day(plain, year, month).items():
            for item in items:
                day = Day.of_task(item.task)
                found[iso][day.due is None].days[day] = self._plain[day][1]
        known = [item for item in self.known if state in (None, item.state)]
        for iso, items in by_month_day(known, year, month).items():
            for item in items:
                found[iso][item.task.due is None].known.append(item)
        return {iso: [line for _, line in sorted(lines.items())] for iso, lines in found.items()}

    def part(self, lines: Iterable[Line], limit: int, offset: int = 0) -> list[TaskOnDay]:
        """Return the tasks of lines, one line after the other: at most `limit`, behind the first `offset`."""
        return self.parts([(lines, limit, offset)])[0]

    def parts(self, wanted: Iterable[tuple[Iterable[Line], int, int]]) -> list[list[TaskOnDay]]:
        """Return the same of several lists."""
        chosen = [list(self._chosen(*one)) for one in wanted]
        known = {item.task.iri: item for item in self.known}
        new = these_tasks(self._store, (iri for iris in chosen for iri in iris if iri not in known))
        known |= {task.iri: on_day(task, self._day) for task in new}
        return [[known[iri] for iri in iris] for iris in chosen]

    def _chosen(self, lines: Iterable[Line], limit: int, offset: int) -> Iterator[str]:
        for line in lines:
            if limit > 0 and offset < len(line):
                found = self._of(line, limit, offset)
                yield from found
                limit -= len(found)
            offset = max(0, offset - len(line))

    def _of(self, line: Line, limit: int, offset: int) -> list[str]:
        """The IRIs of the tasks of a line. What recurs is one thing for whoever asks by its words, and several lines have some of it."""
        words = {_words(day) for day in line.days}
        asked = [pyoxigraph.Literal(text) for text in sorted(words)]
        every = sum(count for day, (_, count) in self._plain.items() if _words(day) in words)
        if every == len(line) and not any(_words(day) in words for day in self._left):
            return [
                row["task"] for row in part_of_rows(self._store, "internal/tasks-of-days", limit, offset, day=asked)[0]
            ]
        known = {item.task.iri for item in self.known}
        found = [(item.task.place.source, item.task.place.line, item.task.iri) for item in line.known]
        for row in rows(self._store, "internal/tasks-of-days", day=asked) if asked else ():
            if row["task"] not in known and Day.of(row) in line.days:
                found.append((row["source"], int(row["line"]), row["task"]))
        return [iri for _, _, iri in sorted(found)[offset : offset + limit]]

    def parties(self, state: str | None = None) -> list[PartyCount]:
        """Return who leads and who supports tasks, of a state where one is given: the leads first, each in Vietnamese order of names."""
        found: dict[str, PartyCount] = {}

        def add(role: str, name: str, body: str | None, of: str, count: int) -> None:
            party = found.setdefault(body or fold(name), PartyCount(name, body))
            if state in (None, of):
                party.counts[of] += count if role == "lead" else 0
                party.supported += count if role == "support" else 0

        for row in rows(self._store, "internal/party-days"):
            add(row["role"], row["name"], row["body"], self._state_of(Day.of(row)), int(row["count"]))
        for item in self.known:  # counted above as if nothing was said of it
            task, before = item.task, on_day(item.task, self._day).state
            for role, name in (*(("lead", name) for name in task.lead), *(("support", name) for name in task.support)):
                add(role, name, task.bodies.get(name), before, -1)
                add(role, name, task.bodies.get(name), item.state, 1)
        named = [party for party in found.values() if party.counts.total() or party.supported]
        return sorted(named, key=lambda party: (not party.counts.total(), vietnamese(party.name)))

    def directives(
        self, state: str | None = None, *, limit: int | None = None, offset: int = 0
    ) -> tuple[list[DirectiveCount], int]:
        """Return from which documents tasks come, of a state where one is given, those with most that is overdue or due within a month
        first, then those with most, then by their labels: at most `limit`, behind the first `offset`; and how many all are.
        Raises GraphError where the tables, of which these are made, can be read no more: nothing read is not none."""
        if told := self._store.reading(kept):
            with suppress(LookupError):  # what is kept was forged; the other tables are asked
                return self._directives(told, state, limit, offset)
        with suppress(LookupError):
            if (told := self._store.reading(found)) is not None:
                return self._directives(told, state, limit, offset)
        raise GraphError("the graph's tables cannot be read; open the graph anew, or build it again")

    def _directives(
        self, told: DirectiveDays, state: str | None, limit: int | None, offset: int
    ) -> tuple[list[DirectiveCount], int]:
        """The same by these counts. Raises LookupError where they do not fit the other tables."""
        states = {day: self._state_of(Day(*day)) for day in told.days}
        moved = self._moved(state)
        ordered = _soonest(told, [state in (None, states[day]) and states[day] for day in told.days], moved)
        shown = ordered[offset:] if limit is None else ordered[offset : offset + limit]
        names = self._store.reading(lambda tables: named(tables, (told.directives[at] for at in shown))) or {}
        made = []
        for at, days in told.of(shown).items():
            iri, label, issued = names[told.directives[at]]
            counts = Counter[str](moved.get(told.directives[at], {}))
            for day, count in days:
                counts[states[day]] += count if state in (None, states[day]) else 0
            made.append(DirectiveCount(label, iri, issued, counts))
        return made, len(ordered)

    def _moved(self, state: str | None) -> dict[int, Counter[str]]:
        """By the number of a directive what the book says otherwise of its tasks than of those of which it says nothing, by state."""
        above = sources(self._store, (item.task for item in self.known)) if self.known else None
        found: dict[int, Counter[str]] = defaultdict(Counter)
        for item in self.known if above else ():
            before = on_day(item.task, self._day).state
            for directive in above.of(item.task) if above else ():
                for name, count in ((before, -1), (item.state, 1)):
                    found[number_of(directive.iri)][name] += count if state in (None, name) else 0
        return found

    def _state_of(self, day: Day) -> str:
        item = self._plain[day][0] if day in self._plain else on_day(day.example(), self._day)
        return item.state


def _soonest(told: DirectiveDays, states: Sequence[str | bool], moved: Mapping[int, Counter[str]]) -> list[int]:
    """The places of the directives that have tasks, those with most that is due soon first, then those with most. `states` are those of
    the days, False for what is not counted; `moved` is counted besides."""
    totals = told.summed([int(bool(state)) for state in states])
    soon = told.summed([int(state in SOON) for state in states])
    for at, number in enumerate(told.directives) if moved else ():
        if counts := moved.get(number):
            totals[at] += counts.total()
            soon[at] += sum(counts[name] for name in SOON)
    most = max(totals, default=0) + 1
    keys = [-(urgent * most + count) for urgent, count in zip(soon, totals, strict=True)]
    return [at for at in sorted(range(len(keys)), key=keys.__getitem__) if keys[at]]


def tasks_of_book(store: Store, book: DoneBook) -> list[TaskRow]:
    """Return the tasks of the documents of which a book says something about a task."""
    return these_tasks(store, filter(_is_iri, sorted(book.documents)), "document")


def _is_iri(text: str) -> bool:
    """A journal that was written by hand may name anything."""
    try:
        return bool(node(text))
    except ChidaoError:
        return False


def _words(day: Day) -> str:
    """What `tasks-of-days` knows a day by."""
    return day.due or day.deadline or ""
