"""The text of a file as it was read, and what its places mean: documents, bodies, provisions, tasks and their deadlines.

The text is kept with the facts of its file in the graph folder, so it is there also when the file is not. A file is asked for by its
SHA-256, which is looked for among those that the generation was built from: no path is ever made from what was asked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from chidao.extract.formats.kinds import Kind
from chidao.extract.language.provision_paths import members
from chidao.extract.model import SELF, Division, Facts, Span
from chidao.extract.reading.composed import compose
from chidao.extract.reading.layout import read_layout
from chidao.graph import disk
from chidao.graph.select import Store, rows
from chidao.graph.write.kept import DamagedFactsError, KeptFacts
from chidao.graph.write.manifest import Manifest
from chidao.graph.write.terms import Names, place_of

_LINE = re.compile(r"[^\n]*\n?")
_ROMAN = re.compile(r"(?:\*\*)?[IVX]{1,5}[.\-–]?\s+\S")
_LARGE = re.compile(r"(?:phan|phu-luc|chuong|muc|tieu-muc)-[^/]*$")
_HEADING = 300
"""Characters that a heading has at most."""
_ROOM = 60
"""Characters of a line on the page."""
_LONG = 4000
"""Characters of a paragraph that is no honest one from here on."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or line of a table, through the line end behind it; all of them together are the text. `kind` is "text",
    "title" (of the document), "part" (a chapter's heading), "article", "table" or "row" (of a register)."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that means something: `kind` is "document", "body", "provision", "task" or "deadline", `about` the IRI of what it means, for
    the last two of the task; `document` is whose the provision is."""

    start: int
    end: int
    kind: str
    about: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Assigned:
    """A task that the text assigns; each party is a name with its body's IRI, None for a group."""

    iri: str
    lead: tuple[tuple[str, str | None], ...]
    support: tuple[tuple[str, str | None], ...]
    deadline_text: str | None


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of one file. All offsets are into `text`, which of a register has a line for each row; `rows` then says where each begins.
    `own` is the IRI of the document that the file is, None where that is not known or there are many. `pages` are where pages begin,
    `format` is what the file was read as ("pdf").
    `bodies` has the name of each body, by IRI."""

    sha256: str
    source: str
    own: str | None
    text: str
    blocks: tuple[Block, ...]
    sentences: tuple[Span, ...]
    marks: tuple[Mark, ...]
    tasks: Mapping[str, Assigned]
    bodies: Mapping[str, str]
    pages: tuple[int, ...] = ()
    rows: Mapping[int, int] | None = None
    format: str = "text"

    @property
    def leaves(self) -> int:
        """How many pages it has that look as they do wherever they are shown: those of a Word document do not."""
        return len(self.pages) if self.format in (Kind.PDF, Kind.IMAGE) else 0

    def offset(self, at: int, row: int | None = None) -> int | None:
        """Return where a place of the file, in its row, stands in the text; None where there is no such place."""
        base = 0 if row is None else (self.rows or {}).get(row)
        return base + at if base is not None and 0 <= base + at < len(self.text) else None


def source_text(generation: Path, made: Manifest, store: Store, sha256: str) -> SourceText | None:
    """Return the text of the file with this checksum, of the generation that was `made` from it; None where it was made from no such file,
    or its text is not there any more."""
    entry = next((entry for entry in made.entries if entry.sha256 == sha256), None)
    folder = generation.parent.parent / "facts"
    if entry is None or not disk.is_folder(folder):
        return None
    try:
        facts = KeptFacts(folder).load(entry.key_of(made.version), entry.shown or entry.path, text=True)
        if not facts or any(one.source.sha256 != sha256 for one in facts):  # forged: they are of another file
            return None
        return _Reader(Names(made.base), store, facts).read()
    except (DamagedFactsError, IndexError):  # forged facts may name what they do not have
        return None


class _Reader:
    """Puts what is said of one file into its text."""

    def __init__(self, names: Names, store: Store, facts: list[Facts]) -> None:
        self.names, self.facts = names, facts
        self.source = facts[0].source
        file = names.source(self.source.sha256)
        self.meant = {row["mention"]: row["of"] for row in rows(store, "internal/source-mentions", file=file)}
        own = [row["document"] for row in rows(store, "internal/source-document", file=file)]
        self.own = own[0] if len(own) == 1 and facts[0].row is None else None
        self.tasks: dict[str, Assigned] = {}
        self.bodies: dict[str, str] = {}

    def read(self) -> SourceText:
        register = self.facts[0].row is not None
        bases, text = [0], ""
        if register:
            lines = [" ".join(f.source.text.split("\n")) + "\n" for f in self.facts]
            for line in lines:
                bases.append(bases[-1] + len(line))
            text = "".join(lines)
            blocks = [Block(start, end, "row") for start, end in pairwise(bases)]
        else:
            text = self.source.text
            blocks = list(blocks_of(self.facts[0]))
        parts = list(zip(self.facts, bases, strict=False))
        marks = sorted((mark for f, base in parts for mark in self._marks(f, base)), key=lambda m: (m.start, -m.end))
        return SourceText(
            self.source.sha256, self.source.path, self.own, text, tuple(blocks),
            tuple(sorted({(base + s.start, base + s.end) for f, base in parts for s in f.sentences})),
            tuple(marks), self.tasks, self.bodies, () if register else self.source.pages,
            {f.row: base for f, base in parts if f.row is not None} if register else None, self.source.format,
        )  # fmt: skip

    def _marks(self, facts: Facts, base: int) -> Iterator[Mark]:
        place = place_of(facts)
        documents = [self.meant.get(self.names.part(place, "reference", i).value) for i in range(len(facts.references))]
        for reference, of in zip(facts.references, documents, strict=True):
            if of:
                yield Mark(base + reference.start, base + reference.end, "document", of)
        for i, body in enumerate(facts.bodies):
            if of := self.meant.get(self.names.part(place, "body", i).value):
                self.bodies.setdefault(of, body.name)
                yield Mark(base + body.start, base + body.end, "body", of)
        for provision in facts.provisions:
            of = self.own if provision.document == SELF else documents[provision.document]
            path = next(iter(members(provision.path)), provision.path)
            if of:
                yield Mark(base + provision.start, base + provision.end, "provision", f"{of}/{path}", of)
        for i, task in enumerate(facts.tasks if self.own else ()):
            iri = self.names.part(place, "task", i).value
            lead, support = (
                tuple((party.name, self.names.body(party.key).value if party.key else None) for party in parties)
                for parties in (task.lead, task.support)
            )
            self.tasks[iri] = Assigned(iri, lead, support, task.deadline_text or task.deadline)
            yield Mark(base + task.start, base + task.end, "task", iri)
            if found := _place(facts.source.text, task.start, task.end, task.deadline_text):
                yield Mark(base + found[0], base + found[1], "deadline", iri)


def _place(text: str, start: int, end: int, words: str | None) -> Span | None:
    """Where these words stand between two places, whatever blanks are between them."""
    wanted = (words or "").split()
    if not wanted:
        return None
    found = re.compile(r"\s+".join(map(re.escape, wanted)), re.IGNORECASE).search(text, start, end)
    return found.span() if found else None


def blocks_of(facts: Facts) -> Iterator[Block]:
    """Yield the paragraphs of a file's text: lines that a page or a width has broken are together, as they are read."""
    text = facts.source.text
    layout = read_layout(compose(text))
    kinds = _kinds(facts)
    begin = end = last = 0
    for line in _LINE.finditer(text):
        if line.start() == line.end():
            break
        said = line.group().strip()
        if said:
            first = layout.reading(line.start() + line.group().index(said[0]))
            goes_on = layout.text[last:first] in (" ", "  ")
            if (not goes_on or line.end() - begin > _LONG) and text[begin:end].strip():
                yield from _block(text, begin, end, kinds)
                begin = line.start()
            last = layout.reading(line.start() + len(line.group().rstrip()) - 1) + 1
        end = line.end()
    if end > begin:
        yield from _block(text, begin, end, kinds)


def _kinds(facts: Facts) -> Mapping[int, str]:
    """What stands at the places of headings."""
    places = facts.heading.places
    found = {d.start: "part" if _LARGE.search(d.path) else "article" for d in facts.divisions if _is_headed(d)}
    return found | {span[0]: "title" for span in (places.type, places.title) if span}


def _is_headed(division: Division) -> bool:
    return division.heading is not None or bool(_LARGE.search(division.path))


def _block(text: str, start: int, end: int, kinds: Mapping[int, str]) -> Iterator[Block]:
    """A paragraph; one without an end comes in pieces."""
    while end - start > 2 * _LONG:
        cut = text.rfind(" ", start, start + _LONG) + 1 or start + _LONG
        yield Block(start, cut, "text")
        start = cut
    said = text[start:end].strip()
    first = start + text[start:end].index(said[0]) if said else start
    kind = next((kinds[at] for at in range(first, min(first + 8, end)) if at in kinds), "text")
    if len(said) > _HEADING:
        kind = "text"
    elif said.startswith("|"):
        kind = "table"
    elif kind == "text" and (said.startswith("#") or (_ROMAN.match(said) and said.upper() == said)):
        kind = "part"
    yield Block(start, end, kind)


def part_starts(text: SourceText, size: int) -> list[int]:
    """Return where the parts of at most about `size` characters begin in which a long text is shown: at a paragraph, where one is near at
    a heading. A short paragraph takes as much room as a line of the page."""
    starts, heading, held, since = [0], 0, 0, 0
    for block in text.blocks:
        room = max(block.end - block.start, _ROOM)
        if block.kind in ("part", "article") and held > size * 2 // 3:
            heading, since = block.start, 0
        if held + room > size and block.start > starts[-1]:
            at_heading = heading > starts[-1]
            starts.append(heading if at_heading else block.start)
            held = since if at_heading else 0
        held += room
        since += room
    return starts


def part_at(starts: Iterable[int], offset: int) -> int:
    """Return the number, from 0, of the part that holds a place."""
    return bisect_right(list(starts), offset) - 1


def page_at(text: SourceText, offset: int) -> int:
    """Return the number, from 1, of the page that holds a place; 0 where the file has no pages."""
    return bisect_right(text.pages, offset)
