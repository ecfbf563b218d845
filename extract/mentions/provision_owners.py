"""Whose provisions are named, and where each stands: "Điều 5 Nghị định số 30/2020/NĐ-CP", "Điều này", a bare "khoản 2".

The document is named behind the provisions, or by "này", or it is the one that the place is about; what could be one document's provision
or another's is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import NamedTuple

from chidao.extract.frozen import kept_property
from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LETTER, slug
from chidao.extract.language.lexicon import lexicon
from chidao.extract.language.patterns import AGENT, ALONG, ATTACHED, ATTACHED_RULES, ISSUES, PASSIVE, RULING
from chidao.extract.language.provision_paths import attached_rules
from chidao.extract.language.verbs import AMENDS, GOES_ON, verbs
from chidao.extract.mentions.instructions import BETWEEN_PROVISIONS
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
from chidao.extract.reading.divisions import Paragraph, Position, articled
from chidao.extract.reading.layout import Layout
from chidao.extract.reading.quotes import quoted
from chidao.ontology.authority import types_of


@dataclass(frozen=True, slots=True)
class Named:
    """The provisions that one chain names in text[start:end]."""

    start: int
    end: int
    provisions: tuple[Provision, ...]


class Context(NamedTuple):
    """Whose provisions bare ones are: `document`, and where they stand in it. `amends`: what stands here changes that document."""

    document: int = SELF
    position: Position = ()
    amends: bool = False


class Around(NamedTuple):
    """What is around a paragraph: where it stands in the document's own text, and the document of the lead-in above it, if any."""

    own: Position = ()
    announced: int | None = None


@dataclass(frozen=True)
class Owners:
    """Reads in paragraphs whose provisions are named; `own` is the type of the document itself as a slug, where that is known."""

    layout: Layout
    references: Sequence[Reference]
    own: str | None = None

    def named(self, paragraph: Paragraph) -> int | None:
        """Return the document that an instruction is about: the first that it names, but for what it says in brackets of earlier
        changes, and what the words name that it puts in ("… câu: “Việc này thực hiện theo Nghị định A.”")."""
        text, at, within = self.layout.text, paragraph.body, 0
        for i in self.within(paragraph.body, paragraph.end):
            start = self.references[i].start
            within += text.count("(", at, start) - text.count(")", at, start)
            if within <= 0 and not quoted(text, paragraph.body, start):
                return i
            at = start
        return None

    def among(self, start: int, end: int) -> Sequence[Reference]:
        """Return the references that start in start..end."""
        return self.references[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def within(self, start: int, end: int) -> range:
        """Return the indices of the references that start in start..end."""
        starts = self._starts
        return range(bisect_left(starts, start), bisect_left(starts, end))

    @kept_property
    def tops(self) -> frozenset[int]:
        """The references that stand in no other one's title."""
        tops, reached = [], 0
        for i, f in enumerate(self.references):
            if f.start >= reached:
                tops.append(i)
                reached = f.extent
        return frozenset(tops)

    @kept_property
    def _starts(self) -> list[int]:
        return [f.start for f in self.references]

    @kept_property
    def _openings(self) -> list[int]:
        """Where words stand that may open a chain."""
        return opening_words(self.layout.low)

    @kept_property
    def places(self) -> list[int]:
        """Where references and such words stand, in order, and behind them the end of the text."""
        return [*sorted([*self._starts, *self._openings]), len(self.layout.text)]

    def _chains(self, paragraph: Paragraph) -> list[Chain]:
        """Return the chains of a paragraph, each with its document."""
        openings = self._openings
        first, behind = bisect_left(openings, paragraph.body), bisect_left(openings, paragraph.end)
        if first == behind:
            return []
        found = find_chains(self.layout.text, paragraph.body, paragraph.end, openings[first:behind])
        return [self._documented(chain, paragraph.end) for chain in found]

    def mentions(
        self, paragraph: Paragraph, context: Context, own_articles: frozenset[str], around: Around
    ) -> list[tuple[Named, list[Position]]]:
        """Return the mentions of a paragraph, chain by chain, with where each provision stands."""
        text = self.layout.text
        found: list[tuple[Named, list[Position]]] = []
        behind: tuple[Chain, Position] | None = None
        for chain in reversed(self._chains(paragraph)):
            about = self._about(chain, context, own_articles, paragraph, around)
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
            chain = replace(chain, carried=slug(attached["what"] or ""))
        if own := _own_document(text, at, end):
            return replace(chain, this=own)
        i = bisect_right(self._starts, at) - 1
        return replace(chain, document=i) if i >= 0 and at < self.references[i].end else chain

    def carry(self, document: int) -> Position:
        """Return where what is changed of a document stands that is named for what it carries along ("Quy chế … ban hành kèm theo
        | Quyết định số 12"): in that."""
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
        self, chain: Chain, context: Context, own_articles: frozenset[str], paragraph: Paragraph, around: Around
    ) -> Context | None:
        """Whose provisions a chain names, and where it stands among them; None where nothing tells."""
        if chain.document is not None:
            return self._of_other(chain, chain.document, context)
        if chain.this:
            return self._of_this_one(chain, context, paragraph, around)
        if context.amends or paragraph.quoted:
            return context
        if self._goes_on(paragraph, chain):
            return self._named_before(paragraph.body, chain.groups[0].start, around) or context
        articles = {n.printed for g in chain.groups if g.unit.slug == "dieu" for n in g.numbers} - {THIS}
        annexed = context.position[:1] and context.position[0][0] == "phu-luc" and not articled(context.position)
        if articles and annexed and any(i in self.tops for i in self.within(paragraph.start, paragraph.end)):
            return self._in_annex(paragraph, chain)
        return (
            context if articles <= own_articles else self._named_before(paragraph.body, chain.groups[0].start, around)
        )

    def _of_this_one(self, chain: Chain, context: Context, paragraph: Paragraph, around: Around) -> Context | None:
        """Which document "this" one is: the one at hand, or of another type the one of it that was named last."""
        if not (context.amends or paragraph.quoted) and self._of_another_type(chain.this):
            return self._last_of_type(chain.this, chain.groups[0].start)
        return _of_this(chain, context if not context.amends else Context(SELF, around.own))

    def _of_another_type(self, this: str) -> bool:
        """Is "Nghị định này" said in a document that is none, and holds none? A consolidated text does."""
        return self.own not in (None, _CONSOLIDATED) and this in _legal() and not (this in self.own or self.own in this)

    def _last_of_type(self, this: str, end: int) -> Context | None:
        """The document of the type that was named last before `end`: "Nghị định này" of a letter about Nghị định 154."""
        before = islice(reversed(self.within(max(0, end - _LONGEST), end)), _MOST)
        return next((Context(i) for i in before if slug(self.references[i].type or "") == this), None)

    def _of_other(self, chain: Chain, document: int, context: Context) -> Context:
        """Where a chain stands in another document: only what it says itself tells, or the instruction about the same."""
        same = context.amends and self._same(document, context.document)
        if chain.carried:
            return Context(document, ((chain.carried, ""),), amends=same)
        return context._replace(document=document) if same else Context(document)

    def _goes_on(self, paragraph: Paragraph, chain: Chain) -> bool:
        """Is it what goes on of a document that ends ("… thay thế Nghị định A, trừ Điều 5 tiếp tục được áp dụng", "Nghị định A hết
        hiệu lực; riêng Điều 6 tiếp tục có hiệu lực")?"""
        text, start = self.layout.text, chain.groups[0].start
        before = _WITHOUT.search(text, max(paragraph.body, start - 40), start)
        if before is None or _STILL.match(text, chain.end, paragraph.end) is None:
            return False
        return not before["but"] or _OVER.search(text, max(paragraph.body, start - _LONGEST), start) is not None

    def _in_annex(self, paragraph: Paragraph, chain: Chain) -> Context | None:
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
            named = next((i for i in self.within(cell, bar) if i in self.tops), None)
            if named is not None:
                return Context(named)
        far = min(paragraph.end, chain.end + _LONGEST)
        stop = text.find(";", chain.end, far)
        behind = self.within(chain.end, stop if stop >= 0 else far)
        return next((Context(i) for i in behind if i in self.tops), None)

    def _named_before(self, start: int, end: int, around: Around) -> Context | None:
        """The last document that the paragraph names before, or else the lead-in above."""
        tops = islice((i for i in reversed(self.within(start, end)) if i in self.tops), _MOST)
        before = next((i for i in tops if not self._amends(start, i)), None)
        if before is not None:
            return Context(before)
        return None if around.announced is None else Context(around.announced)

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
_ALONG = rf"(?![{LETTER}])(?:(?!\snày\s)[^;.\n“”]){{0,300}}?\s(?:(?:được\s+)?{ISSUES}\s+)?{ALONG}\s+"
_ATTACHED = re.compile(rf"\s*(?:của\s+|tại\s+|trong\s+)?(?i:(?P<what>{one_of(ATTACHED_RULES)})|{ATTACHED}){_ALONG}")
"""The rules that a document carries along: "Điều 5 Quy chế về … ban hành kèm theo | Quyết định số …" is the document's."""
_CARRIED_BY = re.compile(rf"(?<![{LETTER}])(?P<what>{one_of(ATTACHED_RULES)}){_ALONG}$")
_FAR = 340
_AMENDED_BY = re.compile(rf"{PASSIVE}\s+{AMENDS}[^.;|]{{0,40}}?\s{AGENT}\s+$")


_CONSOLIDATED = "van-ban-hop-nhat"


@cache
def _legal() -> frozenset[str]:
    """The types of law whose name says that they are, as slugs."""
    return frozenset(map(slug, types_of("legal")))


_MOST = 20
"""Documents before a provision, or cells of its row, that are looked at."""
_LONGEST = 3000
"""Characters at most of what an annex says around a provision, that tell whose it is."""
_LEAD = 80
"""Characters before a document that tell what it is named for."""


def _own_document(text: str, at: int, end: int) -> str:
    """Which type's name stands at `at` in "Luật này", "Thông tư này", as a slug; "" where none does."""
    window = text[at : min(end, at + 40)]
    for _, start, stop in lexicon().find_types(window):
        return slug(window[:stop]) if start == 0 and THIS_ONE.match(window, stop) else ""
    return ""


def _of_this(chain: Chain, own: Context) -> Context:
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
    return tuple(step for step in place if step[0] not in ("phu-luc", "mau", "danh-muc"))


def _beside_which(chain: Chain, other: Chain, place: Position) -> list[Position]:
    """In what a chain stands that the text puts beside another, or in each of it ("Bổ sung điểm d vào khoản 3 và khoản 4 Điều 9")."""
    if other.groups[0].unit.rank < chain.groups[0].unit.rank:
        return [position for *_, position in provisions_of(other, place)]
    position = surrounding(other.groups, 0, next_larger(other.groups), place)
    return [] if position is None else [position]


_WITHOUT = re.compile(rf"(?:trừ|(?P<but>[Rr]iêng|nhưng|song|còn))\s+{RULING}$")
_OVER = re.compile(rf"{verbs('state')}|{verbs('clause', ['replaces', 'repeals'])}")
_STILL = re.compile(rf"\s+(?:thì\s+)?(?:vẫn\s+)?(?:được\s+)?{GOES_ON}\s")
