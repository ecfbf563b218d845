from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from chidao.extract.errors import ChidaoError
from chidao.viz.drawing.data import View, part_around


def network(*edges: tuple[str, str, str], **levels: str) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name, level in levels.items():
        graph.add_node(name, kind="document", label=name, level=level, date="")
    for subject, predicate, object_ in edges:
        graph.add_edge(subject, object_, key=predicate, predicate=predicate, certainty="explicit", evidence=[])
    return graph


CHAIN = network(
    ("b", "implements", "a"), ("c", "implements", "b"), ("b", "cites", "x"), ("x", "cites", "y"),
    a="central", b="province", c="district", x="central", y="central",
)  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "nodes"),
    [
        ({"depth": 0}, "a"),
        ({"depth": 1}, "ab"),
        ({"depth": 2}, "abc"),
        ({"depth": 2, "direction": "up"}, "a"),
        ({"depth": 2, "direction": "down", "levels": ["province"]}, "ab"),
        # A citation is followed from the document itself only, unless it is asked for by name.
        ({"depth": 3, "relations": ["implements", "cites"]}, "abcxy"),
        ({"depth": 3, "relations": ["cites"]}, "a"),
    ],
)
def test_what_surrounds_a_document(settings: dict[str, Any], nodes: str) -> None:
    assert "".join(sorted(part_around(CHAIN, "a", View(**settings))[0])) == nodes


@pytest.mark.parametrize(
    "settings",
    [
        {"depth": -1},
        {"direction": "sideways"},
        {"relations": ["loves"]},
        {"levels": ["galaxy"]},
        {"max_nodes": 0},
    ],
)
def test_a_setting_that_means_nothing_is_refused_in_one_line(settings: dict[str, Any]) -> None:
    with pytest.raises(ChidaoError) as refused:
        View(**settings)
    assert "\n" not in str(refused.value)


def test_an_unknown_node() -> None:
    with pytest.raises(KeyError):
        part_around(CHAIN, "nobody", View())


def test_a_crowd_is_cut_down_around_the_focus() -> None:
    part, omitted = part_around(CHAIN, "a", View(depth=3, max_nodes=2))
    assert "a" in part
    assert (len(part), omitted) == (2, 1)
