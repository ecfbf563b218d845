"""Facts in their source: offsets of the reading text become offsets of the text as read, and each sentence is kept once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from chidao.extract.language.letters import behind_blanks, places_of, trimmed
from chidao.extract.model import (
    Action,
    Amendment,
    BodyMention,
    Delegation,
    Division,
    Excerpt,
    Force,
    Fulfilment,
    Provision,
    Reference,
    Relation,
    ReportedChange,
    Source,
    Suspicion,
)  # fmt: skip
from chidao.extract.reading.layout import Layout
from chidao.extract.reading.raw_tables import without_tags
from chidao.extract.statements.law.ended_lists import ROW

Law = TypeVar("Law", Amendment, Force, Delegation, Fulfilment)
_LABEL = re.compile(
    r"\s*(?:(?:Điều|Khoản|Mục|Chương|Phần)\s+)?(?:[0-9]{1,3}|[IVXLC]{1,5})[a-zđ]?\s*[.:)]?\s*", re.IGNORECASE
)

_MOST_LABELS = 8
"""Labels that stand before what they label: a chapter's, a section's, an article's …"""
_LONGEST_LABEL = 40
"""Characters of a label, with the blanks around it."""
_LONGEST = 4000
"""Characters of the words that say one thing."""


class Placing:
    """Puts what was read of one source into its places there; `sentences` are those that its facts stand in."""

    def __init__(self, source: Source, layout: Layout) -> None:
        self.source = source
        self.layout = layout
        self.sentences: list[Excerpt] = []
        self._known: dict[int, int] = {}
        self._lines: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int, str]:
        """Return where a passage of the reading text lies in the source, and its text there."""
        begin, stop = self.layout.source_span(start, end)
        return begin, stop, self.source.text[begin:stop]

    def reference(self, f: Reference, place: Mapping[int, int]) -> Reference:
        """Return a reference in its place; `place` gives the new index of each reference by its old one."""
        # All fields are named here, as replace() takes longer than to work out the new ones.
        return Reference(
            *self.span(f.start, f.end), f.kind, f.type, f.number, f.symbol, f.year, f.date, f.issuer,
            f.issuer_key, f.title, f.name, f.scope,
            sentence=self.sentence(f.start),
            extent=self.layout.source_end(f.extent),
            rule=f.rule,
            antecedent=None if f.antecedent is None else place.get(f.antecedent, f.antecedent),
            title_start=self.layout.source(f.title_start) if f.title_start >= 0 else -1,
            listed=f.listed,
            shared=f.shared,
        )  # fmt: skip

    def body(self, b: BodyMention) -> BodyMention:
        """Return the mention of a body in its place."""
        start, end = self.layout.source_span(b.start, b.end)
        text = self.source.text[start:end]
        return BodyMention(start, end, text, b.name, b.key, b.rule, b.sentence, b.scope, b.level)

    def provision(self, p: Provision, place: Mapping[int, int]) -> Provision:
        """Return the mention in the source, its document as an index of the facts."""
        start, end, text = self.span(p.start, p.end)
        return Provision(start, end, text, p.path, place.get(p.document, p.document), self.sentence(p.start), p.rule)

    def law(self, fact: Law, place: Mapping[int, int]) -> Law:
        """Return what is said of the law in the source, its document as an index of the facts."""
        start, end, text = self.span(fact.start, min(fact.end, fact.start + _LONGEST))
        document = place.get(fact.document, fact.document)
        # The reading text may run rows of a table together.
        sentence = self.passage(start, end) if fact.rule.startswith(ROW) else self.sentence(fact.start)
        return replace(fact, start=start, end=end, text=text, document=document, sentence=sentence)

    def reported(self, c: ReportedChange, place: Mapping[int, int]) -> ReportedChange:
        """Return a reported change in the source, its documents as indices of the facts."""
        start, end, text = self.span(c.start, c.end)
        base, by = place.get(c.base, c.base), place.get(c.by, c.by)
        return replace(c, start=start, end=end, text=text, base=base, by=by, sentence=self.sentence(c.start))

    def division(self, d: Division) -> Division:
        """Return a division of the document in its place."""
        return Division(*self.layout.source_span(d.start, d.end), d.text, d.path, d.heading, d.within)

    def suspicion(self, s: Suspicion) -> Suspicion:
        """Return a suspicion in its place, with the text that stands there."""
        start, end, text = self.span(s.start, s.end)
        return replace(s, start=start, end=end, text=text)

    def line(self, offset: int) -> int:
        """Return the line of an offset, from 1."""
        if self._lines is None:
            self._lines = places_of("\n", self.source.text)
        return bisect_right(self._lines, offset - 1) + 1 if offset else 1

    def passage(self, start: int, end: int) -> int:
        """Return the index of a passage of the source that stands for itself."""
        text = " ".join(without_tags(self.source.text[start:end]).split())
        page = bisect_right(self.source.pages, start) or None
        self.sentences.append(Excerpt(start, end, text, self.line(start), None, page))
        return len(self.sentences) - 1

    def sentence(self, offset: int) -> int:
        """Return the index of the sentence that holds the reading offset; where that is but a clause's label ("Điều 3."), of what it
        labels."""
        first, end = self.layout.sentence(offset)
        if first in self._known:
            return self._known[first]
        start = first
        text = self.layout.text
        for _ in range(_MOST_LABELS):
            if end - start > _LONGEST_LABEL or not _LABEL.fullmatch(text, start, end) or end == len(text):
                break
            start, end = self.layout.sentence(end)
        if start in self._known:
            self._known[first] = self._known[start]
            return self._known[start]
        begin, stop = behind_blanks(text, start), trimmed(text, start, end)
        note = self.layout.footnote(offset)
        source_start, source_end = self.layout.source_span(begin, stop)
        self.sentences.append(
            Excerpt(
                source_start,
                source_end,
                text[begin:stop],
                self.line(source_start),
                note.mark if note else None,
                bisect_right(self.source.pages, source_start) or None,
            )
        )
        self._known[first] = self._known[start] = len(self.sentences) - 1
        return self._known[start]

    def relation(self, r: Relation, place: Mapping[int, int]) -> Relation:
        """Return the relation in the source; `place` leads from an index of the reading to one of the facts."""
        # A list may be one sentence of a hundred pages: what it says of its last document does not repeat it all.
        begin = r.start if r.end - r.start <= _LONGEST else self.layout.text.find(" ", r.end - _LONGEST) + 1
        start, end, text = self.span(begin, r.end)
        subject, object_ = place.get(r.subject, r.subject), place.get(r.object, r.object)
        sentence = self.passage(start, end) if r.rule.startswith(ROW) else self.sentence(r.start)
        return Relation(subject, r.predicate, object_, start, end, r.trigger, r.certainty, r.rule, text, sentence)

    def action(self, a: Action, place: Mapping[int, int]) -> Action:
        """Return the action in the source, its document as an index of the facts."""
        start, end, text = self.span(a.start, a.end)
        actor, sentence = (a.actor, a.actor_key, a.actor_stated), self.sentence(a.end - 1)
        return Action(*actor, a.action, place[a.document], start, end, a.trigger, a.rule, text, sentence)
