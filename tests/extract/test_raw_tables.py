"""Tables that stand as HTML in a text are read as those of other formats; what is read keeps its place in the file."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from chidao.extract import extract_path, extract_text
from chidao.extract.model import Source
from chidao.extract.reading.composed import compose
from chidao.extract.reading.layout import read_layout
from chidao.extract.reading.raw_tables import GONE, barred, without_tags


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        pytest.param("<table><tr><td>1</td><td>Sở A</td></tr></table>", ["1 | Sở A"], id="closed"),
        pytest.param("<TABLE><TR><TD>1<TD>Sở A\n<TR><TD>2<TD>Sở B</TABLE>", ["1 | Sở A ", "2 | Sở B"], id="unclosed"),
        pytest.param("<table>\n <tr>\n  <th>TT</th>\n  <th>Việc</th>\n </tr>\n</table>", ["TT | Việc"], id="indented"),
        pytest.param(
            '<table><tr><td>1</td><td rowspan="2">Sở A</td><td>x</td></tr><tr><td>2</td><td>y</td></tr></table>',
            ["1 | Sở A | x", "2||y"],
            id="reaches-down",
        ),
        pytest.param(
            "<table><tr><td rowspan='2' class=a>I</td><td>x</td></tr><tr><td>y</td></tr></table>",
            ["I | x", " | y"],
            id="reaches-down-from-the-first-column",
        ),
        pytest.param(
            "<table><tr><td>1</td><td rowspan=3>A</td></tr><tr><td>2</td></tr><tr><td>3</table>",
            ["1 | A", "2|", "3|"],
            id="reaches-down-in-the-last-column",
        ),
        pytest.param(
            '<table><tr><td>I</td><td colspan="5">Nhóm</td></tr><tr><td>1</td></tr></table>',
            ["I | Nhóm", "1"],
            id="wide",
        ),
        pytest.param(
            "<table><tr><td>Rà soát<br/>quy\nhoạch &amp; đất</td></tr></table>",
            ["Rà soát<br>quy hoạch & đất"],
            id="break-and-entity",
        ),
        pytest.param("<table><tr><td><p>Sở A;</p><p>Sở B</p></td></tr></table>", ["Sở A;<br> Sở B"], id="paragraphs"),
        pytest.param(
            "<table><tr><td><b>Sở</b> A</td><td>a|b</td></tr></table>", ["Sở A | a/b"], id="emphasis-and-a-bar"
        ),
        pytest.param(
            "<table><tr><td>1<table><tr><td>a</td><td>b</td></tr></table></td><td>2</td></tr></table>",
            ["1 a b | 2"],
            id="within-another",
        ),
        pytest.param(
            "<table><tr><td>1</td></tr>\nGiao Sở A:\n- rà soát;\n<table><tr><td>2</td><td>b</td></tr></table>",
            ["1", "Giao Sở A:", "- rà soát;", "2 | b"],
            id="without-an-end",
        ),
        pytest.param("Số liệu <5% và >3%; thẻ <table> và <b>đậm</b>", None, id="no-cells"),
        pytest.param("Bản đồ <br> trang | hai", None, id="no-table"),
    ],
)
def test_a_row_is_a_line(table: str, lines: list[str] | None) -> None:
    read = barred(table)
    assert len(read) == len(table)
    if lines is None:
        assert [word for word in read.replace(GONE, "").split() if word not in table] == []
    else:
        assert [line.strip() for line in read.replace(GONE, "").split("\n") if line] == [line.strip() for line in lines]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_what_is_read_keeps_its_place(form: Literal["NFC", "NFD"]) -> None:
    source = unicodedata.normalize(
        form,
        "Kế hoạch\n\n<table border=1>\n<tr><td>1</td><td>Sở Tài chính</td></tr>\n</table>\n\nGiao Sở Y tế rà soát.",
    )
    layout = read_layout(compose(source))
    for words in ("Sở Tài chính", "Giao Sở Y tế"):
        start = layout.text.index(words)
        begin, end = layout.source_span(start, start + len(words))
        assert unicodedata.normalize("NFC", source[begin:end]) == words
    assert "1 | Sở Tài chính\n" in layout.text


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Lập đề án</td><td rowspan=2>Sở A</td>\n<td></td><TD>30/12", "Lập đề án | Sở A | 30/12"),
        ("Lập <b>đề án</b><td>Sở A &amp; B", "Lập  đề án  | Sở A & B"),
        ("Tỷ lệ <5%, <b>đậm</b> &amp; | Sở A", None),
        ("Thẻ <title>: rà soát", None),
    ],
)
def test_people_read_no_tags(said: str, shown: str | None) -> None:
    assert without_tags(said) == (said if shown is None else shown)


def test_a_row_is_shown_without_tags_and_keeps_its_place() -> None:
    text = (
        "ỦY BAN NHÂN DÂN TỈNH SƠN LA\nSố: 1/KH-UBND\nSơn La, ngày 02 tháng 01 năm 2026\n\nKẾ HOẠCH\nRà soát\n\n"
        "<table><tr><th>TT</th><th>Nhiệm vụ</th><th>Cơ quan chủ trì</th></tr>"
        "<tr><td>1</td><td>Rà soát các bến thủy</td><td>Sở Xây dựng</td></tr></table>\n"
    )
    facts = extract_text(Source("a", "", "", text))
    (task,) = facts.tasks
    assert facts.sentences[task.sentence].text == "Rà soát các bến thủy | Sở Xây dựng"
    assert text[task.start : task.end] == task.text == "Rà soát các bến thủy</td><td>Sở Xây dựng"


@pytest.mark.parametrize("cell", ["\0", "<table></table>", "<table>", "<table>\0<tr><td></td></tr></table>"])
def test_a_cell_of_a_register_of_which_nothing_is_left(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "register.json"
    path.write_text(json.dumps([{"number": "5/KH-UBND", "title": cell}, {"title": cell}]), encoding="utf-8")
    assert [facts.heading.number for facts in extract_path(path)] == ["5", None]
