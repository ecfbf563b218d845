"""The signature's column, set apart again where a converter ran its lines on behind those of "Nơi nhận".

"- Bộ Tài chính; KT. CHỦ TỊCH" / "- Lưu: VT, TH. Trần Văn A": an entry ends with its mark (Nghị định 30/2020/NĐ-CP, Phụ lục I), and what
stands in capitals behind that is whoever signs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from chidao.extract.heading.lines import Line, line_at, parted
from chidao.extract.heading.recipients import OPENS
from chidao.extract.heading.signature import is_person, without_rank
from chidao.extract.language.letters import UPPER
from chidao.extract.language.patterns import OFFICE_IN_CAPITALS, SIGNS_FOR

RECIPIENTS_OPEN = "hận"
"""What each line has that opens recipients with entries on it: "Nơi nhận"."""
_SIGNS = re.compile(
    rf"(?:{SIGNS_FOR}\s?\.\s?[{UPPER}]|(?:QUYỀN\s|Q\.\s?)?(?:PHÓ\s)?(?:{OFFICE_IN_CAPITALS}|THƯỜNG TRỰC)(?!\w))[{UPPER} ,.]*"
)
_ENDS = re.compile(r"[;.:)]\s(?=\S)")
"""An entry's end, with more behind it."""
_LONGEST, _MOST = 160, 40


def set_apart(lines: Sequence[Line]) -> list[Line]:
    """Return `lines` with the signature that was run on behind the recipients below these; the others as they are."""
    opens = next((n for n, line in enumerate(lines) if RECIPIENTS_OPEN in line and OPENS.match(line)), None)
    if opens is None:
        return list(lines)
    block = list(takewhile(_is_entry, lines[opens : opens + _MOST]))
    if any(parted(line) for line in block):
        return list(lines)  # the columns are still to be seen
    left: list[Line] = []
    right: list[Line] = []
    for line in block:
        at = _behind(line, named=bool(right))
        left.append(line_at(line[:at].rstrip(), line.start) if at else line)
        if at:
            right.append(line_at(line[at:], line.start + at))
    return [*lines[:opens], *left, *right, *lines[opens + len(block) :]]


def _is_entry(line: str) -> bool:
    """Is it neither blank nor a line that the signature has for itself?"""
    return bool(line.strip()) and _SIGNS.fullmatch(line.strip("*_ ")) is None


def _behind(line: str, *, named: bool) -> int:
    """Return where a line of the signature begins behind an entry: who signs for whom, a role, or, where a person may be `named`, the
    name; 0 for none."""
    if len(line) > _LONGEST:
        return 0
    for end in _ENDS.finditer(line):
        cell = line[end.end() :].strip()
        if _SIGNS.fullmatch(cell) or (named and is_person(without_rank(cell))):
            return end.end()
    return 0
