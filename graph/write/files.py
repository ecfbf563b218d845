"""Which files a build reads: those that are named, and those in the folders and archives that are."""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from chidao.extract.errors import SourceError
from chidao.extract.formats.archive import expand, is_packed, split_member
from chidao.graph.store import Folder
from chidao.graph.workspace import Workspace

NO_DOCUMENTS = frozenset(
    [
        ".bat", ".bib", ".c", ".cfg", ".conf", ".cpp", ".css", ".diff", ".env", ".go", ".h", ".ini", ".ipynb", ".java", ".js", ".jsonld",
        ".lock", ".log", ".map", ".mjs", ".nq", ".nt", ".patch", ".pl", ".po", ".properties", ".ps1", ".py", ".r", ".rb", ".rq",
        ".rs", ".sh", ".sparql", ".sql", ".srt", ".svg", ".tex", ".toml", ".trig", ".ts", ".ttl", ".xml", ".xsd", ".xsl", ".yaml",
        ".yml",
    ]
)  # fmt: skip
"""How the name of a text ends that is no document. Lying in a folder it is left out; it is read when it is named itself."""
_LEFTOVERS = re.compile(r"~\$.*|~.*\.tmp|thumbs\.db|desktop\.ini|ehthumbs\.db", re.IGNORECASE)
"""What Word, Excel and Windows put into a folder beside documents: the lock of an open file ("~$x.docx"), a copy while one types
("~WRL0001.tmp"), pictures of pages and how the folder looks."""
TABLES = frozenset([".csv", ".tsv", ".json", ".jsonl", ".xlsx"])
"""How a table's name ends. One that is no register is left out of a folder; named itself, it is a failure."""

JUST_NOW = 3_000_000_000
"""Nanoseconds: the times of files are as coarse as two seconds on some systems."""


def find_files(
    paths: Iterable[str | Path],
    members_of: Callable[[str], list[str]] = expand,
    is_packed: Callable[[str], bool] = is_packed,
) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the files below `paths` in a fixed order, those in archives as "archive.zip!member", and the paths that are missing or
    cannot be listed, with the reason. `is_packed` tells what may be an archive, and `members_of` looks into one. (As text: a `Path` of
    each takes as long as all the rest.)"""
    found: dict[str, None] = {}
    missing: list[tuple[str, str]] = []

    def give_up(error: OSError) -> None:
        missing.append((str(error.filename), f"cannot be listed: {error.strerror or error}"))

    for given in map(Path, paths):
        if given.is_dir():
            inside = _names_below(given, give_up)
        elif given.exists() or split_member(str(given)):
            inside = iter((str(given),))
        else:
            missing.append((str(given), "no such file"))
            continue
        for path in inside:
            try:
                for one in _members(members_of(path)) if is_packed(path) else (path,):
                    found.setdefault(one)
            except SourceError as error:
                missing.append((path, error.message))
    return list(found), missing


def below(folder: Path, give_up: Callable[[OSError], None] | None = None) -> Iterator[Path]:
    """Yield the files in a folder and those in it. Hidden ones are none, nor are a graph's; of a workspace there are those that were
    added to it."""
    return map(Path, _names_below(folder, give_up))


def _names_below(folder: Path, give_up: Callable[[OSError], None] | None = None) -> Iterator[str]:
    for root, folders, names in os.walk(folder, onerror=give_up):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        place = Folder(root)
        if place.marker.is_file() or (place.pointer.is_file() and place.generations.is_dir()):
            folders[:] = []  # a graph folder is no source
            continue
        if Workspace(root).marker.is_file():
            folders[:] = [Workspace(root).files.name]
            continue
        begin = (
            "" if str(place.path) == "." else os.path.join(place.path, "")
        )  # "a.txt", as a `Path` says it, not "./a.txt"
        yield from (begin + name for name in sorted(names) if not is_leftover(name))


def state_of(path: str | Path, now: int | None = None) -> str:
    """Return what tells one state of a file from every other: its size, inode and times, of which nobody can set back that of the last
    change. "" where the system has no such time, or it is so short ago, by a clock that says `now`, that the next change may get the
    same."""
    if os.name == "nt":
        return ""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return ""
    ago = (now or time.time_ns()) - max(found.st_mtime_ns, found.st_ctime_ns)
    if ago < JUST_NOW or not stat.S_ISREG(found.st_mode):
        return ""
    return f"{found.st_size:x} {found.st_ino:x} {found.st_mtime_ns:x} {found.st_ctime_ns:x}"


def _members(names: Iterable[str]) -> Iterator[str]:
    return (str(Path(name)) for name in names if not _LEFTOVERS.fullmatch(name.replace("!", "/").rpartition("/")[2]))


def is_leftover(name: str) -> bool:
    """Return whether what is called so lies beside documents and is none: hidden, or left by Word or the system."""
    return name.startswith(".") or _LEFTOVERS.fullmatch(name) is not None


def is_there(path: str) -> bool:
    """Return whether a file, or an archive with such a file in its name, is there."""
    return os.path.exists(path) or split_member(path) is not None


def covering(given: Iterable[str | Path]) -> Callable[[str], bool]:
    """Return what tells of an absolute path whether it is one of these or lies below one, however these are spelled.

    >>> covers = covering(["/srv/a/../b"])
    >>> covers("/srv/b"), covers("/srv/b/1.txt"), covers("/srv/bc")
    (True, True, False)
    """
    folders = {os.path.abspath(path) for path in given}
    begins = tuple(os.path.join(folder, "") for folder in folders)
    return lambda path: path in folders or path.startswith(begins)
