"""A build of what an office keeps: what it reads, what it tells, and how it ends."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chidao.extract.errors import ChidaoError
from chidao.extract.resolved import Correction
from chidao.graph.answers.graph import Graph
from chidao.graph.building import Built, Told, build_workspace, folders_of, last_build, stamp_of
from chidao.graph.corrections import journal
from chidao.graph.store import Folder, GraphError
from chidao.graph.workspace import Settings, Workspace
from chidao.graph.write.build import build
from chidao.graph.write.manifest import read_noted

pytestmark = pytest.mark.slow
FIRST, SECOND = "01-nghi-quyet-15-nq-tw.txt", "03-chuong-trinh-16-ctr-tu.txt"


@pytest.fixture
def office(tmp_path: Path, samples: Path) -> Workspace:
    """A workspace with one file that was added, one that is damaged, and a watched folder with another."""
    workspace = Workspace(tmp_path / "office")
    workspace.prepare()
    shutil.copy(samples / FIRST, workspace.files)
    (workspace.files / "hỏng.pdf").write_bytes(b"%PDF-1.7 and no more")
    watched = tmp_path / "Văn bản đến"
    watched.mkdir()
    shutil.copy(samples / SECOND, watched)
    workspace.save(Settings(watched=(str(watched),)))
    return workspace


def test_it_reads_added_files_and_watched_folders_and_tells_of_each(
    office: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office.path)
    told: list[Told] = []
    made = build_workspace(tmp_path / "graph", office, jobs=1, tell=told.append)
    damaged = next(one for one in told if one.why)
    assert (damaged.file, (damaged.why or "")[:7]) == ("files/hỏng.pdf", "damaged")
    assert {one.file for one in told if one.file and not one.why} == {f"files/{FIRST}", f"Văn bản đến/{SECOND}"}
    assert list(dict.fromkeys(one.step for one in told)) == ["extract", "resolve", "write", "compare"]
    assert made == last_build(office) and made.news is not None
    assert (made.read, made.news.read, [name for name, _ in made.failed]) == (2, 2, ["files/hỏng.pdf"])
    noted = read_noted(Folder(tmp_path / "graph").current())
    assert {entry.shown for entry in noted.entries} == {f"files/{FIRST}", f"Văn bản đến/{SECOND}"}


def test_what_was_new_stays_told_until_something_changes(office: Workspace, tmp_path: Path, samples: Path) -> None:
    first = build_workspace(tmp_path / "graph", office, jobs=1, tell=lambda told: None)
    again = build_workspace(tmp_path / "graph", office, jobs=1, tell=lambda told: None)
    assert again.unchanged and (again.news, again.news_at) == (first.news, first.news_at)
    shutil.copy(samples / "05-ke-hoach-huyen-uy-dong-anh.txt", office.files)
    more = build_workspace(tmp_path / "graph", office, jobs=1, tell=lambda told: None)
    assert more.news is not None
    assert [document.label for document in more.news.first_documents if document.read] == ["Kế hoạch 45-KH/HU"]


def test_corrections_alone_look_at_no_file(office: Workspace, tmp_path: Path, samples: Path) -> None:
    first = build_workspace(tmp_path / "graph", office, jobs=1, tell=lambda told: None)
    shutil.copy(samples / "05-ke-hoach-huyen-uy-dong-anh.txt", office.files)
    journal(office).add(Correction(kind="name", body="vn/bo-chinh-tri", new="Bộ Chính trị Trung ương"))
    again = build_workspace(tmp_path / "graph", office, files=False, jobs=1, tell=lambda told: None)
    assert (again.stamp, again.failed, again.read) == (first.stamp, first.failed, first.read)
    graph = Graph.open(tmp_path / "graph")
    assert (
        len(graph.built.entries) == 2 and graph.show_body("Bộ Chính trị Trung ương").name == "Bộ Chính trị Trung ương"
    )


def test_it_adds_to_what_the_graph_holds_below_the_base_that_it_has(
    office: Workspace, tmp_path: Path, samples: Path
) -> None:
    build([samples / "07-quy-dinh-08-qd-tu.txt"], tmp_path / "graph", jobs=1, base="https://example.org/kg/")
    build_workspace(tmp_path / "graph", office, jobs=1, tell=lambda told: None)
    noted = read_noted(Folder(tmp_path / "graph").current())
    assert (noted.base, len(noted.entries)) == ("https://example.org/kg/", 3)


def test_a_folder_that_is_away_keeps_what_was_read_from_it(office: Workspace, tmp_path: Path) -> None:
    build_workspace(tmp_path / "graph", office, jobs=1, tell=lambda told: None)
    (tmp_path / "Văn bản đến").rename(tmp_path / "away")
    made = build_workspace(tmp_path / "graph", office, jobs=1, tell=lambda told: None)
    assert ("no such file" in dict(made.failed)[str(tmp_path / "Văn bản đến")]) and made.removed == ()
    assert len(read_noted(Folder(tmp_path / "graph").current()).entries) == 2


def test_folders_of_one_name_are_told_apart(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w")
    workspace.save(Settings(watched=("/a/đến", "/b/đến", "/c/files")))
    assert list(folders_of(workspace).values()) == ["files", "đến", "đến (2)", "files (2)"]


def test_the_stamp_is_that_of_names_sizes_and_times(tmp_path: Path) -> None:
    assert stamp_of([str(tmp_path), str(tmp_path / "not there")]) == ""
    (tmp_path / "a.txt").write_text("1")
    (tmp_path / ".hidden").write_text("1")
    one = stamp_of([str(tmp_path)])
    assert one == stamp_of([str(tmp_path)]) != ""
    (tmp_path / "a.txt").write_text("22")
    assert stamp_of([str(tmp_path)]) != one


def test_a_workspace_below_a_folder_gives_its_added_files_alone(office: Workspace, tmp_path: Path) -> None:
    build([tmp_path], tmp_path / "graph", jobs=1)
    shown = {Path(entry.path).name for entry in read_noted(Folder(tmp_path / "graph").current()).entries}
    assert shown == {FIRST, SECOND}


def test_what_is_noted_wrongly_is_nothing(office: Workspace) -> None:
    for text in ("", "{", "[]", '{"read": "x"}'):
        office.built.write_text(text)
        assert last_build(office) == Built()


def process(office: Workspace, graph: Path) -> subprocess.Popen[str]:
    given = {"graph": str(graph), "workspace": str(office.path), "files": True, "jobs": 1}
    command = [sys.executable, "-P", "-m", "chidao.graph.building", json.dumps(given)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def test_the_process_tells_in_lines_and_how_it_ended(office: Workspace, tmp_path: Path) -> None:
    with process(office, tmp_path / "graph") as running:
        assert running.stdout is not None
        lines = [Told(**json.loads(line)) for line in running.stdout]
    assert lines[-1] == Told("done")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.docx").write_text("x")
    with process(office, tmp_path / "other") as running:
        assert running.stdout is not None
        last = Told(**json.loads(list(running.stdout)[-1]))
    assert last.step == "failed" and "other things than a graph" in (last.why or "")


def test_it_ends_with_who_started_it_and_the_graph_is_as_it_was(
    office: Workspace, tmp_path: Path, wait_until: Callable[[Callable[[], object]], None]
) -> None:
    with process(office, tmp_path / "graph") as running:
        assert running.stdin is not None and running.stdout is not None
        running.stdout.readline()
        running.stdin.close()
        wait_until(lambda: running.poll() is not None)
    with pytest.raises(GraphError, match="no graph here"):
        Folder(tmp_path / "graph").current()
    assert last_build(office) == Built()


def test_settings_that_cannot_be_read_end_it(office: Workspace, tmp_path: Path) -> None:
    (office.path / "settings.json").write_text("{")
    with pytest.raises(ChidaoError, match=r"settings\.json"):
        build_workspace(tmp_path / "graph", office, tell=lambda told: None)
