"""What kind of section a heading opens: aims, an account of what was done, what lies ahead, requests, work (tables/sections.csv)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LETTER
from chidao.extract.language.patterns import SEVERAL
from chidao.extract.language.tables import key, kinds

_SOME = rf"(?:(?:{SEVERAL}|về|công\s+tác)\s+)*+"
_HEADING = re.compile(
    r"\n[ \t*_#]*(?:(?:PHẦN|Phần)\s[^\s:.]+(?:\s[IVX0-9]+|\s(?:nhất|hai|ba))?\s*[:.]?|[IVX]{1,5}\s?[-./–)]|[A-DĐ]\s?[./)-])\s*"
    r"(?P<said>[^\n]{3,160}?)[ \t*_:.]*(?=\n)"
)
"""A line that opens a part of a document: "Phần thứ hai", "II. …", "B. …"."""
_BELOW = re.compile(r"\n[ \t*_#]*(?P<n>[0-9]{1,2})[.)]\s*(?P<said>[^\n]{3,80}?)[ \t*_:.]*(?=\n)")
"""A line that opens a part of such a part: "4. Đề xuất, kiến nghị"."""

_TO_COME = ("ahead", "asks")


@cache
def _sections() -> tuple[re.Pattern[str], dict[str, str]]:
    table = kinds("sections.csv")
    pattern = re.compile(rf"{_SOME}(?<![{LETTER}])(?P<heading>{one_of(table)})(?![{LETTER}])", re.IGNORECASE)
    return pattern, {key(heading): kind for heading, kind in table.items()}


def section_of(said: str) -> str:
    """Return what kind of section a heading opens; "" where its words do not tell.

    >>> section_of("MỤC ĐÍCH, YÊU CẦU"), section_of("TỔ CHỨC THỰC HIỆN"), section_of("Sở Y tế")
    ('aims', 'work', '')
    """
    pattern, table = _sections()
    match = pattern.match(said)
    return table[key(match["heading"])] if match else ""


def sections_ahead(text: str, stop: int) -> Iterator[tuple[int, int]]:
    """Yield where each part of text[:stop] begins and ends that tells what is to come: "II. PHƯƠNG HƯỚNG, NHIỆM VỤ", or "II. NHIỆM VỤ"
    behind an account of what was done."""
    headings = list(_HEADING.finditer(text, 0, stop))
    parts = [(0, ""), *((heading.end(), section_of(heading["said"])) for heading in headings)]
    told = False
    for (start, kind), end in zip(parts, [*(heading.start() for heading in headings), stop], strict=True):
        if kind in _TO_COME or (told and kind == "work"):
            yield start, end
            continue
        told = told or kind == "account"
        for below in _BELOW.finditer(text, start, end):
            if section_of(below["said"]) in _TO_COME:
                following = re.compile(rf"\n[ \t*_#]*{int(below['n']) + 1}[.)]\s").search(text, below.end(), end)
                yield below.end(), following.start() if following else end
