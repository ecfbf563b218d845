"""The page of what changed, and its feed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from chidao.cli import main
from chidao.graph.building import build_workspace
from chidao.graph.workspace import Workspace
from chidao.viz.web.pages.changes_page import A_PAGE
from chidao.viz.web.serving.app import make_app

pytestmark = pytest.mark.slow
HERE = ("127.0.0.1", 50000)
ATOM = "{http://www.w3.org/2005/Atom}"
PLAN, REPORT = "05-ke-hoach-huyen-uy-dong-anh.txt", "10-bao-cao-huyen-uy-dong-anh.txt"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """A folder with a workspace and its graph, from which one file has gone and to which others have come."""
    folder = tmp_path_factory.mktemp("changes")
    workspace = Workspace(folder / "office")
    workspace.prepare()
    shutil.copy(samples / "01-nghi-quyet-15-nq-tw.txt", workspace.files)
    shutil.copy(samples / REPORT, workspace.files)
    build_workspace(folder / "graph", workspace, jobs=1, tell=lambda told: None)
    shutil.copytree(folder / "graph", folder / "first")
    (workspace.files / REPORT).unlink()
    for path in samples.glob("0*.txt"):
        shutil.copy(path, workspace.files)
    build_workspace(folder / "graph", workspace, jobs=1, tell=lambda told: None)
    return folder


@pytest.fixture(scope="module")
def client(office: Path) -> Iterator[TestClient]:
    app = make_app(office / "graph", workspace=Workspace(office / "office"))
    with TestClient(app, base_url="http://localhost", client=HERE) as made:
        yield made


def lines(client: TestClient, query: str = "") -> list[str]:
    """What stands on the page, a line each."""
    answer = client.get(f"/changes{query}")
    assert answer.status_code == 200
    found = re.findall(r"<li data-side.*?</li>", answer.text, re.S)
    return [" ".join(re.sub("<.*?>", " ", line).split()) for line in found]


def feed(client: TestClient, query: str = "") -> ET.Element:
    answer = client.get(f"/changes.atom{query}")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)


def test_what_is_new_and_what_is_gone(client: TestClient) -> None:
    new, gone = lines(client, "?kind=document&side=new"), lines(client, "?kind=document&side=gone")
    assert any(line.startswith("Mới Kế hoạch 45-KH/HU đã nạp") for line in new)
    assert any("không còn tệp" in line for line in gone)
    assert all(line.startswith("Mới ") for line in new) and all(line.startswith("Không còn ") for line in gone)


def test_pages_follow_each_other_and_none_is_longer(client: TestClient) -> None:
    pages = [lines(client, f"?page={number}") for number in (1, 2, 3)]
    assert len(pages[0]) == len(pages[1]) == A_PAGE
    assert not set(pages[0]) & set(pages[1])
    assert 'rel="next"' in client.get("/changes").text
    assert lines(client, "?page=99") == []


def test_of_a_directive_and_of_a_body(client: TestClient) -> None:
    directive = lines(client, "?ref=15-NQ/TW&side=new&kind=document")
    assert any("Kế hoạch 45-KH/HU" in line for line in directive)
    assert len(directive) < len(lines(client, "?side=new&kind=document"))
    body = lines(client, "?body=Ban Thường vụ Huyện ủy Đông Anh&side=new&kind=document")
    assert [line.split(" đã nạp")[0] for line in body if "đã nạp" in line] == ["Mới Kế hoạch 45-KH/HU"]


@pytest.mark.parametrize(
    ("query", "code"), [("?kind=x", 400), ("?side=x", 400), ("?page=0", 400), ("?ref=99-NQ/XX", 404)]
)
def test_what_is_asked_wrongly(client: TestClient, query: str, code: int) -> None:
    assert client.get(f"/changes{query}").status_code == code
    assert client.get(f"/changes.atom{query}").status_code == (200 if "page" in query else code)


def test_the_first_page_and_the_head_lead_there(client: TestClient) -> None:
    home = client.get("/").text
    assert home.count('href="/changes"') == 2


@pytest.mark.parametrize("query", ["", "?ref=15-NQ/TW", "?body=Ban Thường vụ Huyện ủy Đông Anh", "?kind=task&side=new"])
def test_a_feed_has_what_the_format_asks_for(client: TestClient, query: str) -> None:
    found = feed(client, query)
    assert found.tag == f"{ATOM}feed"
    entries = found.findall(f"{ATOM}entry")
    assert entries
    for element in (found, *entries):
        for name in ("id", "title", "updated"):
            (only,) = element.findall(f"{ATOM}{name}")
            assert only.text
        assert element.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")).tzinfo
    assert found.findtext(f"{ATOM}author/{ATOM}name") == "chidao"
    links = {link.attrib["rel"]: link.attrib["href"] for link in found.findall(f"{ATOM}link")}
    assert set(links) == {"self", "alternate"}
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)


def test_links_of_a_feed_are_whole_and_lead_somewhere(client: TestClient) -> None:
    for side in ("new", "gone"):
        targets = dict.fromkeys(link.attrib["href"] for link in feed(client, f"?side={side}").iter(f"{ATOM}link"))
        assert {urlsplit(target).netloc for target in targets} == {"localhost"}
        assert {client.get(target).status_code for target in targets} == {200}


def test_an_entry_stays_itself_in_every_feed(client: TestClient, office: Path) -> None:
    def names(query: str, of: TestClient = client) -> set[str | None]:
        return {entry.findtext(f"{ATOM}id") for entry in feed(of, query).findall(f"{ATOM}entry")}

    assert names("?ref=15-NQ/TW") < names("")
    again = make_app(office / "graph", workspace=Workspace(office / "office"))
    with TestClient(again, base_url="http://127.0.0.1", client=HERE) as other:
        assert names("", other) == names("")


def test_a_feed_is_sent_anew_only_when_it_has_changed(client: TestClient) -> None:
    first = client.get("/changes.atom")
    again = client.get("/changes.atom", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/changes.atom?side=new", headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_after_the_first_build_there_is_nothing_to_compare_with(office: Path) -> None:
    with TestClient(make_app(office / "first"), base_url="http://localhost", client=HERE) as client:
        assert "Chưa có lần nạp nào trước để so sánh" in client.get("/changes").text
        assert feed(client).findall(f"{ATOM}entry") == []
    said = CliRunner().invoke(main, ["changes", "--graph", str(office / "first")])
    assert (said.exit_code, "no generation before" in said.output) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "begins"),
    [
        ([], "+ "),
        (["15-NQ/TW"], "+ "),
        (["Ban Thường vụ Huyện ủy Đông Anh", "--format", "csv"], "change,kind,document,says,date,iri,other\n"),
        (["--format", "json"], '[\n {\n  "kind": "document",\n  "new": true'),
    ],
)
def test_the_command(office: Path, arguments: list[str], begins: str) -> None:
    said = CliRunner().invoke(main, ["changes", "--graph", str(office / "graph"), *arguments])
    assert said.exit_code == 0
    assert said.output.startswith(begins)
    assert "Kế hoạch 45-KH/HU" in said.output


@pytest.mark.browser
def test_a_person_narrows_it_down_on_a_phone(
    office: Path, browser: Browser, serving: Callable[..., Any], watching: Callable[..., Any]
) -> None:
    with serving(office / "graph") as address, watching(browser, address) as opened:
        page = opened(f"{address}/changes", language="vi", viewport={"width": 390, "height": 844})
        page.get_by_label("Loại").select_option("task")
        page.get_by_role("button", name="Xem").click()
        page.wait_for_url("**kind=task**")
        assert page.locator("main h2").all_inner_texts() == ["Nhiệm vụ"]
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        found = [v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
        assert found == []
