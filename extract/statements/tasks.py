"""Tasks: what a document makes bodies do, with whom and by when, as its sentences and items say.

Three ways are usual (plans and directives follow one another in this, whoever issues them): a heading names a body and items
follow ("2. Sở Nội vụ" and "- Rà soát …"); an item or sentence names its body itself ("Giao Sở Nội vụ chủ trì …", "Sở Nội vụ
tổng hợp …"); lines behind an item name them ("Cơ quan chủ trì: …", "Thời gian hoàn thành: …"). Tables are read by `task_tables`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from chidao.extract.language.letters import LETTER, UPPER
from chidao.extract.language.patterns import GROUND, one_of
from chidao.extract.language.tables import task_phrases
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import Addressee, Heading, Task
from chidao.extract.reading.layout import Layout
from chidao.extract.statements.addressees import read_addressees
from chidao.extract.statements.deadlines import Deadline, read_deadline
from chidao.ontology.authority import types_of

_MARKERS = (
    (0, re.compile(r"(?:PHẦN|CHƯƠNG|Chương|Phần|PHỤ\s+LỤC|Phụ\s+lục|MẪU|Mẫu\s+số)(?=\s|$)[^\n]{0,12}")),
    (1, re.compile(r"(?:[IVX]{1,5}|[A-Z])\s?[-.)/–]+\s|(?:Điều|ĐIỀU)\s+[0-9]+\s?[.:]?\s")),
    (3, re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})+\s?[.)]?\s")),
    (2, re.compile(r"[0-9]{1,2}\s?[.)/-]\s?|\(?[0-9]{1,2}\)\s")),
    (4, re.compile(r"[a-zđ]\s?[.)]\s")),
    (6, re.compile(r"[+*•▪●]\s?")),
    (5, re.compile(r"[-–—]\s?")),
)
_PLAIN = 9
_TRIM = " \t\u00a0*_#>|"
# What stands before the addressees of a heading or an assigning sentence.
_CALL = one_of(task_phrases("call"))
_CALLS = re.compile(rf"{one_of(task_phrases('call', 'heading'))}\s+", re.IGNORECASE)
_GIVEN = re.compile(r"(?:giao|phân\s+công)\s", re.IGNORECASE)
# Where the text of a document begins: its grounds, what it carries out, its first section, whom a letter addresses.
_BEGINS = re.compile(
    rf"(?:{GROUND}|Thực\s+hiện|Triển\s+khai|Để\s|Nhằm|Trên\s+cơ\s+sở|Theo|Trong\s+thời\s+gian|MỤC\s+(?:ĐÍCH|TIÊU)|"
    r"Mục\s+(?:đích|tiêu)|QUAN\s+ĐIỂM|QUYẾT\s+(?:ĐỊNH|NGHỊ)|ĐẶC\s+ĐIỂM|TÌNH\s+HÌNH|Ngày\s)",
)
_CALLED = re.compile(rf"(?<![{LETTER}]){_CALL}\s+", re.IGNORECASE)
_HEADING_END = re.compile(
    r"\s*(?:(?:có\s+)?(?:trách\s+nhiệm|nhiệm\s+vụ)|chủ\s+trì(?:,\s*phối\s+hợp[^:]{0,120}(?=:))?|thực\s+hiện|tập\s+trung|cần)?"
    r"[\s*_]*[:.]?[\s*_]*",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"\s*(?:[,:]\s*)?(?:(?:cần|phải|sẽ|(?:theo|trong\s+phạm\s+vi)\s+(?:chức\s+năng|nhiệm\s+vụ|quyền\s+hạn|thẩm\s+quyền)[^;.]{0,90}?,?|"
    r"căn\s+cứ[^;.]{5,200}?,|[^;.:,]{0,100}?(?=có\s+trách\s+nhiệm))\s*)*"
    rf"{one_of(task_phrases('work'))}(?![{LETTER}])",
    re.IGNORECASE,
)
_DONE = re.compile(rf"(?<![{LETTER}])đã(?![{LETTER}])", re.IGNORECASE)
_WITH = re.compile(
    r"phối\s+hợp(?:\s+chặt\s+chẽ|\s+thường\s+xuyên|\s+đồng\s+bộ|\s+hiệu\s+quả)*(?:\s+(?:với|cùng)|,?\s*với)\s+",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"[-+*•–\s]*(?P<label>(?:cơ\s+quan|đơn\s+vị|đầu\s+mối|đơn\s+vị,\s*cá\s+nhân|bộ\s+phận)?\s*(?P<what>chủ\s+trì|thực\s+hiện|"
    r"phối\s+hợp|thường\s+trực|chịu\s+trách\s+nhiệm)(?:\s+(?:thực\s+hiện|tham\s+mưu|triển\s+khai))?|"
    r"(?P<time>thời\s+(?:gian|hạn|điểm)(?:\s+(?:thực\s+hiện|hoàn\s+thành|báo\s+cáo|triển\s+khai))?|tiến\s+độ(?:\s+\S+){0,2}))\s*:\s*",
    re.IGNORECASE,
)
_PARENS = re.compile(
    r"\(\s*(?:giao\s+)?(?=[^()]{4,160}?(?:chủ\s+trì|thực\s+hiện|tham\s+mưu)[^()]{0,120}\))", re.IGNORECASE
)
# Whom a rule binds, and no body that gets work to do.
_ANYBODY = re.compile(r"(?:các\s+)?(?:tổ\s+chức|cá\s+nhân)(?:,?\s+(?:và\s+)?cá\s+nhân)?", re.IGNORECASE)
_SENTENCE_START = re.compile(rf"(?<=[.;])\s+(?=[{UPPER}])")
_SHORTEST = 25
"""A shorter item says no work."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A paragraph: its text lies at `start`..`end` behind its marker; `level` tells how deep that marker is."""

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class TaskText:
    """What every rule of tasks reads: `text`, which the document of `heading` says, and who finds bodies in it."""

    text: str
    heading: Heading
    finder: BodyFinder

    def addressees(self, start: int, end: int) -> tuple[tuple[Addressee, ...], int]:
        """Return the addressees listed from `start` on, and where the list ends (`start` when there is none)."""
        return read_addressees(self.text, start, self.finder, end)

    def deadline(self, start: int, end: int, *, cell: bool = False, past: bool = False) -> Deadline | None:
        """Return the deadline stated between two places; only with `past` it may lie before the document's own day."""
        day = self.heading.date
        year = int(day[:4]) if day else None
        return read_deadline(self.text[start:end], year, cell=cell, after=None if past else day)

    def task(self, start: int, end: int, lead: tuple[Addressee, ...], rule: str) -> Task:
        """Return a task between two places, in characters of `text`, so far without support and deadline."""
        return Task(start, end, self.text[start:end], lead, (), None, None, -1, rule)

    def longer(self, task: Task, end: int) -> Task:
        """Return the task with its end moved to `end`."""
        return replace(task, end=end, text=self.text[task.start : end])


def due(task: Task, deadline: Deadline | None) -> Task:
    """Return the task with that deadline."""
    value, text = (deadline.value, deadline.text) if deadline else (None, None)
    return replace(task, deadline=value, deadline_text=text)


def find_tasks(layout: Layout, heading: Heading, finder: BodyFinder) -> list[Task]:
    """Return every task of the document's own text, in text order and in offsets of the reading text, without sentences."""
    if heading.type not in types_of("assigning"):
        return []
    walk = _Walk(TaskText(layout.text, heading, finder))
    items = list(_items(layout))
    begin = next((i for i, item in enumerate(items) if _BEGINS.match(layout.text, item.start)), 0)
    for i, item in enumerate(items[begin:], begin):  # the heading above names bodies too
        walk.read(item, items[i - 1] if i else None)
    found = [t for t in walk.found if not all(_ANYBODY.fullmatch(a.name) for a in t.lead)]
    return sorted(found, key=lambda t: t.start)


def _items(layout: Layout) -> Iterator[_Item]:
    """Yield the paragraphs in which something is written."""
    text, stop = layout.text, layout.body_end
    start = 0
    while start < stop:
        end = text.find("\n", start)
        end = stop if end < 0 or end > stop else end
        a, b = _trimmed(text, start, end)
        start = end + 1
        marked = ((depth, marker.end()) for depth, pattern in _MARKERS if (marker := pattern.match(text, a, b)))
        level, a = next(marked, (_PLAIN, a))
        a, b = _trimmed(text, a, b)
        if a < b:
            yield _Item(a, b, level)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return start, end


class _Walk:
    """Goes through a document's items from top to bottom and keeps under whose heading they stand."""

    def __init__(self, reading: TaskText) -> None:
        self.reading = reading
        self.found: list[Task] = []
        self.lead: tuple[Addressee, ...] = ()
        self.level = _PLAIN

    def read(self, item: _Item, before: _Item | None) -> None:
        """Take the item, behind the item `before`, as what it is: a label, a body's heading, or something to do."""
        text = self.reading.text
        if before and (label := _LABEL.match(text, item.start, item.end)):
            self._label(label, item, before)
            return
        addressees, end = _heads(self.reading, item)
        if addressees and end == item.end:
            self.lead, self.level = addressees, item.level
            return
        if _ends_list(item.level, self.level):
            self.lead = ()
        said = text[item.start : item.end]
        if said.lower().startswith("nơi nhận"):
            self.lead = ()
        elif len(said) >= _SHORTEST and not said.lower().startswith(("kính gửi", "(")):
            self._work(item, item.end - end)

    def _work(self, item: _Item, behind: int) -> None:
        """Take an item that says something to do; `behind` characters of it follow the addressees that it opens with."""
        said = self.reading.text[item.start : item.end]
        own = [t for t in _own(self.reading, item, headed=bool(self.lead)) if not _issues(self.reading.heading, t)]
        if len(own) == 1 and said.endswith(":") and behind < 90:
            self.lead, self.level = own[0].lead, item.level  # "Giao Sở X chịu trách nhiệm:" and items below
        elif own:
            self.found += (_finish(self.reading, task) for task in own)
        elif self.lead and not said.endswith(":") and not _DONE.search(said[:60]) and _is_work(said):
            task = self.reading.task(item.start, item.end, self.lead, "body-heading")
            self.found.append(_finish(self.reading, task))

    def _label(self, label: re.Match[str], item: _Item, before: _Item) -> None:
        """ "Cơ quan chủ trì: Sở X" behind an item: the item is that body's task; the lines behind it say more of the same task."""
        last = self.found[-1] if self.found and self.found[-1].end == before.end else None
        if label["time"]:
            deadline = self.reading.deadline(label.end(), item.end, cell=True)
            if last and deadline:
                self.found[-1] = due(self.reading.longer(last, item.end), deadline)
            return
        addressees, _ = self.reading.addressees(label.end(), item.end)
        if not addressees:
            return
        if last:
            if "phối" in label["what"].lower():
                more = replace(last, support=tuple(dict.fromkeys((*last.support, *addressees))))
            else:
                more = replace(last, lead=addressees, rule="labelled")
            self.found[-1] = self.reading.longer(more, item.end)
        elif "phối" not in label["what"].lower():
            task = self.reading.task(before.start, item.end, addressees, "labelled")
            self.found.append(_finish(self.reading, task))


def _ends_list(level: int, heading: int) -> bool:
    """Return whether an item at `level` stands above or beside the heading, and so ends its list."""
    return level <= heading if heading != _PLAIN else level <= 2


def _heads(reading: TaskText, item: _Item) -> tuple[tuple[Addressee, ...], int]:
    """Return the addressees that the item opens with; `item.end` as end when they are the whole of it: a heading."""
    text = reading.text
    call = _CALLS.match(text, item.start, item.end)
    addressees, end = reading.addressees(call.end() if call else item.start, item.end)
    if addressees and (tail := _HEADING_END.match(text, end, item.end)) and tail.end() == item.end:
        # In a list by dashes bodies stand as recipients, on a bare line as letterheads: a colon there says that work follows.
        if text[item.end - 1] == ":" or item.level <= 4:
            return addressees, item.end
        return (), item.start
    return addressees, end


def _own(reading: TaskText, item: _Item, *, headed: bool) -> Iterator[Task]:
    """Yield the tasks that the item's own sentences give, each up to the next one's beginning. Below a body's heading
    (`headed`), what the item asks of others is that body's work: only one who is named first, or to whom it is given
    ("Giao Sở X …"), has a task of its own."""
    text = reading.text
    starts = [item.start, *(m.end() for m in _SENTENCE_START.finditer(text, item.start, item.end))]
    made: list[tuple[int, tuple[Addressee, ...], str]] = []
    for begin, after in zip(starts, [*starts[1:], item.end], strict=True):
        got = _sentence(reading, begin, after)
        if got and not (headed and got[1] == "called" and not _GIVEN.match(text, begin)):
            made.append((begin, *got))
    ends = [begin for begin, _, _ in made[1:]] + [item.end]
    for (begin, lead, rule), end in zip(made, ends, strict=False):
        while end > begin and text[end - 1].isspace():
            end -= 1
        yield reading.task(begin, end, lead, rule)


def _sentence(reading: TaskText, begin: int, end: int) -> tuple[tuple[Addressee, ...], str] | None:
    """Return whom one sentence makes do something, and the rule by which it says so."""
    text = reading.text
    subject, at = reading.addressees(begin, end)
    if subject and _WORK.match(text, at, end) and not _DONE.search(text, at, min(end, at + 40)):
        if at + 1 >= end or not _CALLED.match(text, at + 1, end):
            return subject, "subject"
    # "Giao Sở X …", "Ủy ban nhân dân tỉnh yêu cầu các sở …", "Chủ tịch UBND tỉnh giao: Sở X …"
    call = _CALLED.search(text, begin, min(end, begin + 220))
    if call is None or _DONE.search(text, begin, call.start()):
        return None
    by_subject = bool(subject) and call.start() - at < 12
    if call.start() > begin and not by_subject and not _opens_sentence(text[begin : call.start()]):
        return None
    called, at = reading.addressees(call.end(), end)
    return (called, "called") if called and end - at > 15 else None


def _opens_sentence(before_call: str) -> bool:
    """Return whether a call may follow: "Chủ tịch UBND tỉnh …", or a part of a sentence that ends with a comma."""
    return "," in before_call[-3:] or re.match(rf"[{UPPER}]", before_call) is not None


def _issues(heading: Heading, task: Task) -> bool:
    """ "Chính phủ ban hành Nghị quyết này": that a body issues its own document is no task."""
    return (
        heading.issuer_key is not None
        and {a.key for a in task.lead} == {heading.issuer_key}
        and re.search(r"\s(?:ban\s+hành|đánh\s+giá|quyết\s+nghị)\s", task.text[:90], re.IGNORECASE) is not None
    )


def _is_work(said: str) -> bool:
    """Return whether an item below a body's heading says something to do: it opens like a sentence, and is no mere name."""
    return (
        said[:1].isupper()
        and not said.isupper()
        and " | " not in said
        and len(said.split()) > 5
        and "…." not in said
        and not said.startswith(("Lưu ý", "Mẫu", "Ghi chú", "Ví dụ"))
    )


def _finish(reading: TaskText, task: Task) -> Task:
    """Return the task with the bodies that help and the deadline that its text states; "(Sở X chủ trì)" names the lead."""
    support: list[Addressee] = []
    for match in _WITH.finditer(reading.text, task.start, task.end):
        helpers, _ = reading.addressees(match.end(), task.end)
        support += (a for a in helpers if a not in support and a not in task.lead)
    lead, rule = task.lead, task.rule
    if parens := _PARENS.search(reading.text, task.start, task.end):
        named, _ = reading.addressees(parens.end(), task.end)
        if named:
            lead, rule = named, "in-brackets"
    return due(replace(task, lead=lead, support=tuple(support), rule=rule), reading.deadline(task.start, task.end))
