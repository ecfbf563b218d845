"""Cited documents as a whole, number to title, in forms that printed registers, scans and letters have."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from chidao.extract import extract_text
from chidao.extract.model import Reference, Source

CASES = tomllib.loads(Path(__file__).parent.joinpath("cases", "cited.toml").read_text("utf-8"))
PARTS = ("text", "type", "number", "symbol", "year", "date", "issuer", "title")


def read(text: str) -> tuple[Reference, ...]:
    return extract_text(Source("", "", "", text)).references


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["id"])
def test_cited(case: dict[str, Any]) -> None:
    expected = [{part: row.get(part) for part in PARTS} for row in case["found"]]
    assert [{part: getattr(r, part) for part in PARTS} for r in read(case["text"])] == expected


@pytest.mark.parametrize("case", CASES["none"], ids=lambda case: case["id"])
def test_cites_none(case: dict[str, str]) -> None:
    assert [r.text for r in read(case["text"])] == []
