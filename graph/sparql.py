"""Run a user's own SPARQL in this process, read-only and without reaching outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyoxigraph

from chidao.extract.errors import ChidaoError
from chidao.graph.screen import DEEPEST, PREFIXES, Refused, failure, query

__all__ = ["DEEPEST", "FORMATS", "PREFIXES", "Answer", "run"]
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


def _answer(found: Any, format_: str, path: str | None) -> Answer:
    if isinstance(found, pyoxigraph.QuerySolutions):
        if format_ == "ttl":
            raise ChidaoError("ttl is for CONSTRUCT and DESCRIBE; a SELECT gives table, json, csv or xml", path=path)
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
