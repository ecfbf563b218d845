"""How far a directive is carried out, on paper."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from chidao.graph.answers.coverage import Cell, CellDocument, Coverage, Row
from chidao.graph.answers.timeline import Directive
from chidao.viz.documents.progress_docx import progress_document, why

DONE = CellDocument(
    "urn:d", "Kế hoạch 1/KH-UBND", None, None, "2025-03-01", 59, "implements", "explicit", 1, None, None
)
FOUND = Coverage(
    "province", None, "2026-01-02", (Directive("urn:a", "Nghị quyết 1-NQ/TW", "về một\x07 việc", "Bộ Chính trị", "2025-01-01"),),
    (
        Row("a", "tỉnh A", None, (Cell("implemented", (DONE,), (), None, count=1, direct=True),)),
        Row("b", "tỉnh B", None, (Cell("mentioned", (), ("cite",), None),)),
        Row("c", "tỉnh C", None, (Cell("unknown", (), (), None, 1200, "2025-06-01"),)),
        Row("d", "tỉnh D", None, (Cell("unknown", (), (), None, 0, "2024-06-01"),)),
    ),
    ((),), (None,), ("2025-01-01",),
)  # fmt: skip


def test_it_is_one_landscape_page_with_every_row() -> None:
    document = Document(io.BytesIO(progress_document(FOUND)))
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert [round((length or Mm(0)).mm) for length in (section.page_width, section.page_height)] == [297, 210]
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Nghị quyết 1-NQ/TW ngày 01/01/2025 của Bộ Chính trị" in text
    assert "Tính đến ngày 02/01/2026" in text
    assert (
        "Đã có văn bản thực hiện: 1/4 (trực tiếp 1, gián tiếp 0). Thời gian trung vị 59 ngày; sớm nhất tỉnh A (01/03/2025)."
        in text
    )
    assert "không có nghĩa là chưa làm" in text
    unseen, done = ([cell.text for line in table.rows for cell in line.cells] for table in document.tables)
    assert unseen[4:] == [
        "Tỉnh B", "có nhắc đến, chưa thấy văn bản thực hiện", "Tỉnh D", "chưa nạp văn bản nào từ ngày 01/01/2025, mới nhất 01/06/2024",
        "Tỉnh C", "có 1.200 văn bản từ ngày 01/01/2025, mới nhất 01/06/2025", "", "",
    ]  # fmt: skip
    heads, *rows = ([cell.paragraphs[0].runs[0].bold for cell in line.cells] for line in document.tables[0].rows)
    assert all(heads) and not any(bold for row in rows for bold in row)
    assert done[4:6] == ["Tỉnh A", "Kế hoạch 1/KH-UBND (01/03/2025, 59 ngày)"]


@pytest.mark.parametrize(
    ("cell", "since", "told"),
    [
        (Cell("unknown", (), (), None), "2025-01-01", "chưa nạp văn bản nào từ ngày 01/01/2025"),
        (
            Cell("unknown", (), (), None, 0, "2024-06-01"),
            "2025-01-01",
            "chưa nạp văn bản nào từ ngày 01/01/2025, mới nhất 01/06/2024",
        ),
    ],
)
def test_nobody_is_accused_where_nothing_can_be_told(cell: Cell, since: str | None, told: str) -> None:
    assert why(cell, since) == told
