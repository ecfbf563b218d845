"""Tables out of CSV, XLSX and JSON bytes: plain rows of text cells, each with the place where a person finds it.

Nothing is evaluated: of a formula cell only the value that the program kept is taken. What a file may make of memory and
time is bounded: rows, columns, and what a packed workbook unpacks to.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from chidao.extract.errors import SourceError
from chidao.extract.formats import Converted
from chidao.extract.formats.kinds import first_line
from chidao.extract.language.letters import printable

__all__ = [
    "MAX_ROWS",
    "Sheet",
    "SheetRow",
    "json_sheets",
    "kept_sheets",
    "read_workbook",
    "text_sheets",
    "workbook_sheets",
]

MAX_ROWS = 500_000
"""Rows of one file that are not blank."""
LAST_ROW = 1_048_576
"""The last row that a sheet can have."""
MAX_COLUMNS = 100
"""Columns that are looked at; a sheet formatted to its right edge has 16,384."""
MAX_UNPACKED = 256 * 1024 * 1024
"""Bytes that a workbook may unpack to."""
MAX_JSON = 64 * 1024 * 1024
"""Characters of a JSON file; parsed it takes some twenty times that."""
MAX_RATIO = 200
"""How much larger a large part of a workbook may be than it is packed; spreadsheets reach about 30."""

_LONG = 200
"""Characters: so much is a text, and no field that says something of a list."""

DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that is not blank. `number` is where a person finds it: the line of a CSV file on which the row begins, the row
    number that a spreadsheet program shows, or the place of a JSON object in its list, all from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table. `keys` holds the names that its form itself gives to the columns (JSON), else nothing: then one of the
    first lines is the header. `name` is the sheet's, empty where the form knows none. `single`: it is one object, in no list."""

    name: str
    rows: tuple[SheetRow, ...]
    keys: tuple[str, ...] = ()
    single: bool = False


def text_sheets(text: str) -> Iterator[Sheet]:
    """`text` as a CSV table, once for each delimiter that gives it more than one column, the likeliest first, and last as a
    table of one column. Line ends within quotation marks stay in their cell.

    Raises SourceError when there are too many rows."""
    head = text[:50_000]
    counts = {d: head.count(d) for d in DELIMITERS}
    for delimiter in sorted((d for d in DELIMITERS if counts[d]), key=lambda d: -counts[d]):
        lines = _csv_lines(text, delimiter)
        if lines and any(len(line.cells) > 1 for line in lines[:50]):
            yield Sheet("", lines)
    lines = _csv_lines(text, "\x1f")
    if lines:
        yield Sheet("", lines)


def _csv_lines(text: str, delimiter: str) -> tuple[SheetRow, ...]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[SheetRow] = []
    begin = 1
    try:
        for cells in reader:
            if any(cell and not cell.isspace() for cell in cells):
                rows.append(SheetRow(begin, tuple(cells[:MAX_COLUMNS])))
                _bounded(len(rows))
            begin = reader.line_num + 1
    except csv.Error as error:
        # A quotation mark that never closes makes one cell of all the rest.
        raise SourceError(f"damaged table at line {begin:,}: {error}") from None
    return tuple(rows)


def json_sheets(text: str) -> Iterator[Sheet]:
    """Yield the list of objects that `text` is: a list, an object that holds one, one object a line, or a single object, which is a row.

    Raises SourceError when it is no such thing."""
    if len(text) > MAX_JSON:
        raise SourceError(f"JSON of more than {MAX_JSON // 1024 // 1024} MB: split it")
    rows, single = _objects(text)
    keys = tuple(dict.fromkeys(key for row in rows for key in row))[:MAX_COLUMNS]
    _bounded(len(rows))
    lines = (SheetRow(n, tuple(_value(row.get(key)) for key in keys)) for n, row in enumerate(rows, 1))
    yield Sheet("", tuple(line for line in lines if any(line.cells)), tuple(map(printable, keys)), single)


def _objects(text: str) -> tuple[list[dict[str, Any]], bool]:
    """The objects, and whether it is one that stands by itself."""
    found = _parsed(text)
    single = False
    if isinstance(found, dict):
        lists = [v for v in found.values() if _is_table(v)]
        own = any(
            isinstance(v, str) and len(v) > _LONG for v in found.values()
        )  # a document, and what is attached to it
        single = len(lists) != 1 or own
        found = [found] if single else lists[0]
    if not _is_table(found):
        raise SourceError("JSON, but no list of objects: a register has one object for each document")
    return [_flat(row) for row in found], single


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """The object with what an object within it says: "metadata": {"Số hiệu": …}."""
    inner = {k: v for value in row.values() if isinstance(value, dict) for k, v in value.items()}
    return {**inner, **{k: v for k, v in row.items() if not isinstance(v, dict)}} if inner else row


def _parsed(text: str) -> Any:
    """What a text in JSON says; a list of what its lines say, where each is JSON by itself."""
    try:
        return json.loads(text)
    except RecursionError:
        raise SourceError("JSON that nests too deeply") from None
    except ValueError as error:
        rows = [line for line in text.split("\n") if line.strip()]
        damage = SourceError(f"damaged JSON: {error}")
    if len(rows) < 2:
        raise damage
    try:
        return [json.loads(line) for line in rows]
    except (ValueError, RecursionError):
        raise damage from None


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def read_workbook(data: bytes) -> Converted:
    """Return the sheets of a workbook as text, from which `kept_sheets` has them again. Raises as `workbook_sheets`."""
    sheets = [[sheet.name, [[row.number, row.cells] for row in sheet.rows]] for sheet in workbook_sheets(data)]
    return Converted(json.dumps(sheets, ensure_ascii=False))


def kept_sheets(text: str) -> Iterator[Sheet]:
    """Yield the sheets that `read_workbook` wrote down."""
    for name, rows in json.loads(text):
        yield Sheet(name, tuple(SheetRow(number, tuple(cells)) for number, cells in rows))


def workbook_sheets(data: bytes) -> Iterator[Sheet]:
    """Yield the visible sheets of an XLSX workbook, in order, with the values that its formulas had when it was saved.

    Raises SourceError when it is damaged, protected by a password, or unpacks to too much."""
    _check_package(data)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except MemoryError:
        raise
    except Exception as error:  # openpyxl lets through whatever its XML parser and zipfile make of damage
        raise SourceError(f"damaged workbook: {first_line(error)}") from None
    try:
        total = 0
        read: set[str] = set()
        for sheet in book.worksheets:
            part = getattr(sheet, "_worksheet_path", sheet.title)
            if sheet.sheet_state != "visible" or part in read:  # thousands of sheets may share one part
                continue
            read.add(part)
            found: list[SheetRow] = []
            sheet.reset_dimensions()  # what a file says of its own size may be wrong
            rows = sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)
            try:
                for number, row in enumerate(rows, 1):
                    if number > LAST_ROW:
                        raise SourceError(f"damaged sheet {sheet.title!r}: rows beyond the last that there can be")
                    if not any(row):
                        continue  # a stray format in the last row makes a million of these
                    cells = tuple(_value(cell) for cell in row)
                    if any(cells):
                        total += 1
                        _bounded(total)
                        found.append(SheetRow(number, _trimmed(cells)))
            except (SourceError, MemoryError):
                raise
            except Exception as error:
                raise SourceError(f"damaged sheet {sheet.title!r}: {first_line(error)}") from None
            if found:
                yield Sheet(sheet.title, tuple(found))
    finally:
        book.close()


def _check_package(data: bytes) -> None:
    """Refuse what would unpack to too much before anything is unpacked, and document type declarations, which no workbook
    has and which entity tricks need."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SourceError("a workbook protected by a password, or an old .xls: save it as .xlsx without one")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            total = sum(part.file_size for part in parts)
            for part in parts:
                large = part.file_size > 10 * 1024 * 1024
                if total > MAX_UNPACKED or (large and part.file_size > MAX_RATIO * max(1, part.compress_size)):
                    raise SourceError(f"a workbook that unpacks to {total // 1024 // 1024:,} MB: not read")
                if part.filename.endswith((".xml", ".rels")):
                    with package.open(part) as stream:
                        if b"<!DOCTYPE" in stream.read(4096):
                            raise SourceError("a workbook with a document type declaration: not read")
    except (SourceError, MemoryError):
        raise
    except Exception as error:  # zipfile and zlib let through whatever damaged bytes make of them
        raise SourceError(f"damaged workbook: {first_line(error)}") from None


def _bounded(rows: int) -> None:
    if rows > MAX_ROWS:
        raise SourceError(f"a table of more than {MAX_ROWS:,} rows: split it")


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _value(value: object) -> str:
    """A cell as text: days as ISO dates, whole numbers without a point, what a formula failed at as nothing.

    >>> _value(datetime(2022, 7, 5)), _value(189.0), _value(None), _value("#REF!")
    ('2022-07-05', '189', '', '')
    """
    if value is None or isinstance(value, dict | timedelta | time):
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, Sequence) and not isinstance(value, str):
        items = [text for item in value if (text := _value(item))]
        return ("\n" if any(item.rstrip().endswith(".") for item in items) else "; ").join(
            items
        )  # paragraphs, or entries
    text = printable(str(value))
    return "" if text.isspace() or text in _ERRORS else text


_ERRORS = frozenset(["#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA"])
