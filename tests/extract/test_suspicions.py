"""What looks like a reference or a date and cannot be read as one."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.facts import extract_text
from chidao.extract.model import Source, Suspicion

CASES = tomllib.loads(Path(__file__).parent.joinpath("cases", "suspicions.toml").read_text("utf-8"))


def suspicions(text: str) -> list[Suspicion]:
    return list(extract_text(Source("draft.txt", "0", "utf-8", text)).suspicions)


@pytest.mark.parametrize("case", CASES["reported"], ids=lambda case: case["passage"])
def test_reported(case: dict[str, str]) -> None:
    assert [(s.rule, s.text) for s in suspicions(case["text"])] == [(case["rule"], case["passage"])]


@pytest.mark.parametrize("text", CASES["quiet"])
def test_not_reported(text: str) -> None:
    assert suspicions(text) == []


def test_offsets_are_those_of_the_source() -> None:
    text = "Mở đầu.\n\nTheo Nghi\u0323 quyê\u0301t số 45-_NQ/TW ta làm; ký ngày 31/04/2024."
    found = suspicions(text)
    assert [s.rule for s in found][-1] == "impossible-date"
    for s in found:
        assert text[s.start : s.end] == s.text


@given(st.text(alphabet="0123456789/-. ĐQUBNDsốngàythángQuyết định\n", max_size=200))
def test_any_text_is_read(text: str) -> None:
    found = suspicions(text)
    assert all(text[s.start : s.end] == s.text and s.why for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
