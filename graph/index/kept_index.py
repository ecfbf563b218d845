"""The index in the graph folder, so that who opens a generation need not make it.

    DIR/search/0003/names/, said/    two indexes of tantivy's
    DIR/search/0003/entries          the entries as MessagePack
    DIR/search/0003/seal.json        of which generation, by which version, and the size and checksum of each file

All of it follows from the generation and the texts that are kept. So what is missing, damaged or of another version is never read, but
made anew: by who searches, in memory, and in the folder by the next build.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import tantivy

from chidao.graph import disk

if (
    TYPE_CHECKING
):  # they load rules of extraction and the vocabulary, which who only looks whether an index is whole need not
    from chidao.graph.index.entries import Entry
    from chidao.graph.index.made import FileText, Index
    from chidao.graph.select import Store

FORMAT = f"6, {tantivy.__version__}"  # type: ignore[attr-defined]
"""Changes with what stands in an index, and with the engine."""
_PARTS = ("names", "said")
_SEAL, _ENTRIES = "seal.json", "entries"
_ENGINE = re.compile(
    r"[0-9a-f]{32}(?:\.\d+)?\.(?:idx|pos|term|store|fast|fieldnorm|temp|del)|meta\.json|\.managed\.json|\.tmp\w{6}"
    r"|\.tantivy-(?:meta|writer)\.lock"
)
_LOCKS = (".tantivy-meta.lock", ".tantivy-writer.lock")
_NUMBER = re.compile("[0-9]{4,9}")


class NoIndexError(ValueError):
    """There is no index here that can be read; the message says why."""


@dataclass(frozen=True, slots=True)
class _Seal:
    format: str
    mark: str
    files: dict[str, tuple[int, str]]
    texts: dict[str, str]
    beside: bool = False
    """Was it made from tables of which some parts were looked at? Then it holds only where all of these are as they were written."""


def keep_index(
    place: Path, mark: str, store: Store, texts: Iterable[FileText], before: tuple[Path, str] | None = None,
    touched: Collection[str] | None = None, beside: bool = False,
) -> None:  # fmt: skip
    """Make the index of the generation that has this mark, and keep it at a place. Where the index of the generation `before`, by place
    and mark, is whole, its names and passages are taken over by links to its files, which are never written again, but for what has
    changed; and its entries, but for what is `touched`, where that is known. One that was made `beside` tables of which some parts were
    looked at holds only where all of these are whole. Raises OSError."""
    given = list(texts)
    former = _former(*before) if before and before[0] != place else None
    try:
        try:
            made = _made(place, store, given, before[0] if before else place, former, touched)
        except ValueError:
            if not former:
                raise
            made = _made(place, store, given, place, None)
    except ValueError as error:  # what the engine makes of a full disk
        raise OSError(" ".join(str(error).split())) from None
    disk.write(place / _ENTRIES, msgspec.msgpack.encode(made.entries), lasting=False)
    for part in _PARTS:
        for lock in _LOCKS:
            (place / part / lock).unlink(missing_ok=True)
    files = list(_own(place))
    mode = (place / _ENTRIES).stat().st_mode & 0o777
    for path in files:
        path.chmod(mode)  # the engine lets nobody else read some of its files
    known = {}
    if former and before:  # what was taken over of these was looked at just now
        known = {name: stamp for name, stamp in former.files.items() if disk.same(place / name, before[0] / name)}
    names = {path.relative_to(place).as_posix(): path for path in files}
    disk.sync_all(path for name, path in names.items() if name not in known)
    stamps = {name: known.get(name) or _stamp(path) for name, path in names.items()}
    disk.write(place / _SEAL, msgspec.json.encode(_Seal(FORMAT, mark, stamps, made.texts, beside)))


def _former(place: Path, mark: str) -> _Seal | None:
    try:
        return _checked(place, mark)
    except NoIndexError:
        return None


def _made(
    place: Path, store: Store, texts: list[FileText], before: Path, former: _Seal | None, touched: Collection[str] | None = None
) -> Index:  # fmt: skip
    """Make an index at a place, of the names and passages of the one before where there is one. Raises ValueError."""
    from chidao.graph.index.made import Former, make_index

    remove_index(place)
    for folder in (place, *(place / part for part in _PARTS)):
        if os.path.lexists(folder) and not disk.is_folder(folder):
            disk.move_aside(folder)
        folder.mkdir(parents=True, exist_ok=True)
    if former is None:
        return make_index(store, texts, place)
    for name in former.files:
        if "/" in name:
            _take(before / name, place / name)
    return make_index(store, texts, place, Former(_entries(before), former.texts, touched))


def _entries(place: Path) -> list[Entry]:
    """The entries of an index. Raises OSError, and ValueError for what are none."""
    from chidao.graph.index.entries import Entry

    return msgspec.msgpack.decode(disk.read(place / _ENTRIES), type=list[Entry])


def _take(path: Path, name: Path) -> None:
    try:
        os.link(path, name)
    except OSError:  # not every file system has links
        shutil.copyfile(path, name)


def is_whole(place: Path, mark: str, *, tables: bool = True) -> bool:
    """Return whether the index of the generation that has this mark is here, as it was written; without its `tables` only one that does not
    rest on them."""
    try:
        seal = _checked(place, mark)
    except NoIndexError:
        return False
    return tables or not seal.beside


def open_index(place: Path, mark: str, tables: Callable[[], bool]) -> Index:
    """Open the index of the generation that has this mark. `tables` is asked whether its tables are whole, where it rests on them. Raises
    NoIndexError when it is not there as it was written, or they are not.

    The engine writes a lock beside what it reads. So it gets a room of its own, with links to the files, and the graph stays untouched.
    """
    from chidao.graph.index.made import Index

    seal = _checked(place, mark)
    if seal.beside and not tables():
        raise NoIndexError("the tables are damaged from which it was made")
    try:
        entries = _entries(place)
        with tempfile.TemporaryDirectory(prefix="chidao-search-", ignore_cleanup_errors=True) as room:
            for part in _PARTS:
                os.mkdir(os.path.join(room, part))
            for name in seal.files:
                if "/" in name:
                    _link(place / name, Path(room, name))
            names, said = (tantivy.Index.open(os.path.join(room, part)) for part in _PARTS)
            for index in (names, said):
                index.config_reader("manual")  # nothing is ever added
                index.reload()
        return Index(entries, names, said, seal.texts)
    except (OSError, ValueError) as error:
        raise NoIndexError(str(error)) from None


def remove_index(place: Path) -> None:
    """Remove the files of an index, and its folders when nothing else is in them."""
    with suppress(OSError):  # a reader holds it, on some systems; the next build tries again
        for path in _own(place):
            path.unlink()
        for part in _PARTS:
            with suppress(OSError):
                (place / part).rmdir()
        place.rmdir()


def forget_indexes(folder: Path, but: Iterable[str]) -> None:
    """Remove the indexes of all generations but these."""
    if disk.is_folder(folder):
        needed = set(but)
        for place in list(folder.iterdir()):
            if place.name not in needed and _NUMBER.fullmatch(place.name) and disk.is_folder(place):
                remove_index(place)


def _own(place: Path) -> Iterator[Path]:
    """The files of an index, by the names that it and the engine give, and no links; the seal comes first."""
    if disk.is_folder(place):
        single = (place / f"{name}{end}" for name in (_SEAL, _ENTRIES) for end in ("", ".new"))
        yield from filter(disk.is_file, single)
        for part in _PARTS:
            if disk.is_folder(place / part):
                for path in sorted((place / part).iterdir()):
                    if _ENGINE.fullmatch(path.name) and disk.is_file(path):
                        yield path


def _checked(place: Path, mark: str) -> _Seal:
    """The seal, of files that are all as they were written. Raises NoIndexError."""
    try:
        if not disk.is_folder(place):
            raise NoIndexError("there is none")
        seal = msgspec.json.decode(disk.read(place / _SEAL), type=_Seal)
        if (seal.format, seal.mark) != (FORMAT, mark):
            raise NoIndexError("it is of another generation, or of another version")
        for name, stamp in seal.files.items():
            part, slash, file = name.partition("/")
            named = part in _PARTS and _ENGINE.fullmatch(file) if slash else name == _ENTRIES
            if not named or (slash and not disk.is_folder(place / part)) or not disk.is_file(place / name):
                raise NoIndexError(f"{name} is missing")
            if _stamp(place / name) != stamp:
                raise NoIndexError(f"{name} is not as it was written")
    except (OSError, ValueError, RecursionError, msgspec.DecodeError) as error:
        raise error if isinstance(error, NoIndexError) else NoIndexError(str(error)) from None
    return seal


def _stamp(path: Path) -> tuple[int, str]:
    with path.open("rb") as stream:
        return path.stat().st_size, hashlib.file_digest(stream, "sha256").hexdigest()


def _link(path: Path, name: Path) -> None:
    try:
        name.symlink_to(path.absolute())
    except (OSError, NotImplementedError):  # Windows grants links to few
        shutil.copyfile(path, name)
