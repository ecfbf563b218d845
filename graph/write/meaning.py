"""What all files of a generation mean, kept beside it, so that the next build decides anew only what a change bears on.

    DIR/meaning/0003    an SQLite database (see `extract.corpus.joined`)

It follows from the facts that are kept. The manifest of the generation holds its checksum, and a checksum of the rules by which it was
decided; where one of the two is another one, or the database is none of ours, it is made anew from the facts. A build works on a copy, and
nobody else reads it: a database that somebody sent is opened only when it is, to the last bit, what a manifest with a seal says, and then
with tables alone, no code in it.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

import chidao
from chidao.extract.corpus.settled import Settled
from chidao.graph import disk, sums
from chidao.graph.copied import Copied

_NUMBER = re.compile(rf"[0-9]{{4,9}}(?:\.new|{'|'.join(disk.BESIDE)})?")
_RULES = (
    "extract/corpus/*.py", "extract/language/*.py", "extract/tables/*", "extract/model.py", "extract/resolved.py", "ontology/*",
    "graph/write/*.py",
)  # fmt: skip
"""Where it stands how it is decided what files mean, and how that is written."""


@cache
def rules() -> str:
    """Return a checksum of the rules by which it is decided what files mean, and of how that is written to a store."""
    digest, home = hashlib.sha256(), Path(chidao.__file__).parent
    for path in (path for pattern in _RULES for path in sorted(home.glob(pattern)) if path.is_file()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


class Kept(Settled):
    """The meaning of all files, kept at a place: a copy that is gone on from, or that of no files."""

    def __init__(self, place: Path, copied: Copied | None = None) -> None:
        """Raises ValueError and sqlite3.DatabaseError for a copy of what is none of ours."""
        self.copied = copied
        super().__init__(str(place), new=copied is None, opened=copied.note if copied else None)


def open_kept(former: Path, mark: str, place: Path) -> Kept | None:
    """Return what is kept of the meaning of a former generation, as a copy at a place to go on from; None where it is not what this `mark`
    says. Raises OSError."""
    if not mark.startswith(rules()) or not disk.is_file(former):
        return None
    _clear(place)
    copied = Copied(former, place)
    if mark != _mark(copied.sums):
        return None
    try:
        return Kept(place, copied)
    except (sqlite3.DatabaseError, ValueError):
        return None


def new(place: Path) -> Kept:
    """Return the meaning of no files, to be kept at a place. Raises OSError."""
    _clear(place)
    return Kept(place)


def close(meant: Kept, place: Path) -> str:
    """Write all down at its place, so that it lasts through a loss of power; return what tells it from any other."""
    copied = meant.copied
    meant.close(copied.put_in if copied else None)
    if meant.new:
        disk.compact(place)
    disk.sync_all([place])
    disk.sync(place.parent)
    return _mark(copied.sums_now() if copied else sums.sums_of(place))


def mark_of(place: Path) -> str:
    """Return what tells the meaning that is kept at a place from any other. Raises OSError."""
    return _mark(sums.sums_of(place))


def _mark(found: Iterable[str]) -> str:
    return rules() + sums.total(found)


def forget(folder: Path, but: Iterable[str] = ()) -> None:
    """Remove what is kept of all generations but these."""
    needed = set(but)
    for place in list(folder.iterdir()) if disk.is_folder(folder) else ():
        if place.name not in needed and _NUMBER.fullmatch(place.name) and disk.is_file(place):
            with suppress(OSError):
                place.unlink()


def _clear(place: Path) -> None:
    if disk.is_folder(place):
        disk.move_aside(place)
    disk.clear_database(place)
