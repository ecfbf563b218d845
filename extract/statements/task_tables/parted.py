"""Tables that a converter wrote with each cell on a line of its own and a blank line between the rows, without a column of numbers.

The header is a block of lines that are all names of columns, from what is to be done on; the blocks right below it that have as many
lines, each fit for its column, are its rows. With a cell lost or wrapped nothing tells which line is which: there the table ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chidao.extract.reading.grids import Cell, Line, Row, lines_of, trimmed
from chidao.extract.statements.task_tables.cells import is_names
from chidao.extract.statements.task_tables.columns import field_of
from chidao.extract.statements.tasks.task_text import TaskText

_FEWEST, _MOST = 3, 8
"""Columns of such a table."""
_LONGEST_NAME = 50
_WHAT, _LEAD = ("what", "subject"), ("lead", "both", "who")


def find_parted(reading: TaskText) -> Iterator[tuple[Row, ...]]:
    """Yield the tables of the text that have a cell a line and a blank line between rows: the header's row and those below it."""
    text = reading.text
    blocks = [block.span() for block in _BLOCK.finditer(text)]
    for n, fields in _headers(text, blocks):
        after = n + 1
        while after < len(blocks) and _is_row(reading, _lines(text, blocks[after]), fields):
            after += 1
        if after > n + 1:
            yield tuple(_row(text, _lines(text, block)) for block in blocks[n:after])


def has_parted(text: str) -> bool:
    """May the text hold such a table?"""
    return next(_headers(text, [block.span() for block in _BLOCK.finditer(text)]), None) is not None


def _lines(text: str, block: Line) -> list[Line]:
    """Return where the lines of a block stand."""
    start, end = block
    return [(start + begin, start + stop) for begin, stop in lines_of(text[start:end])]


_BLOCK = re.compile(r"^[^\S\n]*\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*", re.MULTILINE)
"""A run of lines between blank ones."""


def _headers(text: str, blocks: Sequence[Line]) -> Iterator[tuple[int, list[str]]]:
    """Yield the index of each block that is a header, with the fields of its columns: each known, what is to be done first, who leads it,
    and by when."""
    for n, (start, end) in enumerate(blocks):
        if not _FEWEST <= text.count("\n", start, end) + 1 <= _MOST:
            continue
        lines = text[start:end].split("\n")
        if max(map(len, lines)) <= _LONGEST_NAME and field_of(lines[0]) in _WHAT:
            fields = list(map(field_of, lines))
            if all(fields) and "time" in fields and not {*_LEAD}.isdisjoint(fields):
                yield n, fields


def _is_row(reading: TaskText, block: Sequence[Line], fields: Sequence[str]) -> bool:
    """Has the block a line for each column, with names where somebody leads, and a term where one is asked for?"""
    if len(block) != len(fields):
        return False
    for line, field in zip(block, fields, strict=True):
        said = reading.text[slice(*line)].strip(" \t*_")
        named = is_names(reading, said)
        if (field in _WHAT and named) or (field in _LEAD and not named):
            return False
        if field == "time" and not reading.cell_deadline(said):
            return False
    return True


def _row(text: str, block: Sequence[Line]) -> Row:
    cells = [trimmed(text, *line) for line in block]
    return Row(tuple(Cell(" ".join(c.text.split()), c.start, c.end) for c in cells), block[0][0], block[-1][1])
