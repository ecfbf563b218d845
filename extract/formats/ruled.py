"""Tables of a printed page, from the lines that are ruled around their cells.

Programs draw the border of a table as strokes or thin rectangles, in any order and in pieces. Rules that cross one another make one
table; where a border is missing between two squares of its grid, the squares are one merged cell.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chidao.extract.formats.page import Glyph, Line, TableCell, TableRow, lay_out, row_line
from chidao.extract.formats.unruled import lay_out_unruled

__all__ = ["Rule", "find_grids", "lay_out_page"]

_SNAP = 2.5
"""Rules nearer than this, in points, stand at the same place: double borders, and corners that do not quite meet."""
MAX_RULES = 4_000
"""A page with more is a drawing and no table."""
MAX_SQUARES = 20_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line in points from the foot of the page: at height `at` from x `start` to `end`, or, when `upright`, at x `at` from
    height `start` to `end`."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Grid:
    """A table: the places of its rules from left to right and from top to bottom, and for each square (row, column) the square that
    its cell begins with."""

    across: tuple[float, ...]
    down: tuple[float, ...]
    cells: Mapping[tuple[int, int], tuple[int, int]]

    @property
    def columns(self) -> int:
        """The most cells that stand side by side."""
        return max(len(set(row)) for row in self._rows())

    def _rows(self) -> Iterator[list[tuple[int, int]]]:
        for i in range(len(self.down) - 1):
            yield [self.cells[i, k] for k in range(len(self.across) - 1)]

    def square(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the first square of the cell at a place, None outside the table."""
        if not (self.across[0] <= x <= self.across[-1] and self.down[-1] <= y <= self.down[0]):
            return None
        column = min(bisect_right(self.across, x), len(self.across) - 1) - 1
        row = min(bisect_right(self.down, -y, key=lambda height: -height), len(self.down) - 1) - 1
        return self.cells[row, column]

    def holds(self, other: Grid) -> bool:
        """Return whether another table stands within this one."""
        return (
            self.across[0] <= other.across[0]
            and other.across[-1] <= self.across[-1]
            and self.down[-1] <= other.down[-1]
            and other.down[0] <= self.down[0]
        )

    def lines(self, filled: Mapping[tuple[int, int], Sequence[Line]]) -> Iterator[Line]:
        """Yield the rows, from the lines of each cell. A cell that began in a row above is empty in the rows that it reaches down to."""
        for i, squares in enumerate(self._rows()):
            cells: list[TableCell] = []
            for square in dict.fromkeys(squares):
                right = self.across[len(squares) - squares[::-1].index(square)]
                cells.append(TableCell(tuple(filled.get(square, ())) if square[0] == i else (), right))
            if any(cell.lines for cell in cells):
                yield row_line(TableRow(tuple(cells), self.across, self.down[i + 1]), self.down[i])


def find_grids(rules: Iterable[Rule]) -> list[Grid]:
    """Return the tables that rules draw; a frame around text is none, a table within a cell belongs to the cell."""
    flat, upright = _joined(r for r in rules if not r.upright), _joined(r for r in rules if r.upright)
    if len(flat) + len(upright) > MAX_RULES:
        return []
    grids = [grid for own in _crossing(flat, upright) if (grid := _grid(*own)) and grid.columns > 1]
    return [g for g in grids if not any(other is not g and other.holds(g) for other in grids)]


def _grid(flat: Sequence[Rule], upright: Sequence[Rule]) -> Grid | None:
    """Return the grid of rules that hang together; None where they part no columns or are too many."""
    if not flat or not upright:
        return None
    across, down = _places(upright, flat), _places(flat, upright)[::-1]
    if len(across) < 3 or len(down) < 2 or len(across) * len(down) > MAX_SQUARES:
        return None
    return Grid(tuple(across), tuple(down), _cells(across, down, flat, upright))


def _places(rules: Sequence[Rule], crossing: Sequence[Rule]) -> list[float]:
    """Where rules stand, and where those that cross them end: a table may have no border at its sides."""
    places = sorted({rule.at for rule in rules})
    for outer in (min(rule.start for rule in crossing), max(rule.end for rule in crossing)):
        if not places[0] - _SNAP <= outer <= places[-1] + _SNAP:
            places = sorted([*places, outer])
    return places


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules with those made one that touch at one place, without those that are dots."""
    levels: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if levels and rule.at - levels[-1][0].at <= _SNAP:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    return [rule for level in levels for rule in _joined_ends(level) if rule.end - rule.start > _SNAP]


def _joined_ends(level: Sequence[Rule]) -> list[Rule]:
    """Return rules at one place as those from end to end that they draw together."""
    at = sum(rule.at for rule in level) / len(level)
    found: list[Rule] = []
    for rule in sorted(level, key=lambda rule: rule.start):
        if found and rule.start <= found[-1].end + _SNAP:
            found[-1] = replace(found[-1], end=max(found[-1].end, rule.end))
        else:
            found.append(replace(rule, at=at))
    return found


def _crossing(flat: Sequence[Rule], upright: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The rules in groups that hang together."""
    group = list(range(len(flat) + len(upright)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for i, f in enumerate(flat):
        for k, u in enumerate(upright):
            if f.start - _SNAP <= u.at <= f.end + _SNAP and u.start - _SNAP <= f.at <= u.end + _SNAP:
                group[root(i)] = root(len(flat) + k)
    found: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for i, rule in enumerate((*flat, *upright)):
        found[root(i)][rule.upright].append(rule)
    return list(found.values())


def _cells(
    across: Sequence[float], down: Sequence[float], flat: Sequence[Rule], upright: Sequence[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each square the first square of its cell, reading from the left and from above."""
    borders: dict[tuple[bool, float], list[Rule]] = defaultdict(list)
    for rule in (*flat, *upright):
        borders[rule.upright, rule.at].append(rule)

    def parted(upright: bool, at: float, middle: float) -> bool:
        return any(rule.start <= middle <= rule.end for rule in borders[upright, at])

    cells: dict[tuple[int, int], tuple[int, int]] = {}
    for first in ((i, k) for i in range(len(down) - 1) for k in range(len(across) - 1)):
        if first in cells:
            continue
        cells[first] = first
        waiting = [first]
        while waiting:
            i, k = waiting.pop()
            x, y = (across[k] + across[k + 1]) / 2, (down[i] + down[i + 1]) / 2
            for square, upright_border, at, middle in (
                ((i, k - 1), True, across[k], y),
                ((i, k + 1), True, across[k + 1], y),
                ((i - 1, k), False, down[i], x),
                ((i + 1, k), False, down[i + 1], x),
            ):
                inside = 0 <= square[0] < len(down) - 1 and 0 <= square[1] < len(across) - 1
                if inside and square not in cells and not parted(upright_border, at, middle):
                    cells[square] = first
                    waiting.append(square)
    return cells


def lay_out_page(glyphs: Sequence[Glyph], rules: Iterable[Rule], above: Sequence[Line] = ()) -> list[Line]:
    """Return the lines of a page from top to bottom, each row of a table a line of its own with its cells; `above` are the lines of the
    page before."""
    left = list(glyphs)
    lines: list[Line] = []
    for grid in find_grids(list(rules)):
        inside: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
        outside: list[Glyph] = []
        for g in left:
            square = grid.square((g.left + g.right) / 2, g.base + 0.3 * g.size)
            (outside if square is None else inside[square]).append(g)
        filled = {square: lay_out(own) for square, own in inside.items()}
        if sum(map(bool, filled.values())) < 2:
            continue  # a drawing
        lines += grid.lines(filled)
        left = outside
    return sorted([*lines, *lay_out_unruled(left, above)], key=lambda line: -line.base)
