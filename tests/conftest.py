"""What several test modules need: the real documents where they are, a browser, and no silent skips on a server."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from functools import cache
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
    from starlette.testclient import TestClient

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"
ON_SERVER = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
PATIENCE = 120.0
"""Seconds after which what never comes is given up. No test says how fast a thing must be: a loaded machine is slow."""

os.environ["CHIDAO_LANG"] = "en"  # whatever the machine's language, tests compare words
# Fixtures here make a client, a graph, a folder, which examples share: to make them anew for each would show nothing more.
settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.register_profile("quick", settings.get_profile("unhurried"), max_examples=20)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample documents."""
    return ROOT / "samples"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A folder of three short decisions."""
    from chidao.tests.graph.small_builds import DECISION

    folder = tmp_path / "docs"
    folder.mkdir()
    for i in (1, 2, 3):
        (folder / f"{i}.txt").write_text(DECISION.format(i), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def sample_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a graph built from the sample documents. Nobody may write to it."""
    from chidao.graph.write.build import build

    folder = tmp_path_factory.mktemp("samples") / "graph"
    build([ROOT / "samples"], folder, jobs=1)
    return folder


@pytest.fixture(scope="session", autouse=True)
def _readers_are_left_to_the_next() -> Iterator[None]:
    """A build of a test reads with the processes of the builds before: to start one costs a hundred times what a test's few files do. Where
    a test changes what a process inherits, its folder or environment, the build has its own."""
    from chidao.extract.formats.sandbox import Readers

    inherited = _inherited()
    with ExitStack() as ending, pytest.MonkeyPatch.context() as patch:

        @cache
        def kept(jobs: int | None) -> Readers:
            return ending.enter_context(Readers(jobs))

        def readers(jobs: int | None) -> AbstractContextManager[Readers]:
            return nullcontext(kept(jobs)) if _inherited() == inherited else Readers(jobs)

        patch.setattr("chidao.graph.write.build.Readers", readers)
        yield


def _inherited() -> tuple[str, dict[str, str]]:
    return os.getcwd(), {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}


@pytest.fixture(scope="session")
def endpoint(sample_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at which Oxigraph's server answers queries on the samples' graph, loaded from its export."""
    with _endpoint(sample_graph, tmp_path_factory.mktemp("endpoint"), "--union-default-graph") as address:
        yield address


@pytest.fixture(scope="session")
def behind() -> Callable[..., AbstractContextManager[str]]:
    """Have a server of its own hold a graph: `with behind(graph, empty_folder, *options, kept=True) as address`."""
    return _endpoint


@contextmanager
def _endpoint(graph: Path, folder: Path, *options: str, kept: bool = True) -> Iterator[str]:
    from chidao.graph.export import export

    program, file = _needs("oxigraph"), export(graph, "nquads", folder / "graph.nq", kept=kept)
    subprocess.run([program, "load", "--location", folder / "store", "--file", file], check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        at = f"127.0.0.1:{free.getsockname()[1]}"
    command = [
        str(part) for part in (program, "serve-read-only", "--location", folder / "store", "--bind", at, *options)
    ]
    with (folder / "log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:
        try:
            host, _, port = at.partition(":")
            _wait_until(lambda: server.poll() is not None or _listens(host, int(port)))
            yield f"http://{at}/query"
        finally:
            server.kill()


def _listens(host: str, port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex((host, port)) == 0


@pytest.fixture(scope="session")
def law_cases() -> dict[str, Any]:
    """A decree, what amends, details and applies it, and what holds of them: tests/graph/cases/law.toml."""
    cases: dict[str, Any] = tomllib.loads((ROOT / "tests" / "graph" / "cases" / "law.toml").read_text("utf-8"))
    return cases


@pytest.fixture(scope="session")
def law_graph(tmp_path_factory: pytest.TempPathFactory, law_cases: dict[str, Any]) -> Path:
    """The folder of a graph built from the documents of `law_cases`. Nobody may write to it."""
    from chidao.graph.write.build import build

    folder = tmp_path_factory.mktemp("law")
    for name, text in law_cases["documents"].items():
        (folder / f"{name}.txt").write_text(text.lstrip(), encoding="utf-8")
    build(sorted(folder.glob("*.txt")), folder / "graph", jobs=1)
    return folder / "graph"


@pytest.fixture(scope="session")
def pdf() -> Callable[..., bytes]:
    """Make a PDF: `pdf(page, …)`, each page a list of (x, y, text), in points from its foot, and what is said raw of it (`/Rotate 90`,
    content). All letters are 6 points wide and of size 10."""
    return _pdf


def _pdf(*pages: Sequence[tuple[float, float, str]], said: str = "/MediaBox [0 0 595 842]", drawn: str = "") -> bytes:
    letters = sorted({char for page in pages for _, _, text in page for char in text})
    codes = {char: 33 + i for i, char in enumerate(letters)}  # what is seen is other letters; what is read these
    mapped = "\n".join(f"<{code:02x}> <{char.encode('utf-16-be').hex()}>" for char, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <00> <ff> endcodespacerange "
        f"{len(codes)} beginbfchar\n{mapped}\nendbfchar endcmap end end"
    )
    font = f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 33 /LastChar 255 /Widths [{'600 ' * 223}] /ToUnicode 4 0 R >>"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", font, f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream"]
    kids = []
    for page in pages:
        shown = "".join(
            f"BT /F 10 Tf {x} {y} Td <{bytes(codes[char] for char in text).hex()}> Tj ET\n" for x, y, text in page
        )
        content = drawn + shown
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        number = len(objects)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R {said} /Contents {number} 0 R /Resources << /Font << /F 3 0 R >> >> >>"
        )
        kids.append(f"{number + 1} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, starts = "%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    size = len(objects) + 1
    return f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()


@pytest.fixture(scope="session")
def running_site(sample_graph: Path) -> Iterator[TestClient]:
    """The site over the samples' graph, as a client asks it without a network."""
    from starlette.testclient import TestClient

    from chidao.viz.web.serving.app import make_app

    with TestClient(make_app(sample_graph), follow_redirects=False) as client:
        yield client


@pytest.fixture
def site(running_site: TestClient) -> TestClient:
    """The same, asked by somebody who has chosen no language."""
    running_site.cookies.clear()
    return running_site


@pytest.fixture(scope="session")
def serving() -> Callable[..., AbstractContextManager[str]]:
    """Serves a graph as long as a block lasts: `with serving(graph) as address`."""
    return _serving


@contextmanager
def _serving(
    graph: Path, *, seen: list[tuple[str, str, int]] | None = None, http: Any = "auto", **settings: Any
) -> Iterator[str]:
    """A real server over a graph on a free port of this machine; its address without a slash at the end. Each answer is added to `seen`:
    the request's method and path, and the status. `http`: the class of connections."""
    import uvicorn

    from chidao.viz.web.serving.app import make_app

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = make_app(graph, **settings)
    server = uvicorn.Server(
        uvicorn.Config(
            app if seen is None else _watched(app, seen),
            host="127.0.0.1",
            port=port,
            log_level="error",
            timeout_graceful_shutdown=1,
            http=http,
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    _wait_until(lambda: server.started or not thread.is_alive())
    assert thread.is_alive()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def _watched(app: Any, seen: list[tuple[str, str, int]]) -> Any:
    async def watched(scope: Any, receive: Any, send: Any) -> None:
        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                seen.append((scope["method"], scope["path"], message["status"]))
            await send(message)

        await app(scope, receive, sending)

    return watched


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


SCREEN = {"width": 1366, "height": 768}


@pytest.fixture(scope="session")
def watching() -> Callable[..., AbstractContextManager[Callable[..., Page]]]:
    """Open pages of whose addresses each begins with one of `own`: `with watching(browser, address) as opened: page = opened(url)`. At the
    end nothing may have gone wrong in them, and nothing may have been asked of anybody else."""
    return _watching


@contextmanager
def _watching(
    browser: Browser, *own: str, fault: Callable[[ConsoleMessage], bool] | None = None
) -> Iterator[Callable[..., Page]]:
    contexts: list[BrowserContext] = []
    wrong: list[str] = []
    is_fault = fault or _is_fault

    def opened(url: str, *, language: str | None = None, **settings: Any) -> Page:
        context = browser.new_context(**({"viewport": SCREEN} | settings))
        contexts.append(context)
        context.set_default_timeout(PATIENCE * 1000)
        if language:
            context.add_cookies([{"name": "chidao-language", "value": language, "url": url}])
        page = context.new_page()

        def told(what: object) -> None:
            wrong.append(f"{page.url}: {what}")

        page.on("pageerror", told)
        page.on("dialog", lambda dialog: told(dialog.message))
        page.on("console", lambda message: told(message.text) if is_fault(message) else None)
        page.on("request", lambda r: None if r.url.startswith((*own, "data:", "blob:")) else told(f"asked for {r.url}"))
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not wrong


def _is_fault(message: ConsoleMessage) -> bool:
    """An error or warning of the page's own; not that of a page that is not there, nor of the graphics of this machine."""
    quiet = ("GPU stall", "status of 404", "status of 400", "software WebGL", "GroupMarkerNotSet")
    return message.type in ("error", "warning") and not any(words in message.text for words in quiet)


@pytest.fixture
def visits() -> Iterator[tuple[str, list[bytes]]]:
    """The address of a server on this machine, and what reached it."""
    seen: list[bytes] = []

    class Visit(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            seen.append(self.request.recv(100))
            self.request.sendall(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Visit) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/x", seen
        server.shutdown()


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
    return _needs("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def needs() -> Callable[..., str]:
    """Return the path of the first of some programs that is installed; the test is skipped where none is: `needs("soffice")`."""
    return _needs


def _needs(*programs: str) -> str:
    folders = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    for path in filter(None, (shutil.which(program, path=folders) for program in programs)):
        return path
    pytest.skip(f"needs {programs[0]} (.ci/run installs it)")


@pytest.fixture(scope="session")
def wait_until() -> Callable[[Callable[[], object]], None]:
    """Wait until a condition holds: `wait_until(lambda: file.exists())`."""
    return _wait_until


def _wait_until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            pytest.fail(f"did not come within {PATIENCE:g} s")
        time.sleep(0.02)


@pytest.fixture(scope="session")
def calls() -> Callable[[Callable[[], object]], int]:
    """Count the calls of functions that some work makes: what it costs, the same on every machine: `calls(lambda: read(text))`."""

    def calls(work: Callable[[], object]) -> int:
        made = 0

        def count(frame: FrameType, event: str, argument: object) -> None:
            nonlocal made
            made += event in ("call", "c_call")

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            work()
        finally:
            sys.setprofile(before)
        return made

    return calls


@pytest.fixture
def interruptible() -> Iterator[None]:
    """What the test starts ends on Ctrl-C and when its terminal is closed. A shell that runs the tests in the background, or nohup, lets them
    ignore these, and whoever they start would inherit that."""
    hangup = getattr(signal, "SIGHUP", None)  # not on Windows
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    closed = signal.signal(hangup, signal.SIG_DFL) if hangup else None
    yield
    signal.signal(signal.SIGINT, before)
    if hangup:
        signal.signal(hangup, closed)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Generator[None, Any, Any]:
    """On an integration server nothing is skipped, but for what only the real documents can show."""
    report = yield
    if ON_SERVER and report.skipped and not hasattr(report, "wasxfail") and "../shared" not in str(report.longrepr):
        report.outcome = "failed"
    return report
