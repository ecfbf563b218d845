"""What the columns of a task tracker say of the document that a row's task comes from: its day, who issued it, and its title.

TT | Số, ký hiệu | Ngày ban hành | Cơ quan ban hành | Trích yếu | Nhiệm vụ được giao | Đơn vị chủ trì | Thời hạn
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.issuing_bodies import read_issuer
from chidao.extract.model import Reference
from chidao.extract.registers.cells import leading_type, plain, read_day
from chidao.extract.registers.columns import fields_of
from chidao.extract.statements.task_tables.columns import field_of

Cells = Sequence[str]
Rows = tuple[Cells, Sequence[Cells]]
"""The header of a sheet, and its rows as they stand in the text: a line each, cells parted by BAR."""

BAR = " | "
_NOT_OF_TASKS = ("", "other")


def state_documents(
    references: Sequence[Reference], sheets: Sequence[Rows], source: Callable[[int], int], finder: BodyFinder
) -> Iterator[Reference]:
    """Yield the references; each that is the only one of its cell of numbers states also what the row's other cells say of it, where
    it is silent itself. `source` gives the place of a reference in the sheets' text."""
    numbered = dict(_numbered(sheets))
    spans = sorted(numbered)
    by_cell: dict[int, list[int]] = {}
    for n, found in enumerate(references):
        at = source(found.start)
        cell = bisect_right(spans, at, key=itemgetter(0)) - 1
        if cell >= 0 and at < spans[cell][1]:
            by_cell.setdefault(spans[cell][0], []).append(n)
    said = {named[0]: cells for (start, _), cells in numbered.items() if len(named := by_cell.get(start, [])) == 1}
    for n, found in enumerate(references):
        yield _stated(found, said[n], finder) if n in said and found.kind == "numbered" else found


def _numbered(sheets: Sequence[Rows]) -> Iterator[tuple[tuple[int, int], Mapping[str, str]]]:
    """Yield where each cell of numbers stands in the text, with the cells of its row by what they say of a document."""
    at = 0
    for header, rows in sheets:
        fields = fields_of([name if field_of(name) in _NOT_OF_TASKS else "" for name in header])
        for row in rows:
            if "number" in fields and fields["number"] < len(row):
                start = at + sum(len(cell) + len(BAR) for cell in row[: fields["number"]])
                cells = {name: row[i] for name, i in fields.items() if i < len(row)}
                yield (start, start + len(cells["number"])), cells
            alone = row and not any(row[1:])
            at += len(row[0] if alone else BAR.join(row)) + 1
        at += 1


def _stated(found: Reference, cells: Mapping[str, str], finder: BodyFinder) -> Reference:
    day = found.date or read_day(cells.get("date", "")).iso
    named = plain(cells.get("issuer", ""))
    body = read_issuer(named[:1].upper() + named[1:], 0, finder) if named and not found.issuer else None
    if body is not None and not named[body.end :].strip(" .,;"):
        found = replace(found, issuer=body.name, issuer_key=body.key)
    _, title = leading_type(plain(cells.get("title") or cells.get("typed_title") or ""))
    return replace(found, date=day, title=found.title or title or None)
