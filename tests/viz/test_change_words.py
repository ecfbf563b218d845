"""What differs, in words."""

from __future__ import annotations

import pytest

from chidao.graph.answers.changed import Changed
from chidao.viz.change_words import COLUMNS, change_line, change_row

PLAN = {"iri": "x", "label": "Kế hoạch 5-KH/TU"}
CASES = [
    (
        Changed(kind="document", new=True, read=True, text="Về đê điều", **PLAN),
        "Mới: Kế hoạch 5-KH/TU – đã nạp: Về đê điều",
    ),
    (Changed(kind="document", new=True, text=PLAN["label"], **PLAN), "Mới: Kế hoạch 5-KH/TU – được nhắc đến"),
    (Changed(kind="document", new=False, **PLAN), "Không còn: Kế hoạch 5-KH/TU – không còn được nhắc đến"),
    (
        Changed(kind="relation", new=True, predicate="implements", other="y", other_label="Nghị quyết 9-NQ/TW", **PLAN),
        "Mới: Kế hoạch 5-KH/TU – thực hiện Nghị quyết 9-NQ/TW",
    ),
    (
        Changed(kind="task", new=True, text="kè  đê", date="2026-06-30", lead=("Sở A", "Sở B"), **PLAN),
        "Mới: Kế hoạch 5-KH/TU – kè đê (Sở A; Sở B; hạn 30/06/2026)",
    ),
    (Changed(kind="task", new=False, text="kè đê", **PLAN), "Không còn: Kế hoạch 5-KH/TU – kè đê"),
    (Changed(kind="state", new=True, state="expired", **PLAN), "Mới: Kế hoạch 5-KH/TU – Hết hiệu lực"),
]


@pytest.mark.parametrize(("line", "said"), CASES)
def test_a_line_in_words(line: Changed, said: str) -> None:
    assert change_line(line) == said
    assert tuple(change_row(line)) == COLUMNS


def test_in_english() -> None:
    assert change_line(CASES[0][0], "en") == "New: Kế hoạch 5-KH/TU – read in: Về đê điều"
