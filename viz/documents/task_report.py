"""What is done and what is not, by body, as an office reports it each week: a Word document to be sent, a workbook to work with."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from chidao.graph.answers.task_states import Party, TaskOnDay, by_party
from chidao.viz.documents.paper import landscape, line, table
from chidao.viz.documents.sheet import fit, put
from chidao.viz.words import words

_ROWS = {
    "TT": (10, 6), "Nhiệm vụ": (104, 70), "Nguồn chỉ đạo": (46, 30), "Thời hạn": (30, 16), "Tình trạng": (28, 20), "Ghi chú": (44, 40),
}  # fmt: skip
"""The columns of a body's tasks, with their widths in the document (millimetres) and in the workbook (characters)."""
_SHEET = ("TT", "Cơ quan chủ trì", "Cơ quan phối hợp", *tuple(_ROWS)[1:])
_COUNTS = {
    "done-in-time": "Hoàn thành đúng hạn", "done-late": "Hoàn thành quá hạn", "done": "Hoàn thành, không nêu thời hạn",
    "in-time": "Trong hạn", "overdue": "Quá hạn", "undated": "Không nêu thời hạn",
}  # fmt: skip
"""Each task counts once: in its official state, or behind it where there is no deadline to tell that by."""
NOTE = "“Quá hạn” là đã qua thời hạn mà chưa ghi nhận hoàn thành; tệp không nói thì không có nghĩa là chưa làm."


def report_document(items: Sequence[TaskOnDay], on: date, body: str | None = None) -> bytes:
    """Return tasks on a day as a .docx file; `body` is whose tasks they are, where they are one's."""
    document = landscape()
    line(document, "BÁO CÁO TÌNH HÌNH THỰC HIỆN NHIỆM VỤ ĐƯỢC GIAO", bold=True, size=14, centred=True)
    if body:
        line(document, body, bold=True, size=12, centred=True)
    line(document, f"(Tính đến ngày {_day(on.isoformat())}, theo các tệp đã đọc)", size=11, centred=True, italic=True)
    line(document, _week(items, on), size=11)
    groups = by_party(items)
    table(document, ("Cơ quan chủ trì", "Tổng số", *_COUNTS.values()), (82, 30, *[25] * len(_COUNTS)), [
        [name, *map(words().count, counts)] for name, counts in _summary(items, groups)
    ])  # fmt: skip
    for lead in groups:
        line(document, lead.name, bold=True, size=12)
        rows = ([words().count(at), *_cells(item)] for at, item in enumerate(lead.tasks, 1))
        table(document, tuple(_ROWS), [width for width, _ in _ROWS.values()], rows)
    line(document, NOTE, size=10, italic=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def report_workbook(items: Sequence[TaskOnDay], on: date, body: str | None = None) -> bytes:
    """Return the same as an XLSX file: the tasks, each once, and how many of each body are in which state."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Nhiệm vụ"
    rows = (
        [at, "; ".join(i.task.lead), "; ".join(i.task.support), *_cells(i, support=False)]
        for at, i in enumerate(items, 1)
    )
    _fill(sheet, _SHEET, rows, [6, 30, 30, *[width for _, width in tuple(_ROWS.values())[1:]]])
    sums = book.create_sheet("Tổng hợp")
    counted = ([name, *counts] for name, counts in _summary(items, by_party(items)))
    _fill(sums, ("Cơ quan chủ trì", "Tổng số", *_COUNTS.values()), counted, [44, *[16] * (len(_COUNTS) + 1)])
    last = sums.max_row
    told = f"Tính đến ngày {_day(on.isoformat())}" + (f"; {body}" if body else "")
    for at, text in enumerate((told, _week(items, on), NOTE), last + 2):
        put(sums, at, 1, text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _summary(items: Sequence[TaskOnDay], groups: Iterable[Party]) -> list[tuple[str, list[int]]]:
    told = [(lead.name, _counts(lead.tasks)) for lead in groups]
    return [*told, ("Tổng số nhiệm vụ", _counts(items))] if len(told) != 1 else told


def _counts(items: Sequence[TaskOnDay]) -> list[int]:
    states = [item.standing or item.state for item in items]
    return [len(states), *(states.count(name) for name in _COUNTS)]


def _cells(item: TaskOnDay, support: bool = True) -> list[str]:
    """What stands of a task behind its number: what is to be done, who orders it, by when, its state, notes."""
    task = item.task
    source = f"{task.label} ngày {_day(task.date)}" if task.date else task.label
    return [" ".join(task.text.split()), source, _deadline(item), standing_words(item), _note(item, support)]


def standing_words(item: TaskOnDay) -> str:
    """Return the official state of a task, or what is known of one without a deadline."""
    return words().task_standings[item.standing] if item.standing else words().task_states[item.state]


def _deadline(item: TaskOnDay) -> str:
    if item.task.due:
        return _day(item.task.due)
    said = item.task.deadline_text or ""
    return f"{said} (kỳ tới: {_day(item.next)})" if item.next else said


def _note(item: TaskOnDay, support: bool) -> str:
    notes = [f"Phối hợp: {'; '.join(item.task.support)}"] if support and item.task.support else []
    if said := item.done:
        turn = f"Kỳ {_day(said.due)} hoàn thành" if said.due else "Hoàn thành"
        notes += [f"{turn} ngày {_day(said.day)}", said.proof_label or said.proof, said.why]
    return ". ".join(note for note in notes if note)


def _week(items: Iterable[TaskOnDay], on: date) -> str:
    """What is due and what was done in the week of a day, from Monday to Sunday."""
    first = on - timedelta(on.weekday())
    begin, end = first.isoformat(), (first + timedelta(6)).isoformat()
    due = sum(begin <= (item.next or "") <= end for item in items)
    done = sum(bool(item.done) and begin <= (item.done.day if item.done else "") <= end for item in items)
    return (
        f"Trong tuần từ ngày {_day(begin)} đến ngày {_day(end)}: "
        f"{words().count(due)} nhiệm vụ đến hạn, {words().count(done)} nhiệm vụ hoàn thành."
    )


def _day(iso: str | None) -> str:
    return words().day(iso)


def _fill(sheet: Any, heads: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[float]) -> None:
    for at, head in enumerate(heads, 1):
        put(sheet, 1, at, head)
    for number, row in enumerate(rows, 2):
        for at, value in enumerate(row, 1):
            put(sheet, number, at, value)
    fit(sheet, widths)
    sheet.auto_filter.ref = sheet.dimensions
