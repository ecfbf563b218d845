"""Checksums of a large file by its parts: they tell which parts of a file that was made from another one are others, without a look at that
one, and of a file in which some parts are others now only those need be summed up again."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import count, zip_longest
from pathlib import Path

PART = 1 << 16
"""Bytes of a part."""


def sums_of(path: Path, numbers: Collection[int] | None = None) -> list[str]:
    """Return the SHA-256 of each part of a file, or of those with these numbers that it has. Raises OSError."""
    return [_sum(part) for part in _parts(path, numbers)]


def copy(path: Path, to: Path) -> None:
    """Copy a file to where there is none. Raises OSError.

    The system copies it, as it knows to do: what is written from here it puts into larger pieces of memory, which cost a virtual machine
    up to four times as much where it had none of them yet."""
    to.touch(exist_ok=False)
    shutil.copyfile(path, to)


def sums_again(path: Path, sums: Sequence[str], written: Collection[int]) -> list[str]:
    """Return the sums of a file that had these before some of its parts were `written`, and perhaps others behind its end. Raises
    OSError."""
    many = -(-path.stat().st_size // PART)
    found = list(sums[:many])
    with path.open("rb") as stream:
        for number in sorted({*written, many - 1, *range(len(sums) - 1, many)}):  # the last one may have another end
            if 0 <= number < many:
                stream.seek(number * PART)
                found[number : number + 1] = [_sum(stream.read(PART))]
    return found


def total(sums: Iterable[str]) -> str:
    """Return the sum of all the sums of a file, which tells it from every other."""
    return _sum("".join(sums).encode())


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


def _parts(path: Path, numbers: Collection[int] | None = None) -> Iterator[bytes]:
    with path.open("rb") as stream:
        for number in count() if numbers is None else sorted(numbers):
            stream.seek(number * PART)
            if not (part := stream.read(PART)):
                return
            yield part


def _sum(part: bytes) -> str:
    return hashlib.sha256(part).hexdigest()
