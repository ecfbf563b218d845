"""What several test modules need: the real documents where they are, a browser, and no silent skips on a server."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from starlette.testclient import TestClient

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"
ON_SERVER = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample documents."""
    return ROOT / "samples"


@pytest.fixture(scope="session")
def sample_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a graph built from the sample documents. Nobody may write to it."""
    from chidao.graph.write.build import build

    folder = tmp_path_factory.mktemp("samples") / "graph"
    build([ROOT / "samples"], folder)
    return folder


@pytest.fixture(scope="session")
def site(sample_graph: Path) -> Iterator[TestClient]:
    """The site over the samples' graph, as a client asks it without a network."""
    from starlette.testclient import TestClient

    from chidao.viz.web.app import make_app

    with TestClient(make_app(sample_graph), follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def serving() -> Callable[..., AbstractContextManager[str]]:
    """Serves a graph as long as a block lasts: `with serving(graph) as address`."""
    return _serving


@contextmanager
def _serving(graph: Path, **settings: Any) -> Iterator[str]:
    """A real server over a graph on a free port of this machine; its address without a slash at the end."""
    import uvicorn

    from chidao.viz.web.app import make_app

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(make_app(graph, **settings), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(15)


@pytest.fixture(scope="session")
def address(sample_graph: Path) -> Iterator[str]:
    """A real server over the samples' graph."""
    with _serving(sample_graph) as found:
        yield found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One headless Chromium for a module's tests, with WebGL in software. Its event loop lives as long: no longer than it must."""
    from playwright.sync_api import sync_playwright

    flags = (
        "--no-sandbox --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync "
        "--use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader"
    )
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=flags.split())
        yield started
        started.close()


@pytest.fixture(scope="session")
def follow() -> Callable[[Page, str], None]:
    """Clicks what leads to another page and waits until that one is there whole: `follow(page, selector)`. A click alone comes back
    as soon as the browser has turned to the next page, which may still be empty then."""

    def follow(page: Page, selector: str) -> None:
        with page.expect_navigation():
            page.click(selector)

    return follow


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real documents beside the checkout; the test is skipped where there is none."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("needs the real documents in ../shared/data")
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium or Chrome."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if path := shutil.which(name):
            return path
    pytest.skip("needs Chromium (.ci/run installs it)")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Generator[None, Any, Any]:
    """On an integration server nothing is skipped, but for what only the real documents can show."""
    report = yield
    if ON_SERVER and report.skipped and not hasattr(report, "wasxfail") and "../shared" not in str(report.longrepr):
        report.outcome = "failed"
    return report
