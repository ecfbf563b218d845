"""The page "Tình hình triển khai", one directive on one screen: who has carried it out, of whom nothing was seen, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from chidao.graph.answers.coverage import Coverage
from chidao.graph.answers.coverage_rows import OF_A_PROVINCE
from chidao.graph.answers.tally import PROGRESS, STATES
from chidao.graph.select import node, rows
from chidao.viz.documents.progress_docx import progress_document
from chidao.viz.web.catalogue import N_
from chidao.viz.web.changing.own_body import own_body
from chidao.viz.web.pages import views
from chidao.viz.web.rendering.curve import curve
from chidao.viz.web.rendering.render import page
from chidao.viz.web.rendering.tile_map import tile_map
from chidao.viz.web.request import params
from chidao.viz.web.sitemap import route
from chidao.viz.web.snapshots import Snapshot, snapshot_of
from chidao.viz.words import words

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_SHOWN = 12
"""Documents of a body."""


def progress(
    snapshot: Snapshot,
    iri: str | None,
    level: str | None = None,
    within: str | None = None,
    on: date | None = None,
    *,
    live: bool = True,
) -> dict[str, Any]:
    """Return what the page shows of the document with this IRI over the bodies of a level; of none, the directives to choose from. Of a
    written site's page, which is not `live`, all documents of each body."""
    offered: dict[str, Any] = {
        "choices": list(words().rows),
        "provinces": views.provinces(on),
        "order": PROGRESS,
        "own": set(),
        "states": STATES,
    }
    if iri is None:
        return offered | {"coverage": None, "followed": views.followed(snapshot), "tallies": views.counted(snapshot)}
    if level is None:
        level, within = _usual_rows(snapshot, iri)
    if level in OF_A_PROVINCE and within is None:
        return offered | {"coverage": None, "missing": iri, "followed": [], "tallies": {}, "level": level}
    found = snapshot.graph.coverage_of([iri], level=level, within=within, on=on, most=_SHOWN if live else None)
    counts = found.tally()
    return offered | {
        "coverage": found,
        "directive": found.directives[0],
        "counts": counts,
        "since": found.since[0],
        "audience": found.audience[0],
        "meant": [row.name for row in found.rows if row.cells[0].asked],
        "asked_on": on.isoformat() if on else None,
        "level": level,
        "within": found.within,
        "within_name": views.province_name(found.within),
        "groups": unseen(found),
        "map": tile_map(found.rows),
        "curve": curve(counts, found.directives[0].date, found.on),
    }


def _usual_rows(snapshot: Snapshot, iri: str) -> tuple[str, str | None]:
    """The level whose bodies a directive is for, and the province whose they are: a province's directive is for its departments."""
    facts = next(rows(snapshot.store, "internal/document", document=node(iri)), {})
    place = (facts.get("scope") or "").split("/")[0]
    known = {key for key, _ in views.provinces()}
    return ("department", place) if facts.get("level") == "province" and place in known else ("province", None)


def unseen(found: Coverage) -> list[tuple[str, list[Any]]]:
    """Return the rows that have no document that carries the directive out, by what is known of them: those with later documents first, in
    which nothing was seen, the most documents first; then those that mention it, and those without a later document."""
    groups: dict[str, list[Any]] = {"silent": [], "mentioned": [], "no-files": []}
    for row in found.rows:
        if row.cells[0].progress in groups:
            groups[row.cells[0].progress].append(row)
    return [(name, members) for name, members in groups.items() if members]


def shown(request: Request) -> Response:
    """Return the state of the directive named by `ref`."""
    snapshot = snapshot_of(request)
    ref = params.either(request, "ref", "iri")
    level = params.one_of(request, "level", tuple(words().rows))
    iri = views.resolve(snapshot, ref) if ref else None
    told = progress(snapshot, iri, level, params.text(request, "within"), params.day(request, "on"))
    own, found = own_body(request), told["coverage"]
    marked = {row.key for row in found.rows if own and own.has(row)} if found else set()
    return page(request, "progress", **told | {"own": marked})


def taken(request: Request) -> Response:
    """Return the same as a Word document of one page."""
    snapshot = snapshot_of(request)
    ref = params.text(request, "ref", required=True)
    level = params.one_of(request, "level", tuple(words().rows))
    told = progress(
        snapshot, views.resolve(snapshot, ref or ""), level, params.text(request, "within"), params.day(request, "on")
    )
    if told["coverage"] is None:
        raise params.Refused(400, N_("Choose the province whose bodies are the rows."))
    headers = {"Content-Disposition": 'attachment; filename="tinh-hinh-trien-khai.docx"'}
    return Response(progress_document(told["coverage"]), media_type=_DOCX, headers=headers)


routes: list[BaseRoute] = [
    Route(route("progress"), shown, methods=["GET"]),
    Route(route("progress") + ".docx", taken, methods=["GET"]),
]
