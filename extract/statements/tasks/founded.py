"""What a sentence tells of as done, and whom it founds whose duties stand below it ("Thành lập Tổ công tác …, có nhiệm vụ:")."""

from __future__ import annotations

import re

from chidao.extract.language.letters import LETTER
from chidao.extract.model import Addressee
from chidao.extract.statements.tasks.task_text import TaskText

_TOLD = re.compile(rf"đã(?<![{LETTER}]đã)(?![{LETTER}])")
_FOUNDS = re.compile(r"(?:(?P<before>[^.;:]{0,160})\s)?(?:thành\s+lập|kiện\s+toàn)\s+")
_ONCE = re.compile(r"(?:(?:từ|vào|trong|cuối|đầu)\s+)?(?:năm|ngày|tháng|quý)\s|trước\s+(?:đây|đó)|vừa\s+qua")
"""With what a sentence opens, in lower case, that tells when something was founded."""
_MEMBERS = re.compile(r"\s(?:gồm|bao\s+gồm|do|để)\s|\s*[,(]|\scó\s")
"""What says of whom it consists, or what it has."""
_HAS_DUTIES = re.compile(
    r"\scó\s+(?:các\s+)?(?:nhiệm\s+vụ|trách\s+nhiệm)(?:\s+(?:chính|sau|sau\s+đây|như\s+sau))?\s*:\Z"
)
"""The end of "Thành lập Tổ công tác bến đò gồm 5 thành viên, có nhiệm vụ:", in lower case."""


def told_of(text: str) -> bool:
    """Return whether the text tells of what was done ("đã")."""
    return _TOLD.search(text) is not None


def founded(reading: TaskText, begin: int, end: int) -> tuple[Addressee, ...]:
    """Return the body that a sentence founds, whose duties stand below it; nobody where it tells when one was founded ("Năm 2020, …")."""
    duties = _HAS_DUTIES.search(reading.low, max(begin, end - 40), end)
    founds = _FOUNDS.match(reading.low, begin, end) if duties else None
    if founds is None or (founds["before"] and (told_of(founds["before"]) or _ONCE.match(founds["before"]))):
        return ()
    members = _MEMBERS.search(reading.low, founds.end(), end)
    lead, _ = reading.addressees(founds.end(), members.start() if members else end, heading=True)
    return lead[:1]
