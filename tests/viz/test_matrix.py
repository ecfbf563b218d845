"""A coverage as CSV and as a workbook."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from openpyxl import load_workbook

from chidao.graph.answers.coverage import Cell, CellDocument, Coverage, Row
from chidao.graph.answers.timeline import Directive
from chidao.graph.evidence import Evidence
from chidao.viz.documents.matrix import COLUMNS, NOTE, cell_text, coverage_rows, coverage_workbook

PLACE = Evidence(sentence="=1+1 thực hiện", quote="thực hiện", source="a.txt", page=2, line=7)
DONE = CellDocument(
    "urn:d",
    "=HYPERLINK(0)",
    "+title",
    "Ủy ban",
    "2025-03-01",
    59,
    "implements",
    "explicit",
    2,
    "Kế hoạch 1",
    None,
    PLACE,
)
NONE = Cell("unknown", (), (), None)
LOST = CellDocument(
    "urn:l", "Kế hoạch 77/KH-UBND", None, None, None, None, "implements", "explicit", 1, None, None, PLACE
)
FOUND = Coverage(
    "province", None, "2026-01-01", (Directive("urn:a", "Nghị quyết 1", None, None, "2025-01-01"),),
    (
        Row("a", "tỉnh A", None, (Cell("implemented", (DONE,), ("issue",), PLACE, count=1, direct=True),)),
        Row("b", "tỉnh B", None, (Cell("mentioned", (), ("disseminate", "cite"), PLACE),)),
        Row("c", "tỉnh C\x07", None, (NONE,)),
    ),
    ((LOST,),),
)  # fmt: skip


def test_one_row_for_each_body_and_document() -> None:
    rows = list(coverage_rows(FOUND))
    assert [(r["body"], r["state"], r["document"]) for r in rows] == [
        ("tỉnh A", "implemented", "=HYPERLINK(0)"),
        ("tỉnh B", "mentioned", None),
        ("tỉnh C\x07", "unknown", None),
        (None, "unplaced", "Kế hoạch 77/KH-UBND"),
    ]
    assert all(tuple(r) == COLUMNS for r in rows)
    assert [r["progress"] for r in rows] == ["implemented", "mentioned", "no-files", None]
    assert (rows[0]["sentence"], rows[0]["page"], rows[0]["via"]) == (PLACE.sentence, 2, "Kế hoạch 1")
    assert rows[1]["sentence"] == PLACE.sentence
    assert rows[2]["sentence"] is None
    assert (rows[3]["sentence"], rows[0]["depth"], rows[0]["certainty"]) == (PLACE.sentence, 2, "explicit")


def test_names_of_files_stand_without_the_folder() -> None:
    assert {row["file"] for row in coverage_rows(FOUND, "a.")} == {"txt", None}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (
            Cell("implemented", (DONE,), (), None, count=1, direct=True),
            "Đã có văn bản thực hiện\n=HYPERLINK(0) (01/03/2025, 59 ngày, qua Kế hoạch 1)",
        ),
        (NONE, "Chưa nạp văn bản nào ban hành sau"),
        (
            Cell("unknown", (), (), None, files=2, newest="2025-06-01"),
            "Có văn bản ban hành sau, chưa thấy văn bản thực hiện",
        ),
    ],
)
def test_a_cell_on_paper(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text


def test_the_workbook_reads_back() -> None:
    book = load_workbook(io.BytesIO(coverage_workbook(FOUND)))
    sheet, long = book.worksheets
    assert sheet.freeze_panes == "B2"
    assert [sheet.cell(r, 1).value for r in (1, 2, 3, 4)] == ["Cơ quan", "tỉnh A", "tỉnh B", "tỉnh C"]
    assert sheet.cell(6, 1).value == NOTE
    heads = [cell.value for cell in long[1]]
    first = dict(zip(heads, [cell.value for cell in long[2]], strict=True))
    assert first["Ngày ban hành"] == datetime(2025, 3, 1)
    assert first["Số ngày"] == 59
    assert first["Tình trạng"] == "Đã có văn bản thực hiện"


def test_nothing_in_a_workbook_is_a_formula() -> None:
    for sheet in load_workbook(io.BytesIO(coverage_workbook(FOUND))):
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
