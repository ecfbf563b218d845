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
            None, "về việc mua phao cứu sinh",
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
