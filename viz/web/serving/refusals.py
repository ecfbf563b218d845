"""What is answered where a request is refused or fails: a page for people, JSON for programs, a line for the rest."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.lookup import NamingError
from chidao.graph.store import GraphError
from chidao.viz.web.catalogue import translations
from chidao.viz.web.guard.writing import writer_of
from chidao.viz.web.rendering.reasons import said_of
from chidao.viz.web.rendering.render import language_of, page
from chidao.viz.web.request.negotiate import best
from chidao.viz.web.request.params import Refused
from chidao.viz.web.serving.choices import offer


def _said(
    request: Request, status: int, message: str, headers: dict[str, str] | None = None, error: Exception | None = None
) -> Response:
    path = request.url.path
    if path.startswith("/api/"):
        return JSONResponse({"error": message}, status, headers)
    forms = {"text/html": True, "text/plain": False}
    if path.startswith("/static/") or not best(request.headers.get("accept"), forms):
        return PlainTextResponse(message + "\n", status, headers)
    gettext = translations(language_of(request)).gettext
    if isinstance(error, Refused):
        message = gettext(error.message) % error.values
    else:
        message = gettext(message) if message != HTTPStatus(status).phrase else ""
    return page(request, "error", status, headers=headers, number=status, message=message)


async def refused(request: Request, error: Exception) -> Response:
    """404, 405 and what else a handler refuses, in the form that the client reads."""
    assert isinstance(error, HTTPException)
    return _said(request, error.status_code, error.detail, dict(error.headers or {}), error)


async def wrong(request: Request, error: Exception) -> Response:
    """Return what a person typed cannot be understood, or what this office keeps, or the graph, cannot be read."""
    assert isinstance(error, ChidaoError)
    status = 503 if isinstance(error, GraphError) else 400
    language = None if request.url.path.startswith("/api/") else language_of(request)
    return _said(request, status, said_of(error, language, here=writer_of(request) is not None))


async def broken(request: Request, error: Exception) -> Response:
    """Return a fault of ours; the server's log has its trace."""
    return PlainTextResponse("internal error\n", 500)


HANDLERS: dict[Any, Any] = {HTTPException: refused, NamingError: offer, ChidaoError: wrong, 500: broken}
"""By the exception, as Starlette takes them."""
