"""The words of an index, for people who type half a word or lose a blank. A slip of the hand is the index's own business."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

_RUN = re.compile(r"[0-9]+|[^0-9]+")
SLIP, SLIPS = 4, 8
"""A word of so many letters may be one slip away, and two."""


def slips(word: str) -> int:
    """Return how many letters of a word may be left out, added, changed or swapped.

    >>> slips("so"), slips("hnah"), slips("thuc"), slips("hienthuc"), slips("2025")
    (0, 1, 1, 2, 0)
    """
    if not (SLIP <= len(word) <= 24 and word.isalpha() and word.isascii()):
        return 0
    return 1 if len(word) < SLIPS else 2


class Vocabulary:
    """The words of an index. Filled once, then only read."""

    def __init__(self) -> None:
        self.words: set[str] = set()
        self.pairs: dict[str, tuple[str, str]] = {}
        """From two words that stand side by side somewhere, written as one, to the two."""
        self._in_order: list[str] = []

    def add(self, found: list[str]) -> None:
        """Take in the words of a text."""
        self.words.update(found)
        for pair in pairwise(found):
            if not pair[0].isdigit() and not pair[1].isdigit():
                self.pairs.setdefault("".join(pair), pair)

    def close(self) -> None:
        """Take in no more texts."""
        self._in_order = sorted(self.words)

    def parts(self, word: str) -> list[str]:
        """Return the word, or "15" and "nq" for an unknown "15nq"."""
        if word in self.words or (len(word) >= SLIP and self.longer(word)):
            return [word]
        return [part.lstrip("0") or "0" if part.isdigit() else part for part in _RUN.findall(word)]

    def longer(self, word: str) -> list[str]:
        """Known words that begin so and go on."""
        known = self._in_order
        first = bisect_right(known, word)
        return known[first : bisect_right(known, word + chr(0x10FFFF))]
