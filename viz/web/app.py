"""The site as an ASGI application, put together from its rooms."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from chidao.extract.errors import ChidaoError
from chidao.extract.formats.sandbox import Readers
from chidao.graph.answers.lookup import NamingError
from chidao.graph.store import GraphError
from chidao.graph.workspace import Workspace
from chidao.viz.web import (
    add_page,
    api,
    changes_page,
    check_page,
    corrections_page,
    corrections_said,
    coverage_page,
    facsimile_page,
    files_page,
    graph_page,
    home_page,
    original,
    own_body,
    pages,
    progress_page,
    protocol,
    search_page,
    tasks_page,
    tasks_said,
    text_page,
)
from chidao.viz.web.apart import Apart
from chidao.viz.web.builds import Builds
from chidao.viz.web.catalogue import translations
from chidao.viz.web.choices import offer
from chidao.viz.web.first_start import FirstStart
from chidao.viz.web.foreign import ForeignPages
from chidao.viz.web.hosts import KnownHosts, Names
from chidao.viz.web.negotiate import best
from chidao.viz.web.params import Refused
from chidao.viz.web.reasons import said_of
from chidao.viz.web.render import language_of, page
from chidao.viz.web.security_headers import SecurityHeaders
from chidao.viz.web.snapshots import EndpointSnapshots, Snapshots
from chidao.viz.web.writing import Writers, writer_of

if TYPE_CHECKING:
    from chidao.graph.answers.remote import RemoteGraph

STATIC = Path(__file__).parent / "static"
_UNPACKING = 2
"""Members of archives that are unpacked at once, each in a process of its own."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a server grants: seconds and bytes for one query, bytes of one upload."""

    seconds: float
    result: int
    upload: int


def make_app(
    graph_dir: str | Path,
    *,
    cors: Sequence[str] = (),
    hosts: Names | None = None,
    time_limit: float = 30.0,
    max_bytes: int = 64 << 20,
    max_upload: int = 20 << 20,
    apart: bool = False,
    workspace: Workspace | None = None,
    read_only: bool = False,
    endpoint: RemoteGraph | None = None,
) -> Starlette:
    """Return the site over the graph in a folder; `cors` are the origins whose pages may read `/api` and `/sparql` ("*": all);
    `hosts` the names by which the site answers, None for all. With `apart` pages, the API and drafts are answered in processes of their
    own within the time limit (a draft within a minute, if that is more), as queries are in any case. Who sits at this machine may change
    the `workspace`; nobody may without one or where it is `read_only`. A graph behind an `endpoint` is shown in the place of the one in
    a folder: read-only, and in this process, as the others have no network.

    Raises GraphError when the graph is damaged, and when there is none and nobody may make one."""
    written = None if read_only or endpoint else workspace
    apart = apart and endpoint is None
    snapshots = (
        EndpointSnapshots(endpoint) if endpoint
        else Snapshots(graph_dir, searching=not apart, waiting=written is not None)
    )  # fmt: skip
    middleware = [
        Middleware(SecurityHeaders),
        Middleware(KnownHosts, names=hosts),
        Middleware(GZipMiddleware, minimum_size=2000, compresslevel=5),
    ]
    if cors:
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=list(cors),
                allow_methods=["GET", "POST"],
                allow_headers=["*"],
                expose_headers=["ETag"],
            )
        )
    middleware += [
        Middleware(ForeignPages, cors=cors),
        Middleware(Writers, workspace=written),
        Middleware(FirstStart, snapshots=snapshots),
    ]
    routes = [*protocol.routes, *_SERVED, *_WRITES, *([] if apart else _PAGES), _static()]
    app = Starlette(routes=routes, middleware=middleware, lifespan=_lifespan, exception_handlers=_HANDLERS)
    app.state.snapshots = snapshots
    app.state.limits = Limits(time_limit, max_bytes, max_upload)
    app.state.workspace = workspace
    app.state.builds = Builds(graph_dir, written) if written else None
    app.state.compared = original.Compared()
    app.state.unpacking = asyncio.Semaphore(_UNPACKING)
    app.state.readers = Readers(1)
    if apart:
        app.state.apart = app.router.default = Apart(
            graph_dir, time_limit=time_limit, max_upload=max_upload, workspace=workspace
        )
    return app


def make_pages(graph_dir: str | Path, *, max_upload: int, workspace: Workspace | None = None) -> Starlette:
    """Pages, the API and drafts alone, as they are answered in a process of their own. Raises GraphError."""
    middleware = [Middleware(SecurityHeaders), Middleware(GZipMiddleware, minimum_size=2000, compresslevel=5)]
    app = Starlette(routes=_PAGES, middleware=middleware, exception_handlers=_HANDLERS)
    app.state.snapshots = Snapshots(graph_dir, waiting=workspace is not None)
    app.state.limits = Limits(0.0, 0, max_upload)
    app.state.workspace = workspace
    app.state.readers = Readers(1)
    return app


def _static() -> Mount:
    return Mount("/static", StaticFiles(directory=STATIC), name="static")


@contextlib.asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    """Starts the processes with the server, and ends them."""
    if hasattr(app.state, "apart"):
        app.state.apart.start()
    if app.state.builds:
        app.state.builds.start()
    yield
    await close(app)


async def close(app: Starlette) -> None:
    """End the processes; who waits for one of them is told so."""
    for name in ("builds", "apart", "workers", "readers"):
        if getattr(app.state, name, None):
            await run_in_threadpool(getattr(app.state, name).close)


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


_PAGES: list[BaseRoute] = [
    *home_page.routes,
    *pages.routes,
    *progress_page.routes,
    *coverage_page.routes,
    *search_page.routes,
    *api.routes,
    *changes_page.routes,
    *check_page.routes,
    *corrections_page.routes,
    *graph_page.routes,
    *tasks_page.routes,
    *text_page.routes,
    *facsimile_page.routes,
    *files_page.routes,
]
_SERVED: list[BaseRoute] = [*add_page.routes, *original.routes]
"""What the server itself answers: what knows of the build that goes on, and files as they are."""
_WRITES: list[BaseRoute] = [*add_page.writes, *corrections_said.routes, *tasks_said.routes, *own_body.routes]
_WRITES += search_page.writes
"""What changes the workspace: answered by the server itself, with POST, below /office/."""
_HANDLERS: dict[Any, Any] = {HTTPException: refused, NamingError: offer, ChidaoError: wrong, 500: broken}
