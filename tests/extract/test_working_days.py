"""Days counted as law counts them: weekends, public holidays, and the days that are moved for them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.statements.deadlines.working_days import days_after, is_working_day, months_after


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ((2026, 3, 5), True), ((2026, 3, 7), False), ((2025, 1, 29), False), ((2025, 4, 7), False),
        # moved by the Government: a Friday off before 1 May 2025 and a Monday before 2 September 2026, for a Saturday each
        ((2025, 5, 2), False), ((2025, 4, 26), True), ((2026, 8, 31), False), ((2026, 8, 22), True),
    ],
)  # fmt: skip
def test_working_days(day: tuple[int, int, int], works: bool) -> None:
    assert is_working_day(date(*day)) == works


@pytest.mark.parametrize(
    ("base", "count", "due"),
    [("2026-03-05", 1, "2026-03-06"), ("2026-03-06", 1, "2026-03-09"), ("2025-04-29", 2, "2025-05-06"), ("2026-02-13", 3, "2026-02-25")],
)  # fmt: skip
def test_days_after(base: str, count: int, due: str) -> None:
    assert days_after(date.fromisoformat(base), count, working=True).isoformat() == due


@given(st.dates(date(2024, 1, 1), date(2027, 6, 1)), st.integers(0, 60))
def test_working_days_are_no_fewer_than_days(base: date, count: int) -> None:
    due = days_after(base, count, working=True)
    assert due >= days_after(base, count)
    assert sum(is_working_day(base + timedelta(days=n)) for n in range(1, (due - base).days + 1)) == count


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 240))
def test_months_after(base: date, count: int) -> None:
    due = months_after(base, count)
    assert (due.year - base.year) * 12 + due.month - base.month == count
    assert due.day == base.day or (due.day < base.day and (due + timedelta(days=1)).day == 1)
