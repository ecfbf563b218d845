"""The words of an index, for people whose hands slip."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from string import ascii_lowercase

_MOST_NEAR = 24
_RUN = re.compile(r"[0-9]+|[^0-9]+")
_SLIP, _SLIPS = 4, 8
"""A word of so many letters may be one slip away, and two."""


class Vocabulary:
    """The words of an index, to know a slip of the hand and a lost blank. Filled once, then only read."""

    def __init__(self) -> None:
        self.words: set[str] = set()
        self.pairs: dict[str, tuple[str, str]] = {}
        """From two words that stand side by side somewhere, written as one, to the two."""
        self._begun: set[str] = set()
        self._in_order: list[str] = []
        self._long: dict[int, list[str]] = {}

    def add(self, found: list[str]) -> None:
        """Take in the words of a text."""
        for word in found:
            if word not in self.words:
                self.words.add(word)
                if not word.isdigit():
                    self._begun.update(word[:n] for n in range(_SLIP, len(word)))
                if len(word) >= _SLIPS - 2 and word.isalpha():
                    self._long.setdefault(len(word), []).append(word)
        for pair in pairwise(found):
            if not pair[0].isdigit() and not pair[1].isdigit():
                self.pairs.setdefault("".join(pair), pair)

    def parts(self, word: str) -> list[str]:
        """The word, or "15" and "nq" for an unknown "15nq"."""
        if word in self.words or word in self._begun:
            return [word]
        return [part.lstrip("0") or "0" if part.isdigit() else part for part in _RUN.findall(word)]

    def longer(self, word: str) -> list[str]:
        """Known words that begin so and go on."""
        known = self._in_order
        first = bisect_right(known, word)
        return known[first : bisect_right(known, word + chr(0x10FFFF))]

    def close(self) -> None:
        """All texts are taken in."""
        self._in_order = sorted(self.words)

    def near(self, word: str, *, prefix: bool) -> list[str]:
        """Known words that are one letter left out, added, changed or swapped away; two for a long word. With `prefix` also
        those that begin so."""
        if not (_SLIP <= len(word) <= 24 and word.isalpha() and word.isascii()):
            return []
        ways = _one_away(word)
        found = {way for way in ways if way in self.words and not way.isdigit()}
        if prefix:
            begun = tuple(way for way in ways if way in self._begun)
            if begun:
                found.update(known for start in begun for known in self.longer(start))
        if len(word) >= _SLIPS:
            letters = set(word)
            for length in range(len(word) - 2, len(word) + 3):
                for known in self._long.get(length, ()):
                    if len(letters.symmetric_difference(known)) <= 4 and _distance(word, known) <= 2:
                        found.add(known)
        return sorted(found - {word})[:_MOST_NEAR]


def _one_away(word: str) -> set[str]:
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    return {
        *(a + b[1:] for a, b in cuts if b),
        *(a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1),
        *(a + c + b[1:] for a, b in cuts if b for c in ascii_lowercase),
        *(a + c + b for a, b in cuts for c in ascii_lowercase),
    }


def _distance(one: str, other: str) -> int:
    """Letters left out, added, changed or swapped between two words."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                least = min(least, last[j - 2] + 1)
            row.append(least)
    return row[-1]
