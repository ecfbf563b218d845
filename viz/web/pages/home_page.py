"""The first page: how far directives are carried out, what is due, what is new, for whoever's office this is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from chidao.graph.answers.coverage import Cell
from chidao.graph.answers.done import DoneBook
from chidao.graph.answers.task_states import TaskOnDay, agenda, by_state, totals
from chidao.graph.building import last_build
from chidao.graph.select import rows
from chidao.viz.web.changing.own_body import OwnBody, own_body
from chidao.viz.web.pages import views
from chidao.viz.web.pages.search_page import saved_searches
from chidao.viz.web.pages.tasks_page import book_or_why
from chidao.viz.web.rendering.render import page
from chidao.viz.web.sitemap import route
from chidao.viz.web.snapshots import Snapshot, snapshot_of

_DIRECTIVES = 7
_TASKS = 5
_DOCUMENTS = 8
_DUE = ("overdue", "week", "month")
_NEXT = ("week", "month", "overdue")
"""The states that are counted here, as the page of tasks has them."""


def home(snapshot: Snapshot, own: OwnBody | None = None, book: DoneBook | None = None) -> dict[str, Any]:
    """Return what the page shows: figures, central directives with how many have carried each out, the tasks of `own` or of everybody,
    the newest documents, and the directives of which nothing is known."""

    def make(snapshot: Snapshot) -> dict[str, Any]:
        waiting = list(rows(snapshot.store, "not-implemented"))
        central = [row for row in views.followed(snapshot) if row["level"] == "central"][:_DIRECTIVES]
        return {
            "figures": {row["what"]: int(row["count"]) for row in rows(snapshot.store, "internal/stats")},
            "recent": list(rows(snapshot.store, "internal/recent-documents"))[:_DOCUMENTS],
            "followed": central or views.followed(snapshot)[:_DIRECTIVES],
            "waiting": sorted(waiting, key=lambda row: row["date"] or "", reverse=True)[:_DOCUMENTS],
            "waiting_total": len(waiting),
        }

    found: dict[str, Any] = snapshot.once("home", make)
    dated = views.dated(found["followed"])
    return found | {
        "tallies": views.tallies(snapshot, dated),
        "cells": own_cells(snapshot, dated, own) if own else {},
        "due": due(snapshot, own, book, date.today()),
        "own": own,
        "built": None,
        "kept": [],
        "problem": None,
    }


def own_cells(snapshot: Snapshot, iris: Sequence[str], own: OwnBody) -> dict[str, Cell]:
    """Return how far the province of a body has carried out each of these documents, by IRI; nothing of a central body."""
    found = snapshot.graph.coverage_of(iris, most=1) if iris else None
    row = next((row for row in found.rows if own.has(row)), None) if found else None
    return dict(zip((directive.iri for directive in found.directives), row.cells, strict=True)) if found and row else {}


def due(snapshot: Snapshot, own: OwnBody | None, book: DoneBook | None, today: date) -> dict[str, Any]:
    """Return how many tasks, of a body or of all, are overdue or due soon, and the next of them; what is overdue after these."""
    every = snapshot.graph.all_tasks(today, book) if own is None else None
    if every is not None:
        counts, following = every.totals(), list[TaskOnDay]()
        for state in _NEXT:
            following += every.of_state(state, _TASKS - len(following))
    else:
        items = agenda(snapshot.graph.tasks(body=own.iri if own else None), today, book)
        states, counts = by_state(items), totals(items)
        following = [item for state in _NEXT for item in states[state]][:_TASKS]
    return {"counts": {state: counts[state] for state in _DUE}, "next": following}


def shown(request: Request) -> Response:
    """Answer with the first page."""
    office, snapshot = request.app.state.workspace, snapshot_of(request)
    book, problem = book_or_why(request)
    found = home(snapshot, own_body(request), book) | {
        "built": last_build(office) if office else None, "kept": saved_searches(snapshot, office), "problem": problem
    }  # fmt: skip
    return page(request, "home", **found)


routes: list[BaseRoute] = [Route(route("home"), shown, methods=["GET"])]
