"""A copy of a database that is gone on from: its sums are those of the file, and only what was written is summed up again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from chidao.graph import disk, sums
from chidao.graph.copied import ChangedError, Copied


@pytest.fixture
def former(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of some hundred pages."""
    monkeypatch.setattr(sums, "PART", 1 << 13)
    path = tmp_path / "former"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE said(id INTEGER PRIMARY KEY, text TEXT)")
        database.execute("CREATE INDEX said_text ON said(text)")
        database.executemany("INSERT INTO said VALUES(?, ?)", ((n, f"{n:06} {'x' * 300}") for n in range(2000)))
        database.commit()
    return path


def gone_on(former: Path, path: Path, lines: Iterable[str]) -> Copied:
    """A copy with more said in it, in two turns."""
    copied = Copied(former, path)
    for line in lines:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            copied.note(database)
            database.execute("BEGIN")
            database.execute(line)
            database.execute("COMMIT")
            copied.put_in(database)
    return copied


CHANGES = {
    "nothing": [],
    "a row": ["UPDATE said SET text = 'y' WHERE id = 7"],
    "two turns": ["DELETE FROM said WHERE id = 7", "INSERT INTO said VALUES(7, 'z')"],
    "more at the end": ["INSERT INTO said SELECT id + 2000, text FROM said"],
    "less": ["DELETE FROM said WHERE id > 100"],
    "all": ["UPDATE said SET text = 'y' || text"],
    "less, and smaller": ["DELETE FROM said WHERE id > 100", "UPDATE said SET text = 'y'"],
}


@pytest.mark.parametrize("lines", CHANGES.values(), ids=CHANGES)
def test_it_says_what_was_written_and_has_the_sums_of_its_file(former: Path, tmp_path: Path, lines: list[str]) -> None:
    copied = gone_on(former, tmp_path / "copy", lines)
    assert copied.sums_now() == sums.sums_of(tmp_path / "copy")
    with closing(sqlite3.connect(former)) as database:
        for line in lines:
            database.execute(line)
        expected = database.execute("SELECT * FROM said").fetchall()
    with closing(sqlite3.connect(f"{(tmp_path / 'copy').as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        assert database.execute("SELECT * FROM said").fetchall() == expected
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "former"]


def test_only_what_was_written_is_summed_up_again(
    former: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = gone_on(former, tmp_path / "copy", CHANGES["a row"])
    summed: list[int] = []
    sum_ = sums._sum

    def noting(part: bytes) -> str:
        summed.append(len(part))
        return sum_(part)

    monkeypatch.setattr(sums, "_sum", noting)
    copied.sums_now()
    assert 0 < len(summed) <= 8 < len(copied.sums) // 8, "the row's page, those of its index, the first and the last"


def test_a_file_system_without_a_log_costs_a_look_at_all(
    former: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = Copied(former, tmp_path / "copy")

    class Without:
        """A connection that writes in no other way."""

        def __init__(self, database: sqlite3.Connection) -> None:
            self._database = database

        def execute(self, line: str) -> sqlite3.Cursor:
            return self._database.execute(line.replace("= WAL", "= OFF"))

    with closing(sqlite3.connect(tmp_path / "copy", isolation_level=None)) as database:
        copied.note(Without(database))  # type: ignore[arg-type]
        database.execute("UPDATE said SET text = 'y' WHERE id = 7")
        copied.put_in(database)
    assert copied.sums_now() == sums.sums_of(tmp_path / "copy") != copied.sums


@pytest.mark.parametrize("left", disk.BESIDE)
def test_what_a_killed_build_left_is_not_put_in(former: Path, tmp_path: Path, left: str) -> None:
    """The engine would take a log or a journal beside a file for that file's own."""
    with closing(sqlite3.connect(tmp_path / "copy", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL" if left != "-journal" else "PRAGMA journal_mode = PERSIST")
        database.execute("CREATE TABLE said(id INTEGER PRIMARY KEY, text TEXT)")
        kept = (tmp_path / f"copy{left}").read_bytes()
    (tmp_path / f"copy{left}").write_bytes(kept)
    copied = gone_on(former, tmp_path / "copy", CHANGES["a row"])
    assert copied.sums_now() == sums.sums_of(tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy")) as database:
        assert database.execute("SELECT count(*) FROM said").fetchone() == (2000,)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "former"]


def test_of_a_copy_whose_sums_are_known_some_parts_may_be_looked_at_alone(former: Path, tmp_path: Path) -> None:
    known = sums.sums_of(former)
    assert Copied(former, tmp_path / "copy", known, 1 << 30).whole
    assert not (some := Copied(former, tmp_path / "copy", known, 1 << 13)).whole and some.sums_now() == known


def test_damage_is_seen_where_it_is_looked_at_and_leaves_no_copy(former: Path, tmp_path: Path) -> None:
    known = sums.sums_of(former)
    _damage(former, len(known) // 2)
    seen = []
    for _ in range(60):
        try:
            seen.append(Copied(former, tmp_path / "copy", known, len(known) << 12) is None)
        except ChangedError:
            seen.append(True)
            assert not (tmp_path / "copy").exists()
    assert {*seen} == {True, False}
    with pytest.raises(ChangedError):
        Copied(former, tmp_path / "copy", known)


def test_damage_that_is_not_looked_at_keeps_a_sum_that_it_does_not_have(
    former: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless it is written to: then it is seen at the end."""
    known = sums.sums_of(former)
    _damage(former, len(known) // 2)
    monkeypatch.setattr("random.randrange", lambda end: 0)
    monkeypatch.setattr(Copied, "note", lambda self, database: None)
    copied = Copied(former, tmp_path / "copy", known, 1 << 13)
    assert copied.sums_now() == known != sums.sums_of(tmp_path / "copy")
    for part, fits in ((len(known) // 2 - 1, True), (len(known) // 2, False)):
        copied._written = {part}
        if fits:
            copied.sums_now()
        else:
            with pytest.raises(ChangedError):
                copied.sums_now()


def _damage(path: Path, part: int) -> None:
    """Change a bit in a part of a file."""
    data = bytearray(path.read_bytes())
    data[part * sums.PART + 100] ^= 1
    path.write_bytes(data)
