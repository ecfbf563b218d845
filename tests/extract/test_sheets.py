"""Tables out of bytes: lines, cells, and the places where a person finds them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract import SourceError
from chidao.extract.formats import sheets
from chidao.extract.formats.sheets import MAX_COLUMNS, _value, json_sheets, text_sheets


def lines(text: str) -> list[tuple[int, tuple[str, ...]]]:
    return [(line.number, line.cells) for line in next(text_sheets(text)).rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\n1,2\n", [(1, ("a", "b")), (2, ("1", "2"))]),
        ("a;b\n1;2,5\n", [(1, ("a", "b")), (2, ("1", "2,5"))]),
        ("a\tb\n", [(1, ("a", "b"))]),
        ('a,b\n"1\n2",3\n4,5\n', [(1, ("a", "b")), (2, ("1\n2", "3")), (4, ("4", "5"))]),
        ("a,b\n\n , \n1,2\n", [(1, ("a", "b")), (4, ("1", "2"))]),
        ('a,b\n"x ""y""",z', [(1, ("a", "b")), (2, ('x "y"', "z"))]),
        ("a\nb\n", [(1, ("a",)), (2, ("b",))]),
    ],
)
def test_text_lines(text: str, expected: list[tuple[int, tuple[str, ...]]]) -> None:
    assert lines(text) == expected


def test_every_delimiter_is_tried() -> None:
    assert [len(sheet.rows[0].cells) for sheet in text_sheets("a;b;c,d\n1;2;3,4\n")] == [3, 2, 1]


def test_a_cell_too_large_is_refused() -> None:
    with pytest.raises(SourceError, match="damaged table at line 1"):
        list(text_sheets('a,"' + "x" * 200_000))


def test_rows_and_columns_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 3)
    with pytest.raises(SourceError, match="more than 3 rows"):
        list(text_sheets("a,b\n" * 4))
    assert len(next(text_sheets("a" + ",b" * 500 + "\n")).rows[0].cells) == MAX_COLUMNS
    (sheet,) = json_sheets(json.dumps([{f"k{n}": 1 for n in range(500)}]))
    assert len(sheet.keys) == MAX_COLUMNS
    monkeypatch.setattr(sheets, "MAX_JSON", 5)
    with pytest.raises(SourceError, match="split it"):
        list(json_sheets('[{"a": 1}]'))


@given(st.lists(st.lists(st.text('ab,;"\n| ', max_size=6), min_size=2, max_size=4), min_size=1, max_size=5))
def test_what_a_writer_wrote_is_read(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    wanted = [tuple(row) for row in rows if any(cell.strip() for cell in row)]
    found = [[line.cells for line in sheet.rows] for sheet in text_sheets(out.getvalue())]
    assert not wanted or wanted in found


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), ("x", "x"), ("  ", ""), (189, "189"), (189.0, "189"), (1.5, "1.5"), (True, "True"), ("#REF!", ""),
        (datetime(2022, 7, 5, 8), "2022-07-05"), (date(2022, 7, 5), "2022-07-05"), (time(8), ""), ({"a": 1}, ""),
        (["a", None, 2], "a; 2"),
    ],
)  # fmt: skip
def test_cells_as_text(value: Any, text: str) -> None:
    assert _value(value) == text
