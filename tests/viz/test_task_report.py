"""Tasks on paper: each once, by body, with what an office asks for; opened by other programs."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from openpyxl import load_workbook

from chidao.graph.answers.done import Done, DoneBook, key
from chidao.graph.answers.task_states import TaskOnDay, agenda
from chidao.graph.answers.tasks import TaskRow
from chidao.graph.evidence import Place
from chidao.viz.documents.task_report import NOTE, report_document, report_workbook

ON = date(2026, 11, 27)


def task(name: str, due: str | None, *lead: str, deadline: str | None = None, support: tuple[str, ...] = ()) -> TaskRow:
    said = deadline and "hằng tháng"
    return TaskRow(
        f"urn:{name}", "urn:d", "Kế hoạch 1/KH-UBND", "2026-01-02", name, deadline or due, said, due, Place(source="a", line=1), lead,
        support, {},
    )  # fmt: skip


DONE = task("=1+1 Rà soát\x07 bến", "2026-06-30", "Sở Nội vụ")
TASKS = [
    DONE,
    task("Báo cáo", "2026-11-26", "Sở Nội vụ", "Sở Y tế", support=("Sở Tài chính",)),
    task("Tổng hợp", None, "Sở Y tế", deadline="monthly-25"),
    task("Tuyên truyền", None, "Ủy ban nhân dân các xã"),
]
SAID = Done(
    document="urn:d", text=DONE.text, lead=DONE.lead, day="2026-11-24", proof="urn:p", proof_label="Báo cáo 5/BC-SNV", why="đã gửi"
)  # fmt: skip


def items() -> list[TaskOnDay]:
    return agenda(TASKS, ON, DoneBook({key("urn:d", DONE.text, DONE.lead): [SAID]}, frozenset({"urn:d"})))


def test_the_document_has_a_table_for_each_body() -> None:
    document = Document(io.BytesIO(report_document(items(), ON)))
    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "(Tính đến ngày 27/11/2026, theo các tệp đã đọc)" in text and NOTE in text
    assert "Trong tuần từ ngày 23/11/2026 đến ngày 29/11/2026: 1 nhiệm vụ đến hạn, 1 nhiệm vụ hoàn thành." in text
    summary, *bodies = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    assert summary[1:] == [
        ["Sở Nội vụ", "2", "0", "1", "0", "0", "1", "0"],
        ["Sở Y tế", "2", "0", "0", "0", "1", "1", "0"],
        ["Ủy ban nhân dân các xã", "1", "0", "0", "0", "0", "0", "1"],
        ["Tổng số nhiệm vụ", "4", "0", "1", "0", "1", "1", "1"],
    ]
    assert bodies[0] == [
        ["TT", "Nhiệm vụ", "Nguồn chỉ đạo", "Thời hạn", "Tình trạng", "Ghi chú"],
        ["1", "=1+1 Rà soát  bến", "Kế hoạch 1/KH-UBND ngày 02/01/2026", "30/06/2026", "Hoàn thành quá hạn",
         "Hoàn thành ngày 24/11/2026. Báo cáo 5/BC-SNV. đã gửi"],
        ["2", "Báo cáo", "Kế hoạch 1/KH-UBND ngày 02/01/2026", "26/11/2026", "Quá hạn", "Phối hợp: Sở Tài chính"],
    ]  # fmt: skip
    heads, *rows = ([cell.paragraphs[0].runs[0].bold for cell in line.cells] for line in document.tables[1].rows)
    assert all(heads) and not any(bold for row in rows for bold in row)
    assert bodies[1][2][3:5] == ["hằng tháng (kỳ tới: 25/12/2026)", "Trong hạn"]
    assert bodies[2][1][3:5] == ["", "Không nêu thời hạn"]


def test_the_workbook_has_each_task_once() -> None:
    book = load_workbook(io.BytesIO(report_workbook(items(), ON, "Sở Nội vụ")))
    tasks, sums = (list(sheet.iter_rows(values_only=True)) for sheet in book)
    assert [row[0] for row in tasks[1:]] == [1, 2, 3, 4]
    assert book["Nhiệm vụ"]["D2"].data_type == "s", "text is no formula"
    assert tasks[2][1:3] == ("Sở Nội vụ; Sở Y tế", "Sở Tài chính")
    assert sums[4][:2] == ("Tổng số nhiệm vụ", 4)
    assert sum(count for count in sums[4][2:] if isinstance(count, int)) == 4
    assert sums[6][0] == "Tính đến ngày 27/11/2026; Sở Nội vụ"


def test_nothing_is_no_error() -> None:
    assert Document(io.BytesIO(report_document([], ON))).tables
    assert load_workbook(io.BytesIO(report_workbook([], ON))).sheetnames == ["Nhiệm vụ", "Tổng hợp"]


@pytest.mark.slow
def test_libreoffice_opens_it(tmp_path: Path, needs: Callable[..., str]) -> None:
    office = needs("soffice", "libreoffice")
    (tmp_path / "a.docx").write_bytes(report_document(items(), ON))
    home = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "a.docx"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
