"""What kind of section a heading opens: aims, an account of what was done, what lies ahead, requests, work (tables/sections.csv)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from chidao.extract.language.letters import LETTER
from chidao.extract.language.patterns import SEVERAL, one_of
from chidao.extract.language.tables import key, kinds

_SOME = re.compile(rf"(?:(?:{SEVERAL}|về|công\s+tác)\s+)*", re.IGNORECASE)
_HEADING = re.compile(
    r"\n[ \t*_#]*(?:(?:PHẦN|Phần)\s[^\s:.]+(?:\s[IVX0-9]+|\s(?:nhất|hai|ba))?\s*[:.]?|[IVX]{1,5}\s?[-./–)]|[A-DĐ]\s?[./)-])\s*"
    r"(?P<said>[^\n]{3,160}?)[ \t*_:.]*(?=\n)"
)
"""A line that opens a part of a document: "Phần thứ hai", "II. …", "B. …"."""


@cache
def _sections() -> tuple[re.Pattern[str], dict[str, str]]:
    table = kinds("sections.csv")
    pattern = re.compile(rf"(?<![{LETTER}]){one_of(table)}(?![{LETTER}])", re.IGNORECASE)
    return pattern, {key(heading): kind for heading, kind in table.items()}


def section_of(said: str) -> str:
    """Return what kind of section a heading opens; "" where its words do not tell.

    >>> section_of("MỤC ĐÍCH, YÊU CẦU"), section_of("TỔ CHỨC THỰC HIỆN"), section_of("Sở Y tế")
    ('aims', 'work', '')
    """
    pattern, table = _sections()
    some = _SOME.match(said)
    match = pattern.match(said, some.end() if some else 0)
    return table[key(match.group())] if match else ""


def sections_ahead(text: str, stop: int) -> Iterator[tuple[int, int]]:
    """Yield where each part of text[:stop] begins and ends that tells what is to come ("II. PHƯƠNG HƯỚNG, NHIỆM VỤ")."""
    headings = list(_HEADING.finditer(text, 0, stop))
    ends = [heading.start() for heading in headings[1:]] + [stop]
    for heading, end in zip(headings, ends, strict=False):
        if section_of(heading["said"]) in ("ahead", "asks"):
            yield heading.end(), end
