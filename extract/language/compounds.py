"""Compounds: half of one is a word that rules look for and means another thing there ("trình" of "công trình", "giao" of "giao thông")."""

from __future__ import annotations

import re
from functools import cache

from chidao.extract.language.composing import one_of, spaced
from chidao.extract.language.tables import words


def by_itself(word: str) -> str:
    """Return a pattern of a word that is no part of a compound of the table.

    >>> [bool(re.search(by_itself("trình"), text)) for text in ("trình Chính phủ", "Công trình", "trình độ")]
    [True, False, False]
    """
    before = [row.removesuffix(f" {word}") for row in words("compound") if row.endswith(f" {word}")]
    behind = [row.removeprefix(f"{word} ") for row in words("compound") if row.startswith(f"{word} ")]
    not_behind = "".join(rf"(?<![{row[0]}{row[0].upper()}]{row[1:]}\s)".replace(" ", r"\s") for row in before)
    return not_behind + spaced(word) + (rf"(?!\s+{one_of(behind)}(?!\w))" if behind else "")


def within_compound(text: str, start: int, end: int) -> bool:
    """Is text[start:end] half of a compound? Compounds are read from the left: "nhân dân lập" holds "nhân dân", and no "dân lập".

    >>> within_compound("Cục Hậu cần rà soát", 8, 11), within_compound("Cục Thuế cần rà soát", 9, 12)
    (True, False)
    """
    if " ".join(text[start:end].split()) not in _halves():
        return False
    begin, stop = max(0, start - _longest()), min(len(text), end + _longest())
    around = (match.span() for match in _compounds().finditer(text, begin, stop))
    return any(first <= start and end <= last and last - first > end - start for first, last in around)


def ends_compound(text: str, start: int, end: int) -> bool:
    """Is text[start:end] the second half of a compound, in whatever letters: "ĐOÀN" of "CÔNG ĐOÀN"?

    >>> ends_compound("CÔNG ĐOÀN XÃ", 5, 9), ends_compound("BÍ THƯ ĐOÀN XÃ", 7, 11)
    (True, False)
    """
    before = _before().get(text[start:end].lower())
    return before is not None and f" {' '.join(text[max(0, start - _longest()) : start].lower().split())}".endswith(
        before
    )


def may_end_compound(word: str) -> bool:
    """Return whether any compound ends in the word, which is given in lower case."""
    return word in _before()


@cache
def _before() -> dict[str, tuple[str, ...]]:
    """What stands before the last word of a compound, with a blank before it, by that word."""
    found: dict[str, tuple[str, ...]] = {}
    for row in words("compound"):
        first, _, last = row.rpartition(" ")
        found[last] = (*found.get(last, ()), f" {first}")
    return found


@cache
def _compounds() -> re.Pattern[str]:
    return re.compile(one_of((way for row in words("compound") for way in (row, row[0].upper() + row[1:])), whole=True))


@cache
def _halves() -> frozenset[str]:
    """What compounds consist of, so that most words need not be tried."""
    split = [row.split() for row in words("compound")]
    return frozenset(" ".join(row[i:j]) for row in split for i in range(len(row)) for j in range(i + 1, len(row) + 1))


@cache
def _longest() -> int:
    return max(map(len, words("compound")))
