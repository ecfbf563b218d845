"""Place the cards of a graph: central documents on top, local ones below, few crossings, the same every time.

A level (central, province, …) is a band. Inside a band, a document stands below the ones it refers to in the same
band, so a band has ranks. A rank is ordered by the mean position of each card's neighbours, wrapped into rows when
it is too wide, and then shifted sideways so that cards stand near what they are linked to. In a small graph, cards
also get out of the way of links.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import networkx as nx

from chidao.viz.words import DRAWN_LEVELS, drawn_level

WIDTH, HEIGHT = 172.0, 62.0
"""Size of a card."""

_STEP_X = WIDTH + 28
_STEP_ROW = HEIGHT + 34
_STEP_RANK = HEIGHT + 64
_BAND_GAP = 60.0
_BAND_PAD = 40.0
_MAX_RANK = 5
_MIN_COLUMNS = 4
_SWEEPS = 16
_FEW = 36  # cards that are shifted one by one; links can then be straight
_HIT = 400.0  # how far a card may go out of its way for one link less behind a card


@dataclass(frozen=True, slots=True)
class Band:
    """The strip that a level takes, from `top` to `bottom`."""

    level: str
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Time:
    """The strip that a year takes ("" for no date), from `left` to `right`."""

    year: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each node's centre is (y grows downwards), the bands from the top down, and the years where it is by time. `straight` says
    that straight links mostly keep clear of the cards."""

    positions: dict[str, tuple[float, float]]
    bands: tuple[Band, ...]
    times: tuple[Time, ...] = ()
    straight: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """Cards of one level side by side; `shift` sets the rows of one rank off against each other."""

    level: str
    nodes: Sequence[str]
    y: float
    shift: float


def arrange(graph: nx.MultiDiGraph[str], *, aspect: float = 1.5) -> Layout:
    """Place every node; `aspect` is the width to height that wrapping aims at.

    Tried instead, on graphs of 9 to 219 documents: igraph's layout_sugiyama with these ranks as its layers. Its order of a rank gave 105
    and 1871 crossings in place of 96 and 1864, and alone, as it wraps no rank, drawings up to 60,000 wide."""
    if not graph:
        return Layout({}, ())
    links = _links(graph)
    ranks = [(level, rank) for level, nodes in _levels(graph) for rank in _ranks(graph, nodes)]
    columns = _columns([(level, len(rank)) for level, rank in ranks], aspect)
    orders = _order([rank for _, rank in ranks], links)
    rows = _rows([(level, order) for (level, _), order in zip(ranks, orders, strict=True)], columns)
    across = _across([row.nodes for row in rows], links, columns * _STEP_X)
    places = {node: (round(across[node] + row.shift, 1), round(row.y, 1)) for row in rows for node in row.nodes}
    few = len(graph) <= _FEW
    return Layout(_Dodger(places, links).dodge() if few else places, _bands(rows), straight=few)


def _rows(ranks: Iterable[tuple[str, Sequence[str]]], columns: int) -> list[_Row]:
    """Wrap each rank, and set the rows of all below each other."""
    rows: list[_Row] = []
    y = 0.0
    for level, order in ranks:
        wrapped = _wrap(order, columns)
        for index, nodes in enumerate(wrapped):
            if rows:
                y += _STEP_ROW if index else _STEP_RANK if level == rows[-1].level else _STEP_RANK + _BAND_GAP
            shift = 0.0 if len(wrapped) == 1 else _STEP_X / 4 * (-1 if index % 2 else 1)
            rows.append(_Row(level, nodes, y, shift))
    return rows


def _bands(rows: Iterable[_Row]) -> tuple[Band, ...]:
    edge = HEIGHT / 2 + _BAND_PAD
    levels = [(level, [row.y for row in group]) for level, group in groupby(rows, key=lambda row: row.level)]
    return tuple(Band(level, ys[0] - edge, ys[-1] + edge) for level, ys in levels)


def _links(graph: nx.MultiDiGraph[str]) -> dict[str, list[str]]:
    """Each node's neighbours in either direction, once each."""
    links: dict[str, set[str]] = {node: set() for node in graph}
    for subject, object_ in graph.edges():
        if subject != object_:
            links[subject].add(object_)
            links[object_].add(subject)
    return {node: sorted(others) for node, others in links.items()}


def _levels(graph: nx.MultiDiGraph[str]) -> list[tuple[str, list[str]]]:
    """The levels that occur, in drawing order, each with its nodes in reading order (bodies first, then by date)."""
    by_level: dict[str, list[str]] = defaultdict(list)
    for node, data in graph.nodes(data=True):
        by_level[drawn_level(data.get("level"))].append(node)

    def reading(node: str) -> tuple[bool, str, str, str]:
        data = graph.nodes[node]
        return (
            data.get("kind") != "body",
            str(data.get("date") or "9999"),
            str(data.get("label") or ""),
            node,
        )

    return [(level, sorted(by_level[level], key=reading)) for level in DRAWN_LEVELS if level in by_level]


def _ranks(graph: nx.MultiDiGraph[str], nodes: Sequence[str]) -> list[list[str]]:
    """Split one level: a node comes below everything of its level that it points to (cycles share a rank)."""
    inside = set(nodes)
    links: nx.DiGraph[str] = nx.DiGraph()
    links.add_nodes_from(nodes)
    links.add_edges_from((s, o) for s, o in graph.edges(nodes) if o in inside and s != o)
    groups: nx.DiGraph[int] = nx.condensation(links)
    depth: dict[int, int] = {}
    for group in reversed(list(nx.topological_sort(groups))):
        depth[group] = 1 + max((depth[below] for below in groups.successors(group)), default=-1)
    member: dict[str, int] = groups.graph["mapping"]
    ranks: dict[int, list[str]] = defaultdict(list)
    for node in nodes:
        ranks[min(depth[member[node]], _MAX_RANK)].append(node)
    return [ranks[rank] for rank in sorted(ranks)]


def _order(ranks: Sequence[Sequence[str]], links: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Order each rank by its neighbours' mean place, sweeping down and up; keep the order with the shortest links."""
    orders = [list(rank) for rank in ranks]
    rank_of = {node: index for index, rank in enumerate(ranks) for node in rank}
    place = {node: at for order in orders for node, at in _numbered(order)}

    def length() -> float:
        return sum(abs(place[node] - place[other]) for node, others in links.items() for other in others)

    def wanted(node: str, side: range) -> float:
        seen = [place[other] for other in links[node] if rank_of[other] in side]
        return sum(seen) / len(seen) if seen else place[node]

    best, shortest = [list(order) for order in orders], length()
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for index in range(len(orders)) if down else reversed(range(len(orders))):
            side = range(index) if down else range(index + 1, len(orders))
            want = {node: (wanted(node, side), place[node]) for node in orders[index]}
            orders[index].sort(key=want.__getitem__)
            place.update(_numbered(orders[index]))
        if (now := length()) < shortest - 1e-9:
            best, shortest = [list(order) for order in orders], now
    return best


def _numbered(order: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Each node of a rank with its place from 0 to 1."""
    return ((node, (index + 0.5) / len(order)) for index, node in enumerate(order))


def _columns(ranks: Iterable[tuple[str, int]], aspect: float) -> int:
    """The fewest columns that make the drawing at least `aspect` times as wide as high."""
    ranks = list(ranks)
    widest = max(size for _, size in ranks)
    gaps = _BAND_GAP * len({level for level, _ in ranks})
    for columns in range(min(_MIN_COLUMNS, widest), widest):
        height = gaps + sum(_STEP_RANK + (math.ceil(size / columns) - 1) * _STEP_ROW for _, size in ranks)
        if columns * _STEP_X >= aspect * height:
            return columns
    return widest


def _wrap(order: Sequence[str], columns: int) -> list[list[str]]:
    """Split a rank into rows, column by column, so that what is near in the order stays near on the page."""
    rows = math.ceil(len(order) / columns)
    return [list(order[row::rows]) for row in range(rows)]


def _across(rows: Sequence[Sequence[str]], links: dict[str, list[str]], width: float) -> dict[str, float]:
    """The x of every node: as near to its neighbours' mean as its row's order and the page's width allow."""
    x: dict[str, float] = {}
    for row in rows:
        x.update((node, (index - (len(row) - 1) / 2) * _STEP_X) for index, node in enumerate(row))
    row_of = {node: index for index, row in enumerate(rows) for node in row}
    half = (width - _STEP_X) / 2
    for sweep in range(_SWEEPS):
        for index in range(len(rows)) if sweep % 2 == 0 else reversed(range(len(rows))):
            row = rows[index]
            wanted = []
            for node in row:
                others = [x[other] for other in links[node] if row_of[other] != index]
                wanted.append(sum(others) / len(others) if others else x[node])
            for place, (node, value) in enumerate(zip(row, _spread(wanted), strict=True)):
                x[node] = min(max(value, -half + place * _STEP_X), half - (len(row) - 1 - place) * _STEP_X)
    return x


def _spread(wanted: Sequence[float]) -> list[float]:
    """The values nearest to `wanted` (least squares) that keep its sequence and stand at least a step apart."""
    blocks: list[tuple[float, int]] = []
    for index, value in enumerate(wanted):
        total, count = value - index * _STEP_X, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / count:
            before, size = blocks.pop()
            total, count = total + before, count + size
        blocks.append((total, count))
    means = [total / count for total, count in blocks for _ in range(count)]
    return [mean + index * _STEP_X for index, mean in enumerate(means)]


class _Dodger:
    """Shifts cards along their rows until as few straight links as possible run behind a card; ties keep links short."""

    def __init__(self, places: Mapping[str, tuple[float, float]], links: Mapping[str, Sequence[str]]) -> None:
        self.x = {node: x for node, (x, _) in places.items()}
        self.y = {node: y for node, (_, y) in places.items()}
        self.rows: dict[float, list[str]] = defaultdict(list)
        for node, y in self.y.items():
            self.rows[y].append(node)
        self.lines = sorted((a, b) for a, others in links.items() for b in others if self.y[a] < self.y[b])
        reach = max(max(self.x.values()) - min(self.x.values()), 3 * _STEP_X) / 2 + _STEP_X
        self.tries = [round(index * _STEP_X / 8 - reach, 1) for index in range(math.ceil(16 * reach / _STEP_X) + 1)]

    def dodge(self) -> dict[str, tuple[float, float]]:
        for _ in range(_SWEEPS):
            if not sum(self._improve(node) for node in self.x):
                break
        return {node: (round(self.x[node], 1), y) for node, y in self.y.items()}

    def _improve(self, node: str) -> bool:
        """Move a card to its best place in its row. Returns whether that is another one."""
        before = best = self.x[node]
        least = self._cost(node)
        mates = [self.x[other] for other in self.rows[self.y[node]] if other != node]
        for place in self.tries:
            if any(abs(place - mate) < _STEP_X for mate in mates):
                continue
            self.x[node] = place
            if (now := self._cost(node)) < least - 1e-6:
                best, least = place, now
        self.x[node] = best
        return best != before

    def _cost(self, node: str) -> float:
        own = [(a, b) for a, b in self.lines if node in (a, b)]
        hits = sum(self._behind(a, b, card) for a, b in own for card in self.x)
        hits += sum(self._behind(a, b, node) for a, b in self.lines)
        return _HIT * hits + sum(abs(self.x[a] - self.x[b]) for a, b in own) + abs(self.x[node]) / 8

    def _behind(self, a: str, b: str, card: str) -> bool:
        """Does the line from `a` down to `b` run behind a card?"""
        x, y = self.x, self.y
        if not y[a] < y[card] < y[b]:
            return False
        slope = (x[b] - x[a]) / (y[b] - y[a])
        middle = x[a] + slope * (y[card] - y[a])
        return abs(middle - x[card]) < WIDTH / 2 + 6 + abs(slope) * HEIGHT / 2
