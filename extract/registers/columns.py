"""Which column of a register holds what.

Columns are found by their headers, whose spellings stand in `tables/register_columns.csv`, from registers of offices (Nghị
định 30/2020/NĐ-CP, Phụ lục VI: sổ đăng ký văn bản đi, sổ đăng ký văn bản đến, mục lục văn bản) and exports of portals; or the
user names them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from types import MappingProxyType

from chidao.extract.errors import ChidaoError
from chidao.extract.formats.sheets import Sheet, SheetRow
from chidao.extract.language.tables import rows
from chidao.extract.registers.cells import read_code_cell

__all__ = ["FIELDS", "Columns", "Table", "fields_of", "find_table", "header_key", "parse_columns"]

FIELDS = (
    "number",
    "symbol",
    "date",
    "title",
    "typed_title",
    "issuer",
    "type",
    "signer",
    "signer_role",
    "recipients",
    "text",
)
"""What a column may hold. `number` is the whole code as a rule ("189/KH-UBND"), with a `symbol` column beside it just the
number; `typed_title` begins with the type word ("Kế hoạch triển khai …"); `text` is the whole document."""

HEADER_ROWS = 30
"""Above its header a sheet has the office's name, the register's and the year's."""

_VAGUE = frozenset(["code", "number"])
"""Headers of columns that hold a document's number, or a key of the table's own."""


Columns = Mapping[str, str]
"""From a field to the header, or the number from 1, of the column that holds it."""


def header_key(header: str) -> str:
    """Return what counts of a header: its letters and figures, without marks and remarks in brackets.

    >>> header_key("Số, ký hiệu văn bản (1)"), header_key("so_ky_hieu"), header_key("Ngày ban\\nhành")
    ('sokyhieuvanban', 'sokyhieu', 'ngaybanhanh')
    """
    plain = unicodedata.normalize("NFD", re.sub(r"\([^()]*\)", " ", header).lower().replace("đ", "d").replace("ð", "d"))
    return "".join(c for c in plain if c.isalnum() and not unicodedata.combining(c))


@cache
def _known_headers() -> dict[str, dict[str, int]]:
    """Field to header key to rank: the row in the table, so that the closer name wins ("Ngày ban hành" before "Ngày")."""
    found: dict[str, dict[str, int]] = {}
    for rank, row in enumerate(rows("register_columns.csv")):
        found.setdefault(row["field"], {}).setdefault(header_key(row["header"]), rank)
    return found


def parse_columns(given: Iterable[str]) -> dict[str, str]:
    """Columns as a user names them: "number=Số VB; title=Nội dung chính", or by place from 1: "number=2".

    Raises ChidaoError for a field that there is not."""
    found: dict[str, str] = {}
    for part in (p for text in given for p in text.split(";") if p.strip()):
        name, equals, header = (s.strip() for s in part.partition("="))
        if not equals or not header or name not in FIELDS:
            raise ChidaoError(f"not a column: {part.strip()!r}; write FIELD=HEADER with one of {', '.join(FIELDS)}")
        found[name] = header
    return found


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose header is found: where each field stands (index of the cell), and the data rows."""

    columns: Mapping[str, int]
    rows: Sequence[SheetRow]

    def cells(self, row: SheetRow) -> dict[str, str]:
        """Return the cells of a row by field; those behind its last one are left out."""
        return {field: row.cells[i] for field, i in self.columns.items() if i < len(row.cells)}

    @property
    def is_strong(self) -> bool:
        """Whether the columns are surely a register's: a title, and a number or a day."""
        return _has_title(self.columns) and bool({"number", "date"} & self.columns.keys())


def find_table(sheet: Sheet, columns: Columns) -> Table | None:
    """Return the sheet with its header found, or None when it has none that says what a register needs."""
    by_place = {field: int(c) - 1 for field, c in columns.items() if c.isdigit()}
    if sheet.keys:
        found = _with_codes(fields_of(sheet.keys, columns), sheet.keys, sheet.rows) | by_place
        return Table(found, sheet.rows) if _is_enough(found) else None
    headers = [(found, at) for found, at in _headers(sheet.rows, columns) if found and _is_enough(found | by_place)]
    if not headers:
        return Table(by_place, sheet.rows) if _is_enough(by_place) else None
    found, at = max(headers, key=lambda header: len(header[0]))
    rows = sheet.rows[at + 1 :]
    # Forms number their columns below the header: (1) (2) (3).
    while rows and all(len(c.strip().strip("()")) < 3 and not c.strip(" ()0123456789") for c in rows[0].cells):
        rows = rows[1:]
    return Table(_with_codes(found, sheet.rows[at].cells, rows) | by_place, rows)


def _with_codes(found: dict[str, int], headers: Sequence[str], rows: Sequence[SheetRow]) -> dict[str, int]:
    """Return the columns without a column "code" of keys that are no documents' numbers ("CH.VT.01", "20315")."""
    at = found.get("number", -1)
    if not 0 <= at < len(headers) or header_key(headers[at]) not in _VAGUE:
        return found
    cells = [row.cells[at] for row in rows[:HEADER_ROWS] if at < len(row.cells) and row.cells[at].strip()]
    if cells and 2 * sum(bool(read_code_cell(cell, "").symbol) for cell in cells) < len(cells):
        return {field: column for field, column in found.items() if field != "number"}
    return found


def _headers(rows: Sequence[SheetRow], columns: Columns) -> Iterator[tuple[dict[str, int], int]]:
    """Yield what each of the first rows is as a header, with its index: by itself, then with the row above."""
    above: tuple[str, ...] = ()
    for i, row in enumerate(rows[:HEADER_ROWS]):
        yield fields_of(row.cells, columns), i
        # Cells that span columns or lines leave the rest blank: "Văn bản" above "Số ký hiệu" and "Ngày", beside "Trích yếu".
        yield fields_of([c or d for c, d in zip_longest(row.cells, above, fillvalue="")], columns), i
        above = row.cells


def fields_of(headers: Sequence[str], columns: Columns = MappingProxyType({})) -> dict[str, int]:
    """Return which column holds which field. What the user names comes first; then no column serves two fields."""
    keys = [header_key(h) for h in headers]
    found: dict[str, int] = {}
    for name, header in columns.items():
        if not header.isdigit() and header_key(header) in keys:
            found[name] = keys.index(header_key(header))
    for name, known in _known_headers().items():
        fits = sorted((known[k], i) for i, k in enumerate(keys) if k in known and i not in found.values())
        if name not in found and fits:
            found[name] = fits[0][1]
    if "number" not in found and "symbol" in found:
        found["number"] = found.pop("symbol")  # "Ký hiệu" alone holds the whole code
    return found


def _is_enough(found: Mapping[str, int]) -> bool:
    return bool({"number", "text"} & found.keys()) or _has_title(found)


def _has_title(found: Mapping[str, int]) -> bool:
    return "title" in found or "typed_title" in found
