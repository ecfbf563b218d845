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
    return Row(
        key,
        f"tỉnh {key}",
        None,
        (Cell(state, documents, (), None, count=len(documents), direct=any(d.depth == 1 for d in documents), **more),),
    )


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


def test_only_those_whom_it_is_for_are_counted() -> None:
    rows = [
        row("a", document("2025-03-01", 60)),
        row("b", files=2),
        row("c", document("2025-02-01", 32), asked=False),
        row("d", asked=False),
    ]
    found = tally(rows, 0)
    assert (found.of, found.implemented, found.silent, found.beyond) == (2, 1, 1, 1)
    assert [r.cells[0].progress for r in rows] == ["implemented", "silent", "implemented", "not-asked"]
    assert found.first
    assert found.first.key == "a"


def test_where_nobody_says_whom_it_is_for_there_is_no_denominator() -> None:
    rows = [row("a", document("2025-03-01", 60), asked=None), row("b", files=2, asked=None), row("c", asked=None)]
    found = tally(rows, 0)
    assert (found.of, found.implemented, found.silent, found.no_files, found.unknown, found.beyond) == (
        None,
        1,
        0,
        0,
        2,
        0,
    )


def test_without_its_day_nothing_can_be_told() -> None:
    rows = [row("a", files=None), row("b", document("2025-03-01", None), files=None)]
    found = tally(rows, 0)
    assert (found.of, found.implemented, found.no_files, found.unknown) == (2, 1, 0, 1)
