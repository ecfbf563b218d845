"""The outline of a text: which items there are and what stands below what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.reading.composed import compose
from chidao.extract.reading.layout import read_layout
from chidao.extract.reading.outline import Item, read_outline


def outline(text: str) -> list[tuple[str, str, str | None]]:
    """Return each item's text, its style and the text of the one above."""
    layout = read_layout(compose(text))
    items = read_outline(layout)

    def said(item: Item) -> str:
        return layout.text[item.start : item.end]

    return [(said(i), i.style, said(items[i.parent]) if i.parent >= 0 else None) for i in items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Một câu.\n\nCâu hai.\n", [("Một câu.", "", None), ("Câu hai.", "", None)]),
        (
            "II. NHIỆM VỤ\n1. Sở Y tế\na) Rà soát.\nb) Báo cáo.\n2. Sở Nội vụ:\n- Rà soát.\nIII. KINH PHÍ\n",
            [
                ("NHIỆM VỤ", "roman", None), ("Sở Y tế", "number", "NHIỆM VỤ"), ("Rà soát.", "letter", "Sở Y tế"),
                ("Báo cáo.", "letter", "Sở Y tế"), ("Sở Nội vụ:", "number", "NHIỆM VỤ"), ("Rà soát.", "dash", "Sở Nội vụ:"),
                ("KINH PHÍ", "roman", None),
            ],
        ),
        # a number that begins anew behind a colon opens a list of its own
        (
            "1. Giao Sở Y tế:\n1. Rà soát.\n2. Báo cáo.\n",
            [("Giao Sở Y tế:", "number", None), ("Rà soát.", "number", "Giao Sở Y tế:"), ("Báo cáo.", "number", "Giao Sở Y tế:")],
        ),
        ("Chương II\nĐiều 5. Sở Y tế:\n1. Rà soát.\n", [
            ("Chương II", "chapter", None), ("Sở Y tế:", "article", "Chương II"), ("Rà soát.", "number", "Sở Y tế:"),
        ]),
        ("PHẦN I. VIỆC\nĐiểm 1. Sở Y tế\n1.1. Rà soát.\n1.2. Báo cáo.\nĐiểm 2: Sở Nội vụ\n", [
            ("VIỆC", "part", None), ("Sở Y tế", "point", "VIỆC"), ("Rà soát.", "decimal", "Sở Y tế"),
            ("Báo cáo.", "decimal", "Sở Y tế"), ("Sở Nội vụ", "point", "VIỆC"),
        ]),
        ("Điểm 2 Quy chế này.\n", [("Điểm 2 Quy chế này.", "", None)]),
        # what is announced below a numbered heading ends with it, also where the list itself was announced
        (
            "QUYẾT NGHỊ:\n1. Về đầu tư\nYêu cầu các bộ:\n- Rà soát.\nGiao Bộ Tài chính:\n- Báo cáo.\n2. Về lũ lụt\n",
            [
                ("QUYẾT NGHỊ:", "", None), ("Về đầu tư", "number", "QUYẾT NGHỊ:"), ("Yêu cầu các bộ:", "", "Về đầu tư"),
                ("Rà soát.", "dash", "Yêu cầu các bộ:"), ("Giao Bộ Tài chính:", "", "Về đầu tư"),
                ("Báo cáo.", "dash", "Giao Bộ Tài chính:"), ("Về lũ lụt", "number", "QUYẾT NGHỊ:"),
            ],
        ),
        # where capitals count the parts, roman figures stand below them
        (
            "A. KẾT QUẢ\nI. KINH TẾ\n1. Thu.\nII. XÃ HỘI\nB. NHIỆM VỤ\nI. KINH TẾ\n",
            [
                ("KẾT QUẢ", "capital", None), ("KINH TẾ", "roman", "KẾT QUẢ"), ("Thu.", "number", "KINH TẾ"),
                ("XÃ HỘI", "roman", "KẾT QUẢ"), ("NHIỆM VỤ", "capital", None), ("KINH TẾ", "roman", "NHIỆM VỤ"),
            ],
        ),
        ("I. KINH TẾ\nA. THU\nII. XÃ HỘI\n", [
            ("KINH TẾ", "roman", None), ("THU", "capital", None), ("XÃ HỘI", "roman", None),
        ]),
        ("**Sở Y tế**\n\n- Rà soát.\n+ Báo cáo.\n", [("Sở Y tế", "", None), ("Rà soát.", "dash", "Sở Y tế"), ("Báo cáo.", "plus", "Rà soát.")]),
    ],
)  # fmt: skip
def test_reading(text: str, expected: list[object]) -> None:
    assert outline(text) == expected


PIECES = [
    "I. ",
    "1. ",
    "1.1. ",
    "a) ",
    "- ",
    "+ ",
    "Điều 1. ",
    "Chương I",
    "PHỤ LỤC",
    "Sở Y tế",
    "Rà soát.",
    ":",
    "\n",
    "\n\n",
    " ",
    "**",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=80))
def test_items_lie_in_the_text_one_behind_the_other(text: str) -> None:
    layout = read_layout(compose(text))
    items = read_outline(layout)
    ends = [0] + [item.end for item in items]
    for n, item in enumerate(items):
        assert ends[n] <= item.start < item.end <= layout.body_end
        assert -1 <= item.parent < n
        assert not {layout.text[item.start], layout.text[item.end - 1]} & set(" \t\n")
