"""Tasks: what a document makes bodies do, with whom and by when.

The outline tells: a heading or a line that ends in a colon and names bodies ("2. Sở Nội vụ", "Giao Sở Y tế chịu trách nhiệm:") holds for
all items below it until another takes over; an item may name its own ("Giao Sở Nội vụ chủ trì …", "Sở Nội vụ tổng hợp …"); lines
behind an item say more of it ("Cơ quan chủ trì: …", "Thời gian hoàn thành: …"). Tables are read by `task_tables`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from string import whitespace

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import trimmed
from chidao.extract.language.patterns import (
    ANNEX,
    ATTACHED_IN_CAPITALS,
    ISSUES,
    TELEGRAPHS,
)
from chidao.extract.language.tables import words
from chidao.extract.language.verbs import CARRIES_OUT
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import Heading, Task
from chidao.extract.reading.layout import Layout
from chidao.extract.reading.outline import Item, read_outline
from chidao.extract.reading.quotes import Quotes
from chidao.extract.statements.addressees.words import are_levels, is_anybody, is_one
from chidao.extract.statements.deadlines.deadlines import Deadline
from chidao.extract.statements.predicates import starts_work
from chidao.extract.statements.sections import section_of
from chidao.extract.statements.tasks.given import Given, Placed
from chidao.extract.statements.tasks.item_headings import ItemHeadings, asks_some
from chidao.extract.statements.tasks.labels import label_of, labelled, with_label
from chidao.extract.statements.tasks.lead_ins import ABOVE_ALL, LISTS_WHAT, SUMS_UP
from chidao.extract.statements.tasks.named_below import named_below
from chidao.extract.statements.tasks.no_work import says_no_work
from chidao.extract.statements.tasks.parts import GIVES, Parts
from chidao.extract.statements.tasks.scope import DUTIES, Scope
from chidao.extract.statements.tasks.task_text import BINDING, ENDS_TEXT, STANDING, TaskText, assigns, due
from chidao.ontology.authority import types_of

_FAREWELL = "trên đây là "
"""How a document takes its leave, in lower case: a sentence behind that may still ask for something, and of anybody."""
_TELEGRAM = re.compile(TELEGRAPHS)
_ANNEX = re.compile(rf"(?:{ANNEX}|{ATTACHED_IN_CAPITALS})(?:\s|$)")
_NUMBERED = ("roman", "article", "point", "number", "capital", "letter", "bracket", "ordinal")
"""Styles of items with which a document begins to say what is to be done."""
_SECTIONS = ("part", "chapter", "annex", "article", "roman", "capital")
_GOES_ON = re.compile(r"[.;]\s[^.;]*:$")
"""The end of an item that has said something to do before it goes on below."""
_PART = re.compile(r"(?<=\s)\((?:[2-9]|1[0-9])\)\s+")
"""The mark of a numbered part of an item, in its line."""
_AROUND = f"{whitespace}:*_"
_HAS_BEEN_DONE = re.compile(
    rf"[);:–-]\s*(?:(?:hiện|đến)\s+nay\s*,?\s*)?(?:cơ\s+bản\s+)?đã\s+(?:cơ\s+bản\s+)?"
    rf"(?:{one_of(words('is finished'))}|{ISSUES}|{CARRIES_OUT}\s+xong|xong(?!\w))[^.;]{{0,60}}[\s.;)/]*$"
)
"""Of "Xây dựng phần mềm (Sở Xây dựng chủ trì) đã hoàn thành trong tháng 2", "Rà soát quy hoạch: đã ban hành"."""
_SAYING = re.compile(r"[>\s*_]*[\"“][^\"“”\n]{30,}[\"”][*_.\s]*(?:[-–—(]\s*\S[^\n]*)?")
"""Of "“Cán bộ phải gần dân …” - lời của đồng chí Bí thư": what is quoted of somebody, and orders nothing."""
_PERIOD = re.compile(
    r"(?:(?:phiên|kỳ)\s+họp\s+(?:thường\s+kỳ\s+)?)?(?P<when>(?:tháng\s+[0-9]{1,2}|quý\s+(?:iv|i{1,3}|[1-4]))(?:(?:\s*[/-]\s*|\s+năm\s+)20[0-9]{2})?)\s*:?"
)
"""A heading, in lower case, that says no more than when what stands below is done: "THÁNG 3/2026", "Phiên họp tháng 4"."""
_NO_WORK = ("aims", "account", "agenda")
_SHORTEST = 25
"""A shorter item says no work, in characters."""


def find_tasks(layout: Layout, heading: Heading, finder: BodyFinder) -> list[Task]:
    """Return every task of the document's own text, in text order and in offsets of the reading text, without sentences."""
    tells = not assigns(heading) and heading.type not in BINDING
    if tells and heading.type not in types_of("report"):
        return []
    walk = _Walk(TaskText(layout.text, heading, finder, layout.low), read_outline(layout), layout.quotes, tells=tells)
    found = [t for t in walk.tasks() if not (all(is_anybody(a.name) for a in t.lead) or _is_done(t))]
    return sorted(found, key=lambda t: t.start)


def _is_done(task: Task) -> bool:
    """Does the text say at its end that it has been done, and nothing of a day ahead?"""
    return task.deadline is None and "đã" in task.text and _HAS_BEEN_DONE.search(task.text) is not None


def _is_told(said: str) -> bool:
    """Is it a heading of an account or of what is asked for ("Đánh giá kết quả", "Đề xuất"), and below a call to report no work?"""
    return section_of(said) in ("account", "asks")


class _Walk:
    """Goes through a document's outline from top to bottom."""

    def __init__(self, reading: TaskText, items: tuple[Item, ...], quotes: Quotes, *, tells: bool) -> None:
        self.reading = reading
        self.parts = Parts(reading.heading) if tells else None
        self.quotes = quotes
        self.items = items = _ruling(items) if reading.heading.type in BINDING else items
        self.top = Scope(standing=reading.heading.type in STANDING)
        self.scopes: list[Scope] = []
        self.found: list[Task] = []
        self.given = Given(reading, self.found, tells=tells)
        self.headings = ItemHeadings(self.given)
        self.below: dict[int, list[Item]] = defaultdict(list)
        for item in items:
            self.below[item.parent].append(item)
        last = {(item.parent, item.style): i for i, item in enumerate(items)}
        self.followed = {i for i, item in enumerate(items) if item.style and last[item.parent, item.style] > i}
        """Items behind which their list goes on."""
        # Below a group of any bodies ("các cấp ủy") that a line calls on: the tasks of the items that name nobody, and where other items
        # name bodies of their own.
        self.shared: list[tuple[int, Task]] = []
        self.named: set[int] = set()
        self.listed: set[int] = set()
        """Items below which marked ones have stood: a bare paragraph behind these is the document's, not of whom the item names."""
        self.closing = False

    def tasks(self) -> list[Task]:
        """Return the tasks in the order of the outline."""
        for i, item in enumerate(self.items):
            said = self.reading.text[item.start : item.end]
            above = self._above(item)
            self.scopes.append(above)
            self.closing = self._closes(item, said)
            if self.closing or self.quotes.holds(item.start):
                continue
            above = self._behind_a_list(i, item, above)
            self.given.opened = self.given.opened or item.style in _NUMBERED
            if i and self.items[i - 1].style in ("chapter", "part") and not item.style:
                # "Chương II" / "TRÁCH NHIỆM VÀ QUYỀN HẠN": the title of what the chapter holds
                self.scopes[i - 1] = self._chapter(said, self.scopes[i - 1])
            if item.style == "chapter" and section_of(said):
                self.scopes[-1] = self._tells(item, said, above) or self._chapter(said, above)
                continue
            told = self._tells(item, said, above) if self.parts else None
            self.scopes[-1] = told or (self._dated if above.by else self._read)(i, item, said, above)
            self.given.begun = self.given.begun or (not item.heading and not item.style)
        # "yêu cầu các cấp ủy: 1. Nâng cao nhận thức. 2. Ban Tổ chức …": where some have work of their own, the rest is for everybody
        general = {id(task) for parent, task in self.shared if parent in self.named}
        return [task for task in self.found if id(task) not in general]

    def _dated(self, i: int, item: Item, said: str, above: Scope) -> Scope:
        """Read an item below a heading that names a term, which is that of what it says to do without one. Return what holds below it."""
        begun = len(self.found)
        below = self._read(i, item, said, above)
        self.found[begun:] = [due(t, above.by) if t.deadline is None else t for t in self.found[begun:]]
        return below

    def _chapter(self, title: str, above: Scope) -> Scope:
        """What holds in a chapter with that title."""
        section = section_of(title)
        return above._replace(section=DUTIES if section == "work" else section)

    def _above(self, item: Item) -> Scope:
        """What holds where the item stands."""
        above = self.scopes[item.parent] if item.parent >= 0 else self.top
        return above._replace(standing=True, lead=(), support=()) if item.style in ("chapter", "annex") else above

    def _behind_a_list(self, i: int, item: Item, above: Scope) -> Scope:
        """What holds for the item, which may be a bare paragraph behind a body's list: "Đề nghị các đơn vị …" is no work of that body,
        and "Hoàn thiện dự thảo, gửi …" is, where the number behind it goes on with the list that names the body."""
        if item.style:
            self.listed.add(item.parent)
        elif item.heading and i in self.below:
            return above
        elif item.parent in self.listed and self.items[item.parent].style not in _SECTIONS:
            if item.parent in self.followed and starts_work(self.reading.text, item.start, item.end):
                return above
            told = (
                above.section == "account"
            )  # "báo cáo theo các nội dung sau:" / "1. Kết quả …" / "Đề nghị các sở gửi trước ngày …"
            return (self._above(self.items[item.parent]) if told else above)._replace(lead=(), support=())
        return above

    def _tells(self, item: Item, said: str, above: Scope) -> Scope | None:
        """What holds below an item of a report or minutes that tells what was done; None where others have something to do."""
        if self.parts is None:
            return None
        opens = (item.heading or item.lead_in) and not self._titles(item, said)
        section = self.parts.below(said, above.section, lead_in=item.lead_in) if opens else above.section
        gives = above.section in GIVES and section in (above.section, *GIVES)
        return None if gives else above._replace(section=section)

    def _closes(self, item: Item, said: str) -> bool:
        """Does the item stand where bodies only get the paper: below "Kính gửi" or "Nơi nhận", or in a signature?"""
        if ENDS_TEXT.match(said) or (not self.given.opened and _TELEGRAM.match(said)):
            return True
        if not self.closing:
            return False
        text_begins = item.style in ("part", "article", "roman") or (not self.given.opened and item.style != "dash")
        return not text_begins and not _ANNEX.match(said)

    def _read(self, i: int, item: Item, said: str, above: Scope) -> Scope:
        """Take an item as what it is: a label, a heading, or something to do. Return what holds below it."""
        if i and ":" in said and (label := label_of(self.reading, item)):
            self._label(label, item, self.items[i - 1])
            return above
        if (item.heading or item.lead_in) and (by := self._period(item)):
            return above._replace(by=by)
        if scope := self._puts_in_charge(i, item, said, above):
            return scope
        opens = item.heading or (item.lead_in and len(said) < 60 and not _states_grounds(said))
        if opens and not self._titles(item, said) and (section := section_of(said)):
            above = above._replace(section=section)
        if self._says_nothing(item, said):
            self._take_leave(item, above)
            return above
        below = self.below.get(i, []) if item.heading or item.lead_in else []
        if below and item.lead_in and self._lists_things(i, item, above):
            self._inherit(item, item.end, above)
            return above
        return self._work(item, said, above, below)

    def _take_leave(self, item: Item, above: Scope) -> None:
        """Take what the item orders behind the document's farewell."""
        if self.reading.low.startswith(_FAREWELL, item.start, item.end):
            self._take(list(self.given.orders(item, above._replace(lead=(), support=()))), item.end, self.top)

    def _says_nothing(self, item: Item, said: str) -> bool:
        """Is it a slogan, a saying of somebody, too short for work, or none by its first words?"""
        short = item.end - item.start < _SHORTEST and not self.given.is_brief_order(item)
        saying = ("“" in said or '"' in said) and _SAYING.fullmatch(said) is not None
        return said[-1] == "!" or saying or short or says_no_work(self.reading, item.start, item.end)

    def _period(self, item: Item) -> Deadline | None:
        """By when is done what stands below an item that says nothing else."""
        period = _PERIOD.fullmatch(self.reading.low, item.start, item.end)
        return (
            self.reading.cell_deadline(self.reading.text[period.start("when") : period.end("when")]) if period else None
        )

    def _puts_in_charge(self, i: int, item: Item, said: str, above: Scope) -> Scope | None:
        """What holds below an item that says whose work it is, or what stands below it; None for any other."""
        work = above.section not in _NO_WORK and ":" in said
        if work and not above.standing and (named := list(named_below(self.reading, item, self.below.get(i, ())))):
            self.found += named
            return above._replace(lead=(), support=())
        leads = work and self.reading.said["lead"].first(item.start, item.end) >= 0
        task = labelled(self.reading, item) if leads else None
        if task:
            self.found.append(task)
        if scope := above if task else self.headings.below(item, above):
            self.named.add(item.parent)
            return scope
        return self._asks(item, above) if item.lead_in and not above.lead else None

    def _asks(self, item: Item, above: Scope) -> Scope | None:
        """What holds below a line of a letter that asks its addressees without a word; None for any other."""
        asked = self.given.letter.asked_below(item.start, item.end)
        return above._replace(lead=asked, section=above.section or "work", open_=True, tacit=True) if asked else None

    def _titles(self, item: Item, said: str) -> bool:
        """Is the line of the document's own title ("về tình hình thực hiện nhiệm vụ …"), which opens no section?"""
        title = None if item.style or self.given.opened else self.reading.heading.title
        return title is not None and " ".join(said.split()).lower() in title.lower()

    def _work(self, item: Item, said: str, above: Scope, below: Sequence[Item]) -> Scope:
        """Take what the item says to do as tasks. Return what holds below it: "Giao Sở X chịu trách nhiệm:" leads its items."""
        placed = list(self.given.orders(item, above))
        if not placed:
            return self._without_orders(item, above, contains=bool(below))
        orders = [order for order in placed if order.lead]
        if orders:
            if item.style and self._names_another(orders, above):
                self.named.add(item.parent)
            if announced := self._announces(item, said, orders, above, below):
                return announced
        rest = self._take(placed, item.end, above)
        if len(orders) == 1 and item.lead_in and ABOVE_ALL.search(said):
            return self._goes_on(orders[0], item, above, below)
        if below or item.lead_in or (orders and above.open_) or not self.given.duties.bind(item, above):
            return above
        if self.given.is_work(item, rest, above) and not self._names_an_event(item, above):
            self._inherit(item, rest, above)
        return above

    def _goes_on(self, order: Placed, item: Item, above: Scope, below: Sequence[Item]) -> Scope:
        """What holds below an item that says something to do and goes on below, for whoever it names."""
        if below and self._lists_what(order, item, below):
            # of what is reported on only the day is work by which that is done
            theirs = not any(a.key for a in order.lead)
            return above._replace(lead=order.lead, section="account", standing=True) if theirs else above
        goes_on = above._replace(lead=order.lead, section=above.section or "work", open_=False, tacit=False)
        return goes_on._replace(called=asks_some(self.reading.low, order.start, order.lead))

    def _names_another(self, orders: list[Placed], above: Scope) -> bool:
        """Does an item give work to others than those above? Not "Hồ sơ số: các phòng số hóa …", where a group of those is told
        something behind a label, and none of them by name."""
        text = self.reading.text
        for order in orders:
            labelled = text.startswith(": ", order.start - 2) and text[order.start].islower()
            if order.lead != above.lead and not labelled:
                return True
        return False

    def _without_orders(self, item: Item, above: Scope, *, contains: bool) -> Scope:
        """Take an item that orders nobody to do anything as work of those above. Return what holds below it."""
        if contains or item.lead_in or not self.given.duties.bind(item, above):
            return self._charge(item, above)
        if self.given.is_work(item, item.end, above) and not self._names_an_event(item, above):
            self._inherit(item, item.end, above)
        return above

    def _lists_things(self, i: int, item: Item, above: Scope) -> bool:
        """ "Phối hợp với Sở A tổ chức hội chợ:" / "+ Hội chợ mùa xuân;": is it work of those above, and nothing below it any by itself?"""
        if not above.lead or item.heading or not starts_work(self.reading.text, item.start, item.end):
            return False
        if (
            self._announces_work(item)
            or not self.given.duties.bind(item, above)
            or list(self.given.orders(item, above))
        ):
            return False
        return not any(self.given.is_work(b, b.end, above) or list(self.given.orders(b, above)) for b in self.below[i])

    def _lists_what(self, order: Placed, item: Item, below: Sequence[Item]) -> bool:
        """ "Các sở báo cáo theo các nội dung sau:": is what stands below it no work, but what they report on, or things?"""
        text = self.reading.text
        if LISTS_WHAT.match(text, order.end, item.end) is None:
            return False
        items = (b for b in below if b.style and not _is_told(text[b.start : b.end]))
        return not any(starts_work(text, b.start, b.end) for b in items)

    def _announces_work(self, item: Item) -> bool:
        """Does its end only announce what is to be done: "Thực hiện các nhiệm vụ sau:"?"""
        said = self.reading.text[item.start : item.end]
        return SUMS_UP.search(said) is not None or ABOVE_ALL.search(said) is not None

    def _names_an_event(self, item: Item, above: Scope) -> bool:
        """ "Lễ phát động: dự kiến ngày 28/4" below "1. Cấp tỉnh": at a level things happen; only work is somebody's of that level, and of
        whom a letter asks without a word."""
        if above.tacit:
            return not self.given.letter.is_asked(item.start, item.end)
        return are_levels(above.lead) and not starts_work(self.reading.text, item.start, item.end)

    def _charge(self, item: Item, above: Scope) -> Scope:
        """Take an item below nobody that names nobody but ends with who does it: "Kiểm tra … (Văn phòng chủ trì; trước ngày 15/12)".
        Return what holds below it."""
        if above.lead or above.standing or above.section in _NO_WORK:
            return above
        lead = self.reading.charged(item.start, item.end)[0]
        listed = above.by or self.reading.is_work_programme
        if lead and (listed or starts_work(self.reading.text, item.start, item.end)):
            self.found.append(self.reading.finish(self.reading.task(item.start, item.end, lead, "in-brackets")))
        return above

    def _inherit(self, item: Item, end: int, above: Scope) -> None:
        """Take the item, or each of its numbered parts, as a task of whoever leads where it stands."""
        reading = self.reading.below(above.level)
        anybody = above.open_ and not any(a.name[0].isupper() for a in above.lead)
        for start, stop in self._parts(item.start, end, item.style == "bracket"):
            self.found.append(reading.finish(reading.task(start, stop, above.lead, "body-heading"), above.support))
            if anybody:
                self.shared.append((item.parent, self.found[-1]))

    def _announces(
        self, item: Item, said: str, orders: list[Placed], above: Scope, below: Sequence[Item]
    ) -> Scope | None:
        """What holds below an item that says only who is to do what stands there; None for any other."""
        if below and self._lists_what(orders[-1], item, below):
            return None
        tells = above.section == "account" and self.parts is None
        section = "work" if tells else above.section or "work"
        goes_on = item.lead_in or (below and not self._is_headline(item))
        if len(orders) == 1 and goes_on and self._calls_only(orders[0], item):
            return self._below_one(orders[0], item, above._replace(section=section))
        if self.reading.text[orders[0].end] == ";" and SUMS_UP.search(said):
            # "yêu cầu Giám đốc các sở; Chủ tịch UBND các xã thực hiện một số nhiệm vụ sau:"
            lead = tuple(dict.fromkeys(a for order in orders for a in order.lead))
            return above._replace(lead=lead, section=section, open_=True, tacit=False)
        return None

    def _below_one(self, order: Placed, item: Item, above: Scope) -> Scope:
        """What holds below an item that only says who is to do what stands there."""
        some = any(a.key is None and not is_one(a.name) for a in order.lead)
        generic = (some or all(a.key is None for a in order.lead)) and not item.style
        helpers = self.reading.helpers(order.end, item.end, order.lead)
        called = asks_some(self.reading.low, order.start, order.lead)
        return above._replace(lead=order.lead, support=helpers, open_=generic, tacit=False, called=called)

    def _is_headline(self, item: Item) -> bool:
        """Is it a headline of news, which tells all by itself: "Yêu cầu Sở Y tế báo cáo việc thu phí"?"""
        return not item.style and not item.lead_in and self.reading.is_news

    def _calls_only(self, order: Placed, item: Item) -> bool:
        """Does the item say little more than who is to do what stands below it?"""
        return item.end - order.end < 120 and _GOES_ON.search(self.reading.text, order.end, item.end) is None

    def _take(self, orders: list[Placed], end: int, above: Scope) -> int:
        """Take each order, up to the next one, as a task or as those of its numbered parts. Return where the first one begins."""
        if not orders:
            return end
        reading = self.reading.below(above.level)
        begins = [o.start if o.called and not o.opens else o.begin for o in orders]
        ends = [*(_before_mark(reading.text, begin) for begin in begins[1:]), end]
        for order, begin, stop in zip(orders, begins, ends, strict=False):
            if not order.lead:
                continue
            rule = "called" if order.called else "subject"
            numbered = reading.text[order.end : stop].lstrip(_AROUND).startswith("(1) ")
            for part in self._parts(begin, stop, numbered):
                self.found.append(reading.finish(reading.task(*part, order.lead, rule)))
        return begins[0]

    def _parts(self, start: int, end: int, numbered: bool) -> Iterator[tuple[int, int]]:
        """ "Bộ Y tế: (1) Rà soát …; (2) Báo cáo …": the parts of text[start:end], each a task; all of it where they are not `numbered`."""
        text = self.reading.text
        marks = list(_PART.finditer(text, start, end)) if numbered else []
        for begin, stop in zip([start, *(m.end() for m in marks)], [*(m.start() for m in marks), end], strict=True):
            yield begin, trimmed(text, begin, stop, "*_")

    def _label(self, label: re.Match[str], item: Item, before: Item) -> None:
        """Take what an item's label says of the item before."""
        last = self.found.pop() if self.found and self.found[-1].end == before.end else None
        if task := with_label(self.reading, label, item, before, last):
            self.found.append(task)


def _ruling(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the items that rule: annexes of a circular hold procedures and forms."""
    return items[: next((i for i, item in enumerate(items) if item.style == "annex"), len(items))]


def _states_grounds(said: str) -> bool:
    """ "Căn cứ Bộ luật Lao động, Nhà trường thông báo:" opens no section of grounds."""
    return said.lower().startswith("căn cứ ") and ", " in said.partition(":")[0]


def _before_mark(text: str, begin: int) -> int:
    """Return where the text before a part ends that begins at `begin`, without the part's mark ("(2) ")."""
    opened = text.rfind("(", max(0, begin - 8), begin)
    mark = text[opened:begin].rstrip() if opened >= 0 else ""
    marked = mark[-1:] == ")" and mark[1:-1].isdecimal() and opened + len(mark) < begin
    return opened if marked else begin
