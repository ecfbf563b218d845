"""A good graph has no violation, and a broken one is reported in plain lines."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad

from chidao.cli import main
from chidao.graph.store import Folder, GraphError, all_quads, read_store
from chidao.graph.validate import validate
from chidao.graph.write.build import build

NS = "https://w3id.org/chidao/ns#"
ELI = "http://data.europa.eu/eli/ontology#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"


@pytest.fixture(scope="module")
def graph(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("validate") / "graph"
    build(sorted(samples.iterdir())[:5], folder, jobs=1)
    return folder


def changed(graph: Path, to: Path, drop: tuple[str, str] | None, add: tuple[str, str, str] | None) -> Path:
    """A copy without (kind, property) of the first node of that class or with that property, or with (kind, property, value) added to it."""
    quads = list(all_quads(read_store(graph)))
    kind, path = (drop or add or ("", ""))[:2]
    of_kind = {
        q.subject
        for q in quads
        if q.predicate.value == kind or (q.predicate.value.endswith("#type") and q.object == NamedNode(kind))
    }
    node = min(of_kind & {q.subject for q in quads if q.predicate.value == path}, key=str)
    if drop:
        quads = [q for q in quads if not (q.subject == node and q.predicate.value == path)]
    if add:
        quads.append(Quad(node, NamedNode(path), Literal(add[2]), NamedNode("urn:broken")))
    folder = Folder(to)
    folder.generations.mkdir(parents=True)
    generation = folder.next_generation()
    store = pyoxigraph.Store(str(generation))
    store.bulk_extend(quads)
    store.flush()
    del store
    folder.publish(generation, len(set(quads)))
    return to


def test_a_good_graph(graph: Path) -> None:
    count, violations = validate(graph)
    assert violations == []
    assert count == len({q.triple for q in all_quads(read_store(graph))})


BROKEN: dict[str, tuple[tuple[str, str] | None, tuple[str, str, str] | None]] = {
    "a document without a label": ((NS + "Document", RDFS + "label"), None),
    "a document with a date that is none": (None, (NS + "Document", ELI + "date_document", "last week")),
    "a source without its hash": ((NS + "Source", NS + "sha256"), None),
    "a mention without its start": ((NS + "mentionOf", NS + "start"), None),
    "a mention of nothing": ((NS + "citedIn", NS + "mentionOf"), None),
    "an action without its sentence": ((NS + "Action", NS + "sentence"), None),
    "a statement without certainty": ((NS + "Statement", NS + "certainty"), None),
    "a statement about nothing": ((NS + "Statement", NS + "statementObject"), None),
    "an action without its kind": ((NS + "Action", NS + "action"), None),
    "a sentence without text": ((NS + "Sentence", NS + "text"), None),
    "a sentence that starts nowhere": (None, (NS + "Sentence", NS + "start", "somewhere")),
    "a body without a name": ((NS + "Body", RDFS + "label"), None),
}


@pytest.mark.slow
@pytest.mark.parametrize(("drop", "add"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_graph(
    graph: Path, tmp_path: Path, drop: tuple[str, str] | None, add: tuple[str, str, str] | None
) -> None:
    broken = changed(graph, tmp_path / "broken", drop, add)
    _, violations = validate(broken)
    assert violations
    path = (drop or add or ("", ""))[1]
    assert any(path.endswith(choice) for v in violations if v.path for choice in v.path.split("|")), violations
    assert all(v.node and v.message and "\n" not in v.message for v in violations)


def test_the_report(graph: Path, tmp_path: Path) -> None:
    broken = changed(graph, tmp_path / "broken", (NS + "citedIn", NS + "mentionOf"), None)
    result = CliRunner().invoke(main, ["validate", "--graph", str(broken)])
    assert result.exit_code == 1
    *violations, summary = result.stdout.splitlines()
    assert summary.endswith(f" {len(violations)} violations") and any("mentionOf" in said for said in violations)


def test_no_graph(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="chidao build"):
        validate(tmp_path)
