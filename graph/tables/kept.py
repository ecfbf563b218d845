"""The tables in the graph folder, beside the generation that they follow from.

    DIR/tables/0003.sqlite    the tables
    DIR/tables/0003.json      of which generation, by which version, their size and checksums
    DIR/tables/0002.pages     those of the generation before, as far as they are others (see `former`)

What is missing, damaged or of another version is never read: answers then come from the RDF, and the next build makes them anew. What
somebody has forged runs nothing, neither for who asks nor in a build that goes on from them: they hold what `schema` makes and no more,
no trigger and no other view, and are opened to be read.
"""

from __future__ import annotations

import json
import re
import sqlite3
import tempfile
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec
import pyoxigraph

from chidao.graph import disk, seal, sums
from chidao.graph.copied import ChangedError, Copied
from chidao.graph.tables.former import keep_pages, pages_of, put_together
from chidao.graph.tables.schema import FORMAT, schema

_FILE = re.compile(rf"([0-9]{{4,9}})\.(?:sqlite(?:{'|'.join(disk.BESIDE)})?|(?:sqlite|json|pages)(?:\.new)?)")


class NoTablesError(ValueError):
    """There are no tables here that can be read; the message says why."""


@dataclass(frozen=True, slots=True)
class _Seal:
    format: str
    mark: str
    size: int
    sums: tuple[str, ...]
    state: str = ""


def tables_of(folder: Path, generation: str) -> Path:
    """Return the place of the tables of the generation that is called so."""
    return folder / f"{generation}.sqlite"


def copy_tables(path: Path, to: Path) -> Copied:
    """Copy tables to where those of the next generation are to be. Of large ones to which nobody has written since some parts are looked
    at, other ones each time. Raises OSError, and NoTablesError where they are not as they were written: then there is no copy."""
    known = _read(path)
    untouched = known.state and known.state == disk.state(path)
    try:
        return Copied(path, to, known.sums, seal.SOME if untouched else None)
    except ChangedError:
        raise NoTablesError("they are not as they were written") from None


def keep_tables(path: Path, mark: str, copied: Copied | None = None) -> None:
    """Seal tables that have been written as those of the generation with this mark, be it what a `copied` one has become; nothing where
    there are none. Where it turns out that what was copied was damaged, there are none any more. Raises OSError."""
    if disk.is_file(path):
        disk.sync(path)
        try:
            found = copied.sums_now() if copied else sums.sums_of(path)
        except ChangedError:
            path.unlink()
            return
        made = _Seal(FORMAT, mark, path.stat().st_size, tuple(found), disk.state(path))
        disk.write(_seal(path), json.dumps(asdict(made)).encode())


def make_tables(path: Path, mark: str, store: pyoxigraph.Store) -> None:
    """Make the tables of a store, and seal them. Raises OSError."""
    from chidao.graph.tables.written import (
        TableWriter,
    )  # and the vocabulary, which who only looks at tables need not load

    with TableWriter(path) as writer:
        for graph in store.named_graphs():
            for _ in writer.passing(store.quads_for_pattern(None, None, None, graph)):
                pass
    keep_tables(path, mark)


def are_whole(path: Path, mark: str, most: int | None = None) -> bool:
    """Return whether the tables of the generation that has this mark are here and nothing else, as they were written, as far as a look at
    so many bytes at `most` tells."""
    try:
        _check(path, mark, most=most)
        _plain(path).close()
    except NoTablesError:
        return False
    return True


def open_tables(path: Path, mark: str, *, looked_at: bool = False) -> sqlite3.Connection:
    """Open the tables of the generation that has this mark, to be read only; what was just now `looked_at` to the last byte is not again.
    Raises NoTablesError when they are not as they were written, or hold anything else than tables."""
    if looked_at:
        return _plain(path)
    if disk.is_file(path) or not disk.is_file(pages_of(path)):
        return _opened(path, path, mark)
    try:
        with tempfile.TemporaryDirectory(prefix="chidao-tables-", ignore_cleanup_errors=True) as room:
            place = Path(room, path.name)
            put_together(path, place)
            return _opened(place, path, mark)
    except (OSError, ValueError) as error:
        raise error if isinstance(error, NoTablesError) else NoTablesError(str(error)) from None


def _opened(place: Path, path: Path, mark: str) -> sqlite3.Connection:
    """The tables at a place, by the seal of those at a path."""
    _check(path, mark, place)
    return _plain(place)


def _plain(place: Path) -> sqlite3.Connection:
    """What stands at a place, if it is tables and nothing else."""
    try:
        tables = sqlite3.connect(f"{place.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON", "cache_size = -16384"):
            tables.execute(f"PRAGMA {pragma}")
        if _made(tables) != _as_made():
            tables.close()
            raise NoTablesError("they hold other things than tables")
    except sqlite3.Error as error:
        raise NoTablesError(str(error)) from None
    return tables


def forget_tables(folder: Path, but: Iterable[str], current: str) -> None:
    """Remove the tables of all generations but these, of which only the `current` one keeps all of its own."""
    if disk.is_folder(folder):
        needed = set(but)
        for path in list(folder.iterdir()):
            if (name := _FILE.fullmatch(path.name)) and name[1] not in needed and disk.is_file(path):
                with suppress(OSError):  # a reader holds it, on some systems; the next build tries again
                    path.unlink()
        for older in needed - {current}:
            with suppress(OSError):  # as above, or a full disk
                before, after = tables_of(folder, older), tables_of(folder, current)
                keep_pages(before, after, _other_parts(before, after))


def _other_parts(older: Path, newer: Path) -> list[int] | None:
    """In which parts tables differ, by their seals; None where one has none."""
    try:
        return sums.others(_read(newer).sums, _read(older).sums)
    except NoTablesError:
        return None


def _check(path: Path, mark: str, place: Path | None = None, most: int | None = None) -> None:
    known = _read(path)
    if (known.format, known.mark) != (FORMAT, mark):
        raise NoTablesError("they are of another generation, or of another version")
    place = place or path
    try:
        whole = disk.is_file(place) and place.stat().st_size == known.size and sums.agree(place, known.sums, most)
    except OSError as error:
        raise NoTablesError(str(error)) from None
    if not whole:
        raise NoTablesError("they are not as they were written")


def _read(path: Path) -> _Seal:
    """The seal of tables. Raises NoTablesError."""
    try:
        return msgspec.json.decode(disk.read(_seal(path)), type=_Seal)
    except (OSError, ValueError, RecursionError) as error:
        raise NoTablesError(str(error)) from None


def _seal(path: Path) -> Path:
    return path.with_suffix(".json")


def _made(tables: sqlite3.Connection) -> list[tuple[str, ...]]:
    """Whatever the file has besides rows."""
    return sorted(tables.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema"))


def _as_made() -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(":memory:")) as fresh:
        for script in schema():
            fresh.executescript(script)
        return _made(fresh)
