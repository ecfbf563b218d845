"""Tables of tasks on a printed page whose columns are parted by blanks alone.

The header tells that a table begins: its first cell is "TT", and nearly all of the others are names of columns (`task_columns.csv`).
What is blank between two of its cells stays blank in every line of the table, and each row opens with its number. Where either fails the
lines stay as they are printed: letterheads, signatures and prose in columns are never cut.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from string import whitespace

from chidao.extract.formats.page import Glyph, Line, TableCell, TableRow, lay_out, row_line
from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LETTER, lower
from chidao.extract.language.patterns import GROUP, OFFICE_IN_CAPITALS, RECIPIENTS, SERIAL, SIGNS_FOR
from chidao.extract.language.tables import rows

__all__ = ["lay_out_unruled"]

_BLANK = 0.6
"""A gap wider than this, in sizes of the type, may part two cells of a header: Word leaves 10.8 points, and a blank takes a quarter."""
_LEAST = 5.0
"""What stays blank between two columns in every line, in points."""
_ALIGNED = 1.5
"""How far apart, in points, lines of one column begin."""
_PADDING = 5.4
_SPACE = 0.25
"""How wide a blank is, in sizes of the type."""
_FEWEST, _MOST = 4, 9
"""Columns of a table."""
_HEADER_LINES = 6
_APART = 2.5
"""A line further below the last than this, in sizes of the type, opens a row or is none of the table."""
_FIRST = re.compile(rf"\s*{SERIAL}(?=\s|\Z)", re.IGNORECASE)
_NUMBER = rf"\(?(?:[0-9]{{1,3}}(?:\.[0-9]{{1,2}}){{0,2}}|{GROUP})[.)]?"
_OPENS = re.compile(rf"\s*{_NUMBER}(?=\s|\Z)")
_GROUP = re.compile(rf"\s*{GROUP}[.)]?\s+\S")
"""A heading over all columns."""
_BEHIND = re.compile(rf"\s*(?:{RECIPIENTS}|{SIGNS_FOR}\s*\.|(?:PHÓ\s+)?{OFFICE_IN_CAPITALS})")
_TOLD = ("number", "what", "subject", "who", "lead", "support", "time", "money", "count", "other", "meeting")
_NAMES = {name: [lower(r["header"]) for r in rows("task_columns.csv") if r["field"] == name] for name in _TOLD}
_NAME = re.compile(rf"{one_of(h for headers in _NAMES.values() for h in headers)}(?![{LETTER}])")
_WORK, _DOER = (
    re.compile(rf"{one_of(h for name in names for h in _NAMES[name])}(?![{LETTER}])")
    for names in (("what", "subject"), ("who", "lead"))
)

Piece = tuple[float, float]
"""From where to where something is, in points from the left."""


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line, its characters, and where words stand in it."""

    line: Line
    glyphs: tuple[Glyph, ...]
    filled: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table's rows, and which lines of the page they take."""

    rows: tuple[Line, ...]
    start: int
    end: int


def lay_out_unruled(glyphs: Sequence[Glyph], above: Sequence[Line] = ()) -> list[Line]:
    """Return the lines of a page from top to bottom, each row of a table whose columns blanks part a line of its own; `above` are the lines
    of the page before, whose table may go on, below a header that is printed again or with its next row."""
    lines = lay_out(glyphs)
    following = _following(lines, above)
    if not following and not any(_FIRST.match(line.text) for line in lines):
        return lines
    printed = _printed(lines, glyphs)
    known = {line.row.texts for line in above if line.row}
    rest = _rest(printed, following) if following else None
    found, at = (list(rest.rows), rest.end) if rest else ([], 0)
    for n, line in enumerate(lines):
        if n < at or not _FIRST.match(line.text):
            continue
        table = _table(printed, n, at, known)
        if table:
            found += [*lines[at : table.start], *table.rows]
            at = table.end
    return [*found, *lines[at:]]


def _following(lines: Sequence[Line], above: Sequence[Line]) -> list[TableRow]:
    """Return the rows of the table that takes the page before to its foot, where this page begins with the number behind its last one."""
    inner = above[:-1] if above and _is_page_number(above[-1].text) else above
    last = inner[-1].row if inner else None
    before = _numbered(" ".join(last.cells[0].texts)) if last else None
    if last is None or before is None or not lines or _numbered(lines[0].text) != before + 1:
        return []
    return [line.row for line in inner if line.row and line.row.edges == last.edges]


def _is_page_number(text: str) -> bool:
    """Does a line hold a number alone, as the foot of a page does?"""
    said = text.strip(f"{whitespace}-–")
    return said.isdecimal() and len(said) < 4


def _numbered(text: str) -> int | None:
    number = re.match(r"\s*([0-9]{1,3})[.)]?(?=\s|\Z)", text)
    return int(number[1]) if number else None


def _rest(printed: Sequence[_Printed], rows: Sequence[TableRow]) -> _Table | None:
    """Return what stands at the head of a page of a table whose header is on another one: rows that leave blank what all of its rows do."""
    sides = [[line for row in rows for line in row.cells[n].lines] for n in range(len(rows[0].cells))]
    if not all(sides):
        return None
    rights = [max(line.right for line in side) for side in sides]
    gaps = [(right, min(line.left for line in side)) for right, side in zip(rights, sides[1:], strict=False)]
    free, inside, end = _reach(printed, 0, gaps)
    edges = [_edge(pieces, [printed[i] for i in inside]) for pieces in free]
    borders = [edge for edge in edges if edge is not None]
    if not inside or len(borders) < len(edges):
        return None
    parts = _rows(printed, 0, end, inside, borders)
    if not _opens_rows(parts, borders, goes_on=False):
        return None
    filled = [_cells(part, borders) for part in parts if isinstance(part, list)]
    return _Table(tuple(_lines_of(parts, filled, [right + _PADDING for right in rights], rows[0].edges)), 0, end)


def _printed(lines: Sequence[Line], glyphs: Sequence[Glyph]) -> list[_Printed]:
    bases = [-line.base for line in lines]
    own: list[list[Glyph]] = [[] for _ in lines]
    for g in glyphs:
        if not g.text.isspace():
            k = bisect_left(bases, -g.base)
            own[min((i for i in (k - 1, k) if 0 <= i < len(bases)), key=lambda i: abs(bases[i] + g.base))].append(g)
    return [
        _Printed(line, tuple(mine), _filled(mine, _BLANK * line.size)) for line, mine in zip(lines, own, strict=True)
    ]


def _filled(glyphs: Sequence[Glyph], blank: float = 0.0) -> tuple[Piece, ...]:
    """Return where characters stand, those made one piece that no more than `blank` parts."""
    pieces: list[Piece] = []
    for g in sorted(glyphs, key=lambda g: g.left):
        if pieces and g.left - pieces[-1][1] <= blank:
            pieces[-1] = (pieces[-1][0], max(pieces[-1][1], g.right))
        else:
            pieces.append((g.left, g.right))
    return tuple(pieces)


def _table(printed: Sequence[_Printed], n: int, low: int, known: set[tuple[tuple[str, ...], ...]]) -> _Table | None:
    """Return the table whose header has its first cell in line `n`; None where none surely begins there. The header takes lines above it
    too, where its cells stand at middle height."""
    reach = range(n + 1, min(n + 1 + _HEADER_LINES, len(printed)))
    opens = next((k for k in reach if _OPENS.match(printed[k].line.text)), None)
    for start in range(n, max(low, n - 3) - 1, -1):
        for body in reach:
            goes_on = body != opens
            header = printed[start:body]
            gaps = _gaps(header)
            if not _FEWEST <= len(gaps) + 1 <= _MOST or (goes_on and not known):
                continue
            cells = _cells(header, [(a + b) / 2 for a, b in gaps])
            if _is_header(cells) and not (goes_on and tuple(_texts(cell) for cell in cells) not in known):
                return _below(printed, start, body, gaps, goes_on=goes_on)
    return None


def _gaps(header: Sequence[_Printed]) -> list[Piece]:
    """Return what is blank in all lines of a header between its cells."""
    size = max(p.line.size for p in header)
    pieces = _filled([g for p in header for g in p.glyphs], _BLANK * size)
    return [(a[1], b[0]) for a, b in pairwise(pieces)]


def _cells(lines: Sequence[_Printed], borders: Sequence[float]) -> list[list[Line]]:
    own: list[list[Glyph]] = [[] for _ in range(len(borders) + 1)]
    for g in (g for p in lines for g in p.glyphs):
        own[bisect_right(borders, (g.left + g.right) / 2)].append(g)
    return [lay_out(mine) for mine in own]


def _texts(cell: Sequence[Line]) -> tuple[str, ...]:
    return tuple(line.text for line in cell)


def _is_header(cells: Sequence[Sequence[Line]]) -> bool:
    """Are the cells names of columns, all but one at most, with one for the work and one for who does it?"""
    said = [" ".join(" ".join(_texts(cell)).split()) for cell in cells]
    if not _FIRST.fullmatch(said[0]) or not all(name[:1].isupper() for name in said):
        return False
    names = [lower(name) for name in said[1:]]
    unknown = sum(_NAME.match(name) is None for name in names)
    return unknown < 2 and any(map(_WORK.match, names)) and any(map(_DOER.match, names))


def _below(
    printed: Sequence[_Printed], start: int, body: int, gaps: Sequence[Piece], *, goes_on: bool
) -> _Table | None:
    """Return the table of a header in the lines from `start` to `body` and the rows below it."""
    free, inside, end = _reach(printed, body, gaps)
    edges = [_edge(pieces, [printed[i] for i in (*range(start, body), *inside)]) for pieces in free]
    borders = [edge for edge in edges if edge is not None]
    if not inside or len(borders) < len(edges):
        return None
    parts = _rows(printed, body, end, inside, borders)
    if not _opens_rows(parts, borders, goes_on=goes_on):
        return None
    middles = [(a + b) / 2 for a, b in gaps]
    lines = list(_lines(printed[start:body], parts, borders, middles))
    made = [line.row for line in lines if line.row]
    return _Table(tuple(lines), start, end) if _wraps_alone(made[0], made[1:]) else None


def _reach(printed: Sequence[_Printed], body: int, gaps: Sequence[Piece]) -> tuple[list[list[Piece]], list[int], int]:
    """Return what stays blank in each gap down to the table's end, the lines that leave it blank, and the line behind the table."""
    free = [[gap] for gap in gaps]
    inside: list[int] = []
    k = body
    while k < len(printed) and not _ends(printed, k):
        left = [_without(pieces, printed[k].filled) for pieces in free]
        if all(left):
            free = left
            inside.append(k)
        elif not _is_group(printed, k, free):
            break
        k += 1
    if inside and body < inside[-1] == k - 1 and _is_page_number(printed[k - 1].line.text):
        inside.pop()
        k -= 1
    return free, inside, k


def _wraps_alone(header: TableRow, below: Sequence[TableRow]) -> bool:
    """Do the lines of each of the header's cells belong together, the first being full or the next going on with a small letter? Else what
    stands below it may be the rest of a row whose number is on the page before, or at middle height."""
    for n, cell in enumerate(header.cells):
        own = [line for row in (header, *below) for line in row.cells[n].lines]
        width = max(line.right for line in own) - min(line.left for line in own)
        for line, after in pairwise(cell.lines):
            word = after.text.split()[0]
            room = width - (line.right - line.left) - len(word) * (after.right - after.left) / len(after.text)
            goes_on = after.text[0].islower() and not _WORK.match(lower(cell.lines[0].text))
            if room > _PADDING + _SPACE * line.size and not goes_on:
                return False
    return True


def _ends(printed: Sequence[_Printed], k: int) -> bool:
    line, above = printed[k].line, printed[k - 1].line
    apart = above.base - line.base > _APART * max(line.size, above.size)
    return (apart and not _OPENS.match(line.text)) or bool(_BEHIND.match(line.text) or _FIRST.match(line.text))


def _without(free: Sequence[Piece], filled: Sequence[Piece]) -> list[Piece]:
    """Return what stays blank where a line is printed too."""
    for left, right in filled:
        free = [piece for a, b in free for piece in ((a, min(b, left)), (max(a, right), b))] if any(
            left < b and right > a for a, b in free
        ) else free  # fmt: skip
        free = list(dict.fromkeys((a, b) for a, b in free if b - a >= _LEAST))
    return list(free)


def _is_group(printed: Sequence[_Printed], k: int, free: Sequence[Sequence[Piece]]) -> bool:
    """Is a line that crosses columns the heading of a group: a row opens below it?"""
    below = printed[k + 1] if k + 1 < len(printed) else None
    return (
        below is not None
        and _GROUP.match(printed[k].line.text) is not None
        and _OPENS.match(below.line.text) is not None
        and all(_without(pieces, below.filled) for pieces in free)
    )


def _edge(free: Sequence[Piece], lines: Sequence[_Printed]) -> float | None:
    """Return where one column ends and the next begins; None where two places would do and lines begin at neither, or at both."""
    if len(free) > 1:
        starts = [a for p in lines for a, _ in p.filled]
        counts = [sum(abs(a - right) < _ALIGNED for a in starts) for _, right in free]
        best = max(counts)
        free = [piece for piece, count in zip(free, counts, strict=True) if count == best and best > 1]
    return (free[0][0] + free[0][1]) / 2 if len(free) == 1 else None


def _rows(
    printed: Sequence[_Printed], body: int, end: int, inside: Sequence[int], borders: Sequence[float]
) -> list[list[_Printed] | Line]:
    """Return the lines of each row; and headings of groups as they are printed."""
    found: list[list[_Printed] | Line] = []
    within = set(inside)
    for k in range(body, end):
        if k not in within:
            found.append(printed[k].line)
        elif any(g.right < borders[0] for g in printed[k].glyphs) or not found or isinstance(found[-1], Line):
            found.append([printed[k]])
        else:
            found[-1].append(printed[k])
    return found


def _opens_rows(parts: Sequence[list[_Printed] | Line], borders: Sequence[float], *, goes_on: bool) -> bool:
    """Does each row open with its number, and each of its cells in that line? Where cells stand at middle height they do not, and nobody
    can say where a row begins. The first may be the rest of the last page's."""
    opened = False
    for n, part in enumerate(part for part in parts if isinstance(part, list)):
        whole, first = _cells(part, borders), _cells(part[:1], borders)
        longest = max(range(1, len(whole)), key=lambda i: sum(len(line.text) for line in whole[i]))
        begins = first[longest][0].text[:1] if first[longest] else ""
        if not whole[0] and n == 0 and goes_on and any(cell and cell[0].text[:1].islower() for cell in first):
            continue
        if len(whole[0]) != 1 or not re.fullmatch(_NUMBER, whole[0][0].text.strip()) or not begins or begins.islower():
            return False
        if any(cell and not at_top for cell, at_top in zip(whole, first, strict=True)):
            return False
        opened = True
    return opened or goes_on


def _lines(
    header: Sequence[_Printed],
    parts: Sequence[list[_Printed] | Line],
    borders: Sequence[float],
    middles: Sequence[float],
) -> Iterator[Line]:
    """Return the header, whose own gaps part its cells so that it is the same on each page, and what stands below it."""
    top = _cells(header, middles)
    filled = [_cells(part, borders) for part in parts if isinstance(part, list)]
    rights = [max(line.right for cells in (top, *filled) for line in cells[i]) + _PADDING for i in range(len(top))]
    edges = (min(line.left for line in top[0]), *middles, max(line.right for line in top[-1]))
    return _lines_of([list(header), *parts], [top, *filled], rights, edges)


def _lines_of(
    parts: Sequence[list[_Printed] | Line],
    filled: Sequence[list[list[Line]]],
    rights: Sequence[float],
    edges: tuple[float, ...],
) -> Iterator[Line]:
    """Yield each part as a line, of those that are rows what the cells are filled with."""
    waiting = iter(filled)
    for part in parts:
        if isinstance(part, Line):
            yield part
            continue
        cells = (TableCell(tuple(lines), right) for lines, right in zip(next(waiting), rights, strict=True))
        yield row_line(TableRow(tuple(cells), edges, part[-1].line.base), part[0].line.base)
