"""By what a build knows a file again without reading it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from chidao.graph.write.build import Known
from chidao.graph.write.files import JUST_NOW, find_files, state_of
from chidao.graph.write.manifest import Entry


def old(path: Path, seconds: int = 60) -> int:
    """The moment so long after a file was changed."""
    return path.stat().st_ctime_ns + seconds * 1_000_000_000


def test_a_state_is_another_one_after_every_change(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("mot", "utf-8")
    times, before = path.stat(), state_of(path, old(path))
    assert before and state_of(path, old(path)) == before
    time.sleep(0.02)  # the clock of a file system goes in steps
    path.write_text("hai", "utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert path.stat().st_mtime_ns == times.st_mtime_ns and path.stat().st_size == times.st_size
    assert state_of(path, old(path)) not in ("", before)


def test_what_was_changed_just_now_has_no_state(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("một", "utf-8")
    assert state_of(path) == state_of(path, path.stat().st_ctime_ns + JUST_NOW - 1) == ""
    assert state_of(path, path.stat().st_ctime_ns + JUST_NOW)


def test_what_is_no_file_has_no_state(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path, tmp_path / "pipe", tmp_path / "none", Path("a\0b"), tmp_path / "x.zip!a.txt"):
        assert state_of(place, time.time_ns() + 10 * JUST_NOW) == ""


def test_only_what_is_as_it_was_is_known_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, other, young = (tmp_path / name for name in ("a.txt", "b.txt", "c.txt"))
    for one in (path, other, young):
        one.write_text("một", "utf-8")
    state = state_of(path, old(path))
    states = {str(path): state, str(other): state_of(other, old(other)), str(young): ""}
    monkeypatch.setattr("chidao.graph.write.build.state_of", states.__getitem__)
    known = Known([Entry(str(path), "sum", None, state=state)])
    assert known.as_it_was(str(path)) == Entry(str(path), "sum", None)
    assert known.as_it_was(str(other)) is None
    for entry in (
        Entry(str(path), "sum", None, state=state + "0"), Entry(str(path), "", None, state=state), Entry(str(path), "sum", None),
        Entry(str(young), "sum", None),
    ):  # fmt: skip
        assert Known([entry]).as_it_was(entry.path) is None


def test_a_file_is_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("một", "utf-8")
    looked: list[str] = []

    def look(path: str) -> str:
        looked.append(path)
        return "state"

    monkeypatch.setattr("chidao.graph.write.build.state_of", look)
    known = Known([Entry(str(path), "sum", None, state="state")])
    assert not known.is_packed(str(path))
    assert known.as_it_was(str(path)) and known.state(str(path)) == "state"
    assert looked == [str(path)]


def test_what_may_be_an_archive_is_looked_into(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04")
    (tmp_path / "b.txt").write_text("một", "utf-8")
    asked: list[str] = []

    def members_of(path: str) -> list[str]:
        asked.append(path)
        return [path]

    assert find_files([tmp_path], members_of)[0] == [str(tmp_path / "a.zip"), str(tmp_path / "b.txt")]
    assert asked == [str(tmp_path / "a.zip")]
    assert len(find_files([tmp_path], members_of, lambda path: False)[0]) == 2 and len(asked) == 1


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (".", ["a.txt", "đến/b.txt"]),
        ("đến", ["đến/b.txt"]),
        ("./đến/", ["đến/b.txt"]),
        ("đến/../a.txt", ["đến/../a.txt"]),
    ],
)
def test_files_are_called_as_the_folder_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, found: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "đến").mkdir()
    for name in ("a.txt", "đến/b.txt"):
        (tmp_path / name).write_text("một", "utf-8")
    assert find_files([given])[0] == find_files([Path(given)])[0] == found
