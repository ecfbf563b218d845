"""As long as there is no graph, every page leads to the one on which files are added, and programs are told to come again."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from chidao.viz.web.catalogue import N_, translations
from chidao.viz.web.rendering.render import language_of, page
from chidao.viz.web.sitemap import route
from chidao.viz.web.snapshots import EndpointSnapshots, Snapshots

_SAID = "no graph here yet: documents are added on the site's own page, or with `chidao build`"
_NOTHING = N_("Nothing has been read in yet; whoever sits at the machine that runs this site can add documents.")
_HEADERS = {"Retry-After": "30"}


class FirstStart:
    """Middleware that answers in the place of a graph as long as there is none. It stands behind `Writers`."""

    def __init__(self, app: ASGIApp, snapshots: Snapshots | EndpointSnapshots) -> None:
        self._app, self._snapshots = app, snapshots

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self._snapshots.is_waiting() or _is_about_adding(_path(scope)):
            await self._app(scope, receive, send)
            return
        path = _path(scope)
        if path.startswith("/api/"):
            await JSONResponse({"error": _SAID}, 503, _HEADERS)(scope, receive, send)
        elif path == route("sparql"):
            await PlainTextResponse(_SAID + "\n", 503, _HEADERS)(scope, receive, send)
        elif scope["state"]["writer"] is None:
            request = Request(scope, receive)
            said = translations(language_of(request)).gettext(_NOTHING)
            await page(request, "error", 503, headers=_HEADERS, number=503, message=said)(scope, receive, send)
        else:
            await RedirectResponse(scope.get("root_path", "") + route("add"), 303)(scope, receive, send)


def _path(scope: Scope) -> str:
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


def _is_about_adding(path: str) -> bool:
    return path == route("add") or path.startswith((route("add") + "/", "/office/", "/static/"))
