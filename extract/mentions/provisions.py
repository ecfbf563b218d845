"""Mentions of provisions: "điểm b khoản 1 Điều 5 Nghị định số 30/2020/NĐ-CP", "các khoản 1, 2 và 3 Điều này", "từ Điều 5 đến Điều 9".

A mention is a chain of groups, each a unit and its numbers; what a group stands in follows it ("khoản 1, khoản 2 và các điểm a, b khoản 3
Điều 5": all of Điều 5). What the chain leaves open, its place in the text tells: "Điều này" is the article at hand, a bare "khoản 2" one
of it; in an instruction that amends ("2. Sửa đổi khoản 3 như sau: “…”") and in the text that it quotes, it is the amended document's.
What could be one document's provision or another's is left out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from chidao.extract.frozen import kept_property
from chidao.extract.language.letters import slug
from chidao.extract.mentions.instructions import AT, INLINE, awaits_new_text, instructs
from chidao.extract.mentions.provision_owners import Around, Context, Named, Owners
from chidao.extract.model import SELF, Reference
from chidao.extract.reading.divisions import Paragraph, Position, leads_in, rank_of, read_paragraphs, steps
from chidao.extract.reading.layout import Layout
from chidao.extract.reading.marks import NOTE_MARK


class Clause(NamedTuple):
    """A paragraph with what it names. `position` is where it stands in `document` (SELF, or the one whose new text it is); what
    `instructs` is about the provision at `target` of document `about`, where it names none itself; `about` of
    any other is the document of the lead-in above it."""

    paragraph: Paragraph
    document: int
    position: Position
    named: tuple[Named, ...]
    instructs: bool = False
    about: int = SELF
    target: Position = ()

    def naming(self, start: int, end: int) -> Sequence[Named]:
        """Return what it names that begins in text[start:end]."""
        first, behind = (bisect_left(self.named, at, key=lambda chain: chain.start) for at in (start, end))
        return self.named[first:behind]


@dataclass
class _Walk:
    """Goes through the paragraphs of a document, and knows where each stands."""

    owners: Owners
    amended: int | None
    """The one document that the document's own title amends, if any."""
    own_articles: frozenset[str]
    own: Position = ()
    quoted: Position | None = None
    cited: int = SELF
    """The document that a footnote quotes at the place, in the passage that follows it ("¹ Điều 3 của Thông tư A quy định: “…”")."""
    awaited: tuple[str, str] | None = None
    """The label with which the new text of the last instruction begins, where it stands there without quotation marks."""
    bare: bool = False
    """Has such text begun?"""
    aside: bool = False
    """In such a passage: has the document itself gone on, on the next page?"""
    instructed: list[tuple[Position, Context]] = field(default_factory=list)
    """The instructions that hold at the place, the outer first, each with where it stands."""
    announced: list[tuple[Position, int]] = field(default_factory=list)
    """The documents of lead-ins that hold at the place ("1. Đối với Nghị định số … như sau:")."""
    clauses: list[Clause] = field(default_factory=list)

    def read(self, paragraphs: Sequence[Paragraph]) -> list[Clause]:
        places, n = self.owners.places, 0
        for paragraph in paragraphs:
            while places[n] < paragraph.body:
                n += 1
            if not (paragraph.quoted or self.bare):
                self.quoted, self.cited = None, SELF
            if paragraph.quoted and not self._interrupts(paragraph):
                self.awaited = None
                self._quoted(paragraph)
            elif self.awaited is not None and self._bare_new_text(paragraph, self.awaited):
                self._quoted(paragraph._replace(quoted=True))
            else:
                if paragraph.label is not None:
                    self.own = steps(paragraph, self.own)
                own = paragraph._replace(quoted=False) if paragraph.quoted else paragraph
                self._own(own, names=places[n] < paragraph.end)
        return self.clauses

    def _bare_new_text(self, paragraph: Paragraph, awaited: tuple[str, str]) -> bool:
        """Is it new text that stands without quotation marks below its instruction ("Sửa đổi khoản 2 Điều 5 như sau:" / "2. Hồ sơ gồm …")?

        Such text begins with the label of what is changed; it ends where the document's own next article begins, or another instruction.
        """
        label = paragraph.label
        begins = not self.bare
        if begins:
            goes_on = label is not None and label[0] in _LARGE and _follows(self.own, label)
            self.bare = label == awaited and not goes_on and not self._changes(paragraph)
        elif label and _follows(self.own, label) and rank_of(label[0]) <= rank_of(self.own[-1][0]):
            self.bare = label[0] not in _LARGE and not self._changes(paragraph)
        if not self.bare:
            self.awaited, self.quoted = None, None
        elif begins:
            self.quoted = None
        return self.bare

    def _changes(self, paragraph: Paragraph) -> bool:
        """Does it order a change?"""
        return instructs(self.owners.layout.text, paragraph, self.owners.among)

    def _interrupts(self, paragraph: Paragraph) -> bool:
        """Does the document itself go on there, between two pages of a footnote that quotes another ("¹ … quy định như sau: “Điều 3. …")?

        What follows the last label of the one that speaks goes on with it, what only follows the other's is the other's; a paragraph
        that carries a footnote's mark is the document's own.
        """
        if self.cited == SELF or self.quoted is None:
            return False
        if self.owners.layout.anchored(paragraph.start, paragraph.end):
            self.aside = True
        elif paragraph.label is not None:
            here, there = (self.own, self.quoted) if self.aside else (self.quoted, self.own)
            if not _follows(here, paragraph.label) and _follows(there, paragraph.label):
                self.aside = not self.aside
        return self.aside

    def _quoted(self, paragraph: Paragraph) -> None:
        """Take a paragraph of new text: it stands where the last instruction puts it, or is of the document that a footnote quotes."""
        context = self._context(inner=True)
        if context.document == SELF and self.quoted is None:
            self.cited, self.aside = self._cited_by_note(paragraph.start), False
        if context.document == SELF:
            context = Context(self.cited)
        self.quoted = steps(paragraph, context.position if self.quoted is None else self.quoted)
        named = self._mentions(paragraph, context._replace(position=self.quoted, amends=False), frozenset())
        self.clauses.append(Clause(paragraph, context.document, self.quoted, tuple(n for n, _ in named)))

    def _cited_by_note(self, start: int) -> int:
        """The document whose words the passage at `start` are, where a footnote that names it goes before; SELF where none does."""
        at = self.owners.layout.source(start)
        i = bisect_right(self._notes, (at, 0)) - 1
        if i < 0 or at - self._notes[i][0] > _GAP:
            return SELF
        note = self.owners.layout.footnotes[self._notes[i][1]]
        return next((k for k in self.owners.within(note.start, note.end) if k in self.owners.tops), SELF)

    @kept_property
    def _notes(self) -> list[tuple[int, int]]:
        """Where each footnote ends in the source, with its index."""
        return sorted(
            (self.owners.layout.source_end(note.end), n) for n, note in enumerate(self.owners.layout.footnotes)
        )

    def notes(self) -> Iterator[Clause]:
        """Yield the footnotes; each stands where the text carries its mark."""
        self.instructed, self.announced = [], []
        starts = [clause.paragraph.start for clause in self.clauses]
        for note in self.owners.layout.footnotes:
            at = bisect_right(starts, note.anchor) - 1 if note.anchor >= 0 else -1
            place = self.clauses[at].position if at >= 0 else ()
            document = self.clauses[at].document if at >= 0 else SELF
            mark = NOTE_MARK.match(self.owners.layout.text, note.start, note.end)
            body = mark.end() if mark else note.start
            paragraph = Paragraph(note.start, body, note.end, None, quoted=False)
            found = self._mentions(paragraph, Context(document, place), self.own_articles)
            yield Clause(paragraph, document, place, tuple(n for n, _ in found))

    def _context(self, *, inner: bool) -> Context:
        """What the instruction says that holds here; with `inner` also one of this very paragraph."""
        while self.instructed and not _within(self.own, self.instructed[-1][0], itself=inner):
            self.instructed.pop()
        if self.instructed:
            return self.instructed[-1][1]
        if self.amended is None:
            return _NOWHERE
        return Context(self.amended, self.owners.carry(self.amended), amends=True)

    def _own(self, paragraph: Paragraph, *, names: bool) -> None:
        """Take a paragraph of the document's own text, which may name a document or a provision or not."""
        text, named = self.owners.layout.text, self.owners.named(paragraph) if names else None
        while self.announced and not _within(self.own, self.announced[-1][0], itself=False):
            self.announced.pop()
        about = self.announced[-1][1] if self.announced else SELF
        if named is not None and leads_in(text, paragraph):
            self.announced.append((self.own, named))
        context = _NOWHERE
        if self.instructed or self.amended is not None:
            context = self._context(inner=paragraph.label is None)
        document = named if named is not None else context.document if context.document != SELF else about
        placed_in = context.document != SELF and AT.match(text, paragraph.body) is not None
        if document == SELF or not (placed_in or self._changes(paragraph)):
            here: tuple[Named, ...] = ()
            if names:
                found = self._mentions(paragraph, Context(SELF, self.own), self.own_articles)
                here = tuple(n for n, _ in found)
            self.clauses.append(Clause(paragraph, SELF, self.own, here, about=about))
            return
        self._instruction(
            paragraph, document, context.position if document == context.document else self.owners.carry(document)
        )

    def _instruction(self, paragraph: Paragraph, document: int, position: Position) -> None:
        """Take a paragraph that orders a change of a document, in which what it leaves open stands at `position`."""
        text, context = self.owners.layout.text, Context(document, position, amends=True)
        inline = INLINE.search(text, paragraph.body, paragraph.end)
        order = paragraph._replace(end=inline.start("quote")) if inline else paragraph
        found = self._mentions(order, context, self.own_articles)
        target = next((places[0] for _, places in found if places), position)
        if inline:  # "Sửa đổi khoản 1 Điều 8 như sau: “1. … khoản 2 Điều này”."
            new_text = paragraph._replace(body=inline.start("quote"), quoted=True)
            found += self._mentions(new_text, Context(document, target), self.own_articles)
        self.instructed.append((self.own, context._replace(position=target)))
        self.awaited = target[-1] if self.own and target and awaits_new_text(text, paragraph) else None
        self.bare = False
        self.clauses.append(Clause(paragraph, SELF, self.own, tuple(n for n, _ in found), True, document, position))

    def _mentions(
        self, paragraph: Paragraph, context: Context, own_articles: frozenset[str]
    ) -> list[tuple[Named, list[Position]]]:
        """Return the mentions of a paragraph, chain by chain, with where each provision stands."""
        announced = self.announced and _within(self.own, self.announced[-1][0], itself=False)
        around = Around(self.own, self.announced[-1][1] if announced else None)
        return self.owners.mentions(paragraph, context, own_articles, around)


_GAP = 12
"""Characters at most, blanks and emphasis, between a footnote and the passage that it quotes."""
_NOWHERE = Context()
_LARGE = frozenset(["phan", "chuong", "muc", "dieu", "phu-luc"])


def _follows(position: Position, label: tuple[str, str]) -> bool:
    """Can a division with that label come next, or below, where the last one stands at `position`?"""
    unit, number = label
    last = next((printed for step, printed in position if step == unit), "0")
    return _count(number) == _count(last) + 1 or number == f"{last}a"


def _count(number: str) -> int:
    """A division's number as a figure, a letter's place in the alphabet; -9 for what is neither."""
    figures = number.rstrip("abcdefghijklmnopqrstuvwxyzđ")
    if figures.isdigit():
        return int(figures)
    return _LETTERS.find(number) + 1 if number == "0" or number in _LETTERS else -9


_LETTERS = "abcdđeghiklmnopqrstuvxy"


def _within(place: Position, outer: Position, *, itself: bool) -> bool:
    return place[: len(outer)] == outer and (itself or len(place) > len(outer))


def read_clauses(
    layout: Layout, references: Sequence[Reference], amended: int | None, own_type: str | None = None
) -> tuple[list[Clause], list[Clause]]:
    """Return the paragraphs of the body of the text with the provisions that they name, in text order (reading offsets), and the
    footnotes, each of which stands where the text carries its mark.

    `amended` is the one document that the document's title amends, as an index of `references`; `own_type` what the document itself is.
    """
    paragraphs = read_paragraphs(layout)
    own = frozenset(p.label[1] for p in paragraphs if p.label and p.label[0] == "dieu" and not p.quoted)
    walk = _Walk(Owners(layout, references, slug(own_type) if own_type else None), amended, own)
    return walk.read(paragraphs), list(walk.notes())
