"""Answer users' queries in processes that can be killed: no engine here ends a query that takes too long or too much.

workers = Workers(lambda: path_of_store)
reply = await workers.query("SELECT …")          # in a server
reply = workers.ask("SELECT …")                  # anywhere else
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from chidao.extract.errors import ChidaoError
from chidao.graph.pool import NOBODY, WAITING, Client, Pool, Unanswered
from chidao.graph.sparql.process import GRAPHS, RESULTS, ROWS
from chidao.graph.worker import Frame

__all__ = ["GRAPHS", "MEDIA", "RESULTS", "ROWS", "Client", "QueryError", "Reply", "Workers"]

MEDIA = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "rows": "application/json",
}
"""The media type of each form of answer."""
MEMORY = 1 << 30
"""Bytes that a query may take beside the open store."""


class QueryError(ChidaoError):
    """A query without an answer. `why`: "malformed", "update", "outside" (refused as such), "form" (no such form of this kind of
    answer), "failed"; or what it took: "time", "large", "memory"; or what is wrong here: "busy", "damaged"."""

    def __init__(self, message: str, why: str, *, path: str | None = None) -> None:
        super().__init__(message, path=path)
        self.why = why


class Reply(NamedTuple):
    """An answer as it is sent: its bytes, their media type, their form ("json", "ttl" …), and its kind: "select", "ask", "graph"."""

    body: bytes
    media: str
    form: str
    kind: str


class Workers:
    """A few processes that answer queries on the current generation of a graph."""

    def __init__(
        self,
        path_of_store: Callable[[], Path],
        size: int = 3,
        time_limit: float = 30.0,
        max_bytes: int = 64 << 20,
        *,
        max_memory: int = MEMORY,
        max_waiting: int = WAITING,
    ) -> None:
        """`path_of_store` names the store of the current generation and is called for every query. A query may take
        `time_limit` seconds, `max_bytes` of answer and `max_memory` bytes (where the system can limit that: Linux)."""
        self._path, self._limit, self._bytes, self._memory = path_of_store, time_limit, max_bytes, max_memory
        self._pool = Pool(self._command, size, time_limit, max_waiting=max_waiting)

    def _command(self) -> Sequence[str]:
        # -P: what lies in the folder where the server was started is not imported.
        return [
            sys.executable, "-P", "-m", "chidao.graph.sparql.process", os.fspath(self._path()), str(self._memory)
        ]  # fmt: skip

    def ask(self, text: str, **how: Any) -> Reply:
        """Return the answer, waited for. The arguments are those of `query`."""
        asked = self._asked(text, **how)
        try:
            return self._reply(asked, self._pool.ask(asked))
        except Unanswered as error:
            raise self._error(error) from None

    async def query(self, text: str, *, client: Client = NOBODY, **how: Any) -> Reply:
        """Return the answer to a query.

        `results` and `graph` are the forms that a SELECT or ASK and a CONSTRUCT or DESCRIBE should have (see `RESULTS`, `GRAPHS`,
        `ROWS`), None where the caller takes none; `rows` bounds the rows of the form `ROWS`; `default_graphs` and `named_graphs` are
        the IRIs that the SPARQL Protocol gives beside a query. Raises QueryError. A caller that is cancelled frees its worker.
        """
        asked = self._asked(text, **how)
        try:
            return self._reply(asked, await self._pool.answer(asked, client=client))
        except Unanswered as error:
            raise self._error(error) from None

    def start(self) -> None:
        """Start the processes now rather than with the first queries."""
        self._pool.start()

    def close(self) -> None:
        """End all processes; what still runs or waits fails."""
        self._pool.close()

    def _asked(
        self,
        text: str,
        *,
        results: str | None = "json",
        graph: str | None = "ttl",
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        rows: int | None = None,
    ) -> dict[str, Any]:
        return {
            "store": os.fspath(self._path()), "query": text, "results": results, "graph": graph,
            "default": list(default_graphs), "named": list(named_graphs), "rows": rows, "bytes": self._bytes,
        }  # fmt: skip

    @staticmethod
    def _reply(asked: dict[str, Any], frame: Frame) -> Reply:
        head, body = frame
        if "form" in head:
            return Reply(bytes(body), MEDIA[head["form"]], head["form"], head["kind"])
        if head["why"] == "damaged":
            from chidao.graph.store import damaged

            raise QueryError(str(damaged(RuntimeError(head["error"]), asked["store"])), "damaged")
        raise QueryError(head["error"], head["why"])

    def _error(self, error: Unanswered) -> QueryError:
        if error.why == "time":
            return QueryError(f"the query took longer than {self._limit:g} seconds and was ended", "time")
        if error.why == "memory":
            size = f"{self._memory >> 20} MB"
            return QueryError(f"the query needs more than {size} of memory; ask for less, or without sorting", "memory")
        if error.why == "died":
            return QueryError(f"the query ended its worker (exit code {error.code})", "failed")
        return QueryError(str(error), "busy")
