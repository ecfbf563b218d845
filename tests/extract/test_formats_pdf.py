"""PDF to text: places of characters, stamps, running heads, tables."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract import SourceError, extract_path, read_source
from chidao.extract.formats.page import Glyph, drop_running, join_pages, lay_out
from chidao.extract.formats.pdf import read_pdf

Needs = Callable[..., str]


def typed(text: str, left: float, base: float, size: float = 14.0, *, stamp: bool = False) -> list[Glyph]:
    """Text as a program writes it: each character half its size wide."""
    return [Glyph(c, left + i * size / 2, left + (i + 1) * size / 2, base, size, stamp) for i, c in enumerate(text)]


def signed(*times: str) -> bytes:
    """A PDF of one page with a line of text, and a signature field for each time."""
    field = "<< /Type /Annot /Subtype /Widget /FT /Sig /T (s{}) /Rect [0 0 0 0] /V << /Type /Sig /Filter /Adobe.PPKLite /M ({}) >> >>"
    fields = [field.format(n, time) for n, time in enumerate(times)]
    kids = " ".join(f"{6 + n} 0 R" for n in range(len(times)))
    content = "BT /F1 14 Tf 60 700 Td (So: 12/KH-UBND) Tj ET"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [{kids}] /SigFlags 3 >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *fields,
    ]
    out, starts = "%PDF-1.7\n", []
    for n, body in enumerate(objects, 1):
        starts.append(len(out))
        out += f"{n} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    size, at = len(objects) + 1, len(out)
    return f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n".encode()


@pytest.mark.parametrize(
    ("times", "note"),
    [
        (["D:20250821154116+07'00'"], "signed on 2025-08-21 15:41"),
        (["D:20250115171017+07'00'", "D:20250116074610+07'00'"], "signed on 2025-01-15 17:10, 2025-01-16 07:46"),
        (["D:20250206230318Z"], "signed on 2025-02-07 06:03"),
        (["D:20250206160318"], "signed on 2025-02-06 16:03"),
        (["D:20251399160318+07'00'"], None),
        (["hôm nay"], None),
        ([], None),
    ],
)
def test_when_it_was_signed(times: list[str], note: str | None) -> None:
    found = read_pdf(signed(*times))
    assert "12/KH-UBND" in found.text
    assert found.notes == ((note,) if note else ())


class TestPage:
    def test_figures_that_ocr_doubts(self) -> None:
        number = [
            Glyph("Số:", 60, 90, 700, 14),
            Glyph("899", 95, 120, 700, 14, sure=33.6),
            Glyph("/KH-UBND", 125, 190, 700, 14),
        ]
        text, starts, doubts = join_pages(
            [[], lay_out([*number, Glyph("ngày", 300, 330, 500, 14), Glyph("12", 335, 350, 500, 14, sure=60)])]
        )
        assert starts == (0, 0)
        assert [(text[start:end], sure) for start, end, sure in doubts] == [("899", 34), ("12", 60)]

    def test_columns_stand_side_by_side(self) -> None:
        glyphs = typed("CHÍNH PHỦ", 60, 700) + typed("CỘNG HÒA", 300, 700) + typed("NGHỊ ĐỊNH", 200, 650)
        assert [line.text for line in lay_out(glyphs)] == ["CHÍNH PHỦ     CỘNG HÒA", "NGHỊ ĐỊNH"]

    def test_in_whatever_order_they_are_written(self) -> None:
        glyphs = typed("Số: 12/KH-UBND", 60, 700) + typed("Lào Cai", 300, 699)
        assert lay_out(glyphs[::-1])[0].text == lay_out(glyphs)[0].text == "Số: 12/KH-UBND     Lào Cai"

    def test_a_raised_figure_is_a_mark(self) -> None:
        glyphs = [*typed("NQ/TW", 60, 700), Glyph("1", 95.5, 99, 706, 8), *typed("ngày 2", 106, 700)]
        assert lay_out(glyphs)[0].text == "NQ/TW¹ ngày 2"

    def test_a_stamp_fills_the_blank_of_a_number(self) -> None:
        glyphs = typed("Số:", 60, 700) + typed("/QĐ-UBND", 120, 700) + typed("88", 90, 701, 13, stamp=True)
        assert lay_out(glyphs)[0].text == "Số: 88 /QĐ-UBND"
        assert lay_out(typed("Số:", 60, 700) + typed("/QĐ-UBND", 140, 700))[0].text == "Số: /QĐ-UBND"

    def test_narrow_blanks(self) -> None:
        """Slanted type leaves a tenth of its size between words; within numbers a text layer of OCR leaves as much."""

        def side_by_side(*words: str) -> str:
            glyphs: list[Glyph] = []
            for word in words:
                glyphs += typed(word, glyphs[-1].right + 1.7 if glyphs else 60, 700)
            return lay_out(glyphs)[0].text

        assert side_by_side("Căn", "cứ", "Nghị", "định", "số", "72") == "Căn cứ Nghị định số 72"
        assert side_by_side("2024", "của") == "2024 của"
        assert side_by_side("1", "01/2024") == "101/2024" and side_by_side("QĐ-", "UBND") == "QĐ-UBND"

    def test_a_stamp_over_type_is_seen(self) -> None:
        line = lay_out(typed("tháng 4", 60, 700) + typed("5", 99, 700, 14, stamp=True))[0]
        assert line.overprinted

    def test_running_heads_and_page_numbers(self) -> None:
        pages = [
            lay_out(
                typed(f"CÔNG BÁO/Số 55/Ngày 26-01-2026 {n}", 60, 800)
                + typed(f"Đoạn văn {n}", 60, 700)
                + typed(str(n), 300, 30)
            )
            for n in (24, 25)
        ]
        assert [[line.text for line in lines] for lines in drop_running(pages)] == [["Đoạn văn 24"], ["Đoạn văn 25"]]

    def test_a_head_that_most_pages_share(self) -> None:
        pages = [
            lay_out(
                [
                    g
                    for i, text in enumerate(["Sổ tay bến thủy", f"Đoạn {c}", f"Câu {c}", f"Ý {c}"])
                    for g in typed(text, 60, 800 - 40 * i)
                ]
            )
            for c in "abcd"
        ]
        assert all(lines[0].text.startswith("Đoạn") for lines in drop_running(pages))
        short = [lay_out(typed("Sổ tay bến thủy", 60, 800)) for _ in range(4)]
        assert all(lines for lines in drop_running(short)), "what is all of a page is its text"

    @given(
        st.lists(
            st.builds(
                Glyph, st.sampled_from(["a", "1", " ", "Đ", "/", "word"]), st.floats(0, 500), st.floats(0, 600), st.floats(0, 800),
                st.floats(0.5, 40), st.booleans(),
            ),
            max_size=40,
        )
    )  # fmt: skip
    def test_any_glyphs_give_lines(self, glyphs: list[Glyph]) -> None:
        lines = lay_out(glyphs)
        assert all(line.text and "\n" not in line.text for line in lines)
        assert [line.base for line in lines] == sorted((line.base for line in lines), reverse=True)


def pdf(objects: list[bytes]) -> bytes:
    """A PDF file of numbered objects; the first is its catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def stamped(stamps: list[tuple[str, tuple[int, int, int, int]]], lines: list[tuple[str, int, int]]) -> bytes:
    """A page with typed lines, and signature fields whose appearance shows a text at its rectangle."""
    content = (
        b"BT /F1 14 Tf "
        + b" ".join(
            b"1 0 0 1 %d %d Tm (%s) Tj" % (x, y, t.encode().replace(b"(", b"\\(").replace(b")", b"\\)"))
            for t, x, y in lines
        )
        + b" ET"
    )
    annotations = b" ".join(b"%d 0 R" % (6 + 2 * i) for i in range(len(stamps)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [%s] /SigFlags 3 >> >>" % annotations,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /Annots [%s] >>"
        % annotations,
        stream(content),
        FONT,
    ]
    for i, (text, box) in enumerate(stamps):
        left, bottom, right, top = box
        objects.append(
            b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (s%d) /F 4 /Rect [%d %d %d %d] /AP << /N %d 0 R >> >>"
            % (i, left, bottom, right, top, 7 + 2 * i)
        )
        shown = (
            b"BT /F1 12 Tf 2 %d Td 14 TL " % (top - bottom - 12)
            + b" ".join(b"(%s) Tj T*" % part.encode() for part in text.split("\n"))
            + b" ET"
        )
        objects.append(
            stream(
                shown,
                b"/Type /XObject /Subtype /Form /BBox [0 0 %d %d] /Resources << /Font << /F1 5 0 R >> >>"
                % (right - left, top - bottom),
            )
        )
    return pdf(objects)


class TestStamps:
    """Digitally signed files: number and date are appearances of signature fields over typed blanks."""

    LINES = (
        ("UBND TINH A", 60, 760),
        ("So:", 60, 700),
        ("/QD-UBND", 130, 700),
        ("ngay", 320, 700),
        ("thang 02 nam 2025", 380, 700),
        ("A line of text that is long enough to be the text layer of a page, really.", 60, 600),
    )

    def test_number_and_day_come_from_the_stamps(self) -> None:
        data = stamped([("88", (88, 696, 120, 712)), ("06", (352, 696, 374, 712))], list(self.LINES))
        found = read_pdf(data)
        assert "So: 88 /QD-UBND     ngay 06 thang 02 nam 2025\n" in found.text
        assert found.notes == ()

    def test_what_a_signature_says_of_itself_is_no_text(self) -> None:
        data = stamped([("A Office\n06.02.2025 16:42:22", (380, 780, 560, 830))], list(self.LINES))
        found = read_pdf(data)
        assert "16:42:22" not in found.text
        assert any("digital signature" in note and "A Office" in note for note in found.notes)

    def test_a_stamp_over_type_is_told(self) -> None:
        data = stamped([("5", (418, 696, 436, 712))], list(self.LINES))
        assert any("a stamp lies over typed text" in note for note in read_pdf(data).notes)

    def test_pages_and_offsets(self, tmp_path: Path) -> None:
        path = tmp_path / "a.bin"
        path.write_bytes(stamped([], list(self.LINES)))
        source = read_source(path)
        assert (source.format, source.pages) == ("pdf", (0,))
        (facts,) = extract_path(path)
        assert all(s.page == 1 for s in facts.sentences)


def test_more_pages_than_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from chidao.extract.formats import pdf as module

    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
    shown = (
        b"BT /F1 14 Tf 60 700 Td (A line of text that is long enough to be the text layer of a page, really so.) Tj ET"
    )
    kids = b" ".join(b"%d 0 R" % (5 + i) for i in range(9))
    data = pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count 9 >>" % kids,
            FONT,
            stream(shown),
            *[page] * 9,
        ]
    )
    monkeypatch.setattr(module, "MAX_PAGES", 5)
    found = read_pdf(data)
    assert len(found.pages) == 5 and found.notes == ("only the first 5 of 9 pages are read",)


def print_to_pdf(path: Path) -> None:
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


@pytest.mark.slow
def test_a_document_through_a_word_processor(needs: Needs, tmp_path: Path) -> None:
    needs("soffice")
    document = Document()
    table = document.add_table(rows=2, cols=2)
    table.rows[0].cells[0].text = "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI"
    table.rows[0].cells[1].text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    table.rows[1].cells[0].text, table.rows[1].cells[1].text = "Số: 12/KH-UBND", "Lào Cai, ngày 05 tháng 3 năm 2026"
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Về bến thủy")
    paragraph = document.add_paragraph("Thực hiện Nghị quyết số 57-NQ/TW")
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run(" ngày 22/12/2024 của Bộ Chính trị, Ủy ban nhân dân tỉnh ban hành Kế hoạch.")
    document.add_page_break()  # type: ignore[no-untyped-call]
    document.add_paragraph("Sở Nội vụ chủ trì rà soát các bến thủy trên địa bàn tỉnh.")
    document.save(str(tmp_path / "a.docx"))
    print_to_pdf(tmp_path / "a.docx")
    (facts,) = extract_path(tmp_path / "a.pdf")
    h = facts.heading
    assert (h.type, h.number, h.symbol, h.date, h.place) == ("Kế hoạch", "12", "KH-UBND", "2026-03-05", "Lào Cai")
    assert "57-NQ/TW¹" in facts.source.text
    (reference,) = facts.references
    assert (reference.symbol, reference.date) == ("NQ/TW", "2024-12-22")
    (task,) = facts.tasks
    assert facts.sentences[task.sentence].page == 2 and len(facts.source.pages) == 2


def drawn(content: bytes) -> bytes:
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> "
            b"/XObject << /X 6 0 R >> >> >>",
            stream(content),
            FONT,
            stream(
                b"50 600 m 450 600 l 50 650 m 450 650 l 50 700 m 450 700 l S",
                b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]",
            ),
        ]
    )


WORDS = b" ".join(
    b"BT /F1 12 Tf %d %d Td (%s) Tj ET" % (x, y, text)
    for x, y, text in (
        (55, 680, b"Work to be done by all of the offices"), (305, 680, b"Lead"), (55, 630, b"Review of the plans of the"),
        (55, 615, b"province"), (305, 630, b"Office A"),
    )
)  # fmt: skip
UPRIGHT = b"50 600 m 50 700 l 300 600 m 300 700 l 450 600 m 450 700 l S"


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param(b"50 600 m 450 600 l 50 650 m 450 650 l 50 700 m 450 700 l S " + UPRIGHT, id="strokes"),
        pytest.param(b"50 600 250 50 re 300 600 150 50 re 50 650 250 50 re 300 650 150 50 re S", id="rectangles"),
        pytest.param(
            b"50 600 400 .5 re 50 650 400 .5 re 50 700 400 .5 re f 50 600 .5 100 re 300 600 .5 100 re 450 600 .5 100 re f",
            id="thin rectangles",
        ),
        pytest.param(b"/X Do " + UPRIGHT, id="in a form"),
        pytest.param(b"q .5 0 0 .5 25 300 cm 50 600 800 .5 re 50 700 800 .5 re 50 800 800 .5 re f "
                     b"50 600 .5 200 re 550 600 .5 200 re 850 600 .5 200 re f Q", id="scaled"),
        pytest.param(b"50 600 400 .5 re 50 650 400 .5 re 50 700 400 .5 re f 0 0 m 100 80 300 400 500 800 c S 50 650 m 300 700 l S "
                     + UPRIGHT, id="beside curves and slants"),
    ],
)  # fmt: skip
def test_what_programs_draw(rules: bytes) -> None:
    text = read_pdf(drawn(rules + b" " + WORDS)).text
    assert text == "Work to be done by all of the offices | Lead\nReview of the plans of the province | Office A\n"


@pytest.mark.parametrize(
    "turn",
    [
        pytest.param(b"0 1 -1 0 842 0", id="upwards"),
        pytest.param(b"-1 0 0 -1 595 842", id="upside down"),
        pytest.param(b"0 -1 1 0 0 595", id="downwards"),
    ],
)
def test_a_page_that_is_turned(turn: bytes) -> None:
    rules = b"50 600 m 450 600 l 50 650 m 450 650 l 50 700 m 450 700 l S " + UPRIGHT
    text = read_pdf(drawn(b"q " + turn + b" cm " + rules + b" " + WORDS + b" Q")).text
    assert text == "Work to be done by all of the offices | Lead\nReview of the plans of the province | Office A\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "rules",
    [
        pytest.param(b"50 600 400 100 re f", id="a ground"),
        pytest.param(b"50 600 400 100 re n", id="not drawn"),
        pytest.param(b"50 600 m 450 600 l 50 700 m 450 700 l S", id="two lines"),
        pytest.param(b"50 600 250 50 re S " * 90_000, id="too many"),
    ],
)
def test_what_is_no_table(rules: bytes) -> None:
    assert "|" not in read_pdf(drawn(rules + b" " + WORDS)).text


@pytest.mark.slow
def test_a_plan_through_a_word_processor(needs: Needs, tmp_path: Path) -> None:
    """A table of tasks over many pages, with a repeated header, cells of three rows and rows that are cut in two: the PDF says what
    the document says."""
    needs("soffice")
    document = Document()
    for text in ("ỦY BAN NHÂN DÂN TỈNH LÀO CAI", "Số: 12/KH-UBND", "Lào Cai, ngày 05 tháng 3 năm 2026", "KẾ HOẠCH",
                 "Về chuyển đổi số trên địa bàn tỉnh"):  # fmt: skip
        document.add_paragraph(text)
    table = document.add_table(rows=1, cols=5)
    table.style = "Table Grid"
    header = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    for cell, text in zip(
        table.rows[0].cells,
        ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"),
        strict=True,
    ):
        cell.text = text
    for n in range(1, 25):
        cells = table.add_row().cells
        cells[0].text = str(n)
        cells[1].text = (
            f"Rà soát, sửa đổi quy định thứ {n} theo Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị và Kế hoạch số "
            f"{100 + n}/KH-UBND ngày 12/4/2025 của Ủy ban nhân dân tỉnh Lào Cai, bảo đảm đồng bộ trên địa bàn tỉnh"
        )
        cells[3].text, cells[4].text = "Sở Tài chính, Sở Nội vụ", f"Trước ngày {n}/6/2026"
    for n in range(1, 25, 3):
        table.cell(n, 2).merge(table.cell(n + 2, 2))
        table.cell(n, 2).text = "Sở Khoa học và Công nghệ"
    document.save(str(tmp_path / "a.docx"))
    print_to_pdf(tmp_path / "a.docx")
    (plain,), (printed,) = extract_path(tmp_path / "a.docx"), extract_path(tmp_path / "a.pdf")
    assert len(printed.source.pages) > 3
    said = [
        [(t.deadline, [p.name for p in t.lead], [p.name for p in t.support]) for t in facts.tasks]
        for facts in (plain, printed)
    ]
    assert said[0] == said[1] and len(said[1]) == 24
    assert [(r.number, r.symbol, r.date) for r in plain.references] == [
        (r.number, r.symbol, r.date) for r in printed.references
    ]
    assert len({printed.sentences[t.sentence].page for t in printed.tasks}) == len(printed.source.pages)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.7\n", "damaged or truncated PDF"),
        (stamped([], [("x" * 80, 60, 700)])[:300], "damaged or truncated PDF|no page"),
        (stamped([], []), "no page of it holds text"),
    ],
)
def test_what_cannot_be_read(data: bytes, why: str) -> None:
    with pytest.raises(SourceError, match=why):
        read_pdf(data)
