"""Tables of tasks on a printed page whose columns blanks part."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.oxml import OxmlElement
from docx.shared import Cm

from chidao.extract import extract_path
from chidao.extract.formats.page import Glyph, Line, lay_out
from chidao.extract.formats.unruled import lay_out_unruled

LEFT = (50.0, 80.0, 230.0, 330.0, 430.0)
HEADER = ("TT", "Nội dung nhiệm vụ", "Cơ quan", "Đơn vị", "Thời gian")
MORE = ("", "", "chủ trì", "phối hợp", "")
FIRST = (("1", "Rà soát quy định chung", "Sở Nội vụ", "Sở Y tế", "Quý II/2026"), ("", "về bến thủy", "", "", ""))
SECOND = (("2", "Số hóa hồ sơ lưu trữ cũ", "Sở Tài chính", "", "Hằng năm"),)
ROWS = (
    "TT | Nội dung nhiệm vụ | Cơ quan chủ trì | Đơn vị phối hợp | Thời gian",
    "1 | Rà soát quy định chung về bến thủy | Sở Nội vụ | Sở Y tế | Quý II/2026",
    "2 | Số hóa hồ sơ lưu trữ cũ | Sở Tài chính |  | Hằng năm",
)
TABLE = (HEADER, MORE, *FIRST, *SECOND)


def printed(*lines: Sequence[str] | str) -> list[Glyph]:
    """Lines of cells, or of words from the left edge on, each 16 points below the last; a character is half its size wide."""
    found = []
    for n, line in enumerate(lines):
        for text, left in [(line, LEFT[0])] if isinstance(line, str) else zip(line, LEFT, strict=True):
            found += [Glyph(c, left + 6 * i, left + 6 * (i + 1), 700.0 - 16 * n, 12.0) for i, c in enumerate(text)]
    return found


def texts(lines: Sequence[Line]) -> list[str]:
    return [line.text for line in lines]


PROSE = "Trên đây là Kế hoạch về bến thủy năm 2026 trên địa bàn tỉnh"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        pytest.param(TABLE, ROWS, id="a table"),
        pytest.param((PROSE, *TABLE, PROSE), (PROSE, *ROWS, PROSE), id="between lines of prose"),
        pytest.param((*TABLE, ("", "", "", "", "4")), (*ROWS, "4"), id="above the number of the page"),
        pytest.param(
            (HEADER, MORE, "I. Nhóm nhiệm vụ về hoàn thiện thể chế, chính sách", *FIRST, *SECOND),
            (ROWS[0], "I. Nhóm nhiệm vụ về hoàn thiện thể chế, chính sách", *ROWS[1:]),
            id="a group over all columns",
        ),
        pytest.param(
            (*TABLE, ("", "", "", "CHỦ TỊCH", "")), (*ROWS, "CHỦ TỊCH"), id="above a signature"
        ),
    ],
)  # fmt: skip
def test_rows_are_lines(lines: Sequence[Sequence[str] | str], said: Sequence[str]) -> None:
    assert texts(lay_out_unruled(printed(*lines))) == list(said)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((("TT", "Tên trường", "Địa chỉ", "Đơn vị", "Điện thoại"), *FIRST), id="a list"),
        pytest.param((("", *HEADER[1:]), MORE, *FIRST), id="no number in the header"),
        pytest.param((HEADER, MORE, *FIRST[1:], *SECOND), id="a row without its number"),
        pytest.param((HEADER, MORE, FIRST[1], FIRST[0], *SECOND), id="cells at middle height"),
        pytest.param((HEADER, MORE, ("1", "", "Sở Nội vụ", "Sở Y tế", "2026"), FIRST[1]), id="work below its number"),
        pytest.param((HEADER, MORE, PROSE, *FIRST), id="prose below the header"),
        pytest.param(((*HEADER[:3], "", ""), ("1", "Rà soát", "Sở Y tế", "", "")), id="two columns beside the number"),
    ],
)
def test_what_stays_as_printed(lines: Sequence[Sequence[str] | str]) -> None:
    assert lay_out_unruled(printed(*lines)) == lay_out(printed(*lines))


def test_a_row_goes_on_below_the_header_of_the_next_page() -> None:
    first = lay_out_unruled(printed(*TABLE[:3]))
    second = printed(HEADER, MORE, FIRST[1], *SECOND)
    assert texts(lay_out_unruled(second, first)) == [ROWS[0], " | về bến thủy |  |  | ", ROWS[2]]
    assert lay_out_unruled(second) == lay_out(second)


THIRD = ("3", "Tập huấn cứu đuối", "Sở Y tế", "Sở Nội vụ", "Quý III/2026")
FOURTH = ("4", "Tuần tra bến thủy", "Công an tỉnh", "", "Hằng tháng")


def test_the_next_rows_stand_on_the_next_page_without_a_header() -> None:
    first = lay_out_unruled(printed(PROSE, *TABLE, ("", "", "", "", "1")))
    second = lay_out_unruled(printed(THIRD, ("", "", "", "", "2")), first)
    assert texts(second) == [" | ".join(THIRD), "2"]
    assert texts(lay_out_unruled(printed(FOURTH, PROSE), second)) == [" | ".join(FOURTH), PROSE]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((FOURTH, THIRD), id="another number"),
        pytest.param((("", "bến thủy", "", "", ""), THIRD), id="the rest of a row"),
        pytest.param(("3. Tập huấn cứu đuối cho người dân sống ven sông", THIRD), id="an item of a list"),
        pytest.param((("3", "", "Sở Y tế", "Sở Nội vụ", "2026"), ("", "Tập huấn", "", "", "")), id="work below its number"),
    ],
)  # fmt: skip
def test_what_is_no_next_row(lines: Sequence[Sequence[str] | str]) -> None:
    first = lay_out_unruled(printed(*TABLE))
    assert lay_out_unruled(printed(*lines), first) == lay_out(printed(*lines))
    prose = lay_out_unruled(printed(*TABLE, PROSE))
    assert lay_out_unruled(printed(THIRD, FOURTH), prose) == lay_out(printed(THIRD, FOURTH))


def make_plan(path: Path, *, broad: bool, centred: bool = False) -> None:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = (Cm(29.7), Cm(21)) if broad else (Cm(21), Cm(29.7))
    section.orientation = WD_ORIENT.LANDSCAPE if broad else WD_ORIENT.PORTRAIT
    for text in ("ỦY BAN NHÂN DÂN TỈNH LÀO CAI", "Số: 12/KH-UBND", "Lào Cai, ngày 05 tháng 3 năm 2026", "KẾ HOẠCH",
                 "Về chuyển đổi số trên địa bàn tỉnh"):  # fmt: skip
        document.add_paragraph(text)
    names = ["TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành"] + [
        "Sản phẩm"
    ] * broad
    table = document.add_table(rows=1, cols=len(names))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for n in range(17):
        cells = table.add_row().cells if n else table.rows[0].cells
        said = [f"{n}", f"Rà soát, sửa đổi quy định thứ {n} của tỉnh, bảo đảm đồng bộ với quy định mới", "Sở Khoa học và Công nghệ",
                "Sở Tài chính, Sở Nội vụ", f"Trước ngày {n}/6/2026", "Quyết định của tỉnh"]  # fmt: skip
        for cell, text in zip(cells, said if n else names, strict=False):
            cell.text = text
            if centred:
                cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    document.add_paragraph(
        "Trên đây là Kế hoạch chuyển đổi số năm 2026 của Ủy ban nhân dân tỉnh, gửi các cơ quan để biết."
    )
    document.save(str(path))


@pytest.mark.slow
def test_plans_through_a_word_processor(needs: Callable[..., str], tmp_path: Path) -> None:
    """Tables over two pages, broad and high, whose rows the page cuts: the PDF says what the document says, or nothing."""
    needs("soffice")
    made = [tmp_path / f"{name}.docx" for name in ("broad", "high", "centred")]
    for path in made:
        make_plan(path, broad=path.stem == "broad", centred=path.stem == "centred")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, made)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    for path in made:
        (plain,), (shown,) = extract_path(path), extract_path(path.with_suffix(".pdf"))
        tasks, said = ([(t.deadline, t.lead, t.support) for t in facts.tasks] for facts in (plain, shown))
        assert len(shown.source.pages) > 1 and len(tasks) == 16
        assert said == ([] if path.stem == "centred" else tasks)
