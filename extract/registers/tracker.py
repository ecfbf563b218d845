"""Task trackers (bảng theo dõi nhiệm vụ): a sheet of tasks, who leads and by when, is one document with a task for each row.

TT | Tên nhiệm vụ | Nguồn chỉ đạo | Đơn vị chủ trì | Thời hạn | Kết quả
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chidao.extract.facts import Reading, facts_of
from chidao.extract.formats.sheets import Sheet
from chidao.extract.language.jurisdictions import Place
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import Facts, Heading, Source

_HEAD = 10
"""Lines above the header at most."""


def read_tracker(source: Source, sheets: Sequence[Sheet], place: Place | None) -> Facts | None:
    """Return the facts of a table whose rows are tasks; None where no sheet has a header that says so.

    The text of the facts is one line a row, its cells parted by " | ": offsets count there, and a row is its task's evidence.
    """
    for sheet in sheets:
        lines = [sheet.keys, *(row.cells for row in sheet.rows)] if sheet.keys else [row.cells for row in sheet.rows]
        text = "\n".join(" | ".join(" ".join(str(cell).split()) for cell in line) for line in lines)
        read = replace(source, text=text)
        # What the rows cite is no number of the tracker's own, and what they order is not done.
        given = {
            "heading": Heading(title=_title(lines), scope=place.key if place else None),
            "finder": BodyFinder(place),
            "actions": [],
        }
        facts = facts_of(read, Reading(text, place, **given))
        if facts.tasks:
            return facts
    return None


def _title(lines: Sequence[Sequence[str]]) -> str | None:
    """What the sheet calls itself: the last line above the header that has one cell alone."""
    title: str | None = None
    for line in lines[:_HEAD]:
        said = [cell for cell in line if str(cell).strip()]
        if len(said) > 1:
            break
        title = " ".join(str(said[0]).split()) if said else title
    return title
