"""The graph in the words of the standards: what is kept briefly is given in full, and nothing more than follows from what is kept.

A store holds each thing once. Here the rest is said again, for other tools: a mention is a Web Annotation (oa:hasTarget, with a selector
by position and one by quotation); the first mention of a document is the statement that it is cited; a row of a register is a mention
of its document; a passage has its words, which else are read off its sentence at its position; classes follow from properties, and what a
mention states of a document is stated of it. Each of these is a pure function of one quad and what the store says of its subject.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad

from chidao.graph.store import quads_of
from chidao.ontology import vocabulary as v

Said = Mapping[NamedNode, Any]
"""What a graph says of a node, one value a property."""
Triple = tuple[Any, NamedNode, Any]
Follows = Callable[[pyoxigraph.Store, Quad], Iterator[Triple]]


def _own(name: str) -> NamedNode:
    return NamedNode(str(v.CHIDAO[name]))


def _node(iri: Any) -> NamedNode:
    return NamedNode(str(iri))


_TYPE = _node(v.RDF.type)
_START, _END, _TEXT, _SENTENCE, _SOURCE = map(_own, ("start", "end", "text", "sentence", "inSource"))
_RULE, _MENTION_OF, _MENTION = map(_own, ("rule", "mentionOf", "mention"))


def unfolded(store: pyoxigraph.Store, quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield these quads of a store, each with what follows from it. Raises GraphError when the store turns out to be damaged."""
    for quad in quads:
        yield quad
        for follows in _FOLLOWS.get(quad.predicate, ()):
            for triple in follows(store, quad):
                yield Quad(*triple, quad.graph_name)


def _beside(node: Any, kind: str, other: str) -> NamedNode:
    """The node of another kind that has the number of this one."""
    head, found, number = node.value.rpartition(f"/{kind}/")
    return NamedNode(f"{head}/{other}/{number}" if found else f"{node.value}/{other}")


def _said(store: pyoxigraph.Store, quad: Quad, node: Any) -> Said:
    return {q.predicate: q.object for q in quads_of(store, node) if q.graph_name == quad.graph_name}


def _mention(store: pyoxigraph.Store, quad: Quad) -> Iterator[Triple]:
    yield from _annotation(store, quad, quad.subject, _said(store, quad, quad.subject))


def _annotation(store: pyoxigraph.Store, quad: Quad, node: Any, said: Said) -> Iterator[Triple]:
    """A mention as a Web Annotation: its target is the source, selected by position and by quotation."""
    inside = _said(store, quad, said[_SENTENCE]) if _SENTENCE in said else {}
    source, words = said.get(_SOURCE) or inside.get(_SOURCE), said.get(_TEXT) or _words(said, inside)
    if not (_START in said and _END in said and source and words):  # a graph that nobody built
        return
    target, position, quote = (NamedNode(f"{node.value}/{part}") for part in ("target", "position", "quote"))
    yield node, _TYPE, _own("Mention")
    yield node, _node(v.OA.hasTarget), target
    yield target, _node(v.OA.hasSource), source
    yield target, _node(v.OA.hasSelector), position
    yield target, _node(v.OA.hasSelector), quote
    yield position, _TYPE, _node(v.OA.TextPositionSelector)
    yield position, _node(v.OA.start), said[_START]
    yield position, _node(v.OA.end), said[_END]
    yield quote, _TYPE, _node(v.OA.TextQuoteSelector)
    yield quote, _node(v.OA.exact), Literal(words.value)


def _words(said: Said, inside: Said) -> Literal | None:
    """The words of a passage, read off its sentence."""
    if not ({_START, _END} <= said.keys() and {_START, _TEXT} <= inside.keys()):
        return None
    text: Literal = inside[_TEXT]
    try:
        start, end, begins = (int(number.value) for number in (said[_START], said[_END], inside[_START]))
    except ValueError:
        return None
    return Literal(text.value[max(start - begins, 0) : max(end - begins, 0)], language=text.language)


def _passage(store: pyoxigraph.Store, quad: Quad) -> Iterator[Triple]:
    """The words of what was found in a sentence."""
    said = _said(store, quad, quad.subject)
    if _TEXT not in said and _SENTENCE in said and (words := _words(said, _said(store, quad, said[_SENTENCE]))):
        yield quad.subject, _TEXT, words


def _of_class(name: Any) -> Follows:
    def follows(store: pyoxigraph.Store, quad: Quad) -> Iterator[Triple]:
        yield quad.subject, _TYPE, _node(name)

    return follows


def _classed(store: pyoxigraph.Store, quad: Quad) -> Iterator[Triple]:
    if quad.object in _PASSAGES:
        yield from _passage(store, quad)


def _entry(store: pyoxigraph.Store, quad: Quad) -> Iterator[Triple]:
    """The row of a register that is a document's entry mentions it by the whole title."""
    node = _beside(quad.subject, "sentence", "entry")
    sentence = _said(store, quad, quad.subject)
    said = {_MENTION_OF: quad.object, _RULE: Literal("register-row"), _SENTENCE: quad.subject}
    said |= {name: sentence[name] for name in (_START, _END) if name in sentence}
    for predicate, value in said.items():
        yield node, predicate, value
    yield from _annotation(store, quad, node, said)


def _citation(store: pyoxigraph.Store, quad: Quad) -> Iterator[Triple]:
    """The statement that a document cites what is mentioned in it here first."""
    mention = _said(store, quad, quad.subject)
    node = _beside(quad.subject, "reference", "citation")
    yield node, _TYPE, _own("Statement")
    yield node, _own("statementSubject"), quad.object
    yield node, _own("statementPredicate"), _own("cites")
    if _MENTION_OF in mention:
        yield node, _own("statementObject"), mention[_MENTION_OF]
    yield node, _own("certainty"), _own("certainty-explicit")
    yield node, _RULE, Literal("mention")
    yield node, _MENTION, quad.subject
    if _SENTENCE in mention:
        yield node, _SENTENCE, mention[_SENTENCE]


def _stated(store: pyoxigraph.Store, quad: Quad) -> Iterator[Triple]:
    """What a mention states of a document is stated of it."""
    for of in quads_of(store, quad.subject, _MENTION_OF):
        yield of.object, quad.predicate, quad.object


def _dated(store: pyoxigraph.Store, quad: Quad) -> Iterator[Triple]:
    yield quad.subject, _own("statedDate"), quad.object


_PASSAGES = frozenset(map(_own, ("Statement", "ForceEvent", "Amendment", "Delegation", "Fulfilment")))
_FOLLOWS: Mapping[NamedNode, tuple[Follows, ...]] = {
    _MENTION_OF: (_mention,),
    _own("entryOf"): (_entry,),
    _own("citedIn"): (_citation,),
    _own("statedDate"): (_stated,),
    _own("statedIssuer"): (_stated,),
    _node(v.ELI.date_document): (_dated,),
    _own("mentionsProvision"): (_of_class(v.CHIDAO.ProvisionMention), _passage),
    _own("provisionOf"): (_of_class(v.ELI.LegalResourceSubdivision),),
    _TYPE: (_classed,),
}
