"""A user's own SPARQL: answers in every form, and one line for what is malformed, writes or reaches outside."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph
import pytest

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.graph import Graph
from chidao.graph.write.build import build

CHIDAO = str(Path(sys.executable).with_name("chidao"))
SOURCES = "SELECT ?path WHERE { ?s a chidao:Source ; rdfs:label ?path }"


@pytest.fixture(scope="module")
def graph(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sparql") / "graph"
    build([samples / "03-chuong-trinh-16-ctr-tu.txt"], folder, jobs=1)
    return folder


@pytest.fixture(scope="module")
def asked(graph: Path) -> Iterator[Graph]:
    with Graph.open(graph) as opened:
        yield opened


def test_a_selection(asked: Graph) -> None:
    answer = asked.query(SOURCES)
    assert answer.columns == ("path",) and answer.document is None
    assert [Path(row["path"]).name for row in answer.rows] == ["03-chuong-trinh-16-ctr-tu.txt"]


def test_the_usual_prefixes_are_there_beside_the_query_s_own(asked: Graph) -> None:
    own = "PREFIX c: <https://w3id.org/chidao/ns#>\nSELECT ?s WHERE { ?s a c:Source }"
    assert len(asked.query(own).rows) == 1
    assert asked.query(own.replace("c:Source", "rdfs:Source")).rows == []
    other = "PREFIX rdfs: <https://w3id.org/chidao/ns#>\nSELECT ?s WHERE { ?s a rdfs:Source }"
    assert len(asked.query(other).rows) == 1


def test_a_name_may_hold_a_keyword_and_depth_has_an_end(asked: Graph) -> None:
    assert asked.query("PREFIX e: <http://e/> SELECT * WHERE { ?s e:a-from ?o ; e:b.service ?p }").rows == []
    with pytest.raises(ChidaoError, match="brackets"):
        asked.query("SELECT * WHERE " + "{" * 5000 + "}" * 5000)


def test_all_graphs_are_asked_together_and_each_alone(asked: Graph) -> None:
    apart = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert len(asked.query(apart).rows) == 2
    both = "ASK { ?file chidao:ownDocument ?d . ?d rdfs:label ?label }"
    assert asked.query(both).rows == [{"answer": "true"}]


def test_unbound_is_none(asked: Graph) -> None:
    assert asked.query("SELECT ?a ?b WHERE { BIND(1 AS ?a) }").rows == [{"a": "1", "b": None}]


@pytest.mark.parametrize(
    ("query", "answer"), [("ASK { ?s a chidao:Source }", "true"), ("ASK { ?s a chidao:No }", "false")]
)
def test_yes_and_no(query: str, answer: str, asked: Graph) -> None:
    assert asked.query(query).rows == [{"answer": answer}]
    assert ElementTree.fromstring(asked.query(query, "xml").document or "").findtext("{*}boolean") == answer


def test_a_selection_as_xml(asked: Graph) -> None:
    root = ElementTree.fromstring(asked.query(SOURCES, "xml").document or "")
    assert [v.get("name") for v in root.iter("{http://www.w3.org/2005/sparql-results#}variable")] == ["path"]


@pytest.mark.parametrize(
    ("format_", "rdf"),
    [
        ("table", pyoxigraph.RdfFormat.TURTLE),
        ("ttl", pyoxigraph.RdfFormat.TURTLE),
        ("xml", pyoxigraph.RdfFormat.RDF_XML),
    ],
)
@pytest.mark.parametrize("verb", ["CONSTRUCT { ?s a chidao:Source } WHERE", "DESCRIBE ?s WHERE"])
def test_a_graph(verb: str, format_: str, rdf: pyoxigraph.RdfFormat, asked: Graph) -> None:
    answer = asked.query(f"{verb} {{ ?s a chidao:Source }}", format_)
    assert any(
        q.object.value.endswith("ns#Source")
        for q in pyoxigraph.parse(answer.document or "", format=rdf)
        if not isinstance(q.object, pyoxigraph.Triple)
    )


def test_a_graph_as_rows(asked: Graph) -> None:
    answer = asked.query("CONSTRUCT { ?s a chidao:Source } WHERE { ?s a chidao:Source }", "csv")
    assert answer.columns == ("subject", "predicate", "object")
    assert answer.rows[0]["object"] == "https://w3id.org/chidao/ns#Source"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * WHERE { service silent <URL> { ?s ?p ?o } }",
        "SELECT * WHERE { BIND(<URL> AS ?e) SERVICE ?e { ?s ?p ?o } }",
        "PREFIX x: <URL> SELECT * WHERE { SERVICE x: { ?s ?p ?o } }",
        "SELECT * WHERE { SERVICE\n#\n<URL> { ?s ?p ?o } }",
        "SELECT * WHERE { { SELECT * WHERE {SERVICE<URL>{?s ?p ?o} } } }",
        "SELECT * FROM <URL> WHERE { ?s ?p ?o }",
        "SELECT * FROM NAMED <URL> WHERE { GRAPH ?g { ?s ?p ?o } }",
        "LOAD <URL>",
        "LOAD SILENT <URL> INTO GRAPH <URL>",
        "SELECT * WHERE { SERV\\u0049CE <URL> { ?s ?p ?o } }",
        "SELECT * WHERE { ?a ?b 'x' . SERVICE <URL> { ?s ?p ?o } . ?a ?b 'x' }",
        'SELECT * WHERE { ?a ?b """a"b""" . SERVICE <URL> { ?s ?p ?o } . ?a ?b """x""" }',
        "PREFIX e: <http://e/> SELECT * WHERE { ?s ?p e:a\\# } SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * WHERE { # x\r SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * WHERE { # it's\n SERVICE <URL> { ?s ?p ?o } # it's\n }",
        pytest.param(
            "SELECT * WHERE { BIND(1 AS ?a) BIND(2 AS ?b) FILTER(?a<?b#c>'''\n) SERVICE <URL> { ?s ?p ?o } #'''\n }"
        ),
    ],
)
def test_nothing_reaches_outside(query: str, visits: tuple[str, list[bytes]], asked: Graph) -> None:
    url, seen = visits
    with pytest.raises(ChidaoError) as caught:
        asked.query(query.replace("URL", url))
    assert "\n" not in str(caught.value)
    assert seen == []


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * WHERE { ?s rdfs:label "SERVICE <http://x> FROM" }',
        "SELECT ?from ?service WHERE { ?from a ?service }",
        "SELECT * WHERE { ?s a <http://example.org/FROM> }",
        "SELECT * WHERE { ?s a chidao:FROM } # FROM here",
        "PREFIX from: <http://x/> SELECT * WHERE { ?s a from:service }",
    ],
)
def test_a_word_in_a_string_or_name_is_no_keyword(query: str, asked: Graph) -> None:
    asked.query(query)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "insert data { <a:a> <a:b> 'SELECT' }",
        "DELETE WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "PREFIX a: <a:> DELETE DATA { a:a a:b a:c }",
        "CLEAR ALL",
        "DROP DEFAULT",
        "CREATE GRAPH <a:g>",
        "COPY DEFAULT TO <a:g>",
        "MOVE <a:g> TO <a:h>",
        "ADD <a:g> TO <a:h>",
    ],
)
def test_updates_are_refused(update: str, asked: Graph) -> None:
    before = len(asked.store.rdf)
    with pytest.raises(ChidaoError, match="updates are refused"):
        asked.query(update)
    assert len(asked.store.rdf) == before


def test_an_update_around_a_selection_is_refused_too(asked: Graph) -> None:
    with pytest.raises(ChidaoError):
        asked.query("INSERT { ?s a ?o } WHERE { SELECT ?s ?o { ?s a ?o } }")


# the query, the line of the user's own text that the message names
MALFORMED = [
    ("SELEKT * WHERE { ?s ?p ?o }", 1),
    ("", 1),
    ("SELECT * WHERE { ?s ?p", 1),
    ("SELECT *\nWHERE {\n  ?s ?p ?o .\n  ?s ?? ?o\n}", 4),
    ("PREFIX x: <http://x/>\nSELECT *\nWHERE { ?s y:p ?o }", 3),
    ("SELECT ?s WHERE { ?s ?p ?o } GROUP BY", 1),
    ("\x00", 1),
]


@pytest.mark.parametrize(("query", "line"), MALFORMED)
def test_a_malformed_query_says_where(query: str, line: int, asked: Graph) -> None:
    with pytest.raises(ChidaoError, match=rf"^my\.rq: malformed query: at line {line}, column \d+") as caught:
        asked.query(query, path="my.rq")
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 400


def test_ttl_is_for_graphs(asked: Graph) -> None:
    with pytest.raises(ChidaoError, match="CONSTRUCT and DESCRIBE"):
        asked.query(SOURCES, "ttl")


def chidao(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([CHIDAO, *arguments], input=stdin, capture_output=True)


@pytest.mark.slow
@pytest.mark.parametrize("way", ["text", "file", "standard input"])
def test_a_query_comes_in_three_ways(way: str, graph: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(SOURCES, encoding="utf-8")
    given = {"text": SOURCES, "file": str(tmp_path / "q.rq"), "standard input": "-"}[way]
    done = chidao("query", given, "--graph", str(graph), "--format", "json", stdin=SOURCES.encode())
    assert done.returncode == 0 and done.stderr == b""
    assert [Path(row["path"]).name for row in json.loads(done.stdout)] == ["03-chuong-trinh-16-ctr-tu.txt"]


# arguments (GRAPH is the graph), standard input, exit code, what the one line says
BAD: list[tuple[list[str], bytes, int, str]] = [
    (["query", "SELEKT", "--graph", "GRAPH"], b"", 1, "malformed query: at line 1"),
    (["query", "-", "--graph", "GRAPH"], b"SELECT", 1, "standard input: malformed query"),
    (["query", "-", "--graph", "GRAPH"], b"\xff\xfe\xff", 1, "standard input"),
    (["query", "no-such.rq", "--graph", "GRAPH"], b"", 1, "no-such.rq: no such file"),
    (["query", "ASK {}", "--graph", "no-such-graph"], b"", 1, "no-such-graph: no graph here"),
    (["implements", "999-NQ/TW", "--graph", "GRAPH"], b"", 1, "no document here is called '999-NQ/TW'"),
    (["implements", "15-NQ/TW", "--graph", "no-such-graph"], b"", 1, "no graph here"),
    (["show", "Sở Không có", "--graph", "GRAPH"], b"", 1, "no document here"),
    (["ask", "nothing", "--graph", "GRAPH"], b"", 1, "no question is called"),
    (["ask", "chain", "--graph", "GRAPH"], b"", 1, "needs --param directive"),
    (["ask", "chain", "--param", "directive", "--graph", "GRAPH"], b"", 2, "NAME=VALUE"),
    (["implements", "--graph", "GRAPH"], b"", 2, "Missing argument"),
    (["implements", "15-NQ/TW", "--format", "pdf", "--graph", "GRAPH"], b"", 2, "pdf"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("arguments", "stdin", "code", "says"), BAD)
def test_bad_input_is_one_line(arguments: list[str], stdin: bytes, code: int, says: str, graph: Path) -> None:
    done = chidao(*(str(graph) if a == "GRAPH" else a for a in arguments), stdin=stdin)
    message = done.stderr.decode()
    assert done.returncode == code and done.stdout == b""
    assert says in message and "Traceback" not in message
    assert code == 2 or re.fullmatch(r"chidao: [^\n]+\n", message)
