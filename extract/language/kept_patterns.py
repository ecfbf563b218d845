"""Patterns that are kept compiled, beside the bytecode of this package, for the next process that loads the same rules.

The rules have a thousand patterns. `re` turns each into numbers, and then makes the pattern of these: the first takes all of them half a
second, the second a hundredth. Nothing of a document is among what is kept: only what a block of imports asks for.

`re` has no door for this, so its inner function is replaced while such a block runs. Where that is not as it is known here, or what is kept
is missing or damaged, patterns are compiled as ever.
"""

from __future__ import annotations

import contextlib
import marshal
import re
import sys
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chidao.extract.language.beside_bytecode import keep, place_beside, read_kept

_Parts = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""The flags of a pattern, its numbers, how many groups it has, their numbers by name, and their names by number."""
_Known = dict[tuple[str, int], _Parts]
"""By a pattern and the flags with which it is compiled."""


@contextlib.contextmanager
def kept_patterns(name: str) -> Iterator[None]:
    """Take the patterns that are compiled in this block, which imports rules, from those that are kept under a name, and keep them."""
    inner: Any = getattr(re, "_compiler", None)
    if sys.implementation.name != "cpython" or not hasattr(inner, "_code"):
        yield
        return
    place = place_beside(__file__, name)
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
        keep(place, marshal.dumps(asked))


def _parts(inner: Any, pattern: str, flags: int) -> _Parts:
    """Compile a pattern, as `re` does."""
    parsed = inner._parser.parse(pattern, flags)
    numbers = array("I", inner._code(parsed, flags)).tobytes()
    names: list[str | None] = [None] * parsed.state.groups
    for name, number in parsed.state.groupdict.items():
        names[number] = name
    return flags | parsed.state.flags, numbers, parsed.state.groups - 1, parsed.state.groupdict, tuple(names)


def _read(place: Path) -> _Known:
    data = read_kept(place)
    return _Known(marshal.loads(data)) if data else {}
