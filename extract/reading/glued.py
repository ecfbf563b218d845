"""Blanks that a scanner or a PDF reader lost between words which are surely two: "Căn cứNghị địnhsố72/2025/QH15 ngày16 tháng6".

No Vietnamese word has a capital or a figure within, so behind the small words of citations, and behind a word and its stop, one begins
another word. Names and codes ("VNeID", "QyĐ", "A1") stay whole, since only those words are parted from what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from chidao.extract.language.letters import LETTER, LOWER, UPPER, places_of
from chidao.extract.language.lexicon import lexicon
from chidao.extract.language.patterns import BASIS, JOINS, UNIT
from chidao.extract.language.verbs import CARRIES_OUT

__all__ = ["lost_blanks"]

_SMALL_WORD = re.compile(
    rf"(?<![{LETTER}])(?:{BASIS}|{CARRIES_OUT}|{JOINS}|{UNIT})$",
    re.IGNORECASE,
)
_WORDS = ("số", "ngày", "tháng", "năm")
_BEGINS = re.compile(
    rf"[0-9{UPPER}](?:(?<=[{LOWER}][{UPPER}])(?=[{LOWER}])|(?<=[{LOWER}][{LOWER}][.][{UPPER}])(?=[{LOWER}]+[ ,])|"
    rf"(?<=[{''.join(word[-1] for word in _WORDS)}\s][0-9])(?:"
    + "|".join(rf"(?<={word}[0-9])|(?<=[^\W_]{word}\s[0-9])" for word in _WORDS)
    + "))"
)
"""Where another word may begin: “Căn cứLuật”, “củaChính phủ”, “tạiQuyết định”; “số72/2025”, “Thông tưsố 87”, “ngày16 tháng6”, “NĐ-CPngày
5”, “tăng giá xăng dầu.Theo đó”. One search for capitals and figures takes less than two."""
_TYPES = ("Nghị định", "Nghị quyết", "Thông tư", "Quyết định", "Chỉ thị", "Kế hoạch", "Căn cứ", "Chính phủ")
"""“Nghịđịnh”, “Quyếtđịnh”"""
_GLUED = tuple((word.replace(" ", ""), word.index(" ")) for word in _TYPES)

_CODE = re.compile(rf"[0-9]{{1,5}}/(?:[0-9]{{4}}/[{UPPER}]{{2}}|[{UPPER}]{{1,5}}-[{UPPER}])")


@cache
def _type_ends() -> tuple[str, ...]:
    """The last syllables of type words: “tư”, “định”."""
    return tuple({word.split()[-1] for word in lexicon().types if " " in word})


def lost_blanks(text: str) -> list[int]:
    """Return the offsets, in order, before which a blank was lost.

    >>> text = "Căn cứNghịđịnhsố72/2025/NĐ-CPngày16 tháng 6"
    >>> [text[a:b] for a, b in zip([0, *lost_blanks(text)], [*lost_blanks(text), None])]
    ['Căn cứ', 'Nghị', 'định', 'số', '72/2025/NĐ-CP', 'ngày', '16 tháng 6']
    >>> lost_blanks("ứng dụng VNeID, QyĐ 5, khóa XIIINăm, hằngsố 1, Hà NộiMới, Tp.Huế, TS.Hoa, xem mau.Vn")
    []
    """
    return sorted({*_behind_words(text), *_in_types(text)})


def _in_types(text: str) -> Iterator[int]:
    for glued, length in _GLUED:
        yield from (at + length for at in places_of((glued,), text)) if glued in text else ()


def _behind_words(text: str) -> Iterator[int]:
    for begins in _BEGINS.finditer(text):
        at = begins.start()
        if text[at].isdecimal():
            yield from _before_figure(text, at)
        elif text[at - 1] == "." or _SMALL_WORD.search(text, max(0, at - 12), at):
            yield at


def _before_figure(text: str, at: int) -> Iterator[int]:
    """Where blanks were lost around the word that a figure at `at` stands behind."""
    end = at - text[at - 1].isspace()
    word = next(word for word in _WORDS if text.endswith(word, 0, end))
    start = end - len(word)
    before = text[start - 1 : start]
    if before.isalnum():
        # "Thông tưsố" was surely two words, and so was "phươngsố72/2025/QH15"; "hằngsố" perhaps one
        types = text[max(0, start - 8) : start].lower().endswith(_type_ends()) or _CODE.match(text, at)
        if not (types if word == "số" else before.isdigit() or before.isupper()):
            return
        yield start
    if end == at:
        yield end
