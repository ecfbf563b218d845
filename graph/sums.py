"""Checksums of a large file by its parts, so that what a change leaves as it was is compared, which is quicker, and not summed up again."""

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
    """Return the sums of a file that was made from a former one with these: where a part is the same, so is its sum, right or wrong. Raises
    OSError, and ChangedError where a part that is another one now was not as it was written."""
    found = []
    for part, was, known in zip_longest(_parts(path), _parts(former), sums):
        if was is not None and part != was and _sum(was) != known:
            raise ChangedError
        if part is not None:
            found.append(known if part == was and known else _sum(part))
    return found


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
