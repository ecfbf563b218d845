"""What a person has typed, understood: words, phrases in quotation marks, codes, numbers behind their word, days.

    nghi quyet 57 "chuyển đổi số"

Nothing but the marks around a phrase is syntax, and a mark without its other one is none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chidao.graph.index.words import accented_words, placed_words, words

LONGEST = 2000
"""Characters of a query that are read: nobody types more to search."""
MOST_WORDS = 16
_SLIP, _SLIPS = 4, 8
"""A word of so many letters may be one slip away, and two."""
_PHRASE = re.compile(r"[“\"«„]([^“”\"«»„]{1,300})[”\"»“]")
_JOINED = re.compile(r"\s?[-/–—.&]\s?")
_RUN = re.compile(r"[0-9]+|[^0-9]+")
_FILLERS = {"cua", "ve"}
_BEFORE_NUMBERS = {"so", "ngay", "thang", "nam"}
"""Words that a code or date is read with but that what is looked for need not hold."""
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """`given` are all words as they are compared, `typed` those outside of phrases, whose last one somebody may still be `typing`;
    `needed` says of each of these whether what is found holds it. `units` are words that stand together in a text, `loose` those that
    stand anywhere. `accented` are the words that were typed with their marks; `days` ISO dates."""

    given: Words
    typed: Words
    needed: tuple[bool, ...]
    phrases: tuple[Words, ...]
    units: tuple[Words, ...]
    loose: Words
    accented: Words
    days: tuple[str, ...]
    typing: bool

    @property
    def wanted(self) -> Words:
        """The words outside of phrases that what is found holds."""
        return tuple(word for word, need in zip(self.typed, self.needed, strict=True) if need)


def understand(text: str, known: Callable[[str], bool]) -> Asked | None:
    """Return what is asked for; None where there is no word. `known` tells whether any name has a word that is so or begins so."""
    text = unicodedata.normalize("NFC", text[:LONGEST])
    phrases = [tuple(found[:MOST_WORDS]) for match in _PHRASE.finditer(text) if (found := words(match[1]))][:4]
    rest = _PHRASE.sub(" \n ", text)
    placed = list(placed_words(rest))[:MOST_WORDS]
    runs: list[list[str]] = []
    """Words that were typed as one: "15-NQ/TW", "15nq"."""
    end = None
    for start, stop, word in placed:
        parts = _parts(word, known)
        joined = end is not None and (start == end or _JOINED.fullmatch(rest, end, start)) and runs[-1][0][:1].isdigit()
        if joined:
            runs[-1] += parts
        else:
            runs.append(list(parts))
        end = stop
    typed = [word for run in runs for word in run][:MOST_WORDS]
    if not (typed or phrases):
        return None
    needed = [not _filler(typed, i) for i in range(len(typed))]
    if not any(needed) and not phrases:
        needed = [True] * len(typed)
    units, loose = _together(runs)
    typing = bool(placed) and rest.rstrip()[-1:].isalnum() and not rest.endswith("\n ")
    accented = tuple(accented_words(text))[:MOST_WORDS]
    return Asked(
        tuple(words(text)), tuple(typed), tuple(needed), tuple(phrases), tuple(units), tuple(loose), accented,
        tuple(_days(typed)), typing,
    )  # fmt: skip


def slips(word: str) -> int:
    """Return how many letters of a word may be left out, added, changed or swapped.

    >>> slips("so"), slips("hnah"), slips("thuc"), slips("hienthuc"), slips("2025")
    (0, 1, 1, 2, 0)
    """
    if not (_SLIP <= len(word) <= 24 and word.isalpha() and word.isascii()):
        return 0
    return 1 if len(word) < _SLIPS else 2


def is_year(word: str) -> bool:
    """Return whether a word may be a year."""
    return len(word) == 4 and word.isdecimal() and word[:2] in ("19", "20")


def _parts(word: str, known: Callable[[str], bool]) -> list[str]:
    """The word, or "15" and "nq" for an unknown "15nq"."""
    if known(word):
        return [word]
    return [part.lstrip("0") or "0" if part.isdigit() else part for part in _RUN.findall(word)]


def _together(runs: Sequence[Sequence[str]]) -> tuple[list[Words], list[str]]:
    """The words that stand together in a text: a code, a date, a number behind the word before it; and the others."""
    units: list[Words] = []
    loose: list[str] = []
    flat = [word for run in runs for word in run]
    at = 0
    for run in runs:
        if len(run) > 1:
            units.append(tuple(run))
        elif run[0].isdigit() and not is_year(run[0]) and not _filler(flat, at):
            before = next((word for word in reversed(flat[:at]) if word not in _BEFORE_NUMBERS), None)
            units.append((before, run[0]) if before else (run[0],))
        elif not _filler(flat, at):
            loose.append(run[0])
        at += len(run)
    return units, loose or ([] if units else list(flat))


def _filler(typed: Sequence[str], i: int) -> bool:
    """Is this a word like "số" in "số 15", "của" or the day of a date, that names nothing?"""
    following = typed[i + 1] if i + 1 < len(typed) else ""
    if typed[i].isdigit() and i and typed[i - 1] in ("ngay", "thang"):
        return True
    for start in (i - 1, i):  # day and month of 16/6/2022
        day, month, year = (*typed[max(start, 0) : start + 3], "", "", "")[:3]
        if day.isdigit() and month.isdigit() and len(day) < 3 and len(month) < 3 and is_year(year):
            return True
    return typed[i] in _FILLERS or (typed[i] in _BEFORE_NUMBERS and following[:1].isdigit())


def _days(typed: Sequence[str]) -> list[str]:
    """The days of "16/6/2022" and "ngày 16 tháng 6 năm 2022", as ISO dates."""
    said = [word for word in typed if word not in _BEFORE_NUMBERS]
    return [
        f"{year}-{int(month):02}-{int(day):02}"
        for day, month, year in zip(said, said[1:], said[2:], strict=False)
        if day.isdecimal() and month.isdecimal() and len(day) < 3 and len(month) < 3 and is_year(year)
    ]
