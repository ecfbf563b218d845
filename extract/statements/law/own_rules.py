"""The clauses in which a document itself speaks, with what each tells of force, and which of its references mean one document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from chidao.extract.frozen import kept_property
from chidao.extract.language.compounds import by_itself
from chidao.extract.language.letters import LETTER
from chidao.extract.language.patterns import BASIS, RULING, SOME, WHEN
from chidao.extract.language.verbs import AMENDS, CARRIES_OUT, verbs
from chidao.extract.mentions.provisions import Clause
from chidao.extract.model import SELF
from chidao.extract.reading.divisions import Position, articled, leads_in
from chidao.extract.reading.quotes import quoted
from chidao.extract.statements.law.events import Said, events_of, force_places, tells_of_force
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.programme import holds, programme

OBLIQUE = re.compile(
    rf"(?<![{LETTER}])(?:(?:(?<!kèm\s)theo|{BASIS}(?:\s+vào)?|(?<!đối\s)với|bởi|bằng|"
    rf"{verbs('active', ['guides'])}|(?<!hiệu\slực\s){CARRIES_OUT}|"
    rf"{AMENDS}(?:\s+{SOME}(?:\s+của)?)?)"
    rf"\s+{RULING}|{verbs('active', ['guides'])}\s+[^.;,\n]{{2,40}}?\snêu\s+tại\s+|{WHEN}\s+)$"
)
"""What stands before a document that is itself not meant: after what others are made ("giấy phép được cấp theo Nghị định A", "các Thông tư
hướng dẫn thi hành Nghị định A", "… quy định chi tiết các quyết định nêu tại khoản 2"), what was carried out ("sau 5 năm thực hiện Nghị
định A"), with what they differ ("trái với Nghị định này"), when something is so ("đến khi Nghị định A")."""

LISTED = 20
"""Documents at most that share the words before the first of them, or stand in the title of one."""
BEFORE = 120
"""Characters at most before a document in which its role in the sentence is told."""
NEAR = 40
"""Characters at most between a provision and what is said of it."""
THIS = re.compile(rf"này(?![{LETTER}])")

_SPARES = re.compile(rf"{by_itself('trừ')}(?:\s[^.;:\n]{{1,60}}\ssau(?:\s+đây)?)?\s*:\s*$")

ByCode = dict[Hashable, list[tuple[int, int]]]
"""References to documents, each with a place, by what those to one document have in common."""


@dataclass(frozen=True)
class OwnRules:
    """The clauses of a text, and what of them is its own document's law."""

    passage: Passage
    clauses: Sequence[Clause]

    @kept_property
    def ruled(self) -> list[tuple[Clause, list[Said]]]:
        """The clauses of the document's own rules, each with the events that it tells of."""
        return [(clause, self._said(clause)) for clause in self.clauses if self.speaks(clause)]

    def speaks(self, clause: Clause) -> bool:
        """Does the document itself speak there, and not before its first article?"""
        planned = holds(self._planned, clause.paragraph.start)
        return not clause.paragraph.quoted and not planned and self._divided(clause.position)

    @kept_property
    def _planned(self) -> list[tuple[int, int]]:
        """Where the document holds what it approves or attaches, to be carried out."""
        return programme(self.passage)

    @kept_property
    def _divided(self) -> Callable[[Position], bool]:
        """Is a position within the rules of the document? In a text with articles what stands before the first says nothing of law."""
        positions = [clause.position for clause in self.clauses]
        return articled if any(map(articled, positions)) else bool if any(positions) else lambda _: True

    def _said(self, clause: Clause) -> list[Said]:
        """Return the events of a clause's sentences; "từ ngày Nghị định này có hiệu lực" says when, and is none, and words that the
        clause quotes are another document's."""
        body = clause.paragraph.body
        if not self.tells(body, clause.paragraph.end):
            return []
        low, text = self.passage.layout.low, self.passage.text
        spans = self._sentences(clause)
        told = (said for start, end in spans for said in events_of(low[start:end], start, self._titles(start, end)))
        return [said for said in told if not quoted(text, body, said.verb)]

    def _titles(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where in text[start:end] the titles of documents stand, counted from `start`."""
        named = self.passage.references[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [(f.end - start, f.extent - start) for f in named if f.end < f.extent <= end]

    def tells(self, start: int, end: int) -> bool:
        """Is there a verb of force in text[start:end]?"""
        return tells_of_force(self.passage.layout.low, start, end, self.places)

    @kept_property
    def places(self) -> list[int]:
        """Where the text may have verbs of force."""
        return force_places(self.passage.layout.low)

    def _sentences(self, clause: Clause) -> Iterator[tuple[int, int]]:
        at = clause.paragraph.body
        while at < clause.paragraph.end:
            _, end = self.passage.layout.sentence(at)
            end = min(end, clause.paragraph.end)
            yield at, end
            at = end

    def clause(self, at: int) -> Clause | None:
        """Return the clause of the document's own rules whose paragraph holds the offset `at`, if it tells of what it names there."""
        n = bisect_right(self.clauses, at, key=lambda clause: clause.paragraph.start) - 1
        clause = self.clauses[n] if n >= 0 and at < self.clauses[n].paragraph.end else None
        return clause if clause and self.speaks(clause) and not self._announces(clause) else None

    def _announces(self, clause: Clause) -> bool:
        """Do the items below say what becomes of the document ("5. Quyết định A:" / "a) Bãi bỏ khoản 1 Điều 2")?"""
        return leads_in(self.passage.text, clause.paragraph) and not self.spares(clause)

    def spares(self, clause: Clause) -> bool:
        """Do the items below say what is taken out of what the clause tells ("… hết hiệu lực, trừ các quy định sau:")?"""
        return spares(self.passage.text, clause)

    @kept_property
    def above(self) -> dict[int, Clause]:
        """The lead-in above each item of a list, by where the item begins."""
        found: dict[int, Clause] = {}
        open_: list[Clause] = []
        for clause, _ in self.ruled:
            while open_ and not below(clause.position, open_[-1].position):
                open_.pop()
            if open_:
                found[clause.paragraph.body] = open_[-1]
            if leads_in(self.passage.text, clause.paragraph):
                open_.append(clause)
        return found

    @kept_property
    def items(self) -> dict[int, list[Clause]]:
        """The items below each lead-in, by where the lead-in begins."""
        found: dict[int, list[Clause]] = {}
        for clause, _ in self.ruled:
            if lead := self.above.get(clause.paragraph.body):
                found.setdefault(lead.paragraph.body, []).append(clause)
        return found

    @kept_property
    def semicolons(self) -> list[int]:
        """Where the marks stand that part a sentence."""
        return [mark.start() for mark in re.finditer("; ", self.passage.text)]

    @kept_property
    def starts(self) -> list[int]:
        return [f.start for f in self.passage.references]

    def code(self, i: int) -> Hashable:
        """Return what references to one document have in common: its code, or the reference itself where it has none."""
        f = self.passage.references[i] if i != SELF else None
        return (f.number, f.symbol, f.year) if f and f.number else i

    def by_code(self, documents: Iterable[tuple[int, int]]) -> ByCode:
        """Return references to other documents, each with a place, by their codes."""
        found: ByCode = {}
        for i, at in documents:
            if i != SELF:
                found.setdefault(self.code(i), []).append((i, at))
        return found

    def is_one_of(self, i: int, documents: ByCode, end: int | None = None) -> bool:
        """Is reference `i` to one of the documents, whose place lies before `end`?"""
        alike = documents.get(self.code(i), ())
        return any(self.passage.same(i, k) for k, at in alike if end is None or at <= end)

    def alike(self, i: int, k: int) -> bool:
        """Are two references, or the document itself, one document?"""
        return i == k or (SELF not in (i, k) and self.passage.same(i, k))


def spares(text: str, clause: Clause) -> bool:
    """Does a clause lead in a list of what it takes out of what it says?"""
    return (
        _SPARES.search(text, max(clause.paragraph.body, clause.paragraph.end - 120), clause.paragraph.end) is not None
    )


def below(place: Position, outer: Position) -> bool:
    """Is a place within another?"""
    return len(place) > len(outer) and place[: len(outer)] == outer
