"""The document's own identity, from headings laid out in every usual way."""

from __future__ import annotations

from pathlib import Path

import pytest

from chidao.extract import extract_text
from chidao.extract.model import Heading, Source

SAMPLES = Path(__file__).parents[2] / "samples"


def read(text: str, home: str | None = None) -> Heading:
    return extract_text(Source("", "", "", text), home).heading


# file: type, number, symbol, date, place, issuer, beginning of the title, signer's role, number of recipients
SAMPLE_HEADINGS = {
    "01": ("Nghị quyết", "15", "NQ/TW", "2022-05-05", "Hà Nội", "Bộ Chính trị", "về phương hướng", None, 4),
    "02": ("Nghị quyết", "12", "NQ-CP", "2023-02-07", "Hà Nội", "Chính phủ", "Ban hành", "Phó Thủ tướng", 5),
    "03": ("Chương trình hành động", "16", "CTr/TU", "2022-08-26", "Hà Nội", "Thành ủy Hà Nội", "thực hiện", "Phó Bí thư", 5),
    "04": ("Kế hoạch", "118", "KH-UBND", "2023-04-20", "Hà Nội", "Ủy ban nhân dân thành phố Hà Nội", "Triển khai", "Phó Chủ tịch", 5),
    "05": ("Kế hoạch", "45", "KH/HU", "2022-10-10", "Đông Anh", "Huyện ủy Đông Anh", "thực hiện", "Phó Bí thư thường trực", 4),
    "06": ("Kế hoạch", "156", "KH-UBND", "2023-05-29", "Đông Anh", "Ủy ban nhân dân huyện Đông Anh", "Thực hiện", "Chủ tịch", 5),
    "07": ("Quy định", "08", "QĐ/TU", "2022-03-14", "Hà Nội", "Ban Thường vụ Thành ủy Hà Nội", "về công tác", "Phó Bí thư thường trực", 4),
    "08": ("Hướng dẫn", "1562", "HD-SNV", "2022-06-22", "Hà Nội", "Sở Nội vụ thành phố Hà Nội", "Một số nội dung", "Phó Giám đốc", 4),
    "09": ("Nghị quyết", "15", "NQ/TU", "2025-03-18", "Bắc Ninh", "Ban Thường vụ Tỉnh ủy Bắc Ninh", "về phát triển", "Bí thư", 4),
    "10": ("Báo cáo", "212", "BC/HU", "2023-09-15", "Đông Anh", "Huyện ủy Đông Anh", "sơ kết một năm", "Phó Bí thư", 4),
    "11": ("Công văn", "1204", "UBND-KGVX", "2025-04-25", "Bắc Ninh", "Ủy ban nhân dân tỉnh Bắc Ninh", "triển khai", "Phó Chủ tịch", 4),
    "12": ("Quyết định", "412", "QĐ-UBND", "2022-09-30", "Bắc Ninh", "Ủy ban nhân dân tỉnh Bắc Ninh", "Ban hành", "Chủ tịch", 5),
}  # fmt: skip


@pytest.mark.parametrize(
    ("file", "expected"), [(f, SAMPLE_HEADINGS[f.name[:2]]) for f in sorted(SAMPLES.iterdir())], ids=lambda x: ""
)
def test_sample(file: Path, expected: tuple[str | int | None, ...]) -> None:
    heading = read(file.read_text(encoding="utf-8"))
    kind, number, symbol, date, place, issuer, title, role, recipients = expected
    assert (heading.type, heading.number, heading.symbol) == (kind, number, symbol)
    assert (heading.date, heading.place, heading.issuer) == (date, place, issuer)
    assert heading.title and heading.title.startswith(str(title))
    assert heading.signer_role == role
    assert len(heading.recipients) == recipients
    assert not any(r.startswith("-") or r.endswith((",", ";", ".")) for r in heading.recipients)


BODY = "\n\nGiao Sở Nội vụ chủ trì thực hiện.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "CHÍNH PHỦ\n-------\nSố: 30/2020/NĐ-CP\nHà Nội, ngày 05 tháng 3 năm 2020\n\nNGHỊ ĐỊNH\nVề công tác văn thư",
            ("Nghị định", "30", "NĐ-CP", 2020, "2020-03-05", "Hà Nội", "Chính phủ", "Về công tác văn thư"),
            id="one-column",
        ),
        pytest.param(
            "| CHÍNH PHỦ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n| Số: 76/NQ-CP | Hà Nội, ngày 15 tháng 7 năm 2021 |\n\n"
            "NGHỊ QUYẾT\nBan hành Chương trình tổng thể cải cách hành chính",
            ("Nghị quyết", "76", "NQ-CP", None, "2021-07-15", "Hà Nội", "Chính phủ", "Ban hành Chương trình tổng thể cải cách hành chính"),
            id="table",
        ),
        pytest.param(
            "ỦY BAN NHÂN DÂN      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH LÀO CAI             Độc lập - Tự do - Hạnh phúc\n"
            "Số: 134/KH-UBND          Lào Cai, ngày 20 tháng 5 năm 2022\n\nKẾ HOẠCH\nPhát triển du lịch",
            ("Kế hoạch", "134", "KH-UBND", None, "2022-05-20", "Lào Cai", "Ủy ban nhân dân tỉnh Lào Cai", "Phát triển du lịch"),
            id="two-columns",
        ),
        pytest.param(
            "TỈNH ỦY BẮC NINH\n*\nSố 21-KH/TU\nBắc Ninh, ngày 02 tháng 6 năm 2021\n\nKẾ HOẠCH\nthực hiện Nghị quyết Đại hội XIII của Đảng",
            ("Kế hoạch", "21", "KH/TU", None, "2021-06-02", "Bắc Ninh", "Tỉnh ủy Bắc Ninh", "thực hiện Nghị quyết Đại hội XIII của Đảng"),
            id="party",
        ),
        pytest.param(
            "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\nSố:       /KH-UBND\nLào Cai, ngày      tháng 5 năm 2022\n\nKẾ HOẠCH\nPhát triển du lịch",
            ("Kế hoạch", None, "KH-UBND", None, None, "Lào Cai", "Ủy ban nhân dân tỉnh Lào Cai", "Phát triển du lịch"),
            id="draft",
        ),
        pytest.param(
            "**UBND TỈNH LÀO CAI**\n**SỞ NỘI VỤ**\n\n**Số: 15/KH-SNV**\n\n*Lào Cai, ngày 20 tháng 5 năm 2022*\n\n**KẾ HOẠCH**\n\n**Tuyển dụng**\n**viên chức**",
            ("Kế hoạch", "15", "KH-SNV", None, "2022-05-20", "Lào Cai", "Sở Nội vụ tỉnh Lào Cai", "Tuyển dụng viên chức"),
            id="markdown",
        ),
        pytest.param(
            "BỘ NỘI VỤ\nSố: 120/BNV-TCBC\nV/v sắp xếp tổ chức bộ máy\nHà Nội, ngày 01 tháng 02 năm 2024\n\nKính gửi: Các tỉnh",
            ("Công văn", "120", "BNV-TCBC", None, "2024-02-01", "Hà Nội", "Bộ Nội vụ", "sắp xếp tổ chức bộ máy"),
            id="letter",
        ),
        pytest.param(
            "QUỐC HỘI\nLuật số: 31/2024/QH15\nHà Nội, ngày 18 tháng 01 năm 2024\n\nLUẬT\nĐẤT ĐAI",
            ("Luật", "31", "QH15", 2024, "2024-01-18", "Hà Nội", "Quốc hội", "ĐẤT ĐAI"),
            id="law",
        ),
        pytest.param(
            "ĐẢNG CỘNG SẢN VIỆT NAM\nBAN CHẤP HÀNH TRUNG ƯƠNG\n*\nSố 75-KL/TW\nHà Nội, ngày 28 tháng 7 năm 2026\n\nKẾT LUẬN\n"
            "HỘI NGHỊ LẦN THỨ BA\nBAN CHẤP HÀNH TRUNG ƯƠNG ĐẢNG KHÓA XIV\nvề bảo vệ môi trường",
            ("Kết luận", "75", "KL/TW", None, "2026-07-28", "Hà Nội", "Ban Chấp hành Trung ương", "về bảo vệ môi trường"),
            id="of a meeting",
        ),
        pytest.param(
            "TỈNH ỦY LÀO CAI\n*\nSố 09-NQ/TU\nLào Cai, ngày 28 tháng 7 năm 2026\n\nNGHỊ QUYẾT\nHỘI NGHỊ LẦN THỨ 5 BAN CHẤP HÀNH "
            "ĐẢNG BỘ TỈNH KHÓA XVII\nVỀ PHÁT TRIỂN DU LỊCH",
            ("Nghị quyết", "09", "NQ/TU", None, "2026-07-28", "Lào Cai", "Tỉnh ủy Lào Cai", "VỀ PHÁT TRIỂN DU LỊCH"),
            id="of a meeting in capitals",
        ),
        pytest.param(
            "ĐẢNG CỘNG SẢN VIỆT NAM\nBỘ CHÍNH TRỊ\n*\nSố 57-NQ/TW\nHà Nội, ngày 22 tháng 12 năm 2024\n\nNGHỊ QUYẾT\nCỦA BỘ CHÍNH TRỊ\n"
            "đột phá phát triển khoa học",
            ("Nghị quyết", "57", "NQ/TW", None, "2024-12-22", "Hà Nội", "Bộ Chính trị", "đột phá phát triển khoa học"),
            id="a small letter with marks after the organ",
        ),
    ],
)  # fmt: skip
def test_layouts(text: str, expected: tuple[str | int | None, ...]) -> None:
    h = read(text + BODY)
    assert (h.type, h.number, h.symbol, h.year, h.date, h.place, h.issuer, h.title) == expected


def test_running_text_has_no_heading() -> None:
    assert read("Thành ủy đã ban hành Quy định số 08-QĐ/TU ngày 14/3/2022.") == Heading()


def test_declared_home_counts_where_the_heading_is_silent() -> None:
    text = "BÁO CÁO\nkết quả công tác quý I" + BODY
    assert read(text).scope is None
    assert read(text, "Lào Cai").scope == "lao-cai"


def test_heading_counts_before_the_declared_home() -> None:
    text = "TỈNH ỦY BẮC NINH\nSố 21-KH/TU\nBắc Ninh, ngày 02 tháng 6 năm 2021\n\nKẾ HOẠCH\nvề chuyển đổi số" + BODY
    assert read(text, "Lào Cai").scope == "bac-ninh"


def test_signature_block() -> None:
    text = (
        "THÀNH ỦY HÀ NỘI\nSố 83-KH/TU\nHà Nội, ngày 27 tháng 5 năm 2022\n\nKẾ HOẠCH\nvề chuyển đổi số" + BODY + "\n"
        "Nơi nhận:                              T/M BAN THƯỜNG VỤ\n"
        "- Các quận, huyện,                        PHÓ BÍ THƯ\n"
        "- Lưu Văn phòng.\n\n\n                                          Nguyễn Thị Mẫu\n"
    )
    heading = read(text)
    assert (heading.signer, heading.signer_role) == ("Nguyễn Thị Mẫu", "Phó Bí thư")
    assert heading.recipients == ("Các quận, huyện", "Lưu Văn phòng")
