from __future__ import annotations

from collections.abc import Iterator

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.viz.drawing.by_time import arrange_by_time
from chidao.viz.drawing.layout import Band, Time

BASE = "https://example.org/id/document/"
LEVELS = ("central", "province", "district", "commune", "", "department")
dates = st.sampled_from(["", "2019", "2020-02", "2020-02-03", "2021-12-31", "1976-05-01"])
documents = st.lists(st.tuples(st.sampled_from(LEVELS), dates), max_size=60)


def places_of(graph: nx.MultiDiGraph[str]) -> tuple[dict[str, tuple[float, float]], list[Band], list[Time]]:
    places = {name: place for place, name in enumerate(graph)}
    links = ((places[one], places[other], key) for one, other, key in graph.edges(keys=True))
    placed = arrange_by_time([(data["level"], data["date"]) for _, data in graph.nodes(data=True)], links)
    return dict(zip(graph, placed.positions, strict=True)), placed.bands, placed.times


@given(documents, st.data())
def test_any_graph_has_its_places(found: list[tuple[str, str]], data: st.DataObject) -> None:
    """Nothing lies on another, every document in its band and year, and the same graph gives the same places."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for index, (level, date) in enumerate(found):
        graph.add_node(f"{BASE}{index}", kind="document", label=str(index), level=level, date=date)
    for index in range(1, len(found)):
        target = data.draw(st.integers(0, len(found) - 1))
        graph.add_edge(f"{BASE}{index}", f"{BASE}{target}", key="implements")
    positions, bands, times = places_of(graph)
    assert set(positions) == set(graph)
    assert len(set(positions.values())) == len(positions)
    band_of = {band.level: band for band in bands}
    time_of = {time.year: time for time in times}
    for name, (x, y) in positions.items():
        level, date = graph.nodes[name]["level"], graph.nodes[name]["date"]
        band = band_of[level if level in band_of else ""]
        assert band.top < y < band.bottom
        assert time_of[date[:4]].left <= x <= time_of[date[:4]].right
    assert [time.year for time in times] == sorted({date[:4] for _, date in found})
    assert (positions, bands, times) == places_of(graph)


def large(size: int) -> Iterator[tuple[str, dict[str, str]]]:
    for index in range(size):
        date = f"{2000 + index * 7 % 26}-{1 + index % 12:02}-{1 + index % 28:02}"
        yield f"{BASE}{index}", {"kind": "document", "label": str(index), "level": LEVELS[index % 4], "date": date}


@pytest.mark.slow
def test_fifty_thousand_documents_have_places_of_a_page_s_shape() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(large(50_000))
    for index in range(1, 50_000):
        graph.add_edge(f"{BASE}{index}", f"{BASE}{index // 3}", key="implements")
    positions, bands, times = places_of(graph)
    assert len(set(positions.values())) == 50_000
    assert 1.2 < times[-1].right / bands[-1].bottom < 2.2
