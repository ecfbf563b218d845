"""Answers as a person reads them in a terminal."""

from __future__ import annotations

from typing import Any

import pytest

from chidao.viz.terminal import where


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({"source": "a.txt", "line": 12}, "a.txt, line 12"),
        ({"source": "a.pdf", "line": "12", "page": "3", "row": None}, "a.pdf, page 3, line 12"),
        ({"source": "so.csv", "line": "8", "row": "6"}, "so.csv, row 7 (line 8)"),
        ({"source": "so.csv", "line": "2", "row": 0}, "so.csv, row 1 (line 2)"),
    ],
)
def test_where(place: dict[str, Any], expected: str) -> None:
    assert where(place) == expected
