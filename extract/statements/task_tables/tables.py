"""Tables of tasks: what, who leads, who supports, by when.

`reading.grids` and `stacked` read rows of cells, `columns` what their columns hold, `cells` whom a cell names. Here each
row becomes a task. A row may head the ones below it, whose lead it can name, and a cell may hold what the one above it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from chidao.extract.language.jurisdictions import Place, find_province, province
from chidao.extract.language.patterns import GROUP, HOUR
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import Addressee, Heading, Task
from chidao.extract.reading.grids import Cell, Row, find_grids, heads_numbers
from chidao.extract.statements.deadlines.deadlines import Deadline
from chidao.extract.statements.task_tables.cells import DITTO, is_blank, is_names, read_names, read_who
from chidao.extract.statements.task_tables.columns import Columns, field_of, read_columns
from chidao.extract.statements.task_tables.parted import find_parted, has_parted
from chidao.extract.statements.task_tables.stacked import COLUMN_NUMBER, find_stacked
from chidao.extract.statements.tasks.task_text import ENDS_TEXT, TaskText, assigns, due

_GROUP = re.compile(rf"{GROUP}\s*[.)]?")
"""What a group of rows is numbered with."""
_NUMBERED = re.compile(rf"\s*(?:{GROUP}|[0-9]{{1,3}}(?:\.[0-9]{{1,2}})*)\s*[.)]\s*")
_SUM = ("tổng", "cộng")
_CLOCK = re.compile(rf"{HOUR}(?:\s*phút)?(?:\s*(?:[–-]|đến)\s*{HOUR}(?:\s*phút)?)?")
"""A time of day, "8h00 - 8h15", as the rows of a meeting's agenda begin with."""
_SHORTEST = 12
"""A shorter cell says no work, in characters, but beside a term ("In giấy mời", by the 8th)."""
_RULES = "|│┃║\t"
"""What stands between the cells of a row."""
_HAS_HEADER = re.compile(r"^ *S?TT {2,}", re.MULTILINE)

Span = tuple[int, int]


def find_table_tasks(text: str, heading: Heading, finder: BodyFinder) -> tuple[list[Task], list[Span]]:
    """Return the tasks of every table of `text` (lines as they stand in the source), and the spans of the rows of tables that were
    read, with tasks or without; both in characters of `text`."""
    if not (assigns(heading) and _has_table(text)):
        return [], []
    reading = TaskText(text, heading, finder)
    grids = (*find_grids(text), *find_stacked(reading), *find_parted(reading))
    tasks, spans = _read(reading, grids)
    if finder.places.home is None and heading.type is None and (place := _place_of(tasks)):
        tasks, spans = _read(TaskText(text, heading, BodyFinder(place)), grids)
    return tasks, spans


def _has_table(text: str) -> bool:
    """Has the text lines of cells, or the header of a table whose cells stand below one another?"""
    if any(rule in text for rule in _RULES) or ("TT  " in text and _HAS_HEADER.search(text)):
        return True
    return heads_numbers(text) or has_parted(text)


def _place_of(tasks: Sequence[Task]) -> Place | None:
    """Return the province of an annex or a tracker without a heading: the one that its bodies name, if at least two do and no other is
    named."""
    keys = {
        a.key
        for task in tasks
        for a in (*task.lead, *task.support)
        if a.key and not a.key.startswith(("vn/", "unknown/"))
    }
    scopes = {key.split("/")[0] for key in keys}
    known = find_province(scopes.pop()) if len(keys) > 1 and len(scopes) == 1 else None
    return province(known) if known else None


def _read(reading: TaskText, grids: Sequence[Sequence[Row]]) -> tuple[list[Task], list[Span]]:
    found: list[Task] = []
    spans: list[Span] = []
    for part in (part for grid in grids for part in _apart(grid)):
        for table in _tables(reading, part):
            found += table.tasks
            spans += table.rows
    return sorted(found, key=lambda task: task.start), sorted(spans)


def _apart(grid: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Yield the rows up to the recipients and the signature, which stand below a table in cells of their own, and those from there on."""
    begin = 0
    for n, row in enumerate(grid):
        if any(ENDS_TEXT.match(cell.text) for cell in row.cells):
            yield grid[begin:n]
            begin = n
    yield grid[begin:]


@dataclass(slots=True)
class _Table:
    """The tasks of a table, where its rows stand, and what holds for rows to come: who leads the group, and the cells above."""

    columns: Columns | None
    header: tuple[str, ...]
    tasks: list[Task] = field(default_factory=list)
    rows: list[Span] = field(default_factory=list)
    group: tuple[Addressee, ...] = ()
    lead: tuple[Addressee, ...] = ()
    above: dict[str, Cell] = field(default_factory=dict)


def _tables(reading: TaskText, grid: Sequence[Row]) -> Iterator[_Table]:
    """Yield the tables of a block of rows: each begins with a header, which may come again on every page."""
    table: _Table | None = None
    n = 0
    while n < len(grid):
        said = tuple(cell.text for cell in grid[n].cells)
        columns, height = read_columns(reading, grid, n, begins=table is None) if len(said) > 1 else (None, 0)
        height = height or (1 if _heads_another(said) else 0)
        if height and not (table and said == table.header):
            if table:
                yield table
            table = _Table(columns, said)
        if table:
            table.rows += [(row.start, row.end) for row in grid[n : n + max(1, height)] if len(row.cells) > 1]
            if not height and table.columns:
                _take(reading, table, table.columns, grid, n)
        n += max(1, height)
    if table:
        yield table


def _heads_another(said: Sequence[str]) -> bool:
    """Do cells head a table of something else: "TT | Họ tên | Đơn vị", the members?"""
    return len(said) > 1 and field_of(said[0]) == "number" and all(said) and not any(map(COLUMN_NUMBER.fullmatch, said))


def _take(reading: TaskText, table: _Table, columns: Columns, grid: Sequence[Row], n: int) -> None:
    """Take a row as a task, as the head of the rows below it, or as nothing."""
    said = [cell.text for cell in grid[n].cells]
    first = next((text for text in said if text), "")
    empty = all(not text or COLUMN_NUMBER.fullmatch(text) for text in said)
    if empty or first.lower().partition(" ")[0].rstrip(".:,") in _SUM or 1 < len(said) < columns.width - 2:
        return
    if _is_group(columns, said, grid[n + 1] if n + 1 < len(grid) else None):
        last = _NUMBERED.sub("", next(text for text in reversed(said) if text))
        last = last.title() if last.isupper() else last
        table.group = read_names(reading, last) if is_names(reading, last) else ()
        table.lead, table.above = (), {}
    elif task := _task(reading, table, columns, grid[n]):
        table.tasks.append(task)


def _is_group(columns: Columns, said: Sequence[str], following: Row | None) -> bool:
    """Is a row the heading of others ("I | CẢI CÁCH THỦ TỤC HÀNH CHÍNH | | |"), which gives no work itself?"""
    filled = [text for text in said if text]
    if len(said) == 1:
        return True
    if len(filled) > 2 or any(_at(said, columns.at.get(name)) for name in ("lead", "both", "time")):
        return False
    number = columns.at.get("number", 0)
    own = _at(said, number)
    below = following.cells[number].text if following and number < len(following.cells) else ""
    contains = bool(own) and below.startswith(f"{own.rstrip('.')}.")
    return filled[-1].isupper() or _GROUP.fullmatch(own or filled[0]) is not None or contains


def _at(said: Sequence[str], n: int | None) -> str:
    return said[n] if n is not None and n < len(said) else ""


def _task(reading: TaskText, table: _Table, columns: Columns, row: Row) -> Task | None:
    """Return the task of a row. Its lead is who leads the rows above where its cell is blank, since one cell may span several rows."""
    cells = {name: row.cells[n] for name, n in columns.at.items() if n < len(row.cells)}
    for name, cell in cells.items():
        if DITTO.fullmatch(cell.text) and name in table.above:
            cells[name] = Cell(table.above[name].text, cell.start, cell.end)
    table.above |= cells
    what = cells.get("what")
    dated = "time" in cells and reading.cell_deadline(cells["time"].text) is not None
    if (
        what is None
        or (len(what.text) < _SHORTEST and not dated)
        or any(_CLOCK.fullmatch(cell.text) for cell in row.cells)
    ):
        return None
    lead, support = _who(reading, table, columns, row, cells)
    if not lead:
        return None
    table.lead = lead
    used = [cell for name, cell in cells.items() if name != "number" and not is_blank(cell.text)]
    start = min(cell.start for cell in used)
    task = reading.task(start, max(cell.end for cell in used), lead, "table")
    return due(task, _due(reading, cells), support)


def _due(reading: TaskText, cells: dict[str, Cell]) -> Deadline | None:
    if time := cells.get("time"):
        return reading.cell_deadline(time.text)
    return reading.deadline(cells["what"].start, cells["what"].end)


Names = tuple[Addressee, ...]


def _who(reading: TaskText, table: _Table, columns: Columns, row: Row, cells: dict[str, Cell]) -> tuple[Names, Names]:
    """Return who leads and who helps in a row."""
    if columns.bodies:
        return _by_marks(columns, row)
    both = "both" in cells
    cell = cells.get("both") if both else cells.get("lead")
    lead: Names = ()
    support: Names = ()
    if cell is not None:
        lead, support = read_who(reading, cell.text, both=both)
    if not lead and (cell is None or is_blank(cell.text)):
        lead = table.group if cell is None else table.lead or table.group
    if "support" in cells and not is_blank(cells["support"].text):
        more = read_names(reading, cells["support"].text)
        support = tuple(dict.fromkeys((*support, *more)))
    return lead, support


def _by_marks(columns: Columns, row: Row) -> tuple[Names, Names]:
    """Return the bodies whose columns a row marks: "PH" helps, any other mark leads."""
    lead: list[Addressee] = []
    support: list[Addressee] = []
    for n, body in columns.bodies.items():
        mark = row.cells[n].text.lower() if n < len(row.cells) else ""
        if mark:
            (support if mark.startswith("ph") else lead).append(body)
    return tuple(lead), tuple(support)
