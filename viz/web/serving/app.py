"""The site as an ASGI application, put together from its rooms."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from chidao.extract.formats.sandbox import Readers
from chidao.graph.workspace import Workspace
from chidao.viz.web.changing import corrections_said, own_body, tasks_said
from chidao.viz.web.changing.builds import Builds
from chidao.viz.web.guard.apart import MAX_UPLOAD, Apart
from chidao.viz.web.guard.foreign import ForeignPages
from chidao.viz.web.guard.hosts import KnownHosts, Names
from chidao.viz.web.guard.limits import Limits
from chidao.viz.web.guard.security_headers import SecurityHeaders
from chidao.viz.web.guard.writing import Writers
from chidao.viz.web.pages import add_page, original, search_page
from chidao.viz.web.serving.first_start import FirstStart
from chidao.viz.web.serving.refusals import HANDLERS
from chidao.viz.web.snapshots import EndpointSnapshots, Snapshots
from chidao.viz.web.sparql import protocol

if TYPE_CHECKING:
    from chidao.graph.answers.remote import RemoteGraph

STATIC = Path(__file__).parents[1] / "static"
_UNPACKING = 2
"""Members of archives that are unpacked at once, each in a process of its own."""


def make_app(
    graph_dir: str | Path,
    *,
    cors: Sequence[str] = (),
    hosts: Names | None = None,
    time_limit: float = 30.0,
    max_bytes: int = 64 << 20,
    max_upload: int = MAX_UPLOAD,
    apart: Apart | bool | None = False,
    workspace: Workspace | None = None,
    read_only: bool = False,
    endpoint: RemoteGraph | None = None,
) -> Starlette:
    """Return the site over the graph in a folder; `cors` are the origins whose pages may read `/api` and `/sparql` ("*": all);
    `hosts` the names by which the site answers, None for all. With `apart` (True: made here) pages, the API and drafts are answered in
    processes of their own within the time limit (a draft within a minute, if that is more), as queries are in any case. Who sits at this
    machine may change the `workspace`; nobody may without one or where it is `read_only`. A graph behind an `endpoint` is shown in the
    place of the one in a folder: read-only, and in this process, as the others have no network.

    Raises GraphError when the graph is damaged, and when there is none and nobody may make one."""
    written = None if read_only or endpoint else workspace
    apart = None if endpoint else apart
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
    routes = [*protocol.routes, *_SERVED, *_WRITES, *([] if apart else _pages()), _static()]
    app = Starlette(routes=routes, middleware=middleware, lifespan=_lifespan, exception_handlers=HANDLERS)
    app.state.snapshots = snapshots
    app.state.limits = Limits(time_limit, max_bytes, max_upload)
    app.state.workspace = workspace
    app.state.builds = Builds(graph_dir, written) if written else None
    app.state.compared = original.Compared()
    app.state.unpacking = asyncio.Semaphore(_UNPACKING)
    app.state.readers = Readers(1)
    if apart:
        app.state.apart = app.router.default = apart if isinstance(apart, Apart) else Apart(
            graph_dir, time_limit=time_limit, max_upload=max_upload, workspace=workspace
        )  # fmt: skip
    return app


def _pages() -> list[BaseRoute]:
    from chidao.viz.web.serving.page_app import ROUTES  # what pages need is loaded where they are made

    return ROUTES


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


_SERVED: list[BaseRoute] = [*add_page.routes, *original.routes]
"""What the server itself answers: what knows of the build that goes on, and files as they are."""
_WRITES: list[BaseRoute] = [*add_page.writes, *corrections_said.routes, *tasks_said.routes, *own_body.routes]
_WRITES += search_page.writes
"""What changes the workspace: answered by the server itself, with POST, below /office/."""
