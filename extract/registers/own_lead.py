"""Titles that begin with the document's own number: "Quyết định số 71/2021/QĐ-UBND ngày 31/12/2021 của UBND tỉnh An Giang ban hành …".

Portals and lists of laws write a document's whole name in one cell (the way in which Nghị định 30/2020/NĐ-CP, Phụ lục I, has a basis
cited), so the row says its number, day and issuer there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from chidao.extract.language.codes import CODE, read_code
from chidao.extract.language.patterns import ANY_DAY, ISSUES, LAW, NUMBER_SIGN, TYPE
from chidao.extract.registers.cells import Code, Day, leading_type, read_day

__all__ = ["OwnLead", "read_own_lead"]

_SAYS_NUMBER = re.compile(NUMBER_SIGN, re.IGNORECASE)
_DAY = re.compile(rf"[\s,(]*(?:{ISSUES}\s+)?(?:ngày\s+)?(?P<day>{ANY_DAY})\)?", re.IGNORECASE)
_OF = re.compile(r"[\s,]*của\s+", re.IGNORECASE)
_LAW = re.compile(
    rf"(?P<name>{LAW}\s(?:(?!\bsố\s|[;:(]|,\s+{LAW}\s).){{2,100}}?)\s+{NUMBER_SIGN}(?=[0-9])", re.IGNORECASE
)
"""A law's name stands before its number: "Luật Đất đai số 31/2024/QH15"."""
_BRACKETED = re.compile(r"\((?P<lead>[^()]{5,160})\)\s*(?P<rest>.*)")
"""All that is said of the document in brackets: "(Nghị quyết số 9-NQ/TU ngày 10/5/2024) về du lịch"."""
_OTHER = re.compile(rf"\s(?:{TYPE})\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OwnLead:
    """What the head of a title says of its document: type, number, day. `behind` is the rest of the title; where `of` is true, it begins
    with the issuer, behind "của"."""

    type: str | None
    code: Code
    day: Day
    behind: str
    of: bool
    name: str | None = None
    """The law's name, which stands before its number."""


def read_own_lead(title: str) -> OwnLead | None:
    """Return what a title (of single blanks) says at its head, or None where no number stands there.

    >>> lead = read_own_lead("Quyết định số 71/2021/QĐ-UBND ngày 31/12/2021 của UBND tỉnh An Giang ban hành Quy định A")
    >>> lead.type, lead.code[:3], lead.day.iso, lead.behind
    ('Quyết định', ('71', 'QĐ-UBND', 2021), '2021-12-31', 'UBND tỉnh An Giang ban hành Quy định A')
    >>> read_own_lead("Kế hoạch thực hiện Nghị quyết số 15-NQ/TW")
    """
    if bracketed := _BRACKETED.fullmatch(title):
        title = f"{bracketed['lead']} {bracketed['rest']}"
    kind, rest = leading_type(title)
    law = _LAW.match(title)
    if law and not _OTHER.search(law["name"], 5):
        rest = title[law.end() :]
    else:
        law = None
    said = law or _SAYS_NUMBER.match(rest)
    rest = rest[said.end() :] if said and not law else rest
    match = CODE.match(rest)
    code = read_code(rest, match, typed=True) if match else None
    if code is None or not code.symbol:
        return None
    behind = rest[code.end :]
    day = _DAY.match(behind)
    if not (kind or said or day):
        return None  # a number alone may be of anything
    found = Code(code.number, code.symbol, code.year, code.party, behind)
    behind = behind[day.end() :] if day else behind
    of = _OF.match(behind)
    behind = behind[of.end() if of else 0 :].strip(" ,.;:–-")
    stated = read_day(day["day"]) if day else Day()
    return OwnLead(kind, found, stated, behind, of=bool(of), name=law["name"] if law else None)
