"""The shipped Turtle files as graphs of rdflib's, and the namespaces with which these are asked. To load it takes a tenth of a second: who
needs only what an IRI is called takes that from `vocabulary`."""

from __future__ import annotations

from functools import cache

from rdflib import Graph, Namespace
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD

from chidao.ontology import vocabulary as v

CHIDAO, TYPE, BODY, TEMPLATE, PLACE, UNIT, ELI, ORG, OA = (
    Namespace(str(names)) for names in (v.CHIDAO, v.TYPE, v.BODY, v.TEMPLATE, v.PLACE, v.UNIT, v.ELI, v.ORG, v.OA)
)

__all__ = [
    "BODY", "CHIDAO", "DCTERMS", "ELI", "OA", "ORG", "OWL", "PLACE", "PROV", "RDF", "RDFS", "SKOS", "TEMPLATE", "TYPE", "UNIT", "XSD",
    "bind", "ontology_graph", "shapes_graph", "table_graph",
]  # fmt: skip

_PREFIXES = {
    "chidao": CHIDAO,
    "type": TYPE,
    "place": PLACE,
    "unit": UNIT,
    "template": TEMPLATE,
    "vn": Namespace(BODY["vn/"]),
    "eli": ELI,
    "org": ORG,
    "oa": OA,
    "dcterms": DCTERMS,
    "prov": PROV,
    "skos": SKOS,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
}


def bind(graph: Graph) -> Graph:
    """Give `graph` the prefixes that the shipped files use; returns the same graph."""
    for prefix, namespace in _PREFIXES.items():
        graph.bind(prefix, namespace, override=True, replace=True)
    return graph


@cache
def table_graph(name: str) -> Graph:
    """Return one shipped file, parsed once in a process. Treat it as read-only."""
    return bind(Graph(bind_namespaces="none").parse(data=v.turtle(name), format="turtle"))


@cache
def ontology_graph() -> Graph:
    """Return the vocabulary and the authority tables together (without districts). Treat it as read-only."""
    graph = bind(Graph(bind_namespaces="none"))
    for name in v.TABLES:
        graph += table_graph(name)
    return graph


def shapes_graph() -> Graph:
    """Return the SHACL shapes of the tables and of built graphs. Treat it as read-only."""
    return table_graph("shapes")
