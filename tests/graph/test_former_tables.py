"""The tables of the generation before, as the pages in which they differ: what they were, or nothing."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chidao.graph.tables.former import keep_pages, pages_of
from chidao.graph.tables.kept import NoTablesError, forget_tables, keep_tables, open_tables
from chidao.graph.tables.schema import schema

MANY = 2000


def write(path: Path, name: str) -> Path:
    """Tables of many bodies, the last of which is called so."""
    with closing(sqlite3.connect(path)) as tables:
        for script in schema():
            tables.executescript(script)
        rows = ((n, f"https://x/{n}", "Sở Nội vụ" if n < MANY else name) for n in range(MANY + 1))
        tables.executemany("INSERT INTO body(id, iri, name) VALUES(?, ?, ?)", rows)
        tables.commit()
    keep_tables(path, f"mark of {name}")
    return path


def last(path: Path, name: str) -> Any:
    with closing(open_tables(path, f"mark of {name}")) as tables:
        return tables.execute("SELECT name FROM body WHERE id = ?", (MANY,)).fetchone()[0]


@pytest.fixture
def both(tmp_path: Path) -> tuple[Path, Path]:
    """Older tables as their pages, and newer ones."""
    older, newer = write(tmp_path / "0001.sqlite", "một"), write(tmp_path / "0002.sqlite", "hai")
    keep_pages(older, newer)
    return older, newer


def test_they_are_put_together_from_the_newer_ones(both: tuple[Path, Path]) -> None:
    older, newer = both
    assert not older.exists() and pages_of(older).stat().st_size * 20 < newer.stat().st_size
    assert last(older, "một") == "một" and last(newer, "hai") == "hai"
    assert sorted(path.name for path in older.parent.iterdir()) == ["0001.json", "0001.pages", "0002.json", "0002.sqlite"]  # fmt: skip


@pytest.mark.parametrize("more", [0, 3 * MANY])
def test_whichever_are_larger(tmp_path: Path, more: int) -> None:
    older, newer = write(tmp_path / "0001.sqlite", "một"), write(tmp_path / "0002.sqlite", "hai")
    with closing(sqlite3.connect(newer if more else older)) as tables:
        tables.execute("CREATE TABLE left(text)")
        tables.execute("INSERT INTO left VALUES(?)", ("x" * 40_000,))
        tables.execute("DROP TABLE left")
        tables.commit()
    keep_tables(older, "mark of một")
    assert older.stat().st_size != newer.stat().st_size
    keep_pages(older, newer)
    assert not older.exists() and last(older, "một") == "một"


def test_what_is_wholly_different_stays_as_it_is(tmp_path: Path) -> None:
    older, newer = write(tmp_path / "0001.sqlite", "một"), tmp_path / "0002.sqlite"
    newer.write_bytes(b"x")
    keep_pages(older, newer)
    assert last(older, "một") == "một" and not pages_of(older).exists()


def test_only_the_current_ones_stay_whole(tmp_path: Path) -> None:
    for name in ("0001", "0002", "0003"):
        write(tmp_path / f"{name}.sqlite", name)
    for _ in range(2):
        forget_tables(tmp_path, ["0002", "0003"], "0003")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["0002.json", "0002.pages", "0003.json", "0003.sqlite"]  # fmt: skip
    assert last(tmp_path / "0002.sqlite", "0002") == "0002"


def _forged(**parts: Any) -> Callable[[bytes], bytes]:
    def forge(data: bytes) -> bytes:
        newer, size, pages = msgspec.msgpack.decode(zlib.decompress(data))
        told = {"newer": newer, "size": size, "pages": pages} | parts
        return zlib.compress(msgspec.msgpack.encode(list(told.values())))

    return forge


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-20], lambda data: b"", lambda data: b"[]", lambda data: zlib.compress(b"\xc1"),
        _forged(newer="0003.sqlite"), _forged(newer="../x/0002.sqlite"), _forged(newer=1), _forged(size=1 << 50), _forged(size=0),
        _forged(pages=[[1 << 40, b"x"]]), _forged(pages=[[-1, b"x"]]), _forged(pages=[[2, b"x" * 4096]]), _forged(pages=[]),
    ],
)  # fmt: skip
def test_damaged_or_forged_ones_are_not_read(both: tuple[Path, Path], change: Callable[[bytes], bytes]) -> None:
    older, _ = both
    pages_of(older).write_bytes(change(pages_of(older).read_bytes()))
    with pytest.raises(NoTablesError):
        last(older, "một")


def test_nothing_is_read_beside_other_tables(both: tuple[Path, Path]) -> None:
    older, newer = both
    data = bytearray(newer.read_bytes())
    data[len(data) // 2] ^= 1
    newer.write_bytes(data)
    with pytest.raises(NoTablesError, match="not as they were written"):
        last(older, "một")
    newer.unlink()
    with pytest.raises(NoTablesError, match="missing"):
        last(older, "một")
