"""Tables that a converter wrote with each cell on a line of its own, as rows of cells again.

The header's cells stand below each other, from "TT" on; a row opens with its number alone on a line, and the lines below it are its cells.
Blank cells may be lost and long ones wrapped: of all ways to give lines to columns in their order, the one is taken in which they
hold most of what their column is for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from chidao.extract.language.patterns import ANNEX, GROUP, RECIPIENTS
from chidao.extract.reading.grids import Cell, Line, Row, heads_numbers, lines_of, trimmed
from chidao.extract.statements.task_tables.cells import is_blank, is_names
from chidao.extract.statements.task_tables.columns import field_of, read_header
from chidao.extract.statements.tasks.task_text import TaskText

COLUMN_NUMBER = re.compile(r"\(?\s*(?:[0-9]{1,2}(?:\s*=\s*\S+)?|[A-H])\s*\)?")
"""A column's number below the header."""
_OPENER = re.compile(rf"[*_]*(?P<n>[0-9]{{1,3}}(?:\.[0-9]{{1,2}})*|{GROUP})\s*[.)]?[*_]*")
_BEHIND = re.compile(
    rf"[*_#\s]*(?:(?:{GROUP}|[0-9]{{1,2}})[.)]\s+\S|{RECIPIENTS}|{ANNEX}|TM\.|KT\.|T/M|Điều\s+[0-9]|Ghi\s+chú|Tổng\s+(?:số|cộng)|Trên\s+đây)"
)
"""What stands behind a table, unless its header comes again on the next page: a heading of the outline, recipients, a signature, a sum."""
_OPEN_END = (",", ";", "–", "-", " và", " của", " với", " cho", " các", " hoặc")
"""A line that goes on in the next."""
_LONGEST_TERM = 90
"""Of a line that says by when, in characters."""
_MOST_COLUMNS = 12
_MOST_LINES = 60
"""Lines of one row that are looked at."""


@dataclass(slots=True)
class _Found:
    """The lines of one row, its number first."""

    number: Line
    lines: list[Line]


def find_stacked(reading: TaskText) -> Iterator[tuple[Row, ...]]:
    """Yield the tables of the text that have a cell a line: the header's row and those below it."""
    text = reading.text
    if not heads_numbers(text):
        return
    lines = lines_of(text)
    i = 0
    while i < len(lines):
        names, after = _header(text, lines, i)
        rows = list(_rows(text, lines, after)) if names else []
        if not rows:
            i += 1
            continue
        fields = [field_of(name) for name in names[1:]]
        header = Row(tuple(Cell(name, *lines[i]) for name in names), lines[i][0], lines[after - 1][1])
        longest = max([len(fields), *(len(row.lines) for row in rows[:-1])])
        rows[-1].lines = _of_last(reading, rows[-1].lines, fields, longest)
        yield (header, *(_row(reading, row, fields) for row in rows))
        i = bisect_right(lines, (rows[-1].lines or [rows[-1].number])[-1])


def _said(text: str, line: Line) -> str:
    return text[line[0] : line[1]].strip(" \t*_")


def _header(text: str, lines: Sequence[Line], i: int) -> tuple[list[str], int]:
    """Return the names of the columns, and the line behind the header; no names where none begins in line `i`."""
    if not heads_numbers(text[slice(*lines[i])]):
        return [], i
    names = [_said(text, lines[i])]
    k = i + 1
    while k < len(lines) and len(names) <= _MOST_COLUMNS and not COLUMN_NUMBER.fullmatch(said := _said(text, lines[k])):
        if len(said) > 80 or _OPENER.fullmatch(said):
            break
        if said and said[0].islower():
            names[-1] = f"{names[-1]} {said}"
        elif said:
            names.append(said)
        k += 1
    while k < len(lines) and re.fullmatch(r"\([0-9A-H]{1,2}\)|", _said(text, lines[k])):
        k += 1
    names = _in_order(names)
    return (names, k) if read_header([names]) else ([], i)


def _in_order(names: list[str]) -> list[str]:
    """Return a header's names with those of its second row, which stand at its end, in the place of the cell over them."""
    below = list(
        takewhile(lambda name: field_of(name) in ("lead", "support") and len(name.split()) < 6, reversed(names))
    )[::-1]
    over = (
        next((n for n, name in enumerate(names[: -len(below)]) if field_of(name) in ("who", "lead")), None)
        if below
        else None
    )
    if over is None or len(below) < 2:
        return names
    return [*names[:over], *below, *names[over + 1 : -len(below)]]


def _rows(text: str, lines: Sequence[Line], start: int) -> Iterator[_Found]:
    """Yield the rows from line `start` on: each begins with the number that follows on the last, or with that of a group."""
    row: _Found | None = None
    last = 0
    for k in range(start, len(lines)):
        said = _said(text, lines[k])
        number = _number(said, None if row is None else last)
        if number and (row is None or row.lines):
            if row:
                yield _closed(text, row)
            row = _Found(lines[k], [])
            last = int(number) if number.isdigit() else last
        elif row is None or len(row.lines) > _MOST_LINES:
            return
        elif heads_numbers(said) or (_BEHIND.match(said) and not _goes_on(text, lines, k, last)):
            break
        else:
            row.lines.append(lines[k])
    if row and row.lines:
        yield _closed(text, row)


def _number(said: str, last: int | None) -> str:
    """Return the number that a line is, where it can open a row behind the one numbered `last`; "" for any other line."""
    opener = _OPENER.fullmatch(said)
    number = opener["n"] if opener else ""
    return number if last is None or not number.isdigit() or int(number) in (1, last + 1) else ""


def _goes_on(text: str, lines: Sequence[Line], k: int, last: int) -> bool:
    """Does a row follow right below a line that looks like a heading: is it a group's, within the table?"""
    following = (_said(text, line) for line in lines[k + 1 : k + 3])
    return any(_number(said, last).isdigit() for said in following)


def _closed(text: str, row: _Found) -> _Found:
    """Return the row without the blank lines behind it."""
    while row.lines and not _said(text, row.lines[-1]):
        row.lines.pop()
    return row


def _of_last(reading: TaskText, lines: list[Line], fields: Sequence[str], longest: int) -> list[Line]:
    """Return the lines of the last row, behind which the text goes on: up to its deadline, where no column stands behind that, or as many
    as another row has."""
    for n, line in enumerate(lines) if fields[-1] == "time" else ():
        if n and len(said := _said(reading.text, line)) < _LONGEST_TERM and reading.cell_deadline(said):
            return lines[: n + 1]
    return lines[:longest]


def _row(reading: TaskText, row: _Found, fields: Sequence[str]) -> Row:
    text = reading.text
    said = [line for line in row.lines if _said(text, line)]
    kinds = {line: _kind(reading, _said(text, line)) for line in row.lines}
    if len(row.lines) == len(fields) and _fits(kinds, fields):
        spans: list[Line | None] = list(row.lines)
    else:
        spans = _aligned(text, {line: kinds[line] for line in said}, fields)
    end = (said or [row.number])[-1][1]
    cells = [trimmed(text, *span) if span else Cell("", end, end) for span in spans]
    cells = [Cell(" ".join(cell.text.split()), cell.start, cell.end) for cell in cells]
    return Row((trimmed(text, *row.number), *cells), row.number[0], end)


def _fits(kinds: Mapping[Line, str], fields: Sequence[str]) -> bool:
    """Do lines, each with its kind, stand well in as many columns?"""
    return all(_worth(kind, name) > -1 for kind, name in zip(kinds.values(), fields, strict=True))


_WORK = {"names": -2.0, "blank": -3, "due": -2, "term": 1, "long": 1, "goes on": 1, "words": 1}
_PEOPLE = {"names": 3.0, "blank": 0.5, "due": -4, "term": -4, "long": -3, "goes on": -3, "words": -0.5}
_TIME = {"names": -4.0, "blank": 0.5, "due": 3, "term": 3, "long": -3, "goes on": -0.5, "words": -0.5}
_WORTH = {
    "what": _WORK, "subject": _WORK, "time": _TIME, "lead": _PEOPLE, "both": _PEOPLE, "who": _PEOPLE, "support": _PEOPLE,
}  # fmt: skip
"""How well a line of each kind stands in a column of each field."""
_ELSEWHERE = {"names": -1.0, "blank": 0.5, "due": -1, "term": -1, "long": -0.5, "goes on": 0, "words": 0}


def _kind(reading: TaskText, said: str) -> str:
    """Return what a line is by itself: names, what says nothing, a day or a term, words."""
    if is_blank(said):
        return "blank"
    if is_names(reading, said):
        return "names"
    if len(said) < _LONGEST_TERM and reading.cell_deadline(said):
        return "due" if len(said) < 30 else "term"
    return "long" if len(said) > 100 else "goes on" if said[0].islower() else "words"


def _worth(kind: str, name: str) -> float:
    """Return how well a line of a kind stands in a column of that field."""
    return _WORTH.get(name, _ELSEWHERE)[kind]


_SKIPPED = {"what": -3.0, "subject": -3.0, "lead": -1.0, "both": -1.0}


def _aligned(text: str, lines: Mapping[Line, str], fields: Sequence[str]) -> list[Line | None]:
    """Return for each column the lines that it holds, from first to last, None for none; `lines` are given with their kinds."""
    said = [_said(text, line) for line in lines]
    width = len(fields)
    worth = [[_worth(kind, name) for name in fields] for kind in lines.values()]
    wraps = [_wraps(said, n) for n in range(len(said))]
    # best[c]: the worth of the lines so far with the last of them in column c, and the column of each.
    best: dict[int, tuple[float, tuple[int, ...]]] = {-1: (0.0, ())}
    for n in range(len(said)):
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for before, (total, path) in best.items():
            for c in range(max(before, 0), width):
                skipped = sum(_SKIPPED.get(fields[k], -0.3) for k in range(before + 1, c))
                gain = wraps[n] + min(worth[n][c], 1) / 2 if c == before else worth[n][c] - wraps[n]
                if c not in following or total + skipped + gain > following[c][0]:
                    following[c] = (total + skipped + gain, (*path, c))
        best = following
    _, path = max(best.values(), key=lambda found: found[0], default=(0.0, ()))
    spans: list[Line | None] = [None] * width
    for line, c in zip(lines, path, strict=True):
        held = spans[c]
        spans[c] = (held[0] if held else line[0], line[1])
    return spans


def _wraps(said: Sequence[str], n: int) -> float:
    """Return how surely a line goes on with the one above it."""
    if n == 0:
        return 0.0
    return 2.0 if said[n][:1].islower() or said[n - 1].endswith(_OPEN_END) else -1.0
