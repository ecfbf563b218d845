"""The seal of a generation: what it was built from, how many quads it holds, and the sizes and checksums of its files.

`generations/0003/manifest.jsonl` has three lines, each an array: a head with the checksums of the other two, the seal, and what the
build noted for the next one. The pointer to a generation carries a checksum of the head, so that from the pointer to the last block of
the store nothing changes unseen. What is checked whenever a generation is opened takes milliseconds: the names, sizes and ends of its
files (the engine keeps its index of a file there, and checks each block that it reads by a checksum of its own). `damage` reads all.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from chidao.graph import disk

FORMAT = "5"
"""Version of what a graph folder holds; another version is built anew."""
NAME = "manifest.jsonl"
SOME = 64 << 20
"""Bytes of a generation, and of its tables, that a build compares with their checksums, other ones each time; so that to build costs what
has changed. What it does not look at is found out by its reader (the engine has checksums of its own, and tables are read only when all of
them is as it was written), and by `chidao validate --deep`."""
_END = 1 << 16
"""Bytes at the end of a file that are checked whenever it is opened."""
_ENGINE = re.compile(
    r"\d{6}\.(?:sst|log|dbtmp)|(?:MANIFEST|OPTIONS)-\d{6}(?:\.dbtmp)?|CURRENT|IDENTITY|LOCK|LOG(?:\.old\.\d+)?"
)
_UNSEALED = re.compile(r"LOCK|LOG(?:\.old\.\d+)?")
"""Files of the engine that hold nothing of the graph."""


class Damaged(ValueError):
    """A generation that is not as it was written. The message says in a few words what is wrong, after `file`, which is."""

    def __init__(self, message: str, file: Path) -> None:
        super().__init__(message)
        self.file = file


class Stamp(NamedTuple):
    """A file of a generation: its name and size, and the SHA-256 of all its bytes and of its end."""

    name: str
    size: int
    whole: str
    end: str


class Seal(NamedTuple):
    """The number of quads, and the files of the store."""

    quads: int
    files: tuple[Stamp, ...]


class _Head(NamedTuple):
    """The checksums of the lines that follow, and what they are."""

    chidao: str
    format: str
    seal: str
    built: str


def seal(generation: Path, quads: int, built: Any, former: tuple[Path, Seal] | None = None) -> None:
    """Seal a finished generation, whose store is closed, so that it lasts through a loss of power. `built` is plain data for JSON.
    Files that are the same ones in a `former` generation are not read again."""
    known = {stamp.name: stamp for stamp in former[1].files} if former else {}
    files = [p for p in sorted(generation.iterdir()) if p.name != NAME and not _UNSEALED.fullmatch(p.name)]
    same = {p for p in files if former and p.name in known and disk.same(p, former[0] / p.name)}
    disk.sync_all(p for p in files if p not in same)
    stamps = tuple(known[p.name] if p in same else _stamp(p) for p in files)
    lines = _line(Seal(quads, stamps)), _line(built)
    disk.write(generation / NAME, b"".join((_line(_Head("generation", FORMAT, *map(_sum, lines))), *lines)))


def mark(generation: Path) -> str:
    """Return what tells this generation from every other: a checksum of its head. Raises Damaged when it has none."""
    path = generation / NAME
    if not disk.is_file(path):
        raise Damaged("its manifest is missing", path)
    with path.open("rb") as stream:
        return _sum(stream.readline(1 << 12))[:16]


def check(generation: Path) -> Seal:
    """Return the seal of a generation after a look at the names, sizes and ends of its files. Raises Damaged."""
    found = said(generation)
    for stamp in found.files:
        path = generation / stamp.name
        if not disk.is_file(path):
            raise Damaged("a file is missing", path)
        if path.stat().st_size != stamp.size:
            raise Damaged("a file has another size than it was written with", path)
        if _end(path, stamp.size) != stamp.end:
            raise Damaged("a file is not as it was written", path)
    return found


def damage(generation: Path, most: int | None = None) -> Iterator[Damaged]:
    """Read every file of a generation, or some with so many bytes at `most`, other ones each time, and yield what is wrong with those that
    are not as they were written."""
    try:
        found = check(generation)
        noted(generation)
    except Damaged as damaged:
        yield damaged
        return
    for stamp in found.files if most is None else _some(found.files, most):
        if _stamp(generation / stamp.name) != stamp:
            yield Damaged("a file is not as it was written", generation / stamp.name)


def _some(files: Sequence[Stamp], most: int) -> Iterator[Stamp]:
    """Files with so many bytes together at most, all of them where they are no more; at least one. The larger one is, the more often it is
    the first, which alone may be too large; so no byte is looked at much more seldom than another."""
    if not files:
        return
    (start,) = random.choices(range(len(files)), [stamp.size + 1 for stamp in files])
    yield files[start]
    most -= files[start].size
    for stamp in (*files[start + 1 :], *files[:start]):
        if stamp.size <= most:
            yield stamp
            most -= stamp.size


def built(generation: Path) -> Any:
    """Return what the build noted in this generation. Raises Damaged."""
    with suppress(ValueError, RecursionError):
        return json.loads(noted(generation))
    raise Damaged("its manifest is not as it was written", generation / NAME)


def noted(generation: Path) -> bytes:
    """Return what the build noted, as JSON as it was written. Raises Damaged."""
    head, _, line = _lines(generation)
    if _sum(line) != head.built:
        raise Damaged("its manifest is not as it was written", generation / NAME)
    return line


def own(generation: Path) -> Iterator[Path]:
    """Yield the files of a generation that a build wrote, by the names that it and the engine give, and no links. The manifest comes
    first, so that what is removed in this order is never taken for whole."""
    yield from filter(disk.is_file, (generation / NAME, generation / f"{NAME}.new"))
    yield from (path for path in generation.iterdir() if _ENGINE.fullmatch(path.name) and disk.is_file(path))


def said(generation: Path) -> Seal:
    """Return the seal of a generation without a look at its files. Raises Damaged."""
    head, line, _ = _lines(generation)
    with suppress(ValueError, RecursionError, msgspec.ValidationError):
        if _sum(line) == head.seal:
            return msgspec.convert(json.loads(line), Seal)
    raise Damaged("its manifest is not as it was written", generation / NAME)


def _lines(generation: Path) -> tuple[_Head, bytes, bytes]:
    """The lines of the manifest, whose head alone is looked at."""
    path = generation / NAME
    try:
        first, said, rest = disk.read(path).splitlines(keepends=True)
        head = msgspec.convert(json.loads(first), _Head)
    except FileNotFoundError:
        raise Damaged("its manifest is missing", path) from None
    except (OSError, ValueError, RecursionError, msgspec.ValidationError):
        raise Damaged("its manifest is not as it was written", path) from None
    if head[:2] != ("generation", FORMAT):
        raise Damaged("it was made by another version of chidao", path)
    return head, said, rest


def _stamp(path: Path) -> Stamp:
    size = path.stat().st_size
    with path.open("rb") as stream:
        whole = hashlib.file_digest(stream, "sha256").hexdigest()
    return Stamp(path.name, size, whole, _end(path, size))


def _end(path: Path, size: int) -> str:
    with path.open("rb") as stream:
        stream.seek(max(size - _END, 0))
        return _sum(stream.read(_END))


def _line(data: Any) -> bytes:
    try:
        return msgspec.json.encode(data) + b"\n"  # in a tenth of the time
    except UnicodeEncodeError:  # a file's name may be no Unicode
        return json.dumps(data).encode("ascii") + b"\n"


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
