"""What is kept of the meaning of all files: gone on from where it is whole and of these rules, else made anew from the facts."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from chidao.graph import disk, seal
from chidao.graph.store import Folder, open_generation
from chidao.graph.write import meaning
from chidao.graph.write.manifest import read_noted

build = import_module("chidao.graph.write.build").build

PLAN = "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI\nSố: {0}/KH-UBND\nHà Nội, ngày 05 tháng 4 năm 2024\nKẾ HOẠCH\nVề việc thứ {0}\nCăn cứ Kế hoạch số 1/KH-UBND;\n"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with some files, and their graph."""
    folder = tmp_path_factory.mktemp("base")
    (folder / "docs").mkdir()
    for number in range(1, 7):
        (folder / "docs" / f"{number}.txt").write_text(PLAN.format(number), "utf-8")
    build([folder / "docs"], folder / "graph", jobs=1)
    return folder


@pytest.fixture
def folder(base: Path, tmp_path: Path) -> Path:
    """A copy of these, with one file more. The paths are those of the copy's graph, so its files are told to be elsewhere."""
    shutil.copytree(base / "graph", tmp_path / "graph")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "7.txt").write_text(PLAN.format(7), "utf-8")
    return tmp_path


def held(graph: Path) -> set[str]:
    """What a graph holds, wherever its folder is."""
    return {str(quad).replace(str(graph.parent), "") for quad in open_generation(Folder(graph).current())}


def changed(folder: Path) -> set[str]:
    """What the graph holds with the file more, and that its meaning is kept again."""
    build([folder / "docs"], folder / "graph", jobs=1)
    current = Folder(folder / "graph").current()
    assert [place.name for place in (folder / "graph" / "meaning").iterdir()] == [current.name]
    again = meaning.open_kept(folder / "graph" / "meaning" / current.name, read_noted(current).meaning, folder / "copy")
    assert again is not None and len(list(again.stamps())) == 7
    return held(folder / "graph")


@pytest.fixture(scope="module")
def right(base: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What a graph holds that goes on from the meaning as it was kept."""
    folder = tmp_path_factory.mktemp("right")
    shutil.copytree(base / "graph", folder / "graph")
    (folder / "docs").mkdir()
    (folder / "docs" / "7.txt").write_text(PLAN.format(7), "utf-8")
    found = changed(folder)
    assert read_noted(Folder(folder / "graph").current()).worn == 1
    return found


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("harm", [Path.unlink, _cut, _flip, _link, _folder, lambda path: path.write_bytes(b"")])
def test_a_damaged_one_is_made_anew(folder: Path, right: set[str], harm: Callable[[Path], None]) -> None:
    harm(folder / "graph" / "meaning" / "0001")
    build([folder / "docs"], folder / "graph", jobs=1)
    assert held(folder / "graph") == right
    assert read_noted(Folder(folder / "graph").current()).worn == 0


def forge(graph: Path, line: str) -> None:
    """Change the database, and let all checksums be right."""
    current = Folder(graph).current()
    with sqlite3.connect(graph / "meaning" / current.name) as db:
        db.execute(line)
    db.close()
    mark = meaning.mark_of(graph / "meaning" / current.name)
    seal.seal(current, seal.check(current).quads, seal.built(current) | {"meaning": mark})
    disk.write(graph / "current", f"{current.name} {seal.mark(current)}".encode())


@pytest.mark.parametrize(
    "line",
    [
        "CREATE TRIGGER t AFTER INSERT ON source BEGIN DELETE FROM document; END",
        "CREATE VIEW w AS SELECT * FROM source",
        "DROP TABLE named",
        "UPDATE mention SET data = x'ff'",
        "UPDATE mention SET data = x'81a161c0'",
        "UPDATE file SET brief = x'90'",
        "UPDATE document SET value = x'c0'",
        "UPDATE mention SET document = NULL",
        "UPDATE mention SET family = 'z'",
        "UPDATE file SET place = 5, day = x'00'",
        "DELETE FROM file",
        "DELETE FROM document",
    ],
)
def test_a_forged_one_is_an_answer_or_made_anew(folder: Path, right: set[str], line: str) -> None:
    """Whoever forges what is kept can forge what the graph says as well; but nothing runs, and a build comes to its end."""
    forge(folder / "graph", line)
    build([folder / "docs"], folder / "graph", jobs=1)
    graph = Folder(folder / "graph").current()
    assert not list(seal.damage(graph)) and seal.check(graph).quads == len(held(folder / "graph"))


def test_that_of_other_rules_is_made_anew(folder: Path, right: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "rules", lambda: "0" * 16)
    build([folder / "docs"], folder / "graph", jobs=1)
    assert held(folder / "graph") == right and read_noted(Folder(folder / "graph").current()).worn == 0
