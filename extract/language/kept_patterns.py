"""Patterns that are kept compiled, beside the bytecode of this package, for the next process that loads the same rules.

The rules have a thousand patterns. `re` turns each into numbers, and then makes the pattern of these: the first takes all of them half a
second, the second a hundredth. Nothing of a document is among what is kept: only what a block of imports asks for.

`re` has no door for this, so its inner function is replaced while such a block runs: by one block at a time, and for its own thread, since
what other threads of the process compile meanwhile is none of ours. Where that function is not as it is known here, or what is kept is
missing or damaged, or another block runs, patterns are compiled as ever.
"""

from __future__ import annotations

import contextlib
import marshal
import re
import sys
import threading
from array import array
from collections.abc import Iterator
from typing import Any

from chidao.extract.language.beside_bytecode import keep, read_kept

_Parts = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""The flags of a pattern, its numbers, how many groups it has, their numbers by name, and their names by number."""
_Known = dict[tuple[str, int], _Parts]
"""By a pattern and the flags with which it is compiled."""
_RUNS = threading.Lock()
"""Held while a block runs; nobody waits for it, as the block may wait for what another thread imports."""


@contextlib.contextmanager
def kept_patterns(name: str) -> Iterator[None]:
    """Take the patterns that are compiled in this block, which imports rules, from those that are kept under a name, and keep them."""
    inner: Any = getattr(re, "_compiler", None)
    if sys.implementation.name != "cpython" or not hasattr(inner, "_code") or not _RUNS.acquire(blocking=False):
        yield
        return
    try:
        known, asked = _read(name), _Known()
        with _replaced(inner, known, asked):
            yield
        if asked.keys() - known.keys():
            keep(__file__, name, marshal.dumps(asked))
    finally:
        _RUNS.release()


@contextlib.contextmanager
def _replaced(inner: Any, known: _Known, asked: _Known) -> Iterator[None]:
    """Have what this thread compiles taken from what is known, and noted."""
    former = inner.compile
    asker: int | None = threading.get_ident()

    def compile_(pattern: Any, flags: int = 0) -> Any:
        if threading.get_ident() != asker or not isinstance(pattern, str) or flags & re.DEBUG:
            return former(pattern, flags)
        key = str(pattern), int(flags)
        parts = asked[key] = known.get(key) or _parts(inner, *key)
        return inner._sre.compile(pattern, parts[0], array("I", parts[1]).tolist(), *parts[2:])

    inner.compile = compile_
    try:
        yield
    finally:
        asker = None  # another thread may have taken hold of it, or replaced it in its turn
        if inner.compile is compile_:
            inner.compile = former


def _parts(inner: Any, pattern: str, flags: int) -> _Parts:
    """Compile a pattern, as `re` does."""
    parsed = inner._parser.parse(pattern, flags)
    numbers = array("I", inner._code(parsed, flags)).tobytes()
    names: list[str | None] = [None] * parsed.state.groups
    for name, number in parsed.state.groupdict.items():
        names[number] = name
    return flags | parsed.state.flags, numbers, parsed.state.groups - 1, parsed.state.groupdict, tuple(names)


def _read(name: str) -> _Known:
    data = read_kept(__file__, name)
    return _Known(marshal.loads(data)) if data else {}
