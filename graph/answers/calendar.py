"""Tasks as iCalendar (RFC 5545): to-dos with a due date, and events for what is to be done again and again."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from chidao.graph.answers.tasks import TaskRow

_OCTETS = 75
"""Of a line, at most."""
_ESCAPES = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n"))
"""The backslash first. Text that is not ASCII `str.translate` takes letter by letter: ten times as long and more."""
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
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
    items: Iterable[TaskRow],
    *,
    now: datetime | None = None,
    done: Mapping[str, str] | None = None,
    about: str = "",
) -> bytes:
    """Return the tasks that have a due date as to-dos (3.6.2), those that recur as events with a rule (3.6.1, 3.8.5.3), from the day of
    their document on. Each has a UID that stays the same from build to build. `now` is the time stamp that every entry carries, `done`
    the days (ISO) on which tasks were done, by IRI; `about` is said of the calendar as a whole."""
    stamp, days = (now or datetime.now(UTC)).astimezone(UTC), done or {}
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//chidao//tasks//VI", "X-WR-CALNAME:Nhiệm vụ"]
    lines += [f"X-WR-CALDESC:{_escaped(about)}"] if about else []
    for item in items:
        lines += _entry(item, stamp, days.get(item.iri))
    return b"\r\n".join((*map(_folded, lines), b"END:VCALENDAR\r\n"))


def _entry(item: TaskRow, stamp: datetime, done: str | None) -> list[str]:
    """The lines of a to-do or an event, before they are folded; none for what has no day."""
    if item.due is not None:
        kind, when = "VTODO", [f"DUE;VALUE=DATE:{_day(item.due)}"]
    else:
        since = date.fromisoformat(item.date) if item.date else stamp.date()
        again = recurrence(item.deadline or "", since)
        if again is None:
            return []
        kind, rule = "VEVENT", ";".join(f"{name}={_listed(value)}" for name, value in again.rule.items())
        when = [f"DTSTART;VALUE=DATE:{again.first:%Y%m%d}", f"RRULE:{rule}", "TRANSP:TRANSPARENT"]
    said = " ".join(item.text.split())
    summary = f"{'; '.join(item.lead)}: {said}"
    helps = f"\nPhối hợp: {'; '.join(item.support)}" if item.support else ""
    about = f"{said}{helps}\nThời hạn: {item.deadline_text}\nVăn bản: {item.label} ({item.date or 'chưa rõ ngày'})"
    ended = [] if done is None else ["STATUS:COMPLETED", f"COMPLETED:{_day(done)}T120000Z"]
    return [
        f"BEGIN:{kind}", f"UID:{_escaped(item.iri)}", f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"SUMMARY:{_escaped(summary[:200])}", *when, f"DESCRIPTION:{_escaped(about)}",
        f"CATEGORIES:{_escaped(item.label)}", *ended, f"END:{kind}",
    ]  # fmt: skip


@lru_cache(maxsize=1 << 12)
def _day(iso: str) -> str:
    """A day as it is written there. Raises ValueError for what is none."""
    return f"{date.fromisoformat(iso):%Y%m%d}"


def _listed(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _escaped(text: str) -> str:
    """Text as a value (3.3.11); what no such text may hold is left out.

    >>> _escaped("a; b, c\\nd")
    'a\\\\; b\\\\, c\\\\nd'
    """
    for letter, written in _ESCAPES:
        text = text.replace(letter, written)
    return _CONTROLS.sub("", text)


def _folded(line: str) -> bytes:
    """A line in pieces of at most 75 octets, between characters (3.1)."""
    octets = line.encode()
    if len(octets) <= _OCTETS:
        return octets
    pieces, begin, room = [], 0, _OCTETS
    while len(octets) - begin > room:
        end = begin + room
        while octets[end] & 0xC0 == 0x80:  # within a character
            end -= 1
        pieces.append(octets[begin:end])
        begin, room = end, _OCTETS - 1
    return b"\r\n ".join((*pieces, octets[begin:]))
