"""What a page of another site, open in the same browser, may make this one do: nothing but fetch public pages, which it cannot read.

Browsers say where a request comes from by Sec-Fetch-Site (to addresses of this machine and by TLS), and by Origin with whatever is posted.
Programs that are no browsers say neither, and ask on their own behalf.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from chidao.viz.web.sitemap import route

_SAID = "a page of another site may not ask this here, unless the server was started with --cors for it"
_OWN = ("same-origin", "none")
"""The site's own pages, and what a person typed or opened from a bookmark."""


class ForeignPages:
    """Middleware that refuses what pages of other sites send, but for plain GETs; those of the origins in `cors` ("*": all) may ask
    `/sparql` and `/api`."""

    def __init__(self, app: ASGIApp, cors: Sequence[str] = ()) -> None:
        self._app, self._cors = app, frozenset(cors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._refused(scope):
            said = JSONResponse({"error": _SAID}, 403) if _path(scope).startswith("/api/") else None
            await (said or PlainTextResponse(_SAID + "\n", 403))(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _refused(self, scope: Scope) -> bool:
        headers, path = Headers(scope=scope), _path(scope)
        asks = path == route("sparql") and scope["query_string"]
        if scope["method"] in ("GET", "HEAD", "OPTIONS") and not (asks and scope["method"] != "OPTIONS"):
            return False
        if not _from_elsewhere(headers):
            return False
        granted = "*" in self._cors or headers.get("origin") in self._cors
        return not (granted and (path == route("sparql") or path.startswith("/api/")))


def _path(scope: Scope) -> str:
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


def _from_elsewhere(headers: Headers) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in _OWN
    origin = headers.get("origin")
    # Behind a proxy the scheme may be another one.
    return origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
