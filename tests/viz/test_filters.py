"""How pages write what the graph holds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from chidao.extract.iris import BASE
from chidao.graph.evidence import Evidence, Place
from chidao.viz.web.rendering.cite import citation
from chidao.viz.web.rendering.filters import Filters
from chidao.viz.web.rendering.links import ServerLinks
from chidao.viz.web.rendering.render import environment

VI, EN = Filters("vi"), Filters("en")


@pytest.mark.parametrize(
    ("language", "number", "told"),
    [("vi", 1, "1 văn bản"), ("vi", 1788, "1.788 văn bản"), ("en", 1, "1 document"), ("en", 1788, "1,788 documents")],
)
def test_how_many_there_are_is_written_as_all_numbers_are(language: str, number: int, told: str) -> None:
    asked = "{{ ngettext('%(num)s document', '%(num)s documents', number) }}"
    assert environment(language).from_string(asked).render(number=number) == told


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        ("2022-05-05", "05/05/2022", "5 May 2022"),
        ("2022-05", "05/2022", "2022-05"),
        ("2022", "2022", "2022"),
        (None, "chưa rõ ngày", "date unknown"),
        ("", "chưa rõ ngày", "date unknown"),
    ],
)
def test_days(value: str | None, vi: str, en: str) -> None:
    assert (VI.day(value), EN.day(value)) == (vi, en)


@pytest.mark.parametrize(
    ("source", "vi", "en"),
    [
        ("read by OCR, 34 % sure", "nhận dạng từ bản quét, độ tin cậy 34 %", "read by OCR, 34 % sure"),
        ("digital signature", "thời điểm ký số", "time of the digital signature"),
        ("file name “46 TB.pdf”", "tên tệp “46 TB.pdf”", "file name “46 TB.pdf”"),
        ("Thông báo 47/TB-UBND: same symbol, title and month", "Thông báo 47/TB-UBND: cùng ký hiệu, trích yếu và tháng",
         "Thông báo 47/TB-UBND: same symbol, title and month"),
    ],
)  # fmt: skip
def test_where_a_candidate_is_from(source: str, vi: str, en: str) -> None:
    assert (VI.found_in(source), EN.found_in(source)) == (vi, en)


@pytest.mark.parametrize(
    ("filter_", "value", "vi", "en"),
    [
        ("level", "province", "Tỉnh, thành phố", "Province"), ("level", None, "Chưa rõ cấp", "Level unknown"), ("act", "disseminate", "quán triệt, tuyên truyền", "disseminated"),
        ("state", "unknown", "Chưa rõ", "Not known"), ("standing", "replaced", "Đã bị thay thế", "Replaced"),
        ("relation", "implements", "thực hiện", "implements"), ("inverse", "implements", "được thực hiện bởi", "is implemented by"),
        ("count", 12345, "12.345", "12,345"), ("column", "issuer", "Cơ quan ban hành", "Issued by"), ("column", "other_thing", "other_thing", "other_thing"),
    ],
)  # fmt: skip
def test_words(filter_: str, value: object, vi: str, en: str) -> None:
    assert (getattr(VI, filter_)(value), getattr(EN, filter_)(value)) == (vi, en)


@pytest.mark.parametrize(
    ("place", "vi", "en"),
    [
        (Place(source="/home/a/x/b.txt", line=7), "x/b.txt, dòng 7", "x/b.txt, line 7"),
        (Place(source="/home/a/b.pdf", page=2, line=7), "b.pdf, trang 2, dòng 7", "b.pdf, page 2, line 7"),
        (Place(source="/home/a/so.xlsx", row=0, line=2), "so.xlsx, dòng dữ liệu 1", "so.xlsx, row 1"),
    ],
)
def test_places(place: Place, vi: str, en: str) -> None:
    context = {"folder": "/home/a/"}
    assert (VI.where(context, place), EN.where(context, place)) == (vi, en)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sentence", "quotes", "html"),
    [
        ("a b c", ["b"], "a <mark>b</mark> c"), ("a  b\nc", ["b c"], "a <mark>b c</mark>"), ("a b", [""], "a b"), ("a b", ["x"], "a b"), ("<i> & b", ["& b"], "&lt;i&gt; <mark>&amp; b</mark>"),
        ("a b c", ["a", "c"], "<mark>a</mark> b <mark>c</mark>"), ("a b c", ["a b", "b c"], "<mark>a b</mark> c"), ("", [None], ""),
    ],
)  # fmt: skip
def test_marks(sentence: str, quotes: list[str | None], html: str) -> None:
    assert Filters.marked(sentence, *quotes) == Markup(html)


@given(sentence=st.text(), quote=st.text())
def test_marking_loses_nothing_but_what_is_left_of_markdown(sentence: str, quote: str) -> None:
    marked = Filters.marked(sentence, quote)
    assert (
        _letters(marked.replace(Markup("<mark>"), Markup("")).replace(Markup("</mark>"), Markup("")).unescape())
        == _letters(sentence)
        or "&" in sentence
        or "<" in sentence
    )


def _letters(text: str) -> str:
    return re.sub(r"[\s#*|·-]", "", text)


@pytest.mark.parametrize(
    ("sentence", "quotes", "marked"),
    [
        ("## **2. Nhiệm vụ** của Sở", ["Nhiệm vụ** của"], "2. <mark>Nhiệm vụ của</mark> Sở"),
        ("| 1 | Sở Nội vụ | rà soát |", ["Sở Nội vụ |"], "1 · <mark>Sở Nội vụ</mark> · rà soát"),
        ("Kế hoạch A thay Kế hoạch A", ["Kế hoạch A"] * 2, "<mark>Kế hoạch A</mark> thay <mark>Kế hoạch A</mark>"),
        ("Kế hoạch A", ["Kế hoạch A"] * 2, "<mark>Kế hoạch A</mark>"),
        ("mức 2 * 3, số #5", ["2 * 3"], "mức <mark>2 * 3</mark>, số #5"),
    ],
)
def test_a_sentence_is_shown_without_markdown_and_with_each_place(
    sentence: str, quotes: list[str], marked: str
) -> None:
    assert Filters.marked(sentence, *quotes) == marked


def test_a_sentence_that_says_two_things_is_one() -> None:
    def said(quote: str, start: int | None, line: int = 3) -> Evidence:
        return Evidence(source="a.txt", line=line, sentence="A thay B", quote=quote, start=start)

    found = Filters.together([said("A", 0), said("B", 7), said("A", 0), said("A", None), said("A", 0, line=4)])
    assert [(place.line, quotes) for place, quotes in found] == [(3, ["A", "B", "A"]), (4, ["A"])]


def test_cells() -> None:
    links = ServerLinks(BASE)
    assert VI.value(None, "x", links) == ""
    assert VI.value("2022-05-05", "date", links) == Markup('<time datetime="2022-05-05">05/05/2022</time>')
    assert VI.value(BASE + "document/a", "document", links, "<b>") == Markup(
        '<a class="doc" href="/document/a">&lt;b&gt;</a>'
    )
    assert VI.value("implement", "action", links) == "thực hiện"
    assert VI.value("<b>", "label", links) == "<b>", "a plain text: the template escapes it"


CITATIONS = [
    (
        {"type": "Nghị quyết", "code": "15-NQ/TW", "date": "2022-05-05", "issuer": "Bộ Chính trị", "title": "về X"},
        "Nghị quyết số 15-NQ/TW ngày 05 tháng 5 năm 2022 của Bộ Chính trị về X",
    ),
    (
        {"type": "Kế hoạch", "code": "1/KH-UBND", "date": "2023-01-12", "issuer": None, "title": None},
        "Kế hoạch số 1/KH-UBND ngày 12 tháng 01 năm 2023",
    ),
    (
        {"type": "Luật", "code": "31/2024/QH15", "date": "2024-01-18", "issuer": "Quốc hội", "title": "Đất đai"},
        "Luật Đất đai số 31/2024/QH15 ngày 18 tháng 01 năm 2024",
    ),
    (
        {"type": "Luật", "code": "31/2024/QH15", "date": None, "issuer": None, "title": "Luật Đất đai"},
        "Luật Đất đai số 31/2024/QH15",
    ),
    (
        {"type": None, "code": None, "date": None, "issuer": None, "title": None, "label": "Điều lệ Đảng"},
        "Điều lệ Đảng",
    ),
]


@pytest.mark.parametrize(("facts", "text"), CITATIONS)
def test_citations(facts: dict[str, str | None], text: str) -> None:
    assert citation(facts) == text
