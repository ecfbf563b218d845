"""To whom a document is addressed."""

from __future__ import annotations

import pytest

from chidao.extract.facts import extract_text
from chidao.extract.model import Source

HEAD = "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\nSố: 12/UBND-XD\nV/v rà soát bến thủy\nLào Cai, ngày 05 tháng 3 năm 2026\n\n"
TEXT = "Thực hiện Chỉ thị số 10/CT-TTg, Ủy ban nhân dân tỉnh yêu cầu các đơn vị rà soát bến thủy.\n"


@pytest.mark.parametrize(
    ("printed", "addressed"),
    [
        ("Kính gửi: Ủy ban nhân dân các xã, phường\n\n", ["Ủy ban nhân dân các xã, phường"]),
        ("Kính gửi: Ủy ban nhân dân các xã, phường.\n", ["Ủy ban nhân dân các xã, phường"]),
        (
            "        Kính gửi:\n           - Sở Xây dựng;\n           - Công an tỉnh;\n           - UBND các xã, phường,\n             đặc khu.\n\n",
            ["Sở Xây dựng", "Công an tỉnh", "UBND các xã, phường, đặc khu"],
        ),
        ("**Kính gửi:** - Sở Xây dựng; - Công an tỉnh.\n\n", ["Sở Xây dựng", "Công an tỉnh"]),
        ("Kính gửi: Sở Xây dựng;\n\n", ["Sở Xây dựng"]),
        ("Kính gửi: Sở Xây dựng;\nCông an tỉnh.\n\n", ["Sở Xây dựng", "Công an tỉnh"]),
        ("Kính gửi: Sở Xây dựng\na) Các Sở: Tài chính, Nội vụ:\n", ["Sở Xây dựng"]),
        ("Kính gửi: Sở Xây dựng\nvà Công an tỉnh\n\n", ["Sở Xây dựng và Công an tỉnh"]),
        ("Kính gửi: ................................\n\n", []),
        ("", []),
    ],
)
def test_addressed(printed: str, addressed: list[str]) -> None:
    heading = extract_text(Source("a.txt", "0" * 64, "utf-8", HEAD + printed + TEXT)).heading
    assert list(heading.addressed) == addressed
