"""What ends in part is not said to end whole."""

from __future__ import annotations

import pytest

from chidao.extract.facts import extract_text
from chidao.extract.model import Source

HEAD = "CHÍNH PHỦ\nSố: 200/2025/NĐ-CP\nHà Nội, ngày 15 tháng 7 năm 2025\n\nNGHỊ ĐỊNH\nQuy định về bến thủy\n\nĐiều 5. Hiệu lực thi hành\n"


@pytest.mark.parametrize(
    ("clause", "predicate"),
    [
        ("Nghị định số 34/2016/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực, trừ quy định tại Điều 40.", "amends"),
        ("Nghị định số 34/2016/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực, trừ Điều 40 và Chương V.", "amends"),
        ("Nghị định này thay thế Nghị định số 34/2016/NĐ-CP, trừ quy định tại Điều 40.", "amends"),
        ("Bãi bỏ Nghị định số 34/2016/NĐ-CP, trừ khoản 2 Điều 40.", "amends"),
        ("Nghị định số 34/2016/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực.", "repeals"),
        ("Nghị định này thay thế Nghị định số 34/2016/NĐ-CP.", "replaces"),
    ],
)  # fmt: skip
def test_the_relation_says_no_more_than_the_clause(clause: str, predicate: str) -> None:
    found = extract_text(
        Source("a.txt", "0" * 64, "utf-8", f"{HEAD}1. Nghị định này có hiệu lực từ ngày 01/9/2025.\n2. {clause}\n")
    )
    assert {r.predicate for r in found.relations if r.predicate not in ("cites", "based_on")} == {predicate}
