"""Who is told what by news of a paper, which is none itself: a text whose type and number were not read.

UBND tỉnh vừa có văn bản yêu cầu các huyện …                            who brings out a paper that asks
Ngày 31/10, Thủ tướng ký Công điện số 34/CĐ-TTg yêu cầu các bộ …
Thủ tướng cũng chỉ đạo Bộ Tài chính theo dõi giá …                      whom a government directs

In a paper the same is the story of how it came about, and what was asked before ("đã có văn bản yêu cầu …") is that in news, too.
"""

from __future__ import annotations

import re
from dataclasses import replace

from chidao.extract.language.composing import lowered, one_of
from chidao.extract.language.patterns import ISSUES, NUMBER_SIGN, PROVINCE_UNIT, TYPE
from chidao.extract.language.tables import words
from chidao.extract.model import Addressee
from chidao.extract.statements.addressees.words import are_many
from chidao.extract.statements.predicates import starts_work
from chidao.extract.statements.tasks.parts import is_superior
from chidao.extract.statements.tasks.task_text import TaskText

_JUST_NOW = one_of(word for word in words("already") if word != "đã")
_ALREADY = re.compile(rf"\s{one_of(words('already'))}\s")
_SENDS = re.compile(rf"(?:{ISSUES}|{one_of(words('sends'))})(?:\s+{ISSUES})?\s+(?:văn\s+bản|{lowered(TYPE)})")
_BRINGS_OUT = re.compile(
    rf"(?P<done>\s+đã(?=\s))?(?:\s*[-–]\s*[^.,;:]{{4,30}}?)?\s+(?:{_JUST_NOW}\s+)*{_SENDS.pattern}(?:\s+(?:khẩn|hỏa\s+tốc))?(?:\s+{lowered(NUMBER_SIGN)}[^\s,;]+)?(?:,?\s+ngày\s+[0-9/.-]+)?"
    r"(?:,?\s+(?:của|về|gửi|thông\s+báo|truyền\s+đạt)\s[^.;:\n]{2,160}?)?,?\s+"
)
"""Of "vừa ký ban hành Công văn số 12/UBND-NC về …", in lower case, between who calls and the call."""

_GOVERNS = re.compile(
    rf"(?:(?:Phó\s+)?Thủ\s+tướng|Chính\s+phủ$|Bộ\s+Chính\s+trị$|Ban\s+Bí\s+thư$|(?:(?:Phó\s+)?Chủ\s+tịch\s+)?(?:UBND|Ủy\s+ban\s+nhân\s+dân)\s+{PROVINCE_UNIT}|(?:Tỉnh|Thành)\s+ủy)(?!\w)"
)
"""Who directs whole provinces and ministries; any other body that directs those below it has itself the work."""
_DIRECTS = re.compile(rf"\s+(?:(?:{_JUST_NOW}|còn)\s+)*chỉ\s+đạo\s+")
_SOON = 30
"""Characters behind a name within which it does."""
_NO_BODY = re.compile(
    rf"(?:[^:;.]{{2,80}},\s+)?lãnh\s+đạo\s+(?:tp|{PROVINCE_UNIT})(?:\s+[^,.;:\s]+){{0,4}}\s*|"
    r"(?:theo\s+đó,\s+)?(?:văn\s+bản|công\s+văn|công\s+điện)\s+(?:(?:này|cũng|còn)\s+)*"
)
"""Who asks, though no body has that name, of "Lãnh đạo TP yêu cầu …", in lower case, and of "Công văn yêu cầu chủ tịch UBND các huyện …",
where the paper itself does."""
_LATELY = re.compile(r"(?:vừa\s+qua|mới\s+đây|(?:sáng|chiều|tối)?\s*ngày\s+[0-9][0-9/.-]*),\s+")
"""The day of the news, in lower case: what somebody "đã ban hành" then is the news, and no story of before."""
_BEFORE = re.compile(r"trước\s+(?:đây|đó)(?!\w)|năm\s+[0-9]{4}(?!\w)")
"""With what a sentence of a history begins, in lower case."""
_DONE_SINCE = re.compile(r"(?<!\w)(?:đã|đến\s+nay|kết\s+quả)(?!\w)")
"""Of "… chỉ đạo Công an tỉnh điều tra; đến nay đã khởi tố 3 bị can", in lower case: it is done already."""

_MOST_CLAUSES = 6
_SENTENCE = 400


def governs(who: Addressee) -> bool:
    """Is it one who directs whole provinces and ministries?"""
    return _GOVERNS.match(who.name) is not None


def tells_of_a_paper(low: str, end: int) -> bool:
    """Does the sentence that ends at low[:end], a text in lower case, tell that a paper was brought out?"""
    before = low[max(0, end - _SENTENCE) : end].rstrip(" \n.*_")
    return _SENDS.search(before, max(before.rfind("\n"), before.rfind(". ")) + 1) is not None


def calls_by_news(reading: TaskText, begin: int, at: int) -> tuple[Addressee, ...] | None:
    """Return who calls at `at`, as news says between two places: who brings out the paper that calls, or nobody by name where leaders of
    a province or the paper itself do; None where none of them calls."""
    if _BEFORE.match(reading.low, begin):
        return None
    if _NO_BODY.fullmatch(reading.low, begin, at):
        return ()
    if not _SENDS.search(reading.low, begin, at):
        return None
    start, lately = begin, None
    for _ in range(_MOST_CLAUSES):
        if start >= at:
            return None
        who, end = _who_at(reading, start, at)
        brings_out = _BRINGS_OUT.fullmatch(reading.low, end, at) if who else None
        if brings_out and not (brings_out["done"] and not (lately and start == lately.end())):
            return who
        lately = _LATELY.match(reading.low, start, at)
        comma = reading.text.find(", ", start, at)
        start = comma + 2 if comma >= 0 else at
    return None


def _who_at(reading: TaskText, start: int, at: int) -> tuple[tuple[Addressee, ...], int]:
    """Who is named at `start`, also where no work follows ("UBND tỉnh vừa có …", of no known place), and where the names end."""
    who, end = reading.addressees(start, at)
    already = None if who else _ALREADY.search(reading.low, start, at)
    return reading.addressees(start, already.start(), heading=True) if already else (who, end)


def is_proposed(reading: TaskText, at: int, who: tuple[Addressee, ...], told: tuple[Addressee, ...]) -> bool:
    """Does the call at `at` only propose something to those who are `told` ("Sở Y tế vừa có văn bản đề nghị UBND tỉnh …")? One body whose
    place above or below is not known is asked for something."""
    if not reading.low.startswith(words("proposes"), at):
        return False
    heading = replace(reading.heading, issuer_key=who[0].key if who else None)
    return any(is_superior(a, heading) for a in told) or (
        heading.issuer_key is None and not all(are_many(a.name) for a in told)
    )


def directed(
    reading: TaskText, lead: tuple[Addressee, ...], at: int, end: int
) -> tuple[tuple[Addressee, ...], int] | None:
    """Return whom a government that is named before `at` directs to do something, by news, or one above who writes, and where their names
    end; None for nobody."""
    if lead[1:] or " chỉ đạo " not in reading.low[at : at + _SOON]:
        return None
    directs = _DIRECTS.match(reading.low, at, end)
    above = directs and (governs(lead[0]) if reading.is_news else is_superior(lead[0], reading.heading))
    if directs is None or not above or _DONE_SINCE.search(reading.low, at, end):
        return None
    told, stop = reading.addressees(directs.end(), end)
    return (told, stop) if told and starts_work(reading.text, stop, end) else None
