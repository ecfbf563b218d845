"""Patterns that are kept compiled, beside the bytecode of this package, for the next process that loads the same rules.

The rules have a thousand patterns. `re` turns each into numbers, and then makes the pattern of these: the first takes all of them half a
second, the second a hundredth. Like bytecode, the numbers go with one version of Python; they are written where bytecode is written, by who
may write there, and nowhere else. Nothing of a document is among them: only what a block of imports asks for is kept.

`re` has no door for this, so its inner function is replaced while such a block runs. Where that is not as it is known here, or what is kept
is missing or damaged, patterns are compiled as ever.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import re
import sys
from array import array
from collections.abc import Iterator
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

_Parts = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""The flags of a pattern, its numbers, how many groups it has, their numbers by name, and their names by number."""
_SUM = hashlib.sha256().digest_size
_Known = dict[tuple[str, int], _Parts]
"""By a pattern and the flags with which it is compiled."""


@contextlib.contextmanager
def kept_patterns(name: str) -> Iterator[None]:
    """Take the patterns that are compiled in this block, which imports rules, from those that are kept under a name, and keep them."""
    inner: Any = getattr(re, "_compiler", None)
    if sys.implementation.name != "cpython" or not hasattr(inner, "_code"):
        yield
        return
    place = _place(name)
    known, asked = _read(place), _Known()
    former = inner.compile

    def compile_(pattern: Any, flags: int = 0) -> Any:
        if not isinstance(pattern, str) or flags & re.DEBUG:
            return former(pattern, flags)
        key = str(pattern), int(flags)
        parts = asked[key] = known.get(key) or _parts(inner, *key)
        return inner._sre.compile(pattern, parts[0], array("I", parts[1]).tolist(), *parts[2:])

    inner.compile = compile_
    try:
        yield
    finally:
        inner.compile = former
    if asked.keys() - known.keys():
        _write(place, asked)


def _parts(inner: Any, pattern: str, flags: int) -> _Parts:
    """Compile a pattern, as `re` does."""
    parsed = inner._parser.parse(pattern, flags)
    numbers = array("I", inner._code(parsed, flags)).tobytes()
    names: list[str | None] = [None] * parsed.state.groups
    for name, number in parsed.state.groupdict.items():
        names[number] = name
    return flags | parsed.state.flags, numbers, parsed.state.groups - 1, parsed.state.groupdict, tuple(names)


def _sum(data: bytes) -> bytes:
    """A checksum of what is kept, by this version of Python."""
    return hashlib.sha256(sys.version.encode() + data).digest()


def _place(name: str) -> Path:
    return Path(cache_from_source(__file__)).with_suffix(f".{name}")


def _read(place: Path) -> _Known:
    with contextlib.suppress(OSError):
        data = place.read_bytes()
        if data.startswith(_sum(data[_SUM:])):
            return _Known(marshal.loads(data[_SUM:]))
    return {}


def _write(place: Path, known: _Known) -> None:
    """Keep these, if bytecode is written at all."""
    if sys.dont_write_bytecode:
        return
    temporary = place.with_name(f"{place.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        data = marshal.dumps(known)
        temporary.write_bytes(_sum(data) + data)
        os.replace(temporary, place)
    with contextlib.suppress(OSError):
        temporary.unlink(missing_ok=True)
