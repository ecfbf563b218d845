"""What the columns of a table of tasks hold.

A header tells by its first words ("Nhiệm vụ được giao" is work, "Thời hạn hoàn thành" a limit), and a header of bodies by what it says of
them ("Cơ quan phối hợp"): `tables/task_columns.csv`. It may take two rows, a cell of the first standing over several of the second.
Where it is silent ("Đơn vị"), what the cells hold tells. Budgets, timetables and procedures have such columns too, and are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import BRACKETS, LETTER, lower
from chidao.extract.language.patterns import HOUR, PART_OF_DAY
from chidao.extract.language.tables import key, rows, words
from chidao.extract.model import Addressee
from chidao.extract.reading.grids import Row
from chidao.extract.statements.deadlines.deadlines import read_deadline
from chidao.extract.statements.predicates import starts_work
from chidao.extract.statements.task_tables.by_cells import find_columns, visits
from chidao.extract.statements.task_tables.cells import is_blank, is_names, read_names
from chidao.extract.statements.tasks.task_text import TaskText

_TABLE = [(row["field"], row["header"]) for row in rows("task_columns.csv")]
_SAID_OF = {"of lead", "of support", "of other", "not due", "not lead", "not tasks", "of done", "acts"}
_FIELDS = {key(header): name for name, header in _TABLE if name not in _SAID_OF}
_RANKS = {key(header): rank for rank, (name, header) in enumerate(_TABLE) if name == "time"}
_HEAD = re.compile(rf"{one_of(lower(header) for name, header in _TABLE if name not in _SAID_OF)}(?![{LETTER}])")
_OF = {
    name: re.compile(rf"(?<![{LETTER}]){one_of(h for n, h in _TABLE if n == name)}(?![{LETTER}])", re.IGNORECASE)
    for name in _SAID_OF
}
_LONGEST_HEADER = 80
_MOST_COLUMNS = 60
_LOOKED_AT = 40
"""Rows in which cells are tried for what they hold."""
_MARKS = frozenset((*"xv●•✓✔☑√", "ct", "ph", *words("leads"), *words("helps")))
"""What stands in a column that is one body's."""
_CLOCK = re.compile(rf"(?:từ\s+)?{HOUR}(?![\w/])|(?:buổi\s+)?{PART_OF_DAY}(?!\w)")
_LENGTH = re.compile(
    r"(?:trong\s+|tối\s+đa\s+)?(?:[0-9]+(?:[.,][0-9]+)?|[½¼]|[0-9]/[0-9])\s*(?:phút|giờ|buổi|ngày)(?:\s+làm\s+việc)?\.?"
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table's fields stand (indices of cells): "number", "what", "lead", "support", "both" (who leads and who helps), "time".
    `bodies` are the columns that stand for one body each; `height` is how many rows the header takes."""

    at: Mapping[str, int]
    width: int
    height: int
    bodies: Mapping[int, Addressee] = field(default_factory=dict)


def field_of(header: str) -> str:
    """Return what a header says of its column; "" where it says nothing that the table knows.

    >>> [field_of(h) for h in ("Đơn vị chủ trì, phối hợp", "Nhiệm vụ được giao", "Đơn vị", "Cơ quan thẩm định", "Sở Y tế")]
    ['both', 'what', 'who', 'other', 'who']
    """
    low = lower(header)
    said = " ".join((BRACKETS.sub(" ", low) if "(" in low else low).split()).strip(" .:*_")
    head = _HEAD.match(said)
    if head is None and "/" in said:
        return field_of(said.partition("/")[2])  # "Lĩnh vực/Công việc phải làm"
    if head is None or len(said) > _LONGEST_HEADER or (said.startswith("tháng ") and said[6:7].isdecimal()):
        return ""  # "Tháng 4" is what a column of months holds
    found = _FIELDS[key(head.group())]
    if found == "time":
        return "other" if _OF["not due"].search(said) else "time"
    if found in ("what", "subject") and _OF["of done"].search(said):
        return "other"
    if found not in ("who", "lead"):
        return found
    leads, helps = _OF["of lead"].search(said), _OF["of support"].search(said)
    if found == "lead" or (leads and not (helps and helps.start() < leads.start())):
        return "both" if helps else "lead"
    return "support" if helps else "other" if _OF["of other"].search(said) else "who"


@dataclass(frozen=True, slots=True)
class _Header:
    """The names of the columns, and what each row of the header says of them."""

    names: tuple[str, ...]
    fields: tuple[str, ...]
    height: int


def read_columns(
    reading: TaskText, grid: Sequence[Row], at: int, *, begins: bool = False
) -> tuple[Columns | None, int]:
    """Return the columns of a table whose header begins in row `at`, None where it gives no tasks; and how many rows the header takes, 0
    where none begins here. Where a table `begins` cells may tell what a header does not."""
    table = grid[at : at + _LOOKED_AT]
    header = read_header([[cell.text for cell in row.cells] for row in table[:2]])
    if header is None:
        told = _by_cells(reading, table) if begins else None
        return told, 1 if told else 0
    body = [row for row in table[header.height :] if len(row.cells) > 1]
    columns = _by_content(reading, _by_header(header, body), header, body)
    lawful = columns is not None and not _is_no_task(header, columns, body)
    return (columns if lawful else None), header.height


def _by_cells(reading: TaskText, table: Sequence[Row]) -> Columns | None:
    """Return the columns of a table of whose header no word is known, where its cells tell them."""
    names = [cell.text for cell in table[0].cells]
    if not all(names) or any(is_names(reading, name) or _is_due(name) or name.isdecimal() for name in names):
        return None
    told = find_columns(reading, names, [field_of(name) for name in names], table[1:])
    return Columns(told, len(names), 1) if told else None


def read_header(lines: Sequence[Sequence[str]]) -> _Header | None:
    """Return the header that the first of `lines`, or the first two, make; None where they are none: what is to be done has a column, and
    so has who does it or by when, or there is a number before it."""
    if max(map(len, lines), default=0) > _MOST_COLUMNS:
        return None
    one = list(lines[0]) if lines else []
    two = list(lines[1]) if len(lines) > 1 else []
    height = 1
    names, fields = one, [field_of(name) for name in one]
    if two and _is_second_row(one, two):
        names, fields = _spread(one, two)
        height = 2
    known = set(fields)
    enough = len(known - {""}) > 2 or (len(names) == 2 and not known.isdisjoint(("who", "lead")))
    if not known & {"what", "subject"} or not enough or 2 * fields.count("") > len(fields):
        return None
    return _Header(tuple(names), tuple(fields), height)


def _is_second_row(one: Sequence[str], two: Sequence[str]) -> bool:
    """Is a row the second of a header: all that it says are names of columns, and it has none for the number or repeats it?"""
    said = [cell for cell in two if cell and cell not in one]
    if not said or (len(two) >= len(one) and two[0] and two[0] != one[0]):
        return False
    return all(field_of(cell) not in ("", "number", "step", "what", "subject") and len(cell) < 40 for cell in said)


def _spread(one: Sequence[str], two: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the names and fields of columns from the two rows of a header. A cell over several columns is given once, or once with blank
    ones behind it; the second row has blanks below cells that reach down, or only what stands below the one that does not."""
    over = [cell if cell not in two else "" for cell in one]
    if len(two) < len(one) and all(two):
        at = next((n for n, cell in enumerate(one) if field_of(cell) in ("who", "lead", "both", "time")), len(one) - 1)
        above = [*one[:at], *[one[at]] * len(two), *one[at + 1 :]]
        below = [*[""] * at, *two, *[""] * (len(one) - at - 1)]
    elif len(two) > len(one) and all(a or not b for a, b in zip(one, two, strict=False)):
        above, below = _over(one, two), list(two)
    else:
        over += [""] * (len(two) - len(one))
        above, below = _filled(over, two), [*two, *[""] * (len(over) - len(two))]
    pairs = list(zip(above, below, strict=True))
    return [f"{a} {b}".strip() for a, b in pairs], [_below(a, b) for a, b in pairs]


def _over(one: Sequence[str], two: Sequence[str]) -> list[str]:
    """Return for each cell of `two` which of the fewer cells of `one` stands over it."""
    runs = sum(bool(cell) and (n == 0 or not two[n - 1]) for n, cell in enumerate(two))
    singles = sum(not cell for cell in two)
    groups = max(1, len(one) - singles)
    widths = [-(-(len(two) - singles) // groups)] * groups
    found: list[str] = []
    rest, n = list(one), 0
    while n < len(two):
        width = 1 if not two[n] else (widths.pop(0) if runs == 1 and widths else _run(two, n))
        name = rest.pop(0) if rest else ""
        found += [name] * min(width, len(two) - n)
        n += width
    return found


def _run(two: Sequence[str], n: int) -> int:
    """Return how many cells from `n` on are not blank."""
    return next((k for k in range(n, len(two)) if not two[k]), len(two)) - n


def _filled(over: Sequence[str], two: Sequence[str]) -> list[str]:
    """Return the first row with its blank cells filled from the left, where the second says something below them."""
    found: list[str] = []
    for n, cell in enumerate(over):
        goes_on = not cell and n > 0 and n < len(two) and two[n] and two[n - 1]
        found.append(found[-1] if goes_on else cell)
    return found


def _below(above: str, below: str) -> str:
    """Return the field of a column by what stands over it and its own name: below what was done nothing is yet to do."""
    group, own = field_of(above), field_of(below)
    if not below or not own:
        return group if not below else ""
    return "other" if group in ("other", "money", "count") else own


def _by_header(header: _Header, body: Sequence[Row]) -> dict[str, int]:
    """Return which column is which by the header's own words."""
    fields = header.fields
    found: dict[str, int] = {
        name: fields.index(name) for name in ("number", "support", "both", "lead") if name in fields
    }
    whats = _where(fields, "what") or _where(fields, "subject")
    if whats:
        found["what"] = max(whats, key=lambda n: sum(len(_cell(row, n)) for row in body))
    if "lead" in found:
        found.pop("both", None)
    elif (
        "office" in fields and not {"both", "who"} & set(fields) and _share(body, found.get("what", 0), _is_duty) > 0.6
    ):
        found["lead"] = fields.index("office")  # a committee's members, and what each has to do
    times = _where(fields, "time")
    times = [n for n in times if _share(body, n, _is_due) >= 0.3] or times
    if times:
        found["time"] = min(times, key=lambda n: _rank(header.names[n]))
    return found


def _is_duty(cell: str) -> bool:
    return starts_work(cell, 0, len(cell)) or cell.lower().startswith("phụ trách ")


def _where(fields: Sequence[str], name: str) -> list[int]:
    return [n for n, field in enumerate(fields) if field == name]


def _rank(name: str) -> int:
    head = _HEAD.search(lower(name))
    return _RANKS.get(key(head.group()), len(_RANKS)) if head else len(_RANKS)


def _by_content(reading: TaskText, found: dict[str, int], header: _Header, body: Sequence[Row]) -> Columns | None:
    """Add what only the cells tell: bodies below a header that doesn't say what they do, columns that are one body's."""
    width = len(header.names)
    if "what" not in found or {"lead", "both"} & found.keys():
        return Columns(found, width, header.height) if "what" in found else None
    bodies = {n: marked for n in range(width) if (marked := _marked(reading, header, body, n))}
    if len(bodies) > 1:
        return Columns(found, width, header.height, bodies)
    if "who" not in header.fields and (told := find_columns(reading, header.names, header.fields, body)):
        return Columns(found | told, width, header.height)
    return _silent(reading, found, header, body)


def _silent(reading: TaskText, found: dict[str, int], header: _Header, body: Sequence[Row]) -> Columns | None:
    """Return the columns of a header that names nobody who leads: a column of bodies does, or rows are grouped by who leads them."""
    width = len(header.names)
    silent = _where(header.fields, "who")
    works = _share(body, found["what"], lambda cell: starts_work(cell, 0, len(cell))) > 0.6
    if not silent:
        return Columns(found, width, header.height) if "support" not in found and ("time" in found or works) else None
    if "what" not in header.fields and _share(body, found["what"], visits) > 1 / 3:
        return None  # "Nội dung kiểm tra | Đơn vị | Thời gian": who is inspected
    dated = "what" in header.fields and "time" in found and _share(body, found["time"], _is_due) >= 0.5
    if len(silent) > 1 or not (works or dated):
        return None
    named = _share(body, silent[0], lambda cell: is_names(reading, cell)) >= 0.7
    return Columns(found | {"lead": silent[0]}, width, header.height) if named else None


def _marked(reading: TaskText, header: _Header, body: Sequence[Row], n: int) -> Addressee | None:
    """Return the body whose own column it is: its name is the header, and marks are the cells."""
    if header.fields[n] not in ("", "who") or _share(body, n, lambda cell: key(cell) in _MARKS) < 1:
        return None
    names = read_names(reading, header.names[n])
    return names[0] if len(names) == 1 and is_names(reading, header.names[n]) else None


def _is_no_task(header: _Header, columns: Columns, body: Sequence[Row]) -> bool:
    """Is it a timetable, the steps of a procedure, a calendar of meetings, or a budget?"""
    fields = set(header.fields)
    if _is_timed(header, body) or header.fields.count("meeting") > 1 or ("meeting" in fields and "time" not in fields):
        return True
    leads = columns.at.get("lead", columns.at.get("both"))
    weak = leads is not None and "chủ" not in lower(header.names[leads])
    return bool(fields & {"money", "count"}) and weak and not fields & {"time", "support", "both"}


def _is_timed(header: _Header, body: Sequence[Row]) -> bool:
    """Do the cells for time hold hours of a day, or how long a step takes?"""
    times = _where(header.fields, "time") or [0]
    if any(_share(body, n, lambda cell: bool(_CLOCK.match(lower(cell)))) >= 0.5 for n in times):
        return True
    if any(_share(body, n, lambda cell: bool(_LENGTH.fullmatch(lower(cell)))) >= 0.5 for n in times):
        return True
    return "step" in header.fields and not any(_share(body, n, _is_due) >= 0.5 for n in times)


def _is_due(cell: str) -> bool:
    return read_deadline(cell, 2000, cell=True) is not None


def _cell(row: Row, n: int) -> str:
    return row.cells[n].text if n < len(row.cells) else ""


def _share(body: Sequence[Row], n: int, test: Callable[[str], bool]) -> float:
    """Return which part of a column's cells that are not blank a test takes."""
    said = [cell for row in body if not is_blank(cell := _cell(row, n))]
    return sum(test(cell) for cell in said) / len(said) if said else 0.0
