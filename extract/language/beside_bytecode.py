"""What is kept beside the bytecode of this package for the next process: like that it goes with one version of Python, and it is written
where bytecode is written, by who may write there, and nowhere else. What is missing or damaged is made anew."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from importlib.util import cache_from_source
from pathlib import Path

_SUM = hashlib.sha256().digest_size


def place_beside(module: str, name: str) -> Path:
    """Return where what a module, named by its file, keeps under a name lies."""
    return Path(cache_from_source(module)).with_suffix(f".{name}")


def read_kept(place: Path, about: str = "") -> bytes | None:
    """Return what was kept at a place by this version of Python, `about` the same; None where nothing whole was."""
    with contextlib.suppress(OSError):
        data = place.read_bytes()
        if data.startswith(_sum(data[_SUM:], about)):
            return data[_SUM:]
    return None


def keep(place: Path, data: bytes, about: str = "") -> None:
    """Keep this, if bytecode is written at all."""
    if sys.dont_write_bytecode:
        return
    temporary = place.with_name(f"{place.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(_sum(data, about) + data)
        os.replace(temporary, place)
    with contextlib.suppress(OSError):
        temporary.unlink(missing_ok=True)


def _sum(data: bytes, about: str) -> bytes:
    """A checksum of what is kept, by this version of Python."""
    return hashlib.sha256(sys.version.encode() + about.encode() + data).digest()
