"""Tables of tasks in plans' annexes: what, who leads, who supports, by when.

A header names the columns; each row below it is a task. Rows come in one line with cells parted by "|", or, as some converters
write them, each cell on a line of its own and rows opened by their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chidao.extract.model import Heading, Party
from chidao.extract.statements.addressees import BodyReader, read_parties
from chidao.extract.statements.deadlines import read_deadline
from chidao.extract.statements.tasks import ASSIGNING, Assignment

_COLUMNS = tuple(  # the first that a header cell matches
    (name, re.compile(pattern, re.IGNORECASE | re.DOTALL))
    for name, pattern in (
        ("number", r"(?:S?TT|Số\s+TT|Số\s+thứ\s+tự)\.?"),
        ("support", r".*phối\s+hợp.*"),
        (
            "lead",
            r".*(?:chủ\s+trì|(?:đơn\s+vị|cơ\s+quan)\s+(?:thực\s+hiện|tham\s+mưu|đầu\s+mối)|phân\s+công|đầu\s+mối).*",
        ),
        ("time", r".*(?:thời\s+(?:gian|hạn|điểm)|tiến\s+độ|hoàn\s+thành).*"),
        ("what", r".*(?:nhiệm\s+vụ|nội\s+dung|công\s+việc|tên\s+(?:đề\s+án|văn\s+bản)|giải\s+pháp|hoạt\s+động).*"),
        ("other", r".*(?:sản\s+phẩm|kết\s+quả|ghi\s+chú|kinh\s+phí|căn\s+cứ|hình\s+thức|trình).*"),
    )
)
_FIGURES = re.compile(r"\(?\s*(?:[0-9]{1,2}|[A-H])\s*\)?")
_ROW = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{1,2})*|[a-zđ])\s*[.)]?")
_STOP = re.compile(r"(?:Nơi\s+nhận|PHỤ\s+LỤC|Phụ\s+lục|TM\.|KT\.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int


def find_table_tasks(text: str, heading: Heading, finder: BodyReader) -> tuple[list[Assignment], list[tuple[int, int]]]:
    """The tasks of every table of `text` (lines as they stand in the source), and the spans of those tables; both in
    characters of `text`."""
    if heading.type not in ASSIGNING or ("hủ trì" not in text and "hực hiện" not in text):
        return [], []
    lines = [_Cell(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    found: list[Assignment] = []
    spans: list[tuple[int, int]] = []
    i = 0
    while i < len(lines):
        for reader in (_barred, _stacked):
            made = reader(text, lines, i, heading, finder)
            if made:
                tasks, after = made
                found += tasks
                spans.append((lines[i].start, lines[after - 1].end))
                i = after
                break
        else:
            i += 1
    return found, spans


def _fields(cells: Sequence[str]) -> dict[str, int] | None:
    """Which column holds what, where the cells are a header of tasks: they name the work and who leads it."""
    columns: dict[str, int] = {}
    for i, cell in enumerate(cells):
        name = next((n for n, pattern in _COLUMNS if len(cell) < 80 and pattern.fullmatch(cell.strip(" *_"))), None)
        if name and name not in columns:
            columns[name] = i
    return columns if {"what", "lead"} <= columns.keys() else None


def _split(text: str, line: _Cell) -> list[_Cell]:
    cells = []
    at = line.start
    for part in text[line.start : line.end].split("|"):
        cells.append(_trimmed(text, at, at + len(part)))
        at += len(part) + 1
    if cells and cells[0].start == cells[0].end and text[line.start : line.start + 1] == "|":
        cells = cells[1:]  # a Markdown row opens with a bar
    return cells


def _trimmed(text: str, start: int, end: int) -> _Cell:
    while start < end and text[start] in " \t\u00a0*_":
        start += 1
    while end > start and text[end - 1] in " \t\u00a0*_":
        end -= 1
    return _Cell(start, end)


def _barred(
    text: str, lines: Sequence[_Cell], i: int, heading: Heading, finder: BodyReader
) -> tuple[list[Assignment], int] | None:
    if text.count("|", lines[i].start, lines[i].end) < 2:
        return None
    header = _split(text, lines[i])
    columns = _fields([text[c.start : c.end] for c in header])
    if columns is None:
        return None
    found: list[Assignment] = []
    k = i + 1
    lead: tuple[Party, ...] = ()
    while k < len(lines) and "|" in text[lines[k].start : lines[k].end]:
        cells = _split(text, lines[k])
        k += 1
        filled = [c for c in cells if c.end > c.start]
        if len(cells) < len(header) - 2 or all(
            _FIGURES.fullmatch(text[c.start : c.end]) or set(text[c.start : c.end]) <= set(":-") for c in filled
        ):
            continue
        by_field = {name: cells[at] for name, at in columns.items() if at < len(cells)}
        task = _row(text, by_field, heading, finder, lead)
        if task:
            found.append(task)
            lead = task.lead
    return (found, k) if found else None


def _stacked(
    text: str, lines: Sequence[_Cell], i: int, heading: Heading, finder: BodyReader
) -> tuple[list[Assignment], int] | None:
    """A header with each cell on its own line, then rows that open with their number alone on a line."""
    first = text[lines[i].start : lines[i].end].strip()
    if not re.fullmatch(r"S?TT\.?", first):
        return None
    names: list[str] = []
    k = i
    while k < len(lines) and k - i < 9:
        cell = text[lines[k].start : lines[k].end].strip()
        if len(cell) > 80 or (k > i and _FIGURES.fullmatch(cell)):
            break
        names.append(cell)
        k += 1
    columns = _fields(names)
    if columns is None:
        return None
    while k < len(lines) and re.fullmatch(r"\(\s*[0-9A-H]{1,2}\s*\)", text[lines[k].start : lines[k].end].strip()):
        k += 1
    order = [name for name, _ in sorted(columns.items(), key=lambda item: item[1]) if name != "number"]
    found: list[Assignment] = []
    row: list[_Cell] = []
    while True:
        line = lines[k] if k < len(lines) else None
        said = text[line.start : line.end].strip() if line else ""
        if line is None or _STOP.match(said) or _ROW.fullmatch(said):
            if row:
                task = _stacked_row(text, row, order, heading, finder)
                if task:
                    found.append(task)
            row = []
            if line is None or _STOP.match(said):
                break
        else:
            row.append(_trimmed(text, line.start, line.end))
        k += 1
    return (found, k) if found else None


def _stacked_row(
    text: str, row: Sequence[_Cell], order: Sequence[str], heading: Heading, finder: BodyReader
) -> Assignment | None:
    """Cells in the order of their columns. A cell may take several lines: the parties tell where the lead's begins."""
    if len(row) == len(order) or (len(row) > len(order) and len(order) >= 3):
        lead_at = next((n for n, c in enumerate(row) if n and _all_parties(text, c, finder)), None)
        if lead_at is None:
            return None
        cells = {"what": _Cell(row[0].start, row[lead_at - 1].end)}
        for name, cell in zip(order[order.index("lead") :], row[lead_at:], strict=False):
            cells[name] = cell
        return _row(text, cells, heading, finder, ())
    if len(row) >= 2:
        lead_at = next((n for n, c in enumerate(row) if n and _all_parties(text, c, finder)), None)
        if lead_at is None:
            return None
        cells = {"what": _Cell(row[0].start, row[lead_at - 1].end), "lead": row[lead_at]}
        for cell in row[lead_at + 1 :]:
            if _all_parties(text, cell, finder) and "support" in order:
                cells.setdefault("support", cell)
            elif read_deadline(text[cell.start : cell.end], cell=True):
                cells.setdefault("time", cell)
        return _row(text, cells, heading, finder, ())
    return None


def _all_parties(text: str, cell: _Cell, finder: BodyReader) -> bool:
    parties, end = read_parties(text, cell.start, finder, cell.end)
    return bool(parties) and not text[end : cell.end].strip(" .;,")


def _row(
    text: str, cells: dict[str, _Cell], heading: Heading, finder: BodyReader, above: tuple[Party, ...]
) -> Assignment | None:
    what, lead_cell = cells.get("what"), cells.get("lead")
    if what is None or what.end - what.start < 12:
        return None
    lead = tuple(_listed(text, lead_cell, finder)) if lead_cell else ()
    if not lead and lead_cell and lead_cell.start == lead_cell.end:
        lead = above  # a cell that spans several rows
    if not lead:
        return None
    support = tuple(p for p in _listed(text, cells["support"], finder)) if "support" in cells else ()
    deadline = None
    if "time" in cells:
        year = int(heading.date[:4]) if heading.date else None
        deadline = read_deadline(text[cells["time"].start : cells["time"].end], year, cell=True)
    end = max(c.end for c in cells.values())
    return Assignment(
        what.start, end, lead, support, deadline.value if deadline else None, deadline.text if deadline else None, "table"
    )  # fmt: skip


def _listed(text: str, cell: _Cell, finder: BodyReader) -> Iterator[Party]:
    """Every party of a cell; what cannot be read as one is passed over to the next comma."""
    at = cell.start
    while at < cell.end:
        parties, end = read_parties(text, at, finder, cell.end)
        yield from parties
        at = end if parties else at
        following = re.compile(r"[,;.]\s*|\s(?:và|cùng)\s+").search(text, at, cell.end)
        if following is None:
            return
        at = following.end()
