"""By when something is to be done: the words, and what they are not (`cases/deadlines.toml`)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.statements.deadlines.deadlines import last_day, read_deadline

CASES = tomllib.loads((Path(__file__).parent / "cases" / "deadlines.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["sentence"], ids=lambda case: case["text"])
def test_in_a_sentence(case: dict[str, str]) -> None:
    found = read_deadline(case["text"], 2026)
    assert (found and found.value) == case.get("value")
    if found:
        assert found.text and "  " not in found.text


@pytest.mark.parametrize("case", CASES["field"], ids=lambda case: case["text"])
def test_in_its_own_field(case: dict[str, str]) -> None:
    found = read_deadline(case["text"], 2026, cell=True)
    assert (found and found.value) == case.get("value")


def test_what_ended_before_the_document_is_no_deadline() -> None:
    assert read_deadline("trước ngày 30/6/2020", after="2026-03-01") is None
    assert read_deadline("trước ngày 30/6/2026", after="2026-03-01") is not None


@pytest.mark.parametrize("case", CASES["ahead"], ids=lambda case: case["text"])
def test_years_ahead(case: dict[str, str]) -> None:
    found = read_deadline(case["text"], 2026, after="2026-03-03")
    assert (found and found.value) == case.get("value")


@pytest.mark.parametrize("case", CASES["last_day"], ids=lambda case: case["value"])
def test_last_day(case: dict[str, str]) -> None:
    assert last_day(case["value"]) == case.get("day")


@given(st.text(max_size=80), st.booleans())
def test_any_text(text: str, cell: bool) -> None:
    found = read_deadline(text, 2026, cell=cell)
    assert found is None or found.value


@given(st.dates(min_value=__import__("datetime").date(2000, 1, 1), max_value=__import__("datetime").date(2099, 12, 31)))
def test_every_day_reads_as_itself(day: object) -> None:
    iso = str(day)
    year, month, number = iso.split("-")
    for text in (f"trước ngày {number}/{month}/{year}", f"trước ngày {int(number)} tháng {int(month)} năm {year}"):
        found = read_deadline(text)
        assert found is not None and found.value == iso == last_day(found.value)
