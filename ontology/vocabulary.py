"""Namespaces, and the shipped Turtle files: as rdflib graphs, or as plain data, which takes a tenth of the time."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import pyoxigraph
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD

CHIDAO = Namespace("https://w3id.org/chidao/ns#")
TYPE = Namespace("https://w3id.org/chidao/type/")
"""Document types: TYPE["nghi-quyet"]."""
BODY = Namespace("https://w3id.org/chidao/body/")
"""Central bodies, by key: BODY["vn/bo-chinh-tri"]."""
TEMPLATE = Namespace("https://w3id.org/chidao/template/")
"""Templates of local bodies, by slug."""
PLACE = Namespace("https://w3id.org/chidao/place/")
"""Jurisdictions, by slug; PLACE["vn"] is the country."""
UNIT = Namespace("https://w3id.org/chidao/unit/")
"""Kinds of administrative unit."""
ELI = Namespace("http://data.europa.eu/eli/ontology#")
ORG = Namespace("http://www.w3.org/ns/org#")
OA = Namespace("http://www.w3.org/ns/oa#")

__all__ = [
    "BODY",
    "CHIDAO",
    "DCTERMS",
    "ELI",
    "OA",
    "ORG",
    "OWL",
    "PLACE",
    "PROV",
    "RDF",
    "RDFS",
    "SKOS",
    "TABLES",
    "TEMPLATE",
    "TYPE",
    "UNIT",
    "XSD",
    "Table",
    "action_concept",
    "bind",
    "branch_concept",
    "certainty_concept",
    "force_concept",
    "level_concept",
    "ontology_graph",
    "operation_concept",
    "relation_property",
    "shapes_graph",
    "table",
    "table_graph",
]

TABLES = ("chidao", "doctypes", "bodies", "jurisdictions")
"""The Turtle files that state facts; `shapes` says what must hold of them."""

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


class Table:
    """What one shipped file says, by IRIs and names of blank nodes as text: enough to read it, and sooner made than a graph of rdflib's,
    for which every command would wait."""

    def __init__(self, name: str) -> None:
        self._said: dict[str, dict[str, list[tuple[str, str | None]]]] = {}
        said: Any
        for said in pyoxigraph.parse(_turtle(name), pyoxigraph.RdfFormat.TURTLE):
            thing = said.object
            language = thing.language if isinstance(thing, pyoxigraph.Literal) else None
            about = self._said.setdefault(said.subject.value, {})
            about.setdefault(said.predicate.value, []).append((thing.value, language))

    def __contains__(self, subject: str) -> bool:
        """Is anything said of it?"""
        return str(subject) in self._said

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Return all of which this is said, in alphabetical order."""
        name, value = str(predicate), str(value)
        return sorted(s for s, about in self._said.items() if any(v == value for v, _ in about.get(name, ())))

    def values(self, subject: str, predicate: str, language: str | None = None) -> list[str]:
        """Return what is said of a thing by a property, in alphabetical order; with a `language` only what is written in it."""
        found = self._said.get(str(subject), {}).get(str(predicate), ())
        return sorted(value for value, written in found if language in (None, written))


@cache
def table(name: str) -> Table:
    """Return one shipped file as plain data, parsed once in a process."""
    return Table(name)


@cache
def table_graph(name: str) -> Graph:
    """Return one shipped file, parsed once in a process. Treat it as read-only."""
    return bind(Graph(bind_namespaces="none").parse(data=_turtle(name), format="turtle"))


def _turtle(name: str) -> bytes:
    return files("chidao.ontology").joinpath(f"{name}.ttl").read_bytes()


@cache
def ontology_graph() -> Graph:
    """Return the vocabulary and the authority tables together (without districts). Treat it as read-only."""
    graph = bind(Graph(bind_namespaces="none"))
    for name in TABLES:
        graph += table_graph(name)
    return graph


def shapes_graph() -> Graph:
    """Return the SHACL shapes of the tables and of built graphs. Treat it as read-only."""
    return table_graph("shapes")


def relation_property(name: str) -> URIRef:
    """Return the property of a relation's name as records print it: "based_on" is chidao:basedOn."""
    head, *rest = name.split("_")
    return CHIDAO[head + "".join(part.capitalize() for part in rest)]


def level_concept(level: str) -> URIRef:
    """Return the concept of "central", "province", "district" or "commune"."""
    return CHIDAO[f"level-{level}"]


def action_concept(action: str) -> URIRef:
    """Return the concept of a kind of action: "issue", "implement", …"""
    return CHIDAO[f"action-{action}"]


def certainty_concept(certainty: str) -> URIRef:
    """Return the concept of "explicit" or "implied"."""
    return CHIDAO[f"certainty-{certainty}"]


def force_concept(event: str) -> URIRef:
    """Return the concept of an event of force: "in_force", "expires", "partly_expires", …"""
    return CHIDAO[f"force-{event.replace('_', '-')}"]


def operation_concept(operation: str) -> URIRef:
    """Return the concept of a change of a text: "insert", "replace", "repeal", "phrase", "renumber"."""
    return CHIDAO[f"operation-{operation}"]


def branch_concept(branch: str) -> URIRef:
    """Return the concept of "party", "state", "front", …"""
    return CHIDAO[f"branch-{branch}"]
