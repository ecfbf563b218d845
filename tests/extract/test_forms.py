"""Forms in which real texts print codes and dates, each with the reading a careful clerk would give."""

from __future__ import annotations

import pytest

from chidao.extract.facts import Reading

Read = tuple[str | None, str | None, str | None, int | None, str | None]

FORMS: list[tuple[str, list[Read]]] = [
    # broken over lines, spaced, doubled, joined, misprinted
    ("Chương trình số 31-\nCTr/TW", [("Chương trình", "31", "CTr/TW", None, None)]),
    ("Số 34 -NQ/TU", [("Nghị quyết", "34", "NQ/TU", None, None)]),
    ("Quyết định số: 2339/QĐ-UBND", [("Quyết định", "2339", "QĐ-UBND", None, None)]),
    ("Quyết định số 866/QĐ – TTg", [("Quyết định", "866", "QĐ-TTg", None, None)]),
    ("Nghị định số 11/2025/NĐ\u2011CP", [("Nghị định", "11", "NĐ-CP", 2025, None)]),
    ("Quyết định số 338/QĐ/TTg", [("Quyết định", "338", "QĐ-TTg", None, None)]),
    ("Nghị quyết số 24/2026//NQ-CP", [("Nghị quyết", "24", "NQ-CP", 2026, None)]),
    ("Nghị quyết số 24/2026/NQCP", [("Nghị quyết", "24", "NQ-CP", 2026, None)]),
    ("Quyết định số 120/QĐTTHĐND", [("Quyết định", "120", "QĐ-TTHĐND", None, None)]),
    ("Nghị quyết số 66.16/2026/NQ-CP", [("Nghị quyết", "66.16", "NQ-CP", 2026, None)]),
    (
        "Luật số 43/2024/QH15, số 47/2024/QH15",
        [("Luật", "43", "QH15", 2024, None), ("Luật", "47", "QH15", 2024, None)],
    ),
    (
        "Quyết định số 460/QĐUBND ngày 18/3/2024; số 2630/QĐ-UBND",
        [("Quyết định", "460", "QĐ-UBND", None, "2024-03-18"), ("Quyết định", "2630", "QĐ-UBND", None, None)],
    ),
    ("Chương trình số 12-\nCTr/BCĐ", [("Chương trình", "12", "CTr/BCĐ", None, None)]),
    ("Tờ trình số 562-TTr/ĐU", [("Tờ trình", "562", "TTr/ĐU", None, None)]),
    ("Kế hoạch số 3260-KH/ĐĐQH15", [("Kế hoạch", "3260", "KH/ĐĐQH15", None, None)]),
    # a footnote's figure glued on, and figures that are the symbol's own
    ("Nghị quyết số 15-NQ/TW1 của Bộ Chính trị", [("Nghị quyết", "15", "NQ/TW", None, None)]),
    ("Quyết định số 12/QĐ-TTg ngày 08/10/20181 của", [("Quyết định", "12", "QĐ-TTg", None, "2018-10-08")]),
    ("Nghị quyết số 549/NQ-UBTVQH15", [("Nghị quyết", "549", "NQ-UBTVQH15", None, None)]),
    ("Nghị quyết số 57\\-NQ/TW", [("Nghị quyết", "57", "NQ/TW", None, None)]),
    ("Nghị quyết\u00a0số\u00a057-NQ/TW\u00a0ngày\u00a022/12/2024", [("Nghị quyết", "57", "NQ/TW", None, "2024-12-22")]),
    ("Quyết định số 294-QĐ/TW, ngày 26-5-2025", [("Quyết định", "294", "QĐ/TW", None, "2025-05-26")]),
    # names, small letters, old regimes
    ("Nghị quyết Trung ương 6 khoá XII", [("Nghị quyết", None, "nghi-quyet/trung-uong-6-khoa-xii", None, None)]),
    (
        "Nghị quyết của Hội nghị Trung ương lần thứ sáu khoá XIII",
        [("Nghị quyết", None, "nghi-quyet/trung-uong-6-khoa-xiii", None, None)],
    ),
    ("nghị quyết số 08/nq-tw", [("Nghị quyết", "08", "NQ/TW", None, None)]),
    ("chương trình số 19 -ctr/tu", [("Chương trình", "19", "CTr/TU", None, None)]),
    ("Quyết định số 299/TTg", [("Quyết định", "299", "TTg", None, None)]),
    ("Nghị định số 61-CP", [("Nghị định", "61", "CP", None, None)]),
    ("Luật số 10-LCT/HĐNN7", [("Luật", "10", "LCT/HĐNN7", None, None)]),
    (
        "Thông tư liên tịch số 22/2014/TTLT-BTP-TANDTC-VKSNDTC-BCA-BQP-BTC-BNN&PTNT",
        [("Thông tư liên tịch", "22", "TTLT-BTP-TANDTC-VKSNDTC-BCA-BQP-BTC-BNN&PTNT", 2014, None)],
    ),
    ("Chương trình số 104-CTr/Tu", [("Chương trình", "104", "CTr/TU", None, None)]),
    ("nghị quyết số 19-2018/nq-cp", [("Nghị quyết", "19", "NQ-CP", 2018, None)]),
    ("Nghị quyết số 15 NQ/TW", [("Nghị quyết", "15", "NQ/TW", None, None)]),
]


@pytest.mark.parametrize(("text", "expected"), FORMS, ids=[form for form, _ in FORMS])
def test_a_clerks_reading(text: str, expected: list[Read]) -> None:
    found = Reading(f"Căn cứ {text}").references
    assert [(f.type, f.number, f.symbol or f.name, f.year, f.date) for f in found] == expected


@pytest.mark.parametrize(
    ("text", "issuer", "title"),
    [
        (
            "Văn bản số 12/UBND-TH ngày 05/3/2026 Ủy ban nhân dân tỉnh Lào Cai về việc chuẩn bị đầu tư bến thủy.",
            "Ủy ban nhân dân tỉnh Lào Cai", "về việc chuẩn bị đầu tư bến thủy",
        ),
        (
            "Tờ trình số 20/TTr-BQL ngày 04/02/2026 của Xí nghiệp Bến thủy Hồng Hà về việc mua phao cứu sinh.",
            "Xí nghiệp Bến thủy Hồng Hà", "về việc mua phao cứu sinh",
        ),
        (
            "Luật số 46/2025/QH15 của Quốc hội: Luật sửa đổi, bổ sung một số điều của Luật Đất đai",
            "Quốc hội", "Luật sửa đổi, bổ sung một số điều của Luật Đất đai",
        ),
        (
            "Nghị quyết số 34-NQ/TU ngày 27/12/2025 của Tỉnh ủy Lào Cai về phát triển bến thủy; phát huy tiềm năng sông nước",
            "Tỉnh ủy Lào Cai", "về phát triển bến thủy",
        ),
        (
            "Nghị quyết số 34-NQ/TU về quản lý bến thủy; quản lý phương tiện", None,
            "về quản lý bến thủy; quản lý phương tiện",
        ),
    ],
)  # fmt: skip
def test_issuer_and_title_behind_unusual_forms(text: str, issuer: str | None, title: str) -> None:
    first = Reading(f"Theo {text}").references[0]
    assert (first.issuer, first.title) == (issuer, title)


TAILS: list[tuple[str, str | None, str | None, str | None]] = [
    # what became of the document, what follows from it and who acts under it are no title
    (
        "Nghị định số 71/2031/NĐ-CP ngày 03/02/2031 của Chính phủ quy định về bến thủy được sửa đổi bởi "
        "Nghị định số 72/2032/NĐ-CP",
        "2031-02-03", "Chính phủ", "quy định về bến thủy",
    ),
    (
        "Quyết định số 10/QĐ-UBND ngày 05/3/2031 về việc công bố thủ tục được sửa đổi, bổ sung lĩnh vực "
        "đường thủy.",
        "2031-03-05", None, "về việc công bố thủ tục được sửa đổi, bổ sung lĩnh vực đường thủy",
    ),
    ("Nghị định số 71/2031/NĐ-CP quy định mức phí qua phà thì không thu thêm", None, None, "quy định mức phí qua phà"),
    (
        "Nghị định số 71/2031/NĐ-CP của Chính phủ về quản lý phà do Ủy ban nhân dân cấp xã thực hiện.",
        None, "Chính phủ", "về quản lý phà",
    ),
    ("Nghị định số 71/2031/NĐ-CP tiếp tục thực hiện theo quy định cũ", None, None, None),
    ("Nghị quyết số 29/2031/QH16 thực hiện như sau:", None, None, None),
    ("Thông tư số 21/2031/TT-BTC quy định về vé phà, bao gồm: vé tháng", None, None, "quy định về vé phà"),
    # the border of a table's cell
    ("Thông tư số 21/2031/TT-BTC quy định về vé phà | Điều 4 | Bộ Tài chính", None, None, "quy định về vé phà"),
    # titles that go on: stems that look like acts, a work's name, laws in a row, the second verb of a pair
    (
        "Thông tư số 21/2031/TT-BTC quy định điều kiện, trình tự đăng ký bến.",
        None, None, "quy định điều kiện, trình tự đăng ký bến",
    ),
    (
        "Thông tư số 21/2031/TT-BTC quy định về lái phà, giao thông thủy.",
        None, None, "quy định về lái phà, giao thông thủy",
    ),
    (
        "Tờ trình số 20/TTr-BQL ngày 4/2/2031 của BAN\nQLDA Bến thủy Hồng Hà Về việc thẩm định dự án: "
        "Bến phà Sông Trăng.",
        "2031-02-04", "BAN QLDA Bến thủy Hồng Hà", "Về việc thẩm định dự án: Bến phà Sông Trăng",
    ),
    (
        "Nghị định số 71/2031/NĐ-CP quy định chi tiết Luật Nhà ở và Luật Đất đai;",
        None, None, "quy định chi tiết Luật Nhà ở và Luật Đất đai",
    ),
    (
        "Nghị quyết số 45-NQ/TW về gìn giữ và phát huy nghề sông nước.",
        None, None, "về gìn giữ và phát huy nghề sông nước",
    ),
    # the verb with a capital, "của" glued to the year, several issuers, a plenum as issuer
    (
        "Quyết định số 14/2031/QĐ-UBND ngày 20/8/2031 của Ủy ban nhân dân tỉnh Lào Cai Ban hành quy định "
        "về phà;",
        "2031-08-20", "Ủy ban nhân dân tỉnh Lào Cai", "Ban hành quy định về phà",
    ),
    (
        "Quyết định số 14/2031/QĐ-UBND ngày 20/8/2031 của Ủy ban nhân dân tỉnh Lào Cai. Quy định này",
        "2031-08-20", "Ủy ban nhân dân tỉnh Lào Cai", None,
    ),
    ("Nghị định số 71/2031/NĐ-CP ngày 3/2/2031của Chính phủ về phà.", "2031-02-03", "Chính phủ", "về phà"),
    (
        "Thông tư liên tịch số 37/2031/TTLT-BTC-BNV ngày 02/10/2031 của Bộ trưởng Bộ Tài chính và Bộ "
        "trưởng Bộ Nội vụ hướng dẫn xếp lương lái phà.",
        "2031-10-02", "Bộ trưởng Bộ Tài chính", "hướng dẫn xếp lương lái phà",
    ),
    (
        "Nghị quyết số 45-NQ/TW của Hội nghị Trung ương lần thứ tám khoá XIII về nghề sông nước.",
        None, "Hội nghị Trung ương lần thứ tám khóa XIII", "về nghề sông nước",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "date", "issuer", "title"), TAILS, ids=[t[0][:60] for t in TAILS])
def test_what_stands_behind(text: str, date: str | None, issuer: str | None, title: str | None) -> None:
    first = Reading(f"Theo {text}").references[0]
    assert (first.date, first.issuer, first.title) == (date, issuer, title)


def test_a_parenthesis_holds_the_whole_reference() -> None:
    first = Reading("Phà (theo Thông tư số 21/2031/TT-BTC quy định về vé phà) và pháp luật về bến").references[0]
    assert first.title == "quy định về vé phà"


def test_a_basis_keeps_its_semicolons_and_a_running_sentence_does_not() -> None:
    code = "Thông tư số 21/2031/TT-BTC quy định về vé phà; đào tạo lái phà"
    assert Reading(f"Căn cứ {code};\n").references[0].title == "quy định về vé phà; đào tạo lái phà"
    assert Reading(f"Thực hiện {code}").references[0].title == "quy định về vé phà"


def test_a_law_inside_a_title_keeps_its_name() -> None:
    outer, law = Reading("Nghị định số 71/2031/NĐ-CP quy định chi tiết Luật Đấu thầu về chọn nhà thầu.").references
    assert (outer.title, law.title) == ("quy định chi tiết Luật Đấu thầu về chọn nhà thầu", "Luật Đấu thầu")


def test_what_stands_behind_a_day_is_not_shared_with_undated_ones() -> None:
    text = "Nghị định số 1/2031/NĐ-CP, Nghị định số 2/2031/NĐ-CP ngày 01/02/2031 quy định về phà."
    assert [f.title for f in Reading(text).references] == [None, "quy định về phà"]


def test_the_day_behind_an_amendment_of_many_laws_is_its_date() -> None:
    name = "Luật sửa đổi, bổ sung một số điều của 12 luật có liên quan đến đường thủy"
    law = Reading(f"Căn cứ {name} ngày 20/11/2031;").references[0]
    assert (law.date, law.title) == ("2031-11-20", name)


def test_so_without_its_marks() -> None:
    found = Reading("tại Tờ trình so 8468/TTr-UBND ngày 24/12/2031").references[0]
    assert (found.start, found.type, found.number, found.date) == (4, "Tờ trình", "8468", "2031-12-24")
