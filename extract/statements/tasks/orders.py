"""Whom one sentence tells to do something.

    Giao Sở Nội vụ chủ trì …; Yêu cầu các sở …; UBND tỉnh đề nghị …        called: a verb of assigning stands before
    Đối với các chủ đầu tư cần nhanh chóng …                               called, where what must be done follows
    Sở Nội vụ khẩn trương rà soát …                                        subject: work follows the name
    Căn cứ …, các đơn vị xây dựng …; Về việc Z: Bộ Y khẩn trương …         either, behind a clause set before it

What was done ("đã"), what is asked by others ("theo đề nghị của …"), and what must not be done are no orders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from chidao.extract.frozen import quick
from chidao.extract.language.composing import either, one_of
from chidao.extract.language.letters import LETTER, UPPER
from chidao.extract.language.patterns import (
    AGENCY,
    ALL_OF_THEM,
    ALSO,
    COURTEOUS,
    HELPS,
    LEADS,
    NUMBER_SIGN,
    PREPARES,
    PROPOSES,
    SEVERAL,
    TYPE,
    UNIT,
)
from chidao.extract.language.tables import task_phrases, words
from chidao.extract.model import Addressee
from chidao.extract.statements.addressees.addressees import may_be_named, tells_of_a_person
from chidao.extract.statements.addressees.bodies import SMALL_BODY
from chidao.extract.statements.addressees.name_ends import WORK_BEHIND, own_end, plain
from chidao.extract.statements.addressees.words import AGENCY_ALONE, MANY, are_levels, are_own_people, is_body, is_whole
from chidao.extract.statements.predicates import IN_CHARGE, find_work, says_more, starts_work
from chidao.extract.statements.tasks.founded import founded, told_of
from chidao.extract.statements.tasks.news import calls_by_news, directed, governs, is_proposed
from chidao.extract.statements.tasks.nothing_to_do import (
    gives_nothing_to_do,
    is_appointed,
    is_entitled,
    is_handed_over,
    is_not_to_be,
)
from chidao.extract.statements.tasks.parts import is_superior
from chidao.extract.statements.tasks.said_between import with_what_tells_which, works_behind_a_term
from chidao.extract.statements.tasks.task_text import TaskText
from chidao.ontology.authority import types_of


@quick
@dataclass(frozen=True, slots=True)
class Order:
    """`start` is where the addressees begin (with the verb that calls them), `end` where their list ends."""

    start: int
    end: int
    lead: tuple[Addressee, ...]
    called: bool
    given: bool
    """The verb gives the work to them ("giao", "phân công")."""


# These read text in lower case.
CALL = re.compile(
    rf"(?:{COURTEOUS}\s+)?(?:(?P<given>{one_of(task_phrases('give'))})|{one_of(task_phrases('call'))})\s*:?\s+"
)
_ASKED_TO = re.compile(rf"[*_]*:[\s*_]+(?:{COURTEOUS}\s+)?{one_of(task_phrases('call'))}\s+")
"""Behind the name of whom the writer asks: "Kho bạc Nhà nước khu vực VIII: Đề nghị cung cấp số liệu", or of who wishes for something."""
_CALL_VERB = re.compile(one_of(task_phrases("give", "call"), whole=True))
"""The verb of a call; what may stand before it is as in `CALL`."""
# A clause set before the sentence, behind which its subject stands.
_FRONT = re.compile(rf"(?:{one_of(words('opens a clause'))}|thực\s+hiện(?=\s+(?:[a-zđ]|ý\s+kiến)))(?![{LETTER}])")
_TOPIC = re.compile(
    rf"(?:(?:công\s+tác|lĩnh\s+vực|nội\s+dung|(?:đối\s+với\s+)?việc)\s[^.;:]{{2,80}}|(?!kiến\s){PROPOSES}\s+của\s[^.;:]{{2,160}}|"
    rf"(?:ở\s+|đối\s+với\s+)?cấp\s+(?:{UNIT}|cơ\s+sở|trung\s+ương)):\s+"
)
"""Of "Công tác tuyên truyền: Phòng Văn hóa treo pa nô …", "Cấp xã: Ban Công tác Mặt trận các thôn tổ chức …"; behind "Kiến nghị của cử
tri:" stands what these wish."""
_RESPECTFULLY = re.compile(rf"(?<![{LETTER}]){COURTEOUS}\s+$")
SINGLED_OUT = re.compile(r"(?P<concerns>(?:riêng\s+)?đối\s+với\s+)|riêng\s+(?!về\s|việc\s)")
"""Of "Đối với Sở Y tế: …", and of "Riêng Bộ Công an chỉ đạo điều tra …", behind what several are told."""
_OPENS = re.compile(either(CALL, _FRONT, _TOPIC, SINGLED_OUT))
"""What an order opens with that does not begin with whom it names: most sentences begin with neither, and none of these need be tried."""
LONGEST_TERM = 40
"""Of a term before who is told or what is to be done ("Hằng năm, hai bên …"), in characters."""

_TERM = re.compile(
    rf"(?:(?:[Tt]rước|[Cc]hậm\s+nhất|[Mm]uộn\s+nhất|[Đđ]ến\s+hết|[Hh]ết|[Tt]rong)\s+[^.,;:()]{{2,40}}?[0-9IV]|Theo\s+đó)\s+(?=các\s|[{UPPER}])"
)
"""Of "Đến hết quý II/2026 các xã phải …", "Theo đó các xã rà soát …", which no comma parts from who is told."""
# "theo đề nghị của", "trên cơ sở yêu cầu", "đã giao": somebody else's, or done.
_NO_CALL = re.compile(
    rf"(?:(?<![{LETTER}])(?:{one_of(words('call of another'))}|{one_of(words('plea'))},?)|(?<![0-9])[-–]\s*[^\s]*)\s*$",
    re.IGNORECASE,
)
_LONGEST_THEME = 60
_THEME = re.compile(
    rf"(?!{one_of(words('no theme'))}(?![{LETTER}]))(?P<theme>[{UPPER}][^.;:()\n]{{2,{_LONGEST_THEME}}}):\s+(?=[{UPPER}])"
)
"""Of "Cải cách hành chính: Sở Nội vụ chủ trì …"."""
# "Chuyển Đơn của ông A đến UBND phường B để xem xét, giải quyết": who gets a paper to deal with it.
_PASSES_ON = re.compile(
    r"(?:[^.;:,]{2,60}\s)?(?:kính\s+)?chuyển\s+[^.;]{2,200}?\s(?:đến|tới)\s+(?=(?:các\s+)?[A-ZĐ])", re.IGNORECASE
)
_TO_HANDLE = re.compile(
    rf",?\s+(?:để\s+)?{one_of(words('handles'))}",
    re.IGNORECASE,
)
_DONE_BY = re.compile(rf"(?:[Vv]iệc|[Cc]ông\s+tác)\s[^.;:]{{4,160}}?\s(?:sẽ\s+)?do\s+(?=(?:các\s+)?[{UPPER}])")

_WHEN = re.compile(r"(?:ngay\s+)?khi\s[^;]{2,600}?\sthì\s+")
"""That for which a plan provides, in lower case ("Khi nước lên cao thì Công an xã cắm biển cấm đường")."""
_PROVIDES = types_of("plan") - types_of("rule") - {"Hướng dẫn", "Hướng dẫn liên ngành"}
"""Elsewhere "nếu hồ sơ hợp lệ thì Sở Nội vụ cấp giấy phép" says what holds whenever it is so, and is nobody's task."""
_BORDER = re.compile(rf"[,:)]\s+(?:do\s+(?:vậy|đó),?\s+|{ALSO},?\s+|thì\s+)?")
_LABELS = re.compile(
    rf"\s+(?:{LEADS}|{HELPS}|thực\s+hiện|tham\s+mưu|trình|{PREPARES})(?:\s+[^\s.;:]+){{0,3}}\s*[:|]", re.IGNORECASE
)
"""Of "Cơ quan thực hiện: Sở Y tế", which labels who does it."""
_AGREES = re.compile(rf"{one_of(words('agrees'))}(?:\s+(?:chủ\s+trương|việc))?,?\s*$", re.IGNORECASE)
"""Before a call of "Thống nhất giao Sở Y tế …"."""
_AGREED_TO = re.compile(rf"{one_of(words('agrees'))}\s[^.;:]{{2,300}}?(?:,|\s(?:và|đồng\s+thời))\s+")
"""Before what is given of "Đồng ý với đề nghị của Sở Tài chính, giao Sở Tài chính …", in lower case."""
_PAPER = re.compile(
    rf"(?:Theo\s+đó,?\s+)?(?i:{TYPE})(?:\s+{NUMBER_SIGN}\s*[^\s,;]+)?(?:,?\s+ngày\s+[0-9/.-]+)?(?:,?\s+(?:của|về|do)\s[^.;:\n]{{2,200}}?)?,?\s+"
)
"""Of "Kết luận số 20-KL/TW yêu cầu các cấp ủy …": what an article tells of. Another document that tells of it as a ground gives no work."""
_CONTRACTOR = re.compile(rf"(?:các\s+)?{one_of(words('contractor'))}(?!\w)", re.IGNORECASE)
_HAS_DONE = re.compile(
    rf",\s+(?!{TYPE}\s)[{UPPER}][^,.;:()\n]{{2,80}}?\s(?:{one_of(words('already'))}\s+)*(?:đã|vừa|có\s+{TYPE}\s+{NUMBER_SIGN})(?![{LETTER}])"
)
"""Of "Ngày 05/02/2026, Sở Y tế đã có Công văn số 5/SYT", behind a clause; "…, Kế hoạch B đã ban hành" is one more of its grounds."""
_ANOTHER = (" khác", " đó")
"""Of "Chủ tịch phân công Phó Chủ tịch khác giải quyết thay", who is nobody yet."""
_SAID_BY = re.compile(
    rf"(?<![{LETTER}])đã(?![{LETTER}])|(?:quy\s+định|nêu(?:\s+rõ)?|{one_of(words('speaks'))}|{one_of(words('directs'))})\Z"
)
"""What tells that somebody else gave the work, before the colon behind which it stands."""
_LONGEST_MATTER = 400
_REACH = 700
"""How far into a sentence the one who is told may stand, in characters."""


def before_assent(text: str, begin: int, at: int) -> int:
    """Return where what a decision agrees to before it gives the work begins ("… : thống nhất giao"), or `at` where it only gives it."""
    agrees = _AGREES.search(text, begin, at)
    return agrees.start() if agrees else at


def may_order(reading: TaskText, begin: int, end: int) -> bool:
    """May the sentence at text[begin:end] tell somebody to do something? It has a word that does, or begins or ends like one that does."""
    text = reading.text
    if (
        reading.said["order"].first(begin, end) >= 0
        or ":" in text[begin : begin + _LONGEST_THEME + 2]
        or text[end - 1] == ":"
    ):
        return True
    opens = _OPENS.match(reading.low, begin, end) or _DONE_BY.match(text, begin, end)
    return opens is not None or may_be_named(text, begin)


_EACH_HAS = re.compile(
    rf"(?:{one_of(task_phrases('give', 'call'))}\s+)?(?P<who>(?:{ALL_OF_THEM}|{SEVERAL})\s+"
    rf"(?:{AGENCY}(?:,\s+{AGENCY})*(?=\s+sau)|[^.:;()\n]{{2,60}}?(?=\s+có\s)))"
    r"(?:\s+có\s+(?:tên|trách\s+nhiệm|nhiệm\s+vụ))?\s+sau(?:\s+đây)?\s*:\s+"
)
"""In lower case, before the first of several each of whom has work of its own: "Các đơn vị (có trách nhiệm) sau đây: | Vụ A bố trí …"."""


def read_order(reading: TaskText, begin: int, end: int) -> Order | None:
    """Return whom the sentence at text[begin:end] tells to do something; None where it tells nobody."""
    text = reading.text
    reach = min(end, begin + _REACH)
    called = reading.said["call"].first(begin, reach) >= 0
    near = reading.low[begin:reach]
    first = True in (called, text[end - 1] == ":", " sau:" in near, " sau đây:" in near)
    if first and (order := _told_first(reading, begin, reach, end, called=called)):
        return order
    if reading.conclusions and (colon := reading.conclusion(begin, end)):
        return _concluded(reading, colon, end)
    opens = _OPENS.match(reading.low, begin, end) is not None
    if (opens or may_be_named(text, begin)) and (order := _at(reading, begin, end, opens=opens)):
        return order
    if opens and _FRONT.match(reading.low, begin, end) and (order := _behind_a_clause(reading, begin, end)):
        return order
    if reading.said["passed on"].first(begin, reach) >= 0 and (order := _passed_on(reading, begin, reach, end)):
        return order
    if (opens or ":" in text[begin : begin + _LONGEST_THEME + 2]) and (order := _behind_its_topic(reading, begin, end)):
        return order
    if (by := _DONE_BY.match(text, begin, end)) and (order := _done_by(reading, begin, by.end(), end)):
        return order
    return _called_within(reading, begin, reach, end) if called else None


def _concluded(reading: TaskText, at: int, end: int) -> Order | None:
    """Return who is to do by a day what somebody concludes who stands before a colon and has no work: "Chính phủ quyết nghị: | Bộ Tư pháp
    hoàn thiện hồ sơ trước ngày 31/8/2026."; without a day the conclusion may tell of what has been found."""
    order = _at(reading, at, end)
    return replace(order, called=True) if order and reading.states_a_day_ahead(order.end, end) else None


def _passed_on(reading: TaskText, begin: int, reach: int, end: int) -> Order | None:
    """Return to whom a paper is passed on to deal with it."""
    passed = _PASSES_ON.match(reading.text, begin, reach)
    lead, stop = reading.addressees(passed.end(), end) if passed else ((), 0)
    return Order(begin, stop, lead, True, True) if lead and _TO_HANDLE.match(reading.text, stop, end) else None


def _told_first(reading: TaskText, begin: int, reach: int, end: int, *, called: bool) -> Order | None:
    """Return what a sentence tells others than those who stand first in it: by news, of whom it founds, or each of several."""
    each = _EACH_HAS.match(reading.low, begin, end) if " sau" in reading.low[begin:reach] else None
    if each and find_work(reading.text, *each.span("who")) < 0:  # not "Các xã gửi hồ sơ đến các sở có tên sau: …"
        order = _at(reading, each.end(), end)
        if order and starts_work(reading.text, order.end, end):
            return order
    if called and reading.is_news and (order := _told_by_news(reading, begin, reach, end)):
        return order
    lead = founded(reading, begin, end) if reading.text.startswith(":", end - 1) else ()
    return Order(begin, end - 1, lead, True, True) if lead else None


def _told_by_news(reading: TaskText, begin: int, reach: int, end: int) -> Order | None:
    """Return whom news says that a paper calls on, of which it tells, or leaders without a body's name."""
    orders = (_called_by_news(reading, begin, call, end) for call in calls_of_its_own(reading, begin, reach))
    return next((order for order in orders if order), None)


def _called_by_news(reading: TaskText, begin: int, call: re.Match[str], end: int) -> Order | None:
    """Return whom one call calls on, as news says, and does not only propose something to."""
    who = calls_by_news(reading, begin, call.start())
    order = None if who is None else _called(reading, call, end)
    proposed = order is None or is_proposed(reading, call.start(), who or (), order.lead)
    return None if proposed else order


def _called_within(reading: TaskText, begin: int, reach: int, end: int) -> Order | None:
    """Return whom a sentence calls on behind who calls, or behind a clause of its own."""
    for call in calls_of_its_own(reading, begin, reach):
        if order := _given_behind_a_colon(reading, call, begin, end):
            return order
        if call.start() > begin and not _caller(reading, begin, call.start()):
            continue
        if order := _called(reading, call, end):
            return order
    return None


def _behind_a_clause(reading: TaskText, begin: int, end: int) -> Order | None:
    """Return what is told behind a clause set before the sentence, or behind a term that no comma parts from who is told."""
    text = reading.text
    for border in _BORDER.finditer(text, begin, min(end, begin + _REACH)):
        if told_of(text[begin : border.start()]) or _told_before(reading, begin, border.start()):
            break
        if order := _at(reading, border.end(), end):
            return order
        if starts_work(text, border.end(), end) and not _FRONT.match(reading.low, border.end(), end):
            break  # what is to be done has begun without a subject
    if provided := _provided_for(reading, begin, end):
        return provided
    term = _TERM.match(text, begin, end)
    return _at(reading, term.end(), end) if term else None


def _provided_for(reading: TaskText, begin: int, end: int) -> Order | None:
    """Return whom a plan tells what to do when something comes, behind "thì"."""
    text = reading.text
    when = _WHEN.match(reading.low, begin, end) if reading.heading.type in _PROVIDES else None
    order = _at(reading, when.end(), end) if when and not told_of(text[begin : when.end()]) else None
    return order if order and starts_work(text, order.end, end) else None


def _behind_its_topic(reading: TaskText, begin: int, end: int) -> Order | None:
    """Return what is told behind the words that say what it is about; where these are free ("Cải cách hành chính: Sở Nội vụ chủ trì …"),
    only what a known body is told."""
    topic = _TOPIC.match(reading.low, begin, end)
    if topic and (order := _at(reading, topic.end(), end)):
        return order
    theme = _THEME.match(reading.text, begin, end)
    if theme is None or _SAID_BY.search(reading.low, begin, theme.end("theme")):
        return None
    order = _at(reading, theme.end(), end)
    told = order and order.lead[0].key and starts_work(reading.text, order.end, end)
    return order if told else None


def _given_behind_a_colon(reading: TaskText, call: re.Match[str], begin: int, end: int) -> Order | None:
    """Return whom work is given to behind what it is: "Sơ kết Chỉ thị 37: giao Sở A chủ trì …"; "Nghị quyết 5 quy định: giao …" and what
    somebody is to give is none."""
    colon = call.start() - 2
    if not call["given"] or colon < begin or not reading.text.startswith(": ", colon):
        return None
    if _SAID_BY.search(reading.low, begin, colon) or reading.addressees(begin, colon)[0]:
        return None
    order = _called(reading, call, end)
    return order and Order(begin, order.end, order.lead, True, True)


def behind_a_matter(reading: TaskText, begin: int, end: int) -> Order | None:
    """Return who has work behind what it is about, in a list where every item is work: "báo cáo quý: bí thư chi bộ trực tiếp duyệt …"."""
    colon = reading.text.find(": ", begin, min(end, begin + _LONGEST_MATTER))
    order = _at(reading, colon + 2, end) if colon >= 0 else None
    if order is None or order.called or not starts_work(reading.text, order.end, end):
        return None
    return None if reading.addressees(begin, colon)[0] else order


def _done_by(reading: TaskText, begin: int, by: int, end: int) -> Order | None:
    """Return who is put in charge at `by` of what is to be done: "Việc điều chỉnh quy hoạch do Sở Xây dựng chủ trì …"."""
    lead, stop = reading.addressees(by, end)
    if not lead or not IN_CHARGE.match(reading.text, stop, end) or told_of(reading.text[begin:stop]):
        return None
    return Order(begin, stop, lead, called=False, given=False)


def calls_of_its_own(reading: TaskText, begin: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the calls of a sentence that nobody else makes ("theo đề nghị của …")."""
    first = reading.said["call"].first(begin, end)
    for call in find_calls(reading.low, begin, end, first) if first >= 0 else ():
        another = _NO_CALL.search(reading.text, max(begin, call.start() - 40), call.start())
        given = call["given"] is not None and _AGREED_TO.fullmatch(reading.low, begin, call.start()) is not None
        if given or not another or (reading.is_news and _called_by_news(reading, begin, call, end)):
            yield call


def find_calls(low: str, begin: int, end: int, first: int = 0) -> Iterator[re.Match[str]]:
    """Yield the calls of low[begin:end], a text in lower case, wherever they stand; no verb of one stands before `first`."""
    for verb in _CALL_VERB.finditer(low, max(begin, first), end):
        before = _RESPECTFULLY.search(low, max(begin, verb.start() - 16), verb.start())
        if call := CALL.match(low, (before or verb).start(), end):
            yield call


def _at(reading: TaskText, at: int, end: int, *, opens: bool = True) -> Order | None:
    """An order that begins right at `at`, with whom it names where nothing `opens` it."""
    text = reading.text
    if opens and (call := CALL.match(reading.low, at, end)) and (order := _called(reading, call, end)):
        return order
    front, lead, stop = _told_at(reading, at, end, opens=opens)
    if not lead:
        return None
    if told := directed(reading, lead, stop, end):
        return Order(at, told[1], told[0], True, False)
    call = CALL.match(reading.low, stop + len(text[stop:end]) - len(text[stop:end].lstrip()), end)
    if call and (order := _asked(reading, lead, call, end)):
        return order
    if call and (lead[0].key == reading.heading.issuer_key or (reading.heading.type is None and governs(lead[0]))):
        return None  # the one who writes, or who governs all, asks somebody, and does nothing itself
    if not (tells_of_a_person(text, at, stop) or _says_work(reading, lead[-1], stop, end)):
        return None
    if gives_nothing_to_do(reading, stop, end) or is_appointed(reading, lead, stop, end):
        return None
    if AGENCY_ALONE.fullmatch(lead[-1].name) and _LABELS.match(text, stop, end):
        return None
    if text.startswith(":", stop) and are_levels(lead):
        return None  # "Cấp tỉnh: tổ chức tại xã A": where things happen
    return Order(at, stop, lead, front, False)


def _told_at(reading: TaskText, at: int, end: int, *, opens: bool) -> tuple[bool, tuple[Addressee, ...], int]:
    """Return whether "đối với" stands at `at`, who is named there, and where the names end; nobody where it tells of whom something
    holds, or where one of several is singled out for no work."""
    text = reading.text
    singles = SINGLED_OUT.match(reading.low, at, end) if opens else None
    front = singles is not None and singles["concerns"] is not None
    lead, stop = reading.addressees(
        singles.end() if singles else at, end, small=singles is not None or SMALL_BODY.match(text, at, end) is not None
    )
    # "Đối với cán bộ là người dân tộc thiểu số: …" says of whom something holds
    told = text[stop : stop + 4].split()[:1] == ["là"] if front else singles and not starts_work(text, stop, end)
    if not lead or told:
        return False, (), at
    return front, *with_what_tells_which(text, lead, stop, end)


def _says_work(reading: TaskText, last: Addressee, at: int, end: int) -> bool:
    """Does work follow the last of those who are named: of a known body any words, of any other such as the tables have?"""
    text = reading.text
    known = last.key is not None or is_whole(last.name)
    if starts_work(text, at, end) or (known and says_more(text, at, end)) or works_behind_a_term(reading, at, end):
        return True
    if text[at : at + 1] in ":*_" and _is_asked(reading, at, end):
        return True
    return is_body(last.name) and last.name[0].isupper() and WORK_BEHIND.match(text, at, end) is not None


def _is_asked(reading: TaskText, at: int, end: int) -> bool:
    """Does the writer ask for work behind a name and a colon? Elsewhere than in a plan only a day tells that from a wish that is answered:
    "Trả lời kiến nghị: UBND xã A: Đề nghị bố trí kinh phí làm đường"."""
    asked = _ASKED_TO.match(reading.low, at, end)
    if asked is None or not starts_work(reading.text, asked.end(), end):
        return False
    if "kiến nghị" in (reading.heading.title or "").lower():
        return False
    return reading.heading.type in _PROVIDES or reading.states_a_day_ahead(asked.end(), end)


def _asked(reading: TaskText, lead: tuple[Addressee, ...], call: re.Match[str], end: int) -> Order | None:
    """Return what those who are named before a call tell others to do ("Ủy ban nhân dân tỉnh yêu cầu các Sở …"); None where they are told
    to charge their own people, or those who work for them."""
    group = all(
        MANY.match(a.name) for a in lead
    )  # "Các chi bộ phân công đảng viên …": it is told to charge its own people
    order = None if group else _called(reading, call, end)
    if order is None or are_own_people(order.lead) or _asks_contractors(reading, lead, order):
        return None
    return order


def _asks_contractors(reading: TaskText, lead: tuple[Addressee, ...], order: Order) -> bool:
    """Is it a body below the issuer that asks those who work for it ("Ban QLDA A yêu cầu các nhà thầu …")? That is its own work."""
    heading = reading.heading
    if not heading.issuer_key or any(a.key == heading.issuer_key or is_superior(a, heading) for a in lead):
        return False
    return all(_CONTRACTOR.match(a.name) for a in order.lead)


def _called(reading: TaskText, call: re.Match[str], end: int) -> Order | None:
    lead, stop = reading.addressees(call.end(), end)
    if len(lead) == 1 and lead[0].key is None and not starts_work(reading.text, stop, end):
        lead, stop = _up_to_its_own(reading, call.end(), lead, stop)
    if lead:
        lead, stop = with_what_tells_which(reading.text, lead, stop, end)
    if not lead or is_not_to_be(reading.text, stop, end) or lead[0].name.endswith(_ANOTHER):
        return None
    if is_appointed(reading, lead, stop, end) or (call["given"] and is_handed_over(lead[0].name)):
        return None
    return Order(call.start(), stop, lead, True, call["given"] is not None)


def _up_to_its_own(
    reading: TaskText, at: int, lead: tuple[Addressee, ...], stop: int
) -> tuple[tuple[Addressee, ...], int]:
    """ "Đề nghị Trường Trung học phổ thông Đinh Tiên Hoàng cho mượn hội trường": who is called on where no known verb ends the name, and
    where that ends."""
    own = own_end(reading.text, at, stop)
    return ((reading.in_full(Addressee(plain(reading.text[at:own]))),), own) if own else (lead, stop)


def _told_before(reading: TaskText, begin: int, at: int) -> bool:
    """ "Ngày 05/02/2026, Sở Y tế đã có Công văn A, đề nghị …": does text[begin:at] tell, behind its first clause, what somebody has done,
    so that the call goes on with it?"""
    return _HAS_DONE.search(reading.text, begin, at) is not None


def _caller(reading: TaskText, begin: int, at: int) -> bool:
    """Is what stands before the verb, or behind its last comma, who calls ("Ủy ban nhân dân tỉnh"), or a clause set before the sentence?"""
    text = reading.text
    starts = [start for start in (text.rfind(", ", begin, at) + 2, begin) if start > 1 or start == begin]
    own = reading.heading.issuer or ""
    if (
        _AGREES.match(text, begin, at)
        or _AGREED_TO.fullmatch(reading.low, begin, at)
        or any(own.startswith(f"{text[start:at].strip()} ") for start in starts)
    ):
        return True  # "Sở đề nghị …", "Thực hiện Công điện A, Sở yêu cầu …" of the Sở whose letter it is
    if reading.heading.type is None and _PAPER.fullmatch(text, begin, at) and not told_of(text[begin:at]):
        return True
    opens = _FRONT.match(reading.low, begin, at) or _TOPIC.match(reading.low, begin, at)
    if opens and text[begin : before_assent(text, begin, at)].rstrip()[-1:] in (",", ":", ";"):
        return not _told_before(reading, begin, at)
    for start in starts:
        who, end = reading.addressees(start, at, heading=True)
        if who and at - end < 25:
            return not is_entitled(text, end, at)
    return False
