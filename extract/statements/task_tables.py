"""Tables of tasks in plans' annexes: what, who leads, who supports, by when.

A header names the columns; each row below it is a task. Rows come in one line with cells parted by "|" or tabulators,
or, as some converters write them, each cell on a line of its own and rows opened by their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile, zip_longest
from typing import NamedTuple

from chidao.extract.language.patterns import RECIPIENTS, SIGNS_FOR, rules
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import Addressee, Heading, Task
from chidao.extract.statements.deadlines import read_deadline
from chidao.extract.statements.sections import section_of
from chidao.extract.statements.task_text import TaskText, assigns, due

_COLUMNS = rules(  # the first that a header cell matches
    ("number", r"(?:S?TT|Số\s+TT|Số\s+thứ\s+tự)\.?", "STT"),
    ("support", r".*phối\s+hợp.*", "Đơn vị phối hợp"),
    (
        "lead",
        r".*(?:chủ\s+(?:trì|công|quản)|(?:đơn\s+vị|cơ\s+quan|bộ\s+phận|cán\s+bộ|người)\s+(?:thực\s+hiện|tham\s+mưu|đầu\s+mối)|phân\s+công|đầu\s+mối).*",
        "Cơ quan chủ trì",
    ),
    ("time", r".*(?:thời\s+(?:gian|hạn|điểm)|tiến\s+độ|hoàn\s+thành).*", "Thời gian hoàn thành"),
    ("what", r".*(?:nhiệm\s+vụ|nội\s+dung|công\s+việc|tên\s+(?:đề\s+án|văn\s+bản)|giải\s+pháp|hoạt\s+động).*", "Nhiệm vụ"),
    ("other", r".*(?:sản\s+phẩm|kết\s+quả|ghi\s+chú|kinh\s+phí|căn\s+cứ|hình\s+thức|trình).*", "Sản phẩm"),
    flags=re.IGNORECASE | re.DOTALL,
)  # fmt: skip
_FIGURES = re.compile(r"\(?\s*(?:[0-9]{1,2}|[A-H])\s*\)?")
_SPREAD = re.compile(r"(?:cơ\s+quan|đơn\s+vị|phân\s+công|trách\s+nhiệm|tổ\s+chức)(?:\s+\S+){0,3}", re.IGNORECASE)
"""A header cell over two columns, whose names stand in a row below it ("Cơ quan thực hiện" over "Chủ trì" and "Phối hợp")."""
_BELOW = re.compile(r"(?:(?:cơ\s+quan|đơn\s+vị)\s+)?(?:chủ\s+trì|phối\s+hợp)(?:\s+thực\s+hiện)?", re.IGNORECASE)
_OPEN_END = re.compile(r"(?:[,;–-]|\s(?:và|của|với|cho|các|hoặc))$")
"""A cell's line that goes on in the next."""
_GROUP = re.compile(r"(?:[IVX]{1,5}|[A-HĐ])\s*[.)]?")
"""What a group of rows is numbered with."""
_ROW = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{1,2})*|[a-zđ])\s*[.)]?")
_NUMBER_HEADER = re.compile(r"S?TT\.?")
_STACKED = re.compile(r"TT\.?\s*$", re.MULTILINE)
"""A line that may be the number's header."""
_COLUMN_FIGURE = re.compile(r"\(\s*[0-9A-H]{1,2}\s*\)")
_MOST_COLUMNS = 9
_NEXT = re.compile(r"[,;.]\s*|\s(?:và|cùng)\s+")
_LEADS = re.compile(r"chủ\s+(?:trì|công|quản)|thực\s+hiện|phân\s+công|đầu\s+mối|tham\s+mưu", re.IGNORECASE)
_LONGEST_NAME = 100
_TRIM = " \t\u00a0*_"
_STOP = re.compile(rf"(?:{RECIPIENTS}|Phụ\s+lục|{SIGNS_FOR}\.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Span:
    """A line or a cell, in characters of the text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


class _Table(NamedTuple):
    """The tasks of a table and the number of the line behind it."""

    tasks: list[Task]
    after: int


def find_table_tasks(text: str, heading: Heading, finder: BodyFinder) -> tuple[list[Task], list[tuple[int, int]]]:
    """Return the tasks of every table of `text` (lines as they stand in the source), and the spans of those tables; both in
    characters of `text`."""
    if (
        not assigns(heading)
        or ("|" not in text and "\t" not in text and _STACKED.search(text) is None)
        or _LEADS.search(text) is None
    ):
        return [], []
    reading = TaskText(text, heading, finder)
    lines = [_Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    found: list[Task] = []
    spans: list[tuple[int, int]] = []
    barren: dict[tuple[str, ...], int] = {}
    i = 0
    while i < len(lines):
        table = _barred(reading, lines, i, barren) or _stacked(reading, lines, i, barren)
        if table is None:
            i += 1
            continue
        found += table.tasks
        spans.append((lines[i].start, lines[table.after - 1].end))
        i = table.after
    return found, spans


def _fields(cells: Sequence[str]) -> dict[str, int] | None:
    """Return which column holds what, where the cells are a header of tasks: they name the work and who leads it."""
    columns: dict[str, int] = {}
    for i, cell in enumerate(cells):
        name = next((c.name for c in _COLUMNS if len(cell) < 80 and c.pattern.fullmatch(cell.strip(" *_"))), None)
        if name and name not in columns:
            columns[name] = i
    return columns if {"what", "lead"} <= columns.keys() else None


_HOURS = re.compile(
    r"[0-9]{1,2}\s*(?:h|g|giờ|:)\s*(?:[0-9]{2})?(?:\s*(?:[-–]|đến)\s*[0-9]{1,2}\s*(?:h|g|giờ|:)\s*(?:[0-9]{2})?)?",
    re.IGNORECASE,
)
"""Of an agenda ("07h30 - 08h00"), whose rows give no work."""


def _trimmed(text: str, start: int, end: int) -> _Span:
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return _Span(start, end)


# Rows in one line, with cells parted by bars.


def _barred(reading: TaskText, lines: Sequence[_Span], i: int, barren: dict[tuple[str, ...], int]) -> _Table | None:
    """Read the table whose header is line `i`. `barren` holds headers below which no row gave a task, and up to which line: the same header
    among those rows has none either."""
    text = reading.text
    mark = next((mark for mark in "|\t" if text.count(mark, lines[i].start, lines[i].end) >= 2), None)
    if mark is None:
        return None
    header = _barred_header(text, lines, i, mark)
    if header is None:
        return None
    columns, width, below = header
    kind = ("barred", mark, str(width), *(f"{name} {at}" for name, at in columns.items()))
    if i < barren.get(kind, 0):
        return None
    rows = list(takewhile(lambda line: mark in line.of(text), islice(lines, below, None)))
    found: list[Task] = []
    lead: tuple[Addressee, ...] = ()
    for line in rows:
        cells = _split(text, line, mark)
        said = [cell.of(text) for cell in cells]
        if len(cells) < width - 2 or all(map(_says_nothing, said)):
            continue
        if _is_group(said):
            lead = ()
            continue
        task = _row(reading, {name: cells[at] for name, at in columns.items() if at < len(cells)}, lead)
        if task:
            found.append(task)
            lead = task.lead
    barren[kind] = 0 if found else below + len(rows)
    return _Table(found, below + len(rows)) if found else None


def _barred_header(text: str, lines: Sequence[_Span], i: int, mark: str) -> tuple[dict[str, int], int, int] | None:
    """Return which column holds what, how many columns there are, and the line behind the header, which may take two rows: "Tổ chức thực
    hiện" over two columns, and "Chủ trì", "Phối hợp" below it."""
    above = [cell.of(text) for cell in _split(text, lines[i], mark)]
    columns, behind = _fields(above), i + 1
    second = next((n for n in range(i + 1, min(i + 3, len(lines))) if not _is_drawn(lines[n].of(text))), None)
    if second is not None and mark in lines[second].of(text):
        below = [cell.of(text) for cell in _split(text, lines[second], mark)]
        both = [b or a for a, b in zip_longest(above, below, fillvalue="")]
        of_both = _fields(both) if _is_subheader(above, below) else None
        if of_both and (columns is None or len(of_both) > len(columns) or below[0]):
            columns, above, behind = of_both, both, second + 1
    return (columns, len(above), behind) if columns else None


def _is_drawn(line: str) -> bool:
    """Return whether a line is the one that Markdown draws below a header."""
    return set(line) <= set("|:- \t")


def _is_subheader(above: Sequence[str], below: Sequence[str]) -> bool:
    """Return whether a row names parts of the columns of the row above it: it has no number, and a column is called so."""
    said = [cell for cell in below if cell]
    named = any(
        c.pattern.fullmatch(cell.strip(" *_")) for cell in said for c in _COLUMNS if c.name in ("lead", "support")
    )
    return (
        below[0] in ("", above[0])
        and named
        and all(len(cell) < 40 and not any(map(str.isdigit, cell)) for cell in said)
    )


def _split(text: str, line: _Span, mark: str) -> list[_Span]:
    """Return the cells of a line, which `mark` parts: a bar, or a tabulator as a sheet's copy has it."""
    cells = []
    at = line.start
    for part in line.of(text).split(mark):
        cells.append(_trimmed(text, at, at + len(part)))
        at += len(part) + 1
    if cells and cells[0].start == cells[0].end and text[line.start : line.start + 1] == "|" == mark:
        cells = cells[1:]  # a Markdown row opens with a bar
    return cells


def _is_group(cells: Sequence[str]) -> bool:
    """Return whether a row is the heading of a group of rows ("I | CẢI CÁCH THỦ TỤC HÀNH CHÍNH | | |"), and gives no work."""
    said = [cell for cell in cells if cell.strip(" *_")]
    return len(said) <= 2 and (said[-1].isupper() or _GROUP.fullmatch(said[0]) is not None)


def _says_nothing(cell: str) -> bool:
    """Return whether a cell is blank, a column's figure below the header, or the line that Markdown draws there."""
    return not cell or _FIGURES.fullmatch(cell) is not None or set(cell) <= set(":-")


# Rows with each cell on a line of its own.


def _stacked(reading: TaskText, lines: Sequence[_Span], i: int, barren: dict[tuple[str, ...], int]) -> _Table | None:
    """Read a header with each cell on its own line, then rows that open with their number alone on a line. `barren` as for `_barred`."""
    text = reading.text
    header = _stacked_header(text, lines, i)
    if header is None:
        return None
    order, k = header
    kind = ("stacked", *order)
    if i < barren.get(kind, 0):
        return None
    rows: list[list[_Span]] = [[]]
    groups: set[int] = set()
    while k < len(lines) and not _ends_table(said := lines[k].of(text).strip()):
        cell = _trimmed(text, lines[k].start, lines[k].end)
        if _ROW.fullmatch(said):
            rows.append([])
        elif _GROUP.fullmatch(said):
            groups.add(len(rows))
            rows.append([])
        elif rows[-1] and (_OPEN_END.search(rows[-1][-1].of(text)) or said[:1].islower()):
            rows[-1][-1] = _Span(rows[-1][-1].start, cell.end)
        else:
            rows[-1].append(cell)
        k += 1
    found: list[Task] = []
    lead: tuple[Addressee, ...] = ()
    for n, row in enumerate(rows):
        task = _stacked_row(reading, row, order, () if n in groups else lead)
        lead = task.lead if task else () if n in groups else lead
        found += [task] if task else []
    barren[kind] = 0 if found else k
    return _Table(found, k) if found else None


_SECTION = re.compile(r"(?:[IVX]{1,5}|[A-D])\s?[-./)–]\s*(?P<said>\S.*)")


def _ends_table(said: str) -> bool:
    """Does a line stand behind the table: a signature, or the heading of another section?"""
    section = _SECTION.match(said)
    return _STOP.match(said) is not None or (section is not None and section_of(section["said"]) != "")


def _stacked_header(text: str, lines: Sequence[_Span], i: int) -> tuple[list[str], int] | None:
    """Return the fields of the columns in their order, without the number's, and the line behind the header."""
    if not _NUMBER_HEADER.fullmatch(lines[i].of(text).strip()):
        return None
    said = [line.of(text).strip() for line in lines[i : i + _MOST_COLUMNS]]
    names = said[:1] + list(takewhile(lambda cell: len(cell) <= 80 and not _FIGURES.fullmatch(cell), said[1:]))
    after = i + len(names)
    names = _in_order(names)
    columns = _fields(names)
    if columns is None:
        return None
    k = after
    while k < len(lines) and _COLUMN_FIGURE.fullmatch(lines[k].of(text).strip()):
        k += 1
    return [name for name in sorted(columns, key=columns.__getitem__) if name != "number"], k


def _in_order(names: Sequence[str]) -> list[str]:
    """Return a header's names with those of its second row, which stand at its end, in the place of the cell over them."""
    top = [name for name in names if not _BELOW.fullmatch(name)]
    below = list(names[len(top) :])
    over = next((n for n, name in enumerate(top) if _SPREAD.fullmatch(name)), None)
    if over is None or len(below) < 2 or not all(map(_BELOW.fullmatch, below)):
        return list(names)
    return [*top[:over], *below, *top[over + 1 :]]


def _stacked_row(
    reading: TaskText, row: Sequence[_Span], order: Sequence[str], above: tuple[Addressee, ...]
) -> Task | None:
    """Read cells in the order of their columns. A cell may take several lines: the addressees tell where the lead's begins; in a
    row without any, those `above` lead, since one cell may span several rows."""
    lead_at = next((n for n, cell in enumerate(row) if n and _all_addressees(reading, cell)), None)
    if lead_at is None:
        return _inheriting(reading, row, order, above)
    cells = {"what": _Span(row[0].start, row[lead_at - 1].end), "lead": row[lead_at]}
    if len(row) == len(order) or (len(row) > len(order) and len(order) >= 3):
        cells |= zip(order[order.index("lead") :], row[lead_at:], strict=False)
    else:
        for cell in row[lead_at + 1 :]:  # some are left blank: what a cell holds tells which it is
            if _all_addressees(reading, cell) and "support" in order:
                cells.setdefault("support", cell)
            elif read_deadline(cell.of(reading.text), cell=True):
                cells.setdefault("time", cell)
    return _row(reading, cells, ())


def _inheriting(
    reading: TaskText, row: Sequence[_Span], order: Sequence[str], above: tuple[Addressee, ...]
) -> Task | None:
    """Return the task of a row without a lead of its own: its work, and by when."""
    time = next((cell for cell in row[1:] if read_deadline(cell.of(reading.text), cell=True)), None)
    if not above or not row or len(row) > len(order) or (time is None and "time" in order):
        return None
    cells = {"what": row[0], "lead": _Span(row[0].end, row[0].end)} | ({"time": time} if time else {})
    return _row(reading, cells, above)


def _all_addressees(reading: TaskText, cell: _Span) -> bool:
    addressees, end = reading.addressees(cell.start, cell.end, heading=True)
    return bool(addressees) and not reading.text[end : cell.end].strip(" .;,")


def _row(reading: TaskText, cells: Mapping[str, _Span], above: tuple[Addressee, ...]) -> Task | None:
    """Return the task of a row; `above` leads where the lead's cell is blank, since one cell may span several rows."""
    what, lead_cell = cells.get("what"), cells.get("lead")
    if what is None or lead_cell is None or what.end - what.start < 12:
        return None
    lead = tuple(_listed(reading, lead_cell)) or _printed(reading.text, lead_cell)
    if not lead and lead_cell.start == lead_cell.end:
        lead = above
    if not lead:
        return None
    time = cells.get("time")
    if time and _HOURS.fullmatch(time.of(reading.text)):
        return None
    support = tuple(_listed(reading, cells["support"])) if "support" in cells else ()
    task = reading.task(what.start, max(cell.end for cell in cells.values()), lead, "table")
    deadline = reading.deadline(time.start, time.end, cell=True, past=True) if time else None
    return due(task, deadline, support)


def _printed(text: str, cell: _Span) -> tuple[Addressee, ...]:
    """Return who leads as the cell prints it, where nothing in it is known: the column's header says that it is who leads."""
    name = " ".join(cell.of(text).split()).strip(" .;,*_")
    return (Addressee(name),) if 1 < len(name) <= _LONGEST_NAME and any(c.isalpha() for c in name) else ()


def _listed(reading: TaskText, cell: _Span) -> Iterator[Addressee]:
    """Yield every addressee of a cell; what cannot be read as one is passed over to the next comma."""
    at = cell.start
    while at < cell.end:
        addressees, at = reading.addressees(at, cell.end, heading=True)
        yield from addressees
        following = _NEXT.search(reading.text, at, cell.end)
        if following is None:
            return
        at = following.end()
