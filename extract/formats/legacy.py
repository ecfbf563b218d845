"""Vietnamese from before Unicode: TCVN3 (ABC fonts) and VNI, which put Vietnamese letters on the codes of others.

Source of the codes: TCVN 5712:1993 as the ABC fonts have it, and the VNI-Windows layout; both are facts of those fonts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

__all__ = ["OldFonts", "font_code", "from_tcvn3", "from_vni", "is_tcvn3", "is_vni", "restored"]

_TCVN3_CODES = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦"
_TCVN3_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_TCVN3 = str.maketrans(_TCVN3_CODES, _TCVN3_LETTERS)
_TCVN3_BYTES = _TCVN3_CODES.encode("latin-1")
_WINDOWS_MARKS = bytes([0x85, *range(0x91, 0x98), 0xA0])
_SIGNS = frozenset(c for c in _TCVN3_CODES if not c.isalpha() or c in "ªµº")
"""Codes that are no letters of Latin-1: a word that holds one is written in TCVN3."""
_ABC_FONT = re.compile(r"\.vn\w", re.IGNORECASE)
_PRIVATE = {0xF000 + code: code for code in range(0xA0, 0x100)}
"""Where programs put the codes of fonts that they take for fonts of signs."""

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
    """Return whether every byte beyond ASCII is a letter of TCVN3, or a quotation mark or dash of Windows, and there are enough to tell."""
    letters = data.translate(None, bytes(range(128)) + _WINDOWS_MARKS)
    return len(letters) >= 4 and not letters.translate(None, _TCVN3_BYTES)


def from_tcvn3(data: bytes) -> str:
    """Text of TCVN3 bytes.

    >>> from_tcvn3("Uû ban nh©n d©n thµnh phè".encode("latin-1"))
    'Uỷ ban nhân dân thành phố'
    """
    return "\n".join(map(_shown, data.decode("cp1252").split("\n")))


def is_vni(data: bytes) -> bool:
    """Return whether the bytes read as VNI: nearly everything beyond ASCII is a vowel's mark behind its vowel, or đ, ơ, ư."""
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


def font_code(font: str) -> str | None:
    """Return the encoding that a font's name stands for: "tcvn3" for the ABC fonts, "TCVN3" for those whose small letters are capitals,
    "vni"; None for any other.

    >>> [font_code(name) for name in (".VnTime", ".VnTimeH", "VNI-Times", "Times New Roman")]
    ['tcvn3', 'TCVN3', 'vni', None]
    """
    if font.lower().startswith(("vni-", "vni ")):
        return "vni"
    if _ABC_FONT.match(font):
        return "TCVN3" if font[-1] in "Hh" else "tcvn3"
    return None


def _is_unicode(text: str) -> bool:
    """Return whether a text holds a letter that TCVN3 has no use for: whoever wrote it typed Unicode, whatever the font."""
    return any(c > "~" and c.isalpha() and c not in _TCVN3_CODES for c in text)


class OldFonts:
    """Reads text by its font. A font's name may be wrong, since text in Unicode keeps it where another font is shown instead: such a
    piece is seen by its letters, and one that does not tell is read as most of the pieces are that do."""

    def __init__(self) -> None:
        self._votes: Counter[str] = Counter()
        self._read: Counter[str] = Counter()

    def look(self, text: str, font: str) -> None:
        """Count what a piece of the document tells. To be called with all of them before any is read."""
        code = font_code(font)
        if code and _is_unicode(text.translate(_PRIVATE)):
            self._votes["unicode"] += 1
        elif code and not _SIGNS.isdisjoint(text.translate(_PRIVATE)):
            self._votes["tcvn3"] += 1

    def read(self, text: str, font: str) -> str:
        """Return the text as the font shows it.

        >>> OldFonts().read("S¾c lÖnh", ".VnTimeH"), OldFonts().read("Sắc lệnh", ".VnTimeH"), OldFonts().read("leänh", "VNI-Times")
        ('SẮC LỆNH', 'Sắc lệnh', 'lệnh')
        """
        code = font_code(font)
        if not code or not text:
            return text
        plain = text.translate(_PRIVATE)
        if code == "vni":
            pattern, letters = _vni()
            made = (
                plain
                if any("\u0100" <= c < "\u2000" for c in plain)
                else pattern.sub(lambda m: letters[m.group()], plain)
            )
        elif _is_unicode(plain) or (_SIGNS.isdisjoint(plain) and self._votes["unicode"] > self._votes["tcvn3"]):
            return text
        else:
            made = plain.translate(_TCVN3)
        self._read[font] += made != text
        return made.upper() if code == "TCVN3" else made

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of the text should know."""
        fonts = sorted(font for font, count in self._read.items() if count)
        return (f"not Unicode: read by the encoding of its fonts {', '.join(fonts)}",) if fonts else ()


_OLD_WORD = re.compile(r"\u00ad¬|[A-Za-z][µ¸¶·¹¨¾¼½©ª¬]|®[a-zµ-þ]|§[iÞÒÓå]|(?<![0-9])[¡¢£¤¥¦](?=[a-z])")
_NEW_LETTERS = frozenset("ĂăĐđĨĩŨũƠơƯư").union(map(chr, range(0x1EA0, 0x1EFA)))
_FEW, _KINDS = 4, 3
"""Fewer places with such letters, or of fewer kinds ("Copyright©"), may be anything."""


def _has_new(line: str) -> bool:
    """Has the line a letter that no old encoding leaves?"""
    return not _NEW_LETTERS.isdisjoint(line)


def restored(text: str) -> tuple[str, tuple[str, ...]]:
    """Return text whose letters are TCVN3 codes taken for Latin-1 as its fonts show it, with a note, and any other as it is. Lines in
    Unicode stay. Each character stays one, so that offsets do.

    Without fonts nothing says that small letters are shown as capitals, but where the letters beside them are."""
    found = _OLD_WORD.findall(text)
    if len(found) < _FEW or len({place.strip("".join(map(chr, range(33, 128)))) for place in found}) < _KINDS:
        return text, ()
    lines = text.split("\n")
    old = [line for line in lines if not _has_new(line) and _OLD_WORD.search(line)]
    new = sum(_has_new(line) for line in lines)
    if len(old) * 20 < new:
        return text, ()
    made = [line if _has_new(line) or _is_unicode(line) else _shown(line) for line in lines]
    return "\n".join(made), ("not Unicode: letters of TCVN3 (ABC fonts) taken for others, read as what they are",)


def _shown(line: str) -> str:
    """A line of TCVN3. Small letters between capitals are of a font that shows them as such; so are those of short words, where all of
    the line is in capitals ("VÒ VIÖC")."""
    if (
        not any(c.isdigit() or c.islower() for c in line if c.isascii())
        and sum(c.isascii() and c.isupper() for c in line) > 1
    ):
        return line.translate(_TCVN3).upper()
    return _OLD_WORDS.sub(lambda word: _shown_word(word.group()), line)


_OLD_WORDS = re.compile(r"[A-Za-z\u00a1-\u00fe]+")


def _shown_word(word: str) -> str:
    made = word.translate(_TCVN3)
    capitals = [c.isupper() for c in word if c.isascii()]
    return made.upper() if len(capitals) > 1 and all(capitals) else made
