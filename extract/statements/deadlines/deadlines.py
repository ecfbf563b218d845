"""By when something is to be done, as plans and directives put it.

A deadline is a day "2026-06-30", a month "2026-06", a quarter "2026-Q2", a year "2026", a recurrence ("monthly", "yearly-12-10", …: see
`recurrences`), "ongoing", or None. A date without a year takes the document's own year, and only there where the words say that it is
a limit. A full date is a closer limit than a period beside it; a day within a period ("trước ngày 15 hằng tháng") is the period's.
Days counted from signing or issue ("trong 15 ngày kể từ ngày ký") are computed where that day is known. Goals ("đến năm 2030 đạt …") are
no deadlines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from chidao.extract.frozen import quick
from chidao.extract.language.composing import one_of
from chidao.extract.language.compounds import within_compound
from chidao.extract.language.dates import FIGURE
from chidao.extract.language.letters import lower
from chidao.extract.language.patterns import (
    AT_LATEST,
    EACH,
    HOUR,
    PART_OF_DAY,
    PROPOSES,
    WEEKDAY,
    day,
    month,
    short_day,
)
from chidao.extract.language.tables import words
from chidao.extract.language.verbs import acts
from chidao.extract.statements.deadlines.recurrences import read_recurrence
from chidao.extract.statements.deadlines.working_days import days_after, months_after

# All patterns read text in lower case, which is several times faster than to read any case.
_Y = "(?:19[4-9]|20[0-9])[0-9]"
_UNTIL = (
    r"(?:(?:hoàn\s+thành|xong|thực\s+hiện|báo\s+cáo|gửi|(?<!(?:.quy|công|ương)\s)trình|kết\s+thúc)\s+)?"
    rf"(?:{AT_LATEST}(?:\s+là)?|trước|đến\s+hết|đến|trong|xong|vào|hết|hạn\s+(?:cuối|chót)|thời\s+hạn)(?:\s+thời\s+điểm)?\s*:?\s*(?:là\s+)?"
)
_HOUR = rf"(?:{HOUR}(?:\s*phút|[’'′])?\s*,?\s*)?(?:(?:buổi\s+)?{PART_OF_DAY}\s+)?"
_WEEKDAY = rf"(?:{WEEKDAY}(?:\s*[,(]\s*|\s+))?"
_THANG = r"tháng\s+"
_MORE_MONTHS = r"(?:(?:1[0-2]|0?[1-9])\s*(?:,|và|[-–])\s*(?:tháng\s+)?){0,3}"
"""Of "trong tháng 9, tháng 10", whose last one counts."""
_MORE_QUARTERS = r"(?:(?:iv|i{1,3}|[1-4])\s*(?:,|và|[-–])\s*){0,3}"
"""Of "quý II - III/2026", whose last one counts."""
_WITHIN = (
    r"(?:(?:(?:nửa|tuần(?:\s+lễ)?)\s+)?(?:cuối|đầu|giữa)\s+(?:của\s+)?|"
    r"tuần\s+(?:lễ\s+)?(?:thứ\s+)?(?:[1-5]|nhất|hai|ba|tư)\s+(?:của\s+)?|(?:thượng|trung|hạ)\s+tuần\s+)?"
)
"""When in a month: "cuối", "tuần 3 của", "hạ tuần"."""
_DONE_ON = r"(?<!đã )hoàn\s+thành(?:\s*:\s*|\s+(?=ngày\s))"
_DAY = re.compile(
    rf"(?:{_UNTIL}|{_DONE_ON}){_HOUR}(?:(?:trong\s+)?(?:ngày\s+mai|hôm\s+nay)\s*,?\s*)?{_WEEKDAY}(?:ngày\s+)?{day(year=_Y)}(?!\d)"
)
_MONTH = re.compile(
    rf"(?:{_UNTIL}|(?:(?:trong|tại|vào)\s+|(?<=\())(?:kỳ|buổi|phiên)\s+(?:sinh\s+hoạt|họp)(?:\s+(?:thường\s+kỳ|định\s+kỳ|chi\s+bộ))?\s+){_WITHIN}tháng\s+{_MORE_MONTHS}{month(year=_Y).removeprefix(_THANG)}(?!\d)"
)
_QUARTER = re.compile(
    rf"(?:{_UNTIL})?(?:cuối\s+|hết\s+)?quý\s+{_MORE_QUARTERS}(?P<q>iv|i{{1,3}}|[1-4])\s*(?:/|-|\s+năm\s+|,?\s+)\s*(?P<y>{_Y})(?!\d|\s+trở\s)"
)
_SESSION = r"(?:tại|trong|vào)\s+kỳ\s+họp(?:\s+thường\s+(?:lệ|kỳ))?\s+(?:đầu|giữa|cuối)\s+"
"""Of "tại kỳ họp thường lệ giữa năm 2026"."""
_YEAR = re.compile(rf"(?:{_UNTIL}(?:hết\s+)?(?:cuối\s+)?|{_SESSION})năm\s+(?P<y>{_Y})(?!\s*[-–]\s*20|\d)")
_DATES = ((_DAY, ""), (_MONTH, "tháng"), (_QUARTER, "quý"), (_YEAR, "năm"))
"""The closest limit first, each with the word that it has."""
# What each date has at the least: most sentences have neither, and the patterns above need not be tried on them.
_UNDATED = ("hằng", "hàng", "mỗi", "từng", "kỳ", "lần", "lượt", "tháng", "quý", "xuyên", "liên")
"""What has no figure and is a deadline holds one of these."""
_HAS_YEAR = re.compile(_Y)
_HAS_DAY = re.compile(r"[0-9]\s*(?:/|tháng)")
_SHORT_DAY = re.compile(rf"(?:{_UNTIL}|{_DONE_ON}){_HOUR}{_WEEKDAY}(?:ngày\s+)?{short_day()}(?![\d/])")
_ONGOING = re.compile(r"thường\s+xuyên|liên\s+tục")
# "được cấp phép trước ngày 01/7/2025": a day behind such words tells when something was, not by when it must be; "phấn đấu đến
# ngày 31/12/2026 đạt …" is an aim.
_PAST = re.compile(rf"(?:\b(?P<word>{one_of(words('happens'))})|(?:dưới|chưa\s+đạt)\s+[0-9][0-9.,]*\s*%)\s*$")
_TO_BE = re.compile(
    rf"(?<!\w)(?:(?:trình|tham\s+mưu|{PROPOSES}|giúp)\s[^.;]*|"
    r"(?:xây\s+dựng|rà\s+soát|hoàn\s+thiện|soạn\s+thảo)[^.;]*,\s*)$"
)
_SINCE = re.compile(r"(?<!\w)từ\s+(?:(?P<day>(?:ngày\s+)?[0-9/]+\s*)|(?:khoảng\s+)?)$")
"""Before a quarter: "bắt đầu từ quý III năm 2026" says when something begins, and not by when it is done; before a day: "hằng ngày từ ngày
14/02 đến ngày 22/02/2026" says how long something is done each day."""
_OF_AN_EVENT = re.compile(
    r"(?<!\w)(?<!tổ\schức\s)(?:hội\s+(?:nghị|thảo)|đại\s+hội|(?:cuộc|phiên|kỳ|buổi)\s+(?:họp|làm\s+việc)|bầu\s+cử|đoàn\s+công\s+tác|"
    r"lễ\s+(?:khai|tổng|kỷ|phát|công|trao|mít)|ngày\s+(?:hội|truyền|thành))(?:\s+[^\s.,;:()]+){0,12}?\s+"
    r"\((?:dự\s+kiến\s+)?(?P<since>từ\s+[^().;]{1,40})?$"
)
"""Before a day in brackets that says when an event is, and not by when something is done for it: "phục vụ Đại hội (từ ngày 10 đến ngày
12/6/2026)"; but "tổ chức hội thảo (vào ngày 20/7/2026)" is done by then."""

_REACHES = re.compile(r"\s+(?:phải\s+|cơ\s+bản\s+)?(?:đạt|tăng|giảm)\s+(?:\S+\s+){0,3}?[0-9]")
_OF_A_QUARTER = re.compile(r"\s+(?:từ|trên|tối\s+thiểu|ít\s+nhất|không\s+dưới)\s+[0-9][0-9.,]*\s*%")
"""Of "duy trì tỷ lệ đúng hạn quý I/2026 từ 98% trở lên": how much of something a quarter is to have."""
# "đến năm 2030" within a sentence is an aim; a limit says "đến hết", "trước", "trong".
_AIM = "đến năm"
_REVIEWED = re.compile(rf"(?<!\w){acts('review')}(?:\s+[^\s,.;:]+){{0,8}}\s+$")
"""Of "sơ kết giữa kỳ vào năm 2028"."""
_BARE = re.compile(rf"\s*(?:(?:tháng\s+|t\.?\s?)?(?P<m>0?[1-9]|1[0-2])\s*[/-]\s*)?(?P<y>{_Y})\s*\.?\s*")
"""A month or a year and nothing else."""
_ISO_DAY = re.compile(rf"\s*(?P<y>{_Y})-(?P<m>[01][0-9])-(?P<d>[0-3][0-9])(?:[ t]00:00(?::00)?)?\s*")
"""As a sheet's cell of type date is read."""
_EACH_DAY = re.compile(rf"\s*{EACH}\s+ngày(?!\w)")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@quick
@dataclass(frozen=True, slots=True)
class Deadline:
    """`value` as in the module's help; `text` as printed; `start` its place in the text that was read."""

    value: str
    text: str
    start: int


def read_deadline(
    text: str,
    year: int | None = None,
    *,
    cell: bool = False,
    after: str | None = None,
    in_force: str | None = None,
    low: str | None = None,
) -> Deadline | None:
    """Return the deadline that `text` states, or None. `year` is the document's own; `cell` says that the text is a deadline's own
    field ("Thời gian thực hiện: thường xuyên"), where fewer words are needed. What ends before the day `after` (ISO, the
    document's own date) is no deadline; `in_force` is the day on which the document takes effect, where that is known,
    and `low` the text in lower case.

    >>> read_deadline("hoàn thành trước ngày 30/6/2026").value
    '2026-06-30'
    >>> read_deadline("xong trong quý II năm 2026").value, read_deadline("Hàng năm, xây dựng kế hoạch").value
    ('2026-Q2', 'yearly')
    """
    low = lower(text) if low is None else low
    if "*" in low:  # "trước ngày **15/11/2025**"
        text, low = text.replace("*", " "), low.replace("*", " ")
    asked = _Asked(text, low, year, cell, after, in_force)
    if FIGURE.search(asked.low) is None and not any(word in asked.low for word in _UNDATED):
        return None
    rules = (
        _full_date, _counted, _period, _short_day, _handed, _held, _labelled, _at_last, _short_period, _in_its_field if cell else _always,
    )  # fmt: skip
    found = None
    for rule in rules:
        if found := rule(asked):
            break
    closer = _short_day(asked) if found and len(found.value) == 4 else None
    return closer if closer and found and closer.value.startswith(found.value) else found


class _Asked(NamedTuple):
    """What `read_deadline` was asked; `low` is the text in lower case."""

    text: str
    low: str
    year: int | None
    cell: bool
    after: str | None
    in_force: str | None

    def matches(self, pattern: re.Pattern[str]) -> Iterator[_Limit]:
        """Yield where the pattern stands. In a deadline's own field a date needs no word that makes it a limit: one is put before."""
        lead = "trong " if self.cell else ""
        padded = lead + self.low
        for match in pattern.finditer(padded):
            printed = " ".join((lead + self.text)[match.start() : match.end()].split())
            if match.start() < len(lead):
                printed = printed.removeprefix(lead)
            before = padded[max(0, match.start() - 120) : match.start()]
            aim = _REACHES.match(padded, match.end()) is not None
            yield _Limit(match.groupdict(), printed, max(0, match.start() - len(lead)), before, aim)


class _Limit(NamedTuple):
    """A date as matched: its parts, how it is printed, where it starts, and the words before it."""

    parts: dict[str, str | None]
    printed: str
    start: int
    before: str
    aim: bool
    """What is to be reached by then follows ("đến 30/9/2026 đạt trên 70%"): a goal, and nothing to be done by that day."""


def _full_date(asked: _Asked) -> Deadline | None:
    """Return the first day, month, quarter or year, in this order, that is a limit."""
    if _HAS_YEAR.search(asked.low) is None:
        return None
    for pattern, unit in _DATES:
        for limit in asked.matches(pattern) if unit in asked.low else ():
            value = _value(limit.parts)
            if value is None or _is_over(value, asked.after) or limit.aim or _has_happened(limit):
                continue
            if (
                _tells_of_an_event(limit)
                or _closes_a_period(limit, asked)
                or _begins_one(limit, asked)
                or _frames(limit, asked)
                or (unit == "quý" and _is_of_a_quarter(limit, asked))
            ):
                continue
            if pattern is _YEAR and ((not asked.cell and _is_aim(limit, asked)) or read_recurrence(asked.low)):
                continue
            return Deadline(value, limit.printed, limit.start)
    return None


def _tells_of_an_event(limit: _Limit) -> bool:
    """Is it the day of an event, in brackets behind its name? "Hội nghị (xong trước ngày 15/6)" and "gửi tài liệu hội nghị (đến
    ngày 10/6)" say by when something is to be done."""
    on, event = limit.printed.lower().partition(" ")[0], _OF_AN_EVENT.search(limit.before)
    return event is not None and (on in ("vào", "trong") or (on == "đến" and event["since"] is not None))


def _closes_a_period(limit: _Limit, asked: _Asked) -> bool:
    """ "giao ban 06 tháng một lần; tổng kết vào quý III năm 2030": is it when all is reviewed, behind what comes again until then?"""
    period = read_recurrence(asked.low[: limit.start]) if _REVIEWED.search(limit.before) else None
    return period is not None and ";" in asked.text[period.end : limit.start]


def _frames(limit: _Limit, asked: _Asked) -> bool:
    """ "Trong tháng 5/2026, cập nhật kết quả vào thứ Sáu hằng tuần": is it only the time in which something comes again?"""
    behind = asked.low[limit.start + len(limit.printed) :]
    again = read_recurrence(behind) if behind.startswith(",") and not limit.before.strip(" -+") else None
    alone = again is not None and not any(mark in behind[1 : again.start] for mark in ",;")
    return alone and again is not None and again.value.startswith(("weekly", "daily"))


def _is_of_a_quarter(limit: _Limit, asked: _Asked) -> bool:
    """Does a share follow the quarter that it is of, where no word says by when?"""
    bare = limit.printed[0] in "qQ"
    return bare and _OF_A_QUARTER.match(asked.low, limit.start + len(limit.printed)) is not None


def _begins_one(limit: _Limit, asked: _Asked) -> bool:
    """ "bắt đầu từ quý III năm 2026", "hằng ngày từ ngày 14/02 đến ngày 22/02/2026": when it begins, or how long it is done?"""
    since = _SINCE.search(limit.before)
    if since is None or since["day"] is None:
        return since is not None and limit.parts.get("q") is not None
    return read_recurrence(asked.low) is not None


def _has_happened(limit: _Limit) -> bool:
    """Do the words before a day tell when something was? What is laid before somebody, is one of several verbs, or must not be later
    ("ban hành chậm nhất ngày …"), is to be."""
    past = None if limit.printed.lower().startswith(words("at latest")) else _PAST.search(limit.before)
    if past is None or (past["word"] and within_compound(limit.before, *past.span("word"))):
        return False  # "chi trả trợ cấp xong trước ngày 27/7/2026"
    return _TO_BE.search(limit.before[: past.start()]) is None


def _is_aim(limit: _Limit, asked: _Asked) -> bool:
    """Return whether a year is one to be reached: "đến năm 2030", and "vào năm 2030" years ahead, but for a review that is held then."""
    printed = limit.printed.lower()
    ahead = asked.after is not None and int(limit.parts["y"] or 0) > int(asked.after[:4]) + 1
    return printed.startswith(_AIM) or (ahead and printed.startswith("vào ") and _REVIEWED.search(limit.before) is None)


_CENTURY = "2000-01-01"
"""Papers of no known day are of this century; what they tell of an older day was done: "người nghỉ hưu trước ngày 01/9/1985"."""


def _is_over(value: str, after: str | None) -> bool:
    """Return whether a day, month, quarter or year ends before the month of `after`; where that is not known, before this century."""
    return (last_day(value) or "")[:7] < (after or _CENTURY)[:7]


def _printed(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())


# "trong 15 ngày kể từ ngày ký", "chậm nhất 05 ngày làm việc kể từ ngày ban hành Kế hoạch này", "trong 02 tháng kể từ ngày 01/7/2025"
_FROM_DAY = r"từ\s+(?:ngày|khi)\s+"
_COUNTED_FROM = re.compile(_FROM_DAY)
_COUNTED = re.compile(
    rf"(?:(?:trong|{AT_LATEST}|không\s+quá|sau|thời\s+hạn)\s+(?:là\s+)?(?:thời\s+(?:hạn|gian)\s+|vòng\s+)?)?"
    r"(?P<n>[0-9]{1,3})(?:\s*\([^()]{2,30}\))?\s*"
    rf"(?P<unit>ngày|tuần|tháng)(?P<working>\s+làm\s+việc)?\s*,?\s*(?:kể|tính)?\s*{_FROM_DAY}"
    rf"(?:(?P<own>ra\s+[^\s.,;]+\s+[^\s.,;]+\s+này(?!\w)|(?:ký|ban\s+hành)(?:\s+(?:và\s+)?ban\s+hành)?(?!\s+(?:hợp\s+đồng|biên\s+bản|kết\s+luận\s+thanh\s+tra))|"
    rf"[^.,;]{{2,30}}?(?:này\s+)?được\s+(?:ký|ban\s+hành))|(?P<force>[^.,;]{{2,30}}?\s+này\s+có\s+hiệu\s+lực)|{day(year=_Y)})"
)


def _counted(asked: _Asked) -> Deadline | None:
    """Return the day that a term ends which runs from a stated day, or from the document's own."""
    for term in _COUNTED.finditer(asked.low) if _COUNTED_FROM.search(asked.low) else ():
        own = asked.after if term["own"] else asked.in_force if term["force"] else None
        base = own if term["own"] or term["force"] else _value({**term.groupdict()})
        if base is None:
            continue
        first, count = date.fromisoformat(base), int(term["n"])
        if term["unit"] == "tháng":
            due = months_after(first, count)
        else:
            days = count * 7 if term["unit"] == "tuần" else count
            due = days_after(first, days, working=term["working"] is not None)
        return Deadline(due.isoformat(), _printed(asked.text, *term.span()), term.start())
    return None


def _period(asked: _Asked) -> Deadline | None:
    found = read_recurrence(asked.low)
    return Deadline(found.value, _printed(asked.text, found.start, found.end), found.start) if found else None


# "bảo đảm thông xe kỹ thuật năm 2025", "hoàn thành năm 2026": what is finished in a year.
_AT_LAST = re.compile(
    rf"{one_of(words('is finished'))}(?:\s+[^\s,.;0-9]+){{0,4}}?\s+(?P<year>năm\s+(?P<y>{_Y}))(?!\s*[-–]\s*20|[0-9])"
)


def _at_last(asked: _Asked) -> Deadline | None:
    """Return the year in which something is to be finished."""
    match = _AT_LAST.search(asked.low) if "năm" in asked.low else None
    if match is None or (asked.after and match["y"] < asked.after[:4]):
        return None
    return Deadline(match["y"], _printed(asked.text, *match.span("year")), match.start("year"))


# "tổ chức lễ giao, nhận quân ngày 04/3/2026": what is to be held has a day.
_HELD = re.compile(
    rf"tổ\s+chức\s+(?:tốt\s+|thành\s+công\s+)?(?:lễ|hội\s+nghị|hội\s+thi|ngày\s+hội|cuộc\s+họp)(?:\s+[^\s.;:0-9]+){{0,12}}?\s+(?:vào\s+)?(?P<when>ngày\s+{day(year=_Y)})(?!\d)"
)


def _held(asked: _Asked) -> Deadline | None:
    """Return the day on which something is to be held."""
    match = _HELD.search(asked.low) if "tổ chức" in asked.low else None
    value = _value({**match.groupdict()}) if match else None
    if match is None or value is None or _is_over(value, asked.after):
        return None
    return Deadline(value, _printed(asked.text, *match.span("when")), match.start("when"))


_PAPER = (
    r"(?:báo\s+cáo|kết\s+quả|danh\s+sách|hồ\s+sơ|văn\s+bản|biểu\s+mẫu|ý\s+kiến)(?:\s+(?:kết\s+quả|tổng\s+hợp|góp\s+ý))?"
)
# "hoàn chỉnh hồ sơ, trình Hội đồng thuốc ngày 22/12.": to whom something is handed in, and the day, end the order.
# "báo cáo kết quả về Sở (qua Phòng Nghiệp vụ) ngày 18/5/2026": a paper, perhaps to whom, and the day; behind any other words the day may be
# that of what is told of ("báo cáo số ca nhập viện ngày 18/5/2026").
_HANDED = re.compile(
    rf"(?<!\w)(?:(?P<paper>(?:(?:trình|gửi|nộp)\s+{_PAPER}|báo\s+cáo(?:\s+kết\s+quả)?)(?:\s+(?:về|cho|đến|lên)(?:\s+[^\s.,;:()0-9]+){{1,8}}?)?"
    rf"(?:\s+\([^()0-9]{{2,60}}\))?\s+)|(?:trình|gửi|nộp)\s+(?:[^\s.,;:()0-9]+\s+){{1,10}}?)"
    rf"(?P<when>ngày\s+{short_day()}(?(paper)(?:(?:\s*[/.-]\s*|\s+năm\s+)(?P<y>{_Y}))?))[\s.;/]*\Z"
)


def _handed(asked: _Asked) -> Deadline | None:
    """Return a day on which something is to be handed in; papers that are cited have no such day ahead of the document's own."""
    told = asked.after and asked.year and "ngày" in asked.low
    match = _HANDED.search(asked.low) if told else None
    value = _value({**match.groupdict(), "y": match["y"] or str(asked.year)}) if match else None
    if match is None or value is None or asked.after is None or value <= asked.after:
        return None
    return Deadline(value, _printed(asked.text, *match.span("when")), match.start("when"))


_OF_YEAR = rf"(?:(?:\s*[/.-]\s*|\s+năm\s+){_Y})?"
_LABEL = re.compile(
    rf"\s*(?:trong\s+|vào\s+|dự\s+kiến\s+)?(?P<when>ngày\s+[0-9]{{1,2}}(?:\s*[/.-]\s*|\s+tháng\s+)[0-9]{{1,2}}{_OF_YEAR}|"
    rf"tháng\s+{_MORE_MONTHS}[0-9]{{1,2}}{_OF_YEAR}|quý\s+[iv0-9]{{1,3}}{_OF_YEAR}|năm\s+{_Y})(?:\s*\({WEEKDAY}\))?\s*:\s"
)
"""A label that is nothing but the time: "Tháng 6/2026 trở đi:" says when something begins."""


def _labelled(asked: _Asked) -> Deadline | None:
    """Return when it is done by the label of an item in a calendar: "Tháng 10/2026: Sở Nội vụ trình đề án"."""
    label = None if asked.cell else _LABEL.match(asked.low)
    if label is None:
        return None
    found = read_deadline(asked.text[slice(*label.span("when"))], asked.year, cell=True, after=asked.after)
    due = last_day(found.value) if found else None
    if found is None or due is None or (asked.after is not None and due < asked.after):
        return None  # what is over by then is told of
    return Deadline(found.value, found.text, label.start("when") + found.start)


_ALWAYS = re.compile(
    rf"(?:(?:[^.;]{{0,200}}?(?<!\w)(?:cần|phải)|(?:[^\s.;]+\s+){{0,5}}{one_of(words('is watched'))})\s+)?"
    r"(?P<said>thường\s+xuyên(?:\s*,\s*liên\s+tục)?)(?!\s*(?:,|và|hoặc)\s*đột)"
)


def _always(asked: _Asked) -> Deadline | None:
    """Return "ongoing" for what opens with "Thường xuyên …", must be done so ("phải thường xuyên …"), or is watched so."""
    match = _ALWAYS.match(asked.low) if "thường" in asked.low else None
    return Deadline("ongoing", " ".join(match["said"].split()), match.start("said")) if match else None


# "hoàn thành trong tháng 3", "xong trước quý III", "trong 6 tháng đầu năm 2026": a period whose year is the document's, or half a year.
_SHORT_PERIOD = re.compile(
    rf"{_UNTIL}(?:ngay\s+trong\s+)?(?:{_WITHIN}tháng\s+{_MORE_MONTHS}(?P<m>1[0-2]|0?[1-9])(?![0-9]|\s*(?:/|năm(?!\s+nay)|và\s+tháng|đến)|,\s*[0-9])"
    rf"|(?:cuối\s+|đầu\s+)?quý\s+(?P<q>iv|i{{1,3}}|[1-4])(?!\w|\s*(?:/|năm(?!\s+nay)|và\s))|(?:6|06|sáu)\s+tháng\s+(?P<half>đầu|cuối)\s+năm(?:\s+(?P<y>{_Y}))?)"
    r"(?!\s*(?:vừa\s+qua|qua|trước)(?!\w))"
)


def _short_period(asked: _Asked) -> Deadline | None:
    """Return a month, a quarter or half a year that is a limit and has no year of its own, in the document's year."""
    for limit in asked.matches(_SHORT_PERIOD) if "tháng" in asked.low or "quý" in asked.low else ():
        year = limit.parts["y"] or asked.year
        if year is None:
            continue
        month = {"đầu": "6", "cuối": "12"}[limit.parts["half"]] if limit.parts["half"] else limit.parts["m"]
        value = _value({"y": str(year), "q": limit.parts["q"], "m": month})
        if value and (asked.after is None or (last_day(value) or "") >= asked.after):
            return Deadline(value, limit.printed, limit.start)
    return None


def _short_day(asked: _Asked) -> Deadline | None:
    """Return a day without a year ("trước ngày 10/12") in the document's own year."""
    for limit in asked.matches(_SHORT_DAY) if asked.year and _HAS_DAY.search(asked.low) else ():
        value = _value({**limit.parts, "y": str(asked.year)})
        if value and (asked.after is None or value >= asked.after):
            return Deadline(value, limit.printed, limit.start)
    return None


def _in_its_field(asked: _Asked) -> Deadline | None:
    """Return what is a deadline only in a field of its own: "2026", "12/2026", "Thường xuyên"."""
    text, low = asked.text, asked.low
    bare = _BARE.fullmatch(low) or _ISO_DAY.fullmatch(low)
    if bare and not bare["m"]:
        return Deadline(bare["y"], bare["y"], bare.start("y"))
    if bare and (value := _value(bare.groupdict())):
        return Deadline(value, text.strip(), len(text) - len(text.lstrip()))
    if daily := _EACH_DAY.match(low):
        return Deadline("daily", _printed(text, *daily.span()), daily.start())
    if always := _ONGOING.search(low):
        return Deadline("ongoing", _printed(text, *always.span()), always.start())
    return None


def last_day(value: str) -> str | None:
    """Return the last day on which a dated deadline is met; None for periods.

    >>> last_day("2026-Q2"), last_day("2026-02"), last_day("2026"), last_day("yearly")
    ('2026-06-30', '2026-02-28', '2026-12-31', None)
    """
    match = re.fullmatch(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?", value)
    if match is None:
        return None
    if match[4]:
        return value
    year, month = int(match[1]), int(match[2]) * 3 if match[2] else int(match[3] or 12)
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1).isoformat()


def _value(parts: dict[str, str | None]) -> str | None:
    year = int(parts["y"] or 0)
    if parts.get("q"):
        q = str(parts["q"])
        return f"{year}-Q{_QUARTERS.get(q) or int(q)}"
    if parts.get("d"):
        try:
            return date(year, int(parts["m"] or parts["m2"] or 0), int(parts["d"] or 0)).isoformat()
        except ValueError:
            return None
    if parts.get("m"):
        return f"{year}-{int(parts['m'] or 0):02d}" if 1 <= int(parts["m"] or 0) <= 12 else None
    return str(year)
