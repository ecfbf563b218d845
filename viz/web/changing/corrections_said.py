"""What people say on the site against the rules: a field is otherwise, a fact is none, two documents are one; or that they take it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from chidao.extract.errors import ChidaoError
from chidao.extract.resolved import Correction
from chidao.graph.answers.correcting import Correcting, rejections
from chidao.graph.answers.graph import Graph
from chidao.graph.answers.lookup import NamingError
from chidao.graph.corrections import OF_TASKS, journal
from chidao.graph.workspace import Workspace
from chidao.viz.web.catalogue import N_
from chidao.viz.web.guard.writing import back, written_form
from chidao.viz.web.snapshots import snapshot_of

_LONG = 4_000
_UNKNOWN = N_("The other document is not known by this name, or several are: choose one from the list.")
_GONE = N_(
    "It is not said what is to be corrected, or it is not there any more: the graph was built anew. Open the page again."
)


async def said(request: Request) -> Response:
    """Keep what the form says, and lead back to its page."""
    office, form = await written_form(request)
    await run_in_threadpool(_keep, request, office, form)
    return back(request, form, "/corrections")


def _keep(request: Request, office: Workspace, form: FormData) -> None:
    by, why = _field(form, "by") or office.settings().by or "", _field(form, "why")
    if undo := _field(form, "undo"):
        journal(office).undo(undo, by=by, why=why)
        return
    made = _made(snapshot_of(request).graph, form)
    office.prepare()
    kept = journal(office)
    for one in made:
        kept.add(replace(one, by=by, why=one.why or why), once=True)
    if by and by != office.settings().by:
        office.change(lambda settings: replace(settings, by=by))


def _made(graph: Graph, form: FormData) -> list[Correction]:
    """The corrections that a form means. Raises HTTPException 400 for what means none."""
    kind, about = _field(form, "kind"), _field(form, "about")
    make = _KINDS.get(kind)
    if make is None or "://" not in about:
        raise HTTPException(400, _GONE)
    try:
        made = make(Correcting(graph), graph, about, form)
    except NamingError:
        raise HTTPException(400, _UNKNOWN) from None
    if not made:
        raise HTTPException(400, _GONE)
    return made


def _of_field(correcting: Correcting, graph: Graph, about: str, form: FormData) -> list[Correction]:
    return correcting.field(about, _field(form, "field"), _field(form, "new"))


def _rejected(correcting: Correcting, graph: Graph, about: str, form: FormData) -> list[Correction]:
    fact, what, of = (_field(form, name) for name in ("fact", "what", "of"))
    if fact == "task":
        return [
            c
            for task in graph.tasks(document=about)
            if task.iri == what
            for c in correcting.no_task(about, task.text, task.place)
        ]
    if fact == "action":
        acts = [act for act in graph.show_document(about).actions if act.action == what and (act.actor or "") == of]
        return [c for act in acts for c in correcting.no_action(about, what, act.actor, act.evidence)]
    return rejections(correcting, graph, about, fact, what, of)


def _of_task(correcting: Correcting, graph: Graph, about: str, form: FormData) -> list[Correction]:
    """Each of a task's fields that the form gives otherwise than it stands."""
    task = next((task for task in graph.tasks(document=about) if task.iri == _field(form, "what")), None)
    if task is None:
        return []
    now = {"lead": "; ".join(task.lead), "support": "; ".join(task.support), "deadline": task.deadline or ""}
    given = {field: _field(form, field) for field in OF_TASKS if field in form}
    changed = {field: value for field, value in given.items() if " ".join(value.split()) != now[field]}
    return [c for field, value in changed.items() for c in correcting.task(about, task.text, task.place, field, value)]


def _same(correcting: Correcting, graph: Graph, about: str, form: FormData) -> list[Correction]:
    return correcting.same(about, graph.document(_field(form, "other")).iri)


def _apart(correcting: Correcting, graph: Graph, about: str, form: FormData) -> list[Correction]:
    return correcting.apart(about, _field(form, "file"))


def _name(correcting: Correcting, graph: Graph, about: str, form: FormData) -> list[Correction]:
    return correcting.name(about, _field(form, "new"))


def _relation(correcting: Correcting, graph: Graph, about: str, form: FormData) -> list[Correction]:
    other = graph.document(_field(form, "other")).iri
    return correcting.relation(about, _field(form, "field"), other, _field(form, "why"))


def _field(form: FormData, name: str) -> str:
    value = form.get(name)
    if not isinstance(value, str):
        return ""
    if len(value) > _LONG:
        raise ChidaoError(f"{name} has more than {_LONG} characters")
    return value.strip()


_KINDS: dict[str, Callable[[Correcting, Graph, str, FormData], list[Correction]]] = {
    "field": _of_field, "reject": _rejected, "task": _of_task, "same": _same, "apart": _apart, "name": _name, "relation": _relation,
}  # fmt: skip

routes: list[BaseRoute] = [Route("/office/corrections", said, methods=["POST"])]
