"""Tables in a text: rows of cells, whatever parts them.

Cells are parted by bars (a converter's "1 | Rà soát | Sở Nội vụ", Markdown, drawn borders), by tabs (copied from a sheet), or by runs
of blanks that make columns. What the cells mean is for others to say: a letterhead set in two columns is a grid too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from chidao.extract.frozen import of_last, quick
from chidao.extract.language.letters import LOWER, places_of
from chidao.extract.language.patterns import SERIAL

__all__ = ["RUN", "Cell", "Row", "find_grids", "heads_numbers", "lines_of", "trimmed"]


@quick
@dataclass(frozen=True, slots=True)
class Cell:
    """`text` as it reads, with single blanks and without marks of emphasis; `start` and `end` are characters of the text that holds it,
    the same where it is blank. A cell that is wrapped over lines ends in its last line."""

    text: str
    start: int
    end: int


@quick
@dataclass(frozen=True, slots=True)
class Row:
    """Cells in their order, blank ones kept, and where the row stands; a line without separators within a table is a row of one."""

    cells: tuple[Cell, ...]
    start: int
    end: int


Line = tuple[int, int]
"""Start and end of a line, without its line break."""

_TRIM = " \t\u00a0*_"
_BARS = "│┃║"
"""What bars are drawn with beside "|"."""
_BORDER = re.compile(r"[\s|+:=─━┌┐└┘├┤┬┴┼═╔╗╚╝╠╣╦╩╬-]*[-─━═=][\s|+:=─━┌┐└┘├┤┬┴┼═╔╗╚╝╠╣╦╩╬-]*")
_SERIAL = re.compile(rf"\n[ \t*_]*(?i:{SERIAL})[ \t*_]*\n")
_CORNERS = frozenset("+┌├└╔╠╚")
"""With what a line of a drawn border begins."""
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{1,2})*|[IVX]{1,5}|[A-ZĐa-zđ])[.)]?")
RUN = re.compile(r"\S+(?: \S+)*")
"""Words with single blanks between them."""
_PAGE = re.compile(r"[ \f\u00a0]{20,}(?:[-–] ?)?[0-9]{1,3}(?: ?[-–])?\s*")
"""A page's number, in the middle of its line."""
_GOES_ON = re.compile(rf"[{LOWER}]+[\s,;]")
"""How a cell's second line begins, and no "a)"."""
_MOST_BETWEEN = 3
"""More lines without separators than this part two tables."""
_WIDEST = 400
"""Characters of the longest line in which blanks make columns."""


def lines_of(text: str) -> list[Line]:
    """Return where the lines of `text` stand, blank ones too."""
    ends = [*places_of("\n", text), len(text)]
    return list(zip([0, *[end + 1 for end in ends]], ends, strict=False))


def heads_numbers(said: str) -> bool:
    """Does the header of the column of numbers ("TT") stand alone on a line?"""
    return _SERIAL.search(f"\n{said}\n") is not None


def trimmed(text: str, start: int, end: int) -> Cell:
    """Return text[start:end] as a cell."""
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    said = text[start:end]
    if "\n" not in said and "<" not in said:
        return Cell(" ".join(said.replace("**", "").split()), start, end)
    parts = (" ".join(part.split()) for part in _BREAK.sub("\n", said.replace("**", "")).split("\n"))
    return Cell("\n".join(part for part in parts if part), start, end)


@of_last
def find_grids(text: str) -> tuple[tuple[Row, ...], ...]:
    """Return the tables of `text`, in the order of their kind and then of the text; several layers ask for those of one text."""
    return tuple(_grids(text))


def _grids(text: str) -> Iterator[tuple[Row, ...]]:
    lines = lines_of(text)
    marked = text
    for bar in _BARS:
        marked = marked.replace(bar, "|")
    if "|" in marked:
        for block in _blocks(marked, lines, "|"):
            yield tuple(_barred(marked, block))
    if "\t" in text:
        for block in _blocks(text, lines, "\t"):
            yield tuple(_tabbed(text, block))
    if "   " in text:
        for block in _spaced_blocks(text, lines):
            yield tuple(_spaced(text, block))


def _blocks(text: str, lines: Sequence[Line], separator: str) -> Iterator[list[Line]]:
    """Yield runs of lines that hold the separator, with the few lines between them that do not."""
    block: list[Line] = []
    between: list[Line] = []
    for start, end in lines:
        if text.find(separator, start, end) >= 0 or (block and text[start:end].lstrip()[:1] in _CORNERS):
            block += [*between, (start, end)] if block else [(start, end)]
            between = []
        elif start < end and block and not text[start:end].isspace():
            between.append((start, end))
            if len(between) > _MOST_BETWEEN:
                yield block
                block, between = [], []
    if block:
        yield block


def _row(cells: Sequence[Cell], line: Line) -> Row:
    return Row(tuple(cells), *line)


# Bars.


def _barred(text: str, block: Sequence[Line]) -> Iterator[Row]:
    """Yield the rows of lines with bars. Where borders are drawn between them, a row goes on in lines whose first cell is blank."""
    drawn = any(text[start:end].lstrip()[:1] in _CORNERS for start, end in block)
    framed = all(text[start:end].lstrip()[:1] == "|" for start, end in block if text.find("|", start, end) >= 0)
    last: Row | None = None
    for line in block:
        if _BORDER.fullmatch(text, *line):
            if drawn and last:
                yield last
                last = None
            continue
        row = _row(_parted(text, line, "|", framed=framed), line)
        if drawn and last and not row.cells[0].text:
            last = _joined(last, row)
            continue
        if last:
            yield last
        last = row
    if last:
        yield last


def _parted(text: str, line: Line, separator: str, *, framed: bool = False) -> list[Cell]:
    """Return the cells of a line; `framed`: bars stand before the first and behind the last of them too, as in Markdown."""
    at, end = line
    cells = []
    for part in text[at:end].split(separator):
        cells.append(trimmed(text, at, at + len(part)))
        at += len(part) + 1
    if framed and len(cells) > 2:
        return cells[1:] if cells[-1].text else cells[1:-1]
    return cells


def _joined(row: Row, more: Row) -> Row:
    """Return the row with what its cells hold on the next line."""
    blank = Cell("", more.end, more.end)
    cells = [
        Cell(
            " ".join(filter(None, (a.text, b.text))),
            b.start if b.text and not a.text else a.start,
            b.end if b.text else a.end,
        )
        for a, b in zip_longest(row.cells, more.cells, fillvalue=blank)
    ]
    return replace(row, cells=tuple(cells), end=more.end)


# Tabs.


def _tabbed(text: str, block: Sequence[Line]) -> Iterator[Row]:
    """Yield the rows of lines with tabs. A cell in quotation marks may hold line breaks, as sheets write it; a row of Word's goes on in
    the next line where a cell has several paragraphs."""
    columns = text.count("\t", *block[0]) + 1
    n = 0
    while n < len(block):
        end = _row_end(text, block, n, columns)
        cells = _parted(text, (block[n][0], block[end][1]), "\t")
        yield _row([_unquoted(cell) for cell in cells], (block[n][0], block[end][1]))
        n = end + 1


def _row_end(text: str, block: Sequence[Line], n: int, columns: int) -> int:
    """Return the last line of the row that begins in line `n`: the same, unless the next ones fill the row exactly."""
    start, end = block[n]
    cells, quotes = text.count("\t", start, end) + 1, text.count('"', start, end)
    for k in range(n + 1, min(n + 12, len(block))):
        if quotes % 2 == 0 and (cells == columns or cells == 1):
            return k - 1
        first = text[block[k][0] : block[k][1]].split("\t")[0].strip()
        if quotes % 2 == 0 and _NUMBER.fullmatch(first):
            return n
        cells += text.count("\t", *block[k])
        quotes += text.count('"', *block[k])
        if cells > columns:
            return n
    return n if cells != columns or quotes % 2 else min(n + 11, len(block) - 1)


def _unquoted(cell: Cell) -> Cell:
    if len(cell.text) > 1 and cell.text[0] == cell.text[-1] == '"':
        return Cell(cell.text[1:-1].replace('""', '"').strip(), cell.start + 1, cell.end - 1)
    return cell


# Runs of blanks.


def _spaced_blocks(text: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield runs of lines in which blanks part cells: each has a run of them within it, or is set in from the left."""
    block: list[Line] = []
    for line in [*lines, (len(text), len(text))]:
        said = text[line[0] : line[1]].rstrip()
        if block and line[0] < len(text) and (not said or (line[0] > block[-1][1] + 1 and _PAGE.fullmatch(said))):
            continue
        apart = "|" not in said and "\t" not in said and len(said) <= _WIDEST
        if apart and said and (said.startswith("   ") or "   " in said.lstrip()):
            block.append(line)
            continue
        if sum(len(_segments(text, each)) > 2 for each in block) > 1:
            yield block
        block = []


def _segments(text: str, line: Line) -> list[tuple[int, int]]:
    """Return the parts of a line between runs of two blanks or more, from the line's start."""
    return [m.span() for m in RUN.finditer(text[line[0] : line[1]])]


def _spaced(text: str, block: Sequence[Line]) -> Iterator[Row]:
    """Yield rows of columns between what is blank in nearly all lines. Rows open with their number, where they have one that does not
    stand in the middle of their height."""
    segments = [_segments(text, line) for line in block]
    starts = _column_starts(segments)
    rows = []
    for line, parts in zip(block, segments, strict=True):
        cells = [Cell("", line[1], line[1])] * len(starts)
        for begin, end in parts:
            at = max((k for k, start in enumerate(starts) if start <= begin), default=0)
            cell = trimmed(text, line[0] + begin, line[0] + end)
            cells[at] = cell if not cells[at].text else trimmed(text, cells[at].start, cell.end)
        rows.append(_row(cells, line))
    opens = [_NUMBER.fullmatch(row.cells[0].text) is not None for row in rows]
    numbered = sum(opens) > 0
    if any(opens[n] and _is_centred(rows[n - 1], rows[n]) for n in range(1, len(rows))):
        yield from _around(text, rows, opens)
        return
    first = opens.index(True) if numbered else 1
    last = rows[0]
    for n, row in enumerate(rows[1:], 1):
        goes_on = n < first if numbered and n <= first else not opens[n] if numbered else not row.cells[0].text
        if goes_on:
            last = _joined(last, row)
            continue
        yield last
        last = row
    yield last


def _is_centred(above: Row, row: Row) -> bool:
    """Does the line with a row's number go on with what the line above it says?"""
    if len(row.cells) < 2 or above.cells[0].text or not above.cells[1].text:
        return False
    return not row.cells[1].text or _GOES_ON.match(row.cells[1].text) is not None


def _around(text: str, lines: Sequence[Row], opens: Sequence[bool]) -> Iterator[Row]:
    """Yield the rows of a table whose numbers stand in the middle of their height. Where it cannot be told in which line a row begins, its
    cells are blank: a body of one row must not get the work of another."""
    marks = [n for n, line in enumerate(lines) if line.cells[0].text]
    begins: list[int | None] = [0]
    for above, mark in pairwise(marks):
        begins.append(_begin(lines, above, mark) if opens[mark] else mark)
    stop = next((n for n in range(marks[-1] + 1, len(lines)) if _is_apart(lines, n)), len(lines))
    ends = [*begins[1:], stop]
    for n, mark in enumerate(marks):
        begin, end = begins[n], ends[n]
        first = mark if begin is None else begin
        last = (marks[n + 1] if end is None else end) - 1
        row = lines[first]
        for more in lines[first + 1 : last + 1]:
            row = _joined(row, more)
        sure = begin is not None and (end is not None or not opens[mark])
        yield row if sure else replace(row, cells=tuple(Cell("", row.start, row.start) for _ in row.cells))
    for line in lines[stop:]:
        yield replace(line, cells=(trimmed(text, line.start, line.end),))


def _begin(lines: Sequence[Row], above: int, mark: int) -> int | None:
    """Return in which line the row begins whose number stands in line `mark`, behind the one whose number stands in `above`: below the one
    blank line, or with the one capital; None where it cannot be told."""
    between = range(above + 1, mark + 1)
    apart = [n for n in between if _is_apart(lines, n)]
    if apart:
        return apart[0] if len(apart) == 1 else None
    said = [lines[n].cells[1].text for n in between]
    capitals = [n for n, cell in zip(between, said, strict=True) if cell[:1].isupper()]
    return capitals[0] if all(said) and len(capitals) == 1 else None


def _is_apart(lines: Sequence[Row], n: int) -> bool:
    """Does a blank line stand above line `n`?"""
    return lines[n].start > lines[n - 1].end + 1


def _column_starts(segments: Sequence[Sequence[tuple[int, int]]]) -> list[int]:
    """Return where columns begin: behind two places or more that at most a tenth of the lines fill."""
    width = max((parts[-1][1] for parts in segments if parts), default=0)
    changes = [0] * (width + 2)
    for parts in segments:
        for start, end in parts:
            changes[start] += 1
            changes[end] -= 1
    few = len(segments) // 10
    filled, at = [], 0
    for n, change in enumerate(changes):
        at += change
        if at > few:
            filled.append(n)
    begins = [b for a, b in pairwise(filled) if b - a > 2]
    return filled[:1] + begins if filled else [0]
