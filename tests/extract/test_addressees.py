"""Whom a text addresses: bodies, offices, groups, and where the list ends (`cases/addressees.toml`)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.language.jurisdictions import home_place
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.statements.addressees.addressees import names_person, read_addressees

FINDER = BodyFinder(home_place("Lào Cai"))
CASES = tomllib.loads((Path(__file__).parent / "cases" / "addressees.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["list"], ids=lambda case: case["text"])
def test_reading(case: dict[str, Any]) -> None:
    addressees, end = read_addressees(case["text"], 0, FINDER)
    assert [a.name for a in addressees] == case.get("names", [])
    assert case["text"][end:].strip() == case.get("rest", "")


def test_a_known_body_has_its_key_and_a_group_none() -> None:
    addressees, _ = read_addressees("Sở Nội vụ và các sở, ngành liên quan", 0, FINDER)
    assert [p.key for p in addressees] == ["lao-cai/so-noi-vu", None]


WORDS = [
    "Sở Nội vụ",
    "các sở, ban, ngành",
    "và ",
    ", ",
    "; ",
    "UBND các xã",
    "Giám đốc ",
    "Chánh ",
    "tỉnh ",
    "Công an ",
    " ",
    "rà soát",
]


@given(st.lists(st.sampled_from(WORDS), max_size=10).map("".join), st.integers(0, 20))
def test_it_reads_on_and_stops_in_the_text(text: str, start: int) -> None:
    start = min(start, len(text))
    addressees, end = read_addressees(text, start, FINDER)
    assert start <= end <= len(text)
    assert (end > start) == bool(addressees)


def test_a_list_has_an_end() -> None:
    text = "; ".join(f"UBND xã Tân {chr(ord('A') + n // 26)}{chr(ord('a') + n % 26)}" for n in range(400))
    addressees, end = read_addressees(text, 0, FINDER)
    assert (len(addressees), end) == (300, len(text))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Giao đ/c Hạnh (công chức Văn hóa)", True),
        ("giao cô Hoa lập danh sách", True),
        ("giao cán bộ phòng Giao thông Vận tải", False),
        ("giao công chức Thông tin và Truyền thông Hà Giang", False),
    ],
)
def test_who_is_called_by_name(text: str, named: bool) -> None:
    assert names_person(text, 0, len(text)) is named
