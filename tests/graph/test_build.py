"""A build adds, replaces and retracts what its files say."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest

from chidao.extract.errors import ChidaoError
from chidao.extract.model import Facts
from chidao.graph import seal
from chidao.graph.answers.lookup import one_body
from chidao.graph.answers.stats import unread_files
from chidao.graph.store import Folder, GraphError, read_store
from chidao.graph.write.files import find_files
from chidao.graph.write.kept import KeptFacts
from chidao.graph.write.manifest import Entry, read_manifest
from chidao.tests.graph.small_builds import DECISION, build, build_module, labels, lines

pytestmark = pytest.mark.slow  # a build starts its reader anew, which takes more than a second


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
    assert [Path(f).name for f in files] == ["2.txt", "1.txt", "3.txt", "b.txt"] and not missing


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
    entry = read_manifest(folder, build_module.BASE).entries[0]
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


@pytest.mark.parametrize("known", [True, False])
def test_files_are_known_by_their_absolute_paths_which_each_folder_gives_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    paths = [f"{folder}{n}.txt" for folder in ("", "a/", "./a/../b/", f"{tmp_path}/a/") for n in range(40)]
    files = build_module.Known(Entry(os.path.abspath(p), "1" * 64, None) for p in paths if known)
    odd = [".", "a/..", "b/", "", "a/.", "a//x", "a.zip!b/c.txt"]
    wanted, asked = [os.path.abspath(path) for path in (*paths, *odd)], 0
    usual: Callable[[str], str] = os.path.abspath

    def counted(path: str) -> str:
        nonlocal asked
        asked += 1
        return usual(path)

    monkeypatch.setattr(os.path, "abspath", counted)
    assert [files.name(path) for path in (*paths, *odd)] == wanted
    assert asked <= 4 + len(odd)
