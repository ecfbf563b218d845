"""Tasks: what a document makes bodies do, with whom and by when.

The outline tells: a heading or a line that ends in a colon and names bodies ("2. Sở Nội vụ", "Giao Sở Y tế chịu trách nhiệm:") holds for
all items below it until another takes over; an item may name its own ("Giao Sở Nội vụ chủ trì …", "Sở Nội vụ tổng hợp …"); lines
behind an item say more of it ("Cơ quan chủ trì: …", "Thời gian hoàn thành: …"). Tables are read by `task_tables`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import trimmed
from chidao.extract.language.patterns import (
    ADDRESS,
    AGENCY,
    ANNEX,
    AS_FOLLOWS,
    ATTACHED_IN_CAPITALS,
    CONTENT,
    COURTEOUS,
    HELPS,
    ISSUES,
    LEADS,
    PREPARES,
    SEVERAL,
    SIGNS_FOR,
    SINGLES_OUT,
    TELEGRAPHS,
)
from chidao.extract.language.tables import task_phrases, words
from chidao.extract.language.verbs import CARRIES_OUT
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import Addressee, Heading, Task
from chidao.extract.reading.layout import Layout
from chidao.extract.reading.outline import LONGEST_TITLE, Item, read_outline
from chidao.extract.reading.quotes import Quotes
from chidao.extract.statements.addressees.words import (
    HEAD,
    are_bodies,
    are_committees,
    is_anybody,
    is_body,
    is_one,
    is_unit,
    kind_of,
)
from chidao.extract.statements.deadlines.deadlines import Deadline
from chidao.extract.statements.predicates import starts_work
from chidao.extract.statements.sections import section_of
from chidao.extract.statements.tasks.given import DUTIES, Given, Placed, Scope
from chidao.extract.statements.tasks.no_work import says_no_work
from chidao.extract.statements.tasks.orders import LONGEST_TERM
from chidao.extract.statements.tasks.parts import CARRYING, GIVES, Parts, is_superior
from chidao.extract.statements.tasks.task_text import BINDING, STANDING, TaskText, assigns, due
from chidao.ontology.authority import types_of

_CALL = re.compile(rf"(?:{COURTEOUS}\s+)?{one_of((*task_phrases('give', 'call', 'heading'), 'kiến nghị'))}\s*:?\s+")
"""What stands before the addressees of a heading, in lower case."""
_RECOMMENDS = re.compile(r"kiến\s+nghị\s")
_HEADING_END = re.compile(
    rf"(?:\s*\([^()\n]{{2,160}}\))?\s*,?\s*(?:{one_of(task_phrases('duty'))}|trách\s+nhiệm|nhiệm\s+vụ|{LEADS}(?:,?\s*{HELPS}(?:\s+với\s*:)?[^:.;]{{0,160}}(?=:|$))?|"
    rf"{HELPS}[^:]{{0,160}}(?=:)|{CARRIES_OUT}(?:\s+(?:{CARRIES_OUT}|tốt|{SEVERAL}|{CONTENT}|công\s+việc|{AS_FOLLOWS}|sau|đây))*|"
    r"tập\s+trung(?:\s+\S+){0,6}(?=:)|(?:khẩn\s+trương|được\s+giao(?:\s+nhiệm\s+vụ)?)(?=:)|(?:(?:lãnh|chỉ)\s+đạo,?\s*)+(?:các\s+[^:.;]{0,60})?(?=:))?"
    r"[\s*_]*[:.]?[\s*_]*",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"[-+*•–\s]*(?P<label>(?:{AGENCY}(?:,\s*[^\s:]+\s+[^\s:]+)?|đầu\s+mối)?\s*(?P<what>{LEADS}|{CARRIES_OUT}|"
    rf"{HELPS}|thường\s+trực|chịu\s+trách\s+nhiệm)(?:\s+(?:{CARRIES_OUT}|tham\s+mưu|{PREPARES}))?|{AGENCY}\s+(?:{PREPARES}|trình)|"
    r"(?P<time>(?:thời\s+(?:gian|hạn|điểm)|tiến\s+độ)(?:\s+\S+){0,2}))\s*:\s*"
)
"""What opens a line that says more of the item above it, in lower case; the next two stand within a line."""
_WITHIN = re.compile(
    rf"[.;]\s(?:(?:(?:{AGENCY}|đầu\s+mối)\s+)?{LEADS}(?:\s+(?:thực\s+hiện|tham\s+mưu|{PREPARES}))?|"
    rf"{AGENCY}\s+(?:thực\s+hiện|tham\s+mưu|{PREPARES}|trình))\s*:\s*"
)
_TIME = re.compile(r"(?<=[.;,]\s)(?:thời\s+(?:gian|hạn)|tiến\s+độ)(?:\s+(?:hoàn\s+thành|thực\s+hiện))?\s*:\s*")
_FAREWELL = re.compile(r"trên\s+đây\s+là\s")
"""How a document takes its leave, in lower case: a sentence behind that may still ask for something, and of anybody."""
_TELEGRAM = re.compile(TELEGRAPHS)
_CLOSES = re.compile(rf"(?i:{ADDRESS})|{SIGNS_FOR}(?:\.|\s)\s*[A-ZĐ]{{2}}")
"""What opens a list of addressees, or a signature."""
_ANNEX = re.compile(rf"(?:{ANNEX}|{ATTACHED_IN_CAPITALS})(?:\s|$)")
_NUMBERED = ("roman", "article", "point", "number", "capital", "letter", "bracket", "ordinal")
"""Styles of items with which a document begins to say what is to be done."""
_SECTIONS = ("part", "chapter", "annex", "article", "roman", "capital")
_GOES_ON = re.compile(r"[.;]\s[^.;]*:$")
"""The end of an item that has said something to do before it goes on below."""
_ABOVE_ALL = re.compile(
    rf"(?:{SINGLES_OUT}|{AS_FOLLOWS}|sau|các\s+{CONTENT})[^.;:]{{0,40}}:$",
    re.IGNORECASE,
)
"""The end of an item that goes on below ("Trong đó chú trọng:"), for whoever it names."""
_SUMS_UP = re.compile(
    rf"(?:{CARRIES_OUT}|tập\s+trung)(?:\s+[^\s.;:]+){{0,8}}?\s+(?:{CONTENT}|công\s+việc|biện\s+pháp|việc)"
    rf"(?:\s*,\s*[^\s.;:]+\s+[^\s.;:]+)?(?:\s+{SINGLES_OUT})?\s+(?:{AS_FOLLOWS}|sau)\s*:$",
    re.IGNORECASE,
)
"""The end of a paragraph that only announces what those named in it are to do."""
_PART = re.compile(r"(?<=\s)\((?:[2-9]|1[0-9])\)\s+")
"""The mark of a numbered part of an item, in its line."""
_FIRST_PART = re.compile(r"[\s:*_]*\(1\)\s")
_HAS_BEEN_DONE = re.compile(
    rf"[);:–-]\s*(?:(?:hiện|đến)\s+nay\s*,?\s*)?(?:cơ\s+bản\s+)?đã\s+(?:cơ\s+bản\s+)?"
    rf"(?:{one_of(words('is finished'))}|{ISSUES}|{CARRIES_OUT}\s+xong|xong(?!\w))[^.;]{{0,60}}[\s.;)/]*$"
)
"""Of "Xây dựng phần mềm (Sở Xây dựng chủ trì) đã hoàn thành trong tháng 2", "Rà soát quy hoạch: đã ban hành"."""
_ON_GROUNDS = re.compile(r"căn\s+cứ\s[^,:]{3,},\s", re.IGNORECASE)
"""Of "Căn cứ Bộ luật Lao động, Nhà trường thông báo:", which opens no section of grounds."""
_CONCERNS = re.compile(r"(?:riêng\s+)?đối\s+với\s+", re.IGNORECASE)
"""Of "Đối với chi bộ trường học:", where any word for those who get work names some."""
_A_LEVEL = re.compile(r"cấp\s+(?!ủy)", re.IGNORECASE)
"""Of "1. Cấp tỉnh", below which items name who of that level is meant."""
_WHEREIN = re.compile(r"\s(?:trong|đối\s+với|khi|về|theo)\s")
"""Of "Trách nhiệm của chủ đầu tư trong việc nghiệm thu", behind a name."""
_AGENCY_ALONE = re.compile(AGENCY, re.IGNORECASE)
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
        self.below: dict[int, list[Item]] = {}
        for item in items:
            self.below.setdefault(item.parent, []).append(item)
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
            above = self._behind_a_list(item, above)
            self.given.opened = self.given.opened or item.style in _NUMBERED
            if i and self.items[i - 1].style in ("chapter", "part") and not item.style:
                # "Chương II" / "TRÁCH NHIỆM VÀ QUYỀN HẠN": the title of what the chapter holds
                self.scopes[i - 1] = self._chapter(said, self.scopes[i - 1])
            if item.style == "chapter" and section_of(said):
                self.scopes[-1] = self._tells(item, said, above) or self._chapter(said, above)
                continue
            told = self._tells(item, said, above) if self.parts else None
            self.scopes[-1] = told or self._dated(i, item, said, above)
            self.given.begun = self.given.begun or (not item.heading and not item.style)
        # "yêu cầu các cấp ủy: 1. Nâng cao nhận thức. 2. Ban Tổ chức …": where some have work of their own, the rest is for everybody
        general = {id(task) for parent, task in self.shared if parent in self.named}
        return [task for task in self.found if id(task) not in general]

    def _dated(self, i: int, item: Item, said: str, above: Scope) -> Scope:
        """Read an item; what it says to do without a term has that of the heading above. Return what holds below it."""
        begun = len(self.found)
        below = self._read(i, item, said, above)
        if above.by:
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

    def _behind_a_list(self, item: Item, above: Scope) -> Scope:
        """What holds for the item, which may be a bare paragraph behind a body's list: "Đề nghị các đơn vị …" is no work of that body,
        and "Hoàn thiện dự thảo, gửi …" is, where the number behind it goes on with the list that names the body."""
        if item.style:
            self.listed.add(item.parent)
        elif not item.heading and item.parent in self.listed and self.items[item.parent].style not in _SECTIONS:
            if item.parent in self.followed and starts_work(self.reading.text, item.start, item.end):
                return above
            return above._replace(lead=(), support=())
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
        if _CLOSES.match(said) or (not self.given.opened and _TELEGRAM.match(said)):
            return True
        text_begins = item.style in ("part", "article", "roman") or (not self.given.opened and item.style != "dash")
        return self.closing and not text_begins and not _ANNEX.match(said)

    def _read(self, i: int, item: Item, said: str, above: Scope) -> Scope:
        """Take an item as what it is: a label, a heading, or something to do. Return what holds below it."""
        if i and (label := _LABEL.match(self.reading.low, item.start, item.end)):
            self._label(label, item, self.items[i - 1])
            return above
        if (item.heading or item.lead_in) and (by := self._period(item)):
            return above._replace(by=by)
        if scope := self._puts_in_charge(item, above):
            return scope
        opens = item.heading or (item.lead_in and len(said) < 60 and not _ON_GROUNDS.match(said))
        if opens and not self._titles(item, said) and (section := section_of(said)):
            above = above._replace(section=section)
        if _FAREWELL.match(self.reading.low, item.start, item.end):
            self._take(list(self.given.orders(item, above._replace(lead=(), support=()))), item.end)
            return above
        if self._says_nothing(item, said):
            return above
        contains = i in self.below and (item.heading or item.lead_in)
        if contains and item.lead_in and self._lists_things(i, item, above):
            self._inherit(item, item.end, above)
            return above
        return self._work(item, said, above, contains=contains)

    def _says_nothing(self, item: Item, said: str) -> bool:
        """Is it a slogan, too short for work, or none by its first words?"""
        short = len(said) < _SHORTEST and not self.given.is_brief_order(item)
        return _is_slogan(said) or short or says_no_work(self.reading, item.start, item.end)

    def _period(self, item: Item) -> Deadline | None:
        """By when is done what stands below an item that says nothing else."""
        period = _PERIOD.fullmatch(self.reading.low, item.start, item.end)
        return (
            self.reading.cell_deadline(self.reading.text[period.start("when") : period.end("when")]) if period else None
        )

    def _puts_in_charge(self, item: Item, above: Scope) -> Scope | None:
        """What holds below an item that says whose work it is, or what stands below it; None for any other."""
        leads = self.reading.first("lead", item.start, item.end) >= 0
        if scope := (leads and self._labels_itself(item, above)) or self._heads(item, above):
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

    def _heads(self, item: Item, above: Scope) -> Scope | None:
        """What holds below an item that is nothing but addressees, with what calls them; None for any other."""
        if not (item.heading or item.lead_in or item.end - item.start <= LONGEST_TITLE):
            return None
        call = self._call(item)
        if not self._may_head(item, above, called=call is not None):
            return None
        lead, end = self._headed(item, call)
        if not lead or self._says_more(item, end):
            return None
        recommends = call is not None and _RECOMMENDS.match(call.group()) is not None
        if (self.parts or recommends) and any(is_superior(a, self.reading.heading) for a in lead):
            # what is asked of those above is nobody's work
            return above._replace(lead=(), support=(), section="account") if self.parts else None
        support = self.reading.helpers(end, item.end, lead)
        level = all(_A_LEVEL.match(a.name) for a in lead)
        duties = above.standing and call is not None and "rách" in call.group()
        section = DUTIES if duties and _have_duties(item, lead) else above.section or "work"
        return above._replace(lead=lead, support=support, section=section, open_=level, tacit=False)

    def _call(self, item: Item) -> re.Match[str] | None:
        """What calls on those whom an item names; only who inspects recommends."""
        call = _CALL.match(self.reading.low, item.start, item.end)
        return None if call and _RECOMMENDS.match(call.group()) and not self.given.inspects else call

    def _says_more(self, item: Item, end: int) -> bool:
        """Does the item say more than a heading does behind those whom it names, whose names stop at `end`?"""
        tail = _HEADING_END.match(self.reading.text, end, item.end)
        if tail is None or tail.end() != item.end:
            return True
        # a sentence, if a short one
        return self.reading.text[item.end - 1] in ".;" and bool(self.reading.text[end : item.end].strip(" .;*_"))

    def _may_head(self, item: Item, above: Scope, *, called: bool) -> bool:
        """In a list by dashes bodies stand as recipients, on a bare line as letterheads: a colon there says that work follows."""
        listed = item.style in ("dash", "plus", "bullet") or (not item.style and not self.given.opened)
        if listed and not item.lead_in:
            return False
        return not above.standing or called or item.lead_in or above.section in (CARRYING, DUTIES)

    def _headed(self, item: Item, call: re.Match[str] | None) -> tuple[tuple[Addressee, ...], int]:
        """Whom the line names behind its call, and where the names end."""
        start = call.end() if call else item.start
        whole = "của" in self.reading.text[item.start : start] and (item.heading or item.lead_in)
        lead, end = self.reading.addressees(start, item.end, heading=True)
        known = bool(lead) and all(a.key for a in lead) and not self.reading.text[end : item.end].strip(" :*_")
        if whole and not known and is_unit(self.reading.text[start : item.end]):
            # "Nhiệm vụ của Tổ tiếp công dân, xử lý khiếu nại, tố cáo:": a name that holds verbs
            return self.reading.named(start, item.end)
        if whole and not any(a.key for a in lead) and self._names_a_group(start, item.end, lead, end):
            return self.reading.named(start, item.end)
        if call is not None and not lead and item.lead_in and _CONCERNS.fullmatch(call.group()):
            group = HEAD.match(self.reading.text, start, item.end)
            if group is not None and kind_of(group) != "none":
                return self.reading.named(start, item.end)
        return lead, end

    def _names_a_group(self, start: int, stop: int, lead: tuple[Addressee, ...], end: int) -> bool:
        """ "Trách nhiệm của đơn vị chủ trì, phối hợp đào tạo", "… của cơ sở lưu trữ": do verbs that belong to the name of a group cut short
        what is read of it up to `end`?"""
        group = HEAD.match(self.reading.text, start, stop)
        if (
            group is None
            or kind_of(group) not in ("group", "office")
            or _WHEREIN.search(self.reading.text, start, stop)
        ):
            return False
        rest = _HEADING_END.match(self.reading.text, end, stop) if lead else None
        return rest is None or rest.end() < stop or _AGENCY_ALONE.fullmatch(lead[-1].name) is not None

    def _work(self, item: Item, said: str, above: Scope, *, contains: bool) -> Scope:
        """Take what the item says to do as tasks. Return what holds below it: "Giao Sở X chịu trách nhiệm:" leads its items."""
        placed = list(self.given.orders(item, above))
        orders = [order for order in placed if order.lead]
        if orders:
            if item.style and any(order.lead != above.lead for order in orders):
                self.named.add(item.parent)
            if announced := self._announces(item, said, orders, above, contains=contains):
                return announced
        rest = self._take(placed, item.end)
        if len(orders) == 1 and item.lead_in and _ABOVE_ALL.search(said):
            return above._replace(lead=orders[0].lead, section=above.section or "work", open_=False, tacit=False)
        if contains or item.lead_in or (orders and above.open_) or not self._bound(item, above):
            return self._charge(item, above) if not placed else above
        if self.given.is_work(item, rest, above) and not self._names_an_event(item, above):
            self._inherit(item, rest, above)
        return above

    def _lists_things(self, i: int, item: Item, above: Scope) -> bool:
        """ "Phối hợp với Sở A tổ chức hội chợ:" / "+ Hội chợ mùa xuân;": is it work of those above, and nothing below it any by itself?"""
        if not above.lead or item.heading or not starts_work(self.reading.text, item.start, item.end):
            return False
        if self._announces_work(item) or not self._bound(item, above) or list(self.given.orders(item, above)):
            return False
        return not any(self.given.is_work(b, b.end, above) or list(self.given.orders(b, above)) for b in self.below[i])

    def _announces_work(self, item: Item) -> bool:
        """Does its end only announce what is to be done: "Thực hiện các nhiệm vụ sau:"?"""
        said = self.reading.text[item.start : item.end]
        return _SUMS_UP.search(said) is not None or _ABOVE_ALL.search(said) is not None

    def _names_an_event(self, item: Item, above: Scope) -> bool:
        """ "Lễ phát động: dự kiến ngày 28/4" below "1. Cấp tỉnh": at a level things happen; only work is somebody's of that level, and of
        whom a letter asks without a word."""
        if above.tacit:
            return not self.given.letter.is_asked(item.start, item.end)
        level = all(_A_LEVEL.match(a.name) for a in above.lead)
        return level and not starts_work(self.reading.text, item.start, item.end)

    def _charge(self, item: Item, above: Scope) -> Scope:
        """Take an item below nobody that names nobody but ends with who does it: "Kiểm tra … (Văn phòng chủ trì; trước ngày 15/12)".
        Return what holds below it."""
        if above.lead or above.standing or above.section in _NO_WORK:
            return above
        if (above.by or starts_work(self.reading.text, item.start, item.end)) and (
            lead := self.reading.charged(item.start, item.end)[0]
        ):
            self.found.append(self.reading.finish(self.reading.task(item.start, item.end, lead, "in-brackets")))
        return above

    def _inherit(self, item: Item, end: int, above: Scope) -> None:
        """Take the item, or each of its numbered parts, as a task of whoever leads where it stands."""
        reading = self.reading
        anybody = above.open_ and not any(a.name[0].isupper() for a in above.lead)
        for start, stop in self._parts(item.start, end, item.style == "bracket"):
            self.found.append(reading.finish(reading.task(start, stop, above.lead, "body-heading"), above.support))
            if anybody:
                self.shared.append((item.parent, self.found[-1]))

    def _announces(self, item: Item, said: str, orders: list[Placed], above: Scope, *, contains: bool) -> Scope | None:
        """What holds below an item that says only who is to do what stands there; None for any other."""
        tells = above.section == "account" and self.parts is None
        section = "work" if tells else above.section or "work"
        first = orders[0] if len(orders) == 1 and (item.lead_in or contains) else None
        if first and self._calls_only(first, item):
            generic = all(a.key is None for a in first.lead) and not item.style
            helpers = self.reading.helpers(first.end, item.end, first.lead)
            return above._replace(lead=first.lead, support=helpers, section=section, open_=generic, tacit=False)
        if orders and self.reading.text[orders[0].end] == ";" and _SUMS_UP.search(said):
            # "yêu cầu Giám đốc các sở; Chủ tịch UBND các xã thực hiện một số nhiệm vụ sau:"
            lead = tuple(dict.fromkeys(a for order in orders for a in order.lead))
            return above._replace(lead=lead, section=section, open_=True, tacit=False)
        return None

    def _calls_only(self, order: Placed, item: Item) -> bool:
        """Does the item say little more than who is to do what stands below it?"""
        return item.end - order.end < 120 and _GOES_ON.search(self.reading.text, order.end, item.end) is None

    def _take(self, orders: list[Placed], end: int) -> int:
        """Take each order, up to the next one, as a task or as those of its numbered parts. Return where the first one begins."""
        if not orders:
            return end
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
        return begins[0]

    def _parts(self, start: int, end: int, numbered: bool) -> Iterator[tuple[int, int]]:
        """ "Bộ Y tế: (1) Rà soát …; (2) Báo cáo …": the parts of text[start:end], each a task; all of it where they are not `numbered`."""
        text = self.reading.text
        marks = list(_PART.finditer(text, start, end)) if numbered else []
        for begin, stop in zip([start, *(m.end() for m in marks)], [*(m.start() for m in marks), end], strict=True):
            yield begin, trimmed(text, begin, stop, "*_")

    def _bound(self, item: Item, above: Scope) -> bool:
        """Is what stands here work for those who lead? In a text that says what always holds, only for bodies that are named."""
        if not above.standing or above.section == CARRYING:
            return bool(above.lead)
        binding = self.reading.heading.type in BINDING
        duty = self.given.has_duty(above.lead, above) and not (binding and not self._says_work(item))
        return duty or self._is_due(item, above)

    def _says_work(self, item: Item) -> bool:
        """Does the item open with what is to be done, or with a term before it ("Hằng năm, tổng hợp …")? In a circular what else stands
        below a body whose duties it lists are its rights, and what becomes of others."""
        text = self.reading.text
        if starts_work(text, item.start, item.end):
            return True
        comma = text.find(", ", item.start, min(item.end, item.start + LONGEST_TERM))
        term = comma >= 0 and self.reading.deadline(item.start, comma) is not None
        return term and starts_work(text, comma + 1, item.end)

    def _is_due(self, item: Item, above: Scope) -> bool:
        """Has the item below those who are named something to be done by a day, or in the chapter of duties below bodies that are named
        by their kind ("Điều 7. Các đơn vị trực thuộc Bộ")? That is work, also where the rest always holds."""
        text = self.reading.text
        due = bool(above.lead) and starts_work(text, item.start, item.end)
        bodies = above.section == DUTIES and all(a.key or are_bodies(a.name) for a in above.lead)
        return due and (bodies or self.reading.deadline(item.start, item.end) is not None)

    def _labels_itself(self, item: Item, above: Scope) -> Scope | None:
        """ "Ban hành quy chế. Đơn vị chủ trì: Sở X. Thời gian: tháng 6/2026.": take an item that says in its own line whose task it is.
        Return what holds below it, None for any other."""
        reading = self.reading
        label = None
        if above.section not in _NO_WORK:
            label = _WITHIN.search(reading.low, max(0, item.start - 2), item.end)
        lead = reading.before_helpers(label.end(), item.end, item.end)[0] if label else ()
        if label is None or not lead:
            return None
        task = reading.finish(reading.task(item.start, item.end, lead, "labelled"))
        time = _TIME.search(reading.low, label.end(), item.end) if task.deadline is None else None
        deadline = reading.deadline(time.end(), item.end, cell=True) if time else None
        self.found.append(due(task, deadline) if deadline else task)
        return above

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
        helps = "phối" in (label["what"] or "")
        if last:
            if helps:
                more = replace(last, support=tuple(dict.fromkeys((*last.support, *addressees))))
            else:
                more = replace(last, lead=addressees, rule="labelled")
            self.found[-1] = reading.longer(more, item.end)
        elif not helps:
            self.found.append(reading.finish(reading.task(before.start, item.end, addressees, "labelled")))


def _is_slogan(said: str) -> bool:
    """Is it a slogan, or a saying of somebody?"""
    return said.endswith("!") or _SAYING.fullmatch(said) is not None


def _ruling(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the items that rule: annexes of a circular hold procedures and forms."""
    return items[: next((i for i, item in enumerate(items) if item.style == "annex"), len(items))]


def _have_duties(item: Item, named: Sequence[Addressee]) -> bool:
    """Do those whose duties an item announces carry out what a text rules: committees, and in an article "Trách nhiệm của Sở Tư pháp" a
    body of whatever province?"""
    article = item.style == "article"
    return all(are_committees(a.name) or (article and is_body(a.name) and is_one(a.name)) for a in named)


def _before_mark(text: str, begin: int) -> int:
    """Return where the text before a part ends that begins at `begin`, without the part's mark ("(2) ")."""
    mark = re.compile(r".*?(\([0-9]{1,2}\)\s+)$", re.DOTALL).match(text, max(0, begin - 8), begin)
    return mark.start(1) if mark else begin
