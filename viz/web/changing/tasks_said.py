"""What people say of tasks on the site: done on a day, by which document; not by the one that was offered; that they take it back; or that
what fits no task any more is about this one."""

from __future__ import annotations

from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.done import Done, journal_of
from chidao.graph.answers.lookup import Match, NamingError
from chidao.graph.workspace import Workspace
from chidao.viz.web.catalogue import N_
from chidao.viz.web.guard.writing import back, written_form
from chidao.viz.web.snapshots import snapshot_of

_LONG, _SHORT = 20_000, 2_000
_MOST_LEADS = 60
_NO_TASK = N_("It is not said which task is meant.")
_NO_DAY = N_("A task is done on a day, which is not in the future.")
_NO_PROOF = N_(
    "The document that proves it is not known by this name, or several are: choose one from the list, or leave it out."
)


async def said(request: Request) -> Response:
    """Keep what the form says, and lead back to its page."""
    office, form = await written_form(request)
    await run_in_threadpool(_keep, request, office, form)
    return back(request, form, "/tasks")


def _keep(request: Request, office: Workspace, form: FormData) -> None:
    journal, by = journal_of(office), office.settings().by or ""
    if undo := _field(form, "undo"):
        journal.undo(undo, by=by)
        return
    entry = _entry(request, form, by)
    office.prepare()
    journal.add(entry, once=True)
    if replaced := _field(form, "replaces"):
        journal.undo(replaced, by=by)


def _entry(request: Request, form: FormData, by: str) -> Done:
    """What the form says of a task. Raises HTTPException 400."""
    lead = tuple(text for value in form.getlist("lead") if isinstance(value, str) and (text := value.strip()))
    document, text = _field(form, "document"), _field(form, "text", _LONG)
    if "://" not in document or not text or len(lead) > _MOST_LEADS or any(len(name) > _SHORT for name in lead):
        raise HTTPException(400, _NO_TASK)
    refused = _field(form, "refused") == "1"
    proof = _proof(request, _field(form, "proof"))
    if refused and proof is None:
        raise HTTPException(400, _NO_PROOF)
    return Done(
        document=document, label=_field(form, "label"), text=text, lead=lead, day="" if refused else _day(_field(form, "day")),
        due=_field(form, "due"), proof=proof.iri if proof else "", proof_label=proof.label if proof else "",
        sentence=_field(form, "sentence", _LONG), refused=refused or None, by=by, why=_field(form, "why", _LONG),
    )  # fmt: skip


def _field(form: FormData, name: str, longest: int = _SHORT) -> str:
    value = form.get(name)
    if not isinstance(value, str):
        return ""
    if len(value) > longest:
        raise HTTPException(400, f"{name} has more than {longest} characters")
    return value.strip()


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise HTTPException(400, _NO_DAY) from None
    if not date(1900, 1, 1) <= day <= date.today():  # a browser takes "25" for the year 25
        raise HTTPException(400, _NO_DAY)
    return day.isoformat()


def _proof(request: Request, name: str) -> Match | None:
    """The document that a person's words mean; None where there are none."""
    try:
        return snapshot_of(request).graph.document(name) if name else None
    except (NamingError, ChidaoError):
        raise HTTPException(400, _NO_PROOF) from None


routes: list[BaseRoute] = [Route("/office/tasks", said, methods=["POST"])]
