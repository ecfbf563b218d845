"""Who may change the workspace: a person at this machine, by a form of the site's own pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from chidao.graph.workspace import Settings, Workspace
from chidao.viz.web.guard.writing import FIELD, Writers, back, writer_of, written_form
from chidao.viz.web.serving import app as app_module
from chidao.viz.web.serving.app import make_app

HERE = ("127.0.0.1", 50000)


def token(request: Request) -> Response:
    return PlainTextResponse(writer_of(request) or "")


async def write(request: Request) -> Response:
    _, form = await written_form(request)
    return back(request, form)


def client(
    workspace: Workspace | None, address: tuple[str, int] = HERE, url: str = "http://localhost:8000"
) -> TestClient:
    routes = [Route("/", token), Route("/write", write, methods=["POST"])]
    app = Starlette(routes=routes, middleware=[Middleware(Writers, workspace=workspace)])
    app.state.workspace = workspace
    return TestClient(app, base_url=url, client=address, follow_redirects=False)


@pytest.mark.parametrize(
    ("address", "url", "headers", "may"),
    [
        (HERE, "http://localhost:8000", {}, True),
        (HERE, "http://127.0.0.1:8000", {}, True),
        (("::1", 1), "http://[::1]:8000", {}, True),
        (("10.0.0.7", 1), "http://localhost:8000", {}, False),
        (("10.0.0.7", 1), "http://10.0.0.1:8000", {}, False),
        (HERE, "http://office.example:8000", {}, False),
        (HERE, "http://localhost:8000", {"x-forwarded-for": "10.0.0.7"}, False),
        (HERE, "http://localhost:8000", {"forwarded": "for=10.0.0.7"}, False),
        (HERE, "http://localhost:8000", {"via": "1.1 proxy"}, False),
    ],
)
def test_who(tmp_path: Path, address: tuple[str, int], url: str, headers: dict[str, str], may: bool) -> None:
    with client(Workspace(tmp_path / "w"), address, url) as asked:
        given = asked.get("/", headers=headers).text
        assert bool(given) is may
        here = TestClient(asked.app, base_url="http://localhost", client=HERE).get("/").text
        answer = asked.post("/write", data={FIELD: here}, headers=headers)
        assert answer.status_code == (303 if may else 403)


def test_a_server_in_between_that_names_itself_nowhere_is_known_by_what_it_speaks(tmp_path: Path) -> None:
    """As nginx does by itself: HTTP/1.0, from this machine, with this server's own address as the Host."""
    with client(Workspace(tmp_path / "w")) as asked:

        async def old(scope: Scope, receive: Receive, send: Send) -> None:
            await asked.app({**scope, "http_version": "1.0"}, receive, send)

        between = TestClient(old, base_url="http://127.0.0.1:8000", client=HERE)
        assert between.get("/").text == ""
        assert between.post("/write", data={FIELD: asked.get("/").text}).status_code == 403


def test_a_form_without_the_token_changes_nothing(tmp_path: Path) -> None:
    with client(Workspace(tmp_path / "w")) as asked:
        assert [asked.post("/write", data=data).status_code for data in ({}, {FIELD: ""}, {FIELD: "xự"})] == [403] * 3


def test_read_only(tmp_path: Path) -> None:
    with client(None) as asked:
        assert asked.get("/").text == ""
        assert asked.post("/write", data={FIELD: ""}).status_code == 403


def test_a_site_that_is_read_only_shows_what_the_office_says_and_changes_nothing(
    sample_graph: Path, tmp_path: Path
) -> None:
    office = Workspace(tmp_path / "w")
    office.save(Settings(by="Văn thư"))
    app = make_app(sample_graph, workspace=office, read_only=True)
    with TestClient(app, base_url="http://localhost", client=HERE, follow_redirects=False) as asked:
        assert f'name="{FIELD}"' not in asked.get("/tasks").text
        for route in app_module._WRITES:
            assert isinstance(route, Route)
            assert asked.post(route.path, data={FIELD: "x"}).status_code == 403, route.path
        for route in app_module._SERVED:
            assert isinstance(route, Route)
            assert asked.get(route.path).status_code in (403, 404), route.path
    assert {place.name for place in office.path.iterdir()} == {"chidao-workspace.txt", "files", "settings.json"}


@pytest.mark.parametrize(
    ("to", "leads"),
    [("/tasks?on=2026-11-27", "/tasks?on=2026-11-27"), ("//evil.example", "/"), ("/\\evil.example", "/"), ("http://evil.example", "/"), ("/a\r\nb", "/"), ("", "/")],
)  # fmt: skip
def test_back_is_a_page_of_this_site(tmp_path: Path, to: str, leads: str) -> None:
    with client(Workspace(tmp_path / "w")) as asked:
        form = {FIELD: asked.get("/").text, "next": to}
        assert asked.post("/write", data=form).headers["location"] == leads
