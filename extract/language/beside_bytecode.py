"""What is kept beside the bytecode of this package for the next process: like that it goes with one version of Python, and it is written
where bytecode is written, by who may write there, and nowhere else. What is missing or damaged is made anew."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from functools import partial
from importlib.util import cache_from_source
from pathlib import Path

_SUM = hashlib.sha256().digest_size


def place_beside(module: str, name: str) -> Path:
    """Return where what a module, named by its file, keeps under a name lies."""
    return Path(cache_from_source(module)).with_suffix(f".{name}")


def read_kept(module: str, name: str, about: str = "") -> bytes | None:
    """Return what a module kept under a name by this version of Python, `about` the same; None where nothing whole was."""
    with contextlib.suppress(OSError):
        data = place_beside(module, name).read_bytes()
        if data.startswith(_sum(data[_SUM:], about)):
            return data[_SUM:]
    return None


def keep(module: str, name: str, data: bytes, about: str = "") -> None:
    """Keep this for a module under a name, if bytecode is written at all. As with bytecode, others may read it who may read the module's
    source, and nobody but its owner may write it.

    It is written beside its place, always under the same name, so that a process which is killed leaves one file that the next removes.
    Two that write at once may put half a file in its place: its checksum tells.
    """
    if sys.dont_write_bytecode:
        return
    place = place_beside(module, name)
    temporary = place.with_name(f"{place.name}.new")
    with contextlib.suppress(OSError):
        mode = (os.stat(module).st_mode | 0o200) & 0o644
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        with open(temporary, "xb", opener=partial(os.open, mode=mode)) as file:  # x: no link is followed
            file.write(_sum(data, about) + data)
        os.replace(temporary, place)
    with contextlib.suppress(OSError):
        temporary.unlink(missing_ok=True)


def _sum(data: bytes, about: str) -> bytes:
    """A checksum of what is kept, by this version of Python."""
    return hashlib.sha256(sys.version.encode() + about.encode() + data).digest()
