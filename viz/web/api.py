"""The answers of the site as JSON. What each may be asked and what comes back stands in `openapi.json`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from functools import cache, wraps
from importlib.resources import files
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from chidao import __version__
from chidao.extract.errors import ChidaoError, SourceError
from chidao.graph.answers.ask import Question, questions
from chidao.graph.answers.calendar import calendar
from chidao.graph.answers.coverage_rows import LEVELS as COVERAGE_LEVELS
from chidao.graph.answers.done import read_done, stamp
from chidao.graph.answers.graph import Graph
from chidao.graph.answers.lookup import Match, NamingError
from chidao.graph.answers.provisions import provision_in, provisions
from chidao.graph.answers.search import FACETS, SORTS, Hit
from chidao.graph.answers.task_states import COLUMNS as TASK_COLUMNS
from chidao.graph.answers.task_states import STATES, agenda, done_days, totals
from chidao.viz.documents.findings import finding_rows
from chidao.viz.documents.matrix import COLUMNS, coverage_rows, coverage_workbook
from chidao.viz.documents.sheet import workbook
from chidao.viz.documents.task_report import report_workbook
from chidao.viz.tables import csv_text
from chidao.viz.web.guard.writing import writer_of
from chidao.viz.web.pages.search_page import narrowing
from chidao.viz.web.rendering.cite import citation
from chidao.viz.web.rendering.links import ServerLinks
from chidao.viz.web.rendering.reasons import said_of
from chidao.viz.web.rendering.render import page
from chidao.viz.web.request import params, upload
from chidao.viz.web.sitemap import route
from chidao.viz.web.snapshots import snapshot_of

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BOM = "\ufeff"
"""By which spreadsheet programs know UTF-8."""

Answer = Callable[[Request], Any]


class Json(JSONResponse):
    """JSON with the letters as they are."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")


def answer(*names: str) -> Callable[[Answer], Answer]:
    """Return a GET endpoint with these parameters: it gives plain data or a response, which is as good as the generation of the graph and
    what people have said beside it."""

    def decorate(handler: Answer) -> Answer:
        @wraps(handler)
        def respond(request: Request) -> Response:
            params.only(request, names, empty=("q",))
            shown = snapshot_of(request)
            today = date.today().isoformat()  # what is in force is told as of a day
            said = stamp(request.app.state.workspace)
            tag = f'"{__version__}-{shown.generation}-{shown.made}-{today}-{said}"'
            headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
            try:
                found = handler(request)
            except NamingError:
                raise
            except ChidaoError as error:  # what is wrong in itself is found before
                said = said_of(error, None, here=writer_of(request) is not None)
                raise HTTPException(404, " ".join(said.split())) from None
            response: Response = found if isinstance(found, Response) else Json(found)
            if params.knows(request, tag):
                return Response(status_code=304, headers=headers)
            for name, value in headers.items():
                response.headers.setdefault(name, value)
            return response

        return respond

    return decorate


def _graph(request: Request) -> Graph:
    return snapshot_of(request).graph


def _url(request: Request, iri: str) -> str | None:
    return ServerLinks(snapshot_of(request).base, request.scope.get("root_path", "")).thing(iri)


def _with_url(request: Request, found: Hit) -> dict[str, Any]:
    told = asdict(found)
    if found.snippet:
        links = ServerLinks(snapshot_of(request).base, request.scope.get("root_path", ""))
        told["snippet"]["url"] = links.text(found.snippet.sha256, found.snippet.place)
    return {**told, "url": _url(request, found.iri)}


def _match(request: Request, found: Match) -> dict[str, Any]:
    return {**asdict(found), "url": _url(request, found.iri)}


def _document(request: Request, name: str = "ref") -> Match:
    """The one document that `ref` names, or `iri`, which is taken from older clients. Raises HTTPException 400, and what `one_document`
    raises."""
    text = params.either(request, name, "iri")
    if text is None:
        raise HTTPException(400, f"{name} is missing: a number such as 15-NQ/TW, a name or an IRI")
    year = params.number(request, "year", 1900, 2200)
    return _one(request, text, year, params.text(request, "scope"))


def _one(request: Request, text: str, year: int | None = None, scope: str | None = None) -> Match:
    return _graph(request).document(text, year=year, scope=scope)


@answer("q", *FACETS, "sort", "limit", "offset")
def search(request: Request) -> Any:
    found = _graph(request).search(
        params.text(request, "q") or "", sort=params.one_of(request, "sort", SORTS) or SORTS[0],
        limit=params.number(request, "limit", 1, 100) or 20, offset=params.number(request, "offset", 0, 100_000) or 0,
        **narrowing(request),
    )  # fmt: skip
    facets = {name: [{"value": v, "count": n} for v, n in values] for name, values in found.facets.items()}
    hits = [_with_url(request, hit) for hit in found.hits]
    return {"total": found.total, "complete": found.complete, "hits": hits, "facets": facets}


@answer("q", "kind", "limit")
def suggest(request: Request) -> Any:
    kind = params.one_of(request, "kind", ("document", "body"))
    text, limit = params.text(request, "q") or "", params.number(request, "limit", 1, 20) or 8
    return {"hits": [_with_url(request, hit) for hit in _graph(request).suggest(text, kind=kind, limit=limit)]}


@answer("ref", "iri", "year", "scope", "on")
def document(request: Request) -> Any:
    graph, match = _graph(request), _document(request)
    facts = graph.show_document(match.iri, on=params.day(request, "on")).plain()
    return {
        **facts, "url": _url(request, match.iri), "citation": citation(facts),
        "tasks": [task.plain() for task in graph.tasks(document=match.iri)],
    }  # fmt: skip


@answer("ref", "iri", "year", "scope", "path", "on")
def document_provisions(request: Request) -> Any:
    path, named = params.text(request, "path") or "", params.text(request, "ref") or ""
    try:
        told = provision_in(named)
    except ChidaoError as error:
        raise HTTPException(400, error.message) from None
    if told and not path:
        path, name = told
        match = _graph(request).document(
            name, year=params.number(request, "year", 1900, 2200), scope=params.text(request, "scope")
        )
    else:
        match = _document(request)
    if not re.fullmatch("[a-zđ0-9./-]{0,200}", path):
        raise HTTPException(400, "path is a path such as dieu-5/khoan-1")
    return provisions(_graph(request).store, match.iri, path, params.day(request, "on")).plain()


@answer("name", "iri")
def body(request: Request) -> Any:
    graph, text = _graph(request), params.either(request, "name", "iri")
    if text is None:
        raise HTTPException(400, "name is missing: a body such as “Sở Nội vụ tỉnh Lào Cai”, or an IRI")
    found = graph.show_body(text)
    given = [task.plain() for task in graph.tasks(body=found.iri)]
    return {**found.plain(), "url": _url(request, found.iri), "tasks": given}


@answer("ref", "iri", "year", "scope", "tree", "on")
def who_implements(request: Request) -> Any:
    found = _graph(request).implements(
        _document(request).iri, chain=params.flag(request, "tree"), on=params.day(request, "on")
    )
    items = [item.plain() for item in found.documents]
    ended = found.ended.plain() if found.ended else None
    return {"directive": _match(request, found.directive), "ended": ended, "implementers": items}


@answer("ref", "level", "within", "on", "format")
def covered(request: Request) -> Any:
    refs = params.texts(request, "ref")
    if not refs:
        raise HTTPException(400, "ref is missing: a number such as 15-NQ/TW, a name or an IRI; it may be repeated")
    found = _graph(request).coverage(
        refs, level=params.one_of(request, "level", COVERAGE_LEVELS) or "province", within=params.text(request, "within"),
        on=params.day(request, "on"),
    )  # fmt: skip
    form = params.one_of(request, "format", ("json", "csv", "xlsx"))
    if form == "csv":
        return _file(
            _BOM + csv_text(COLUMNS, coverage_rows(found, snapshot_of(request).folder)),
            "text/csv; charset=utf-8",
            "coverage.csv",
        )
    if form == "xlsx":
        return _file(coverage_workbook(found, snapshot_of(request).folder), _XLSX, "coverage.xlsx")
    return found.plain()


@answer("ref", "iri", "year", "scope")
def followed(request: Request) -> Any:
    found = asdict(_graph(request).timeline(_document(request).iri))
    return {name: found[name] for name in ("directive", "events", "undated")}


@answer("body", "role", "document", "state", "on", "due_before", "due_after", "format")
def tasks(request: Request) -> Any:
    chosen = _graph(request).tasks(
        body=params.text(request, "body"), role=params.one_of(request, "role", ("lead", "support")),
        document=params.text(request, "document") or None, due_before=params.day(request, "due_before"),
        due_after=params.day(request, "due_after"),
    )  # fmt: skip
    day, state = params.day(request, "on") or date.today(), params.one_of(request, "state", STATES)
    every = agenda(chosen, day, read_done(request.app.state.workspace))
    found = [item for item in every if state in (None, item.state)]
    form = params.one_of(request, "format", ("json", "csv", "ical", "xlsx"))
    if form == "xlsx":
        return _file(report_workbook(found, day, params.text(request, "body")), _XLSX, "tasks.xlsx")
    if form == "csv":
        rows = (item.cells() for item in found)
        return _file(_BOM + csv_text(TASK_COLUMNS, rows), "text/csv; charset=utf-8", "tasks.csv")
    if form == "ical":
        made = calendar([item.task for item in found], done=done_days(found))
        return _file(made, "text/calendar; charset=utf-8", "tasks.ics")
    return {"on": day.isoformat(), "totals": totals(every), "tasks": [item.plain() for item in found]}


def _file(content: str | bytes, media: str, name: str) -> Response:
    return Response(content, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@answer()
def all_questions(request: Request) -> Any:
    return {"questions": [asdict(question) for question in questions().values()]}


def question(request: Request) -> Response:
    name = request.path_params["name"]
    found = questions().get(name)
    if found is None:
        raise HTTPException(404, f"no question is called {name[:60]!r}")

    @answer(*(param.name for param in found.params), "format")
    def run(request: Request) -> Any:
        given = {p.name: value for p in found.params if (value := params.text(request, p.name, required=p.required))}
        for p in found.params:
            if p.kind == "day":
                params.day(request, p.name)
        form = params.one_of(request, "format", ("json", "csv", "xlsx"))
        table = _graph(request).ask(name, given)
        if form == "csv":
            return _file(_BOM + csv_text(table.columns, table.rows), "text/csv; charset=utf-8", f"{name}.csv")
        if form == "xlsx":
            return _file(workbook(table.columns, table.rows, title=name), _XLSX, f"{name}.xlsx")
        return {"columns": table.columns, "rows": table.rows}

    response: Response = run(request)
    return response


@answer()
def stats(request: Request) -> Any:
    return {"figures": [{"what": what, "count": count} for what, count in _graph(request).stats()]}


async def check(request: Request) -> Response:
    """Findings on a draft that is sent along."""
    params.only(request, ("format", "level", "home", "name"))
    draft = await upload.receive(request)
    try:
        done = await upload.check(request, draft)
    except SourceError as error:
        raise HTTPException(400, error.message) from None
    except ChidaoError as error:
        raise HTTPException(404, error.message) from None
    if done.source.format == "text":  # a program can do better than a person; the page takes such a file
        upload.without_control(done.source.text)
    if done.docx is not None:
        return _file(done.docx, _DOCX, "draft-check.docx")
    return Json(
        {
            "format": done.source.format,
            "characters": len(done.source.text),
            "notes": list(done.source.notes),
            "findings": finding_rows(done.findings),
        }
    )


@cache
def description() -> dict[str, Any]:
    """Return the API's description (OpenAPI 3.1), with a path for each named question."""
    found: dict[str, Any] = json.loads(files("chidao.viz.web").joinpath("openapi.json").read_text("utf-8"))
    found["info"]["version"] = __version__
    any_question = found["paths"].pop("/api/questions/{name}")["get"]
    for named in questions().values():
        found["paths"][f"/api/questions/{named.name}"] = {"get": _described(named, any_question, found)}
    return found


def _described(named: Question, any_question: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """One named question as an operation."""
    text, day = (whole["components"]["parameters"][name]["schema"] for name in ("scope", "on"))
    form = {
        "name": "format",
        "in": "query",
        "description": "The form.",
        "schema": {"type": "string", "enum": ["json", "csv", "xlsx"]},
    }
    made = any_question | {
        "operationId": f"question-{named.name}",
        "summary": named.en,
        "parameters": [
            *(
                {
                    "name": p.name,
                    "in": "query",
                    "required": p.required,
                    "description": p.help,
                    "schema": day if p.kind == "day" else text,
                }
                for p in named.params
            ),
            form,
        ],
    }
    return made if any(p.required for p in named.params) else made | {"x-try": f"/api/questions/{named.name}"}


@answer()
def described(request: Request) -> Any:
    return description()


def shown(request: Request) -> Response:
    """Return the description for people."""
    return page(request, "api", api=description())


def _get(path: str, handler: Callable[..., Any]) -> BaseRoute:
    return Route(path, handler, methods=["GET"])


routes: Sequence[BaseRoute] = [
    _get(route("api"), shown),
    _get("/api/openapi.json", described),
    _get("/api/search", search),
    _get("/api/suggest", suggest),
    _get("/api/document", document),
    _get("/api/provisions", document_provisions),
    _get("/api/body", body),
    _get("/api/implementers", who_implements),
    _get("/api/coverage", covered),
    _get("/api/timeline", followed),
    _get("/api/tasks", tasks),
    _get("/api/questions", all_questions),
    _get("/api/questions/{name}", question),
    _get("/api/stats", stats),
    Route("/api/check", check, methods=["POST"]),
]
