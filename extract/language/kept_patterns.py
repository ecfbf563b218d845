"""Patterns that are kept compiled, beside the bytecode of this package, for the next process that loads the same rules.

The rules have a thousand patterns. `re` turns each into numbers, and then makes the pattern of these: the first takes all of them half a
second, the second a hundredth. Nothing of a document is among what is kept: only what a block of imports asks for. With them are kept the
groups of which they are composed and the tables that are parsed (`ontology.kept`), and the methods of dataclasses (`kept_methods`).

`re` has no door for this, so its inner function is replaced while such a block runs: by one block at a time, and for its own thread, since
what other threads of the process compile meanwhile is none of ours. Where that function is not as it is known here, or what is kept is
missing or damaged, or another block runs, patterns are compiled as ever.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import marshal
import re
import sys
import threading
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from chidao.extract.language import composing, letters
from chidao.extract.language.beside_bytecode import keep, read_kept
from chidao.extract.language.kept_methods import Methods, looked_up
from chidao.ontology import vocabulary
from chidao.ontology.kept import KEPT, Made

_Parts = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""The flags of a pattern, its numbers, how many groups it has, their numbers by name, and their names by number."""
_Known = dict[tuple[str, int], _Parts]
"""By a pattern and the flags with which it is compiled."""


class _Kept(NamedTuple):
    """What is known, or asked for."""

    patterns: _Known
    made: Made
    methods: Methods

    def names(self) -> set[Any]:
        """Return by what all of it is looked up: no two parts have the same."""
        return {*self.patterns, *self.made, *self.methods}


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
        made_by = _made_by()
        known, asked = _read(name, made_by), _Kept({}, {}, {})
        with _replaced(inner, known.patterns, asked.patterns), looked_up(known.methods, asked.methods), _uncollected():
            token = KEPT.set((known.made, asked.made))
            try:
                yield
            finally:
                KEPT.reset(token)
        if asked.names() - known.names():
            keep(__file__, name, marshal.dumps(tuple(asked)), made_by)
    finally:
        _RUNS.release()


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no cycles of objects: what is imported stays, and to look at all of it again and again takes a tenth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


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


def _read(name: str, made_by: str) -> _Kept:
    data = read_kept(__file__, name, made_by)
    return _Kept(*(marshal.loads(data) if data else ({}, {}, {})))


def _made_by() -> str:
    """A checksum of how groups are composed and tables are parsed."""
    sources = (Path(module.__file__ or "").read_bytes() for module in (composing, letters, vocabulary))
    return hashlib.sha256(b"".join(sources)).hexdigest()
