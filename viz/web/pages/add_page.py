"""The page on which a person at this machine adds documents, watches them being read and sees what is new; and what its forms do."""

from __future__ import annotations

import asyncio
import json
import os
import re
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from python_multipart.exceptions import FormParserError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from chidao.extract.errors import ChidaoError
from chidao.extract.language.jurisdictions import home_place
from chidao.graph.building import Built, last_build
from chidao.graph.store import Folder
from chidao.graph.workspace import Settings, Workspace
from chidao.viz.web.catalogue import N_, translations
from chidao.viz.web.changing.builds import LOOK_EVERY, MOST_BYTES, Builds, Handed, State
from chidao.viz.web.guard.writing import FIELD, HEADER, REFUSED, back, check_writer, writer_of, written_form
from chidao.viz.web.pages import views
from chidao.viz.web.rendering.reasons import reason_of
from chidao.viz.web.rendering.render import language_of, page
from chidao.viz.web.request.upload import bounded
from chidao.viz.web.sitemap import route
from chidao.viz.web.snapshots import snapshot_of

MOST_FILES = 1000
"""Files of one form."""
MOST_AT_ONCE = 1 << 30
"""Bytes of one form; a script sends many forms."""
_STREAMS = 16
"""Pages that may follow a build at once."""
_LOOK = 0.2
_BEAT = 15.0
"""Seconds after which a silent stream says that it is still there."""
_LISTED = 200
"""Files that the page lists."""
_ADDED = "files/"
"""What the names of added files begin with, which a page that is about them leaves out."""
_WATCHED = 20
_NAME = 100
_LONGEST_PATH = 1000
_ID = re.compile(r"([0-9a-f]{8})-([0-9]{1,9})-([0-9]{1,9})")


def add(request: Request) -> Response:
    """Show the page; refuse who may not add anything."""
    if writer_of(request) is None:
        raise HTTPException(403, REFUSED)
    return page(request, "add", **_context(request, None))


def _context(request: Request, problem: str | None) -> dict[str, Any]:
    builds = _builds(request)
    language, state, workspace = language_of(request), builds.state, builds.workspace
    try:
        settings = workspace.settings()
    except ChidaoError as error:
        settings, problem = Settings(), problem or str(error)
    built = last_build(workspace)
    return {
        "problem": problem, "state": state, "boot": builds.boot, "built": built,
        "home": _home(request, settings), "by": settings.by or "",
        "handed": builds.handed, "files_folder": str(workspace.files),
        "watched": [(path, Path(path).is_dir()) for path in settings.watched], "every": int(LOOK_EVERY),
        "rows": [_row(name, why, language) for name, why in reversed(state.files[-_LISTED:])],
        "failed": _unread(built, language), "provinces": views.provinces(), "most": MOST_BYTES >> 20,
        "refused": [(one.name, reason_of(one.why, language)) for one in builds.handed if one.state == "refused"][:_LISTED],
        "odd": [one for one in builds.handed if one.state in ("same", "both", "replaced")][:_LISTED],
        "taken": sum(one.state not in ("same", "refused") for one in builds.handed),
        "not_taken": sum(one.state == "refused" for one in builds.handed),
        "step": translations(language).gettext(STEPS.get(state.told.step, STEPS["compare"])) if state.state == "running" else "",
        "why": reason_of(state.told.why or "", language), "is_first": request.app.state.snapshots.is_waiting(),
    }  # fmt: skip


def _unread(built: Built, language: str) -> list[tuple[str, Any]]:
    unread = (*built.failed, *built.skipped)[:_LISTED]
    return [(name.removeprefix(_ADDED), reason_of(why, language)) for name, why in unread]


def _row(name: str, why: str | None, language: str) -> dict[str, str]:
    """A file that a build has been through, as the page and its script show it."""
    told = reason_of(why or "", language)
    name = name.removeprefix(_ADDED)
    return {"name": name, "why": told.what if why else "", "remedy": told.remedy if why else ""}


def _builds(request: Request) -> Builds:
    found: Builds | None = request.app.state.builds
    if found is None:
        raise HTTPException(403, REFUSED)
    return found


# What a build is at, as it goes on


async def events(request: Request) -> Response:
    """The state of the build, and what changes in it, as server-sent events. A stream that was cut goes on where it was."""
    if writer_of(request) is None:
        raise HTTPException(403, REFUSED)
    builds, app = _builds(request), request.app
    open_ones: int = getattr(app.state, "streams", 0)
    if open_ones >= _STREAMS:
        raise HTTPException(503, "too many pages follow the build", {"Retry-After": "10"})
    last = _ID.fullmatch(request.headers.get("last-event-id", ""))
    run, sent = (int(last[2]), int(last[3])) if last and last[1] == builds.boot else (-1, 0)

    async def stream() -> AsyncIterator[str]:
        app.state.streams = getattr(app.state, "streams", 0) + 1
        try:
            async for event in _events(builds, language_of(request), run, sent):
                yield event
        finally:
            app.state.streams -= 1

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream(), media_type="text/event-stream", headers=headers)


async def _events(builds: Builds, language: str, run: int, sent: int) -> AsyncIterator[str]:
    version, since = -1, time.monotonic()
    while not builds.is_closed:
        state = builds.state
        if state.version != version:
            version, since = state.version, time.monotonic()
            if state.run != run:
                run, sent = state.run, 0
            data = _told(builds, state, sent, language)
            sent = len(state.files)
            yield f"id: {builds.boot}-{run}-{sent}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
        elif time.monotonic() - since > _BEAT:
            since = time.monotonic()
            yield ": still here\n\n"
        await asyncio.sleep(_LOOK)


def _told(builds: Builds, state: State, sent: int, language: str) -> dict[str, Any]:
    told, running = state.told, state.state == "running"
    return {
        "boot": builds.boot, "run": state.run, "state": state.state,
        "step": translations(language).gettext(STEPS[told.step]) if running and told.step in STEPS else "",
        "done": told.done, "total": told.total, "read": state.read, "unread": state.unread,
        "files": [_row(name, why, language) for name, why in state.files[sent:]],
    }  # fmt: skip


STEPS = {
    "extract": N_("Reading the files"), "resolve": N_("Finding out which documents are meant"),
    "write": N_("Writing the graph"), "compare": N_("Comparing with the graph before"),
}  # fmt: skip
"""What a build is at, in words."""


# What the forms do


async def hand_in(request: Request) -> Response:
    """Keep the files of a form, and build. For a script, which asks for JSON, what became of each; it says itself when to build."""
    if writer_of(request) is None:
        raise HTTPException(403, REFUSED)
    problem = HTTPException(413, _too_much(request))
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > MOST_AT_ONCE:
        raise problem
    if HEADER in request.headers:
        check_writer(request, request.headers[HEADER])
    builds, within = _builds(request), Request(request.scope, bounded(request.receive, MOST_AT_ONCE, problem))
    try:
        async with within.form(max_files=MOST_FILES, max_fields=10, max_part_size=1 << 16) as form:
            check_writer(request, request.headers.get(HEADER) or _text(form, FIELD))
            made = await run_in_threadpool(_received, builds, form)
    except (MultiPartException, FormParserError) as error:
        raise HTTPException(400, f"the form cannot be read: {getattr(error, 'message', error)}") from None
    if request.headers.get("accept") == "application/json":
        language = language_of(request)
        return JSONResponse({"files": [_handed(one, language) for one in made]})
    if any(one.state not in ("same", "refused") for one in made):
        builds.want()
    return RedirectResponse(request.scope.get("root_path", "") + route("add"), 303)


def _too_much(request: Request) -> str:
    said = translations(language_of(request)).gettext(N_("At most %(files)s files and %(size)s MB at once."))
    return said % {"files": MOST_FILES, "size": MOST_AT_ONCE >> 20}


def _received(builds: Builds, form: FormData) -> list[Handed]:
    given = [file for file in form.getlist("files") if isinstance(file, UploadFile) and (file.filename or file.size)]
    files = ((file.filename or "", file.size or 0, file.file) for file in given)
    return builds.receive(files, replaces=_text(form, "same_name") == "replace", batch=_text(form, "batch")[:40])


def _handed(one: Handed, language: str) -> dict[str, str]:
    told = reason_of(one.why, language)
    return {"name": one.name, "state": one.state, "other": one.other, "why": told.what, "remedy": told.remedy}


def _text(form: FormData, name: str) -> str:
    given = form.get(name)
    return given if isinstance(given, str) else ""


async def build(request: Request) -> Response:
    """Read the folders anew; with `only=corrections` put in what people have corrected, and look at no file."""
    _, form = await written_form(request)
    _builds(request).want(files=_text(form, "only") != "corrections")
    return back(request, form, route("add"))


async def cancel(request: Request) -> Response:
    """End the build."""
    _, form = await written_form(request)
    await run_in_threadpool(_builds(request).cancel)
    return back(request, form, route("add"))


async def watch(request: Request) -> Response:
    """Read from a folder of this machine from now on, or with `off` no more."""
    workspace, form = await written_form(request)
    path, off = _text(form, "folder").strip(), bool(_text(form, "off"))
    settings = workspace.settings()
    if off:
        watched = tuple(one for one in settings.watched if one != path)
    else:
        problem = await run_in_threadpool(_unfit, workspace, Path(request.app.state.snapshots.graph_dir), path)
        if problem or len(settings.watched) >= _WATCHED:
            said = translations(language_of(request)).gettext(problem or N_("So many folders cannot be watched."))
            return page(request, "add", 400, **_context(request, said))
        path = os.path.normpath(path)
        watched = tuple(dict.fromkeys((*settings.watched, path)))
    await run_in_threadpool(workspace.save, replace(settings, watched=watched))
    if not off:
        _builds(request).want()
    return back(request, form, route("add"))


def _unfit(workspace: Workspace, graph: Path, given: str) -> str | None:
    """Why a folder cannot be watched."""
    if not given or len(given) > _LONGEST_PATH or not given.isprintable() or not os.path.isabs(given):
        return N_("Write the folder's whole path, as the file manager shows it.")
    path = Path(os.path.realpath(given))
    if not path.is_dir():
        return N_("There is no such folder on this machine.")
    own = [Path(os.path.realpath(place)) for place in (workspace.path, graph)]
    if any(path == place or path in place.parents or place in path.parents for place in own) or path.parent == path:
        return N_("This folder holds chidao's own data, or the whole disk; choose one that holds documents.")
    if Folder(path).marker.is_file():
        return N_("This folder is a graph, and holds no documents.")
    return None


async def settings(request: Request) -> Response:
    """Keep the home of documents that do not say their own, and how what a person says here is signed."""
    workspace, form = await written_form(request)
    by, home = " ".join(_text(form, "by").split())[:_NAME], _text(form, "home").strip()[:_NAME]
    before = workspace.settings()
    try:
        home_place(home or None)
    except ChidaoError:
        said = translations(language_of(request)).gettext(N_("There is no province or city of this name."))
        return page(request, "add", 400, **_context(request, said))
    new = replace(before, by=by or None, home=before.home if home == _home(request, before) else home)
    await run_in_threadpool(workspace.save, new)
    if new.home != before.home:
        _builds(request).want()
    return back(request, form, route("add"))


def _home(request: Request, settings: Settings) -> str:
    """The home of documents that do not say their own: what is set here, else what the graph remembers."""
    if settings.home is None and not request.app.state.snapshots.is_waiting():
        return snapshot_of(request).graph.built.home or ""
    return settings.home or ""


async def remove(request: Request) -> Response:
    """Take out a file that was added, and build without it."""
    _, form = await written_form(request)
    builds = _builds(request)
    await run_in_threadpool(builds.remove, _text(form, "file"))
    builds.want()
    return back(request, form, route("files"))


routes: list[BaseRoute] = [
    Route(route("add"), add, methods=["GET"]),
    Route(route("add") + "/events", events, methods=["GET"]),
]
writes: list[BaseRoute] = [
    Route(f"/office/{name}", handler, methods=["POST"])
    for name, handler in (
        ("add", hand_in), ("build", build), ("cancel", cancel), ("watch", watch), ("settings", settings),
        ("remove", remove),
    )
]  # fmt: skip
"""What changes the workspace."""
