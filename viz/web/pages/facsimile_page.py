"""A page of a PDF or of a scan as it looks, with the place that is asked for marked: a picture that is made here, for nothing of the file
itself is ever shown as a page of the site."""

from __future__ import annotations

import re
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from chidao.extract.errors import SourceError
from chidao.extract.formats import facsimile
from chidao.extract.model import Span
from chidao.graph.answers.source_text import SourceText, page_at
from chidao.graph.write.manifest import Entry
from chidao.viz.web.catalogue import N_
from chidao.viz.web.pages.text_page import asked_place, own_document
from chidao.viz.web.rendering.reasons import reason_of
from chidao.viz.web.rendering.render import language_of, page
from chidao.viz.web.request import params
from chidao.viz.web.sitemap import route
from chidao.viz.web.snapshots import Snapshot, snapshot_of

WIDTHS = (1100, 1700, 2400)
"""Points that a picture is wide, for each step of its size."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NONE = N_("This file has no pages that can be shown.")


def shown(request: Request) -> Response:
    """Show one page, counted from 1, with the place `at` marked, in one of the sizes of `zoom`; with `ocr` the place is looked for in the
    picture."""
    snapshot, language = snapshot_of(request), language_of(request)
    entry, number = _entry(request, snapshot), request.path_params["number"]
    found = snapshot.graph.text(entry.sha256)
    if found is None or not 1 <= number <= found.leaves:
        raise HTTPException(404, _NONE)
    asked, zoom, ocr = (
        asked_place(request, found),
        params.number(request, "zoom", 1, len(WIDTHS)) or 1,
        params.flag(request, "ocr"),
    )
    text, span = _on_page(found, number, asked)
    passage, problem = None, None
    try:
        passage = facsimile.find(entry.path, entry.sha256, number, text, span, request.app.state.readers, ocr=ocr)
    except SourceError as error:
        problem = reason_of(error.message, language)
    label, title = own_document(snapshot, found)
    first = page_at(found, asked[0]) if asked else None
    context: dict[str, Any] = {
        "sha256": entry.sha256, "source": found.source, "own": found.own, "label": label, "title": title,
        "number": number, "total": found.leaves, "zoom": zoom, "zooms": len(WIDTHS), "at": params.text(request, "at"),
        "passage": passage, "problem": problem, "ocr": ocr,
        "sentence": " ".join(found.text[slice(*asked)].split()) if asked else None,
        "elsewhere": first if asked and span[0] >= span[1] else None,
    }  # fmt: skip
    return page(request, "facsimile", 422 if problem else 200, **context)


def picture(request: Request) -> Response:
    """Return the picture of one page, in one of the sizes of `zoom`."""
    entry, number = _entry(request, snapshot_of(request)), request.path_params["number"]
    zoom = params.number(request, "zoom", 1, len(WIDTHS)) or 1
    tag = f'"{entry.sha256[:32]}-{number}-{zoom}"'
    headers = {"ETag": tag, "Cache-Control": "private, max-age=86400"}
    if params.knows(request, tag):
        return Response(status_code=304, headers=headers)
    try:
        data = facsimile.draw(entry.path, entry.sha256, number, WIDTHS[zoom - 1], request.app.state.readers)
    except SourceError as error:
        gone = error.message == facsimile.CHANGED
        raise HTTPException(410 if gone else 422, reason_of(error.message, language_of(request)).what) from None
    return Response(data, media_type="image/png", headers=headers)


def _entry(request: Request, snapshot: Snapshot) -> Entry:
    """The file that the generation was built from which has this checksum."""
    sha256 = request.path_params["sha256"]
    entry = next((entry for entry in snapshot.graph.built.entries if entry.sha256 == sha256), None)
    if entry is None or not _SHA256.fullmatch(sha256):
        raise HTTPException(404, N_("This file is not among those that were read."))
    return entry


def _on_page(found: SourceText, number: int, asked: Span | None) -> tuple[str, Span]:
    """The text of a page, and where in it what is asked for stands; an empty place where it does not."""
    begin = found.pages[number - 1]
    end = found.pages[number] if number < len(found.pages) else len(found.text)
    start, stop = (max(asked[0], begin), min(asked[1], end)) if asked else (begin, begin)
    return found.text[begin:end], (start - begin, stop - begin) if start < stop else (0, 0)


routes: list[BaseRoute] = [
    Route(route("facsimile") + ".png", picture, methods=["GET"]),
    Route(route("facsimile"), shown, methods=["GET"]),
]
