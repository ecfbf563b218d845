"""Queries in processes of their own: answers, what ends them, and that the next one is answered."""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.graph import worker
from chidao.graph.pool import NOBODY, Client, Pool, Unanswered
from chidao.graph.seal import mark, seal
from chidao.graph.sparql.pool import QueryError, Workers
from chidao.graph.sparql.safety import Refused, query, screened
from chidao.graph.worker import read_frame, serve, write_frame

XSD = "http://www.w3.org/2001/XMLSchema#"
FEW = "SELECT ?s WHERE { ?s a <http://e/Thing> } ORDER BY ?s"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
_DOUBLED = " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(24))
EXPLODES = f"SELECT (STRLEN(?x24) AS ?n) WHERE {{ BIND('{'a' * 1000}' AS ?x0) {_DOUBLED} }}"
SORTS = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f"

Wait = Callable[[Callable[[], object]], None]


def make(path: Path, things: int = 300, name: str = "thing") -> Path:
    """A store of two named graphs: so many things in one, a label in the other."""
    store = pyoxigraph.Store(str(path))
    graph, other = pyoxigraph.NamedNode("http://e/g/1"), pyoxigraph.NamedNode("http://e/g/2")
    kind, thing = (
        pyoxigraph.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
        pyoxigraph.NamedNode("http://e/Thing"),
    )
    store.bulk_extend(
        pyoxigraph.Quad(pyoxigraph.NamedNode(f"http://e/{name}/{i}"), kind, thing, graph) for i in range(things)
    )
    label = pyoxigraph.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    store.add(
        pyoxigraph.Quad(
            pyoxigraph.NamedNode(f"http://e/{name}/0"),
            label,
            pyoxigraph.Literal("Nghị quyết <số> 1", language="vi"),
            other,
        )
    )
    store.flush()
    held = len(store)
    del store
    seal(path, held, None)
    return path


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("worker") / "0001")


@pytest.fixture(scope="module")
def workers(store: Path) -> Iterator[Workers]:
    made = Workers(lambda: store, time_limit=20, max_bytes=1 << 20)
    yield made
    made.close()


def count(workers: Workers, text: str, **how: Any) -> int:
    return len(json.loads(workers.ask(text, **how).body)["results"]["bindings"])


@pytest.mark.parametrize(
    ("text", "how", "kind", "media", "begins"),
    [
        ("ASK { ?s a <http://e/Thing> }", {}, "ask", "application/sparql-results+json", b'{"head"'),
        (FEW, {"results": "xml"}, "select", "application/sparql-results+xml", b"<?xml"),
        (FEW, {"results": "csv"}, "select", "text/csv; charset=utf-8", b"s\r\nhttp://e/thing/0\r\n"),
        (FEW, {"results": "tsv"}, "select", "text/tab-separated-values; charset=utf-8", b"?s\n<http://e/thing/0>\n"),
        ("CONSTRUCT WHERE { ?s rdfs:label ?o }", {}, "graph", "text/turtle; charset=utf-8", b"@prefix"),
        (
            "CONSTRUCT WHERE { ?s rdfs:label ?o }",
            {"graph": "nt"},
            "graph",
            "application/n-triples",
            b"<http://e/thing/0>",
        ),
        ("CONSTRUCT WHERE { ?s rdfs:label ?o }", {"graph": "jsonld"}, "graph", "application/ld+json", b""),
        ("DESCRIBE <http://e/thing/0>", {"graph": "rdf"}, "graph", "application/rdf+xml", b"<?xml"),
    ],
)
def test_an_answer_in_each_form(
    workers: Workers, text: str, how: dict[str, Any], kind: str, media: str, begins: bytes
) -> None:
    reply = workers.ask(text, **how)
    assert (reply.kind, reply.media) == (kind, media) and reply.body.startswith(begins)


def test_rows_stop_where_they_are_asked_to(workers: Workers) -> None:
    first = json.loads(workers.ask(FEW, results="rows", rows=2).body)
    assert first["columns"] == ["s"] and first["more"] is True and len(first["rows"]) == 2
    assert first["rows"][0] == [{"type": "uri", "value": "http://e/thing/0"}]
    whole = json.loads(workers.ask(FEW, results="rows", rows=300).body)
    assert len(whole["rows"]) == 300 and whole["more"] is False
    told = json.loads(workers.ask("SELECT ?a ?b ?c { ?x rdfs:label ?a BIND(1 AS ?b) }", results="rows").body)
    assert told["rows"] == [[
        {"type": "literal", "value": "Nghị quyết <số> 1", "xml:lang": "vi"},
        {"type": "literal", "value": "1", "datatype": f"{XSD}integer"}, None,
    ]]  # fmt: skip
    triples = json.loads(workers.ask("CONSTRUCT WHERE { ?s rdfs:label ?o }", graph="rows").body)
    assert triples["columns"] == ["subject", "predicate", "object"] and len(triples["rows"]) == 1
    assert json.loads(workers.ask("ASK {}", results="rows").body)["rows"] == [[{"type": "literal", "value": "true"}]]


# dataset given beside the query, in the query -> how many things, labels, and triples under GRAPH are seen
DATASETS: list[tuple[tuple[str, ...], tuple[str, ...], str, tuple[int, int, int]]] = [
    ((), (), "", (300, 1, 301)),
    (("http://e/g/1",), (), "", (300, 0, 0)),
    (("http://e/g/2",), (), "", (0, 1, 0)),
    (("http://e/g/1", "http://e/g/2"), (), "", (300, 1, 0)),
    ((), ("http://e/g/2",), "", (0, 0, 1)),
    (("http://e/g/1",), ("http://e/g/2",), "", (300, 0, 1)),
    ((), (), "FROM <http://e/g/1>", (300, 0, 0)),
    ((), (), "from <http://e/g/1> FROM NAMED <http://e/g/2>", (300, 0, 1)),
    ((), (), "FROM NAMED <http://e/g/1>", (0, 0, 300)),
    ((), (), "FROM # why not\n g:2", (0, 1, 0)),
    ((), (), "FROM <1>", (300, 0, 0)),
    (("http://e/g/2",), (), "FROM <http://e/g/1>", (0, 1, 0)),
    (("http://e/g/2",), (), "FROM <http://elsewhere/>", (0, 1, 0)),
]


@pytest.mark.parametrize(("default", "named", "clause", "seen"), DATASETS)
def test_which_graphs_are_asked(
    workers: Workers, default: tuple[str, ...], named: tuple[str, ...], clause: str, seen: tuple[int, int, int]
) -> None:
    text = f"""BASE <http://e/g/x> PREFIX g: <http://e/g/>
        SELECT (COUNT(?t) AS ?things) (COUNT(?l) AS ?labels) (COUNT(?n) AS ?inside) {clause} WHERE {{
            {{ ?t a <http://e/Thing> }} UNION {{ ?x rdfs:label ?l }} UNION {{ GRAPH ?g {{ ?n ?p ?o }} }} }}"""
    reply = workers.ask(text, results="csv", default_graphs=default, named_graphs=named)
    assert reply.body.decode().split("\r\n")[1] == ",".join(map(str, seen))


# the query -> why it has no answer, and what is said
REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    ("SELEKT", {}, "malformed", "malformed query: at line 1, column"),
    ("SELECT *\nWHERE {\n ?s ?? ?o }", {}, "malformed", "at line 3, column"),
    ("PREFIX y: <b:c>\nSELECT * { ?s x:p ?o ; y:q chidao:z }", {}, "malformed", "(not declared: PREFIX x:)"),
    ("INSERT DATA { <a:a> <a:b> <a:c> }", {}, "update", "updates are refused"),
    ("LOAD <http://127.0.0.1:9/x>", {}, "update", "updates are refused"),
    ("SELECT * { SERVICE <http://127.0.0.1:9/x> { ?s ?p ?o } }", {}, "outside", "SERVICE is refused"),
    ("SELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }", {}, "outside", "nothing is fetched"),
    ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", {}, "outside", "nothing is fetched"),
    ("SELECT * FROM NAMED <http://e/g/3> { ?s ?p ?o }", {}, "outside", "no graph here is called <http://e/g/3>"),
    ("ASK {}", {"default_graphs": ["http://e/g/3"]}, "outside", "no graph here is called"),
    ("ASK {}", {"named_graphs": ["no iri"]}, "malformed", "not the IRI of a graph: 'no iri'"),
    ("SELECT * FROM nowhere:x { ?s ?p ?o }", {}, "malformed", "malformed query"),
    ("SELECT * FROM { ?s ?p ?o }", {}, "malformed", "malformed query"),
    ("ASK {}", {"results": None}, "form", "SELECT and ASK give results"),
    ("CONSTRUCT WHERE { ?s ?p ?o }", {"graph": None}, "form", "CONSTRUCT and DESCRIBE give a graph"),
    ("ASK " + "{" * 9999 + "}" * 9999, {}, "malformed", "brackets"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "how", "why", "says"), REFUSED, ids=[r[0][:40] for r in REFUSED])
def test_what_is_not_answered(workers: Workers, text: str, how: dict[str, Any], why: str, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        workers.ask(text, **how)
    assert caught.value.why == why and says in str(caught.value) and "\n" not in str(caught.value)


def test_a_dataset_clause_is_read_as_the_engine_reads_it() -> None:
    assert screened("SELECT * { ?s ?p 'FROM <http://x/>' } # FROM <http://y/>").default is None
    assert screened("PREFIX from: <http://x/> SELECT ?from { ?from from:NAMED ?o }").default is None
    scope = screened("PREFIX g: <http://e/g/> SELECT (1 AS ?x) FROM g:a FROM NAMED<b:c>FROM <d:\\u0065> { }")
    assert (scope.default, scope.named) == (("http://e/g/a", "d:e"), ("b:c",))
    with pytest.raises(Refused):
        query(pyoxigraph.Store(), "SELECT * FROM <http://x/> {}")


def test_an_answer_is_whole_or_none(store: Path) -> None:
    small = Workers(lambda: store, size=1, max_bytes=5000)
    try:
        for form in ("json", "xml", "csv", "tsv", "rows"):
            with pytest.raises(QueryError, match="larger than 5000 bytes; ask for less of it with LIMIT") as caught:
                small.ask(FEW, results=form)
            assert caught.value.why == "large"
        with pytest.raises(QueryError, match="LIMIT"):
            small.ask("CONSTRUCT WHERE { ?s a ?o }")
        assert len(small.ask(FEW + " LIMIT 20").body) < 5000
    finally:
        small.close()


def test_a_query_that_takes_too_long_is_killed_and_the_next_is_answered(store: Path, wait_until: Wait) -> None:
    workers = Workers(lambda: store, size=1, time_limit=0.6)

    def answered() -> bool:
        """Where a machine is slow, the start of a worker alone may take longer."""
        try:
            return count(workers, FEW) == 300
        except QueryError:
            return False

    try:
        wait_until(answered)
        with pytest.raises(QueryError, match="longer than 0.6 seconds") as caught:
            workers.ask(ENDLESS)
        assert caught.value.why == "time"
        wait_until(answered)
    finally:
        workers.close()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is limited on Linux")
@pytest.mark.parametrize("text", [EXPLODES, SORTS], ids=["one value", "sorting"])
def test_memory_has_an_end(store: Path, text: str) -> None:
    workers = Workers(lambda: store, size=1, time_limit=60, max_memory=100 << 20)
    try:
        with pytest.raises(QueryError, match="more than 100 MB of memory") as caught:
            workers.ask(text)
        assert caught.value.why == "memory"
        assert count(workers, FEW) == 300
    finally:
        workers.close()


def test_a_caller_that_leaves_frees_its_worker(store: Path) -> None:
    """Were it not so, the last query would find no worker within the limit."""
    workers = Workers(lambda: store, size=1, time_limit=60)

    async def leave() -> None:
        waits = asyncio.ensure_future(workers.query(ENDLESS))
        behind = asyncio.ensure_future(workers.query(ENDLESS))
        await asyncio.sleep(0.3)
        behind.cancel()  # it never ran
        waits.cancel()
        assert json.loads((await workers.query(FEW)).body)["results"]["bindings"]

    try:
        asyncio.run(leave())
    finally:
        workers.close()


def test_beyond_a_number_queries_are_sent_away(store: Path, wait_until: Wait) -> None:
    """One runs and two wait, the others are told at once."""
    workers = Workers(lambda: store, size=1, time_limit=600, max_waiting=2)
    said: list[str] = []

    def ask() -> None:
        try:
            workers.ask(ENDLESS)
        except QueryError as error:
            said.append(str(error))

    workers.ask("ASK {}")
    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    wait_until(lambda: len(said) >= 3)
    workers.close()
    for thread in threads:
        thread.join()
    # Of six, one ran and two waited; or two waited before the worker had taken the first.
    assert len(said) == 6 and sum("too many queries at once" in text for text in said) in (3, 4)


def test_many_at_once_each_get_their_own_answer(workers: Workers) -> None:
    async def ask(number: int) -> None:
        for i in range(20):
            reply = await workers.query(f"SELECT (<http://e/{number}/{i}> AS ?x) {{}}", results="csv")
            assert reply.body == f"x\r\nhttp://e/{number}/{i}\r\n".encode()

    async def all_of_them() -> None:
        await asyncio.gather(*(ask(n) for n in range(16)))

    asyncio.run(all_of_them())
    asyncio.run(all_of_them())  # the same workers serve another event loop


def test_the_next_generation_is_asked_as_soon_as_it_is_there(tmp_path: Path) -> None:
    current = [make(tmp_path / "0001", 3, "old")]
    workers = Workers(lambda: current[0], size=2)
    try:
        assert count(workers, FEW) == 3
        current[0] = make(tmp_path / "0002", 5, "new")
        assert count(workers, FEW) == 5
        for file in current[0].iterdir():  # a graph that is made afresh may have the name of another one
            file.unlink()
        current[0].rmdir()
        make(tmp_path / "0002", 7, "fresh")
        assert count(workers, FEW) == 7
        current[0] = tmp_path / "0003"
        with pytest.raises(QueryError, match="build it anew") as caught:
            workers.ask(FEW)
        assert caught.value.why == "damaged"
        current[0] = tmp_path / "0001"
        assert count(workers, FEW) == 3
    finally:
        workers.close()


def test_a_store_that_is_not_there_costs_nobody_a_worker(store: Path, tmp_path: Path) -> None:
    current = [store]
    workers = Workers(lambda: current[0], size=1, time_limit=0.5)
    try:
        assert count(workers, FEW) == 300
        current[0] = tmp_path / "0009"
        with pytest.raises(QueryError, match="build it anew"):
            workers.ask(FEW)
        current[0] = store
        time.sleep(0.7)  # the time of the query that failed is over
        assert count(workers, FEW) == 300
    finally:
        workers.close()


def test_closing_ends_what_runs_and_what_waits(store: Path) -> None:
    workers = Workers(lambda: store, size=1, time_limit=60)
    said: list[str] = []

    def ask() -> None:
        try:
            workers.ask(ENDLESS)
        except QueryError as error:
            said.append(error.why)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    workers.close()
    for thread in threads:
        thread.join()
    assert said == ["busy"] * 3
    with pytest.raises(QueryError, match="stopping"):
        workers.ask(FEW)


def test_a_worker_starts_without_what_it_does_not_need() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, chidao.graph.sparql.process; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "pyoxigraph" in loaded
    assert not {"rdflib", "spacy", "networkx", "pyparsing", "chidao.extract", "starlette"} & set(loaded)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("limit", "code", "says"),
    [("0.3", 1, "chidao: the query took longer than 0.3 seconds and was ended\n"), ("0", 2, "--time-limit")],
)
def test_the_command_has_a_time_limit_too(store: Path, tmp_path: Path, limit: str, code: int, says: str) -> None:
    folder = tmp_path / "graph"
    (folder / "generations").mkdir(parents=True)
    (folder / "generations" / "0001").symlink_to(store)
    (folder / "current").write_text(f"0001 {mark(store)}")
    chidao = str(Path(sys.executable).with_name("chidao"))
    command = [chidao, "query", ENDLESS, "--graph", str(folder), "--time-limit", limit]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == code and done.stdout == "" and says in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes do not tell whether a question is there")
def test_a_process_does_meanwhile_what_no_question_waits_for(tmp_path: Path, wait_until: Wait) -> None:
    gate = tmp_path / "go"
    gate.touch()
    pool = Pool(lambda: [sys.executable, "-c", MEANWHILE, str(gate)], 1, 600)
    try:
        wait_until(lambda: pool.ask({})[0]["made"] == [0, 1, 2])
        assert pool.ask({})[0] == {"made": [0, 1, 2]}
    finally:
        pool.close()


def test_a_question_that_is_there_comes_first(tmp_path: Path) -> None:
    asked, said = io.BytesIO(), io.BytesIO()
    with tempfile.TemporaryFile() as questions:
        write_frame(asked, {"seconds": 0})
        questions.write(asked.getvalue())
        questions.seek(0)
        done: list[int] = []

        def steps() -> Iterator[None]:
            for step in range(9):
                done.append(step)
                yield

        serve((questions, said), lambda asked, body: ({"done": len(done)}, b""), meanwhile=steps())
    said.seek(0)
    assert read_frame(said) == ({"done": 0}, b"") and read_frame(said) is None


@pytest.mark.parametrize(("long", "given"), [(-1.0, [1, 2]), (float("inf"), [])])
def test_behind_a_long_answer_the_system_has_what_was_freed(
    monkeypatch: pytest.MonkeyPatch, long: float, given: list[int]
) -> None:
    """When it is written: nobody waits for that."""
    written: list[int] = []
    asked, said = io.BytesIO(), io.BytesIO()
    for _ in range(2):
        write_frame(asked, {"seconds": 0})
    monkeypatch.setattr(worker, "LONG", long)
    monkeypatch.setattr(worker, "give_back", lambda: written.append(said.getvalue().count(b"done")))
    serve((io.BytesIO(asked.getvalue()), said), lambda asked, body: ({"done": 1}, b""))
    assert written == given
    monkeypatch.undo()
    worker.give_back()  # whatever the C library


# Clients take turns

WAITS = """
import pathlib, time
from chidao.graph.worker import pipes, serve

def answer(asked, body):
    while asked["until"] and not pathlib.Path(asked["until"]).exists():
        time.sleep(0.01)
    return {"said": asked["name"]}, body

serve(pipes(), answer)
"""
QUICK = {"until": ""}
MEANWHILE = """
import pathlib, sys, time
from chidao.graph.worker import pipes, serve

def steps():
    for step in range(3):
        made.append(step)
        yield
        while step == 1 and not pathlib.Path(sys.argv[1]).exists():  # a long one
            time.sleep(0.01)

made = []
serve(pipes(), lambda asked, body: ({"made": made}, b""), meanwhile=steps())
"""


def waiting_pool(size: int, **how: Any) -> Pool:
    """Processes that answer when a file is there."""
    return Pool(lambda: [sys.executable, "-c", WAITS], size, 600, **how)


async def began(pool: Pool) -> None:
    while not pool._running:
        await asyncio.sleep(0.01)


def test_who_was_served_least_lately_is_next(tmp_path: Path) -> None:
    pool, order, gate = waiting_pool(1), [], tmp_path / "go"
    clients = [
        Client("1", "a"),
        Client("1", "a"),
        Client("1", "a"),
        Client("1", "b"),
        Client("2", "a"),
        Client("2", "a"),
    ]

    async def ask(number: int, client: Client) -> None:
        head, _ = await pool.answer(QUICK | {"name": f"{''.join(client)}-{number}"}, client=client)
        order.append(head["said"])

    async def all_of_them() -> None:
        first = asyncio.ensure_future(pool.answer({"until": str(gate), "name": "first"}, client=Client("1", "a")))
        await began(pool)
        others = [asyncio.ensure_future(ask(number, client)) for number, client in enumerate(clients)]
        await asyncio.sleep(0)
        gate.touch()
        await asyncio.gather(first, *others)

    try:
        asyncio.run(all_of_them())
    finally:
        pool.close()
    assert order == ["2a-4", "1b-3", "2a-5", "1a-0", "1a-1", "1a-2"]


def test_forty_slow_questions_of_one_client_do_not_hold_up_another(tmp_path: Path, wait_until: Wait) -> None:
    """Without a share for others the last would wait until the test is given up."""
    pool, slow = waiting_pool(3), {"until": str(tmp_path / "never"), "name": "slow"}
    said: list[str] = []

    def ask(client: Client) -> None:
        try:
            pool.ask(slow, client=client)
        except Unanswered as error:
            said.append(error.why)

    threads = [threading.Thread(target=ask, args=(Client("1", "script"),)) for _ in range(40)]
    for thread in threads:
        thread.start()
    wait_until(lambda: len(pool._running) == 2)
    assert pool.ask(QUICK | {"name": "quick"}, client=Client("1", "browser"))[0]["said"] == "quick"
    pool.close()
    for thread in threads:
        thread.join()
    assert said == ["busy"] * 40


def test_no_client_takes_all_places_to_wait(tmp_path: Path) -> None:
    pool, slow = waiting_pool(1, max_waiting=4), {"until": str(tmp_path / "never"), "name": "slow"}

    async def crowd() -> None:
        greedy = [asyncio.ensure_future(pool.answer(slow, client=Client("1")))]
        await began(pool)
        greedy += [asyncio.ensure_future(pool.answer(slow, client=Client("1"))) for _ in range(4)]
        await asyncio.sleep(0)
        assert pool.full(Client("1")) and not pool.full(Client("2")) and not pool.full(NOBODY)
        told = [str(one.exception()) for one in greedy if one.done()]
        assert told == ["too many queries at once; try again in a few seconds"] * 2
        pool.close()
        await asyncio.gather(*greedy, return_exceptions=True)

    asyncio.run(crowd())


TOKENS = ["SELECT", "*", "ASK", "FROM", "NAMED", "<http://e/g/1>", "<1>", "g:2", "PREFIX", "BASE", "g:", "<http://e/g/>", "{", "}", "?s", "a",
    "'", '"', "'''", "#", "\n", "\\", "\\u0041", "SERVICE", "service", "INSERT", "WHERE", "(", ")", "1", "<", ">", ".", "\ud800", "ệ", "\x00"]  # fmt: skip


@given(st.lists(st.sampled_from(TOKENS), max_size=25), st.sampled_from(["", " "]))
def test_any_text_is_answered_or_refused_in_one_line(tokens: list[str], between: str) -> None:
    try:
        query(pyoxigraph.Store(), between.join(tokens))
    except Refused as refused:
        assert str(refused) and "\n" not in str(refused)
