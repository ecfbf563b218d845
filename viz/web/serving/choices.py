"""A name that nothing here has, or several things: said with what there is to choose from.

A choice asks again what was asked, with the thing's IRI in the place of its name, so that a visitor comes back to the matrix or
timeline that was wanted.
"""

from __future__ import annotations

from dataclasses import asdict
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from chidao.graph.answers.lookup import AmbiguousNameError, Match, NamingError, UnfitNameError, UnknownNameError
from chidao.viz.web.rendering.links import ServerLinks
from chidao.viz.web.rendering.render import page
from chidao.viz.web.snapshots import snapshot_of

_SHOWN = 60
"""Characters of the name that are repeated."""
_LISTED = 50
"""Candidates that are listed."""


async def offer(request: Request, error: Exception) -> Response:
    """Return what nothing is called is 404. What several things are called is a page of choices (300), and below `/api/`, where a program
    has asked for one answer, a conflict (409) with the candidates."""
    assert isinstance(error, NamingError)
    name = error.name if len(error.name) <= _SHOWN else error.name[:_SHOWN] + "…"
    if isinstance(error, AmbiguousNameError):
        return _several(request, error, name)
    if isinstance(error, UnfitNameError):
        told = " ".join(str(error).replace("--", "").split())
        return (
            JSONResponse({"error": told}, 404)
            if _for_programs(request)
            else page(request, "error", 404, number=404, message=told)
        )
    assert isinstance(error, UnknownNameError)
    if _for_programs(request):
        near = f"; near: {', '.join(error.near)}" if error.near else ""
        return JSONResponse({"error": f"no {error.kind} here is called {name!r}{near}"}, 404)
    choices = [(_again(request, error.name, label), Match("", label)) for label in error.near]
    return page(request, "choices", 404, kind=error.kind, name=name, several=0, choices=choices)


def _several(request: Request, error: AmbiguousNameError, name: str) -> Response:
    listed, several = error.candidates[:_LISTED], len(error.candidates)
    if _for_programs(request):
        links = ServerLinks(snapshot_of(request).base, request.scope.get("root_path", ""))
        if error.kind == "document":
            told = f"{several} documents are called {name!r}; say which with year, scope or its iri"
        else:
            told = f"{several} bodies are called {name!r}; name one in full or by its iri"
        candidates = [asdict(match) | {"url": links.thing(match.iri)} for match in listed]
        return JSONResponse({"error": told, "candidates": candidates}, 409)
    choices = [(_again(request, error.name, match.iri), match) for match in listed]
    return page(request, "choices", 300, kind=error.kind, name=name, several=several, choices=choices)


def _for_programs(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _again(request: Request, name: str, chosen: str) -> str:
    """The address that was asked for, with what was chosen in the place of the name."""
    given = [(key, chosen if value.strip() == name else value) for key, value in request.query_params.multi_items()]
    return f"{request.scope.get('root_path', '')}{request.url.path}?{urlencode(given)}"
