"""What the rules of statements read: one text, the references in it, and how these hang together."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from chidao.extract.frozen import kept_property, quick
from chidao.extract.language.composing import one_of
from chidao.extract.language.patterns import BASIS
from chidao.extract.model import SELF, Heading, Reference, Span
from chidao.extract.reading.layout import Layout
from chidao.extract.reading.quotes import Quotes
from chidao.ontology.authority import types_of

_CONSOLIDATED = re.compile(rf"vbhn|{one_of(map(str.lower, types_of('consolidated')))}")
_RESTS = re.compile(rf"[\s*_–-]*{BASIS}", re.IGNORECASE)
"""Of "Căn cứ Văn bản hợp nhất số 07/VBHN-VPQH …", which makes of a decision no consolidated text."""
_HEAD = 1200
"""Characters in which a consolidated text says that it is one."""


@quick
@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that names documents: text[start:end] (reading offsets), and their indices in text order."""

    start: int
    end: int
    members: tuple[int, ...]


@dataclass(frozen=True)
class Passage:
    """A text with the references of it, in text order; the rest is worked out when first asked for, and once."""

    layout: Layout
    references: Sequence[Reference]
    heading: Heading
    backs: Sequence[Reference] = ()
    """What leans on a reference: "Nghị quyết nêu trên"."""

    @kept_property
    def text(self) -> str:
        """Return the reading text, to which all offsets refer."""
        return self.layout.text

    @kept_property
    def is_consolidated(self) -> bool:
        """Does the document say that it is a consolidated text?"""
        return (
            (self.heading.symbol or "").startswith("VBHN")
            or self.heading.type in types_of("consolidated")
            or any(not self._is_cited(said.start()) for said in _CONSOLIDATED.finditer(self.layout.low, 0, _HEAD))
        )

    def _is_cited(self, at: int) -> bool:
        """Do the words at `at` name another document: in a reference, or as what this one rests on?"""
        before = bisect_right(self.references, at, key=lambda f: f.start) - 1
        line = self.text.rfind("\n", 0, at) + 1
        return (before >= 0 and at < self.references[before].extent) or _RESTS.match(self.layout.low, line) is not None

    @kept_property
    def sentences(self) -> list[Span]:
        """Return start and end of the sentence in which each reference begins."""
        return [self.layout.sentence(f.start) for f in self.references]

    def is_writer(self, named: str) -> bool:
        """Is it whose document it is, by its name or the beginning of that?"""
        who = " ".join(named.replace("UBND", "Ủy ban nhân dân").split()).lower()
        return f"{self.heading.issuer} ".lower().startswith(f"{who} ")

    def starting(self, start: int, end: int) -> range:
        """Return the indices of the references that start in text[start:end]."""
        first, behind = (bisect_left(self.references, at, key=lambda f: f.start) for at in (start, end))
        return range(first, behind)

    @kept_property
    def parents(self) -> list[int]:
        """Return for each reference the index of the one whose title holds it, or -1."""
        parents: list[int] = []
        parent = -1
        for i, f in enumerate(self.references):
            while parent >= 0 and self.references[parent].extent <= f.start:
                parent = parents[parent]
            parents.append(parent)
            parent = i
        return parents

    def is_top(self, i: int) -> bool:
        """Does reference `i` stand in no other one's title?"""
        return self.parents[i] < 0

    def same(self, i: int, k: int) -> bool:
        """Do two references, or one and the document itself (SELF), name one document by the same code?"""
        if i == k:
            return True
        a, b = (self.heading if n == SELF else self.references[n] for n in (i, k))
        if not a.number or (a.number, a.symbol, a.year) != (b.number, b.symbol, b.year):
            return False
        return None in (a.type, b.type) or (a.type == b.type and (None in (a.date, b.date) or a.date == b.date))

    @property
    def quotes(self) -> Quotes:
        """Return the passages that speak for another document."""
        return self.layout.quotes

    @kept_property
    def paragraphs(self) -> list[Paragraph]:
        """Return the paragraphs that name documents, in text order."""
        paragraphs: list[Paragraph] = []
        i = 0
        while i < len(self.references):
            start, end = self.layout.paragraph(self.references[i].start)
            first = i
            while i < len(self.references) and self.references[i].start < end:
                i += 1
            paragraphs.append(Paragraph(start, end, tuple(range(first, i))))
        return paragraphs

    @kept_property
    def own_paragraphs(self) -> list[Paragraph]:
        """Return the paragraphs in which the document itself speaks, each with the documents that stand in no other one's title."""
        own: list[Paragraph] = []
        for paragraph in self.paragraphs:
            if paragraph.start >= self.layout.body_end:
                break
            members: list[int] = []
            codes: set[tuple[str | None, str | None, int | None]] = set()
            for i in paragraph.members:
                f = self.references[i]
                code = f.number, f.symbol, f.year
                # "Nghị định số 75/2021/NĐ-CP … (Nghị định số 75/2021/NĐ-CP)": a short form in brackets is not another mention.
                if self.is_top(i) and not (code in codes and self.text[f.start - 1 : f.start] == "("):
                    members.append(i)
                    codes.add(code)
            if members and not self.quotes.holds(self.references[members[0]].start):
                own.append(Paragraph(paragraph.start, paragraph.end, tuple(members)))
        return own
