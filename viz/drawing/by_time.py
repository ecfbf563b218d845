"""Place a graph of any size by time: a band for each level from the top down, the years from left to right.

A year is as wide as its fullest band needs, so that nothing lies upon another and time only runs to the right. Within a year of a
band, documents stand by date, and those that follow one directive near each other. O(n log n), and the same for the same graph.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from chidao.viz.drawing.layout import Band, Time
from chidao.viz.words import DRAWN_LEVELS, drawn_level, words

ASPECT = 1.7
"""Width to height that is aimed at, as most screens are."""
_YEAR_GAP = 0.6
_BAND_GAP = 1.6
Cells = Mapping[tuple[str, str], Sequence[int]]
"""The documents of each level and year ("" for no date)."""


class ByTime(NamedTuple):
    """Where the centre of each document is (y grows downwards), the bands from the top down, and the years from left to right."""

    positions: list[tuple[float, float]]
    bands: list[Band]
    times: list[Time]


def arrange_by_time(documents: Sequence[tuple[str, str]], links: Iterable[tuple[int, int, str]]) -> ByTime:
    """Place every document, of which level and date are given ("" where unknown); `links` say which of them refers to which, by places in
    this sequence, and by which relation. A document takes a square of side 1."""
    dates = [date for _, date in documents]
    cells = _cells(documents, dates, _above(links, dates))
    if not cells:
        return ByTime([], [], [])
    levels = [level for level in DRAWN_LEVELS if any(level == cell for cell, _ in cells)]
    years = sorted({year for _, year in cells})
    rows = _rows(levels, years, cells)
    times = _times(levels, years, cells, rows)
    positions: dict[int, tuple[float, float]] = {}
    bands: list[Band] = []
    down = 0.0
    for level in levels:
        for time in times:
            positions |= _fill(cells.get((level, time.year), ()), time, down, rows[level])
        bands.append(Band(level, round(down - 0.5, 2), round(down + rows[level] + 0.5, 2)))
        down += rows[level] + _BAND_GAP
    rounded = [Time(time.year, round(time.left, 2), round(time.right, 2)) for time in times]
    return ByTime([positions[place] for place in range(len(documents))], bands, rounded)


def _cells(documents: Sequence[tuple[str, str]], dates: Sequence[str], above: Mapping[int, tuple[str, int]]) -> Cells:
    cells: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, (level, date) in enumerate(documents):
        cells[drawn_level(level), date[:4]].append(place)
    for places in cells.values():
        places.sort(key=lambda place: (dates[place][:7], above.get(place, (dates[place], place)), dates[place], place))
    return cells


def _above(links: Iterable[tuple[int, int, str]], dates: Sequence[str]) -> dict[int, tuple[str, int]]:
    """For each document that follows others the date and place of what it follows first of all."""
    order = {name: index for index, name in enumerate(words().relations)}
    found: dict[int, tuple[int, str, int]] = {}
    for one, other, relation in links:
        if one != other:
            rank = order.get(relation, 99)
            if (first := found.get(one)) is None or (rank <= first[0] and (rank, dates[other], other) < first):
                found[one] = rank, dates[other], other
    return {one: first[1:] for one, first in found.items()}


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


def _fill(names: Sequence[int], time: Time, top: float, rows: int) -> dict[int, tuple[float, float]]:
    """The places of one year of a band, column by column; a column that is not full stands in the band's middle."""
    columns = math.ceil(len(names) / rows)
    places: dict[int, tuple[float, float]] = {}
    for index, name in enumerate(names):
        column, row = divmod(index, rows)
        filled = min(rows, len(names) - column * rows)
        x = time.left + (column + 0.5) * (time.right - time.left) / columns
        places[name] = round(x, 2), round(top + (row + 0.5) * rows / filled, 2)
    return places
