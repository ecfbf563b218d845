"""Every page in a real browser: no error, nothing from elsewhere, readable by all, and the ways through them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from chidao.graph.write.build import build

pytestmark = pytest.mark.browser

DOCUMENT = "/document/vn/nghi-quyet/15-nq-tw/2022"
PAGES = {
    "home": "/", "search": "/search?q=nghi+quyet+15", "documents": "/search", "nothing found": "/search?q=zzzz",
    "document": DOCUMENT, "body": "/body/ha-noi/cap-uy", "central body": "/body/vn/bo-chinh-tri",
    "coverage": "/coverage?ref=15-NQ/TW&ref=57-NQ/TW", "coverage of districts": "/coverage?ref=15-NQ/TW&level=district&within=ha-noi",
    "progress": "/progress?ref=15-NQ/TW", "progress form": "/progress", "progress of departments": "/progress?ref=15-NQ/TW&level=department&within=ha-noi",
    "coverage form": "/coverage", "timeline": "/timeline?ref=15-NQ/TW", "timeline form": "/timeline", "tasks": "/tasks",
    "scheme": "/graph?ref=15-NQ/TW", "graph": "/graph?ref=15-NQ/TW&view=network", "whole graph": "/graph", "questions": "/questions", "question": "/questions/most-cited",
    "question form": "/questions/implementers", "sparql": "/sparql", "check": "/check", "files": "/files", "changes": "/changes", "api": "/api", "no page": "/nothing",
    "two documents": "/timeline?ref=15-NQ/TU",
}  # fmt: skip
NARROW, WIDE = {"width": 390, "height": 844}, {"width": 1366, "height": 768}
Open = Callable[..., Page]
Follow = Callable[[Page, str], None]


@pytest.fixture
def show(browser: Browser, address: str, watching: Any) -> Iterator[Open]:
    with watching(browser, address) as opened:
        yield loading(opened, address)


def loading(opened: Open, address: str) -> Open:
    """The same for a path of the site, whose page is there whole; in Vietnamese unless said otherwise."""

    def load(path: str, language: str = "vi", **settings: Any) -> Page:
        page = opened(address + path, language=language, **settings)
        page.wait_for_load_state("networkidle")
        return page

    return load


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_everybody_can_read_it(show: Open, path: str, scheme: str) -> None:
    page = show(path, color_scheme=scheme, language="vi" if scheme == "light" else "en")
    assert page.locator("h1").count() == 1
    found = Axe().run(page).response["violations"]
    serious = [
        f"{v['id']}: {node['target']} {node['failureSummary']}"
        for v in found
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"]
    ]
    assert not serious, "\n".join(serious)


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_nothing_is_wider_than_a_phone(show: Open, path: str) -> None:
    page = show(path, viewport=NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_it_is_whole_in_either_language(show: Open, path: str) -> None:
    vietnamese, english = show(path), show(path, language="en")
    assert vietnamese.locator("html").get_attribute("lang") == "vi"
    assert english.locator("html").get_attribute("lang") == "en"
    assert vietnamese.locator("main").inner_text() != english.locator("main").inner_text()


@pytest.mark.parametrize("words", ["nghi quyet 57", "NGHI QUYẾT 57", "57-nq/tw", "dot pha phat trien khoa hoc"])
def test_search_needs_no_diacritics(show: Open, words: str, follow: Follow) -> None:
    page = show("/")
    page.fill("main input[name=q]", words)
    follow(page, "main form button")
    assert page.locator(".results .label").first.inner_text() == "Nghị quyết 57-NQ/TW"
    follow(page, ".results a >> nth=0")
    assert page.inner_text("h1") == "Nghị quyết 57-NQ/TW"


@pytest.mark.parametrize("path", ["/tasks", "/progress?ref=15-NQ/TW", "/graph?ref=15-NQ/TW"])
def test_a_phone_searches_from_every_page(show: Open, path: str, follow: Follow) -> None:
    page = show(path, viewport=NARROW)
    find, head = page.locator(".masthead input[name=q]"), page.locator(".masthead").bounding_box()
    assert find.is_visible() and head and head["height"] < 0.17 * NARROW["height"]
    find.fill("57-NQ/TW")
    with page.expect_navigation():
        find.press("Enter")
    assert page.locator(".results .label").first.inner_text() == "Nghị quyết 57-NQ/TW"


def test_the_list_of_a_network_leaves_its_page_short(show: Open) -> None:
    page = show("/graph?view=network", viewport=NARROW)
    list_ = page.locator(".graph-below .scroll")
    assert page.locator("#graph-list tbody tr").count() > 20
    assert list_.evaluate("one => one.scrollHeight > one.clientHeight && one.clientHeight <= 0.81 * innerHeight")
    assert page.evaluate("document.documentElement.scrollHeight") <= 4 * NARROW["height"]


def test_suggestions_by_keyboard(show: Open) -> None:
    page = show("/")
    page.keyboard.press("/")
    page.keyboard.type("thanh uy ha n")
    page.wait_for_selector("[role=option]")
    assert page.get_attribute("main input[name=q]", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.get_attribute("main input[name=q]", "aria-activedescendant")
    assert chosen and page.get_attribute(f"#{chosen}", "aria-selected") == "true"
    page.keyboard.press("Escape")
    assert not page.is_visible("[role=option]")
    page.keyboard.type("o")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    with page.expect_navigation(url="**/body/**"):
        page.keyboard.press("Enter")
    assert page.inner_text("h1") == "Thành ủy Hà Nội"


def test_a_page_that_is_long_in_coming_is_told_of(show: Open) -> None:
    page = show("/tasks")
    page.route("**/questions", lambda route: route.fulfill(status=204))  # an answer that leaves the page where it is
    page.locator("header summary").click()
    page.locator("header a[href='/questions']").click()
    page.wait_for_selector("#loading:not(:empty)")
    assert page.inner_text("#loading") == "Đang tải …"


def test_filters_narrow_a_search(show: Open, follow: Follow) -> None:
    page = show("/search?q=ke+hoach")
    follow(page, ".facets a:text-is('Quận, huyện')")
    assert set(page.locator(".results .chip").all_inner_texts()) == {"Quận, huyện"}
    follow(page, ".facets a:text-is('2023')")
    assert page.locator(".results .label").all_inner_texts()
    assert all("/2023" in text for text in page.locator(".results .meta").all_inner_texts())
    follow(page, ".facets a[aria-current]:has-text('Quận, huyện')")
    assert len(set(page.locator(".results .chip").all_inner_texts())) > 1
    assert page.locator(".facets a[aria-current]").all_inner_texts() == ["2023 ×"]


def test_a_phrase_is_opened_in_its_text(show: Open, follow: Follow) -> None:
    page = show("/")
    page.fill("main input[name=q]", '"cán bộ, đảng viên trong Huyện"')
    follow(page, "main form button")
    assert page.locator(".results .label").all_inner_texts() == ["Kế hoạch 45-KH/HU"]
    assert "cán bộ, đảng viên trong Huyện" in page.locator(".results mark").all_inner_texts()
    follow(page, ".snippet a")
    assert "/text/" in page.url and page.inner_text("h1") == "Kế hoạch 45-KH/HU"
    asked = page.locator(".text .asked")
    assert "đảng viên trong Huyện" in " ".join(asked.all_inner_texts())
    assert asked.first.evaluate(
        "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; }"
    )


def test_from_home_to_the_sentence_that_says_so(show: Open, follow: Follow) -> None:
    page = show("/")
    follow(page, "a:has-text('Nghị quyết 15-NQ/TW') >> nth=0")
    assert page.inner_text("h1") == "Nghị quyết 15-NQ/TW"
    section = page.locator("section:has(#below)")
    assert "Chương trình hành động 16-CTr/TU" in section.inner_text()
    assert "113 ngày" in section.inner_text()
    mark = section.locator("blockquote mark").first
    assert "15-NQ/TW" in mark.inner_text()
    assert ".txt, dòng" in section.locator("blockquote footer").first.inner_text()
    mentions = page.locator("section:has(#mentions) blockquote")
    assert mentions.count() > 5
    assert all(mentions.nth(i).locator("mark").count() >= 1 for i in range(3))


def test_a_document_leads_to_its_triples_timeline_and_coverage(show: Open, address: str, follow: Follow) -> None:
    page = show(DOCUMENT)
    turtle = page.request.get(address + str(page.get_attribute("a:has-text('Turtle')", "href")))
    assert turtle.headers["content-type"].startswith("text/turtle")
    follow(page, ".actions a:has-text('Dòng thời gian')")
    assert page.locator("table.timeline tbody tr").count() == 5
    page.go_back()
    follow(page, ".actions a:has-text('Bảng tổng hợp')")
    assert page.locator("table.matrix tbody tr").count() == 34


def test_the_citation_is_copied(show: Open) -> None:
    page = show(DOCUMENT, permissions=["clipboard-read", "clipboard-write"])
    page.click("button:has-text('Sao chép trích dẫn')")
    assert page.evaluate("navigator.clipboard.readText()").startswith(
        "Nghị quyết số 15-NQ/TW ngày 05 tháng 5 năm 2022 của Bộ Chính trị về phương hướng"
    )


def test_its_scheme_stands_inside_the_page(show: Open, follow: Follow) -> None:
    page = show(DOCUMENT)
    carrying = page.locator("#drawn ~ .scheme .scheme-below")
    assert "5 văn bản" in carrying.locator("h3").inner_text()
    follow(page, ".scheme-below a:has-text('45-KH/HU')")
    assert "45-KH/HU" in page.locator("h1").inner_text()


def test_a_matrix_sorts_by_click_and_by_key(show: Open) -> None:
    page = show(PAGES["coverage"])

    def first() -> str:
        return page.locator("table.matrix tbody th").first.inner_text()

    assert first() == "TP. Hà Nội", "the first of official lists"
    page.locator("table.matrix thead th").nth(0).locator("button").click()
    assert first() == "An Giang"
    head = page.locator("table.matrix thead th").nth(1)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert first() == "TP. Hà Nội"
    head.locator("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert first() != "TP. Hà Nội"


def test_a_matrix_is_taken_away(show: Open) -> None:
    page = show(PAGES["coverage"])
    for name, start in (("XLSX", b"PK"), ("CSV", b"\xef\xbb\xbfbody,")):
        with page.expect_download() as saved:
            page.click(f"a.button:has-text('{name}')")
        with open(saved.value.path(), "rb") as stream:
            assert stream.read(len(start)) == start


def test_a_directive_is_added_to_a_matrix(show: Open, follow: Follow) -> None:
    page = show("/coverage?ref=15-NQ/TW")
    page.fill("main input[type=search]", "57-nq/tw")
    follow(page, "main form button")
    assert page.locator("table.matrix thead th").count() == 3
    assert page.locator("td[data-state=no-files]").count() > 30
    assert "Chưa nạp văn bản nào ban hành" in page.inner_text("main")
    assert "không có nghĩa là chưa làm" in page.inner_text("main")


def test_a_matrix_of_departments_asks_for_their_province(show: Open, follow: Follow) -> None:
    page = show("/coverage?ref=15-NQ/TW")
    page.select_option("select[name=level]", "department")
    follow(page, "main form button")
    assert "chọn tỉnh" in page.inner_text("[role=alert]")
    assert page.locator("main form input[type=checkbox]:checked").count() == 1, "what was asked is kept"
    page.select_option("select[name=within]", "ha-noi")
    follow(page, "main form button")
    assert "Sở Nội vụ" in page.inner_text("table.matrix")


def test_the_evidence_of_a_cell(show: Open) -> None:
    page = show("/coverage?ref=15-NQ/TW")
    assert not page.locator(".panel blockquote").first.is_visible()
    page.locator("td[data-state=implemented] a").first.focus()
    page.keyboard.press("Enter")
    shown = page.locator(".panel section:target")
    assert shown.locator("h2").inner_text().startswith("Thành phố Hà Nội")
    assert "15-NQ/TW" in shown.locator("blockquote").first.inner_text()
    assert not page.locator(".panel .hint").is_visible()
    shown.locator("a.close").click()
    assert page.locator(".panel .hint").is_visible()


def test_a_matrix_of_eight_directives_is_one_screen(show: Open) -> None:
    refs = ("15-NQ/TW", "57-NQ/TW", "12/NQ-CP", "16-CTr/TU", "118/KH-UBND", "08-QĐ/TU", "45-KH/HU", "156/KH-UBND")
    page = show("/coverage?" + "&".join(f"ref={ref}" for ref in refs))
    assert page.locator("table.matrix thead th").count() == 9
    table = page.locator("table.matrix").bounding_box()
    assert table and table["y"] + table["height"] <= WIDE["height"]
    assert table["x"] + table["width"] <= WIDE["width"] - 352, "the panel stands beside it"


def test_a_matrix_shows_only_what_is_open(show: Open) -> None:
    page = show("/coverage?ref=57-NQ/TW")
    rows = page.locator("table.matrix tbody tr:visible")
    every, open_ = (
        rows.count(),
        page.locator("table.matrix tbody tr:has(td[data-state=silent], td[data-state=no-files])").count(),
    )
    assert page.locator("#open-only").is_enabled()
    page.check("#open-only")
    assert (every, rows.count()) == (34, open_)
    assert 30 < open_ < 34


def test_the_language_is_kept_from_page_to_page(show: Open, follow: Follow) -> None:
    page = show(DOCUMENT)
    follow(page, "a.language")
    assert page.url.endswith(DOCUMENT)
    assert "Who carries it out" in page.inner_text("main")
    follow(page, "nav a:has-text('Tasks')")
    assert page.inner_text("h1") == "Tasks"
    follow(page, "a.language")
    assert page.inner_text("h1") == "Nhiệm vụ"


def test_the_colours_are_kept(show: Open) -> None:
    page = show("/", color_scheme="light")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    page.click("#theme")
    dark = page.evaluate(ground)
    assert dark != light
    page.goto(page.url + "tasks")
    assert page.evaluate(ground) == dark


def test_without_script_every_page_is_there(show: Open, follow: Follow) -> None:
    page = show("/", java_script_enabled=False)
    page.fill("main input[name=q]", "so noi vu ha noi")
    follow(page, "main form button")
    follow(page, ".results a >> nth=0")
    assert page.inner_text("h1") == "Sở Nội vụ thành phố Hà Nội"
    page.click(".masthead summary")
    follow(page, "nav a:has-text('Bảng tổng hợp')")
    follow(page, "main ol a >> nth=0")
    assert page.locator("table.matrix tbody tr").count() == 34
    assert not page.is_visible("button:has-text('In')")
    page.click(".masthead summary")
    follow(page, "nav a:has-text('SPARQL')")
    assert page.locator("textarea").is_visible()
    follow(page, "nav a:has-text('Rà soát dự thảo')")
    page.fill("textarea", "Nghị quyết số 15-NQ/TW ngày 31/2/2022 của Bộ Chính trị")
    follow(page, "main form button >> nth=0")
    assert "ngày 31/2/2022" in page.inner_text("mark")


def test_paper_gets_the_content_alone(show: Open) -> None:
    page = show(PAGES["coverage"])
    page.emulate_media(media="print")
    for hidden in (".masthead nav", ".filters", ".actions"):
        assert not page.is_visible(hidden)
    assert page.is_visible("table.matrix")


def test_a_question_is_asked_and_leads_on(show: Open, follow: Follow) -> None:
    page = show("/questions")
    follow(page, "main a[href$='/chain']")
    page.fill("main input", "15-NQ/TW")
    follow(page, "main form button")
    follow(page, "main table a.doc >> nth=0")
    assert re.search(r"/(?:document|body)/", page.url)


def test_a_task_leads_to_who_leads_it(show: Open, follow: Follow) -> None:
    page = show("/tasks?due_after=2022-10-30&due_before=2022-11-01")
    follow(page, ".tasks a:has-text('Ban Tuyên giáo Huyện ủy Đông Anh') >> nth=0")
    assert page.inner_text("h1") == "Ban Tuyên giáo Huyện ủy Đông Anh"
    assert "31/10/2022" in page.inner_text("main")


def test_a_calendar_of_tasks(show: Open) -> None:
    page = show("/tasks")
    with page.expect_download() as saved:
        page.click("a.button:has-text('Lịch')")
    with open(saved.value.path(), encoding="utf-8") as stream:
        assert stream.read().startswith("BEGIN:VCALENDAR")


def test_the_whole_page_can_be_reached_by_tab(show: Open) -> None:
    page = show(DOCUMENT)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.fixture(scope="module")
def real(shared_data: Path, serving: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over the graph of a real report."""
    graph = tmp_path_factory.mktemp("report") / "graph"
    build([shared_data / "gold" / "hanoi-report" / "text.txt"], graph, jobs=1)
    with serving(graph) as found:
        yield found


class TestRealReport:
    """The same site over a real report."""

    @pytest.fixture
    def look(self, browser: Browser, real: str, watching: Any) -> Iterator[Open]:
        with watching(browser, real) as opened:
            yield loading(opened, real)

    @pytest.mark.shared
    @pytest.mark.parametrize(
        "path", ["/", "/search", "/tasks", "/coverage?ref=15-NQ/TW&ref=50-QĐ/TW&ref=27-KL/TW", "/coverage?ref=50-QĐ/TW&level=department&within=ha-noi", "/timeline?ref=50-QĐ/TW", "/graph", "/graph?ref=15-NQ/TW", "/questions/conflicts"]
    )  # fmt: skip
    def test_every_page(self, look: Open, path: str) -> None:
        page = look(path)
        serious = [v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
        assert not serious
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390

    @pytest.mark.shared
    def test_from_search_to_sentence(self, look: Open, follow: Follow) -> None:
        page = look("/")
        page.fill("main input[name=q]", "nghi quyet 15-nq/tw")
        follow(page, "main form button")
        follow(page, ".results a >> nth=0")
        assert page.inner_text("h1") == "Nghị quyết 15-NQ/TW"
        section = page.locator("section:has(#below)")
        assert "16-CTr/TU" in section.inner_text()
        assert "113 ngày" in section.inner_text()
        assert section.locator("blockquote mark").count()
