"""The orders that the sentences of an item give: whom they tell to do something, and which of them are none where they stand.

Below a body's heading, in a regulation, in a report, and in the story of how a document came about, not everything that reads like an
order is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from chidao.extract.language.composing import lowered
from chidao.extract.language.patterns import (
    COURTEOUS,
    ISSUES,
    ORGANIZES,
    PROPOSES,
    SUPPOSES,
)
from chidao.extract.language.verbs import CARRIES_OUT
from chidao.extract.model import Addressee, Task
from chidao.extract.reading.outline import Item
from chidao.extract.statements.addressees.addressees import names_person
from chidao.extract.statements.addressees.name_ends import WORK_BEHIND
from chidao.extract.statements.addressees.words import (
    AGENCY_ALONE,
    HEAD_WORDS,
    are_committees,
    are_many,
    are_own_people,
    is_body,
)
from chidao.extract.statements.predicates import starts_work
from chidao.extract.statements.tasks.asked import asked_by_name, asks_by_name, is_named
from chidao.extract.statements.tasks.duties import GUIDES, Duties, meets
from chidao.extract.statements.tasks.founded import told_of
from chidao.extract.statements.tasks.item_sentences import sentences
from chidao.extract.statements.tasks.lead_ins import CALLS_BELOW, goes_on_below
from chidao.extract.statements.tasks.letters import Letter
from chidao.extract.statements.tasks.no_work import says_no_work
from chidao.extract.statements.tasks.nothing_to_do import may_or_agrees, tells_of_itself
from chidao.extract.statements.tasks.orders import (
    LONGEST_TERM,
    Order,
    before_assent,
    behind_a_matter,
    find_calls,
    may_order,
    read_order,
)
from chidao.extract.statements.tasks.own_affairs import is_own, notifies, only_tells
from chidao.extract.statements.tasks.papers import OF_ITS_OBJECT, has_been_laid, is_to_be_laid
from chidao.extract.statements.tasks.parts import ASKS, CARRYING, GIVES, is_superior
from chidao.extract.statements.tasks.scope import DUTIES, Scope, of_those_above, one_of_them
from chidao.extract.statements.tasks.sides import Sides
from chidao.extract.statements.tasks.story import Story
from chidao.extract.statements.tasks.task_text import TaskText

_IF_NEED_BE = re.compile(
    rf"(?:trong\s+)?quá\s+trình\s+{ORGANIZES}{CARRIES_OUT}[^.;,]{{0,50}},?\s*"
    rf"(?:{SUPPOSES}|có)\s[^.;]{{0,40}}?(?:khó\s+khăn|vướng\s+mắc|phát\s+sinh)"
)
"""Whom to tell of difficulties, should there be any, is nobody's task."""
_TO_DECIDE = re.compile(rf"xem\s+xét,?\s+(?:và\s+)?(?:{ISSUES}|quyết\s+định|cho\s+ý\s+kiến)")
"""What a report lays before those who decide."""
_PLEA = re.compile(
    rf"(?:[^.;:]{{0,80}}?\s)?(?:kính\s+{PROPOSES}|{PROPOSES}\s[^.;:]{{4,120}}?\s{_TO_DECIDE.pattern})", re.IGNORECASE
)
"""What is asked of those above, who decide: "Kính đề nghị UBND tỉnh xem xét, phê duyệt kinh phí; giao Sở Xây dựng chủ trì …"."""
_DIRECTS = re.compile(r"(?:lãnh\s+đạo\s*(?:,|và)\s*)?chỉ\s+đạo\s+|(?P<party>lãnh\s+đạo)\s+", re.IGNORECASE)
"""Only a committee of the Party leads; "Lãnh đạo Sở A" elsewhere are its heads."""
_THEIRS = re.compile(rf"(?P<each>(?:mỗi|từng)\s+{lowered(HEAD_WORDS)}(?:\s*,\s*[^\s,.;]+)?\s)|lãnh\s+đạo\s")
"""Below a body's heading: "Mỗi đơn vị …" of a group, and what a committee is to lead, and not its leaders; in lower case."""
_WHENEVER = re.compile(
    r"(?:khi|sau\s+khi)\s+(?:nhận\s+được|tiếp\s+nhận|phát\s+hiện)\s(?![^,;.]*\snày(?!\w))[^,;.]{2,80},"
)
"""Of "Khi nhận được đơn, trong thời hạn 05 ngày Ủy ban Kiểm tra xem xét …": what guidance rules for whenever that comes."""
_PLEADS = re.compile(
    rf"(?:{COURTEOUS}\s+)?(?:kính\s+)?(?:kiến\s+nghị|đề\s+xuất)(?:\s*,\s*đề\s+(?:xuất|nghị))?\s+(?:với\s+)?",
    re.IGNORECASE,
)
_INSPECTS = re.compile(r"kết\s+luận\s+(?:về\s+)?(?:(?:việc|kết\s+quả)\s+)?(?:thanh|kiểm)\s+tra(?!\w)", re.IGNORECASE)
"""What concludes an inspection; elsewhere "Kiến nghị Sở Y tế bổ sung bác sĩ" tells what voters or others wish."""
_LONGEST_CLAUSE = 200
"""Of a clause set before an order, in characters."""
_SHORTEST_WORK = 15
"""The same of what follows the addressees in a sentence."""
_SHORTEST_ITEM = 8
"""Of an item that is nothing but work: "Cấm biển;"."""
_NEAR = 60
"""Characters at an item's beginning that say of what it tells."""


class Placed(NamedTuple):
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


class Given:
    """Reads the orders of items, knowing how far the document has come: `found` are its tasks so far."""

    def __init__(self, reading: TaskText, found: list[Task], *, tells: bool) -> None:
        self.reading = reading
        self.found = found
        self.letter = Letter(reading)
        self.sides = Sides(reading)
        self.duties = Duties(reading, self.sides)
        # A report tells what was done; only where it says what lies ahead or makes its requests others have something to do.
        self.tells = tells
        self.inspects = inspects = _INSPECTS.match(f"{reading.heading.type} {reading.heading.title or ''}") is not None
        self.recommends = tells or inspects
        # Before its first numbered item a document tells who it is and why: `begun` once it has said so in a sentence.
        # … and `ordered` once it has given work.
        self.opened = self.begun = self.ordered = False
        self.story = Story(reading, self.duties)

    def orders(self, item: Item, above: Scope) -> Iterator[Placed]:
        """Yield the orders that the item's sentences give, and where a sentence stands that is no part of any: an order to nobody."""
        # a plea goes on behind a semicolon, and so does what it asks to be given to others, or whom a body is told to direct
        asked = directed = named = False
        pleads = self.reading.said["proposed"].first(item.start, item.end) >= 0
        for begin, end in self._sentences(item):
            plea = pleads and _PLEA.match(self.reading.text, begin, end) is not None
            goes_on = self.reading.text[begin - 2 : begin - 1] == ";"
            asked = plea or (asked and goes_on)
            directed = (bool(above.lead) and self._directs(begin, end, above)) or (directed and goes_on)
            if asked and not plea:
                continue
            order = self._order(begin, end, item, above)
            if order is None:
                named = named or self._writer_tells(begin, end, item, above)
                if self._stands_apart(begin, end, item, above, goes_on=goes_on):
                    yield Placed(begin, begin, begin, (), False)
                continue
            if directed and not order.called:
                continue
            if named and self._opens_anew(order, begin):
                above = above._replace(lead=(), support=())  # "Các chủ đầu tư lập …. Đề nghị Kho bạc …": the writer's
            if self._gives(order, begin, end, above, item) and not only_tells(self.reading, order, end):
                named = named or not order.called
                self.ordered = True
                yield Placed(begin, order.start, order.end, of_those_above(order.lead, above), order.called)

    def _writer_tells(self, begin: int, end: int, item: Item, above: Scope) -> bool:
        """ "UBND xã đã có Công văn số 12/UBND. Yêu cầu các đơn vị …": does whoever issues tell here of what it has done itself?"""
        if item.style or not above.lead or not told_of(self.reading.text[begin:end]):
            return False
        lead, stop = self.reading.addressees(begin, end)
        own = len(lead) == 1 and lead[0].name == self.reading.heading.issuer
        return own and told_of(self.reading.text[stop : min(end, stop + _NEAR)])

    def _stands_apart(self, begin: int, end: int, item: Item, above: Scope, *, goes_on: bool) -> bool:
        """Is a sentence that orders nothing no part of what was told before it?"""
        if _IF_NEED_BE.match(self.reading.low, begin, end) or self._asks_others(begin, end, item, above):
            return True
        return goes_on and self._is_anothers_affair(begin, end)

    def _asks_others(self, begin: int, end: int, item: Item, above: Scope) -> bool:
        """ "Yêu cầu các sở: a) Đề nghị Tổ hợp tác Tân Tiến …": is somebody else asked, by a name that could not be read?"""
        several = above.called or above.is_list
        return several and begin == item.start and asks_by_name(self.reading, begin, end)

    def _is_anothers_affair(self, begin: int, end: int) -> bool:
        """ "Sở Y tế rà soát thuốc; UBND tỉnh sẽ xem xét bổ sung kinh phí trong tháng 12": does a clause that orders nothing say by when
        another body does something, so that the day is not of what was told before?"""
        lead, stop = self.reading.addressees(begin, end) if self.reading.text[begin].isupper() else ((), begin)
        if not lead or not is_body(lead[0].name) or self.reading.said["help"].first(begin, end) >= 0:
            return False
        return self.reading.deadline(stop, end) is not None

    def _opens_anew(self, order: Order, begin: int) -> bool:
        """Is it a call with which a sentence of its own opens, and no clause behind a semicolon?"""
        return order.called and order.start == begin and self.reading.text.startswith(".", begin - 2)

    def _order(self, begin: int, end: int, item: Item, above: Scope) -> Order | None:
        """Return whom the sentence between two places tells to do something, wherever it stands; None where it says too little."""
        if not (self.recommends or above.tells_somebody or may_order(self.reading, begin, end)):
            return None
        if _IF_NEED_BE.match(self.reading.low, begin, end):
            return None
        order = self._called_or_told(begin, end, item, above)
        if order is None or self._asks_nothing(order, begin, end, above):
            return None
        return None if self._says_too_little(order, end, item) or self._only_lists(order, end, above) else order

    def _called_or_told(self, begin: int, end: int, item: Item, above: Scope) -> Order | None:
        """Return what the sentence tells somebody, whatever it may be that it says; None where it tells nobody."""
        order = self._recommends(begin, end) if self.recommends else None
        order = order or (one_of_them(self.reading, begin, end, above) if above.lead else None)
        order = (
            order
            or (self._lays_before(begin, end) if above.by else None)
            or read_order(self.reading.below(above.level), begin, end)
        )
        order = order or self.sides.order(begin, end)
        if above.is_list and order is None:
            order = behind_a_matter(self.reading, begin, end)
        if not above.lead and self.letter.addressees and (order is None or is_own(self.reading, order)):
            order = self.letter.order(begin, end) or order
        by_name = order is None and not self.tells and begin == item.start and bool(item.style or above.called)
        return asked_by_name(self.reading, begin, end) if by_name else order

    def _directs(self, begin: int, end: int, above: Scope) -> bool:
        """Is the body whose work stands here told to direct others: "Chỉ đạo Sở A …; Sở B …" below its heading?"""
        directs = None if above.open_ else _DIRECTS.match(self.reading.text, begin, end)
        if directs is None or (directs["party"] and "ủy" not in above.lead[0].name.lower()):
            return False
        begin = directs.end()
        return self.reading.text[begin : begin + 1].isupper() or bool(self.reading.addressees(begin, end)[0])

    def _says_too_little(self, order: Order, end: int, item: Item) -> bool:
        """Is nothing said of what is to be done? Of those who are called a word is enough: "giao Sở Tài chính rà soát."."""
        if item.lead_in or end - order.end >= _SHORTEST_WORK:
            return False
        return not (order.called and starts_work(self.reading.text, order.end, end))

    def _only_lists(self, order: Order, end: int, above: Scope) -> bool:
        """ "Sở Y tế: kinh phí 20 tỷ đồng": behind a body's colon words that are no work of the tables are some only where work is given."""
        text = self.reading.text
        if order.called or above.lead or above.by or above.section in (DUTIES, *GIVES):
            return False
        if WORK_BEHIND.match(text, order.end, end) is None:
            return False
        return is_body(order.lead[-1].name) and not starts_work(text, order.end, end)

    def _meets_then(self, order: Order, begin: int, end: int, above: Scope) -> bool:
        """ "Tháng 9/2026: UBND tỉnh họp phiên thường kỳ": does a body only meet, on a day of a plan's calendar?"""
        if order.called or not meets(self.reading.text, order.end, end):
            return False
        label = self.reading.text[begin : order.start].rstrip()
        labelled = (
            label.endswith(":") or self.reading.deadline(begin, order.start) is None
        )  # and no "Trước ngày 20/5, …"
        return above.by is not None or (labelled and self.reading.deadline(begin, order.start, cell=True) is not None)

    def _asks_nothing(self, order: Order, begin: int, end: int, above: Scope) -> bool:
        """Does the sentence ask nothing of anybody, or go on with what those above it have to do?"""
        low = self.reading.low
        if says_no_work(self.reading, begin, end) or notifies(self.reading, begin, end):
            return True
        if has_been_laid(self.reading.text, order.end, end) or self._meets_then(order, begin, end, above):
            return True
        if self.reading.heading.type in GUIDES and _WHENEVER.match(low, begin, end):
            return True
        if above.section == ASKS and any(is_superior(a, self.reading.heading) for a in order.lead):
            return True
        if self._requests(above) and _TO_DECIDE.search(low, begin, end):
            return True
        at = order.start if self._leads_then(order, begin, above) else begin
        theirs = _THEIRS.match(low, at, end) if above.lead else None
        return theirs is not None and not (theirs["each"] and above.open_)

    def _leads_then(self, order: Order, begin: int, above: Scope) -> bool:
        """ "Hằng năm, lãnh đạo Thường trực Hội đồng nhân dân giám sát …": does a term stand before what a committee has to do, and none but
        a term?"""
        term = self.reading.text[begin : order.start]
        committees = bool(above.lead) and are_committees(above.lead[0].name)
        return (
            committees
            and len(term) < LONGEST_TERM
            and term.endswith(", ")
            and self.reading.deadline(begin, order.start) is not None
        )

    def _requests(self, above: Scope) -> bool:
        """Does a report make its requests here?"""
        return self.tells and above.section == ASKS

    def is_work(self, item: Item, end: int, above: Scope) -> bool:
        """Does an item below a body's heading say something to do? It opens like a sentence, and is no mere name."""
        said = self.reading.text[item.start : end]
        return (
            (said[:1].isupper() or item.style == "ordinal")
            and not said.isupper()
            and " | " not in said
            and (len(said.split()) > 5 or self.is_brief_order(item))
            and not (self._requests(above) and _TO_DECIDE.search(self.reading.low, item.start, end))
            and not notifies(self.reading, item.start, end)
            and "…." not in said
            and not self._is_told(item)
            and not tells_of_itself(self.reading.text, item.start, end)
            and not may_or_agrees(self.reading.text, self.reading.addressees(item.start, end)[1], end)
            and not self._is_of_others(item, end, above)
            and not (item.heading and said.startswith("Về ") and ":" not in said)
        )

    def _is_of_others(self, item: Item, end: int, above: Scope) -> bool:
        """Does the item name another group than those above at its beginning, or behind a label? "Các xã giáp biên tự quản đường mòn" and
        "Thu ngân sách: các xã thu đạt 100%" are that group's."""
        text, who = self.reading.text, item.start
        if not text.startswith("Các ", who):
            who = text.find(": các ", who, min(end, who + _NEAR)) + 2
            if who < item.start or starts_work(text, item.start, who) or AGENCY_ALONE.match(text, who + 4):
                return False
        named = self.reading.addressees(who, end)[0]
        return bool(named) and named[0] not in above.lead

    def _is_told(self, item: Item) -> bool:
        """Does the item tell of what was done, and not only of what becomes of it ("Khắc phục hạn chế đã được chỉ ra tại Thông báo A")?"""
        said = self.reading.text[item.start : min(item.end, item.start + _NEAR)]
        told = told_of(OF_ITS_OBJECT.sub(" ", said) if starts_work(said, 0, len(said)) else said)
        return said.startswith("Đã ") or (told and not self._comes_again(item, said))

    def _comes_again(self, item: Item, said: str) -> bool:
        """ "Ngày 20 hằng tháng, tổng hợp các vụ vi phạm đã xử lý": does it open with a term that is still to come, and then with work?"""
        term = item.start + said.find(", ")
        return (
            starts_work(self.reading.text, term, item.end)
            and ", đã " not in said
            and self.reading.states_a_day_ahead(item.start, term)
        )

    def is_brief_order(self, item: Item) -> bool:
        """ "Rà soát quy hoạch điện.": a sentence of a few words that opens with what is to be done."""
        text = self.reading.text
        return (
            text[item.end - 1] in ".;"
            and item.end - item.start >= _SHORTEST_ITEM
            and starts_work(text, item.start, item.end)
        )

    def _sentences(self, item: Item) -> Iterator[tuple[int, int]]:
        """The item's sentences; names before a colon or semicolon go with what follows ("Sở A; Sở B: rà soát …", "Bộ Y tế: (1) …",
        "yêu cầu Bộ trưởng các Bộ: Y tế, Công an; Chủ tịch …")."""
        text, held = self.reading.text, -1
        for begin, end in sentences(text, item.start, item.end):
            start = begin if held < 0 else held
            held = -1
            if text[end - 1] in ":;" and end < item.end and self._only_names(begin, end):
                held = start
                continue
            yield start, end
            if not self.opened and text[end - 1] == ":":
                self.opened = CALLS_BELOW.search(self.reading.low, start, end) is not None

    def _only_names(self, begin: int, end: int) -> bool:
        """Does text[begin:end], or what stands before its semicolon behind a call, only name somebody?"""
        reading = self.reading
        if reading.addressees(begin, end)[1] >= end - 1:
            return True
        first = reading.first("call", begin, end) if reading.text[end - 1] == ";" else -1
        calls = list(find_calls(reading.low, begin, end, first)) if first >= 0 else []
        lead, stop = reading.addressees(calls[-1].end(), end) if calls else ((), begin)
        return stop >= end - 1 and all(a.key is not None or are_many(a.name) for a in lead)

    def _pleads(self, begin: int, end: int) -> Order | None:
        """ "Kiến nghị Ban Thường vụ Tỉnh ủy: chỉ đạo …", which only a report's requests say to somebody."""
        call = _PLEADS.match(self.reading.text, begin, end)
        lead, stop = self.reading.addressees(call.end(), end) if call else ((), begin)
        return Order(begin, stop, lead, called=True, given=False) if lead else None

    def _recommends(self, begin: int, end: int) -> Order | None:
        """What a report asks of somebody, and "Kiến nghị Sở Tài chính chủ trì …", with which an inspection's conclusion turns to those
        below or beside whoever inspects."""
        order = self._pleads(begin, end)
        if self.tells or order is None:
            return order
        if any(a.key is None or is_superior(a, self.reading.heading) for a in order.lead):
            return None
        return order if starts_work(self.reading.text, order.end, end) else None

    def _lays_before(self, begin: int, end: int) -> Order | None:
        """ "Sở Y tế: Kế hoạch tiêm chủng mở rộng" below "THÁNG 4": what a body has to lay before those who decide then."""
        lead, stop = self.reading.addressees(begin, end)
        paper = bool(lead) and is_to_be_laid(self.reading.text, stop, end)
        return Order(begin, stop, lead, called=False, given=False) if paper and is_body(lead[-1].name) else None

    def _gives(self, order: Order, begin: int, end: int, above: Scope, item: Item) -> bool:
        """Is it an order where it stands? Below a body's heading, what is asked of others is that body's work: only one who is named
        first, or to whom it is given ("Giao Sở X …", "Đối với đề nghị ấy: giao Sở X …"), has a task of its own."""
        stop = before_assent(self.reading.text, begin, order.start)
        given_first = order.given and self.reading.text[begin:stop].rstrip()[-1:] in ("", ":")
        if above.lead and self._is_of_those_above(order, begin, above, given_first=given_first):
            return False
        if above.standing and not (given_first or self.duties.assigns(order, begin, end, above, item)):
            return False
        if above.section == "agenda" and order.start == begin and self.reading.deadline(order.end, end):
            return True  # "III. THỜI GIAN" / "- Các chi bộ hoàn thành trước ngày 30/11"
        if above.section in ("account", "agenda"):
            return self._even_in_an_account(order, end)
        if self.tells and not self._reported(order, begin, above):
            return False
        if order.called:
            return True
        going = self.opened or bool(self.found) or self.ordered
        return above.section != "aims" and (going or not self.story.tells(order, begin, end, begun=self.begun))

    def _is_of_those_above(self, order: Order, begin: int, above: Scope, *, given_first: bool) -> bool:
        """Is it the work of those who lead where it stands, who charge their own people ("Phân công cán bộ theo dõi …") or ask others?"""
        if given_first:
            return self._charges_own_people(order)
        return not above.open_ and order.called and not _calls_on_each(order, begin, above)

    def _even_in_an_account(self, order: Order, end: int) -> bool:
        """ "1. Về tình hình tháng 10" / "Chính phủ yêu cầu các bộ thực hiện các nhiệm vụ sau đây:": is work given, or announced?"""
        announced = order.called and not self.tells
        return order.given or (announced and goes_on_below(self.reading.low, order.end, end))

    def _charges_own_people(self, order: Order) -> bool:
        """Does a body charge people of its own, and nobody by name?"""
        return are_own_people(order.lead) and not names_person(self.reading.text, order.start, order.end)

    def _reported(self, order: Order, begin: int, above: Scope) -> bool:
        """Is it work that a report gives? What it asks of those above is a proposal, and what it says of itself its own affair."""
        heading, text = self.reading.heading, self.reading.text
        goes_on = text[max(0, begin - 4) : begin].rstrip().endswith(";")  # "các vụ án Sở A điều tra; Sở B phối hợp"
        opens = order.start == begin or text[max(begin, order.start - 4) : order.start].rstrip().endswith(":")
        # "Hằng năm, Ủy ban Kiểm tra Huyện ủy …"
        opens = opens or (order.start - begin < LONGEST_TERM and self.reading.states_a_day_ahead(begin, order.start))
        if not order.called and (self._requests(above) or goes_on or not opens):
            return False
        if any(is_superior(a, heading) for a in order.lead):
            return False
        return above.section == CARRYING or any(a.key is None or a.key != heading.issuer_key for a in order.lead)


def _calls_on_each(order: Order, begin: int, above: Scope) -> bool:
    """ "Đề nghị các cơ quan phối hợp" / "- Đề nghị Sở A …; đề nghị Báo B …": does it call by name on one of those on whom those above
    are called without names?"""
    return above.called and order.start == begin and all(is_named(a.name) for a in order.lead)
