"""The table of regions, before and since the mergers of 2025."""

from __future__ import annotations

import pytest

from chidao.graph.answers.regions import region_of, regions_of, regions_on
from chidao.ontology.authority import jurisdictions


@pytest.mark.parametrize("day", ["2022-01-01", "2026-01-01"])
def test_the_regions_of_a_day_hold_each_of_its_provinces(day: str) -> None:
    standing = {j.slug for j in jurisdictions() if j.existed(day)}
    assert {slug for _, provinces in regions_on(day) for slug in provinces} == standing


def test_a_former_province_is_where_it_has_become_part_of_another() -> None:
    assert region_of("yen-bai") == region_of("lao-cai") == "Trung du và miền núi phía Bắc"
    assert region_of("atlantis") == ""
    assert len(regions_of(["yen-bai", "lao-cai", "ca-mau"])) == 2
    assert len(regions_on("2026-01-01")) == 6
