"""Run a user's own SPARQL, read-only and without reaching outside, in a process that can be killed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chidao.graph.sparql.pool import Workers
    from chidao.graph.sparql.remote import EndpointWorkers

_LARGEST = 1 << 30
"""Bytes of an answer."""
_TTL = "ttl is for CONSTRUCT and DESCRIBE; a SELECT gives table, json, csv or xml"


@dataclass(frozen=True, slots=True)
class Answer:
    """`rows` of text by column, None where unbound; an ASK has one row, "answer". `document` is the answer as one text where a graph, XML
    or Turtle was asked for; there are no rows then."""

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    document: str | None = None
    more: bool = False
    """Are there more rows than were asked for?"""


def workers_of(store: Path, time_limit: float) -> Workers:
    """Return one worker over the store in a folder, which ends what takes more than so many seconds. Whoever asks for it closes it."""
    from chidao.graph.sparql.pool import Workers

    return Workers(lambda: store, size=1, time_limit=time_limit, max_bytes=_LARGEST)


def run_apart(
    workers: Workers | EndpointWorkers,
    text: str,
    format_: str = "table",
    *,
    rows: int | None = None,
    path: str | None = None,
) -> Answer:
    """Return the answer of one query over the union of all named graphs, or over those that its FROM and FROM NAMED choose; at most so
    many `rows` of a table. `path` names the file that the query came from.

    Raises QueryError for a malformed query (with line and column), an update, one that reaches outside, and what takes too long or too
    much memory.
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
