"""Small files are whole or not there, and what stands in their place is nobody's door."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from chidao.graph import disk


@pytest.mark.parametrize("lasting", [True, False])
def test_a_file_is_replaced(tmp_path: Path, lasting: bool) -> None:
    path = tmp_path / "current"
    for data in (b"0001", b"", b"0003"):
        disk.write(path, data, lasting=lasting)
        assert disk.read(path) == data
    assert [p.name for p in tmp_path.iterdir()] == ["current"]


def test_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "current"
    disk.write(path, b"0001")

    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("chidao.graph.disk.os.fsync", fail)
    with pytest.raises(OSError, match="No space"):
        disk.write(path, b"0002")
    assert path.read_bytes() == b"0001"
    monkeypatch.undo()
    disk.write(path, b"0003")
    assert path.read_bytes() == b"0003"


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    mine = tmp_path / "mine.docx"
    mine.write_bytes(b"mine")
    for name in ("current", "current.new"):
        (tmp_path / name).symlink_to(mine)
    disk.write(tmp_path / "current", b"0001")
    assert mine.read_bytes() == b"mine" and disk.read(tmp_path / "current") == b"0001"


def test_a_folder_in_its_place_is_moved_aside(tmp_path: Path) -> None:
    for name in ("current", "current.new", "current.aside-1"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine.docx").write_bytes(b"mine")
    disk.write(tmp_path / "current", b"0001")
    assert disk.read(tmp_path / "current") == b"0001"
    kept = ["current.aside-1", "current.aside-2", "current.new.aside-1"]
    assert sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("mine.docx")) == [
        f"{name}/mine.docx" for name in kept
    ]


def test_links_and_pipes_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    (tmp_path / "dangling").symlink_to(tmp_path / "none")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "dangling", "pipe", "."):
        with pytest.raises(OSError, match="no plain file"):
            disk.read(tmp_path / name)
    with pytest.raises(FileNotFoundError):
        disk.read(tmp_path / "none")


def test_a_file_that_was_blown_up_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "manifest.jsonl").open("wb") as stream:
        stream.truncate(disk.MOST + 1)  # holes, which take no room
    with pytest.raises(OSError, match=r"manifest\.jsonl is too large"):
        disk.read(tmp_path / "manifest.jsonl")


def test_what_stands_here(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    names = ("file", "folder", "link", "none", "nul\0")
    assert [disk.is_file(tmp_path / name) for name in names] == [True, False, False, False, False]
    assert [disk.is_folder(tmp_path / name) for name in names] == [False, True, False, False, False]


def test_a_database_is_written_without_what_is_left_in_its_pages(tmp_path: Path) -> None:
    path = tmp_path / "0001"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE word(text)")
        db.executemany("INSERT INTO word VALUES(?)", (("x" * 1000,) for _ in range(200)))
        db.execute("DELETE FROM word WHERE rowid % 2")
        db.commit()
    size = path.stat().st_size
    disk.compact(path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*), max(rowid) FROM word").fetchone() == (100, 200)
    assert path.stat().st_size * 3 < size * 2 and os.listdir(tmp_path) == ["0001"]


def test_what_cannot_be_written_anew_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "0001").write_bytes(b"no database at all")
    disk.compact(tmp_path / "0001")
    assert (tmp_path / "0001").read_bytes() == b"no database at all" and os.listdir(tmp_path) == ["0001"]
    with closing(sqlite3.connect(tmp_path / "0002")) as db:
        db.execute("CREATE TABLE word(text)")
    (tmp_path / "0002.new" / "mine").mkdir(parents=True)
    before = (tmp_path / "0002").read_bytes()
    disk.compact(tmp_path / "0002")
    assert (tmp_path / "0002").read_bytes() == before and (tmp_path / "0002.new" / "mine").is_dir()
