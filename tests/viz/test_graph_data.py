from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from chidao.graph.answers.network import neighbourhood, to_networkx
from chidao.graph.select import node as term
from chidao.graph.select import rows
from chidao.graph.store import Folder
from chidao.graph.tables.asked import Tabled
from chidao.graph.tables.sql import sql_of
from chidao.viz.drawing.data import View, part_around, picture
from chidao.viz.drawing.layout import Layout
from chidao.viz.web.pages.graph_data import around, evidence_of, part_shown, whole
from chidao.viz.web.rendering.links import ServerLinks
from chidao.viz.web.snapshots import Snapshot, open_snapshot


@pytest.fixture(scope="module")
def snapshot(sample_graph: Path) -> Snapshot:
    return open_snapshot(Folder(sample_graph).current())


def iri_of(snapshot: Snapshot, label: str, level: str) -> str:
    return next(n for n, d in snapshot.network.nodes(data=True) if d["label"] == label and d["level"] == level)


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
    bodies = [row["iri"] for row in around(snapshot, iri_of(snapshot, "Nghị quyết 15-NQ/TW", "central"), View(bodies=True))["nodes"] if row["kind"] == "body"]  # fmt: skip
    assert bodies
    shown = around(snapshot, bodies[0], View(bodies=True))
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


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("of", ["tables", "rdf"])
def test_the_whole_graph_in_columns_is_the_picture_of_its_network(snapshot: Snapshot, language: str, of: str) -> None:
    store = snapshot.store if of == "tables" else Tabled(snapshot.store.rdf)
    links = ServerLinks(snapshot.base)
    network = snapshot.network
    placed = Layout(dict.fromkeys(network, (0.0, 0.0)), ())
    shown = picture(network, placed, language, page_of=links.thing)
    packed = whole(Snapshot(store, snapshot.path, snapshot.base), links=links, language=language)
    assert len(json.dumps(packed)) < len(json.dumps(shown)) / 2
    columns = packed["nodes"]

    def value(name: str, index: int) -> Any:
        column = columns[name]
        return column[index] if isinstance(column, list) else column["values"][column["index"][index]]

    assert columns["count"] == packed["total"] == len(network)
    for node in shown["nodes"]:
        assert columns["prefix"] + value("iri", node["id"]) == node["iri"]
        for name in ("kind", "label", "number", "type", "title", "issuer", "date", "level", "size", "url"):
            assert value(name, node["id"]) == node[name]
    triples = [packed["edges"][at : at + 3] for at in range(0, len(packed["edges"]), 3)]
    assert [[e["source"], e["target"]] for e in shown["edges"]] == [t[:2] for t in triples]
    assert [packed["relations"][t[2]]["name"] for t in triples] == [e["predicate"] for e in shown["edges"]]
    assert packed["doubtful"] == [i for i, edge in enumerate(shown["edges"]) if edge["certainty"] != "explicit"]
    assert {name: packed[name] for name in ("relations", "levels", "families", "words")} == {
        name: shown[name] for name in ("relations", "levels", "families", "words")
    }


def test_the_ends_of_edges_are_counted(snapshot: Snapshot) -> None:
    for store in (snapshot.store, Tabled(snapshot.store.rdf)):
        told = {row["document"]: int(row["degree"]) for row in rows(store, "internal/degrees")}
        assert told == {iri: degree for iri, degree in snapshot.network.degree() if degree}
        assert list(told.values()) == sorted(told.values(), reverse=True)
    plan = snapshot.store.reading(
        lambda tables: tables.execute(f"EXPLAIN QUERY PLAN {sql_of('internal/degrees')}").fetchall()
    )
    assert plan is not None
    assert not {"cites", "statement"} & set(
        " ".join(row[3] for row in plan).split()
    )  # which are a hundred times as many


@pytest.mark.parametrize("most", [2, 5, 500])
def test_what_surrounds_a_document_is_told_of_as_far_as_it_is_shown(
    snapshot: Snapshot, rows_read: Counter[str], most: int
) -> None:
    iri = iri_of(snapshot, "Nghị quyết 15-NQ/TW", "central")
    whole, _ = part_around(snapshot.network, iri, View(max_nodes=most))
    rows_read.clear()
    part, omitted = part_shown(snapshot, iri, View(max_nodes=most))
    assert nx.utils.graphs_equal(part, whole)
    assert rows_read["internal/network-nodes"] == len(part) <= most
    near = neighbourhood(snapshot.network, iri, 1)
    assert len(near) == len(part) + omitted
    # Of what these say only what they say of each other; a mention is counted as often as it stands there.
    told = rows(snapshot.store, "internal/network-edges", subject=[term(name) for name in near])
    assert rows_read["internal/network-among"] == sum(row["object"] in near for row in told)


def test_a_list_of_it_needs_no_positions(snapshot: Snapshot) -> None:
    iri = iri_of(snapshot, "Nghị quyết 15-NQ/TW", "central")
    drawn, listed = (around(snapshot, iri, placed=placed) for placed in (True, False))
    without = [{name: value for name, value in told.items() if name not in "xy"} for told in drawn["nodes"]]
    assert listed == drawn | {"nodes": without, "bands": [], "times": []}
