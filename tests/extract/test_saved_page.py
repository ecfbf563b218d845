"""The document inside a saved page ends where the page's foot begins, below any signature."""

from __future__ import annotations

import pytest

from chidao.extract.heading.saved_page import read_page
from chidao.extract.language.tables import words

FOOT = "Văn bản liên quan\nBản quyền thuộc về Văn phòng\n"


@pytest.mark.parametrize(
    "signs", [f"{word}. CHỦ TỊCH" for word in words("for whom one signs")] + [*words("recipients")]
)
@pytest.mark.parametrize("marks", ["", "**", "| "])
def test_the_foot_stands_below_whoever_signs(signs: str, marks: str) -> None:
    # the signature stands above the middle, so only its own line tells that the foot stands below it
    text = f"Điều 1. Giao Sở Y tế rà soát.\n{marks}{signs}\nTrần Văn Mẫu\n{FOOT}" + "\n" * 12
    read = read_page(text).text
    assert len(read) == len(text) and read.rstrip().endswith("Trần Văn Mẫu")


@pytest.mark.parametrize("line", ["Người ký", "TRUNG TÂM", "Kính gửi"])
def test_no_foot_above_the_middle_without_a_signature(line: str) -> None:
    text = f"Điều 1. Giao Sở Y tế rà soát.\n{line}\nTrần Văn Mẫu\n{FOOT}" + "\n" * 12
    assert read_page(text).text == text


def test_the_header_of_a_list_is_no_table_of_a_page() -> None:
    text = "Số: 5/BC-STP\n\nBÁO CÁO\n\n| TT | Số hiệu | Ngày ban hành | Trích yếu |\n|---|---|---|---|\n| 1 | 2/KH-UBND | 05/3/2025 | Du lịch |\n"
    assert read_page(text).text == text
