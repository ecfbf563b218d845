"""What the drawn graph shows, as plain data with every position computed: for a page, for a written file, for a program.

`around` gives a thing and what surrounds it, `whole` every document. Both return JSON values:
`{"focus": id or None, "total": n, "omitted": n, "nodes": [...], "edges": [...], "bands": [...], "times": [...], "relations": [...],
"levels": [...], "words": {...}}`. Positions grow to the right and downwards, in units of their own. A node's `size` says how many others
it is linked to, on a scale from 1 to 6. `pack` writes the same in columns, a quarter as long.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import networkx as nx

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.network import evidence_between, neighbourhood, relation_labels, to_networkx
from chidao.viz.drawing import layout
from chidao.viz.drawing.labels import load
from chidao.viz.drawing.trim import most_connected
from chidao.viz.web.catalogue import translations
from chidao.viz.web.links import Links
from chidao.viz.web.words import INVERSES, LEVELS, N_, RELATIONS

if TYPE_CHECKING:
    from chidao.graph.answers.network import Network
    from chidao.viz.web.snapshots import Snapshot

DIRECTIONS = ("both", "up", "down")
"""Ways to follow statements: any, to what a document rests on, to what rests on it."""
MAX_DEPTH = 6
MAX_NODES = 2000
"""The most nodes that `around` is asked for at once."""
TITLES = 5000
"""Above this many nodes the whole graph is given without titles and issuers; they are asked for with a node."""
_EVIDENCE = ("sentence", "quote", "source", "page", "row", "line")
_ASPECT = 1.7

WORDS = {
    "type": N_("Type"), "date": N_("Date"), "issuer": N_("Issuer"),
    "unknown": N_("not stated"), "page": N_("Open its page"), "around": N_("Draw what surrounds it"), "expand": N_("Add its neighbours"),
    "relations": N_("Relations"), "evidence": N_("The sentence that says so"), "noEvidence": N_("No sentence is kept of this."),
    "more": N_("Show all %(count)s"), "close": N_("Close"), "wait": N_("Drawing …"), "failed": N_("This could not be fetched: %(why)s"),
    "shown": N_("%(nodes)s documents, %(edges)s relations shown"), "omitted": N_("%(count)s less connected ones are left out"),
    "expanded": N_("%(count)s added"), "nothing": N_("Nothing here fits the filters."), "copied": N_("Link copied"),
    "noMatch": N_("Nothing shown is called so."), "matches": N_("%(count)s found"), "undated": N_("no date"),
    "doubt": N_("Uncertain: the reading may be wrong."), "rest": N_("The list ends here; %(count)s more are drawn."),
    "noWebGL": N_("This browser cannot draw the graph (no WebGL). The list below holds the same."), "body": N_("Body"),
    "document": N_("Document"), "stage": N_("Graph of documents; the list below holds the same"),
    "where_line": N_("%(file)s, line %(line)s"),
    "where_page": N_("%(file)s, page %(page)s, line %(line)s"), "where_row": N_("%(file)s, row %(row)s"),
}  # fmt: skip
"""What the script says, by its own key."""


def network_of(snapshot: Snapshot, *, bodies: bool = False) -> Network[str]:
    """The generation's documents and their statements; with `bodies` who issued what and belongs to whom, too."""
    if not bodies:
        return snapshot.network
    network: Network[str] = snapshot.once(
        "network-bodies", lambda shown: to_networkx(shown.store, bodies=True, evidence=False)
    )
    return network


def part_around(
    network: nx.MultiDiGraph[str],
    iri: str,
    *,
    depth: int = 1,
    direction: str = "both",
    relations: Collection[str] = (),
    levels: Collection[str] = (),
    max_nodes: int = 500,
) -> tuple[nx.MultiDiGraph[str], int]:
    """What lies within `depth` steps of a node, and how many nodes are left out because there are too many.

    Citations are followed one step only unless `relations` names them: a report that cites everything would join everything.
    Raises KeyError for an unknown node, ChidaoError for a setting that means nothing."""
    check(depth=depth, direction=direction, relations=relations, levels=levels, max_nodes=max_nodes)
    if relations:
        part = neighbourhood(network, iri, depth, direction, relations, levels or None)
    else:
        telling = set(load().relations) - {"cites"}
        far = neighbourhood(network, iri, depth, direction, telling, levels or None)
        near = neighbourhood(network, iri, min(depth, 1), direction, None, levels or None)
        part = nx.MultiDiGraph(network.subgraph({*near, *far}))
    return most_connected(part, max_nodes, keep=iri)


def check(
    *, depth: int, direction: str, relations: Collection[str], levels: Collection[str], max_nodes: int = 500
) -> None:
    """Raises ChidaoError, in one line, for a setting that means nothing."""
    table = load()
    if not 0 <= depth <= MAX_DEPTH:
        raise ChidaoError(f"depth must be from 0 to {MAX_DEPTH}")
    if not 1 <= max_nodes <= MAX_NODES:
        raise ChidaoError(f"max_nodes must be from 1 to {MAX_NODES}")
    if direction not in DIRECTIONS:
        raise ChidaoError(f"direction must be one of {', '.join(DIRECTIONS)}")
    for name in relations:
        if name not in table.relations:
            raise ChidaoError(f"no relation is called {name!r}; there are {', '.join(table.relations)}")
    for name in levels:
        if name not in table.levels:
            raise ChidaoError(f"no level is called {name!r}; there are {', '.join(filter(None, table.levels))}")


def around(
    snapshot: Snapshot,
    iri: str,
    *,
    depth: int = 1,
    direction: str = "both",
    relations: Collection[str] = (),
    levels: Collection[str] = (),
    max_nodes: int = 500,
    bodies: bool = False,
    links: Links | None = None,
    language: str = "vi",
) -> dict[str, Any]:
    """A document or body and what surrounds it, see the module. `links` gives each node its page.

    Raises KeyError for an unknown IRI, ChidaoError for a setting that means nothing."""
    network = network_of(snapshot, bodies=bodies)
    part, omitted = part_around(
        network, iri, depth=depth, direction=direction, relations=relations, levels=levels, max_nodes=max_nodes
    )
    placed = layout.arrange(part, aspect=_ASPECT)
    shown = _shown(part, placed.positions, snapshot, links, language, focus=iri)
    words = translations(language).gettext
    bands = [
        {
            "level": band.level,
            "label": words(LEVELS.get(band.level, band.level)),
            "top": band.top,
            "bottom": band.bottom,
        }
        for band in placed.bands
    ]
    return shown | {"total": len(network), "omitted": omitted, "bands": bands, "times": []}


def whole(snapshot: Snapshot, *, links: Links | None = None, language: str = "vi") -> dict[str, Any]:
    """Every document, by level from the top down and by date from left to right.

    Made anew for each language and place of links; the positions are made once for a generation."""
    network = snapshot.network
    positions, bands, times = snapshot.once("whole-layout", lambda shown: score(shown.network))
    shown = _shown(network, positions, snapshot, links, language, texts=len(network) <= TITLES)
    words = translations(language).gettext
    return shown | {
        "total": len(network),
        "omitted": 0,
        "bands": [band | {"label": words(LEVELS.get(band["level"], band["level"]))} for band in bands],
        "times": times,
    }


def _shown(
    part: nx.MultiDiGraph[str],
    positions: Mapping[str, tuple[float, float]],
    snapshot: Snapshot,
    links: Links | None,
    language: str,
    *,
    focus: str | None = None,
    texts: bool = True,
) -> dict[str, Any]:
    table, words = load(), translations(language).gettext
    names = sorted(part)
    ids = {name: index for index, name in enumerate(names)}
    degree = dict(part.degree())
    nodes = []
    for name in names:
        data = part.nodes[name]
        x, y = positions[name]
        level = _text(data, "level")
        node = {
            "id": ids[name],
            "iri": name,
            "kind": _text(data, "kind"),
            "label": _text(data, "label") or _text(data, "title") or name,
            "number": _text(data, "number"),
            "type": _text(data, "type"),
            "date": _text(data, "date"),
            "level": level if level in table.levels else "",
            "family": table.family(_text(data, "kind"), _text(data, "type")),
            "x": x,
            "y": y,
            "size": round(min(6.0, 1 + math.log2(1 + degree[name]) / 1.6), 2),
        }
        if texts:
            node |= {"title": _text(data, "title"), "issuer": _text(data, "issuer")}
        if links is not None:
            node["url"] = links.thing(name)
        nodes.append(node)
    edges: list[dict[str, Any]] = []
    counts: Counter[str] = Counter()
    relations = _Relations(language)
    for subject, object_, key, data in sorted(part.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        counts[key] += 1
        edge = {
            "id": len(edges),
            "source": ids[subject],
            "target": ids[object_],
            "predicate": key,
            "certainty": data["certainty"],
        }
        edges.append(edge | relations[key])
    levels = Counter(node["level"] for node in nodes)
    order = [name for name in table.relations if counts[name]] + sorted(set(counts) - set(table.relations))
    return {
        "focus": ids[focus] if focus is not None else None,
        "nodes": nodes,
        "edges": edges,
        "relations": [{"name": name, "count": counts[name]} | relations[name] for name in order],
        "levels": [
            {"name": name, "label": words(LEVELS.get(name, name)), "count": levels[name]}
            for name in table.levels
            if levels[name]
        ],
        "language": language,
        "words": {key: words(word) for key, word in WORDS.items()},
    }


class _Relations(dict[str, dict[str, str]]):
    """How each relation reads from either end in one language, and the group that decides its line."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._words = None if language == "vi" else translations(language).gettext
        self._labels = relation_labels()

    def __missing__(self, name: str) -> dict[str, str]:
        told = load().relation(name, self._labels.get(name, name))
        label, inverse = told.label, told.inverse
        if self._words is not None:
            extra = {"issuedBy": ("issued by", "issued"), "partOf": ("part of", "includes")}.get(name, (name, name))
            label = self._words(RELATIONS.get(name, extra[0]))
            inverse = self._words(INVERSES.get(name, extra[1]))
        self[name] = {"label": label, "inverse": inverse, "group": told.group}
        return self[name]


def evidence_of(snapshot: Snapshot, subject: str, predicate: str, object_: str) -> list[dict[str, Any]]:
    """The sentences that state a relation, each with its quote and place; the file named from the common folder on: where that lies is
    nobody's business.

    Raises KeyError where the graph has no such statement, ChidaoError for what is no IRI."""
    found = evidence_between(snapshot.store, subject, predicate, object_)
    if not found and not network_of(snapshot, bodies=True).has_edge(subject, object_, predicate):
        raise KeyError(predicate)
    return [
        {name: getattr(said, name) for name in _EVIDENCE}
        | {"quote": said.quote or "", "source": said.file(snapshot.folder)}
        for said in found
    ]


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    return "" if value is None else str(value)


# --- the whole graph as a score: a band for each level, time from left to right ---


def score(
    network: nx.MultiDiGraph[str],
) -> tuple[dict[str, tuple[float, float]], list[dict[str, Any]], list[dict[str, Any]]]:
    """Positions, bands `{level, top, bottom}` and times `{year, left, right}` (year "" for no date) of a graph of any size.

    A year is as wide as its fullest band needs, so that nothing lies upon another and time only runs to the right. Within
    a year of a band, documents stand by date, and those that follow one directive near each other. O(n log n), and the same
    for the same graph."""
    known = load().levels
    cells: dict[tuple[str, str], list[str]] = defaultdict(list)
    dates = {name: _text(data, "date") for name, data in network.nodes(data=True)}
    for name, data in network.nodes(data=True):
        level = _text(data, "level")
        cells[level if level in known else "", dates[name][:4]].append(name)
    if not cells:
        return {}, [], []
    levels = [level for level in known if any(level == cell for cell, _ in cells)]
    years = sorted({year for _, year in cells})
    sizes = {level: sum(len(names) for (cell, _), names in cells.items() if cell == level) for level in levels}
    rows = _rows_of(levels, years, sizes, {cell: len(names) for cell, names in cells.items()})
    widths = {
        year: max(math.ceil(len(cells.get((level, year), ())) / rows[level]) for level in levels) for year in years
    }
    lefts: dict[str, float] = {}
    across = 0.0
    for year in years:
        lefts[year] = across
        across += widths[year] + _YEAR_GAP
    above = _above(network, dates)
    positions: dict[str, tuple[float, float]] = {}
    bands: list[dict[str, Any]] = []
    down = 0.0
    for level in levels:
        for year in years:
            names = cells.get((level, year), [])
            names.sort(key=lambda name: (dates[name][:7], above[name], dates[name], name))
            columns = math.ceil(len(names) / rows[level])
            step = widths[year] / columns if columns else 0.0
            for index, name in enumerate(names):
                column, row = divmod(index, rows[level])
                # A column that is not full stands in the band's middle.
                filled = min(rows[level], len(names) - column * rows[level])
                y = down + (row + 0.5) * (rows[level] / filled if filled < rows[level] else 1.0)
                positions[name] = (round(lefts[year] + (column + 0.5) * step, 2), round(y, 2))
        bands.append({"level": level, "top": round(down - 0.5, 2), "bottom": round(down + rows[level] + 0.5, 2)})
        down += rows[level] + _BAND_GAP
    times = [
        {"year": year, "left": round(lefts[year], 2), "right": round(lefts[year] + widths[year], 2)} for year in years
    ]
    return positions, bands, times


_YEAR_GAP = 0.6
_BAND_GAP = 1.6


def _rows_of(
    levels: list[str], years: list[str], sizes: Mapping[str, int], counts: Mapping[tuple[str, str], int]
) -> dict[str, int]:
    """How many rows each band gets, so that the whole is about `_ASPECT` times as wide as high."""

    def made(height: int) -> tuple[dict[str, int], float]:
        total = sum(math.sqrt(size) for size in sizes.values())
        rows = {level: max(2, round(height * math.sqrt(sizes[level]) / total)) for level in levels}
        width = sum(
            max(math.ceil(counts.get((level, year), 0) / rows[level]) for level in levels) + _YEAR_GAP for year in years
        )
        return rows, width / (sum(rows.values()) + _BAND_GAP * len(levels))

    low, high = 1, 4 + sum(sizes.values())
    while low < high:  # more rows make it narrower
        middle = (low + high) // 2
        if made(middle)[1] > _ASPECT:
            low = middle + 1
        else:
            high = middle
    return made(low)[0]


def _above(network: nx.MultiDiGraph[str], dates: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """For each document the date and name of what it follows first of all (its own where it follows nothing)."""
    order = {name: index for index, name in enumerate(load().relations)}
    found: dict[str, tuple[str, str]] = {}
    for name in network:
        links = [(order.get(key, 99), dates[o], o) for _, o, key in network.out_edges(name, keys=True) if o != name]
        best = min(links, default=(0, dates[name], name))
        found[name] = best[1:]
    return found


# --- the same in columns ---

_NODE = ("iri", "kind", "label", "number", "type", "date", "level", "title", "issuer", "url", "x", "y", "size")
_FEW = ("kind", "type", "date", "level", "issuer")


def pack(shown: Mapping[str, Any]) -> dict[str, Any]:
    """The same data in columns: `nodes` is `{"count": n, column: [...]}`, where a column of few different values is
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
