"""What files say of law itself as quads: provisions and their mentions, a document's own divisions, force, amendments, delegations.

A provision is an eli:LegalResourceSubdivision at `<document>/dieu-5/khoan-1`, part of the next larger one and these of the document. A
range is each of its members, where its numbers tell which these are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from chidao.extract.language.provision_paths import members, path_words, split_attached
from chidao.extract.model import SELF, Amendment, Delegation, Excerpt, Force, Fulfilment, Provision, ReportedChange
from chidao.extract.resolved import File
from chidao.graph.write.terms import (
    LABEL,
    TYPE,
    Adder,
    Names,
    Quadruple,
    as_node,
    concept,
    date_literal,
    integer_literal,
    place_of,
    reads,
    term,
    vietnamese,
)
from chidao.ontology import vocabulary as v

_PATH = re.compile(r"(?:phan|phu-luc|mau|chuong|muc|tieu-muc|dieu|khoan|diem|tiet)(?:-|$)")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Said = Provision | Amendment | ReportedChange | Force | Delegation | Fulfilment


def law_quads(names: Names, file: File, add: Adder) -> Iterator[Quadruple]:
    """Yield what one file says of law: each provision that it names, once, and what it says of them."""
    return _Writer(names, file, add).quads()


class _Writer:
    """Writes the law of one file; knows which provisions stand in the graph already."""

    def __init__(self, names: Names, file: File, add: Adder) -> None:
        self.names, self.file, self.add = names, file, add
        self.place = place_of(file.facts)
        self.known: set[NamedNode] = set()
        self.own = names.document(file.own or "")

    def quads(self) -> Iterator[Quadruple]:
        facts = self.file.facts
        if not self.file.own:  # nobody says so
            return
        yield from self._own()
        yield from self._each("provision", "ProvisionMention", facts.provisions, self._mention)
        yield from self._each("force", "ForceEvent", facts.force, self._force)
        yield from self._each("amendment", "Amendment", facts.amendments, self._amendment)
        yield from self._each("reported", "Amendment", facts.reported, self._reported)
        yield from self._each("delegation", "Delegation", facts.delegations, self._delegation)
        yield from self._each("fulfilment", "Fulfilment", facts.fulfilments, self._fulfilment)

    def _document(self, index: int) -> NamedNode | None:
        key = self.file.own if index == SELF else self.file.documents[index]
        return self.names.document(key) if key else None

    def _provision(self, document: NamedNode, path: str) -> Iterator[Quadruple]:
        """Yield what a provision is, and what the larger ones are that it is part of, where the file has not said so yet."""
        node = self.names.provision(document, path)
        if node in self.known:
            return
        self.known.add(node)
        above = path.rpartition("/")[0]
        yield self.add(node, LABEL, vietnamese(path_words(path)))
        yield self.add(node, term("path"), Literal(path))
        yield self.add(node, term("provisionOf"), document)
        yield self.add(node, as_node(v.ELI.is_part_of), self.names.provision(document, above) if above else document)
        if above:
            yield from self._provision(document, above)

    def _named(self, subject: NamedNode, predicate: NamedNode, document: NamedNode, path: str) -> Iterator[Quadruple]:
        """Yield an edge to each provision that a path names."""
        for member in members(path):
            yield from self._provision(document, member)
            yield self.add(subject, predicate, self.names.provision(document, member))

    def _own(self) -> Iterator[Quadruple]:
        """The document's own divisions, and which of them each sentence stands in."""
        facts = self.file.facts
        document, source = self.own, self.names.source(facts.source.sha256)
        for order, division in enumerate(facts.divisions):
            node = self.names.provision(document, division.path)
            yield from self._provision(document, division.path)
            if division.heading:
                yield self.add(node, as_node(v.ELI.title), vietnamese(division.heading))
            yield self.add(node, term("text"), vietnamese(division.text))
            if division.within:
                yield from self._provision(document, division.within)
                yield self.add(node, term("inDivision"), self.names.provision(document, division.within))
            yield self.add(node, term("order"), integer_literal(order))
            yield self.add(node, term("inSource"), source)
            yield self.add(node, term("start"), integer_literal(division.start))
            yield self.add(node, term("end"), integer_literal(division.end))
        starts = [division.start for division in facts.divisions]
        for i, sentence in enumerate(facts.sentences):
            if path := self._around(starts, sentence):
                node = self.names.part(self.place, "sentence", i)
                yield self.add(node, term("inProvision"), self.names.provision(document, path))
                yield self.add(node, term("provisionLabel"), vietnamese(path_words(path)))

    def _around(self, starts: list[int], sentence: Excerpt) -> str | None:
        """The path of the smallest division in which a sentence begins. A sentence may begin with the division's label."""
        at = bisect_right(starts, sentence.start) - 1
        divisions = self.file.facts.divisions
        while at >= 0 and divisions[at].end <= sentence.start:
            above = divisions[at].path.rpartition("/")[0]
            at = next((k for k in range(at - 1, -1, -1) if divisions[k].path == above), -1) if above else -1
        return divisions[at].path if at >= 0 else None

    def _each(
        self, kind: str, class_: str, said: Iterable[Said], more: Callable[..., Iterator[Quadruple]]
    ) -> Iterator[Quadruple]:
        """Yield the node of each thing that the file says, with its class, words, place, sentence and rule, and what `more` there is
        to it; nothing of what is said of a document that nobody could tell."""
        for i, fact in enumerate(said):
            documents = [self._document(index) for index in self._whose(fact)]
            if None in documents:
                continue
            node = self.names.part(self.place, kind, i)
            if class_ != "ProvisionMention":  # which follows from the provision that it mentions
                yield self.add(node, TYPE, term(class_))
            words = " ".join(fact.text.split())
            if not reads(self.file.facts, fact.sentence, fact.start, fact.end, words):
                yield self.add(node, term("text"), vietnamese(words))
            yield self.add(node, term("start"), integer_literal(fact.start))
            yield self.add(node, term("end"), integer_literal(fact.end))
            yield self.add(node, term("rule"), Literal(fact.rule))
            yield self.add(node, term("sentence"), self.names.part(self.place, "sentence", fact.sentence))
            yield self.add(node, term("saidBy"), self.own)
            yield from more(node, fact, *documents)

    def _whose(self, fact: Said) -> tuple[int, ...]:
        """The document that something is said of, and the one that changed it where that is another."""
        if isinstance(fact, ReportedChange):
            return fact.base, fact.by
        if isinstance(fact, Force) and fact.document == SELF:
            return (self._base,)
        return (fact.document,)

    def _mention(self, node: NamedNode, mention: Provision, document: NamedNode) -> Iterator[Quadruple]:
        yield from self._named(node, term("mentionsProvision"), document, mention.path)

    @cached_property
    def _base(self) -> int:
        """The document whose force the file's own clause tells of: of a consolidated text that which it consolidates."""
        said = self.file.facts.relations
        return next((r.object for r in said if r.predicate == "consolidates" and r.subject == SELF), SELF)

    def _force(self, node: NamedNode, force: Force, document: NamedNode) -> Iterator[Quadruple]:
        yield self.add(node, term("forceOf"), document)
        yield self.add(node, term("forceKind"), concept(v.force_concept(force.event)))
        for path in force.scope:
            yield from self._named(node, term("inScope"), document, path)
        for apart in force.apart:
            if _PATH.match(split_attached(apart)[1]):
                yield from self._named(node, term("notInScope"), document, apart)
            else:
                yield self.add(node, term("notInScopeText"), vietnamese(apart))
        if force.until:
            dated = _ISO.fullmatch(force.until) is not None
            yield self.add(
                node,
                term("until" if dated else "untilText"),
                date_literal(force.until) if dated else vietnamese(force.until),
            )
        if force.date:
            yield self.add(node, term("forceDate"), date_literal(force.date))
            if force.event == "in_force" and not force.scope:  # what is taken out takes effect on another day
                yield self.add(document, as_node(v.ELI.first_date_entry_in_force), date_literal(force.date))
            if force.event == "expires" and not force.scope and not force.apart:
                yield self.add(document, as_node(v.ELI.date_no_longer_in_force), date_literal(force.date))

    def _amendment(self, node: NamedNode, amendment: Amendment, document: NamedNode) -> Iterator[Quadruple]:
        yield from self._changed(node, self.own, document, amendment)

    def _reported(self, node: NamedNode, change: ReportedChange, base: NamedNode, by: NamedNode) -> Iterator[Quadruple]:
        """A change that a consolidated text's note reports: of its base, by another document."""
        yield from self._changed(node, by, base, change)
        if change.by_path:
            yield from self._named(node, term("amendedByProvision"), by, change.by_path)

    def _changed(
        self, node: NamedNode, by: NamedNode, document: NamedNode, change: Amendment | ReportedChange
    ) -> Iterator[Quadruple]:
        """What is changed by whom, and how."""
        yield self.add(node, term("amendedBy"), by)
        yield self.add(node, term("amendedDocument"), document)
        yield self.add(node, term("operation"), concept(v.operation_concept(change.operation)))
        if change.path:
            yield from self._named(node, term("amendedProvision"), document, change.path)
            for member in members(change.path):
                yield self.add(by, as_node(v.ELI.amends), self.names.provision(document, member))
        if change.date:
            yield self.add(node, term("forceDate"), date_literal(change.date))
        for name, words in (("oldText", change.old), ("newText", change.new)):
            if words is not None:
                yield self.add(node, term(name), vietnamese(words))

    def _delegation(self, node: NamedNode, delegation: Delegation, document: NamedNode) -> Iterator[Quadruple]:
        yield self.add(node, term("delegatedIn"), document)
        if delegation.path:
            yield from self._named(node, term("delegatedProvision"), document, delegation.path)
        if delegation.delegate_key:
            yield self.add(node, term("delegate"), self.names.body(delegation.delegate_key))
        yield self.add(node, term("delegateName"), vietnamese(delegation.delegate))

    def _fulfilment(self, node: NamedNode, fulfilment: Fulfilment, document: NamedNode) -> Iterator[Quadruple]:
        yield self.add(node, term("detailedDocument"), document)
        if not fulfilment.path:
            yield self.add(self.own, term("details"), document)
            return
        yield from self._named(node, term("detailedProvision"), document, fulfilment.path)
        for member in members(fulfilment.path):
            yield self.add(self.own, term("details"), self.names.provision(document, member))
