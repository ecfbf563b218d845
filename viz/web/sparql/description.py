"""What the query service says of itself: SPARQL 1.1 Service Description (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from rdflib import RDF, RDFS, SDO, VOID, BNode, Graph, Literal, Namespace, URIRef

from chidao.viz.web.snapshots import Snapshot

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "JSON-LD", "N-Triples", "RDF_XML",
)  # fmt: skip
_WRITTEN = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}
LISTED = 500
"""Named graphs that are named; all are counted."""


def description(snapshot: Snapshot, address: str, form: str) -> bytes:
    """Return the service at `address` over one generation of the graph, as "ttl", "jsonld", "nt" or "rdf"."""
    made: bytes = snapshot.once(
        f"service description {form} {address}", lambda snapshot: _made(snapshot, address, form)
    )
    return made


def _made(snapshot: Snapshot, address: str, form: str) -> bytes:
    graph = Graph()
    graph.bind("sd", SD)
    graph.bind("void", VOID)
    service, dataset, union = URIRef(address), BNode(), BNode()
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.endpoint, service))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    graph.add((service, SD.feature, SD.UnionDefaultGraph))
    for name in _RESULTS:
        graph.add((service, SD.resultFormat, _FORMATS[name]))
    graph.add((service, SD.defaultDataset, dataset))
    kept = None if snapshot.remote else snapshot.store.rdf  # an endpoint tells of itself where it is
    names = sorted(g.value for g in kept.named_graphs() if hasattr(g, "value")) if kept else []
    many = f"{len(names)} named graphs; the default graph is their union" if kept else "the union of all named graphs"
    graph.add((dataset, RDF.type, SD.Dataset))
    graph.add((dataset, RDFS.comment, Literal(many, lang="en")))
    graph.add((dataset, SDO.version, Literal(snapshot.generation)))
    graph.add((dataset, SD.defaultGraph, union))
    graph.add((union, RDF.type, SD.Graph))
    if kept:
        graph.add((union, VOID.triples, Literal(len(kept))))
    for name in names[:LISTED]:
        named = BNode()
        graph.add((dataset, SD.namedGraph, named))
        graph.add((named, RDF.type, SD.NamedGraph))
        graph.add((named, SD.name, URIRef(name)))
    written = graph.serialize(format=_WRITTEN[form], encoding="utf-8")
    assert isinstance(written, bytes)
    return written
