"""What runs in a worker process: one query after another on a store that it opens read-only.

    python -m chidao.graph.sparql.process STORE BYTES_OF_MEMORY

A question (`worker` has the frames) has no body: {"store", "query", "results", "graph", "default", "named", "bytes", "rows", "seconds"}. An
answer's head is {"form", "kind"}, or {"why", "error"} with one line. It imports the engine and little else: it is started anew whenever
a query had to be killed, and somebody waits for that. Before it reads a question it gives up the network (`offline`).
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph
from pyoxigraph import QueryResultsFormat, RdfFormat

from chidao.graph.seal import check
from chidao.graph.sparql import offline
from chidao.graph.sparql.safety import PREFIXES, Refused, failure, query
from chidao.graph.worker import Frame, limit_memory, pipes, serve

RESULTS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
GRAPHS = {
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
}
ROWS = "rows"
"""A form of both: {"columns": [name…], "rows": [[term | null…]…], "more": bool}, with terms as in SPARQL's JSON results. It may be asked
to stop after so many rows, and then says whether there were more."""
Found = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples | Sequence[pyoxigraph.Triple]


class TooLarge(Exception):
    """The answer is beyond what was asked for."""


class _Bounded:
    """A binary file in memory that refuses to grow beyond a size."""

    def __init__(self, limit: int) -> None:
        self.data = bytearray()
        self._limit = limit

    def write(self, chunk: bytes) -> int:
        self.data += chunk
        if len(self.data) > self._limit:
            raise TooLarge
        return len(chunk)

    def flush(self) -> None:
        pass


def answer(store: pyoxigraph.Store, asked: dict[str, Any]) -> Frame:
    """Return the head and the body for one question."""
    try:
        return written(query(store, asked["query"], asked["default"], asked["named"]), asked)
    except Refused as refused:
        return {"why": refused.why, "error": str(refused)}, b""


def written(found: Found, asked: dict[str, Any]) -> Frame:
    """Return the head and the body that say what was found, in the form that was asked for."""
    try:
        graph = not isinstance(found, pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean)
        form: str | None = asked["graph" if graph else "results"]
        if form is None:
            return {"why": "form", "error": _other_forms(graph)}, b""
        kind = "graph" if graph else "select" if isinstance(found, pyoxigraph.QuerySolutions) else "ask"
        out = _Bounded(asked["bytes"])
        if form == ROWS:
            _write_rows(found, out, asked["rows"])
        elif not isinstance(found, pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean):
            pyoxigraph.serialize(found, out, GRAPHS[form], prefixes=PREFIXES)  # type: ignore[arg-type]
        else:
            found.serialize(out, RESULTS[form])  # type: ignore[arg-type]
        return {"form": form, "kind": kind}, out.data
    except TooLarge:
        size = asked["bytes"]
        bound = f"{size >> 20} MB" if size >= 1 << 20 else f"{size} bytes"
        return {"why": "large", "error": f"the result is larger than {bound}; ask for less of it with LIMIT"}, b""
    except MemoryError:
        return {"why": "memory", "error": ""}, b""
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        said = failure(error)
        return {"why": said.why, "error": str(said)}, b""


def _other_forms(graph: bool) -> str:
    if graph:
        return "CONSTRUCT and DESCRIBE give a graph: Turtle, JSON-LD, N-Triples or RDF/XML (ttl, jsonld, nt, xml)"
    return "SELECT and ASK give results: JSON, XML, CSV or TSV (json, xml, csv, tsv)"


def _write_rows(found: Found, out: _Bounded, most: int | None) -> None:
    if isinstance(found, pyoxigraph.QueryBoolean):
        columns = ["answer"]
        rows: Iterator[list[Any]] = iter([[{"type": "literal", "value": "true" if found else "false"}]])
    elif isinstance(found, pyoxigraph.QuerySolutions):
        columns = [v.value for v in found.variables]
        rows = ([None if (t := one[c]) is None else _term(t) for c in columns] for one in found)
    else:
        columns = ["subject", "predicate", "object"]
        rows = ([_term(t.subject), _term(t.predicate), _term(t.object)] for t in found)
    out.write(b'{"columns": %s, "rows": [' % json.dumps(columns).encode())
    more = _write_some(rows, out, most)
    out.write(b'], "more": %s}' % (b"true" if more else b"false"))


def _write_some(rows: Iterator[list[Any]], out: _Bounded, most: int | None) -> bool:
    for number, row in enumerate(rows):
        if number == most:
            return True
        out.write((b",\n" if number else b"\n") + json.dumps(row).encode())
    return False


def _term(term: Any) -> dict[str, str]:
    if isinstance(term, pyoxigraph.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, pyoxigraph.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, pyoxigraph.Literal):
        made = {"type": "literal", "value": term.value}
        if term.language:
            made["xml:lang"] = term.language
        elif term.datatype.value != "http://www.w3.org/2001/XMLSchema#string":
            made["datatype"] = term.datatype.value
        return made
    return {"type": "triple", "value": str(term)}


class Opened:
    """The store that was asked last. Another path, or another graph at the same path, is opened when it is asked for."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._store: pyoxigraph.Store | None = None
        self._mark: object = None

    def at(self, path: str) -> pyoxigraph.Store:
        """Raises OSError, RuntimeError or ValueError when there is no sound store."""
        try:
            state = os.stat(os.path.join(path, "CURRENT"))
            mark: object = (path, state.st_ino, state.st_mtime_ns)
        except OSError:
            if self._store is not None and isinstance(self._mark, tuple) and self._mark[0] == path:
                return self._store  # swept away by later builds while somebody still reads it here
            raise
        if self._store is None or mark != self._mark:
            self._store = None
            offline.allow_files(True)
            check(Path(path))
            before = offline.open_now()
            self._store = pyoxigraph.Store.read_only(path)
            self._mark = mark
            limit_memory(self._memory)
            # Of a great many files the engine opens some only when a query needs them.
            if offline.open_now() - before >= sum(name.endswith(".sst") for name in os.listdir(path)):
                offline.allow_files(False)
        return self._store


def main() -> None:
    """Answer until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends its workers
    offline.refuse_sockets()
    asking = pipes()  # later on nothing may be opened
    opened = Opened(int(sys.argv[2]))
    with contextlib.suppress(OSError, RuntimeError, ValueError):  # said to the one who asks
        opened.at(sys.argv[1])

    def respond(asked: dict[str, Any], body: bytes) -> Frame:
        try:
            return answer(opened.at(asked["store"]), asked)
        except (OSError, RuntimeError, ValueError) as error:
            return {"why": "damaged", "error": " ".join(str(error).split())[:200]}, b""

    serve(asking, respond)


if __name__ == "__main__":
    main()
