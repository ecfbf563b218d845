"""The first page as data: what is due, for everybody or for whoever's office it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from chidao.graph.answers.done import DoneBook
from chidao.graph.answers.saved_search import keep
from chidao.graph.store import Folder
from chidao.graph.workspace import Workspace
from chidao.viz.web.changing.own_body import OwnBody, named
from chidao.viz.web.pages.home_page import due, home
from chidao.viz.web.pages.tasks_asked import Asked
from chidao.viz.web.pages.tasks_page import told
from chidao.viz.web.serving.app import make_app
from chidao.viz.web.snapshots import Snapshot, open_snapshot


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


def test_the_first_page_has_the_saved_searches_and_stands_where_a_journal_cannot_be_read(
    snapshot: Snapshot, sample_graph: Path, tmp_path: Path
) -> None:
    office = Workspace(tmp_path / "w")
    keep(snapshot.graph, office, "Thủ đô", "q=thu+do")
    office.done.write_text("{\n", "utf-8")
    site = make_app(sample_graph, workspace=office)
    here = TestClient(site, base_url="http://localhost", client=("127.0.0.1", 1)).get("/")
    away = TestClient(site, base_url="http://10.0.0.1", client=("10.0.0.7", 1)).get("/")
    assert here.status_code == away.status_code == 200
    assert ">Thủ đô</a>" in here.text and "Dòng 1 không đọc được" in here.text
    assert str(tmp_path) in here.text and str(tmp_path) not in away.text


def test_other_pages_tell_where_a_file_lies_only_who_sits_at_the_machine(sample_graph: Path, tmp_path: Path) -> None:
    office = Workspace(tmp_path / "w")
    office.prepare()
    for path in (office.done, office.corrections):
        path.write_text("{\n", "utf-8")
    site = make_app(sample_graph, workspace=office)
    away = TestClient(site, base_url="http://10.0.0.1", client=("10.0.0.7", 1))
    assert away.get("/tasks").status_code == 200, "the page stands without what is said of tasks"
    for address in ("/tasks", "/tasks.ics", "/corrections", "/api/tasks"):
        said = away.get(address).text
        assert ".jsonl" in said and str(tmp_path) not in said
