"""Word documents in the margins and the type of official papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

FONT = "Times New Roman"
"""The type that Nghị định 30/2020/NĐ-CP asks for."""


def landscape() -> DocxDocument:
    """Return an empty document in the margins and the type of official papers, A4 across."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin = section.bottom_margin = Mm(12)
    section.left_margin, section.right_margin = Mm(20), Mm(15)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(2)
    return document


def line(
    document: Any, text: str, *, size: float, bold: bool = False, italic: bool = False, centred: bool = False
) -> None:
    """Add a paragraph of one text to a document."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    run = paragraph.add_run(plain(text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def plain(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return "".join(c if c >= " " and c not in "\ufffe\uffff" else " " for c in text)


def table(
    document: Any, heads: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[str]], *, size: float = 10
) -> None:
    """Add a table whose head stands on every page; `widths` are millimetres. Rows are copies of one, so that thousands are quickly made."""
    from docx.oxml import OxmlElement
    from docx.shared import Mm, Pt

    made = document.add_table(rows=2, cols=len(heads))
    made.style = "Table Grid"
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    for row, texts, bold in zip(made.rows, (heads, [""] * len(heads)), (True, False), strict=True):
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = Mm(width)
            run = cell.paragraphs[0].add_run(plain(text))
            run.font.size, run.bold = Pt(size), bold
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    pattern = made.rows[1]._tr
    for texts in rows:
        line_of = deepcopy(pattern)
        for cell, text in zip(line_of.tc_lst, texts, strict=True):
            cell.p_lst[0].r_lst[0].text = plain(text)
        pattern.addprevious(line_of)
    pattern.getparent().remove(pattern)
