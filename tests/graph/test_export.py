"""Every form can be read back by the tools it is for, and none loses the evidence."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph
import pytest
from rdflib import Dataset, Graph

from chidao.extract.errors import ChidaoError
from chidao.extract.resolved import Corpus
from chidao.graph.answers.network import to_networkx
from chidao.graph.export import FORMATS, TABLES, export, flat, no_formula
from chidao.graph.select import rows
from chidao.graph.store import Folder, all_quads, read_store
from chidao.graph.unfolded import unfolded
from chidao.graph.write.build import build
from chidao.graph.write.quads import quads

pytestmark = [  # rdflib's own readers use what rdflib deprecates
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]

ODD = "Nghị quyết \"15\" <script>alert(1)</script> & 'x' 100 %\x07\x1b \ufffe, hết; =1+1\n@dòng hai\t|"


@pytest.fixture(scope="module")
def graph(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "graph"
    build(sorted(samples.iterdir())[:5], folder, jobs=1)
    return folder


@pytest.fixture(scope="module")
def sentences(graph: Path) -> set[str]:
    """The sentences that say something of documents: no form may lose one."""
    return {str(row["sentence"]) for row in rows(read_store(graph), "internal/table-statements")}


def turtle(path: Path) -> tuple[int, str]:
    graph = Graph().parse(path, format="turtle")
    return len(graph), "\n".join(map(str, graph.objects()))


def quad_form(format_: str) -> Callable[[Path], tuple[int, str]]:
    def read(path: Path) -> tuple[int, str]:
        dataset = Dataset()
        dataset.parse(path, format=format_)
        held = list(dataset.quads())
        return len(held), "\n".join(str(q[2]) for q in held)

    return read


RDF = {
    "turtle": turtle,
    "trig": quad_form("trig"),
    "nquads": quad_form("nquads"),
    "json-ld": quad_form("json-ld"),
}


@pytest.mark.slow
@pytest.mark.parametrize("format_", RDF)
def test_rdf_comes_back_whole(graph: Path, tmp_path: Path, sentences: set[str], format_: str) -> None:
    path = export(graph, format_, tmp_path / "out")
    count, text = RDF[format_](path)
    store = read_store(graph)
    held = set(unfolded(store, all_quads(store)))
    assert count == (len({q.triple for q in held}) if format_ == "turtle" else len(held))
    assert sentences and all(s in text for s in sentences)


READERS: dict[str, Callable[[Path], Any]] = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}


@pytest.mark.parametrize("format_", READERS)
def test_networks_come_back_whole(graph: Path, tmp_path: Path, sentences: set[str], format_: str) -> None:
    path = export(graph, format_, tmp_path / "out")
    found = READERS[format_](path)
    expected = to_networkx(graph, bodies=True)
    assert set(found.nodes) == set(expected.nodes)
    assert found.number_of_edges() == expected.number_of_edges()
    assert found.is_directed()
    assert {d["kind"] for _, d in found.nodes(data=True)} == {"document", "body"}
    kept = {e["sentence"] for _, _, d in found.edges(data=True) for e in json.loads(d["evidence"])}
    assert {" ".join(s.split()) for s in sentences} <= {" ".join(s.split()) for s in kept}


def test_tables(graph: Path, tmp_path: Path, sentences: set[str]) -> None:
    folder = export(graph, "csv", tmp_path / "tables")
    assert {p.name for p in folder.iterdir()} == {f"{name}.csv" for name in TABLES}
    for name in TABLES:
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            found = list(csv.DictReader(stream))
        expected = list(rows(read_store(graph), f"internal/table-{name}"))
        assert found == [{k: no_formula(v) for k, v in row.items()} for row in expected] and found
        if name == "statements":
            assert {row["sentence"] for row in found} == {no_formula(s) for s in sentences}
            assert all(row["source"] and row["line"] for row in found)
    assert (folder / "documents.csv").read_bytes().startswith(b"\xef\xbb\xbf"), "spreadsheets need the mark"


@pytest.mark.parametrize("format_", FORMATS)
def test_same_graph_same_bytes(graph: Path, tmp_path: Path, format_: str) -> None:
    one, other = export(graph, format_, tmp_path / "one"), export(graph, format_, tmp_path / "other")
    for path in sorted(one.iterdir()) if one.is_dir() else [one]:
        same = other / path.name if one.is_dir() else other
        text = path.read_text(encoding="utf-8")
        assert text == same.read_text(encoding="utf-8")


@pytest.fixture
def odd_graph(tmp_path: Path) -> Path:
    """A graph whose every text is odd."""
    from chidao.extract.model import SELF, Excerpt, Facts, Heading, Reference, Relation, Source
    from chidao.extract.resolved import Document, File

    document = Document("k/1", "named", "Luật", None, None, None, None, ODD, None, ODD, None, None, name=ODD)
    other = Document("k/2", "named", "Luật", None, None, None, None, None, None, None, None, None, name=ODD)
    reference = Reference(
        0, 1, ODD, "named", "Luật", None, None, None, None, None, None, ODD, "k", None, 0, 1, "r"
    )  # fmt: skip
    facts = Facts(
        Source(ODD, "1" * 64, "utf-8", ""),
        Heading(),
        (Excerpt(0, 9, ODD, 1),),
        (reference,),
        (),
        (Relation(SELF, "implements", 0, 0, 1, ODD, "explicit", "r", ODD, 0),),
    )
    corpus = Corpus((File(facts, "k/1", ("k/2",)),), {"k/1": document, "k/2": other}, {})
    folder = Folder(tmp_path / "graph")
    folder.generations.mkdir(parents=True)
    generation = folder.next_generation()
    store = pyoxigraph.Store(str(generation))
    store.bulk_extend(quads(corpus))
    store.flush()
    held = len(store)
    del store
    folder.publish(generation, held)
    return folder.path


@pytest.mark.parametrize("format_", FORMATS)
def test_odd_values_break_no_form(odd_graph: Path, tmp_path: Path, format_: str) -> None:
    path = export(odd_graph, format_, tmp_path / "out")
    if format_ in RDF:
        assert ODD in RDF[format_](path)[1]
    elif format_ in READERS:
        found = READERS[format_](path)
        said = [e["sentence"] for _, _, d in found.edges(data=True) for e in json.loads(d["evidence"])]
        assert said and all("<script>alert(1)</script> & 'x' 100 %" in s for s in said)
    else:
        with (path / "statements.csv").open(encoding="utf-8-sig", newline="") as stream:
            assert {row["sentence"] for row in csv.DictReader(stream)} == {ODD}


def test_an_empty_table_has_its_head(odd_graph: Path, tmp_path: Path) -> None:
    folder = export(odd_graph, "csv", tmp_path / "out")
    assert (folder / "actions.csv").read_text(encoding="utf-8-sig").startswith("actor,stated,action,document")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("", ""),
        ("Luật", "Luật"),
        ("=1+1", "'=1+1"),
        ("+SUM(A1)", "'+SUM(A1)"),
        ("@x", "'@x"),
        ("-x", "'-x"),
        ("-5", "-5"),
        ("+84", "+84"),
        ("=5", "'=5"),
        ("=1+cmd|'/C calc'!A0", "'=1+cmd|'/C calc'!A0"),
        ("-2+3+cmd|'/C calc'!A0", "'-2+3+cmd|'/C calc'!A0"),
        ("\t=1+1", "'\t=1+1"),
        ("\r=1+1", "'\r=1+1"),
    ],
)
def test_cells_that_a_spreadsheet_would_run(value: str | None, expected: str) -> None:
    assert no_formula(value) == expected


def test_bad_requests(graph: Path, tmp_path: Path) -> None:
    with pytest.raises(ChidaoError, match="unknown format"):
        export(graph, "docx", tmp_path / "x")
    (tmp_path / "file").write_text("x")
    with pytest.raises(ChidaoError, match="folder of tables"):
        export(graph, "csv", tmp_path / "file")
    with pytest.raises(ChidaoError, match="cannot be written"):
        export(graph, "turtle", tmp_path / "file" / "x")
    assert (tmp_path / "file").read_text() == "x"


def test_a_failed_export_leaves_the_old_file(graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.ttl"
    path.write_text("old")

    def fail(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("chidao.graph.export.pyoxigraph.serialize", fail)
    with pytest.raises(ChidaoError, match="No space left"):
        export(graph, "turtle", path)
    assert path.read_text() == "old" and [p.name for p in tmp_path.iterdir()] == ["out.ttl"]


def test_flat_keeps_the_network_as_it_was(graph: Path) -> None:
    network = to_networkx(graph)
    made = flat(network)
    assert made.number_of_edges() == network.number_of_edges()
    assert all(isinstance(v, str) for _, _, d in made.edges(data=True) for v in d.values())
    assert all(isinstance(d["evidence"], list) for _, _, d in network.edges(data=True))
