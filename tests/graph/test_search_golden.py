"""What people type, against what must come first (cases/searches.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from chidao.graph.answers.graph import Graph
from chidao.graph.write.build import build

CASES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "cases" / "searches.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def graph(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("golden")
    files = folder / "files"
    files.mkdir()
    (files / "so-van-ban.csv").write_text(CASES["register"].lstrip(), encoding="utf-8")
    for name, text in CASES["texts"].items():
        (files / name).write_text(text.lstrip(), encoding="utf-8")
    build([files, samples], folder / "graph", home="Lào Cai", jobs=1)
    return Graph.open(folder / "graph")


@pytest.fixture(scope="module")
def provinces(samples: Path, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("provinces")
    build([shared_data / "registers" / "made-up-34-provinces.csv", samples], folder, jobs=1)
    return Graph.open(folder)


def test_there_are_enough() -> None:
    assert len(CASES["queries"]) >= 40 and len(CASES["provinces"]) >= 7


@pytest.mark.parametrize("case", CASES["queries"], ids=lambda case: case["typed"])
def test_comes_first(graph: Graph, case: dict[str, Any]) -> None:
    check(graph, case)


@pytest.mark.shared
@pytest.mark.parametrize("case", CASES["provinces"], ids=lambda case: case["typed"])
def test_comes_first_among_the_provinces(provinces: Graph, case: dict[str, Any]) -> None:
    check(provinces, case)


def check(graph: Graph, case: dict[str, Any]) -> None:
    hit = graph.search(case["typed"]).hits[0]
    assert hit.label == case["first"]
    assert list(hit.why) == case.get("why", list(hit.why))
    if "mark" in case:
        assert hit.snippet
        assert case["mark"] in [hit.snippet.text[start:end] for start, end in hit.snippet.marks]
