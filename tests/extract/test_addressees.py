"""Whom a text addresses: bodies, offices, groups, and where the list ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.facts import home_place
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.statements.addressees import read_addressees

FINDER = BodyFinder(home_place("Lào Cai"))


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("Sở Nội vụ chủ trì", ["Sở Nội vụ tỉnh Lào Cai"], "chủ trì"),
        ("Sở Công Thương, Sở Xây dựng rà soát", ["Sở Công Thương tỉnh Lào Cai", "Sở Xây dựng tỉnh Lào Cai"], "rà soát"),
        ("Sở Nông nghiệp và Môi trường", ["Sở Nông nghiệp và Môi trường tỉnh Lào Cai"], ""),
        ("Các Sở, ban, ngành và UBND các xã, phường nêu cao", ["Các Sở, ban, ngành", "UBND các xã, phường"], "nêu cao"),
        (
            "Giám đốc các Sở và Thủ trưởng các ban, ngành tỉnh; Chủ tịch UBND các xã:",
            ["Giám đốc các Sở", "Thủ trưởng các ban, ngành tỉnh", "Chủ tịch UBND các xã"], ":",
        ),
        ("Giám đốc Sở Công Thương chỉ đạo", ["Sở Công Thương tỉnh Lào Cai"], "chỉ đạo"),
        ("Chánh Văn phòng UBND tỉnh theo dõi", ["Văn phòng Ủy ban nhân dân tỉnh Lào Cai"], "theo dõi"),
        ("các cơ quan, đơn vị, địa phương liên quan tổ chức", ["các cơ quan, đơn vị, địa phương liên quan"], "tổ chức"),
        ("Công an tỉnh Tăng cường tuần tra", ["Công an tỉnh Lào Cai"], "Tăng cường tuần tra"),
        ("chính quyền địa phương trong quản lý", ["chính quyền địa phương"], "trong quản lý"),
        # no party
        ("Ban hành quy chế", [], "Ban hành quy chế"),
        ("Bộ máy nhà nước", [], "Bộ máy nhà nước"),
        ("Tổ chức kiểm tra", [], "Tổ chức kiểm tra"),
        ("", [], ""),
    ],
)  # fmt: skip
def test_reading(text: str, names: list[str], rest: str) -> None:
    addressees, end = read_addressees(text, 0, FINDER)
    assert [p.name for p in addressees] == names
    assert text[end:].strip() == rest


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
