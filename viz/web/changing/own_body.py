"""Whose office this is, as it has set itself: its body marks its rows, and narrows what is shown to what concerns it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.coverage import Row
from chidao.graph.answers.lookup import NamingError
from chidao.graph.select import node, rows
from chidao.graph.workspace import Workspace
from chidao.viz.web.catalogue import N_
from chidao.viz.web.guard.writing import back, written_form
from chidao.viz.web.request.params import Refused
from chidao.viz.web.snapshots import Snapshot, snapshot_of

_NAME = 300
"""Characters of a name."""


@dataclass(frozen=True, slots=True)
class OwnBody:
    """`iri` and `name` of the body, and the key of the place that it belongs to ("lao-cai", "ha-noi/huyen-me-linh", "vn")."""

    iri: str
    name: str
    scope: str | None

    @property
    def province(self) -> str:
        """The key of the province that the place is in; "" where none is known."""
        return (self.scope or "").split("/")[0]

    def has(self, row: Row) -> bool:
        """Is a row of a coverage this body's, or its province's?"""
        return self.iri in (row.iri, row.key) or row.key in (self.scope, self.province)


def own_body(request: Request) -> OwnBody | None:
    """Return what is set, where there is a workspace and the graph knows the body."""
    workspace: Workspace | None = request.app.state.workspace
    try:
        iri = workspace.settings().body if workspace else None
    except ChidaoError:
        return None  # the page that changes settings says so
    return named(snapshot_of(request), iri) if iri else None


def named(snapshot: Snapshot, iri: str) -> OwnBody | None:
    """Return a body that the graph knows."""
    row = next(rows(snapshot.store, "internal/body", body=node(iri)), None)
    return OwnBody(iri, row["name"], row["scope"]) if row else None


async def chosen(request: Request) -> Response:
    """Keep whose office this is: the body that the field names, or nobody where it is empty."""
    workspace, form = await written_form(request)
    name = " ".join(str(form.get("body") or "").split())[:_NAME]
    await run_in_threadpool(_keep, workspace, snapshot_of(request), name)
    return back(request, form)


def _keep(workspace: Workspace, snapshot: Snapshot, name: str) -> None:
    try:
        iri = snapshot.graph.body(name) if name else None
    except NamingError:
        raise Refused(400, N_("Which body “%(name)s” is, is not clear: give its full name."), name=name) from None
    workspace.change(lambda settings: replace(settings, body=iri))


routes: list[BaseRoute] = [Route("/office/body", chosen, methods=["POST"])]
