"""Whom a directive is for, as the texts say: cases/audience.toml."""

from __future__ import annotations

import csv
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from chidao.graph.answers.audience import Told, _folded, _words, audience
from chidao.graph.answers.coverage_rows import FRAMES, Frame

CASES = tomllib.loads((Path(__file__).parent / "cases" / "audience.toml").read_text("utf-8"))["case"]
BODIES = [
    {"body": f"https://example.org/body/{key}", "name": name, "scope": "a", "level": "province"}
    for key, name in (
        ("a/so-noi-vu", "Sở Nội vụ tỉnh A"),
        ("a/so-y-te", "Sở Y tế tỉnh A"),
        ("a/van-phong", "Văn phòng Tỉnh ủy A"),
    )
]


def frame(level: str) -> Frame:
    if level == "province":
        return FRAMES["province"]([], None, "2026-03-01")
    rows: list[tuple[str, str, str | None]] = [
        (f"a/{body['body'].rpartition('/')[2]}", body["name"], body["body"]) for body in BODIES
    ]
    return Frame(rows, lambda scope, issuers: None)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_who_is_meant(case: dict[str, Any]) -> None:
    level = case.get("rows", "province")
    rows = frame(level)
    facts = {"level": "central", "code": None, "title": None, "date": "2025-01-01"} | case
    told = Told(tuple(case.get("sent", ())), tuple(case.get("tasks", ())))
    named = [(key, name) for key, name, _ in rows.rows]
    found = audience(facts, told, level, named, rows.place, case.get("carried", ()))
    every = {key for key, _ in named}
    assert (found.why, set(found.keys), found.others) == (
        case["why"],
        every if case["keys"] == "all" else set(case["keys"].split()),
        case.get("others"),
    )


def test_each_pattern_matches_its_example() -> None:
    text = files("chidao.graph.answers").joinpath("audiences.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        assert any(
            words.pattern == row["words"] and words.search(_folded(row["example"])) for _, words in _words(row["level"])
        )
