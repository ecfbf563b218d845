"""Answers as a person reads them in a terminal."""

from __future__ import annotations

import pytest

from chidao.graph.evidence import Place
from chidao.viz.terminal import where


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place(source="a.txt", line=12), "a.txt, line 12"),
        (Place(source="a.pdf", line=12, page=3), "a.pdf, page 3, line 12"),
        (Place(source="so.csv", line=8, row=6), "so.csv, row 7 (line 8)"),
        (Place(source="so.csv", line=2, row=0), "so.csv, row 1 (line 2)"),
    ],
)
def test_where(place: Place, expected: str) -> None:
    assert where(place) == expected
