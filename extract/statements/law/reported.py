"""What the notes of a consolidated text (văn bản hợp nhất) report: "³ Khoản này được sửa đổi, bổ sung theo quy định tại khoản 1 Điều 1
của Nghị định số 12/2023/NĐ-CP, có hiệu lực kể từ ngày 15 tháng 5 năm 2023."

Such a note tells how another document changed the base document, at the place that carries the note's mark. The consolidated text
itself changes nothing, so these are no amendments of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from chidao.extract.language.composing import one_of
from chidao.extract.language.dates import DATE, iso_date
from chidao.extract.language.letters import LETTER, lower, trimmed
from chidao.extract.language.patterns import IN_FORCE, PASSIVE, SINCE
from chidao.extract.language.tables import read_relation
from chidao.extract.language.verbs import orders
from chidao.extract.mentions.provisions import Clause
from chidao.extract.model import Reference, Relation, ReportedChange
from chidao.extract.reading.divisions import Position, division_units, path_of
from chidao.extract.statements.law.phrases import BECOME, BESIDE, CHANGED_WORDS, INSTEAD, unquoted
from chidao.extract.statements.passage import Passage

_WHOLE = re.compile(r"(?:(?:tên|tiêu\s+đề)(?:\s+gọi)?\s+(?:của\s+)?|(?:đoạn|câu)\s[^“”\"\n,;.]{0,60}?)?", re.IGNORECASE)
"""What of a provision changes, before its own words ("Tên điều này"); a sentence of it counts as the provision."""
_EFFECT = re.compile(rf"{IN_FORCE},?\s+{SINCE}\s+(?P<day>[0-9][^\n;.,]{{5,30}})")
_CHANGES = re.compile(rf"(?:^|[\s,;]){PASSIVE}\s+(?P<verb>{orders()})(?![{LETTER}])")

_MOST = 40
"""Changes at most that one note tells of."""


@cache
def _this() -> re.Pattern[str]:
    return re.compile(rf"(?P<unit>{one_of(division_units())})\s+này\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a note says was changed: provisions, or `words` of the one at `paths`."""

    paths: tuple[str, ...]
    words: str | None = None


def find_reported(passage: Passage, notes: Sequence[Clause], relations: Sequence[Relation]) -> list[ReportedChange]:
    """Return every change that a note of a consolidated text reports, in text order (reading offsets)."""
    head = [r.object for r in relations if r.rule == "consolidated-head" and r.predicate == "consolidates"]
    if not head:
        return []
    base, *amending = sorted(head, key=lambda i: passage.references[i].start)
    reader = _Reader(passage, base, dict(_days(passage, amending)))
    found: dict[Hashable, ReportedChange] = {}
    for change in (change for note in notes for change in reader.changes(note)):
        # The same words may change at several places of one provision, each with a note.
        told = change.path, change.operation, change.old, change.new, reader.code(change.by), change.by_path
        found.setdefault(told, change)
    return sorted(found.values(), key=lambda change: change.start)


def _days(passage: Passage, amending: Sequence[int]) -> Iterator[tuple[Hashable, str | None]]:
    """Yield the days of effect that the head of the text states, each at the end of what it says of the document."""
    for i in amending:
        f = passage.references[i]
        told = list(_EFFECT.finditer(passage.text, f.end, passage.layout.paragraph(f.start)[1]))
        yield _code(f), _iso(told[-1]["day"]) if told else None


@dataclass(frozen=True)
class _Reader:
    passage: Passage
    base: int
    days: Mapping[Hashable, str | None]

    def code(self, i: int) -> Hashable:
        """What the references to one document have in common."""
        return _code(self.passage.references[i])

    def changes(self, note: Clause) -> Iterator[ReportedChange]:
        """Yield the changes of a note: one for each provision, and for each provision that ordered it."""
        start, end = note.paragraph.body, note.paragraph.end
        low = lower(self.passage.text[start:end])
        titles = [self.passage.references[i] for i in self._within(start, end)]
        found = islice(_CHANGES.finditer(low), _MOST)
        verbs = [m for m in found if self._says(titles, start, start + m.start("verb"))]
        subject = self._subject(note, start, start + verbs[0].start()) if verbs else None
        if subject is None:
            return
        for n, verb in enumerate(verbs):
            stop = start + verbs[n + 1].start() if n + 1 < len(verbs) else end
            if n and not re.search(r"[,;]|\svà$", low[: verb.start() + 1][-4:]):
                return
            behind = start + verb.end()
            operation, old, new = self._operation(read_relation(verb["verb"]).operation, subject, behind)
            for by, by_path in self._orders(note, behind, stop):
                for path in subject.paths:
                    yield ReportedChange(
                        start, trimmed(self.passage.text, start, stop, ".;,/ "), "", self.base, path, operation, old, new, by, by_path,
                        self._day(by, behind, stop), -1, f"noted-{operation}",
                    )  # fmt: skip

    def _says(self, titles: Sequence[Reference], start: int, at: int) -> bool:
        """Does the note from `start` on speak itself at `at`, and not the title of a document or words that it quotes?"""
        before = self.passage.text[start:at]
        return not any(f.start <= at < f.extent for f in titles) and before.count("“") <= before.count("”")

    def _subject(self, note: Clause, start: int, stop: int) -> _Subject | None:
        """What text[start:stop] says was changed; None where that is nothing of the base document."""
        text = self.passage.text
        if words := CHANGED_WORDS.fullmatch(text, start, stop):
            named = [p.path for n in note.named if words.end("words") <= n.start < stop for p in n.provisions]
            anchor = self.passage.layout.footnote(start)
            here = (path_of(note.position),) if anchor and anchor.anchor >= 0 else ()
            return _Subject(tuple(named) or here, unquoted(words["words"]))
        whole = _WHOLE.match(text, start, stop)
        at = whole.end() if whole else start
        chain = next((n for n in note.named if start <= n.start < stop), None)
        if (
            chain
            and not text[chain.end : stop].strip(" ,")
            and (chain.start <= at + 5 or _WHOLE.fullmatch(text, start, chain.start))
        ):
            return _Subject(tuple(p.path for p in chain.provisions))
        this = _this().fullmatch(text[at:stop])
        position = _called(note.position, division_units()[" ".join(this["unit"].lower().split())].slug) if this else ()
        return _Subject((path_of(position),)) if position else None

    def _operation(self, operation: str, subject: _Subject, behind: int) -> tuple[str, str | None, str | None]:
        """The operation, with what words it changes into what."""
        if subject.words is None:
            return operation, None, None
        text = self.passage.text
        if become := BECOME.match(text, behind):
            return "phrase", subject.words, unquoted(become["new"])
        if operation == "insert":
            beside = BESIDE.match(text, behind)
            by = unquoted(beside["by"]) if beside else ""
            both = (by, subject.words) if not beside or beside["side"] == "sau" else (subject.words, by)
            return "phrase", by, " ".join(part for part in both if part)
        if instead := INSTEAD.match(text, behind):
            return "phrase", unquoted(instead["old"]), subject.words
        return "phrase", subject.words, "" if operation == "repeal" else None

    def _orders(self, note: Clause, start: int, stop: int) -> list[tuple[int, str]]:
        """The provisions that ordered a change, as the note names them in start..stop, or the document where it names none."""
        named = [
            (p.document, p.path)
            for n in note.named
            if start <= n.start < stop
            for p in n.provisions
            if p.document >= 0 and self.passage.is_top(p.document) and not self.passage.same(p.document, self.base)
        ]
        if named:
            return list(dict.fromkeys(named))
        documents = (
            i for i in self._within(start, stop) if self.passage.is_top(i) and not self.passage.same(i, self.base)
        )
        return [(i, "") for i in documents][:1]

    def _within(self, start: int, stop: int) -> range:
        """The indices of the references that start in start..stop."""
        found = self.passage.references
        return range(bisect_left(found, start, key=_start), bisect_left(found, stop, key=_start))

    def _day(self, by: int, start: int, stop: int) -> str | None:
        """The day on which a change took effect: the one that the note states, or else the head of the text."""
        stated = _EFFECT.search(self.passage.text, start, stop)
        if stated:
            return _iso(stated["day"])
        return self.days.get(self.code(by))


def _called(position: Position, unit: str) -> Position:
    """The division in which a mark stands that the note calls by `unit`; in an annex the items have no fixed name."""
    at = next((n for n, step in enumerate(position) if step[0] == unit), None)
    if at is not None:
        return position[: at + 1]
    annexed = len(position) > 1 and position[0][0] == "phu-luc"
    return (*position[:-1], (unit, position[-1][1])) if annexed else ()


def _start(f: Reference) -> int:
    return f.start


def _code(f: Reference) -> Hashable:
    return (f.number, f.symbol, f.year) if f.number else f


def _iso(printed: str) -> str | None:
    match = DATE.match(printed)
    return iso_date(match) if match else None


__all__ = ["find_reported"]
