"""The pages for people, and the routes that lead to them."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.ask import Question, Table, ask, questions
from chidao.graph.answers.describe import FORMS
from chidao.graph.answers.lookup import NamingError
from chidao.graph.answers.provisions import known_provision
from chidao.graph.select import node, rows
from chidao.graph.write.terms import Names, escape
from chidao.viz.web.catalogue import N_
from chidao.viz.web.changing.own_body import own_body
from chidao.viz.web.guard.writing import writer_of
from chidao.viz.web.pages import views
from chidao.viz.web.pages.body_page import asked_of as body_asked
from chidao.viz.web.pages.body_page import body
from chidao.viz.web.pages.corrections_page import of_thing
from chidao.viz.web.pages.document_page import asked_of, document
from chidao.viz.web.rendering.links import ServerLinks
from chidao.viz.web.rendering.reasons import said_of
from chidao.viz.web.rendering.render import COOKIE, built, language_of, page
from chidao.viz.web.rendering.scheme_part import scheme_part
from chidao.viz.web.request import params
from chidao.viz.web.request.negotiate import best
from chidao.viz.web.sitemap import route
from chidao.viz.web.snapshots import Snapshot, snapshot_of
from chidao.viz.words import LANGUAGES

SHOWN = 20
"""Rows of an answer on one page."""


def thing(request: Request) -> Response:
    """Return a document or body at the path of its IRI: as a page, or as triples by the file ending or the Accept header."""
    shown, kind, key = snapshot_of(request), request.url.path.split("/", 2)[1], request.path_params["key"]
    stem, dot, ending = key.rpartition(".")
    form: str | None = ending if dot and ending in FORMS else None
    names = Names(shown.base)
    iri = getattr(names, kind)(stem if form else key).value
    provision = None
    if views.exists(shown, iri) != kind:
        if kind == "body":
            return _one_body(request, shown, iri)
        # a provision's IRI keeps its letters: "…/diem-đ"
        iri = f"{shown.base}document/{stem if form else key}"
        provision = known_provision(shown.store, iri)
        if provision is None:
            raise params.Refused(404, N_("nothing here has the IRI %(iri)s"), iri=iri)
    if form is None:
        offered = {"text/html": "html", "application/xhtml+xml": "html"} | {
            media: name for name, (media, _) in FORMS.items()
        }
        chosen = best(request.headers.get("accept"), offered)
        if chosen is None:
            raise HTTPException(406, "this is to be had as " + ", ".join(offered))
        form = None if chosen == "html" else chosen
    path = request.scope.get("root_path", "") + f"/{kind}/{escape(stem if dot and ending in FORMS else key)}"
    links = ", ".join(f'<{path}.{name}>; rel="alternate"; type="{FORMS[name][0]}"' for name in ("ttl", "jsonld", "nt"))
    headers = {"Link": links, "Vary": "Accept, Cookie"}
    if form:
        return Response(shown.graph.describe(iri, form), media_type=FORMS[form][0], headers=headers)
    if provision:
        return page(request, "provisions", headers=headers, **_provisions(request, *provision))
    if kind == "body":
        return page(request, kind, headers=headers, **body(shown, iri, body_asked(request)), **of_thing(request, iri))
    told, scheme = document(shown, iri, asked_of(request)), None
    if not told["asked"].list:
        own, to = own_body(request), ServerLinks(shown.base, request.scope.get("root_path", ""))
        scheme = scheme_part(shown, iri, to, language_of(request), own.province if own else None, inside=True)
    return page(request, kind, headers=headers, scheme=scheme, **told, **of_thing(request, iri))


def _one_body(request: Request, shown: Snapshot, iri: str) -> Response:
    """The way to the body that this one is, as people say. Raises HTTPException 404 where it is none."""
    row = next(rows(shown.store, "internal/same-body", body=node(iri)), None)
    to = ServerLinks(shown.base, request.scope.get("root_path", "")).thing(row["one"]) if row else None
    if to is None:
        raise params.Refused(404, N_("nothing here has the IRI %(iri)s"), iri=iri)
    return RedirectResponse(to, 303)


def provisions(request: Request) -> Response:
    """Return the provisions of the document named by `iri` or `ref`, with their state on a day."""
    shown = snapshot_of(request)
    ref = params.either(request, "ref", "iri")
    if not ref:
        raise ChidaoError("no document is named")
    return page(request, "provisions", **_provisions(request, views.resolve(shown, ref)))


def _provisions(request: Request, iri: str, path: str = "") -> dict[str, Any]:
    number = params.number(request, "page", 1, 100_000) or 1
    return views.provisions_page(snapshot_of(request), iri, path, params.day(request, "on"), number)


def timeline(request: Request) -> Response:
    """Return what followed the directive named by `ref`."""
    shown = snapshot_of(request)
    ref = params.either(request, "ref", "iri")
    if not ref:
        return page(request, "timeline", timeline=None, followed=views.followed(shown))
    number = params.number(request, "page", 1, 100_000) or 1
    found = views.timeline(shown, views.resolve(shown, ref), number)
    return page(request, "timeline", has_plot=built("plot.js"), **found)


def asked(request: Request) -> Response:
    return page(request, "questions", questions=list(questions().values()))


def question(request: Request) -> Response:
    """Return a named question with its answer, once its parameters are given."""
    found = questions().get(request.path_params["name"])
    if found is None:
        raise params.Refused(404, N_("no question is called %(name)r"), name=request.path_params["name"])
    given = {p.name: value for p in found.params if (value := request.query_params.get(p.name, "").strip())}
    answer, problem = _answer(request, found, given)
    number = params.number(request, "page", 1, 100_000) or 1
    return page(
        request, "question", 400 if problem else 200, question=found, given=given, answer=answer,
        problem=problem, shown=SHOWN, number=number, columns=views.columns(answer.columns) if answer else [],
    )  # fmt: skip


def _answer(request: Request, found: Question, given: dict[str, str]) -> tuple[Table | None, str | None]:
    missing = [p.name for p in found.params if p.required and p.name not in given]
    if missing:
        return None, None
    try:
        return ask(snapshot_of(request).store, found.name, given), None
    except NamingError:
        raise
    except ChidaoError as error:
        return None, said_of(error, language_of(request), here=writer_of(request) is not None)


def language(request: Request) -> Response:
    """Remember a language and go back to where the visitor was."""
    chosen = request.path_params["tag"]
    if chosen not in LANGUAGES:
        raise HTTPException(404, f"no such language: {chosen}")
    back = request.query_params.get("next", "/")
    if not back.startswith("/") or back.startswith(("//", "/\\")) or any(ord(c) < 32 for c in back):
        back = "/"  # a path of this site, never another one
    response = RedirectResponse(back, 303)
    response.set_cookie(COOKIE, chosen, max_age=365 * 86400, samesite="lax", httponly=True)
    return response


_HANDLERS = {
    "document": thing, "provisions": provisions, "body": thing,
    "timeline": timeline, "questions": asked, "question": question,
}  # fmt: skip

routes: list[BaseRoute] = [
    *(Route(route(name), handler, methods=["GET"]) for name, handler in _HANDLERS.items()),
    Route("/language/{tag}", language, methods=["GET"]),
]
