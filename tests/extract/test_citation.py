"""Date, issuer and title behind a code, in whatever order the writer chose."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract import extract_text
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.citation import CitationDetails, read_citation
from chidao.extract.mentions.title_stops import Following
from chidao.extract.mentions.title_text import clean_title
from chidao.extract.model import Reference, Source

CASES = tomllib.loads(Path(__file__).parent.joinpath("cases", "citation.toml").read_text("utf-8"))


def read(text: str) -> Reference:
    return extract_text(Source("", "", "", text)).references[0]


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["id"])
def test_details(case: dict[str, Any]) -> None:
    reference = read(case["text"])
    expected = case.get("date"), case.get("issuer"), case.get("title")
    assert (reference.date, reference.issuer, reference.title) == expected
    assert reference.end <= reference.extent


@pytest.mark.parametrize("case", CASES["nested"], ids=lambda case: case["id"])
def test_title_that_names_another_document(case: dict[str, Any]) -> None:
    assert read(case["text"]).title == case.get("title")


@pytest.mark.parametrize("case", CASES["adrift"], ids=lambda case: case["issuer"])
def test_a_paper_that_names_no_province(case: dict[str, str]) -> None:
    head = "ỦY BAN NHÂN DÂN\nXÃ YÊN MẪU\nSố: 63/KH-UBND\nYên Mẫu, ngày 27 tháng 01 năm 2026\n\nKẾ HOẠCH\nTổ chức Lễ hội\n\n"
    found = read(f"{head}Căn cứ {case['text']};\n")
    assert (found.issuer_key or "-", found.issuer, found.title) == (case["key"], case["issuer"], case.get("title"))


@pytest.mark.parametrize(
    ("said", "issuer"),
    [
        ("- Đảng ủy đã ban hành Chương trình hành động số 45-CTr/ĐU;", "Đảng ủy Trường Đại học Mẫu"),
        ("Trong năm, Ban Thường vụ Đảng ủy ban hành Kế hoạch số 46-KH/ĐU;", "Ban Thường vụ Đảng ủy Trường Đại học Mẫu"),
        ("- Đảng ủy xã Mẫu đã ban hành Chương trình số 47-CTr/ĐU;", "Đảng ủy xã Mẫu"),
        ("- Đảng ủy có Kế hoạch số 48/KH-UBND;", None),
        ("- Thực hiện Kế hoạch số 49-KH/ĐU;", None),
    ],
)
def test_the_committee_whose_paper_it_is(said: str, issuer: str | None) -> None:
    head = "ĐẢNG BỘ TỈNH SƠN LA\nĐẢNG ỦY TRƯỜNG ĐẠI HỌC MẪU\n*\nSố 8-BC/ĐU\nSơn La, ngày 28 tháng 11 năm 2025\n\nBÁO CÁO\nsơ kết\n\n"
    found = read(f"{head}{said}\n").issuer
    assert found is None if issuer is None else (found or "").startswith(issuer)


def test_the_committee_of_a_commune_whose_paper_it_is() -> None:
    head = "ĐẢNG BỘ QUẬN MẪU\nĐẢNG ỦY PHƯỜNG THUẬN MẪU\n*\nSố 8-BC/ĐU\nThuận Mẫu, ngày 28 tháng 11 năm 2023\n\nBÁO CÁO\nsơ kết\n\n"
    assert (read(f"{head}Đầu năm, Đảng ủy đã ban hành Nghị quyết số 31-NQ/ĐU;\n").issuer or "").startswith(
        "Đảng ủy phường Thuận Mẫu"
    )
    assert read(f"{head}Thực hiện Nghị quyết số 32-NQ/ĐU;\n").issuer is None
    assert read(f"{head}Theo báo cáo của xã Y Mẫu, Đảng ủy đã ban hành Nghị quyết số 33-NQ/ĐU;\n").issuer is None


def test_extent_covers_all_that_belongs_to_the_mention() -> None:
    text = "Theo Kết luận số 21-KL/TW ngày 25/10/2021 của Bộ Chính trị về “Xây dựng Đảng”, các cấp ủy báo cáo."
    reference = read(text)
    assert text[reference.start : reference.extent] == text[text.index("Kết luận") : text.index(", các")]


@pytest.mark.parametrize("case", CASES["clean"], ids=lambda case: case["clean"])
def test_clean_title(case: dict[str, str]) -> None:
    assert clean_title(case["printed"]) == case["clean"]


@given(st.text('ngày0123456789/ củavề“”"«»;,.()\n¹TWthực hiện', max_size=120))
def test_any_text_behind_a_code_is_read(text: str) -> None:
    details = read_citation(text, 0, BodyFinder(None), Following())
    assert isinstance(details, CitationDetails)
    assert 0 <= details.extent <= len(text)


def test_following() -> None:
    following = Following()
    for start, extent in [(30, 35), (20, 25), (10, 15)]:
        following.add(start, extent)
    assert [following.first(at, 31) for at in (0, 10, 11, 31)] == [(10, 15), (10, 15), (20, 25), None]
    assert following.first(11, 20) is None
