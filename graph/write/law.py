"""What files say of law itself as quads: provisions and their mentions, a document's own divisions, force, amendments, delegations.

A provision is an eli:LegalResourceSubdivision at `<document>/dieu-5/khoan-1`, part of the next larger one and these of the document. A
range is each of its members, where its numbers tell which these are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad

from chidao.extract.language.provision_paths import members, path_words
from chidao.extract.model import (
    SELF,
    Amendment,
    Delegation,
    Excerpt,
    File,
    Force,
    Fulfilment,
    Provision,
    ReportedChange,
)
from chidao.graph.write.terms import (
    LABEL,
    TYPE,
    Adder,
    Names,
    Term,
    as_node,
    concept,
    date_literal,
    integer_literal,
    place_of,
    term,
    vietnamese,
)
from chidao.ontology import vocabulary as v

_PATH = re.compile(r"(?:phan|phu-luc|mau|chuong|muc|tieu-muc|dieu|khoan|diem|tiet)(?:-|$)")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Said = Provision | Amendment | ReportedChange | Force | Delegation | Fulfilment


def law_quads(names: Names, file: File, add: Adder) -> Iterator[Quad]:
    """Yield what one file says of law: each provision that it names, once, and what it says of them."""
    return _Writer(names, file, add).quads()


class _Writer:
    """Writes the law of one file; knows which provisions stand in the graph already."""

    def __init__(self, names: Names, file: File, add: Adder) -> None:
        self.names, self.file, self.add = names, file, add
        self.place = place_of(file.facts)
        self.known: set[NamedNode] = set()
        self.own = names.document(file.own or "")

    def quads(self) -> Iterator[Quad]:
        facts = self.file.facts
        if not self.file.own:  # nobody says so
            return
        yield from self._own()
        for i, mention in enumerate(facts.provisions):
            yield from self._mention(i, mention)
        for i, force in enumerate(facts.force):
            yield from self._force(i, force)
        for i, amendment in enumerate(facts.amendments):
            yield from self._amendment(i, amendment)
        for i, change in enumerate(facts.reported):
            yield from self._reported(i, change)
        for i, delegation in enumerate(facts.delegations):
            yield from self._delegation(i, delegation)
        for i, fulfilment in enumerate(facts.fulfilments):
            yield from self._fulfilment(i, fulfilment)

    def _document(self, index: int) -> NamedNode | None:
        key = self.file.own if index == SELF else self.file.documents[index]
        return self.names.document(key) if key else None

    def _provision(self, document: NamedNode, path: str) -> Iterator[Quad]:
        """Yield what a provision is, and what the larger ones are that it is part of, where the file has not said so yet."""
        node = self.names.provision(document, path)
        if node in self.known:
            return
        self.known.add(node)
        above = path.rpartition("/")[0]
        yield self.add(node, TYPE, as_node(v.ELI.LegalResourceSubdivision))
        yield self.add(node, LABEL, vietnamese(path_words(path)))
        yield self.add(node, term("path"), Literal(path))
        yield self.add(node, term("provisionOf"), document)
        yield self.add(node, as_node(v.ELI.is_part_of), self.names.provision(document, above) if above else document)
        if above:
            yield from self._provision(document, above)

    def _named(self, subject: NamedNode, predicate: NamedNode, document: NamedNode, path: str) -> Iterator[Quad]:
        """Yield an edge to each provision that a path names."""
        for member in members(path):
            yield from self._provision(document, member)
            yield self.add(subject, predicate, self.names.provision(document, member))

    def _own(self) -> Iterator[Quad]:
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

    def _said(self, kind: str, class_: str, i: int, said: Said) -> tuple[NamedNode, list[Quad]]:
        """The node of what a file says, with its class, words, place, sentence and rule."""
        node = self.names.part(self.place, kind, i)
        rows: list[tuple[NamedNode, Term]] = [
            (TYPE, term(class_)),
            (term("text"), vietnamese(" ".join(said.text.split()))),
            (term("start"), integer_literal(said.start)),
            (term("end"), integer_literal(said.end)),
            (term("rule"), Literal(said.rule)),
            (term("sentence"), self.names.part(self.place, "sentence", said.sentence)),
        ]
        rows.append((term("saidBy"), self.own))
        return node, [self.add(node, predicate, value) for predicate, value in rows]

    def _mention(self, i: int, mention: Provision) -> Iterator[Quad]:
        if (document := self._document(mention.document)) is None:
            return
        node, common = self._said("provision", "ProvisionMention", i, mention)
        yield from common
        yield from self._named(node, term("mentionsProvision"), document, mention.path)

    @cached_property
    def _base(self) -> int:
        """The document whose force the file's own clause tells of: of a consolidated text that which it consolidates."""
        said = self.file.facts.relations
        return next((r.object for r in said if r.predicate == "consolidates" and r.subject == SELF), SELF)

    def _force(self, i: int, force: Force) -> Iterator[Quad]:
        if (document := self._document(self._base if force.document == SELF else force.document)) is None:
            return
        node, common = self._said("force", "ForceEvent", i, force)
        yield from common
        yield self.add(node, term("forceOf"), document)
        yield self.add(node, term("forceKind"), concept(v.force_concept(force.event)))
        for path in force.scope:
            yield from self._named(node, term("inScope"), document, path)
        for apart in force.apart:
            if _PATH.match(apart):
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

    def _amendment(self, i: int, amendment: Amendment) -> Iterator[Quad]:
        if (document := self._document(amendment.document)) is None:
            return
        node, common = self._said("amendment", "Amendment", i, amendment)
        yield from common
        yield from self._changed(node, self.own, document, amendment)

    def _reported(self, i: int, change: ReportedChange) -> Iterator[Quad]:
        """A change that a consolidated text's note reports: of its base, by another document."""
        base, by = self._document(change.base), self._document(change.by)
        if base is None or by is None:
            return
        node, common = self._said("reported", "Amendment", i, change)
        yield from common
        yield from self._changed(node, by, base, change)
        if change.by_path:
            yield from self._named(node, term("amendedByProvision"), by, change.by_path)

    def _changed(
        self, node: NamedNode, by: NamedNode, document: NamedNode, change: Amendment | ReportedChange
    ) -> Iterator[Quad]:
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

    def _delegation(self, i: int, delegation: Delegation) -> Iterator[Quad]:
        if (document := self._document(delegation.document)) is None:
            return
        node, common = self._said("delegation", "Delegation", i, delegation)
        yield from common
        yield self.add(node, term("delegatedIn"), document)
        if delegation.path:
            yield from self._named(node, term("delegatedProvision"), document, delegation.path)
        if delegation.delegate_key:
            yield self.add(node, term("delegate"), self.names.body(delegation.delegate_key))
        yield self.add(node, term("delegateName"), vietnamese(delegation.delegate))

    def _fulfilment(self, i: int, fulfilment: Fulfilment) -> Iterator[Quad]:
        if (document := self._document(fulfilment.document)) is None:
            return
        node, common = self._said("fulfilment", "Fulfilment", i, fulfilment)
        yield from common
        yield self.add(node, term("detailedDocument"), document)
        if not fulfilment.path:
            yield self.add(self.own, term("details"), document)
            return
        yield from self._named(node, term("detailedProvision"), document, fulfilment.path)
        for member in members(fulfilment.path):
            yield self.add(self.own, term("details"), self.names.provision(document, member))
