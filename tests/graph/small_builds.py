"""Builds of a few short decisions, and what is asked of their graphs."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from chidao.graph.dataset import open_graph
from chidao.graph.store import all_quads, read_store
from chidao.graph.write.build import BuildSummary

build_module = import_module("chidao.graph.write.build")
"""The package's `build` is the function."""

DECISION = "QUYẾT ĐỊNH\n\nCăn cứ Nghị định số {}/2023/NĐ-CP ngày 03 tháng 6 năm 2023 của Chính phủ;\n"


def build(*paths: Path, graph: Path, **options: object) -> BuildSummary:
    summary = build_module.build(paths, graph, **{"jobs": 1, **options})
    assert isinstance(summary, BuildSummary)
    return summary


def lines(graph: Path) -> set[str]:
    return {str(q) for q in all_quads(read_store(graph))}


def labels(graph: Path) -> set[str]:
    found = open_graph(graph).query("SELECT ?l WHERE { ?s a chidao:Source ; rdfs:label ?l }")
    return {Path(str(row[0])).name for row in found}  # type: ignore[index]
