"""A coverage as a table to work with: one row for each body and directive, for CSV, and a workbook that can be printed."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from chidao.extract.language.dates import printed_day
from chidao.graph.answers.coverage import Cell, CellDocument, Coverage
from chidao.graph.evidence import Evidence

COLUMNS = (
    "body", "of", "directive", "directive_date", "state", "document", "title", "issuer", "date", "days", "relation", "certainty",
    "depth", "via", "acts",
    "sentence", "file", "page", "row", "line", "directive_iri", "document_iri",
)  # fmt: skip
"""The columns of the long table."""
STATES = {
    "unplaced": "Chưa rõ của địa phương nào",
    "implemented": "Đã có văn bản thực hiện",
    "mentioned": "Có nhắc đến",
    "unknown": "Chưa thấy thông tin",
}
NOTE = "“Chưa thấy thông tin” là theo các tệp đã đọc, không có nghĩa là chưa làm."
_HEADS = (
    "Cơ quan", "Trước sắp xếp", "Văn bản chỉ đạo", "Ngày", "Tình trạng", "Văn bản thực hiện", "Trích yếu", "Cơ quan ban hành",
    "Ngày ban hành", "Số ngày", "Quan hệ", "Độ chắc chắn", "Bước", "Qua", "Việc làm",
    "Câu làm chứng", "Tệp", "Trang", "Dòng dữ liệu", "Dòng", "IRI văn bản chỉ đạo", "IRI văn bản thực hiện",
)  # fmt: skip
_CELL = 32_767
"""Characters that a cell of a workbook can hold."""


def coverage_rows(found: Coverage, folder: str = "") -> Iterator[dict[str, Any]]:
    """One row for each body, directive and implementing document; a cell without documents is one row too,
    and so is a document that belongs to no row, with no body. Names of files stand
    without `folder`, where they begin with it."""
    for row in found.rows:
        for directive, cell in zip(found.directives, row.cells, strict=True):
            base: dict[str, Any] = {
                "body": row.name, "directive": directive.label, "directive_date": directive.date, "state": cell.state,
                "acts": "; ".join(cell.acts), "directive_iri": directive.iri,
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
    known = item.plain() | {"document": item.label, "document_iri": item.iri}
    return {key: known[key] for key in COLUMNS if key in known}


def _said(said: Evidence | None, folder: str) -> dict[str, Any]:
    if said is None:
        return {}
    file = said.source.removeprefix(folder) or None
    return {"sentence": said.sentence, "page": said.page, "row": said.row, "line": said.line, "file": file}


def coverage_json(found: Coverage) -> str:
    """The whole matrix as it is, as JSON."""
    return json.dumps(found.plain(), ensure_ascii=False, indent=1)


def cell_text(cell: Cell) -> str:
    """A cell of the matrix on paper: the state, then each document with its day and the days it took."""
    lines = [STATES[cell.state]]
    for item in cell.documents:
        took = "" if item.days is None else f", {item.days} ngày"
        via = f", qua {item.via}" if item.via else ""
        lines.append(f"{item.label} ({printed_day(item.date or '', padded=True) or 'chưa rõ ngày'}{took}{via})")
    return "\n".join(lines)


def coverage_workbook(found: Coverage, folder: str = "") -> bytes:
    """The matrix and the long table as an XLSX file, `folder` as for `coverage_rows`. Text that looks like a formula stays text."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    fills = {"implemented": "D9EAD3", "mentioned": "FFF2CC"}
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Bao quát"
    _put(sheet, 1, 1, "Cơ quan")
    for at, directive in enumerate(found.directives, 2):
        _put(sheet, 1, at, f"{directive.label}\n{printed_day(directive.date or '', padded=True)}".strip())
    for line, row in enumerate(found.rows, 2):
        _put(sheet, line, 1, row.name)
        for at, cell in enumerate(row.cells, 2):
            made = _put(sheet, line, at, cell_text(cell))
            if cell.state in fills:
                made.fill = PatternFill("solid", fgColor=fills[cell.state])
    _put(sheet, len(found.rows) + 3, 1, NOTE)
    long = book.create_sheet("Câu làm chứng")
    for at, head in enumerate(_HEADS, 1):
        _put(long, 1, at, head)
    for line, entry in enumerate(coverage_rows(found, folder), 2):
        for at, name in enumerate(COLUMNS, 1):
            value = entry[name]
            if name == "state":
                value = STATES[value]
            made = _put(
                long, line, at, date.fromisoformat(value) if name in ("directive_date", "date") and value else value
            )
            if isinstance(made.value, date):
                made.number_format = "DD/MM/YYYY"
    for each, widths in (
        (sheet, [34] + [38] * len(found.directives)),
        (long, [30, 24, 24, 12, 24, 28, 44, 30, 12, 9, 12, 12, 7, 24, 18, 70, 30, 8, 8, 8, 40, 40]),
    ):
        for at, width in enumerate(widths, 1):
            each.column_dimensions[get_column_letter(at)].width = width
        for cells in each.iter_rows():
            for made in cells:
                made.alignment = Alignment(wrap_text=True, vertical="top")
        for made in each[1]:
            made.font = Font(bold=True)
        each.freeze_panes = "B2"
        each.page_setup.orientation = "landscape"
        each.page_setup.fitToHeight = 0
        each.sheet_properties.pageSetUpPr.fitToPage = True
        each.print_title_rows = "1:1"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(sheet: Any, row: int, column: int, value: Any) -> Any:
    """A cell with a value; text is text, even when it begins as a formula does."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    made = sheet.cell(row, column)
    if isinstance(value, str):
        made.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_CELL]
        made.data_type = "s"
    else:
        made.value = value
    return made
