"""Tasks as iCalendar (RFC 5545): to-dos with a due date, and events for what is to be done again and again."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from chidao.graph.answers.tasks import TaskRow

if TYPE_CHECKING:
    from icalendar import Component

_MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
"""How many months each period has; a period without a day ends with its last month."""
_RECURRENCE = re.compile(
    r"(?P<period>monthly|quarterly|half-yearly|yearly)(?:-(?P<month>\d{2}))??(?:-(?P<day>\d{1,2}))?"
)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """When a deadline that recurs falls first, and the parts of its RRULE."""

    first: date
    rule: dict[str, Any]


def recurrence(deadline: str, since: date) -> Recurrence | None:
    """Return when a deadline recurs from the day `since` on; None for one that does not.

    Without a day it is the last of the period: of the month, the quarter, the week (Friday). A quarter's day is one of its last month.

    >>> recurrence("monthly-25", date(2026, 1, 26))
    Recurrence(first=datetime.date(2026, 2, 25), rule={'FREQ': 'MONTHLY', 'INTERVAL': 1, 'BYMONTHDAY': 25})
    >>> recurrence("yearly-11-30", date(2026, 1, 26)).first, recurrence("quarterly", date(2026, 2, 1)).first
    (datetime.date(2026, 11, 30), datetime.date(2026, 3, 31))
    >>> recurrence("2026-06-30", date(2026, 1, 1)) is None, recurrence("ongoing", date(2026, 1, 1)) is None
    (True, True)
    """
    if deadline == "daily":
        return Recurrence(since, {"FREQ": "DAILY"})
    if deadline == "weekly":
        return Recurrence(since + timedelta((4 - since.weekday()) % 7), {"FREQ": "WEEKLY", "BYDAY": "FR"})
    match = _RECURRENCE.fullmatch(deadline)
    if match is None:
        return None
    every, day = _MONTHS[match["period"]], int(match["day"] or 0)
    month = int(match["month"] or 12)
    if not (0 <= day <= 31 and 1 <= month <= 12):
        return None
    rule: dict[str, Any] = {"FREQ": "MONTHLY", "INTERVAL": every} | _on(day)
    if every == 12:
        rule = {"FREQ": "YEARLY", "BYMONTH": month} | _on(day)
    return Recurrence(_first(since, every, month, day), rule)


def _on(day: int) -> dict[str, Any]:
    """The part of a rule for a day of the month; one that not every month has is the month's last where it is missing."""
    if day == 0:
        return {"BYMONTHDAY": -1}
    return {"BYMONTHDAY": day} if day <= 28 else {"BYMONTHDAY": list(range(28, day + 1)), "BYSETPOS": -1}


def _first(since: date, every: int, month: int, day: int) -> date:
    year, at = since.year, since.month
    while True:
        if (at - month) % every == 0:
            last = monthrange(year, at)[1]
            found = date(year, at, min(day or last, last))
            if found >= since:
                return found
        year, at = (year + 1, 1) if at == 12 else (year, at + 1)


def recurs(task: TaskRow) -> bool:
    """Return whether a task is to be done again and again on days that can be told."""
    return task.due is None and bool(task.deadline) and recurrence(task.deadline or "", date(2000, 1, 1)) is not None


def calendar(
    items: Sequence[TaskRow],
    *,
    now: datetime | None = None,
    done: Mapping[str, str] | None = None,
    name: str = "Nhiệm vụ",
) -> bytes:
    """Return the tasks that have a due date as to-dos (3.6.2), those that recur as events with a rule (3.6.1, 3.8.5.3), from the day of
    their document on. Each has a UID that stays the same from build to build. `now` is the time stamp that every entry carries, `done`
    the days (ISO) on which tasks were done, by IRI."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//chidao//tasks//VI")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    stamp = now or datetime.now(UTC)
    for item in items:
        if entry := _entry(item, stamp):
            if day := (done or {}).get(item.iri):
                entry.add("status", "COMPLETED")
                entry.add("completed", datetime.combine(date.fromisoformat(day), time(12), UTC))
            made.add_component(entry)
    return bytes(made.to_ical())


def _entry(item: TaskRow, stamp: datetime) -> Component | None:
    from icalendar import Event, Todo, vText

    entry: Component
    if item.due is not None:
        entry = Todo()
        entry.add("due", date.fromisoformat(item.due))
    else:
        since = date.fromisoformat(item.date) if item.date else stamp.date()
        again = recurrence(item.deadline or "", since)
        if again is None:
            return None
        entry = Event()
        entry.add("dtstart", again.first)
        entry.add("rrule", again.rule)
        entry.add("transp", "TRANSPARENT")
    entry.add("uid", item.iri)
    entry.add("dtstamp", stamp)
    said = " ".join(item.text.split())
    entry.add("summary", f"{'; '.join(item.lead)}: {said}"[:200])
    helps = f"\nPhối hợp: {'; '.join(item.support)}" if item.support else ""
    entry.add(
        "description",
        f"{said}{helps}\nThời hạn: {item.deadline_text}\nVăn bản: {item.label} ({item.date or 'chưa rõ ngày'})",
    )
    entry["categories"] = vText(item.label)
    return entry
