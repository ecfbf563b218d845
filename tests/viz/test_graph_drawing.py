"""The drawing of a graph in a browser: what is clicked, filtered, added and kept in the address."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit
from xml.etree import ElementTree

import networkx as nx
import pytest
from starlette.testclient import TestClient

from chidao.graph.answers.linked import Known, Linked
from chidao.viz.drawing.by_time import ASPECT
from chidao.viz.drawing.data import picture
from chidao.viz.drawing.layout import arrange
from chidao.viz.drawing.whole import whole
from chidao.viz.web.pages import graph_page
from chidao.viz.web.rendering import render
from chidao.viz.web.serving.app import make_app

REF = "Nghị quyết 15-NQ/TW"


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if npm had never run."""
    monkeypatch.setattr(graph_page, "built", lambda name: False)


@pytest.fixture(scope="module")
def address(graph_of_strangers: Path, serving: Any) -> Iterator[str]:
    """The site on a port of its own."""
    with serving(graph_of_strangers) as found:
        yield found


Open = Callable[..., Any]


@pytest.fixture
def visit(browser: Any, address: str, watching: Any) -> Iterator[Open]:
    """Open a page; at the end nobody has complained, nothing was asked from elsewhere, and nothing of a document has run."""
    if not render.built("graph.js"):
        pytest.skip("needs `make frontend`")
    pages = []
    with watching(browser, address, fault=lambda message: True) as opened:

        def open_(path: str, **settings: Any) -> Any:
            pages.append(opened(address + path, **({"reduced_motion": "reduce"} | settings)))
            pages[-1].wait_for_selector("[data-ready=true]")
            return pages[-1]

        yield open_
        for page in pages:
            assert page.evaluate("window.hacked") is None


AROUND = f"/graph?{urlencode({'ref': REF, 'view': 'network'})}"


def place(page: Any, label: str) -> tuple[float, float]:
    """Where a sign stands on the screen, once the drawing is at rest."""
    x, y = page.evaluate(
        """(label) => {
            const drawing = document.querySelector("#graph").drawing;
            const node = drawing.data.nodes.find((one) => one.label === label);
            const at = drawing.renderer.graphToViewport(drawing.graph.getNodeAttributes(String(node.id)));
            const box = drawing.container.getBoundingClientRect();
            return [box.x + at.x, box.y + at.y];
        }""",
        label,
    )
    return x, y


def drawn(page: Any) -> set[str]:
    found: list[str] = page.evaluate(
        "() => document.querySelector('#graph').drawing.shownNodes().map((node) => node.label)"
    )
    return set(found)


def focused(page: Any) -> tuple[int, str]:
    """Which element of the page has the focus: its place among all, and what the page calls it."""
    number, name = page.evaluate(
        """() => {
            const focus = document.activeElement;
            return [[...document.querySelectorAll("*")].indexOf(focus), focus.id || focus.dataset.act || focus.name || ""];
        }"""
    )
    return number, name


def address_of(page: Any) -> str:
    """The path and query, as the script left them."""
    found: str = page.evaluate("location.pathname + location.search")
    return found


@pytest.mark.browser
def test_a_click_leads_to_the_facts_and_on_to_the_sentence(visit: Open) -> None:
    page = visit(AROUND)
    page.mouse.click(*place(page, "Chương trình hành động 16-CTr/TU"))
    panel = page.locator(".graph-panel")
    panel.get_by_role("heading", name="Chương trình hành động 16-CTr/TU").wait_for()
    assert "26/08/2022" in panel.inner_text()
    assert "node=" in address_of(page)
    panel.locator("li", has_text=REF).locator("button.relation", has_text="thực hiện").first.click()
    page.wait_for_selector(".graph-panel blockquote mark")
    assert "15-NQ/TW" in panel.locator("mark").first.inner_text()
    assert "dòng" in panel.locator("cite").first.inner_text()
    page.keyboard.press("Escape")
    assert panel.is_hidden()


@pytest.mark.browser
def test_filters_change_the_drawing_the_list_and_the_address_without_a_new_page(visit: Open) -> None:
    page = visit(AROUND)
    page.evaluate("window.same = true")
    before = drawn(page)
    page.select_option("select[name=depth]", "2")
    page.wait_for_function("(n) => document.querySelector('#graph').drawing.data.nodes.length > n", arg=len(before))
    page.uncheck("input[name=level][value=district]")
    page.wait_for_function(
        "() => !document.querySelector('#graph').drawing.shownNodes().some((node) => node.level === 'district')"
    )
    assert before - drawn(page)
    page.wait_for_function("() => location.search.includes('level=central')")
    assert "depth=2" in address_of(page)
    assert "level=district" not in address_of(page)
    rows = page.locator("#graph-list tbody tr").count()
    assert rows == len(drawn(page))
    assert page.evaluate("window.same") is True
    again = visit(address_of(page))
    assert drawn(again) == drawn(page)


@pytest.mark.browser
def test_neighbours_are_added_and_kept_in_the_address(visit: Open) -> None:
    page = visit(AROUND)
    before = drawn(page)
    page.locator("#graph-list").get_by_role("button", name="Nghị quyết 12/NQ-CP").click()
    page.locator(".graph-panel").get_by_role("button", name="Thêm văn bản liên quan").click()
    page.wait_for_function("(n) => document.querySelector('#graph').drawing.data.nodes.length > n", arg=len(before))
    after = drawn(page)
    assert before < after
    again = visit(address_of(page))
    assert drawn(again) == after


@pytest.mark.browser
def test_what_is_linked_to_nothing_comes_with_a_tick(visit: Open) -> None:
    page = visit("/graph")
    before = drawn(page)
    page.check("input[name=lone]")
    assert drawn(page) - before == {"Thông báo 88/TB-UBND"}
    assert "lone=1" in address_of(page)
    assert drawn(visit(address_of(page))) == drawn(page)


@pytest.mark.browser
def test_of_everything_the_lines_that_are_drawn_are_kept(visit: Open) -> None:
    page = visit("/graph")
    count = """() => {
        const drawing = document.querySelector("#graph").drawing;
        return [drawing.graph.size, drawing.data.edges.filter((edge) => drawing.model.drawn(edge)).length, drawing.data.edges.length];
    }"""
    kept, lines, every = page.evaluate(count)
    assert kept == lines < every
    for box in page.locator("input[name=relation]").all():
        box.set_checked(box.get_attribute("value") == "cites")
    kept, lines, every = page.evaluate(count)
    assert 0 < lines <= kept <= every  # a citation that stood beside a statement has come
    page.wait_for_function("""() => {
        const drawing = document.querySelector("#graph").drawing;
        return drawing.shownEdges().filter((edge) => drawing.model.drawn(edge)).every((edge) => drawing.graph.hasEdge(String(edge.id)));
    }""")


def crowd(count: int, each: int) -> Linked:
    """Documents that each carry out, and cite, some before them."""
    level = ("central", "province", "district")
    documents = [
        Known(f"https://e/{n:05}", f"Kế hoạch {n}-KH/TU", f"{n}-KH/TU", "Kế hoạch", "", "", f"{2020 + n % 5}-01-01", level[n % 3])
        for n in range(count)
    ]  # fmt: skip
    steps = [(n, step) for n in range(each, count) for step in range(1, each + 1)]
    before = [("implements", n, n - step, True) for n, step in steps]
    return Linked.of(documents, [*before, *(("cites", n, (n * step) % n, True) for n, step in steps)])


@pytest.mark.browser
@pytest.mark.parametrize("able", [True, False])
def test_whether_it_can_draw_is_found_out_while_the_data_is_on_its_way(visit: Open, able: bool) -> None:
    page = visit("/graph")
    page.add_init_script(
        """((able) => {
        const { getContext } = HTMLCanvasElement.prototype;
        let tried;
        const trying = new Promise((done) => { tried = done; });
        HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
            if (!kind.startsWith("webgl")) return getContext.call(this, kind, ...more);
            tried();
            return able ? getContext.call(this, kind, ...more) : null;
        };
        const given = window.fetch;
        window.fetch = async (...asked) => { await trying; return given(...asked); };
    })(ABLE)""".replace("ABLE", str(able).lower())
    )
    page.reload()
    page.wait_for_selector("[data-ready=true]" if able else ".undrawn", state="attached")
    assert ("WebGL" in page.inner_text("#graph-status")) == (not able)


@pytest.mark.browser
def test_many_lines_are_drawn_some_in_each_frame(visit: Open) -> None:
    page = visit("/graph")
    told = whole(crowd(900, 3), "vi", lambda iri: None)
    page.route("**/api/graph", lambda route: route.fulfill(json=told))
    page.reload()
    page.wait_for_selector("[data-ready=true]")
    drawn = page.evaluate("""async () => {
        const { crowd } = document.querySelector("#graph").drawing;
        const frames = async (count) => { for (; count; count -= 1) await new Promise((done) => requestAnimationFrame(done)); };
        while (!crowd.done) await frames(1);
        const parts = [];
        crowd.gl.drawArrays = (mode, from, count) => parts.push([from, count]);
        crowd.lines = 70_000;
        crowd.draw();
        const first = [...parts];
        await frames(4);
        const every = [...parts];
        crowd.draw();
        crowd.clear();
        await frames(4);
        return { first, every, more: parts.slice(every.length) };
    }""")
    assert drawn["first"] == [[0, 60_000]]
    assert drawn["every"] == [[0, 60_000], [60_000, 60_000], [120_000, 20_000]]
    assert drawn["more"] == [[0, 60_000]]  # what is cleared is not drawn on


@pytest.mark.browser
def test_the_documents_are_seen_before_the_lines_and_empty_layers_are_no_part_of_the_picture(visit: Open) -> None:
    page = visit("/graph")
    told = whole(crowd(900, 3), "vi", lambda iri: None)
    page.route("**/api/graph", lambda route: route.fulfill(json=told))
    page.add_init_script("""
        window.frame = 0;
        window.drawn = { points: [], lines: [] };
        const tick = () => { window.frame += 1; requestAnimationFrame(tick); };
        tick();
        for (const kind of [WebGLRenderingContext, WebGL2RenderingContext]) {
            const { drawArrays } = kind.prototype;
            kind.prototype.drawArrays = function (mode, ...rest) {
                if (mode === this.POINTS) window.drawn.points.push(window.frame);
                if (mode === this.LINES) window.drawn.lines.push(window.frame);
                return drawArrays.call(this, mode, ...rest);
            };
        }""")
    page.reload()
    page.wait_for_selector("[data-ready=true]")
    page.wait_for_function("() => document.querySelector('#graph').drawing.crowd.done")
    seen = page.evaluate("window.drawn")
    assert seen["points"] and seen["lines"]
    assert min(seen["lines"]) > max(seen["points"])  # a frame of the documents alone is painted between
    layers = "() => [...document.querySelectorAll('.graph-canvas canvas')].filter((one) => one.checkVisibility({ checkOpacity: true })).length"
    few = page.evaluate(layers)
    assert few <= 4  # bands, lines, documents, names
    page.mouse.move(*place(page, "Kế hoạch 450-KH/TU"))
    page.wait_for_function(f"() => ({layers})() > {few}")  # what the pointer is on has its own
    page.mouse.move(2, 2)
    page.wait_for_function(f"() => ({layers})() === {few}")


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/graph", "/graph?ref=15-NQ/TW&view=network"])
def test_the_data_is_asked_for_once_before_the_script_is_there(visit: Open, path: str) -> None:
    page = visit("/graph?ref=15-NQ/TW&view=network")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto(urljoin(page.url, path))
    page.wait_for_selector("[data-ready=true]")
    assert asked.count("/api/graph") == 1
    began = page.evaluate("""() => Object.fromEntries(performance.getEntriesByType("resource")
        .map((one) => [new URL(one.name).pathname.split("/").pop(), one.initiatorType]))""")
    assert began["graph"] == "link"


@pytest.mark.browser
def test_the_lines_of_a_crowd_are_no_edges_of_the_graph(visit: Open, tmp_path: Path) -> None:
    """They are numbers in one list; what stands out is drawn over them, and everything else about them stays as with few."""
    page = visit("/graph")
    told = whole(crowd(900, 3), "vi", lambda iri: None)
    page.route("**/api/graph", lambda route: route.fulfill(json=told))
    page.reload()
    page.wait_for_selector("[data-ready=true]")
    state = """() => {
        const drawing = document.querySelector("#graph").drawing;
        drawing.renderer.refresh({ skipIndexation: true });
        const inked = (context) => {
            const { width, height } = context.canvas;
            const copy = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d", { willReadFrequently: true });
            copy.drawImage(context.canvas, 0, 0);
            return copy.getImageData(0, 0, width, height).data.some((value) => value > 0);
        };
        return {
            edges: drawing.graph.size, lines: drawing.crowd.lines, all: drawing.data.edges.length,
            drawn: drawing.data.edges.filter((edge) => drawing.model.drawn(edge)).length,
            crowd: inked(drawing.crowd.gl), lit: inked(drawing.renderer.canvasContexts.lit),
        };
    }"""
    all_drawn = "document.querySelector('#graph').drawing.crowd.done"
    page.wait_for_function(f"() => {all_drawn}")
    first = page.evaluate(state)
    assert (
        first["edges"] == 0 and 3000 < first["lines"] == first["drawn"] < first["all"]
    )  # a citation beside a statement is not drawn
    assert (first["crowd"], first["lit"]) == (True, False)
    page.evaluate("document.querySelector('#graph').drawing.choose({ node: 500 })")
    near = page.evaluate(state)
    assert (near["crowd"], near["lit"], near["edges"]) == (False, True, 0)
    page.evaluate("document.querySelector('#graph').drawing.choose(null)")
    assert page.evaluate(state) == first
    page.locator("input[name=relation][value=cites]").uncheck()
    page.wait_for_function(f"() => {all_drawn} && document.querySelector('#graph').drawing.crowd.lines < 3000")
    fewer = page.evaluate(state)
    assert 0 < fewer["lines"] == fewer["drawn"] < first["lines"] and fewer["crowd"]
    with page.expect_download() as download:
        page.click("[data-act=svg]")
    download.value.save_as(tmp_path / "graph.svg")
    root = ElementTree.fromstring((tmp_path / "graph.svg").read_text(encoding="utf-8"))
    lines = [path for path in root.iter("{http://www.w3.org/2000/svg}path") if path.get("stroke-width") == "0.6"]
    assert len(lines) == fewer["lines"]


def fan(count: int) -> dict[str, Any]:
    """A directive that so many documents carry out, as they are drawn around it."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for n in range(count + 1):
        known = {
            "kind": "document",
            "label": f"{n}/KH-UBND",
            "level": "province" if n else "central",
            "date": "2025-01-01",
        }
        network.add_node(f"https://e/{n}", **known)
        if n:
            network.add_edge(
                f"https://e/{n}", "https://e/0", key="implements", predicate="implements", certainty="explicit"
            )
    return picture(network, arrange(network, aspect=ASPECT), "vi", focus="https://e/0") | {
        "total": count + 1,
        "omitted": 0,
    }


@pytest.mark.browser
@pytest.mark.parametrize("size", [(390, 844), (1366, 768), (844, 390)])
def test_signs_lie_on_no_others_whatever_the_screen(visit: Open, size: tuple[int, int]) -> None:
    page = visit(AROUND, viewport={"width": size[0], "height": size[1]})
    page.route("**/api/graph?**", lambda route: route.fulfill(json=fan(170)))
    page.reload()
    page.wait_for_selector("[data-ready=true]")
    upon = page.evaluate("""() => {
        const { data, graph, renderer } = document.querySelector("#graph").drawing;
        const signs = data.nodes.filter((node) => node.id !== data.focus).map((node) => {
            const at = renderer.graphToViewport(graph.getNodeAttributes(String(node.id)));
            return { ...at, size: renderer.scaleSize(graph.getNodeAttribute(String(node.id), "size")) };
        });
        return signs.filter((a) => signs.some((b) => a !== b && Math.hypot(a.x - b.x, a.y - b.y) < a.size + b.size)).length;
    }""")
    assert upon == 0


@pytest.mark.browser
def test_search_without_marks_and_by_keys(visit: Open) -> None:
    page = visit("/graph")
    page.fill("#graph-find", "huong dan 1562")
    page.wait_for_selector("#graph-hits [role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator(".graph-panel h2").inner_text() == "Hướng dẫn 1562/HD-SNV"
    page.fill("#graph-find", "zzzz")
    page.wait_for_selector("#graph-hits .none")


@pytest.mark.browser
def test_pictures_and_files(visit: Open, tmp_path: Path) -> None:
    page = visit(AROUND)
    for name, beginning in (("svg", b"<svg "), ("png", b"\x89PNG")):
        with page.expect_download() as download:
            page.click(f"[data-act={name}]")
        saved = tmp_path / f"graph.{name}"
        download.value.save_as(saved)
        assert saved.read_bytes().startswith(beginning)
    root = ElementTree.fromstring((tmp_path / "graph.svg").read_text(encoding="utf-8"))
    titles = {element.text for element in root.iter() if element.tag.endswith("}title")}
    assert titles == drawn(page)
    with page.expect_download() as download:
        page.click("a[data-export]")
    download.value.save_as(tmp_path / "graph.graphml")
    assert ElementTree.parse(tmp_path / "graph.graphml").getroot().tag.endswith("}graphml")


@pytest.mark.browser
def test_what_documents_say_is_text_only(visit: Open) -> None:
    page = visit(AROUND)
    page.locator("#graph-list").get_by_role("button", name="Kế hoạch 77/KH-UBND").click()
    panel = page.locator(".graph-panel")
    assert "<script>window.hacked=1</script>" in panel.inner_text()
    panel.locator("button.relation", has_text="thực hiện").first.click()
    page.wait_for_selector(".graph-panel blockquote")
    assert "onclick" in panel.inner_text()
    assert panel.locator("img, script, b[onclick]").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize(
    ("size", "scheme", "path", "language"),
    [
        ((1366, 768), "light", AROUND, "vi"),
        ((1366, 768), "dark", "/graph", "en"),
        ((390, 844), "dark", AROUND, "vi"),
        ((390, 844), "light", "/graph", "vi"),
    ],
)
def test_everybody_can_use_it(visit: Open, size: tuple[int, int], scheme: str, path: str, language: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    cookies = {"cookies": [{"name": "chidao-language", "value": language, "domain": "127.0.0.1", "path": "/", "expires": -1,
                            "httpOnly": True, "secure": False, "sameSite": "Lax"}], "origins": []}  # fmt: skip
    page = visit(path, viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, storage_state=cookies)
    page.locator("#graph-list .name").first.click()
    page.wait_for_selector(".graph-panel:not([hidden])")
    found = axe.Axe().run(page)
    serious = [v for v in found.response["violations"] if v["impact"] in ("serious", "critical")]
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in serious] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
def test_the_keyboard_reaches_everything(visit: Open, wait_until: Callable[[Callable[[], object]], None]) -> None:
    page = visit(AROUND)
    wanted = {"depth", "relation", "level", "graph-find", "graph", "in", "out", "fit", "link", "png", "svg"}
    reached: set[str] = set()
    seen = [focused(page)]
    while wanted - reached:
        page.keyboard.press("Tab")
        wait_until(lambda: focused(page) != seen[-1])
        focus = focused(page)
        assert focus not in seen, f"once around without {wanted - reached}"
        seen.append(focus)
        reached.add(focus[1])
    page.focus("#graph")
    before = place(page, REF)
    page.keyboard.press("ArrowRight")
    wait_until(lambda: place(page, REF)[0] < before[0])
    # From a chosen document the keys lead on to the next one.
    page.locator("#graph-list").get_by_role("button", name=REF, exact=True).click()
    page.focus("#graph")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("(label) => document.querySelector('.graph-panel h2').textContent !== label", arg=REF)
    assert page.evaluate("document.activeElement.id") == "graph"


QUERY = """SELECT ?document ?label WHERE {
  ?document a chidao:Document ; rdfs:label ?label . FILTER(STR(?label) = "Kế hoạch 77/KH-UBND")
}"""


@pytest.mark.browser
def test_the_query_editor_asks_this_endpoint_and_leads_to_pages(visit: Open) -> None:
    """The fixture sees every request: there is no other."""
    page = visit(f"/sparql?{urlencode({'query': QUERY})}")
    assert page.locator("#plain-sparql").is_hidden()
    page.click(".yasqe_queryButton:visible")
    link = page.locator(".yasr_results a.iri").first
    link.wait_for()
    page.wait_for_selector(".yasr_results a[data-led]")
    assert link.get_attribute("href").startswith("/document/")
    link.click()
    page.wait_for_url("**/document/**")
    assert page.locator("h1").first.inner_text().startswith("Kế hoạch 77/KH-UBND")


@pytest.mark.browser
def test_the_query_editor_keeps_queries_and_shows_what_is_wrong(visit: Open) -> None:
    page = visit("/sparql")
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT * WHERE { ?s a <http://example.org/x> } LIMIT 3')")  # fmt: skip
    page.click(".yasqe_queryButton:visible")
    page.wait_for_selector(".yasr_results :text('No data')")
    page.reload()
    page.wait_for_selector("#yasgui[data-ready=true]")
    assert "example.org/x" in page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_plot_without_eval_and_without_style_elements(visit: Open, scheme: str) -> None:
    page = visit(f"/timeline?{urlencode({'ref': REF})}", color_scheme=scheme)
    drawing = page.locator("figure[data-vega-spec] svg").first
    drawing.wait_for()
    assert "Kế hoạch 45-KH/HU" in (drawing.text_content() or "")
    assert page.locator("style").count() == 0


@pytest.mark.browser
def test_the_plain_drawing_in_its_frame(plain: None, address: str, browser: Any) -> None:
    page = browser.new_context().new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(address + AROUND)
    page.frame_locator("iframe.graph-classic").locator("html[data-ready]").wait_for(state="attached")
    page.context.close()
    assert complaints == []


@pytest.mark.browser
def test_a_page_from_a_disk_draws_from_what_it_holds(browser: Any, graph_of_strangers: Path, tmp_path: Path) -> None:
    if not render.built("graph.js"):
        pytest.skip("needs `make frontend`")
    with TestClient(make_app(graph_of_strangers)) as client:
        data = client.get("/api/graph", params={"ref": REF, "depth": 2}).json()
        text = client.get("/graph", params={"ref": REF, "depth": 2}).text
    for node in data["nodes"]:
        node["url"] = "khac.html"
    static = Path(render.__file__).parents[1] / "static"
    for name in ("palette.css", "graph.css", "built/graph.js"):
        shutil.copy(static / name, tmp_path)
    start = text.index('<div class="graph-page">')
    body = text[start : text.index("</main>")]
    inline = json.dumps(data).replace("<", "\\u003c")
    (tmp_path / "trang.html").write_text(
        '<!doctype html><html lang="vi"><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; script-src file:; style-src file:; img-src data: blob:">'
        f'<link rel="stylesheet" href="palette.css"><link rel="stylesheet" href="graph.css">{body}'
        f'<script type="application/json" id="graph-data">{inline}</script><script src="graph.js" defer></script>',
        encoding="utf-8",
    )
    page = browser.new_context().new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((tmp_path / "trang.html").as_uri())
    page.wait_for_selector("[data-ready=true]")
    far = drawn(page)
    page.select_option("select[name=depth]", "1")
    assert drawn(page) < far
    page.context.close()
    assert complaints == []
