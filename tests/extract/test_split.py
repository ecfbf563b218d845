"""Days whose figures a scanner parted: read as what they are, printed as they stand, and at their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract import extract_text
from chidao.extract.model import Source
from chidao.extract.reading.composed import compose
from chidao.extract.reading.layout import read_layout
from chidao.extract.reading.split import stray_blanks

HEAD = "ỦY BAN NHÂN DÂN TỈNH LÀO CAI\nSố: 12/KH-UBND\nLào Cai, {day}\n\nKẾ HOẠCH\nvề an toàn đường thủy\n\n"


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("ngày 2 1 tháng 3 năm 2026", "2026-03-21"),
        ("ngày 0 5 tháng 3 năm 202 6", "2026-03-05"),
        ("ngày 15 tháng 1 2 năm 2 025", "2025-12-15"),
        ("ngày 05 tháng 3 năm 2026", "2026-03-05"),
    ],
)
def test_the_day_of_a_heading(printed: str, day: str) -> None:
    text = HEAD.format(day=printed) + "1. Sở Nội vụ rà soát các bến thủy.\n"
    assert extract_text(Source("a.txt", "0" * 64, "utf-8", text)).heading.date == day


@pytest.mark.parametrize(
    ("cited", "day"),
    [
        ("ngày 0 5/6/2025", "2025-06-05"),
        ("ngày 15/1 2/2025", "2025-12-15"),
        ("ngày 3 0/9/20 25", "2025-09-30"),
        ("ngày 1 2 tháng 01 năm 2026", "2026-01-12"),
    ],
)
def test_the_day_of_a_citation(cited: str, day: str) -> None:
    text = HEAD.format(day="ngày 05 tháng 3 năm 2026") + f"Căn cứ Quyết định số 45/QĐ-TTg {cited} của Chính phủ;\n"
    (reference,) = extract_text(Source("a.txt", "0" * 64, "utf-8", text)).references
    assert reference.date == day and text[reference.start : reference.end] == "Quyết định số 45/QĐ-TTg"


@pytest.mark.parametrize("first", "12")
@pytest.mark.parametrize("second", "0123456789")
def test_any_two_figures(first: str, second: str) -> None:
    assert stray_blanks(f"¹ Ngày {first} {second} tháng 4 năm 2025") == [8]


def test_a_deadline() -> None:
    text = HEAD.format(day="ngày 05 tháng 3 năm 2026") + "1. Sở Nội vụ rà soát bến thủy trước ngày 0 5/6/2026.\n"
    (task,) = extract_text(Source("a.txt", "0" * 64, "utf-8", text)).tasks
    assert task.deadline == "2026-06-05" and text[task.start : task.end].endswith("ngày 0 5/6/2026.")


@pytest.mark.parametrize(
    "text",
    [
        "ngày 15/1 2 lần", "tháng 1 2 lần", "các ngày 1 2 tháng 5", "ngày 4 5/6", "năm 2026 6 tháng", "ngày 3 8 tháng 5", "số 1 2/2025",
        "trong 2 1 tháng", "năm 20 256", "ngày 5/6 2026",
    ],
)  # fmt: skip
def test_what_stays_apart(text: str) -> None:
    assert stray_blanks(text) == []


@given(st.lists(st.sampled_from(["ngày", "tháng", "năm", " ", "\n", "1", "2", "0", "/", "20", "2 6", "e\u0301"])))
def test_offsets_lead_to_the_same_characters(pieces: list[str]) -> None:
    source = "".join(pieces)
    for read in (compose(source), read_layout(compose(source))):
        for at, char in enumerate(read.text):
            assert char.isspace() or char in (source[read.source(at)], "é")
