"""A copy of an SQLite database that is gone on from, with the checksums of its parts.

Each part is summed up while it is copied. What is written to the copy is noted by the engine itself: it waits in a log beside the file
that has the number of each page. So at the end only the parts are summed up again in which such a page stands.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from chidao.graph import disk, sums

_HEAD, _FRAME = 32, 24
"""Bytes before the first page of the log, and before each, which begin with its number."""


class Copied:
    """A copy at a `path`, with the `sums` that it had when it was made."""

    def __init__(self, former: Path, path: Path) -> None:
        """Raises OSError."""
        disk.clear_database(path)
        self.path = path
        self.sums = sums.copy(former, path)
        self._written: set[int] | None = set()

    def note(self, database: sqlite3.Connection) -> None:
        """Have it noted what is written to the copy from now on, by a connection that nobody shares and that is outside a transaction."""
        for setting in (
            "locking_mode = EXCLUSIVE",
            "journal_mode = OFF",
            "synchronous = OFF",
            "wal_autocheckpoint = 0",
        ):
            database.execute(f"PRAGMA main.{setting}")
        (mode,) = database.execute("PRAGMA main.journal_mode = WAL").fetchone()
        if mode != "wal":  # a file system that has none
            self._written = None

    def put_in(self, database: sqlite3.Connection) -> None:
        """Write what was noted into the copy."""
        if self._written is not None:
            (size,) = database.execute("PRAGMA main.page_size").fetchone()
            for page in (
                1,
                *_pages(self.path.with_name(self.path.name + disk.LOG), size),
            ):  # the first says how it is written
                self._written.update(range((page - 1) * size // sums.PART, (page * size - 1) // sums.PART + 1))
        database.execute("PRAGMA main.journal_mode = OFF")

    def sums_now(self) -> list[str]:
        """Return the sums that the copy has now. Raises OSError."""
        if self._written is None:
            return sums.sums_of(self.path)
        return sums.sums_again(self.path, self.sums, self._written)


def _pages(log: Path, size: int) -> Iterator[int]:
    """The numbers of the pages, of this size, that a log holds."""
    if not log.exists():
        return
    with log.open("rb") as stream:
        stream.seek(_HEAD)
        while len(head := stream.read(_FRAME)) == _FRAME:
            yield int.from_bytes(head[:4], "big")
            stream.seek(size, 1)
