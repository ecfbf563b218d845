"""What documents hold stays text on every page; what visitors type leads nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from pyoxigraph import Quad, Store, parse
from starlette.testclient import TestClient

from chidao.extract.resolved import Body, Corpus, Document
from chidao.graph.answers.describe import FORMS
from chidao.graph.store import Folder
from chidao.graph.write.build import build
from chidao.graph.write.quads import resolved_quads
from chidao.graph.write.terms import Names
from chidao.viz.web.serving.app import make_app

NASTY = '<script>window.hacked=1</script><img src=x onerror="window.hacked=1">\' "><svg/onload=window.hacked=1> {{7*7}} \u2028\u202e javascript:window.hacked=1 </script>'
KEY = "vn/nghi-quyet/<script>alert(1)</script>\"'/15"
BODY = "ha-noi/<b>co-quan</b>"


def nasty_corpus() -> Corpus:
    """One document and one body whose every value means harm, which no extractor would give."""
    document = Document(
        key=KEY, kind="named", type=NASTY, number=NASTY, symbol=NASTY, year=None, date="2025-01-02", issuer=NASTY, issuer_key=BODY,
        title=NASTY, scope="ha-noi", level="central", dates=("2025-01-02", "2025-02-03"), issuers=(NASTY, "khác"), candidates=(KEY,),
        why=NASTY, name=NASTY,
    )  # fmt: skip
    body = Body(BODY, NASTY, "ha-noi", "province", "state")
    return Corpus((), {KEY: document}, {BODY: body})


@pytest.fixture(scope="module")
def nasty(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of the samples, under file names that mean harm, and of one document and body that do."""
    folder = tmp_path_factory.mktemp("nasty")
    files = folder / "tệp <script>window.hacked=1<" / "x"
    files.mkdir(parents=True)
    for path in samples.iterdir():
        name = '"><img src=x onerror=window.hacked=1>.txt' if path.name.startswith("03") else path.name
        (files / name).write_bytes(path.read_bytes())
    build([files], folder / "graph", jobs=1)
    graph = Folder(folder / "graph")
    store = Store(str(graph.current()))
    store.extend(list(_quads()))
    store.flush()
    held = len(store)
    del store
    graph.publish(graph.current(), held)
    return folder / "graph"


def _quads() -> Iterator[Quad]:
    yield from resolved_quads(nasty_corpus(), Names())


@pytest.fixture(scope="module")
def client(nasty: Path) -> Iterator[TestClient]:
    with TestClient(make_app(nasty), follow_redirects=False) as found:
        yield found


def paths(nasty: Path) -> list[str]:
    names = Names()
    document, body = names.document(KEY).value, names.body(BODY).value
    return [
        "/", "/search", f"/search?q={quote('script window hacked')}", document.replace(names.base, "/"), body.replace(names.base, "/"),
        f"/coverage?ref={quote(document)}", f"/coverage?ref={quote(document)}&level=central", f"/timeline?ref={quote(document)}",
        f"/progress?ref={quote(document)}", f"/progress?ref={quote(document)}&level=central", f"/progress?ref={quote(NASTY)}", "/progress",
        "/document/vn/nghi-quyet/15-nq-tw/2022", "/document/ha-noi/chuong-trinh/16-ctr-tu/2022", "/tasks",
        f"/tasks?document={quote(document)}", f"/graph?iri={quote(document)}", "/graph", "/questions/most-cited",
        f"/questions/not-implemented?x={quote(NASTY)}", f"/search?q={quote(NASTY)}", f"/coverage?ref={quote(NASTY)}", f"/{quote(NASTY)}",
        f"/questions/{quote(NASTY)}", f"/sparql?query={quote('SELECT * WHERE { ?s rdfs:label ?o }')}&format=html",
        f"/sparql?query={quote(NASTY)}", f"/check?x={quote(NASTY)}",
    ]  # fmt: skip


class Elements(HTMLParser):
    """The elements of a page and their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_no_value_becomes_markup(client: TestClient, nasty: Path) -> None:
    for path in paths(nasty):
        answer = client.get(path, headers={"accept": "text/html"})
        assert answer.status_code < 500, path
        for tag, attributes in Elements(answer.text).found:
            assert tag not in ("img", "b", "svg/onload"), (path, tag)
            assert not [name for name in attributes if name.startswith("on")], (path, tag, attributes)
            if tag == "script":
                assert "src" in attributes or attributes.get("type") == "application/json", (path, attributes)
            for name in ("href", "src", "action"):
                assert not (attributes.get(name) or "").lower().lstrip().startswith(("javascript:", "data:text")), (
                    path,
                    attributes,
                )


def test_values_are_no_templates(client: TestClient, nasty: Path) -> None:
    page = client.get(paths(nasty)[3]).text
    assert page.count("{{7*7}}") > 3
    assert "> 49 " not in page


@pytest.mark.browser
def test_nothing_runs_in_a_browser(browser: Browser, nasty: Path, serving: Any) -> None:
    with serving(nasty) as address:
        context = browser.new_context()
        page = context.new_page()
        outside: list[str] = []
        page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else outside.append(r.url))
        for path in paths(nasty):
            page.goto(address + path)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("window.hacked") is None, path
        page.goto(address + "/")
        page.fill("main input[name=q]", "script window hacked")
        page.wait_for_selector("[role=option]")
        assert page.evaluate("window.hacked") is None
        assert not outside
        context.close()


def test_values_in_json_stay_strings(client: TestClient) -> None:
    answer = client.get("/api/search", params={"q": "script window hacked"})
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert any(hit["label"] == NASTY for hit in answer.json()["hits"])


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld", "rdf"])
def test_triples_read_back(client: TestClient, form: str) -> None:
    names = Names()
    document = names.document(KEY).value
    data = client.get(f"{document.replace(names.base, '/')}.{form}").content
    found = {
        t.object.value
        for t in parse(data, format=FORMS[form][1])
        if t.subject.value == document and t.predicate.value.endswith("#label")
    }
    assert found == {NASTY}


TRAVERSAL = [
    "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/%2e%2e%2f%2e%2e%2fpyproject.toml", "/static//etc/passwd",
    "/static/....//app.py", "/static/%00", "/document/../../etc/passwd", "/document/%2e%2e/%2e%2e/etc/passwd", "/body/%2fetc%2fpasswd",
    "/document/", "/document", "/body/%ff%fe", "/static/..\\app.py",
]  # fmt: skip


@pytest.mark.parametrize("path", TRAVERSAL)
def test_no_path_leaves_the_site(site: TestClient, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code in (404, 405, 307), path
    assert "root:" not in answer.text
    assert "import" not in answer.text


@pytest.mark.parametrize(
    "back",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/\tevil",
        "javascript:alert(1)",
        "\\\\evil",
        "/\n/evil",
    ],
)
def test_a_language_leads_back_here_only(site: TestClient, back: str) -> None:
    answer = site.get("/language/en", params={"next": back})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize("back", ["%2f%2fevil", "/%5cevil", "%252f%252fevil", "%2Fdocument%0d%0aSet-Cookie:x"])
def test_what_is_written_in_percent_leads_back_here_too(site: TestClient, back: str) -> None:
    location = site.get(f"/language/en?next={back}").headers["location"]
    assert location == "/"


@pytest.mark.parametrize(
    "path", ["/", "/tasks", "/document/vn/nghi-quyet/15-nq-tw/2022", "/static/site.js", "/api/stats", "/nothing"]
)
def test_head_is_get_without_a_body(site: TestClient, path: str) -> None:
    head, get = site.head(path), site.get(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["content-type"] == get.headers["content-type"]
    assert "content-security-policy" in head.headers


def test_a_language_is_one_of_two(site: TestClient) -> None:
    assert site.get("/language/fr").status_code == 404
    kept = site.get("/language/en", params={"next": "/tasks?body=x"})
    assert kept.headers["location"] == "/tasks?body=x"
    assert "HttpOnly" in kept.headers["set-cookie"]
    assert 'lang="vi"' in site.get("/", headers={"cookie": "chidao-language=<script>"}).text


ANSWERS: list[tuple[str, Callable[[TestClient], Any]]] = [
    ("page", lambda c: c.get("/")), ("404", lambda c: c.get("/nothing")), ("405", lambda c: c.post("/tasks")),
    ("static", lambda c: c.get("/static/site.js")), ("api", lambda c: c.get("/api/stats")), ("api error", lambda c: c.get("/api/nothing")),
    ("turtle", lambda c: c.get("/document/vn/nghi-quyet/15-nq-tw/2022.ttl")), ("redirect", lambda c: c.get("/language/en")),
    ("sparql", lambda c: c.get("/sparql?query=ASK{}")), ("upload", lambda c: c.post("/check", data={"text": ""})),
]  # fmt: skip


@pytest.mark.parametrize(("name", "ask"), ANSWERS, ids=[name for name, _ in ANSWERS])
def test_every_answer_is_guarded(site: TestClient, name: str, ask: Callable[[TestClient], Any]) -> None:
    headers = ask(site).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


def test_only_named_origins_may_read(sample_graph: Path) -> None:
    app = make_app(sample_graph, cors=["https://a.example"])
    with TestClient(app) as client:
        assert (
            client.get("/api/stats", headers={"origin": "https://a.example"}).headers["access-control-allow-origin"]
            == "https://a.example"
        )
        assert (
            "access-control-allow-origin"
            not in client.get("/api/stats", headers={"origin": "https://b.example"}).headers
        )


def test_a_fault_of_ours_tells_nothing(sample_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("chidao.viz.web.pages.home_page.home", fail)
    with TestClient(make_app(sample_graph), raise_server_exceptions=False) as client:
        answer = client.get("/")
    assert (answer.status_code, answer.text) == (500, "internal error\n")


@settings(max_examples=80)
@given(path=st.text(max_size=60), accept=st.text(st.characters(max_codepoint=126, min_codepoint=32), max_size=30))
def test_odd_paths_are_answered(path: str, accept: str) -> None:
    answer = _site().get("/" + quote(path.encode("utf-8", "replace")), headers={"accept": accept})
    assert answer.status_code < 500


_kept: list[TestClient] = []


def _site() -> TestClient:
    return _kept[0]


@pytest.fixture(autouse=True)
def _keep(site: TestClient) -> None:
    _kept[:] = [site]
