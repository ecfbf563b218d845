"""What a drawn graph shows, as plain data with every position computed: for both kinds of page and for programs.

`part_around` and `part_of_all` cut a part out of a network as a `View` says, `picture` tells all of it that is drawn, with words in
one language, as JSON values.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import networkx as nx

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.network import neighbourhood
from chidao.graph.evidence import Evidence
from chidao.viz.drawing.layout import Layout
from chidao.viz.drawing.trim import most_connected
from chidao.viz.words import DRAWN_LEVELS, Words, drawn_level, family, words

DIRECTIONS = ("both", "up", "down")
"""Ways to follow statements: any, to what a document rests on, to what rests on it."""
LARGE = 500
"""Above this many nodes the page that is handed on draws fewer details, and the most connected are kept unless others are asked for."""
TITLES = 5000
"""Above this many nodes a picture has no titles and issuers; they are asked for with a node."""


@dataclass(frozen=True, slots=True)
class View:
    """What of a graph is drawn: how many steps from a document in which direction, and only these relations and levels, where any are
    named. Raises ChidaoError, in one line, for a setting that means nothing."""

    depth: int = 1
    direction: str = "both"
    relations: Collection[str] = ()
    levels: Collection[str] = ()
    max_nodes: int = LARGE
    bodies: bool = False
    """With the bodies that issued the documents."""

    def __post_init__(self) -> None:
        known = words().relations
        if self.depth < 0 or self.max_nodes < 1:
            raise ChidaoError("depth must be 0 or more, max_nodes 1 or more")
        if self.direction not in DIRECTIONS:
            raise ChidaoError(f"direction must be one of {', '.join(DIRECTIONS)}")
        for name in self.relations:
            if name not in known:
                raise ChidaoError(f"no relation is called {name!r}; there are {', '.join(known)}")
        for name in self.levels:
            if name not in DRAWN_LEVELS:
                raise ChidaoError(f"no level is called {name!r}; there are {', '.join(filter(None, DRAWN_LEVELS))}")


def part_around(network: nx.MultiDiGraph[str], iri: str, view: View) -> tuple[nx.MultiDiGraph[str], int]:
    """Return what lies around a node, and how many nodes are left out because there are too many.

    Unless the view names relations, citations are followed one step only: a report that cites everything would join everything.
    Raises KeyError for an unknown node."""
    levels = view.levels or None
    if view.relations or view.depth <= 1:
        part = neighbourhood(network, iri, view.depth, view.direction, view.relations or None, levels)
    else:
        telling = set(words().relations) - {"cites"}
        far = neighbourhood(network, iri, view.depth, view.direction, telling, levels)
        near = neighbourhood(network, iri, 1, view.direction, None, levels)
        part = nx.MultiDiGraph(network.subgraph({*near, *far}))
    return most_connected(part, view.max_nodes, keep=iri)


def part_of_all(network: nx.MultiDiGraph[str], view: View) -> nx.MultiDiGraph[str]:
    """Return the whole graph but for the levels and relations that the view leaves out, however large it is."""
    kept = [name for name, data in network.nodes(data=True) if not view.levels or data["level"] in view.levels]
    part: nx.MultiDiGraph[str] = nx.MultiDiGraph(network.subgraph(kept))
    if view.relations:
        part.remove_edges_from([edge for edge in part.edges(keys=True) if edge[2] not in view.relations])
    return part


def picture(
    part: nx.MultiDiGraph[str],
    placed: Layout | None,
    language: str,
    *,
    focus: str | None = None,
    page_of: Callable[[str], str | None] | None = None,
    folder: str | None = None,
) -> dict[str, Any]:
    """Return all that is drawn of a placed graph:

    `focus` (an id or None), `language`, `words` (what a script says, by key), `nodes`, `edges`, `bands` from the top down, `times` from
    left to right, and the `relations`, `levels` and `families` that occur, each {name, label, count} in the order of a legend.
    Positions grow to the right and downwards, in units of their own; what is not `placed` has none, and no bands and times. A node's
    `size`, from 1 to 6, says how many others it is linked to. The most telling edges come first. `page_of` gives each node its page; with
    `folder` each edge bears its evidence, files named from that folder on. A value that the graph lacks is "", so that a script misses
    none."""
    told = words(language)
    names = sorted(part)
    ids = {name: index for index, name in enumerate(names)}
    nodes = [_node(name, ids[name], part, placed, folder is not None or len(part) <= TITLES) for name in names]
    if page_of is not None:
        for node in nodes:
            node["url"] = page_of(node["iri"])
    edges = _edges(part, ids, told, folder)
    return {
        "focus": ids.get(focus) if focus is not None else None,
        "language": language,
        "words": dict(told.drawing),
        "nodes": nodes,
        "edges": edges,
        "bands": [asdict(band) | {"label": told.levels[band.level]} for band in (placed.bands if placed else ())],
        "times": [asdict(time) for time in (placed.times if placed else ())],
        "relations": _relations(edges),
        "levels": legend({level: told.levels[level] for level in DRAWN_LEVELS}, (node["level"] for node in nodes)),
        "families": legend(told.families, (node["family"] for node in nodes)),
    }


def _node(name: str, index: int, part: nx.MultiDiGraph[str], placed: Layout | None, titled: bool) -> dict[str, Any]:
    data = part.nodes[name]
    kind, type_ = _text(data, "kind"), _text(data, "type")
    at = dict(zip("xy", placed.positions[name], strict=True)) if placed else {}
    return {
        "id": index,
        "iri": name,
        "kind": kind,
        "label": _text(data, "label") or _text(data, "title") or name,
        "number": _text(data, "number"),
        "type": type_,
        "date": _text(data, "date"),
        "level": drawn_level(data.get("level")),
        "family": family(kind, type_),
        **at,
        "size": size_of(part.degree(name)),
    } | ({"title": _text(data, "title"), "issuer": _text(data, "issuer")} if titled else {})


def size_of(degree: int) -> float:
    """Return how large a node is drawn that is linked to so many."""
    return round(min(6.0, 1 + math.log2(1 + degree) / 1.6), 2)


def _edges(part: nx.MultiDiGraph[str], ids: Mapping[str, int], told: Words, folder: str | None) -> list[dict[str, Any]]:
    order = {name: index for index, name in enumerate(told.relations)}

    def importance(edge: tuple[str, str, Any, dict[str, Any]]) -> tuple[int, str, str, str, str]:
        subject, object_, key, data = edge
        predicate = _text(data, "predicate")
        return order.get(predicate, len(order)), predicate, subject, object_, str(key)

    found: list[dict[str, Any]] = []
    for subject, object_, _, data in sorted(part.edges(keys=True, data=True), key=importance):
        predicate = _text(data, "predicate")
        edge: dict[str, Any] = {
            "id": len(found),
            "source": ids[subject],
            "target": ids[object_],
            "predicate": predicate,
            "certainty": _text(data, "certainty"),
            **asdict(told.relation(predicate, _text(data, "label"))),
        }
        if folder is not None:
            edge["evidence"] = [
                evidence(Evidence.of({"line": 0, **row}), folder, told.language) for row in data.get("evidence") or ()
            ]
        found.append(edge)
    return found


def evidence(said: Evidence, folder: str, language: str) -> dict[str, Any]:
    """Return one evidence, and in words where it stands. Its file is named from the common folder on: where that lies is
    nobody's business."""
    found = {name: getattr(said, name) for name in ("sentence", "page", "row", "line")}
    return found | {
        "quote": said.quote or "", "source": said.file(folder), "where": said.words(language, folder) if said.source else ""
    }  # fmt: skip


def _relations(edges: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The relations that occur, in the order of the edges."""
    counts = Counter(edge["predicate"] for edge in edges)
    first: dict[str, Mapping[str, Any]] = {}
    for edge in edges:
        first.setdefault(edge["predicate"], edge)
    return [
        {"name": name, "count": counts[name]} | {key: edge[key] for key in ("label", "inverse", "group")}
        for name, edge in first.items()
    ]


def legend(labels: Mapping[str, str], found: Iterable[str]) -> list[dict[str, Any]]:
    """Return what occurs of all that has a label, with how often."""
    counts = Counter(found)
    return [{"name": name, "label": label, "count": counts[name]} for name, label in labels.items() if counts[name]]


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    return "" if value is None else str(value)
