"""Run a user's own SPARQL, read-only and without reaching outside: in this process, or apart in one that can be killed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph

from chidao.extract.errors import ChidaoError
from chidao.graph.sparql.safety import DEEPEST, PREFIXES, Refused, failure, query

__all__ = ["DEEPEST", "FORMATS", "PREFIXES", "Answer", "run", "run_apart"]
FORMATS = ("table", "json", "csv", "xml", "ttl")


@dataclass(frozen=True, slots=True)
class Answer:
    """`rows` for SELECT (and one row "answer" for ASK), `graph` as Turtle for CONSTRUCT and DESCRIBE; `document` is the
    answer in the asked form when that is xml or ttl."""

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    document: str | None = None


def run(store: pyoxigraph.Store, text: str, format_: str = "table", *, path: str | None = None) -> Answer:
    """The answer of one query over the union of all named graphs, or over those that its FROM and FROM NAMED choose.

    Raises ChidaoError for a malformed query (with line and column), an update, or one that reaches outside; `path` names the
    file it came from. Nothing ends a query that takes too long: see `worker`.
    """
    try:
        return _answer(query(store, text), format_, path)
    except Refused as refused:
        raise ChidaoError(str(refused), path=path) from None
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise ChidaoError(str(failure(error)), path=path) from None


_LARGEST = 1 << 30
"""Bytes of an answer that comes from another process."""


def run_apart(store: Path, text: str, format_: str = "table", *, time_limit: float, path: str | None = None) -> Answer:
    """The same as `run` on the store in a folder, from a process that is killed when it takes more than so many seconds.

    Raises ChidaoError, also for what takes too long or too much memory.
    """
    from chidao.graph.sparql.pool import ROWS, QueryError, Workers

    workers = Workers(lambda: store, size=1, time_limit=time_limit, max_bytes=_LARGEST)
    results = {"xml": "xml", "ttl": None}.get(format_, ROWS)
    graph = {"table": "ttl", "ttl": "ttl", "xml": "rdf"}.get(format_, ROWS)
    try:
        reply = workers.ask(text, results=results, graph=graph)
    except QueryError as error:
        said = str(error) if error.why != "form" else _TTL
        raise ChidaoError(said, path=path) from None
    finally:
        workers.close()
    if reply.form != ROWS:
        return Answer((), [], reply.body.decode("utf-8"))
    said_rows = json.loads(reply.body)
    columns = tuple(said_rows["columns"])
    rows = [
        {c: None if term is None else term["value"] for c, term in zip(columns, row, strict=True)}
        for row in said_rows["rows"]
    ]
    return Answer(columns, rows)


_TTL = "ttl is for CONSTRUCT and DESCRIBE; a SELECT gives table, json, csv or xml"


def _answer(found: Any, format_: str, path: str | None) -> Answer:
    if isinstance(found, pyoxigraph.QuerySolutions):
        if format_ == "ttl":
            raise ChidaoError(_TTL, path=path)
        columns = tuple(v.value for v in found.variables)
        if format_ == "xml":
            return Answer(columns, [], _text(found.serialize(format=pyoxigraph.QueryResultsFormat.XML)))
        rows = [{c: getattr(solution[c], "value", None) for c in columns} for solution in found]
        return Answer(columns, rows)
    if isinstance(found, pyoxigraph.QueryBoolean):
        if format_ == "xml":
            return Answer(("answer",), [], _text(found.serialize(format=pyoxigraph.QueryResultsFormat.XML)))
        return Answer(("answer",), [{"answer": "true" if bool(found) else "false"}])
    triples = list(found)
    if format_ in ("table", "ttl"):
        return Answer((), [], _text(pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.TURTLE)))
    if format_ == "xml":
        return Answer((), [], _text(pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.RDF_XML)))
    columns = ("subject", "predicate", "object")
    return Answer(
        columns,
        [dict(zip(columns, (_plain(t.subject), _plain(t.predicate), _plain(t.object)), strict=True)) for t in triples],
    )


def _plain(term: Any) -> str:
    return str(getattr(term, "value", term))


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8")
