from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

import networkx as nx
import pytest

from chidao.viz.drawing.layout import HEIGHT, WIDTH, arrange

LEVELS = ["central", "province", "district", "commune", ""]


def graph_of(size: int, seed: int = 1) -> nx.MultiDiGraph[str]:
    """A graph in which most documents point to a few above them."""
    random_ = random.Random(seed)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for index in range(size):
        level = random_.choices(LEVELS, [20, 50, 20, 6, 4])[0]
        graph.add_node(f"d{index}", kind="document", label=f"Kế hoạch {index}", level=level, date="2022")
    nodes = list(graph)
    for node in nodes:
        for _ in range(random_.choice([0, 1, 1, 2])):
            other = nodes[int(len(nodes) * random_.random() ** 3)]
            if other != node:
                graph.add_edge(node, other, predicate="implements")
    return graph


def overlaps(places: list[tuple[float, float]]) -> int:
    return sum(
        abs(a[0] - b[0]) < WIDTH and abs(a[1] - b[1]) < HEIGHT for index, a in enumerate(places) for b in places[:index]
    )


def test_nothing_is_placed_nowhere() -> None:
    layout = arrange(nx.MultiDiGraph())
    assert layout.positions == {}
    assert layout.bands == ()


@pytest.mark.parametrize("size", [1, 2, 5, 50, 500])
def test_every_node_has_its_own_place(size: int) -> None:
    graph = graph_of(size)
    layout = arrange(graph)
    assert set(layout.positions) == set(graph)
    assert overlaps(list(layout.positions.values())) == 0


@pytest.mark.parametrize("size", [5, 50, 500])
def test_central_is_on_top_and_bands_hold_their_cards(size: int) -> None:
    graph = graph_of(size)
    layout = arrange(graph)
    order = [LEVELS.index(band.level) for band in layout.bands]
    assert order == sorted(order)
    for upper, lower in zip(layout.bands, layout.bands[1:], strict=False):
        assert upper.bottom < lower.top
    bands = {band.level: band for band in layout.bands}
    for node, (_, y) in layout.positions.items():
        band = bands[graph.nodes[node]["level"]]
        assert band.top < y - HEIGHT / 2 < y + HEIGHT / 2 < band.bottom


@pytest.mark.parametrize(("size", "aspect"), [(50, 1.5), (500, 1.5), (500, 0.9)])
def test_wide_levels_are_wrapped_to_the_wanted_shape(size: int, aspect: float) -> None:
    places = arrange(graph_of(size), aspect=aspect).positions.values()
    width = max(x for x, _ in places) - min(x for x, _ in places) + WIDTH
    height = max(y for _, y in places) - min(y for _, y in places) + HEIGHT
    assert aspect / 2 < width / height < aspect * 2


def test_the_same_graph_is_laid_out_the_same_whatever_its_order() -> None:
    graph = graph_of(60)
    shuffled: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    nodes = list(graph.nodes(data=True))
    edges = list(graph.edges(data=True))
    random.Random(7).shuffle(nodes)
    random.Random(8).shuffle(edges)
    shuffled.add_nodes_from(nodes)
    shuffled.add_edges_from(edges)
    assert arrange(shuffled) == arrange(graph)


def test_inside_a_level_a_document_stands_below_the_one_it_implements() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name in ("third", "second", "first"):
        graph.add_node(name, level="province")
    graph.add_edge("third", "second", predicate="implements")
    graph.add_edge("second", "first", predicate="implements")
    places = arrange(graph).positions
    assert places["first"][1] < places["second"][1] < places["third"][1]


def test_documents_that_refer_to_each_other_share_a_row() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(["one", "two"], level="central")
    graph.add_edge("one", "two", predicate="cites")
    graph.add_edge("two", "one", predicate="cites")
    graph.add_edge("one", "one", predicate="cites")
    places = arrange(graph).positions
    assert places["one"][1] == places["two"][1]


def test_an_unknown_level_comes_last() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("nowhere", level=None)
    graph.add_node("odd", level="galaxy")
    graph.add_node("commune", level="commune")
    layout = arrange(graph)
    assert [band.level for band in layout.bands] == ["commune", ""]


def test_links_cross_less_than_by_chance() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    random_ = random.Random(3)
    for index in range(9):
        graph.add_node(f"top{index}", level="central")
        for leaf in range(2):
            graph.add_node(f"leaf{random_.random()}-{leaf}", level="province", parent=f"top{index}")
    for node in list(graph):
        if parent := graph.nodes[node].get("parent"):
            graph.add_edge(node, parent, predicate="implements")
    places = arrange(graph, aspect=99).positions

    def crossings() -> int:
        edges: list[tuple[str, str]] = list(graph.edges())
        lines = [(places[lower][0], places[upper][0]) for lower, upper in edges]
        return sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for i, a in enumerate(lines) for b in lines[:i])

    assert crossings() == 0


def test_in_a_small_graph_no_link_runs_behind_a_card() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("resolution", level="central")
    graph.add_node("government", level="central")
    graph.add_node("city", level="province")
    graph.add_node("people", level="province")
    graph.add_edge("government", "resolution")
    graph.add_edge("city", "resolution")
    graph.add_edge("people", "resolution")
    graph.add_edge("people", "city")
    places = arrange(graph).positions
    edges: list[tuple[str, str]] = list(graph.edges())
    for lower, upper in edges:
        (x1, y1), (x2, y2) = places[lower], places[upper]
        for card in set(graph) - {lower, upper}:
            x, y = places[card]
            if y2 < y < y1:
                at = x1 + (x2 - x1) * (y1 - y) / (y1 - y2)
                assert abs(at - x) > WIDTH / 2, (lower, upper, card)


@pytest.mark.slow
def test_five_thousand_nodes() -> None:
    graph = graph_of(5000)
    assert len(arrange(graph).positions) == 5000


def test_hundreds_are_placed_at_once(calls: Callable[[Callable[[], object]], int]) -> None:
    """So that the network is drawn as soon as it is asked for: some hundred calls for each document, however many there are."""
    few, more, many = (calls(partial(arrange, graph_of(size))) / size for size in (100, 200, 800))
    assert max(few, more, many) < 400
    assert many < 1.5 * few
