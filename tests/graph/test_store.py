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
from chidao.graph.dataset import open_graph
from chidao.graph.sparql.pool import QueryError
from chidao.graph.store import Folder, GraphError, all_quads, read_store
from chidao.graph.write.build import build
from chidao.ontology.graphs import CHIDAO

pytestmark = pytest.mark.slow  # a build starts its reader anew, which takes more than a second


@pytest.fixture(scope="module")
def samples(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of some of the samples: the fewer, the sooner they are built so often."""
    folder = tmp_path_factory.mktemp("samples")
    for path in sorted((root / "samples").iterdir())[:3]:
        shutil.copy(path, folder)
    return folder


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
    "no manifest": ("remove generations/0001/manifest.jsonl", b""),
    "truncated manifest": ("write generations/0001/manifest.jsonl", b"["),
    "binary manifest": ("write generations/0001/manifest.jsonl", b"\xff\n\x00\n\xfe\n"),
    "manifest of odd values": ("write generations/0001/manifest.jsonl", b'["generation", "4", 1, null]\n[]\n{}\n'),
    "an odd bit in the pointer": ("write current", b"0001 0123456789abcdef"),
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
        with pytest.raises(GraphError, match="not a graph folder"):
            build([samples], copy, jobs=1, fresh=True)
        return
    build([samples], copy, jobs=1, fresh=True)
    assert {str(q) for q in all_quads(read_store(copy))} == whole


def contents(folder: Path) -> dict[str, bytes | None]:
    """All that lies in a folder, through no links."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() and not path.is_symlink() else None
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize(
    "names",
    [["báo cáo.docx"], ["facts/báo cáo.docx"], ["generations/0001/x.docx"], ["current"], ["lock"], [".git/HEAD"]],
)
def test_a_folder_that_is_no_graph_is_left_alone(tmp_path: Path, samples: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"mine")
    before = contents(tmp_path)
    for fresh in (False, True):
        with pytest.raises(GraphError, match="holds other things than a graph"):
            build([samples], tmp_path, jobs=1, fresh=fresh)
        assert contents(tmp_path) == before


def test_what_lies_in_a_graph_folder_stays(copy: Path, samples: Path, tmp_path: Path) -> None:
    mine = [
        copy / name for name in ("thư.docx", "facts/công văn.docx", "facts/a/b.docx", "generations/c.docx", "generations/0001/d.docx",
                                 "generations/0007/e.docx", "generations/0009/000001.sst.docx", f"facts/{'0' * 64}")
    ]  # fmt: skip
    for path in mine:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"mine")
    for i in range(3):
        (tmp_path / "more.txt").write_text(f"Căn cứ Nghị định số {i + 1}/2023/NĐ-CP;", encoding="utf-8")
        build([samples, tmp_path / "more.txt"], copy, jobs=1, fresh=i == 2)
    assert [path.read_bytes() for path in mine] == [b"mine"] * len(mine)
    numbers = sorted(place.name for place in (copy / "generations").iterdir() if (place / "CURRENT").exists())
    assert numbers[-1] == read_current(copy) and len(numbers) == 2


def read_current(graph: Path) -> str:
    return Folder(graph).current().name


@pytest.mark.parametrize("name", ["generations", "facts", "lock", "current", "chidao-graph.txt"])
@pytest.mark.parametrize("linked", [True, False], ids=["a link", "another kind"])
def test_what_stands_in_place_of_its_own_is_moved_aside(
    copy: Path, samples: Path, tmp_path: Path, name: str, linked: bool
) -> None:
    """By --fresh; nothing behind a link is touched, and without it nothing is changed at all."""
    whole = {str(q) for q in all_quads(read_store(copy))}
    place, elsewhere = copy / name, tmp_path / "elsewhere"
    folder = place.is_dir()
    place.rename(elsewhere)
    if linked:
        place.symlink_to(elsewhere)
    elif folder:
        place.write_bytes(b"mine")
    else:
        place.mkdir()
        (place / "mine.docx").write_bytes(b"mine")
    before, behind = contents(copy), elsewhere.read_bytes() if elsewhere.is_file() else contents(elsewhere)
    with pytest.raises(GraphError, match="--fresh"):
        build([samples], copy, jobs=1)
    assert contents(copy) == before
    summary = build([samples], copy, jobs=1, fresh=True)
    assert len(summary.notes) == 1 and f"{name}.aside-1" in summary.notes[0]
    assert {str(q) for q in all_quads(read_store(copy))} == whole
    assert (elsewhere.read_bytes() if elsewhere.is_file() else contents(elsewhere)) == behind
    aside = contents(copy / f"{name}.aside-1") if (copy / f"{name}.aside-1").is_dir() else {}
    assert linked or folder or aside == {"mine.docx": b"mine"}
    assert build([samples], copy, jobs=1).unchanged


def test_somebodys_file_called_lock_is_not_emptied(copy: Path, samples: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.docx"
    mine.write_bytes(b"mine")
    (copy / "lock").unlink()
    (copy / "lock").hardlink_to(mine)
    with pytest.raises(GraphError, match="--fresh moves it aside"):
        build([samples], copy, jobs=1)
    build([samples], copy, jobs=1, fresh=True)
    assert mine.read_bytes() == b"mine"


def test_an_earlier_generation_does_not_pass_for_the_current_one(copy: Path, samples: Path, tmp_path: Path) -> None:
    (tmp_path / "more.txt").write_text("Căn cứ Nghị định số 1/2023/NĐ-CP;", encoding="utf-8")
    build([tmp_path / "more.txt"], copy, jobs=1)
    pointer = (copy / "current").read_text()
    (copy / "current").write_text(pointer.replace("0002", "0001"))
    with pytest.raises(GraphError, match="do not agree"):
        read_store(copy)


def test_opening_is_one_call_and_names_are_bound(graph: Path) -> None:
    dataset = open_graph(graph)
    assert {"chidao", "eli", "org"} <= {prefix for prefix, _ in dataset.namespaces()}


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")  # rdflib's own
def test_default_graph_is_the_union(tmp_path: Path) -> None:
    said = "Kế hoạch số 118/KH-UBND ngày 05/5/2023 của UBND thành phố Hà Nội thực hiện Chương trình số 16-CTr/TU ngày 26/8/2022 của Thành ủy Hà Nội."
    for name in ("one", "other"):  # two files say the same
        (tmp_path / f"{name}.txt").write_text(f"{said}\n{name}\n", "utf-8")
    graph = tmp_path / "graph"
    build(sorted(tmp_path.glob("*.txt")), graph, jobs=1)
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
    with pytest.raises(QueryError, match="updates are refused"):
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


def test_a_full_disk_is_said_in_one_line(copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = len(read_store(copy))
    more = tmp_path / "more.txt"
    more.write_text("Căn cứ Nghị định số 1/2023/NĐ-CP;", encoding="utf-8")

    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("chidao.graph.disk.os.fsync", fail)
    with pytest.raises(GraphError, match="cannot be written"):
        build([more], copy, jobs=1)
    monkeypatch.undo()
    assert len(read_store(copy)) == held
    build([more], copy, jobs=1)
    assert len(read_store(copy)) > held
