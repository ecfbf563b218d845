"""Sheets of workbooks that can be filtered and printed, and the answer to a named question as one, its heads in an office's words."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chidao.viz.tables import printable
from chidao.viz.words import words

_WIDE = {
    "sentence": 70,
    "quote": 60,
    "title": 44,
    "label": 30,
    "basisLabel": 30,
    "byLabel": 30,
    "name": 26,
    "text": 60,
    "source": 30,
}
_WIDTH = 16
_CELL = 32_767
"""Characters that a cell of a workbook can hold."""


def workbook(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], *, title: str) -> bytes:
    """Return the rows as an XLSX file. Text that looks like a formula stays text."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title[:31]
    heads = words().columns
    for at, column in enumerate(columns, 1):
        put(sheet, 1, at, heads.get(column, column))
    for line, row in enumerate(rows, 2):
        for at, column in enumerate(columns, 1):
            value = row.get(column)
            put(sheet, line, at, None if value is None else printable(str(value)))
    fit(sheet, [_WIDE.get(column, _WIDTH) for column in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fit(sheet: Any, widths: Sequence[float]) -> None:
    """Make a sheet one that can be read and printed."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    for cells in sheet.iter_rows():
        for made in cells:
            made.alignment = Alignment(wrap_text=True, vertical="top")
    for made in sheet[1]:
        made.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def put(sheet: Any, row: int, column: int, value: Any) -> Any:
    """Return a cell with a value; text is text, even when it begins as a formula does."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    made = sheet.cell(row, column)
    if isinstance(value, str):
        made.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_CELL]
        made.data_type = "s"
    else:
        made.value = value
    return made
