"""The graph as a NetworkX structure, for views and for people who think in networks."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx

from chidao.graph.evidence import Evidence
from chidao.graph.select import Store, Term, node, rows, rows_of_each
from chidao.graph.store import read_store
from chidao.graph.tables.asked import Tabled
from chidao.ontology.vocabulary import CHIDAO, PLACE, RDFS, table

Network = nx.MultiDiGraph

_EXTRA_LABELS = {"issuedBy": "do … ban hành", "partOf": "thuộc"}


@cache
def relation_labels() -> dict[str, str]:
    """Return the Vietnamese label of each relation by its local name, from the vocabulary. Treat it as read-only."""
    found = dict(_EXTRA_LABELS)
    for subject, label in table("chidao").all_with(RDFS.label, "vi"):
        if subject.startswith(str(CHIDAO)):
            found.setdefault(subject.removeprefix(str(CHIDAO)), label)
    return found


def to_networkx(
    graph: str | Path | Store = "chidao-graph", *, bodies: bool = False, evidence: bool = True
) -> nx.MultiDiGraph[str]:
    """Return the graph as a MultiDiGraph whose nodes are IRIs.

    Node attributes: kind ("document" or "body"), label, number (the full code), type, title, issuer, date (ISO), level
    ("central", "province", "district", "commune" or ""), scope. Edges are keyed by the relation's local name and hold
    predicate, label (Vietnamese), certainty and evidence: a list of {sentence, quote, source, line, start, end}; `quote` is the
    passage of the sentence that says it, empty for a mere citation.
    With `bodies` the bodies are nodes too, with edges "issuedBy" and "partOf". Without `evidence` every list of it is empty, which
    takes an eighth of the time: `add_evidence` fills a part that is looked at.
    Raises GraphError when there is no graph at the path.
    """
    store = read_store(graph) if isinstance(graph, str | Path) else graph
    labels = relation_labels()
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in rows(store, "internal/network-nodes"):
        if row["kind"] != "body" or bodies:
            _place(network, row)
    found = rows(store, "internal/network-statements") if evidence else _edges(store)
    for row in found:
        key = row["predicate"].removeprefix(str(CHIDAO))
        certainty = row["certainty"].removeprefix(str(CHIDAO) + "certainty-")
        said = attributes(Evidence.of(row)) if evidence else None
        _join(network, row["subject"], row["object"], key, labels.get(key, key), certainty, said)
    if bodies:
        for row in rows(store, "internal/network-bodies"):
            key = row["relation"]
            _join(network, row["subject"], row["object"], key, labels.get(key, key), "explicit", None)
    return network


def network_near(store: Store, iri: str, *, described: bool = True) -> nx.MultiDiGraph[str]:
    """Return a document and all that is one statement away from it, with what these say of each other, without evidence: the same as in the
    network of everything. Empty where there is no such document. Nodes have attributes where they are to be `described`: `describe` gives
    them to a part that is looked at."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    ends = {iri}.union(
        (row["object"] for row in rows(store, "internal/network-edges", subject=[node(iri)])),
        (row["subject"] for row in rows(store, "internal/network-edges", object=[node(iri)])),
    )
    network.add_nodes_from(sorted(ends if len(ends) > 1 else known_of(store, [iri])))
    _join_all(network, sorted(_edges_among(store, ends), key=_by_ends))
    if described:
        describe(network, store)
    return network


def describe(network: nx.MultiDiGraph[str], store: Store) -> None:
    """Give the nodes of a network that was made without attributes all that the network of everything tells of them, in place."""
    for row in rows_of_each(store, "internal/network-nodes", "node", list(network)):
        network.nodes[row["node"]].update(_attributes(row))


def _edges_among(store: Store, ends: Collection[str]) -> list[dict[str, Any]]:
    """What documents say of each other. The engine finds the statements of many subjects sooner than those among many pairs."""
    name, wanted = "internal/network-among", sorted(ends)
    among = {"object": [node(iri) for iri in wanted]} if isinstance(store, Tabled) and store.answers(name) else {}
    return [row for row in rows_of_each(store, name, "subject", wanted, **among) if row["object"] in ends]


def _join_all(network: nx.MultiDiGraph[str], found: Sequence[Mapping[str, Any]]) -> None:
    """Add what rows of edges say of nodes that the network has."""
    labels = relation_labels()
    for row in found:
        if row["subject"] in network and row["object"] in network:
            key = row["predicate"].removeprefix(str(CHIDAO))
            certainty = row["certainty"].removeprefix(str(CHIDAO) + "certainty-")
            _join(network, row["subject"], row["object"], key, labels.get(key, key), certainty, None)


def _by_ends(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row["subject"], row["predicate"], row["object"]


def _edges(store: Store, **values: Sequence[Term]) -> list[dict[str, Any]]:
    # Sorted here: the engine takes longer to sort them than to find them.
    return sorted(rows(store, "internal/network-edges", **values), key=_by_ends)


def known_of(store: Store, iris: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return what the network tells of these nodes, by their IRIs."""
    return {row["node"]: _attributes(row) for row in rows_of_each(store, "internal/network-nodes", "node", iris)}


def _place(network: nx.MultiDiGraph[str], row: Mapping[str, Any]) -> None:
    network.add_node(row["node"], **_attributes(row))


def _attributes(row: Mapping[str, Any]) -> dict[str, Any]:
    level = (row["level"] or "").removeprefix(str(CHIDAO) + "level-")
    scope = (row["scope"] or "").removeprefix(str(PLACE))
    known: dict[str, Any] = {k: row[k] or "" for k in ("kind", "label", "number", "type", "title", "issuer", "date")}
    return known | {"level": level, "scope": scope}


def attributes(evidence: Evidence) -> dict[str, Any]:
    """Return an evidence as an edge has it: plain data, without what is not known."""
    said = {"sentence": evidence.sentence, "quote": evidence.quote or "", "source": evidence.source}
    numbers = {name: getattr(evidence, name) for name in ("page", "row", "line", "start", "end")}
    return said | {name: number for name, number in numbers.items() if number is not None}


def add_evidence(network: nx.MultiDiGraph[str], store: Store) -> None:
    """Give the edges of a network that was made without evidence the sentences that state them, in place; the lists are new ones,
    as a part may share its old ones with the whole."""
    found: dict[tuple[str, str, str], list[dict[str, Any]]] = {edge: [] for edge in network.edges(keys=True)}
    for row in rows_of_each(store, "internal/network-statements", "subject", network):
        key = row["predicate"].removeprefix(str(CHIDAO))
        if (row["subject"], row["object"], key) in found:
            found[row["subject"], row["object"], key].append(attributes(Evidence.of(row)))
    for edge, evidence in found.items():
        network.edges[edge]["evidence"] = evidence


def evidence_between(store: Store, subject: str, predicate: str, object_: str) -> list[Evidence]:
    """Return the sentences that state one relation, named as in an edge's `predicate`, between two documents; empty where there are none.
    Raises ChidaoError for what is no IRI."""
    found = rows(store, "internal/network-statements", subject=node(subject), object=node(object_))
    return [Evidence.of(row) for row in found if row["predicate"] == str(CHIDAO[predicate])]


def _join(
    network: nx.MultiDiGraph[str],
    subject: str,
    object_: str,
    key: str,
    label: str,
    certainty: str,
    evidence: dict[str, Any] | None,
) -> None:
    if not network.has_edge(subject, object_, key):
        network.add_edge(subject, object_, key=key, predicate=key, label=label, certainty=certainty, evidence=[])
    data = network.edges[subject, object_, key]
    if certainty == "explicit":
        data["certainty"] = certainty
    if evidence:
        data["evidence"].append(evidence)


def neighbourhood(
    network: nx.MultiDiGraph[str],
    node: str,
    depth: int = 2,
    direction: str = "both",
    relations: Collection[str] | None = None,
    levels: Collection[str] | None = None,
) -> nx.MultiDiGraph[str]:
    """Return the part of `network` within `depth` steps of `node`, as a graph of its own.

    `direction` "up" follows edges to what a document rests on, "down" to what rests on it. `relations` and `levels` keep
    only those; the node itself always stays. Raises KeyError for an unknown node.
    """
    if node not in network:
        raise KeyError(node)

    def allowed(name: str) -> bool:
        return not levels or name == node or network.nodes[name].get("level") in levels

    seen = {node: 0}
    waiting = deque([node])
    while waiting:
        here = waiting.popleft()
        if seen[here] >= depth:
            continue
        for there in _steps(network, here, direction, relations):
            if there not in seen and allowed(there):
                seen[there] = seen[here] + 1
                waiting.append(there)
    part: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name in seen:
        part.add_node(name, **network.nodes[name])
    for subject, object_, key, data in network.edges(seen, keys=True, data=True):
        if object_ in seen and (not relations or key in relations):
            part.add_edge(subject, object_, key=key, **data)
    return part


def _steps(
    network: nx.MultiDiGraph[str], node: str, direction: str, relations: Collection[str] | None
) -> Iterator[str]:
    """The nodes one edge away, with those edges from `node` if up, and to it if down."""
    if direction in ("up", "both"):
        yield from (there for _, there, key in network.out_edges(node, keys=True) if not relations or key in relations)
    if direction in ("down", "both"):
        yield from (there for there, _, key in network.in_edges(node, keys=True) if not relations or key in relations)
