"""The page of the graph as the server gives it, with and without its bundle, and the data that it draws."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from chidao.graph.answers.status import Ended, ended
from chidao.graph.select import Store
from chidao.viz.web.pages import graph_data, graph_page
from chidao.viz.web.rendering import scheme_part
from chidao.viz.web.serving.app import make_app

REF = "Nghị quyết 15-NQ/TW"


@pytest.fixture(scope="module")
def app(graph_of_strangers: Path) -> Any:
    return make_app(graph_of_strangers)


@pytest.fixture(scope="module")
def client(app: Any) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


def iri_of(client: TestClient, label: str) -> str:
    nodes = client.get("/api/graph", params={"ref": REF, "depth": 2}).json()["nodes"]
    return next(str(node["iri"]) for node in nodes if node["label"] == label)


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if npm had never run."""
    monkeypatch.setattr(graph_page, "built", lambda name: False)


def test_the_page_holds_the_same_as_a_list(client: TestClient) -> None:
    text = client.get("/graph", params={"ref": REF, "view": "network"}).text
    assert "và văn bản liên quan" in text
    assert "Chương trình hành động 16-CTr/TU" in text
    assert 'name="iri" value="https://w3id.org/chidao/id/document/vn/nghi-quyet/15-nq-tw/2022"' in text
    assert "<script>window.hacked" not in text
    assert "&lt;script&gt;window.hacked" in text


def test_a_document_has_its_scheme_with_the_sentences(client: TestClient) -> None:
    text = client.get("/graph", params={"ref": REF}).text
    assert "<h3>Văn bản thực hiện" in text
    assert re.search(r'<details class="scheme-group"[^>]* open>\s*<summary><span>Hà Nội', text)
    assert "<script>window.hacked" not in text
    assert "&lt;script&gt;window.hacked" in text
    sentence, to = re.findall(r'<blockquote><p>([^§]*?)</p><footer><a class="in-text" href="([^"]+)">', text)[0]
    assert "<mark>" in sentence
    assert client.get(unescape(to)).status_code == 200
    for card in re.findall(r'<p class="scheme-name"><a href="([^"]+)">', text):
        assert client.get(card).status_code == 200
    assert (
        'href="/graph?iri=https%3A%2F%2Fw3id.org%2Fchidao%2Fid%2Fdocument%2Fvn%2Fnghi-quyet%2F15-nq-tw%2F2022&amp;view=network"'
        in text
    )


def test_of_many_a_page_has_the_groups_and_of_one_that_is_asked_for_the_cards(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheme_part, "MANY", 3)
    inside = client.get("/document/vn/nghi-quyet/15-nq-tw/2022").text
    (to,) = re.findall(r'<a class="scheme-group" href="([^"]+)"><span>Viện dẫn</span>', inside)
    alone = client.get(unescape(to)).text
    assert f'<ul class="scheme-cards" id="{to.partition("#")[2]}">' in alone
    shut = re.findall(r'<a class="scheme-group" href="([^"]+)">', alone)
    assert shut == [one for one in re.findall(r'<a class="scheme-group" href="([^"]+)">', inside) if one != to]
    for one in shut:
        asked, _, group = unescape(one).partition("#")
        assert f'<ul class="scheme-cards" id="{group}">' in client.get(asked).text


def test_a_page_of_many_makes_the_cards_that_it_shows(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def asking(store: Store, iris: Iterable[str], on: date | None = None) -> dict[str, Ended]:
        made.extend(iris)
        return ended(store, iris, on)

    monkeypatch.setattr(scheme_part, "ended", asking)
    every = client.get("/graph", params={"ref": REF}).text.count('<div class="scheme-card"')
    assert len(made) == every
    made.clear()
    monkeypatch.setattr(scheme_part, "MANY", 3)
    shown = client.get("/graph", params={"ref": REF}).text.count('<div class="scheme-card"')
    assert len(made) == shown < every


@pytest.mark.parametrize(
    ("query", "drawn"),
    [
        ({"ref": REF}, "scheme"),
        ({"ref": REF, "view": "scheme", "depth": "2"}, "scheme"),
        ({"ref": REF, "view": "network"}, "network"),
        ({"ref": REF, "depth": "2"}, "network"),
        ({"ref": REF, "open": "x"}, "network"),
        ({"iri": "https://w3id.org/chidao/body/vn/bo-chinh-tri"}, "network"),
        ({}, "network"),
    ],
)
def test_what_is_drawn(client: TestClient, query: dict[str, str], drawn: str) -> None:
    text = client.get("/graph", params=query).text
    assert ('class="scheme"' in text, 'id="graph-list"' in text) == (drawn == "scheme", drawn == "network")


def test_what_is_linked_to_nothing_is_left_out_of_the_whole_until_it_is_asked_for(client: TestClient) -> None:
    usual, asked = (client.get("/graph", params=query).text for query in ({}, {"lone": "1"}))
    assert ("88/TB-UBND" in usual, "88/TB-UBND" in asked) == (False, True)
    assert 'name="lone" value="1">1 văn bản' in usual
    assert 'name="lone" value="1" checked>1 văn bản' in asked


def test_a_document_that_nothing_is_linked_to_says_so(client: TestClient) -> None:
    text = client.get("/graph?ref=88/TB-UBND").text
    assert "không cho thấy văn bản này liên quan đến văn bản nào" in text
    inside = client.get(re.findall(r'<p class="scheme-name"><a href="([^"]+)">', text)[0]).text
    assert 'id="drawn"' not in inside, "its page says the same in other words"


def test_what_is_ticked_stays_ticked(client: TestClient) -> None:
    text = client.get("/graph", params={"ref": REF, "relation": ["implements"], "depth": "2"}).text
    assert 'value="implements" checked' in text
    assert 'value="cites" checked' not in text
    assert "<option selected>2</option>" in text


def test_without_the_bundle_the_plain_drawing_stands_in_a_frame(client: TestClient, plain: None) -> None:
    text = client.get("/graph", params={"ref": REF, "depth": "2"}).text
    assert '<iframe class="graph-classic"' in text
    assert "built/graph.js" not in text
    source = f"/graph/classic?{urlencode({'ref': REF, 'depth': '2'})}".replace("&", "&amp;")
    assert source in text


def test_the_plain_drawing_keeps_its_own_policy(client: TestClient) -> None:
    answer = client.get("/graph/classic", params={"ref": REF})
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert policy.endswith("; frame-ancestors 'self'")
    assert "Nghị quyết 15-NQ/TW và văn bản liên quan" in answer.text
    assert "Toàn bộ đồ thị văn bản" in client.get("/graph/classic").text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("depth=x", 400),
        ("depth=9999999999", 400),
        ("depth=-1", 400),
        ("depth=77", 400),
        ("direction=sideways&ref=15-NQ/TW", 400),
        ("relation=loves", 400),
        ("level=galaxy", 400),
        ("max_nodes=0", 400),
        ("ref=99999-XX/YY&relation=cites", 404),
        ("ref=99999-XX/YY", 404),
        ("iri=https://example.org/nothing", 404),
        ("iri=%3Cscript%3E", 404),
    ],
)
@pytest.mark.parametrize("path", ["/graph", "/graph/classic", "/api/graph", "/api/graph/export"])
def test_bad_parameters_are_refused(client: TestClient, path: str, query: str, status: int) -> None:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == status
    if path.startswith("/api"):
        assert list(answer.json()) == ["error"]
    else:
        assert "<script>" not in answer.text


def test_the_whole_graph_comes_in_columns(client: TestClient) -> None:
    data = client.get("/api/graph").json()
    assert data["packed"] is True
    assert data["nodes"]["count"] == len(data["nodes"]["x"]) == data["total"]
    assert len(data["edges"]) % 3 == 0


def test_what_surrounds_a_document(client: TestClient) -> None:
    data = client.get("/api/graph", params={"ref": REF, "direction": "down", "relation": "implements"}).json()
    assert data["nodes"][data["focus"]]["label"] == REF
    assert {edge["predicate"] for edge in data["edges"]} == {"implements"}
    client.cookies.set("chidao-language", "en")
    try:
        assert client.get("/api/graph", params={"ref": REF}).json()["words"]["close"] == "Close"
    finally:
        client.cookies.clear()


def test_evidence(client: TestClient) -> None:
    given = {
        "subject": iri_of(client, "Chương trình hành động 16-CTr/TU"),
        "predicate": "implements",
        "object": iri_of(client, REF),
    }
    found = client.get("/api/graph/evidence", params=given).json()["evidence"]
    assert "15-NQ/TW" in found[0]["quote"]
    assert found[0]["quote"] in found[0]["sentence"]
    assert not found[0]["source"].startswith("/")
    assert client.get("/api/graph/evidence", params=given | {"predicate": "repeals"}).status_code == 404
    refused = client.get("/api/graph/evidence", params={"subject": "x"})
    assert (refused.status_code, refused.json()) == (400, {"error": "say also: predicate, object"})


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_a_part_as_a_file(client: TestClient, form: str, graph_of_strangers: Path) -> None:
    answer = client.get("/api/graph/export", params={"ref": REF, "format": form})
    assert f'filename="chidao-graph.{form}"' in answer.headers["content-disposition"]
    root = ElementTree.fromstring(answer.content)
    nodes = [element for element in root.iter() if element.tag.endswith("}node")]
    assert len(nodes) == len(client.get("/api/graph", params={"ref": REF}).json()["nodes"])
    assert str(graph_of_strangers.parent.parent) not in answer.text  # where the files lie is nobody's business
    assert client.get("/api/graph/export", params={"format": "exe"}).status_code == 400


def test_the_whole_is_made_once_and_sent_as_it_is_kept(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    make = graph_data.whole

    def counting(*given: Any, language: str, **more: Any) -> dict[str, Any]:
        made.append(language)
        return make(*given, language=language, **more)

    monkeypatch.setattr(graph_data, "whole", counting)
    packed = client.get("/api/graph", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/api/graph", headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
    assert packed.json() == plain.json() and plain.json()["packed"]
    assert len(made) <= 1
