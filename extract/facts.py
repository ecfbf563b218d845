"""One source to its facts: the layers in order, each a function of the layers before it.

A pure function of the text, the declared home and the tables, so its result can be kept by content hash and `RULES`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from chidao.extract.errors import ChidaoError
from chidao.extract.heading.heading import read_heading
from chidao.extract.language.jurisdictions import Place, find_province, province
from chidao.extract.mentions.anaphora import find_anaphora
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.references import find_references
from chidao.extract.mentions.suspicions import find_suspicions
from chidao.extract.model import (
    Action,
    BodyMention,
    Excerpt,
    Facts,
    Heading,
    Reference,
    Relation,
    Source,
    Suspicion,
    Task,
)
from chidao.extract.reading.layout import Layout, compose, read_layout
from chidao.extract.statements.actions import find_actions, find_issuers
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.relations import find_relations
from chidao.extract.statements.task_tables import find_table_tasks
from chidao.extract.statements.tasks import find_tasks

RULES = "4"
"""Raised with every change that makes the same text give other facts; kept results of another version are not used."""


_LABEL = re.compile(
    r"\s*(?:(?:Điều|Khoản|Mục|Chương|Phần)\s+)?(?:[0-9]{1,3}|[IVXLC]{1,5})[a-zđ]?\s*[.:)]?\s*", re.IGNORECASE
)


class _Writer:
    """Turns reading offsets into source offsets and keeps each sentence once."""

    def __init__(self, source: Source, layout: Layout) -> None:
        self.source = source
        self.layout = layout
        self.sentences: list[Excerpt] = []
        self._known: dict[int, int] = {}
        self._lines: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int, str]:
        begin, stop = self.layout.source(start), self.layout.source_end(end)
        return begin, stop, self.source.text[begin:stop]

    def reference(self, f: Reference, place: Mapping[int, int]) -> Reference:
        """A reference in its place; `place` gives the new index of each reference by its old one."""
        start, end, text = self.span(f.start, f.end)
        return replace(
            f,
            start=start,
            end=end,
            text=text,
            sentence=self.sentence(f.start),
            extent=self.layout.source_end(f.extent),
            title_start=self.layout.source(f.title_start) if f.title_start >= 0 else -1,
            antecedent=None if f.antecedent is None else place.get(f.antecedent, f.antecedent),
        )

    def body(self, b: BodyMention) -> BodyMention:
        start, end, text = self.span(b.start, b.end)
        return BodyMention(start, end, text, b.name, b.key, b.rule, b.sentence, b.scope, b.level)

    def suspicion(self, s: Suspicion) -> Suspicion:
        start, end, text = self.span(s.start, s.end)
        return replace(s, start=start, end=end, text=text)

    def line(self, offset: int) -> int:
        if self._lines is None:
            self._lines = [m.start() for m in re.finditer("\n", self.source.text)]
        return bisect_right(self._lines, offset - 1) + 1 if offset else 1

    def passage(self, start: int, end: int) -> int:
        """Index of a passage of the source that stands for itself."""
        text = " ".join(self.source.text[start:end].split())
        page = bisect_right(self.source.pages, start) or None
        self.sentences.append(Excerpt(start, end, text, self.line(start), None, page))
        return len(self.sentences) - 1

    def sentence(self, offset: int) -> int:
        """Index of the sentence that holds the reading offset; where that is but a clause's label ("Điều 3."), of what it labels."""
        start, end = self.layout.sentence(offset)
        while _LABEL.fullmatch(self.layout.text, start, end) and end < len(self.layout.text):
            start, end = self.layout.sentence(end)
        if start in self._known:
            return self._known[start]
        raw = self.layout.text[start:end]
        text = raw.strip()
        begin = start + len(raw) - len(raw.lstrip())
        note = self.layout.footnote(offset)
        source_start = self.layout.source(begin)
        self.sentences.append(
            Excerpt(
                source_start,
                self.layout.source_end(begin + len(text)),
                text,
                self.line(source_start),
                note.mark if note else None,
                bisect_right(self.source.pages, source_start) or None,
            )
        )
        self._known[start] = len(self.sentences) - 1
        return self._known[start]

    def relation(self, r: Relation, place: Mapping[int, int]) -> Relation:
        """Return the relation in the source; `place` leads from an index of the reading to one of the facts."""
        start, end, text = self.span(r.start, r.end)
        subject, object_ = place.get(r.subject, r.subject), place.get(r.object, r.object)
        sentence = self.sentence(r.start)
        return Relation(subject, r.predicate, object_, start, end, r.trigger, r.certainty, r.rule, text, sentence)

    def action(self, a: Action, place: Mapping[int, int]) -> Action:
        """Return the action in the source, its document as an index of the facts."""
        start, end, text = self.span(a.start, a.end)
        actor, sentence = (a.actor, a.actor_key, a.actor_stated), self.sentence(a.end - 1)
        return Action(*actor, a.action, place[a.document], start, end, a.trigger, a.rule, text, sentence)


def home_place(home: str | None) -> Place | None:
    """The place of a declared home: "Hà Nội", "tỉnh Lào Cai".

    Raises ChidaoError for a name that is no province.
    """
    if home is None:
        return None
    jurisdiction = find_province(home)
    if jurisdiction is None:
        raise ChidaoError(f"no province or city is called {home!r}")
    return province(jurisdiction)


_LEGAL = frozenset(
    [
        "Hiến pháp",
        "Bộ luật",
        "Luật",
        "Pháp lệnh",
        "Lệnh",
        "Nghị định",
        "Thông tư",
        "Thông tư liên tịch",
        "Văn bản hợp nhất",
    ]
)


@dataclass(frozen=True, slots=True)
class Given:
    """What stands beside a text that has no heading of its own: a register's columns, with the finder that its rows share."""

    heading: Heading
    place: Place | None
    finder: BodyFinder


class Reading:
    """One text read layer by layer; each layer is made when it is first asked for, and once.

    `home` is the place of a document that does not say its own; `given` what is known of it without its text.
    """

    def __init__(self, text: str, home: Place | None = None, given: Given | None = None) -> None:
        self.source_text = text
        self.declared_home = home
        self.given = given

    @cached_property
    def _composed(self) -> tuple[str, list[tuple[int, int]]]:
        return compose(self.source_text)

    @cached_property
    def layout(self) -> Layout:
        return read_layout(self.source_text, self._composed)

    @cached_property
    def _heading(self) -> tuple[Heading, Place | None]:
        if self.given:
            return self.given.heading, self.given.place
        return read_heading(self._composed[0], self.declared_home)

    @property
    def heading(self) -> Heading:
        return self._heading[0]

    @cached_property
    def finder(self) -> BodyFinder:
        return self.given.finder if self.given else BodyFinder(self._heading[1])

    @cached_property
    def references(self) -> list[Reference]:
        h = self.heading
        # A number with nothing else of a heading is a passage that begins with "số 11-NQ/TW ngày …".
        own = f"{h.number} {h.symbol}" if h.number and (h.type or h.issuer or h.place) else None
        return find_references(self.layout, self.finder, own)

    @cached_property
    def back_references(self) -> list[Reference]:
        return find_anaphora(self.layout, self.references, self.heading)

    @cached_property
    def bodies(self) -> list[BodyMention]:
        return self.finder.find(self.layout.text, [(f.start, f.end) for f in self.references])

    @cached_property
    def passage(self) -> Passage:
        """What the rules of statements read."""
        return Passage(self.layout, self.references, self.heading)

    @cached_property
    def relations(self) -> list[Relation]:
        """In reading offsets, between indices of `references`."""
        return find_relations(self.passage)

    @cached_property
    def actions(self) -> list[Action]:
        """In reading offsets, about indices of `references`."""
        legal = self.heading.type in _LEGAL
        return find_actions(self.passage, self.bodies, self.relations, legal=legal)

    @cached_property
    def issued_references(self) -> list[Reference]:
        """The references, with the issuers that only the verbs before them name."""
        return find_issuers(self.passage, self.bodies, self.actions)

    @cached_property
    def tasks(self) -> list[Task]:
        """In reading offsets, those of tables left out: `table_tasks` has them."""
        _, spans = self._tables
        found = find_tasks(self.layout, self.heading, self.finder)
        if not spans:
            return found
        where = [(self.layout.source(a.start), a) for a in found]
        return [a for start, a in where if not any(self.source_of(b) <= start < self.source_of(e) for b, e in spans)]

    @cached_property
    def _tables(self) -> tuple[list[Task], list[tuple[int, int]]]:
        return find_table_tasks(self._composed[0], self.heading, self.finder)

    @property
    def table_tasks(self) -> list[Task]:
        """The tasks of tables, whose lines the reading text heals: in offsets of the composed text."""
        return self._tables[0]

    def source_of(self, offset: int) -> int:
        """The source offset of a character of the composed text."""
        pieces = self._composed[1]
        at, source = pieces[bisect_right(pieces, (offset, len(self.source_text))) - 1]
        return source + offset - at

    @cached_property
    def suspicions(self) -> list[Suspicion]:
        return find_suspicions(self.layout, self.references)


def extract_text(source: Source, home: str | None = None) -> Facts:
    """All facts of one source. `home` names the jurisdiction of a document that does not say its own."""
    return facts_of(source, Reading(source.text, home_place(home)))


def facts_of(source: Source, reading: Reading) -> Facts:
    """The layers of a reading as facts, with offsets into the source."""
    layout = reading.layout
    writer = _Writer(source, layout)
    cited = [*reading.issued_references, *reading.back_references]
    order = sorted(range(len(cited)), key=lambda i: (layout.source(cited[i].start), -cited[i].end))
    place = {old: new for new, old in enumerate(order)}
    references = tuple(writer.reference(cited[i], place) for i in order)
    mentions = sorted((writer.body(b) for b in reading.bodies), key=lambda b: b.start)
    relations = [writer.relation(r, place) for r in reading.relations]
    actions = [writer.action(a, place) for a in reading.actions]
    relations.sort(key=lambda r: r.start)
    actions.sort(key=lambda a: a.start)
    tasks = [_placed(t, writer.span(t.start, t.end), writer.sentence(t.start)) for t in reading.tasks]
    for t in reading.table_tasks:
        start, end = reading.source_of(t.start), reading.source_of(t.end - 1) + 1
        # A table's row is its own evidence, since the reading text may run rows together.
        tasks.append(_placed(t, (start, end, source.text[start:end]), writer.passage(start, end)))
    doubts = [writer.suspicion(s) for s in reading.suspicions]
    return Facts(
        source, reading.heading, tuple(writer.sentences), references, tuple(mentions), tuple(relations), tuple(actions),
        tuple(sorted(tasks, key=lambda t: t.start)), tuple(sorted(doubts, key=lambda d: d.start)),
    )  # fmt: skip


def _placed(task: Task, span: tuple[int, int, str], sentence: int) -> Task:
    start, end, text = span
    return replace(task, start=start, end=end, text=text, sentence=sentence)
