"""The law in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from chidao.graph.answers.force import Amendment
from chidao.graph.answers.graph import Graph
from chidao.graph.answers.standing import Standing
from chidao.graph.evidence import Evidence
from chidao.viz.law_words import amendment_words, event_words, provision_lines, standing_words
from chidao.viz.speech import Speech
from chidao.viz.terminal import show_lines


@pytest.mark.parametrize(
    ("standing", "vi", "en"),
    [
        (Standing("in-force", "2026-01-01", "2025-09-01"), "Còn hiệu lực từ ngày 01/09/2025", "In force from 1 Sept 2025"),
        (Standing("in-force", "2026-01-01"), "Còn hiệu lực", "In force"),
        (Standing("not-yet", "2026-01-01", "2026-09-01"), "Chưa có hiệu lực; có hiệu lực từ ngày 01/09/2026", None),
        (Standing("expired", "2026-01-01"), "Hết hiệu lực, không rõ từ ngày nào", "No longer in force, the day is not stated"),
        (Standing("suspended", "2026-01-01", "2025-09-01", "2026-12-31"), "Ngưng hiệu lực từ ngày 01/09/2025 đến hết ngày 31/12/2026", None),
        (Standing("partly", "2026-01-01", "2025-09-01", left=("Điều 40",)), "Hết hiệu lực một phần từ ngày 01/09/2025 trừ Điều 40", None),
        (
            Standing("partly", "2026-01-01", "2025-09-01", ended=("dieu-7", "dieu-9/khoan-1")),
            "Hết hiệu lực một phần từ ngày 01/09/2025 đối với Điều 7, khoản 1 Điều 9",
            None,
        ),
        (Standing("unknown", "2026-01-01", why="no-day"), "Không rõ hiệu lực: có nói hiệu lực nhưng không nêu ngày", None),
    ],
)  # fmt: skip
def test_a_state_is_one_line(standing: Standing, vi: str, en: str | None) -> None:
    assert standing_words(standing) == vi
    if en:
        assert standing_words(standing, "en") == en


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("văn thư", "văn phòng", "thay cụm từ “văn thư” → “văn phòng” Điều 7"),
        ("văn thư", "", "bỏ cụm từ “văn thư” Điều 7"),
        ("", "văn phòng", "bổ sung “văn phòng” Điều 7"),
        ("văn thư", None, "thay cụm từ “văn thư” Điều 7"),
    ],
)
def test_words_that_change(old: str, new: str | None, line: str) -> None:
    evidence = Evidence(source="a.txt", line=1, sentence="…")
    assert amendment_words(Amendment("phrase", "dieu-7", old, new, "", "", None, None, evidence)) == line


def test_many_provisions_are_counted() -> None:
    found = standing_words(Standing("partly", "2026-01-01", ended=tuple(f"dieu-{n}" for n in range(1, 31))))
    assert "Điều 12" in found and "Điều 13" not in found and found.endswith("… (+18)")


def test_lines_of_a_document_and_of_its_provisions(law_graph: Path) -> None:
    with Graph.open(law_graph) as graph:
        document = "\n".join(show_lines(graph.show("200/2025/NĐ-CP")))
        assert "force        Partly no longer in force from 1 Mar 2026 for Điều 4" in document
        assert "replaced khoản 1 Điều 3: Nghị định 20/2026/NĐ-CP (1 Mar 2026)" in document
        document = "\n".join(show_lines(graph.show("200/2025/NĐ-CP"), Speech("vi")))
        assert "hiệu lực           Hết hiệu lực một phần từ ngày 01/03/2026 đối với Điều 4" in document
        assert "sửa đổi khoản 1 Điều 3: Nghị định 20/2026/NĐ-CP (01/03/2026)" in document
        lines = list(provision_lines(graph.provisions("34/2016/NĐ-CP"), Speech("en")))
        assert lines[1].startswith("  The document's own text is not in the graph")
        (event,) = graph.status("34/2016/NĐ-CP").force.events
        assert event_words(event) == "hết hiệu lực một phần từ ngày 01/09/2025 trừ Điều 40"
