"""A document's own divisions."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract import SourceError
from chidao.extract.facts import extract_text
from chidao.extract.model import Facts, Source

HEAD = "CHÍNH PHỦ\nSố: 1/2026/NĐ-CP\nHà Nội, ngày 02 tháng 3 năm 2026\n\nNGHỊ ĐỊNH\nQuy định về bến thủy\n\n"


def facts(text: str) -> Facts:
    return extract_text(Source("a.txt", "0" * 64, "utf-8", text))


# body of the text, (path, heading) of each division
CASES: list[tuple[str, str, list[tuple[str, str | None]]]] = [
    (
        "chapters, articles, clauses, points",
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Bến thủy.\n2. Cảng:\na) Cảng sông;\nb) Cảng biển.\nChương II\nTHI HÀNH\nĐiều 2. Hiệu lực\nTừ ngày ký.",
        [("chuong-i", "QUY ĐỊNH CHUNG"), ("dieu-1", "Phạm vi"), ("dieu-1/khoan-1", None), ("dieu-1/khoan-2", None), ("dieu-1/khoan-2/diem-a", None),
         ("dieu-1/khoan-2/diem-b", None), ("chuong-ii", "THI HÀNH"), ("dieu-2", "Hiệu lực")],
    ),
    ("an article that says something has no heading", "Điều 1. Ban hành kèm theo Nghị định này Danh mục bến.\nĐiều 2. Hiệu lực", [("dieu-1", None), ("dieu-2", "Hiệu lực")]),
    (
        "new text is no part of the document",
        "Điều 1. Sửa đổi Nghị định số 5/2020/NĐ-CP\n1. Sửa đổi Điều 9 như sau:\n“Điều 9. Cấp phép\n1. Bến phải có phép.\n2. Phép có hạn.”.\nĐiều 2. Hiệu lực",
        [("dieu-1", "Sửa đổi Nghị định số 5/2020/NĐ-CP"), ("dieu-1/khoan-1", None), ("dieu-2", "Hiệu lực")],
    ),
    ("labels that begin again begin nothing", "Điều 1. Phạm vi\n1. Một việc.\n2. Hai việc.\n1. Lại một việc.\na) Của việc ấy.\nĐiều 2. Hiệu lực", [("dieu-1", "Phạm vi"), ("dieu-1/khoan-1", None), ("dieu-1/khoan-2", None), ("dieu-2", "Hiệu lực")]),
    ("parts of a Party document", "I. QUAN ĐIỂM\n1. Một quan điểm.\nII. NHIỆM VỤ\n1. Một nhiệm vụ.\n2. Hai nhiệm vụ.", [("muc-i", "QUAN ĐIỂM"), ("muc-i/diem-1", None), ("muc-ii", "NHIỆM VỤ"), ("muc-ii/diem-1", None), ("muc-ii/diem-2", None)]),
    (
        "rules that a decision carries along",
        "Điều 1. Ban hành Quy chế này.\nĐiều 2. Hiệu lực\nQUY CHẾ\nQuản lý bến\n(Ban hành kèm theo Nghị định số 1/2026/NĐ-CP)\nChương I\nCHUNG\nĐiều 1. Phạm vi\n1. Bến thủy.\nNỘI QUY\nBến khách\n(Kèm theo Nghị định này)\nĐiều 1. Giờ mở cửa",
        [("dieu-1", None), ("dieu-2", "Hiệu lực"), ("quy-che", "Quản lý bến"), ("quy-che/chuong-i", "CHUNG"), ("quy-che/dieu-1", "Phạm vi"),
         ("quy-che/dieu-1/khoan-1", None), ("noi-quy", "Bến khách"), ("noi-quy/dieu-1", "Giờ mở cửa")],
    ),
    ("rules whose decision is elsewhere", "QUY CHẾ\nQuản lý bến\n(Ban hành kèm theo Quyết định số 1/QĐ-BGT)\nĐiều 1. Phạm vi\nĐiều 2. Hiệu lực", [("dieu-1", "Phạm vi"), ("dieu-2", "Hiệu lực")]),
    (
        "a list below the signature, which says what it comes along with",
        "Điều 1. Công bố Danh mục văn bản.\nĐiều 2. Chánh Văn phòng thi hành.\nTM. CHÍNH PHỦ\nDANH MỤC\nVăn bản hết hiệu lực\n(Kèm theo Nghị định số 1/2026/NĐ-CP)\n1. Quyết định A.\n2. Điều 5 Quyết định B.",
        [("dieu-1", None), ("dieu-2", None), ("danh-muc", "Văn bản hết hiệu lực"), ("danh-muc/khoan-1", None), ("danh-muc/khoan-2", None)],
    ),
    (
        "a list behind the last article, its name on the same line",
        "Điều 1. Công bố Danh mục.\nĐiều 2. Thi hành.\nDANH MỤC CÁC XÃ TRƯỚC SẮP XẾP\nI. XÃ MIỀN NÚI\n1. Xã A.\nII. XÃ VEN BIỂN\n1. Xã B.",
        [("dieu-1", None), ("dieu-2", None), ("danh-muc", "CÁC XÃ TRƯỚC SẮP XẾP"), ("danh-muc/muc-i", "XÃ MIỀN NÚI"), ("danh-muc/muc-i/diem-1", None),
         ("danh-muc/muc-ii", "XÃ VEN BIỂN"), ("danh-muc/muc-ii/diem-1", None)],
    ),
    ("a list within an article is its own", "Điều 1. Danh mục bến\nDANH MỤC\n1. Bến A.\nĐiều 2. Hiệu lực", [("dieu-1", "Danh mục bến"), ("dieu-1/khoan-1", None), ("dieu-2", "Hiệu lực")]),
    ("words in small letters head no list", "Điều 1. Phạm vi\nĐiều 2. Hiệu lực\nDanh mục bến\n1. Bến A.", [("dieu-1", "Phạm vi"), ("dieu-2", "Hiệu lực"), ("dieu-2/khoan-1", None)]),
    ("none", "Bến thủy phải có phép.", []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "found"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_divisions(body: str, found: list[tuple[str, str | None]]) -> None:
    assert [(d.path, d.heading) for d in facts(HEAD + body).divisions] == found


def test_each_has_its_own_words() -> None:
    text = (
        HEAD
        + "Điều 1. Phạm vi\nBến thủy:\n1. Bến khách.\nGhi chú của bến khách.\n2. Bến hàng.\nĐiều 2. Hiệu lực\nTừ ngày ký."
    )
    own = {d.path: (d.text, text[d.start : d.end]) for d in facts(text).divisions}
    assert own["dieu-1"] == ("Điều 1. Phạm vi\nBến thủy:", text[text.index("Điều 1") : text.index("\nĐiều 2")])
    assert own["dieu-1/khoan-1"] == ("1. Bến khách.\nGhi chú của bến khách.",) * 2


LINES = st.lists(
    st.sampled_from(
        ["Chương I", "Chương II", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi", "Điều 2. Cấp phép", "Điều 3.", "1. Một.", "2. Hai.", "a) A;", "b) B.",
         "“Điều 9. Mới", "1. Mới.”", "I. MỤC", "II. MỤC", "Một câu.", "", "Phụ lục I", "Mục 1"]
    ),
    max_size=25,
)  # fmt: skip


@given(LINES)
def test_divisions_nest_and_each_path_stands_once(lines: list[str]) -> None:
    text = HEAD + "\n".join(lines)
    try:
        found = facts(text).divisions
    except SourceError:  # nothing but blanks
        return
    assert len({d.path for d in found}) == len(found)
    for a, b in pairwise(found):
        assert a.start <= b.start and (a.end <= b.start or b.end <= a.end)
    assert all(0 <= d.start < d.end <= len(text) for d in found)
