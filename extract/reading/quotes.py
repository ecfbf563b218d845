"""Passages that stand in quotation marks, over whole paragraphs or within one: an amending act quotes the words that it puts in.

What such a passage says is said by the amended document ("“Điều 9. … Quyết định này thay thế …”"), not by the one at hand.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from chidao.extract.frozen import of_last, quick
from chidao.extract.language.letters import places_of

_OPEN = re.compile(r"\n[ \t*_]*[“\"](?=\S)")  # a search for a line's end is much faster than one for a line's beginning
_CLOSE = re.compile(r"(?:[”\"]|(?<![0-9\s])(?:’’|''))[ \t*_]*[.;,]?[ \t*_]*(?=\n|$)")
MAX_QUOTE = 60000
"""Characters; a quotation mark that is not closed by then is a misprint, and quotes only its paragraph."""


@quick
@dataclass(frozen=True, slots=True)
class Quotes:
    """`starts[i]`..`ends[i]` is a quoted passage, in text order, none inside another (reading offsets)."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def holds(self, offset: int) -> bool:
        """Does an offset lie in a quoted passage?"""
        i = bisect_right(self.starts, offset) if self.starts else 0
        return i > 0 and offset < self.ends[i - 1]


def quoted(text: str, start: int, at: int) -> bool:
    """Does `at` stand in a quotation that opens behind `start` within its paragraph ("dự thảo ghi: “Quyết định này thay thế …”")?"""
    opened, closed = _marks(text)
    return bool(opened) and (
        bisect_left(opened, at) - bisect_left(opened, start) > bisect_left(closed, at) - bisect_left(closed, start)
    )


@of_last
def _marks(text: str) -> tuple[list[int], list[int]]:
    """Return where quotations open and close: a paragraph of a hundred pages is asked about at each of its verbs."""
    single = [
        at for at in places_of(_SINGLE, text) if not (text[at - 1 : at].isspace() or text[at - 1 : at].isdecimal())
    ]
    return places_of("“", text), sorted([*places_of("”", text), *single])


_SINGLE = ("’’", "''")
"""Two single marks, which a keyboard had to do with for a closing one; behind a figure they are seconds or inches."""


def find_quotes(text: str) -> Quotes:
    """Return the passages whose first paragraph opens with a quotation mark and whose last one ends with it."""
    starts: list[int] = []
    ends: list[int] = []
    opened = list(_OPEN.finditer(f"\n{text}"))
    closings = [m.end() for m in _CLOSE.finditer(text)] if opened else []
    for match in opened:
        at = match.end() - 2
        if ends and at < ends[-1]:
            continue
        i = bisect_right(closings, at + 1)
        if i < len(closings) and closings[i] - at <= MAX_QUOTE:
            end = closings[i]
        else:
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
        starts.append(at)
        ends.append(end)
    return Quotes(tuple(starts), tuple(ends))
