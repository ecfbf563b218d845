"""Vietnamese from before Unicode: TCVN3 (ABC fonts) and VNI, which put Vietnamese letters on the codes of others.

Source of the codes: TCVN 5712:1993 as the ABC fonts have it, and the VNI-Windows layout; both are facts of those fonts.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

__all__ = ["from_tcvn3", "from_vni", "is_tcvn3", "is_vni"]

_TCVN3_CODES = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦"
_TCVN3_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_TCVN3 = str.maketrans(_TCVN3_CODES, _TCVN3_LETTERS)
_TCVN3_BYTES = _TCVN3_CODES.encode("latin-1")

# In VNI a vowel is followed by a letter that stands for its mark and tone; đ, ơ, ư and the tones of i have codes of their own.
_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323", "â": "\u0302", "á": "\u0302\u0301",
    "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323", "ê": "\u0306", "é": "\u0306\u0301",
    "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_VOWELS = "aeouyôö"


@cache
def _vni() -> tuple[re.Pattern[str], dict[str, str]]:
    letters: dict[str, str] = {}
    for vowel in _VNI_VOWELS:
        base = _VNI_ALONE.get(vowel, vowel)
        for sign, marks in _VNI_MARKS.items():
            made = unicodedata.normalize("NFC", base + marks)
            if len(made) == 1:
                for v, s, m in (
                    (vowel, sign, made),
                    (vowel.upper(), sign.upper(), made.upper()),
                    (vowel.upper(), sign, made.upper()),
                ):
                    letters[v + s] = m
    for sign, letter in _VNI_ALONE.items():
        letters[sign], letters[sign.upper()] = letter, letter.upper()
    longest_first = sorted(letters, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), letters


def is_tcvn3(data: bytes) -> bool:
    """Whether every byte beyond ASCII is a letter of TCVN3, and there are enough to tell."""
    high = data.translate(None, bytes(range(128)))
    return len(high) >= 4 and not high.translate(None, _TCVN3_BYTES)


def from_tcvn3(data: bytes) -> str:
    """Text of TCVN3 bytes.

    >>> from_tcvn3("Uû ban nh©n d©n thµnh phè".encode("latin-1"))
    'Uỷ ban nhân dân thành phố'
    """
    return data.decode("latin-1").translate(_TCVN3)


def is_vni(data: bytes) -> bool:
    """Whether the bytes read as VNI: nearly everything beyond ASCII is a vowel's mark behind its vowel, or đ, ơ, ư."""
    text = data.decode("cp1252", "replace")
    pattern, _ = _vni()
    found = pattern.findall(text)
    pairs = sum(len(f) == 2 for f in found)
    high = sum(c > "~" for c in text)
    covered = sum(sum(c > "~" for c in f) for f in found)
    return pairs >= 3 and covered >= 0.97 * high and pairs >= 0.3 * len(found)


def from_vni(data: bytes) -> str:
    """Text of VNI bytes.

    >>> from_vni("Uûy ban nhaân daân tænh".encode("cp1252"))
    'Ủy ban nhân dân tỉnh'
    """
    pattern, letters = _vni()
    return pattern.sub(lambda m: letters[m.group()], data.decode("cp1252", "replace"))
