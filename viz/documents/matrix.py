"""A coverage as a table to work with: one row for each body and directive, for CSV, and a workbook that can be printed."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from chidao.graph.answers.coverage import Cell, CellDocument, Coverage
from chidao.graph.evidence import Evidence
from chidao.viz.documents.sheet import fit, put
from chidao.viz.law_words import ended_words
from chidao.viz.words import words

_SHEET = {
    "body": ("Cơ quan", 30),
    "of": ("Trước sắp xếp", 24),
    "directive": ("Văn bản chỉ đạo", 24),
    "directive_date": ("Ngày", 12),
    "state": ("Tình trạng", 24),
    "document": ("Văn bản thực hiện", 28),
    "title": ("Trích yếu", 44),
    "issuer": ("Cơ quan ban hành", 30),
    "date": ("Ngày ban hành", 12),
    "days": ("Số ngày", 9),
    "relation": ("Quan hệ", 12),
    "certainty": ("Độ chắc chắn", 12),
    "depth": ("Bước", 7),
    "via": ("Qua", 24),
    "acts": ("Hoạt động", 18),
    "sentence": ("Câu trích dẫn", 70),
    "file": ("Tệp", 30),
    "page": ("Trang", 8),
    "row": ("Dòng dữ liệu", 8),
    "line": ("Dòng", 8),
    "directive_iri": ("IRI văn bản chỉ đạo", 40),
    "document_iri": ("IRI văn bản thực hiện", 40),
    "ended": ("Hết hiệu lực", 30),
    "progress": ("Tình hình", 36),
    "files": ("Số văn bản từ ngày ban hành", 12),
    "newest": ("Văn bản mới nhất", 12),
}
"""The columns of the long table, each with its head and width on paper."""
COLUMNS = tuple(_SHEET)
"""The columns of the long table."""
NOTE = "“Chưa thấy” là theo các tệp đã nạp, không có nghĩa là chưa làm."
_FILLS = {"implemented": "D9EAD3", "mentioned": "DDEBF7", "silent": "FFF2CC"}


def coverage_rows(found: Coverage, folder: str = "") -> Iterator[dict[str, Any]]:
    """Yield one row for each body, directive and implementing document; a cell without documents is one row too,
    and so is a document that belongs to no row, with no body. Names of files stand
    without `folder`, where they begin with it."""
    for row in found.rows:
        for directive, cell in zip(found.directives, row.cells, strict=True):
            base: dict[str, Any] = {
                "body": row.name, "directive": directive.label, "directive_date": directive.date, "state": cell.state,
                "acts": "; ".join(cell.acts), "directive_iri": directive.iri, "progress": cell.progress,
                "files": cell.files, "newest": cell.newest,
            }  # fmt: skip
            for item in cell.documents or (None,):
                said = item.evidence if item is not None else cell.evidence
                yield dict.fromkeys(COLUMNS) | base | _document(item) | _said(said, folder)
    for directive, items in zip(found.directives, found.unplaced, strict=True):
        for item in items:
            base = {
                "directive": directive.label,
                "directive_date": directive.date,
                "state": "unplaced",
                "directive_iri": directive.iri,
            }
            yield dict.fromkeys(COLUMNS) | base | _document(item) | _said(item.evidence, folder)


def _document(item: CellDocument | None) -> dict[str, Any]:
    if item is None:
        return {}
    over = ended_words(item.ended) if item.ended else None
    known = item.plain() | {"document": item.label, "document_iri": item.iri, "ended": over}
    return {key: known[key] for key in COLUMNS if key in known}


def _said(said: Evidence | None, folder: str) -> dict[str, Any]:
    if said is None:
        return {}
    file = said.source.removeprefix(folder) or None
    return {"sentence": said.sentence, "page": said.page, "row": said.row, "line": said.line, "file": file}


def coverage_json(found: Coverage) -> str:
    """Return the whole matrix as it is, as JSON."""
    return json.dumps(found.plain(), ensure_ascii=False, indent=1)


def cell_text(cell: Cell) -> str:
    """Return a cell of the matrix on paper: the state, then each document with its day and the days it took."""
    lines = [words().states[cell.progress]]
    for item in cell.documents:
        took = "" if item.days is None else f", {item.days} ngày"
        via = f", qua {item.via}" if item.via else ""
        over = f", {ended_words(item.ended)}" if item.ended else ""
        lines.append(f"{item.label} ({words().day(item.date) or 'chưa rõ ngày'}{took}{via}{over})")
    return "\n".join(lines)


def coverage_workbook(found: Coverage, folder: str = "") -> bytes:
    """Return the matrix and the long table as an XLSX file, `folder` as for `coverage_rows`. Text that looks like a formula stays text."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Bảng tổng hợp"
    _fill_matrix(sheet, found)
    fit(sheet, [34] + [38] * len(found.directives))
    long = book.create_sheet("Câu trích dẫn")
    _fill_long(long, coverage_rows(found, folder))
    fit(long, [width for _, width in _SHEET.values()])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill_matrix(sheet: Any, found: Coverage) -> None:
    from openpyxl.styles import PatternFill

    put(sheet, 1, 1, "Cơ quan")
    for at, directive in enumerate(found.directives, 2):
        put(sheet, 1, at, f"{directive.label}\n{words().day(directive.date)}".strip())
    for line, row in enumerate(found.rows, 2):
        put(sheet, line, 1, row.name)
        for at, cell in enumerate(row.cells, 2):
            made = put(sheet, line, at, cell_text(cell))
            if cell.state in _FILLS:
                made.fill = PatternFill("solid", fgColor=_FILLS[cell.state])
    put(sheet, len(found.rows) + 3, 1, NOTE)


def _fill_long(sheet: Any, entries: Iterable[dict[str, Any]]) -> None:
    for at, (head, _) in enumerate(_SHEET.values(), 1):
        put(sheet, 1, at, head)
    for line, entry in enumerate(entries, 2):
        for at, name in enumerate(COLUMNS, 1):
            value = entry[name]
            if name in ("state", "progress") and value:
                value = words().states[value]
            elif name in ("directive_date", "date", "newest") and value:
                value = date.fromisoformat(value)
            made = put(sheet, line, at, value)
            if isinstance(value, date):
                made.number_format = "DD/MM/YYYY"
