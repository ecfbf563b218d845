"""Sheets of workbooks that can be filtered and printed, and the answer to a named question as one, its heads in an office's words."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from chidao.viz.speech import Speech
from chidao.viz.tables import named_by, plain_rows, printable, sheet_heads, told_row

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
    "passage": 60,
    "evidence": 70,
    "says": 60,
    "reason": 60,
    "what": 40,
    "iri": 40,
    "file": 40,
}
_WIDTH = 16
_CELL = 32_767
"""Characters that a cell of a workbook can hold."""


_COUNTED = frozenset({
    "count", "days", "mentions", "files", "documents", "places", "page", "row", "line", "depth", "after", "year", "score",
})  # fmt: skip
"""Columns of numbers, which a query gives as text."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_VIETNAMESE = Speech("vi")


def workbook(
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Any] | Sequence[Any]],
    *,
    title: str,
    say: Speech = _VIETNAMESE,
    heads: Sequence[str] = (),
) -> bytes:
    """Return the rows as an XLSX file, heads and words in a language, days and numbers as such. Text that looks like a formula stays
    text. A thing stands as its name, and with its IRI behind all that is read. `heads` stand where what the columns are called
    elsewhere does not fit."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title[:31]
    shown = _in_order(columns, sheet_heads(columns, say, heads), {} if heads else named_by(columns))
    for at, (head, _) in enumerate(shown, 1):
        put(sheet, 1, at, head)
    for line, row in enumerate(plain_rows(columns, rows), 2):
        told = told_row(row, say)
        for at, (_, column) in enumerate(shown, 1):
            value = _value(column, row.get(column), told.get(column))
            made = put(sheet, line, at, value)
            if isinstance(value, date):
                made.number_format = "DD/MM/YYYY"
    fit(sheet, [_WIDE.get(column, _WIDTH) for _, column in shown])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _in_order(columns: Sequence[str], heads: Sequence[str], named: Mapping[str, str]) -> list[tuple[str, str]]:
    """The heads and columns as they stand on the sheet: for a thing its name, the IRIs of named things last."""
    head = dict(zip(columns, heads, strict=True))
    read = [(head[column], named.get(column, column)) for column in columns if column not in named.values()]
    return [*read, *((f"{head[column]} (IRI)", column) for column in named)]


def _value(column: str, plain: Any, told: Any) -> Any:
    """A cell: a number, a day, or text."""
    if plain is None or (isinstance(plain, int | float) and not isinstance(plain, bool)):
        return plain
    text = str(plain)
    if column in _COUNTED and text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:  # a day that no calendar has
            return text
    return printable(str(told))


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
