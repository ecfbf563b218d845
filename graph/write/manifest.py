"""What a generation was built from, which the next build has to know; noted in the generation itself, to be published with it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from json.encoder import encode_basestring_ascii as quoted
from pathlib import Path
from typing import Any

import msgspec

from chidao.graph import disk, seal
from chidao.graph.store import Folder, GraphError
from chidao.graph.write import kept

Progress = Callable[[str, int, int], None]
"""How a build tells what it is at: a step ("extract", "resolve", "write"), how much of it is done and how much there is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in the graph: its absolute path, so that it is the same file from whatever folder a build runs, and how the user first
    gave it, which is what people are shown; the sha256 of its bytes, the declared home, and which columns of a register hold what,
    as the user named them. One without a sum is to be read again. `state` is that of the file when its sum was made (see
    `files.state_of`)."""

    path: str
    sha256: str
    home: str | None
    columns: tuple[tuple[str, str], ...] = ()
    shown: str = ""
    state: str = field(default="", compare=False)

    @property
    def key(self) -> str:
        """What the facts of this file are kept under."""
        return self.key_of(kept.VERSION)

    def key_of(self, version: str) -> str:
        """Return what the facts of this version were kept under."""
        columns = tuple(map(tuple, self.columns)) if self.columns else ()
        return _key(version, self.shown or self.path, self.sha256, self.home, columns)


@lru_cache(1 << 17)
def _key(version: str, path: str, sha256: str, home: str | None, columns: tuple[tuple[str, ...], ...]) -> str:
    """The checksum of all this as JSON, whose parts are written by themselves: an encoder for each takes four times as long."""
    named = quoted(home) if home is not None else "null"
    said = f"[{quoted(version)}, {quoted(path)}, {quoted(sha256)}, {named}, {json.dumps(columns) if columns else '[]'}]"
    return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a build says of all its files together, which one that changes nothing says again. `encodings` has (path, encoding) of files
    that are not UTF-8."""

    documents: int
    references: int
    relations: int
    actions: int
    bodies: int
    corrected: int
    to_review: int
    undated: int
    unresolved: int
    encodings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was built from: its files, the home that the graph remembers, and the files that were not read, with why.
    `base` is what its IRIs begin with; `version` that of its facts; `corrections` the checksum of what people say by hand, "" where they
    say nothing. What was made of it is no part of what it is: `told`; `meaning`, what tells that which is kept of what its files mean from
    any other (see `meaning`); and `worn`, how many graphs were changed in the store since it was written whole."""

    base: str
    entries: tuple[Entry, ...] = ()
    home: str | None = None
    unread: tuple[tuple[str, str], ...] = ()
    version: str = kept.VERSION
    corrections: str = ""
    told: Told | None = field(default=None, compare=False)
    meaning: str = field(default="", compare=False)
    worn: int = field(default=0, compare=False)

    def roots(self) -> dict[str, str]:
        """Return the folders of files whose whole path people are not shown, with what they are shown in its place."""
        found: dict[str, str] = {}
        for one, other in dict.fromkeys((os.path.dirname(e.shown), os.path.dirname(e.path)) for e in self.entries):
            shown, path = Path(one), Path(other)
            while shown.name and shown.name == path.name and str(path) not in found and not shown.is_absolute():
                found[str(path)] = shown.as_posix()
                shown, path = shown.parent, path.parent
        return found

    def plain(self) -> Any:
        """Return it as plain data."""
        return msgspec.to_builtins(self)


def shown_below(path: str, roots: Mapping[str, str]) -> str | None:
    """Return how people are shown a path in one of these folders; None for one that is in none.

    >>> shown_below("/srv/đến/2025/a.docx", {"/srv/đến": "đến"}), shown_below("/srv/a.docx", {"/srv/đến": "đến"})
    ('đến/2025/a.docx', None)
    """
    found = next((folder for folder in Path(path).parents if str(folder) in roots), None)
    return f"{roots[str(found)]}/{Path(path).relative_to(found).as_posix()}" if found else None


def read_manifest(folder: Folder, base: str, *, fresh: bool = False) -> Manifest:
    """Return what the current generation was built from; nothing where there is none. A `fresh` build takes over its home only.

    Facts of another version are no use: those files are to be read again. Raises GraphError when the manifest is damaged, or that of a
    graph with another base.
    """
    none = Manifest(base)
    try:
        if folder.is_new():
            return none
        found = _older(folder) if folder.is_older() else read_noted(folder.current())
    except GraphError:
        if fresh:
            return none
        raise
    if fresh:
        return replace(none, home=found.home)
    if found.base != base:
        raise GraphError("this graph was built with another base; build it anew with --fresh", path=str(folder.path))
    if found.version != kept.VERSION:
        entries = tuple(replace(entry, sha256="") for entry in found.entries)
        return replace(found, entries=entries, version=kept.VERSION, told=None, meaning="")
    return found


def read_noted(generation: Path) -> Manifest:
    """Return what a generation was built from. Raises GraphError when that is damaged."""
    try:
        with suppress(msgspec.DecodeError, RecursionError):  # as for a file's name that is no Unicode
            return msgspec.json.decode(seal.noted(generation), type=Manifest)
        return msgspec.convert(seal.built(generation), Manifest)
    except (seal.Damaged, msgspec.ValidationError):
        raise _unreadable(generation / seal.NAME) from None


def _unreadable(path: Path) -> GraphError:
    return GraphError("damaged graph: its manifest cannot be read; build it anew with --fresh", path=str(path))


# A graph of version 0.1.0 had its manifest beside its pointer, and its facts as pickles, which nothing reads any more.


def _older(folder: Folder) -> Manifest:
    """What a graph was built from that version 0.1.0 made."""
    path = folder.path / "manifest.json"
    try:
        data = json.loads(disk.read(path))
        rows = [Entry(*row) for row in data["files"]]
        given = data | {"entries": [asdict(row) for row in rows], "version": str(data["rules"])}
        return msgspec.convert(given, Manifest)
    except (OSError, ValueError, TypeError, KeyError, msgspec.ValidationError):
        raise _unreadable(path) from None


def forget_older(folder: Folder) -> None:
    """Remove what a graph of version 0.1.0 has left beside the one that has replaced it: its manifest, and the facts that it names."""
    path = folder.path / "manifest.json"
    try:
        data = json.loads(disk.read(path))
        keys = [Entry(*row).key_of(data["rules"]) for row in data["files"]]
    except (OSError, ValueError, TypeError, KeyError):
        return
    for place in (*(folder.facts / key for key in keys), path):
        if disk.is_file(place):
            place.unlink()
