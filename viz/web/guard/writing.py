"""Who may change what the workspace holds: a person at this machine, by a form of one of the site's own pages.

A page that this person opens carries a token, which only the server and its pages know, and each form sends it back. Pages of other sites
are refused before (`foreign`), and so is whoever reaches the server by a name or an address that leads here from elsewhere, or through
another server. `chidao serve --read-only` gives out no token at all.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from urllib.parse import urlsplit

from starlette.datastructures import FormData, Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from chidao.graph.workspace import Workspace
from chidao.viz.web.catalogue import N_
from chidao.viz.web.guard.hosts import is_local

FIELD = "token"
"""The field of a form that carries the token."""
HEADER = "x-chidao-token"
"""The header that carries it where a script sends no form."""
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
REFUSED = N_("Only who sits at the machine that runs this site can change something here.")
_STALE = N_("This page is older than the site that runs now; open it again and repeat.")
_FIELDS = 200


class Writers:
    """Middleware that notes, for the pages and for those who write, which token this client's pages carry; None for who may only read."""

    def __init__(self, app: ASGIApp, workspace: Workspace | None) -> None:
        self._app, self._token = app, secrets.token_urlsafe(24) if workspace else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope.setdefault("state", {})["writer"] = self._token if _is_here(scope) else None
        await self._app(scope, receive, send)


def _is_here(scope: Scope) -> bool:
    """Does this request come from a program on this machine, by a name that only this machine has, and through no other server?"""
    headers = Headers(scope=scope)
    try:
        near = ipaddress.ip_address((scope.get("client") or ("",))[0]).is_loopback
        name = urlsplit(f"//{headers.get('host', '')}").hostname or ""
    except ValueError:
        return False
    spoken = (
        scope.get("http_version", "1.1") != "1.0"
    )  # no browser speaks it; a server in between may, and names itself in no header
    return spoken and near and is_local(name) and not any(header in headers for header in _FORWARDED)


def writer_of(request: Request) -> str | None:
    """Return the token for the forms of this request's page; None where nothing may be changed."""
    token: str | None = getattr(request.state, "writer", None)
    return token


def check_writer(request: Request, given: str | None) -> Workspace:
    """Return the workspace that may be changed by who gave this token. Raises HTTPException (403)."""
    token = writer_of(request)
    workspace: Workspace | None = request.app.state.workspace
    if token is None or workspace is None:
        raise HTTPException(403, REFUSED)
    if not hmac.compare_digest(token.encode(), (given or "").encode()):
        raise HTTPException(403, _STALE)
    return workspace


async def written_form(request: Request) -> tuple[Workspace, FormData]:
    """Return the workspace and the fields of a form without files. Raises HTTPException: 403 for who may not write, 400 for no form."""
    if writer_of(request) is None:
        raise HTTPException(403, REFUSED)
    form = await request.form(max_files=0, max_fields=_FIELDS)
    given = form.get(FIELD)
    return check_writer(request, given if isinstance(given, str) else None), form


def back(request: Request, form: FormData, default: str = "/") -> RedirectResponse:
    """Lead to the page that the form names in `next`, which is one of this site's."""
    to = form.get("next")
    local = isinstance(to, str) and to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable()
    return RedirectResponse(str(to) if local else request.scope.get("root_path", "") + default, 303)
