"""What a proofreader says of one place in a file, and the text it is said of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from chidao.extract.model import BodyMention, Facts, Reference
from chidao.extract.resolved import Corpus, Document, File
from chidao.ontology.authority import types_of

SEVERITIES = ("error", "warning", "hint")
"""From what is certainly wrong to what a rule of form asks for."""

_LONGEST = 160
"""Characters of an excerpt."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`start`..`end` are offsets into the file's text, `line` and `page` 1-based (`page` None where the file has none).
    `message` and `suggestion` are Vietnamese; `suggestion` is None where nothing can be put in its place."""

    rule: str
    severity: str
    start: int
    end: int
    line: int
    page: int | None
    excerpt: str
    message: str
    suggestion: str | None = None


class Draft:
    """A file under the proofreader's eye: its facts, what they mean, and what its text looks like."""

    def __init__(self, corpus: Corpus, file: File) -> None:
        self.corpus = corpus
        self.file = file
        self.facts: Facts = file.facts
        self.text = file.facts.source.text

    def document(self, index: int) -> Document:
        """Return the document that reference `index` means."""
        return self.corpus.documents[self.file.documents[index]]

    @cached_property
    def _lines(self) -> list[int]:
        return [m.start() for m in re.finditer("\n", self.text)]

    def line(self, offset: int) -> int:
        """Return the line of an offset, from 1."""
        return bisect_right(self._lines, offset - 1) + 1

    def text_line(self, offset: int) -> str:
        """Return the line of the text that holds `offset`."""
        end = self.text.find("\n", offset)
        return self.text[self.text.rfind("\n", 0, offset) + 1 : end if end >= 0 else len(self.text)]

    def first_line(self) -> tuple[int, int]:
        """Return where the first line that says anything stands."""
        start = len(self.text) - len(self.text.lstrip())
        end = self.text.find("\n", start)
        return start, len(self.text[: end if end >= 0 else len(self.text)].rstrip())

    def page(self, offset: int) -> int | None:
        """Return the page of an offset, from 1; None where the file knows no pages."""
        return bisect_right(self.facts.source.pages, offset) or None

    def excerpt(self, start: int, end: int) -> str:
        """Return the passage with what stands around it in its lines, not longer than a reader takes in at once."""
        room = max(0, _LONGEST - (end - start)) // 2
        begin = max(self.text.rfind("\n", 0, start) + 1, start - room)
        stop = self.text.find("\n", end)
        stop = min(stop if stop >= 0 else len(self.text), end + room)
        while begin and begin < start and not self.text[begin - 1].isspace():
            begin += 1
        while end < stop < len(self.text) and not self.text[stop].isspace():
            stop -= 1
        return " ".join(self.text[begin:stop].split())

    def finding(
        self, rule: str, severity: str, start: int, end: int, message: str, suggestion: str | None = None
    ) -> Finding:
        """Return what a rule finds at start..end, with its place and what stands around it."""
        return Finding(
            rule,
            severity,
            start,
            end,
            self.line(start),
            self.page(start),
            self.excerpt(start, end),
            message,
            suggestion,
        )

    @cached_property
    def quoted(self) -> list[tuple[int, int]]:
        """Passages given in another document's words: "… sửa đổi như sau: “Điều 3. …”", which may run over many lines.

        Only what a colon opens, or what begins like an article, counts: a title in quotation marks is the citing
        document's own business."""
        found: list[tuple[int, int]] = []
        for opened in _QUOTES.finditer(self.text):
            if found and opened.start() < found[-1][1]:
                continue
            depth, at = 1, opened.end()
            limit = min(len(self.text), at + 40_000)
            while depth and (mark := _MARK.search(self.text, at, limit)):
                depth += 1 if mark.group() == "“" else -1
                at = mark.end()
            if not depth:
                found.append((opened.start(), at))
        return found

    @cached_property
    def _quoted_starts(self) -> list[int]:
        return [start for start, _ in self.quoted]

    def in_quotation(self, offset: int) -> bool:
        """Does an offset lie in words of another document?"""
        i = bisect_right(self._quoted_starts, offset) - 1
        return i >= 0 and offset < self.quoted[i][1]

    @cached_property
    def _body_starts(self) -> list[int]:
        return [body.start for body in self.facts.bodies]

    def bodies_in(self, start: int, end: int) -> tuple[BodyMention, ...]:
        """Return the bodies named at start..end."""
        return self.facts.bodies[bisect_left(self._body_starts, start) : bisect_left(self._body_starts, end)]

    @cached_property
    def _suspicion_ends(self) -> list[int]:
        return [s.end for s in self.facts.suspicions]

    def suspected(self, start: int, end: int) -> bool:
        """Does a suspicion touch start..end? Suspicions do not overlap."""
        i = bisect_right(self._suspicion_ends, start)
        return i < len(self.facts.suspicions) and self.facts.suspicions[i].start < end

    @cached_property
    def consolidated(self) -> bool:
        """Is the file a văn bản hợp nhất? It repeats documents as amended, and may not change how they cite."""
        heading = self.facts.heading
        return (
            heading.type in types_of("consolidated")
            or "VBHN" in (heading.symbol or "")
            or _CONSOLIDATED.search(self.text) is not None
        )

    def mentions(self) -> list[tuple[int, Reference]]:
        """Return the references to numbered documents, in text order."""
        return [(i, r) for i, r in enumerate(self.facts.references) if r.kind == "numbered"]


_QUOTES = re.compile(r":\s*“|“(?=(?:Điều|Khoản|Chương|Mục|Phụ\s+lục)?\s*[0-9]+[a-zđ]?[.)])")
_CONSOLIDATED = re.compile(r"^[ \t*_|]*Số[ \t]*:?[ \t*_]*[0-9]*[ \t]*/VBHN-", re.MULTILINE | re.IGNORECASE)
_MARK = re.compile("[“”]")
