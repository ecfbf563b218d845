"""What the columns of a table hold whose header says too little: what all their cells are tells.

| Phần việc | Nơi làm chính | Nơi góp sức | Phải có gì | Hạn |
| Rà soát danh sách | Thống kê tỉnh | Thuế tỉnh | Danh sách sạch | Quý I/2026 |

A column whose cells are bodies, and whose header says that these do something, one whose cells begin with work and behind it one of days
make a table of tasks, where no header says that it is something else: a list of recipients, an agenda, who is late, what was done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LETTER, lower
from chidao.extract.language.tables import rows
from chidao.extract.reading.grids import Row
from chidao.extract.statements.addressees.words import is_body
from chidao.extract.statements.deadlines.deadlines import last_day
from chidao.extract.statements.predicates import starts_work
from chidao.extract.statements.task_tables.cells import is_blank, is_names
from chidao.extract.statements.tasks.task_text import TaskText

_AGAINST = {
    name: re.compile(
        rf"(?<![{LETTER}]){one_of(row['header'] for row in rows('task_columns.csv') if row['field'] in fields)}(?![{LETTER}])"
    )
    for name, fields in {
        "bodies": ("of other", "not lead"),
        "days": ("not due",),
        "all": ("not tasks",),
    }.items()
}
"""What in a header, in lower case, says that a column of bodies holds none who do the work, one of days none by which it is done, and any
that it is no table of tasks."""
_SAID_OF_ACTORS = ("of lead", "of support", "acts")
_ACTS = re.compile(
    rf"(?<![{LETTER}]){one_of(row['header'] for row in rows('task_columns.csv') if row['field'] in _SAID_OF_ACTORS)}(?![{LETTER}])"
)
"""What in a header, in lower case, says that whom its column names acts: "Nơi làm chính" does, while "Nơi", "Điểm" and "Tại" say where,
"Bên B" and "Đối tác" with whom."""
_NOT_THEIRS = re.compile(
    r"(?:họp|hội\s+nghị|giao\s+ban|làm\s+việc\s+với|tiếp|dự|đón|khai\s+mạc|bế\s+mạc|(?:kiểm|thanh)\s+tra|giám\s+sát|khảo\s+sát|thăm)(?!\w)",
    re.IGNORECASE,
)
"""With what the rows of an agenda begin, and those of a list of bodies that are visited: where most do, nobody named there does it."""
_FEWEST, _ALL, _MOST = 3, 0.99, 0.6
"""Rows that tell; which part of the cells, of those that name nobody else and of those that are read without doubt."""
_LONGEST_HEADER = 40


@dataclass(frozen=True, slots=True)
class _Column:
    """The name of a column and the known field of that, its cells that are not blank, and which part of all rows they are."""

    n: int
    name: str
    field: str
    said: tuple[str, ...]
    filled: float

    def may_be(self, of: str, *fields: str) -> bool:
        """Does the header leave it open that it is a column of `bodies` or `days`?"""
        return self.field in ("", *fields) and not speaks_against(self.name, of)


def find_columns(
    reading: TaskText, names: Sequence[str], fields: Sequence[str], body: Sequence[Row]
) -> dict[str, int] | None:
    """Return which column holds what: "what", "lead", "time", and "support" where there is one; None where the cells do not tell, or a
    header, whose names and known fields these are, says otherwise."""
    body = [row for row in body if 2 * sum(not is_blank(cell.text) for cell in row.cells) > len(names)]
    if len(body) < _FEWEST or len(names) < _FEWEST or not _are_open(names, fields):
        return None
    columns = [_column(body, n, name, field) for n, (name, field) in enumerate(zip(names, fields, strict=True))]
    what = _first(c.n for c in columns if c.field in ("", "what", "subject") and _is_work(c))
    if what is None:
        return None
    time = _first(c.n for c in columns[what + 1 :] if c.may_be("days", "time") and _are_days(reading, c))
    who = _who(reading, [c for c in columns if c.n != what]) if time is not None else {}
    return {"what": what, "time": time, **who} if time is not None and who else None


def _who(reading: TaskText, columns: Sequence[_Column]) -> dict[str, int]:
    """Return which column names those who lead, and which behind it those who help; nothing where none leads in every row."""
    bodies = [c for c in columns if c.may_be("bodies", "who", "lead", "support") and _are_actors(reading, c)]
    lead = _first(c.n for c in bodies if c.field != "support" and c.filled >= _ALL)
    if lead is None:
        return {}
    support = _first(c.n for c in bodies if c.n > lead)
    return {"lead": lead} if support is None else {"lead": lead, "support": support}


def _are_open(names: Sequence[str], fields: Sequence[str]) -> bool:
    """Do the headers leave it open that the table is one of tasks?"""
    if {"money", "count", "meeting", "office", "step"} & set(fields):
        return False
    return not any(len(name) > _LONGEST_HEADER or speaks_against(name, "all") for name in names)


def speaks_against(header: str, of: str) -> bool:
    """Does a header say that its column of `bodies` or `days` is not what it looks like, or by a word of `all` that none is of tasks?"""
    return _AGAINST[of].search(lower(header)) is not None


def acts(header: str) -> bool:
    """Does a header say that those whom its column names do something?"""
    return _ACTS.search(lower(header)) is not None


def visits(cell: str) -> bool:
    """Does a cell begin with a meeting or a visit, of which whoever is named beside it may be the host?"""
    return _NOT_THEIRS.match(cell) is not None


def _first(found: Iterable[int]) -> int | None:
    return next(iter(found), None)


def _column(body: Sequence[Row], n: int, name: str, field: str) -> _Column:
    said = [row.cells[n].text for row in body if n < len(row.cells)]
    filled = tuple(cell for cell in said if not is_blank(cell))
    return _Column(n, name, field, filled, len(filled) / len(body))


def _is_work(column: _Column) -> bool:
    """Do all cells begin with work, and few with meetings and visits?"""
    if column.filled < _ALL or sum(map(visits, column.said)) > len(column.said) / 3:
        return False
    works = sum(starts_work(cell, 0, len(cell)) and " " in cell.strip() for cell in column.said)
    return works >= _ALL * len(column.said) or (works >= len(column.said) - 1 and works > 2 * _FEWEST)


def _are_actors(reading: TaskText, column: _Column) -> bool:
    """Do all cells begin like bodies' names, and are most read without doubt, below a header that says that these act?"""
    if not column.field and not acts(column.name):
        return False
    names = [is_names(reading, cell) for cell in column.said]
    if not names or sum(names) < _MOST * len(names):
        return False
    return all(known or is_body(cell) for known, cell in zip(names, column.said, strict=True))


def _are_days(reading: TaskText, column: _Column) -> bool:
    """Are most cells terms, and not all of them gone by on the day on which the document was signed?"""
    due = [reading.cell_deadline(cell) for cell in column.said]
    if column.filled < _MOST or sum(d is not None for d in due) < _MOST * len(due):
        return False
    signed = reading.heading.date
    ends = [last_day(d.value) for d in due if d]
    return signed is not None and any(end is None or end >= signed for end in ends)
