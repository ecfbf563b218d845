from __future__ import annotations

import networkx as nx

from chidao.viz.drawing.trim import most_connected


def star() -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(["z", "lone"])
    for leaf in "abcd":
        graph.add_edge(leaf, "hub", predicate="implements")
    graph.add_edge("b", "c", predicate="cites")
    return graph


def test_a_small_graph_is_left_alone() -> None:
    graph = star()
    assert most_connected(graph, 7) == (graph, 0)


def test_the_most_connected_stay_and_the_rest_are_counted() -> None:
    trimmed, omitted = most_connected(star(), 3)
    assert set(trimmed) == {"hub", "b", "c"}
    assert omitted == 4
    assert trimmed.number_of_edges() == 3


def test_many_edges_between_two_nodes_count_once() -> None:
    graph = star()
    for _ in range(10):
        graph.add_edge("z", "lone", predicate="cites")
    assert set(most_connected(graph, 1)[0]) == {"hub"}


def test_the_node_to_keep_stays() -> None:
    trimmed, omitted = most_connected(star(), 2, keep="lone")
    assert set(trimmed) == {"hub", "lone"}
    assert omitted == 5


def test_the_given_graph_is_not_changed() -> None:
    graph = star()
    trimmed, _ = most_connected(graph, 2)
    trimmed.nodes["hub"]["label"] = "changed"
    assert len(graph) == 7
    assert "label" not in graph.nodes["hub"]
