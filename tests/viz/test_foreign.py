"""What a page of another site may make this one do: fetch public pages that it cannot read."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from chidao.viz.web.serving.app import make_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Serving = Callable[..., AbstractContextManager[str]]
Wait = Callable[[Callable[[], object]], None]
ASK = "/sparql?query=ASK%7B%7D"
OTHER = "http://pages.example"
OWN = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
CROSS = {"sec-fetch-site": "cross-site"}
SAME_SITE = {"sec-fetch-site": "same-site"}


@pytest.fixture(scope="module")
def asked(sample_graph: Path) -> Iterator[TestClient]:
    with TestClient(make_app(sample_graph, cors=[OTHER])) as client:
        yield client


# method, address, headers -> refused?
@pytest.mark.parametrize(
    ("method", "path", "headers", "refused"),
    [
        # programs, the site's own pages, what a person typed
        ("GET", ASK, {}, False),
        ("POST", "/sparql", {}, False),
        ("POST", "/sparql", OWN, False),
        ("POST", "/sparql", {"origin": "http://testserver"}, False),
        ("GET", ASK, {"sec-fetch-site": "none"}, False),
        ("POST", "/check", OWN, False),
        # plain pages and data
        ("GET", "/", CROSS, False),
        ("GET", "/sparql", CROSS, False),
        ("GET", "/api/stats", CROSS | {"origin": "http://evil.example"}, False),
        ("HEAD", "/static/site.css", CROSS, False),
        # queries and what is posted
        ("GET", ASK, CROSS, True),
        ("HEAD", ASK, CROSS, True),
        ("GET", ASK, SAME_SITE, True),
        ("GET", ASK, {"origin": "http://evil.example"}, True),
        ("POST", "/sparql", {"origin": "http://evil.example"}, True),
        ("POST", "/sparql", {"origin": "null"}, True),
        ("POST", "/sparql", {"origin": "http://testserver:81"}, True),
        ("POST", "/sparql", {"origin": "http://testserver.evil.example"}, True),
        ("POST", "/sparql", CROSS, True),
        ("POST", "/check", CROSS, True),
        ("POST", "/check", SAME_SITE, True),
        ("POST", "/api/check", {"origin": "http://evil.example"}, True),
        ("PUT", "/sparql", CROSS, True),
        # those that --cors names
        ("GET", ASK, CROSS | {"origin": OTHER}, False),
        ("POST", "/sparql", CROSS | {"origin": OTHER}, False),
        ("POST", "/api/check", {"origin": OTHER}, False),
        ("POST", "/check", CROSS | {"origin": OTHER}, True),
    ],
)  # fmt: skip
def test_a_request(asked: TestClient, method: str, path: str, headers: dict[str, str], refused: bool) -> None:
    answer = asked.request(method, path, headers=headers, data={"query": "ASK {}"} if method == "POST" else None)
    assert (answer.status_code == 403) is refused
    if refused and method != "HEAD":
        assert "another site" in answer.text and answer.text.count("\n") == (not path.startswith("/api/"))


def test_all_origins_may_be_let_in(sample_graph: Path) -> None:
    with TestClient(make_app(sample_graph, cors=["*"])) as client:
        assert client.get(ASK, headers=CROSS).status_code == 200
        assert client.post("/check", headers=CROSS).status_code == 403


ATTACKS = """<!doctype html><meta charset="utf-8"><title>elsewhere</title><iframe name="frame"></iframe>
<form id="query" method="post" action="SITE/sparql" target="frame"><input name="query" value="ASK {}"></form>
<form id="plain" method="post" action="SITE/sparql" target="frame" enctype="text/plain"><input name="query" value="ASK {}"></form>
<form id="draft" method="post" action="SITE/check" target="frame" enctype="multipart/form-data"><input name="text" value="Kính gửi"></form>
<form id="api" method="post" action="SITE/api/check" target="frame"><input name="text" value="Kính gửi"></form>
<form id="get" action="SITE/sparql" target="frame"><input name="query" value="ASK {}"></form>
<a id="link" href="SITE/sparql?query=ASK%7B%7D">a link</a>"""
FORMS = [f"() => document.getElementById('{name}').submit()" for name in ("query", "plain", "draft", "api", "get")]
SCRIPTED = [
    "() => document.getElementById('link').click()",
    "() => void fetch('SITE/sparql', {method: 'POST', mode: 'no-cors', body: new URLSearchParams({query: 'ASK {}'})})",
    "() => void fetch('SITE/sparql?query=ASK%7B%7D', {mode: 'no-cors'})",
    "() => void fetch('SITE/check', {method: 'POST', mode: 'no-cors', body: new URLSearchParams({text: 'x'})})",
    "() => void fetch('SITE/check', {method: 'POST', mode: 'no-cors', credentials: 'include', body: 'x'})",
    "() => void navigator.sendBeacon('SITE/sparql', new URLSearchParams({query: 'ASK {}'}))",
    "() => { new Image().src = 'SITE/sparql?query=ASK%7B%7D' }",
    "() => { const s = document.createElement('script'); s.src = 'SITE/sparql?query=ASK%7B%7D'; document.head.append(s) }",
]  # fmt: skip
READ = """() => fetch('SITE/api/stats').then(answer => answer.text(), () => 'not to be read')"""
ASKED = """() => fetch('SITE/sparql?query=ASK%7B%7D').then(answer => answer.text(), () => 'not to be read')"""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Callable[[str], str]]:
    """Serve the page of another site that attacks the one at an address; its own address."""
    pages: dict[str, bytes] = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(pages.get(self.path, b""))

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def at(site: str, host: str = "localhost") -> str:
            pages[f"/{urlsplit(site).port}"] = ATTACKS.replace("SITE", site).encode()
            return f"http://{host}:{server.server_address[1]}/{urlsplit(site).port}"

        yield at
        server.shutdown()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])  # another site, and another origin of the same site
def test_a_page_elsewhere_gets_nothing_done(
    sample_graph: Path, serving: Serving, elsewhere: Callable[..., str], page: Page, wait_until: Wait, host: str
) -> None:
    seen: list[tuple[str, str, int]] = []
    with serving(sample_graph, seen=seen) as site:
        at = elsewhere(site, host)
        for number, script in enumerate([*FORMS, *SCRIPTED], 1):
            tab = page.context.new_page()
            tab.goto(at)
            tab.evaluate(script.replace("SITE", site))
            wait_until(lambda: sum(path != "/favicon.ico" for _, path, _ in seen) == number)  # noqa: B023
            tab.close()
        asked = [one for one in seen if one[1] != "/favicon.ico"]
        assert {status for _, _, status in asked} == {403}
        page.goto(at)
        assert page.evaluate(READ.replace("SITE", site)) == "not to be read"
        assert ("GET", "/api/stats", 200) in seen


@pytest.mark.browser
def test_a_page_that_cors_names_may_ask(
    sample_graph: Path, serving: Serving, elsewhere: Callable[..., str], page: Page
) -> None:
    where = urlsplit(elsewhere("http://127.0.0.1:1"))
    with serving(sample_graph, cors=[f"{where.scheme}://{where.netloc}"]) as site:
        page.goto(elsewhere(site))
        assert json.loads(page.evaluate(ASKED.replace("SITE", site)))["boolean"] is True
        assert "figures" in page.evaluate(READ.replace("SITE", site))


@pytest.mark.browser
def test_the_site_itself_may_do_all(address: str, page: Page) -> None:
    page.goto(f"{address}/sparql?query=ASK%7B%7D")
    posted = "() => fetch('/sparql', {method: 'POST', body: new URLSearchParams({query: 'ASK {}'})}).then(answer => answer.status)"
    assert page.evaluate(posted) == 200
    page.goto(f"{address}/check")
    page.fill("textarea[name=text]", "Kính gửi: Sở Nội vụ")
    with page.expect_navigation() as led:
        page.click("form[enctype] button:not([name])")
    assert led.value is not None and led.value.status == 200
