"""Provinces by their names, and the districts and communes below them."""

from __future__ import annotations

import pytest

from chidao.extract.facts import home_place
from chidao.extract.language.jurisdictions import below, find_province


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Hà Nội", "ha-noi"),
        ("thành phố Hà Nội", "ha-noi"),
        ("TP. Hồ Chí Minh", "ho-chi-minh"),
        ("tỉnh  Lào Cai", "lao-cai"),
        ("ha-noi", "ha-noi"),
        ("Atlantis", None),
    ],
)
def test_find_province(name: str, slug: str | None) -> None:
    found = find_province(name)
    assert (found.slug if found else None) == slug


@pytest.mark.parametrize(
    ("unit", "name", "key", "level", "party"),
    [
        ("huyện", "Mê Linh", "ha-noi/huyen-me-linh", "district", "Huyện ủy"),
        ("xã", "Thanh Trì", "ha-noi/xa-thanh-tri", "commune", "Đảng ủy xã"),
        ("phường", "BA ĐÌNH", "ha-noi/phuong-ba-dinh", "commune", "Đảng ủy phường"),
    ],
)
def test_below(unit: str, name: str, key: str, level: str, party: str) -> None:
    place = below(home_place("Hà Nội"), unit, name)
    assert (place.key, place.level, place.party) == (key, level, party)
    assert place.name == name.title()
