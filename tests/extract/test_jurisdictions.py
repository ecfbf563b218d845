"""Provinces by their names, and the districts and communes below them."""

from __future__ import annotations

import pytest

from chidao.extract.language.jurisdictions import below, find_province, home_place, place_named, unit_called
from chidao.extract.language.letters import late_tones
from chidao.ontology.authority import Unit, units


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


@pytest.mark.parametrize(
    ("body", "scope", "party"),
    [
        ("Huyện ủy Mê Linh", "ha-noi/huyen-me-linh", "Huyện ủy"),
        ("Văn phòng Thành ủy Thủ Đức", "ho-chi-minh/thanh-pho-thu-duc", "Thành ủy"),
        ("Ủy ban nhân dân đặc khu Phú Quốc", "an-giang/dac-khu-phu-quoc", "Đảng ủy đặc khu"),
        ("Ủy ban nhân dân thị xã Sơn Tây", "ha-noi/thi-xa-son-tay", "Thị ủy"),
    ],
)
def test_the_place_that_a_body_is_named_with(body: str, scope: str, party: str) -> None:
    place = place_named(body, scope)
    assert place and (place.key, place.party) == (scope, party)


def test_a_body_of_another_place_names_none() -> None:
    assert place_named("Huyện ủy Mê Linh", "ha-noi/huyen-thanh-tri") is None
    assert place_named("Tỉnh ủy Lào Cai", "lao-cai") is None


@pytest.mark.parametrize("unit", units(), ids=lambda unit: unit.slug)
def test_every_word_for_a_unit_leads_to_it(unit: Unit) -> None:
    for word in (unit.name, unit.name.upper(), unit.party, unit.party.lower(), late_tones(unit.party)):
        assert unit_called(word) == unit.name
