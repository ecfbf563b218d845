"""The alphabetical order of Vietnamese: a ă â b c d đ e ê … u ư, and of one letter the tones ngang, huyền, hỏi, ngã, sắc, nặng."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_PLACE = {letter: i for i, letter in enumerate(_LETTERS)}


def vietnamese(text: str) -> tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]:
    """Return a sort key: syllable by syllable, the letters first and then the tones.

    >>> sorted(["Đà Nẵng", "Đắk Lắk", "Cà Mau", "Điện Biên", "An Giang", "Cần Thơ"], key=vietnamese)
    ['An Giang', 'Cà Mau', 'Cần Thơ', 'Đà Nẵng', 'Đắk Lắk', 'Điện Biên']
    """
    syllables = [_syllable(syllable) for syllable in unicodedata.normalize("NFC", text).lower().split()]
    return tuple(letters for letters, _ in syllables), tuple(tones for _, tones in syllables)


@lru_cache(maxsize=1 << 16)
def _syllable(syllable: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The letters and the tones of a syllable; there are few of them in many names."""
    own: list[int] = []
    tone: list[int] = []
    for char in syllable:
        letter, mark = _letter(char)
        own.append(letter)
        tone.append(mark)
    return tuple(own), tuple(tone)


@lru_cache(maxsize=1 << 12)
def _letter(char: str) -> tuple[int, int]:
    parts = unicodedata.normalize("NFD", char)
    marks = [c for c in parts if c in _TONES]
    plain = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    # a tone mark without its letter stands for itself
    place = _PLACE[plain] if plain in _PLACE else len(_PLACE) + ord((plain or char)[0])
    return place, _TONES.index(marks[0]) + 1 if marks else 0
