"""Which organizations a text names, with the eyes of the document that speaks."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from chidao.extract.facts import extract_text
from chidao.extract.language.jurisdictions import home_place, province
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import Source
from chidao.ontology.authority import bodies, districts, jurisdictions

CASES = tomllib.loads(Path(__file__).parent.joinpath("cases", "bodies.toml").read_text("utf-8"))
RULES = {
    "body-table", "party-committee", "body-of-committee", "body-of-place", "body-of-home", "steering-committee",
    "steering-committee-numbered", "steering-committee-of-programmes", "steering-committee-of-documents",
}  # fmt: skip


@pytest.mark.parametrize("sentence", ["Hôm nay, {} đã họp.", "{}", "- {};"])
@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["id"])
def test_found(sentence: str, case: dict[str, Any]) -> None:
    text = sentence.format(case["text"])
    found = BodyFinder(home_place("Hà Nội")).find(text)
    expected = [(row["text"], row["name"], row["key"], row["rule"]) for row in case["found"]]
    assert [(text[b.start : b.end], b.name, b.key, b.rule) for b in found] == expected


def test_every_rule_has_a_case() -> None:
    assert {row["rule"] for case in CASES["case"] for row in case["found"]} == RULES


@pytest.mark.parametrize("printed", ["Thành phố", "UBND Thành phố", "Thành ủy", "Sở Nội vụ", "Ban Tổ chức Tỉnh ủy"])
def test_local_names_mean_nothing_without_a_home(printed: str) -> None:
    assert BodyFinder(None).find(f"Giao {printed} báo cáo.") == []


@pytest.mark.parametrize("case", CASES["home"], ids=lambda case: case["name"])
def test_home_decides(case: dict[str, str]) -> None:
    found = BodyFinder(home_place(case["home"])).find(f"Giao {case['printed']} báo cáo.")
    assert [b.name for b in found] == [case["name"]]


@pytest.mark.parametrize("case", CASES["dated"], ids=lambda case: case["printed"])
def test_the_day_decides(case: dict[str, str]) -> None:
    home = home_place("Lào Cai")
    for day, name in (("2024-03-15", case["before"]), (None, case["before"]), ("2025-03-15", case["since"])):
        assert [b.name for b in BodyFinder(home, day).find(f"Giao {case['printed']} báo cáo.")] == [name]


def test_what_was_issued_before_is_of_whom_there_was_then() -> None:
    head = "ỦY BAN NHÂN DÂN TỈNH LÀO CAI\nSố: 12/KH-UBND\nLào Cai, ngày 15 tháng 8 năm 2025\n\nKẾ HOẠCH\nvề thu ngân sách\n\n"
    cited = "Căn cứ Công văn số 5/CT-TTHT ngày {} của Cục Thuế về thu nợ;\n"
    for day, issuer in (("05/3/2024", "Cục Thuế tỉnh Lào Cai"), ("05/6/2025", "Cục Thuế")):
        (reference,) = extract_text(Source("a.txt", "0" * 64, "utf-8", head + cited.format(day))).references
        assert reference.issuer == issuer


@pytest.mark.parametrize("case", CASES["below"], ids=lambda case: case["key"])
def test_districts_and_communes(case: dict[str, str]) -> None:
    finder = BodyFinder(home_place(case.get("home")))
    assert [b.key for b in finder.find(f"Giao {case['printed']} báo cáo.")] == [case["key"]]


def test_districts_in_a_list() -> None:
    finder = BodyFinder(home_place("Hồ Chí Minh"))
    found = finder.find("Giao UBND các quận 1, 3, Gò Vấp và 10 báo cáo 5 nội dung.")
    assert [b.scope for b in found] == [f"ho-chi-minh/quan-{name}" for name in ("1", "3", "go-vap", "10")]


@pytest.mark.parametrize("printed", ["Hội đồng nhân dân xã Khóa XXII", "Huyện ủy Bí thư", "Đảng ủy xã Nhiệm kỳ 2025"])
def test_what_stands_where_a_name_would(printed: str) -> None:
    assert BodyFinder(None).find(f"{printed} báo cáo.") == []


@pytest.mark.parametrize("district", districts(), ids=lambda d: d.key)
def test_every_district_is_found_by_its_name(district) -> None:  # type: ignore[no-untyped-def]
    home = next(province(j) for j in jurisdictions() if j.slug == district.province)
    (found,) = BodyFinder(home).find(f"Giao UBND {district.unit} {district.name} báo cáo.")
    assert found.key == f"{district.key}/uy-ban-nhan-dan"
    assert found.name == f"Ủy ban nhân dân {district.unit} {district.name}"


def test_names_inside_a_reference_are_no_mentions() -> None:
    text = "Nghị quyết 15-NQ/TW của Bộ Chính trị"
    found = BodyFinder(None).find(text, [(0, text.index(" của"))])
    assert [b.name for b in found] == ["Bộ Chính trị"]


@pytest.mark.parametrize("entry", [b for b in bodies() if b.name != "Trung ương Đảng"], ids=lambda b: b.key)
def test_every_central_body_is_found_by_its_name(entry) -> None:  # type: ignore[no-untyped-def]
    text = f"Theo đề nghị của {entry.name}."
    found = BodyFinder(None).find(text)
    assert [text[b.start : b.end] for b in found][:1] == [entry.name]


@pytest.mark.parametrize("jurisdiction", jurisdictions(), ids=lambda j: j.slug)
def test_every_province_speaks_of_itself(jurisdiction) -> None:  # type: ignore[no-untyped-def]
    place = province(jurisdiction)
    finder = BodyFinder(place)
    unit = place.unit.capitalize()
    found = finder.find(f"Giao UBND {unit} và {place.party} báo cáo.")
    assert [b.key for b in found] == [f"{place.key}/uy-ban-nhan-dan", f"{place.key}/cap-uy"]
    named = BodyFinder(None).find(f"Giao UBND {place.unit} {place.name} báo cáo.")
    assert [b.name for b in named] == [f"Ủy ban nhân dân {place.unit} {place.name}"]
