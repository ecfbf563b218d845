"""The table of today's provinces: their official order and their places on the map."""

from __future__ import annotations

from chidao.graph.answers.provinces import official_order, tiles
from chidao.ontology.authority import jurisdictions

TODAY = {j.slug: j for j in jurisdictions() if j.existed("2026-01-01")}


def test_each_province_of_today_has_one_tile_and_no_two_share_a_place() -> None:
    assert sorted(tile.province for tile in tiles() if not tile.part) == sorted(TODAY)
    assert len({(tile.column, tile.row) for tile in tiles()}) == len(tiles()) == 36


def test_the_archipelagos_belong_to_their_provinces() -> None:
    assert {tile.part: tile.province for tile in tiles() if tile.part} == {
        "Hoàng Sa": "da-nang",
        "Trường Sa": "khanh-hoa",
    }
    places = {(tile.province, tile.part): tile for tile in tiles()}
    for province, part in (("da-nang", "Hoàng Sa"), ("khanh-hoa", "Trường Sa")):
        assert places[province, part].column > places[province, ""].column, "out at sea"
        assert places[province, part].row >= places[province, ""].row


def test_the_order_is_that_of_the_codes() -> None:
    codes = [tile.code for tile in tiles()]
    assert codes == sorted(codes)
    assert [key for key, _ in sorted(official_order().items(), key=lambda pair: pair[1])][:3] == [
        "ha-noi",
        "cao-bang",
        "tuyen-quang",
    ]
    assert len(official_order()) == 34
