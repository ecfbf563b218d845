"""The words of a text as a search compares them, and what abbreviations stand for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from chidao.extract.language.letters import SUPERSCRIPTS, early_tones, lower, plain
from chidao.ontology.authority import BodyEntry, BodyTemplate, bodies, body_templates, document_types

_WORD = re.compile(r"[^\W_]+")
_CENTRE = re.compile(r"(?<!THÔNG )(?<!ĐẦU )\bTƯ\b(?! PHÁP)")
_BLANKS = str.maketrans(dict.fromkeys(SUPERSCRIPTS, " ") | {"ð": "đ"})
"""A footnote mark is no part of the word before it."""
_WIDEST = 64
"""Letters of a word that are compared."""
_PLACE = re.compile(r"(?: \{\w+\})+$")
_SHORT = re.compile(r"([A-ZĐ]{2,})((?: \{\w+\})*)")
_SYLLABLE = re.compile(r"[bcdghklmnpqrstvx]{0,3}[aeiouy]+(?:c|ch|m|n|ng|nh|p|t)?")


def placed_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each word of a text in NFC with its place, as it is compared: plain letters and digits, numbers without leading zeros.

    >>> list(placed_words("Số 08-QĐ/TƯ²"))
    [(0, 2, 'so'), (3, 5, '8'), (6, 8, 'qd'), (9, 11, 'tw')]
    """
    for match in _WORD.finditer(_CENTRE.sub("TW", text).translate(_BLANKS)):
        for word in _WORD.findall(plain(match.group())):  # "½" and its like fall apart
            yield match.start(), match.end(), (word.lstrip("0") or "0" if word.isdecimal() else word)[:_WIDEST]


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared.

    >>> words("Quy định số 08-QĐ/TU, Ủy ban")
    ['quy', 'dinh', 'so', '8', 'qd', 'tu', 'uy', 'ban']
    """
    return [word for _, _, word in placed_words(unicodedata.normalize("NFC", text))]


def accented_words(text: str) -> list[str]:
    """Return the words of a text that carry marks, in lower case with their marks, wherever in a syllable its tone is written.

    >>> accented_words("Uỷ ban Hà Nội")
    ['ủy', 'hà', 'nội']
    """
    found = _WORD.findall(early_tones(lower(unicodedata.normalize("NFC", text))))
    return [word[:_WIDEST] for word in found if not word.isascii()]


def bare(text: str | None) -> str:
    """Return the words of a text as one.

    >>> bare("15-NQ/TW")
    '15nqtw'
    """
    return "".join(words(text or ""))


@cache
def spelled_out() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return what abbreviations stand for, as words: "nq" is "nghi quyet", "ubnd" is "uy ban nhan dan"."""
    found: dict[str, set[tuple[str, ...]]] = {
        "tw": {("trung", "uong")},
        "tp": {("thanh", "pho")},
        "btv": {("ban", "thuong", "vu")},
        "ttg": {("thu", "tuong")},
    }

    def note(short: str, name: str) -> None:
        # "Ban DVTW" is several words, and "ba" is one of its own: neither is typed for what it abbreviates
        if " " in short or len(key := bare(short)) < 2 or _SYLLABLE.fullmatch(key):
            return
        if full := tuple(words(re.sub(r"\{\w+\}", "", name))):
            found.setdefault(key, set()).add(full)

    for type_ in document_types():
        for symbol in type_.symbols[:1]:
            note(symbol, type_.name)
    every: list[BodyEntry | BodyTemplate] = [*bodies(), *body_templates()]
    for body in every:
        for short in body.abbreviations:
            note(short, body.name)
        for label in body.labels:  # "UBND {unit} {name}" beside "Ủy ban nhân dân {unit} {name}"
            if (match := _SHORT.fullmatch(label)) and match[2] == "".join(_PLACE.findall(body.name)):
                note(match[1], body.name)
    return {key: tuple(sorted(full)) for key, full in found.items()}


def in_full(text: str | None) -> list[str]:
    """Return the words for which abbreviations in a text stand; what is printed in capitals has none.

    >>> in_full("Kế hoạch của UBND xã"), in_full("UBND XÃ")
    (['uy', 'ban', 'nhan', 'dan'], [])
    """
    if not text or (text.isupper() and " " in text):
        return []
    short = (word for word in _WORD.findall(text) if sum(map(str.isupper, word)) > 1)
    return [part for word in short for full in spelled_out().get(bare(word), ()) for part in full]
