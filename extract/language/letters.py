"""The letters of Vietnamese: which there are, case that keeps offsets, where a word ends, and text reduced to plain letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, filterfalse

LETTER = "A-Za-zÀ-ỹĐđ"
"""A character class (without brackets) of every letter of Vietnamese."""
UPPER = "A-ZĐÀ-ÖØ-ÝĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
"""The same of the capital letters."""
LOWER = UPPER.lower()
"""The same of the small letters."""

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""What footnote marks are printed with."""

UNTYPED_BLANKS = "\f\v\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""Blanks that nobody types: one that does not break, the end of a page, those of typesetters."""
_BLANKS = frozenset(f" \t\n\r{UNTYPED_BLANKS}")
_APART = frozenset(["", *_BLANKS, *SUPERSCRIPTS, *".,;:!?…()[]“”\"'/-–*_|"])
"""What is no letter and no figure, of all that stands beside words as good as always."""

_CENTRE = re.compile(r"/\s*TƯ(?!\w)", re.IGNORECASE)
_DASHES = dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xAD), "-")
BRACKETS = re.compile(r"\([^()]*\)")
"""What stands in brackets."""
_HALF = re.compile("[\ud800-\udfff]")


def lower(text: str) -> str:
    """Return the text in lower case and of the same length, so that offsets stay ("İ" alone would grow)."""
    return text.lower() if "İ" not in text else "İ".join(part.lower() for part in text.split("İ"))


def printable(text: str) -> str:
    """Return a text, or a file's name, without what no Unicode is: bytes of another encoding, halves of characters, which JSON can name."""
    return _HALF.sub("\ufffd", text)


def is_word(text: str, start: int, end: int) -> bool:
    """Does text[start:end] stand alone, with no letter or digit glued to either side? A footnote mark is neither."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    return (before in _APART or not before.isalnum()) and (behind in _APART or not behind.isalnum())


def behind_blanks(text: str, at: int) -> int:
    """Return where text goes on behind the blanks at `at`; a look at the next letters takes less than a pattern.

    >>> behind_blanks("Sở  Y tế", 2), behind_blanks("Sở", 2)
    (4, 2)
    """
    while text[at : at + 1] in _BLANKS:
        at += 1
    return at


def trimmed(text: str, start: int, end: int, marks: str = "") -> int:
    """Return where text[start:end] ends without the blanks and `marks` at its end.

    >>> trimmed("hết hiệu lực. ", 0, 14, ".")
    12
    """
    while end > start and (text[end - 1] in _BLANKS or text[end - 1] in marks):
        end -= 1
    return end


def places_of(words: Iterable[str], text: str) -> list[int]:
    """Return where any of the words begins in the text, in order. To part the text at each takes less than a search for all of them.

    >>> places_of(["ba", "an"], "bàn, ban")
    [5, 6]
    """
    found: list[int] = []
    for word in words:
        if word in text:
            length = len(word)
            found += [at + n * length for n, at in enumerate(accumulate(map(len, text.split(word))))][:-1]
    return sorted(found)


def printed_as(words: str, text: str) -> Iterator[str]:
    """Yield what the text has, with single blanks, wherever it prints the words in whatever case.

    >>> list(printed_as("SỞ Y TẾ", "Sở Y  tế và sở y tế; Sở Y tếch"))
    ['Sở Y tế', 'sở y tế']
    """
    wanted, spaced = lower(" ".join(words.split())), " ".join(text.split())
    lowered = lower(spaced)
    at = lowered.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        if is_word(lowered, at, end):
            yield spaced[at:end]
        at = lowered.find(wanted, end)


def plain(text: str) -> str:
    """Return the text in lower case without marks: "Đề án Số" -> "de an so"."""
    bare = text.lower().translate(_BARE)
    return bare if bare.isascii() else _bare(bare)


def _bare(text: str) -> str:
    return "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFD", text)))


_BARE = {ord("đ"): "d"} | {
    n: base
    for n in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))  # where Latin letters with marks stand
    if chr(n).islower() and len(base := _bare(chr(n))) == 1 and base.isascii()
}


# Where the tone of "oa", "oe", "uy" at a syllable's end stands: on the first letter by Nghị định 30/2020/NĐ-CP ("hòa", "ủy"), on the
# second in the other spelling ("hoà", "uỷ"). "quý" is neither: its "u" belongs to the "q".
_EARLY = ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"]
_LATE = ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"]
_TO_EARLY = {
    old(b): old(a) for a, b in zip(_EARLY, _LATE, strict=True) for old in (str.lower, str.upper, str.capitalize)
}
_TO_LATE = {early: late for late, early in _TO_EARLY.items()}


def _pairs(table: dict[str, str]) -> re.Pattern[str]:
    """A pattern of two letters at a syllable's end that may be a pair of the table; a search for a letter of a class is the fastest one."""
    first, second = ("".join(sorted({pair[n] for pair in table})) for n in (0, 1))
    return re.compile(rf"[{first}][{second}](?<![qQ]..)(?![{LETTER}])")


_LATE_TONE, _EARLY_TONE = _pairs(_TO_EARLY), _pairs(_TO_LATE)


def early_tones(text: str) -> str:
    """Return the text, as long as before, with its tone marks where Nghị định 30/2020/NĐ-CP has them.

    >>> early_tones("Uỷ ban huyện Định Hoá, quý I"), early_tones("Ủy ban")
    ('Ủy ban huyện Định Hóa, quý I', 'Ủy ban')
    """
    return _LATE_TONE.sub(lambda m: _TO_EARLY.get(m.group(), m.group()), text)


def late_tones(text: str) -> str:
    """Return the text, as long as before, with its tone marks where the other spelling has them.

    >>> late_tones("Ủy ban huyện Định Hóa")
    'Uỷ ban huyện Định Hoá'
    """
    return _EARLY_TONE.sub(lambda m: _TO_LATE.get(m.group(), m.group()), text)


_NO_KEY = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """Return a key of plain letters: "Thủ đô (sửa đổi)" -> "thu-do-sua-doi".

    The same names come again and again, so the answers are kept."""
    return _NO_KEY.sub("-", plain(text)).strip("-")


def fold(text: str) -> str:
    """Return what two ways of typing one name have in common: plain letters, plain dashes, single blanks; TƯ (Trung ương) is TW,
    not TU.

    >>> fold("Nghị quyết  số 15–NQ/TW")
    'nghi quyet so 15-nq/tw'
    """
    text = _CENTRE.sub("/TW", text).translate(_DASHES).replace("\u00a0", " ")
    return " ".join(plain(text).replace("ð", "d").split())
