"""The reading text: what is joined, what is set apart, and that every offset leads back to its own character."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.reading.composed import compose
from chidao.extract.reading.layout import Layout, read_layout
from chidao.extract.reading.marks import find_marks


def laid(source: str) -> Layout:
    return read_layout(compose(source))


SENT_TO = "Kính gửi: Ủy ban nhân dân các xã, phường trên địa bàn tỉnh, các bệnh viện trực thuộc"
FIRST = "Ban Thường vụ Thành ủy đã chỉ đạo các cấp ủy trực thuộc xây dựng kế hoạch"


def body(layout: Layout) -> list[str]:
    return layout.text[: layout.body_end].splitlines()


def notes(layout: Layout) -> list[tuple[str, str]]:
    return [(note.mark, layout.text[note.start : note.end]) for note in layout.footnotes]


@pytest.mark.parametrize(
    ("source", "paragraphs"),
    [
        pytest.param(f"{FIRST}\nthực hiện Nghị quyết.", [f"{FIRST} thực hiện Nghị quyết."], id="wrapped-line"),
        pytest.param(f"{FIRST}\n\nthực hiện Nghị quyết.", [f"{FIRST} thực hiện Nghị quyết."], id="page-break"),
        pytest.param(f"{FIRST}.\nCác đơn vị báo cáo.", [f"{FIRST}.", "Các đơn vị báo cáo."], id="closed-line"),
        pytest.param(
            f"{FIRST}\nLào Cai, ngày 05 tháng 3 năm 2026\nKính gửi: Các xã",
            [FIRST, "Lào Cai, ngày 05 tháng 3 năm 2026", "Kính gửi: Các xã"],
            id="place-and-day",
        ),
        pytest.param(
            f"{FIRST}\n*TP. Huế, ngày     tháng 3 năm 2026*",
            [FIRST, "*TP. Huế, ngày tháng 3 năm 2026*"],
            id="place-and-a-day-to-come",
        ),
        pytest.param(
            f"{FIRST}\nSa Pa, ngày 05/3/2026", [FIRST, "Sa Pa, ngày 05/3/2026"], id="place-and-day-in-figures"
        ),
        pytest.param(
            f"{FIRST} tại hội nghị ở\nLào Cai, ngày 05 tháng 3 năm 2026 và báo cáo.",
            [f"{FIRST} tại hội nghị ở Lào Cai, ngày 05 tháng 3 năm 2026 và báo cáo."],
            id="a-day-within-a-sentence",
        ),
        pytest.param(f"{FIRST}\n- Sở Nội vụ chủ trì.", [FIRST, "- Sở Nội vụ chủ trì."], id="dash-item"),
        pytest.param(f"{FIRST}\n2.1. Nhiệm vụ", [FIRST, "2.1. Nhiệm vụ"], id="numbered-item"),
        pytest.param(f"{FIRST}\na) Nhiệm vụ", [FIRST, "a) Nhiệm vụ"], id="letter-item"),
        pytest.param(f"{FIRST}\nĐiều 3. Hiệu lực", [FIRST, "Điều 3. Hiệu lực"], id="article"),
        pytest.param(f"{FIRST}\nCăn cứ Luật Đất đai;", [FIRST, "Căn cứ Luật Đất đai;"], id="basis"),
        pytest.param(f"{FIRST}\n| STT | Nội dung |", [FIRST, "| STT | Nội dung |"], id="table-row"),
        *(
            pytest.param(
                f"{FIRST}\n{stamp}\nthực hiện nhiệm vụ.", [FIRST, stamp, "thực hiện nhiệm vụ."], id=f"put-up-{n}"
            )
            for n, stamp in enumerate(
                (
                    "12/06/2031 08:30",
                    "Thứ Sáu, 12/06/2031 | 08:30 (GMT+7)",
                    "08h30, ngày 12-6-2031",
                    "Cập nhật: 12.06.2031 lúc 8 giờ 30",
                )
            )
        ),
        pytest.param(
            f"{FIRST} trước ngày\n12/06/2031.", [f"{FIRST} trước ngày 12/06/2031."], id="a-day-on-its-own-line"
        ),
        pytest.param("THÀNH ỦY HÀ NỘI\nBan Tổ chức", ["THÀNH ỦY HÀ NỘI", "Ban Tổ chức"], id="short-lines"),
        pytest.param(
            "2. Ban Chỉ huy\nQuân sự xã\n- Rà soát.", ["2. Ban Chỉ huy Quân sự xã", "- Rà soát."], id="within-a-name"
        ),
        pytest.param("2. Văn phòng\nTheo dõi, đôn đốc.", ["2. Văn phòng", "Theo dõi, đôn đốc."], id="a-whole-name"),
        pytest.param(f"{FIRST} trong quý\nII/2026.", [f"{FIRST} trong quý II/2026."], id="quarter-on-its-own-line"),
        pytest.param(
            f"{FIRST} trong quý\nIV. Các sở báo cáo.",
            [f"{FIRST} trong quý IV. Các sở báo cáo."],
            id="numeral-of-a-quarter",
        ),
        pytest.param(
            f"{FIRST} hằng quý\nII. Các sở báo cáo.", [f"{FIRST} hằng quý", "II. Các sở báo cáo."], id="every-quarter"
        ),
        pytest.param(
            f"{FIRST} trong quý\nII. KẾT QUẢ", [f"{FIRST} trong quý", "II. KẾT QUẢ"], id="heading-below-a-quarter"
        ),
        pytest.param(f"{FIRST} của khóa\nXIV; Chỉ thị.", [f"{FIRST} của khóa XIV; Chỉ thị."], id="numeral-of-a-term"),
        pytest.param(
            f"{FIRST}, gửi trước ngày\n25. Sở tổng hợp.",
            [f"{FIRST}, gửi trước ngày 25. Sở tổng hợp."],
            id="figure-of-a-day",
        ),
        pytest.param(
            f"{FIRST} trong 10 ngày\n2. Sở tổng hợp.", [f"{FIRST} trong 10 ngày", "2. Sở tổng hợp."], id="so-many-days"
        ),
        pytest.param(f"{FIRST}, gửi HĐND,\nUBND.", [f"{FIRST}, gửi HĐND, UBND."], id="last-words-in-capitals"),
        pytest.param(f"{FIRST}\nKẾT LUẬN", [FIRST, "KẾT LUẬN"], id="heading-below-a-full-line"),
        pytest.param(f"{FIRST} kinh tế\n- kỹ thuật.", [f"{FIRST} kinh tế - kỹ thuật."], id="half-of-a-name"),
        pytest.param(
            f"- {FIRST} chính trị\n- xã hội.", [f"- {FIRST} chính trị - xã hội."], id="half-of-a-name-in-an-item"
        ),
        pytest.param(f"{FIRST}:\n- xã hội hóa.", [f"{FIRST}:", "- xã hội hóa."], id="item-behind-a-colon"),
        pytest.param(f"{FIRST}\n- rà soát.", [FIRST, "- rà soát."], id="item-in-small-letters"),
        *(
            pytest.param(f"{above}\n{line}", [f"{above} {line}"] if joined else [above, line], id=name)
            for name, above, line, joined in (
                ("text-below-addressees", SENT_TO, "Sở Y tế đề nghị các đơn vị báo cáo.", False),
                ("a-letter-below-addressees", SENT_TO, "Sở Y tế nhận được Công văn số 5/UBND.", False),
                ("addressees-over-two-lines", SENT_TO, "Sở Y tế và các đơn vị.", True),
                ("a-sentence-over-two-lines", SENT_TO.partition(": ")[2], "Sở Y tế đề nghị báo cáo.", True),
            )
        ),
        pytest.param("I. KẾT QUẢ\n\nCác cấp ủy báo cáo.", ["I. KẾT QUẢ", "Các cấp ủy báo cáo."], id="heading"),
        pytest.param("", [""], id="empty"),
    ],
)
def test_paragraphs(source: str, paragraphs: list[str]) -> None:
    layout = laid(source)
    assert body(layout) == [p for p in paragraphs if p]


@pytest.mark.parametrize(
    ("source", "paragraphs", "footnotes"),
    [
        pytest.param(
            "Thành ủy quán triệt các văn bản của Trung ương¹.\n\n¹ Quy định số 58-QĐ/TW.",
            ["Thành ủy quán triệt các văn bản của Trung ương¹."],
            [("1", "¹ Quy định số 58-QĐ/TW.")],
            id="superscript-mark",
        ),
        pytest.param(
            "Thành ủy ban hành văn bản¹ và kế hoạch².\n\n1 Quyết định số 08-QĐ/TU.\n\n2 Kế hoạch số 83-KH/TU.",
            ["Thành ủy ban hành văn bản¹ và kế hoạch²."],
            [("1", "1 Quyết định số 08-QĐ/TU."), ("2", "2 Kế hoạch số 83-KH/TU.")],
            id="plain-digits",
        ),
        pytest.param(
            "Thành ủy ban hành văn bản¹.\n\n2 đồng chí được phân công theo dõi.",
            ["Thành ủy ban hành văn bản¹.", "2 đồng chí được phân công theo dõi."],
            [],
            id="plain-digit-that-is-not-the-next-mark",
        ),
        pytest.param(
            "Năm 2022 có\n\n3 đồng chí được khen thưởng.",
            ["Năm 2022 có", "3 đồng chí được khen thưởng."],
            [],
            id="no-marks-at-all",
        ),
        pytest.param(
            "Thành ủy quán triệt các văn bản của Trung ương¹ đến toàn thể\n\n"
            "¹ Quy định số 58-QĐ/TW.\n\ncán bộ, đảng viên trong Đảng bộ.",
            ["Thành ủy quán triệt các văn bản của Trung ương¹ đến toàn thể cán bộ, đảng viên trong Đảng bộ."],
            [("1", "¹ Quy định số 58-QĐ/TW.")],
            id="footnote-between-the-halves-of-a-sentence",
        ),
        pytest.param(
            "Thành ủy quán triệt các văn bản của Trung ương¹.\n\n¹ Gồm Quy định số 58-QĐ/TW và\n\n"
            "quyết định của Ban Bí thư.\n\nCác cấp ủy báo cáo kết quả.",
            ["Thành ủy quán triệt các văn bản của Trung ương¹.", "Các cấp ủy báo cáo kết quả."],
            [("1", "¹ Gồm Quy định số 58-QĐ/TW và quyết định của Ban Bí thư.")],
            id="footnote-cut-by-a-page-break",
        ),
        pytest.param(
            "Thành ủy ban hành văn bản¹ và kế hoạch².\n\n¹ Kế hoạch số 61-KH/HU thực hiện\n\n"
            "Kế hoạch số 128-KH/TU.\n\n² Kế hoạch số 83-KH/TU.",
            ["Thành ủy ban hành văn bản¹ và kế hoạch²."],
            [("1", "¹ Kế hoạch số 61-KH/HU thực hiện Kế hoạch số 128-KH/TU."), ("2", "² Kế hoạch số 83-KH/TU.")],
            id="footnote-that-goes-on-with-a-capital-above-the-next",
        ),
        pytest.param(
            "Thành ủy ban hành Quy định² và Kế hoạch¹².\n\n¹² Kế hoạch số 83-KH/TU.",
            ["Thành ủy ban hành Quy định² và Kế hoạch¹²."],
            [("12", "¹² Kế hoạch số 83-KH/TU.")],
            id="two-digit-mark",
        ),
        pytest.param(
            "Thành ủy ban hành văn bản[1] và kế hoạch[2].\n\n[1] Quyết định số 08-QĐ/TU.\n\n[2] Kế hoạch số 83-KH/TU.\n\n[5] Khác.",
            ["Thành ủy ban hành văn bản[1] và kế hoạch[2].", "[5] Khác."],
            [("1", "[1] Quyết định số 08-QĐ/TU."), ("2", "[2] Kế hoạch số 83-KH/TU.")],
            id="marks-in-brackets",
        ),
    ],
)
def test_footnotes(source: str, paragraphs: list[str], footnotes: list[tuple[str, str]]) -> None:
    layout = laid(source)
    assert body(layout) == paragraphs
    assert notes(layout) == footnotes


def test_anchor_is_where_the_body_carries_the_mark() -> None:
    layout = laid("Thành ủy ban hành văn bản¹ và kế hoạch².\n\n¹ Quyết định.\n² Kế hoạch.\n")
    assert [layout.text[n.anchor] for n in layout.footnotes] == ["¹", "²"]
    assert all(n.anchor < layout.body_end for n in layout.footnotes)
    inside = layout.footnotes[1]
    assert layout.footnote(inside.start) == inside
    assert layout.footnote(0) is None


def test_anchor_of_a_mark_that_the_body_lacks() -> None:
    assert [n.anchor for n in laid("Thành ủy báo cáo.\n\n¹ Quyết định số 08-QĐ/TU.").footnotes] == [-1]


def test_find_marks() -> None:
    assert find_marks("văn bản¹, kế hoạch¹² và³") == [(7, "1"), (18, "12"), (23, "3")]
    assert find_marks("văn bản¹, kế hoạch²", 10) == [(7, "1")]
    assert find_marks("mười m2") == []


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("Thành ủy báo cáo. Sở Nội vụ chủ trì.", ["Thành ủy báo cáo. ", "Sở Nội vụ chủ trì.\n"], id="two"),
        pytest.param(
            "Chi tại TP. Hà Nội theo mục 1. 2 của kế hoạch.",
            ["Chi tại TP. Hà Nội theo mục 1. 2 của kế hoạch.\n"],
            id="figures-and-shortened-words-go-on",
        ),
        pytest.param("Đã nêu rõ. “Các cấp ủy” báo cáo.", ["Đã nêu rõ. ", "“Các cấp ủy” báo cáo.\n"], id="quotation"),
        pytest.param("Thu 1.500 tỷ đồng.", ["Thu 1.500 tỷ đồng.\n"], id="stop-in-a-figure"),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    layout = laid(text)
    found, at = [], 0
    while at < len(layout.text):
        start, end = layout.sentence(at)
        found.append(layout.text[start:end])
        at = max(end, at + 1)
    assert found == sentences


def test_paragraph() -> None:
    layout = laid("Thứ nhất.\n\nThứ hai.\n")
    start, end = layout.paragraph(layout.text.index("hai"))
    assert layout.text[start:end] == "Thứ hai."


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("Nghị quyết", "Nghị quyết", id="composed"),
        pytest.param(unicodedata.normalize("NFD", "Nghị quyết số"), "Nghị quyết số", id="decomposed"),
        pytest.param("Ngh\u1ecb quye\u0302\u0301t", "Nghị quyết", id="mixed"),
        pytest.param("Nghi\u0323 quy\u00ea\u0301t", "Nghị quyết", id="half-composed-as-windows-1258-has-it"),
        pytest.param("TW¹²", "TW¹²", id="never-compatibility-forms"),
        pytest.param("\u0301a", "\u0301a", id="mark-without-a-letter"),
    ],
)
def test_compose(source: str, text: str) -> None:
    composed = compose(source)
    assert composed.text == text
    assert composed.pieces[0] == (0, 0)
    assert list(composed.pieces) == sorted(composed.pieces)
    assert [composed.source(i) for i in range(len(text))] == sorted({composed.source(i) for i in range(len(text))})


VIETNAMESE = "aăâeêioôơuưyđ" + "áàảãạấầẩẫậắằẳẵặếềểễệíìỉĩịốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ" + "bcdghklmnpqrstvxABCĐHNQTUVÁỨỆ"
PUNCTUATION = " .,;:-–/()“”\n\t|*0123456789¹²³\u00a0"
texts = st.lists(
    st.one_of(
        st.text(VIETNAMESE + PUNCTUATION, max_size=40),
        st.sampled_from(["\n\n", "\n", ".\n", "\n¹ ", "\n2 ", "văn bản¹ ", "Điều 1. ", "\n- ", "Căn cứ ", FIRST]),
    ),
    max_size=12,
).map("".join)
forms = st.sampled_from(["NFC", "NFD", "mixed"])


def recode(text: str, form: str) -> str:
    """`text` in a normal form, or every other word of it decomposed."""
    if form == "NFC":
        return unicodedata.normalize("NFC", text)
    if form == "NFD":
        return unicodedata.normalize("NFD", text)
    words = text.split(" ")
    return " ".join(unicodedata.normalize("NFD" if n % 2 else "NFC", word) for n, word in enumerate(words))


@given(texts, forms)
def test_every_offset_leads_to_its_character(text: str, form: str) -> None:
    source = recode(text, form)
    layout = laid(source)
    for at, char in enumerate(layout.text):
        if char == "\n":
            continue
        begin, end = layout.source(at), layout.source_end(at + 1)
        printed = unicodedata.normalize("NFC", source[begin:end])
        # The blank that joins two lines stands for all from the end of one to the start of the other, between which a line may stand that
        # is read elsewhere, a blank that was lost for the character behind it; any other character for itself, marks and all.
        joins = char == " " and source[begin].isspace() and source[end - 1].isspace()
        lost = char == " " and layout.source(at + 1) == begin
        assert printed == char or joins or lost, (at, char, source[begin:end])


@given(texts, forms)
def test_every_printed_character_is_read_once(text: str, form: str) -> None:
    source = recode(text, form)
    layout = laid(source)
    printed = sorted(c for c in unicodedata.normalize("NFC", source) if not c.isspace())
    assert sorted(c for c in layout.text if not c.isspace()) == printed


@given(texts)
def test_reading_text_does_not_depend_on_the_normal_form(text: str) -> None:
    composed = laid(unicodedata.normalize("NFC", text))
    for form in ("NFD", "mixed"):
        layout = laid(recode(text, form))
        assert layout.text == composed.text
        assert notes(layout) == notes(composed)
        assert layout.boundaries == composed.boundaries


@given(st.text(max_size=300))
def test_any_text_has_a_layout(text: str) -> None:
    layout = laid(text)
    assert 0 <= layout.body_end <= len(layout.text)
    for at in range(len(layout.text)):
        assert 0 <= layout.source(at) <= len(text)


def test_a_full_line_broken_behind_a_semicolon_goes_on_in_lower_case() -> None:
    long = "Thông tư này quy định việc lập hồ sơ của cơ quan cấp tỉnh, cấp xã;"
    assert body(laid(f"{long}\nviệc nộp lưu và bảo quản.")) == [f"{long} việc nộp lưu và bảo quản."]
    assert body(laid("1. Gồm: lập hồ sơ;\nviệc nộp lưu.")) == ["1. Gồm: lập hồ sơ;", "việc nộp lưu."]
