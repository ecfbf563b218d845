"""Have an endpoint answer users' queries, with the face of the worker processes: `Workers` for a graph in a folder.

What is refused there is refused here before it is sent. The server ends what takes too long; we no longer wait for it.
"""

from __future__ import annotations

from asyncio import to_thread
from typing import Any

import pyoxigraph

from chidao.graph.endpoint import Endpoint, EndpointError
from chidao.graph.sparql.pool import MEDIA, QueryError, Reply
from chidao.graph.sparql.process import written
from chidao.graph.sparql.safety import PREFIXES, Refused, Scope, parsed, screened

_KNOWN = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
"""Stands before a query, on its first line: an endpoint does not know our prefixes."""
_FROM = "FROM and named graphs are refused with an endpoint: another engine may fetch what they name"


class EndpointWorkers:
    """Answers queries by an endpoint."""

    def __init__(self, endpoint: Endpoint, max_bytes: int = 1 << 30) -> None:
        self._endpoint, self._bytes = endpoint, max_bytes

    def ask(
        self, text: str, *, results: str | None = "json", graph: str | None = "ttl", rows: int | None = None, **how: Any
    ) -> Reply:
        """Return the answer, waited for. The arguments are those of `Workers.query`. Raises QueryError."""
        try:
            if screened(text) != Scope() or how.get("default_graphs") or how.get("named_graphs"):
                raise Refused(_FROM, "outside")
            is_graph = isinstance(parsed(text), pyoxigraph.QueryTriples)
            found = (self._endpoint.triples if is_graph else self._endpoint.results)(f"{_KNOWN} {text}")
        except Refused as error:
            raise QueryError(str(error), error.why) from None
        except EndpointError as error:
            raise QueryError(str(error), "time" if error.status == 504 else "failed") from None
        head, body = written(found, {"results": results, "graph": graph, "rows": rows, "bytes": self._bytes})
        if "form" not in head:
            raise QueryError(head["error"], head["why"])
        return Reply(bytes(body), MEDIA[head["form"]], head["form"], head["kind"])

    async def query(self, text: str, *, client: Any = None, **how: Any) -> Reply:
        """Return the answer, waited for in a thread."""
        return await to_thread(self.ask, text, **how)

    def close(self) -> None:
        """Nothing is held."""
