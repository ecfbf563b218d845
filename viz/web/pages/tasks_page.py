"""The page "Nhiệm vụ": what is overdue, due soon, done, by state, month, body and directive; the same on paper and as a calendar."""

from __future__ import annotations

import hashlib
from calendar import Calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from chidao.extract.errors import ChidaoError
from chidao.extract.language.letters import fold
from chidao.graph.answers.calendar import calendar
from chidao.graph.answers.done import Done, DoneBook, read_done, stamp
from chidao.graph.answers.task_days import SOON, AllTasks, tasks_of_book
from chidao.graph.answers.task_proofs import Offer
from chidao.graph.answers.task_states import (
    STATES,
    TaskOnDay,
    agenda,
    by_month_day,
    by_party,
    by_state,
    done_days,
    standings,
    totals,
)
from chidao.graph.answers.tasks import in_order, these_tasks
from chidao.graph.select import node, rows
from chidao.viz.documents.task_report import report_document, report_workbook
from chidao.viz.web.guard.writing import writer_of
from chidao.viz.web.pages import views
from chidao.viz.web.pages.corrections_page import of_list
from chidao.viz.web.pages.tasks_asked import OFFERED, Asked, asked_of
from chidao.viz.web.rendering.reasons import said_of
from chidao.viz.web.rendering.render import language_of, page
from chidao.viz.web.request import params
from chidao.viz.web.sitemap import route
from chidao.viz.web.snapshots import Snapshot, snapshot_of

FEW = 5
"""Tasks of each state that are shown before one is chosen."""
A_PAGE = 20
A_TABLE = 60
"""Rows of bodies or directives on one page."""
IN_A_CELL = 2
"""Tasks that are named in a day's cell of a month."""
IN_A_CALENDAR = 2000
"""Entries of a calendar to which a program subscribes; a report has all tasks."""
_IN_TIME = ("done", "week", "month", "later", "overdue")
"""The states of what has a day, in the order in which a calendar takes them."""
_NOT_ALL = "{0:,} trong {1:,} nhiệm vụ có hạn: việc sắp đến hạn trước. Lịch của một cơ quan có đủ việc của cơ quan đó."
_FORMS = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", report_document),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", report_workbook),
}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a month's calendar, with the first of its `total` tasks; `inside` is whether it is one of the month."""

    day: date
    inside: bool
    total: int
    tasks: Sequence[TaskOnDay]


@dataclass(frozen=True, slots=True)
class Group:
    """The tasks of one body or directive: its name, its IRI where it has a page, how many are in each state, and how many more a body
    supports."""

    name: str
    iri: str | None
    counts: Mapping[str, int]
    total: int
    supported: int = 0


def name_of(snapshot: Snapshot, body: str) -> str | None:
    """Return what a body's IRI stands for, None for what is none."""
    if "://" not in body:
        return None
    found = next(rows(snapshot.store, "internal/body", body=node(body)), None)
    return found["name"] if found else None


def tasks_of(snapshot: Snapshot, asked: Asked, book: DoneBook) -> list[TaskOnDay]:
    """Return the tasks that are asked for, of every state. Raises ChidaoError for a name that means nothing."""
    document = views.resolve(snapshot, asked.document) if asked.document else None
    chosen = snapshot.graph.tasks(
        body=asked.body, role=asked.role, document=document, due_after=asked.due_after, due_before=asked.due_before
    )
    if asked.directive:
        directive, sources = views.resolve(snapshot, asked.directive), snapshot.graph.task_sources()
        chosen = [task for task in chosen if any(source.iri == directive for source in sources.of(task))]
    return agenda(chosen, asked.today, book)


def told(snapshot: Snapshot, asked: Asked, book: DoneBook, *, few: int | None = FEW) -> dict[str, Any]:
    """Return what the page shows; of each state `few` tasks where none is chosen, or all and the sums by body, as there are no
    other pages that have them."""
    found: dict[str, Any] = {
        "asked": asked, "own_name": name_of(snapshot, asked.body or "") if asked.own else None, "states": STATES,
        "groups": [], "weeks": [], "rows": [], "tasks": [], "pages": 1, "lost": [], "unfound": 0, "confirming": [],
        "kept": False, "address": "", "problem": None,
    }  # fmt: skip
    every = snapshot.graph.all_tasks(asked.today, book) if few and asked.is_of_all else None
    if few and every:
        return found | _told_of_all(snapshot, every, asked, book, few)
    items = tasks_of(snapshot, asked, book)
    offered = _offered(snapshot, items, book)
    members = _members(items, offered, asked)
    found |= {"counts": totals(items), "standings": standings(items), "total": len(items), "offered": offered}
    if asked.view == "month":
        return found | _calendar_of(items, asked)
    if asked.view in ("bodies", "directives"):
        grouped = _by_body(members) if asked.view == "bodies" else _by_directive(snapshot, members)
        return found | {"rows": _paged(grouped, asked.page, A_TABLE), "pages": _pages(len(grouped), A_TABLE)}
    if members is not items or asked.due_after or asked.due_before:
        lost = _lost(snapshot, asked, book) if asked.state == "done" else []
        return found | {
            "tasks": _paged(members, asked.page, A_PAGE),
            "pages": _pages(len(members), A_PAGE),
            "lost": lost,
        }
    confirming = [item for item in items if item.task.iri in offered]
    groups = [(state, of[:few]) for state, of in by_state(items).items() if of]
    return found | {
        "groups": groups,
        "confirming": confirming[:few],
        "rows": [] if few else _by_body(items),
        "unfound": len(_lost(snapshot, asked, book)),
    }


def _told_of_all(snapshot: Snapshot, every: AllTasks, asked: Asked, book: DoneBook, few: int) -> dict[str, Any]:
    """The same of all tasks, of which only those that are shown are read."""
    counts = every.totals()
    confirming = agenda(in_order(these_tasks(snapshot.store, snapshot.graph.task_offers())), asked.today, book)
    offered = _offered(snapshot, confirming, book)
    confirming = [item for item in confirming if item.task.iri in offered]
    found = {"counts": counts, "standings": every.standings(), "total": sum(counts.values()), "offered": offered}
    size, offset = A_PAGE, (asked.page - 1) * A_PAGE
    if asked.view == "month":
        return found | _calendar_of_all(every, asked)
    if asked.view in ("bodies", "directives"):
        grouped, number = (_by_body_of_all if asked.view == "bodies" else _by_directive_of_all)(
            snapshot, every, confirming, asked
        )
        return found | {"rows": grouped, "pages": _pages(number, A_TABLE)}
    if asked.state == OFFERED:
        return found | {"tasks": confirming[offset:][:size], "pages": _pages(len(confirming), size)}
    if asked.state:
        lost = _lost(snapshot, asked, book) if asked.state == "done" else []
        shown = every.of_state(asked.state, size, offset)
        return found | {"tasks": shown, "pages": _pages(counts[asked.state], size), "lost": lost}
    return found | {
        "groups": [(state, every.of_state(state, few)) for state in STATES if counts[state]],
        "confirming": confirming[:few],
        "unfound": len(book.without_task(item.task for item in every.known)),
    }


def _lost(snapshot: Snapshot, asked: Asked, book: DoneBook) -> list[tuple[Done, list[TaskOnDay]]]:
    """What was said to be done and fits no task any more, whoever leads it, with the tasks that it may be about."""
    if not book.without_task(tasks_of_book(snapshot.store, book)):
        return []
    return [(entry, agenda(near, asked.today, book)) for entry, near in book.without_task(snapshot.graph.tasks())]


def _members(items: list[TaskOnDay], offered: Mapping[str, Any], asked: Asked) -> list[TaskOnDay]:
    """Those of the state that is asked for; all where none is."""
    if asked.state == OFFERED:
        return [item for item in items if item.task.iri in offered]
    return by_state(items)[asked.state] if asked.state else items


def _offered(snapshot: Snapshot, items: Iterable[TaskOnDay], book: DoneBook) -> dict[str, list[Offer]]:
    """The proofs that are offered for tasks that are not done, but for those that somebody has refused."""
    known = snapshot.graph.task_offers()
    found: dict[str, list[Offer]] = {}
    for item in items:
        if item.state != "done" and (offers := known.get(item.task.iri)):
            refused = {said.proof for said in book.of(item.task) if said.refused}
            if left := [offer for offer in offers if offer.document not in refused]:
                found[item.task.iri] = left
    return found


def _paged(found: Sequence[T], number: int, size: int) -> Sequence[T]:
    return found[(number - 1) * size : number * size]


def _pages(count: int, size: int) -> int:
    return max(1, -(-count // size))


def _calendar_of(items: Sequence[TaskOnDay], asked: Asked) -> dict[str, Any]:
    """The weeks of a month with the tasks of each day, and those of the chosen day."""
    first = _first_of_month(asked)
    chosen = [item for item in items if asked.state in (None, item.state)] if asked.state != OFFERED else items
    days = by_month_day(chosen, first.year, first.month)
    of_day = days.get(asked.day.isoformat(), []) if asked.day else []
    cells = {iso: (len(of), of[:IN_A_CELL]) for iso, of in days.items()}
    return _calendar(first, cells) | {
        "tasks": _paged(of_day, asked.page, A_PAGE), "pages": _pages(len(of_day), A_PAGE), "day_total": len(of_day),
    }  # fmt: skip


def _calendar_of_all(every: AllTasks, asked: Asked) -> dict[str, Any]:
    """The same of all tasks."""
    first = _first_of_month(asked)
    days = every.month(first.year, first.month, None if asked.state == OFFERED else asked.state)
    of_day = days.get(asked.day.isoformat(), []) if asked.day else []
    parts = [(lines, IN_A_CELL, 0) for lines in days.values()]
    *named, tasks = every.parts([*parts, (of_day, A_PAGE, (asked.page - 1) * A_PAGE)])
    cells = {iso: (sum(map(len, days[iso])), of) for iso, of in zip(days, named, strict=True)}
    count = sum(map(len, of_day))
    return _calendar(first, cells) | {"tasks": tasks, "pages": _pages(count, A_PAGE), "day_total": count}


def _first_of_month(asked: Asked) -> date:
    month = asked.day.isoformat()[:7] if asked.day else asked.month or asked.today.isoformat()[:7]
    return date.fromisoformat(f"{month}-01")


def _calendar(first: date, days: Mapping[str, tuple[int, Sequence[TaskOnDay]]]) -> dict[str, Any]:
    """The weeks of the month that begins with a day; of each day how many tasks it has, and the first of them."""
    weeks = [
        [Cell(day, day.month == first.month, *days.get(day.isoformat(), (0, ()))) for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]  # fmt: skip
    return {
        "month": first.isoformat()[:7], "before": (first - timedelta(1)).isoformat()[:7],
        "after": (first + timedelta(31)).isoformat()[:7], "weeks": weeks, "in_month": sum(count for count, _ in days.values()),
    }  # fmt: skip


def _by_body(items: Sequence[TaskOnDay]) -> list[Group]:
    """The tasks of those who lead, with how many they support; the busiest soon first."""
    supported = {party.iri or fold(party.name): party for party in by_party(items, "support")}
    groups = []
    for party in by_party(items):
        also = supported.pop(party.iri or fold(party.name), None)
        groups.append(
            Group(party.name, party.iri, totals(party.tasks), len(party.tasks), len(also.tasks) if also else 0)
        )
    groups += [Group(party.name, party.iri, totals(()), 0, len(party.tasks)) for party in supported.values()]
    return _ordered(groups)


def _by_directive(snapshot: Snapshot, items: Iterable[TaskOnDay]) -> list[Group]:
    sources = snapshot.graph.task_sources()
    found: dict[str, tuple[str, list[TaskOnDay]]] = {}
    for item in items:
        for directive in sources.of(item.task):
            found.setdefault(directive.iri, (_dated(directive.label, directive.date), []))[1].append(item)
    return _ordered(Group(label, iri, totals(of), len(of)) for iri, (label, of) in found.items())


def _by_body_of_all(
    snapshot: Snapshot, every: AllTasks, confirming: list[TaskOnDay], asked: Asked
) -> tuple[Sequence[Group], int]:
    """A page of those who lead or support tasks, and how many they are."""
    grouped = _by_body(confirming) if asked.state == OFFERED else _ordered(
        Group(of.name, of.iri, {state: of.counts[state] for state in STATES}, of.counts.total(), of.supported)
        for of in every.parties(asked.state)
    )  # fmt: skip
    return _paged(grouped, asked.page, A_TABLE), len(grouped)


def _by_directive_of_all(
    snapshot: Snapshot, every: AllTasks, confirming: list[TaskOnDay], asked: Asked
) -> tuple[Sequence[Group], int]:
    """A page of the documents from which tasks come, and how many there are."""
    if asked.state == OFFERED:
        grouped = _by_directive(snapshot, confirming)
        return _paged(grouped, asked.page, A_TABLE), len(grouped)
    shown, number = every.directives(asked.state, limit=A_TABLE, offset=(asked.page - 1) * A_TABLE)
    return [
        Group(_dated(of.label, of.date), of.iri, {state: of.counts[state] for state in STATES}, of.counts.total())
        for of in shown
    ], number


def _dated(label: str, date: str | None) -> str:
    return f"{label} ({date[:4]})" if date else label


def _ordered(groups: Iterable[Group]) -> list[Group]:
    """By what is overdue or due within a month, then by how many there are; what is equal as before."""
    return sorted(groups, key=lambda g: (-sum(g.counts[state] for state in SOON), -g.total))


def book_of(request: Request) -> DoneBook:
    return read_done(request.app.state.workspace)


def book_or_why(request: Request) -> tuple[DoneBook, str | None]:
    """Return what is said of tasks; nothing, and why, where the journal of that cannot be read: a page stands without it."""
    try:
        return book_of(request), None
    except ChidaoError as error:
        return DoneBook(), said_of(error, language_of(request), here=writer_of(request) is not None)


def shown(request: Request) -> Response:
    """Return the page, for what its form or its links ask."""
    snapshot, asked, root = snapshot_of(request), asked_of(request), request.base_url
    book, problem = book_or_why(request)
    here = {
        "kept": request.app.state.workspace is not None and not problem, "address": f"{root.scheme}://{root.netloc}",
        "problem": problem,
    }  # fmt: skip
    return page(request, "tasks", **told(snapshot, asked, book) | here | of_list(request))


def _chosen(request: Request) -> tuple[Asked, list[TaskOnDay]]:
    snapshot, asked, book = snapshot_of(request), asked_of(request), book_of(request)
    items = tasks_of(snapshot, asked, book)
    offered = _offered(snapshot, items, book) if asked.state == OFFERED else {}
    return asked, list(_members(items, offered, asked))


def reported(request: Request) -> Response:
    """Return the same as a report for paper or a workbook."""
    form = request.path_params["form"]
    if form not in _FORMS:
        raise HTTPException(404)
    media, made = _FORMS[form]
    asked, items = _chosen(request)
    snapshot = snapshot_of(request)
    body = (name_of(snapshot, asked.body) or asked.body) if asked.body else None
    headers = {"Content-Disposition": f'attachment; filename="nhiem-vu-{asked.today.isoformat()}.{form}"'}
    return Response(made(items, asked.today, body), media_type=media, headers=headers)


def _of_calendar(request: Request) -> tuple[list[TaskOnDay], int]:
    """The tasks of a calendar, and how many have a day: what is done, what comes, and then what is overdue, the latest first."""
    snapshot, asked, book = snapshot_of(request), asked_of(request), book_of(request)
    wanted = [state for state in _IN_TIME if asked.state in (None, OFFERED, state)]
    every = snapshot.graph.all_tasks(asked.today, book) if asked.is_of_all and asked.state != OFFERED else None
    if every:
        counts = every.totals()
        shown: list[TaskOnDay] = []
        for state in wanted:
            shown += every.of_state(state, IN_A_CALENDAR - len(shown))
        return shown, sum(counts[state] for state in wanted)
    by = by_state(_chosen(request)[1])
    items = [item for state in wanted for item in by[state]]
    return items[:IN_A_CALENDAR], len(items)


def feed(request: Request) -> Response:
    """Return the same as a calendar to which a program subscribes: it is sent anew, and made, only when what it is made from is another."""
    snapshot, asked = snapshot_of(request), asked_of(request)
    made_from = (snapshot.path, snapshot.made, asked, asked.today, stamp(request.app.state.workspace))
    tag = f'"{hashlib.sha256(repr(made_from).encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if params.knows(request, tag):
        return Response(status_code=304, headers=headers)
    items, total = _of_calendar(request)
    built = datetime.fromtimestamp(snapshot.made / 1e9, UTC).replace(microsecond=0)
    about = _NOT_ALL.format(len(items), total) if total > len(items) else ""
    content = calendar([item.task for item in items], now=built, done=done_days(items), about=about)
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


routes: list[BaseRoute] = [
    Route(route("tasks"), shown, methods=["GET"]),
    Route(route("tasks") + ".ics", feed, methods=["GET"]),
    Route(route("tasks") + ".{form}", reported, methods=["GET"]),
]
