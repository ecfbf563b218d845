"""Tables that commands give: printed, as CSV that Excel opens, as a workbook; what programs read is the same in every language."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from chidao.cli import main

TABLES = {
    "implements": ["implements", "15-NQ/TW", "--evidence"],
    "search": ["search", "nghị quyết 15"],
    "who-acted": ["ask", "who-acted", "--param", "directive=15-NQ/TW"],
    "query": ["query", "SELECT ?document ?number { ?document chidao:number ?number }"],
    "changes": ["changes"],
    "stats": ["stats"],
    "files": ["stats", "--files"],
    "tasks": ["tasks"],
    "coverage": ["coverage", "15-NQ/TW"],
    "corrections": ["correct", "list"],
}
"""By the workbook that it writes unasked, every command that gives a table."""


def run(folder: Path, arguments: list[str], *more: object, language: str = "vi") -> Result:
    made = CliRunner().invoke(main, ["--lang", language, *arguments, "--graph", str(folder), *map(str, more)])
    assert made.exit_code == 0, made.output
    return made


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    yield tmp_path


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_a_workbook_too(name: str, sample_graph: Path, here: Path) -> None:
    printed = run(sample_graph, TABLES[name], "--format", "xlsx").stdout
    assert f"{name}.xlsx" in printed
    sheet = load_workbook(here / f"{name}.xlsx").worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert all(heads) and len(set(heads)) > 1
    rows = list(csv.reader(run(sample_graph, TABLES[name], "--format", "csv").stdout.splitlines()))
    if name not in ("tasks", "coverage"):  # a report and a matrix
        assert sheet.max_row == len(rows) and len(heads) == len(rows[0])
        assert name == "query" or not {*heads} & {*rows[0]} - {"IRI"}, "the heads are Vietnamese"


@pytest.mark.parametrize("name", TABLES)
def test_a_file_of_csv_is_known_as_utf_8_and_what_is_printed_is_bare(name: str, sample_graph: Path, here: Path) -> None:
    printed = run(sample_graph, TABLES[name], "--format", "csv").stdout_bytes
    run(sample_graph, TABLES[name], "--format", "csv", "-o", "a.csv")
    assert not printed.startswith(b"\xef\xbb\xbf")
    assert (here / "a.csv").read_bytes() == b"\xef\xbb\xbf" + printed


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("format_", ["csv", "json"])
def test_what_programs_read_is_the_same_in_every_language(name: str, format_: str, sample_graph: Path) -> None:
    first, second = (
        run(sample_graph, TABLES[name], "--format", format_, language=language).stdout for language in ("vi", "en")
    )
    assert first == second
    assert format_ == "csv" or json.loads(first) is not False


@pytest.mark.parametrize(
    ("file", "begins"), [("a.xlsx", b"PK"), ("a.csv", b"\xef\xbb\xbf"), ("a.json", b"["), ("a.XLSX", b"PK")]
)
def test_the_name_of_a_file_says_its_form(file: str, begins: bytes, sample_graph: Path, here: Path) -> None:
    for name in ("implements", "stats", "tasks"):
        run(sample_graph, TABLES[name], "-o", file)
        assert (here / file).read_bytes().startswith(begins)


def test_cells_are_words_days_and_numbers(sample_graph: Path, here: Path) -> None:
    run(sample_graph, TABLES["implements"], "-o", "a.xlsx")
    sheet = load_workbook(here / "a.xlsx").worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    row = dict(zip(heads, sheet[3], strict=True))
    assert row["Cấp"].value == "Tỉnh, thành phố" and row["Quan hệ"].value == "thực hiện"
    assert row["Ngày"].value == datetime(2022, 8, 26) and row["Ngày"].number_format == "DD/MM/YYYY"
    assert row["Số ngày"].value == 113


def test_a_thing_stands_as_its_name_with_its_iri_behind(sample_graph: Path, here: Path) -> None:
    run(sample_graph, ["ask", "most-cited"], "-o", "a.xlsx")
    sheet = load_workbook(here / "a.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["Văn bản", "Trích yếu", "Số lần viện dẫn", "Số tệp", "Văn bản (IRI)"]
    name, _, mentions, _, iri = (cell.value for cell in sheet[2])
    assert name == "Nghị quyết 15-NQ/TW" and isinstance(mentions, int) and iri.endswith("/nghi-quyet/15-nq-tw/2022")


def test_heads_of_a_printed_table(sample_graph: Path) -> None:
    for name, head in (
        ("stats", "Nội dung\tSố lượng"), ("files", "Tệp\tLý do"), ("who-acted", "Cơ quan\tHoạt động\tCâu trích dẫn"),
        ("corrections", "Mã hiệu đính\tTình trạng"), ("query", "document\tnumber"),
    ):  # fmt: skip
        assert run(sample_graph, TABLES[name]).stdout.startswith(head), name
        assert not run(sample_graph, TABLES[name], language="en").stdout.startswith("Nội dung")


def test_what_cannot_be_written(sample_graph: Path, here: Path) -> None:
    arguments = ["--lang", "vi", "stats", "--graph", str(sample_graph), "-o", "no/such/a.csv"]
    made = CliRunner().invoke(main, arguments)
    assert made.exit_code == 1 and made.stderr == "chidao: no/such/a.csv: không có tệp hoặc thư mục này\n"
