"""Mentions of provisions: "điểm b khoản 1 Điều 5 Nghị định số 30/2020/NĐ-CP", "các khoản 1, 2 và 3 Điều này", "từ Điều 5 đến Điều 9".

A mention is a chain of groups, each a unit and its numbers; what a group stands in follows it ("khoản 1, khoản 2 và các điểm a, b khoản 3
Điều 5": all of Điều 5). What the chain leaves open, its place in the text tells: "Điều này" is the article at hand, a bare "khoản 2" one
of it; in an instruction that amends ("2. Sửa đổi khoản 3 như sau: “…”") and in the text that it quotes, it is the amended document's.
What could be one document's provision or another's is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from chidao.extract.language.letters import LETTER, SUPERSCRIPTS, slug
from chidao.extract.language.lexicon import lexicon
from chidao.extract.language.patterns import (
    AGENT,
    ALONG,
    ATTACHED,
    ATTACHED_RULES,
    ISSUES,
    PASSIVE,
    RULING,
    one_of,
)
from chidao.extract.language.provision_paths import attached_rules
from chidao.extract.language.verbs import AMENDS, GOES_ON, verbs
from chidao.extract.mentions.instructions import AT, BETWEEN_PROVISIONS, INLINE, SUBJECT, awaits_new_text, instructs
from chidao.extract.mentions.provision_chains import (
    THIS,
    THIS_ONE,
    Chain,
    find_chains,
    next_larger,
    opening_words,
    provisions_of,
    surrounding,
)
from chidao.extract.model import SELF, Provision, Reference
from chidao.extract.reading.divisions import Paragraph, Position, articled, leads_in, rank_of, read_paragraphs, steps
from chidao.extract.reading.layout import Layout


@dataclass(frozen=True, slots=True)
class Named:
    """The provisions that one chain names in text[start:end]."""

    start: int
    end: int
    provisions: tuple[Provision, ...]


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


class _Context(NamedTuple):
    """Whose provisions bare ones are: `document`, and where they stand in it. `amends`: what stands here changes that document."""

    document: int = SELF
    position: Position = ()
    amends: bool = False


@dataclass
class _Walk:
    """Goes through the paragraphs of a document, and knows where each stands."""

    layout: Layout
    references: Sequence[Reference]
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
    instructed: list[tuple[Position, _Context]] = field(default_factory=list)
    """The instructions that hold at the place, the outer first, each with where it stands."""
    announced: list[tuple[Position, int]] = field(default_factory=list)
    """The documents of lead-ins that hold at the place ("1. Đối với Nghị định số … như sau:")."""
    clauses: list[Clause] = field(default_factory=list)

    def read(self, paragraphs: Sequence[Paragraph]) -> list[Clause]:
        for paragraph in paragraphs:
            if not (paragraph.quoted or self.bare):
                self.quoted, self.cited = None, SELF
            if paragraph.quoted and not self._interrupts(paragraph):
                self.awaited = None
                self._quoted(paragraph)
            elif self._bare_new_text(paragraph):
                self._quoted(paragraph._replace(quoted=True))
            else:
                self.own = steps(paragraph, self.own)
                self._own(paragraph._replace(quoted=False) if paragraph.quoted else paragraph)
        return self.clauses

    def _bare_new_text(self, paragraph: Paragraph) -> bool:
        """Is it new text that stands without quotation marks below its instruction ("Sửa đổi khoản 2 Điều 5 như sau:" / "2. Hồ sơ gồm …")?

        Such text begins with the label of what is changed; it ends where the document's own next article begins, or another instruction.
        """
        if self.awaited is None:
            return False
        label = paragraph.label
        begins = not self.bare
        if begins:
            goes_on = label is not None and label[0] in _LARGE and _follows(self.own, label)
            self.bare = label == self.awaited and not goes_on and not self._changes(paragraph)
        elif label and _follows(self.own, label) and rank_of(label[0]) <= rank_of(self.own[-1][0]):
            self.bare = label[0] not in _LARGE and not self._changes(paragraph)
        if not self.bare:
            self.awaited, self.quoted = None, None
        elif begins:
            self.quoted = None
        return self.bare

    def _changes(self, paragraph: Paragraph) -> bool:
        """Does it order a change?"""
        near = self._within(paragraph.body, min(paragraph.end, paragraph.body + SUBJECT))
        return instructs(self.layout.text, paragraph, [self.references[i] for i in near])

    def _interrupts(self, paragraph: Paragraph) -> bool:
        """Does the document itself go on there, between two pages of a footnote that quotes another ("¹ … quy định như sau: “Điều 3. …")?

        What follows the last label of the one that speaks goes on with it, what only follows the other's is the other's; a paragraph
        that carries a footnote's mark is the document's own.
        """
        if self.cited == SELF or self.quoted is None:
            return False
        if self.layout.anchored(paragraph.start, paragraph.end):
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
            context = _Context(self.cited)
        self.quoted = steps(paragraph, context.position if self.quoted is None else self.quoted)
        named = self._mentions(paragraph, context._replace(position=self.quoted, amends=False), frozenset())
        self.clauses.append(Clause(paragraph, context.document, self.quoted, tuple(n for n, _ in named)))

    def _cited_by_note(self, start: int) -> int:
        """The document whose words the passage at `start` are, where a footnote that names it goes before; SELF where none does."""
        at = self.layout.source(start)
        i = bisect_right(self._notes, (at, 0)) - 1
        if i < 0 or at - self._notes[i][0] > _GAP:
            return SELF
        note = self.layout.footnotes[self._notes[i][1]]
        return next((k for k in self._within(note.start, note.end) if k in self._tops), SELF)

    @cached_property
    def _notes(self) -> list[tuple[int, int]]:
        """Where each footnote ends in the source, with its index."""
        return sorted((self.layout.source_end(note.end), n) for n, note in enumerate(self.layout.footnotes))

    def notes(self) -> Iterator[Clause]:
        """Yield the footnotes; each stands where the text carries its mark."""
        self.instructed, self.announced = [], []
        starts = [clause.paragraph.start for clause in self.clauses]
        for note in self.layout.footnotes:
            at = bisect_right(starts, note.anchor) - 1 if note.anchor >= 0 else -1
            place = self.clauses[at].position if at >= 0 else ()
            document = self.clauses[at].document if at >= 0 else SELF
            mark = _NOTE_MARK.match(self.layout.text, note.start, note.end)
            body = mark.end() if mark else note.start
            paragraph = Paragraph(note.start, body, note.end, None, quoted=False)
            found = self._mentions(paragraph, _Context(document, place), self.own_articles)
            yield Clause(paragraph, document, place, tuple(n for n, _ in found))

    def _context(self, *, inner: bool) -> _Context:
        """What the instruction says that holds here; with `inner` also one of this very paragraph."""
        while self.instructed and not _within(self.own, self.instructed[-1][0], itself=inner):
            self.instructed.pop()
        if self.instructed:
            return self.instructed[-1][1]
        if self.amended is None:
            return _Context()
        return _Context(self.amended, self._carry(self.amended), amends=True)

    def _own(self, paragraph: Paragraph) -> None:
        """Take a paragraph of the document's own text."""
        text, named = self.layout.text, self._named(paragraph)
        while self.announced and not _within(self.own, self.announced[-1][0], itself=False):
            self.announced.pop()
        about = self.announced[-1][1] if self.announced else SELF
        if named is not None and leads_in(text, paragraph):
            self.announced.append((self.own, named))
        context = self._context(inner=paragraph.label is None)
        document = named if named is not None else context.document if context.document != SELF else about
        placed_in = context.document != SELF and AT.match(text, paragraph.body) is not None
        if document == SELF or not (placed_in or self._changes(paragraph)):
            found = self._mentions(paragraph, _Context(SELF, self.own), self.own_articles)
            self.clauses.append(Clause(paragraph, SELF, self.own, tuple(n for n, _ in found), about=about))
            return
        self._instruction(
            paragraph, document, context.position if document == context.document else self._carry(document)
        )

    def _instruction(self, paragraph: Paragraph, document: int, position: Position) -> None:
        """Take a paragraph that orders a change of a document, in which what it leaves open stands at `position`."""
        text, context = self.layout.text, _Context(document, position, amends=True)
        inline = INLINE.search(text, paragraph.body, paragraph.end)
        order = paragraph._replace(end=inline.start("quote")) if inline else paragraph
        found = self._mentions(order, context, self.own_articles)
        target = next((places[0] for _, places in found if places), position)
        if inline:  # "Sửa đổi khoản 1 Điều 8 như sau: “1. … khoản 2 Điều này”."
            new_text = paragraph._replace(body=inline.start("quote"), quoted=True)
            found += self._mentions(new_text, _Context(document, target), self.own_articles)
        self.instructed.append((self.own, context._replace(position=target)))
        self.awaited = target[-1] if self.own and target and awaits_new_text(text, paragraph) else None
        self.bare = False
        self.clauses.append(Clause(paragraph, SELF, self.own, tuple(n for n, _ in found), True, document, position))

    def _named(self, paragraph: Paragraph) -> int | None:
        """The document that an instruction is about: the first that it names, but for what it says in brackets of earlier changes."""
        text, at, within = self.layout.text, paragraph.body, 0
        for i in self._within(paragraph.body, paragraph.end):
            start = self.references[i].start
            within += text.count("(", at, start) - text.count(")", at, start)
            if within <= 0:
                return i
            at = start
        return None

    def _within(self, start: int, end: int) -> range:
        """The indices of the references that start in start..end."""
        starts = self._starts
        return range(bisect_left(starts, start), bisect_left(starts, end))

    @cached_property
    def _tops(self) -> frozenset[int]:
        """The references that stand in no other one's title."""
        tops, reached = [], 0
        for i, f in enumerate(self.references):
            if f.start >= reached:
                tops.append(i)
                reached = f.extent
        return frozenset(tops)

    @cached_property
    def _starts(self) -> list[int]:
        return [f.start for f in self.references]

    @cached_property
    def _openings(self) -> list[int]:
        """Where words stand that may open a chain."""
        return opening_words(self.layout.low)

    def _chains(self, paragraph: Paragraph) -> list[Chain]:
        """Return the chains of a paragraph, each with its document."""
        openings = self._openings
        first, behind = bisect_left(openings, paragraph.body), bisect_left(openings, paragraph.end)
        if first == behind:
            return []
        found = find_chains(self.layout.text, paragraph.body, paragraph.end, openings[first:behind])
        return [self._documented(chain, paragraph.end) for chain in found]

    def _mentions(
        self, paragraph: Paragraph, context: _Context, own_articles: frozenset[str]
    ) -> list[tuple[Named, list[Position]]]:
        """Return the mentions of a paragraph, chain by chain, with where each provision stands."""
        text = self.layout.text
        found: list[tuple[Named, list[Position]]] = []
        behind: tuple[Chain, Position] | None = None
        for chain in reversed(self._chains(paragraph)):
            about = self._about(chain, context, own_articles, paragraph)
            if about is None:
                behind = None
                continue
            places = [_of_the_body(chain, about.position)]
            if context.amends and behind and BETWEEN_PROVISIONS.fullmatch(text, chain.end, behind[0].groups[0].start):
                # "Sửa đổi khoản 1 và bổ sung khoản 2a vào sau khoản 2 Điều 21": all stand in the article named behind.
                places = _beside_which(chain, *behind) or places
            behind = chain, places[0]
            rule = "quoted" if paragraph.quoted else "amended" if about.amends else "cited"
            rows = [row for place in places for row in provisions_of(chain, place)]
            if about.document == SELF and not chain.this:
                # a clause of no article is none of the document's ("(Khoản 1)" in rules that comment on another's)
                rows = [row for row in rows if row[3][0][0] != "khoan"]
            named = tuple(Provision(start, end, "", path, about.document, -1, rule) for start, end, path, _ in rows)
            if named:
                found.append((Named(chain.groups[0].start, chain.end, named), [position for *_, position in rows]))
        return found[::-1]

    def _documented(self, chain: Chain, end: int) -> Chain:
        """The chain with the document that is named behind it."""
        text = self.layout.text
        behind = _OF_DOCUMENT.match(text, chain.end, end)
        at = behind.end() if behind else chain.end
        if not self._stands_at(at) and (attached := _ATTACHED.match(text, chain.end, end)):
            at = attached.end()
            rules = _RULES.match(text, chain.end, at)
            chain = replace(chain, carried=slug(rules["what"]) if rules else "")
        if own := _own_document(text, at, end):
            return replace(chain, this=own)
        i = bisect_right(self._starts, at) - 1
        return replace(chain, document=i) if i >= 0 and at < self.references[i].end else chain

    def _carry(self, document: int) -> Position:
        """Where what is changed of a document stands that is named for what it carries along ("Quy chế … ban hành kèm theo | Quyết định
        số 12"): in that."""
        if document == SELF:
            return ()
        start = self.references[document].start
        carried = _CARRIED_BY.search(self.layout.text, max(0, start - _FAR), start)
        return ((slug(carried["what"]), ""),) if carried else ()

    def _stands_at(self, at: int) -> bool:
        """Is a document with a number named at `at`?"""
        i = bisect_right(self._starts, at) - 1
        return i >= 0 and at < self.references[i].end and self.references[i].number is not None

    def _about(
        self, chain: Chain, context: _Context, own_articles: frozenset[str], paragraph: Paragraph
    ) -> _Context | None:
        """Whose provisions a chain names, and where it stands among them; None where nothing tells."""
        if chain.document is not None:
            return self._of_other(chain, chain.document, context)
        if chain.this:
            return _of_this(chain, context if not context.amends else _Context(SELF, self.own))
        if context.amends or paragraph.quoted:
            return context
        if self._goes_on(paragraph, chain):
            return self._named_before(paragraph.body, chain.groups[0].start) or context
        articles = {n.printed for g in chain.groups if g.unit.slug == "dieu" for n in g.numbers} - {THIS}
        annexed = context.position[:1] and context.position[0][0] == "phu-luc" and not articled(context.position)
        if articles and annexed and any(i in self._tops for i in self._within(paragraph.start, paragraph.end)):
            return self._in_annex(paragraph, chain)
        return context if articles <= own_articles else self._named_before(paragraph.body, chain.groups[0].start)

    def _of_other(self, chain: Chain, document: int, context: _Context) -> _Context:
        """Where a chain stands in another document: only what it says itself tells, or the instruction about the same."""
        same = context.amends and self._same(document, context.document)
        if chain.carried:
            return _Context(document, ((chain.carried, ""),), amends=same)
        return context._replace(document=document) if same else _Context(document)

    def _goes_on(self, paragraph: Paragraph, chain: Chain) -> bool:
        """Is it what goes on of a document that ends ("… thay thế Nghị định A, trừ Điều 5 tiếp tục được áp dụng", "Nghị định A hết
        hiệu lực; riêng Điều 6 tiếp tục có hiệu lực")?"""
        text, start = self.layout.text, chain.groups[0].start
        before = _WITHOUT.search(text, max(paragraph.body, start - 40), start)
        if before is None or _STILL.match(text, chain.end, paragraph.end) is None:
            return False
        return not before["but"] or _OVER.search(text, max(paragraph.body, start - _LONGEST), start) is not None

    def _in_annex(self, paragraph: Paragraph, chain: Chain) -> _Context | None:
        """Whose articles an annex names that has none, in a paragraph that names documents: those of the table's row, or of the list's
        end."""
        end = chain.groups[0].start
        start = max(paragraph.start, end - _LONGEST)
        text = self.layout.text
        for _ in range(_MOST):
            bar = text.rfind("|", start, end)
            if bar < 0:
                break
            end, cell = bar, text.rfind("|", start, bar) + 1 or start
            named = next((i for i in self._within(cell, bar) if i in self._tops), None)
            if named is not None:
                return _Context(named)
        far = min(paragraph.end, chain.end + _LONGEST)
        stop = text.find(";", chain.end, far)
        behind = self._within(chain.end, stop if stop >= 0 else far)
        return next((_Context(i) for i in behind if i in self._tops), None)

    def _named_before(self, start: int, end: int) -> _Context | None:
        """The last document that the paragraph names before, or else the lead-in above."""
        tops = islice((i for i in reversed(self._within(start, end)) if i in self._tops), _MOST)
        before = next((i for i in tops if not self._amends(start, i)), None)
        if before is not None:
            return _Context(before)
        announced = self.announced and _within(self.own, self.announced[-1][0], itself=False)
        return _Context(self.announced[-1][1]) if announced else None

    def _amends(self, start: int, i: int) -> bool:
        """Is reference `i` named only as what changed another ("Luật A được sửa đổi bởi | Luật B")?"""
        at = self.references[i].start
        return _AMENDED_BY.search(self.layout.text, max(start, at - _LEAD), at) is not None

    def _same(self, i: int, k: int) -> bool:
        if i == k:
            return True
        if SELF in (i, k):
            return False
        a, b = self.references[i], self.references[k]
        named = (a.number, a.symbol, a.year, a.name) == (b.number, b.symbol, b.year, b.name)
        return named or (a.title is not None and a.title == b.title)


_OF_DOCUMENT = re.compile(
    rf"\s*(?:,\s*)?(?:\((?:đã\s+)?được\s[^()]{{0,200}}\)\s*)?(?:(?:được\s+)?(?:{ISSUES}\s+)?kèm\s+(?:theo\s+)?)?(?:(?:của|tại|thuộc)\s+)?"
)


_ATTACHED = re.compile(
    rf"\s*(?:của\s+|tại\s+|trong\s+)?(?i:{ATTACHED})(?![{LETTER}])(?:(?!\snày\s)[^;.\n“”]){{0,300}}?\s"
    rf"(?:(?:được\s+)?{ISSUES}\s+)?{ALONG}\s+"
)
"""The rules that a document carries along: "Điều 5 Quy chế về … ban hành kèm theo | Quyết định số …" is the document's."""
_RULES = re.compile(rf"\s*(?:của\s+|tại\s+|trong\s+)?(?P<what>(?i:{one_of(ATTACHED_RULES)}))(?![{LETTER}])")
_CARRIED_BY = re.compile(
    rf"(?<![{LETTER}])(?P<what>{one_of(ATTACHED_RULES)})(?![{LETTER}])(?:(?!\snày\s)[^;.\n“”]){{0,300}}?\s"
    rf"(?:(?:được\s+)?{ISSUES}\s+)?{ALONG}\s+$"
)
_FAR = 340
_AMENDED_BY = re.compile(rf"{PASSIVE}\s+{AMENDS}[^.;|]{{0,40}}?\s{AGENT}\s+$")
_MOST = 20
"""Documents before a provision, or cells of its row, that are looked at."""
_LONGEST = 3000
"""Characters at most of what an annex says around a provision, that tell whose it is."""
_LEAD = 80
"""Characters before a document that tell what it is named for."""
_NOTE_MARK = re.compile(rf"[*_]*(?:\[[0-9]{{1,3}}\]|[{SUPERSCRIPTS}]{{1,4}}|[0-9]{{1,3}})[*_]*\s*")
_GAP = 12
"""Characters at most, blanks and emphasis, between a footnote and the passage that it quotes."""


def _own_document(text: str, at: int, end: int) -> str:
    """Which type's name stands at `at` in "Luật này", "Thông tư này", as a slug; "" where none does."""
    window = text[at : min(end, at + 40)]
    for _, start, stop in lexicon().find_types(window):
        return slug(window[:stop]) if start == 0 and THIS_ONE.match(window, stop) else ""
    return ""


def _of_this(chain: Chain, own: _Context) -> _Context:
    """Where a chain stands that names the document itself, in which `own` is at hand: in the rules that it carries along, or, with "Điều 2
    Quyết định này" among these, outside of them."""
    if chain.carried:
        return own._replace(position=((chain.carried, ""),))
    outside = own.position[:1] and own.position[0][0] in attached_rules() and own.position[0][0] != chain.this
    return own._replace(position=()) if outside else own


def _of_the_body(chain: Chain, place: Position) -> Position:
    """The place in which an article is named: in an annex that has no articles it is one of the body."""
    if articled(place) or not any(group.unit.slug == "dieu" for group in chain.groups):
        return place
    return tuple(step for step in place if step[0] not in ("phu-luc", "mau"))


def _beside_which(chain: Chain, other: Chain, place: Position) -> list[Position]:
    """In what a chain stands that the text puts beside another, or in each of it ("Bổ sung điểm d vào khoản 3 và khoản 4 Điều 9")."""
    if other.groups[0].unit.rank < chain.groups[0].unit.rank:
        return [position for *_, position in provisions_of(other, place)]
    position = surrounding(other.groups, 0, next_larger(other.groups), place)
    return [] if position is None else [position]


_LARGE = frozenset(["phan", "chuong", "muc", "dieu", "phu-luc"])
_WITHOUT = re.compile(rf"(?:trừ|(?P<but>[Rr]iêng|nhưng|song|còn))\s+{RULING}$")
_OVER = re.compile(rf"{verbs('state')}|{verbs('clause', ['replaces', 'repeals'])}")
_STILL = re.compile(rf"\s+(?:thì\s+)?(?:vẫn\s+)?(?:được\s+)?{GOES_ON}\s")


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
    layout: Layout, references: Sequence[Reference], amended: int | None
) -> tuple[list[Clause], list[Clause]]:
    """Return the paragraphs of the body of the text with the provisions that they name, in text order (reading offsets), and the
    footnotes, each of which stands where the text carries its mark.

    `amended` is the one document that the document's title amends, as an index of `references`.
    """
    paragraphs = list(read_paragraphs(layout))
    labels = (paragraph.label for paragraph in paragraphs if not paragraph.quoted)
    own = frozenset(label[1] for label in labels if label and label[0] == "dieu")
    walk = _Walk(layout, references, amended, own)
    return walk.read(paragraphs), list(walk.notes())
