"""Days counted as law counts them.

The day from which a term runs is not counted (Bộ luật Dân sự 2015, Điều 147). A working day is none of Saturday, Sunday, and the public
holidays of Bộ luật Lao động 2019, Điều 112, with the days off that the Government moves each year; the package `holidays` keeps those.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache


@cache
def _calendar(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Return the public holidays of a year, and the days of its weekends on which offices work for a holiday made longer."""
    import holidays  # only a deadline in working days needs it

    calendar = holidays.country_holidays("VN", years=year)
    return frozenset(calendar), frozenset(calendar.weekend_workdays)


def is_working_day(day: date) -> bool:
    """Is it a day on which offices work?

    >>> is_working_day(date(2026, 9, 2)), is_working_day(date(2026, 9, 3)), is_working_day(date(2026, 8, 22))
    (False, True, True)
    """
    off, worked = _calendar(day.year)
    return (day.weekday() < 5 and day not in off) or day in worked


def days_after(base: date, count: int, *, working: bool = False) -> date:
    """Return the day that many days, or working days, after `base`.

    >>> days_after(date(2025, 8, 29), 3, working=True).isoformat()
    '2025-09-05'
    """
    if not working:
        return base + timedelta(days=count)
    day = base
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def months_after(base: date, count: int) -> date:
    """Return the same day that many months after `base`, or the month's last one.

    >>> months_after(date(2025, 11, 30), 3).isoformat()
    '2026-02-28'
    """
    month = base.month - 1 + count
    year, month = base.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(base.day, last))
