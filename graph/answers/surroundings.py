"""What stands around a document: what it says of others and they of it, and all that carries it out, without what is told of each.

A directive may have thousands of documents around it, of which a page shows some: these are asked for by `tell`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from chidao.graph.answers.network import known_of
from chidao.graph.answers.reach import below
from chidao.graph.select import Store, node, rows
from chidao.graph.tables.reach import CARRYING, Again, Fact, Step, walk
from chidao.ontology.vocabulary import CHIDAO

Edge = tuple[str, str, str]
"""Subject, object and predicate of a statement, as networks name it."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Of the document `iri`: the statements `beside` it, which it makes or others make about it, with their certainty, but for those that
    say that these carry it out; what does, itself or through others, are `steps`, and the other ways to these `again`. `tell` gives of
    documents what a network tells of its nodes, by their IRIs."""

    iri: str
    beside: Mapping[Edge, str]
    steps: Sequence[Step]
    again: Sequence[Again]
    tell: Callable[[Collection[str]], Mapping[str, Mapping[str, Any]]]


def surroundings(store: Store, iri: str) -> Surroundings:
    """Return what a store tells of a document. Raises KeyError where it has none with this IRI."""
    told = known_of(store, [iri])
    if iri not in told:
        raise KeyError(iri)
    found = [
        *rows(store, "internal/network-edges", subject=[node(iri)]),
        *rows(store, "internal/network-edges", object=[node(iri)]),
    ]
    said = [
        (row["subject"], row["object"], row["predicate"].removeprefix(str(CHIDAO)), row["certainty"].rpartition("-")[2])
        for row in found
    ]
    return Surroundings(iri, _beside(iri, said), *below(store, iri), lambda iris: known_of(store, sorted(iris)))


def surroundings_in(network: nx.MultiDiGraph[str], iri: str) -> Surroundings:
    """Return what a network tells of a document. Raises KeyError for an unknown one."""
    nodes = network.nodes
    if iri not in network:
        raise KeyError(iri)

    def text(name: str, key: str) -> str:
        return str(nodes[name].get(key) or "")

    said = [
        (subject, object_, key, str(data.get("certainty") or "explicit"))
        for edges in (network.out_edges(iri, keys=True, data=True), network.in_edges(iri, keys=True, data=True))
        for subject, object_, key, data in edges
        if "body" not in (text(subject, "kind"), text(object_, "kind"))
    ]
    links = [
        (object_, subject, key, str(data.get("certainty") or "explicit"))
        for subject, object_, key, data in network.edges(keys=True, data=True)
        if key in CARRYING
    ]
    facts = {
        name: Fact(
            name,
            text(name, "level") or None,
            text(name, "date") or None,
            text(name, "label"),
            text(name, "scope") or None,
            (),
        )
        for name in network
    }
    return Surroundings(
        iri, _beside(iri, said), *walk(iri, iri, links, facts), lambda iris: {name: nodes[name] for name in iris}
    )


def _beside(iri: str, said: Collection[tuple[str, str, str, str]]) -> dict[Edge, str]:
    """Each statement once, sure where one place is."""
    found: dict[Edge, str] = {}
    for subject, object_, key, certainty in said:
        if subject != object_ and not (object_ == iri and key in CARRYING):
            edge = subject, object_, key
            found[edge] = "explicit" if "explicit" in (certainty, found.get(edge)) else certainty
    return found
