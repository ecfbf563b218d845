"""What formats with tables and marks have in common: rows as lines, columns side by side, cells that reach over others, superscripts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from chidao.extract.language.letters import SUPERSCRIPTS
from chidao.extract.language.patterns import ADDRESS, MOTTO, NATION, OFFICE_IN_CAPITALS, PARTY_TITLE, PEN_DAY, SIGNS_FOR

_RAISED = str.maketrans("0123456789", SUPERSCRIPTS)
# What stands in the borderless tables that hold a heading or a signature (Nghị định 30/2020/NĐ-CP, Phụ lục I, sơ đồ).
_FORM = re.compile(
    rf"{NATION}|{PARTY_TITLE}|{MOTTO}|^\W*{ADDRESS}|^\W*{SIGNS_FOR}\s*\.\s|^\W*(?:PHÓ\s+)?{OFFICE_IN_CAPITALS}|"
    rf"^\W*Số\s*(?:[:0-9._…/-].{{0,40}})?$|^[^,\n0-9]{{2,40}}(?:\s[1-9])?,\s*{PEN_DAY}",
    re.MULTILINE,
)

_WRAPPED = re.compile(r"(?<=\w[-/])\n(?=\w)")
"""A narrow cell breaks "102/KH-UBND" after its hyphen."""


_MOST_SPANNED = 1_000
"""Rows and columns over which a cell reaches at the most, as in browsers."""


class Columns:
    """The columns of a table's rows, of which cells that reach down from rows above take some."""

    def __init__(self) -> None:
        self._at = 0
        self._reaching: dict[int, tuple[int, int]] = {}  # by column: over how many more rows, and how many columns

    def open_row(self) -> None:
        """Begin at the first column."""
        self._at = 0

    def pass_taken(self) -> int:
        """Pass the columns that are taken here; return by how many cells, which are empty in this row."""
        cells = 0
        while self._at in self._reaching:
            rows, width = self._reaching.pop(self._at)
            if rows > 1:
                self._reaching[self._at] = (rows - 1, width)
            self._at += width
            cells += 1
        return cells

    def put(self, rowspan: str | None, colspan: str | None) -> None:
        """Set a cell here that reaches as far as its attributes say."""
        width = _count(colspan)
        if (rows := _count(rowspan)) > 1:
            self._reaching[self._at] = (rows - 1, width)
        self._at += width


def _count(said: str | None) -> int:
    """Return over how many rows or columns a cell reaches; a browser takes 1 for what is no such number."""
    said = (said or "").strip()
    return min(int(said), _MOST_SPANNED) if said.isdecimal() and int(said) else 1


def raised(text: str) -> str:
    """Return digits as superscripts: the mark of a footnote, kept apart from the code that it follows.

    >>> raised("12")
    '¹²'
    """
    return text.translate(_RAISED)


def row_lines(cells: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of one table row, its cells given as lines each.

    In a heading or signature block the columns stand side by side, so they are printed line by line, as on paper; in any
    other table a row is one line. Cells are parted by " | ", empty ones kept, so that columns keep their places.

    >>> row_lines([["ỦY BAN NHÂN DÂN", "TỈNH A"], ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]])
    ['ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'TỈNH A | ']
    >>> row_lines([["1"], ["Rà soát", "quy hoạch"], [], ["Quý II/2026"]])
    ['1 | Rà soát quy hoạch |  | Quý II/2026']
    >>> row_lines([["2"], ["Số hóa", "hồ sơ"], ["Quý III"]])
    ['2 | Số hóa hồ sơ | Quý III']
    >>> row_lines([["2"], ["Thực hiện Kế hoạch số 102/KH-", "UBND"]])
    ['2 | Thực hiện Kế hoạch số 102/KH-UBND']
    """
    filled = [[line for line in cell if line.strip()] for cell in cells]
    if not any(filled):
        return []
    if len(cells) == 1:
        return filled[0]
    if len(cells) <= 4 and any(_FORM.search("\n".join(cell)) for cell in filled):
        return _side_by_side([cell for cell in filled if cell])
    line = " | ".join(" ".join(_WRAPPED.sub("", "\n".join(cell)).split()) for cell in filled)
    return [line.rstrip("| ")] if not any(filled[1:]) else [line]


def _side_by_side(columns: Sequence[Sequence[str]]) -> list[str]:
    """Return columns line by line, as on paper."""
    if len(columns) == 1:
        return list(columns[0])
    return [" | ".join(cells) for cells in zip_longest(*columns, fillvalue="")]
