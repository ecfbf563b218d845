"""Labels that say whose task an item is and by when: in lines behind it, or within its own.

1. Ban hành quy chế.
Cơ quan chủ trì: Sở Nội vụ.                                                    behind it
Thời gian hoàn thành: tháng 6/2026.
2. Rà soát quy hoạch. Đơn vị chủ trì: Sở Xây dựng. Thời gian: quý II/2026.     within
"""

from __future__ import annotations

import re
from dataclasses import replace

from chidao.extract.language.patterns import AGENCY, HELPS, LEADS, PREPARES
from chidao.extract.language.verbs import CARRIES_OUT
from chidao.extract.model import Task
from chidao.extract.reading.outline import Item
from chidao.extract.statements.tasks.task_text import TaskText, due

_LINE = re.compile(
    rf"[-+*•–\s]*(?P<label>(?:{AGENCY}(?:,\s*[^\s:]+\s+[^\s:]+)?|đầu\s+mối)?\s*(?P<what>{LEADS}|{CARRIES_OUT}|"
    rf"{HELPS}|thường\s+trực|chịu\s+trách\s+nhiệm)(?:\s+(?:{CARRIES_OUT}|tham\s+mưu|{PREPARES}))?|{AGENCY}\s+(?:{PREPARES}|trình)|"
    r"(?P<time>(?:thời\s+(?:gian|hạn|điểm)|tiến\s+độ)(?:\s+\S+){0,2}))\s*:\s*"
)
"""What opens a line, in lower case; the next two stand within one."""
_WITHIN = re.compile(
    rf"[.;]\s(?:(?:(?:{AGENCY}|đầu\s+mối)\s+)?{LEADS}(?:\s+(?:thực\s+hiện|tham\s+mưu|{PREPARES}))?|"
    rf"{AGENCY}\s+(?:thực\s+hiện|tham\s+mưu|{PREPARES}|trình))\s*:\s*"
)
_TIME = re.compile(r"(?<=[.;,]\s)(?:thời\s+(?:gian|hạn)|tiến\s+độ)(?:\s+(?:hoàn\s+thành|thực\s+hiện))?\s*:\s*")


def label_of(reading: TaskText, item: Item) -> re.Match[str] | None:
    """Return the label with which an item opens that says more of the one above it; None for any other."""
    return _LINE.match(reading.low, item.start, item.end)


def labelled(reading: TaskText, item: Item) -> Task | None:
    """Return the task that an item is which says in its own line whose it is; None for any other."""
    label = _WITHIN.search(reading.low, max(0, item.start - 2), item.end)
    lead = reading.before_helpers(label.end(), item.end, item.end)[0] if label else ()
    if label is None or not lead:
        return None
    task = reading.finish(reading.task(item.start, item.end, lead, "labelled"))
    time = _TIME.search(reading.low, label.end(), item.end) if task.deadline is None else None
    deadline = reading.deadline(time.end(), item.end, cell=True) if time else None
    return due(task, deadline) if deadline else task


def with_label(reading: TaskText, label: re.Match[str], item: Item, before: Item, last: Task | None) -> Task | None:
    """Return the task of the item `before` with what the label of the next item says of it; `last` is that task so far, where it is
    one. None where they say of no task."""
    if label["time"]:
        deadline = reading.deadline(label.end(), item.end, cell=True)
        return due(reading.longer(last, item.end), deadline) if last and deadline else last
    addressees, _ = reading.addressees(label.end(), item.end, heading=True)
    if not addressees:
        return reading.longer(last, item.end) if last else None
    helps = "phối" in (label["what"] or "")
    if last is None:
        return None if helps else reading.finish(reading.task(before.start, item.end, addressees, "labelled"))
    if helps:
        more = replace(last, support=tuple(dict.fromkeys((*last.support, *addressees))))
    else:
        more = replace(last, lead=addressees, rule="labelled")
    return reading.longer(more, item.end)
