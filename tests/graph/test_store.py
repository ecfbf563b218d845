"""A graph folder: what readers see, and what is said of a damaged one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad
from rdflib import RDF, URIRef

from chidao.extract.errors import ChidaoError
from chidao.graph.store import Folder, GraphError, all_quads, open_graph, read_store
from chidao.graph.write.build import build
from chidao.ontology.vocabulary import CHIDAO


@pytest.fixture(scope="module")
def graph(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store") / "graph"
    build([samples], folder, jobs=1)
    return folder


@pytest.fixture
def copy(graph: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(graph, tmp_path / "graph"))


DAMAGE = {
    "empty pointer": ("write current", b""),
    "pointer to nothing": ("write current", b"0077"),
    "pointer out of the folder": ("write current", b"../../etc"),
    "binary pointer": ("write current", b"\xff\xfe\x00"),
    "pointer is a folder": ("folder current", b""),
    "no pointer": ("remove current", b""),
    "missing generation": ("remove generations/0001", b""),
    "no generations": ("remove generations", b""),
    "generation is a file": ("write generations/0001", b"x"),
    "empty generation": ("folder generations/0001", b""),
    "truncated tables": ("write generations/0001/*.sst", b"\x00\x0c\x00chidao"),
    "empty tables": ("write generations/0001/*.sst", b""),
    "missing tables": ("remove generations/0001/*.sst", b""),
    "scrambled tables": ("scramble generations/0001/*.sst", b"\x00damaged by a test!\x00"),
    "truncated store manifest": ("write generations/0001/MANIFEST-*", b""),
    "a file instead of a folder": ("write .", b"x"),
    "an empty folder": ("folder .", b""),
    "no folder": ("remove .", b""),
}


def damage(graph: Path, what: str, data: bytes) -> None:
    how, _, pattern = what.partition(" ")
    places = [graph] if pattern == "." else list(graph.glob(pattern))
    assert places, "nothing to damage"
    for place in places:
        old = b"" if place.is_dir() else place.read_bytes()
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink()
        if how == "folder":
            place.mkdir()
        elif how == "write":
            place.write_bytes(data)
        elif how == "scramble":
            middle = len(old) // 2
            place.write_bytes(old[:middle] + data + old[middle + len(data) :])


@pytest.mark.parametrize(("what", "data"), DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_is_said_in_one_line(copy: Path, what: str, data: bytes) -> None:
    damage(copy, what, data)
    with pytest.raises(GraphError) as caught:
        for _ in all_quads(read_store(copy)):
            pass
    assert isinstance(caught.value, ChidaoError) and caught.value.exit_code == 1
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(("what", "data"), DAMAGE.values(), ids=DAMAGE.keys())
def test_a_build_mends_what_is_damaged(copy: Path, samples: Path, what: str, data: bytes) -> None:
    whole = {str(q) for q in all_quads(read_store(copy))}
    damage(copy, what, data)
    if copy.is_file():
        with pytest.raises(GraphError, match="cannot be written"):
            build([samples], copy, jobs=1)
        return
    build([samples], copy, jobs=1, fresh=True)
    assert {str(q) for q in all_quads(read_store(copy))} == whole


def test_opening_is_one_call_and_names_are_bound(graph: Path) -> None:
    dataset = open_graph(graph)
    assert {"chidao", "eli", "org"} <= {prefix for prefix, _ in dataset.namespaces()}


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")  # rdflib's own
def test_default_graph_is_the_union(graph: Path) -> None:
    dataset = open_graph(graph)
    held = sum(1 for _ in all_quads(read_store(graph)))
    triples = {q.triple for q in all_quads(read_store(graph))}
    assert len(triples) < held
    # (Oxigraph gives a triple once for each graph that holds it: a query that counts says DISTINCT)
    assert len(list(dataset.query("SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o }"))) == len(triples)
    assert len(list(dataset.query("SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }"))) == held
    documents = set(dataset.subjects(RDF.type, CHIDAO.Document))
    assert documents and all(isinstance(d, URIRef) for d in documents)


def test_readers_share_a_graph_in_one_process(graph: Path) -> None:
    one, other, plain = open_graph(graph), open_graph(graph), read_store(graph)
    question = "ASK { ?d a chidao:Document }"
    assert one.query(question).askAnswer and other.query(question).askAnswer
    assert len(plain) == len(read_store(graph))


def test_readers_share_a_graph_between_processes(graph: Path) -> None:
    held = len(read_store(graph))
    code = (
        "import sys; from chidao.graph.store import read_store;"
        "s = read_store(sys.argv[1]); print(len(s), flush=True); input()"
    )
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(graph)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    try:
        for reader in readers:
            assert reader.stdout and int(reader.stdout.readline()) == held
    finally:
        for reader in readers:
            reader.communicate("\n", timeout=60)
    assert [reader.returncode for reader in readers] == [0, 0, 0]


def test_a_reader_cannot_write(graph: Path) -> None:
    before = len(read_store(graph))
    with pytest.raises(RuntimeError, match="only possible on read-write"):
        read_store(graph).add(Quad(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c")))
    with pytest.raises((RuntimeError, ValueError)):
        open_graph(graph).update("INSERT DATA { <urn:a> <urn:b> <urn:c> }")
    assert len(read_store(graph)) == before


def test_a_reader_keeps_its_graph_while_others_are_built(copy: Path, tmp_path: Path, samples: Path) -> None:
    reader = read_store(copy)
    held = {str(q) for q in reader.quads_for_pattern(None, None, None, None)}
    for i in range(3):
        more = tmp_path / f"{i}.txt"
        more.write_text(f"QUYẾT ĐỊNH\n\nCăn cứ Nghị định số {i + 1}/2023/NĐ-CP;\n", encoding="utf-8")
        build([more], copy, jobs=1)
    assert {str(q) for q in reader.quads_for_pattern(None, None, None, None)} == held
    assert len(read_store(copy)) > len(held)
    assert len(list((copy / "generations").iterdir())) == 2


def test_small_files_are_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "current"
    Folder.write(path, "0001")

    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("chidao.graph.store.os.fsync", fail)
    with pytest.raises(OSError, match="No space"):
        Folder.write(path, "0002")
    assert path.read_text() == "0001"


def test_a_full_disk_is_said_in_one_line(copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = len(read_store(copy))
    more = tmp_path / "more.txt"
    more.write_text("Căn cứ Nghị định số 1/2023/NĐ-CP;", encoding="utf-8")

    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("chidao.graph.store.os.fsync", fail)
    with pytest.raises(GraphError, match="cannot be written"):
        build([more], copy, jobs=1)
    monkeypatch.undo()
    assert len(read_store(copy)) == held
    build([more], copy, jobs=1)
    assert len(read_store(copy)) > held
