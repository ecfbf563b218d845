"""What differs, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chidao.graph.answers.changed import Changed
from chidao.viz.change_words import COLUMNS, change_line, change_row

PLAN = Changed(kind="document", new=True, iri="x", label="Kế hoạch 5-KH/TU")
CASES = [
    (
        replace(PLAN, read=True, text="Về đê điều"),
        "Mới: Kế hoạch 5-KH/TU – đã nạp: Về đê điều",
    ),
    (replace(PLAN, text=PLAN.label), "Mới: Kế hoạch 5-KH/TU – được nhắc đến"),
    (replace(PLAN, new=False), "Không còn: Kế hoạch 5-KH/TU – không còn được nhắc đến"),
    (
        replace(PLAN, kind="relation", new=True, predicate="implements", other="y", other_label="Nghị quyết 9-NQ/TW"),
        "Mới: Kế hoạch 5-KH/TU – thực hiện Nghị quyết 9-NQ/TW",
    ),
    (
        replace(PLAN, kind="task", new=True, text="kè  **đê**", date="2026-06-30", lead=("Sở A", "Sở B")),
        "Mới: Kế hoạch 5-KH/TU – kè đê (Sở A; Sở B; hạn 30/06/2026)",
    ),
    (replace(PLAN, kind="task", new=False, text="kè đê"), "Không còn: Kế hoạch 5-KH/TU – kè đê"),
    (replace(PLAN, kind="state", new=True, state="expired"), "Mới: Kế hoạch 5-KH/TU – Hết hiệu lực"),
]


@pytest.mark.parametrize(("line", "said"), CASES)
def test_a_line_in_words(line: Changed, said: str) -> None:
    assert change_line(line) == said
    assert tuple(change_row(line)) == COLUMNS


def test_in_english() -> None:
    assert change_line(CASES[0][0], "en") == "New: Kế hoạch 5-KH/TU – read in: Về đê điều"
