"""One document or body as RDF: what the graph says of it, in the form that a client asks for."""

from __future__ import annotations

import pyoxigraph

from chidao.graph.rows import bound, node, query_text
from chidao.graph.sparql import PREFIXES

FORMS = {
    "ttl": ("text/turtle", pyoxigraph.RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", pyoxigraph.RdfFormat.JSON_LD),
    "nt": ("application/n-triples", pyoxigraph.RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", pyoxigraph.RdfFormat.RDF_XML),
}
"""By file ending: the media type and the engine's name of the form."""


def describe(store: pyoxigraph.Store, iri: str, form: str = "ttl") -> bytes:
    """The triples about a document or body, with the statements that it takes part in and their sentences, sorted; empty when
    the graph holds nothing of it.

    Raises ChidaoError when `iri` is none, KeyError for an unknown form."""
    _, wanted = FORMS[form]
    found = store.query(bound(query_text("internal/describe"), {"thing": node(iri)}), use_default_graph_as_union=True)
    assert isinstance(found, pyoxigraph.QueryTriples)
    triples = sorted(
        set(found), key=lambda t: (str(t.subject) != f"<{iri}>", str(t.subject), str(t.predicate), str(t.object))
    )
    if not triples:
        return b""
    prefixes = PREFIXES if wanted != pyoxigraph.RdfFormat.N_TRIPLES else None
    return pyoxigraph.serialize(triples, format=wanted, prefixes=prefixes) or b""
