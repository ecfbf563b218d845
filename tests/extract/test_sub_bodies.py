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
        ("BỘ Y TẾ\nĐẠI HỌC ĐÀ NẴNG\nTRƯỜNG ĐẠI HỌC SƯ PHẠM", "Trường Đại học Sư phạm, Đại học Đà Nẵng"),
        ("ĐẠI HỌC QUỐC GIA HÀ NỘI\nTRƯỜNG ĐẠI HỌC KINH TẾ", "Trường Đại học Kinh tế, Đại học Quốc gia Hà Nội"),
        ("BỘ GIÁO DỤC VÀ ĐÀO TẠO\nTRƯỜNG ĐẠI HỌC VINH", "Trường Đại học Vinh"),
        ("CÔNG TY CỔ PHẦN ĐIỆN NƯỚC LÀO CAI\nHỘI ĐỒNG QUẢN TRỊ", "Hội đồng quản trị Công ty Cổ phần Điện nước Lào Cai"),
        (
            "CÔNG TY TNHH MTV XỔ SỐ KIẾN THIẾT\nTỈNH LÀO CAI\nHỘI ĐỒNG THÀNH VIÊN",
            "Hội đồng thành viên Công ty TNHH MTV Xổ số kiến thiết tỉnh Lào Cai",
        ),
        ("CÔNG TY CỔ PHẦN ĐIỆN NƯỚC VIỆT NAM\nBAN KIỂM SOÁT", "Ban Kiểm soát Công ty Cổ phần Điện nước Việt Nam"),
        ("TỔNG CÔNG TY ĐIỆN LỰC\nCÔNG TY ĐIỆN LỰC LÀO CAI\nBAN AN TOÀN", "Ban An toàn Công ty Điện lực Lào Cai"),
        ("TỔNG CÔNG TY ĐIỆN LỰC MIỀN BẮC\nCÔNG TY ĐIỆN LỰC LÀO CAI", "Công ty Điện lực Lào Cai"),
        (
            "TỔNG CÔNG TY ĐIỆN LỰC MIỀN BẮC\nBAN QUẢN LÝ DỰ ÁN LƯỚI ĐIỆN",
            "Ban Quản lý Dự án lưới điện Tổng công ty Điện lực miền bắc",
        ),
        ("ĐẢNG ỦY CÔNG TY APATIT VIỆT NAM\nBAN TỔ CHỨC", "Ban Tổ chức Đảng ủy Công ty Apatit Việt Nam"),
        ("UBND TỈNH LÀO CAI\nBAN QUẢN LÝ DỰ ÁN GIAO THÔNG", "Ban Quản lý Dự án giao thông tỉnh Lào Cai"),
        ("TRƯỜNG ĐẠI HỌC TÂY BẮC\nHỘI ĐỒNG TRƯỜNG", "Hội đồng trường Trường Đại học Tây Bắc"),
        ("UBND TỈNH LÀO CAI\nBAN VÌ SỰ TIẾN BỘ CỦA PHỤ NỮ", "Ban Vì sự tiến bộ của phụ nữ tỉnh Lào Cai"),
        ("SỞ NỘI VỤ TỈNH LÀO CAI\nBAN TÔN GIÁO", "Ban Tôn giáo Sở Nội vụ tỉnh Lào Cai"),
        ("TỈNH ỦY LÀO CAI\nBAN THƯỜNG VỤ", "Ban Thường vụ Tỉnh ủy Lào Cai"),
        ("HỘI NÔNG DÂN TỈNH LÀO CAI\nBAN THƯỜNG VỤ", "Ban Thường vụ Hội Nông dân tỉnh Lào Cai"),
        ("HỘI ĐỒNG NHÂN DÂN TỈNH LÀO CAI\nBAN PHÁP CHẾ", "Ban Pháp chế Hội đồng nhân dân tỉnh Lào Cai"),
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


@pytest.mark.parametrize("above", ["UBND TỈNH LÀO CAI\n", "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\n"])
def test_a_symbol_of_the_centre_below_a_province(above: str) -> None:
    text = f"{above}HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG\nSố: 5/BC-HĐTĐKT\nLào Cai, ngày 05 tháng 3 năm 2026\n\nBÁO CÁO\nVề thi đua\n"
    assert extract_text(Source("a", "", "", text)).heading.issuer == "Hội đồng Thi đua - Khen thưởng tỉnh Lào Cai"
