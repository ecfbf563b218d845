"""The tasks of a graph: chosen by body and due date, as table and as calendar."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner
from icalendar import Calendar

from chidao.cli import main
from chidao.extract.errors import ChidaoError
from chidao.graph.answers.calendar import calendar, recurrence, recurs
from chidao.graph.answers.done import Done, journal_of
from chidao.graph.answers.tasks import TaskRow, tasks
from chidao.graph.evidence import Place
from chidao.graph.store import read_store
from chidao.graph.validate import validate
from chidao.graph.workspace import Workspace
from chidao.graph.write.build import build

TEXT = """ỦY BAN NHÂN DÂN TỈNH LÀO CAI
Số: 12/KH-UBND
Lào Cai, ngày 05 tháng 3 năm 2026

KẾ HOẠCH
về bến thủy

Thực hiện quy hoạch, Ủy ban nhân dân tỉnh ban hành Kế hoạch.

1. Sở Nội vụ
- Rà soát toàn bộ bến thủy trên địa bàn tỉnh, xong trong quý II/2026.
- Phối hợp với Sở Công Thương kiểm tra hàng hóa tại bến trước ngày 15/8/2026.
2. UBND các xã, phường
- Hằng năm, tổng hợp số liệu bến thủy trên địa bàn, báo cáo Sở Nội vụ.
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tasks")
    (folder / "ke-hoach.txt").write_text(TEXT, encoding="utf-8")
    build([folder / "ke-hoach.txt"], folder / "graph", jobs=1)
    return folder / "graph"


@pytest.fixture(scope="module")
def store(graph: Path) -> pyoxigraph.Store:
    return read_store(graph)


@pytest.mark.parametrize(
    ("options", "due"),
    [
        ({}, ["2026-06-30", "2026-08-15", None]),
        ({"body": "Sở Nội vụ"}, ["2026-06-30", "2026-08-15"]),
        ({"body": "Sở Công Thương"}, ["2026-08-15"]),
        ({"body": "UBND các xã, phường"}, [None]),
        ({"due_before": date(2026, 7, 1)}, ["2026-06-30"]),
        ({"due_before": date(2026, 6, 30)}, []),
        ({"due_after": date(2026, 6, 30)}, ["2026-08-15"]),
    ],
)
def test_choice(store: pyoxigraph.Store, options: dict[str, object], due: list[str | None]) -> None:
    assert [t.due for t in tasks(store, **options)] == due  # type: ignore[arg-type]


def test_what_a_task_knows(store: pyoxigraph.Store) -> None:
    first = tasks(store)[0]
    assert first.lead == ("Sở Nội vụ tỉnh Lào Cai",) and first.label == "Kế hoạch 12/KH-UBND"
    assert (first.deadline, first.deadline_text) == ("2026-Q2", "xong trong quý II/2026")
    assert first.place.source.endswith("ke-hoach.txt") and first.place.line == 11


def test_an_unknown_body(store: pyoxigraph.Store) -> None:
    with pytest.raises(ChidaoError):
        tasks(store, body="Sở Không Có")


def test_calendar(store: pyoxigraph.Store) -> None:
    now = datetime(2026, 3, 6, tzinfo=UTC)
    made = calendar(tasks(store), now=now)
    assert made == calendar(tasks(store), now=now)
    entries = Calendar.from_ical(made).walk("VTODO")
    days = [e.decoded("due") for e in entries]
    assert days == [date(2026, 6, 30), date(2026, 8, 15)]
    assert len({str(e["uid"]) for e in entries}) == 2
    assert "Phối hợp: Sở Công Thương tỉnh Lào Cai" in str(entries[1]["description"])


def test_shapes(graph: Path) -> None:
    assert validate(graph)[1] == []


def run(*arguments: object) -> str:
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_commands(graph: Path, tmp_path: Path) -> None:
    said = run("tasks", "--graph", graph, "--body", "Sở Nội vụ", "--due-before", "2026-07-01")
    assert "2026-06-30" in said and "Sở Nội vụ tỉnh Lào Cai" in said and "line 11" in said
    found = json.loads(run("tasks", "--graph", graph, "--format", "json"))
    assert [t["due"] for t in found] == ["2026-06-30", "2026-08-15", None]
    run("tasks", "--graph", graph, "--format", "csv", "-o", tmp_path / "t.csv")
    with open(tmp_path / "t.csv", encoding="utf-8-sig") as stream:
        assert len(list(csv.DictReader(stream))) == 3
    assert "3 of 3 tasks" in run("tasks", "--graph", graph, "--format", "ical", "-o", tmp_path / "t.ics")
    assert "no such task" in run("tasks", "--graph", graph, "--due-before", "2020-01-01")
    assert "Kế hoạch 12/KH-UBND" in run("ask", "tasks-of-body", "--param", "body=Sở Nội vụ", "--graph", graph)


@pytest.mark.parametrize(
    ("deadline", "first", "rule"),
    [
        ("monthly", "2026-01-31", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=-1"),
        ("monthly-25", "2026-01-25", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=25"),
        ("monthly-05", "2026-02-05", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=5"),
        ("quarterly", "2026-03-31", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"),
        ("quarterly-25", "2026-03-25", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25"),
        ("half-yearly", "2026-06-30", "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=-1"),
        ("yearly", "2026-12-31", "FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=12"),
        ("yearly-11-30", "2026-11-30", "FREQ=YEARLY;BYMONTHDAY=28,29,30;BYMONTH=11;BYSETPOS=-1"),
        ("yearly-01-10", "2027-01-10", "FREQ=YEARLY;BYMONTHDAY=10;BYMONTH=1"),
        ("weekly", "2026-01-23", "FREQ=WEEKLY;BYDAY=FR"),
        ("daily", "2026-01-20", "FREQ=DAILY"),
    ],
)
def test_what_recurs_is_an_event_with_a_rule(deadline: str, first: str, rule: str) -> None:
    place = Place(source="a.txt", line=1)
    task = TaskRow(
        "urn:t",
        "urn:d",
        "Kế hoạch 1/KH-UBND",
        "2026-01-20",
        "báo cáo",
        deadline,
        "định kỳ",
        None,
        place,
        ("Sở A",),
        (),
        {},
    )
    assert recurs(task)
    found = Calendar.from_ical(calendar([task], now=datetime(2026, 1, 1, tzinfo=UTC)))
    (event,) = found.walk("VEVENT")
    lines = event.to_ical().decode().split("\r\n")
    assert f"DTSTART;VALUE=DATE:{first.replace('-', '')}" in lines
    (found_rule,) = [line.removeprefix("RRULE:") for line in lines if line.startswith("RRULE:")]
    assert sorted(found_rule.split(";")) == sorted(rule.split(";"))


@pytest.mark.parametrize(
    "text",
    [
        "Trình Hội đồng; họp, báo cáo",
        "đường dẫn \\\\máy\\tệp, dấu ; và ,",
        "ễ" * 300,
        "một dòng\nhai dòng",
        "x" * 74 + "ộ" + "y" * 80,
        "chữ\x07 không in được, 🏛 " * 9,
    ],
)
def test_a_calendar_is_read_as_it_was_written(text: str) -> None:
    task = TaskRow(
        "urn:t", "urn:d", "Kế hoạch 1/KH-UBND, phần 2; tiếp", "2026-01-20", text, None, "trong tháng 3", "2026-03-31",
        Place(source="a.txt", line=1), ("Sở A; Sở B",), ("UBND xã, phường",), {},
    )  # fmt: skip
    made = calendar([task], now=datetime(2026, 1, 1, tzinfo=UTC), done={"urn:t": "2026-02-03"}, about="hai, ba")
    lines = made.split(b"\r\n")
    assert max(map(len, lines)) <= 75 and lines[-2:] == [b"END:VCALENDAR", b""] and b"\n" not in b"".join(lines)
    assert b"X-WR-CALDESC:hai\\, ba" in lines
    (entry,) = Calendar.from_ical(made).walk("VTODO")
    said = " ".join(text.replace("\x07", "").split())
    assert str(entry["summary"]) == f"Sở A; Sở B: {' '.join(text.split())}"[:200].replace("\x07", "")
    assert str(entry["description"]).split("\n") == [
        said, "Phối hợp: UBND xã, phường", "Thời hạn: trong tháng 3", "Văn bản: Kế hoạch 1/KH-UBND, phần 2; tiếp (2026-01-20)",
    ]  # fmt: skip
    assert (entry.decoded("due"), entry.decoded("dtstamp")) == (date(2026, 3, 31), datetime(2026, 1, 1, tzinfo=UTC))
    assert entry.decoded("completed") == datetime(2026, 2, 3, 12, tzinfo=UTC) and str(entry["status"]) == "COMPLETED"
    assert "CATEGORIES:Kế hoạch 1/KH-UBND\\, phần 2\\; tiếp".encode() in made


def test_what_a_calendar_costs_grows_as_its_tasks(calls: Callable[[Callable[[], object]], int]) -> None:
    task = TaskRow(
        "urn:t", "urn:d", "Kế hoạch 1/KH-UBND", "2026-01-20", "Rà soát, báo cáo kết quả thực hiện " * 8, None, "xong trong tháng 3",
        "2026-03-31", Place(source="a.txt", line=1), ("Sở A",), (), {},
    )  # fmt: skip
    few, many = (calls(lambda: calendar([task] * count)) for count in (100, 1_000))  # noqa: B023
    assert many < 11 * few and few < 100 * 80


@pytest.mark.parametrize("deadline", ["ongoing", "2026-06-30", "2026-Q2", "2026", "monthly-45", "yearly-13-01"])
def test_what_does_not_recur(deadline: str) -> None:
    assert recurrence(deadline, date(2026, 1, 1)) is None


def test_states_and_reports_on_the_command_line(graph: Path, tmp_path: Path) -> None:
    given = ("tasks", "--graph", graph, "--workspace", tmp_path / "office", "--on", "2026-07-01")
    assert "Past their day, not said to be done (1)" in run(*given)
    (late,) = json.loads(run(*given, "--state", "overdue", "--format", "json"))
    assert (late["due"], late["standing"], late["next"], late["done"]) == ("2026-06-30", "overdue", "2026-06-30", None)
    assert "no such task" in run(*given, "--state", "done")
    journal_of(Workspace(tmp_path / "office")).add(
        Done(
            document="https://w3id.org/chidao/id/document/lao-cai/ke-hoach/12-kh-ubnd/2026",
            text=late["text"],
            lead=(late["lead"],),
            day="2026-06-30",
        )
    )
    (done,) = json.loads(run(*given, "--state", "done", "--format", "json"))
    assert (done["standing"], done["done"]) == ("done-in-time", "2026-06-30")
    calendar_file = tmp_path / "t.ics"
    run(*given, "--format", "ical", "-o", calendar_file)
    assert calendar_file.read_bytes().count(b"STATUS:COMPLETED") == 1
    for form in ("docx", "xlsx"):
        run(*given, "--format", form, "-o", tmp_path / f"r.{form}")
        assert (tmp_path / f"r.{form}").read_bytes().startswith(b"PK")


def test_a_row_of_a_table_in_html_is_read_without_tags(tmp_path: Path) -> None:
    rows = (
        "<table><tr><th>TT</th><th>Nhiệm vụ</th><th>Cơ quan chủ trì</th><th>Thời hạn</th></tr>"
        "<tr><td>1</td><td>Rà soát bến thủy</td><td>Sở Xây dựng</td><td>30/6/2026</td></tr></table>\n"
    )
    (tmp_path / "bang.txt").write_text(TEXT.partition("1. Sở")[0] + rows, encoding="utf-8")
    build([tmp_path / "bang.txt"], tmp_path / "graph", jobs=1)
    assert [row.text for row in tasks(read_store(tmp_path / "graph"))] == ["Rà soát bến thủy | Sở Xây dựng | 30/6/2026"]
