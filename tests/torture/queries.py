"""Queries that try to reach a listener on this machine: comments, escapes, quotes, names and keywords in every mixture.

Each is put to the bare engine first, which shows whether it would go out. Then no query that goes out may pass the screen; none may go
out of a process whose sockets are refused, nor of one whose descriptors are; and the workers that users' queries run in send nothing.
"""

from __future__ import annotations

import json
import random
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph

from chidao.graph.seal import seal
from chidao.graph.sparql.pool import QueryError, Workers
from chidao.graph.sparql.safety import PREFIXES, Refused, screened

_ROWS = 5
"""Of an answer, which is computed while it is read."""
WAYS = ["descriptors", *(["sockets"] if sys.platform == "linux" else [])]
"""In which a process gives up the network."""
_GAPS = [
    "",
    " ",
    "\n",
    "\r",
    "\t",
    " # it's\n",
    "#\n",
    " #'''\n",
    '#"""\r',
    "# SERVICE <u> {\n",
    "#\\u000A\n",
    "#c>\n",
    "  ",
]
_BEFORE = [
    "", "", "?s ?p ?o", "?s ?p ?o .", "?s ?p true", "?s ?p 1", "?s ?p 1.", "?s ?p 1e5", "?s ?p e:", "?s e:", "?s ?p e:true", "?s ?p f:x ;",
    "?s ?p e:a.", "?s ?p f:a\\#", "?s ?p f:b\\'", "?s ?p []", "?s ?p ()", "?s ?p 'x'@en", "?s ?p '''a'b'''", '?s ?p """a"b""" .', "?s ?p ''",
    "?s ?p 'x'^^f:t", "{}", "{ ?s ?p ?o } UNION", "OPTIONAL {}", "BIND(1 AS ?b)", "FILTER(1 < 2)", "FILTER(?a<?b)", "FILTER(?a<?b#c>\n)",
    "FILTER(1<2#c>'''\n)", "FILTER(1<?b#c>\"\n)", "FILTER(?a<?b#c>\\u000A && '''x\n)", "FILTER(1<2||'a'<'b#>\n')", "FILTER EXISTS {", "MINUS {",
    "GRAPH ?g {", "VALUES ?v { 1 }", "?s <http://e/\\u0041#> ?o", "?s <a#b> ?o .", "?s ?p <e:'>", "?s ?p <e:\\u0027> .", "?s ?p _:b", "# x\r", "# it's\n",
    "?s ?p 'a\\u0027 .", "?s ?p 'a\\\\u0027' .", "?s ?p '\\'' .", "?s ?p \"\\\\\" .", "SELECT * {", "{ SELECT * { } }", "?service e:service ?o .",
]  # fmt: skip
_HIDING = [
    "?s ?p ?a . ?s ?p ?b FILTER(?a<?b#c>END && QUOTEx\n) CALL #QUOTE)\n", "FILTER(1<2#c>END && QUOTEx\n) CALL #QUOTE)\n", "?s ?p 'aESCAPE . CALL #'\n",
    "?s ?p QUOTEaESCAPE . CALL #QUOTE\n", "?s <http://e/ESCAPE> ?o . CALL #>\n", "?s f:x\\' ?o . CALL # '\n", "?s f:x\\# ?o . CALL\n", "# END CALL\n",
    "?s ?p QUOTE\\QUOTE . CALL #QUOTE\n", "?s ?p QUOTEQUOTE . CALL . ?s ?p QUOTEQUOTE", "FILTER(?a<?b#>QUOTE\n) CALL #QUOTE\n", "?s ?p ?o FILTER(?o<'>' ) CALL",
    "FILTER(?a<?b&&?c>END) CALL", "FILTER(1<2 && 'a>'='b') CALL", "{ SELECT * { CALL } }", "FILTER EXISTS { CALL }", "OPTIONAL { CALL }", "GRAPH ?g { CALL }",
]  # fmt: skip
"""A call behind what one reader ends and another goes on with."""
_ENDS = [
    "\\u000A",
    "\\u000D",
    "\n",
    "\r",
    "\u2028",
    "\x85",
    "\x0b",
    "\x0c",
    " ",
    "",
    "\\u2028",
    "\\U0000000A",
    "\\u+00A",
]
_ESCAPES = [
    "\\u0027",
    "\\u0022",
    "\\u003E",
    "\\\\u0027",
    "\\'",
    "\\u005C'",
    "\\u+027",
    "\\U00000027",
    "\\u0041",
    "\n",
    ">",
    "'",
    '"',
]
_AFTER = [
    "",
    "",
    "",
    " .",
    " ?x ?y ?z",
    " #'''",
    " '''",
    " #'''\n",
    ' #"""\n',
    " FILTER(1>0)",
    "\n",
    " # >\n",
    " . ?q ?r '''s'''",
]
_WORDS = [
    "SERVICE",
    "SERVICE",
    "service",
    "Service",
    "SERV\\u0049CE",
    "\\u0053ERVICE",
    "SERVI\\U00000043E",
    "SER#\nVICE",
    "SERVICE",
]
_PLACES = ["<URL>", "?u", "l:", "l:x", "<URL#x>", "$u", "<#x>"]
_JUNK = [
    "'", '"', "'''", '"""', "\\", "\\u0027", "\\u0022", "\\u003E", "\\u000A", "\\u0023", "\\u007B", "#", "<", ">", "<a>", "?a<?b", "#c>", "\n", "{", "}",
    "(", ")", ".", ";", "SERVICE", "service", "e:", "true", "1", "\ud7ff", "ệ", "\x00", "@en", "^^", "_:", "SILENT", "-", "%20", "||", "&&",
]  # fmt: skip


def made(rng: random.Random, url: str) -> str:
    """One query, most of which call what listens at `url`."""

    def gap() -> str:
        return rng.choice(_GAPS) if rng.random() < 0.7 else " "

    before = (
        "" if rng.random() < 0.5 else rng.choice(_BEFORE) + (" " + rng.choice(_BEFORE) if rng.random() < 0.2 else "")
    )
    silent = "SILENT" + gap() if rng.random() < 0.4 else ""
    call = "".join([rng.choice(_WORDS), gap(), silent, rng.choice(_PLACES), gap(), "{ ?x ?y ?z }"])
    if rng.random() < 0.5:
        quote, end, escape = rng.choice(["'''", '"""', "'", '"']), rng.choice(_ENDS), rng.choice(_ESCAPES)
        call = (
            rng.choice(_HIDING)
            .replace("CALL", call)
            .replace("QUOTE", quote)
            .replace("END", end)
            .replace("ESCAPE", escape)
        )
    parts = [
        rng.choice(["", f"BASE <{url}>\n"]), f"PREFIX e: <http://x:80> PREFIX f: <http://e/> PREFIX l: <{url}>\n",
        rng.choice(["SELECT * WHERE {", "SELECT*{", "ASK {", "SELECT ?s {"]), " ",
        rng.choice(["", f"BIND(<{url}> AS ?u) ", f"VALUES ?u {{ <{url}> }} "]), before, gap(),
        call, rng.choice(_AFTER),
    ]  # fmt: skip
    text = "".join(parts).replace("URL", url)
    for _ in range(rng.choice([0, 0, 0, 0, 1, 1, 2, 4])):
        at = rng.randrange(len(text))
        text = text[:at] + rng.choice(_JUNK) + text[at + rng.choice([0, 0, 1]) :]
    return text + "}" * (text.count("{") - text.count("}"))


@contextmanager
def listening() -> Iterator[tuple[str, list[bytes]]]:
    """The address of a server on this machine, and what reached it."""
    seen: list[bytes] = []

    class Visit(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            seen.append(self.request.recv(200))
            self.request.sendall(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Visit) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/x", seen
        server.shutdown()


def asked_bare(store: pyoxigraph.Store, text: str) -> None:
    """Put a query to the engine as it is, with nothing in between."""
    try:
        found = store.query(text, prefixes=PREFIXES, use_default_graph_as_union=True)
        if not isinstance(found, pyoxigraph.QueryBoolean):
            for _ in zip(found, range(_ROWS), strict=False):
                pass
    except (SyntaxError, ValueError, OSError, RuntimeError):
        pass


def passes(text: str) -> bool:
    """Does the screen let the query through?"""
    try:
        screened(text)
    except Refused:
        return False
    return True


def apart(folder: Path, way: str, texts: list[str]) -> None:
    """Put queries to the bare engine in a process that gave up the network in one of `WAYS`."""
    command = [sys.executable, "-W", "ignore", __file__, str(folder), way]
    subprocess.run(command, input=json.dumps(texts), text=True, check=True)


def store_at(folder: Path) -> Path:
    """A store of two graphs whose few triples every pattern here meets."""
    store = pyoxigraph.Store(str(folder))
    for name in ("http://x:80", "http://e/"):
        node = pyoxigraph.NamedNode(name)
        values: list[pyoxigraph.NamedNode | pyoxigraph.Literal] = [
            node,
            pyoxigraph.Literal(True),
            pyoxigraph.Literal(1),
            pyoxigraph.Literal("x", language="en"),
        ]
        store.extend(pyoxigraph.Quad(node, node, value, node) for value in values)
    store.optimize()  # one file for each index: the engine opens all at once
    held = len(store)
    del store
    seal(folder, held, None)
    return folder


def attack(seed: int, times: int) -> str:
    """Return a line of figures. Raises AssertionError when a query goes out where none may."""
    rng = random.Random(seed)
    with TemporaryDirectory() as scratch, listening() as (url, seen):
        folder = store_at(Path(scratch) / "store")
        store = pyoxigraph.Store.read_only(str(folder))
        texts = [made(rng, url) for _ in range(times)]
        outward, passed = [], 0
        for text in texts:
            passed += passes(text)
            before = len(seen)
            asked_bare(store, text)
            if len(seen) > before:
                outward.append(text)
        leaks = [text for text in outward if passes(text)]
        assert not leaks, f"the screen let through: {leaks[0]!r}"
        assert len(outward) > times / 50, f"only {len(outward)} of {times} queries try to go out: they attack nothing"
        seen.clear()
        for way in WAYS:
            apart(folder, way, outward)
            assert not seen, f"with {way} refused {len(seen)} requests went out"
        workers = Workers(lambda: folder, time_limit=60)
        try:
            for text in texts:
                with suppress(QueryError):
                    workers.ask(text)
            assert workers.ask("ASK { ?s ?p true }").body.endswith(b"true}"), "the workers answer nothing"
        finally:
            workers.close()
        assert not seen, f"{len(seen)} requests went out of the workers"
    return (
        f"{times:,} queries, {len(outward):,} of which leave the bare engine; {passed:,} pass the screen, 0 of these leave; of those that "
        f"leave 0 get out of a process without {' or '.join(WAYS)}; 0 of all out of the workers"
    )


def _main(folder: str, way: str) -> None:
    from chidao.graph.sparql import offline

    texts = json.load(sys.stdin)
    store = pyoxigraph.Store.read_only(folder)
    if way == "sockets":
        assert offline.refuse_sockets(), "sockets cannot be refused here"
    else:
        offline.allow_files(False)
    for text in texts:
        asked_bare(store, text)


if __name__ == "__main__":
    _main(*sys.argv[1:])
