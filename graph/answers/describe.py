"""One document or body as RDF: what the graph says of it, in the form that a client asks for."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph
from pyoxigraph import NamedNode

from chidao.graph.select import node
from chidao.graph.sparql.safety import PREFIXES
from chidao.graph.store import quads_of
from chidao.graph.tables.asked import Tabled
from chidao.graph.unfolded import unfolded
from chidao.ontology.vocabulary import CHIDAO, RDFS

FORMS = {
    "ttl": ("text/turtle", pyoxigraph.RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", pyoxigraph.RdfFormat.JSON_LD),
    "nt": ("application/n-triples", pyoxigraph.RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", pyoxigraph.RdfFormat.RDF_XML),
}
"""By file ending: the media type and the engine's name of the form."""

_ABOUT = tuple(
    NamedNode(str(CHIDAO[name]))
    for name in (
        "statementSubject",
        "statementObject",
        "aboutDocument",
        "assignedBy",
        "taskAbout",
        "actor",
        "lead",
        "support",
        "citedIn",
    )
)
"""By which statements, actions, tasks and citing mentions name what they are about."""
_CARRIED = tuple(NamedNode(str(CHIDAO[name])) for name in ("implements", "guides", "continues"))
_MENTION_OF, _CITED_IN = NamedNode(str(CHIDAO.mentionOf)), NamedNode(str(CHIDAO.citedIn))
_STATED = (NamedNode(str(CHIDAO.statedDate)), NamedNode(str(CHIDAO.statedIssuer)))
_SENTENCE, _LABEL = NamedNode(str(CHIDAO.sentence)), NamedNode(str(RDFS.label))


def describe(store: pyoxigraph.Store | Tabled, iri: str, form: str = "ttl") -> bytes:
    """Return the triples about a document or body, sorted, its own first; empty when the graph holds nothing of it.

    These are its own triples; the statements, actions and tasks about it and what cites it, with their sentences; the labels of
    what it points to and of what carries it out. Raises ChidaoError when `iri` is none, KeyError for an unknown form."""
    _, wanted = FORMS[form]
    store = store.rdf if isinstance(store, Tabled) else store
    triples = sorted(
        {quad.triple for quad in unfolded(store, _quads(store, node(iri)))},
        key=lambda t: (str(t.subject) != f"<{iri}>", str(t.subject), str(t.predicate), str(t.object)),
    )
    if not triples:
        return b""
    prefixes = PREFIXES if wanted != pyoxigraph.RdfFormat.N_TRIPLES else None
    return pyoxigraph.serialize(triples, format=wanted, prefixes=prefixes) or b""


def _quads(store: pyoxigraph.Store, thing: NamedNode) -> Iterator[pyoxigraph.Quad]:
    # The engine's own patterns: one CONSTRUCT over all of this takes it fifty times as long.
    named = set()
    for quad in quads_of(store, thing):
        yield quad
        named.add(quad.object)
    about = {quad.subject for predicate in _ABOUT for quad in quads_of(store, None, predicate, thing)}
    for mention in quads_of(store, None, _MENTION_OF, thing):
        said = list(quads_of(store, mention.subject))
        if any(quad.predicate == _CITED_IN for quad in said):
            about.add(mention.subject)
        yield from (pyoxigraph.Quad(thing, q.predicate, q.object) for q in said if q.predicate in _STATED)
    for subject in about:
        for quad in quads_of(store, subject):
            yield quad
            if quad.predicate == _SENTENCE and isinstance(quad.object, NamedNode):
                yield from quads_of(store, quad.object)
    for predicate in _CARRIED:
        named |= {quad.subject for quad in quads_of(store, None, predicate, thing)}
    for other in named:
        if isinstance(other, NamedNode):
            yield from quads_of(store, other, _LABEL)
