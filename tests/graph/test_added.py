"""Files that are added by hand: names that lead nowhere else, and nothing that is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from chidao.extract.errors import ChidaoError
from chidao.graph.added import LONGEST, Added, Kept, safe_path
from chidao.graph.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path / "w")
    made.prepare()
    made.incoming.mkdir()
    return made


def keep(workspace: Workspace, name: str, text: str, *, replace: bool = False) -> Kept:
    source = workspace.incoming / "x.new"
    source.write_text(text)
    return Added(workspace).keep(name, source, replace=replace)


def names(workspace: Workspace) -> list[str]:
    added = Added(workspace)
    return [added.name_of(path) for path in added.paths()]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("KH 118.docx", "KH 118.docx"),
        ("đến/2025/KH 118.docx", "đến/2025/KH 118.docx"),
        ("../x.txt", "x.txt"),
        ("../../a/../../x.txt", "a/x.txt"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Windows\\x.txt", "Windows/x.txt"),
        ("\\\\server\\share\\x.txt", "server/share/x.txt"),
        ("..", "tep"),
        ("", "tep"),
        ("...", "tep"),
        ("\0", "_"),
        ("a\0b\n.txt", "a_b_.txt"),
        ("CON", "_CON"),
        ("com1.docx", "_com1.docx"),
        ("aux/lpt9.tar.gz", "_aux/_lpt9.tar.gz"),
        ("a<b>:\"|?*.txt", "a_b______.txt"),
        ("x.txt. . ", "x.txt"),
        ("KH\u202excod.exe", "KH_xcod.exe"),
        ("Ke\u0302\u0301 hoạch.txt", "Kế hoạch.txt"),
        ("a\ud800b.txt", "a_b.txt"),
        ("/".join("abcdefghijk"), "d/e/f/g/h/i/j/k"),
    ],
)  # fmt: skip
def test_a_name_leads_nowhere_else(given: str, name: str) -> None:
    assert safe_path(given).as_posix() == name


@pytest.mark.parametrize("letter", ["a", "ế"])
def test_a_long_name_is_cut_and_keeps_its_ending(letter: str) -> None:
    name = safe_path(letter * 300 + ".docx").name
    assert name.endswith(f"{letter}.docx") and LONGEST - 3 < len(name.encode()) <= LONGEST
    assert len(safe_path("x." + letter * 300).name.encode()) <= LONGEST


def test_same_content_is_kept_once(workspace: Workspace) -> None:
    assert keep(workspace, "a.txt", "1") == Kept("a.txt", "new")
    assert keep(workspace, "đến/b.txt", "1") == Kept("a.txt", "same", "a.txt")
    assert names(workspace) == ["a.txt"] and list(workspace.incoming.iterdir()) == []


def test_same_name_with_other_content_keeps_both_or_replaces(workspace: Workspace) -> None:
    keep(workspace, "a.txt", "1")
    assert keep(workspace, "a.txt", "2") == Kept("a (2).txt", "both", "a.txt")
    assert keep(workspace, "A.TXT", "3") == Kept("A (3).TXT", "both", "a.txt"), "one name on some systems"
    assert keep(workspace, "a.txt", "4", replace=True) == Kept("a.txt", "replaced", "a.txt")
    assert keep(workspace, "a.txt", "5", replace=True) == Kept("a.txt", "replaced", "a.txt")
    assert (workspace.files / "a.txt").read_text() == "5"
    assert sorted(path.read_text() for path in workspace.removed.iterdir()) == ["1", "4"]


def test_folders_that_differ_in_case_are_one(workspace: Workspace) -> None:
    keep(workspace, "Đến/a.txt", "1")
    assert keep(workspace, "đến/b.txt", "2").name == "Đến/b.txt"
    assert keep(workspace, "Đến", "3").name == "Đến (2)", "a folder has this name"
    assert keep(workspace, "Đến (2)/c.txt", "4").name == "Đến (2) (2)/c.txt", "a file has this name"


def test_links_are_neither_followed_nor_replaced(workspace: Workspace, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.txt").write_text("mine")
    (workspace.files / "link").symlink_to(outside)
    (workspace.files / "x.txt").symlink_to(outside / "x.txt")
    (workspace.files / "gone.txt").symlink_to(outside / "not there")
    assert keep(workspace, "link/x.txt", "1").name == "link (2)/x.txt"
    assert keep(workspace, "x.txt", "2", replace=True).name == "x (2).txt"
    assert keep(workspace, "gone.txt", "3", replace=True).name == "gone (2).txt"
    assert [path.name for path in outside.iterdir()] == ["x.txt"] and (outside / "x.txt").read_text() == "mine"


def test_what_is_taken_out_is_kept_aside(workspace: Workspace) -> None:
    for text in "12":
        keep(workspace, "đến/a.txt", text)
        Added(workspace).remove("đến/a.txt")
    assert names(workspace) == []
    assert sorted(p.name for p in (workspace.removed / "đến").iterdir()) == ["a (2).txt", "a.txt"]
    for name in ("đến/a.txt", "../chidao-workspace.txt", "", "/etc/passwd"):
        with pytest.raises(ChidaoError, match="no such file"):
            Added(workspace).remove(name)
