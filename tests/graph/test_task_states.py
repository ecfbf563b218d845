"""Tasks on a day: golden days, and that each task is in one state only."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.graph.answers.done import Done, DoneBook, key
from chidao.graph.answers.task_states import (
    STANDINGS,
    STATES,
    agenda,
    by_month_day,
    by_state,
    done_days,
    on_day,
    standings,
    totals,
)
from chidao.graph.answers.tasks import TaskRow
from chidao.graph.evidence import Place

CASES = tomllib.loads((Path(__file__).parent / "cases" / "task_states.toml").read_text("utf-8"))["case"]


def task(due: str | None = None, deadline: str | None = None, given: str | None = None, name: str = "1") -> TaskRow:
    place = Place(source="a.txt", line=1)
    lead = ("Sở Nội vụ",)
    return TaskRow(
        f"urn:t:{name}", "urn:d", "Kế hoạch 1/KH-UBND", given, f"việc {name}", deadline or due, None, due, place, lead, (), {}
    )  # fmt: skip


def book(*said: tuple[TaskRow, str, str]) -> DoneBook:
    entries: dict[Any, list[Done]] = {}
    for of, day, due in said:
        done = Done(document=of.document, text=of.text, lead=of.lead, day=day, due=due)
        entries.setdefault(key(of.document, of.text, of.lead), []).append(done)
    return DoneBook(entries, frozenset({"urn:d"}))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_golden_days(case: dict[str, str]) -> None:
    given = task(case.get("due"), case.get("deadline"), case.get("date"))
    said = book((given, case["done"], case.get("for", ""))) if "done" in case else None
    found = on_day(given, date.fromisoformat(case["on"]), said)
    assert (found.state, found.standing, found.next) == (case["state"], case.get("standing"), case.get("next"))


DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))
DEADLINES = st.sampled_from(
    ["daily", "weekly", "monthly", "monthly-31", "quarterly-25", "half-yearly", "yearly-02-29", "yearly", "ongoing", "monthly-45", "2026-13"]
)  # fmt: skip
TASKS = st.lists(st.tuples(st.one_of(st.none(), DAYS), DEADLINES, st.one_of(st.none(), DAYS)), max_size=12)


@given(TASKS, DAYS, st.data())
def test_each_task_is_in_one_state(made: Sequence[Any], day: date, data: st.DataObject) -> None:
    tasks = [
        task(due.isoformat() if due else None, None if due else deadline, name=str(at))
        for at, (due, deadline, _) in enumerate(made)
    ]
    said = [(t, when.isoformat(), "") for t, (_, _, when) in zip(tasks, made, strict=True) if when]
    items = agenda(tasks, day, book(*said))
    assert [item.task for item in items] == tasks
    assert {item.state for item in items} <= set(STATES) and {item.standing for item in items} <= {*STANDINGS, None}
    grouped = by_state(items)
    assert sorted(item.task.iri for group in grouped.values() for item in group) == sorted(t.iri for t in tasks)
    assert {state: len(group) for state, group in grouped.items()} == totals(items)
    assert sum(totals(items).values()) == len(tasks)
    assert sum(standings(items).values()) == sum(item.standing is not None for item in items)
    for item in items:
        assert (item.state == "undated") <= (item.standing is None)
        assert (item.standing == "overdue") == (item.state == "overdue")
        if item.state in ("week", "month", "later"):
            assert item.next is not None and item.next >= day.isoformat()
    later = agenda(tasks, date(2035, 1, 1), book(*said))
    assert not any(item.task.due for item in later if item.state not in ("overdue", "done"))


@given(DEADLINES, st.integers(2024, 2029), st.integers(1, 12))
def test_a_month_has_each_day_of_what_recurs(deadline: str, year: int, month: int) -> None:
    item = on_day(task(deadline=deadline), date(2024, 1, 1))
    days = by_month_day([item], year, month)
    assert all(day.startswith(f"{year}-{month:02d}-") for day in days)
    expected = {"weekly": {4, 5}, "monthly": {1}, "monthly-31": {1}}.get(deadline)
    if expected:
        assert len(days) in expected
    if deadline == "yearly-02-29":
        assert list(days) == ([f"{year}-02-{29 if year % 4 == 0 else 28}"] if month == 2 else [])
    if deadline in ("daily", "ongoing"):
        assert not days


def test_what_is_dated_stands_on_its_day() -> None:
    item = on_day(task("2026-06-30"), date(2026, 1, 1))
    assert by_month_day([item], 2026, 6) == {"2026-06-30": [item]} and by_month_day([item], 2026, 7) == {}


def test_what_was_refused_is_not_done() -> None:
    given = task("2026-06-30")
    refused = Done(document="urn:d", text=given.text, lead=given.lead, proof="urn:p", refused=True)
    said = DoneBook({key("urn:d", given.text, given.lead): [refused]}, frozenset({"urn:d"}))
    assert on_day(given, date(2026, 6, 1), said).state == "month"


@pytest.mark.parametrize(("day", "known"), [("2026-06-01", True), ("tháng 6", False), ("", False)])
def test_a_day_written_by_hand_may_be_none(day: str, known: bool) -> None:
    given = task("2026-06-30")
    item = on_day(given, date(2026, 6, 24), book((given, day, "")))
    assert bool(done_days([item])) is known
