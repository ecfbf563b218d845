"""What stands before a reference's type word: who issued it, and on which day.

"đề nghị của Sở Nội vụ tại | Tờ trình số 120/TTr-SNV", "UBND tỉnh Thái Bình ( | Tờ trình số …)", "Ngày 23/8/2017, Tỉnh ủy … đã ban hành |
Chương trình số 27-CTr/TU".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chidao.extract.language.dates import DATE, iso_date
from chidao.extract.language.letters import LETTER, UPPER
from chidao.extract.language.symbols import issuer_fits, issuer_part, names_issuer
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.citation import read_issuer
from chidao.extract.model import BodyMention, Reference

_AT = re.compile(r"\s+tại\s+(?:các\s+|nội\s+dung\s+)?\Z|\s*\(\s*\Z")
_NAME_BEGINS = re.compile(rf"(?<![{LETTER}0-9])[{UPPER}]")
_LONGEST_NAME = 120
# "Ngày 23/8/2017, Tỉnh ủy Thừa Thiên Huế đã ban hành": the day is that of the act, so of the document that it makes.
_ISSUED = re.compile(r"\s(?:ban\s+hành|ký|thông\s+qua|có)\s+\Z")
_DAY_IN_FRONT = re.compile(
    rf"(?<![{LETTER}] )Ngày\s+{DATE.pattern}\s*,\s*(?P<who>[{UPPER}][^.;:,]{{2,140}}?)\s+(?:đã\s+)?(?:ký\s+)?"
    r"(?:ban\s+hành|ký|thông\s+qua|có)\s+\Z"
)
_LONGEST_ACT = 220


def add_preceding(text: str, found: Sequence[Reference], bodies: BodyFinder) -> list[Reference]:
    """Return the references, with the issuer or day that stands before those that have none behind."""
    read: list[Reference] = []
    for f in found:
        before = read[-1] if read else None
        if f.kind == "numbered" and f.issuer is None:
            f = _issued(f, _issuer_before(text, f, bodies) or _of_list(f, before))
        if f.kind == "numbered" and f.date is None and _ISSUED.search(text, max(0, f.start - 16), f.start):
            f = _dated(text, f, before.end if before else 0, bodies)
        read.append(f)
    return read


def _issued(f: Reference, body: BodyMention | Reference | None) -> Reference:
    if isinstance(body, Reference):
        return replace(f, issuer=body.issuer, issuer_key=body.issuer_key, scope=f.scope or body.scope)
    return replace(f, issuer=body.name, issuer_key=body.key, scope=body.scope or f.scope) if body else f


def _issuer_before(text: str, f: Reference, bodies: BodyFinder) -> BodyMention | None:
    """The body whose name ends where "tại" or a bracket leads to the reference, if its symbol can be that body's."""
    lead = _AT.search(text, max(0, f.start - 20), f.start)
    if lead is None:
        return None
    for begins in _NAME_BEGINS.finditer(text, max(0, lead.start() - _LONGEST_NAME), lead.start()):
        body = bodies.read(text, begins.start())  # who heads it puts forward what is the body's
        if body and body.end == lead.start():
            return body if f.symbol and names_issuer(f.symbol) and issuer_fits(f.symbol, body.key) else None
    return None


def _of_list(f: Reference, before: Reference | None) -> Reference | None:
    """ "của Bộ Tài chính tại các Công văn số 11/BTC-NS và số 12/BTC-NS": the list has one issuer."""
    if before is None or not before.listed or not before.issuer or f.rule != "code-alone" or not f.symbol:
        return None
    return before if issuer_part(f.symbol) == issuer_part(before.symbol) else None


def _dated(text: str, f: Reference, floor: int, bodies: BodyFinder) -> Reference:
    """The reference with the day of the sentence that tells of its issue; a day with another document behind it is that one's."""
    floor = max(floor, f.start - _LONGEST_ACT, text.rfind("\n\n", 0, f.start))
    act = _DAY_IN_FRONT.search(text, floor, f.start)
    day = DATE.match(text, act.start() + len("Ngày ")) if act else None
    body = read_issuer(text, act.start("who"), bodies) if act else None
    if act is None or day is None or body is None or (f.symbol and not issuer_fits(f.symbol, body.key)):
        return f
    f = replace(f, date=iso_date(day))
    return f if f.issuer else _issued(f, body)
