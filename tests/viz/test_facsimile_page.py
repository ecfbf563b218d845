"""From a fact to the page that says so, as it looks, with the sentence marked."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from PIL import Image
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient

from chidao.extract.formats.source import content_hash
from chidao.graph.write.build import build
from chidao.viz.web.serving.app import make_app
from chidao.viz.web.site import write_site

pytestmark = pytest.mark.slow
Pdf = Callable[..., bytes]
HEAD = ["ỦY BAN NHÂN DÂN", "TỈNH LÀO CAI", "Số: 45/KH-UBND", "Lào Cai, ngày 20 tháng 5 năm 2024", "", "KẾ HOẠCH",
        "Thực hiện Nghị quyết số 88-NQ/TW ngày 10/01/2024 của Bộ Chính trị", "", "Điều 1. Mục đích",
        "Nâng cao nhận thức của cán bộ, công chức."]  # fmt: skip
TASK = ["Sở Nội vụ chủ trì rà soát biên chế của các cơ quan,", "hoàn thành trước ngày 30/9/2024."]
DOCUMENT = "/document/lao-cai/ke-hoach/45-kh-ubnd/2024"


def plan(pdf: Pdf) -> bytes:
    """A plan of two pages; the second has a task at its foot."""
    first = [(60, 780 - 20 * i, line) for i, line in enumerate(HEAD) if line]
    second = [(60, 780, "Điều 2. Tổ chức thực hiện"), *((60, 140 - 20 * i, line) for i, line in enumerate(TASK))]
    return pdf(first, second)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, pdf: Pdf) -> Path:
    made = tmp_path_factory.mktemp("pages")
    (made / "kh.pdf").write_bytes(plan(pdf))
    (made / "a.txt").write_text("\n".join(HEAD).replace("45/", "46/"), encoding="utf-8")
    document: Any = Document()
    for line in HEAD:
        document.add_paragraph(line.replace("45/", "48/"))
    document.add_page_break()
    document.add_paragraph(" ".join(TASK))
    document.save(str(made / "b.docx"))
    with zipfile.ZipFile(made / "nén.zip", "w") as archive:
        archive.writestr(
            "b.pdf", pdf([(60, 780 - 20 * i, line.replace("45/", "47/")) for i, line in enumerate(HEAD) if line])
        )
    build([made], made / "graph", jobs=1)
    return made


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with TestClient(make_app(folder / "graph"), follow_redirects=False) as made:
        yield made


@pytest.fixture(scope="module")
def own(folder: Path) -> str:
    """The address of the plan's pages."""
    return f"/facsimile/{content_hash(folder / 'kh.pdf')}"


def led_to(page: str) -> list[str]:
    return [unescape(to) for to in re.findall(r'href="(/facsimile/[^"]+)"', page)]


def marks(page: str) -> list[tuple[float, ...]]:
    """Left, top, width and height of each mark on a page, in points."""
    found = re.findall(
        r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', page.partition('id="mark"')[2]
    )
    return [tuple(map(float, box)) for box in found]


def test_a_fact_leads_to_its_page_with_the_sentence_marked(client: TestClient, own: str) -> None:
    (to,) = {to for to in led_to(client.get("/tasks").text) if to.startswith(own)}
    assert to.startswith(f"{own}/2?at=") and to.endswith("#mark")
    page = client.get(to.partition("#")[0]).text
    boxes = marks(page)
    assert [(round(x), round(w)) for x, _, w, _ in boxes] == [(60, 6 * len(TASK[0])), (60, 6 * len(TASK[1]))]
    assert all(abs(y - (842 - 140 + 20 * i - 9)) < 4 for i, (_, y, _, _) in enumerate(boxes))
    assert " ".join(TASK) in page and "Trang 2/2" in page
    picture = client.get(f"{own}/2.png")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")
    assert f'src="{own}/2.png"' in page and Image.open(io.BytesIO(picture.content)).width == 1100


def test_every_evidence_in_a_pdf_leads_there(client: TestClient, own: str) -> None:
    found = [to for to in led_to(client.get(DOCUMENT).text) if to.startswith(own)]
    assert {to.partition("?")[0] for to in found} == {f"{own}/1", f"{own}/2"}
    for to in found:
        assert marks(client.get(to.partition("#")[0]).text), to


def test_the_text_leads_to_its_pages(client: TestClient, own: str) -> None:
    text = client.get(own.replace("facsimile", "text")).text
    assert {f"{own}/1", f"{own}/2"} <= set(led_to(text))
    at = led_to(client.get("/tasks").text)[0].partition("?")[2].partition("#")[0]
    assert f"{own}/2?{at}#mark" in led_to(client.get(f"{own.replace('facsimile', 'text')}?{at}").text)


def test_on_another_page_it_is_told_where_the_sentence_is(client: TestClient, own: str) -> None:
    at = led_to(client.get("/tasks").text)[0].partition("?")[2].partition("#")[0]
    page = client.get(f"{own}/1?{at}").text
    assert "Câu này không ở trang này" in page and not marks(page) and f"{own}/2?{at}#mark" in led_to(page)


def test_a_word_document_has_no_pages_of_its_own(client: TestClient, folder: Path) -> None:
    sha256 = content_hash(folder / "b.docx")
    told = client.get("/document/lao-cai/ke-hoach/48-kh-ubnd/2024").text
    text = client.get(f"/text/{sha256}").text
    assert "b.docx, trang 1, dòng" in told and 'class="page-mark"' in text
    assert not any(sha256 in to for to in led_to(told + text))
    assert client.get(f"/facsimile/{sha256}/1").status_code == 404


def test_a_file_in_an_archive(client: TestClient) -> None:
    to = next(to for to in led_to(client.get("/document/lao-cai/ke-hoach/47-kh-ubnd/2024").text))
    assert marks(client.get(to.partition("#")[0]).text)
    assert client.get(to.partition("?")[0] + ".png").status_code == 200


def test_a_browser_keeps_the_picture(client: TestClient, own: str) -> None:
    first = client.get(f"{own}/1.png?zoom=2")
    assert first.headers["cache-control"].startswith("private") and Image.open(io.BytesIO(first.content)).width == 1700
    again = client.get(f"{own}/1.png?zoom=2", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"{own}/1.png", headers={"If-None-Match": first.headers["etag"]}).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [("{own}/3", 404), ("{own}/0", 404), ("{own}/x", 404), ("{own}/-1.png", 404), ("{own}/1?at=x", 400), ("{own}/1?at=99999999-2", 400),
     ("{own}/1?zoom=9", 400), ("{own}/1.png?zoom=9", 400), ("{own}/99.png", 422), ("{text}/1", 404), ("{text}/1.png", 422),
     ("/facsimile/" + "0" * 64 + "/1", 404), ("/facsimile/" + "0" * 64 + "/1.png", 404), ("/facsimile/..%2f..%2fetc%2fpasswd/1.png", 404)],
)  # fmt: skip
def test_what_is_no_page(path: str, status: int, client: TestClient, folder: Path, own: str) -> None:
    asked = path.format(own=own, text=f"/facsimile/{content_hash(folder / 'a.txt')}")
    answer = client.get(asked, headers={"Accept": "text/html"})
    assert answer.status_code == status and "/1" not in answer.headers.get("content-type", "")


def test_what_has_changed_since_is_a_line(pdf: Pdf, tmp_path: Path) -> None:
    file = tmp_path / "kh.pdf"
    file.write_bytes(plan(pdf))
    build([file], tmp_path / "graph", jobs=1)
    own = f"/facsimile/{content_hash(file)}"
    with TestClient(make_app(tmp_path / "graph", read_only=True)) as client:
        assert client.get(f"{own}/1.png").status_code == 200
        file.write_bytes(pdf([(60, 700, "khác")]))
        page, picture = client.get(f"{own}/1"), client.get(f"{own}/1.png", headers={"Accept": "image/*"})
    assert page.status_code == 422 and "Tệp đã thay đổi hoặc không còn" in page.text and "<img" not in page.text
    assert picture.status_code == 410 and str(tmp_path) not in page.text + picture.text


def test_a_page_of_another_site_gets_no_picture(client: TestClient, own: str) -> None:
    there = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
    for path in (f"{own}/1.png", f"{own}/1"):
        assert client.get(path, headers=there).headers["cross-origin-resource-policy"] == "same-origin"


def test_a_written_site_has_none(folder: Path) -> None:
    written = write_site(folder / "graph", folder / "site").path
    pages = "".join(path.read_text("utf-8") for path in written.rglob("*.html"))
    assert "kh.pdf" in pages and "facsimile" not in pages


@pytest.mark.browser
def test_a_person_opens_the_page_of_a_fact(
    browser: Browser,
    folder: Path,
    serving: Callable[..., AbstractContextManager[str]],
    follow: Callable[[Page, str], None],
    watching: Callable[..., AbstractContextManager[Callable[..., Page]]],
) -> None:
    with serving(folder / "graph", apart=True) as address, watching(browser, address) as opened:
        for width, height in ((1366, 768), (390, 844)):
            page = opened(address + DOCUMENT, viewport={"width": width, "height": height})
            follow(page, '.tasks a:text("Xem trang gốc")')
            assert page.evaluate("document.querySelector('.leaf img').naturalWidth") == 1100
            seen = "() => { const r = document.querySelector('#mark').getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }"
            page.wait_for_function(seen)
            follow(page, ".sizes a:text('Phóng to')")
            assert page.evaluate("document.querySelector('.leaf img').naturalWidth") == 1700
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            follow(page, "a[rel=prev]")
            assert "Trang 1/2" in page.locator(".leaves").inner_text()
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                found = Axe().run(page)
                assert found.violations_count == 0, found.generate_report()
