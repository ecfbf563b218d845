"""The pages for people: what each needs to know, and the routes that lead to them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from chidao.viz.web import views
from chidao.viz.web.catalogue import LANGUAGES
from chidao.viz.web.render import COOKIE, page
from chidao.viz.web.shelf import library


def home(request: Request) -> Response:
    return page(request, "home.html", section="home", **views.home(library(request)))


def language(request: Request) -> Response:
    """Remember a language and go back to where the visitor was."""
    chosen = request.path_params["tag"]
    back = request.query_params.get("next", "/")
    if not back.startswith("/") or back.startswith(("//", "/\\")) or any(ord(c) < 32 for c in back):
        back = "/"  # a path of this site, never another one
    response = RedirectResponse(back, 303)
    if chosen in LANGUAGES:
        response.set_cookie(COOKIE, chosen, max_age=365 * 86400, samesite="lax", httponly=True)
    return response


routes: list[BaseRoute] = [
    Route("/", home),
    Route("/language/{tag}", language),
]
