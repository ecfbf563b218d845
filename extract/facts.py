"""One source to its facts: the layers in order, each a function of the layers before it.

A pure function of the text, the declared home and the tables, so its result can be kept by content hash and `RULES`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from inspect import signature
from operator import attrgetter
from typing import Any, TypeVar

from chidao.extract.errors import ChidaoError
from chidao.extract.heading.heading import read_heading
from chidao.extract.heading.saved_page import SavedPage, page_disagrees, read_page
from chidao.extract.language.jurisdictions import Place, find_province, province
from chidao.extract.language.order import in_order
from chidao.extract.mentions.anaphora import find_anaphora
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.in_titles import bodies_in_titles, read_in_titles
from chidao.extract.mentions.provisions import Clause, read_clauses
from chidao.extract.mentions.references import find_references
from chidao.extract.mentions.suspicions import find_suspicions
from chidao.extract.model import (
    DOUBTED,
    SELF,
    Action,
    Amendment,
    BodyMention,
    Delegation,
    Division,
    Excerpt,
    Facts,
    Force,
    Fulfilment,
    Heading,
    HeadingPlaces,
    Provision,
    Reference,
    Relation,
    ReportedChange,
    Source,
    Span,
    Suspicion,
    Task,
)
from chidao.extract.reading.composed import Composed, compose
from chidao.extract.reading.layout import Layout, read_layout
from chidao.extract.statements.actions import find_actions, find_issuers
from chidao.extract.statements.law.amendments import find_amendments
from chidao.extract.statements.law.delegations import find_delegations, find_fulfilments
from chidao.extract.statements.law.divisions import find_divisions
from chidao.extract.statements.law.ended_lists import ROW, Listed, find_listed, with_listed
from chidao.extract.statements.law.endings import limited
from chidao.extract.statements.law.force import find_force
from chidao.extract.statements.law.reported import find_reported
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.relations import find_relations
from chidao.extract.statements.task_tables import find_table_tasks
from chidao.extract.statements.tasks import find_tasks
from chidao.ontology.authority import types_of

Tables = tuple[list[Task], list[Span]]
"""Tasks of tables, and the spans of those tables."""
Law = TypeVar("Law", Amendment, Force, Delegation, Fulfilment)
RULES = "25"
"""Raised with every change that makes the same text give other facts; kept results of another version are not used."""


_LABEL = re.compile(
    r"\s*(?:(?:Điều|Khoản|Mục|Chương|Phần)\s+)?(?:[0-9]{1,3}|[IVXLC]{1,5})[a-zđ]?\s*[.:)]?\s*", re.IGNORECASE
)

_MOST_LABELS = 8
"""Labels that stand before what they label: a chapter's, a section's, an article's …"""
_LONGEST = 4000
"""Characters of the words that say one thing."""


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
        start, end, text = self.span(b.start, b.end)
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
        return Division(*self.span(d.start, d.end)[:2], d.text, d.path, d.heading, d.within)

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
        for _ in range(_MOST_LABELS):
            if end == len(self.layout.text) or not _LABEL.fullmatch(self.layout.text, start, end):
                break
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


def home_place(home: str | None) -> Place | None:
    """Return the place of a declared home: "Hà Nội", "tỉnh Lào Cai".

    Raises ChidaoError for a name that is no province.
    """
    if home is None:
        return None
    jurisdiction = find_province(home)
    if jurisdiction is None:
        raise ChidaoError(f"no province or city is called {home!r}")
    return province(jurisdiction)


class Reading:
    """One text read layer by layer; each layer is made when it is first asked for, and once, by its function of `LAYERS`.

    `home` is the place of a document that does not say its own. A layer that is `given` stands for the one that would be made: a
    register's columns give a heading.
    """

    page: tuple[Composed, SavedPage]
    composed: Composed
    layout: Layout
    headed: tuple[Heading, Place | None]
    heading: Heading
    finder: BodyFinder
    references: list[Reference]
    back_references: list[Reference]
    bodies: list[BodyMention]
    passage: Passage
    relations: list[Relation]
    actions: list[Action]
    issued_references: list[Reference]
    tables: Tables
    tasks: list[Task]
    suspicions: list[Suspicion]
    divided: tuple[list[Clause], list[Clause]]
    clauses: list[Clause]
    notes: list[Clause]
    provisions: list[Provision]
    amendments: list[Amendment]
    reported: list[ReportedChange]
    listed: Listed
    force: list[Force]
    delegations: list[Delegation]
    fulfilments: list[Fulfilment]
    divisions: list[Division]
    told_relations: list[Relation]

    def __init__(self, text: str, home: Place | None = None, **given: Any) -> None:
        self.__dict__ |= {"text": text, "home": home, **given}

    def __getattr__(self, name: str) -> Any:
        """Make the layer that is not there yet, from the layers that its function names."""
        make = _MAKERS.get(name)
        if make is None:
            raise AttributeError(name)
        made = self.__dict__
        layer = make(*[made[before] if before in made else getattr(self, before) for before in _NEEDS[name]])
        made[name] = layer
        return layer


def _page(text: str) -> tuple[Composed, SavedPage]:
    """The text as composed, and the document inside it where it is a saved web page; the rest is blanks."""
    composed = compose(text)
    return composed, read_page(composed.text)


def _composed(page: tuple[Composed, SavedPage]) -> Composed:
    return replace(page[0], text=page[1].text)


def _layout(composed: Composed) -> Layout:
    return read_layout(composed)


def _headed(composed: Composed, home: Place | None, page: tuple[Composed, SavedPage]) -> tuple[Heading, Place | None]:
    """The heading, its places in composed offsets, and the place whose "Thành phố" and "Tỉnh ủy" the document means."""
    return read_heading(composed.text, home, page[1])


def _heading(headed: tuple[Heading, Place | None], composed: Composed, layout: Layout) -> Heading:
    def reading(span: Span) -> Span:
        return layout.reading(composed.source(span[0])), layout.reading(composed.source(span[1] - 1)) + 1

    return _moved(headed[0], reading)


def _finder(headed: tuple[Heading, Place | None]) -> BodyFinder:
    return BodyFinder(headed[1])


def _references(layout: Layout, finder: BodyFinder, heading: Heading) -> list[Reference]:
    # A number with nothing else of a heading is a passage that begins with "số 11-NQ/TW ngày …".
    headed = heading.number and (heading.type or heading.issuer or heading.place)
    found = find_references(layout, finder, f"{heading.number} {heading.symbol}" if headed else None)
    return [r for r in found if r.kind != "numbered" or not _is_own(r, heading)]


def _is_own(found: Reference | Suspicion, heading: Heading) -> bool:
    """Is it the number that the heading states? A number with nothing else of a heading is that of a passage."""
    own = heading.places.number if heading.type or heading.issuer or heading.place else None
    return own is not None and found.start < own[1] and own[0] < found.end


def _back_references(layout: Layout, references: list[Reference], heading: Heading) -> list[Reference]:
    return find_anaphora(layout, references, heading)


def _bodies(layout: Layout, finder: BodyFinder, references: list[Reference], heading: Heading) -> list[BodyMention]:
    spans = [(f.start, f.end) for f in references]
    own = [heading.places.number] if heading.places.number else []
    found = finder.find(layout.text, sorted([*spans, *own]), layout.low)
    return bodies_in_titles(layout.text, references, found, finder)


def _passage(layout: Layout, references: list[Reference], heading: Heading) -> Passage:
    return Passage(layout, references, heading)


def _relations(passage: Passage) -> list[Relation]:
    """Between indices of the references."""
    return find_relations(passage)


def _actions(passage: Passage, bodies: list[BodyMention], relations: list[Relation]) -> list[Action]:
    return find_actions(passage, bodies, relations, legal=passage.heading.type in types_of("legal"))


def _issued_references(
    passage: Passage, bodies: list[BodyMention], actions: list[Action], finder: BodyFinder
) -> list[Reference]:
    """The references, with the issuers that only the verbs before them name."""
    issued = find_issuers(passage, bodies, actions)
    return read_in_titles(passage.layout.text, passage.references, issued, finder)


def _tables(composed: Composed, heading: Heading, finder: BodyFinder) -> Tables:
    """The tasks of tables, whose lines the reading text heals, and where the tables stand: in composed offsets."""
    return find_table_tasks(composed.text, heading, finder)


def _tasks(layout: Layout, heading: Heading, finder: BodyFinder, tables: Tables, composed: Composed) -> list[Task]:
    """The tasks of the running text."""
    spans = [(composed.source(start), composed.source(end)) for start, end in tables[1]]

    def in_table(at: int) -> bool:
        i = bisect_right(spans, at, key=lambda span: span[0]) - 1
        return i >= 0 and at < spans[i][1]

    return [task for task in find_tasks(layout, heading, finder) if not in_table(layout.source(task.start))]


def _suspicions(layout: Layout, references: list[Reference], heading: Heading) -> list[Suspicion]:
    return [s for s in find_suspicions(layout, references) if not _is_own(s, heading)]


def _divided(passage: Passage, relations: list[Relation]) -> tuple[list[Clause], list[Clause]]:
    """Paragraphs with the provisions that they name, and footnotes; of an act whose title amends one document, bare ones are its."""
    amended = [r.object for r in relations if r.subject == SELF and r.predicate == "amends" and r.object >= 0]
    one = bool(amended) and all(passage.same(amended[0], i) for i in amended)
    return read_clauses(passage.layout, passage.references, amended[0] if one else None)


def _clauses(divided: tuple[list[Clause], list[Clause]]) -> list[Clause]:
    """The paragraphs of the body."""
    return divided[0]


def _notes(divided: tuple[list[Clause], list[Clause]]) -> list[Clause]:
    """The footnotes."""
    return divided[1]


def _provisions(clauses: list[Clause], notes: list[Clause]) -> list[Provision]:
    found = (p for clause in (*clauses, *notes) for named in clause.named for p in named.provisions)
    return sorted(found, key=lambda p: (p.start, p.end))


def _amendments(passage: Passage, clauses: list[Clause]) -> list[Amendment]:
    return find_amendments(passage, clauses)


def _reported(passage: Passage, notes: list[Clause], relations: list[Relation]) -> list[ReportedChange]:
    return find_reported(passage, notes, relations)


def _listed(composed: Composed, layout: Layout, passage: Passage) -> Listed:
    """What lists of ended documents say, whose cells stand as in the source."""
    return find_listed(composed.text, lambda at: layout.reading(composed.source(at)), passage)


def _force(
    passage: Passage, clauses: list[Clause], relations: list[Relation], amendments: list[Amendment], listed: Listed
) -> list[Force]:
    found = find_force(passage, clauses, relations, amendments)
    if not listed.spans:
        return found
    return sorted([*(f for f in found if not listed.hold(f.start)), *listed.force], key=lambda f: f.start)


def _delegations(passage: Passage, clauses: list[Clause], finder: BodyFinder) -> list[Delegation]:
    return find_delegations(passage, clauses, finder)


def _fulfilments(passage: Passage, clauses: list[Clause]) -> list[Fulfilment]:
    return find_fulfilments(passage, clauses)


def _divisions(layout: Layout, clauses: list[Clause]) -> list[Division]:
    return find_divisions(layout, clauses)


def _told_relations(relations: list[Relation], force: list[Force], passage: Passage, listed: Listed) -> list[Relation]:
    """The relations as they are told, with those of lists: what ends in part is not said to end whole."""
    return with_listed(limited(relations, force, passage), listed)


LAYERS: tuple[Callable[..., Any], ...] = (
    _page, _composed, _layout, _headed, _heading, _finder, _references, _back_references, _bodies, _passage, _relations, _actions,
    _issued_references, _tables, _tasks, _suspicions, _divided, _clauses, _notes, _provisions, _amendments,
    _reported, _listed, _force, _delegations, _fulfilments, _divisions, _told_relations,
)  # fmt: skip
"""The layers in order: each is a function of the ones before it, which its parameters name, and changes none of them. All
offsets are into the reading text but where a layer says otherwise."""
_MAKERS = {make.__name__.removeprefix("_"): make for make in LAYERS}
_NEEDS = {name: tuple(signature(make).parameters) for name, make in _MAKERS.items()}


def _moved(heading: Heading, to: Callable[[Span], Span]) -> Heading:
    """The heading with its places as `to` gives them."""
    return replace(heading, places=HeadingPlaces(*(at and to(at) for at in _PLACES(heading.places))))


_PLACES = attrgetter(*(f.name for f in fields(HeadingPlaces)))


def extract_text(source: Source, home: str | None = None) -> Facts:
    """Return all facts of one source. `home` names the jurisdiction of a document that does not say its own."""
    return facts_of(source, Reading(source.text, home_place(home)))


def facts_of(source: Source, reading: Reading) -> Facts:
    """Return the layers of a reading as facts, with offsets into the source."""
    layout = reading.layout
    writer = _Writer(source, layout)
    cited = [*reading.issued_references, *reading.back_references]
    order = sorted(range(len(cited)), key=lambda i: (layout.source(cited[i].start), -cited[i].end))
    place = {old: new for new, old in enumerate(order)}
    references = tuple(writer.reference(cited[i], place) for i in order)
    mentions = sorted((writer.body(b) for b in reading.bodies), key=lambda b: b.start)
    relations = [writer.relation(r, place) for r in reading.told_relations]
    actions = [writer.action(a, place) for a in reading.actions]
    relations.sort(key=lambda r: r.start)
    actions.sort(key=lambda a: a.start)
    tasks = [_placed(t, writer.span(t.start, t.end), writer.sentence(t.start)) for t in reading.tasks]
    for t in reading.tables[0]:
        start, end = reading.composed.source(t.start), reading.composed.source(t.end - 1) + 1
        # A table's row is its own evidence, since the reading text may run rows together.
        tasks.append(_placed(t, (start, end, source.text[start:end]), writer.passage(start, end)))
    doubts = [writer.suspicion(s) for s in reading.suspicions]
    for s in page_disagrees(reading.heading, reading.page[1]):
        start, end = reading.composed.source(s.start), reading.composed.source(s.end - 1) + 1
        doubts.append(replace(s, start=start, end=end, text=source.text[start:end]))
    provisions = tuple(writer.provision(p, place) for p in reading.provisions)
    amendments = tuple(writer.law(a, place) for a in reading.amendments if not a.apart)
    reported = tuple(writer.reported(c, place) for c in reading.reported)
    force = tuple(writer.law(f, place) for f in reading.force)
    delegations = tuple(writer.law(d, place) for d in reading.delegations)
    fulfilments = tuple(writer.law(f, place) for f in reading.fulfilments)
    divisions = tuple(writer.division(d) for d in reading.divisions)
    heading = _moved(reading.heading, lambda span: (layout.source(span[0]), layout.source_end(span[1])))
    doubts += doubted_figures(source, heading)
    facts = Facts(
        source, heading, tuple(writer.sentences), references, tuple(mentions), tuple(relations), tuple(actions),
        tuple(sorted(tasks, key=lambda t: t.start)), tuple(sorted(doubts, key=lambda d: d.start)), None, provisions, amendments, force,
        delegations, fulfilments, reported, divisions,
    )  # fmt: skip
    return in_order(facts, [(f.date, f.year) for f in references], (heading.date, heading.year))


def doubted_figures(source: Source, heading: Heading) -> Iterator[Suspicion]:
    """Yield the number and the day of a heading in which OCR was not sure of a figure."""
    for part, rule in DOUBTED.items():
        span = getattr(heading.places, part) if getattr(heading, part) else None
        sure = [percent for start, end, percent in source.doubts if span and start < span[1] and span[0] < end]
        if span and sure:
            text = source.text[span[0] : span[1]]
            yield Suspicion(span[0], span[1], text, f"{part} read by OCR, {min(sure)} % sure: to be confirmed", rule)


def _placed(task: Task, span: tuple[int, int, str], sentence: int) -> Task:
    start, end, text = span
    return Task(start, end, text, task.lead, task.support, task.deadline, task.deadline_text, sentence, task.rule)
