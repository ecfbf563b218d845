"""From an answer to its sentence in the whole text: on a server, as files without scripts, and as a person does it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from html import unescape
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient

from chidao.extract.formats.source import content_hash
from chidao.graph.evidence import Place
from chidao.graph.write.build import build
from chidao.viz.web.rendering.links import FileLinks, ServerLinks, TextFiles
from chidao.viz.web.serving.app import make_app
from chidao.viz.web.site import write_site

HEAD = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
Số: 45/KH-UBND
Lào Cai, ngày 20 tháng 5 năm 2024

KẾ HOẠCH
Thực hiện Nghị quyết số 88-NQ/TW ngày 10/01/2024 của Bộ Chính trị <script>window.hacked=1</script>

"""
TASK = "Sở Nội vụ chủ trì rà soát <img src=x onerror=window.hacked=1> biên chế, hoàn thành trước ngày 30/9/2024."
TWICE = "Nghị quyết số 88-NQ/TW được **quán triệt** cùng Kết luận số 3-KL/TW; kết quả thực hiện Nghị quyết số 88-NQ/TW được báo cáo."
FILLING = "".join(
    f"Điều {i}. Nội dung {i}\n" + "Các cơ quan, đơn vị tổ chức thực hiện theo chức năng, nhiệm vụ được giao.\n" * 12
    for i in range(2, 40)
)
DOCUMENT = "/document/lao-cai/ke-hoach/45-kh-ubnd/2024"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("text")
    text = f"{HEAD}Điều 1. Mục đích\n{TWICE}\n\n{FILLING}Điều 40. Tổ chức thực hiện\n1. {TASK}\n"
    (made / "kh.txt").write_text(text, encoding="utf-8")
    (made / "so.csv").write_text(
        "Số ký hiệu,Ngày ban hành,Trích yếu,Cơ quan ban hành\n"
        "9/KH-UBND,10/02/2024,Kế hoạch <b>thực hiện</b> Nghị quyết số 88-NQ/TW ngày 10/01/2024,Ủy ban nhân dân tỉnh Cao Bằng\n",
        encoding="utf-8",
    )
    build([made / "kh.txt", made / "so.csv"], made / "graph", jobs=1)
    return made


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with TestClient(make_app(folder / "graph"), follow_redirects=False) as made:
        yield made


@pytest.fixture(scope="module")
def sha256(folder: Path) -> str:
    return content_hash(folder / "kh.txt")


def links_of(page: str) -> list[str]:
    return [unescape(to) for to in re.findall(r'href="([^"]*text/[0-9a-f]{16}[^"]*)"', page)]


@pytest.mark.slow
def test_every_evidence_leads_to_its_sentence(client: TestClient) -> None:
    pages = (
        DOCUMENT,
        "/document/vn/nghi-quyet/88-nq-tw/2024",
        "/tasks",
        "/coverage?ref=88-NQ/TW",
        "/body/lao-cai/so-noi-vu",
    )
    for page in pages:
        found = [to for to in links_of(client.get(page).text) if "#" in to]
        assert found, page
        leads = {to.partition("#")[0] for to in found}
        text = {path: answer.text for path in leads if (answer := client.get(path)).status_code == 200}
        for to in found:
            path, _, name = to.partition("#")
            assert f'id="{name}"' in text[path], to


def test_the_sentence_that_is_asked_for_is_marked(client: TestClient) -> None:
    to = links_of(client.get("/tasks").text)[0]
    page = client.get(to).text
    (asked,) = re.findall(r'<span class="s asked" id="(s\d+)">(.*?)</span>\s*</p>', page, re.DOTALL)
    assert to.endswith(f"#{asked[0]}")
    assert unescape(re.sub(r"<[^>]+>", "", asked[1])) == TASK
    assert '<a class="m m-deadline m-task" href="#task-' in page and 'class="m m-body m-task"' in page
    assert 'aria-current="page" title="Điều' in page, "the part that holds it, with its first heading"


def test_what_the_marks_mean(client: TestClient, sha256: str) -> None:
    page = client.get(f"/text/{sha256}").text
    notes = page.partition("<aside")[2]
    assert set(re.findall(r'class="m [^"]*" href="#([^"]+)"', page)) <= set(re.findall(r' id="([^"]+)"', notes))
    assert 'href="/document/vn/nghi-quyet/88-nq-tw/2024">Nghị quyết 88-NQ/TW</a>' in notes and "10/01/2024" in notes


def test_hostile_text_stays_text(client: TestClient, sha256: str) -> None:
    for path in (f"/text/{sha256}", links_of(client.get("/tasks").text)[0]):
        page = client.get(path).text
        assert "<img src=x" not in page and "<script>window" not in page and "&lt;" in page


def test_a_row_of_a_register(client: TestClient, folder: Path) -> None:
    register = content_hash(folder / "so.csv")
    (to,) = {
        to for to in links_of(client.get("/document/vn/nghi-quyet/88-nq-tw/2024").text) if register in to and "#" in to
    }
    assert to.endswith("&row=0#r0")
    page = client.get(to).text
    assert '<p class="row" id="r0">' in page and "Kế hoạch &lt;b&gt;thực hiện&lt;/b&gt;" in page
    row = page.partition('id="r0"')[2].partition("</p>")[0]
    assert re.search(r'class="cells"><a href="/document/[^"]+">[^<]*9/KH-UBND</a>', row)


def test_evidence_in_a_register_names_the_document_of_its_row(client: TestClient) -> None:
    page = client.get("/document/vn/nghi-quyet/88-nq-tw/2024?list=mentions").text
    (said,) = re.findall(r"<footer>(?:(?!</footer>).)*so\.csv.*?</footer>", page)
    assert re.search(r': <a href="/document/[^"]+">[^<]*9/KH-UBND</a>', said)


def test_a_line_is_opened_where_it_stands(client: TestClient, sha256: str) -> None:
    page = client.get(f"/text/{sha256}?line=1").text
    assert page.count('id="asked"') == 1
    assert page.index('id="asked"') < page.index('class="s asked"')


def test_a_sentence_that_names_a_document_twice_is_shown_once(client: TestClient) -> None:
    page = client.get("/document/vn/nghi-quyet/88-nq-tw/2024").text.partition('id="mentions"')[2]
    assert page.count("được quán triệt cùng") == 1 and "**" not in page
    assert page.count("<mark>Nghị quyết số 88-NQ/TW</mark>") >= 3


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("0" * 64, 404), ("kh.txt", 404), ("..%2f..%2fcurrent", 404), ("{}?at=1-2", 200), ("{}?at=x", 400),
        ("{}?at=99999999-2", 400), ("{}?at=1-2&row=3", 400), ("{}?line=2", 200), ("{}?line=99999", 400), ("{}?part=99", 400), ("{}?part=2", 200),
    ],
)  # fmt: skip
def test_what_is_no_place(client: TestClient, sha256: str, path: str, status: int) -> None:
    assert client.get(f"/text/{path.format(sha256)}").status_code == status


def test_a_text_that_is_not_kept_is_said_so(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(HEAD, encoding="utf-8")
    build([path], tmp_path / "graph", jobs=1)
    for kept in (tmp_path / "graph" / "facts").iterdir():
        kept.unlink()
    with TestClient(make_app(tmp_path / "graph")) as client:
        answer = client.get(f"/text/{content_hash(path)}", headers={"Accept": "text/html"})
    assert answer.status_code == 404 and "Chưa có toàn văn" in answer.text


def test_links() -> None:
    place = Place(source="a.txt", line=3, sentence_span=(120, 180))
    row = Place(source="a.csv", line=3, row=7, sentence_span=(0, 9))
    server = ServerLinks("x", "/sub")
    assert (
        server.text("ab", place) == "/sub/text/ab?at=120-180#s120"
        and server.text("ab", part=1) == "/sub/text/ab?part=2"
    )
    assert server.text("ab", row) == "/sub/text/ab?at=0-9&row=7#r7"
    assert server.text("ab", Place(source="a.txt", line=3)) == "/sub/text/ab?line=3#asked"
    texts = {
        "ab": TextFiles(("text/ab.html", "text/ab-2.html"), (0, 120), None),
        "cd": TextFiles(("text/cd.html",), (0,), {7: 40}),
    }
    files = FileLinks("x", "document/a/b.html", {}, {}, texts)
    assert files.text("ab", place) == "../../text/ab-2.html#s120" and files.text("ab", part=0) == "../../text/ab.html"
    assert files.text("cd", row) == "../../text/cd.html#r7"
    assert [
        files.text("cd", Place(source="a", line=1, row=8)),
        files.text("ef"),
        files.text("ab", Place(source="a", line=1)),
    ] == [None] * 3


@pytest.fixture(scope="module")
def written(folder: Path) -> Path:
    return write_site(folder / "graph", folder / "site").path


def in_view(page: Page, selector: str) -> bool:
    found: bool = page.evaluate(
        "s => { const r = document.querySelector(s).getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }",
        selector,
    )
    return found


@pytest.mark.browser
def test_a_person_opens_an_evidence(
    browser: Browser,
    folder: Path,
    serving: Callable[..., AbstractContextManager[str]],
    follow: Callable[[Page, str], None],
) -> None:
    with serving(folder / "graph") as address:
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(address + DOCUMENT)
        follow(page, ".tasks a.in-text")
        assert in_view(page, ".s.asked") and page.locator(".s.asked").inner_text().endswith("trước ngày 30/9/2024.")
        assert page.evaluate("window.hacked") is None
        page.click(".s.asked a.m-deadline")
        assert in_view(page, ".notes li:target") and "30/9/2024" in page.locator(".notes li:target").inner_text()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.close()


@pytest.mark.browser
def test_a_written_site_does_it_without_scripts(browser: Browser, written: Path) -> None:
    page = browser.new_context(java_script_enabled=False, viewport={"width": 1366, "height": 768}).new_page()
    page.goto((written / "tasks.html").as_uri())
    page.locator("a.in-text").first.click()
    page.wait_for_url(re.compile(r"text/[0-9a-f]{16}-\d+\.html#s\d+"))
    target = page.locator(".s:target")
    assert target.inner_text().endswith("trước ngày 30/9/2024.")
    box = target.bounding_box()
    assert box and box["y"] >= 0 and box["y"] + box["height"] <= 768, "scrolled to"
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_no_part_is_longer_than_ten_screens(browser: Browser, written: Path, width: int, height: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    for file in sorted((written / "text").iterdir()):
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollHeight") <= 10 * height, file.name
    page.close()
