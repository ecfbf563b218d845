"""A graph behind an endpoint answers as it does in its folder; what is no answer is one line, and nobody else is ever asked."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rdflib.query import Result, ResultRow

from chidao.cli import main
from chidao.graph.answers.ask import questions
from chidao.graph.answers.graph import Graph
from chidao.graph.answers.network import to_networkx
from chidao.graph.answers.remote import RemoteGraph
from chidao.graph.dataset import open_graph
from chidao.graph.endpoint import Endpoint, EndpointError
from chidao.graph.sparql.pool import QueryError
from chidao.graph.write.build import build

REGISTER = """Số ký hiệu,Ngày ban hành,Cơ quan ban hành,Trích yếu
12/KH-UBND,05/3/2025,Ủy ban nhân dân tỉnh Bắc Ninh,Kế hoạch thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị
14/KH-SNV,09/3/2025,Sở Nội vụ tỉnh Bắc Ninh,Kế hoạch triển khai Kế hoạch số 12/KH-UBND ngày 05/3/2025 của Ủy ban nhân dân tỉnh Bắc Ninh
"""
GIVEN = {"document": "15-NQ/TW", "body": "Thành ủy Hà Nội", "text": "chuyển đổi số", "integer": "2022"}
"""What is typed for a parameter of each kind."""
DAY = "2026-06-01"


@pytest.fixture(scope="module")
def folder(samples: Path, law_cases: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of the samples, a register, and a decree with what amends it."""
    given = tmp_path_factory.mktemp("endpoint-files")
    (given / "register.csv").write_text(REGISTER, "utf-8")
    for name, text in law_cases["documents"].items():
        (given / f"{name}.txt").write_text(text, "utf-8")
    graph = tmp_path_factory.mktemp("endpoint-graph") / "graph"
    build([samples, given], graph, jobs=1)
    return graph


@pytest.fixture(scope="module")
def url(
    folder: Path, behind: Callable[..., AbstractContextManager[str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with behind(folder, tmp_path_factory.mktemp("endpoint-store"), "--union-default-graph") as address:
        yield address


@pytest.fixture(scope="module")
def both(folder: Path, url: str) -> tuple[Graph, RemoteGraph]:
    return Graph.open(folder), RemoteGraph.at(url)


ANSWERS: dict[str, Callable[[Graph], Any]] = {
    "implements": lambda g: g.implements("15-NQ/TW"),
    "chain": lambda g: g.implements("15-NQ/TW", chain=True),
    "a document": lambda g: g.show("15-NQ/TW"),
    "a body": lambda g: g.show("Thành ủy Hà Nội"),
    "a provision": lambda g: g.show("Điều 5 Nghị định 200/2025/NĐ-CP"),
    "status": lambda g: g.status("15-NQ/TW"),
    "coverage": lambda g: g.coverage(["15-NQ/TW", "57-NQ/TW"]),
    "tasks": lambda g: g.tasks(),
    "tasks of a body": lambda g: g.tasks(body="Sở Nội vụ thành phố Hà Nội"),
    "figures": lambda g: g.stats(),
    "timeline": lambda g: g.timeline("15-NQ/TW"),
    "found": lambda g: {hit.iri for hit in g.search("chuyen doi so").hits if hit.kind == "body"},
    "turtle of a document": lambda g: g.describe(g.document("15-NQ/TW").iri),
    "json of a body": lambda g: g.describe(g.body("Thành ủy Hà Nội"), "jsonld"),
    "turtle of what is not there": lambda g: g.describe("urn:x"),
    "edges": lambda g: sorted(g.network(bodies=True).edges(keys=True, data="certainty")),
    "evidence": lambda g: sorted(map(str, g.network().edges(data="evidence"))),
    "a select": lambda g: g.query("SELECT ?d ?l { ?d a chidao:Document ; rdfs:label ?l } ORDER BY ?d"),
    "some of its rows": lambda g: g.query("SELECT ?d { ?d a chidao:Document } ORDER BY ?d", rows=3),
    "a select as xml": lambda g: g.query("SELECT ?d { ?d a chidao:Document } ORDER BY ?d LIMIT 3", "xml"),
    "an ask": lambda g: g.query("ASK { ?d a chidao:Document }"),
    "a construct": lambda g: sorted(str(g.query("CONSTRUCT WHERE { ?d chidao:signer ?n }").document).splitlines()),
    "its rows": lambda g: sorted(map(str, g.query("CONSTRUCT WHERE { ?d chidao:signer ?n }", "json").rows)),
}


@pytest.mark.parametrize("what", ANSWERS)
def test_answers_are_the_same(both: tuple[Graph, RemoteGraph], what: str) -> None:
    here, there = map(ANSWERS[what], both)
    assert here == there


@pytest.mark.parametrize("name", questions())
def test_questions_have_the_same_answers(both: tuple[Graph, RemoteGraph], name: str) -> None:
    given = {p.name: GIVEN.get(p.kind, DAY) for p in questions()[name].params if p.required}
    here, there = (graph.ask(name, given) for graph in both)
    assert here == there


COMMANDS = (
    ["implements", "15-NQ/TW", "--evidence"], ["implements", "15-NQ/TW", "--tree", "--format", "json"], ["show", "15-NQ/TW"],
    ["ask", "most-cited"], ["query", "SELECT ?d { ?d a chidao:Document } ORDER BY ?d"], ["tasks", "--on", DAY],
    ["coverage", "15-NQ/TW", "--on", DAY], ["stats"], ["stats", "--files"],
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_commands_print_the_same(folder: Path, url: str, command: list[str]) -> None:
    here, there = (CliRunner().invoke(main, [*command, *at]) for at in (["--graph", str(folder)], ["--endpoint", url]))
    assert (here.exit_code, there.exit_code) == (0, 0), there.output
    assert here.stdout == there.stdout and (here.stdout or command[-1] == "--files")


def test_as_a_dataset(folder: Path, url: str) -> None:
    there, here = open_graph(endpoint=url), open_graph(folder)
    for text in (
        "SELECT ?d ?l { ?d a chidao:Document ; rdfs:label ?l } ORDER BY ?d", "ASK { ?d a chidao:Document }",
        "SELECT ?d ?n { ?d a chidao:Document . OPTIONAL { ?d chidao:number ?n } } ORDER BY ?d",
    ):  # fmt: skip
        assert _texts(there.query(text)) == _texts(here.query(text))
    made = "CONSTRUCT WHERE { ?d chidao:signer ?n }"
    assert set(there.query(made).graph or ()) == set(here.query(made).graph or ()) != set()
    assert set(to_networkx(there).nodes) == set(to_networkx(here).nodes)
    for refused in ("SELECT * { SERVICE <http://x.invalid/> { ?s ?p ?o } }", "SELECT * FROM <urn:x> { ?s ?p ?o }"):
        with pytest.raises(QueryError, match="refused"):
            there.query(refused)
    with pytest.raises(QueryError, match="updates"):
        there.update("CLEAR ALL")


def _texts(result: Result) -> list[list[str]]:
    return [list(map(str, row)) if isinstance(row, ResultRow) else [str(row)] for row in result]


def test_two_graphs_are_not_asked(url: str, folder: Path) -> None:
    result = CliRunner().invoke(main, ["stats", "--endpoint", url, "--graph", str(folder)])
    assert result.exit_code == 2 and "either --graph or --endpoint" in result.stderr


REFUSED = {
    "SELECT * { SERVICE <http://x.invalid/> { ?s ?p ?o } }": "outside",
    "SELECT * FROM <urn:x> { ?s ?p ?o }": "outside",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }": "update",
    "SELECT * { ?s ?p }": "malformed",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_refused_is_not_sent(visits: tuple[str, list[bytes]], text: str) -> None:
    address, seen = visits
    with pytest.raises(QueryError) as refused:
        RemoteGraph(Endpoint(address)).query(text)
    assert refused.value.why == REFUSED[text] and seen == []


@pytest.mark.parametrize(("kept", "options"), [(True, []), (False, ["--union-default-graph"])])
def test_what_is_no_graph_to_ask(
    behind: Callable[..., AbstractContextManager[str]], sample_graph: Path, tmp_path: Path, kept: bool, options: list[str]
) -> None:  # fmt: skip
    """One whose default graph is empty, and one in full, whose answers would hold things twice."""
    with behind(sample_graph, tmp_path, *options, kept=kept) as address:
        with pytest.raises(EndpointError, match="union of all named graphs" if kept else "--kept") as error:
            RemoteGraph.at(address)
        assert "\n" not in str(error.value) and address in str(error.value)


def test_a_server_that_tells_words_wrongly() -> None:
    held = b'{"head": {"vars": ["run", "full", "sound"]}, "results": {"bindings": [{"run": {"type": "uri", "value": "urn:run"}, '
    odd = (
        held
        + b'"sound": {"type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "0"}}]}}'
    )
    with _server(_said(odd)) as address, pytest.raises(EndpointError, match="compares Vietnamese words otherwise"):
        RemoteGraph.at(address)


def test_a_name_or_password_is_not_repeated() -> None:
    with pytest.raises(EndpointError) as error:
        Endpoint("http://user:secret@127.0.0.1/sparql")
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "odd", ["ftp://127.0.0.1/x", "file:///etc/passwd", "x", "http://", "http://a b/", "http://[/", "http://a:b/"]
)
def test_what_is_no_address(odd: str) -> None:
    with pytest.raises(EndpointError, match="http"):
        Endpoint(odd)


Reply = Callable[[http.server.BaseHTTPRequestHandler], None]


def _said(body: bytes, media: str = "application/sparql-results+json", status: int = 200, **headers: str) -> Reply:
    def reply(to: http.server.BaseHTTPRequestHandler) -> None:
        to.send_response(status)
        for name, value in ({"Content_Type": media, "Content_Length": str(len(body))} | headers).items():
            to.send_header(name.replace("_", "-"), value)
        to.end_headers()
        to.wfile.write(body)

    return reply


def _slow(to: http.server.BaseHTTPRequestHandler) -> None:
    to.send_response(200)
    to.send_header("Content-Type", "application/sparql-results+json")
    to.end_headers()
    for _ in range(100):
        to.wfile.write(b" ")
        to.wfile.flush()
        time.sleep(0.05)


def _cut_off(to: http.server.BaseHTTPRequestHandler) -> None:
    _said(b"{", Content_Length="999")(to)
    to.close_connection = True


EMPTY = b'{"head": {"vars": ["d"]}, "results": {"bindings": []}}'
FAULTS: dict[str, tuple[Reply, str]] = {
    "a fault of the server": (_said(b"out of memory\ntrace", "text/plain", 500), "status 500: out of memory"),
    "a fault with a page": (_said(b"<h1>no</h1>", "text/html", 502), "status 502"),
    "a page": (_said(b"<h1>Welcome</h1>", "text/html"), "no SPARQL endpoint: it answers with text/html"),
    "no JSON": (_said(b"{"), "does not answer as SPARQL"),
    "other JSON": (_said(b'{"hits": []}'), "does not answer as SPARQL"),
    "the answer to another question": (_said(b'{"head": {}, "boolean": true}'), "does not answer as SPARQL"),
    "a row that is none": (_said(EMPTY.replace(b"[]", b'[{"d": 1}]')), "does not answer as SPARQL"),
    "not found": (_said(b"", "text/plain", 404), "status 404"),
    "cut by a limit": (_said(EMPTY, X_SPARQL_MaxRows="10000"), "cuts answers at 10000 rows"),
    "broken off": (_cut_off, "broke off"),
    "too slow": (_slow, "did not answer within 0.5 seconds"),
    "letters that command a terminal": (_said(b"a\x1b[2Jb", "text/plain", 500), r"a\x1b[2Jb"),
}


@contextmanager
def _server(reply: Reply) -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            reply(self)

        def log_message(self, *said: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/sparql"
        server.shutdown()


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_no_answer_is_one_line(fault: str) -> None:
    reply, said = FAULTS[fault]
    with _server(reply) as address, pytest.raises(EndpointError) as error:
        list(Endpoint(address, time_limit=0.5).select("SELECT ?d { ?d a <urn:x> }"))
    assert said in str(error.value) and "\n" not in str(error.value) and address in str(error.value)


def test_nobody_there() -> None:
    with _server(_said(EMPTY)) as address:
        assert list(Endpoint(address).select("SELECT ?d { ?d a <urn:x> }")) == []
    result = CliRunner().invoke(main, ["stats", "--endpoint", address])
    assert result.exit_code == 1 and "cannot be reached" in result.stderr and result.stderr.count("\n") == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_query_is_not_sent_on(visits: tuple[str, list[bytes]], status: int) -> None:
    """A server that sends it to another, which nobody has named."""
    elsewhere, seen = visits
    with (
        _server(_said(b"", "text/plain", status, Location=elsewhere)) as address,
        pytest.raises(EndpointError) as error,
    ):
        list(Endpoint(address).select("SELECT ?d { ?d a <urn:x> }"))
    assert elsewhere in str(error.value) and seen == []


def test_no_other_module_has_a_network(root: Path) -> None:
    """What is asked of others is asked by the module of endpoints alone."""
    asking = ("urllib.request", "http.client", "import socket", "import httpx", "import requests", "from socket")
    found = {
        str(path.relative_to(root))
        for folder in ("extract", "graph", "ontology", "viz")
        for path in (root / folder).rglob("*.py")
        if "node_modules" not in path.parts and any(word in path.read_text("utf-8") for word in asking)
    }
    assert found == {
        "graph/endpoint.py",
        "viz/web/guard/hosts.py",
        "viz/web/serving/serve.py",
    }  # the last two know names, and listen
