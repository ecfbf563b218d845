"""The table of laws: what its rows must agree on, and which version a day means."""

from __future__ import annotations

from datetime import date

import pytest

from chidao.extract import extract_text
from chidao.extract.language.laws import KNOWN_UNTIL, Law, in_force, is_cut, known_law, laws
from chidao.extract.model import Source

ROWS = [law for versions in laws().values() for law in versions]


@pytest.mark.parametrize("law", ROWS, ids=lambda law: law.code)
def test_row(law: Law) -> None:
    assert date.fromisoformat(law.passed) <= date.fromisoformat(law.in_force)
    assert law.passed <= KNOWN_UNTIL
    assert law.passed.startswith(str(law.year))
    assert {other.code for other in ROWS if other.passed < law.passed}.issuperset(law.replaces)


def test_numbers_are_unique() -> None:
    assert len({law.code for law in ROWS}) == len({law.key for law in ROWS}) == len(ROWS)


@pytest.mark.parametrize("name", sorted(laws()))
def test_versions_are_in_order(name: str) -> None:
    versions = laws()[name]
    assert [law.in_force for law in versions] == sorted(law.in_force for law in versions)


@pytest.mark.parametrize(
    ("name", "day", "numbers"),
    [
        ("luat/xay-dung", "2015-03-01", ["50"]),
        ("luat/xay-dung", "2014-08-01", ["16", "50"]),
        ("luat/xay-dung", "2003-01-01", []),
        ("luat/to-chuc-hoi-dong-nhan-dan-va-uy-ban-nhan-dan", "2013-06-24", ["11"]),
        ("luat/to-chuc-hoi-dong-nhan-dan-va-uy-ban-nhan-dan", "2016-02-01", []),
        ("luat/can-cuoc-cong-dan", "2023-01-01", ["59"]),
        ("luat/can-cuoc-cong-dan", "2024-07-01", []),
        ("luat/xay-dung", "2031-01-01", []),
        ("luat/vuon-song", "2015-03-01", []),
    ],
)
def test_in_force(name: str, day: str, numbers: list[str]) -> None:
    assert [law.number for law in in_force(name, day)] == numbers


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("MTTQ Việt Nam", "Mặt trận Tổ quốc Việt Nam"),
        ("Bầu cử", "Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân"),
        ("KH, CN&ĐMST", "Khoa học, công nghệ và đổi mới sáng tạo"),
        ("Ban hành văn bản quyphạm pháp luật", "Ban hành văn bản quy phạm pháp luật"),
        ("Phòng chống thiên tai", "Phòng, chống thiên tai"),
        ("Hoà giải ở cơ sở", "Hòa giải ở cơ sở"),
        ("Tổ chức HĐND và UBND", "Tổ chức Hội đồng nhân dân và Ủy ban nhân dân"),
        ("Tổ chức HĐND & UBND", "Tổ chức Hội đồng nhân dân và Ủy ban nhân dân"),
        ("Tổ chức HĐND&UBND", "Tổ chức Hội đồng nhân dân và Ủy ban nhân dân"),
        (
            "Ban hành văn bản QPPL của HĐND, UBND",
            "Ban hành văn bản quy phạm pháp luật của Hội đồng nhân dân, Ủy ban nhân dân",
        ),
        ("Ban hành VBQPPL", "Ban hành văn bản quy phạm pháp luật"),
        ("Tổ chức CQĐP", "Tổ chức chính quyền địa phương"),
        ("Bầu cử ĐBQH và đại biểu HĐND", "Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân"),
        ("BVMT", "Bảo vệ môi trường"),
        ("BẢO HIỂM XÃ HỘI", "Bảo hiểm xã hội"),
        ("Đất\nđai", "Đất đai"),
    ],
)
def test_names(printed: str, name: str) -> None:
    assert known_law(f"Luật {printed}, các sở", 5) == (5 + len(printed), name)


@pytest.mark.parametrize("cut", ["Quản lý", "Giám", "Tổ chức", "Phòng chống tác"])
def test_cut_name_is_none(cut: str) -> None:
    assert is_cut(cut)
    assert extract_text(Source("", "", "", f"Theo Luật {cut}\n\nCác sở báo cáo.")).references == ()


@pytest.mark.parametrize("whole", ["Quản lý thuế", "Giám định tư pháp", "Dân số", "Vườn sông"])
def test_whole_name_is_not_cut(whole: str) -> None:
    assert not is_cut(whole)


def test_a_site_is_no_law() -> None:
    assert extract_text(Source("", "", "", "Theo Luật Việt Nam.")).references == ()
