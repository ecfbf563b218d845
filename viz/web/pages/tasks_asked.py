"""What somebody asks of the page "Nhiệm vụ", its report or its calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from starlette.requests import Request

from chidao.graph.answers.task_states import STATES
from chidao.viz.web.catalogue import N_
from chidao.viz.web.changing.own_body import own_body
from chidao.viz.web.rendering.links import Value
from chidao.viz.web.request import params

VIEWS = ("list", "month", "bodies", "directives")
OFFERED = "offered"
"""Asked for as a state is: tasks for which a proof is offered."""
_YEARS = (1900, 2200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants to see. `own` says that `body` is the office's own, which nobody has typed; `every` that all bodies are wanted
    nevertheless; `day` is one of `month`, whose tasks are listed."""

    on: date | None = None
    body: str | None = None
    own: bool = False
    every: bool = False
    role: str | None = None
    document: str | None = None
    directive: str | None = None
    state: str | None = None
    due_after: date | None = None
    due_before: date | None = None
    view: str = "list"
    month: str | None = None
    day: date | None = None
    page: int = 1

    @property
    def today(self) -> date:
        return self.on or date.today()

    @property
    def is_of_all(self) -> bool:
        """Are all tasks of the graph asked for, or all of a state, in a view that need not read each of them?"""
        chosen = (self.body, self.document, self.directive, self.due_after, self.due_before)
        return not any(chosen)

    def again(self, **changes: Value) -> dict[str, Value]:
        """Return the parameters that ask for the same, but for some; the page is the first."""
        given: dict[str, Value] = {
            "body": None if self.own else self.body, "all": self.every, "role": self.role, "document": self.document,
            "directive": self.directive, "state": self.state, "due_after": _iso(self.due_after),
            "due_before": _iso(self.due_before), "on": _iso(self.on), "view": None if self.view == "list" else self.view,
            "month": self.month,
        }  # fmt: skip
        return given | changes


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def asked_of(request: Request) -> Asked:
    """Return what a request asks for. Raises HTTPException 400."""
    body, every = params.text(request, "body"), params.flag(request, "all")
    office = None if body or every else own_body(request)
    own = office.iri if office else None
    return Asked(
        on=_day(request, "on"), body=body or own, own=own is not None, every=every,
        role=params.one_of(request, "role", ("lead", "support")), document=params.text(request, "document"),
        directive=params.text(request, "directive"), state=params.one_of(request, "state", (*STATES, OFFERED)),
        due_after=_day(request, "due_after"), due_before=_day(request, "due_before"),
        view=params.one_of(request, "view", VIEWS) or "list", month=_month(request), day=_day(request, "day"),
        page=params.number(request, "page", 1, 100_000) or 1,
    )  # fmt: skip


def _day(request: Request, name: str) -> date | None:
    found = params.day(request, name)
    if found and not _YEARS[0] <= found.year <= _YEARS[1]:
        raise params.Refused(
            400, N_("%(name)s is a day from %(first)s to %(last)s"), name=name, first=_YEARS[0], last=_YEARS[1]
        )
    return found


def _month(request: Request) -> str | None:
    value = params.text(request, "month")
    try:
        if value is not None and not (
            len(value) == 7 and _YEARS[0] <= date.fromisoformat(f"{value}-01").year <= _YEARS[1]
        ):
            raise ValueError
    except ValueError:
        raise params.Refused(400, N_("%(name)s is a month as YYYY-MM"), name="month") from None
    return value
