"""The site over a graph behind an endpoint: read-only, the same pages, queries passed on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from chidao.graph.answers.remote import RemoteGraph
from chidao.graph.workspace import Workspace
from chidao.viz.web.serving.app import make_app

OWN = "/document/vn/nghi-quyet/15-nq-tw/2022"


@pytest.fixture(scope="module")
def remote(endpoint: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("nothing")
    app = make_app(folder / "none", endpoint=RemoteGraph.at(endpoint), workspace=Workspace(folder / "work"), apart=True)
    with TestClient(app, follow_redirects=False, base_url="http://127.0.0.1") as client:
        yield client


@pytest.mark.parametrize("form", ["ttl", "jsonld", "nt"])
def test_a_document_is_the_same_as_data(site: TestClient, remote: TestClient, form: str) -> None:
    here, there = (client.get(f"{OWN}.{form}") for client in (site, remote))
    assert (here.status_code, there.status_code) == (200, 200)
    assert here.content == there.content


@pytest.mark.parametrize(
    "path", ["/api/document?ref=15-NQ/TW", "/api/implementers?ref=15-NQ/TW", "/api/tasks", "/api/questions/most-cited"]
)
def test_the_api_is_the_same(site: TestClient, remote: TestClient, path: str) -> None:
    here, there = (client.get(path) for client in (site, remote))
    assert here.status_code == there.status_code
    assert here.json() == there.json()


@pytest.mark.parametrize(
    "path",
    ["/", OWN, "/tasks", "/coverage?ref=15-NQ/TW", "/changes", "/graph", "/files", "/sparql", "/search?q=15-NQ/TW"],
)
def test_pages(remote: TestClient, path: str) -> None:
    page = remote.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 200, page.text
    policy = page.headers["Content-Security-Policy"]
    assert "http:" not in policy and "connect-src" not in policy.replace("connect-src 'self'", "")


def test_queries_are_passed_on(site: TestClient, remote: TestClient) -> None:
    asked = {"query": "SELECT ?d ?l { ?d a chidao:Document ; rdfs:label ?l } ORDER BY ?d"}
    for media in ("text/csv", "application/sparql-results+json", "application/sparql-results+xml"):
        here, there = (client.get("/sparql", params=asked, headers={"Accept": media}) for client in (site, remote))
        assert here.content == there.content and there.status_code == 200
    outside = {"query": "SELECT * { SERVICE <http://x.invalid/> { ?s ?p ?o } }"}
    assert remote.get("/sparql", params=outside, headers={"Accept": "text/csv"}).status_code == 403
    assert remote.get("/sparql", headers={"Accept": "text/turtle"}).status_code == 200


def test_nothing_is_written(remote: TestClient, tmp_path: Path) -> None:
    assert remote.get("/add", headers={"Accept": "text/html"}).status_code == 403
    assert remote.post("/office/add", data={}).status_code in (403, 404)
