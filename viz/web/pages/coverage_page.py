"""The page "Bảng tổng hợp": several directives over the bodies of a level on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from chidao.graph.answers.coverage import Coverage, Row
from chidao.graph.answers.coverage_rows import OF_A_PROVINCE, group_of
from chidao.graph.answers.tally import STATES
from chidao.viz.web.changing.own_body import own_body
from chidao.viz.web.pages import views
from chidao.viz.web.rendering.render import page
from chidao.viz.web.request import params
from chidao.viz.web.sitemap import route
from chidao.viz.web.snapshots import Snapshot, snapshot_of
from chidao.viz.words import words

_SHOWN, _SHOWN_OF_SEVERAL = 12, 3
"""Documents of a cell: of one directive, and of several."""


def coverage_page(
    snapshot: Snapshot,
    found: Coverage | None,
    level: str,
    within: str | None,
    *,
    asked: Sequence[Any] = (),
    on: date | None = None,
    grouped: bool = False,
) -> dict[str, Any]:
    """Return what the page shows of a coverage, with what its form offers. `asked` are the directives, {iri, label}, of one that still
    lacks its province; `on` is the day that was asked for; `grouped` rows stand by region or kind of body."""
    return {
        "coverage": found,
        "asked": found.directives if found else asked,
        "states": STATES,
        "present": {cell.progress for row in found.rows for cell in row.cells} if found else set(),
        "groups": groups(found, grouped) if found else [],
        "grouped": grouped,
        "open": False,
        "own": set(),
        "level": level,
        "within": found.within if found else within,
        "within_name": views.province_name(found.within) if found else None,
        "asked_on": on.isoformat() if on else None,
        "choices": list(words().rows),
        "provinces": views.provinces(on),
        "followed": views.followed(snapshot),
        "sheets": [],
    }  # fmt: skip


def groups(found: Coverage, grouped: bool) -> list[tuple[str, list[Row]]]:
    """Return the rows by the group that they are in, in the order of the rows; all in one without a name where they are not grouped."""
    made: dict[str, list[Row]] = {}
    for row in found.rows:
        made.setdefault(group_of(found.level, row.key) if grouped else "", []).append(row)
    return list(made.items())


def covered(request: Request) -> Response:
    """Return the matrix of the directives named by `ref`, over the bodies of `level` in `within`."""
    shown = snapshot_of(request)
    level = params.one_of(request, "level", tuple(words().rows)) or "province"
    within, on = params.text(request, "within"), params.day(request, "on")
    asked = {match.iri: match for match in (views.match(shown, text) for text in params.texts(request, "ref"))}
    ready = asked and (within or level not in OF_A_PROVINCE)
    most = _SHOWN if len(asked) == 1 else _SHOWN_OF_SEVERAL
    found = shown.graph.coverage_of(asked, level=level, within=within, on=on, most=most) if ready else None
    grouped, own = params.flag(request, "groups"), own_body(request)
    context = coverage_page(shown, found, level, within, asked=list(asked.values()), on=on, grouped=grouped)
    marked = {row.key for row in found.rows if own and own.has(row)} if found else set()
    return page(request, "coverage", **context | {"open": params.flag(request, "open"), "own": marked})


routes: list[BaseRoute] = [Route(route("coverage"), covered, methods=["GET"])]
