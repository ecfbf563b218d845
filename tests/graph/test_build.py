"""A build adds, replaces and retracts what its files say, and survives whatever the files are."""

from __future__ import annotations

import builtins
import hashlib
import json
import os
import shutil
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from chidao.extract.errors import ChidaoError
from chidao.extract.formats.sandbox import Call
from chidao.extract.formats.source import MAX_BYTES
from chidao.extract.model import Facts
from chidao.graph import seal
from chidao.graph.answers.lookup import one_body
from chidao.graph.answers.stats import unread_files
from chidao.graph.dataset import open_graph
from chidao.graph.store import Folder, GraphError, all_quads, read_store
from chidao.graph.write.build import BuildSummary
from chidao.graph.write.files import find_files
from chidao.graph.write.kept import KeptFacts, encode
from chidao.graph.write.manifest import read_manifest, read_noted

pytestmark = pytest.mark.slow  # a build starts its reader anew, which takes more than a second

module = import_module("chidao.graph.write.build")  # the package's `build` is the function

DECISION = "QUYẾT ĐỊNH\n\nCăn cứ Nghị định số {}/2023/NĐ-CP ngày 03 tháng 6 năm 2023 của Chính phủ;\n"


def build(*paths: Path, graph: Path, **options: object) -> BuildSummary:
    summary = module.build(paths, graph, **{"jobs": 1, **options})
    assert isinstance(summary, BuildSummary)
    return summary


def lines(graph: Path) -> set[str]:
    return {str(q) for q in all_quads(read_store(graph))}


def labels(graph: Path) -> set[str]:
    found = open_graph(graph).query("SELECT ?l WHERE { ?s a chidao:Source ; rdfs:label ?l }")
    return {Path(str(row[0])).name for row in found}  # type: ignore[index]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    for i in (1, 2, 3):
        (folder / f"{i}.txt").write_text(DECISION.format(i), encoding="utf-8")
    return folder


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return tmp_path / "graph"


def test_building_twice_changes_nothing(samples: Path, graph: Path) -> None:
    first = build(samples, graph=graph)
    assert first.read == len(list(samples.iterdir())) and not first.unchanged and not first.failed
    before, pointer = lines(graph), (graph / "current").read_text()
    second = build(samples, graph=graph)
    assert second.unchanged and second.read == 0 and second.kept == first.read and second.quads == 0
    assert lines(graph) == before and (graph / "current").read_text() == pointer
    for what in ("documents", "bodies", "references", "relations", "actions", "undated", "unresolved"):
        assert getattr(first, what) == getattr(second, what)


def test_a_fresh_build_gives_the_same_quads(samples: Path, graph: Path) -> None:
    build(samples, graph=graph)
    before = lines(graph)
    again = build(samples, graph=graph, fresh=True)
    assert again.read == len(list(samples.iterdir())) and not again.unchanged
    assert lines(graph) == before


def test_order_and_number_of_workers_do_not_matter(samples: Path, tmp_path: Path) -> None:
    files = sorted(samples.iterdir())
    build(*files, graph=tmp_path / "a")
    build(*reversed(files), graph=tmp_path / "b", jobs=2)
    assert lines(tmp_path / "a") == lines(tmp_path / "b")


def test_one_by_one_is_as_all_at_once(docs: Path, tmp_path: Path) -> None:
    build(docs, graph=tmp_path / "a")
    for file in sorted(docs.iterdir()):
        build(file, graph=tmp_path / "b")
    assert lines(tmp_path / "a") == lines(tmp_path / "b")


def test_extending(docs: Path, graph: Path) -> None:
    build(docs / "1.txt", graph=graph)
    assert labels(graph) == {"1.txt"}
    summary = build(docs / "2.txt", graph=graph)
    assert (summary.read, summary.kept) == (1, 1)
    assert labels(graph) == {"1.txt", "2.txt"}


def test_a_changed_file_replaces_what_it_said(docs: Path, graph: Path) -> None:
    build(docs, graph=graph)
    (docs / "2.txt").write_text(DECISION.format(77), encoding="utf-8")
    summary = build(docs, graph=graph)
    assert (summary.read, summary.kept) == (1, 2)
    text = "\n".join(lines(graph))
    assert "77/2023" in text and "2/2023/" not in text.replace("77/2023", "").replace("3/2023", "").replace(
        "1/2023", ""
    )


def test_a_vanished_file_is_retracted(docs: Path, graph: Path) -> None:
    build(docs, graph=graph)
    (docs / "2.txt").unlink()
    build(docs, graph=graph)
    assert labels(graph) == {"1.txt", "3.txt"}
    assert len(list((graph / "facts").iterdir())) == 2


def test_a_folder_that_is_not_there_retracts_nothing(docs: Path, graph: Path) -> None:
    build(docs, graph=graph)
    docs.rename(docs.with_name("elsewhere"))
    summary = build(docs, graph=graph)
    assert summary.failed == [(str(docs), "no such file")] and summary.unchanged
    assert labels(graph) == {"1.txt", "2.txt", "3.txt"}


def test_the_same_folder_however_it_is_spelled(docs: Path, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(docs, graph=graph)
    held = len(lines(graph))
    monkeypatch.chdir(docs.parent)
    for spelled in (Path("docs"), Path("docs/../docs"), docs):
        build(spelled, graph=graph)
        assert len(lines(graph)) == held


def test_fresh_forgets_other_files(docs: Path, graph: Path) -> None:
    build(docs, graph=graph)
    build(docs / "1.txt", graph=graph, fresh=True)
    assert labels(graph) == {"1.txt"}


def test_copies_say_nothing_more(docs: Path, graph: Path) -> None:
    build(docs, graph=graph)
    before = lines(graph)
    shutil.copy(docs / "1.txt", docs / "4.txt")
    summary = build(docs, graph=graph)
    assert summary.skipped == [(str(docs / "4.txt"), f"same content as {docs / '1.txt'}")]
    assert lines(graph) == before
    (docs / "1.txt").unlink()
    build(docs, graph=graph)
    assert labels(graph) == {"2.txt", "3.txt", "4.txt"}


def test_home_is_part_of_what_is_kept(docs: Path, graph: Path) -> None:
    build(docs, graph=graph)
    assert build(docs, graph=graph, home="Hà Nội").read == 3
    assert build(docs, graph=graph, home="Hà Nội").unchanged


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
    usual = module.facts_call

    def deadly(path: Path, *rest: Any) -> Call:
        return Call("deadly:read", []) if path.name == "2.txt" else usual(path, *rest)

    monkeypatch.setattr(module, "facts_call", deadly)
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


def test_nothing_to_build_from(tmp_path: Path, graph: Path) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(ChidaoError, match="no files here"):
        build(tmp_path / "none", graph=graph)


def test_all_missing(tmp_path: Path, graph: Path) -> None:
    assert build(tmp_path / "none", graph=graph).failed == [(str(tmp_path / "none"), "no such file")]
    with pytest.raises(GraphError):
        read_store(graph)


@pytest.mark.parametrize(
    "options", [{"home": "Atlantis"}, {"base": "no iri"}, {"base": "relative/"}, {"base": "http://x/<"}]
)
def test_bad_options_change_nothing(docs: Path, graph: Path, options: dict[str, str]) -> None:
    with pytest.raises(ChidaoError):
        build(docs, graph=graph, **options)
    assert not graph.exists()


def test_another_base_needs_fresh(docs: Path, graph: Path) -> None:
    build(docs, graph=graph)
    with pytest.raises(GraphError, match="--fresh"):
        build(docs, graph=graph, base="https://example.org/id/")
    build(docs, graph=graph, base="https://example.org/id/", fresh=True)
    assert any("https://example.org/id/document/" in line for line in lines(graph))


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


def test_other_rules_read_again(docs: Path, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(docs, graph=graph)
    (docs / "3.txt").unlink()
    monkeypatch.setattr("chidao.graph.write.kept.VERSION", "another")
    summary = build(docs / "1.txt", graph=graph)
    assert (summary.read, summary.kept) == (2, 0) and summary.removed == [str(docs / "3.txt")]
    assert labels(graph) == {"1.txt", "2.txt"}


def test_a_graph_folder_is_no_source(docs: Path) -> None:
    build(docs, graph=docs / "chidao-graph")
    summary = build(docs, graph=docs / "chidao-graph")
    assert summary.unchanged and not summary.skipped and not summary.failed
    assert all("chidao-graph" not in str(path) for path in find_files([docs])[0])


def test_files_come_in_a_fixed_order_and_once(docs: Path) -> None:
    (docs / "a").mkdir()
    (docs / "a" / "b.txt").write_text("x")
    files, missing = find_files([docs / "2.txt", docs, docs / "a"])
    assert [f.name for f in files] == ["2.txt", "1.txt", "3.txt", "b.txt"] and not missing


def test_progress_is_told(docs: Path, graph: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build(docs, graph=graph, progress=lambda *step: told.append(step))
    assert [step for step, _, _ in told] == ["extract", "extract", "extract", "resolve", "write", "write"]
    assert told[2] == ("extract", 3, 3) and told[-1][1] == len(lines(graph))


def test_leftovers_of_a_killed_build_are_removed(docs: Path, graph: Path) -> None:
    build(docs, graph=graph)
    for name in ("0002", "0009"):
        shutil.copytree(graph / "generations" / "0001", graph / "generations" / name)
    (graph / "generations" / "0009" / seal.NAME).unlink()
    for name in ("a" * 64, "b" * 64):
        (graph / "facts" / f"{name}.facts").write_bytes(b"chidao facts 1\n" if name[0] == "a" else b"somebody's")
        (graph / "facts" / f"{name}.facts.new").write_bytes(b"chidao" if name[0] == "a" else b"somebody's")
    (docs / "4.txt").write_text(DECISION.format(4), encoding="utf-8")
    build(docs, graph=graph)
    assert Folder(graph).current().name == "0002"
    assert {p.name for p in (graph / "generations").iterdir()} == {"0001", "0002"}
    assert len(list((graph / "facts").iterdir())) == 4 + 2


def test_kept_facts_hold_no_text(docs: Path, graph: Path) -> None:
    build(docs, graph=graph)
    folder = Folder(graph)
    entry = read_manifest(folder, module.BASE).entries[0]
    (first,) = KeptFacts(folder.facts).load(entry.key, entry.shown)
    assert isinstance(first, Facts) and first.source.text == "" and first.references
    assert first.source.path == str(docs / "1.txt")


class TestHome:
    LETTER = "KẾ HOẠCH\n\nThực hiện Kế hoạch số 83-KH/TU ngày 27/5/2022.\n"

    def file(self, tmp_path: Path) -> Path:
        file = tmp_path / "a.txt"
        file.write_text(self.LETTER, encoding="utf-8")
        return file

    def test_is_remembered_and_the_user_is_told(self, tmp_path: Path, graph: Path) -> None:
        file = self.file(tmp_path)
        first = build(file, graph=graph, home="Lào Cai")
        again = build(file, graph=graph)
        assert first.notes == [] and again.unchanged
        assert len(again.notes) == 1 and "Lào Cai" in again.notes[0]
        assert "lao-cai/ke-hoach/83-kh-tu/2022" in "\n".join(lines(graph))

    def test_a_fresh_build_remembers_it_too(self, tmp_path: Path, graph: Path) -> None:
        file = self.file(tmp_path)
        build(file, graph=graph, home="Lào Cai")
        build(file, graph=graph, fresh=True)
        assert "lao-cai/ke-hoach/83-kh-tu/2022" in "\n".join(lines(graph))

    def test_a_change_is_said(self, tmp_path: Path, graph: Path) -> None:
        file = self.file(tmp_path)
        build(file, graph=graph, home="Lào Cai")
        changed = build(file, graph=graph, home="Hà Nội")
        assert "Lào Cai" in changed.notes[0] and "Hà Nội" in changed.notes[0]
        assert "ha-noi/ke-hoach/83-kh-tu/2022" in "\n".join(lines(graph))

    def test_none_is_given_by_an_empty_one(self, tmp_path: Path, graph: Path) -> None:
        file = self.file(tmp_path)
        build(file, graph=graph, home="Lào Cai")
        build(file, graph=graph, home="")
        assert build(file, graph=graph).notes == []
        assert "unknown/ke-hoach/83-kh-tu/2022" in "\n".join(lines(graph))

    def test_it_decides_between_bodies_of_one_name(self, tmp_path: Path, graph: Path) -> None:
        texts = ("Giao Sở Công Thương tỉnh Lào Cai và Sở Công Thương tỉnh Yên Bái báo cáo.\n", self.LETTER)
        for n, text in enumerate(texts):
            (tmp_path / f"{n}.txt").write_text(text, encoding="utf-8")
        build(tmp_path / "0.txt", tmp_path / "1.txt", graph=graph, home="Lào Cai")
        assert one_body(read_store(graph), "Sở Công Thương")[1] == "Sở Công Thương tỉnh Lào Cai"


LEFTOVERS = ["~$1.docx", "~WRL0001.tmp", "~DF12.TMP", "Thumbs.db", "desktop.ini", ".DS_Store", ".~lock.1.docx#"]


@pytest.mark.parametrize("name", LEFTOVERS)
def test_what_programs_leave_behind_is_passed_over_in_silence(docs: Path, graph: Path, name: str) -> None:
    (docs / name).write_bytes(b"\x05admin")
    summary = build(docs, graph=graph)
    assert summary.read == 3 and summary.skipped == [] and summary.failed == []


def test_what_is_gone_is_reported(docs: Path, graph: Path) -> None:
    build(docs, graph=graph)
    (docs / "2.txt").unlink()
    assert build(docs, graph=graph).removed == [str(docs / "2.txt")]
    assert build(docs, graph=graph).removed == []


@pytest.mark.parametrize("again", [False, True], ids=["whole", "beside a copy"])
def test_a_folder_that_is_called_otherwise_leaves_no_ghosts(docs: Path, graph: Path, again: bool) -> None:
    if again:
        (docs / "4.txt").write_bytes((docs / "1.txt").read_bytes())
    build(docs, graph=graph)
    moved = docs.rename(docs.parent / "văn bản")
    summary = build(moved, graph=graph)
    assert summary.removed == sorted(str(docs / path.name) for path in moved.iterdir())
    found = "\n".join(lines(graph))
    assert str(moved / "2.txt") in unquote(found) and str(docs / "2.txt") not in unquote(found)
    assert build(moved, graph=graph).unchanged


def test_a_file_that_is_gone_elsewhere_is_kept(docs: Path, graph: Path, tmp_path: Path) -> None:
    """Who builds one folder says nothing of the others: a share may be away."""
    other = tmp_path / "other.txt"
    other.write_text("Thực hiện Nghị quyết số 99-NQ/TW.\n", "utf-8")
    build(docs, other, graph=graph)
    other.unlink()
    assert build(docs, graph=graph).removed == []


def test_unread_files_stay_in_the_graph(docs: Path, graph: Path) -> None:
    (docs / "a.rar").write_bytes(b"Rar!\x1a\x07\x00" + bytes(64))
    build(docs, graph=graph)
    ((path, reason),) = unread_files(read_store(graph))
    assert path.endswith("a.rar") and "unpack it" in reason
    assert build(docs, graph=graph).unchanged
    build(docs / "1.txt", graph=graph)
    assert [Path(path).name for path, _ in unread_files(read_store(graph))] == ["a.rar"]
    (docs / "a.rar").unlink()
    build(docs, graph=graph)
    assert unread_files(read_store(graph)) == []


def test_another_folder_makes_no_ghosts(docs: Path, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(docs.parent)
    build(Path("docs"), graph=graph)
    before = lines(graph)
    monkeypatch.chdir(docs)
    summary = build(Path("."), graph=graph)
    assert summary.read == 0 and summary.unchanged and lines(graph) == before
    Path("2.txt").unlink()
    build(Path("../docs"), graph=graph)
    assert labels(graph) == {"1.txt", "3.txt"}
