"""One directive of a coverage in figures, so that every page and command that counts says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chidao.graph.answers.coverage import Cell, CellDocument, Row

PROGRESS = ("implemented", "mentioned", "silent", "no-files")
"""What is known of a row that the directive is for, the most first."""
STATES = (*PROGRESS, "unknown", "not-asked")
"""What a cell may say: also that nothing can be told of the row, or that the directive is not for it."""


@dataclass(frozen=True, slots=True)
class First:
    """The first document of a row that carries the directive out."""

    key: str
    name: str
    label: str
    date: str
    days: int | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Of the `of` rows that the directive is for, how many are in which state. `of` is None where it is not known whom it is for, and
    then every row is counted. `beyond` are rows that carried it out though it is not known to be for them. Of the rows that carried it
    out, `direct` have a document that says so itself, `indirect` only documents that carry out such a one. `median` is of the days from
    the directive to each row's first dated document, where that is no older; `firsts` are the first dated documents, by date."""

    of: int | None
    implemented: int
    mentioned: int
    silent: int
    no_files: int
    unknown: int
    beyond: int
    direct: int
    indirect: int
    median: float | None
    firsts: tuple[First, ...] = ()

    @property
    def first(self) -> First | None:
        """Who carried it out first."""
        return self.firsts[0] if self.firsts else None

    @property
    def last(self) -> First | None:
        """Who carried it out last."""
        return self.firsts[-1] if self.firsts else None

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        known = asdict(self)
        del known["firsts"]
        return known | {name: asdict(one) if (one := getattr(self, name)) else None for name in ("first", "last")}


def tally(rows: Sequence[Row], at: int) -> Tally:
    """Count the cells of the directive that is the `at`-th of the rows."""
    told = [row.cells[at].asked for row in rows]
    known = True in told or None not in told
    asked = [row for row, whom in zip(rows, told, strict=True) if whom or not known]
    cells = [row.cells[at] for row in asked]
    firsts = sorted(
        (
            First(row.key, row.name, own.label, own.date or "", own.days)
            for row, cell in zip(asked, cells, strict=True)
            if (own := _first(cell))
        ),
        key=lambda first: (first.date, first.label),
    )
    days = [first.days for first in firsts if first.days is not None and first.days >= 0]
    states = [cell.progress for cell in cells]
    counted = {name.replace("-", "_"): states.count(name) for name in (*PROGRESS, "unknown")}
    done, direct = counted["implemented"], sum(cell.direct for cell in cells)
    return Tally(
        of=len(cells) if known else None, **counted, direct=direct, indirect=done - direct,
        beyond=sum(row.cells[at].state == "implemented" for row in rows) - done, median=median(days) if days else None,
        firsts=tuple(firsts),
    )  # fmt: skip


def _first(cell: Cell) -> CellDocument | None:
    return next((document for document in cell.documents if document.date), None)
