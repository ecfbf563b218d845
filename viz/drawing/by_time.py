"""Place a graph of any size by time: a band for each level from the top down, the years from left to right.

A year is as wide as its fullest band needs, so that nothing lies upon another and time only runs to the right. Within a year of a
band, documents stand by date, and those that follow one directive near each other. O(n log n), and the same for the same graph.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import networkx as nx

from chidao.viz.drawing.layout import Band, Layout, Time
from chidao.viz.words import DRAWN_LEVELS, drawn_level, words

ASPECT = 1.7
"""Width to height that is aimed at, as most screens are."""
_YEAR_GAP = 0.6
_BAND_GAP = 1.6
Cells = Mapping[tuple[str, str], Sequence[str]]
"""The nodes of each level and year ("" for no date)."""


def arrange_by_time(network: nx.MultiDiGraph[str]) -> Layout:
    """Place every node; a document takes a square of side 1."""
    dates = {name: str(data.get("date") or "") for name, data in network.nodes(data=True)}
    cells = _cells(network, dates)
    if not cells:
        return Layout({}, ())
    levels = [level for level in DRAWN_LEVELS if any(level == cell for cell, _ in cells)]
    years = sorted({year for _, year in cells})
    rows = _rows(levels, years, cells)
    times = _times(levels, years, cells, rows)
    positions: dict[str, tuple[float, float]] = {}
    bands: list[Band] = []
    down = 0.0
    for level in levels:
        for time in times:
            positions |= _fill(cells.get((level, time.year), ()), time, down, rows[level])
        bands.append(Band(level, round(down - 0.5, 2), round(down + rows[level] + 0.5, 2)))
        down += rows[level] + _BAND_GAP
    rounded = (Time(time.year, round(time.left, 2), round(time.right, 2)) for time in times)
    return Layout(positions, tuple(bands), tuple(rounded))


def _cells(network: nx.MultiDiGraph[str], dates: Mapping[str, str]) -> Cells:
    above = _above(network, dates)
    cells: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, data in network.nodes(data=True):
        cells[drawn_level(data.get("level")), dates[name][:4]].append(name)
    for names in cells.values():
        names.sort(key=lambda name: (dates[name][:7], above[name], dates[name], name))
    return cells


def _above(network: nx.MultiDiGraph[str], dates: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """For each document the date and name of what it follows first of all (its own where it follows nothing)."""
    order = {name: index for index, name in enumerate(words().relations)}
    found: dict[str, tuple[str, str]] = {}
    for name in network:
        links = [(order.get(key, 99), dates[o], o) for _, o, key in network.out_edges(name, keys=True) if o != name]
        best = min(links, default=(0, dates[name], name))
        found[name] = best[1:]
    return found


def _rows(levels: Sequence[str], years: Sequence[str], cells: Cells) -> dict[str, int]:
    """How many rows each band gets, so that the whole has about the `ASPECT`."""
    sizes = {level: sum(len(names) for (cell, _), names in cells.items() if cell == level) for level in levels}
    total = sum(math.sqrt(size) for size in sizes.values())

    def made(height: int) -> dict[str, int]:
        return {level: max(2, round(height * math.sqrt(sizes[level]) / total)) for level in levels}

    low, high = 1, 4 + sum(sizes.values())
    while low < high:  # more rows make it narrower
        middle = (low + high) // 2
        rows = made(middle)
        width = _times(levels, years, cells, rows)[-1].right + _YEAR_GAP
        if width / (sum(rows.values()) + _BAND_GAP * len(levels)) > ASPECT:
            low = middle + 1
        else:
            high = middle
    return made(low)


def _times(levels: Sequence[str], years: Sequence[str], cells: Cells, rows: Mapping[str, int]) -> list[Time]:
    times: list[Time] = []
    left = 0.0
    for year in years:
        width = max(math.ceil(len(cells.get((level, year), ())) / rows[level]) for level in levels)
        times.append(Time(year, left, left + width))
        left += width + _YEAR_GAP
    return times


def _fill(names: Sequence[str], time: Time, top: float, rows: int) -> dict[str, tuple[float, float]]:
    """The places of one year of a band, column by column; a column that is not full stands in the band's middle."""
    columns = math.ceil(len(names) / rows)
    places: dict[str, tuple[float, float]] = {}
    for index, name in enumerate(names):
        column, row = divmod(index, rows)
        filled = min(rows, len(names) - column * rows)
        x = time.left + (column + 0.5) * (time.right - time.left) / columns
        places[name] = round(x, 2), round(top + (row + 0.5) * rows / filled, 2)
    return places
