"""Builds beside the site: one at a time, what waits, how they end."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.graph import Graph
from chidao.graph.store import Folder, GraphError
from chidao.graph.workspace import Settings, Workspace
from chidao.viz.web.changing.builds import Builds, Handed

pytestmark = pytest.mark.slow
Wait = Callable[[Callable[[], object]], None]
FIRST, SECOND = "01-nghi-quyet-15-nq-tw.txt", "03-chuong-trinh-16-ctr-tu.txt"


@pytest.fixture
def office(tmp_path: Path, samples: Path) -> Workspace:
    workspace = Workspace(tmp_path / "office")
    workspace.prepare()
    shutil.copy(samples / FIRST, workspace.files)
    return workspace


@pytest.fixture
def builds(office: Workspace, tmp_path: Path) -> Iterator[Builds]:
    made = Builds(tmp_path / "graph", office)
    yield made
    made.close()


def hand_in(builds: Builds, name: str, data: bytes, *, replaces: bool = False, batch: str = "") -> Handed:
    (made,) = builds.receive([(name, len(data), io.BytesIO(data))], replaces=replaces, batch=batch)
    return made


def test_a_build_from_its_beginning_to_its_end(builds: Builds, office: Workspace, wait_until: Wait) -> None:
    (office.files / "hỏng.pdf").write_bytes(b"%PDF-1.7 and no more")
    assert (builds.state.run, builds.state.state) == (0, "idle")
    builds.want()
    assert (builds.state.run, builds.state.state) == (1, "running")
    wait_until(lambda: builds.state.state != "running")
    done = builds.state
    assert (done.state, done.read, done.unread) == ("done", 1, 1)
    assert [name for name, why in done.files if why] == ["files/hỏng.pdf"]


def test_what_is_wanted_while_it_runs_is_built_after_it(
    builds: Builds, office: Workspace, samples: Path, tmp_path: Path, wait_until: Wait
) -> None:
    builds.want()
    shutil.copy(samples / SECOND, office.files)
    for _ in range(3):
        builds.want()
    wait_until(lambda: builds.state.run == 2 and builds.state.state == "done")
    assert len(Graph.open(tmp_path / "graph").built.entries) == 2


def test_corrections_alone_look_at_no_file_unless_files_wait_too(
    builds: Builds, office: Workspace, samples: Path, tmp_path: Path, wait_until: Wait
) -> None:
    builds.want()
    wait_until(lambda: builds.state.state == "done")
    shutil.copy(samples / SECOND, office.files)
    builds.want(files=False)
    wait_until(lambda: builds.state.state == "done")
    assert len(Graph.open(tmp_path / "graph").built.entries) == 1
    for files in (False, True, False):
        builds.want(files=files)
    wait_until(lambda: builds.state.run >= 4 and builds.state.state == "done")
    assert len(Graph.open(tmp_path / "graph").built.entries) == 2


def test_a_build_that_is_stopped_leaves_the_graph_as_it_was(
    builds: Builds, office: Workspace, samples: Path, tmp_path: Path, wait_until: Wait
) -> None:
    builds.want()
    wait_until(lambda: builds.state.state == "done")
    before = Folder(tmp_path / "graph").current()
    shutil.copy(samples / SECOND, office.files)
    builds.want()
    builds.want()
    builds.cancel()
    wait_until(lambda: builds.state.state == "cancelled")
    assert Folder(tmp_path / "graph").current() == before
    assert builds.state.run == 2, "what waited is not built either"
    builds.want()
    wait_until(lambda: builds.state.state == "done")
    assert Folder(tmp_path / "graph").current() != before


def test_one_that_fails_says_why(builds: Builds, office: Workspace, tmp_path: Path, wait_until: Wait) -> None:
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "mine.txt").write_text("x")
    builds.want()
    wait_until(lambda: builds.state.state == "failed")
    assert "other things than a graph" in (builds.state.told.why or "")


def test_nothing_lives_on_when_it_is_closed(builds: Builds, tmp_path: Path, wait_until: Wait) -> None:
    builds.want()
    wait_until(lambda: running(tmp_path))
    builds.close()
    wait_until(lambda: not running(tmp_path))
    builds.want()
    assert not running(tmp_path)
    with pytest.raises(GraphError):
        Folder(tmp_path / "graph").current()


def running(place: Path) -> list[str]:
    """The builds that go on there, where the system tells."""
    found = subprocess.run(["ps", "-ewwo", "args"], capture_output=True, text=True).stdout
    return [line for line in found.splitlines() if "chidao.graph.building" in line and str(place) in line]


def test_watched_folders_are_built_when_they_change_and_rest(
    office: Workspace, samples: Path, tmp_path: Path, wait_until: Wait
) -> None:
    watched = tmp_path / "đến"
    watched.mkdir()
    office.save(Settings(watched=(str(watched),)))
    builds = Builds(tmp_path / "graph", office, look_every=0.05)
    builds.start()
    try:
        wait_until(lambda: builds.state.state == "done")
        shutil.copy(samples / SECOND, watched)
        wait_until(lambda: builds.state.run == 2 and builds.state.state == "done")
        assert len(Graph.open(tmp_path / "graph").built.entries) == 2
    finally:
        builds.close()
    again = Builds(tmp_path / "graph", office, look_every=0.01)
    again.start()
    try:
        wait_until(lambda: again.looks >= 5)
        assert again.state.run == 0, "what the last server has built is not built again"
    finally:
        again.close()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.exe", b"MZ\x90\x00", "not a document: Windows program"),
        ("a.rar", b"Rar!\x1a\x07\x00", "not a document: RAR"),
        ("a.docx", b"PK\x03\x04 and no more", "damaged or truncated"),
        ("a.txt", b"", "is empty"),
        ("a.txt", b"\x00\x01\x02", "binary, not text"),
        ("a.py", b"import os", "not read: .py is no document"),
        ("~$a.docx", b"x", "left beside documents"),
        ("Thumbs.db", b"x", "left beside documents"),
        (".git/a.txt", b"x", "left beside documents"),
    ],
)
def test_what_cannot_be_read_is_not_kept(builds: Builds, office: Workspace, name: str, data: bytes, why: str) -> None:
    made = hand_in(builds, name, data)
    assert made.state == "refused" and made.why.startswith(why)
    assert [path.name for path in office.files.iterdir()] == [FIRST]
    assert list(office.incoming.iterdir()) == []


def test_what_can_be_read_is_kept(builds: Builds, office: Workspace) -> None:
    assert hand_in(builds, "../../đến/a.txt", b"x") == Handed("đến/a.txt", "new")
    assert hand_in(builds, "b.txt", b"x") == Handed("b.txt", "same", "đến/a.txt")
    assert hand_in(builds, "đến/a.txt", b"y") == Handed("đến/a (2).txt", "both", "đến/a.txt")
    assert hand_in(builds, "đến/a.txt", b"z", replaces=True) == Handed("đến/a.txt", "replaced", "đến/a.txt")
    assert (office.removed / "đến" / "a.txt").read_bytes() == b"x"


def test_what_came_in_one_batch_is_told_together(builds: Builds) -> None:
    for name, batch in (("a.txt", "1"), ("b.txt", "2"), ("c.txt", "2")):
        hand_in(builds, name, name.encode(), batch=batch)
    assert [one.name for one in builds.handed] == ["b.txt", "c.txt"]
    hand_in(builds, "d.txt", b"d")
    assert [one.name for one in builds.handed] == ["d.txt"]


def test_a_file_that_was_not_added_is_not_taken_out(builds: Builds, office: Workspace) -> None:
    builds.remove(FIRST)
    assert list(office.files.iterdir()) == []
    with pytest.raises(ChidaoError, match="no such file"):
        builds.remove("../chidao-workspace.txt")
