"""Tasks: what a document makes bodies do, with whom and by when.

The outline tells: a heading or a line that ends in a colon and names bodies ("2. Sở Nội vụ", "Giao Sở Y tế chịu trách nhiệm:") holds for
all items below it until another takes over; an item may name its own ("Giao Sở Nội vụ chủ trì …", "Sở Nội vụ tổng hợp …"); lines
behind an item say more of it ("Cơ quan chủ trì: …", "Thời gian hoàn thành: …"). Tables are read by `task_tables`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from chidao.extract.language.letters import LETTER, trimmed
from chidao.extract.language.patterns import ADDRESS, SIGNS_FOR, one_of
from chidao.extract.language.tables import task_phrases
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import Addressee, Heading, Task
from chidao.extract.reading.layout import Layout
from chidao.extract.reading.outline import LONGEST_TITLE, Item, read_outline
from chidao.extract.reading.quotes import Quotes
from chidao.extract.statements.addressee_words import are_members, is_anybody, is_one, is_unit
from chidao.extract.statements.orders import Order, read_order, sentences, told_of
from chidao.extract.statements.predicates import starts_work
from chidao.extract.statements.sections import section_of
from chidao.extract.statements.task_text import STANDING, TaskText, assigns, due
from chidao.ontology.authority import types_of

# What stands before the addressees of a heading.
_CALL = re.compile(
    rf"(?:trân\s+trọng\s+)?{one_of(task_phrases('give', 'call', 'heading'))}\s*:?\s+",
    re.IGNORECASE,
)
_HEADING_END = re.compile(
    r"(?:\s*\([^()\n]{2,160}\))?\s*,?\s*(?:(?:có\s+)?(?:trách\s+nhiệm|nhiệm\s+vụ)|chịu\s+trách\s+nhiệm|chủ\s+trì(?:,?\s*phối\s+hợp(?:\s+với\s*:)?[^:.;]{0,160}(?=:|$))?|"
    r"phối\s+hợp[^:]{0,160}(?=:)|(?:triển\s+khai\s+)?thực\s+hiện(?:\s+(?:tốt|các|một\s+số|những|nhiệm\s+vụ|nội\s+dung|công\s+việc|sau|sau\s+đây|đây))*|tập\s+trung(?:\s+\S+){0,6}(?=:)|cần|khẩn\s+trương(?=:)|(?:(?:lãnh|chỉ)\s+đạo,?\s*)+(?:các\s+[^:.;]{0,60})?(?=:))?"
    r"[\s*_]*[:.]?[\s*_]*",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"[-+*•–\s]*(?P<label>(?:cơ\s+quan|đơn\s+vị|đầu\s+mối|đơn\s+vị,\s*cá\s+nhân|bộ\s+phận)?\s*(?P<what>chủ\s+trì|thực\s+hiện|"
    r"phối\s+hợp|thường\s+trực|chịu\s+trách\s+nhiệm)(?:\s+(?:thực\s+hiện|tham\s+mưu|triển\s+khai))?|"
    r"(?P<time>thời\s+(?:gian|hạn|điểm)(?:\s+(?:thực\s+hiện|hoàn\s+thành|báo\s+cáo|triển\s+khai))?|tiến\s+độ(?:\s+\S+){0,2}))\s*:\s*",
    re.IGNORECASE,
)
# A letter's "Kính gửi" and a document's "Nơi nhận" list bodies that get the paper, an end says good-bye, a notice tells.
_NO_WORK = re.compile(
    rf"(?:{ADDRESS}|mọi\s+(?:thông\s+tin|chi\s+tiết|vướng\s+mắc|thắc\s+mắc)|trên\s+đây\s+là|trân\s+trọng(?!\s+đề\s+nghị)|lưu\s+ý\s*:|mẫu\s|ghi\s+chú|ví\s+dụ|\(|"
    r"(?:tuyệt\s+đối\s+|kiên\s+quyết\s+)?không\s+(?!để\s)|nghiêm\s+cấm|phấn\s+đấu\s|đến\s+(?:hết\s+)?năm\s+20[0-9]{2}\s*,)",
    re.IGNORECASE,
)
_FAREWELL = re.compile(r"trên\s+đây\s+là\s", re.IGNORECASE)
"""How a document takes its leave: a sentence behind that may still ask for something, and of anybody."""
_IF_NEED_BE = re.compile(
    r"(?:trong\s+)?quá\s+trình\s+(?:tổ\s+chức\s+|triển\s+khai\s+)*(?:thực\s+hiện|triển\s+khai)[^.;,]{0,50},?\s*"
    r"(?:nếu|trường\s+hợp|có)\s[^.;]{0,40}?(?:khó\s+khăn|vướng\s+mắc|phát\s+sinh)",
    re.IGNORECASE,
)
"""Whom to tell of difficulties, should there be any, is nobody's task."""
_TO_DECIDE = re.compile(r"xem\s+xét,?\s+(?:và\s+)?(?:phê\s+duyệt|quyết\s+định|ban\s+hành|thông\s+qua|cho\s+ý\s+kiến)")
"""What a report lays before those who decide."""
_OWN_FORCE = re.compile(
    rf"(?<![{LETTER}])(?<!ngày\s)(?<!khi\s)[^\s.,;]{{1,12}}\s+[^\s.,;]{{1,12}}\s+này\s+(?:thay\s+thế|có\s+hiệu\s+lực)"
)
_NOTICE = re.compile(
    rf"sử\s+dụng\s+con\s+dấu|có\s+hiệu\s+lực\s+(?:thi\s+hành\s+)?(?:kể\s+)?từ|"
    rf"thông(?<![{LETTER}]thông)\s+báo\s+(?:[^.;]{{0,80}}?\s)?(?:để|đến)\s[^.]{{4,200}}?(?:biết|thực\s+hiện)"
)
"""These two are read in lower case."""
_NOTICED = ("dấu", "lực", "báo")
"""One of these is in each notice."""
_PAPERS = re.compile(ADDRESS, re.IGNORECASE)
_SIGNED = re.compile(rf"{SIGNS_FOR}(?:\.|\s)\s*[A-ZĐ]{{2}}")
_ANNEX = re.compile(
    r"(?:PHỤ\s+LỤC|KẾ\s+HOẠCH|CHƯƠNG\s+TRÌNH|QUY\s+(?:CHẾ|ĐỊNH)|ĐỀ\s+ÁN|PHƯƠNG\s+ÁN|DANH\s+MỤC|Phụ\s+lục)(?:\s|$)"
)
_THANKS = re.compile(
    r"[\s,]*(?:ghi\s+nhận|biểu\s+dương|đánh\s+giá\s+cao|hoan\s+nghênh|cảm\s+ơn|chia\s+sẻ(?=\s+(?:với|những|khó|mất))|"
    r"làm\s+việc\s+(?:theo|kiêm\s+nhiệm)|(?:cơ\s+bản\s+)?(?:đồng\s+ý|nhất\s+trí|thống\s+nhất\s+với))",
    re.IGNORECASE,
)
# Below a committee's heading: what it is to lead, and not its leaders.
_LEADS = re.compile(r"lãnh\s+đạo\s", re.IGNORECASE)
_EACH_OF_THEM = re.compile(
    r"(?:mỗi|từng)\s+(?:đơn\s+vị|địa\s+phương|xã|phường|chi\s+(?:bộ|đoàn|hội)|đảng\s+bộ|cơ\s+quan|sở|thôn|khu\s+phố|phòng)(?:\s*,\s*[^\s,.;]+)?\s",
    re.IGNORECASE,
)
_CARRYING = "carrying out"
_ASKS = "asks"
_DUTIES = "duties"
"""The section of a chapter whose title speaks of duties ("TRÁCH NHIỆM VÀ QUYỀN HẠN"): its articles name who has them."""
_NUMBERED = ("roman", "article", "number", "capital", "letter", "bracket", "ordinal")
"""Styles of items with which a document begins to say what is to be done."""
_SECTIONS = ("part", "chapter", "annex", "article", "roman", "capital")
_CALLS_BELOW = re.compile(
    r"(?:yêu\s+cầu|chỉ\s+thị|giao|đề\s+nghị|kết\s+luận|chỉ\s+đạo|có\s+ý\s+kiến)(?:\s+(?:chỉ\s+đạo|như\s+sau|sau|một\s+số|nội\s+dung|việc))*\s*:$",
    re.IGNORECASE,
)
"""The end of what calls on those who are named behind it."""
_GOES_ON = re.compile(r"[.;]\s[^.;]*:$")
"""The end of an item that has said something to do before it goes on below."""
_ABOVE_ALL = re.compile(
    r"(?:trong\s+đó|chú\s+trọng|tập\s+trung|cụ\s+thể|trọng\s+tâm|như\s+sau|sau(?:\s+đây)?|các\s+nội\s+dung)[^.;:]{0,40}:$",
    re.IGNORECASE,
)
"""The end of an item that goes on below ("Trong đó chú trọng:"), for whoever it names."""
_SUMS_UP = re.compile(
    r"(?:thực\s+hiện|tập\s+trung|triển\s+khai)(?:\s+[^\s.;:]+){0,8}?\s+(?:nhiệm\s+vụ|nội\s+dung|công\s+việc|giải\s+pháp|biện\s+pháp|việc)"
    r"(?:\s*,\s*[^\s.;:]+\s+[^\s.;:]+)?(?:\s+(?:trọng\s+tâm|cụ\s+thể|chủ\s+yếu))?\s+(?:như\s+)?sau(?:\s+đây)?\s*:$",
    re.IGNORECASE,
)
"""The end of a paragraph that only announces what those named in it are to do."""
_PLEADS = re.compile(
    r"(?:trân\s+trọng\s+)?(?:kính\s+)?(?:kiến\s+nghị|đề\s+xuất)(?:\s*,\s*đề\s+(?:xuất|nghị))?\s+(?:với\s+)?",
    re.IGNORECASE,
)
_PART = re.compile(r"(?<=\s)\((?:[2-9]|1[0-9])\)\s+")
"""The mark of a numbered part of an item, in its line."""
_FIRST_PART = re.compile(r"[\s:*_]*\(1\)\s")
_MEETS = re.compile(r"\s*(?:mỗi\s+\S+\s+)?họp\s")
"""How often a body meets, which a regulation says of its procedure."""
_IN_CHARGE = re.compile(r"[\s,:]*(?:chủ\s+trì|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm)\s*,?\s", re.IGNORECASE)
_A_LEVEL = re.compile(r"cấp\s+(?!ủy)", re.IGNORECASE)
"""Of "1. Cấp tỉnh", below which items name who of that level is meant."""
_SHORTEST = 25
"""A shorter item says no work, in characters."""
_SHORTEST_WORK = 15
"""The same of what follows the addressees in a sentence."""
_LONGEST_CLAUSE = 200
"""Of a clause set before an order, in characters."""
_ISSUES = re.compile(
    r"\s(?:ban\s+hành|đánh\s+giá|quyết\s+nghị|kết\s+luận|thông\s+báo|xây\s+dựng|cơ\s+bản\s+(?:thống\s+nhất|đồng\s+ý)|"
    r"ghi\s+nhận|biểu\s+dương|phê\s+bình|nhắc\s+nhở|thống\s+nhất)\s",
    re.IGNORECASE,
)


class _Scope(NamedTuple):
    """What holds below an item: whose work it is, who helps, and what kind of section it is ("aims", "account", "work", …)."""

    lead: tuple[Addressee, ...] = ()
    support: tuple[Addressee, ...] = ()
    section: str = ""
    standing: bool = False
    """What stands here always holds (the articles of a regulation, an annex of procedures): only who must carry it out has work."""
    open_: bool = False
    """The lead is a group that a line with a colon calls on ("yêu cầu các bộ, ngành:"): items below may name others."""


def find_tasks(layout: Layout, heading: Heading, finder: BodyFinder) -> list[Task]:
    """Return every task of the document's own text, in text order and in offsets of the reading text, without sentences."""
    asks_only = not assigns(heading)
    if asks_only and heading.type not in types_of("report"):
        return []
    walk = _Walk(TaskText(layout.text, heading, finder), read_outline(layout), layout.quotes, asks_only=asks_only)
    found = [t for t in walk.tasks() if not all(is_anybody(a.name) for a in t.lead)]
    return sorted(found, key=lambda t: t.start)


class _Walk:
    """Goes through a document's outline from top to bottom."""

    def __init__(self, reading: TaskText, items: tuple[Item, ...], quotes: Quotes, *, asks_only: bool) -> None:
        self.reading = reading
        # A report tells what was done; only where it makes its requests others have something to do.
        self.asks_only = asks_only
        self.quotes = quotes
        self.items = items
        self.top = _Scope(standing=reading.heading.type in STANDING)
        self.scopes: list[_Scope] = []
        self.found: list[Task] = []
        self.parents = {item.parent for item in items}
        # Below a group of any bodies ("các cấp ủy") that a line calls on: the tasks of the items that name nobody, and where other items
        # name bodies of their own.
        self.shared: list[tuple[int, Task]] = []
        self.named: set[int] = set()
        self.listed: set[int] = set()
        """Items below which marked ones have stood: a bare paragraph behind these is the document's, not of whom the item names."""
        # Before its first numbered item a document tells who it is and why: `begun` once it has said so in a sentence.
        self.opened = self.begun = self.closing = False

    def tasks(self) -> list[Task]:
        """Return the tasks in the order of the outline."""
        for i, item in enumerate(self.items):
            said = self.reading.text[item.start : item.end]
            above = self._above(item)
            self.scopes.append(above)
            self.closing = self._closes(item, said)
            if self.closing or self.quotes.holds(item.start):
                continue
            above = self._behind_a_list(item, above)
            self.opened = self.opened or item.style in _NUMBERED
            if i and self.items[i - 1].style in ("chapter", "part") and not item.style:
                # "Chương II" / "TRÁCH NHIỆM VÀ QUYỀN HẠN": the title of what the chapter holds
                section = section_of(said)
                self.scopes[i - 1] = self.scopes[i - 1]._replace(section=_DUTIES if section == "work" else section)
            self.scopes[-1] = self._tells(item, said, above) or self._read(i, item, said, above)
            self.begun = self.begun or (not item.heading and not item.style)
        # "yêu cầu các cấp ủy: 1. Nâng cao nhận thức. 2. Ban Tổ chức …": where some have work of their own, the rest is for everybody
        general = {id(task) for parent, task in self.shared if parent in self.named}
        return [task for task in self.found if id(task) not in general]

    def _above(self, item: Item) -> _Scope:
        """What holds where the item stands."""
        above = self.scopes[item.parent] if item.parent >= 0 else self.top
        return above._replace(standing=True, lead=(), support=()) if item.style in ("chapter", "annex") else above

    def _behind_a_list(self, item: Item, above: _Scope) -> _Scope:
        """What holds for the item, which may be a bare paragraph behind a body's list: "Đề nghị các đơn vị …" is no work of that body."""
        if item.style:
            self.listed.add(item.parent)
        elif not item.heading and item.parent in self.listed and self.items[item.parent].style not in _SECTIONS:
            return above._replace(lead=(), support=())
        return above

    def _tells(self, item: Item, said: str, above: _Scope) -> _Scope | None:
        """What holds below an item of a report that tells what was done; None where others have something to do."""
        if not self.asks_only or above.section == _ASKS:
            return None
        return above._replace(section=section_of(said) or above.section) if item.heading or item.lead_in else above

    def _closes(self, item: Item, said: str) -> bool:
        """Does the item stand where bodies only get the paper: below "Kính gửi" or "Nơi nhận", or in a signature?"""
        if _PAPERS.match(said) or _SIGNED.match(said):
            return True
        text_begins = item.style in ("part", "article", "roman") or (not self.opened and item.style != "dash")
        return self.closing and not text_begins and not _ANNEX.match(said)

    def _read(self, i: int, item: Item, said: str, above: _Scope) -> _Scope:
        """Take an item as what it is: a label, a heading, or something to do. Return what holds below it."""
        if i and (label := _LABEL.match(self.reading.text, item.start, item.end)):
            self._label(label, item, self.items[i - 1])
            return above
        if scope := self._heads(item, above):
            self.named.add(item.parent)
            return scope
        if (item.heading or (item.lead_in and len(said) < 60)) and not self._titles(item, said):
            above = above._replace(section=section_of(said) or above.section)
        if _FAREWELL.match(said):
            self._take(list(self._orders(item, above._replace(lead=(), support=()))), item.end)
            return above
        if (len(said) < _SHORTEST and not self._orders_briefly(item)) or _NO_WORK.match(said):
            return above
        contains = i in self.parents and (item.heading or item.lead_in)
        return self._work(item, said, above, contains=contains)

    def _titles(self, item: Item, said: str) -> bool:
        """Is the line of the document's own title ("về tình hình thực hiện nhiệm vụ …"), which opens no section?"""
        title = self.reading.heading.title or ""
        return not item.style and not self.opened and " ".join(said.split()).lower() in title.lower()

    def _heads(self, item: Item, above: _Scope) -> _Scope | None:
        """What holds below an item that is nothing but addressees, with what calls them; None for any other."""
        if not (item.heading or item.lead_in or item.end - item.start <= LONGEST_TITLE):
            return None
        call = _CALL.match(self.reading.text, item.start, item.end)
        if not self._may_head(item, above, called=call is not None):
            return None
        lead, end = self._headed(item, call)
        tail = _HEADING_END.match(self.reading.text, end, item.end) if lead else None
        if not tail or tail.end() != item.end:
            return None
        if self.reading.text[item.end - 1] in ".;" and self.reading.text[end : item.end].strip(" .;*_"):
            return None  # a sentence, if a short one
        support = self.reading.helpers(end, item.end, lead)
        level = all(_A_LEVEL.match(a.name) for a in lead)
        return above._replace(lead=lead, support=support, section=above.section or "work", open_=level)

    def _may_head(self, item: Item, above: _Scope, *, called: bool) -> bool:
        """In a list by dashes bodies stand as recipients, on a bare line as letterheads: a colon there says that work follows."""
        listed = item.style in ("dash", "plus", "bullet") or (not item.style and not self.opened)
        if listed and not item.lead_in:
            return False
        return not above.standing or called or item.lead_in or above.section in (_CARRYING, _DUTIES)

    def _headed(self, item: Item, call: re.Match[str] | None) -> tuple[tuple[Addressee, ...], int]:
        """Whom the line names behind its call, and where the names end."""
        start = call.end() if call else item.start
        whole = call is not None and "của" in call.group() and (item.heading or item.lead_in)
        lead, end = self.reading.addressees(start, item.end, heading=True)
        known = bool(lead) and all(a.key for a in lead) and not self.reading.text[end : item.end].strip(" :*_")
        if whole and not known and is_unit(self.reading.text[start : item.end]):
            # "Nhiệm vụ của Tổ tiếp công dân, xử lý khiếu nại, tố cáo:": a name that holds verbs
            return self.reading.named(start, item.end)
        return lead, end

    def _work(self, item: Item, said: str, above: _Scope, *, contains: bool) -> _Scope:
        """Take what the item says to do as tasks. Return what holds below it: "Giao Sở X chịu trách nhiệm:" leads its items."""
        placed = list(self._orders(item, above))
        orders = [order for order in placed if order.lead]
        if item.style and any(order.lead != above.lead for order in orders):
            self.named.add(item.parent)
        if announced := self._announces(item, said, orders, above, contains=contains):
            return announced
        rest = self._take(placed, item.end)
        if len(orders) == 1 and item.lead_in and _ABOVE_ALL.search(said):
            return above._replace(lead=orders[0].lead, section=above.section or "work", open_=False)
        if contains or item.lead_in or (orders and above.open_) or not self._bound(above):
            return above
        if self._is_work(item, rest):
            self._inherit(item, rest, above)
        return above

    def _inherit(self, item: Item, end: int, above: _Scope) -> None:
        """Take the item, or each of its numbered parts, as a task of whoever leads where it stands."""
        reading = self.reading
        anybody = above.open_ and not any(a.name[0].isupper() for a in above.lead)
        for start, stop in self._parts(item.start, end, item.style == "bracket"):
            self.found.append(reading.finish(reading.task(start, stop, above.lead, "body-heading"), above.support))
            if anybody:
                self.shared.append((item.parent, self.found[-1]))

    def _announces(
        self, item: Item, said: str, orders: list[_Placed], above: _Scope, *, contains: bool
    ) -> _Scope | None:
        """What holds below an item that says only who is to do what stands there; None for any other."""
        section = above.section or "work"
        first = orders[0] if len(orders) == 1 and (item.lead_in or contains) else None
        if first and self._calls_only(first, item):
            generic = all(a.key is None for a in first.lead) and not item.style
            helpers = self.reading.helpers(first.end, item.end, first.lead)
            return above._replace(lead=first.lead, support=helpers, section=section, open_=generic)
        if orders and self.reading.text[orders[0].end] == ";" and _SUMS_UP.search(said):
            # "yêu cầu Giám đốc các sở; Chủ tịch UBND các xã thực hiện một số nhiệm vụ sau:"
            lead = tuple(dict.fromkeys(a for order in orders for a in order.lead))
            return above._replace(lead=lead, section=section, open_=True)
        return None

    def _calls_only(self, order: _Placed, item: Item) -> bool:
        """Does the item say little more than who is to do what stands below it?"""
        return item.end - order.end < 120 and _GOES_ON.search(self.reading.text, order.end, item.end) is None

    def _take(self, orders: list[_Placed], end: int) -> int:
        """Take each order, up to the next one, as a task or as those of its numbered parts. Return where the first one begins."""
        reading = self.reading
        begins = [o.start if o.called and not o.opens else o.begin for o in orders]
        ends = [*(_before_mark(reading.text, begin) for begin in begins[1:]), end]
        for order, begin, stop in zip(orders, begins, ends, strict=False):
            if not order.lead:
                continue
            rule = "called" if order.called else "subject"
            numbered = _FIRST_PART.match(reading.text, order.end, stop) is not None
            for part in self._parts(begin, stop, numbered):
                self.found.append(reading.finish(reading.task(*part, order.lead, rule)))
        return begins[0] if begins else end

    def _parts(self, start: int, end: int, numbered: bool) -> Iterator[tuple[int, int]]:
        """ "Bộ Y tế: (1) Rà soát …; (2) Báo cáo …": the parts of text[start:end], each a task; all of it where they are not `numbered`."""
        text = self.reading.text
        marks = list(_PART.finditer(text, start, end)) if numbered else []
        for begin, stop in zip([start, *(m.end() for m in marks)], [*(m.start() for m in marks), end], strict=True):
            yield begin, trimmed(text, begin, stop, "*_")

    def _sentences(self, item: Item) -> Iterator[tuple[int, int]]:
        """The item's sentences; names before a colon or semicolon go with what follows ("Sở A; Sở B: rà soát …", "Bộ Y tế: (1) …")."""
        text, held = self.reading.text, -1
        for begin, end in sentences(text, item.start, item.end):
            start = begin if held < 0 else held
            held = -1
            if text[end - 1] in ":;" and end < item.end and self.reading.addressees(begin, end)[1] >= end - 1:
                held = start
                continue
            yield start, end
            self.opened = self.opened or _CALLS_BELOW.search(text, start, end) is not None

    def _orders(self, item: Item, above: _Scope) -> Iterator[_Placed]:
        """The orders that the item's sentences give, and where a sentence stands that is no part of any: an order to nobody."""
        text, low = self.reading.text, self.reading.low
        for begin, end in self._sentences(item):
            if self.asks_only and _TO_DECIDE.search(low, begin, end):
                continue
            if _IF_NEED_BE.match(text, begin, end):
                yield _Placed(begin, begin, begin, (), False)
                continue
            if _NO_WORK.match(text, begin, end) or _notifies(low, begin, end):
                continue
            if above.lead and _LEADS.match(text, begin, end):
                continue
            if above.lead and not above.open_ and _EACH_OF_THEM.match(text, begin, end):
                continue  # "Mỗi đơn vị …" below a group: that group's
            order = self._pleads(begin, end) or read_order(self.reading, begin, end)
            if order is None or (end - order.end < _SHORTEST_WORK and not item.lead_in):
                continue
            if self._gives(order, begin, end, above) and not self._only_tells(order, end):
                yield _Placed(begin, order.start, order.end, order.lead, order.called)

    def _pleads(self, begin: int, end: int) -> Order | None:
        """ "Kiến nghị Ban Thường vụ Tỉnh ủy: chỉ đạo …", which only a report's requests say to somebody."""
        call = _PLEADS.match(self.reading.text, begin, end) if self.asks_only else None
        lead, stop = self.reading.addressees(call.end(), end) if call else ((), begin)
        return Order(begin, stop, lead, called=True, given=False) if lead else None

    def _gives(self, order: Order, begin: int, end: int, above: _Scope) -> bool:
        """Is it an order where it stands? Below a body's heading, what is asked of others is that body's work: only one who is named
        first, or to whom it is given ("Giao Sở X …"), has a task of its own."""
        given_first = order.given and order.start == begin
        if above.lead and not above.open_ and order.called and not given_first:
            return False
        if above.standing and not (given_first or self._assigns(order, begin, end, above)):
            return False
        if above.section in ("account", "agenda"):
            return order.given
        if self.asks_only and not order.called:
            return False
        return order.called or (above.section != "aims" and self._has_begun(order, begin, end))

    def _only_tells(self, order: Order, end: int) -> bool:
        """Does it tell of the document itself, or thank?"""
        return self._issues(order, end) or (
            not order.called and _THANKS.match(self.reading.text, order.end, end) is not None
        )

    def _has_begun(self, order: Order, begin: int, end: int) -> bool:
        """Is what is said here work, or still the story of how the document came about?"""
        if self.opened or self.found:
            return True
        own = self.reading.heading.issuer_key
        another = own is not None and all(a.key not in (None, own) for a in order.lead)
        if another and self.reading.heading.type == "Công văn" and self.reading.deadline(order.end, end):
            return True  # a letter of one sentence: "Về đề nghị của Sở A, Sở B thẩm định trước ngày …"
        return self.begun and order.start == begin and (another or not _ISSUES.match(self.reading.text, order.end))

    def _bound(self, above: _Scope) -> bool:
        """Is what stands here work for those who lead? In a text that says what always holds, only for bodies that are named."""
        if not above.standing or above.section == _CARRYING:
            return bool(above.lead)
        return self._has_duty(above.lead, above)

    def _has_duty(self, named: tuple[Addressee, ...], above: _Scope) -> bool:
        """In a text that says what always holds: are those named bodies, or in its chapter of duties one, an office, or members?"""
        duties = above.section == _DUTIES
        return bool(named) and all(a.key or (duties and (is_one(a.name) or are_members(a.name))) for a in named)

    def _assigns(self, order: Order, begin: int, end: int, above: _Scope) -> bool:
        """Does a text that says what always holds assign here: in a section for that, to who must carry it out, or by a day?"""
        if above.section == _DUTIES and self._has_duty(order.lead, above):
            return True
        behind = self.reading.text[order.end : order.end + 40]
        if (
            above.section == "work"
            and order.start == begin
            and all(a.key for a in order.lead)
            and self._leads(order, end)
        ):
            return True
        carries = above.section == _CARRYING or "chịu trách nhiệm thi hành" in behind
        return carries or (_MEETS.match(behind) is None and self.reading.deadline(order.end, end) is not None)

    def _leads(self, order: Order, end: int) -> bool:
        """Does the order put somebody in charge ("chủ trì, phối hợp với …")?"""
        return _IN_CHARGE.match(self.reading.text, order.end, end) is not None

    def _issues(self, order: Order, end: int) -> bool:
        """ "Chính phủ ban hành Nghị quyết này": that a body issues its own document is no task."""
        heading = self.reading.heading
        return (
            heading.issuer_key is not None
            and {a.key for a in order.lead} == {heading.issuer_key}
            and _ISSUES.match(self.reading.text, order.end, end) is not None
        )

    def _is_work(self, item: Item, end: int) -> bool:
        """Does an item below a body's heading say something to do? It opens like a sentence, and is no mere name."""
        said = self.reading.text[item.start : end]
        return (
            said[:1].isupper()
            and not said.isupper()
            and " | " not in said
            and (len(said.split()) > 5 or self._orders_briefly(item))
            and not (self.asks_only and _TO_DECIDE.search(self.reading.low, item.start, end))
            and not _notifies(self.reading.low, item.start, end)
            and "…." not in said
            and not told_of(said[:60])
        )

    def _orders_briefly(self, item: Item) -> bool:
        """ "Rà soát quy hoạch điện.": a sentence of a few words that opens with what is to be done."""
        text = self.reading.text
        return (
            text[item.end - 1] in ".;"
            and item.end - item.start >= _SHORTEST_WORK
            and starts_work(text, item.start, item.end)
        )

    def _label(self, label: re.Match[str], item: Item, before: Item) -> None:
        """ "Cơ quan chủ trì: Sở X" behind an item: the item is that body's task; the lines behind it say more of the same task."""
        reading = self.reading
        last = self.found[-1] if self.found and self.found[-1].end == before.end else None
        if label["time"]:
            deadline = reading.deadline(label.end(), item.end, cell=True)
            if last and deadline:
                self.found[-1] = due(reading.longer(last, item.end), deadline)
            return
        addressees, _ = reading.addressees(label.end(), item.end, heading=True)
        if not addressees:
            if last:
                self.found[-1] = reading.longer(last, item.end)
            return
        if last:
            if "phối" in label["what"].lower():
                more = replace(last, support=tuple(dict.fromkeys((*last.support, *addressees))))
            else:
                more = replace(last, lead=addressees, rule="labelled")
            self.found[-1] = reading.longer(more, item.end)
        elif "phối" not in label["what"].lower():
            self.found.append(reading.finish(reading.task(before.start, item.end, addressees, "labelled")))


class _Placed(NamedTuple):
    """An order with where its sentence begins."""

    begin: int
    start: int
    end: int
    lead: tuple[Addressee, ...]
    called: bool

    @property
    def opens(self) -> bool:
        """Does its sentence open with the call, or with a clause that belongs to it?"""
        return self.start - self.begin < _LONGEST_CLAUSE


def _before_mark(text: str, begin: int) -> int:
    """Return where the text before a part ends that begins at `begin`, without the part's mark ("(2) ")."""
    mark = re.compile(r".*?(\([0-9]{1,2}\)\s+)$", re.DOTALL).match(text, max(0, begin - 8), begin)
    return mark.start(1) if mark else begin


def _notifies(low: str, begin: int, end: int) -> bool:
    """Does what low[begin:end] says tell of the document's own force, or that it is made known, and order nothing?"""
    own = low.find("này", begin, end) >= 0 and _OWN_FORCE.search(low, begin, end) is not None
    noticed = any(low.find(word, begin, end) >= 0 for word in _NOTICED)
    return own or (noticed and _NOTICE.search(low, begin, end) is not None)
