"""Which bodies are the rows of a day, and what belongs to them: cases from the mergers and reorganizations of 2025."""

from __future__ import annotations

from typing import Any

import pytest

from chidao.extract.language.jurisdictions import find_province
from chidao.graph.answers.coverage_rows import FRAMES, Frame, heir_of_province

BASE = "https://example.org/body/"


def body(key: str, name: str, level: str = "province") -> dict[str, Any]:
    return {"body": BASE + key, "name": name, "scope": key.rpartition("/")[0], "level": level}


KNOWN = [
    body("lao-cai/uy-ban-nhan-dan", "Ủy ban nhân dân tỉnh Lào Cai"),
    body("lao-cai/so-tai-nguyen-va-moi-truong", "Sở Tài nguyên và Môi trường tỉnh Lào Cai"),
    body("lao-cai/so-ke-hoach-va-dau-tu", "Sở Kế hoạch và Đầu tư tỉnh Lào Cai"),
    body("lao-cai/so-tai-chinh", "Sở Tài chính tỉnh Lào Cai"),
    body("lao-cai/thuong-truc-cap-uy", "Thường trực Tỉnh ủy Lào Cai"),
    body("lao-cai/ban-thuong-vu-cap-uy", "Ban Thường vụ Tỉnh ủy Lào Cai"),
    body("lao-cai/so-du-lich", "Sở Du lịch tỉnh Lào Cai"),
    body("lao-cai/ban-ton-giao", "Ban Tôn giáo tỉnh Lào Cai"),
    body("lao-cai/ban-chi-dao-rieng", "Ban Chỉ đạo riêng tỉnh Lào Cai"),
    body("yen-bai/so-noi-vu", "Sở Nội vụ tỉnh Yên Bái"),
    body("yen-bai/ban-chi-dao-khac", "Ban Chỉ đạo khác tỉnh Yên Bái"),
    body("vn/bo-tai-chinh", "Bộ Tài chính", "central"),
    body("vn/bo-ke-hoach-va-dau-tu", "Bộ Kế hoạch và Đầu tư", "central"),
]


def frame(level: str, within: str | None, day: str) -> Frame:
    home = find_province(within) if within else None
    return FRAMES[level](KNOWN, home and heir_of_province(home, day), day)


# level, within, day, the body that issued, the row's name on that day, what the body was called if the row is another's
BELONGS = [
    ("department", "Lào Cai", "2026-01-01", "lao-cai/so-tai-nguyen-va-moi-truong", "Sở Nông nghiệp và Môi trường tỉnh Lào Cai", "Sở Tài nguyên và Môi trường tỉnh Lào Cai"),
    ("department", "Lào Cai", "2026-01-01", "lao-cai/so-ke-hoach-va-dau-tu", "Sở Tài chính tỉnh Lào Cai", "Sở Kế hoạch và Đầu tư tỉnh Lào Cai"),
    ("department", "Lào Cai", "2026-01-01", "lao-cai/so-tai-chinh", "Sở Tài chính tỉnh Lào Cai", None),
    ("department", "Lào Cai", "2025-01-01", "lao-cai/so-ke-hoach-va-dau-tu", "Sở Kế hoạch và Đầu tư tỉnh Lào Cai", None),
    ("department", "Lào Cai", "2026-01-01", "yen-bai/so-noi-vu", "Sở Nội vụ tỉnh Lào Cai", "Sở Nội vụ tỉnh Yên Bái"),
    ("department", "Yên Bái", "2026-01-01", "yen-bai/so-noi-vu", "Sở Nội vụ tỉnh Lào Cai", "Sở Nội vụ tỉnh Yên Bái"),
    ("department", "Yên Bái", "2025-06-30", "yen-bai/so-noi-vu", "Sở Nội vụ tỉnh Yên Bái", None),
    ("department", "Lào Cai", "2025-06-30", "yen-bai/so-noi-vu", None, None),
    ("department", "Lào Cai", "2026-01-01", "yen-bai/ban-chi-dao-khac", "Ban Chỉ đạo khác tỉnh Yên Bái", None),
    ("department", "Lào Cai", "2026-01-01", "lao-cai/ban-ton-giao", "Ban Tôn giáo tỉnh Lào Cai", None),
    ("central", None, "2026-01-01", "vn/bo-ke-hoach-va-dau-tu", "Bộ Tài chính", "Bộ Kế hoạch và Đầu tư"),
    ("central", None, "2024-01-01", "vn/bo-ke-hoach-va-dau-tu", "Bộ Kế hoạch và Đầu tư", None),
    ("province", None, "2026-01-01", "yen-bai/so-noi-vu", "tỉnh Lào Cai", "tỉnh Yên Bái"),
    ("province", None, "2025-06-30", "yen-bai/so-noi-vu", "tỉnh Yên Bái", None),
]  # fmt: skip


@pytest.mark.parametrize(("level", "within", "day", "key", "row", "former"), BELONGS)
def test_papers_belong_to_what_took_over(
    level: str, within: str | None, day: str, key: str, row: str | None, former: str | None
) -> None:
    found = frame(level, within, day)
    place = found.place(key.partition("/")[0], [BASE + key])
    names = {row_key: name for row_key, name, _ in found.rows}
    assert (names[place] if place else None) == row
    assert found.former(key.partition("/")[0], [BASE + key], place) == former


def test_what_ended_has_no_row_of_its_own() -> None:
    names = [name for _, name, _ in frame("department", "Lào Cai", "2026-01-01").rows]
    assert len(names) == len(set(names))
    assert not {"Sở Tài nguyên và Môi trường tỉnh Lào Cai", "Sở Kế hoạch và Đầu tư tỉnh Lào Cai", "Sở Nội vụ tỉnh Yên Bái"} & set(names)  # fmt: skip
    assert {"Sở Nông nghiệp và Môi trường tỉnh Lào Cai", "Ban Chỉ đạo riêng tỉnh Lào Cai"} <= set(names)


def test_what_ended_without_one_successor_is_shown_where_something_is_known() -> None:
    after, before = frame("department", "Lào Cai", "2026-01-01"), frame("department", "Lào Cai", "2025-01-01")
    assert BASE + "lao-cai/ban-ton-giao" in after.gone
    assert BASE + "lao-cai/ban-ton-giao" not in before.gone
    assert BASE + "lao-cai/ban-chi-dao-rieng" not in after.gone, "no table says when it stood"


@pytest.mark.parametrize("level", FRAMES)
@pytest.mark.parametrize("day", ["2020-01-01", "2025-03-01", "2026-01-01"])
def test_a_place_is_a_row(level: str, day: str) -> None:
    found = frame(level, "Lào Cai" if level not in ("province", "central") else None, day)
    keys = {key for key, _, _ in found.rows}
    assert len(keys) == len(found.rows)
    assert found.gone <= keys
    for row in KNOWN:
        assert found.place(row["scope"], [row["body"]]) in {*keys, None}
    assert found.place(None, []) is None


def test_a_committee_and_its_organs_are_one_row() -> None:
    found = frame("department", "Lào Cai", "2026-01-01")
    names = {key: name for key, name, _ in found.rows}
    for organ in ("thuong-truc-cap-uy", "ban-thuong-vu-cap-uy"):
        place = found.place("lao-cai", [f"{BASE}lao-cai/{organ}"])
        assert place
        assert names[place] == "Tỉnh ủy Lào Cai"
        assert found.former("lao-cai", [f"{BASE}lao-cai/{organ}"], place) is None, "it is no body of former days"
    assert not [name for name in names.values() if "Thường" in name]


def test_a_department_that_only_some_provinces_have_is_a_row_where_it_is_known() -> None:
    here = [name for _, name, _ in frame("department", "Lào Cai", "2026-01-01").rows]
    there = [name for _, name, _ in frame("department", "Cà Mau", "2026-01-01").rows]
    assert "Sở Du lịch tỉnh Lào Cai" in here
    assert not {"Sở Du lịch tỉnh Cà Mau", "Sở Quy hoạch - Kiến trúc tỉnh Cà Mau"} & set(there)
    assert here[0] == "Tỉnh ủy Lào Cai"
    assert here.index("Ủy ban nhân dân tỉnh Lào Cai") < here.index("Sở Nội vụ tỉnh Lào Cai") < here.index("Ban Tôn giáo tỉnh Lào Cai")  # fmt: skip
