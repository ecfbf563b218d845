"""The drawn graph as the site's scripts and other programs get it: `around` gives a thing and what surrounds it, `whole` every document.

Both return what `picture` of viz/drawing/data.py tells, with `total`, the number of all nodes, and `omitted`, of those left out.
`pack` writes the same in columns, a quarter as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from chidao.graph.answers.network import evidence_between, network_near, to_networkx
from chidao.viz.drawing import layout
from chidao.viz.drawing.by_time import ASPECT, arrange_by_time
from chidao.viz.drawing.data import View, evidence, part_around, picture
from chidao.viz.web.links import Links
from chidao.viz.words import DEFAULT

if TYPE_CHECKING:
    from chidao.graph.answers.network import Network
    from chidao.viz.web.snapshots import Snapshot


def network_of(snapshot: Snapshot, *, bodies: bool = False) -> Network[str]:
    """Return the generation's documents and their statements; with `bodies` who issued what and belongs to whom, too."""
    if not bodies:
        return snapshot.network
    network: Network[str] = snapshot.once(
        "network-bodies", lambda shown: to_networkx(shown.store, bodies=True, evidence=False)
    )
    return network


def network_for(snapshot: Snapshot, iri: str, view: View) -> Network[str]:
    """Return as much of that as a view of what surrounds a thing needs: of what is near, no more than is near."""
    near = view.depth <= 1 and not view.bodies
    return network_near(snapshot.store, iri) if near else network_of(snapshot, bodies=view.bodies)


def around(
    snapshot: Snapshot, iri: str, view: View | None = None, *, links: Links | None = None, language: str = DEFAULT
) -> dict[str, Any]:
    """Return a document or body and what surrounds it. `links` gives each node its page. Raises KeyError for an unknown IRI."""
    view = view or View()
    network = network_for(snapshot, iri, view)
    part, omitted = part_around(network, iri, view)
    placed = layout.arrange(part, aspect=ASPECT)
    shown = picture(part, placed, language, focus=iri, page_of=links.thing if links else None)
    total = len(network) if view.bodies else dict(snapshot.graph.stats())["documents"]
    return shown | {"total": total, "omitted": omitted}


def whole(snapshot: Snapshot, *, links: Links | None = None, language: str = DEFAULT) -> dict[str, Any]:
    """Return every document, by level from the top down and by date from left to right.

    Made anew for each language and place of links; the positions are made once for a generation."""
    network = snapshot.network
    placed: layout.Layout = snapshot.once("whole-layout", lambda shown: arrange_by_time(shown.network))
    shown = picture(network, placed, language, page_of=links.thing if links else None)
    return shown | {"total": len(network), "omitted": 0}


def evidence_of(
    snapshot: Snapshot, subject: str, predicate: str, object_: str, language: str = DEFAULT
) -> list[dict[str, Any]]:
    """Return the sentences that state a relation, each with its quote and place; the file named from the common folder on: where that
    lies is nobody's business.

    Raises KeyError where the graph has no such statement, ChidaoError for what is no IRI."""
    found = evidence_between(snapshot.store, subject, predicate, object_)
    if not found and not network_of(snapshot, bodies=True).has_edge(subject, object_, predicate):
        raise KeyError(predicate)
    return [evidence(said, snapshot.folder, language) for said in found]


_NODE = ("iri", "kind", "label", "number", "type", "date", "level", "title", "issuer", "url", "x", "y", "size")
_FEW = ("kind", "type", "date", "level", "issuer")


def pack(shown: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same data in columns: `nodes` is `{"count": n, column: [...]}`, where a column of few different values is
    `{"values": [...], "index": [...]}`; an edge is source, target and the index of its relation, three numbers after each
    other, and `doubtful` lists the edges that are not stated outright."""
    nodes: list[dict[str, Any]] = shown["nodes"]
    columns: dict[str, Any] = {"count": len(nodes)}
    for name in _NODE:
        if nodes and name in nodes[0]:
            column = [node[name] for node in nodes]
            columns[name] = _indexed(column) if name in _FEW else column
    prefix = _common(node["iri"] for node in nodes)
    columns["prefix"] = prefix
    if nodes:
        columns["iri"] = [node["iri"].removeprefix(prefix) for node in nodes]
    relation = {row["name"]: index for index, row in enumerate(shown["relations"])}
    edges: list[int] = []
    for edge in shown["edges"]:
        edges += (edge["source"], edge["target"], relation[edge["predicate"]])
    doubtful = [index for index, edge in enumerate(shown["edges"]) if edge["certainty"] != "explicit"]
    return {**shown, "packed": True, "nodes": columns, "edges": edges, "doubtful": doubtful}


def _indexed(column: list[str]) -> dict[str, list[Any]]:
    values = {value: index for index, value in enumerate(dict.fromkeys(column))}
    return {"values": list(values), "index": [values[value] for value in column]}


def _common(texts: Iterable[str]) -> str:
    """What all the texts begin with."""
    smallest, largest = "", ""
    for index, text in enumerate(texts):
        smallest = text if not index else min(smallest, text)
        largest = max(largest, text)
    length = next((i for i, (a, b) in enumerate(zip(smallest, largest, strict=False)) if a != b), len(smallest))
    return smallest[:length]
