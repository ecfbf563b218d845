"""A copy of an SQLite database that is gone on from, with the checksums of its parts.

What is written to the copy is noted by the engine itself: it waits in a log beside the file that has the number of each page. So at the
end only the parts are summed up again in which such a page stands. Of a copy whose sums are known some parts may be looked at alone; then
each that is written to is looked at too, as it was: what it has left keeps the sum that it had, by which a reader finds damage.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from chidao.graph import disk, sums

_HEAD, _FRAME = 32, 24
"""Bytes before the first page of the log, and before each, which begin with its number."""


class ChangedError(ValueError):
    """What was copied is not as it was written."""


class Copied:
    """A copy at a `path`, with the `sums` that it had when it was made; `whole` says that all of it was looked at."""

    def __init__(self, former: Path, path: Path, known: Sequence[str] = (), most: int | None = None) -> None:
        """Where its sums are `known`, perhaps only so many bytes at `most` are looked at. Raises OSError, and ChangedError where these are
        not as they were written: then there is no copy."""
        disk.clear_database(path)
        sums.copy(former, path)
        self.path, self._former = path, former
        self.whole = not known or most is None or path.stat().st_size <= most
        self.sums = sums.sums_of(path) if self.whole else list(known)
        if known and not (self.sums == list(known) if self.whole else sums.agree(path, known, most)):
            disk.clear_database(path)
            raise ChangedError
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
        """Return the sums that the copy has now. Raises OSError, and ChangedError where a part of which another one was made turns out to
        have been damaged."""
        written = {*(range(len(self.sums)) if self._written is None else self._written), len(self.sums) - 1}
        if not self.whole and sums.sums_of(self._former, written) != [
            self.sums[n] for n in sorted(written) if n < len(self.sums)
        ]:
            raise ChangedError
        return sums.sums_again(self.path, self.sums, written)


def _pages(log: Path, size: int) -> Iterator[int]:
    """The numbers of the pages, of this size, that a log holds."""
    if not log.exists():
        return
    with log.open("rb") as stream:
        stream.seek(_HEAD)
        while len(head := stream.read(_FRAME)) == _FRAME:
            yield int.from_bytes(head[:4], "big")
            stream.seek(size, 1)
