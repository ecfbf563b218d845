"""A site as files: whole, plain, and harmless to what else lies there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from chidao.cli import main
from chidao.extract.errors import ChidaoError
from chidao.viz.web.rendering.render import built
from chidao.viz.web.site import LIST, _Names, _part, write_site


@pytest.fixture(scope="module")
def written(sample_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stick") / "site"
    done = write_site(sample_graph, folder)
    assert done.pages == len(list(folder.rglob("*.html")))
    return folder


class Linked(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.to: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "action") and value:
                self.to.append(value)
            if name == "id" and value:
                self.ids.add(value)


@pytest.mark.slow
def test_every_link_leads_somewhere_in_the_site(written: Path) -> None:
    pages = {page: Linked(page.read_text("utf-8")) for page in written.rglob("*.html")}
    for page, found in pages.items():
        for link in found.to:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https"):
                pytest.fail(f"{page.relative_to(written)} links to {link}")
            assert not link.startswith("/"), (page, link)
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            assert target.is_file(), (page.relative_to(written), link)
            assert target.is_relative_to(written.resolve())
            if parts.fragment:
                assert parts.fragment in (
                    pages[target].ids if target in pages else Linked(target.read_text("utf-8")).ids
                ), (page, link)


@pytest.mark.slow
def test_it_holds_every_thing_in_every_form(written: Path) -> None:
    documents = list((written / "document").rglob("*.html"))
    assert len(documents) > 40
    for page in documents:
        assert page.with_suffix(".ttl").stat().st_size > 100
        assert page.with_suffix(".jsonld").stat().st_size > 100
    assert (written / "coverage.xlsx").read_bytes().startswith(b"PK")
    assert "113 ngày" in (written / "document/vn/nghi-quyet/15-nq-tw/2022.html").read_text("utf-8")


def test_no_page_tells_where_the_files_lay(written: Path, samples: Path, sample_graph: Path) -> None:
    for file in written.rglob("*"):
        if file.suffix in (".html", ".js", ".csv", ".ttl", ".jsonld"):
            text = file.read_text("utf-8", errors="replace")
            assert str(samples) not in text, file
            assert str(sample_graph) not in text, file


def test_there_is_no_form_and_no_server_page(written: Path) -> None:
    for page in written.rglob("*.html"):
        text = page.read_text("utf-8")
        assert 'method="post"' not in text
        assert "/api/" not in re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL), page


@pytest.mark.slow
def test_the_same_graph_gives_the_same_files(written: Path, sample_graph: Path, tmp_path: Path) -> None:
    write_site(sample_graph, tmp_path / "again")

    def contents(folder: Path) -> dict[str, bytes]:
        return {
            str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file() and f.suffix != ".xlsx"
        }

    assert contents(tmp_path / "again") == contents(written)


class TestPlace:
    @pytest.mark.slow
    def test_an_older_site_is_replaced_and_nothing_else_touched(self, sample_graph: Path, tmp_path: Path) -> None:
        folder = tmp_path / "site"
        write_site(sample_graph, folder)
        (folder / "mine.txt").write_text("mine")
        (folder / "document" / "old.html").write_text("old")
        (folder / "gone").mkdir()
        (folder / "gone" / "old.html").write_text("old")
        names = (folder / LIST).read_text("utf-8")
        (folder / LIST).write_text(names + "document/old.html\ngone/old.html\n../outside.txt\n/etc/passwd\n", "utf-8")
        (tmp_path / "outside.txt").write_text("outside")
        write_site(sample_graph, folder, language="en")
        assert (folder / "mine.txt").read_text() == "mine"
        assert (tmp_path / "outside.txt").read_text() == "outside"
        assert not (folder / "document" / "old.html").exists()
        assert not (folder / "gone").exists()
        assert '<html lang="en">' in (folder / "index.html").read_text("utf-8")
        assert "../outside.txt" not in (folder / LIST).read_text("utf-8")

    def test_a_folder_with_other_things_is_refused(self, sample_graph: Path, tmp_path: Path) -> None:
        (tmp_path / "letter.docx").write_text("x")
        with pytest.raises(ChidaoError, match="other things than a site"):
            write_site(sample_graph, tmp_path)
        assert [p.name for p in tmp_path.iterdir()] == ["letter.docx"]

    def test_wrong_places_and_languages_are_one_line(self, sample_graph: Path, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("x")
        for out, language, said in (
            (tmp_path / "file", "vi", "not a folder"),
            (tmp_path / "a", "fr", "no such language"),
        ):
            with pytest.raises(ChidaoError, match=said):
                write_site(sample_graph, out, language=language)
        with pytest.raises(ChidaoError, match="chidao build"):
            write_site(tmp_path / "nothing", tmp_path / "b")
        assert not [p for p in tmp_path.iterdir() if p.name.startswith(".chidao")], "nothing half-written stays"

    @pytest.mark.slow
    def test_the_command(self, sample_graph: Path, tmp_path: Path) -> None:
        done = CliRunner().invoke(main, ["site", "--graph", str(sample_graph), "-o", str(tmp_path / "s"), "--quiet"])
        assert done.exit_code == 0
        assert re.fullmatch(r".*index\.html: \d+ pages, [\d.]+ MB\n", done.output)


class TestNames:
    @given(st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=30, unique=True))
    def test_they_are_plain_and_no_two_alike(self, keys: list[str]) -> None:
        names = _Names()
        files = [names.file("document", key) for key in keys]
        assert len({name.casefold() for name in files}) == len(files)
        for name in files:
            assert re.fullmatch(r"[a-z0-9._/-]+", name)
            assert all(0 < len(part) <= 100 and not part.startswith("..") for part in name.split("/"))

    @pytest.mark.parametrize(
        ("text", "part"),
        [
            ("15-nq-tw", "15-nq-tw"),
            ("con", "_con"),
            ("aux.x", "_aux.x"),
            ("..", "_"),
            ("Đề án", "n"),
            ("a" * 100, "a" * 71),
            ("", "_"),
            ("com1", "_com1"),
            ("computer", "computer"),
        ],
    )
    def test_parts(self, text: str, part: str) -> None:
        assert _part(text).startswith(part)
        assert len(_part(text)) <= 81


@pytest.mark.browser
class TestFromDisk:
    @pytest.fixture
    def opened(self, browser: Browser, watching: Any) -> Iterator[Any]:
        with watching(browser, "file:") as opened:
            yield opened

    def test_from_page_to_page(self, opened: Any, written: Path, follow: Any) -> None:
        page = opened((written / "index.html").as_uri())
        assert "serif" in page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").lower(), (
            "styles load from a disk"
        )
        follow(page, "a:has-text('Nghị quyết 15-NQ/TW') >> nth=0")
        assert page.inner_text("h1") == "Nghị quyết 15-NQ/TW"
        follow(page, "dd a:has-text('Bộ Chính trị')")
        assert page.inner_text("h1") == "Bộ Chính trị"
        page.go_back()
        follow(page, ".actions a:has-text('Bảng tổng hợp')")
        assert page.locator("table.matrix tbody tr").count() == 34
        page.click(".masthead summary")
        follow(page, "nav a:has-text('Dòng thời gian')")
        follow(page, "main a.doc:has-text('15-NQ/TW') >> nth=0")
        assert page.locator("table.timeline").count() == 1
        follow(page, "nav a:has-text('Nhiệm vụ')")
        assert page.locator("li.task[data-state=overdue]").count() > 5
        page.locator(".task-sums thead button").first.click()
        assert page.locator("[aria-sort=ascending]").count() == 1

    @pytest.mark.parametrize("words", ["nghi quyet 57", "57-NQ/TW", "dot pha phat trien"])
    def test_search(self, opened: Any, written: Path, words: str, follow: Any) -> None:
        page = opened((written / "search.html").as_uri())
        page.fill("#lookup-words", words)
        follow(page, "#lookup-hits a >> nth=0")
        assert page.inner_text("h1") == "Nghị quyết 57-NQ/TW"

    def test_the_graph(self, opened: Any, written: Path) -> None:
        if not built("graph.js"):
            pytest.skip("the npm part is not built (.ci/run builds it)")
        page = opened((written / "graph.html").as_uri())
        page.wait_for_selector("#graph[data-ready=true]")
        before = page.inner_text("#graph-status")
        page.uncheck("#graph-tools input[value=cites]")
        page.wait_for_function(f"document.getElementById('graph-status').innerText !== {before!r}")
