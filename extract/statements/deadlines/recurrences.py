"""What is due again and again: "báo cáo hằng quý", "trước ngày 25 hằng tháng", "định kỳ hằng năm (trước ngày 10/12)".

A recurrence is a period ("daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly"), with the day on which it falls where the
text states it: "monthly-25" and "quarterly-20" (a day of the month, or of the quarter's last month), "yearly-12-10" (month and day).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from chidao.extract.language.composing import Rule, one_of, rules
from chidao.extract.language.patterns import AT_LATEST, EACH, PART_OF_DAY, WEEKDAY, short_day
from chidao.extract.language.tables import words
from chidao.extract.statements.predicates import starts_work

_ON_EACH = rf"mỗi\s+(?:{PART_OF_DAY}\s+)?{WEEKDAY}(?!\w)"
_REGULARLY = r"định\s+kỳ\s+(?:mỗi\s+)?"
_DAILY = one_of(words("done each day"))
_WATCHED = one_of(words("is watched"))
_WATCHED_DAILY = (
    rf"(?<!việc )(?<!công tác ){_WATCHED}\s+(?:{one_of(words('watched each day'))}\s+)?h[ằà]ng\s+ngày|"
    rf"h[ằà]ng\s+ngày\s*,?\s+{_WATCHED}"
)
"""Of "theo dõi hằng ngày diễn biến thị trường", where each day stands beside the verb itself, and "kiểm tra vệ sinh an toàn thực phẩm hằng
ngày", where what is watched does nothing itself; not in "kiểm tra công việc hằng ngày", "kiểm tra xe chạy hằng ngày tại các bến"."""
_BY_AN_HOUR = r"(?:trước\s+[0-9hg:giờ ]{2,10},?\s+)?"
"""Of "hằng ngày, trước 16h00, báo cáo …"."""
_ONE = "(?:01|1|một)"
_TWICE = "(?:02|2|hai)"
_ONCE = rf"{_ONE}\s+lần\s*/\s*"
_HELD = one_of(words("held each time"), whole=True)
_SO_MANY = rf"(?<![0-9.,])(?<!học )(?<!dạy )(?:[0-9]{{1,2}}|một|hai|ba)\s+{_HELD}\s*/\s*"
"""Of "02 buổi/năm", "03 tin/tuần": so many each time; not in "dạy 9 buổi/tuần", which is how much there is."""
_TIMES = r"(?:[0-9]{1,2}|một|hai|ba|bốn|vài|nhiều)\s+(?:lần|lượt)"
# All patterns read text in lower case, which is several times faster than to read any case.
PERIODS = rules(
    (
        "daily",
        rf"\A\W*h[ằà]ng\s+ngày,|(?:cuối|trước|vào)\s+mỗi\s+ngày|(?<!thường ){_DAILY}[^.;]{{0,80}}?(?<!công việc ){EACH}\s+ngày|"
        rf"h[ằà]ng\s+ngày\s*,?\s+{_BY_AN_HOUR}{_DAILY}|"
        rf"[0-9]{{1,2}}\s*(?:giờ|h)(?:\s*[0-9]{{2}})?\s+{EACH}\s+ngày|{_REGULARLY}{_ONE}\s+ngày|{_WATCHED_DAILY}|"
        rf"(?<!\w)ngày\s+{_TIMES}(?!\w)|{_TIMES}\s*(?:/|(?:mỗi|một)\s+)\s*ngày(?!\w)",
        "báo cáo trước 16 giờ hằng ngày",
    ),
    ("weekly", rf"{EACH}\s+tuần|{_ON_EACH}|{_REGULARLY}{_ONE}\s+tuần|{_ONCE}(?:01\s+)?tuần|{_SO_MANY}tuần", "01 lần/tuần"),
    (
        "monthly",
        rf"{EACH}\s+tháng|{_REGULARLY}{_ONE}\s+tháng|{_ONCE}(?:01\s+)?tháng|{_SO_MANY}tháng|{_ONE}\s+tháng\s*(?:/|{_ONE}\s+)\s*lần|"
        r"(?<=[0-9]\s)(?:của\s+)?tháng\s+(?:sau|kế\s+tiếp|tiếp\s+theo|liền\s+kề)(?!\w)",
        "trước ngày 25 hằng tháng",
    ),
    (
        "quarterly",
        rf"{EACH}\s+quý|{_REGULARLY}(?:03|3|ba)\s+tháng|tháng\s+(?:cuối|đầu)\s+(?:mỗi\s+)?quý|{_REGULARLY}quý|"
        rf"(?:03|3|ba)\s+tháng\s*(?:/|{_ONE}\s+)\s*lần|{_SO_MANY}quý",
        "ngày 20 tháng cuối quý",
    ),
    (
        "half-yearly",
        rf"{_REGULARLY}(?:06|6|sáu)\s+tháng|(?:06|6|sáu)\s+tháng\s*(?:,|và|/|(?:01\s+|một\s+)lần|h[ằà]ng\s+năm)(?!\w)|{EACH}\s+(?:06|6|sáu)\s+tháng|"
        rf"{EACH}\s+học\s+kỳ|{EACH}\s+nửa\s+năm|{_TWICE}\s+lần\s*(?:/|(?:mỗi|trong|một)\s)\s*năm|{EACH}\s+năm\s+{_TWICE}\s+lần|"
        rf"(?:06|6|sáu)\s+tháng\s*(?:/|{_ONE}\s+)\s*lần|(?:06|6|sáu)\s+tháng\s*\([^()]{{3,40}}\)\s*(?:,|và)\s*(?:(?:{_ONE}|cả)\s+)?năm",
        "định kỳ 06 tháng, năm",
    ),
    ("yearly", rf"{EACH}\s+năm|{_REGULARLY}{_ONE}\s+năm|{_ONCE}năm|{_SO_MANY}năm|{_REGULARLY}năm", "định kỳ hằng năm"),
)  # fmt: skip
_HINT = re.compile(
    rf"{EACH}\s+(?:ngày|tuần|tháng|quý|năm|học\s+kỳ|nửa|0?6\s|sáu\s)|{_ON_EACH}|định\s+kỳ|(?:một|1)\s+lần|{_HELD}\s*/|/\s*lần|lần\s+một\s|"
    r"tháng\s+(?:cuối|đầu|sau|kế|tiếp|liền|[01]?1\s)|[36]\s+tháng|sáu\s+tháng|lần\s+trong\s|ngày\s+\S+\s+l(?:ần|ượt)"
)
"""What any period has: most sentences have none, and six patterns need not be tried on them."""
_HOLDS = ("hằng", "hàng", "mỗi", "từng", "kỳ", "lần", "lượt", "tháng", "/")
"""One of these is in each hint."""
_UNITS = {
    "daily": ("ngày",), "weekly": ("tuần", "thứ", "nhật"), "monthly": ("tháng",), "quarterly": ("quý", "tháng"),
    "half-yearly": ("tháng", "năm", "kỳ"), "yearly": ("năm",),
}  # fmt: skip
"""One of these is in each period of its kind."""
# "kế hoạch hằng năm", "cân đối ngân sách hằng năm": the plan is a year's, and nothing is due.
_OF_A_PERIOD = re.compile(rf"{one_of(words('of a period'))}\s*$")
# "mỗi tháng đạt tối thiểu 20%", "hằng năm tăng 5%", "mỗi tháng giải ngân 15%", "tăng trưởng 8% mỗi năm": a goal.
_SHARE_BEFORE = re.compile(r"[0-9]\s*%\s*(?:so\s+với\s+)?$")
_GOAL = re.compile(
    r"\s*(?:,\s*)?(?:[^\s.;:]+\s+){1,4}?[0-9]{1,3}(?:[.,][0-9]{1,2})?\s*%|"
    r"\s*(?:,\s*)?(?:\S+\s+){0,4}?(?:đạt|tăng|giảm|trên|dưới|ít\s+nhất|tối\s+thiểu|bình\s+quân|khoảng)\s+(?:\S+\s+){0,3}?[0-9]{1,6}(?![0-9]|\s+lần)"
)
_LIMIT_BEFORE = re.compile(r"(?:giảm|còn|quá|từ|tối\s+đa|(?P<taught>(?<!\w)lớp(?:\s+[^\s,.;]+){1,4}))\s+$")
"""Of "xuống còn 02 cuộc/tháng", "vi phạm từ 02 lần/năm", "không quá 01 lần/năm": how much there may be or is; and of "lớp xóa mù chữ 04
buổi/tuần", how much is `taught`."""
_REVIEWS = re.compile(
    r"(?:(?<!kết quả )(?<!báo cáo )(?<!hội nghị )(?:sơ|tổng)\s+kết\s*(?:,|và)|tổ\s+chức\s+họp)\s*đánh\s+giá\s*$"
)
_IS_REVIEWED = re.compile(r"\s+(?:việc|tình\s+hình|kết\s+quả|hiệu\s+quả|mức\s+độ|công\s+tác|chất\s+lượng)\s")
"""Of "tổng kết, đánh giá hằng năm", "đánh giá hằng năm việc thực hiện": it is done each year, and no yearly thing."""
_AT_LEAST = re.compile(r"[\s,]*+(?!(?:đạt|tăng|giảm)\s)[^.;]*(?:ít\s+nhất|tối\s+thiểu)\s+[0-9]+$")
_IS_HELD = re.compile(rf"\s+{_HELD}")
_COMES_AGAIN = "định kỳ"
"""Of "định kỳ 06 tháng kiểm tra ít nhất 10% số cơ sở": that many are looked at each time."""
_ONCE_IN_IT = re.compile(rf"\s+(?:{_ONE}|{_TWICE})\s+lần(?!\w)")
"""Of "gửi kết quả hoạt động mỗi quý một lần"."""
_BY = rf"(?:ngày|dịp|trước|{AT_LATEST}(?:\s+là)?)\s+"
_MONTHLY_DAY = re.compile(rf"{_BY}(?P<d>[0-3]?[0-9])(?!\s*(?:[/.-]\s*[0-9]|tháng\s+[0-9])|[0-9])")
_YEARLY_DAY = re.compile(rf"{_BY}{short_day('/.-')}(?!\s*[/.-]\s*[0-9]|[0-9])")
_ANOTHER_DAY = re.compile(rf"\s*(?:và|,)\s*(?:(?:trước\s+)?ngày\s+)?{short_day()}(?![0-9/])")
"""Of "trước ngày 15/6 và 15/12 hằng năm"."""
_DAYS_OF_A_YEAR = {2: "half-yearly", 4: "quarterly"}
"""The periods that a year's days say together; of another number of days only the year is said."""
_OF_A_QUARTER = re.compile(r"\s+(?:của\s+)?tháng\s+(?:cuối|đầu)\s+(?:mỗi\s+)?quý")
"""Of "hằng tháng kiểm tra, báo cáo trước ngày 25 của tháng cuối quý", behind a day that is no month's."""
_ANOTHER_PERIOD = re.compile(rf"{EACH}\s+(?:năm|quý|tháng)")
_STOP = re.compile(r"[.;]\s")
"""Between a period and the day on which it falls: "hằng quý họp; … trước ngày 20 tháng cuối quý"."""
_NEXT_MONTH = "tháng sau"
_REPEATED = ("hằng ", "hàng ", "định kỳ", "báo cáo tháng")
"""What says that "trước ngày 10 tháng sau" is no single day."""
_NEAR = 70
"""How far from the period its day may be said, in characters."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """`value` as in the module's help; `start`..`end` is where the text says it."""

    value: str
    start: int
    end: int


def read_recurrence(text: str) -> Recurrence | None:
    """Return the shortest period at which the text, in lower case, asks for something; one with its day where that is said before it.

    >>> read_recurrence("báo cáo trước ngày 25 hằng tháng").value, read_recurrence("định kỳ hằng năm (trước ngày 10/12)").value
    ('monthly-25', 'yearly-12-10')
    """
    if not any(word in text for word in _HOLDS) or _HINT.search(text) is None:
        return None
    shortest: Recurrence | None = None
    for period in PERIODS:
        found = _read(text, period)
        if found and (shortest is None or (found.value != period.name and found.start < shortest.start)):
            shortest = found
    return shortest


def _read(text: str, period: Rule) -> Recurrence | None:
    """The first place in the text that asks for something at that period; one with its day behind it in the same clause."""
    first: Recurrence | None = None
    for match in period.pattern.finditer(text) if any(unit in text for unit in _UNITS[period.name]) else ():
        said = " ".join(match.group().split())
        if _COMES_AGAIN not in said and _says_no_term(text, *match.span()):
            continue
        if said == _NEXT_MONTH and not any(word in text for word in _REPEATED):
            continue
        found = _with_day(text, period.name, match)
        if found.value != period.name and (first is None or not _STOP.search(text, first.end, match.start())):
            return found
        first = first or found
    return first


def _says_no_term(text: str, start: int, end: int) -> bool:
    """Is a period at start..end that of a plan, a budget or a goal?"""
    once = _ONCE_IN_IT.match(text, end) is not None
    near = text[max(0, start - 40) : start]
    reviewed = _REVIEWS.search(near) or (near.rstrip().endswith("đánh giá") and _IS_REVIEWED.match(text, end))
    of_one = not once and not reviewed and _OF_A_PERIOD.search(text, max(0, start - 30), start) is not None
    goal = _GOAL.match(text, end)
    reached = goal is not None and not _asks_for_several(text, end, goal.end())
    limit = _LIMIT_BEFORE.search(near) if "/" in text[start:end] else None
    limited = limit is not None and (limit["taught"] is None or "buổi" in text[start:end])
    return of_one or reached or limited or _SHARE_BEFORE.search(near) is not None


def _asks_for_several(text: str, at: int, end: int) -> bool:
    """ "hằng năm kiểm tra ít nhất 10 công trình", "mỗi năm ít nhất 04 lớp": is it work, done so many times, and no share to be reached?"""
    return _AT_LEAST.match(text, at, end) is not None and (
        _IS_HELD.match(text, end) is not None or starts_work(text, at, end)
    )


def _with_day(text: str, value: str, period: re.Match[str]) -> Recurrence:
    """The period with the day that stands beside it: before it in its clause, or behind it."""
    if value in ("monthly", "quarterly", "yearly"):
        pattern = _YEARLY_DAY if value == "yearly" else _MONTHLY_DAY
        before = max(0, period.start() - _NEAR, *(text.rfind(mark, 0, period.start()) for mark in ".;"))
        parted = [other.end() for other in _ANOTHER_PERIOD.finditer(text, before, period.start())]
        ahead = [*pattern.finditer(text, max([before, *parted]), period.start())]
        found = ahead or [*pattern.finditer(text, period.end(), _clause_end(text, period.end()))][:1]
        for day in found if value == "yearly" else ():
            days, end = _days_from(text, day.end())
            if days > 1:
                value = _DAYS_OF_A_YEAR.get(days, value)
                return Recurrence(value, min(day.start(), period.start()), max(end, period.end()))
        for day in found[-1:]:
            if value == "monthly" and _OF_A_QUARTER.match(text, day.end()):
                continue
            if not 1 <= int(day["d"]) <= 31 or (value == "yearly" and not 1 <= int(day["m"]) <= 12):
                continue
            when = f"{int(day['m']):02d}-{int(day['d']):02d}" if value == "yearly" else f"{int(day['d']):02d}"
            return Recurrence(f"{value}-{when}", min(day.start(), period.start()), max(day.end(), period.end()))
    return Recurrence(value, period.start(), period.end())


def _days_from(text: str, end: int) -> tuple[int, int]:
    """How many days a list has whose first one ends at `end`, and where the last one does."""
    days = 1
    while another := _ANOTHER_DAY.match(text, end):
        days, end = days + 1, another.end()
    return days, end


def _clause_end(text: str, start: int) -> int:
    """Where the clause ends in which a period's day may follow: at a stop, or where another period is named."""
    stop = min(len(text), start + _NEAR)
    for mark in re.compile(rf"{_STOP.pattern}|{_ANOTHER_PERIOD.pattern}").finditer(text, start, stop):
        return mark.start()
    return stop
