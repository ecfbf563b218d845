"""A line that tells several what to do and names them in the list behind its colon.

Các đơn vị sau gửi báo cáo về Sở Tài chính trước ngày 15/6/2026:       each body of the list has that work
- Sở Y tế
- Ủy ban nhân dân các xã Bát Xát, Mường Hum
Các sở sau phải đăng ký tài khoản: Sở Nội vụ, Sở Y tế.                 the same in a line
Giao các sở sau đây: / - Sở Xây dựng: rà soát quy hoạch.               no such list: each has its own work
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chidao.extract.language.patterns import ALL_OF_THEM, SEVERAL
from chidao.extract.model import Addressee, Task
from chidao.extract.reading.outline import Item
from chidao.extract.statements.addressees.words import HEAD, MANY, kind_of
from chidao.extract.statements.predicates import HAS_DUTY, find_work, starts_work
from chidao.extract.statements.tasks.founded import told_of
from chidao.extract.statements.tasks.nothing_to_do import is_not_to_be
from chidao.extract.statements.tasks.orders import read_order
from chidao.extract.statements.tasks.task_text import TaskText

_WHICH = r"\s+(?:có\s+tên\s+|được\s+liệt\s+kê\s+)?(?:sau(?:\s+đây)?|dưới\s+đây)(?=\s)"
_THESE = re.compile(rf"(?:{ALL_OF_THEM}|{SEVERAL})\s+(?P<who>[^.:;()]{{2,80}}?){_WHICH}")
"""Of "Các cơ quan, đơn vị có tên dưới đây cử cán bộ …:", in lower case, as is the next."""
_BEHIND = re.compile(_WHICH)
_BELOW = " dưới đây"
"""The end of the name of a group that is called on."""
_AROUND = " \t\n.;,*_"


def named_below(reading: TaskText, item: Item, below: Sequence[Item]) -> Iterator[Task]:
    """Yield the tasks of those whom an item tells what to do and names behind its colon, in its line or in the items below it."""
    colon = reading.text.find(":", item.start, item.end)
    if colon < 0 or not _BEHIND.search(reading.low, item.start, colon):
        return
    if not (_called_on(reading, item.start, colon) or _bound(reading, item.start, colon)):
        return
    places = (
        [b[:2] for b in below if b.style and b.style == below[0].style] if item.lead_in else [(colon + 1, item.end)]
    )
    for lead in _all_named(reading, places):
        yield reading.finish(reading.task(item.start, colon if item.lead_in else item.end, lead, "named-below"))


def _called_on(reading: TaskText, begin: int, colon: int) -> bool:
    """Does text[begin:colon] call on a group that is named below, with what it has to do ("UBND tỉnh yêu cầu các xã sau kiểm tra …")?"""
    order = read_order(reading, begin, colon) if reading.said["call"].first(begin, colon) >= 0 else None
    if order is None or not order.called or not MANY.match(order.lead[-1].name):
        return False
    which = _BEHIND.match(reading.low, order.end, colon)
    if which is None and not order.lead[-1].name.endswith(_BELOW):
        return False
    behind = which.end() if which else order.end
    return starts_work(reading.text, behind, colon) and not is_not_to_be(reading.text, behind, colon)


def _bound(reading: TaskText, begin: int, colon: int) -> bool:
    """Does text[begin:colon] tell such a group, by a duty or a day? "Các đơn vị sau gửi báo cáo muộn:" tells of some."""
    these = _THESE.match(reading.low, begin, colon)
    head = HEAD.match(reading.text, these.start("who"), these.end("who")) if these else None
    if these is None or head is None or kind_of(head) == "none":
        return False
    behind = these.end()
    if find_work(reading.text, *these.span("who")) >= 0 or told_of(reading.text[behind:colon]):
        return False
    if not starts_work(reading.text, behind, colon):
        return False
    return HAS_DUTY.match(reading.low, behind, colon) is not None or reading.states_a_day_ahead(behind, colon)


def _all_named(reading: TaskText, places: Sequence[tuple[int, int]]) -> list[tuple[Addressee, ...]]:
    """Whom each of the places names; nobody where one of them says anything else."""
    found = []
    for start, end in places:
        start += len(reading.text[start:end]) - len(reading.text[start:end].lstrip())
        lead, stop = reading.addressees(start, end, heading=True)
        if not lead or reading.text[stop:end].strip(_AROUND):
            return []
        found.append(lead)
    return found
