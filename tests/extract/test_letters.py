"""Letters of Vietnamese: where tone marks stand."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.language.letters import early_tones, late_tones, printed_as


@pytest.mark.parametrize(
    ("early", "late"),
    [
        ("Ủy ban", "Uỷ ban"),
        ("HỦY BỎ", "HUỶ BỎ"),
        ("Định Hóa", "Định Hoá"),
        ("Tòa án", "Toà án"),
        ("khỏe", "khoẻ"),
        ("quý II", "quý II"),
        ("hoàn thành", "hoàn thành"),
        ("thủy", "thuỷ"),
        ("thuyền", "thuyền"),
    ],
)
def test_both_spellings(early: str, late: str) -> None:
    assert early_tones(late) == early_tones(early) == early
    assert late_tones(early) == late_tones(late) == late


@given(st.text(st.sampled_from("hoaueyquòàủuỷy tHOÀ")))
def test_a_tone_moves_and_nothing_else(text: str) -> None:
    for moved in (early_tones(text), late_tones(text)):
        assert len(moved) == len(text)
        assert sorted(unicodedata.normalize("NFD", moved)) == sorted(unicodedata.normalize("NFD", text))
        assert early_tones(moved) == early_tones(text)


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("SỞ Y TẾ", "Sở Y  tế và sở\ny tế.", ["Sở Y tế", "sở y tế"]),
        ("SỞ Y TẾ", "Sở Y tếch, xSở Y tế", []),
        ("SỞ Y TẾ", "SỞ Y TẾ¹", ["SỞ Y TẾ"]),
        ("(A+B)", "(a+b)", ["(a+b)"]),
        (" ", "a b", []),
    ],
)
def test_words_in_whatever_case(words: str, text: str, found: list[str]) -> None:
    assert list(printed_as(words, text)) == found
