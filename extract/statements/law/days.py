"""Days on which something is in force or ends, as clauses state them: "kể từ ngày 01/7/2026", "sau 45 ngày kể từ ngày ký", "kể từ ngày
Luật này có hiệu lực", "đến hết năm 2027", "và được thực hiện trong 03 năm".

A day that another event makes ("khi Luật Lưu trữ có hiệu lực", "kể từ ngày có văn bản thay thế") is one that nobody states.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from chidao.extract.language.dates import DATE, iso_date
from chidao.extract.language.patterns import APPLIES, BEGINS_FORCE, DAY_IN_FIGURES, IN_FORCE, ISSUES, SHARE, SINCE, WHEN
from chidao.extract.language.tables import CHANGES
from chidao.extract.language.verbs import verbs
from chidao.extract.statements.deadlines.working_days import days_after, months_after

_DAY = rf"(?:ngày\s+(?=[0-9])|(?={DAY_IN_FIGURES}))"
"""Before a printed day, which may do without "ngày" where it stands in figures."""
_COUNT = r"(?P<n>[0-9]{1,3})\s*(?:\([^()]{2,40}\)\s*)?(?P<unit>ngày|tháng|năm)"
_TERM = r"trong\s+(?:thời\s+(?:hạn|gian)\s+)?(?P<term>[0-9]{1,3})\s*(?:\([^()]{2,40}\)\s*)?(?P<of_term>ngày|tháng|năm)"
"""A term that its first day follows: "trong 05 năm, kể từ ngày …"."""
_SIGNING = rf"(?:được\s+|[^\n.;,]{{3,40}}?\s+này\s+được\s+(?:[^\s.;,]+\s+){{0,8}}?)?{ISSUES}"
_ANOTHER = rf"{verbs('passive', CHANGES | {'guides'})}|chi\s+tiết"
"""What makes of "… Nghị định này" another document ("văn bản thay thế Nghị định này")."""
_THIS = rf"(?:(?!{_ANOTHER})[^\n.;,]){{3,40}}?\s+này\s+{BEGINS_FORCE}"
_ITS_OWN = rf"{IN_FORCE}(?!\s+của\s(?![^\n.;,]{{3,40}}?\snày))"
"""The beginning of the document itself; "ngày có hiệu lực của Luật Đất đai" is another's."""
_BEHIND = rf"\s*(?:thi\s+hành\s*)?(?:{SHARE}\s*)?,?\s*"
"""What may stand behind a verb of force, before it says when."""
FROM = re.compile(
    rf"{_BEHIND}(?:(?:(?:bắt\s+đầu\s+)?(?:kể\s+)?(?:từ|vào)\s+|(?:sau\s+{_COUNT}|{_TERM})\s*,?\s*(?:kể\s+)?từ\s+)"
    rf"(?:(?:ngày\s+)?(?P<signing>{_SIGNING})|{WHEN}\s+(?P<of>{_THIS}|{_ITS_OWN})|(?:hết\s+)?{_DAY}(?P<day>[0-9]))"
    rf"|(?:khi|tại\s+thời\s+điểm)\s+(?P<then>{_THIS}))"
)
"""From when something is so."""
_HAPPENS = re.compile(
    rf"{_BEHIND}(?:{_TERM}[\s,]+(?:kể\s+)?từ|(?:kể\s+)?từ|sau|khi|lúc|vào|(?:cho\s+)?đến|tại\s+thời|cùng|đồng\s+thời|trước)\s"
)
"""How words begin, behind a verb or at a sentence's head, that say when: on a day that they state, or on one that another event makes."""
_LAST = (
    rf"(?:(?:(?:cho\s+)?đến\s+(?:hết\s+)?|không\s+(?:quá|sau|muộn\s+hơn)\s+){_DAY}(?P<day>[0-9])"
    r"|(?:cho\s+)?đến\s+hết\s+(?:tháng\s+(?P<month>0?[1-9]|1[0-2])(?:\s?/\s?|\s+năm\s+)|năm\s+)(?P<year>20[0-9]{2})(?![0-9]))"
)
UNTIL = re.compile(_LAST)
"""Until when."""
UNTIL_ONLY = re.compile(rf"{_BEHIND}{_LAST}")
"""Right behind a verb that no first day follows: "được thực hiện đến hết ngày 31/12/2027"."""
_BOUNDED = re.compile(
    rf"[\s,]*(?:(?:và\s+)?(?:được\s+)?{APPLIES}\s+)?"
    rf"(?:{_LAST}|trong\s+(?:thời\s+(?:hạn|gian)\s+)?{_COUNT}(?=\s*(?:[.;,]|$|kể\s+từ\s)))"
)
"""The end of a term, right behind the day on which it begins."""
FRONT = re.compile(
    rf"[\s*_]*(?:kể\s+)?từ\s+(?:{_DAY}{DATE.pattern}|{WHEN}\s+{_THIS}(?:\s+thi\s+hành)?),\s+",
    re.IGNORECASE,
)
"""A day that an order states before all else: "Kể từ ngày 01/12/2026, bãi bỏ …"."""
_ORDERED = re.compile(rf"(?:^|[\s,])(?:kể\s+)?từ\s+{_DAY}(?P<day>[0-9])")


_COMES = rf"(?:{IN_FORCE}|được\s+{ISSUES})"
_WHEN = rf"(?:{SINCE}|khi)\s+(?![0-9])"
_AWAITED = re.compile(rf"^{_WHEN}[^,;]{{3,120}}?,|(?<=\s){_WHEN}[^,;]{{3,120}}?{_COMES}[\s.:]*$")


@dataclass(frozen=True, slots=True)
class Known:
    """The document's own days: on which it was issued, and on which it takes effect."""

    issued: str | None
    effective: str | None


def first_day(match: re.Match[str], known: Known) -> str | None:
    """Return the day that a match of `FROM` states."""
    if match["day"]:
        return printed(match.string, match.start("day"))
    day = known.issued if match["signing"] else known.effective
    return _after(day, match["n"], match["unit"]) if day and match["n"] else day


def _after(day: str, figure: str, unit: str) -> str:
    """Return the day that many days, months or years after another."""
    count, base = int(figure), date.fromisoformat(day)
    if unit == "ngày":
        return days_after(base, count).isoformat()
    return months_after(base, count * (12 if unit == "năm" else 1)).isoformat()


def _term(day: str | None, figure: str, unit: str) -> str | None:
    """Return the last day of a term that begins on a day."""
    return (date.fromisoformat(_after(day, figure, unit)) - timedelta(days=1)).isoformat() if day else None


def last_day(match: re.Match[str]) -> str | None:
    """Return the day that a match of `UNTIL` states: of a month or year its last one."""
    if match["day"]:
        return printed(match.string, match.start("day"))
    month = int(match["month"] or 12)
    return (months_after(date(int(match["year"]), month, 1), 1) - timedelta(days=1)).isoformat()


def bound(begins: re.Match[str], day: str | None) -> tuple[int, str | None]:
    """Return where the words end that state a term behind its first day, with its last day: None where there are none.

    A term of three years that begins on 1 July ends on 30 June.
    """
    end = day_end(begins.string, begins)
    if begins["term"]:
        return end, _term(day, begins["term"], begins["of_term"])
    match = _BOUNDED.match(begins.string, end)
    if match is None:
        return end, None
    if not match["n"]:
        return match.end(), last_day(match)
    return match.end(), _term(day, match["n"], match["unit"])


def happens(low: str) -> bool:
    """Do words, those behind a verb or at the head of its sentence, say when something comes?"""
    return _HAPPENS.match(low) is not None


def ordered_day(low: str, known: Known) -> str | None:
    """Return the day from which an order holds, which its words state at their end or before all else; `low` holds the order and no more.

    A title may name days too: none of them is one on which the document was not there yet.
    """
    for match in _ORDERED.finditer(low):
        end = day_end(low, match)
        day = printed(low, match.start("day"))
        if day and (not low[end:].strip(" .,:/") or (match.start() == 0 and low.startswith(",", end))):
            return day if known.issued is None or day >= known.issued else None
    return None


def awaits(low: str) -> bool:
    """Does an order hold from another event on, which its words name at their end or before all else ("kể từ ngày Luật B có hiệu lực")?"""
    return any(FROM.match(low, match.start()) is None for match in _AWAITED.finditer(low))


def day_end(low: str, told: re.Match[str]) -> int:
    """Return where the words of a match end: with the day that is printed there."""
    day = DATE.match(low, told.start("day")) if told["day"] else None
    return day.end() if day else told.end()


def printed(low: str, at: int) -> str | None:
    """Return the day that is printed at `at`."""
    match = DATE.match(low, at)
    return iso_date(match) if match else None
