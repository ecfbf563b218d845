"""By when something is to be done, as plans and directives put it.

A deadline is a day "2026-06-30", a month "2026-06", a quarter "2026-Q2", a year "2026", a period ("monthly", "quarterly",
"yearly"), "ongoing", or None. A date without a year takes the document's own year, and only there where the words say that it is
a limit. A full date is a closer limit than a period beside it; a day within a period ("trước ngày 15 hằng tháng") is the period.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_D = r"(?P<d>[0-3]?[0-9])"
_M = r"(?P<m>[01]?[0-9])"
_Y = r"(?P<y>20[0-9]{2})"
_UNTIL = (
    r"(?:(?:hoàn\s+thành|xong|thực\s+hiện|báo\s+cáo|gửi|trình|kết\s+thúc)\s+)?"
    r"(?:chậm\s+nhất(?:\s+là)?|trước|đến\s+hết|đến|trong|xong|vào|hết|muộn\s+nhất|hạn\s+cuối|thời\s+hạn)\s*:?\s*(?:là\s+)?"
)
_DAY = re.compile(
    rf"{_UNTIL}(?:ngày\s+)?{_D}\s*(?:[/.-]|\s+tháng\s+){_M}\s*(?:[/.-]|\s+năm\s+){_Y}(?!\d)", re.IGNORECASE
)
_MONTH = re.compile(rf"{_UNTIL}(?:cuối\s+|đầu\s+)?tháng\s+{_M}\s*(?:/|\s+năm\s+){_Y}(?!\d)", re.IGNORECASE)
_QUARTER = re.compile(
    rf"(?:{_UNTIL})?(?:cuối\s+|hết\s+)?quý\s+(?P<q>IV|I{{1,3}}|[1-4])\s*(?:/|-|\s+năm\s+|,?\s+)\s*{_Y}(?!\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(rf"{_UNTIL}(?:hết\s+)?(?:cuối\s+)?năm\s+{_Y}(?!\s*[-–]\s*20|\d)", re.IGNORECASE)
_SHORT_DAY = re.compile(rf"{_UNTIL}(?:ngày\s+)?{_D}\s*(?:/|\s+tháng\s+){_M}(?![\d/])", re.IGNORECASE)
_PERIODS = (
    ("monthly", re.compile(r"h[ằà]ng\s+tháng|mỗi\s+tháng|định\s+kỳ\s+(?:01|1|một)\s+tháng", re.IGNORECASE)),
    ("quarterly", re.compile(r"h[ằà]ng\s+quý|mỗi\s+quý|định\s+kỳ\s+(?:03|3|ba)\s+tháng", re.IGNORECASE)),
    ("yearly", re.compile(r"h[ằà]ng\s+năm|mỗi\s+năm|định\s+kỳ\s+(?:01|1|một)\s+năm", re.IGNORECASE)),
)
_ONGOING = re.compile(r"thường\s+xuyên|liên\s+tục", re.IGNORECASE)
# "được cấp phép trước ngày 01/7/2025": a day behind such words tells when something was, not by when it must be.
_PAST = re.compile(
    r"(?:\bcấp|cấp\s+phép|phê\s+duyệt|ban\s+hành|phát\s+sinh|có\s+hiệu\s+lực|thành\s+lập|công\s+bố|tồn\s+tại|xảy\s+ra|đã)\s*$",
    re.IGNORECASE,
)
# "đến năm 2030" within a sentence is an aim; a limit says "đến hết", "trước", "trong".
_AIM = re.compile(r"đến\s+năm", re.IGNORECASE)
_BARE_YEAR = re.compile(r"\s*(?P<y>20[0-9]{2})\s*\.?\s*")
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}


@dataclass(frozen=True, slots=True)
class Deadline:
    """`value` as in the module's help; `text` as printed; `start` its place in the text that was read."""

    value: str
    text: str
    start: int


def read_deadline(
    text: str, year: int | None = None, *, cell: bool = False, after: str | None = None
) -> Deadline | None:
    """The deadline that `text` states, or None. `year` is the document's own; `cell` says that the text is a deadline's own
    field ("Thời gian thực hiện: thường xuyên"), where fewer words are needed. What ends before the day `after` (ISO, the
    document's own date) is no deadline.

    >>> read_deadline("hoàn thành trước ngày 30/6/2026").value
    '2026-06-30'
    >>> read_deadline("xong trong quý II năm 2026").value, read_deadline("Hàng năm, xây dựng kế hoạch").value
    ('2026-Q2', 'yearly')
    """
    padded = f"trong {text}" if cell else text
    shift = len(padded) - len(text)
    period = next(((p, m) for p, pattern in _PERIODS if (m := pattern.search(text))), None)
    for pattern in (_DAY, _MONTH, _QUARTER, _YEAR):
        for match in pattern.finditer(padded):
            value = _value(match.groupdict())
            if value is None or (after and value[:7] < after[:7] and "Q" not in value and len(value) > 4):
                continue
            if _PAST.search(padded, max(0, match.start() - 30), match.start()):
                continue
            if pattern is _YEAR and (period or (not cell and _AIM.match(match.group()))):
                continue
            start = max(0, match.start() - shift)
            return Deadline(value, _printed(padded[match.start() : match.end()], cell, match.start() < shift), start)
    if period:
        return Deadline(period[0], " ".join(period[1].group().split()), period[1].start())
    if year:
        for match in _SHORT_DAY.finditer(padded):
            value = _value({**match.groupdict(), "y": str(year)})
            if value and (after is None or value >= after):
                return Deadline(value, " ".join(match.group().split()), max(0, match.start() - shift))
    if cell and (bare := _BARE_YEAR.fullmatch(text)):
        return Deadline(bare["y"], bare["y"], bare.start("y"))
    if cell and (always := _ONGOING.search(text)):
        return Deadline("ongoing", " ".join(always.group().split()), always.start())
    return None


def last_day(value: str) -> str | None:
    """The last day on which a dated deadline is met; None for periods.

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


def _printed(text: str, cell: bool, padded: bool) -> str:
    text = " ".join(text.split())
    return text.removeprefix("trong ") if cell and padded else text


def _value(parts: dict[str, str | None]) -> str | None:
    year = int(parts["y"] or 0)
    if parts.get("q"):
        q = str(parts["q"]).upper()
        return f"{year}-Q{_QUARTERS.get(q) or int(q)}"
    if parts.get("d"):
        try:
            return date(year, int(parts["m"] or 0), int(parts["d"] or 0)).isoformat()
        except ValueError:
            return None
    if parts.get("m"):
        return f"{year}-{int(parts['m'] or 0):02d}" if 1 <= int(parts["m"] or 0) <= 12 else None
    return str(year)
