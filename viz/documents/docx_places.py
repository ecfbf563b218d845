"""Find passages of a document's text in its .docx, and cut runs so that they can be marked.

The text that offsets refer to comes from another reader, which may number paragraphs, join cells or set footnotes apart. So a
passage is found again by its letters and figures alone, with as much of its surroundings as both sides share; where that
leaves two places, the passage's ordinal decides, and only where both sides have it equally often.
"""

from __future__ import annotations

import copy
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from chidao.extract.language.letters import SUPERSCRIPTS

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": ""}
_AROUND = (80, 40, 20, 8, 0)
"""Letters and figures of context that are tried on each side, the most first."""


@dataclass(frozen=True, slots=True)
class Squeezed:
    """Only the letters and figures of a text, composed and in lower case; `at[i]` is where the i-th came from."""

    text: str
    at: list[int]

    def index(self, offset: int) -> int:
        """Return how many letters and figures stand before `offset`."""
        return bisect_right(self.at, offset - 1)


def squeeze(text: str) -> Squeezed:
    """Raised figures are left out: they may be the marks of notes, which Word keeps elsewhere.

    >>> squeeze("Số 15-NQ/TW¹").text
    'số15nqtw'
    """
    out: list[str] = []
    at: list[int] = []
    i, n = 0, len(text)
    while i < n:
        j = i + 1
        while j < n and unicodedata.combining(text[j]):
            j += 1
        cluster = text[i:j] if j == i + 1 else unicodedata.normalize("NFC", text[i:j])
        for c in cluster.lower():
            if c.isalnum() and c not in SUPERSCRIPTS:
                out.append(c)
                at.append(i)
        i = j
    return Squeezed("".join(out), at)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    element: Any
    start: int
    end: int


class DocxPlaces:
    """The places of one .docx: where a passage of the source's text stands in it."""

    def __init__(self, document: DocxDocument, source: str) -> None:
        self.document = document
        self.source = squeeze(source)
        self.paragraphs: list[_Paragraph] = []
        parts: list[str] = []
        length = 0
        for element in document.element.body.iter(f"{_W}p"):
            if any(a.tag == _FALLBACK for a in element.iterancestors()):
                continue  # a text box's second copy
            text = "".join(t for run in _runs(element) for t in _texts(run))
            self.paragraphs.append(_Paragraph(element, length, length + len(text)))
            parts.append(text)
            length += len(text) + 1
        self.text = "\n".join(parts)
        self._squeezed = squeeze(self.text)

    def find(self, start: int, end: int) -> tuple[int, int] | None:
        """Offsets into `text` of source[start:end] (offsets into the source); None where that cannot be said surely."""
        a, b = self.source.index(start), self.source.index(end)
        there = _locate(self.source.text, a, b, self._squeezed.text)
        if there is None:
            return None
        stop = self._squeezed.at[there + (b - a) - 1] + 1
        while unicodedata.combining(self.text[stop : stop + 1] or " "):
            stop += 1
        return self._squeezed.at[there], stop

    def near(self, start: int, end: int) -> int | None:
        """Return the paragraph that holds what stands just before or behind source[start:end], where the passage itself is not found."""
        a, b = self.source.index(start), self.source.index(end)
        for begin, stop in ((a - 30, a), (b, b + 30), (a - 90, a - 30), (b + 30, b + 90)):
            there = _locate(self.source.text, max(0, begin), max(0, stop), self._squeezed.text)
            if there is not None:
                return self.paragraph_at(self._squeezed.at[there])
        return None

    def mark_of_note(self, start: int, end: int) -> Any | None:
        """Return the run that carries the mark of the footnote in which source[start:end] stands."""
        a, b = self.source.index(start), self.source.index(end)
        held = {
            key: there
            for key, text in self._notes.items()
            if (there := _locate(self.source.text, a, b, text)) is not None
        }
        if len(held) != 1:
            return None
        kind, number = next(iter(held))
        marks = self.document.element.body.iter(f"{_W}{kind}Reference")
        return next((mark.getparent() for mark in marks if mark.get(f"{_W}id") == number), None)

    @cached_property
    def _notes(self) -> dict[tuple[str, str], str]:
        """What each note says, squeezed, by kind and number: ("footnote", "3")."""
        from docx.oxml import parse_xml

        found: dict[tuple[str, str], str] = {}
        for rel in self.document.part.rels.values():
            if rel.is_external or not rel.reltype.endswith(("/footnotes", "/endnotes")):
                continue
            root = parse_xml(rel.target_part.blob)
            for kind in ("footnote", "endnote"):
                for note in root.iter(f"{_W}{kind}"):
                    text = "".join(t for run in _runs(note) for t in _texts(run))
                    found[kind, note.get(f"{_W}id")] = squeeze(text).text
        return found

    def paragraph_at(self, offset: int) -> int:
        """Index of the paragraph at `offset` of `text`."""
        return bisect_right([p.start for p in self.paragraphs], offset) - 1

    def cut(self, start: int, end: int) -> tuple[Any, Any] | None:
        """Return the first and last run element of text[start:end], in one paragraph, cut so that they hold just that. What crosses a
        paragraph's end is marked up to it."""
        paragraph = self.paragraphs[self.paragraph_at(start)]
        first = last = None
        at = paragraph.start
        end = min(end, paragraph.end)
        for run in list(_runs(paragraph.element)):
            length = sum(map(len, _texts(run)))
            stop = at + length
            if length and at < end and stop > start:
                if at < start:
                    run, at = _split(run, start - at), start
                if stop > end:
                    _split(run, end - at)
                first, last = first if first is not None else run, run
            at = stop
        return None if first is None else (first, last)

    def whole(self, paragraph: int) -> tuple[Any, Any]:
        """Return the first and last run element of a paragraph; an empty one gets a run."""
        from docx.oxml.parser import OxmlElement

        element = self.paragraphs[paragraph].element
        runs = list(_runs(element))
        if not runs:
            runs = [OxmlElement("w:r")]
            element.append(runs[0])
        return runs[0], runs[-1]


def _locate(text: str, a: int, b: int, other: str) -> int | None:
    """Where text[a:b] stands in `other`, by its context there."""
    if b <= a:
        return None
    core = text[a:b]
    for width in _AROUND:
        left, right = text[max(0, a - width) : a], text[b : b + width]
        for before, after in ((left, right), (left, ""), ("", right)):
            wanted = before + core + after
            if len(wanted) < 6:
                continue
            first = other.find(wanted)
            if first >= 0 and other.find(wanted, first + 1) < 0:
                return first + len(before)
            if first >= 0 and width == _AROUND[0]:
                # The same passage with the same surroundings more than once: by its ordinal.
                here = _all(text, wanted)
                there = _all(other, wanted)
                if len(here) == len(there):
                    return there[here.index(a - len(before))] + len(before)
    here, there = _all(text, core), _all(other, core)
    return there[here.index(a)] if len(here) == len(there) else None


def _all(text: str, wanted: str) -> list[int]:
    found = []
    at = text.find(wanted)
    while at >= 0:
        found.append(at)
        at = text.find(wanted, at + 1)
    return found


def _runs(element: Any) -> Iterator[Any]:
    """The runs of a paragraph, also within links and insertions; not those of a paragraph inside it (a text box)."""
    for child in element:
        if child.tag == f"{_W}r":
            yield child
        elif child.tag not in (f"{_W}del", f"{_W}moveFrom", f"{_W}pPr"):
            yield from _runs(child)


def _texts(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]


def _split(run: Any, at: int) -> Any:
    """Cut a run behind `at` characters; the second half is a new run behind it with the same formatting, and is returned."""
    second = copy.deepcopy(run)
    run.addnext(second)
    _keep(run, 0, at)
    _keep(second, at, None)
    return second


def _keep(run: Any, start: int, end: int | None) -> None:
    """Leave of a run's content what lies in start..end; what has no text (a drawing, a note's mark) stays in the half where it
    stands, at a cut in the first one."""
    at = 0
    for child in list(run):
        if child.tag == f"{_W}rPr":
            continue
        text = child.text or "" if child.tag == f"{_W}t" else _MARKS.get(child.tag, "")
        stop = at + len(text)
        if not text:
            mine = (end is not None and at <= end) if start == 0 else at > start
            if not mine:
                run.remove(child)
        elif stop <= start or (end is not None and at >= end):
            run.remove(child)
        elif child.tag == f"{_W}t":
            child.text = text[max(0, start - at) : None if end is None else end - at]
            child.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        at = stop
