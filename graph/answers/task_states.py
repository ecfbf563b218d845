"""What state the tasks are in on a day: past their day, due soon, due later, without a day, or done, as somebody has said.

Nothing here knows whether a task is done: files need not say, and so "overdue" means that its day is past and nobody has said that it is
done. What recurs is never overdue: of it the next day counts that nobody has called done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from chidao.extract.language.letters import fold
from chidao.graph.answers.calendar import recurrence
from chidao.graph.answers.done import Done, DoneBook
from chidao.graph.answers.tasks import COLUMNS as TASK_COLUMNS
from chidao.graph.answers.tasks import TaskRow, task_cells
from chidao.graph.index.collate import vietnamese

STATES = ("overdue", "week", "month", "later", "undated", "done")
"""Each task is in one of these: its day is past, within 7 days, within 30, later, it has none, it is done."""
STANDINGS = ("in-time", "overdue", "done-in-time", "done-late")
"""The four of official reports; a task without a day is in none."""
COLUMNS = (*TASK_COLUMNS, "state", "standing", "next", "done", "proof", "note")
"""The columns of a table of tasks on a day."""
_WEEK, _MONTH = 7, 30
_LAST_YEAR = 2500
"""Beyond which nothing recurs."""
_OFTEN = ("daily",)
"""What comes back too often to be named on each of its days."""


@dataclass(frozen=True, slots=True)
class TaskOnDay:
    """A task on a day. `next` is the day by which it is due (ISO), of what recurs the next that is not done, None where it has none, `days`
    how many are left until then, below 0 when it is past; `done`
    says when and by what it was done, of what recurs the last time, None where nobody has said so."""

    task: TaskRow
    state: str
    standing: str | None
    next: str | None
    days: int | None = None
    done: Done | None = None

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        said = self.done
        done = {"day": said.day, "proof": said.proof or None, "note": said.why or None} if said else None
        return self.task.plain() | {"state": self.state, "standing": self.standing, "next": self.next, "done": done}

    def cells(self) -> dict[str, Any]:
        """As a row of a table, by `COLUMNS`."""
        said = self.done
        return task_cells(self.task) | {
            "state": self.state, "standing": self.standing, "next": self.next, "done": said and said.day,
            "proof": said and (said.proof_label or said.proof), "note": said and said.why,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Party:
    """Who leads or supports tasks: a body with its IRI, or a group, and the tasks."""

    name: str
    iri: str | None
    tasks: list[TaskOnDay]


def on_day(task: TaskRow, day: date, book: DoneBook | None = None) -> TaskOnDay:
    """Return a task as it stands on a day; what was done later is not done yet."""
    today = day.isoformat()
    said = [entry for entry in book.of(task) if not entry.refused and entry.day <= today] if book else []
    again = occurrences(task, day)
    if again is not None:
        done_for = {entry.due for entry in said}
        upcoming = next(found for found in again if found not in done_for)
        return TaskOnDay(
            task, _state(upcoming, day), "in-time", upcoming, _until(upcoming, day), said[-1] if said else None
        )
    if said:
        last = said[-1]
        standing = None if task.due is None else "done-in-time" if last.day <= task.due else "done-late"
        return TaskOnDay(task, "done", standing, task.due, done=last)
    if task.due is None:
        return TaskOnDay(task, "undated", None, None)
    standing = "overdue" if task.due < today else "in-time"
    return TaskOnDay(task, _state(task.due, day), standing, task.due, _until(task.due, day))


def _until(due: str, day: date) -> int | None:
    try:
        return (date.fromisoformat(due) - day).days
    except ValueError:  # a graph that somebody has forged
        return None


def _state(due: str, day: date) -> str:
    if due < day.isoformat():
        return "overdue"
    if due <= _after(day, _WEEK):
        return "week"
    return "month" if due <= _after(day, _MONTH) else "later"


def _after(day: date, days: int) -> str:
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal())).isoformat()


def occurrences(task: TaskRow, since: date) -> Iterable[str] | None:
    """Yield the days of what recurs from a day on, and from its document's day on, without an end; None for what does not recur."""
    if task.due is not None or not task.deadline:
        return None
    try:
        begin = max(since, date.fromisoformat(task.date)) if task.date else since
    except ValueError:  # a graph that somebody has forged
        begin = since
    known = begin.year <= _LAST_YEAR and recurrence(task.deadline, begin)
    return _days(task.deadline, begin) if known else None


def _days(deadline: str, since: date) -> Iterable[str]:
    while found := recurrence(deadline, since):
        yield found.first.isoformat()
        since = found.first + timedelta(1)


def agenda(tasks: Iterable[TaskRow], day: date, book: DoneBook | None = None) -> list[TaskOnDay]:
    """Return the tasks as they stand on a day, in their order."""
    return [on_day(task, day, book) for task in tasks]


def by_state(items: Iterable[TaskOnDay]) -> dict[str, list[TaskOnDay]]:
    """Return the tasks of each state, by their next day; what is overdue or done with the latest first."""
    found: dict[str, list[TaskOnDay]] = {state: [] for state in STATES}
    for item in items:
        found[item.state].append(item)
    for state, members in found.items():
        members.sort(key=_time, reverse=state in ("overdue", "done"))
    return found


def _time(item: TaskOnDay) -> str:
    return (item.done.day if item.state == "done" and item.done else item.next) or ""


def totals(items: Iterable[TaskOnDay]) -> dict[str, int]:
    """Return how many are in each state."""
    counted = Counter(item.state for item in items)
    return {state: counted[state] for state in STATES}


def standings(items: Iterable[TaskOnDay]) -> dict[str, int]:
    """Return how many are in each of the official states."""
    counted = Counter(item.standing for item in items)
    return {standing: counted[standing] for standing in STANDINGS}


def by_month_day(items: Sequence[TaskOnDay], year: int, month: int) -> Mapping[str, list[TaskOnDay]]:
    """Return the tasks of each day (ISO) of a month, what recurs on each of its days; of what comes daily nothing."""
    first = date(year, month, 1)
    after = (first + timedelta(31)).replace(day=1).isoformat()
    found: dict[str, list[TaskOnDay]] = {}
    for item in items:
        task = item.task
        days = [task.due] if task.due else []
        if not task.due and task.deadline not in _OFTEN:
            for day in occurrences(task, first) or ():
                if day >= after:
                    break
                days.append(day)
        for day in days:
            if first.isoformat() <= day < after:
                found.setdefault(day, []).append(item)
    return found


def by_party(items: Iterable[TaskOnDay], role: str = "lead") -> list[Party]:
    """Return the tasks that each body or group leads, or supports, in Vietnamese order of names; one with several leads is a task of
    each."""
    found: dict[str, Party] = {}
    for item in items:
        for name in item.task.lead if role == "lead" else item.task.support:
            iri = item.task.bodies.get(name)
            party = found.setdefault(iri or fold(name), Party(name, iri, []))
            if item not in party.tasks[-1:]:
                party.tasks.append(item)
    return sorted(found.values(), key=lambda party: vietnamese(party.name))


def done_days(items: Iterable[TaskOnDay]) -> dict[str, str]:
    """Return when tasks were done, by IRI; what recurs goes on, and what is no day in a journal written by hand is left out."""
    ended = ((item.task.iri, item.done.day) for item in items if item.state == "done" and item.done)
    return {iri: day for iri, day in ended if _until(day, date.min) is not None}
