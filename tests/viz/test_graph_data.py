from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.network import to_networkx
from chidao.graph.store import Folder
from chidao.graph.write.build import build
from chidao.viz.web.graph_data import MAX_NODES, around, evidence_of, pack, part_around, score, whole
from chidao.viz.web.links import ServerLinks
from chidao.viz.web.snapshots import Snapshot, open_snapshot

BASE = "https://example.org/id/document/"
LEVELS = ("central", "province", "district", "commune", "", "department")


@pytest.fixture(scope="module")
def snapshot(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    graph = tmp_path_factory.mktemp("graph")
    build([samples], graph, jobs=1)
    return open_snapshot(Folder(graph).current())


def iri_of(snapshot: Snapshot, label: str, level: str) -> str:
    return next(n for n, d in snapshot.network.nodes(data=True) if d["label"] == label and d["level"] == level)


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
    assert "".join(sorted(part_around(CHAIN, "a", **settings)[0])) == nodes


@pytest.mark.parametrize(
    "settings",
    [
        {"depth": -1},
        {"depth": 99},
        {"direction": "sideways"},
        {"relations": ["loves"]},
        {"levels": ["galaxy"]},
        {"max_nodes": 0},
        {"max_nodes": MAX_NODES + 1},
    ],
)
def test_a_setting_that_means_nothing_is_refused_in_one_line(settings: dict[str, Any]) -> None:
    with pytest.raises(ChidaoError) as refused:
        part_around(CHAIN, "a", **settings)
    assert "\n" not in str(refused.value)


def test_an_unknown_node() -> None:
    with pytest.raises(KeyError):
        part_around(CHAIN, "nobody")


def test_a_crowd_is_cut_down_around_the_focus() -> None:
    part, omitted = part_around(CHAIN, "a", depth=3, max_nodes=2)
    assert "a" in part
    assert (len(part), omitted) == (2, 1)


def test_around_a_sample(snapshot: Snapshot) -> None:
    iri = iri_of(snapshot, "Nghị quyết 15-NQ/TW", "central")
    shown = around(snapshot, iri, links=ServerLinks(snapshot.base))
    assert shown["nodes"][shown["focus"]]["iri"] == iri
    assert [node["id"] for node in shown["nodes"]] == list(range(len(shown["nodes"])))
    assert {node["url"] for node in shown["nodes"] if node["iri"] == iri} == {"/document/vn/nghi-quyet/15-nq-tw/2022"}
    words = {edge["predicate"]: (edge["label"], edge["inverse"], edge["group"]) for edge in shown["edges"]}
    assert words["implements"] == ("thực hiện", "được thực hiện bởi", "carry")
    assert [band["level"] for band in shown["bands"]] == ["central", "province", "district"]
    assert sum(level["count"] for level in shown["levels"]) == len(shown["nodes"])
    assert sum(relation["count"] for relation in shown["relations"]) == len(shown["edges"])
    assert not any("evidence" in edge for edge in shown["edges"])
    assert json.loads(json.dumps(shown)) == shown


def test_words_in_english(snapshot: Snapshot) -> None:
    shown = around(snapshot, iri_of(snapshot, "Nghị quyết 15-NQ/TW", "central"), language="en")
    assert {e["label"] for e in shown["edges"] if e["predicate"] == "implements"} == {"implements"}
    assert shown["words"]["close"] == "Close"


def test_a_body_with_what_it_issued(snapshot: Snapshot) -> None:
    bodies = [row["iri"] for row in around(snapshot, iri_of(snapshot, "Nghị quyết 15-NQ/TW", "central"), bodies=True)["nodes"] if row["kind"] == "body"]  # fmt: skip
    assert bodies
    shown = around(snapshot, bodies[0], bodies=True)
    assert {"issuedBy"} <= {edge["predicate"] for edge in shown["edges"]}


def test_evidence_on_demand_is_that_of_the_network(snapshot: Snapshot) -> None:
    for subject, object_, key, data in to_networkx(snapshot.store).edges(keys=True, data=True):
        found = evidence_of(snapshot, subject, key, object_)
        assert [(row["sentence"], row["quote"], row["line"]) for row in found] == [
            (row["sentence"], row["quote"], row["line"]) for row in data["evidence"]
        ]
        assert found[0]["sentence"]
        assert "/" not in found[0]["source"]  # the samples' folder is said nowhere
    with pytest.raises(KeyError):
        evidence_of(snapshot, "https://example.org/a", "implements", "https://example.org/b")


def test_the_whole_graph_and_its_columns(snapshot: Snapshot) -> None:
    shown = whole(snapshot, links=ServerLinks(snapshot.base))
    assert len(shown["nodes"]) == len(snapshot.network)
    assert len(shown["edges"]) == snapshot.network.number_of_edges()
    packed = pack(shown)
    assert len(json.dumps(packed)) < len(json.dumps(shown)) / 2
    columns = packed["nodes"]

    def value(name: str, index: int) -> Any:
        column = columns[name]
        return column[index] if isinstance(column, list) else column["values"][column["index"][index]]

    for node in shown["nodes"]:
        assert columns["prefix"] + value("iri", node["id"]) == node["iri"]
        for name in ("label", "number", "title", "issuer", "date", "level", "x", "y", "url"):
            assert value(name, node["id"]) == node[name]
    triples = [packed["edges"][at : at + 3] for at in range(0, len(packed["edges"]), 3)]
    assert [[e["source"], e["target"]] for e in shown["edges"]] == [t[:2] for t in triples]
    assert [packed["relations"][t[2]]["name"] for t in triples] == [e["predicate"] for e in shown["edges"]]


dates = st.sampled_from(["", "2019", "2020-02", "2020-02-03", "2021-12-31", "1976-05-01"])
documents = st.lists(st.tuples(st.sampled_from(LEVELS), dates), max_size=60)


@given(documents, st.data())
def test_a_score_of_any_graph(found: list[tuple[str, str]], data: st.DataObject) -> None:
    """Nothing lies on another, every document in its band and year, and the same graph gives the same places."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for index, (level, date) in enumerate(found):
        graph.add_node(f"{BASE}{index}", kind="document", label=str(index), level=level, date=date)
    for index in range(1, len(found)):
        target = data.draw(st.integers(0, len(found) - 1))
        graph.add_edge(f"{BASE}{index}", f"{BASE}{target}", key="implements")
    positions, bands, times = score(graph)
    assert set(positions) == set(graph)
    assert len(set(positions.values())) == len(positions)
    band_of = {band["level"]: band for band in bands}
    time_of = {time["year"]: time for time in times}
    for name, (x, y) in positions.items():
        level, date = graph.nodes[name]["level"], graph.nodes[name]["date"]
        band = band_of[level if level in band_of else ""]
        assert band["top"] < y < band["bottom"]
        assert time_of[date[:4]]["left"] <= x <= time_of[date[:4]]["right"]
    assert [time["year"] for time in times] == sorted({date[:4] for _, date in found})
    assert (positions, bands, times) == score(graph)


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
    positions, bands, times = score(graph)
    assert len(set(positions.values())) == 50_000
    assert 1.2 < times[-1]["right"] / bands[-1]["bottom"] < 2.2
