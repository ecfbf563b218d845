"""What looks like a reference or a date and cannot be read as one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.facts import extract_text
from chidao.extract.model import Source, Suspicion


def suspicions(text: str) -> list[Suspicion]:
    return list(extract_text(Source("draft.txt", "0", "utf-8", text)).suspicions)


@pytest.mark.parametrize(
    ("text", "rule", "passage"),
    [
        ("Họp ngày 31/02/2024 tại trụ sở.", "impossible-date", "ngày 31/02/2024"),
        ("Ký ngày 12 tháng 54 năm 2025.", "impossible-date", "ngày 12 tháng 54 năm 2025"),
        ("Xong trong tháng 13/2024.", "impossible-date", "tháng 13/2024"),
        ("Ký ngày 05/6/2204 theo biên bản.", "impossible-date", "ngày 05/6/2204"),
        (
            "Theo Kế hoạch số 7/KH-UBND ngày 30/02/2023 của Ủy ban nhân dân tỉnh Lào Cai.",
            "impossible-date",
            "ngày 30/02/2023",
        ),
        ("Thực hiện Nghị quyết số /NQ-CP của Chính phủ.", "blank-number", "Nghị quyết số /NQ-CP"),
        ("Thực hiện Nghị quyết số ....-NQ/TU của Tỉnh ủy.", "blank-number", "Nghị quyết số ....-NQ/TU"),
        ("Kèm theo Quyết định số:      /QĐ-UBND của tỉnh.", "blank-number", "Quyết định số:      /QĐ-UBND"),
        ("Theo Quyết định số 12.QĐ.UBND của tỉnh.", "unreadable-code", "Quyết định số 12.QĐ.UBND"),
        ("Theo Chỉ thị số 45-_CT/TW, các cấp phải làm.", "unreadable-code", "Chỉ thị số 45-_CT/TW"),
        ("Theo Nghị định số 12/20222/NĐ-CP thì miễn.", "unreadable-code", "Nghị định số 12/20222/NĐ-CP"),
        ("Theo Kế hoạch số 12/QX-UBND của tỉnh.", "unknown-symbol", "Kế hoạch số 12/QX-UBND"),
        ("Theo Quyết định số 15/QD-UBND của tỉnh.", "unknown-symbol", "Quyết định số 15/QD-UBND"),
    ],
)
def test_reported(text: str, rule: str, passage: str) -> None:
    assert [(s.rule, s.text) for s in suspicions(text)] == [(rule, passage)]


@pytest.mark.parametrize(
    "text",
    [
        "Theo Nghị quyết số 15-NQ/TW ngày 05/5/2022 của Bộ Chính trị.",
        "Thời hạn 36 tháng kể từ ngày ký; 03 tháng 15 ngày; lương tháng 13.",
        "Ngày 29/02/2024 họp; ngày 30 tháng 11 năm 2023 ký.",
        "Công văn số 1234/CT-TTHT ngày 05/5/2022 của cục thuế.",
        "Văn bản số 88/PQT-XYZ ngày 05/5/2022.",
        "Quyết định số 18/QĐ-ĐHABC ngày 05/5/2022 của hiệu trưởng.",
        "Theo mẫu số 01/2024 kèm theo; quyết định số lượng 12-15 người.",
        "Nghị định 68. Trong đó nêu rõ; Nghị định số 68.",
        "Kèm theo Thông tư số 152/2025/TT-\n\nBTC",
        "Luật số 43/2024/QH15, số 47/2024/QH15 và Nghị định số 61-CP.",
    ],
)
def test_not_reported(text: str) -> None:
    assert suspicions(text) == []


def test_offsets_are_those_of_the_source() -> None:
    text = "Mở đầu.\n\nTheo Nghi\u0323 quyê\u0301t số 45-_NQ/TW ta làm; ký ngày 31/04/2024."
    found = suspicions(text)
    assert [s.rule for s in found][-1] == "impossible-date"
    for s in found:
        assert text[s.start : s.end] == s.text


@given(st.text(alphabet="0123456789/-. ĐQUBNDsốngàythángQuyết định\n", max_size=200))
def test_any_text_is_read(text: str) -> None:
    found = suspicions(text)
    assert all(text[s.start : s.end] == s.text and s.why for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
