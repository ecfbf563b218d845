from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from chidao.graph.answers.surroundings import surroundings_in
from chidao.viz.drawing.data import LARGE
from chidao.viz.drawing.page import render
from chidao.viz.drawing.scheme import scheme
from chidao.viz.drawing.scheme_html import scheme_html

BASE = "https://example.org/id/"
SENTENCE = "Thực hiện Nghị quyết số 15-NQ/TW của Bộ Chính trị, Thành ủy đã ban hành Chương trình số 16-CTr/TU."
NASTY = (
    "</script><script>window.hacked=1</script><img src=x onerror='window.hacked=1'>\"'&<!-- \u2028 href {{ 7*7 }} ]]>"
)


def add(graph: nx.MultiDiGraph[str], name: str, level: str, type_: str, number: str, **more: str) -> None:
    data = {"kind": "document", "label": f"{type_} {number}", "number": number, "type": type_, "level": level}
    graph.add_node(BASE + name, **(data | {"title": "", "issuer": "", "date": "", "scope": ""} | more))


def link(graph: nx.MultiDiGraph[str], subject: str, predicate: str, object_: str, label: str, sentence: str) -> None:
    evidence = [{"sentence": sentence, "source": "bao-cao.txt", "line": 214, "start": 0, "end": len(sentence)}]
    graph.add_edge(
        BASE + subject,
        BASE + object_,
        key=predicate,
        predicate=predicate,
        label=label,
        certainty="explicit",
        evidence=evidence,
    )


@pytest.fixture
def graph() -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    title = "Phương hướng, nhiệm vụ phát triển Thủ đô Hà Nội đến năm 2030"
    add(graph, "15", "central", "Nghị quyết", "15-NQ/TW", title=title, issuer="Bộ Chính trị", date="2022-05-05")
    add(graph, "16", "province", "Chương trình", "16-CTr/TU", issuer="Thành ủy Hà Nội", date="2022-09")
    add(graph, "50", "central", "Quy định", "50-QĐ/TW", date="2021")
    add(graph, "08", "province", "Quy định", "08-QĐ/TU")
    graph.add_node(BASE + "body", kind="body", label="Thành ủy Hà Nội", level="province")
    link(graph, "16", "implements", "15", "thực hiện", SENTENCE)
    link(graph, "08", "replaces", "50", "thay thế", "Quy định này thay thế Quy định số 50-QĐ/TW.")
    link(graph, "16", "issuedBy", "body", "do cơ quan ban hành", "Thành ủy ban hành Chương trình.")
    return graph


def big(size: int) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for index in range(size):
        add(graph, str(index), ["central", "province", "district"][index % 3], "Kế hoạch", f"{index}-KH/TU")
        if index:
            link(graph, str(index), "implements", str(index // 7), "thực hiện", SENTENCE)
    return graph


class Page(HTMLParser):
    """The tags of a page, and the text of its data blocks."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.block: str | None = None
        self.blocks: dict[str, str] = {}
        self.feed(text)
        self.data: dict[str, Any] = {name: json.loads(block) for name, block in self.blocks.items()}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script" and dict(attrs).get("type") == "application/json":
            self.block = str(dict(attrs)["id"])

    def handle_endtag(self, tag: str) -> None:
        self.block = None

    def handle_data(self, data: str) -> None:
        if self.block:
            self.blocks[self.block] = self.blocks.get(self.block, "") + data


# The text of the page


def test_the_page_names_nothing_to_fetch(graph: nx.MultiDiGraph[str]) -> None:
    page = Page(render(graph, title="Đồ thị"))
    for tag, attrs in page.tags:
        assert "src" not in attrs, tag
        assert tag not in {"iframe", "object", "embed", "base", "form", "img"}
        assert not any(name.startswith("on") for name in attrs), tag
    assert [attrs["href"] for tag, attrs in page.tags if tag == "link"] == ["data:,"]
    policy = next(str(attrs["content"]) for _, attrs in page.tags if attrs.get("http-equiv"))
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-inline" not in policy.split("style-src")[0]


def test_the_same_graph_gives_the_same_page_and_stays_as_it_was(graph: nx.MultiDiGraph[str]) -> None:
    before = json.dumps(nx.node_link_data(graph, edges="edges"), sort_keys=True)
    assert render(graph, title="Đồ thị") == render(graph.copy(), title="Đồ thị")
    assert json.dumps(nx.node_link_data(graph, edges="edges"), sort_keys=True) == before


def test_values_cannot_leave_their_place(graph: nx.MultiDiGraph[str]) -> None:
    plain = Page(render(graph, title="Đồ thị"))
    nasty = graph.copy()
    nasty.add_node(NASTY, **dict.fromkeys(("kind", "label", "number", "type", "title", "issuer", "level"), NASTY))
    nasty.add_edge(
        NASTY,
        BASE + "15",
        predicate=NASTY,
        label=NASTY,
        certainty=NASTY,
        evidence=[{"sentence": NASTY, "source": NASTY, "line": 1}],
    )
    text = render(nasty, title=NASTY, focus=NASTY)
    page = Page(text)
    assert "window.hacked=1</script>" not in text
    assert text.count("</script>") == render(graph, title="Đồ thị").count("</script>")
    assert "\u2028" not in "".join(re.findall(r'<script type="application/json".*?</script>', text, re.DOTALL))
    assert {tag for tag, _ in page.tags} == {tag for tag, _ in plain.tags}
    node = next(node for node in page.data["data-page"]["nodes"] if node["iri"] == NASTY)
    assert node["title"] == NASTY, "kept as it was"


def test_pyvis_is_given_numbers_and_no_titles(graph: nx.MultiDiGraph[str]) -> None:
    page = Page(render(graph, title="Đồ thị"))
    assert sorted(node["id"] for node in page.data["data-nodes"]) == list(range(5))
    for item in page.data["data-nodes"] + page.data["data-edges"]:
        assert "title" not in item
    assert page.data["data-options"]["physics"] == {"enabled": False}


def test_sources_are_named_from_where_their_paths_part() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for index, source in enumerate(
        ["/home/lan/hồ sơ/a/một.txt", "/home/lan/hồ sơ/b/hai.txt", "/home/lan/hồ sơ/ba.txt"]
    ):
        graph.add_edge("x", "y", key=str(index), predicate="cites", evidence=[{"sentence": "s", "source": source}])
    edges = Page(render(graph, title="")).data["data-page"]["edges"]
    assert [edge["evidence"][0]["source"] for edge in edges] == ["a/một.txt", "b/hai.txt", "ba.txt"]


def test_a_graph_without_nodes_or_attributes_is_a_page() -> None:
    assert "0 văn bản" in render(nx.MultiDiGraph(), title="Trống")
    bare: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    bare.add_edge("a", "b")
    bare.add_edge("a", "b", predicate="cites", evidence=None, label=None)
    bare.nodes["a"].update(label=None, level=None, date=None)
    page = Page(render(bare, title="", focus="elsewhere"))
    assert [node["label"] for node in page.data["data-page"]["nodes"]] == ["a", "b"]
    assert page.data["data-page"]["focus"] is None


@pytest.mark.parametrize(
    ("known", "place"),
    [
        ({"line": 214}, "bao-cao.txt, dòng 214"),
        ({"line": 214, "page": 3}, "bao-cao.txt, trang 3, dòng 214"),
        ({"line": 8, "row": 6}, "bao-cao.txt, dòng dữ liệu 7"),
    ],
)
def test_evidence_names_its_place(known: dict[str, int], place: str, graph: nx.MultiDiGraph[str]) -> None:
    for _, _, data in graph.edges(data=True):
        data["evidence"] = [{"sentence": "Câu.", "source": "bao-cao.txt", "start": 0, "end": 4} | known]
    assert place in render(graph, title="Đồ thị").split("<tbody>")[1]


def test_the_list_reads_without_script(graph: nx.MultiDiGraph[str]) -> None:
    table = render(graph, title="Đồ thị").split("<tbody>")[1].split("</tbody>")[0]
    assert table.index("Nghị quyết 15-NQ/TW") < table.index("Chương trình 16-CTr/TU"), "central first"
    for text in ("Bộ Chính trị", "05/05/2022", "09/2022", "2021", "Trung ương", SENTENCE, "bao-cao.txt, dòng 214"):
        assert text in table


def test_what_is_left_out_or_large_is_said(graph: nx.MultiDiGraph[str]) -> None:
    assert 'class="notice"' not in render(graph, title="Đồ thị")
    assert "1.234 nút khác không được vẽ" in render(graph, title="Đồ thị", omitted=1234)
    text = render(big(LARGE + 1), title="Đồ thị")
    assert "Đồ thị có 501 nút" in text
    assert Page(text).data["data-options"]["interaction"]["hideEdgesOnDrag"] is True


# The page in a browser

Open = Callable[..., Any]


@pytest.fixture
def show(browser: Any, tmp_path: Path, watching: Any) -> Iterator[Open]:
    """Open a page from disk; at the end, nothing else must have been requested, not even another file, or complained about."""
    path = tmp_path / "đồ thị.html"
    with watching(browser, path.as_uri(), fault=lambda message: True) as opened:

        def open_(text: str, **settings: Any) -> Any:
            path.write_text(text, encoding="utf-8")
            page = opened(path.as_uri(), **settings)
            if settings.get("java_script_enabled", True):
                page.wait_for_selector("html[data-ready]")
            return page

        yield open_


def centre(page: Any, label: str) -> tuple[float, float]:
    """Where a node is on the screen."""
    x, y = page.evaluate(
        """(label) => {
            const { network, page } = window.chidao;
            const id = page.nodes.find((node) => node.label === label).id;
            const at = network.canvasToDOM(network.getPosition(id));
            const box = document.getElementById("mynetwork").getBoundingClientRect();
            return [box.x + at.x, box.y + at.y];
        }""",
        label,
    )
    return x, y


def shown(page: Any) -> set[str]:
    return set(
        page.evaluate("""() => window.chidao.page.nodes
            .filter((node) => !window.chidao.nodes.get(node.id).hidden).map((node) => node.label)""")
    )


def shown_links(page: Any) -> set[str]:
    return set(
        page.evaluate("""() => window.chidao.page.edges
            .filter((edge) => !window.chidao.edges.get(edge.id).hidden).map((edge) => edge.predicate)""")
    )


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_graph_is_drawn(show: Open, graph: nx.MultiDiGraph[str], scheme: str) -> None:
    page = show(render(graph, title="Đồ thị"), color_scheme=scheme)
    assert page.evaluate("window.chidao.network.body.nodeIndices.length") == 5
    x, y = centre(page, "Nghị quyết 15-NQ/TW")
    colours = page.evaluate(
        """([x, y]) => {
            const canvas = document.querySelector("#mynetwork canvas");
            const box = canvas.getBoundingClientRect();
            const ratio = canvas.width / box.width;
            const [left, top] = [(x - box.x - 60) * ratio, (y - box.y - 20) * ratio];
            const data = canvas.getContext("2d").getImageData(left, top, 120, 40).data;
            const seen = new Set();
            for (let i = 0; i < data.length; i += 4) seen.add(data.slice(i, i + 3).join());
            return seen.size;
        }""",
        [x, y],
    )
    assert colours > 5, "a card with text has many shades"


@pytest.mark.browser
def test_a_click_on_a_node_shows_what_it_is_and_the_evidence(show: Open, graph: nx.MultiDiGraph[str]) -> None:
    page = show(render(graph, title="Đồ thị"))
    assert not page.is_visible("#panel")
    page.mouse.click(*centre(page, "Nghị quyết 15-NQ/TW"))
    panel = page.inner_text("#panel")
    for text in ("Nghị quyết 15-NQ/TW", "Phương hướng, nhiệm vụ", "Bộ Chính trị", "05/05/2022", "Được thực hiện bởi"):
        assert text in panel
    assert SENTENCE in panel
    assert "bao-cao.txt, dòng 214" in panel
    page.click("#panel button.link")
    assert page.inner_text("#panel h2") == "Chương trình 16-CTr/TU"
    page.click("#back")
    assert page.inner_text("#panel h2") == "Nghị quyết 15-NQ/TW"


@pytest.mark.browser
def test_a_click_on_a_line_shows_its_evidence(show: Open, graph: nx.MultiDiGraph[str]) -> None:
    page = show(render(graph, title="Đồ thị"))
    one, other = centre(page, "Nghị quyết 15-NQ/TW"), centre(page, "Chương trình 16-CTr/TU")
    page.mouse.click(one[0] * 0.6 + other[0] * 0.4, one[1] * 0.6 + other[1] * 0.4)
    assert page.inner_text("#panel h2") == "Thực hiện"
    assert SENTENCE in page.inner_text("#panel")


@pytest.mark.browser
def test_the_page_opens_on_the_scheme_of_its_focus(show: Open, graph: nx.MultiDiGraph[str]) -> None:
    drawn = scheme_html(scheme(surroundings_in(graph, BASE + "15"), on="2026-01-01"), "vi")
    page = show(render(graph, focus=BASE + "15", scheme=drawn, omitted=3))
    assert page.is_visible("#scheme .scheme-card >> text=16-CTr/TU")
    for part in ("#stage", "#list", "#tools", "#panel", "#count", ".notice"):
        assert not page.is_visible(part)
    page.click("#view-graph")
    assert not page.is_visible("#scheme")
    assert page.is_visible(".notice")
    assert page.inner_text("#panel h2") == "Nghị quyết 15-NQ/TW"
    x, y = centre(page, "Nghị quyết 15-NQ/TW")
    box = page.locator("#mynetwork").bounding_box()
    assert box["x"] < x < box["x"] + box["width"]
    assert box["y"] < y < box["y"] + box["height"]
    page.click("#view-list")
    assert page.is_visible("#list")
    page.click("#view-scheme")
    assert page.is_visible("#scheme")


@pytest.mark.browser
def test_the_page_opens_on_its_focus(show: Open, graph: nx.MultiDiGraph[str]) -> None:
    page = show(render(graph, title="Đồ thị", focus=BASE + "15"))
    assert page.inner_text("#panel h2") == "Nghị quyết 15-NQ/TW"
    page.keyboard.press("Escape")
    assert not page.is_visible("#panel")


@pytest.mark.browser
@pytest.mark.parametrize("query", ["nghi quyet 15", "NGHỊ QUYẾT 15", "15-nq/tw", "thu do ha noi"])
def test_search_needs_no_diacritics(show: Open, graph: nx.MultiDiGraph[str], query: str) -> None:
    page = show(render(graph, title="Đồ thị"))
    page.keyboard.press("/")
    page.keyboard.type(query)
    assert page.locator("#hits [role=option] strong").all_inner_texts() == ["Nghị quyết 15-NQ/TW"]
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "Nghị quyết 15-NQ/TW"


@pytest.mark.browser
def test_search_reads_d_for_đ_and_says_when_nothing_is_found(show: Open, graph: nx.MultiDiGraph[str]) -> None:
    page = show(render(graph, title="Đồ thị"))
    page.fill("#query", "quy dinh")
    assert set(page.locator("#hits strong").all_inner_texts()) == {"Quy định 50-QĐ/TW", "Quy định 08-QĐ/TU"}
    page.keyboard.press("ArrowDown")
    assert page.locator("#hits [aria-selected=true]").count() == 1
    page.fill("#query", "(không có[")
    assert page.inner_text("#hits") == "Trong hình không có tên như vậy."
    page.keyboard.press("Escape")
    assert not page.is_visible("#hits")


@pytest.mark.browser
def test_filters_hide_and_come_back(show: Open, graph: nx.MultiDiGraph[str]) -> None:
    page = show(render(graph, title="Đồ thị"))
    page.uncheck("#linked")
    everything = shown(page)
    page.uncheck("#by-relation input[value=replaces]")
    assert shown_links(page) == {"implements", "issuedBy"}
    assert shown(page) == everything
    page.check("#linked")
    assert shown(page) == {"Nghị quyết 15-NQ/TW", "Chương trình 16-CTr/TU", "Thành ủy Hà Nội"}
    assert "đang hiện 3 nút" in page.inner_text("#count")
    page.uncheck("#by-level input[value=central]")
    assert shown(page) == {"Chương trình 16-CTr/TU", "Thành ủy Hà Nội"}
    page.click("#reset")
    assert shown(page) == everything
    assert shown_links(page) == {"implements", "issuedBy", "replaces"}
    page.uncheck("#by-family input[value=body]")
    page.click("#view-list")
    assert page.locator("#list tbody tr:visible").count() == 4


@pytest.mark.browser
def test_a_citation_is_not_drawn_beside_a_relation_that_says_more(show: Open, graph: nx.MultiDiGraph[str]) -> None:
    link(graph, "16", "cites", "15", "viện dẫn", SENTENCE)
    page = show(render(graph, title="Đồ thị"))
    assert shown_links(page) == {"implements", "issuedBy", "replaces"}
    page.uncheck("#by-relation input[value=implements]")
    assert shown_links(page) == {"cites", "issuedBy", "replaces"}


@pytest.mark.browser
def test_the_keyboard_is_enough(show: Open, graph: nx.MultiDiGraph[str]) -> None:
    page = show(render(graph, title="Đồ thị", focus=BASE + "15"))
    page.focus("#mynetwork")
    page.keyboard.press("ArrowDown")
    below = page.inner_text("#panel h2")
    assert below in {"Chương trình 16-CTr/TU", "Thành ủy Hà Nội", "Quy định 08-QĐ/TU"}
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == below
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "mynetwork"
    before = page.evaluate("window.chidao.network.getScale()")
    page.keyboard.press("+")
    assert page.evaluate("window.chidao.network.getScale()") > before


@pytest.mark.browser
def test_nothing_in_a_document_runs(show: Open, graph: nx.MultiDiGraph[str]) -> None:
    attributes = dict.fromkeys(("kind", "label", "number", "type", "title", "issuer", "date", "scope"), NASTY)
    graph.add_node(NASTY, level="central", **attributes)
    evidence = [{"sentence": NASTY, "source": NASTY, "line": 1}]
    graph.add_edge(NASTY, BASE + "15", predicate=NASTY, label=NASTY, certainty=NASTY, evidence=evidence)
    page = show(render(graph, title=NASTY, focus=NASTY))
    page.hover("#mynetwork", position={"x": 300, "y": 200})
    page.mouse.move(*centre(page, NASTY))
    page.fill("#query", "window.hacked")
    page.keyboard.press("Enter")
    assert page.locator("#panel .title").count() == 0, "a title that repeats the label is not repeated"
    assert page.text_content("#panel h2") == NASTY
    assert page.locator("#panel blockquote").first.text_content().startswith(NASTY)
    page.click("#view-list")
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0
    assert page.title() == " ".join(NASTY.split()).replace("\u2028", " ") or NASTY in page.title()


@pytest.mark.browser
def test_without_script_the_list_is_there(show: Open, graph: nx.MultiDiGraph[str]) -> None:
    page = show(render(graph, title="Đồ thị"), java_script_enabled=False)
    assert page.is_visible("#list")
    assert SENTENCE in page.inner_text("#list")
    assert not page.is_visible("#stage")


@pytest.mark.browser
def test_paper_gets_the_list(show: Open, graph: nx.MultiDiGraph[str]) -> None:
    page = show(render(graph, title="Đồ thị", focus=BASE + "15"))
    assert not page.is_visible("#list")
    page.emulate_media(media="print")
    assert SENTENCE in page.inner_text("#list")
    assert not page.is_visible("#stage")
    assert not page.is_visible("#panel")


@pytest.mark.browser
def test_on_a_phone_nothing_is_wider_than_the_screen(show: Open, graph: nx.MultiDiGraph[str]) -> None:
    page = show(render(graph, title="Đồ thị " * 12, focus=BASE + "15"), viewport={"width": 360, "height": 740})
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) == 360
    page.mouse.click(*centre(page, "Nghị quyết 15-NQ/TW"))
    assert SENTENCE in page.inner_text("#panel")
    page.click("#close")
    page.click("#view-list")
    assert page.evaluate(wide) == 360


@pytest.mark.browser
def test_a_large_graph_stays_usable(show: Open) -> None:
    page = show(render(big(1500), title="Đồ thị"))
    assert page.evaluate("window.chidao.network.body.nodeIndices.length") == 1500
    page.fill("#query", "1499")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "Kế hoạch 1499-KH/TU"
    assert SENTENCE in page.inner_text("#panel")


@pytest.mark.browser
def test_the_theme_can_be_changed(show: Open, graph: nx.MultiDiGraph[str]) -> None:
    page = show(render(graph, title="Đồ thị"), color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.click("#theme")
    dark = page.evaluate(ground)
    assert dark != light
    page.click("#theme")
    assert page.evaluate(ground) == light
