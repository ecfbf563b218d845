from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from axe_playwright_python.sync_playwright import Axe
from markupsafe import Markup
from playwright.sync_api import Browser, Page

from chidao.graph.answers.provinces import official_order
from chidao.graph.answers.surroundings import surroundings_in
from chidao.graph.evidence import Evidence
from chidao.viz.drawing.scheme import Card, scheme
from chidao.viz.drawing.scheme_html import LONG, quoted, scheme_html

TITLE = "Kế hoạch triển khai thực hiện Nghị quyết về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo trên địa bàn, giai đoạn {}"
NASTY = "</summary><script>window.hacked=1</script><img src=x onerror=window.hacked=1>\"'&{{ 7*7 }}"
SIZES = [(1366, 768), (390, 844)]


def network_of(size: int, title: str = TITLE) -> nx.MultiDiGraph[str]:
    """A resolution with grounds, changes and citations, and `size` documents of all provinces that carry it out, one under the other."""
    provinces = list(official_order())
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()

    def add(name: str, label: str, issuer: str, level: str, scope: str, titled: str) -> None:
        network.add_node(
            name, kind="document", label=label, number=label.rpartition(" ")[2], issuer=issuer, level=level, scope=scope,
            date="2025-01-15", title=titled,
        )  # fmt: skip

    def say(subject: str, predicate: str, object_: str, certainty: str = "explicit") -> None:
        network.add_edge(subject, object_, key=predicate, predicate=predicate, certainty=certainty, evidence=[])

    add(
        "f",
        "Nghị quyết 900-NQ/TW",
        "Bộ Chính trị",
        "central",
        "vn",
        "về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo",
    )
    for at, predicate in enumerate(("basedOn", "basedOn", "implements", "replaces", "amends", "cites")):
        add(
            f"out{at}", f"Nghị quyết {at + 1}-NQ/TW", "Ban Chấp hành Trung ương Đảng", "central", "vn", title.format(at)
        )
        say("f", predicate, f"out{at}")
    for at, predicate in enumerate(("amends", "repeals", "basedOn", "reviews", "cites")):
        add(f"in{at}", f"Quyết định {at + 10}-QĐ/TW", "Văn phòng Trung ương Đảng", "central", "vn", title.format(at))
        say(f"in{at}", predicate, "f", "implied" if at % 2 else "explicit")
    for index in range(size):
        at, row = index % len(provinces), index // len(provinces)
        issuer = "Sở Khoa học và Công nghệ" if row > 1 else "Ủy ban nhân dân tỉnh"
        add(f"d{at}-{row}", f"Kế hoạch {index + 1}/KH-UBND", issuer, "province", provinces[at], title.format(index))
        say(f"d{at}-{row}", "implements", f"d{at}-{min(row - 1, 1)}" if row else "f")
    return network


def shown(size: int, language: str = "vi", **more: Any) -> Markup:
    return scheme_html(scheme(surroundings_in(network_of(size, **more), "f"), on="2026-01-01"), language)


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def test_names_bodies_days_and_whole_titles_stand_there() -> None:
    text = text_of(shown(169))
    for _, data in network_of(169).nodes(data=True):
        assert data["title"][1:] in text, "a title is there whole, however short it is shown"
        assert f"{data['label'].rpartition(' ')[0]} {data['number']} {data['issuer']} · 15/01/2025" in text
    assert "Văn bản thực hiện 169 văn bản 34 trực tiếp, 135 qua văn bản khác · 34 tỉnh, thành phố" in text
    assert "TP" not in text.split("Hà Nội", 1)[0][-6:]
    for head in ("Căn cứ", "Thực hiện", "Thay thế", "Được sửa đổi, bổ sung bởi", "Bị bãi bỏ bởi", "Là căn cứ của", "Viện dẫn", "Được viện dẫn bởi"):  # fmt: skip
        assert re.search(rf"<summary><span>{head}</span> <small>\d+</small></summary>", shown(9)), head


def test_in_english() -> None:
    text = text_of(shown(9, "en"))
    assert "What carries it out" in text
    assert "15 Jan 2025" in text


def test_what_documents_say_is_text_only() -> None:
    network = network_of(2, NASTY)
    for _, data in network.nodes(data=True):
        data |= dict.fromkeys(("label", "number", "issuer", "level", "date"), NASTY)
    html = scheme_html(scheme(surroundings_in(network, "f"), on="2026-01-01"), "vi", page_of=lambda _iri: NASTY)
    assert "<script" not in html
    assert "<img" not in html
    assert "{{ 7*7 }}" in html
    assert set(re.findall(r"<(\w+)", html)) <= set(re.findall(r"<(\w+)", shown(9))) | {"a"}


def test_the_same_document_gives_the_same_html_without_script() -> None:
    assert shown(40) == shown(40)
    assert "<script" not in shown(40)
    assert " style=" not in shown(40)
    assert " on" not in "".join(re.findall(r"<[^>]*>", shown(40)))


def test_a_sentence_that_is_the_title_is_not_said_again() -> None:
    card = Card("x", "x", "x", "Kế hoạch thực hiện Nghị quyết 900-NQ/TW", "", "", "province")
    said = Evidence(source="a.txt", line=3, sentence="KẾ HOẠCH thực hiện Nghị quyết 900-NQ/TW.")
    other = Evidence(source="a.txt", line=4, sentence="Thực hiện <Nghị quyết> 900-NQ/TW, tỉnh ban hành.")
    assert quoted(card, said, said.sentence, "a.txt, dòng 3") == "<footer>a.txt, dòng 3</footer>"
    assert "<p>Thực hiện &lt;Nghị quyết&gt;" in quoted(card, other, other.sentence, "a.txt, dòng 4")


def test_the_longest_titles_open_and_short_ones_stand_there() -> None:
    short, long = "x" * LONG, "x" * (LONG + 1)
    assert "scheme-title" in shown(1, title=short)
    assert '<details class="scheme-title"' not in shown(1, title=short)
    assert shown(1, title=long).count('<details class="scheme-title"') == 12


def test_groups_that_are_shut_may_lead_to_a_page_on_which_they_are_open() -> None:
    made = scheme(surroundings_in(network_of(169), "f"), on="2026-01-01", own="hue")
    html = scheme_html(made, "vi", elsewhere="/luoc-do?{}".format)
    there = "/luoc-do?luoc-do-ha-noi#luoc-do-ha-noi"
    assert f'<a class="scheme-group" href="{there}"><span>Hà Nội</span> <small>5</small></a>' in html
    opened = [card for groups in made.zones.values() for group in groups if group.open for card in group.cards]
    assert html.count('<div class="scheme-card"') == 1 + sum(card.count for card in opened)
    ids = re.findall(r' id="([^"]+)"', scheme_html(made, "vi"))
    assert len(ids) == len(set(ids)) == 34 + 10
    assert {found[1] for found in re.finditer(r'href="/luoc-do[?][^#]+#([^"]+)"', html)} < set(ids)
    chosen = scheme_html(made, "vi", elsewhere="/luoc-do?{}".format, opened="luoc-do-ha-noi")
    assert there not in chosen and '<ul class="scheme-cards" id="luoc-do-ha-noi">' in chosen
    assert chosen.count('<div class="scheme-card"') == html.count('<div class="scheme-card"') + 5


def test_of_hundreds_side_by_side_sixty_are_seen_at_once() -> None:
    network = network_of(130)
    for _, data in network.nodes(data=True):
        data["scope"] = "hue"
    for name in [name for name in network if name.startswith("d")]:
        network.add_edge(name, "f", key="implements", predicate="implements", certainty="explicit", evidence=[])
    html = scheme_html(scheme(surroundings_in(network, "f"), on="2026-01-01"), "vi")
    lists = re.findall(r'<ul class="scheme-cards"[^>]*>(.*?)</ul>', html.partition('id="luoc-do-hue"')[2], re.DOTALL)
    assert re.findall(r'<details class="scheme-rest"><summary>([^<]+)', html) == [
        "Văn bản thứ 61 đến 120",
        "Văn bản thứ 121 đến 130",
    ]
    assert [part.count("<li") for part in lists[:2]] == [60, 10]
    assert html.count('<div class="scheme-card"') == 1 + 11 + 130


def test_what_has_ended_is_said() -> None:
    html = scheme_html(
        scheme(surroundings_in(network_of(2), "f"), on="2026-01-01"),
        "vi",
        over=lambda iri: "hết hiệu lực" * (iri == "d0-0"),
    )
    assert (
        re.findall(
            r"· 15/01/2025</time> · <strong>hết hiệu lực</strong>", html.replace('<time datetime="2025-01-15">', "")
        )
        != []
    )
    assert html.count("hết hiệu lực") == 1


# In a browser

OVERLAPS = """() => {
    const cards = [...document.querySelectorAll(".scheme-card")].filter((card) => card.checkVisibility()).map((card) => card.getBoundingClientRect());
    cards.sort((a, b) => a.top - b.top);
    let count = 0;
    for (let i = 0; i < cards.length; i++)
        for (let j = i + 1; j < cards.length && cards[j].top < cards[i].bottom - 0.5; j++)
            if (cards[i].left < cards[j].right - 0.5 && cards[j].left < cards[i].right - 0.5) count++;
    return [cards.length, count];
}"""
CUT = """() => [...document.querySelectorAll(".scheme *")].filter((one) => {
    const { overflowX, overflowY } = getComputedStyle(one);
    const wide = one.scrollWidth > one.clientWidth + 1 && (overflowX !== "visible" || !one.children.length);
    const high = one.scrollHeight > one.clientHeight + 1 && overflowY !== "visible";
    return one.clientWidth && one.checkVisibility() && (wide || high) && !one.matches("details.scheme-title:not([open]) > summary");
}).map((one) => one.outerHTML.slice(0, 120))"""
Show = Callable[..., Page]


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Show]:
    """Open the scheme of so many documents on a page of its own, without script."""
    context: list[Any] = []

    def show(size: int, viewport: tuple[int, int] = SIZES[0], *, opened: bool = False, scheme: str = "light") -> Page:
        static = files("chidao.viz.web").joinpath("static")
        style = "".join(static.joinpath(name).read_text("utf-8") for name in ("palette.css", "site.css", "scheme.css"))
        html = shown(size).replace("<details ", "<details open ") if opened else shown(size)
        (tmp_path / "trang.html").write_text(
            f'<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Lược đồ</title>'
            f"<style>{style}</style><body><main><h1>Lược đồ</h1><h2>Một văn bản</h2>{html}</main>",
            encoding="utf-8",
        )
        made = browser.new_context(
            viewport={"width": viewport[0], "height": viewport[1]}, color_scheme=scheme, java_script_enabled=True  # type: ignore[arg-type]
        )  # fmt: skip
        context.append(made)
        page = made.new_page()
        page.goto((tmp_path / "trang.html").as_uri())
        return page

    yield show
    for made in context:
        made.close()


@pytest.mark.browser
@pytest.mark.parametrize("viewport", SIZES)
@pytest.mark.parametrize("size", [9, 169, 2000])
def test_no_card_lies_on_another_and_no_text_is_cut_for_good(show: Show, size: int, viewport: tuple[int, int]) -> None:
    for opened in (False, True):
        page = show(size, viewport, opened=opened)
        cards, overlaps = page.evaluate(OVERLAPS)
        assert overlaps == 0
        assert cards == 1 + 11 + size if opened else cards >= 10
        assert page.evaluate(CUT) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport[0]


@pytest.mark.browser
def test_all_provinces_are_seen_at_once(show: Show) -> None:
    """Whatever their number, documents that carry it out take no more room than the names of their provinces, until one is opened."""
    heights = [show(size).locator(".scheme-below").bounding_box() for size in (169, 2000)]
    assert heights[0]["height"] == heights[1]["height"] < 768 / 2  # type: ignore[index]


@pytest.mark.browser
def test_a_province_opens_below_its_row_and_the_others_stay(show: Show) -> None:
    page = show(169, (1366, 3000))
    names = page.locator(".scheme-below .scheme-groups > details > summary")
    row = names.nth(0).bounding_box(), names.nth(3).bounding_box()
    names.nth(1).press("Enter")
    assert (names.nth(0).bounding_box(), names.nth(3).bounding_box()) == row
    card = page.locator(".scheme-below details[open] .scheme-card").first
    assert card.is_visible()
    assert card.bounding_box()["y"] > row[0]["y"]  # type: ignore[index]
    names.nth(1).press("Enter")
    assert not card.is_visible()


@pytest.mark.browser
def test_an_address_that_leads_to_a_province_opens_it(show: Show) -> None:
    page = show(169)
    page.goto(page.url + "#luoc-do-hue")
    assert page.locator(".scheme-below details[open] > summary").inner_text().split() == ["Huế", "5"]


@pytest.mark.browser
def test_a_long_title_opens_to_the_whole_of_it(show: Show) -> None:
    page = show(9, opened=False)
    title = page.locator(".scheme-below .scheme-title > summary").first
    whole = "(one) => one.scrollHeight <= one.clientHeight + 1"
    title.click()
    assert title.evaluate(whole)
    assert title.inner_text() == (TITLE.format(0))


@pytest.mark.browser
@pytest.mark.parametrize("viewport", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_it(show: Show, viewport: tuple[int, int], scheme: str) -> None:
    for opened in (False, True):
        found = Axe().run(show(40, viewport, opened=opened, scheme=scheme)).response["violations"]
        assert [f"{v['id']}: {v['nodes'][0]['target']}" for v in found if v["impact"] in ("serious", "critical")] == []
