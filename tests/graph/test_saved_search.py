"""Searches that an office keeps, and what is new since somebody looked."""

from __future__ import annotations

from pathlib import Path

import pytest

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.graph import Graph
from chidao.graph.answers.saved_search import MOST, forget, keep, look, new_since, saved
from chidao.graph.workspace import Workspace, workspace_of
from chidao.graph.write.build import build

pytestmark = pytest.mark.slow  # builds start their readers anew, which takes more than a second

PLAN = """UBND TỈNH LÀO CAI
Số: {number}/KH-UBND
Lào Cai, ngày {number} tháng 7 năm 2025

KẾ HOẠCH
Nuôi cá nước lạnh
"""


def add(folder: Path, number: int) -> Graph:
    (folder / "files").mkdir(exist_ok=True)
    (folder / "files" / f"{number}.txt").write_text(PLAN.format(number=number), encoding="utf-8")
    build([folder / "files"], folder / "graph", jobs=1)
    return Graph.open(folder / "graph")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_of(tmp_path / "graph")


def test_what_is_new(tmp_path: Path, workspace: Workspace) -> None:
    graph = add(tmp_path, 5)
    keep(graph, workspace, "Cá", "q=ca+nuoc+lanh&kind=document")
    assert [(one.name, one.total, one.new) for one in saved(graph, workspace)] == [("Cá", 1, 0)]
    graph = add(tmp_path, 6)
    assert [(one.total, one.new) for one in saved(graph, workspace)] == [(2, 1)]
    fresh = new_since(graph, workspace, "Cá")
    assert fresh is not None
    assert [hit.label for hit in graph.search("ca nuoc lanh", only=fresh).hits] == ["Kế hoạch 6/KH-UBND"]
    look(graph, workspace, "Cá")
    (one,) = saved(graph, workspace)
    assert one.new == 0 and one.seen and new_since(graph, workspace, "Cá") == frozenset()
    forget(workspace, "Cá")
    assert saved(graph, workspace) == [] and new_since(graph, workspace, "Cá") is None


def test_one_of_a_name_and_not_too_many(tmp_path: Path, workspace: Workspace) -> None:
    graph = add(tmp_path, 5)
    for number in range(MOST):
        keep(graph, workspace, f"s{number}", "q=ca")
    with pytest.raises(ChidaoError, match="no more than"):
        keep(graph, workspace, "another", "q=ca")
    keep(graph, workspace, "s0", "q=lanh")
    assert saved(graph, workspace)[-1].query == "q=lanh"
    with pytest.raises(ChidaoError, match="no search is called"):
        look(graph, workspace, "x")


@pytest.mark.parametrize("text", ["", "[", "{}", '{"Cá": [1]}'])
def test_what_was_seen_cannot_be_read(tmp_path: Path, workspace: Workspace, text: str) -> None:
    graph = add(tmp_path, 5)
    keep(graph, workspace, "Cá", "q=ca+nuoc&kind=document")
    workspace.seen.write_text(text)
    assert [one.new for one in saved(graph, workspace)] == [1]
