"""Where a text refers to a document, and how the number is read there."""

from __future__ import annotations

import pytest

from chidao.extract import extract_text
from chidao.extract.model import Reference, Source

# (rule, text, type, number, symbol, year) of every reference of a sentence.
Row = tuple[str, str, str | None, str, str | None, int | None]
CASES = [
    # code
    pytest.param(
        "Thành ủy quán triệt Nghị quyết số 15-NQ/TW ngày 05/5/2022.",
        [("code", "Nghị quyết số 15-NQ/TW", "Nghị quyết", "15", "NQ/TW", None)],
        id="party",
    ),
    pytest.param(
        "Sở Nội vụ thực hiện Nghị định số 62/2020/NĐ-CP của Chính phủ.",
        [("code", "Nghị định số 62/2020/NĐ-CP", "Nghị định", "62", "NĐ-CP", 2020)],
        id="state-with-year",
    ),
    pytest.param(
        "Theo Công văn số: 9387/UBND-KT, các sở báo cáo.",
        [("code", "Công văn số: 9387/UBND-KT", "Công văn", "9387", "UBND-KT", None)],
        id="letter-with-a-colon",
    ),
    pytest.param(
        "Ban hành Nghị quyết chuyên đề số 15-NQ/TU về sắp xếp bộ máy.",
        [("code", "Nghị quyết chuyên đề số 15-NQ/TU", "Nghị quyết chuyên đề", "15", "NQ/TU", None)],
        id="thematic-resolution",
    ),
    pytest.param(
        "Căn cứ Chương trình số 31-\nCTr/TW về công tác dân vận.",
        [("code", "Chương trình số 31-\nCTr/TW", "Chương trình", "31", "CTr/TW", None)],
        id="line-break-in-the-code",
    ),
    pytest.param(
        "Thành ủy ban hành Nghị quyết Số 34 -NQ/TU về du lịch.",
        [("code", "Nghị quyết Số 34 -NQ/TU", "Nghị quyết", "34", "NQ/TU", None)],
        id="blank-before-the-dash",
    ),
    pytest.param(
        "theo nghị quyết số 08/nq-tw về phát triển du lịch.",
        [("code", "nghị quyết số 08/nq-tw", "Nghị quyết", "08", "NQ/TW", None)],
        id="lower-case",
    ),
    pytest.param(
        "THỰC HIỆN NGHỊ QUYẾT SỐ 15-NQ/TW CỦA BỘ CHÍNH TRỊ",
        [("code", "NGHỊ QUYẾT SỐ 15-NQ/TW", "Nghị quyết", "15", "NQ/TW", None)],
        id="capitals",
    ),
    pytest.param(
        "Quy định **số 37-QĐ/TW** về những điều đảng viên không được làm.",
        [("code", "Quy định **số 37-QĐ/TW", "Quy định", "37", "QĐ/TW", None)],
        id="emphasis",
    ),
    pytest.param(
        "Nghị quyết\u00a0số\u00a015-NQ/TW ngày\u00a005/5/2022 có hiệu lực.",
        [("code", "Nghị quyết\u00a0số\u00a015-NQ/TW", "Nghị quyết", "15", "NQ/TW", None)],
        id="no-break-blanks",
    ),
    pytest.param(
        "Hướng dẫn của Ủy ban Kiểm tra Trung ương thực hiện Quy định số 22-QĐ/TW.",
        [("code", "Quy định số 22-QĐ/TW", "Quy định", "22", "QĐ/TW", None)],
        id="number-of-the-inner-document",
    ),
    # code-without-so
    pytest.param(
        "Triển khai Chỉ thị 24-CT/TW và Quyết định 749/QĐ-TTg.",
        [
            ("code-without-so", "Chỉ thị 24-CT/TW", "Chỉ thị", "24", "CT/TW", None),
            ("code-without-so", "Quyết định 749/QĐ-TTg", "Quyết định", "749", "QĐ-TTg", None),
        ],
        id="without-the-word-number",
    ),
    # code-enumeration
    pytest.param(
        "Tổng kết Nghị quyết số 18, 19-NQ/TW của Trung ương.",
        [
            ("code-enumeration", "Nghị quyết số 18", "Nghị quyết", "18", "NQ/TW", None),
            ("code-enumeration", "19-NQ/TW", "Nghị quyết", "19", "NQ/TW", None),
        ],
        id="numbers-share-a-symbol",
    ),
    pytest.param(
        "Các Nghị quyết số 15-NQ/TU và 16-NQ/TU đã được ban hành.",
        [
            ("code", "Nghị quyết số 15-NQ/TU", "Nghị quyết", "15", "NQ/TU", None),
            ("code-enumeration", "16-NQ/TU", "Nghị quyết", "16", "NQ/TU", None),
        ],
        id="codes-share-a-type-word",
    ),
    pytest.param(
        "Luật số 43/2024/QH15, số 47/2024/QH15 có hiệu lực.",
        [
            ("code", "Luật số 43/2024/QH15", "Luật", "43", "QH15", 2024),
            ("code-enumeration", "47/2024/QH15", "Luật", "47", "QH15", 2024),
        ],
        id="laws-share-a-type-word",
    ),
    # code-alone
    pytest.param(
        "theo số 12/QĐ-UBND ngày 01/02/2021, số 08-QĐ/TU và số 9/TB-UBND ngày 02/02/2021",
        [
            ("code-alone", "12/QĐ-UBND", "Quyết định", "12", "QĐ-UBND", None),
            ("code-alone", "08-QĐ/TU", None, "08", "QĐ/TU", None),
            ("code-alone", "9/TB-UBND", "Thông báo", "9", "TB-UBND", None),
        ],
        id="a-state-symbol-names-its-type",
    ),
    pytest.param(
        "Nghị quyết về kinh tế tư nhân (68-NQ/TW) mở ra không gian mới.",
        [("code-alone", "68-NQ/TW", "Nghị quyết", "68", "NQ/TW", None)],
        id="in-brackets",
    ),
    pytest.param(
        "Các văn bản số 37-QĐ/TW và số 189/KH-UBND.",
        [
            ("code", "văn bản số 37-QĐ/TW", None, "37", "QĐ/TW", None),
            ("code-alone", "189/KH-UBND", "Kế hoạch", "189", "KH-UBND", None),
        ],
        id="type-only-where-the-symbol-names-one",
    ),
    # law-number
    pytest.param(
        "Căn cứ Luật Đất đai số 31/2024/QH15 ngày 18/01/2024;",
        [("law-number", "Luật Đất đai số 31/2024/QH15", "Luật", "31", "QH15", 2024)],
        id="law-with-its-number",
    ),
    pytest.param(
        "Căn cứ Pháp lệnh Ưu đãi người có công với cách mạng số 02/2020/UBTVQH14;",
        [
            (
                "law-number",
                "Pháp lệnh Ưu đãi người có công với cách mạng số 02/2020/UBTVQH14",
                "Pháp lệnh",
                "02",
                "UBTVQH14",
                2020,
            )
        ],
        id="ordinance-with-its-number",
    ),
    pytest.param(
        "Căn cứ Luật Công đoàn số 40-LCT/HĐNN8;",
        [("law-number", "Luật Công đoàn số 40-LCT/HĐNN8", "Luật", "40", "LCT/HĐNN8", None)],
        id="law-of-the-council-of-state",
    ),
    # bare-number
    pytest.param(
        "Nghị định 68 và Chỉ thị 11 của Thành ủy.",
        [
            ("bare-number", "Nghị định 68", "Nghị định", "68", None, None),
            ("bare-number", "Chỉ thị 11", "Chỉ thị", "11", None, None),
        ],
        id="bare-numbers",
    ),
    pytest.param(
        "thực hiện công điện số 1234 ngày 30/11/2020 của ban chỉ đạo, chỉ thị số 5 điểm",
        [("bare-number", "công điện số 1234", "Công điện", "1234", None, None)],
        id="bare-number-with-a-day-in-lower-case",
    ),
]
NONE = [
    pytest.param("Ban hành 15 nghị quyết, 20 kế hoạch.", id="counted"),
    pytest.param("Quyết định 20 người, Thông báo 3%, Kết luận 15/7.", id="what-figures-count"),
    pytest.param("Kế hoạch 2021 đã hoàn thành.", id="year"),
    pytest.param("Nghị quyết 2021 của phường.", id="year-behind-a-type-that-takes-bare-numbers"),
    pytest.param("Các nghị quyết, chỉ thị của Đảng.", id="no-number"),
    pytest.param("Đơn giá 120/ha, 20-30/người, tỷ lệ 5/7.", id="rates"),
    pytest.param("Thửa đất số 12, tờ bản đồ số 15-A.", id="plot"),
    pytest.param("ngày 05/5/2022 và 26-5-2025", id="dates"),
    pytest.param("Điện thoại: 024/3825-1234; xe 29A-123.45", id="telephone-and-number-plate"),
    pytest.param("Xem https://hanoi.gov.vn/15/tin-tuc", id="address"),
    pytest.param("quyết định 5 nội dung quan trọng", id="verb"),
]


def read(text: str) -> tuple[Reference, ...]:
    return extract_text(Source("", "", "", text)).references


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_reference(text: str, expected: list[Row]) -> None:
    found = [(r.rule, r.text, r.type, r.number, r.symbol, r.year) for r in read(text)]
    assert found == expected


@pytest.mark.parametrize("text", NONE)
def test_no_reference(text: str) -> None:
    assert [r.text for r in read(text)] == []


def test_every_rule_has_a_case() -> None:
    rules = {row[0] for case in CASES for row in case.values[1]}  # type: ignore[union-attr]
    assert rules == {"code", "code-without-so", "code-enumeration", "code-alone", "law-number", "bare-number"}


FORMS = [
    # As printed, then number, symbol and year as a clerk would enter them in a register.
    ("Nghị quyết số 15-NQ/TW", "15", "NQ/TW", None),
    ("Chương trình số 31-\nCTr/TW", "31", "CTr/TW", None),
    ("Nghị quyết Số 34 -NQ/TU", "34", "NQ/TU", None),
    ("Quyết định số 866/QĐ – TTg", "866", "QĐ-TTg", None),
    ("Nghị định số 11/2025/NĐ\u2011CP", "11", "NĐ-CP", 2025),
    ("Quyết định số 338/QĐ/TTg", "338", "QĐ-TTg", None),
    ("Nghị quyết số 24/2026//NQ-CP", "24", "NQ-CP", 2026),
    ("Nghị quyết số 24/2026/NQCP", "24", "NQ-CP", 2026),
    ("Quyết định số 120/QĐTTHĐND", "120", "QĐ-TTHĐND", None),
    ("Nghị quyết số 66.16/2026/NQ-CP", "66.16", "NQ-CP", 2026),
    ("Nghị quyết số 549/NQ-UBTVQH15", "549", "NQ-UBTVQH15", None),
    ("nghị quyết số 08/nq-tw", "08", "NQ/TW", None),
    ("Quyết định số 299/TTg", "299", "TTg", None),
    ("Nghị định số 61-CP", "61", "CP", None),
    ("Luật số 10-LCT/HĐNN7", "10", "LCT/HĐNN7", None),
    ("Công văn số 9387/UBND-KT", "9387", "UBND-KT", None),
    ("Nghị quyết\u00a0số\u00a015\u00a0-\u00a0NQ/TW", "15", "NQ/TW", None),
]
AROUND = [
    "Thực hiện {} ngày 05/5/2022.",
    "({})",
    "Các cấp ủy quán triệt {}; các đơn vị báo cáo.",
    "Kết quả đạt được theo {}¹².",
    "- {}: hoàn thành.",
]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(("printed", "number", "symbol", "year"), FORMS)
def test_form(around: str, printed: str, number: str, symbol: str, year: int | None) -> None:
    (found,) = read(around.format(printed))
    assert (found.text, found.number, found.symbol, found.year) == (printed, number, symbol, year)
    assert found.kind == "numbered"


def test_footnote_digit_glued_to_the_symbol() -> None:
    (found,) = read("Thực hiện Nghị quyết số 15-NQ/TW1 ngày 05/5/2022 của Bộ Chính trị.")
    assert (found.text, found.symbol) == ("Nghị quyết số 15-NQ/TW", "NQ/TW")
    assert (found.date, found.issuer) == ("2022-05-05", "Bộ Chính trị")


def test_number_line_of_the_heading_is_no_reference() -> None:
    text = "CHÍNH PHỦ\nSố: 12/NQ-CP\nHà Nội, ngày 01 tháng 02 năm 2024\n\nNGHỊ QUYẾT\nVề phiên họp\n\nGiao Bộ Nội vụ."
    facts = extract_text(Source("", "", "", text))
    assert facts.heading.number == "12"
    assert facts.references == ()


def test_passage_that_begins_with_a_number_is_no_heading() -> None:
    assert [r.text for r in read("số 11-NQ/TW ngày 16/6/2022; số 13-NQ/TW ngày 02/4/2022")] == ["11-NQ/TW", "13-NQ/TW"]


def test_shared_tail() -> None:
    """What stands behind the last of a list holds for the bare ones before it."""
    first, second = read("Nghị quyết số 15-NQ/TU và 16-NQ/TU của Thành ủy Hà Nội.")
    assert first.issuer == second.issuer == "Thành ủy Hà Nội"
    first, second = read("Nghị định số 62/2020/NĐ-CP, Nghị định số 106/2020/NĐ-CP của Chính phủ về vị trí việc làm.")
    assert first.title == second.title == "về vị trí việc làm"
    assert first.issuer == second.issuer == "Chính phủ"


def test_a_date_is_not_shared() -> None:
    first, second = read("Nghị quyết số 18, 19-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương.")
    assert (first.date, second.date) == (None, "2017-10-25")
