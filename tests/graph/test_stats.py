"""Figures of a graph agree with what it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from chidao.graph.answers.network import to_networkx
from chidao.graph.answers.stats import stats
from chidao.graph.store import GraphError
from chidao.graph.write.build import build


def test_figures_agree(samples: Path, tmp_path: Path) -> None:
    summary = build([samples], tmp_path / "graph", jobs=1)
    found = stats(tmp_path / "graph")
    figures = dict(found)
    assert len(figures) == len(found), "the same figure twice"
    network = to_networkx(tmp_path / "graph")
    assert figures["files"] == summary.read == len(list(samples.iterdir()))
    assert figures["documents"] == summary.documents == network.number_of_nodes()
    assert figures["bodies"] >= summary.bodies > 0
    assert figures["actions"] == summary.actions
    by_level = {k: n for k, n in figures.items() if k.startswith("documents: ")}
    by_relation = {k: n for k, n in figures.items() if k.startswith("statements: ")}
    assert sum(by_level.values()) == figures["documents"]
    assert sum(by_relation.values()) == figures["statements"]
    assert any("(" in k and k.endswith(")") for k in by_relation), "relations are said in Vietnamese too"
    assert {k.removeprefix("documents: ").partition(",")[0] for k in by_level} <= {
        "central", "province", "district", "commune", "unknown",
    }  # fmt: skip


def test_no_graph(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="chidao build"):
        stats(tmp_path)
