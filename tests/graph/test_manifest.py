"""What a build notes for the next one, and graphs of the earlier form."""

from __future__ import annotations

import hashlib
import json
import pickle
from pathlib import Path

import pytest

from chidao.extract.iris import BASE
from chidao.graph import seal
from chidao.graph.store import Folder, GraphError, read_store
from chidao.graph.write.manifest import Entry, Manifest, read_manifest, read_noted
from chidao.tests.graph.small_builds import build, lines

pytestmark = pytest.mark.slow  # a build starts its reader anew, which takes more than a second


class Spiteful:
    """What code in a pickle would do."""

    def __init__(self, canary: Path) -> None:
        self.canary = canary

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.touch, (self.canary,)  # type: ignore[return-value]


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    return tmp_path / "code ran"


@pytest.fixture
def older(docs: Path, tmp_path: Path, canary: Path) -> Path:
    """A graph as version 0.1.0 wrote it, whose facts are code."""
    graph = tmp_path / "graph"
    build(docs, graph=graph, home="Lào Cai")
    files = []
    for kept in (graph / "facts").iterdir():
        kept.unlink()
    for entry in read_manifest(Folder(graph), BASE).entries:
        row: list[object] = [entry.path, entry.sha256, entry.home, [], entry.shown]
        files.append(row)
        key = hashlib.sha256(json.dumps(["5", entry.shown, entry.sha256, entry.home, []]).encode()).hexdigest()
        (graph / "facts" / key).write_bytes(pickle.dumps(Spiteful(canary)))
    noted = {"format": "3", "rules": "5", "base": BASE, "home": "Lào Cai", "files": files, "unread": []}
    (graph / "manifest.json").write_text(json.dumps(noted))
    (graph / "current").write_text("0001")
    (graph / "chidao-graph.txt").unlink()
    (graph / "generations" / "0001" / seal.NAME).unlink()
    return graph


def test_an_older_graph_is_named_as_such(older: Path) -> None:
    with pytest.raises(GraphError, match="earlier version; `chidao build`"):
        read_store(older)


@pytest.mark.parametrize("fresh", [False, True])
def test_an_older_graph_is_read_again(older: Path, docs: Path, canary: Path, fresh: bool) -> None:
    (older / "facts" / "công văn.docx").write_bytes(b"mine")
    (docs / "2.txt").unlink()
    summary = build(docs / "1.txt", graph=older, fresh=fresh)
    assert "“Lào Cai”" in summary.notes[0]
    assert (summary.read, summary.removed) == ((1, []) if fresh else (2, [str(docs / "2.txt")]))
    assert not canary.exists() and not (older / "manifest.json").exists()
    assert {p.suffix for p in (older / "facts").iterdir()} == {".facts", ".docx"}
    assert build(docs / "1.txt", graph=older).unchanged and len(lines(older)) > 5


@pytest.mark.parametrize(
    "manifest", ["", "{", "[]", "null", '{"files": 3}', '{"files": [["a"]], "rules": "5"}', "\x00"]
)
def test_an_older_manifest_that_cannot_be_read(older: Path, docs: Path, manifest: str) -> None:
    (older / "manifest.json").write_text(manifest)
    with pytest.raises(GraphError, match="manifest cannot be read; build it anew with --fresh"):
        build(docs, graph=older)
    build(docs, graph=older, fresh=True)
    assert build(docs, graph=older).unchanged


def test_a_manifest_is_read_as_it_was_noted(tmp_path: Path) -> None:
    generation = tmp_path / "0001"
    generation.mkdir()
    entry = Entry("/a/b\udcff.txt", "1" * 64, None, (("number", "Số"),), "b\udcff.txt")
    made = Manifest(BASE, (entry,), "Lào Cai", (("/a/c.rar", "unpack it"),))
    seal.seal(generation, 0, made.plain())
    assert read_noted(generation) == made


@pytest.mark.parametrize("home", [None, "", "ha-noi"])
@pytest.mark.parametrize("columns", [(), (("number", "Số"),), (("number", 'S"ố'), ("date", "Ngày"))])
@pytest.mark.parametrize(
    "path", ["/a/b.txt", "/đến/công văn.docx", '/a/"quoted"\\.txt', "/a/b\udcff.txt", "/a/\n\u2028\U0001f4c4.txt"]
)
def test_the_key_of_facts_is_a_checksum_of_what_they_are_read_with(
    path: str, columns: tuple[tuple[str, str], ...], home: str | None
) -> None:
    """By another key everything would be read again."""
    entry = Entry(path, "1" * 64, home, columns, "" if home else path)
    said = json.dumps(["33.x", path, "1" * 64, home, columns])
    assert entry.key_of("33.x") == hashlib.sha256(said.encode()).hexdigest()
