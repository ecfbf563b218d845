"""The files that people add by hand: under which name each is kept in the workspace, and what is there already.

A name is the user's own, with the folders of a folder that was dropped, as far as every system can hold it; it never leads out of the
workspace. What has the same content as a file that is here is not kept again. Of what has the name of another file both are kept, the
newer with a number, or the older one goes to `WORKSPACE/removed/` where the user says so; nothing is ever lost.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Literal

from chidao.extract.errors import ChidaoError
from chidao.graph import disk
from chidao.graph.workspace import Workspace

LONGEST = 180
"""Bytes of a name in UTF-8: Linux takes 255, and a number may be added."""
DEEPEST = 8
"""Folders one in the other, with the file."""
_ENDING = 12
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]')
"""What Windows takes in no name, what breaks lines, and what turns the direction of writing."""
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a file: `name` is where it lies below `files/`. It is "new"; has the "same" content as `other` and was not kept
    again; is kept beside `other`, which has its name ("both"); or has "replaced" what had its name."""

    name: str
    state: Literal["new", "same", "both", "replaced"]
    other: str = ""


def safe_path(given: str) -> PurePosixPath:
    """Return the path below a folder that stands for a user's name of a file: nothing of it leads out of the folder.

    >>> str(safe_path("../../Văn thư/KH 118.docx")), str(safe_path("C:\\\\tmp\\\\aux.txt")), str(safe_path("/"))
    ('Văn thư/KH 118.docx', 'tmp/_aux.txt', 'tep')
    """
    plain = unicodedata.normalize("NFC", given.encode("utf-8", "replace").decode())
    parts = [part for part in plain.replace("\\", "/").split("/") if not _DRIVE.fullmatch(part)]
    fit = [_fit(part) for part in parts]
    return PurePosixPath(*[part for part in fit if part][-DEEPEST:] or ["tep"])


def _fit(part: str) -> str:
    """A name as every system can hold it; "" where nothing is left of it."""
    name = _UNFIT.sub("_", part).strip().rstrip(". ")
    if not name.strip("."):
        return ""
    if _DEVICE.fullmatch(name):
        name = f"_{name}"
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > _ENDING:
        stem, dot, ending = name, "", ""
    return _cut(stem, LONGEST - len((dot + ending).encode())) + dot + ending


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode("utf-8", "ignore").rstrip(". ") or "tep"


class Added:
    """The files of a workspace, as they are now."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._sizes: dict[int, list[Path]] = defaultdict(list)
        for path in self.paths():
            self._sizes[path.stat().st_size].append(path)

    def paths(self) -> Iterator[Path]:
        """Yield every file that is here; what a link leads to is none."""
        for root, folders, names in os.walk(self._workspace.files):
            folders.sort()
            yield from (path for name in sorted(names) if disk.is_file(path := Path(root) / name))

    def name_of(self, path: Path) -> str:
        """Return how people are told of one of these files."""
        return path.relative_to(self._workspace.files).as_posix()

    def keep(self, name: str, source: Path, *, replace: bool = False) -> Kept:
        """Move `source`, which lies on the same disk, to where a file called `name` is kept. Raises OSError."""
        size, digest = source.stat().st_size, _digest(source)
        same = next((path for path in self._sizes[size] if disk.is_file(path) and _digest(path) == digest), None)
        if same:
            source.unlink()
            return Kept(self.name_of(same), "same", self.name_of(same))
        wanted = safe_path(name)
        folder = self._folder(wanted.parent)
        taken = _taken(folder)
        other = taken.get(_key(wanted.name))
        if other is None or (replace and disk.is_file(folder / other)):
            target = folder / (other or wanted.name)
        else:
            free = (f"{wanted.stem} ({number}){wanted.suffix}" for number in count(2))
            target = folder / next(name for name in free if _key(name) not in taken)
        if replaced := other is not None and target.name == other:
            self._set_aside(target)
        with target.open("xb"):  # the name is ours, and never a link's
            pass
        os.replace(source, target)
        self._sizes[size].append(target)
        state: Literal["new", "both", "replaced"] = "replaced" if replaced else "both" if other else "new"
        return Kept(self.name_of(target), state, self.name_of(folder / other) if other else "")

    def remove(self, name: str) -> None:
        """Take out a file, which then lies in `removed/`. Raises ChidaoError where there is none of this name, and OSError."""
        path = next((path for path in self.paths() if self.name_of(path) == name), None)
        if path is None:
            raise ChidaoError("no such file among those that were added", path=name)
        self._set_aside(path)

    def _folder(self, wanted: PurePosixPath) -> Path:
        """The folder of this path, made where it is missing: where one differs in upper and lower case only, that one."""
        folder = self._workspace.files
        for part in wanted.parts:
            taken = _taken(folder)
            found = taken.get(_key(part))
            if found is None or not disk.is_folder(folder / found):
                free = (part, *(f"{part} ({number})" for number in range(2, 100)))
                found = next(name for name in free if _key(name) not in taken)
            folder /= found
            folder.mkdir(exist_ok=True)
        return folder

    def _set_aside(self, path: Path) -> None:
        place = self._workspace.removed / path.relative_to(self._workspace.files)
        place.parent.mkdir(parents=True, exist_ok=True)
        free = (place, *(place.with_name(f"{place.stem} ({number}){place.suffix}") for number in range(2, 10_000)))
        os.replace(path, next(target for target in free if not os.path.lexists(target)))


def _taken(folder: Path) -> dict[str, str]:
    """The names in a folder, by what makes two of them the same on some systems."""
    return {_key(name): name for name in sorted(os.listdir(folder))}


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
