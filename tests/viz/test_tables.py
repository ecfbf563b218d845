"""Tables for people and programs, safe in a terminal and in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from typing import Any

import pytest

from chidao.graph.export import no_formula
from chidao.viz.tables import print_table

COLUMNS = ("label", "days")
LISTS: list[list[Any]] = [["Nghị quyết 15-NQ/TW", 113], ["Nghi\u0323", None]]
ROWS: list[dict[str, Any]] = [{"label": "Nghị quyết 15-NQ/TW", "days": 113}, {"label": "Nghi\u0323", "days": None}]


def test_rows_may_be_mappings_or_sequences(capsys: pytest.CaptureFixture[str]) -> None:
    for format_ in ("table", "json", "csv"):
        print_table(COLUMNS, ROWS, format_)
        first = capsys.readouterr().out
        print_table(COLUMNS, LISTS, format_)
        assert capsys.readouterr().out == first


def test_json_keeps_letters_and_types(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(COLUMNS, ROWS, "json")
    out = capsys.readouterr().out
    assert json.loads(out) == ROWS and "Nghị quyết" in out


def test_csv_is_read_back(capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[dict[str, object]] = [{"label": 'a "b", c\nd', "days": 1}, {"label": "", "days": None}]
    print_table(COLUMNS, rows, "csv")
    back = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert back == [["label", "days"], ['a "b", c\nd', "1"], ["", ""]]


@pytest.mark.parametrize("format_", ["json", "csv", "table"])
def test_an_empty_answer_still_has_its_head(format_: str, capsys: pytest.CaptureFixture[str]) -> None:
    print_table(COLUMNS, [], format_)
    out = capsys.readouterr().out
    assert json.loads(out) == [] if format_ == "json" else "label" in out and "days" in out


def test_piped_each_row_is_one_line_and_nothing_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    long = "rất dài " * 100
    print_table(COLUMNS, [{"label": f"{long}\n\t{long}", "days": 1}])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "label\tdays" and len(lines) == 2
    assert lines[1].split("\t") == [(long + long).strip(), "1"]


def test_on_a_terminal_cells_wrap_and_markup_is_text(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setitem(os.environ, "COLUMNS", "60")
    monkeypatch.setitem(os.environ, "TERM", "xterm")
    print_table(COLUMNS, [{"label": "[red]đỏ[/red] " + "dài " * 40, "days": None}])
    out = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out)
    assert "[red]đỏ[/red]" in out and "None" not in out
    assert all(len(line) <= 60 for line in out.splitlines()) and out.count("dài") == 40


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("=1+1", "'=1+1"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd", "'+cmd"),
        ("- Tiếp tục", "'- Tiếp tục"),
        ("-4", "-4"),
        ("15-NQ/TW", "15-NQ/TW"),
        (113, "113"),
        (None, ""),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text: Any, expected: str) -> None:
    assert no_formula(text) == expected
