"""The letters of Vietnamese: which there are, case that keeps offsets, where a word ends, and text reduced to plain letters."""

from __future__ import annotations

import re
import unicodedata

LETTER = "A-Za-zÀ-ỹĐđ"
"""A character class (without brackets) of every letter of Vietnamese."""
UPPER = "A-ZĐÀ-ÖØ-ÝĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
"""The same of the capital letters."""
LOWER = UPPER.lower()
"""The same of the small letters."""

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""What footnote marks are printed with."""

_CENTRE = re.compile(r"/\s*TƯ(?!\w)", re.IGNORECASE)
_DASHES = re.compile(r"[\u2010-\u2015\u2212\u00ad]")


def lower(text: str) -> str:
    """Return the text in lower case and of the same length, so that offsets stay ("İ" alone would grow)."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def is_word(text: str, start: int, end: int) -> bool:
    """Does text[start:end] stand alone, with no letter or digit glued to either side? A footnote mark is neither."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() and before not in SUPERSCRIPTS) and not (
        behind.isalnum() and behind not in SUPERSCRIPTS
    )


def plain(text: str) -> str:
    """Return the text in lower case without marks: "Đề án Số" -> "de an so"."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def slug(text: str) -> str:
    """Return a key of plain letters: "Thủ đô (sửa đổi)" -> "thu-do-sua-doi"."""
    return re.sub(r"[^a-z0-9]+", "-", plain(text)).strip("-")


def fold(text: str) -> str:
    """Return what two ways of typing one name have in common: plain letters, plain dashes, single blanks; TƯ (Trung ương) is TW,
    not TU.

    >>> fold("Nghị quyết  số 15–NQ/TW")
    'nghi quyet so 15-nq/tw'
    """
    text = _DASHES.sub("-", _CENTRE.sub("/TW", text)).replace("\u00a0", " ")
    return " ".join(plain(text).replace("ð", "d").split())
