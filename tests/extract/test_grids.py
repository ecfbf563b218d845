"""Rows of cells in a text: what parts them, and what holds together."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chidao.extract.reading.grids import find_grids


def cells(text: str) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in grid] for grid in find_grids(text)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("TT | Việc | Ai\n1 | Rà soát | ", [["TT", "Việc", "Ai"], ["1", "Rà soát", ""]]),
        ("| TT | Việc |\n|---|---|\n| 1 | **Rà soát** |", [["TT", "Việc"], ["1", "Rà soát"]]),
        ("TT | Việc | Ai\n |  | Sở Y tế", [["TT", "Việc", "Ai"], ["", "", "Sở Y tế"]]),
        ("| 1 | Rà soát<br>bến |\n| 2 | Lập danh mục |", [["1", "Rà soát\nbến"], ["2", "Lập danh mục"]]),
        ("TT | Việc\nI. BẾN KHÁCH\n1 | Rà soát", [["TT", "Việc"], ["I. BẾN KHÁCH"], ["1", "Rà soát"]]),
        ("┌──┬──┐\n│ 1 │ Rà │\n│  │ soát │\n├──┼──┤\n│ 2 │ Lập │\n└──┴──┘", [["1", "Rà soát"], ["2", "Lập"]]),
        ('TT\tViệc\tAi\n1\t"Rà soát\nbến"\tSở Y tế', [["TT", "Việc", "Ai"], ["1", "Rà soát\nbến", "Sở Y tế"]]),
        ("TT\tViệc\tAi\n1\tRà soát\nbến\tSở Y tế", [["TT", "Việc", "Ai"], ["1", "Rà soát\nbến", "Sở Y tế"]]),
        (
            "TT\tViệc\tAi\nI\tBến\n1\tRà soát\tSở Y tế",
            [["TT", "Việc", "Ai"], ["I", "Bến"], ["1", "Rà soát", "Sở Y tế"]],
        ),
        (
            "TT   Việc         Ai\n1    Rà soát các   Sở Y tế,\n     bến           Sở Nội vụ\n2    Lập           Sở Tài chính\n",
            [["TT", "Việc", "Ai"], ["1", "Rà soát các bến", "Sở Y tế, Sở Nội vụ"], ["2", "Lập", "Sở Tài chính"]],
        ),
    ],
)
def test_rows(text: str, rows: list[list[str]]) -> None:
    assert cells(text) == [rows]


def test_what_stands_far_apart_is_two_tables() -> None:
    assert len(cells("a | b\n1\n2\n3\n4\nc | d")) == 2


@example('+|||"\n|"')  # a cell that is blank on both of a row's lines
@given(st.text(alphabet=' |\t\n1.-+ab"', max_size=120))
def test_cells_lie_in_their_rows_and_rows_in_the_text(text: str) -> None:
    for grid in find_grids(text):
        for row in grid:
            assert 0 <= row.start <= row.end <= len(text)
            assert all(row.start <= cell.start <= cell.end <= row.end for cell in row.cells)
