"""The text of a file with what its places mean: what the page shows, and its route."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from chidao.extract.errors import ChidaoError
from chidao.extract.language.provision_paths import path_words
from chidao.extract.model import Span
from chidao.graph.answers.source_text import Assigned, Block, Mark, SourceText, page_at, part_at, part_starts
from chidao.graph.answers.standing import Standing, standings
from chidao.graph.select import rows_of_each
from chidao.viz.web.catalogue import N_, translations
from chidao.viz.web.rendering.marked_text import Shown, marked_text
from chidao.viz.web.rendering.register_rows import row_entry
from chidao.viz.web.rendering.render import language_of, page
from chidao.viz.web.request import params
from chidao.viz.web.sitemap import route
from chidao.viz.web.snapshots import Snapshot, snapshot_of

PART = 6500
"""Characters of a text that one page shows: with its notes some ten screens."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_AT = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_NAME = 70
"""Characters of a part's name."""
KINDS = {
    "document": N_("Documents named"), "task": N_("Tasks"), "provision": N_("Provisions"), "body": N_("Bodies"),
}  # fmt: skip
"""The kinds of notes, in their order on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a mark means: `number` counts the notes of its kind on the page."""

    kind: str
    number: int
    iri: str
    label: str
    title: str | None = None
    date: str | None = None
    issuer: str | None = None
    standing: Standing | None = None
    document: str | None = None
    task: Assigned | None = None

    @property
    def name(self) -> str:
        """The name of its place on the page."""
        return f"{self.kind}-{self.number}"


def text_page(
    snapshot: Snapshot, found: SourceText, language: str, part: int = 0, asked: Span | None = None
) -> dict[str, Any]:
    """Return what the page of one part of a text shows, of the part counted from 0."""
    starts = part_starts(found, PART)
    begin = starts[part]
    end = starts[part + 1] if part + 1 < len(starts) else len(found.text)
    marks = [mark for mark in found.marks if mark.start < end and begin < mark.end]
    notes = _notes(snapshot, found, marks)
    shown = [_shown(mark, notes, language) for mark in marks]
    inside = [block for block in found.blocks if begin <= block.start < end]
    blocks = _blocks(found, inside, shown, _sentences(found, begin, end, asked), asked)
    label, title = own_document(snapshot, found)
    return {
        "sha256": found.sha256,
        "source": found.source,
        "own": found.own,
        "label": label,
        "title": title,
        "blocks": blocks,
        "entries": {row: row_entry(snapshot, found.sha256, row) for _, _, row, _, _ in blocks if row is not None},
        "part": part,
        "leaf": page_at(found, asked[0] if asked else begin) if found.leaves else 0,
        "at": f"{asked[0]}-{asked[1]}" if asked else None,
        "parts": _named(found, starts),
        "notes": [(word, [n for n in notes.values() if n.kind == kind]) for kind, word in KINDS.items()],
    }


def _sentences(found: SourceText, begin: int, end: int, asked: Span | None) -> list[Span]:
    """The sentences of a part, and what is asked for: a passage that a search finds says nothing that is a fact."""
    every = {*found.sentences, *((asked,) if asked else ())}
    return sorted(span for span in every if span[0] < end and begin < span[1])


def _blocks(
    found: SourceText, blocks: Iterable[Block], marks: list[Shown], sentences: list[Span], asked: Span | None
) -> list[tuple[str, Markup, int | None, int | None, bool]]:
    """Of each block that says anything: its kind, its marked text, its row of a register, the page that begins in it, and whether what is
    asked for does."""
    rows = {start: row for row, start in (found.rows or {}).items()}
    return [
        (block.kind, marked_text(found.text, block.start, block.end, marks, sentences, asked), rows.get(block.start),
         _page_from(found, block), asked is not None and block.start <= asked[0] < block.end)
        for block in blocks if found.text[block.start : block.end].strip()
    ]  # fmt: skip


def _page_from(found: SourceText, block: Block) -> int | None:
    """The number of the page that begins within the block, if one does."""
    return next((number for number, at in enumerate(found.pages, 1) if block.start <= at < block.end), None)


def own_document(snapshot: Snapshot, found: SourceText) -> tuple[str | None, str | None]:
    """Return label and title of the document that the file is."""
    row = next(rows_of_each(snapshot.store, "internal/document", "document", [found.own] if found.own else []), None)
    return (row["label"], row["title"]) if row else (None, None)


def _named(found: SourceText, starts: list[int]) -> list[str]:
    """What each part of a text begins with, "" where that is no heading."""
    first: dict[int, Block] = {}
    for block in found.blocks:
        if block.kind in ("part", "article", "title"):
            first.setdefault(part_at(starts, block.start), block)
    said = [found.text[b.start : b.end] if (b := first.get(i)) else "" for i in range(len(starts))]
    names = [" ".join(re.sub(r"[*#|]+", " ", words).split()) for words in said]
    return [name if len(name) <= _NAME else name[:_NAME].rsplit(" ", 1)[0] + " …" for name in names]


def _notes(snapshot: Snapshot, found: SourceText, marks: Iterable[Mark]) -> dict[str, Note]:
    """What the marks mean, by IRI, in the order in which the text comes to it."""
    wanted: dict[str, Mark] = {}
    for mark in marks:
        wanted.setdefault(mark.about, mark)
    documents = {mark.document or iri for iri, mark in wanted.items() if mark.kind in ("document", "provision")}
    known = {row["document"]: row for row in rows_of_each(snapshot.store, "internal/document", "document", documents)}
    state = standings(snapshot.store, [iri for iri, mark in wanted.items() if mark.kind == "document"])
    count = dict.fromkeys(KINDS, 0)
    notes: dict[str, Note] = {}
    for iri, mark in wanted.items():
        kind = "task" if mark.kind == "deadline" else mark.kind
        count[kind] += 1
        row = known.get(mark.document or iri, {})
        said: dict[str, Any] = {"kind": kind, "number": count[kind], "iri": iri}
        if kind == "document":
            notes[iri] = Note(
                **said, label=row.get("label") or iri, title=row.get("title"), date=row.get("date"), issuer=row.get("issuer"),
                standing=state.get(iri),
            )  # fmt: skip
        elif kind == "provision":
            words = path_words(iri.removeprefix(f"{mark.document}/"))
            notes[iri] = Note(**said, label=words, title=row.get("label"), document=mark.document)
        elif kind == "body":
            notes[iri] = Note(**said, label=found.bodies.get(iri, iri))
        else:
            notes[iri] = Note(**said, label=str(count[kind]), task=found.tasks.get(iri))
    return notes


def _shown(mark: Mark, notes: dict[str, Note], language: str) -> Shown:
    note = notes[mark.about]
    words = f"{note.label} {note.title or ''}".strip() if mark.kind == "provision" else note.label
    if note.kind == "task":
        words = translations(language).gettext("Task %(num)s") % {"num": note.number}
    return Shown(mark.start, mark.end, mark.kind, note.name, words, note.number if mark.kind == "task" else 0)


def text(request: Request) -> Response:
    """Return the text of the file with this checksum, opened at a place (`at`, in a register's `row`; or a `line`) or with a part."""
    shown, sha256 = snapshot_of(request), request.path_params["sha256"]
    found = shown.graph.text(sha256) if _SHA256.fullmatch(sha256) else None
    if found is None:
        raise HTTPException(404, N_("The text of this file is not in the graph."))
    starts = part_starts(found, PART)
    part = (params.number(request, "part", 1, len(starts)) or 1) - 1
    asked = asked_place(request, found)
    if asked:
        part = part_at(starts, asked[0])
    return page(request, "text", **text_page(shown, found, language_of(request), part, asked))


def asked_place(request: Request, found: SourceText) -> Span | None:
    """Return the place that is asked for, in the text. Raises ChidaoError where there is none."""
    said, line = params.text(request, "at"), params.number(request, "line", 1, 10**9)
    if not said:
        return _line(found, line) if line else None
    given = _AT.fullmatch(said)
    row = params.number(request, "row", 0, 10**9)
    start = found.offset(int(given[1]), row) if given else None
    if given is None or start is None:
        raise ChidaoError(N_("no such place in this text"))
    return start, start + max(int(given[2]) - int(given[1]), 1)


def _line(found: SourceText, number: int) -> Span:
    """A line of the text, counted from 1."""
    at = next(islice(re.finditer(r"(?m)^.*$", found.text), number - 1, None), None)
    if at is None:
        raise ChidaoError(N_("no such place in this text"))
    return at.start(), max(at.end(), at.start() + 1)


routes: list[BaseRoute] = [Route(route("text"), text, methods=["GET"])]
