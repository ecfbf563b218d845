"""Pages, the API and drafts in processes of their own: the same answers, and an end to what takes too much or is wanted by nobody."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from chidao.viz.web.guard.apart import Apart
from chidao.viz.web.serving.app import make_app

pytestmark = pytest.mark.slow

DRAFT = "Kính gửi: Sở Nội vụ\nThực hiện Nghị quyết số 15-NQ/TW ngày 31/2/2022 của Bộ Chính trị."
ENDLESS = "Thực hiện Nghị quyết số 15-NQ/TW của Bộ Chính trị, giao Sở Nội vụ tham mưu.\n" * 150_000
Wait = Callable[[Callable[[], object]], None]
Serving = Callable[..., AbstractContextManager[str]]


@pytest.fixture(scope="module")
def apart(sample_graph: Path) -> Iterator[TestClient]:
    with TestClient(make_app(sample_graph, apart=True, time_limit=300), follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def plain(sample_graph: Path) -> Iterator[TestClient]:
    """The same site in this process alone."""
    with TestClient(make_app(sample_graph), follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize(
    "path",
    [
        "/", "/search?q=nghi+quyet", "/document/vn/nghi-quyet/15-nq-tw/2022", "/document/vn/nghi-quyet/15-nq-tw/2022.ttl", "/tasks",
        "/questions/most-cited", "/language/en?next=/tasks", "/language/xx", "/nowhere", "/api/nowhere", "/api/search?q=15-NQ/TW", "/api/search?limit=0",
        "/api/document?ref=999-NQ/TW", "/api/coverage?ref=15-NQ/TW&format=csv", "/graph/classic?ref=15-NQ/TW", "/sparql", "/static/site.css", "/check/",
    ],
)  # fmt: skip
def test_the_answers_are_the_same(path: str, apart: TestClient, plain: TestClient) -> None:
    here, there = (client.get(path, headers={"accept": "text/html"}) for client in (plain, apart))
    assert (here.status_code, here.content) == (there.status_code, there.content)
    assert {**here.headers} == {**there.headers}


def test_drafts_are_read_the_same(apart: TestClient, plain: TestClient) -> None:
    ways = [
        {"json": {"text": DRAFT}},
        {"data": {"text": DRAFT}},
        {"files": {"file": ("dự thảo.txt", DRAFT.encode())}},
        {"json": {"txt": 1}},
    ]
    for way in ways:
        for path in ("/api/check", "/check"):
            here, there = (client.post(path, **way) for client in (plain, apart))  # type: ignore[arg-type]
            assert (here.status_code, here.text) == (there.status_code, there.text)
    assert apart.post("/api/check", content=bytes((20 << 20) + (1 << 17))).status_code == 413


def bounded(graph: Path, **limits: float) -> tuple[TestClient, Apart]:
    app = Starlette()
    app.router.default = made = Apart(graph, **{"time_limit": 300, "max_upload": 20 << 20} | limits)  # type: ignore[arg-type]
    return TestClient(app), made


@pytest.mark.parametrize(
    ("limits", "path", "body", "status"),
    [
        ({"time_limit": 0.001}, "/", None, 504),
        ({"time_limit": 0.001}, "/questions/most-cited", None, 504),
        ({"time_limit": 0.5, "draft_seconds": 0.5}, "/api/check", ENDLESS, 504),
        ({"max_memory": 60 << 20}, "/api/check", ENDLESS, 422),
    ],
)
def test_what_takes_too_much_is_ended_and_nothing_stays(
    limits: dict[str, float], path: str, body: str | None, status: int, sample_graph: Path
) -> None:
    client, made = bounded(sample_graph, **limits)
    before = set(Path(tempfile.gettempdir()).glob("chidao-*"))
    try:
        for _ in range(2):  # another process takes the place of the first
            answer = (
                client.get(path)
                if body is None
                else client.post(path, content=body.encode(), headers={"content-type": "text/plain"})
            )
            assert answer.status_code == status, answer.text
    finally:
        made.close()
    left = set(Path(tempfile.gettempdir()).glob("chidao-*")) - before
    assert not [file for folder in left for file in folder.rglob("draft*")]


def test_a_process_for_drafts_waits_until_it_is_quiet(sample_graph: Path, wait_until: Wait) -> None:
    """It would take the processor from who asks first; and where nobody asks, nobody waits for it later."""
    made = Apart(sample_graph, time_limit=300, quiet=0.01)

    async def asked_once_more() -> int:
        made._asked += 1
        starting = asyncio.ensure_future(made._start_drafts())
        await asyncio.sleep(0)
        made._asked += 1  # somebody has asked meanwhile
        begun = len(made._drafts._threads)
        await starting
        return begun

    try:
        assert asyncio.run(asked_once_more()) == 0 and len(made._drafts._threads) == 1
    finally:
        made.close()


def test_too_many_drafts_are_sent_away(sample_graph: Path, serving: Serving, wait_until: Wait) -> None:
    """Two are read and three of a client wait; the others are told at once."""
    with serving(sample_graph, apart=True, time_limit=600) as address:
        said: list[int] = []

        def send() -> None:
            with contextlib.suppress(httpx.HTTPError):  # the server ends before the last
                said.append(httpx.post(f"{address}/api/check", json={"text": ENDLESS}, timeout=None).status_code)

        threads = [threading.Thread(target=send, daemon=True) for _ in range(8)]
        for thread in threads:
            thread.start()
        wait_until(lambda: said.count(503) >= 3)
        assert httpx.get(f"{address}/api/stats", timeout=None).status_code == 200  # pages go on


def test_a_client_that_leaves_ends_its_work(sample_graph: Path, serving: Serving, wait_until: Wait) -> None:
    """Were it not so, the last draft would wait for those before it, for minutes."""
    with serving(sample_graph, apart=True, time_limit=600) as address:
        for _ in range(3):  # more than are read at once
            gone = http.client.HTTPConnection(urlsplit(address).netloc)
            with contextlib.suppress(ConnectionError):  # sent away: those before wait still
                gone.request("POST", "/api/check", json.dumps({"text": ENDLESS}), {"Content-Type": "application/json"})
            gone.close()

        def read() -> bool:
            answer = httpx.post(f"{address}/api/check", json={"text": DRAFT}, timeout=None)
            return answer.status_code == 200 and answer.json()["characters"] == len(DRAFT)

        wait_until(read)
