"""A printed page to lines of text, from where its characters stand.

PDF and OCR give characters with boxes, in whatever order a program wrote them. A line is what shares a baseline; columns side
by side stay on one line, parted by wide blanks, as heading and signature block of a document are printed; a small raised figure
is a footnote's mark; page numbers and running heads are no text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from chidao.extract.formats.lines import raised, row_lines
from chidao.extract.language.letters import LOWER
from chidao.extract.language.patterns import ASKS_FIGURE, JOINS

__all__ = [
    "COLUMN",
    "Glyph",
    "Line",
    "TableCell",
    "TableRow",
    "drop_running",
    "join_pages",
    "join_rows",
    "lay_out",
    "row_line",
]

COLUMN = "     "
"""What parts columns of a line."""
_COLUMN_GAP = 1.7
"""A gap wider than this, in sizes of the type, parts columns; justified text stays below."""
_BLANK_GAP = 0.1
"""A gap wider than this, in sizes of the type, is a blank: within words it is 0.06 at most, between them 0.12 at least (twelve files)."""
_FIGURE_GAP = 0.19
"""The same within numbers and at dashes, where the text layers that OCR writes leave wider gaps ("1 01/2024", "QĐ- UBND")."""
_SMALL = 0.8
"""A figure below this share of its neighbours' size may be a raised mark."""
_EDGE = 4.0
"""How far, in points, a table's rule may stand from its place on the page before."""
_HEADER = 3
"""Rows that a header takes at most."""
_OPEN = re.compile(
    rf"(?:[,(/–-]|\([^()]*|\b(?:{ASKS_FIGURE}|{JOINS}|đến))\s*\Z",
    re.IGNORECASE,
)
"""What ends no sentence: "Kế hoạch số 102/KH-UBND ngày"."""
_AMID = re.compile(rf"(?!\w\s?[).]|\d+\.)(?:[{LOWER}]|\d+[/%]|[,;.)/])")
"""What begins none: "đồng bộ trên địa bàn", "12/4/2025 của Ủy ban", and not "a) Rà soát"."""
_PADDING = 12.0
"""What a cell leaves free beside its text, in points."""
_RUNNING = re.compile(
    r"(?:CÔNG\s+BÁO\s*/\s*Số\s.{1,40}/\s*Ngày\s+[\d\s./-]{6,14}\d*|\d{1,4}\s+CÔNG\s+BÁO\s*/.*|[-–]?\s*\d{1,4}\s*[-–]?|"
    r"[-–]?\s*[Tt]rang\s+\d{1,4}(?:\s*/\s*\d{1,4})?)"
)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character, or a word that OCR read. `left`, `right` and `base` in points, `base` counted upwards from the foot of
    the page; `size` is the height of the type; `stamp` marks what was put over the page afterwards; `sure` is how sure OCR is of a word
    with figures, in percent, where it is not."""

    text: str
    left: float
    right: float
    base: float
    size: float
    stamp: bool = False
    sure: float | None = None


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a ruled table: its lines, and where its right border stands."""

    lines: tuple[Line, ...]
    right: float

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(line.text for line in self.lines)

    def runs_on(self, below: TableCell) -> bool:
        """Return whether its text has no end here: "Kế hoạch số 102/KH-UBND ngày", or goes on with "đồng bộ trên địa bàn"."""
        if not self.lines or not below.lines:
            return False
        return bool(_OPEN.search(self.lines[-1].text) or _AMID.match(below.lines[0].text))

    def may_run_on(self, below: TableCell) -> bool:
        """Return whether its last line is full: the first word below would not have found room in it, and no sentence ends."""
        if not self.lines or not below.lines:
            return not below.lines
        last, first = self.lines[-1], below.lines[0]
        word = len(first.text.split()[0]) * (first.right - first.left) / len(first.text)
        return not last.text.rstrip().endswith((".", ";", ":")) and self.right - last.right < word + _PADDING


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a ruled table: its cells, where the table's upright rules stand, and how low the row reaches."""

    cells: tuple[TableCell, ...]
    edges: tuple[float, ...]
    foot: float

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        return tuple(cell.texts for cell in self.cells)

    def same_table(self, other: TableRow) -> bool:
        """Return whether the rules of two rows stand at the same places, as those of a table that goes on over the page do."""
        return len(self.edges) == len(other.edges) and all(
            abs(a - b) < _EDGE for a, b in zip(self.edges, other.edges, strict=True)
        )

    def goes_on(self, below: TableRow) -> bool:
        """Return whether the first row of the next page is the rest of this one: it opens with no number of its own, and in some cell the
        text surely runs on, or in each it may."""
        if len(self.cells) != len(below.cells):
            return False
        pairs = list(zip(self.cells, below.cells, strict=True))
        if below.cells[0].lines and not pairs[0][0].runs_on(pairs[0][1]):
            return False
        return any(a.runs_on(b) for a, b in pairs) or all(a.may_run_on(b) for a, b in pairs)


@dataclass(frozen=True, slots=True)
class Line:
    """A line as printed: `text`, its baseline, the size of its type, where it begins and ends; or a `row` of a table, whose text may
    be several lines and whose `base` is its upper border. `doubts` holds start and end within `text`, and percent, of figures of which
    OCR is not sure."""

    text: str
    base: float
    size: float
    left: float
    right: float
    overprinted: bool = False
    row: TableRow | None = None
    doubts: tuple[tuple[int, int, int], ...] = ()

    @property
    def foot(self) -> float:
        """How low it reaches."""
        return self.row.foot if self.row else self.base


def row_line(row: TableRow, base: float) -> Line:
    """Return a table's row, in which something is written, as a line."""
    lines = [line for cell in row.cells for line in cell.lines]
    size, over = max(line.size for line in lines), any(line.overprinted for line in lines)
    return Line("\n".join(row_lines(row.texts)), base, size, row.edges[0], row.edges[-1], over, row)


def lay_out(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return the lines of a page from top to bottom."""
    visible = [g for g in glyphs if g.text.isspace() or g.right > g.left]
    rows: list[list[Glyph]] = []
    bases: list[float] = []
    sizes: list[float] = []
    by_base: list[tuple[float, int]] = []
    # Large type first: marks then find their line; blanks last: they belong to a line and never make one.
    for g in sorted(visible, key=lambda g: (g.text.isspace(), -g.size, -g.base)):
        near: list[tuple[float, int]] = []
        reach = max(0.3 * g.size, 0.62 * sizes[0]) if sizes else 0.0  # the first row's type is the largest
        first = bisect_left(by_base, (g.base - reach - 0.01, -1))
        for base, i in (by_base[k] for k in range(first, len(by_base))):
            away = g.base - base
            low, high = -0.3 * g.size, max(0.3 * g.size, 0.62 * sizes[i] if g.size < _SMALL * sizes[i] else 0.0)
            if away < low - 0.01:
                break
            if low <= away <= high:
                near.append((abs(away), i))
        best = min(near)[1] if near else -1
        if best < 0 and g.text.isspace():
            continue
        if best < 0:
            rows.append([g])
            insort(by_base, (g.base, len(bases)))
            bases.append(g.base)
            sizes.append(g.size)
        else:
            rows[best].append(g)
    found = [_line(row, base, size) for row, base, size in zip(rows, bases, sizes, strict=True)]
    return sorted(found, key=lambda line: -line.base)


def _line(row: list[Glyph], base: float, size: float) -> Line:
    row = sorted(row, key=lambda g: g.left)
    parts: list[str] = []
    doubts: list[tuple[int, int, int]] = []
    over = blank = False
    last: Glyph | None = None
    for i, g in enumerate(row):
        if g.text.isspace():
            blank = last is not None
            continue
        text = raised(g.text) if _is_mark(row, i, base, size) else g.text
        if last is not None:
            gap = (g.left - last.right) / max(size, 1.0)
            over = over or (last.stamp != g.stamp and gap < -0.25)
            parts.append(_between(gap, blank, parts, text))
        parts.append(text)
        if g.sure is not None:
            end = sum(map(len, parts))
            doubts.append((end - len(text), end, round(g.sure)))
        blank = False
        if last is None or g.right > last.right:
            last = g
    seen = [g for g in row if not g.text.isspace()]
    edges = seen[0].left, max(g.right for g in seen)
    return Line("".join(parts), base, size, *edges, over, doubts=tuple(doubts))


def _between(gap: float, blank: bool, before: Sequence[str], behind: str) -> str:
    """Return what parts two characters with a gap, in sizes of the type, between which a blank may be typed."""
    if gap > _COLUMN_GAP:
        return " " if _fills_blank(before, behind) else COLUMN
    tight = _in_code(before[-1][-1:], behind[:1])
    return " " if blank or gap > (_FIGURE_GAP if tight else _BLANK_GAP) else ""


def _in_code(before: str, behind: str) -> bool:
    """Return whether two characters stand as they do within a number or symbol: no letter is among them, or a dash or stroke is."""
    signs = "-–/]|"
    return not (before.isalpha() or behind.isalpha()) or before in signs or behind in signs


def _is_mark(row: Sequence[Glyph], i: int, base: float, size: float) -> bool:
    """A small raised figure behind a word, or small ones before the text of a note."""
    g = row[i]
    return g.text.isdecimal() and not g.stamp and g.size < _SMALL * size and g.base > base + 0.12 * size


def _fills_blank(parts: Sequence[str], text: str) -> bool:
    """ "Số:        /QĐ-UBND": the blank of a number is no border between columns."""
    return text[:1] in "/-–" and "".join(parts).strip().lower().split(COLUMN)[-1].startswith(("số", "sô", "so"))


def drop_running(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """Return the pages without page numbers and running heads: first and last lines that say so, or that most pages share."""
    seen: Counter[str] = Counter()
    for lines in pages:
        seen.update({_shape(line.text) for line in (*lines[:2], *lines[-1:]) if line.row is None})
    often = {shape for shape, count in seen.items() if count >= 3 and count > 0.5 * len(pages)}
    kept = []
    for lines in pages:
        lines = list(lines)
        shared = often if len(lines) > 3 else set()  # what is nearly all of a page is its text
        while lines and _is_running(lines[0], shared):
            lines.pop(0)
        while lines and _is_running(lines[-1], shared):
            lines.pop()
        kept.append([line if line.row else replace(line, text=line.text.rstrip()) for line in lines])
    return kept


def _is_running(line: Line, shared: set[str]) -> bool:
    return line.row is None and bool(_RUNNING.fullmatch(line.text.strip()) or _shape(line.text) in shared)


def join_rows(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """Return the pages with tables that go on from one to the next: a header that is printed again is left out, and a row that a page's end
    cuts in two stands whole where it begins."""
    joined: list[list[Line]] = []
    opening: list[tuple[tuple[str, ...], ...]] = []  # the first rows of the table that the last page ended in
    above: list[Line] = []
    for lines in map(list, pages):
        joined.append(lines)
        goes_on = _same_table(above, lines)
        if goes_on:
            _drop_header(lines, opening)
            _join_cut_row(above, lines)
        if lines and not (goes_on and all(line.row for line in lines)):
            run = list(takewhile(lambda line: line.row, reversed(lines)))[::-1]
            opening = [line.row.texts for line in run[:_HEADER] if line.row]
        above = lines or above
    return joined


def _same_table(above: Sequence[Line], below: Sequence[Line]) -> bool:
    """Return whether a page begins with the table that the one above ends in."""
    last, first = above[-1].row if above else None, below[0].row if below else None
    return last is not None and first is not None and last.same_table(first)


def _drop_header(lines: list[Line], header: Sequence[tuple[tuple[str, ...], ...]]) -> None:
    for texts in header:
        if lines and lines[0].row and lines[0].row.texts == texts:
            lines.pop(0)


def _join_cut_row(above: list[Line], below: list[Line]) -> None:
    last, first = above[-1].row, below[0].row if below else None
    if last and first and last.goes_on(first):
        cells = (replace(a, lines=(*a.lines, *b.lines)) for a, b in zip(last.cells, first.cells, strict=True))
        above[-1] = row_line(replace(last, cells=tuple(cells)), above[-1].base)
        below.pop(0)


def join_pages(pages: Sequence[Sequence[Line]]) -> tuple[str, tuple[int, ...], tuple[tuple[int, int, int], ...]]:
    """Return the text of all pages, where each begins, and the doubts of OCR in it. A blank line stands where the page leaves more than a
    line free."""
    parts: list[str] = []
    starts: list[int] = []
    doubts: list[tuple[int, int, int]] = []
    length = 0
    for lines in pages:
        starts.append(length)
        last: Line | None = None
        for line in lines:
            gap = last.foot - line.base if last else 0.0
            before = "\n" if last and gap > 2.1 * max(last.size, line.size) else ""
            at = length + len(before)
            doubts += [(at + begin, at + end, sure) for begin, end, sure in line.doubts]
            parts.append(f"{before}{line.text}\n")
            length += len(parts[-1])
            last = line
    return "".join(parts), tuple(starts), tuple(doubts)


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", " ".join(text.split()))
