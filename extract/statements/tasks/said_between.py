"""What stands between those who are told and what they have to do: what they have not done yet, where they are, or a term.

UBND các xã chưa gửi báo cáo khẩn trương hoàn thành …           those of them that have not: part of the group's name
UBND các xã nơi có bến thủy tổ chức kiểm tra …                  those where something is, likewise
Sở Nội vụ trong quý II/2026 hoàn thành …                        a day ahead, and then the work
"""

from __future__ import annotations

import re
from dataclasses import replace

from chidao.extract.language.composing import one_of
from chidao.extract.language.patterns import MANNER
from chidao.extract.language.tables import task_phrases
from chidao.extract.model import Addressee
from chidao.extract.statements.addressees.name_ends import plain
from chidao.extract.statements.predicates import HAS_DUTY, find_duty, find_work, starts_work
from chidao.extract.statements.tasks.task_text import TaskText

_TELLS_WHICH = re.compile(r"\s+(?:chưa|(?P<where>nơi))\s+")
_NO_WORK = re.compile(
    r"(?:(?<=\ssau\s)|(?<=\strước\s)|(?<=\skhi\s)|(?<=\sđi\s)|(?<=\slao\sđộng\s)|(?<=\sdân\s)|(?<=\sdoanh\snghiệp\s)|(?<=\shọc\ssinh\s)|(?=là\s))\w+"
)
"""Of "nơi được xác định là trọng điểm", "nơi có bến thủy sau sắp xếp", and "nơi công dân đăng ký thường trú": what the place is, when,
and what people do there."""
_MANNER = re.compile(rf"(?:{MANNER}|quan\s+tâm|tập\s+trung|chú\s+trọng)\s")
"""What is said to be missing of "chưa khẩn trương rà soát": how something was done, and no work."""
_URGENT = re.compile(rf"(?<=\s)khẩn\s+trương\s+(?={one_of(task_phrases('work'))})")
_WORD = re.compile(r"[^\s,]+")
_NOT_ONE_THING = re.compile(
    r"[.,;:()]|\s(?:các|những|nhiệm\s+vụ|nội\s+dung|trách\s+nhiệm|việc|phần|chỉ\s+tiêu|để|mà|nên|do|vì|khiến|dẫn|còn|đã|được|bị)\s"
)
"""What parts the duty behind from the group: "chưa thực hiện các nhiệm vụ phải hoàn thành" speaks of tasks that have to be done."""
_SHORTEST_LACK = 2
"""Words of what they have not done ("gửi báo cáo"): behind a verb alone a duty may be its object."""
_REACH = 100
_REACH_OF_PLACE = 160
_TERM = re.compile(
    r"(?:\s*,|[*_]*:[*_]*)?\s+(?:[Tt]rước|[Tt]rong|[Cc]hậm\s+nhất|[Mm]uộn\s+nhất|[Đđ]ến\s+hết)\s+"
    r"(?:(?:thời\s+hạn|thời\s+gian|vòng|là|trong|đến|trước|ngày|tháng|quý|năm)\s+){0,4}(?=[0-9IVX])"
)
_NO_ORDER = ("đã", "chưa", "không", "được", "bị", "sẽ", "và", "mới", "thì")
"""Behind these a verb tells, or belongs to something else."""
_CLAUSE = re.compile(r"[^.;:()]{1,120}")


def with_what_tells_which(
    text: str, lead: tuple[Addressee, ...], at: int, end: int
) -> tuple[tuple[Addressee, ...], int]:
    """Return those who are named before `at` with what tells which of them are meant ("các xã chưa gửi báo cáo", "… nơi có bến thủy"), and
    where that ends, where a duty or urgent work follows, or behind a place any; as they are otherwise. One body is no group."""
    tells = _TELLS_WHICH.match(text, at, end)
    if tells is None or any(a.key for a in lead):
        return lead, at
    if tells["where"]:
        begin, stop = tells.end(), min(end, at + _REACH_OF_PLACE)
        while (work := find_work(text, begin, stop)) >= 0 and (none := _NO_WORK.match(text, work, stop)):
            begin = none.end()
        if work <= tells.end() or _NOT_ONE_THING.search(text, tells.end(), work):
            return lead, at  # "các xã nơi thực hiện dự án phối hợp giải phóng mặt bằng"
        return _longer(text, lead, at, work)
    if not starts_work(text, tells.end(), end) or _MANNER.match(text, tells.end(), end):
        return lead, at
    stop = min(end, at + _REACH)
    urgent = _URGENT.search(text, tells.end(), stop)
    places = [place for place in (find_duty(text, tells.end(), stop), urgent.start() if urgent else -1) if place >= 0]
    if not places or _NOT_ONE_THING.search(text, tells.end(), work := min(places)):
        return lead, at
    duty = HAS_DUTY.match(text, work - 1, end)
    if len(text[tells.end() : work].split()) < _SHORTEST_LACK or not starts_work(
        text, duty.end() if duty else work, end
    ):
        return lead, at  # "chưa có kế hoạch cần thiết"
    return _longer(text, lead, at, work)


def _longer(text: str, lead: tuple[Addressee, ...], at: int, work: int) -> tuple[tuple[Addressee, ...], int]:
    """Those who are named before `at`, the last with all that stands before what is to be done, and where that ends."""
    stop = at + len(text[at:work].rstrip())
    last = lead[-1]
    return (*lead[:-1], replace(last, name=f"{last.name} {plain(text[at:stop])}")), stop


def works_behind_a_term(reading: TaskText, at: int, end: int) -> bool:
    """Does a term stand at `at`, behind those who are named, and then what is to be done: a duty, or a verb where the term is a day
    ahead?"""
    text = reading.text
    term = _TERM.match(text, at, end)
    clause = _CLAUSE.match(text, term.end(), end) if term else None
    for word in _WORD.finditer(text, clause.start(), clause.end()) if clause else ():
        if word.group() in _NO_ORDER:
            return False
        if starts_work(text, word.start(), end) and (
            HAS_DUTY.match(text, word.start() - 1, end) or reading.states_a_day_ahead(at, word.start())
        ):
            return True
    return False
