"""What people say by hand as quads, in a graph of its own: what was corrected, by whom, when and why, what stood there before, and what
became of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from pyoxigraph import Literal, NamedNode

from chidao.extract.language.letters import slug
from chidao.extract.resolved import Correction, Outcome
from chidao.graph.write.terms import LABEL, TYPE, Names, Quadruple, Term, as_node, escape, printable, term, vietnamese
from chidao.ontology import vocabulary as v

_MOMENT = NamedNode(str(v.XSD.dateTime))


def by_hand_quads(names: Names, outcomes: tuple[Outcome, ...]) -> Iterator[Quadruple]:
    """Yield every correction with its outcome."""
    for outcome in outcomes:
        yield from _outcome(names, outcome)


def _outcome(names: Names, outcome: Outcome) -> Iterator[Quadruple]:
    c, graph = outcome.correction, names.by_hand
    node = names.correction(c.id)
    said: list[tuple[NamedNode, Term | None]] = [
        (TYPE, term("Correction")),
        (LABEL, vietnamese(_label(c))),
        (term("correctionKind"), Literal(c.kind)),
        (term("correctionState"), Literal(outcome.state)),
        (term("reviewBecause"), _plain(outcome.why)),
        (term("readsNow"), _plain(outcome.now)),
        (term("correctedField"), _plain(c.field or c.fact)),
        (term("valueBefore"), _plain(c.old or c.told)),
        (term("valueAfter"), _plain(c.new or c.label if c.kind in ("relation", "same") else c.new)),
        (term("reason"), vietnamese(c.why) if c.why else None),
        (term("text"), vietnamese(c.quote) if c.quote else None),
        (term("foundIn"), _plain(c.source and printable(c.source))),
        (as_node(v.PROV.generatedAtTime), Literal(c.at, datatype=_MOMENT) if c.at else None),
        (as_node(v.PROV.wasAttributedTo), _agent(names, c.by)),
    ]
    yield from ((node, predicate, value, graph) for predicate, value in said if value is not None)
    if c.by:
        yield _agent(names, c.by), TYPE, as_node(v.PROV.Person), graph
        yield _agent(names, c.by), LABEL, Literal(c.by), graph
    yield from _done(names, outcome, node)


def _done(names: Names, outcome: Outcome, node: NamedNode) -> Iterator[Quadruple]:
    """What a correction is about, and what follows where it holds."""
    c, graph = outcome.correction, names.by_hand
    for about in _about(names, outcome):
        yield node, as_node(v.DCTERMS.subject), about, graph
        if outcome.state == "applied":
            yield about, term("correctedBy"), node, graph
    if outcome.body and outcome.state == "applied" and c.kind == "same" and c.body:
        yield names.body(c.body), as_node(v.OWL.sameAs), names.body(outcome.body), graph
    if outcome.part and outcome.part[1] == "statement" and c.by:
        yield names.part(*outcome.part), as_node(v.PROV.wasAttributedTo), _agent(names, c.by), graph


def _about(names: Names, outcome: Outcome) -> Iterator[NamedNode]:
    """What was corrected: a document, a body, and of these the task or the statement, where one is there."""
    if outcome.document:
        yield names.document(outcome.document)
    if outcome.body:
        yield names.body(outcome.body)
    if outcome.part:
        yield names.part(*outcome.part)


def _label(c: Correction) -> str:
    """What it is about, as it was called then."""
    return c.label or c.document or c.body or c.id


def _plain(value: str | None) -> Literal | None:
    return Literal(value) if value else None


def _agent(names: Names, by: str) -> NamedNode:
    """Who said it, by name: there are no accounts. Two names that are spelled alike without diacritics are two."""
    mark = sha256(by.encode()).hexdigest()[:8]
    return NamedNode(f"{names.base}agent/{escape(slug(by)) or 'x'}-{mark}")
