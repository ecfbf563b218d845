"""The first page as data: what is due, for everybody or for whoever's office it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chidao.graph.answers.done import DoneBook
from chidao.graph.store import Folder
from chidao.viz.web.home_page import due, home
from chidao.viz.web.own_body import OwnBody, named
from chidao.viz.web.snapshots import Snapshot, open_snapshot
from chidao.viz.web.tasks_page import Asked, told


@pytest.fixture(scope="module")
def snapshot(sample_graph: Path) -> Snapshot:
    return open_snapshot(Folder(sample_graph).current())


@pytest.fixture(scope="module")
def own(snapshot: Snapshot) -> OwnBody:
    found = named(snapshot, snapshot.graph.body("Thành ủy Hà Nội"))
    assert found
    return found


@pytest.mark.parametrize(
    ("today", "week", "month"),
    [("2022-10-31", 1, 0), ("2022-10-24", 1, 0), ("2022-10-23", 0, 1), ("2022-10-01", 0, 1), ("2022-09-30", 0, 0), ("2022-11-01", 0, 0)],
)  # fmt: skip
def test_what_is_due_is_due_on_its_last_day_too(snapshot: Snapshot, today: str, week: int, month: int) -> None:
    found = due(snapshot, None, None, date.fromisoformat(today))
    assert (found["counts"]["week"], found["counts"]["month"]) == (week, month)
    assert [item.next for item in found["next"]][: week + month] == ["2022-10-31"] * (week + month)


def test_the_counts_are_those_of_the_page_of_tasks(snapshot: Snapshot, own: OwnBody) -> None:
    day = date(2022, 10, 24)
    for body in (None, own):
        counts = due(snapshot, body, None, day)["counts"]
        tasks = told(snapshot, Asked(on=day, body=body.iri if body else None), DoneBook())["counts"]
        assert counts == {state: tasks[state] for state in counts}


def test_an_office_sees_how_far_its_province_is(snapshot: Snapshot, own: OwnBody) -> None:
    assert home(snapshot)["cells"] == {}
    cells = home(snapshot, own)["cells"]
    assert {iri.partition("/vn/")[2]: cell.progress for iri, cell in cells.items()}[
        "nghi-quyet/15-nq-tw/2022"
    ] == "implemented"
