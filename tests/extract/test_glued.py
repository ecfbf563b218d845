"""Blanks that scans and PDF files lost: what is cited is read all the same, at its place in the text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract import extract_text
from chidao.extract.model import SELF, Source
from chidao.extract.reading.composed import compose
from chidao.extract.reading.glued import lost_blanks
from chidao.extract.reading.layout import read_layout

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\nSố: 77/QĐ-UBND\nLào Cai, ngày 21 tháng 11 năm 2025\n\nQUYẾT ĐỊNH\nVề việc ứng dụng hóa đơn\n\n"
    "ỦY BAN NHÂN DÂN TỈNH LÀO CAI\n\n"
)


@pytest.mark.parametrize(
    ("basis", "kind", "number", "date", "cited"),
    [
        ("Căn cứLuật Tổ chức Chính phủ số63/2025/QH15 ngày 18 tháng 02 năm 2025;", "Luật", "63", "2025-02-18", "Luật Tổ chức Chính phủ số63/2025/QH15"),
        ("Căn cứThông tưsố87/2025/TT-BTC ngày 08/9/2025;", "Thông tư", "87", "2025-09-08", "Thông tưsố87/2025/TT-BTC"),
        ("Căn cứNghị địnhsố 123/2020/NĐ-CPngày 19/10/2020;", "Nghị định", "123", "2020-10-19", "Nghị địnhsố 123/2020/NĐ-CP"),
        ("Căn cứ Nghị định số123/2020/NĐ-CP ngày19 tháng10năm2020 củaChính phủ;", "Nghị định", "123", "2020-10-19", "Nghị định số123/2020/NĐ-CP"),
        ("Căn cứ Luật Tổ chức chính quyền địa phươngsố72/2025/QH15ngày 16 tháng 6 năm 2025;", "Luật", "72", "2025-06-16", "Luật Tổ chức chính quyền địa phươngsố72/2025/QH15"),
        ("Căn cứ Luật Đất đaisố31/2024/QH15 ngày 18/01/2024;", "Luật", "31", "2024-01-18", "Luật Đất đaisố31/2024/QH15"),
        ("Căn cứ Luật Giá số16/2023/QH15ngày 19/6/2023;", "Luật", "16", "2023-06-19", "Luật Giá số16/2023/QH15"),
        ("Căn cứ Bộ luật Lao độngsố 45/2019/QH14 ngày 20/11/2019;", "Bộ luật", "45", "2019-11-20", "Bộ luật Lao độngsố 45/2019/QH14"),
        ("Căncứ Quyếtđịnh số 12/QĐ-UBND ngày 05/3/2021;", "Quyết định", "12", "2021-03-05", "Quyếtđịnh số 12/QĐ-UBND"),
    ],
)  # fmt: skip
def test_citations(basis: str, kind: str, number: str, date: str, cited: str) -> None:
    text = f"{HEAD}{basis}\n\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành Quy chế.\n"
    facts = extract_text(Source("a.txt", "0" * 64, "utf-8", text))
    (reference,) = facts.references
    assert (reference.type, reference.number, reference.date) == (kind, number, date)
    assert text[reference.start : reference.end] == reference.text == cited
    (relation,) = facts.relations
    assert (relation.subject, relation.predicate, relation.object) == (SELF, "based_on", 0)
    assert text[relation.start : relation.end] == relation.text and relation.text.startswith("Căn")


@pytest.mark.parametrize(
    "text",
    [
        "ứng dụng VNeID và eOffice, iPhone, PowerPoint", "QyĐ, TTr-UBND, KHĐT, BCĐTW", "hằngsố 1, hằngsố 1/2, hệsố3/AB, tham số x1, mã A1B2, COVID19",
        "Căn cứ Nghị định số 12/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ", "HàNội, LàoCai", "QH15ngàn",
    ],
)  # fmt: skip
def test_what_stays_whole(text: str) -> None:
    assert lost_blanks(text) == []


@given(
    st.lists(
        st.sampled_from(
            [
                "Căn cứ",
                "Nghị định",
                "số",
                "72/2025/NĐ-CP",
                "ngày",
                "5",
                "tháng",
                " ",
                "\n",
                "của",
                "e\u0301",
                "Chính phủ",
            ]
        )
    )
)
def test_offsets_lead_to_the_same_characters(pieces: list[str]) -> None:
    source = "".join(pieces)
    composed = compose(source)
    for at, char in enumerate(composed.text):
        assert char in (source[composed.source(at)], " ", "é")
    layout = read_layout(composed)
    for at, char in enumerate(layout.text):
        assert char.isspace() or char in (source[layout.source(at)], "é")


@pytest.mark.parametrize("blank", [" ", "\t", "\f", "\u2003", " \t", "\u00a0"])
def test_endless_blanks_are_drawn_together_and_places_stay(blank: str) -> None:
    source = f"Nghi\u0323{blank * 400}quyết số{blank * 9}15-NQ/TW;{blank * 3000}Luật\n{blank * 100}"
    composed = compose(source)
    assert len(composed.text) < 1000 and composed.text.split() == unicodedata.normalize("NFC", source).split()
    for word in ("quyết", "15-NQ/TW", "Luật"):
        at = composed.text.index(word)
        assert composed.source(at) == source.index(word) and composed.source(at + 3) == source.index(word) + 3
