"""What pages show, as plain data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chidao.graph.store import Folder
from chidao.viz.web.snapshots import Snapshot, open_snapshot
from chidao.viz.web.views import counted, due, home


@pytest.fixture(scope="module")
def snapshot(sample_graph: Path) -> Snapshot:
    return open_snapshot(Folder(sample_graph).current())


@pytest.mark.parametrize(
    ("today", "week", "month"),
    [("2022-10-31", 1, 1), ("2022-10-24", 1, 1), ("2022-10-23", 0, 1), ("2022-10-01", 0, 1), ("2022-09-30", 0, 0), ("2022-11-01", 0, 0)],
)  # fmt: skip
def test_what_is_due_is_due_on_its_last_day_too(snapshot: Snapshot, today: str, week: int, month: int) -> None:
    found = due(snapshot, date.fromisoformat(today))
    assert (found["week"][0], found["month"][0]) == (week, month)
    assert [task.due for task in found["next"]] == ["2022-10-31"] * month


def test_what_is_past_was_due_before(snapshot: Snapshot) -> None:
    before, after = (due(snapshot, date(2022, *day))["past"][0] for day in ((10, 31), (11, 1)))
    assert after == before + 1


def test_directives_are_counted_where_their_day_is_known(snapshot: Snapshot) -> None:
    shown = home(snapshot)
    dated = {row["document"] for row in shown["followed"] if row["date"] and row["level"] == "central"}
    assert set(shown["tallies"]) == dated
    assert dated <= set(counted(snapshot))
    assert {tally.of for tally in shown["tallies"].values()} == {1, 34, None}, "that on the capital is for Hà Nội alone"
