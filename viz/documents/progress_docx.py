"""How far a directive is carried out, as a Word document of one landscape page to be sent or laid before a meeting."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from chidao.graph.answers.coverage import Cell, Coverage, Row
from chidao.graph.answers.tally import First
from chidao.viz.documents.paper import landscape, line, plain
from chidao.viz.words import words

_ACROSS = 2
"""Rows of bodies beside each other in the table."""


def progress_document(found: Coverage) -> bytes:
    """Return the first directive of a coverage as a .docx file."""
    document = landscape()
    directive, counts, said = found.directives[0], found.tally(), words()
    line(document, "TÌNH HÌNH TRIỂN KHAI THỰC HIỆN", bold=True, size=14, centred=True)
    by = f" của {directive.issuer}" if directive.issuer else ""
    since = f" ngày {said.day(directive.date)}" if directive.date else ""
    line(document, f"{directive.label}{since}{by}", bold=True, size=12, centred=True)
    if directive.title:
        line(document, directive.title, size=11, centred=True)
    line(document, f"(Tính đến ngày {said.day(found.on)}, theo các tệp đã nạp)", size=11, centred=True, italic=True)
    ways = f"trực tiếp {counts.direct}, gián tiếp {counts.indirect}"
    of = f"/{counts.of}" if counts.of is not None else f", {said.audiences['']}"
    done_of = f"Đã có văn bản thực hiện: {counts.implemented}{of} ({ways})."
    line(document, f"{done_of} {_pace(counts.median, counts.first, counts.last)}", size=11)
    if found.astray:
        line(
            document, f"Ngoài ra có {said.count(found.astray)} văn bản thực hiện, chưa rõ của địa phương nào.", size=11
        )
    left = [row for row in found.rows if row.cells[0].progress in ("mentioned", "silent", "no-files")]
    if left:
        line(document, "Chưa thấy văn bản thực hiện", bold=True, size=11)
        _table(
            document,
            ("Cơ quan, địa phương", "Văn bản trong các tệp"),
            [(_head(row), why(row.cells[0], found.since[0])) for row in left],
        )
    done = [row for row in found.rows if row.cells[0].progress == "implemented"]
    if done:
        line(document, "Đã có văn bản thực hiện", bold=True, size=11)
        _table(document, ("Cơ quan, địa phương", "Văn bản đầu tiên"), [(_head(row), _first(row)) for row in done])
    line(document, "“Chưa thấy” là theo các tệp đã nạp, không có nghĩa là chưa làm.", size=10, italic=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def why(cell: Cell, since: str | None) -> str:
    """Return in words why a row is not among those that carried the directive out."""
    day, newest = words().day(since), words().day(cell.newest)
    if cell.progress == "mentioned":
        return "có nhắc đến, chưa thấy văn bản thực hiện"
    if cell.progress == "silent":
        return f"có {words().count(cell.files or 0)} văn bản từ ngày {day}, mới nhất {newest}"
    after = f"chưa nạp văn bản nào từ ngày {day}"
    return f"{after}, mới nhất {newest}" if newest else after


def _pace(median: float | None, first: First | None, last: First | None) -> str:
    if median is None or first is None or last is None:
        return ""
    told = f"Thời gian trung vị {words().number(median)} ngày; sớm nhất {first.name} ({words().day(first.date)})"
    return told + (f", muộn nhất {last.name} ({words().day(last.date)})." if last != first else ".")


def _head(row: Row) -> str:
    return row.name[:1].upper() + row.name[1:]


def _first(row: Row) -> str:
    own = row.cells[0].documents[0]
    took = f", {own.days} ngày" if own.days is not None else ""
    return f"{own.label} ({words().day(own.date) or 'chưa rõ ngày'}{took})"


def _table(document: Any, heads: Sequence[str], entries: Sequence[tuple[str, str]]) -> None:
    """Two columns of entries beside each other, so that 34 provinces stand on one page."""
    from docx.shared import Mm, Pt

    height = -(-len(entries) // _ACROSS)
    table = document.add_table(rows=height + 1, cols=len(heads) * _ACROSS)
    table.style = "Table Grid"
    table.autofit = False
    widths = [Mm(46), Mm(84)] * _ACROSS
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    cells = [list(heads) * _ACROSS] + [
        [
            text
            for at in range(at_line, at_line + height * _ACROSS, height)
            for text in (entries[at] if at < len(entries) else ("", ""))
        ]
        for at_line in range(height)
    ]
    for number, (row, texts) in enumerate(zip(table.rows, cells, strict=True)):
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = width
            run = cell.paragraphs[0].add_run(plain(text))
            run.font.size, run.bold = Pt(8.5), number == 0
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
