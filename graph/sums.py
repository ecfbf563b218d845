"""Checksums of a large file by its parts: they tell which parts of a file that was made from another one are others, without a look at that
one, and that all the rest was as it was written."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

PART = 1 << 16
"""Bytes of a part."""


class ChangedError(ValueError):
    """A file from which another one was made is not as it was written."""


def sums_of(path: Path) -> list[str]:
    """Return the SHA-256 of each part of a file. Raises OSError."""
    return [_sum(part) for part in _parts(path)]


def sums_from(path: Path, former: Path, sums: Sequence[str]) -> list[str]:
    """Return the sums of a file that was made from a former one with these. Raises OSError, and ChangedError where any part of that one was
    not as it was written: one that it has left as it was has another sum than it should, and one that is another now is looked at there."""
    found = sums_of(path)
    with former.open("rb") as stream:
        for number in others(found, sums):
            if number < len(sums):
                stream.seek(number * PART)
                if _sum(stream.read(PART)) != sums[number]:
                    raise ChangedError
    return found


def others(sums: Sequence[str], former: Sequence[str]) -> list[int]:
    """Return the numbers of the parts that are others, or are only in one of two files, by the sums of both."""
    return [number for number, (now, was) in enumerate(zip_longest(sums, former)) if now != was]


def agree(path: Path, sums: Sequence[str], most: int | None = None) -> bool:
    """Return whether a file has these sums; of a large one perhaps only some parts with so many bytes at `most` are looked at, other ones
    each time. Raises OSError."""
    if -(-path.stat().st_size // PART) != len(sums):
        return False
    many = len(sums) if most is None else min(len(sums), -(-most // PART))
    start = random.randrange(len(sums)) if many < len(sums) else 0
    looked_at = sorted((start + n) % len(sums) for n in range(many))
    with path.open("rb") as stream:
        for number in looked_at:
            stream.seek(number * PART)
            if _sum(stream.read(PART)) != sums[number]:
                return False
    return True


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while part := stream.read(PART):
            yield part


def _sum(part: bytes) -> str:
    return hashlib.sha256(part).hexdigest()
