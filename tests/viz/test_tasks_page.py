"""The page of tasks: states, months, bodies, what people say of them; a province's plan with tasks of all kinds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from docx import Document
from icalendar import Calendar
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient

from chidao.cli import main
from chidao.graph.answers import task_days
from chidao.graph.answers.done import Done, DoneBook, journal_of, key
from chidao.graph.answers.task_states import STATES
from chidao.graph.answers.tasks import TaskRow, these_tasks
from chidao.graph.select import Store
from chidao.graph.store import Folder
from chidao.graph.tables.asked import Tabled
from chidao.graph.workspace import Settings, Workspace
from chidao.graph.write.build import build
from chidao.viz.web.pages import tasks_page
from chidao.viz.web.pages.tasks_asked import OFFERED, VIEWS, Asked
from chidao.viz.web.pages.tasks_page import A_PAGE, told
from chidao.viz.web.serving.app import make_app
from chidao.viz.web.snapshots import Snapshot, open_snapshot

HERE = ("127.0.0.1", 50000)
ON = "2026-06-24"
DIRECTIVE = "Nghị quyết số 88-NQ/TW ngày 10/01/2026 của Bộ Chính trị về chuyển đổi xanh"
PLAN = f"""ỦY BAN NHÂN DÂN TỈNH LÀO CAI
Số: 12/KH-UBND
Lào Cai, ngày 05 tháng 3 năm 2026

KẾ HOẠCH
thực hiện {DIRECTIVE}

Thực hiện {DIRECTIVE}, Ủy ban nhân dân tỉnh ban hành Kế hoạch.

1. Sở Nội vụ
- Rà soát toàn bộ bến thủy trên địa bàn tỉnh, xong trong quý II/2026.
- Phối hợp với Sở Công Thương kiểm tra hàng hóa tại bến trước ngày 15/8/2026.
- Báo cáo kết quả trước ngày 25 hằng tháng.
- Xây dựng, ban hành kế hoạch thực hiện Nghị quyết số 88-NQ/TW trước ngày 31/3/2026.
2. Sở Y tế
- Tổng hợp nhu cầu thuốc, hoàn thành trước ngày 20/7/2026.
3. UBND các xã, phường
- Tuyên truyền nội dung Kế hoạch đến người dân.
"""
ANSWER = f"""UBND TỈNH LÀO CAI
SỞ NỘI VỤ
Số: 58/KH-SNV
Lào Cai, ngày 20 tháng 3 năm 2026

KẾ HOẠCH
thực hiện {DIRECTIVE}

Sở Nội vụ thực hiện các việc sau.
"""
COUNTS = {"overdue": 1, "week": 2, "month": 1, "later": 1, "undated": 1, "done": 0}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tasks-page")
    for name, text in (("ke-hoach", PLAN), ("so-noi-vu", ANSWER)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    build(sorted(folder.glob("*.txt")), folder / "graph", jobs=1)
    return folder / "graph"


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "office")


@pytest.fixture
def client(graph: Path, office: Workspace) -> Iterator[TestClient]:
    with TestClient(
        make_app(graph, workspace=office), base_url="http://localhost", client=HERE, follow_redirects=False
    ) as made:
        yield made


def page_of(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def counts(text: str) -> dict[str, int]:
    """What the tabs of the page say."""
    tabs = re.findall(r'<li data-state="([a-z]+)"><a [^>]*><strong>(\d+)</strong>', text)
    return {state: int(count) for state, count in tabs if state in STATES}


def form_of(text: str, words: str) -> dict[str, Any]:
    """The hidden fields of the first form below a task with these words."""
    task = text[text.index(words) :]
    task = task[: task.index('class="finish"') + 3000]
    form = task[task.index('class="finish"') :]
    form = form[: form.index("</form>")]
    found: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form):
        found.setdefault(name, []).append(value)
    return found


class TestTheSameCountsEverywhere:
    def test_on_the_page(self, client: TestClient) -> None:
        assert counts(page_of(client, f"/tasks?on={ON}")) == COUNTS

    def test_in_the_interface_for_programs(self, client: TestClient) -> None:
        told = client.get("/api/tasks", params={"on": ON}).json()
        assert told["totals"] == COUNTS and len(told["tasks"]) == sum(COUNTS.values())
        for state, count in COUNTS.items():
            assert len(client.get("/api/tasks", params={"on": ON, "state": state}).json()["tasks"]) == count

    def test_on_the_command_line(self, graph: Path, office: Workspace) -> None:
        for state, count in COUNTS.items():
            given = [
                "--graph",
                str(graph),
                "--workspace",
                str(office.path),
                "--on",
                ON,
                "--state",
                state,
                "--format",
                "json",
            ]
            found = json.loads(CliRunner().invoke(main, ["tasks", *given]).output)
            assert [task["state"] for task in found] == [state] * count

    def test_in_lists_and_reports(self, client: TestClient) -> None:
        for state, count in COUNTS.items():
            text = page_of(client, f"/tasks?on={ON}&state={state}")
            assert len(re.findall(rf'<li class="task" data-state="{state}"', text)) == count
            book = load_workbook(BytesIO(client.get(f"/tasks.xlsx?on={ON}&state={state}").content))
            assert book["Nhiệm vụ"].max_row - 1 == count
        rows = page_of(client, f"/tasks?on={ON}&view=bodies")
        told = re.findall(r'<td class="number" data-state="(\w+)"[^>]*>(?:<a [^>]*>)?(\d+)', rows)
        assert {state: sum(int(count) for of, count in told if of == state) for state in STATES} == COUNTS


@pytest.mark.parametrize(
    ("asked", "total"),
    [
        ("body=Sở Nội vụ", 4), ("body=Sở Công Thương", 1), ("body=Sở Công Thương&role=lead", 0), ("body=Sở Công Thương&role=support", 1),
        ("directive=88-NQ/TW", 6), ("directive=58/KH-SNV", 0), ("document=12/KH-UBND", 6), ("due_after=2026-07-01", 2),
        ("due_after=2026-07-01&due_before=2026-08-01", 1), ("body=UBND các xã, phường", 1),
    ],
)  # fmt: skip
def test_filters(client: TestClient, asked: str, total: int) -> None:
    assert sum(counts(page_of(client, f"/tasks?on={ON}&{asked}")).values()) == total


@pytest.mark.parametrize(
    "asked",
    [
        "state=late",
        "role=x",
        "view=x",
        "month=2026",
        "month=2026-13",
        "month=9999-12",
        "on=9999-12-31",
        "page=0",
        "day=x",
    ],
)
def test_what_cannot_be_asked(client: TestClient, asked: str) -> None:
    assert client.get(f"/tasks?{asked}").status_code == 400


def test_the_month_has_its_days(client: TestClient) -> None:
    text = page_of(client, f"/tasks?on={ON}&view=month")
    assert "Tháng 06/2026" in text and 'aria-current="date"' in text
    days = re.findall(r'<a href="[^"]*day=([\d-]+)#day"><time datetime="\1">', text)
    assert days == ["2026-06-25", "2026-06-30"]
    assert text.count("<td") == 35
    day = page_of(client, f"/tasks?on={ON}&view=month&day=2026-06-25")
    assert len(re.findall(r'<li class="task"', day)) == 1 and "25 hằng tháng" in day


def test_bodies_and_directives(client: TestClient) -> None:
    assert "Sở Nội vụ tỉnh Lào Cai</a></th>" in page_of(client, f"/tasks?on={ON}&view=bodies")
    assert "Nghị quyết 88-NQ/TW (2026)" in page_of(client, f"/tasks?on={ON}&view=directives")


@pytest.mark.parametrize("view", ["bodies", "directives"])
def test_each_number_leads_to_as_many_tasks(site: TestClient, view: str) -> None:
    found = re.findall(r'<td class="number"[^>]*><a href="([^"]*)">(\d+)</a>', site.get(f"/tasks?view={view}").text)
    assert len(found) > 20
    for address, count in found:
        text = site.get(unescape(address)).text
        state = re.search(r"state=(\w+)", address)
        told = counts(text)
        assert (told[state[1]] if state else sum(told.values())) == int(count), address


class TestWhatPeopleSay:
    def said(self, client: TestClient, words: str, **more: str) -> Any:
        form = form_of(page_of(client, f"/tasks?on={ON}"), words)
        return client.post("/office/tasks", data=form | {"day": "2026-06-23"} | more)

    def test_done_moves_the_task_and_undo_brings_it_back(self, client: TestClient, office: Workspace) -> None:
        answer = self.said(client, "Rà soát toàn bộ", proof="58/KH-SNV", why="đã gửi báo cáo")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/tasks?on={ON}")
        text = page_of(client, f"/tasks?on={ON}&state=done")
        assert counts(text) == COUNTS | {"week": 1, "done": 1}
        assert "Hoàn thành ngày 23/06/2026" in text and "Kế hoạch 58/KH-SNV</a>" in text and "đã gửi báo cáo" in text
        (entry,) = journal_of(office).read()
        assert entry.proof.endswith("/ke-hoach/58-kh-snv/2026")
        (task,) = client.get("/api/tasks", params={"on": ON, "state": "done"}).json()["tasks"]
        assert (task["standing"], task["done"]["day"]) == ("done-in-time", "2026-06-23")
        assert counts(page_of(client, "/tasks?on=2026-06-22"))["done"] == 0, "the day before it was not done"
        token = form_of(page_of(client, f"/tasks?on={ON}"), "Tổng hợp nhu cầu")["token"]
        client.post("/office/tasks", data={"token": token, "undo": entry.id, "next": "/tasks"})
        assert counts(page_of(client, f"/tasks?on={ON}")) == COUNTS

    def test_what_recurs_moves_to_its_next_day(self, client: TestClient) -> None:
        assert self.said(client, "Báo cáo kết quả trước ngày 25").status_code == 303
        text = page_of(client, f"/tasks?on={ON}")
        assert counts(text) == COUNTS | {"week": 1, "later": 2}
        assert "Kỳ 25/06/2026 hoàn thành ngày 23/06/2026" in text and '<time datetime="2026-07-25">' in text

    def test_the_answer_of_a_program_is_new(self, client: TestClient) -> None:
        tag = client.get("/api/tasks").headers["etag"]
        self.said(client, "Rà soát toàn bộ")
        assert client.get("/api/tasks", headers={"if-none-match": tag}).status_code == 200

    def test_a_proof_is_offered_confirmed_and_refused(self, client: TestClient, office: Workspace) -> None:
        text = page_of(client, f"/tasks?on={ON}&state=offered")
        assert "Có thể đã hoàn thành bằng" in text and "Kế hoạch 58/KH-SNV" in text
        assert counts(text)["done"] == 0, "nothing is done before somebody has confirmed it"
        form = text[text.index('class="offer"') :]
        fields: dict[str, Any] = {}
        for name, value in re.findall(
            r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[: form.index("</form>")]
        ):
            fields.setdefault(name, []).append(value)
        client.post("/office/tasks", data=fields | {"refused": "1"})
        again = page_of(client, f"/tasks?on={ON}")
        assert "Có thể đã hoàn thành bằng" not in again and counts(again) == COUNTS
        journal_of(office).undo(journal_of(office).read()[0].id, by="")
        client.post("/office/tasks", data=fields)
        done = page_of(client, f"/tasks?on={ON}&state=done")
        assert counts(done) == COUNTS | {"overdue": 0, "done": 1}
        assert "Hoàn thành ngày 20/03/2026" in done

    def test_what_fits_no_task_any_more_is_listed(self, client: TestClient) -> None:
        form = form_of(page_of(client, f"/tasks?on={ON}"), "Rà soát toàn bộ")
        client.post("/office/tasks", data=form | {"day": "2026-06-23", "text": "Rà soát bến khách"})
        text = page_of(client, f"/tasks?on={ON}&state=done")
        assert counts(text) == COUNTS and "Rà soát bến khách" in text[text.index("không còn khớp nhiệm vụ nào") :]

    def test_what_fits_no_task_any_more_is_joined_to_the_one_that_is_meant(
        self, client: TestClient, office: Workspace
    ) -> None:
        form = form_of(page_of(client, f"/tasks?on={ON}"), "Rà soát toàn bộ")
        client.post("/office/tasks", data=form | {"day": "2026-06-23", "lead": "Sở Giao thông", "why": "xong"})
        assert "không còn khớp nhiệm vụ nào: 1" in page_of(client, f"/tasks?on={ON}")
        text = page_of(client, f"/tasks?on={ON}&state=done")
        offer = text[text.index("Nay có thể là") :]
        again: dict[str, Any] = {}
        for name, value in re.findall(
            r'<input type="hidden" name="(\w+)" value="([^"]*)">', offer[: offer.index("</form>")]
        ):
            again.setdefault(name, []).append(value)
        assert client.post("/office/tasks", data=again).status_code == 303
        (entry,) = journal_of(office).read()
        assert (entry.lead, entry.day, entry.why) == (("Sở Nội vụ tỉnh Lào Cai",), "2026-06-23", "xong")
        text = page_of(client, f"/tasks?on={ON}&state=done")
        assert counts(text)["done"] == 1 and "không còn khớp" not in text

    @pytest.mark.parametrize(
        "wrong",
        [
            {"day": ""},
            {"day": "2999-01-01"},
            {"day": "0026-06-23"},
            {"proof": "99-NQ/XX"},
            {"text": ""},
            {"document": "x"},
            {"refused": "1"},
            {"undo": "x"},
        ],
    )
    def test_what_is_wrong_is_not_kept(self, client: TestClient, office: Workspace, wrong: dict[str, str]) -> None:
        assert self.said(client, "Rà soát toàn bộ", **wrong).status_code == 400
        assert journal_of(office).read() == []

    def test_a_form_that_is_sent_twice_is_kept_once(self, client: TestClient, office: Workspace) -> None:
        form = form_of(page_of(client, f"/tasks?on={ON}"), "Rà soát toàn bộ") | {"day": "2026-06-23"}
        for _ in range(2):
            assert client.post("/office/tasks", data=form).status_code == 303
        (entry,) = journal_of(office).read()
        client.post("/office/tasks", data={"token": form["token"], "undo": entry.id})
        client.post("/office/tasks", data=form)
        assert len(journal_of(office).read()) == 1, "what was taken back is said again"

    def test_only_who_sits_here(self, graph: Path, office: Workspace) -> None:
        with TestClient(make_app(graph, workspace=office), client=("10.0.0.7", 1)) as far:
            assert 'class="finish"' not in far.get("/tasks").text
            assert far.post("/office/tasks", data={"day": ON}).status_code == 403
        with TestClient(make_app(graph), base_url="http://localhost", client=HERE) as reading:
            text = reading.get("/tasks").text
            assert 'class="finish"' not in text and "không gồm các ghi nhận" in text


def test_a_task_is_corrected_where_it_stands(client: TestClient) -> None:
    text = page_of(client, f"/tasks?on={ON}&state=later")
    form = text[text.index('class="correct"') :]
    found = re.findall(r'<input type="\w+" name="(\w+)" value="([^"]*)"', form[: form.index("</form>")])
    fields = {name: unescape(value) for name, value in found}
    answer = client.post("/office/corrections", data=fields | {"deadline": "2026-08-10"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/tasks?on={ON}&state=later")
    assert "Đã ghi 1 hiệu đính" in page_of(client, f"/tasks?on={ON}")


def test_the_own_body_is_shown_first(client: TestClient, office: Workspace) -> None:
    office.save(Settings(body="https://w3id.org/chidao/id/body/lao-cai/so-y-te"))
    text = page_of(client, f"/tasks?on={ON}")
    assert sum(counts(text).values()) == 1 and "<strong>Sở Y tế tỉnh Lào Cai</strong>" in text
    assert counts(page_of(client, f"/tasks?on={ON}&all=1")) == COUNTS
    office.save(Settings(body="https://w3id.org/chidao/id/body/lao-cai/khong-co"))
    assert counts(page_of(client, f"/tasks?on={ON}")) == COUNTS, "a body that the graph does not know chooses nothing"


def test_paper_and_workbook(client: TestClient) -> None:
    answer = client.get(f"/tasks.docx?on={ON}&body=Sở Nội vụ")
    assert answer.headers["content-disposition"] == f'attachment; filename="nhiem-vu-{ON}.docx"'
    text = "\n".join(paragraph.text for paragraph in Document(BytesIO(answer.content)).paragraphs)
    assert "Sở Nội vụ" in text and "Tính đến ngày 24/06/2026" in text
    assert client.get("/tasks.pdf").status_code == 404


def test_the_address_of_the_feed_is_of_what_is_shown(client: TestClient, office: Workspace) -> None:
    office.save(Settings(body="https://w3id.org/chidao/id/body/lao-cai/so-y-te"))
    (address,) = re.findall(r'data-copy="([^"]*)"', page_of(client, "/tasks"))
    assert address.startswith("http://localhost/tasks.ics?body=")
    assert len(Calendar.from_ical(client.get(unescape(address)).content).walk("VTODO")) == 1


def test_a_feed_is_sent_again_when_it_has_changed(client: TestClient) -> None:
    first = client.get("/tasks.ics?body=Sở Nội vụ tỉnh Lào Cai")
    assert first.headers["content-type"].startswith("text/calendar")
    found = Calendar.from_ical(first.content)
    assert len(found.walk("VTODO")) == 3
    (event,) = found.walk("VEVENT")
    assert b"BYMONTHDAY=25" in event.to_ical()
    kept = {"if-none-match": first.headers["etag"]}
    assert client.get("/tasks.ics?body=Sở Nội vụ tỉnh Lào Cai", headers=kept).status_code == 304
    form = form_of(page_of(client, f"/tasks?on={ON}"), "Rà soát toàn bộ")
    client.post("/office/tasks", data=form | {"day": "2026-06-23"})
    second = client.get("/tasks.ics?body=Sở Nội vụ tỉnh Lào Cai", headers=kept)
    assert second.status_code == 200
    states = [todo.get("status") for todo in Calendar.from_ical(second.content).walk("VTODO")]
    assert states.count("COMPLETED") == 1


def test_many_tasks_cost_little_and_are_paged(tmp_path: Path, calls: Callable[[Callable[[], object]], int]) -> None:
    """A page of two thousand tasks costs what it shows."""
    head, _, _ = PLAN.partition("- Tổng hợp nhu cầu thuốc")
    lines = (f"- Tổng hợp nhu cầu thuốc của xã số {n}, hoàn thành trước ngày 28/6/2026.\n" for n in range(2000))
    (tmp_path / "ke-hoach.txt").write_text(head + "".join(lines), encoding="utf-8")
    build([tmp_path / "ke-hoach.txt"], tmp_path / "graph", jobs=1)
    snapshot, day = open_snapshot(Folder(tmp_path / "graph").current()), date.fromisoformat(ON)
    week = told(snapshot, Asked(on=day, state="week", page=2), DoneBook())
    assert len(week["tasks"]) == A_PAGE and week["pages"] == 101 and week["counts"]["week"] == 2002
    for asked in (
        Asked(on=day),
        Asked(on=day, view="month"),
        Asked(on=day, view="bodies"),
        Asked(on=day, state="week"),
    ):
        assert calls(partial(told, snapshot, asked, DoneBook())) < 5_000, asked


@pytest.mark.parametrize("asked", [{}, *({"state": state} for state in (*STATES, OFFERED))], ids=str)
@pytest.mark.parametrize("view", VIEWS)
def test_the_page_is_the_same_without_tables(graph: Path, asked: dict[str, str], view: str) -> None:
    snapshot = open_snapshot(Folder(graph).current())
    plain = Snapshot(Tabled(snapshot.store.rdf), snapshot.path, snapshot.base)
    first = snapshot.graph.tasks()[0]
    entry = Done(document=first.document, text=first.text, lead=first.lead, day="2026-06-20")
    lost = Done(document=first.document, text="Không còn", day="2026-06-20")
    said = {key(entry.document, entry.text, entry.lead): [entry], key(lost.document, lost.text, ()): [lost]}
    book = DoneBook(said, frozenset({first.document}))
    for on in (ON, "2026-03-30", "2026-07-20"):
        for day in (None, date(2026, 7, 20)) if view == "month" else (None,):
            wanted = Asked(on=date.fromisoformat(on), view=view, day=day, **asked)  # type: ignore[arg-type]
            assert told(snapshot, wanted, book) == told(plain, wanted, book)


@pytest.fixture
def shown(browser: Browser, graph: Path, office: Workspace, serving: Any) -> Iterator[Page]:
    with serving(graph, workspace=office) as address:
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
        page.goto(f"{address}/tasks?on={ON}")
        yield page
        assert told == []
        page.close()


@pytest.mark.browser
class TestInABrowser:
    def test_a_task_is_done_and_taken_back(self, shown: Page, follow: Callable[[Page, str], None]) -> None:
        follow(shown, ".task-states [data-state=week] a")
        assert shown.locator("li.task").count() == 2
        task = "li.task:has-text('Rà soát toàn bộ')"
        shown.click(f"{task} .finish summary")
        shown.fill(f"{task} input[name=day]", "2026-06-23")
        shown.fill(f"{task} input[name=proof]", "58/KH-SNV")
        follow(shown, f"{task} .finish form > button")
        assert shown.locator("li.task").count() == 1
        assert shown.inner_text(".task-states [data-state=done] strong") == "1"
        follow(shown, ".task-states [data-state=done] a")
        assert "Kế hoạch 58/KH-SNV" in shown.inner_text(task)
        follow(shown, f"{task} .undo button")
        assert shown.inner_text(".task-states [data-state=done] strong") == "0"

    def test_a_month_is_read_and_led_through(self, shown: Page, follow: Callable[[Page, str], None]) -> None:
        follow(shown, ".task-views a:has-text('Tháng')")
        assert shown.locator("table.month thead th").all_inner_texts() == ["T2", "T3", "T4", "T5", "T6", "T7", "CN"]
        follow(shown, "table.month a:has(time[datetime='2026-06-30'])")
        assert "Rà soát toàn bộ" in shown.inner_text("li.task")
        follow(shown, ".month-head a[rel=next]")
        assert "07/2026" in shown.inner_text("#month")

    @pytest.mark.parametrize(
        "path", ["", "&view=month&day=2026-06-30", "&view=bodies", "&view=directives", "&state=done"]
    )
    @pytest.mark.parametrize(("width", "scheme"), [(1366, "light"), (390, "dark")])
    def test_nothing_is_in_the_way(self, shown: Page, office: Workspace, path: str, width: int, scheme: Any) -> None:
        words = "Rà soát toàn bộ bến thủy trên địa bàn tỉnh, xong trong quý II/2026."
        plan = "https://w3id.org/chidao/id/document/lao-cai/ke-hoach/12-kh-ubnd/2026"
        lead = ("Sở Nội vụ tỉnh Lào Cai",)
        journal_of(office).add(Done(document=plan, text=words, lead=lead, day="2026-06-23", proof=plan, why="x"))
        journal_of(office).add(Done(document=plan, text="không còn", lead=lead, day="2026-06-23"))
        shown.set_viewport_size({"width": width, "height": 844})
        shown.emulate_media(color_scheme=scheme)
        shown.goto(shown.url + path)
        assert shown.inner_text(".task-states [data-state=done] strong") == "1"
        shown.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        found = Axe().run(shown)
        serious = [v for v in found.response["violations"] if v["impact"] in ("serious", "critical")]
        assert serious == []
        assert shown.evaluate("document.documentElement.scrollWidth") <= width


def test_the_default_day_is_today(client: TestClient) -> None:
    today, long = date.today(), date.today() + timedelta(days=36_500)
    assert f"tính đến ngày {today:%d/%m/%Y}" in page_of(client, "/tasks")
    assert counts(page_of(client, f"/tasks?on={long.isoformat()}"))["overdue"] == 4


@pytest.mark.parametrize("most", [1, 3, 100])
@pytest.mark.parametrize("query", ["", "?state=overdue", "?body=Sở Nội vụ tỉnh Lào Cai"])
def test_a_calendar_has_what_comes_next_and_says_that_there_is_more(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, most: int, query: str
) -> None:
    every = Calendar.from_ical(client.get(f"/tasks.ics{query}").content)
    all_of_it = [str(entry["uid"]) for entry in every.walk() if entry.name in ("VTODO", "VEVENT")]
    monkeypatch.setattr(tasks_page, "IN_A_CALENDAR", most)
    found = Calendar.from_ical(client.get(f"/tasks.ics{query}").content)
    shown = [str(entry["uid"]) for entry in found.walk() if entry.name in ("VTODO", "VEVENT")]
    assert shown == all_of_it[:most] and all_of_it
    said = str(found.get("x-wr-caldesc", ""))
    assert said.startswith(f"{most} trong {len(all_of_it)} ") if most < len(all_of_it) else not said


def test_a_calendar_of_all_reads_the_tasks_that_it_has(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def reading(store: Store, iris: Iterable[str], by: str = "task") -> list[TaskRow]:
        found = these_tasks(store, iris, by)
        read.extend(task.iri for task in found)
        return found

    monkeypatch.setattr(task_days, "these_tasks", reading)
    monkeypatch.setattr(tasks_page, "IN_A_CALENDAR", 3)
    assert client.get("/tasks.ics").content.count(b"BEGIN:V") == 1 + 3
    assert len(read) == 3
