"""A graph behind a SPARQL endpoint: asked over the SPARQL 1.1 Protocol alone, so that any server may hold it.

What is asked goes to the address that a person has named and nowhere else: a redirection is not followed. Each query is a POST with the
query in a form, each answer the JSON results; both are plain HTTP of the standard library.
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

import pyoxigraph

from chidao.extract.errors import in_a_line
from chidao.graph.store import GraphError

LARGEST = 1 << 30
"""Bytes of an answer."""
_PIECE = 1 << 20
_CUT = "X-SPARQL-MaxRows"
"""The header with which Virtuoso says that it left rows out."""


class EndpointError(GraphError):
    """An endpoint that cannot be reached, does not answer as SPARQL says, or does not hold a graph. `status` is that of HTTP, where there
    was one."""

    def __init__(self, message: str, url: str, status: int | None = None) -> None:
        super().__init__(message, path=url)
        self.status = status


class _NoRedirection(HTTPRedirectHandler):
    """A server may not send a query on to another one that nobody has named."""

    def redirect_request(self, *args: Any, **more: Any) -> None:
        return None


class Endpoint:
    """A SPARQL endpoint whose default graph is the union of the named graphs of a chidao graph. Safe in any number of threads."""

    def __init__(self, url: str, *, time_limit: float = 30.0) -> None:
        """`time_limit` is how many seconds an answer may take. Raises EndpointError for what is no address of HTTP."""
        try:
            parts = urlsplit(url)
            known = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
        except ValueError:
            known = False
        if not known or url != "".join(url.split()) or not url.isascii():
            raise EndpointError("not the address of an endpoint, which begins with http:// or https://", url)
        if "@" in parts.netloc:
            raise EndpointError("an address with a name or password is not taken", parts.hostname or url)
        self.url, self._limit = url.partition("#")[0], time_limit
        local = parts.hostname in ("localhost", "127.0.0.1", "::1")
        self._opener: OpenerDirector = build_opener(_NoRedirection, *([ProxyHandler({})] if local else []))

    def select(self, text: str) -> Iterator[dict[str, Any]]:
        """Yield the rows of a SELECT query: variable name to text, None where unbound. Raises EndpointError."""
        names, rows = self._table(text)
        for row in rows:
            yield {name: getattr(row[name], "value", None) for name in names}

    def quads(self, text: str) -> list[pyoxigraph.Quad]:
        """Return the quads of a SELECT query of ?s, ?p, ?o and ?g. Raises EndpointError."""
        return [pyoxigraph.Quad(*(row[name] for name in "spog")) for row in self._table(text)[1]]

    def quads_for_pattern(
        self, subject: Any, predicate: Any, object_: Any, graph: Any = None
    ) -> Iterator[pyoxigraph.Quad]:
        """Yield the quads of named graphs with what is given, as a store does. Raises EndpointError."""
        given = {"s": subject, "p": predicate, "o": object_, "g": graph}
        values = "".join(f"VALUES ?{name} {{ {term} }} " for name, term in given.items() if term is not None)
        yield from self.quads(f"SELECT ?s ?p ?o ?g WHERE {{ {values}GRAPH ?g {{ ?s ?p ?o }} }}")

    def _table(self, text: str) -> tuple[list[str], list[Any]]:
        """The columns and rows of a SELECT query."""
        found = self.results(text)
        try:
            if isinstance(found, pyoxigraph.QuerySolutions):
                return [v.value for v in found.variables], list(found)
        except (SyntaxError, ValueError):
            pass
        finally:
            del found  # the engine's, which no other thread may drop with a traceback
        raise self._odd()

    def results(self, text: str) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean:
        """Return the answer to a SELECT or ASK query. Raises EndpointError."""
        body = self._answer(text, "application/sparql-results+json")
        try:
            return pyoxigraph.parse_query_results(body, format=pyoxigraph.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError):
            raise self._odd() from None

    def triples(self, text: str) -> list[pyoxigraph.Triple]:
        """Return the answer to a CONSTRUCT or DESCRIBE query. Raises EndpointError."""
        body = self._answer(text, "application/n-triples, text/turtle;q=0.9")
        try:
            return [quad.triple for quad in pyoxigraph.parse(body, format=pyoxigraph.RdfFormat.TURTLE)]
        except (SyntaxError, ValueError):
            raise self._odd() from None

    def _answer(self, text: str, accept: str) -> bytes:
        """The answer to a query, in one of the media types that are asked for."""
        until = time.monotonic() + self._limit
        request = Request(
            self.url, urlencode({"query": text}).encode(), {"Accept": accept, "User-Agent": "chidao"}, method="POST"
        )
        try:
            with self._opener.open(request, timeout=self._limit) as reply:
                body = self._read(reply, until)
                media = reply.headers.get_content_type()
                cut = reply.headers.get(_CUT)
        except HTTPError as error:
            with error:
                raise self._refused(error) from None
        except TimeoutError:
            raise self._late() from None
        except (URLError, http.client.HTTPException, OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                raise self._late() from None
            said = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
            raise EndpointError(f"cannot be reached ({in_a_line(said)})", self.url) from None
        if cut:
            raise EndpointError(
                f"the server cuts answers at {in_a_line(cut)} rows; raise its limit (ResultSetMaxRows)", self.url
            )
        if media not in accept and media != "application/json":
            raise EndpointError(f"no SPARQL endpoint: it answers with {in_a_line(media)}", self.url)
        return body

    def _read(self, reply: Any, until: float) -> bytes:
        pieces, size = [], 0
        while piece := reply.read(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > LARGEST:
                raise EndpointError(f"the answer is larger than {LARGEST >> 20} MB; ask for less", self.url)
            if time.monotonic() > until:
                raise self._late()
        if reply.length:  # what is still to come
            raise EndpointError("the answer broke off", self.url)
        return b"".join(pieces)

    def _odd(self) -> EndpointError:
        return EndpointError("does not answer as SPARQL 1.1 says", self.url)

    def _late(self) -> EndpointError:
        return EndpointError(f"did not answer within {self._limit:g} seconds", self.url, 504)

    def _refused(self, error: HTTPError) -> EndpointError:
        """What to say of a status that is no answer; the first line of what the server says about it, where that is text."""
        said = ""
        if error.headers.get_content_type() in ("text/plain", "application/json", "application/problem+json"):
            lines = error.read(4096).decode("utf-8", "replace").strip().splitlines()
            said = f": {in_a_line(lines[0])[:300]}" if lines else ""
        where = f"; it sends on to {in_a_line(error.headers['Location'])}" if error.headers.get("Location") else ""
        return EndpointError(f"answered with status {error.code}{where}{said}", self.url, error.code)
