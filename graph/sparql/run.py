"""Run a user's own SPARQL, read-only and without reaching outside: in this process, or apart in one that can be killed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph

from chidao.extract.errors import ChidaoError
from chidao.graph.sparql.safety import DEEPEST, PREFIXES, Refused, failure, query

if TYPE_CHECKING:
    from chidao.graph.sparql.pool import Workers

__all__ = ["DEEPEST", "FORMATS", "PREFIXES", "Answer", "run", "run_apart", "workers_of"]
FORMATS = ("table", "json", "csv", "xml", "ttl")


@dataclass(frozen=True, slots=True)
class Answer:
    """`rows` for SELECT (and one row "answer" for ASK), `graph` as Turtle for CONSTRUCT and DESCRIBE; `document` is the
    answer in the asked form when that is xml or ttl."""

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    document: str | None = None
    more: bool = False
    """Are there more rows than were asked for?"""


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


def workers_of(store: Path, time_limit: float) -> Workers:
    """One worker over the store in a folder, which kills what takes more than so many seconds. Whoever asks for it closes it."""
    from chidao.graph.sparql.pool import Workers

    return Workers(lambda: store, size=1, time_limit=time_limit, max_bytes=_LARGEST)


def run_apart(
    workers: Workers, text: str, format_: str = "table", *, rows: int | None = None, path: str | None = None
) -> Answer:
    """The same as `run` from a process that can be killed; at most so many `rows` of a table.

    Raises QueryError, also for what takes too long or too much memory.
    """
    from chidao.graph.sparql.pool import ROWS, QueryError

    results = {"xml": "xml", "ttl": None}.get(format_, ROWS)
    graph = {"table": "ttl", "ttl": "ttl", "xml": "rdf"}.get(format_, ROWS)
    try:
        reply = workers.ask(text, results=results, graph=graph, rows=rows)
    except QueryError as error:
        raise QueryError(str(error) if error.why != "form" else _TTL, error.why, path=path) from None
    if reply.form != ROWS:
        return Answer((), [], reply.body.decode("utf-8"))
    said = json.loads(reply.body)
    columns = tuple(said["columns"])
    found = [
        {c: None if term is None else term["value"] for c, term in zip(columns, row, strict=True)}
        for row in said["rows"]
    ]
    return Answer(columns, found, more=said["more"])


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
