"""Unions of agencies and associations of schools, whose names no table lists, as letterheads print them."""

from __future__ import annotations

import pytest

from chidao.extract.facts import extract_text
from chidao.extract.model import Source

UNION = "LIÊN ĐOÀN LAO ĐỘNG TỈNH LÀO CAI"


@pytest.mark.parametrize(
    ("letterhead", "issuer"),
    [
        (f"{UNION}\nCÔNG ĐOÀN CƠ SỞ SỞ Y TẾ", "Công đoàn cơ sở Sở Y tế tỉnh Lào Cai"),
        (f"{UNION}\nCÔNG ĐOÀN CƠ SỞ TRƯỜNG THPT MẪU", "Công đoàn cơ sở Trường Trung học phổ thông Mẫu tỉnh Lào Cai"),
        (f"{UNION}\nCÔNG ĐOÀN SỞ NỘI VỤ", "Công đoàn Sở Nội vụ tỉnh Lào Cai"),
        (
            "TRƯỜNG TIỂU HỌC BẢN QUA\nBAN ĐẠI DIỆN CHA MẸ HỌC SINH",
            "Ban đại diện cha mẹ học sinh Trường Tiểu học Bản Qua",
        ),
        ("TRƯỜNG TIỂU HỌC\nBẢN QUA\nHỘI CHA MẸ HỌC SINH", "Hội cha mẹ học sinh Trường Tiểu học Bản Qua"),
        (
            "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nTRƯỜNG TIỂU HỌC BẢN QUA\nHỘI CHA MẸ HỌC SINH",
            "Hội cha mẹ học sinh Trường Tiểu học Bản Qua",
        ),
        ("BỘ CÔNG THƯƠNG\nTRƯỜNG CAO ĐẲNG CÔNG NGHIỆP HUẾ", "Trường Cao đẳng Công nghiệp Huế"),
        ("SỞ Y TẾ TỈNH NGHỆ AN\nBỆNH VIỆN MẮT VINH", "Bệnh viện Mắt Vinh tỉnh Nghệ An"),
        # what says more than its kind says itself whose it is
        ("TRƯỜNG TIỂU HỌC BẢN QUA\nCHI BỘ TRƯỜNG TIỂU HỌC BẢN QUA", "Chi bộ Trường Tiểu học Bản Qua"),
    ],
)
def test_issuer(letterhead: str, issuer: str) -> None:
    text = f"{letterhead}\nSố: 5/TB-ABC\nBản Qua, ngày 05 tháng 3 năm 2026\n\nTHÔNG BÁO\nVề việc họp\n"
    assert extract_text(Source("a", "", "", text)).heading.issuer == issuer


def test_the_associations_of_two_schools_are_two() -> None:
    keys = {
        extract_text(
            Source(
                "a", "", "", f"TRƯỜNG TIỂU HỌC {name}\nHỘI CHA MẸ HỌC SINH\nSố: 5/TB-HCM\n\nTHÔNG BÁO\nVề việc họp\n"
            )
        ).heading.issuer_key
        for name in ("BẢN QUA", "BẢN MẪU")
    }
    assert len(keys) == 2 and None not in keys
