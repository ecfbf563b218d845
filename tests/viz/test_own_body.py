"""Whose office it is: set on a page by who sits at this machine, and marked where its rows are."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from chidao.graph.workspace import Workspace
from chidao.viz.web.serving.app import make_app

NAME = "Thành ủy Hà Nội"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "office")


@pytest.fixture
def client(sample_graph: Path, workspace: Workspace) -> TestClient:
    app = make_app(sample_graph, workspace=workspace)
    return TestClient(app, base_url="http://localhost", client=("127.0.0.1", 5), follow_redirects=False)


def token(client: TestClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get("/").text)
    assert found
    return found[1]


def test_it_is_set_once_and_marked_in_the_matrix(client: TestClient, workspace: Workspace) -> None:
    assert 'class="own"' not in client.get("/coverage?ref=15-NQ/TW").text
    answer = client.post("/office/body", data={"token": token(client), "body": NAME, "next": "/"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert (workspace.settings().body or "").endswith("/ha-noi/cap-uy")
    assert NAME in client.get("/").text
    (marked,) = re.findall(r'<th scope="row" class="own">(.*?)</th>', client.get("/coverage?ref=15-NQ/TW").text)
    assert "Hà Nội" in marked
    assert 'name="home" value="thành phố Hà Nội"' in client.get("/check").text
    assert 'tr id="row-ha-noi" class="own"' in client.get("/progress?ref=15-NQ/TW").text
    assert 'data-width="2" open>\n<summary><span>Hà Nội' in client.get("/graph?ref=15-NQ/TW").text
    client.post("/office/body", data={"token": token(client), "body": ""})
    assert workspace.settings().body is None


def test_a_name_that_nothing_has_is_refused_in_the_readers_language(client: TestClient, workspace: Workspace) -> None:
    answer = client.post(
        "/office/body", data={"token": token(client), "body": "Sở Vũ trụ"}, headers={"Accept": "text/html"}
    )
    assert answer.status_code == 400
    assert "Chưa rõ “Sở Vũ trụ” là cơ quan nào" in answer.text
    assert workspace.settings().body is None


def test_who_may_only_read_sees_no_form(sample_graph: Path) -> None:
    with TestClient(make_app(sample_graph)) as reader:
        assert 'action="/office/body"' not in reader.get("/").text
        assert reader.post("/office/body", data={"body": NAME}).status_code == 403


def test_what_the_last_build_brought_is_told_on_the_first_page(client: TestClient, workspace: Workspace) -> None:
    assert "Mới từ lần nạp gần nhất" not in client.get("/").text
    workspace.prepare()
    news = {"documents": 5, "read": 3, "relations": 4, "tasks": 2}
    workspace.built.write_text(json.dumps({"news_at": "2026-03-01T08:00:00+07:00", "news": news}), "utf-8")
    assert 'href="/changes">3 văn bản, 2 nhiệm vụ<' in client.get("/").text
