"""Registers that are workbooks: their sheets, days and formulas, and what does harm."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from chidao.extract import SourceError, extract_path
from chidao.extract.formats.sheets import read_workbook
from chidao.extract.model import Facts


def workbook(*sheets: list[list[Any]], hidden: int | None = None) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for n, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Tháng {n + 1}")
        for row in rows:
            sheet.append(row)
        if n == hidden:
            sheet.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


HEADER = ["Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản"]
JULY: list[list[Any]] = [
    ["SỔ ĐĂNG KÝ VĂN BẢN ĐI"],
    [],
    HEADER,
    ["(1)", "(2)", "(3)"],
    ["12/KH-UBND", datetime(2022, 7, 5), "Kế hoạch thực hiện Nghị quyết số 8-NQ/TU ngày 01/6/2022"],
    [None, None, None],
    ["13/KH-UBND", 44748, "=HYPERLINK(A1)"],
]
CSV = 'Số ký hiệu,Ngày ban hành,Trích yếu\n345/UBND-KT,06/8/2022,"đôn đốc báo cáo, quý III"\n'
AUGUST: list[list[Any]] = [HEADER, [14, "03/8/2022", "Kế hoạch giao vốn"]]


class TestWorkbook:
    def read(self, data: bytes, tmp_path: Path) -> tuple[Facts, ...]:
        (tmp_path / "so.bin").write_bytes(data)  # by content, not by name
        return extract_path(tmp_path / "so.bin", "Lào Cai")

    def test_a_workbook_in_an_archive(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "nam.zip", "w") as archive:
            archive.writestr("so/thang7.xlsx", workbook(JULY))
            archive.writestr("so/thang8.csv", CSV)
        for member, rows in (("so/thang7.xlsx", 2), ("so/thang8.csv", 1)):
            assert len(extract_path(f"{tmp_path / 'nam.zip'}!{member}", "Lào Cai")) == rows

    def test_sheets_follow_each_other(self, tmp_path: Path) -> None:
        found = self.read(workbook(JULY, AUGUST), tmp_path)
        assert [(f.row, f.heading.number, f.heading.date) for f in found] == [
            (0, "12", "2022-07-05"),
            (1, "13", "2022-07-06"),
            (2, "14", "2022-08-03"),
        ]
        assert found[0].heading.type == "Kế hoạch" and len(found[0].references) == 1

    def test_evidence_names_the_row_that_the_program_shows(self, tmp_path: Path) -> None:
        assert self.read(workbook(JULY), tmp_path)[0].sentences[0].line == 5

    def test_formulas_are_not_evaluated(self, tmp_path: Path) -> None:
        second = self.read(workbook(JULY), tmp_path)[1]
        assert second.source.text == "" and second.heading.title is None

    def test_hidden_sheets_are_left_out(self, tmp_path: Path) -> None:
        assert len(self.read(workbook(JULY, AUGUST, hidden=1), tmp_path)) == 2

    def test_columns_by_name(self, tmp_path: Path) -> None:
        path = tmp_path / "a.xlsx"
        path.write_bytes(workbook([["Mã", "Chuyện"], ["1/KH-UBND", "giao vốn"]]))
        with pytest.raises(SourceError, match=r"a\.xlsx: a table, but no column .* among: Mã, Chuyện"):
            extract_path(path)
        assert extract_path(path, None, {"number": "Mã"})[0].heading.number == "1"

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            (lambda data: data[: len(data) // 2], "ZIP|damaged"),
            (lambda data: repacked(data, "xl/workbook.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"), "document type"),
            (lambda data: repacked(data, "xl/worksheets/sheet1.xml", b"<worksheet"), "damaged"),
            (lambda data: repacked(data, "xl/worksheets/sheet1.xml", b"<x>" + b" " * 40_000_000), "unpacks to"),
        ],
        ids=["truncated", "entities", "broken sheet", "bomb"],
    )
    def test_bad_workbooks_are_refused(self, tmp_path: Path, change: Any, why: str) -> None:
        with pytest.raises(SourceError, match=why):
            self.read(change(workbook(JULY)), tmp_path)

    def test_a_stray_cell_in_the_last_row_does_no_harm(self, tmp_path: Path) -> None:
        cell = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c></row>'
        sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
        rows = cell.format(1, "Số ký hiệu") + cell.format(2, "5/KH-UBND")
        for last, count in ((1_048_576, 1), (2_000_000, 0)):
            content = sheet.format(rows + cell.format(last, " ")).encode()
            data = repacked(workbook(JULY), "xl/worksheets/sheet1.xml", content)
            if count:
                assert len(self.read(data, tmp_path)) == count
                continue
            with pytest.raises(SourceError, match="beyond the last"):
                self.read(data, tmp_path)

    def test_a_part_that_stands_behind_many_sheets_is_read_once(self, tmp_path: Path) -> None:
        data = workbook(JULY)
        with zipfile.ZipFile(io.BytesIO(data)) as whole:
            listed = whole.read("xl/workbook.xml").decode()
        (sheet,) = re.findall(r"<(?:x:)?sheet [^>]*/>", listed)
        more = "".join(
            sheet.replace("Tháng 1", f"Tháng {n}").replace('sheetId="1"', f'sheetId="{n}"') for n in range(2, 50)
        )
        many = repacked(data, "xl/workbook.xml", listed.replace(sheet, sheet + more).encode())
        assert len(self.read(many, tmp_path)) == len(self.read(data, tmp_path))

    def test_a_wide_and_long_sheet_is_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("chidao.extract.formats.sheets.MAX_ROWS", 20)
        with pytest.raises(SourceError, match="more than 20 rows"):
            read_workbook(workbook([HEADER, *[[f"{n}/KH-UBND", None, "x"] for n in range(30)]]))


def repacked(data: bytes, part: str, content: bytes) -> bytes:
    """The workbook with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return out.getvalue()
