"""A build survives whatever its files are, and whatever has become of what it had kept."""

from __future__ import annotations

import builtins
import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chidao.extract.formats.sandbox import Call
from chidao.extract.formats.source import MAX_BYTES
from chidao.graph import seal
from chidao.graph.store import Folder, GraphError
from chidao.graph.write.kept import KeptFacts, encode
from chidao.graph.write.manifest import read_noted
from chidao.tests.graph.small_builds import DECISION, build, build_module, labels, lines

pytestmark = pytest.mark.slow  # a build starts its reader anew, which takes more than a second


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return tmp_path / "graph"


MIXED: dict[str, tuple[bytes, str]] = {
    # name: bytes, and what becomes of it in a folder
    "empty.txt": (b"", "failed"),
    "blank.txt": (b" \n\t\n", "failed"),
    "binary.txt": (bytes(range(256)) * 20, "failed"),
    "damaged.txt": (("Nghị quyết " * 50).encode()[:-2] + b"\xff" + ("số " * 50).encode(), "failed"),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(100), "failed"),
    "program": (b"\x7fELF" + bytes(100), "skipped"),
    "notes.py": (b"print()", "skipped"),
    "paper.pdf": (b"%PDF-1.7\n" + bytes(100), "failed"),
    "table.json": (b"{}", "skipped"),
    "page.html": (("<html><body><p>" + DECISION.format(59) + "</p></body></html>").encode(), "read"),
    ".hidden.txt": (b"", "nothing"),
    "utf16.txt": (DECISION.format(51).encode("utf-16"), "read as utf-16"),
    "utf16be.md": (DECISION.format(52).encode("utf-16-be"), "read as utf-16-be"),
    "bom.txt": (DECISION.format(53).encode("utf-8-sig"), "read"),
    "viet.txt": ("Căn cứ Nghị định 54/2023/NĐ-CP của Chính phủ".encode(), "read"),
    "old.txt": (
        "Quyê\u0301t đi\u0323nh sô\u0301 12/2023/QĐ-UBND cu\u0309a U\u0309y ban nhân dân".encode("cp1258"),
        "read as windows-1258",
    ),
    "UPPER.TXT": (DECISION.format(55).encode(), "read"),
    "no-ending": (DECISION.format(56).encode(), "read"),
    "quote ' \" <b> %41 ?#.txt": (DECISION.format(57).encode(), "read"),
    "Nghị quyết số 15.txt": (DECISION.format(58).encode(), "read"),
}  # fmt: skip


UNREADABLE = [name for name, (_, fate) in MIXED.items() if fate == "failed"] + ["program"]


def test_a_folder_of_all_sorts(docs: Path, graph: Path) -> None:
    for name, (data, _) in MIXED.items():
        (docs / name).write_bytes(data)
    summary = build(docs, graph=graph)
    failed = {Path(path).name for path, _ in summary.failed}
    skipped = {Path(path).name for path, _ in summary.skipped}
    encodings = {Path(path).name: encoding for path, encoding in summary.encodings}
    for name, (_, fate) in MIXED.items():
        assert (name in failed) == (fate == "failed"), (name, summary.failed)
        assert (name in skipped) == (fate == "skipped"), (name, summary.skipped)
        assert encodings.get(name) == (fate.removeprefix("read as ") if fate.startswith("read as") else None), name
    read = {name for name, (_, fate) in MIXED.items() if fate.startswith("read")}
    assert labels(graph) == {"1.txt", "2.txt", "3.txt"} | read
    assert all("\n" not in reason for _, reason in summary.failed + summary.skipped)
    assert build(docs, graph=graph).unchanged


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_named_file_that_cannot_be_read_is_a_failure(docs: Path, graph: Path, name: str) -> None:
    (docs / name).write_bytes(MIXED[name][0])
    summary = build(docs / "1.txt", docs / name, graph=graph)
    assert [path for path, _ in summary.failed] == [str(docs / name)]
    assert labels(graph) == {"1.txt"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in this file system")
def test_what_is_no_file_is_not_waited_for(docs: Path, graph: Path) -> None:
    os.mkfifo(docs / "pipe.txt")
    (docs / "broken.txt").symlink_to("nowhere")
    (docs / "loop.txt").symlink_to("loop.txt")
    summary = build(docs, graph=graph)
    assert {Path(path).name for path, _ in summary.failed} == {"pipe.txt", "broken.txt", "loop.txt"}
    assert summary.read == 3


def test_a_huge_file_is_refused_unread(docs: Path, graph: Path) -> None:
    with (docs / "huge.txt").open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    ((path, reason),) = build(docs, graph=graph).failed
    assert path.endswith("huge.txt") and "too large" in reason


def test_a_name_that_is_no_unicode(docs: Path, graph: Path) -> None:
    name = os.fsdecode(b"b\xffd.txt")
    try:
        (docs / name).write_text(DECISION.format(9), encoding="utf-8")
    except OSError:
        pytest.skip("this file system has Unicode names only")
    assert build(docs, graph=graph).read == 4
    assert "b\ufffdd.txt" in labels(graph)
    assert build(docs, graph=graph).unchanged


def test_a_file_that_cannot_be_read_now_is_kept(docs: Path, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(docs, graph=graph)
    usual = builtins.open

    def refuse(path: object, *args: object, **options: object) -> object:
        if str(path).endswith("2.txt"):
            raise PermissionError(13, "Permission denied")
        return usual(path, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(builtins, "open", refuse)
    summary = build(docs, graph=graph)
    assert summary.failed == [(str(docs / "2.txt"), "permission denied")]
    assert labels(graph) == {"1.txt", "2.txt", "3.txt"}


def test_a_folder_that_cannot_be_listed_is_kept(docs: Path, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (docs / "inner").mkdir()
    (docs / "inner" / "4.txt").write_text(DECISION.format(4), encoding="utf-8")
    build(docs, graph=graph)
    usual = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name == "inner":
            raise PermissionError(13, "Permission denied", str(path))
        return usual(path)

    monkeypatch.setattr(os, "scandir", refuse)
    summary = build(docs, graph=graph)
    assert summary.failed == [(str(docs / "inner"), "cannot be listed: Permission denied")]
    assert labels(graph) == {"1.txt", "2.txt", "3.txt", "4.txt"}


def test_a_file_that_kills_its_reader_fails_alone(docs: Path, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (docs / "4.txt").write_text(DECISION.format(4), encoding="utf-8")
    (docs.parent / "deadly.py").write_text("import os\n\ndef read(bound, arguments, body):\n    os._exit(9)\n")
    monkeypatch.setenv("PYTHONPATH", str(docs.parent), prepend=os.pathsep)
    usual = build_module.facts_call

    def deadly(path: str, *rest: Any) -> Call:
        return Call("deadly:read", []) if Path(path).name == "2.txt" else usual(path, *rest)

    monkeypatch.setattr(build_module, "facts_call", deadly)
    ((path, reason),) = build(docs, graph=graph, jobs=2).failed
    assert path.endswith("2.txt") and "killed" in reason
    assert labels(graph) == {"1.txt", "3.txt", "4.txt"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", b'[{"number": "12/KH-UBND", "title": "\\ud800"}]'),
        ("b.json", b"[{}]"),
        ("c.json", b"[" * 5000),
        ("d.xlsx", b"PK\x03\x04 and no more"),
        ("e.zip", b"PK\x03\x04" + bytes(400)),
    ],
)
def test_a_damaged_file_costs_itself_only(docs: Path, graph: Path, name: str, data: bytes) -> None:
    (docs / name).write_bytes(data)
    summary = build(docs, graph=graph)
    assert all("\n" not in reason for _, reason in [*summary.failed, *summary.skipped])
    assert {"1.txt", "2.txt", "3.txt"} <= labels(graph)


NOTED = [
    "null",
    "3",
    "[]",
    "{}",
    '{"base": 3}',
    '{"base": "b", "entries": [["a"]]}',
    '{"base": "b", "entries": 3}',
    "{",
    "\x00",
]


@pytest.mark.parametrize("noted", NOTED)
def test_a_manifest_that_no_build_wrote(docs: Path, graph: Path, noted: str) -> None:
    """Also where all checksums fit."""
    build(docs, graph=graph)
    before = lines(graph)
    generation = Folder(graph).current()
    _, said, _ = (generation / seal.NAME).read_bytes().splitlines(keepends=True)
    other = noted.encode() + b"\n"
    head = json.dumps(["generation", seal.FORMAT, *(hashlib.sha256(line).hexdigest() for line in (said, other))])
    (generation / seal.NAME).write_bytes(b"".join((head.encode() + b"\n", said, other)))
    (graph / "current").write_text(f"0001 {seal.mark(generation)}")
    with pytest.raises(GraphError, match="--fresh"):
        build(docs, graph=graph)
    assert lines(graph) == before
    build(docs, graph=graph, fresh=True)
    assert lines(graph) == before


@pytest.mark.parametrize("data", [None, b"", b"chidao facts 1\n", b"\x80\x05]."])
def test_damaged_facts_are_read_again(docs: Path, graph: Path, data: bytes | None) -> None:
    """Also those of files that this build does not name."""
    build(docs, graph=graph)
    before = lines(graph)
    for kept in (graph / "facts").iterdir():
        kept.unlink() if data is None else kept.write_bytes(data)
    summary = build(docs / "1.txt", graph=graph)
    assert (summary.read, summary.kept, summary.failed) == (3, 0, []) and summary.unchanged
    assert lines(graph) == before
    assert build(docs, graph=graph).read == 0


def test_facts_of_one_file_do_not_pass_for_those_of_another(docs: Path, graph: Path) -> None:
    build(docs, graph=graph)
    before = lines(graph)
    one, other, _ = (graph / "facts").iterdir()
    other.write_bytes(one.read_bytes())
    assert build(docs, graph=graph).read == 1 and lines(graph) == before


def test_damaged_facts_of_a_file_that_is_gone(docs: Path, graph: Path) -> None:
    """They cannot be had any more: the graph stays until the user says what is to be done."""
    build(docs / "1.txt", docs / "2.txt", graph=graph)
    before = lines(graph)
    for kept in (graph / "facts").iterdir():
        kept.write_bytes(b"")
    (docs / "2.txt").rename(docs / "elsewhere")
    with pytest.raises(GraphError, match=r"2\.txt: .*bring it back, or build anew with --fresh"):
        build(docs / "1.txt", docs / "3.txt", graph=graph)
    assert lines(graph) == before
    (docs / "elsewhere").rename(docs / "2.txt")
    build(docs / "1.txt", docs / "3.txt", graph=graph)
    assert labels(graph) == {"1.txt", "2.txt", "3.txt"}


def test_forged_facts_are_told_and_the_old_graph_stays(docs: Path, graph: Path) -> None:
    """Their checksum is right; what they say fits no vocabulary."""
    build(docs, graph=graph)
    before, kept = lines(graph), KeptFacts(graph / "facts")
    for entry in read_noted(Folder(graph).current()).entries:
        forged = [
            replace(f, relations=tuple(replace(r, predicate="x:y") for r in f.relations))
            for f in kept.load(entry.key, entry.shown)
        ]
        kept.put(entry.key, encode(entry.key, forged))
    (graph / "meaning" / "0001").unlink()  # so that all facts are needed
    (docs / "4.txt").write_text(DECISION.format(4), encoding="utf-8")
    with pytest.raises(
        GraphError, match=r"does not fit together \(ValueError, chidao\.graph.* line \d+\); build it anew with --fresh"
    ):
        build(docs, graph=graph)
    assert lines(graph) == before
    assert [place.name for place in Folder(graph).generations.iterdir()] == ["0001"]
    (docs / "4.txt").unlink()
    build(docs, graph=graph, fresh=True)
    assert lines(graph) == before


def test_a_damaged_store_is_written_anew(docs: Path, graph: Path) -> None:
    build(docs, graph=graph)
    before = lines(graph)
    table = max(graph.glob("generations/0001/*.sst"), key=lambda path: path.stat().st_size)
    data = bytearray(table.read_bytes())
    data[len(data) // 3] ^= 1
    table.write_bytes(data)
    summary = build(docs, graph=graph)
    assert not summary.unchanged and summary.read == 0 and "damaged" in summary.notes[0]
    assert lines(graph) == before and build(docs, graph=graph).unchanged
