"""What is kept beside the bytecode: who may write it, and what a process that was killed leaves of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from chidao.extract.language import beside_bytecode as beside

KILLED = """
import os, sys
from chidao.extract.language.beside_bytecode import keep
os.replace = lambda *places: os._exit(9)
keep(sys.argv[1], "trial", b"of who was killed")
"""


@pytest.fixture(autouse=True)
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The file of a module, where anybody may write what a process makes."""
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "rules.py").write_text("")
    former = os.umask(0)
    yield str(tmp_path / "rules.py")
    os.umask(former)


@pytest.mark.parametrize(
    ("source", "kept"), [(0o644, 0o644), (0o666, 0o644), (0o775, 0o644), (0o600, 0o600), (0o640, 0o640), (0o444, 0o644)]
)
def test_nobody_but_the_owner_may_write_it_and_who_reads_the_source_may_read_it(
    module: str, source: int, kept: int
) -> None:
    os.chmod(module, source)
    beside.keep(module, "trial", b"kept")
    assert beside.place_beside(module, "trial").stat().st_mode & 0o777 == kept
    assert beside.read_kept(module, "trial") == b"kept"


def test_a_narrow_mask_holds(module: str) -> None:
    os.umask(0o077)
    beside.keep(module, "trial", b"kept")
    assert beside.place_beside(module, "trial").stat().st_mode & 0o777 == 0o600


def test_who_is_killed_leaves_one_file_that_the_next_removes(module: str) -> None:
    place = beside.place_beside(module, "trial")
    for _ in range(2):
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        ended = subprocess.run([sys.executable, "-c", KILLED, module], env=environment, check=False)
        assert ended.returncode == 9 and not place.exists()
    assert len(list(place.parent.iterdir())) == 1
    beside.keep(module, "trial", b"kept")
    assert list(place.parent.iterdir()) == [place] and beside.read_kept(module, "trial") == b"kept"


def test_no_link_is_followed_and_no_file_of_others_taken(module: str, tmp_path: Path) -> None:
    place = beside.place_beside(module, "trial")
    place.parent.mkdir()
    (theirs := tmp_path / "theirs").write_text("theirs")
    left = place.with_name(f"{place.name}.new")
    for leave in (left.symlink_to, left.hardlink_to):
        leave(theirs)
        beside.keep(module, "trial", b"kept")
        assert theirs.read_text() == "theirs" and not place.is_symlink() and not left.exists()
        assert beside.read_kept(module, "trial") == b"kept"


def test_where_a_folder_stands_in_its_way_nothing_is_kept(module: str) -> None:
    place = beside.place_beside(module, "trial")
    (place.parent / f"{place.name}.new").mkdir(parents=True)
    beside.keep(module, "trial", b"kept")
    assert beside.read_kept(module, "trial") is None and not place.exists()
