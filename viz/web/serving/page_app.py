"""Pages, the API and drafts as an application of their own: all that only reads the graph. A server that has them answered in other
processes does without what these need."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute

from chidao.extract.formats.sandbox import Readers
from chidao.graph.workspace import Workspace
from chidao.viz.web import api
from chidao.viz.web.guard.limits import Limits
from chidao.viz.web.guard.security_headers import SecurityHeaders
from chidao.viz.web.pages import (
    changes_page,
    check_page,
    corrections_page,
    coverage_page,
    facsimile_page,
    files_page,
    graph_page,
    home_page,
    pages,
    progress_page,
    search_page,
    tasks_page,
    text_page,
)
from chidao.viz.web.serving.refusals import HANDLERS
from chidao.viz.web.snapshots import Snapshots

ROUTES: list[BaseRoute] = [
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


def make_pages(graph_dir: str | Path, *, max_upload: int, workspace: Workspace | None = None) -> Starlette:
    """Pages, the API and drafts alone, as they are answered in a process of their own. Raises GraphError."""
    middleware = [Middleware(SecurityHeaders), Middleware(GZipMiddleware, minimum_size=2000, compresslevel=5)]
    app = Starlette(routes=ROUTES, middleware=middleware, exception_handlers=HANDLERS)
    app.state.snapshots = Snapshots(graph_dir, waiting=workspace is not None)
    app.state.limits = Limits(0.0, 0, max_upload)
    app.state.workspace = workspace
    app.state.readers = Readers(1)
    return app
