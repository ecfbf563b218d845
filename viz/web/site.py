"""The site as files that need no server: to be handed over on a USB stick and opened from there.

Every page is made by the views and templates of the server; what differs is where links lead (`FileLinks`) and that there are no
forms. Names of files are short, plain and the same on every system.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.ask import Question, ask, questions
from chidao.graph.answers.coverage import Coverage
from chidao.graph.answers.describe import describe
from chidao.graph.answers.done import DoneBook
from chidao.graph.answers.source_text import part_starts
from chidao.graph.select import rows
from chidao.graph.store import Folder
from chidao.viz.documents.matrix import COLUMNS, coverage_rows, coverage_workbook
from chidao.viz.drawing.scripts import joined
from chidao.viz.tables import csv_text
from chidao.viz.web.pages import graph_page, tasks_page, views
from chidao.viz.web.pages.body_page import body
from chidao.viz.web.pages.coverage_page import coverage_page
from chidao.viz.web.pages.document_page import document
from chidao.viz.web.pages.home_page import home
from chidao.viz.web.pages.progress_page import progress
from chidao.viz.web.pages.tasks_asked import Asked
from chidao.viz.web.pages.text_page import PART, text_page
from chidao.viz.web.rendering.links import FileLinks, TextFiles, key_of
from chidao.viz.web.rendering.render import built, render
from chidao.viz.web.rendering.scheme_part import scheme_part
from chidao.viz.web.sitemap import PAGES
from chidao.viz.web.snapshots import Snapshot, open_snapshot
from chidao.viz.words import LANGUAGES

LIST = "chidao-site.txt"
"""Names every file of a written site, so that the next one can take its place without touching anything else."""
_MOST = 80
"""Characters of one part of a file's name."""
_PLAIN = re.compile(r"[^a-z0-9._-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)")
_TOGETHER = 10
"""Directives of the coverage page that shows several."""
_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Written:
    """A site that was written: where, how many pages it has, and how many bytes all files take."""

    path: Path
    pages: int
    size: int


def write_site(
    graph_dir: str | Path,
    out: str | Path,
    *,
    language: str = "vi",
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> Written:
    """Write the site of the graph in a folder to the folder `out`, in place of a site that was written there before.

    `progress` is told how many pages of how many are made. Raises GraphError when there is no graph, ChidaoError when `out` holds
    other things than a site, or cannot be written."""
    if language not in LANGUAGES:
        raise ChidaoError(f"no such language: {language!r} (there are: {', '.join(LANGUAGES)})")
    target = Path(out)
    former = _former(target)
    snapshot = open_snapshot(Folder(graph_dir).current())
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".chidao-site-", dir=target.parent) as scratch:
            made = _Site(snapshot, Path(scratch), language)
            made.write(progress)
            _move(Path(scratch), target, former, made.written)
    except OSError as error:
        raise ChidaoError(
            f"cannot be written ({error.strerror or error})", path=str(error.filename or target)
        ) from None
    return Written(target, made.pages, sum((target / name).stat().st_size for name in made.written))


def _former(target: Path) -> list[str]:
    """The files of the site that stands at `target`. Raises ChidaoError when something else does."""
    if not target.exists():
        return []
    if not target.is_dir():
        raise ChidaoError("not a folder but a file", path=str(target))
    if (target / LIST).is_file():
        return [line for line in (target / LIST).read_text("utf-8").splitlines() if _within(line)]
    if any(target.iterdir()):
        raise ChidaoError(
            "this folder holds other things than a site; name a new or empty one with -o", path=str(target)
        )
    return []


def _within(name: str) -> bool:
    """A name that the list may hold: a path below the site."""
    return (
        bool(name) and not os.path.isabs(name) and ".." not in name.split("/") and "\\" not in name and ":" not in name
    )


def _move(scratch: Path, target: Path, former: Iterable[str], written: list[str]) -> None:
    """Put the new files in their places, then drop those of the former site that are no more."""
    for name in written:
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(scratch / name, place)
    for name in set(former) - set(written):
        (target / name).unlink(missing_ok=True)
        for folder in (target / name).parents:
            if folder == target or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()


class _Names:
    """File names for things: plain letters, no part too long, no two alike where case does not count."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def file(self, kind: str, key: str) -> str:
        parts = [_part(part) for part in unquote(key).split("/")]
        name = "/".join((kind, *parts))
        if name in self._taken:
            name += "-" + hashlib.sha256(key.encode()).hexdigest()[:8]
        self._taken.add(name)
        return f"{name}.html"


def _part(text: str) -> str:
    """One part of a path that every file system takes (FAT, too: no reserved name, no blank or full stop at an end).

    >>> _part("kế hoạch: 15"), _part("con")
    ('k-ho-ch-15', '_con')
    """
    plain = _PLAIN.sub("-", text.lower()).strip("-. ") or "_"
    if len(plain) > _MOST:
        plain = plain[: _MOST - 9].rstrip("-.") + "-" + hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"_{plain}" if _RESERVED.match(plain) else plain


class _Site:
    """One site as it is written to a folder."""

    def __init__(self, snapshot: Snapshot, folder: Path, language: str) -> None:
        self.snapshot, self.folder, self.language = snapshot, folder, language
        self.written: list[str] = []
        self.pages = 0
        names = _Names()
        self.documents = [row["document"] for row in rows(snapshot.store, "internal/table-documents")]
        self.bodies = [row["body"] for row in rows(snapshot.store, "internal/table-bodies")]
        self.files: dict[str, str] = {}
        for iri in (*self.documents, *self.bodies):
            found = key_of(iri, snapshot.base)
            if found:
                self.files[iri] = names.file(*found)
        self.followed = [row["document"] for row in views.followed(snapshot) if row["document"] in self.files]
        self.questions = [q for q in questions().values() if not any(p.required for p in q.params)]
        self.places = self._places()
        self.texts = self._texts(names)

    def _places(self) -> dict[tuple[str, str], str]:
        """The file of each page by its name and what it is about."""
        places = {(name, ""): page.file for name, page in PAGES.items() if page.file}
        places |= {(f"questions/{q.name}", ""): f"questions/{q.name}.html" for q in self.questions}
        for iri in self.followed:
            rest = self.files[iri].partition("/")[2]
            places |= {(name, iri): f"{name}/{rest}" for name in ("progress", "coverage", "timeline")}
        for row in rows(self.snapshot.store, "internal/documents-with-provisions"):
            if file := self.files.get(row["document"]):
                places["provisions", row["document"]] = f"provisions/{file.partition('/')[2]}"
        return places

    def _texts(self, names: _Names) -> dict[str, TextFiles]:
        """The files of each source's text, by its checksum."""
        found = {}
        for row in rows(self.snapshot.store, "internal/table-sources"):
            text = self.snapshot.graph.text(row["sha256"]) if row["sha256"] not in found else None
            if text is not None:
                starts = part_starts(text, PART)
                first = names.file("text", row["sha256"][:16]).removesuffix(".html")
                files = [f"{first}{f'-{number}' if number > 1 else ''}.html" for number in range(1, len(starts) + 1)]
                found[row["sha256"]] = TextFiles(tuple(files), tuple(starts), text.rows)
        return found

    def links(self, here: str) -> FileLinks:
        return FileLinks(self.snapshot.base, here, self.files, self.places, self.texts)

    def write(self, progress: Callable[[int, int], None]) -> None:
        total = len(self.files) + len(self.places) + sum(len(text.files) for text in self.texts.values())
        for name, content in self._static():
            self._put(name, content)
        for done, (here, name, context) in enumerate(self._pages(), 1):
            self._put(here, render(name, self.snapshot, self.links(here), self.language, here=here, **context))
            self.pages += 1
            if done % 20 == 0 or done == total:
                progress(done, total)
        for iri in self.files:
            for ending in ("ttl", "jsonld"):
                self._put(
                    self.files[iri].removesuffix(".html") + f".{ending}", describe(self.snapshot.store, iri, ending)
                )
        self.written.append(LIST)
        (self.folder / LIST).write_text("".join(f"{name}\n" for name in sorted(self.written)), "utf-8", newline="\n")

    def _put(self, name: str, content: str | bytes) -> None:
        place = self.folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        self.written.append(name)

    def _static(self) -> Iterator[tuple[str, bytes]]:
        """The files beside the pages, but for what only a server's pages need."""
        waiting = [(files("chidao.viz.web").joinpath("static"), "static")]
        while waiting:
            folder, path = waiting.pop()
            for entry in sorted(folder.iterdir(), key=lambda e: e.name):
                if entry.is_dir():
                    waiting.append((entry, f"{path}/{entry.name}"))
                elif entry.name == "lookup.js":
                    yield f"{path}/{entry.name}", joined("web/static/lookup.js").encode()
                elif not entry.name.startswith("sparql."):
                    yield f"{path}/{entry.name}", entry.read_bytes()
        yield "static/search-data.js", self._index().encode("utf-8")

    def _index(self) -> str:
        """Every document and body for the search page: its words, its file and what is shown of it."""
        entries = [
            [hit.label, hit.title or "", hit.issuer or "", hit.date or "", hit.level or "", self.files[hit.iri]]
            for hit in self.snapshot.graph.search("", limit=10**9).hits
            if hit.iri in self.files
        ]
        text = json.dumps(entries, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
        return f"window.chidaoSearch = {text};\n"

    def _pages(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """The file, name and context of every page."""
        snapshot = self.snapshot
        followed = {"timeline": None, "followed": views.followed(snapshot), "has_plot": False}
        plain: dict[str, dict[str, Any]] = {
            "home": home(snapshot),
            "search": {"total": len(self.files)},
            "questions": {"questions": list(questions().values())},
            "tasks": tasks_page.told(snapshot, Asked(), DoneBook(), few=None),
            "timeline": followed,
            "progress": progress(snapshot, None),
            "coverage": self._coverage(self.places["coverage", ""], self.followed[:_TOGETHER]),
            "graph": graph_page.for_file(snapshot, self.links(self.places["graph", ""]), self.language),
        }
        for name, context in plain.items():
            yield self.places[name, ""], name, context
        for question in self.questions:
            yield self.places[f"questions/{question.name}", ""], "question", self._answered(question)
        for iri in self.followed:
            yield (
                self.places["timeline", iri],
                "timeline",
                {"has_plot": built("plot.js"), **views.timeline(snapshot, iri)},
            )
            yield self.places["progress", iri], "progress", progress(snapshot, iri, live=False)
            here = self.places["coverage", iri]
            yield here, "coverage", self._coverage(here, [iri])
        for iri in self.documents:
            here = self.files[iri]
            drawn = scheme_part(snapshot, iri, self.links(here), self.language, inside=True)
            yield here, "document", {"scheme": drawn, **document(snapshot, iri)}
        for (name, iri), here in self.places.items():
            if name == "provisions":
                yield here, name, views.provisions_page(snapshot, iri)
        for iri in self.bodies:
            yield self.files[iri], "body", body(snapshot, iri)
        for sha256, written in self.texts.items():
            if text := snapshot.graph.text(sha256):
                for part, here in enumerate(written.files):
                    yield here, "text", text_page(snapshot, text, self.language, part)

    def _answered(self, question: Question) -> dict[str, Any]:
        answer = ask(self.snapshot.store, question.name)
        columns = views.columns(answer.columns)
        return {
            "question": question,
            "given": {},
            "answer": answer,
            "problem": None,
            "shown": _SHOWN,
            "number": 1,
            "columns": columns,
        }

    def _coverage(self, here: str, directives: list[str]) -> dict[str, Any]:
        """What a coverage page over the provinces shows; its tables are put beside it."""
        found: Coverage | None = self.snapshot.graph.coverage_of(directives) if directives else None
        context = coverage_page(self.snapshot, found, "province", None)
        if found:
            stem = here.removesuffix(".html")
            self._put(f"{stem}.csv", "\ufeff" + csv_text(COLUMNS, coverage_rows(found, self.snapshot.folder)))
            self._put(f"{stem}.xlsx", coverage_workbook(found, self.snapshot.folder))
            name = stem.rpartition("/")[2]
            context["sheets"] = [("XLSX", f"{name}.xlsx"), ("CSV", f"{name}.csv")]
        return context


__all__ = ["Written", "write_site"]
