"""What of a title is its text: within quotation marks, without marks of emphasis and of notes."""

from __future__ import annotations

import re

from chidao.extract.language.letters import SUPERSCRIPTS

MAX_TITLE = 700
"""Characters; the longest titles of laws and joint circulars stay below."""
_CLOSING = {"“": "”", '"': '"', "«": "»"}
_MARKS = re.compile(r"[\n“”\"«»]")


def closing_mark(text: str, at: int, opened: str) -> int:
    """Offset of the mark that closes a quotation opened before `at`, minding quotations inside; -1 if there is none."""
    closing, depth = _CLOSING[opened], 1
    limit = min(len(text), at + MAX_TITLE)
    for mark in _MARKS.finditer(text, at, limit):
        i, c = mark.start(), mark.group()
        if c == "\n":
            return -1
        if c == closing:
            depth -= 1
            if not depth:
                return i
        elif c == opened:
            depth += 1
        elif opened == "“" and c == '"':
            # A curly opening closed by a straight mark happens in typed text.
            if depth == 1 and text[i + 1 : i + 2] in (",", ";", ".", " ", "*", "\n"):
                return i
    return -1


_NO_TEXT = re.compile(rf"[*_{SUPERSCRIPTS}](?:(?<!_)|(?<!\w_)|(?!\w))")
_DANGLES = re.compile(r"\s(?:như|bao gồm|gồm|nêu|với (?:các|những|một số) nội dung(?: \w+ \w+| chính)?(?: như)? sau)\Z")
"""Before what is none of the title: "về kinh tế vườn như: …", "về kỷ luật đảng nêu: “…”", "về bình đẳng giới với những nội dung sau: …"."""


def clean_title(title: str) -> str:
    """Return the title without emphasis marks, footnote marks and doubled blanks; quotation marks inside stay."""
    return _DANGLES.sub("", " ".join(_NO_TEXT.sub("", title).split()).strip(" ,;."))
