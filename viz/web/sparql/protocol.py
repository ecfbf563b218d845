"""`/sparql`: the query operation of the SPARQL 1.1 Protocol, its service description, and a page for people.

A query comes as `GET ?query=`, as a posted form, or as a posted `application/sparql-query`; `default-graph-uri` and `named-graph-uri`
choose named graphs of this store. What comes back is chosen by the Accept header, or by `format=`. Nothing here writes.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from chidao.graph.answers.ask import questions
from chidao.graph.sparql.pool import GRAPHS, MEDIA, RESULTS, ROWS, QueryError, Reply, Workers
from chidao.graph.sparql.remote import EndpointWorkers
from chidao.graph.sparql.safety import PREFIXES
from chidao.ontology.vocabulary import BODY
from chidao.viz.web.guard.apart import client_of, done_or_left
from chidao.viz.web.guard.security_headers import STYLED
from chidao.viz.web.rendering.render import built, page
from chidao.viz.web.request.negotiate import best
from chidao.viz.web.sitemap import route
from chidao.viz.web.snapshots import snapshot_of
from chidao.viz.web.sparql.description import description

METHODS = "GET, HEAD, POST, OPTIONS"
MOST_BYTES = 1 << 20
"""Of a posted query, with all that comes beside it."""
MOST_IN_ADDRESS = 1 << 15
"""Bytes of parameters in the address."""
SHOWN = 1000
"""Rows of an answer that the page shows."""
_SOON = 0.05
"""Seconds before we begin to look whether the client is still there."""
_PIECE = 1 << 18
HTML = "html"

# Media type to form, the first of each kind being what a client without preferences gets; other names of the same follow.
_RESULTS = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
_GRAPHS = {
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/json": "jsonld",
    "application/xml": "rdf",
    "text/xml": "rdf",
}
_PAGE = {"text/html": HTML, "application/xhtml+xml": HTML}
_ALIASES = {"application/json", "application/xml", "text/xml"}
"""Media types that are answered under the name that the client used."""

_OF_CLIENTS = {"application/sparql-results+json", "application/sparql-results+xml"}
"""What SPARQL clients ask for before they know what a query gives (rdflib's SPARQLStore does). A graph is then sent as Turtle: RFC 9110,
12.5.1, lets a server disregard what it cannot meet."""
_TURTLE = ("ttl", "text/turtle")

# `format=`: form of results, form of graphs.
_FORMATS: dict[str, tuple[str | None, str | None]] = {
    "json": ("json", "jsonld"),
    "xml": ("xml", "rdf"),
    "csv": ("csv", None),
    "tsv": ("tsv", None),
    "ttl": (None, "ttl"),
    "turtle": (None, "ttl"),
    "jsonld": (None, "jsonld"),
    "nt": (None, "nt"),
    "rdf": (None, "rdf"),
    HTML: (HTML, HTML),
}

# Why there is no answer, to status. 4xx: the client can mend it. 422: the query is sound, but too much.
_STATUS = {
    "malformed": 400,
    "update": 403,
    "outside": 403,
    "form": 406,
    "large": 422,
    "memory": 422,
    "failed": 500,
    "damaged": 500,
    "busy": 503,
    "time": 504,
}
_UPDATES = "updates are refused: a graph changes only by `chidao build`"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that is understood: a query, or none for the page or the description of the service.

    `results` and `graph` are the forms that the client takes for either kind of answer, each with its media type, None for none."""

    query: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    results: tuple[str, str] | None
    graph: tuple[str, str] | None
    given: Mapping[str, list[str]]


async def endpoint(request: Request) -> Response:
    """Return every request to /sparql."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": METHODS, "Accept-Post": _TAKEN})
    if request.method not in ("GET", "HEAD", "POST"):
        return _said(405, f"SPARQL queries come by {METHODS}", {"Allow": METHODS})
    try:
        asked = await _read(request)
    except HTTPException as error:
        # One line for everybody: the page of errors is for who browses.
        return _said(error.status_code, error.detail, error.headers)
    except ClientDisconnect:
        return Response(status_code=400)  # nobody reads it
    if asked.query is None or asked.given.get("edit"):
        return await _without_query(request, asked)
    results, graph = (form and form[0] for form in (asked.results, asked.graph))
    if HTML in (results, graph):
        return await _for_people(request, asked, asked.query)
    if results is None and graph is None:
        return _said(406, "this is to be had as " + ", ".join(dict.fromkeys([*_RESULTS, *_GRAPHS, *_PAGE])))
    try:
        reply = await _answer(request, asked, results=results, graph=graph)
    except QueryError as error:
        return _problem(error)
    chosen = asked.graph if reply.kind == "graph" else asked.results
    return _sent(request, reply.body, chosen[1] if chosen and chosen[1] in _ALIASES else reply.media)


def _sent(request: Request, body: bytes, media: str) -> Response:
    headers = _headers(media, len(body))
    if request.method == "HEAD":
        return Response(b"", headers=headers)
    return StreamingResponse(_pieces(body), headers=headers) if len(body) > _PIECE else Response(body, headers=headers)


async def _pieces(body: bytes) -> AsyncIterator[bytes]:
    """A large answer is sent, and maybe compressed, in pieces, so that others are served between them."""
    for start in range(0, len(body), _PIECE):
        yield body[start : start + _PIECE]
        await asyncio.sleep(0)


def _headers(media: str, length: int) -> dict[str, str]:
    return {"Content-Type": media, "Content-Length": str(length), "Vary": "Accept"}


def _said(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    return PlainTextResponse(message + "\n", status, {"Vary": "Accept", **(headers or {})})


def _problem(error: QueryError) -> Response:
    status = _STATUS[error.why]
    return _said(status, str(error), {"Retry-After": "5"} if status == 503 else None)


# What a request says

_TAKEN = "application/x-www-form-urlencoded, application/sparql-query"


async def _read(request: Request) -> Asked:
    """Raises HTTPException for what the protocol does not know."""
    given: dict[str, list[str]] = {}
    if len(request.scope["query_string"]) > MOST_IN_ADDRESS:
        raise HTTPException(414, f"more than {MOST_IN_ADDRESS} bytes in the address; use POST")
    _take(given, request.scope["query_string"])
    if request.method == "POST":
        await _read_body(request, given)
    queries, updates = given.get("query", []), given.get("update", [])
    if queries and updates:
        raise HTTPException(400, "either query or update, not both")
    if updates:
        raise HTTPException(403, _UPDATES)
    if len(queries) > 1:
        raise HTTPException(400, "one query at a time: the parameter query is given more than once")
    if request.method == "POST" and not queries:
        raise HTTPException(400, "no query: the parameter query is missing")
    results, graph = _forms(request.headers.get("accept"), given)
    return Asked(
        queries[0] if queries else None, tuple(given.get("default-graph-uri", ())), tuple(given.get("named-graph-uri", ())),
        results, graph, given,
    )  # fmt: skip


async def _read_body(request: Request, given: dict[str, list[str]]) -> None:
    media, _, parameters = request.headers.get("content-type", "").partition(";")
    media = media.strip().lower()
    if media == "application/sparql-update":
        raise HTTPException(403, _UPDATES)
    if media not in ("application/x-www-form-urlencoded", "application/sparql-query"):
        raise HTTPException(415, f"a query is posted as {_TAKEN.replace(', ', ' or ')}", {"Accept-Post": _TAKEN})
    charset = parameters.lower().replace(" ", "").replace('"', "").partition("charset=")[2].partition(";")[0]
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise HTTPException(415, f"a query is posted in UTF-8, not {charset[:40]}")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise HTTPException(413, f"a query has at most {MOST_BYTES} bytes", {"Connection": "close"})
    if media == "application/sparql-query":
        given.setdefault("query", []).append(_utf8(bytes(body)))
    else:
        _take(given, bytes(body))


def _take(given: dict[str, list[str]], encoded: bytes) -> None:
    if not encoded:
        return
    try:
        pairs = parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=10_000)
    except UnicodeDecodeError:
        raise HTTPException(400, "parameters are percent-encoded UTF-8") from None
    except ValueError:
        raise HTTPException(400, "too many parameters") from None
    for name, value in pairs:
        given.setdefault(name, []).append(value)


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"the query is not UTF-8 at byte {error.start}") from None


def _forms(accept: str | None, given: Mapping[str, list[str]]) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    named = given.get("format", [""])[-1].strip().lower()
    if not named:
        best_results, best_graph = _accepted(accept)
        return best_results, best_graph or (_TURTLE if best_results and best_results[1] in _OF_CLIENTS else None)
    if named in _FORMATS:
        results, graph = _FORMATS[named]
        return results and (results, MEDIA.get(results, "")), graph and (graph, MEDIA.get(graph, ""))  # type: ignore[return-value]
    if named in _RESULTS or named in _GRAPHS:
        return _accepted(named)
    raise HTTPException(400, f"format is one of {', '.join(_FORMATS)}, not {named[:40]!r}")


@lru_cache(maxsize=256)
def _accepted(accept: str | None) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    return _best(accept, _RESULTS), _best(accept, _GRAPHS)


def _best(accept: str | None, offered: Mapping[str, str]) -> tuple[str, str] | None:
    return best(accept, {media: (form, media) for media, form in [*offered.items(), *_PAGE.items()]})


# Answering

_starting = threading.Lock()


def workers(request: Request) -> Workers | EndpointWorkers:
    """Return what answers the queries of this site, worker processes or an endpoint, started with its first query."""
    state = request.app.state
    if not hasattr(state, "workers"):
        with _starting:
            if not hasattr(state, "workers"):
                snapshots, limits = state.snapshots, state.limits
                state.workers = snapshots.workers(limits.seconds, limits.result)
    found: Workers | EndpointWorkers = state.workers
    return found


async def _answer(request: Request, asked: Asked, **forms: Any) -> Reply:
    """The worker's answer. Raises QueryError; when the client goes away, its query ends."""
    assert asked.query is not None
    query = workers(request).query(
        asked.query, default_graphs=asked.default_graphs, named_graphs=asked.named_graphs,
        client=client_of(request.headers, request.scope), **forms,
    )  # fmt: skip
    running = asyncio.ensure_future(query)
    try:
        await asyncio.wait({running}, timeout=_SOON)
        if not running.done() and not await done_or_left(running, request):
            raise QueryError("the client went away", "busy")
        return await running
    finally:
        if not running.done():
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError, QueryError):
                await running


# Without a query, and for people

_DESCRIPTIONS = {
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
}


async def _without_query(request: Request, asked: Asked) -> Response:
    """The page with its form, or the description of the service."""
    named = asked.given.get("format", [""])[-1]
    if asked.given.get("edit") or asked.given.get("example"):
        form: str | None = HTML
    elif named:
        form = asked.graph and asked.graph[0]
    else:
        form = best(request.headers.get("accept"), {**_DESCRIPTIONS, **_PAGE})
    if form is None:
        return _said(406, "the description of this service is to be had as " + ", ".join([*_DESCRIPTIONS, *_PAGE]))
    if form == HTML:
        return _page(request, asked)
    address = str(request.url.replace(query="", fragment=""))
    body = await run_in_threadpool(description, snapshot_of(request), address, form)
    return Response(b"" if request.method == "HEAD" else body, headers=_headers(MEDIA[form], len(body)))


async def _for_people(request: Request, asked: Asked, query: str) -> Response:
    if not query.strip():
        return _page(request, asked)
    try:
        reply = await _answer(request, asked, results=ROWS, graph=ROWS, rows=SHOWN)
    except QueryError as error:
        headers = {"Retry-After": "5"} if error.why == "busy" else None
        return _page(request, asked, _STATUS[error.why], headers, problem=str(error))
    # A thousand long rows take a while.
    return await run_in_threadpool(lambda: _page(request, asked, kind=reply.kind, answer=json.loads(reply.body)))


def _page(
    request: Request, asked: Asked, status: int = 200, headers: Mapping[str, str] | None = None, **context: Any
) -> Response:
    """The page with the query as it was asked, what came of it, and the named questions to begin with."""
    known = questions()
    name = asked.given.get("example", [""])[-1]
    if name and name not in known:
        return _said(404, f"no question is called {name[:80]!r}")
    query = known[name].text if name else asked.query or ""
    kind = context.get("kind")
    forms: list[str] = [] if kind is None else list(GRAPHS if kind == "graph" else RESULTS)
    beside = [("default-graph-uri", g) for g in asked.default_graphs] + [
        ("named-graph-uri", g) for g in asked.named_graphs
    ]
    downloads = {form: "?" + urlencode([("query", query), *beside, ("format", form)]) for form in forms}
    script = built("sparql.js")
    # The editor writes style elements of its own; scripts stay as strict as everywhere.
    more = {"Content-Security-Policy": STYLED} if script else {}
    return page(
        request, "sparql", status, {**more, **(headers or {})}, query=query, example=name,
        questions=list(known.values()), downloads=downloads, beside=beside, shown=SHOWN, built=script,
        short=_Short(snapshot_of(request).base), prefixes=PREFIXES, bodies=str(BODY),
        **{"kind": None, "answer": None, "problem": None} | context,
    )  # fmt: skip


class _Short:
    """An IRI as people read it: with a prefix that every query knows, or from the instance base on."""

    def __init__(self, base: str) -> None:
        self._base = base

    def __call__(self, iri: str) -> str:
        if iri.startswith(self._base):
            return unquote(iri.removeprefix(self._base))
        for prefix, namespace in PREFIXES.items():
            if iri.startswith(namespace) and "/" not in iri.removeprefix(namespace):
                return f"{prefix}:{unquote(iri.removeprefix(namespace))}"
        return unquote(iri)


routes: list[BaseRoute] = [
    Route(
        route("sparql"), endpoint, methods=["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"], name="sparql"
    )
]
