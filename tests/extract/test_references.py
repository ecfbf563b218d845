"""Where a text refers to a document, and how the number is read there."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from chidao.extract import extract_text
from chidao.extract.model import Reference, Source

CASES = tomllib.loads(Path(__file__).parent.joinpath("cases", "references.toml").read_text("utf-8"))
Case = dict[str, Any]
PARTS = ("rule", "text", "type", "number", "symbol", "year")


def read(text: str) -> tuple[Reference, ...]:
    return extract_text(Source("", "", "", text)).references


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["id"])
def test_reference(case: Case) -> None:
    expected = [tuple(row.get(part) for part in PARTS) for row in case["found"]]
    assert [tuple(getattr(r, part) for part in PARTS) for r in read(case["text"])] == expected


@pytest.mark.parametrize("case", CASES["none"], ids=lambda case: case["id"])
def test_no_reference(case: Case) -> None:
    assert [r.text for r in read(case["text"])] == []


def test_every_rule_has_a_case() -> None:
    rules = {row["rule"] for case in CASES["case"] for row in case["found"]}
    assert rules == {"code", "code-without-so", "code-enumeration", "code-alone", "law-number", "bare-number"}


AROUND = [
    "Thực hiện {} ngày 05/5/2022.",
    "({})",
    "Các cấp ủy quán triệt {}; các đơn vị báo cáo.",
    "Kết quả đạt được theo {}¹².",
    "- {}: hoàn thành.",
]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("form", CASES["form"], ids=lambda form: form["printed"])
def test_form(around: str, form: Case) -> None:
    (found,) = read(around.format(form["printed"]))
    assert (found.text, found.number, found.symbol) == (form["printed"], form["number"], form["symbol"])
    assert (found.kind, found.year) == ("numbered", form.get("year"))


def test_footnote_digit_glued_to_the_symbol() -> None:
    (found,) = read("Thực hiện Nghị quyết số 15-NQ/TW1 ngày 05/5/2022 của Bộ Chính trị.")
    assert (found.text, found.symbol) == ("Nghị quyết số 15-NQ/TW", "NQ/TW")
    assert (found.date, found.issuer) == ("2022-05-05", "Bộ Chính trị")


def test_number_line_of_the_heading_is_no_reference() -> None:
    text = "CHÍNH PHỦ\nSố: 12/NQ-CP\nHà Nội, ngày 01 tháng 02 năm 2024\n\nNGHỊ QUYẾT\nVề phiên họp\n\nGiao Bộ Nội vụ."
    facts = extract_text(Source("", "", "", text))
    assert facts.heading.number == "12"
    assert facts.references == ()


def test_what_a_congress_decides_cites_no_congress_at_its_head() -> None:
    head = "NGHỊ QUYẾT\n\nĐẠI HỘI ĐẠI BIỂU ĐẢNG BỘ TỈNH HÀ GIANG LẦN THỨ IX, NHIỆM KỲ 2031 - 2036\n\n"
    text = f"{head}Đại hội đã thảo luận việc thực hiện Nghị quyết Đại hội Đảng bộ tỉnh lần thứ VIII."
    assert [r.text for r in extract_text(Source("", "", "", text)).references] == [
        "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ VIII"
    ]


def test_passage_that_begins_with_a_number_is_no_heading() -> None:
    assert [r.text for r in read("số 11-NQ/TW ngày 16/6/2022; số 13-NQ/TW ngày 02/4/2022")] == ["11-NQ/TW", "13-NQ/TW"]


def test_shared_tail() -> None:
    """What stands behind the last of a list holds for the bare ones before it."""
    first, second = read("Nghị quyết số 15-NQ/TU và 16-NQ/TU của Thành ủy Hà Nội.")
    assert first.issuer == second.issuer == "Thành ủy Hà Nội"
    first, second = read("Nghị định số 62/2020/NĐ-CP, Nghị định số 106/2020/NĐ-CP của Chính phủ về vị trí việc làm.")
    assert first.title == second.title == "về vị trí việc làm"
    assert first.issuer == second.issuer == "Chính phủ"


def test_an_issuer_is_shared_by_what_it_can_have_issued() -> None:
    law, decree = read("Luật Lưu trữ số 33/2024/QH15 và Nghị định số 113/2025/NĐ-CP của Chính phủ.")
    assert (law.issuer, decree.issuer) == (None, "Chính phủ")


def test_a_date_is_not_shared() -> None:
    first, second = read("Nghị quyết số 18, 19-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương.")
    assert (first.date, second.date) == (None, "2017-10-25")


def test_numbers_of_one_series_have_one_issuer() -> None:
    first, second = read("Các Quyết định số 5/QĐ-BNV, 6/QĐ-BNV ngày 25/5/2023 của Bộ trưởng Bộ Nội vụ hết hiệu lực.")
    assert first.issuer == second.issuer == "Bộ trưởng Bộ Nội vụ"
    first, second = read("Nghị quyết số 5-NQ/TW, Nghị quyết số 6-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương.")
    assert (first.issuer, second.issuer) == (None, "Ban Chấp hành Trung ương")


def test_a_law_and_what_ocr_spelt_behind_it() -> None:
    found = read("theo Luật Nhà ở, Nghi quyết số 201/2025/QH15 ngày 29/5/2025.")
    assert [(f.text, f.number) for f in found] == [("Luật Nhà ở", None), ("201/2025/QH15", "201")]
