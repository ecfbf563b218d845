"""The search: what the page shows, the searches that an office keeps, and the routes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.saved_search import Saved, forget, keep, look, new_since, saved
from chidao.graph.answers.search import FACETS, SORTS, STATES, Found
from chidao.graph.workspace import Workspace
from chidao.ontology.authority import LEVELS
from chidao.viz.web.catalogue import N_
from chidao.viz.web.guard.writing import back, written_form
from chidao.viz.web.pages import views
from chidao.viz.web.rendering.render import page
from chidao.viz.web.request import params
from chidao.viz.web.sitemap import route
from chidao.viz.web.snapshots import Snapshot, snapshot_of

A_PAGE = 20
"""Results on one page."""
FEW = 6
"""Values of a facet that are shown at first."""
_SHOWN = ("where", "kind", "type", "level", "issuer", "year", "state", "carried")
_HEADS = {
    "where": N_("Words found in"), "kind": N_("What it is"), "type": N_("Type of document"), "level": N_("Level"),
    "issuer": N_("Issued by"), "year": N_("Year"), "state": N_("In force today"), "carried": N_("Carried out"),
}  # fmt: skip
_NAMES = {
    "where": {"name": N_("number, title, body"), "text": N_("text alone")},
    "kind": {"document": N_("Documents"), "body": N_("Bodies")},
    "state": {
        "in-force": N_("In force"), "not-yet": N_("Not in force yet"), "partly": N_("Partly ended"), "expired": N_("No longer in force"),
        "suspended": N_("Suspended"), "partly-suspended": N_("Partly suspended"), "unknown": N_("Not said by the files"),
    },
    "carried": {"yes": N_("Documents carry it out"), "no": N_("None seen that does")},
}  # fmt: skip
"""What the values are called that have no names of their own."""
WHY = {
    "number": N_("number and symbol"), "name": N_("name"), "title": N_("title"),
    "issuer": N_("issuer"), "signer": N_("signer"), "date": N_("day of issue"),
    "type": N_("type"), "place": N_("place"), "file": N_("name of the file"), "text": N_("text"), "other": N_("another way of writing it"),
    "near": N_("spelling that is near"),
}  # fmt: skip
SORTED = {"relevance": N_("What fits best"), "date": N_("Latest first"), "oldest": N_("Oldest first")}
_SAVED_AS = 80
"""Characters of the name of a saved search."""


def narrowing(request: Request) -> dict[str, Any]:
    """Return the values of facets that a request wants. Raises HTTPException 400."""
    return {
        "kind": params.one_of(request, "kind", ("document", "body")),
        "type": params.text(request, "type"),
        "issuer": params.text(request, "issuer"),
        "level": params.one_of(request, "level", LEVELS),
        "year": params.number(request, "year", 1900, 2200),
        "state": params.one_of(request, "state", STATES),
        "carried": params.one_of(request, "carried", ("yes", "no")),
        "where": params.one_of(request, "where", ("name", "text")),
    }


def search(request: Request) -> Response:
    """Show what is found for `q`, or all by date, narrowed by facets; of a `saved` search what is `new` is told, or comes alone."""
    number = params.number(request, "page", 1, 100_000) or 1
    narrow = narrowing(request)
    q, name = params.text(request, "q") or "", params.text(request, "saved")
    sort = params.one_of(request, "sort", SORTS) or ("relevance" if q else "date")
    shown, workspace = snapshot_of(request), request.app.state.workspace
    fresh = new_since(shown.graph, workspace, name) if name and workspace else None
    only = fresh if fresh is not None and params.flag(request, "new") else None
    offset = (number - 1) * A_PAGE
    found = shown.graph.search(q, limit=A_PAGE, offset=offset, sort=sort, only=only, **narrow)
    given = {name: str(value) for name, value in narrow.items() if value}
    return page(
        request, "search", q=q, given=given, sort=sort, sorts=SORTED, number=number, offset=offset, found=found,
        facets=_facets(found, given), why=WHY, tallies=views.counted(shown), kept=[] if q else saved_searches(shown, workspace),
        few=FEW, without=_without, query=query_of(q, given), name=None if fresh is None else name, fresh=fresh or frozenset(),
        only_new=only is not None,
    )  # fmt: skip


def query_of(q: str, given: Mapping[str, str]) -> str:
    """Return the words and the facets of a search as one line.

    >>> query_of("nghi quyet", {"level": "central"})
    'q=nghi+quyet&level=central'
    """
    return urlencode([(name, value) for name, value in {"q": q, **given}.items() if value])


def saved_searches(snapshot: Snapshot, workspace: Workspace | None) -> list[tuple[Saved, dict[str, str]]]:
    """Return the searches that the office keeps, with how many results are new since somebody last looked, each with the parameters of
    the page that shows them."""
    try:
        kept = saved(snapshot.graph, workspace) if workspace else []
    except ChidaoError:
        return []  # the page that changes settings says so
    return [(one, dict(parse_qsl(one.query)) | {"saved": one.name}) for one in kept]


def _without(given: Mapping[str, str], name: str) -> dict[str, str]:
    """The facets that are chosen but for one."""
    return {other: value for other, value in given.items() if other != name}


def _facets(found: Found, given: Mapping[str, str]) -> list[dict[str, Any]]:
    """The facets that tell results apart, in order, each with its values."""
    told = []
    for name in _SHOWN:
        values = found.facets.get(name, ())
        if name in given or len(values) > 1:
            known = _NAMES.get(name, {})
            told.append(
                {
                    "name": name, "head": _HEADS[name], "values": [(value, known.get(value), count) for value, count in values],
                    "chosen": given.get(name),
                }
            )  # fmt: skip
    return told


async def save(request: Request) -> Response:
    """Keep a search, say that its results were looked at, or forget it."""
    workspace, form = await written_form(request)
    told = {name: value.strip() for name in ("do", "name", "query") if isinstance(value := form.get(name), str)}
    name, query = told.get("name", "")[:_SAVED_AS], told.get("query", "")
    known = dict(parse_qsl(query))
    if not name.isprintable() or not name or len(query) > 4000 or not known.keys() <= {"q", *FACETS}:
        raise HTTPException(400, N_("A search to be kept has a name and words."))
    graph = snapshot_of(request).graph
    if told.get("do") == "keep":
        keep(graph, workspace, name, query)
    elif told.get("do") == "look":
        look(graph, workspace, name)
    elif told.get("do") == "forget":
        forget(workspace, name)
    else:
        raise HTTPException(400, N_("A search to be kept has a name and words."))
    return back(request, form, route("search"))


routes: list[BaseRoute] = [Route(route("search"), search, methods=["GET"])]
writes: list[BaseRoute] = [Route("/office/searches", save, methods=["POST"])]
