"""The alphabetical order of Vietnamese."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.graph.index.collate import vietnamese

ORDERS = [
    ["a", "à", "ả", "ã", "á", "ạ", "ă", "ắ", "â", "b", "c", "d", "đ", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y"],
    [
        "An Giang",
        "Bắc Ninh",
        "Cà Mau",
        "Cao Bằng",
        "Cần Thơ",
        "Đà Nẵng",
        "Đắk Lắk",
        "Điện Biên",
        "Đồng Nai",
        "Đồng Tháp",
        "Gia Lai",
    ],
    ["ma", "mà", "mả", "mã", "má", "mạ", "mai", "mây"],
    ["Sở Nội vụ", "Sở Nông nghiệp", "Sở Tài chính", "Sở Y tế"],
]


@pytest.mark.parametrize("order", ORDERS)
def test_orders(order: list[str]) -> None:
    mixed = random.Random(1).sample(order, len(order))
    assert sorted(mixed, key=vietnamese) == order


@given(st.text(), st.text())
def test_any_text_has_its_place(one: str, other: str) -> None:
    assert (vietnamese(one) < vietnamese(other)) + (vietnamese(one) == vietnamese(other)) + (
        vietnamese(one) > vietnamese(other)
    ) == 1


@given(st.text())
def test_the_way_of_writing_marks_does_not_matter(text: str) -> None:
    assert vietnamese(unicodedata.normalize("NFD", text)) == vietnamese(unicodedata.normalize("NFC", text))
