"""PDF to text: the text layer, what signatures stamp over it, and pages that are pictures.

pypdfium2 gives every character with its place, and what is ruled; `page` makes lines of them, `ruled` rows of tables. Digitally
signed files carry number and date as a stamp in a signature field over "Số:      /QĐ-UBND", which plain extraction misses: the
fields are flattened into the page first. What else a signature prints (who signed, when) is told as a note and is no text. A page
without text is read by OCR.
Source of the form: ISO 32000-1, 12.5.5 (appearance streams), 12.7.4.5 (signature fields).
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Any

from chidao.extract.errors import SourceError
from chidao.extract.formats import Converted
from chidao.extract.formats.kinds import first_line
from chidao.extract.formats.legacy import restored
from chidao.extract.formats.ocr import MAX_PIXELS, MISSING, program, read_pictures
from chidao.extract.formats.page import Glyph, Line, drop_running, join_pages, join_rows, lay_out
from chidao.extract.formats.pdf_page import Matrix, moved, page_glyphs, page_rules, page_turn
from chidao.extract.formats.ruled import lay_out_page
from chidao.extract.language.patterns import PEN_DAY

__all__ = ["MAX_PAGES", "open_pdf", "read_pdf"]

MAX_PAGES = 2_000
"""Pages that are read; the rest is left out, and a note says so."""
_SCALE = 300 / 72
"""From points to the points of a picture at 300 dpi."""
_SIGNATURE = re.compile(
    r"\d{1,2}:\d{2}:\d{2}|K[ýy]\s+bởi|Người\s+ký|Cơ\s+quan\s*:|Thời\s+gian\s+ký|Signature|Digitally\s+signed|[\w.]+@[\w.]+",
    re.IGNORECASE,
)
_PRINTED = re.compile(PEN_DAY, re.IGNORECASE)
_GARBLED = re.compile(r"[\ue000-\uf8ff\ufffd]")


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    bottom: float
    right: float
    top: float

    def turned(self, turn: Matrix) -> _Box:
        (a, b), (c, d) = moved((self.left, self.bottom), turn), moved((self.right, self.top), turn)
        return _Box(min(a, c), min(b, d), max(a, c), max(b, d))

    def holds(self, g: Glyph) -> bool:
        middle = (g.left + g.right) / 2
        return self.left - 2 <= middle <= self.right + 2 and self.bottom - 2 <= g.base + 0.3 * g.size <= self.top + 2


def read_pdf(data: bytes) -> Converted:
    """Return the text of a PDF file, with the offset of each page.

    Raises SourceError (without a path) for a damaged or protected file, and for one whose pages are pictures where there is
    no tesseract to read them."""
    import pypdfium2

    document = open_pdf(data)
    notes: list[str] = []
    total = len(document)
    if total > MAX_PAGES:
        notes.append(f"only the first {MAX_PAGES:,} of {total:,} pages are read")
    if signed := list(_signing_times(document)):
        notes.append(f"signed on {', '.join(dict.fromkeys(signed))}")
    pages: list[list[Line]] = []
    pictures: list[int] = []
    signatures: dict[int, list[_Box]] = {}
    for number in range(min(total, MAX_PAGES)):
        try:
            glyphs = _page_glyphs(document, number, notes, signatures)
            page = document[number]
            lines = lay_out_page(glyphs, page_rules(page, page_turn(page)), pages[-1] if pages else ())
            picture = _is_picture(document[number], lines)
        except pypdfium2.PdfiumError as error:
            notes.append(f"page {number + 1} is damaged: {first_line(error)}")
            pages.append([])
            continue
        if picture:
            pictures.append(number)
        pages.append(lines)
        _check_stamps(lines, number, notes)
    if pictures:
        _read_pictures(document, pictures, pages, notes, signatures)
    if total == 0 or not any(pages):
        raise SourceError("no page of it holds text")
    pages, restoring = _restored(join_rows(drop_running(pages)))
    text, starts, doubts = join_pages(pages)
    notes += restoring
    return Converted(text, starts, tuple(dict.fromkeys(notes)), doubts)


def open_pdf(data: bytes) -> Any:
    """Return the bytes of a PDF file as a document of pypdfium2, whose pages show their forms. Raises SourceError (without a path) where
    they are damaged or protected."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError("protected by a password: save a copy without one") from None
        raise SourceError(f"damaged or truncated PDF: {first_line(error)}") from None
    if document.get_formtype() != 0:
        document.init_forms()
    return document


def _page_glyphs(document: Any, number: int, notes: list[str], signatures: dict[int, list[_Box]]) -> list[Glyph]:
    """Every character of the page with its place; those of signature fields are marked as stamps, except what a signature
    says of itself, which becomes a note and whose place goes to `signatures`."""
    import pypdfium2.raw as pdfium

    page = document[number]
    turn = page_turn(page)
    boxes = list(_annotations(page))
    if not boxes:
        return page_glyphs(page, turn)
    before = len(page_glyphs(page, turn))
    pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
    page.close()
    glyphs = page_glyphs(document[number], turn)  # what was flattened comes last
    typed, late = glyphs[:before], [replace(g, stamp=True) for g in glyphs[before:]]
    stamps: list[Glyph] = []
    for box in boxes:
        seen = box.turned(turn)
        inside = [g for g in late if seen.holds(g)]
        late = [g for g in late if not seen.holds(g)]
        said = " ".join(" ".join(line.text for line in lay_out(inside)).split())
        if _SIGNATURE.search(said):
            notes.append(f"digital signature: {said}")
            signatures.setdefault(number, []).append(box)
        else:
            stamps += inside
    return [*typed, *stamps, *late]


_TIME = re.compile(r"D:(?P<stamp>[0-9]{14})(?P<zone>Z|[+-][0-9]{2}'?[0-9]{2})?")
_HERE = timezone(timedelta(hours=7))


def _signing_times(document: Any) -> Iterator[str]:
    """Yield when each digital signature was made, in Vietnam's time, as its dictionary says (ISO 32000-1, 12.8.1: M)."""
    import pypdfium2.raw as pdfium

    for i in range(pdfium.FPDF_GetSignatureCount(document.raw)):
        signature = pdfium.FPDF_GetSignatureObject(document.raw, i)
        length = pdfium.FPDFSignatureObj_GetTime(signature, None, 0)
        buffer = ctypes.create_string_buffer(max(1, length))
        pdfium.FPDFSignatureObj_GetTime(signature, buffer, length)
        match = _TIME.match(buffer.value.decode("ascii", "replace"))
        if match is None:
            continue
        zone = (match["zone"] or "+0700").replace("'", "").replace("Z", "+0000")
        with suppress(ValueError):
            yield f"{datetime.strptime(match['stamp'] + zone, '%Y%m%d%H%M%S%z').astimezone(_HERE):%Y-%m-%d %H:%M}"


def _annotations(page: Any) -> Iterator[_Box]:
    """Where the page's fields and stamps stand; links and notes to readers are no part of the page."""
    import pypdfium2.raw as pdfium

    for i in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, i)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        rectangle = pdfium.FS_RECTF()
        if kind in (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_FREETEXT):
            if pdfium.FPDFAnnot_GetRect(annotation, rectangle):
                yield _Box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        pdfium.FPDFPage_CloseAnnot(annotation)


def _is_picture(page: Any, lines: Sequence[Line]) -> bool:
    """Whether a page shows a picture and next to no text, or a text layer that is no Vietnamese."""
    import pypdfium2.raw as pdfium

    text = "".join(line.text for line in lines)
    letters = sum(c.isalpha() for c in text)
    garbled = len(_GARBLED.findall(text)) > 0.2 * max(1, len(text))
    if letters > 60 and not garbled:
        return False
    return garbled or any(o.type == pdfium.FPDF_PAGEOBJ_IMAGE for o in page.get_objects(max_depth=3))


def _check_stamps(lines: Sequence[Line], number: int, notes: list[str]) -> None:
    """A stamp over typed figures ("tháng 4" under a "5") may read as no date at all: told, never guessed."""
    for line in lines:
        if line.overprinted:
            notes.append(f"page {number + 1}: a stamp lies over typed text: “{' '.join(line.text.split())}”")
        for match in _PRINTED.finditer(line.text):
            if all(match.groups()) and not (1 <= int(match["d"]) <= 31 and 1 <= int(match["m"]) <= 12):
                notes.append(f"page {number + 1}: no such date: “{' '.join(match.group().split())}”")


def _read_pictures(
    document: Any,
    pictures: Sequence[int],
    pages: list[list[Line]],
    notes: list[str],
    signatures: dict[int, list[_Box]],
) -> None:
    """Read the pages that are pictures; what signatures print over them is painted white first."""
    import pypdfium2

    readable = sum(len(line.text) for lines in pages for line in lines) > 200
    if program() is None:
        told = f"{len(pictures)} of {len(pages)} pages are pictures: {MISSING}"
        if not readable:
            raise SourceError(told)
        notes.append(told)
        return

    def picture_of(number: int) -> Any:
        try:
            return _picture(document[number], signatures.get(number, ()))
        except pypdfium2.PdfiumError as error:
            raise SourceError(f"damaged: {first_line(error)}") from None

    read = read_pictures(pictures, picture_of)
    for number, lines in read.lines.items():
        pages[number] = lines
    notes += read.notes


def _picture(page: Any, signatures: Sequence[_Box]) -> Any:
    """A page as a picture at 300 dpi, or as near to that as its size allows, with what signatures print painted white."""
    scale = min(_SCALE, (MAX_PIXELS / max(1.0, page.get_width() * page.get_height())) ** 0.5)
    picture = page.render(scale=scale, may_draw_forms=False).to_pil()
    for box in signatures:
        top = page.get_height() - box.top
        area = (box.left * scale, top * scale, box.right * scale, (top + box.top - box.bottom) * scale)
        picture.paste("white", tuple(int(x) for x in area))
    page.close()
    return picture


def _restored(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], tuple[str, ...]]:
    """The pages in Unicode, without soft hyphens, which are letters in fonts from before it; and a note where that was to do."""
    text, restoring = restored("\n".join(line.text for lines in pages for line in lines))
    pieces = iter(text.split("\n"))

    def taken(line: Line) -> str:
        return "\n".join(next(pieces) for _ in range(line.text.count("\n") + 1))

    made = [[replace(line, text=taken(line)) for line in lines] for lines in pages]
    if not restoring:
        made = [[replace(line, text=line.text.replace("\u00ad", "")) for line in lines] for lines in made]
    return made, restoring
