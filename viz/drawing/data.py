"""From a graph on disk to a page on disk: the document asked for with what surrounds it, or everything."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import networkx as nx

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.lookup import one_document
from chidao.graph.answers.network import add_evidence, neighbourhood, to_networkx
from chidao.graph.store import read_store
from chidao.viz.drawing.labels import load
from chidao.viz.drawing.page import LARGE, render
from chidao.viz.drawing.trim import most_connected


class DrawError(ChidaoError):
    """A relation that is not known; a page that cannot be written."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page that was written: where, how many nodes it shows and how many it leaves out."""

    path: Path
    nodes: int
    omitted: int


def draw(
    *,
    graph: str | Path,
    output: str | Path,
    reference: str | None,
    depth: int = 2,
    direction: str = "both",
    relations: Collection[str] = (),
    levels: Collection[str] = (),
    bodies: bool = False,
    max_nodes: int = LARGE,
    year: int | None = None,
    scope: str | None = None,
) -> Drawing:
    """Write the page of `reference` and what lies within `depth` steps of it; of the whole graph when it is None.

    Unless `relations` names them, citations are followed one step only: a report that cites everything would otherwise
    join everything. `year` and `scope` choose among documents with one number. Above `max_nodes` nodes only the most connected are drawn.
    Raises DrawError and whatever reading the graph raises.
    """
    store = read_store(graph)
    network = to_networkx(store, bodies=bodies, evidence=False)
    _check(network, relations)
    focus = None
    if reference is None:
        part, title = _only(network, relations, levels), "Toàn bộ đồ thị văn bản"
    else:
        focus = one_document(store, reference, year=year, scope=scope).iri
        part = _around(network, focus, depth, direction, relations, levels)
        title = f"{network.nodes[focus]['label']} và văn bản liên quan"
    part, omitted = most_connected(part, max_nodes, keep=focus)
    add_evidence(part, store)
    path = Path(output)
    _write(path, render(part, title=title, focus=focus, omitted=omitted))
    return Drawing(path, len(part), omitted)


def _around(
    network: nx.MultiDiGraph[str],
    focus: str,
    depth: int,
    direction: str,
    relations: Collection[str],
    levels: Collection[str],
) -> nx.MultiDiGraph[str]:
    if relations:
        return neighbourhood(network, focus, depth, direction, relations, levels or None)
    telling = {key for _, _, key in network.edges(keys=True)} - {"cites"}
    far = neighbourhood(network, focus, depth, direction, telling, levels or None) if telling else ()
    near = neighbourhood(network, focus, min(depth, 1), direction, None, levels or None)
    part: nx.MultiDiGraph[str] = nx.MultiDiGraph(network.subgraph({*near, *far}))
    return part


def _check(network: nx.MultiDiGraph[str], relations: Collection[str]) -> None:
    known = set(load().relations) | {key for _, _, key in network.edges(keys=True)}
    for relation in relations:
        if relation not in known:
            raise DrawError(f"no relation is called “{relation}”; there are {', '.join(sorted(known))}")


def _only(network: nx.MultiDiGraph[str], relations: Collection[str], levels: Collection[str]) -> nx.MultiDiGraph[str]:
    """The whole graph, without the levels and relations that were not asked for."""
    part: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in network.nodes(data=True):
        if not levels or data["level"] in levels:
            part.add_node(node, **data)
    for subject, object_, key, data in network.edges(keys=True, data=True):
        if subject in part and object_ in part and (not relations or key in relations):
            part.add_edge(subject, object_, key=key, **data)
    return part


def _write(path: Path, text: str) -> None:
    """Write the page whole or not at all."""
    temporary = path.with_name(path.name + ".new")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        os.replace(temporary, path)
    except OSError as error:
        raise DrawError(f"cannot be written ({error.strerror or error})", path=str(path)) from None
