"""The graph as a network: nodes, edges with their evidence, and what surrounds a node."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from chidao.graph.answers.network import add_evidence, neighbourhood, network_near, relation_labels, to_networkx
from chidao.graph.dataset import open_graph
from chidao.graph.select import rows
from chidao.graph.store import GraphError, read_store


@pytest.fixture(scope="module")
def graph(sample_graph: Path) -> Path:
    return sample_graph


def as_text(network: nx.MultiDiGraph[str]) -> tuple[list[str], list[str]]:
    return sorted(map(repr, network.nodes(data=True))), sorted(map(repr, network.edges(keys=True, data=True)))


def test_evidence_can_come_later(graph: Path) -> None:
    """A part gets the evidence that the whole has, and the network it was taken from stays as it was."""
    whole, bare = to_networkx(graph, bodies=True), to_networkx(graph, bodies=True, evidence=False)
    assert as_text(bare) != as_text(whole)
    assert {(*edge[:3], edge[3]["certainty"]) for edge in bare.edges(keys=True, data=True)} == {
        (*edge[:3], edge[3]["certainty"]) for edge in whole.edges(keys=True, data=True)
    }
    store = read_store(graph)
    for name in whole:
        part = neighbourhood(bare, name, 1)
        add_evidence(part, store)
        assert as_text(part) == as_text(neighbourhood(whole, name, 1))
    assert not any(data["evidence"] for _, _, data in bare.edges(data=True))


def test_every_document_and_edge_has_what_a_view_shows(graph: Path) -> None:
    network = to_networkx(graph)
    for _, node in network.nodes(data=True):
        assert node.keys() >= {"kind", "label", "number", "type", "title", "issuer", "date", "level", "scope"}
        assert node["kind"] == "document" and node["label"]
        assert node["level"] in {"central", "province", "district", "commune", ""}
        assert all(isinstance(value, str) for value in node.values())
    labels = relation_labels()
    for _, _, key, edge in network.edges(keys=True, data=True):
        assert edge["predicate"] == key and edge["label"] == labels[key]
        assert edge["certainty"] in {"explicit", "implied"}
        assert edge["evidence"], "no edge without the sentence that says so"
        for said in edge["evidence"]:
            assert said["sentence"] and said["line"] >= 1 and said["end"] > said["start"] >= 0
            assert Path(said["source"]).exists()


def test_evidence_stands_where_it_says(graph: Path) -> None:
    for _, _, edge in to_networkx(graph).edges(data=True):
        for said in edge["evidence"]:
            text = Path(said["source"]).read_text(encoding="utf-8")
            first = said["sentence"].split()[0]
            assert text[said["start"] : said["start"] + len(first)] == first
            assert text[: said["start"]].count("\n") + 1 == said["line"]


def test_no_statement_is_lost(graph: Path) -> None:
    stated = {(r["subject"], r["object"]) for r in rows(read_store(graph), "internal/network-statements")}
    assert {(s, o) for s, o, _ in to_networkx(graph).edges(keys=True)} == stated


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")  # rdflib's own
def test_a_path_a_store_and_a_dataset_give_the_same(graph: Path) -> None:
    expected = as_text(to_networkx(graph))
    assert as_text(to_networkx(str(graph))) == expected
    assert as_text(to_networkx(read_store(graph))) == expected
    assert as_text(to_networkx(open_graph(graph))) == expected


def test_what_is_near_is_the_same_as_in_the_whole(graph: Path) -> None:
    store = read_store(graph)
    whole = to_networkx(store, evidence=False)
    for iri in whole:
        near, expected = network_near(store, iri), neighbourhood(whole, iri, 1)
        assert nx.utils.graphs_equal(near, expected)
    assert not network_near(store, "https://example.org/nothing")


def test_bodies(graph: Path) -> None:
    network = to_networkx(graph, bodies=True)
    kinds = {name: data["kind"] for name, data in network.nodes(data=True)}
    assert set(kinds.values()) == {"document", "body"}
    issued = [(s, o) for s, o, k in network.edges(keys=True) if k == "issuedBy"]
    parts = [(s, o) for s, o, k in network.edges(keys=True) if k == "partOf"]
    assert issued and all((kinds[s], kinds[o]) == ("document", "body") for s, o in issued)
    assert parts and all((kinds[s], kinds[o]) == ("body", "body") for s, o in parts)
    assert set(to_networkx(graph)) == {n for n, kind in kinds.items() if kind == "document"}


def test_no_graph(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="chidao build"):
        to_networkx(tmp_path)


@pytest.fixture
def chain() -> nx.MultiDiGraph[str]:
    """d -> c -> b -> a, c also cites x, and two relations between b and a."""
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    levels = {"a": "central", "b": "province", "c": "district", "d": "commune", "x": "central", "alone": ""}
    for name, level in levels.items():
        made.add_node(name, level=level)
    for subject, object_, key in ("bai", "cbi", "dci", "cxc", "bac"):
        made.add_edge(subject, object_, key={"i": "implements", "c": "cites"}[key], evidence=[])
    return made


@pytest.mark.parametrize(
    ("node", "options", "nodes", "edges"),
    [
        ("a", {}, "abc", 4 - 1),
        ("a", {"depth": 0}, "a", 0),
        ("a", {"depth": 1}, "ab", 2),
        ("a", {"depth": 9}, "abcdx", 5),
        ("a", {"depth": 9, "direction": "up"}, "a", 0),
        ("a", {"depth": 9, "direction": "down"}, "abcd", 4),
        ("d", {"depth": 9, "direction": "up"}, "abcdx", 5),
        ("d", {"depth": 9, "direction": "up", "relations": ["implements"]}, "abcd", 3),
        ("c", {"relations": ["cites"]}, "cx", 1),
        ("c", {"levels": ["central"]}, "cx", 1),
        ("c", {"depth": 9, "levels": ["central", "province"]}, "abcx", 4),
        ("alone", {"depth": 9}, ["alone"], 0),
    ],
)
def test_neighbourhood(
    chain: nx.MultiDiGraph[str], node: str, options: dict[str, object], nodes: str, edges: int
) -> None:
    part = neighbourhood(chain, node, **options)  # type: ignore[arg-type]
    assert set(part) == set(nodes) and part.number_of_edges() == edges


def test_neighbourhood_is_a_graph_of_its_own(chain: nx.MultiDiGraph[str]) -> None:
    part = neighbourhood(chain, "a")
    part.remove_node("b")
    assert "b" in chain and chain.number_of_edges("b", "a") == 2
    with pytest.raises(KeyError):
        neighbourhood(chain, "nowhere")


def test_relations_have_vietnamese_labels() -> None:
    labels = relation_labels()
    for name in ("implements", "basedOn", "guides", "amends", "replaces", "repeals", "cites", "issuedBy", "partOf"):
        assert labels[name] and labels[name] != name
