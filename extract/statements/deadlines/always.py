"""What somebody does all the time: "Sở Y tế thường xuyên kiểm tra …", where the adverb stands before the first thing that is to be done.

Before a second one it says nothing of the whole ("kiểm tra các bến, thường xuyên báo cáo"), and "chi thường xuyên" is a kind of spending.
"""

from __future__ import annotations

import re

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import UPPER
from chidao.extract.language.patterns import GIVES, HELPS, LEADS, PROPOSES
from chidao.extract.language.tables import task_phrases
from chidao.extract.statements.deadlines.deadlines import Deadline
from chidao.extract.statements.predicates import find_work, starts_work

_ALWAYS = "thường xuyên"
_FARTHEST = 300
"""Characters before it in which a subject and who helps are named."""
_STOP = re.compile(r"[.;:()]|(?<!\w)chi\s+\Z")
_NO_WORK_YET = re.compile(
    rf"(?:(?:lãnh|chỉ)\s+đạo(?=\s+(?:(?-i:[{UPPER}])|các|lực\s+lượng|đội\s+ngũ|đơn\s+vị|cán\s+bộ)\s?[^,]*\Z)|"
    rf"{GIVES}|{PROPOSES}|yêu\s+cầu|{LEADS}|{HELPS}|theo(?!\s+dõi)|căn\s+cứ|{one_of(task_phrases('duty', 'before'))})",
    re.IGNORECASE,
)
"""What may stand before the first thing to be done: who is told to, who leads and helps, by what ("theo chức năng được giao"), and whom
somebody is to direct ("chỉ đạo lực lượng nghiệp vụ thường xuyên nắm tình hình"), up to that word."""


def always(text: str, low: str, start: int, end: int) -> Deadline | None:
    """Return "ongoing" where the work in text[start:end], which names who does it, opens with that word; `low` is in lower case."""
    at = low.find(_ALWAYS, start, min(end, start + _FARTHEST))
    behind = at + len(_ALWAYS)
    if at <= start or _STOP.search(low, start, at) or not starts_work(text, behind, end):
        return None
    begin = start
    while (work := find_work(text, begin, at)) >= 0:
        before = _NO_WORK_YET.match(text, work, at)
        if before is None:
            return None
        begin = before.end()
    if starts_work(text, start, at) and _NO_WORK_YET.match(text, start, at) is None:
        return None
    return Deadline("ongoing", text[at:behind], at - start)
