"""One directive of a coverage in figures, so that every page and command that counts says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chidao.graph.answers.coverage import Cell, CellDocument, Row

PROGRESS = ("implemented", "mentioned", "silent", "no-files")
"""What is known of a row, the most first."""


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
    """Of `of` rows, how many are in which state. Of the rows that carried the directive out, `direct` have a document that says so itself,
    `indirect` only documents that carry out such a one. `median` is of the days from the directive to
    each row's first dated document, where that is no older; `firsts` are the first dated documents, by date."""

    of: int
    implemented: int
    mentioned: int
    silent: int
    no_files: int
    direct: int
    indirect: int
    median: float | None
    firsts: tuple[First, ...] = ()

    @property
    def first(self) -> First | None:
        return self.firsts[0] if self.firsts else None

    @property
    def last(self) -> First | None:
        return self.firsts[-1] if self.firsts else None

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        known = asdict(self)
        del known["firsts"]
        return known | {name: asdict(one) if (one := getattr(self, name)) else None for name in ("first", "last")}


def tally(rows: Sequence[Row], at: int) -> Tally:
    """Count the cells of the directive that is the `at`-th of the rows."""
    cells = [row.cells[at] for row in rows]
    states = [cell.progress for cell in cells]
    direct = sum(cell.direct for cell in cells)
    firsts = sorted(
        (
            First(row.key, row.name, own.label, own.date or "", own.days)
            for row, cell in zip(rows, cells, strict=True)
            if (own := _first(cell))
        ),
        key=lambda first: (first.date, first.label),
    )
    days = [first.days for first in firsts if first.days is not None and first.days >= 0]
    counted = {name.replace("-", "_"): states.count(name) for name in PROGRESS}
    done = counted["implemented"]
    return Tally(
        of=len(cells), **counted, direct=direct, indirect=done - direct, median=median(days) if days else None,
        firsts=tuple(firsts),
    )  # fmt: skip


def _first(cell: Cell) -> CellDocument | None:
    return next((document for document in cell.documents if document.date), None)
