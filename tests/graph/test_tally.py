"""One directive of a coverage in figures."""

from __future__ import annotations

from typing import Any

from chidao.graph.answers.coverage import Cell, CellDocument, Row
from chidao.graph.answers.tally import tally


def document(day: str | None, days: int | None, depth: int = 1) -> CellDocument:
    return CellDocument(
        f"urn:{day}", f"Kế hoạch {day}", None, None, day, days, "implements", "explicit", depth, None, None
    )


def row(key: str, *documents: CellDocument, **more: Any) -> Row:
    state = more.pop("state", "implemented" if documents else "unknown")
    return Row(key, f"tỉnh {key}", None, (Cell(state, documents, (), None, **more),))


ROWS = [
    row("a", document("2025-03-01", 60), document("2025-04-01", 91, 2)),
    row("b", document("2025-02-01", 32, 2)),
    row("c", document("2025-05-01", 121), files=3),
    row("d", document(None, None)),
    row("e", state="mentioned"),
    row("f", files=2, newest="2025-06-01"),
    row("g", newest="2020-01-01"),
    row("h"),
]


def test_every_row_is_counted_once() -> None:
    found = tally(ROWS, 0)
    assert (found.of, found.implemented, found.mentioned, found.silent, found.no_files) == (8, 4, 1, 1, 2)
    assert found.implemented + found.mentioned + found.silent + found.no_files == found.of
    assert (found.direct, found.indirect) == (3, 1), "b has only what carries out something that carries it out"


def test_days_are_those_of_each_rows_first_dated_document() -> None:
    found = tally(ROWS, 0)
    assert [(first.key, first.days) for first in found.firsts] == [("b", 32), ("a", 60), ("c", 121)]
    assert found.median == 60
    assert found.first and found.last
    assert (found.first.name, found.last.date) == ("tỉnh b", "2025-05-01")
    assert found.plain()["first"] == {
        "key": "b",
        "name": "tỉnh b",
        "label": "Kế hoạch 2025-02-01",
        "date": "2025-02-01",
        "days": 32,
    }
    assert "firsts" not in found.plain()


def test_of_nothing_there_is_no_median() -> None:
    found = tally([row("a")], 0)
    assert (found.of, found.implemented, found.median, found.first, found.last) == (1, 0, None, None, None)
    assert tally([row("a", document("2024-01-01", -30))], 0).median is None, (
        "a document before the directive took no days"
    )
