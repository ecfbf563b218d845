"""Blanks that a scanner put within the figures of a day: "ngày 2 1 tháng 3 năm 202 6", "ngày 0 5/6/2026".

Figures that stand apart are one number only where the words and strokes around them make a day of it: "tháng 1 2 lần" stays.
"""

from __future__ import annotations

import re

_FIGURES = re.compile("[0-9] (?=[0-9])")
_SHAPES = bytes(ord("0") if chr(n) in "123456789" else n for n in range(256))
"""Every figure as a nought: what stands apart is then found as a word is, much faster than by its pattern."""
_D = "(?:0 ?[1-9]|[12] ?[0-9]|3 ?[01]|[1-9])"
_M = "(?:0 ?[1-9]|1 ?[0-2]|[1-9])"
_WHOLE_M = "(?:0?[1-9]|1[0-2])"
_Y = "(?:1 ?9|2 ?0) ?[0-9] ?[0-9]"
_BEHIND = rf" ?[/.-] ?(?:{_M} ?[/.-] ?{_Y}|{_WHOLE_M})| {{1,2}}tháng {{1,2}}(?:{_M} {{1,2}}năm {_Y}|{_WHOLE_M})"
_DAY = re.compile(
    rf"(?:(?<!các )(?<!những )ngày {{1,2}}{_D}(?:{_BEHIND})|"
    rf"tháng {{1,2}}{_M} {{1,2}}năm {_Y}|năm {_Y})(?![0-9])",
    re.IGNORECASE,
)
"""What is a day, a month with its year or a year; a month's figures stand apart only before a year."""
_LONGEST = 40
"""No day is longer, in characters."""


def stray_blanks(text: str) -> list[int]:
    """Return the offsets, in order, of the blanks that part the figures of one number in a day.

    >>> [text := "ngày 2 1 tháng 3 năm 202 6", stray_blanks(text)]
    ['ngày 2 1 tháng 3 năm 202 6', [6, 24]]
    >>> stray_blanks("ngày 15/1 2 lần, tháng 1 2 lần, các ngày 1 2 tháng 5, ngày 4 5/6")
    []
    """
    found: list[int] = []
    read = 0
    apart = b"0 0" in text.encode("ascii", "replace").translate(_SHAPES)
    for figures in _FIGURES.finditer(text) if apart else ():
        if figures.start() < read:
            continue
        start = max(read, figures.start() - _LONGEST)
        for day in _DAY.finditer(text, start, min(len(text), figures.end() + _LONGEST)):
            found += [parted.start() + 1 for parted in _FIGURES.finditer(text, *day.span())]
            read = day.end()
    return found
