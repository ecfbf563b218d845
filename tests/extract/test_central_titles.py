"""Where a central document's title ends, for those of a place and for others."""

from __future__ import annotations

import pytest

from chidao.extract.language.jurisdictions import home_place
from chidao.extract.mentions.central_titles import central_title

ABOUT = "về quản lý bến thủy"


@pytest.mark.parametrize(
    ("place", "symbol", "home", "left"),
    [
        ("trên địa bàn tỉnh Lào Cai", "CT-TTg", "lao-cai", ""),
        ("trên địa bàn tỉnh Lào Cai", "CT-TTg", None, ""),
        ("trên địa bàn", "CT-TTg", "lao-cai", ""),
        ("trên địa bàn thành phố Hà Nội", "CT-TTg", "lao-cai", "trên địa bàn thành phố Hà Nội"),
        ("trên địa bàn tỉnh Yên Bái", "CT-TTg", "lao-cai", ""),  # which is one with Lào Cai since 2025
        ("trên địa bàn thành phố Hà Nội", "QĐ-TTg", "ha-noi", "trên địa bàn thành phố Hà Nội"),
        ("trên địa bàn thành phố Hà Nội", "KH-UBND", "ha-noi", "trên địa bàn thành phố Hà Nội"),
    ],
)
def test_a_place_is_the_writers_or_what_it_is_about(place: str, symbol: str, home: str | None, left: str) -> None:
    read = central_title(f"{ABOUT} {place}", "Chỉ thị", symbol, home_place(home))
    assert read == f"{ABOUT} {left}".rstrip()
