"""A site without a graph: every page leads to the one on which files are added."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from chidao.graph.store import GraphError
from chidao.graph.workspace import Workspace
from chidao.graph.write.build import build
from chidao.viz.web.serving.app import make_app

HERE, ELSEWHERE = ("127.0.0.1", 50000), ("10.0.0.7", 50000)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    app = make_app(tmp_path / "graph", workspace=Workspace(tmp_path / "office"))
    with TestClient(app, base_url="http://localhost", client=HERE, follow_redirects=False) as made:
        yield made


@pytest.mark.parametrize("path", ["/", "/search?q=15", "/document/vn/x", "/files", "/check", "/original/" + "0" * 64])
def test_every_page_leads_there(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/add")


def test_the_page_is_there_with_what_it_needs(client: TestClient) -> None:
    answer = client.get("/add")
    assert answer.status_code == 200 and "Chưa có văn bản nào." in answer.text
    assert client.get("/static/add.js").status_code == 200


@pytest.mark.parametrize("path", ["/api/stats", "/api/search?q=x", "/sparql", "/sparql?query=ASK{}"])
def test_programs_are_told_in_a_line(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 503 and "no graph here yet" in answer.text
    assert answer.text.count("\n") <= 1


def test_who_may_not_add_is_told_to_wait(client: TestClient) -> None:
    elsewhere = TestClient(client.app, base_url="http://localhost", client=ELSEWHERE)
    assert elsewhere.get("/").status_code == 503
    assert "Chưa có văn bản nào được nạp" in elsewhere.get("/", headers={"accept": "text/html"}).text
    assert elsewhere.get("/add").status_code == 403


@pytest.mark.slow
def test_the_pages_come_with_the_first_build(client: TestClient, tmp_path: Path, samples: Path) -> None:
    build([samples / "01-nghi-quyet-15-nq-tw.txt"], tmp_path / "graph", jobs=1)
    assert "Nghị quyết 15-NQ/TW" in client.get("/").text
    assert client.get("/api/stats").status_code == 200


def test_who_may_only_read_is_told_that_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="chidao build"):
        make_app(tmp_path / "graph")


def test_a_damaged_graph_is_no_first_start(tmp_path: Path) -> None:
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "current").write_text("nonsense")
    with pytest.raises(GraphError, match="damaged"):
        make_app(tmp_path / "graph", workspace=Workspace(tmp_path / "office"))
