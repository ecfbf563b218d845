"""What the other cells of its row say of a reference: "| 1 | Quyết định số 24/2018/QĐ-UBND | 11/6/2018 | Ban hành Quy định … |".

Lists of documents have a column for the number and beside it the day, the matter or the body, with the headers of registers (Nghị định
30/2020/NĐ-CP, Phụ lục VI). A row that heads others may say who issued them: "I | QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN TỈNH …".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from string import whitespace

from chidao.extract.language.dates import ONLY_DAY, iso_date
from chidao.extract.language.letters import early_tones
from chidao.extract.language.patterns import ABOUT, SERIAL, TYPE
from chidao.extract.language.symbols import UNKNOWN, issuer_fits, issuer_of
from chidao.extract.language.tables import rows
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.issuing_bodies import read_issuer
from chidao.extract.mentions.title_text import MAX_TITLE, clean_title
from chidao.extract.model import BodyMention, Reference
from chidao.extract.reading.grids import Cell, Row, find_grids
from chidao.extract.reading.layout import Layout

_NAMED = "tên văn bản"
"""The header of a column that names each document by type and number where another column holds its matter, and is its title elsewhere."""
_NUMBERED = ("ký hiệu", "số hiệu", "số văn bản", _NAMED)
"""One of these is in the header of a list's column of numbers, in lower case."""
_MARKS = re.compile(r"[^\w/ ]+|\s*\([^()]*\)")
_TYPED = re.compile(rf"(?:văn\s+bản|{TYPE})(?!\w)", re.IGNORECASE)
_OF = re.compile(r"(?<!\w)(?:của|do)\s+", re.IGNORECASE)

_VAGUE = frozenset({"nội dung", "tóm tắt", "tóm tắt nội dung", "cơ quan"})
"""Headers that in lists of documents may stand above what of each is meant, or who has to do what it says."""
_BODY = "cơ quan"
_BESIDE = re.compile(rf"{SERIAL}|ghi chú|", re.IGNORECASE)
"""Headers that are in registers of documents, and say nothing of each."""
_FEWEST = 4
"""Letters of the shortest matter."""


@cache
def _fields() -> dict[str, str]:
    """What a column holds, by its header."""
    return {_header(row["header"]): row["field"] for row in rows("register_columns.csv")}


def _header(printed: str) -> str:
    """A header without marks, as headers are compared."""
    return " ".join(_MARKS.sub(" ", early_tones(printed).lower()).split())


def read_rows(
    text: str, reading: Callable[[int], int], layout: Layout, found: list[Reference], bodies: BodyFinder
) -> list[Reference]:
    """Return the references with what lists of documents say of them in other cells of their rows. `text` has its lines as they stand in
    the source; `reading` leads from its characters to those of the layout, where the references stand."""
    if not found or not any(word in layout.low for word in _NUMBERED):
        return found
    read = list(found)
    starts = [f.start for f in found]
    for row in _listed(text, bodies):
        cell = row.cells["number"]
        start, end = reading(cell.start), reading(cell.end)
        i = bisect_left(starts, start)
        if i < len(read) and read[i].start < end and read[i].number:
            read[i] = _with_row(read[i], row, layout.text, reading)
    return read


@dataclass(frozen=True, slots=True)
class _Listed:
    """A row of a list of documents: its cells by what they hold, and who issued what stands below the heading above it."""

    cells: Mapping[str, Cell]
    group: BodyMention | None
    bodies: BodyFinder

    def issuer(self, day: str | None) -> BodyMention | None:
        """Return who issued the document: whom its own cell names, else the heading above."""
        cell = self.cells.get("issuer")
        named = read_issuer(cell.text, 0, self.bodies.on(day)) if cell and cell.text else None
        return named if named and cell and named.end == len(cell.text) else self.group

    def elsewhere(self, symbol: str, day: str | None) -> bool:
        """Does a cell name a body of another place that may have issued the document, or has to act on it?"""
        cell, home = self.cells.get(_BODY), self.bodies.places.home
        named = read_issuer(cell.text, 0, self.bodies.on(day)) if cell else None
        issuer = issuer_of(symbol)
        if named is None or issuer is None or issuer.template is None or not issuer_fits(symbol, named.key):
            return False
        return named.scope not in (None, "vn", home.key if home else None)


def _listed(text: str, bodies: BodyFinder) -> Iterator[_Listed]:
    """Yield the rows of lists of documents."""
    for grid in find_grids(text):
        columns: list[str] = []
        group: BodyMention | None = None
        for row in grid:
            if named := _columns(row):
                columns, group = named, None
            elif columns and (said := [cell.text for cell in row.cells if cell.text]) and len(said) < 3:
                group = _heads(said[-1], bodies)
            elif columns and len(row.cells) > 2:
                cells = {field: cell for field, cell in zip(columns, row.cells, strict=False) if field and cell.text}
                if "number" in cells:
                    yield _Listed(cells, group, bodies)


def _columns(row: Row) -> list[str]:
    """Return what each column holds where the row is the header of a list of documents, else nothing."""
    headers = [_header(cell.text) for cell in row.cells]
    fields = ["" if header in _VAGUE else _fields().get(header, "") for header in headers]
    if _BODY in headers:
        fields[headers.index(_BODY)] = "issuer" if _is_register(headers, fields) else _BODY
    if _NAMED in headers and "number" not in fields and fields.count("title") > 1:
        fields[headers.index(_NAMED)] = "number"
    return fields if "number" in fields and {"date", "title", "typed_title", "issuer"} & {*fields} else []


def _is_register(headers: list[str], fields: list[str]) -> bool:
    """Does a table tell of documents alone, so that "Cơ quan" is who issued: number, day and no results or terms of what is to be done?"""
    known = all(
        field or header == _BODY or _BESIDE.fullmatch(header) for header, field in zip(headers, fields, strict=True)
    )
    return known and "issuer" not in fields and {"number", "date"} <= {*fields}


def _heads(said: str, bodies: BodyFinder) -> BodyMention | None:
    """Return who issued the documents below a heading: "QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN TỈNH BÌNH ĐỊNH"."""
    if not _TYPED.search(said):
        return None
    for of in _OF.finditer(said):
        body = read_issuer(said, of.end(), bodies)
        if body and body.key and said[body.end :].strip(f"{whitespace}.:").lower() in ("", "ban hành"):
            return body
    return None


def _with_row(f: Reference, row: _Listed, text: str, reading: Callable[[int], int]) -> Reference:
    """Return the reference with what its row adds to what stands behind it."""
    date = f.date or _day(row.cells.get("date"))
    body = None if f.issuer else row.issuer(date)
    if body and body.key and issuer_fits(f.symbol or "", body.key):
        f = replace(f, issuer=body.name, issuer_key=body.key, scope=body.scope or f.scope)
    elif f.issuer is None and f.scope is None and row.elsewhere(f.symbol or "", date):
        f = replace(f, scope=UNKNOWN)
    cell = row.cells.get("title") or row.cells.get("typed_title")
    if f.title or cell is None or not _FEWEST < len(cell.text) < MAX_TITLE:
        return replace(f, date=date)
    typed = re.match(rf"{f.type or ''}\s+(?={ABOUT}\s|ban\s+hành\s|quy\s+định\s)", cell.text, re.IGNORECASE)
    title = clean_title(cell.text[typed.end() if typed else 0 :])
    start, end = reading(cell.start), reading(cell.end)
    # What its matter names stands in its title, if the cells follow each other on the line.
    if f.extent <= start <= end and "\n" not in text[f.extent : end]:
        return replace(f, date=date, title=title, title_start=start, extent=end)
    return replace(f, date=date, title=title)


def _day(cell: Cell | None) -> str | None:
    """Return the day that is all of a cell."""
    day = ONLY_DAY.fullmatch(cell.text) if cell else None
    return iso_date(day) if day else None
