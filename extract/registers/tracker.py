"""Sheets that are one document, and no register of documents: task trackers (bảng theo dõi nhiệm vụ), a task for each row, and lists of
documents that have ended (danh mục văn bản hết hiệu lực), an end for each row.

TT | Tên nhiệm vụ | Nguồn chỉ đạo | Đơn vị chủ trì | Thời hạn | Kết quả
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from chidao.extract.facts import Reading, facts_of
from chidao.extract.formats.sheets import Sheet
from chidao.extract.language.jurisdictions import Place
from chidao.extract.language.patterns import ALONG
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import Facts, Heading, Source
from chidao.extract.registers.tracked import BAR, state_documents
from chidao.extract.statements.law.ended_lists import heads_list
from chidao.extract.statements.task_tables.columns import read_header

_HEADER_ROWS = 30
"""Above its header a sheet has the office's name and the tracker's."""
_ENDS = tuple(".,;:(–-")


def is_tracker(sheet: Sheet) -> bool:
    """Return whether a sheet's header says that its rows are tasks, with work, who does it, and by when, or ends of documents. Such a
    sheet may name the document that each task comes from, and is no register of documents for that."""
    lines = list(islice(_lines(sheet), _HEADER_ROWS))
    if any(heads_list([str(cell) for cell in line]) for line in lines):
        return True
    headers = filter(None, (read_header(lines[n : n + 2]) for n in range(len(lines))))
    return any({"what", "time"} <= set(h.fields) and {"lead", "both", "who"} & set(h.fields) for h in headers)


def read_tracker(source: Source, sheets: Sequence[Sheet], place: Place | None) -> Facts | None:
    """Return the facts of the sheets whose rows are tasks or ends; None where no sheet has a header that says so.

    The text of the facts is one line a row, its cells parted by " | ": offsets count there, and a row is its task's evidence.
    """
    readings = ((sheet, _reading(sheet, [sheet], place)) for sheet in sheets)
    read = [sheet for sheet, reading in readings if reading.tables[0] or reading.listed.force]
    if not read:
        return None
    reading = _reading(read[0], read, place)
    return facts_of(replace(source, text=reading.text), reading)


def _reading(first: Sheet, sheets: Sequence[Sheet], place: Place | None) -> Reading:
    """Return the reading of sheets as one text. What their rows cite is no number of the tracker's own, and what they order is not done."""
    text = "\n\n".join("\n".join(map(_row, _lines(sheet))) for sheet in sheets)
    heading = Heading(title=_title(first), scope=place.key if place else None)
    finder = BodyFinder(place)
    given = {"heading": heading, "finder": finder, "actions": []}
    reading = Reading(text, place, **given)
    columns = [(_header(sheet), [[_cell(str(cell)) for cell in line] for line in _lines(sheet)]) for sheet in sheets]
    stated = list(state_documents(reading.references, columns, reading.layout.source, finder))
    return Reading(text, place, **given, composed=reading.composed, layout=reading.layout, references=stated)


def _header(sheet: Sheet) -> tuple[str, ...]:
    """Return the names of a sheet's columns; none where no row says what its tasks are."""
    lines = list(islice(_lines(sheet), _HEADER_ROWS))
    found = filter(None, (read_header(lines[n : n + 2]) for n in range(len(lines))))
    return next((header.names for header in found), ())


_CAME_WITH = re.compile(rf"\(\s*(?:được\s+)?{ALONG}\s", re.IGNORECASE)
"""A line below the title: "(Kèm theo Báo cáo số 211/BC-VP …)"."""


def _title(sheet: Sheet) -> str | None:
    """Return what the sheet calls itself: the last line above the header that has one cell alone."""
    title: str | None = None
    for line in islice(_lines(sheet), _HEADER_ROWS):
        said = [cell for cell in line if str(cell).strip()]
        if len(said) > 1:
            break
        printed = " ".join(str(said[0]).split()) if said else ""
        title = printed if printed and not _CAME_WITH.match(printed) else title
    return title


def _lines(sheet: Sheet) -> Iterator[Sequence[str]]:
    if sheet.keys:
        yield sheet.keys
    yield from (row.cells for row in sheet.rows)


def _row(cells: Sequence[str]) -> str:
    """Return the line of a row; a title that fills a row is one without bars."""
    said = [_cell(str(cell)) for cell in cells]
    return said[0] if said and not any(said[1:]) else BAR.join(said)


def _cell(cell: str) -> str:
    """Return a cell on one line. Names below each other are a list.

    >>> _cell("Phòng Vận tải\\nPhòng Hạ tầng"), _cell("Rà soát các\\nbến khách")
    ('Phòng Vận tải; Phòng Hạ tầng', 'Rà soát các bến khách')
    """
    found = ""
    for line in (" ".join(part.split()) for part in cell.splitlines()):
        parts = found and line[:1].isupper() and not found.endswith(_ENDS)
        found = f"{found};" if parts else found
        found = f"{found} {line}".strip()
    return found
