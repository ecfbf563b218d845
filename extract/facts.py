"""One source to its facts: the layers in order, each a function of the layers before it.

A pure function of the text, the declared home and the tables, so its result can be kept by content hash and `RULES`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from inspect import signature
from operator import attrgetter
from typing import Any

from chidao.extract.heading.called_short import called_short
from chidao.extract.heading.heading import is_of_a_person, read_heading
from chidao.extract.heading.introduced import fill_introduced, find_introduction
from chidao.extract.heading.saved_page import SavedPage, page_disagrees, read_page
from chidao.extract.language.jurisdictions import Place, home_place
from chidao.extract.language.order import in_order
from chidao.extract.language.organs import organs
from chidao.extract.language.patterns import TERM
from chidao.extract.language.symbols import issuer_part
from chidao.extract.mentions.anaphora import find_anaphora, mentioned
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.in_rows import read_rows
from chidao.extract.mentions.in_titles import bodies_in_titles, read_in_titles
from chidao.extract.mentions.own_name import in_full, issued_itself
from chidao.extract.mentions.provisions import Clause, read_clauses
from chidao.extract.mentions.references import find_references
from chidao.extract.mentions.suspicions import find_suspicions
from chidao.extract.mentions.title_text import clean_title
from chidao.extract.model import (
    DOUBTED,
    SELF,
    Action,
    Amendment,
    BodyMention,
    Delegation,
    Division,
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
from chidao.extract.placing import Placing
from chidao.extract.reading.composed import Composed, compose
from chidao.extract.reading.layout import Layout, read_layout
from chidao.extract.statements.actions.actions import find_actions
from chidao.extract.statements.actions.actors import Actors
from chidao.extract.statements.actions.issued import find_issuers
from chidao.extract.statements.law.amendments import find_amendments
from chidao.extract.statements.law.delegations import find_delegations, find_fulfilments
from chidao.extract.statements.law.divisions import find_divisions
from chidao.extract.statements.law.ended_lists import Listed, find_listed, with_listed
from chidao.extract.statements.law.endings import limited
from chidao.extract.statements.law.force import find_force
from chidao.extract.statements.law.reported import find_reported
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.relations import find_relations
from chidao.extract.statements.task_tables.tables import find_table_tasks
from chidao.extract.statements.tasks.tasks import find_tasks
from chidao.ontology.authority import types_of

Tables = tuple[list[Task], list[Span]]
"""Tasks of tables, and the spans of those tables."""


class Reading:
    """One text read layer by layer; each layer is made when it is first asked for, and once, by its function of `LAYERS`.

    `home` is the place of a document that does not say its own. A layer that is `given` stands for the one that would be made: a
    register's columns give a heading.
    """

    text: str
    home: Place | None
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
    actors: Actors
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

    def make(self) -> None:
        """Make all layers, in their order: whoever wants them all need not ask for each."""
        made = self.__dict__
        for name, needs in _NEEDS.items():
            if name not in made:
                made[name] = _MAKERS[name](*map(made.__getitem__, needs))


class _Layer:
    """What stands in `Reading` for a layer that is not there yet; the layer itself, once made, is found before it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, reading: Reading, _: type[Reading]) -> Any:
        """Make the layer, from the layers that its function names."""
        layer = _MAKERS[self.name](*[getattr(reading, before) for before in _NEEDS[self.name]])
        reading.__dict__[self.name] = layer
        return layer


def _page(text: str) -> tuple[Composed, SavedPage]:
    """The text as composed, and the document inside it where it is a saved web page; the rest is blanks."""
    composed = compose(text)
    return composed, read_page(composed.text)


def _composed(page: tuple[Composed, SavedPage]) -> Composed:
    return Composed(page[1].text, page[0].pieces)


def _layout(composed: Composed) -> Layout:
    return read_layout(composed)


def _headed(composed: Composed, home: Place | None, page: tuple[Composed, SavedPage]) -> tuple[Heading, Place | None]:
    """The heading, its places in composed offsets, and the place whose "Thành phố" and "Tỉnh ủy" the document means."""
    headed = read_heading(composed.text, home, page[1])
    shown = find_introduction(composed.text)
    if shown is None:
        return headed
    said = Reading(composed.text[: shown.end], home)  # an introduction is a text of its own
    source, end = said.layout.source, said.layout.source_end
    references = [
        replace(
            r, start=source(r.start), end=end(r.end), extent=end(r.extent) if r.extent > 0 else -1,
            title_start=source(r.title_start) if r.title_start >= 0 else -1,
        )
        for r in said.issued_references
    ]  # fmt: skip
    return fill_introduced(headed, shown, references, home)


def _heading(headed: tuple[Heading, Place | None], composed: Composed, layout: Layout) -> Heading:
    def reading(span: Span) -> Span:
        return layout.reading(composed.source(span[0])), layout.reading(composed.source(span[1] - 1)) + 1

    return _moved(headed[0], reading)


def _finder(headed: tuple[Heading, Place | None]) -> BodyFinder:
    return BodyFinder(headed[1], headed[0].date)


def _references(composed: Composed, layout: Layout, finder: BodyFinder, heading: Heading) -> list[Reference]:
    # A number with nothing else of a heading is a passage that begins with "số 11-NQ/TW ngày …".
    headed = heading.number and (heading.type or heading.issuer or heading.place)
    own = f"{heading.number} {heading.symbol}" if headed else None
    # what is cited by its name, as it stands at its own head: a law, or what a congress decides ("NGHỊ QUYẾT" / "ĐẠI HỘI …")
    itself = heading.type in types_of("statute") or (heading.type == "Nghị quyết" and not heading.number)
    statute = heading.places.type if itself else None
    found = find_references(layout, finder, own, statute[0] if statute else -1)
    found = read_rows(composed.text, lambda at: layout.reading(composed.source(at)), layout, found, finder)
    own_left_out = [r for r in found if r.kind != "numbered" or not _is_own(r, heading)]
    return [_of_own(r, heading, layout.text) for r in called_short(own_left_out, heading, layout.text, finder)]


def _of_own(found: Reference, heading: Heading, text: str) -> Reference:
    """The reference with its issuer in full where that is the document's own, called short; its title ends with the document's own."""
    begin, end = heading.places.title or (0, 0)
    beyond = begin <= found.start < end < found.extent and begin <= found.title_start < end
    if beyond and text[end : found.extent].strip(" *_"):
        found = replace(found, title=clean_title(text[found.title_start : end]), extent=end)
    if found.issuer is None and found.symbol and heading.symbol and issued_itself(text, found.start, heading.issuer):
        alike = issuer_part(found.symbol) == issuer_part(heading.symbol)
        return (
            replace(found, issuer=heading.issuer, issuer_key=heading.issuer_key, scope=heading.scope)
            if alike
            else found
        )
    full = in_full(found.issuer, heading.issuer) if found.issuer and not found.issuer_key else None
    if full is None:
        return found
    own = full == heading.issuer
    return replace(
        found, issuer=full, issuer_key=heading.issuer_key if own else None, scope=heading.scope if own else found.scope
    )


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
    return bodies_in_titles(layout.text, references, _of_issuer(found, heading, layout.text), finder)


def _of_issuer(found: list[BodyMention], heading: Heading, text: str) -> list[BodyMention]:
    """ "HỘI NÔNG DÂN VIỆT NAM / BAN CHẤP HÀNH TRUNG ƯƠNG": the issuer's organ on a line of its own, and what it calls so, is not the other
    body of that name, of which it would speak as "Ban Chấp hành Trung ương Đảng", "… (khóa XIII)"."""
    span, issuer, key = heading.places.issuer, heading.issuer, heading.issuer_key
    if span is None or issuer is None or key is None:
        return found
    return [
        replace(b, name=issuer, key=key, scope=heading.scope)
        if issuer.startswith(f"{b.name} ")
        and span[0] < b.start
        and (b.end == span[1] or (b.name.lower() in organs() and not _OF_THE_PARTY.match(text, b.end)))
        else b
        for b in found
    ]


_OF_THE_PARTY = re.compile(rf"\s+Đảng(?!\w)|\s*,?\s*\(?\s*{TERM}(?!\w)", re.IGNORECASE)


def _passage(
    layout: Layout, references: list[Reference], heading: Heading, back_references: list[Reference]
) -> Passage:
    return Passage(layout, references, heading, back_references)


def _relations(passage: Passage) -> list[Relation]:
    """Between indices of the references."""
    return find_relations(passage)


def _actors(layout: Layout, bodies: list[BodyMention]) -> Actors:
    return Actors(layout, bodies)


def _actions(passage: Passage, actors: Actors, relations: list[Relation]) -> list[Action]:
    if not passage.references:
        return []
    return find_actions(passage, actors, relations, legal=passage.heading.type in types_of("legal"))


def _issued_references(passage: Passage, actors: Actors, actions: list[Action], finder: BodyFinder) -> list[Reference]:
    """The references, with the issuers that only the verbs before them name."""
    issued = find_issuers(passage, actors, actions)
    return read_in_titles(passage.layout.text, passage.references, issued, finder)


def _tables(composed: Composed, heading: Heading, finder: BodyFinder) -> Tables:
    """The tasks of tables, whose lines the reading text heals, and where the tables stand: in composed offsets."""
    return find_table_tasks(composed.text, heading, finder)


def _tasks(layout: Layout, heading: Heading, finder: BodyFinder, tables: Tables, composed: Composed) -> list[Task]:
    """The tasks of the running text."""
    if not (heading.type or heading.issuer) and is_of_a_person(layout.text):
        return []
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
    return read_clauses(passage.layout, passage.references, amended[0] if one else None, passage.heading.type)


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
    _page, _composed, _layout, _headed, _heading, _finder, _references, _back_references, _bodies, _passage, _relations, _actors, _actions,
    _issued_references, _tables, _tasks, _suspicions, _divided, _clauses, _notes, _provisions, _amendments,
    _reported, _listed, _force, _delegations, _fulfilments, _divisions, _told_relations,
)  # fmt: skip
"""The layers in order: each is a function of the ones before it, which its parameters name, and changes none of them. All
offsets are into the reading text but where a layer says otherwise."""
_MAKERS = {make.__name__.removeprefix("_"): make for make in LAYERS}
_NEEDS = {name: tuple(signature(make).parameters) for name, make in _MAKERS.items()}
for _name in _MAKERS:
    setattr(Reading, _name, _Layer(_name))


def _moved(heading: Heading, to: Callable[[Span], Span]) -> Heading:
    """The heading with its places as `to` gives them; that of a passage has none."""
    places = _PLACES(heading.places)
    return replace(heading, places=HeadingPlaces(*(at and to(at) for at in places))) if any(places) else heading


_START = attrgetter("start")
_PLACES = attrgetter(*(f.name for f in fields(HeadingPlaces)))


def extract_text(source: Source, home: str | None = None) -> Facts:
    """Return all facts of one source. `home` names the jurisdiction of a document that does not say its own."""
    return facts_of(source, Reading(source.text, home_place(home)))


def facts_of(source: Source, reading: Reading) -> Facts:
    """Return the layers of a reading as facts, with offsets into the source."""
    reading.make()
    layout = reading.layout
    placing = Placing(source, layout)
    cited = [*reading.issued_references, *mentioned(reading.back_references)]
    places = [(layout.source(f.start), -f.end) for f in cited]
    order = sorted(range(len(cited)), key=places.__getitem__)
    place = {old: new for new, old in enumerate(order)}
    references = tuple([placing.reference(cited[i], place) for i in order])
    mentions = sorted([placing.body(b) for b in reading.bodies], key=_START)
    relations = [placing.relation(r, place) for r in reading.told_relations]
    actions = [placing.action(a, place) for a in reading.actions]
    relations.sort(key=_START)
    actions.sort(key=_START)
    tasks = [_placed(t, placing.span(t.start, t.end), placing.sentence(t.start)) for t in reading.tasks]
    for t in reading.tables[0]:
        start, end = reading.composed.source(t.start), reading.composed.source(t.end - 1) + 1
        # A table's row is its own evidence, since the reading text may run rows together.
        tasks.append(_placed(t, (start, end, source.text[start:end]), placing.passage(start, end)))
    doubts = [placing.suspicion(s) for s in reading.suspicions]
    for s in page_disagrees(reading.heading, reading.page[1]):
        start, end = reading.composed.source(s.start), reading.composed.source(s.end - 1) + 1
        doubts.append(replace(s, start=start, end=end, text=source.text[start:end]))
    provisions = tuple(placing.provision(p, place) for p in reading.provisions)
    amendments = tuple(placing.law(a, place) for a in reading.amendments if not a.apart)
    reported = tuple(placing.reported(c, place) for c in reading.reported)
    force = tuple(placing.law(f, place) for f in reading.force)
    delegations = tuple(placing.law(d, place) for d in reading.delegations)
    fulfilments = tuple(placing.law(f, place) for f in reading.fulfilments)
    divisions = tuple([placing.division(d) for d in reading.divisions])
    heading = _moved(reading.heading, lambda span: (layout.source(span[0]), layout.source_end(span[1])))
    doubts += doubted_figures(source, heading)
    facts = Facts(
        source, heading, tuple(placing.sentences), references, tuple(mentions), tuple(relations), tuple(actions),
        tuple(sorted(tasks, key=_START)), tuple(sorted(doubts, key=_START)), None, provisions, amendments, force,
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
