"""What stands before a reference's type word: who issued it, on which day, and its name.

"đề nghị của Sở Nội vụ tại | Tờ trình số 120/TTr-SNV", "UBND tỉnh Thái Bình ( | Tờ trình số …)", "Ngày 23/8/2017, Tỉnh ủy … đã ban hành |
Chương trình số 27-CTr/TU", "Báo cáo của Sở Tài chính về thu ngân sách ( | Báo cáo số 31/BC-STC)".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from chidao.extract.language.composing import one_of
from chidao.extract.language.dates import DATE, iso_date
from chidao.extract.language.letters import LETTER, UPPER, slug
from chidao.extract.language.patterns import DIRECTS, ISSUES, OFFICE, PROPOSES, SPEAKS, TYPE, WEIGHS
from chidao.extract.language.symbols import is_symbol_of, issuer_fits, issuer_part, issuers_of, names_issuer
from chidao.extract.language.tables import words
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.body_heads import head_at
from chidao.extract.mentions.citation import CENTRAL_ORGANS, ORGAN_TOO, CitationDetails, read_citation
from chidao.extract.mentions.issuing_bodies import of_council, of_some_province, read_issuer, unknown_issuer
from chidao.extract.mentions.shared_details import NEXT_NUMBER
from chidao.extract.mentions.subjects import LONGEST_NAME, NAME_BEGINS, issued_by_subject
from chidao.extract.mentions.title_stops import Following
from chidao.extract.mentions.title_text import MAX_TITLE
from chidao.extract.model import BodyMention, Reference
from chidao.ontology.authority import types_of

_AT = re.compile(
    rf"(?:\s+(?:đã\s+)?(?:{PROPOSES}|{SPEAKS}|{WEIGHS}|{DIRECTS}|yêu\s+cầu|quy\s+định|phê\s+duyệt|thẩm\s+tra|thẩm\s+định|trả\s+lời))?\s+(?:tại|bằng)\s+(?:các\s+|nội\s+dung\s+)?\Z"
    rf"|(?:\s+(?:đã\s+)?(?:{PROPOSES}|báo\s+cáo|trình(?:\s+bày)?))?\s*\(\s*\Z"
)
_AT_ENDS = ("tại", "bằng", "các", "dung", "(")
_GIVES_OUT = rf"(?:{ISSUES}|{one_of(words('sends'))})\s+\Z"
_ISSUED = re.compile(rf"\s{_GIVES_OUT}")
# "Ngày 23/8/2017, Tỉnh ủy Thừa Thiên Huế đã ban hành": the day is that of the act, so of the document that it makes.
_DAY_IN_FRONT = re.compile(
    rf"(?:(?<![{LETTER}] )(?:Ngày|Hôm)|(?<=;\s)ngày|(?<=,\s)(?:vào\s+ngày|hôm)|"
    rf"(?:(?i:Trước|Sau|Tiếp)\s+đó,?|Theo\s+đó,?|Mới\s+đây,?|Sáng|Chiều|Tối|Vào|Trong|"
    rf"Cũng\s+trong|Cùng)(?:\s+vào)?\s+ngày)\s+"
    rf"{DATE.pattern}(?:\s*,\s*|\s+)(?P<who>[{UPPER}][^.;:,]{{2,140}}?)\s+(?:{one_of(words('already'))}\s+)*{_GIVES_OUT}"
)
_LONGEST_ACT = 220

_LISTED = re.compile(r"\s*(?:[,;]|[,;]?\s*và)\s+(?:các\s+)?")


# "Thực hiện Kết luận 71-KL/TW, ngày 05/9/2024 Thành ủy có Kế hoạch …": without a comma behind it the day is that of who does something,
# also where no number stands behind the type.
_DAY_BEHIND = re.compile(
    rf",\s+ngày\s+{DATE.pattern}\s+(?P<who>[{UPPER}][^.;:,]{{2,140}}?)\s+(?:{one_of(words('already'))}\s+)*{_GIVES_OUT[:-2]}(?:\Z|(?P<type>{TYPE})(?!\w))"
)


def add_preceding(text: str, found: Sequence[Reference], bodies: BodyFinder) -> list[Reference]:
    """Return the references, with the issuer, day or name that stands before those that have none behind."""
    read: list[Reference] = []
    led = False
    for f in found:
        before = read[-1] if read else None
        f = _undated(text, f, bodies)
        if f.kind == "numbered" and f.title is None and "(" in text[max(0, f.start - 8) : f.start]:
            f = _told(text, f, read, bodies)
        if f.kind == "numbered" and f.issuer is None:
            led = led and before is not None and _goes_on(text, f, before)
            f = _issued(f, _issuer_around(text, f, bodies) or _of_list(f, before) or (before if led else None))
            if f.issuer is None:
                f = issued_by_subject(text, f, before.extent if before else 0, bodies.there(text, f.start))
            led = f.issuer is not None
        else:
            led = False
        if f.kind == "numbered" and f.date is None and _ISSUED.search(text, max(0, f.start - 16), f.start):
            f = _dated(text, f, before.end if before else 0, bodies)
        read.append(f)
    return read


def _issued(f: Reference, body: BodyMention | Reference | None) -> Reference:
    if isinstance(body, Reference):
        return replace(f, issuer=body.issuer, issuer_key=body.issuer_key, scope=f.scope or body.scope)
    return replace(f, issuer=body.name, issuer_key=body.key, scope=body.scope or f.scope) if body else f


_ITS = re.compile(r"\scủa\s+")
_NUMBER = re.compile(r"\s*[,:]?\s*số", re.IGNORECASE)


def _within_core(text: str, f: Reference, bodies: BodyFinder) -> BodyMention | None:
    """ "Quyết định của Bộ Chính trị số 31-QĐ/TW": the body between type and number."""
    its = _ITS.search(text, f.start, f.end)
    body = read_issuer(text, its.end(), bodies) if its else None
    return body if body and _NUMBER.match(text, body.end, f.end) and _fits(f, body) else None


_IN_IT = re.compile(r"(?:(?-i:(?=T))|(?<=\svà\s)|(?<![\w”)]\s))(?:Tại|Trong|(?P<by>Theo))\s+\Z", re.IGNORECASE)
"""With a small letter behind a mark: in "kiến nghị của Hiệp hội A tại Công văn số 5/CV-HHA, Bộ B trả lời" somebody else has written it."""
_THERE = re.compile(rf",\s+(?=[{UPPER}])")
_SAYS = re.compile(
    rf"\s+(?:đã\s+|cũng\s+)*(?:{SPEAKS}|{DIRECTS}|{PROPOSES}|giao|nêu|khẳng\s+định|cho\s+biết|nhấn\s+mạnh|xác\s+định)(?!\w)"
)


def _speaking_there(text: str, f: Reference, bodies: BodyFinder) -> BodyMention | None:
    """ "Tại Quyết định số 328-QĐ/TW, Bộ Chính trị quyết định …": who says there what the document says; by a decision it is who decides.
    Of one without a symbol nobody knows whether it is that body's ("Tại Thông tư số 12, Sở Tài chính đề nghị sửa đổi Điều 5"), unless it
    is the centre's."""
    in_it = _IN_IT.search(text, max(0, f.start - 8), f.start)
    there = _THERE.match(text, f.extent) if in_it else None
    body = read_issuer(text, there.end(), bodies) if there else None
    central = body is not None and body.key in CENTRAL_ORGANS
    if body is None or not (f.symbol or central):
        return None
    too = ORGAN_TOO.match(text, body.end) if central else None
    said = _SAYS.match(text, too.end() if too else body.end)
    decides = in_it is None or not in_it["by"] or (said and f.type and said.group().endswith(f.type.lower()))
    his = not f.symbol or is_symbol_of(f.symbol, body.key)  # and no office's that only passes it on
    return body if said and decides and his else None


def _fits(f: Reference, body: BodyMention) -> bool:
    """Can the reference's symbol, where it has one, be the body's?"""
    return not f.symbol or issuer_fits(f.symbol, body.key)


def _issuer_around(text: str, f: Reference, bodies: BodyFinder) -> BodyMention | None:
    """Who is named as the issuer before the reference, between its type and number, or as the one who speaks in it."""
    return _issuer_before(text, f, bodies) or _within_core(text, f, bodies) or _speaking_there(text, f, bodies)


def _issuer_before(text: str, f: Reference, bodies: BodyFinder) -> BodyMention | None:
    """The body whose name ends where "tại" or a bracket leads to the reference, if its symbol can be that body's."""
    near = max(0, f.start - 28)
    lead = _AT.search(text, near, f.start) if text[near : f.start].rstrip().endswith(_AT_ENDS) else None
    if lead is None:
        return None
    for begins in NAME_BEGINS.finditer(text, max(0, lead.start() - LONGEST_NAME), lead.start()):
        # who heads it puts forward what is the body's
        body = bodies.read(text, begins.start()) or of_council(text, begins.start(), bodies)
        if body and body.end == lead.start():
            return body if f.symbol and _can_be_of(text, begins.start(), f.symbol, body) else None
        adrift = of_some_province(text, begins.start())
        if adrift and adrift.end == lead.start() and f.symbol and _of_some_place(adrift.name, f.symbol):
            return adrift
    if f.symbol is None or names_issuer(f.symbol):
        return None
    said = [by.end() for by in _SAID_BY.finditer(text, max(0, lead.start() - LONGEST_NAME), lead.start())]
    body = unknown_issuer(text, said[-1]) if said else None
    return body if body and body.end == lead.start() else None


def _can_be_of(text: str, at: int, symbol: str, body: BodyMention) -> bool:
    """Can a document with this symbol be the body's, which is named at `at`? Where no table knows whose symbol it is, what is put forward
    by somebody is: "đề nghị của Giám đốc Sở A tại Tờ trình số 12/TTr-ABC"."""
    if names_issuer(symbol):
        return is_symbol_of(symbol, body.key)
    return _PUT_FORWARD.search(text, max(0, at - _NEAR), at) is not None


_PUT_FORWARD = re.compile(rf"(?:{PROPOSES}|{one_of(words('opinion'))})\s+của\s+(?i:{OFFICE}\s+)?\Z")
_NEAR = 60
"""Characters in which that stands."""
_SAID_BY = re.compile(
    rf"(?:{PROPOSES}|{one_of(words('opinion'))}|thẩm\s+(?:định|tra))\s+của\s+(?=[{UPPER}][^;.:()\n]*\Z)"
)


def _of_list(f: Reference, before: Reference | None) -> Reference | None:
    """ "của Bộ Tài chính tại các Công văn số 11/BTC-NS và số 12/BTC-NS": the list has one issuer."""
    if before is None or not before.listed or not before.issuer or f.rule not in NEXT_NUMBER or not f.symbol:
        return None
    return before if issuer_part(f.symbol) == issuer_part(before.symbol) else None


def _goes_on(text: str, f: Reference, before: Reference) -> bool:
    """ "UBND tỉnh Hậu Giang (Báo cáo số 340/BC-UBND ngày 3/9/2024; Công văn số 77/UBND-NC ngày …)": who stands before the list has
    issued all of it that can be his."""
    if not f.symbol or not before.symbol or issuer_part(f.symbol) != issuer_part(before.symbol):
        return False
    return f.start - before.extent < 16 and _LISTED.fullmatch(text, before.extent, f.start) is not None


def _undated(text: str, f: Reference, bodies: BodyFinder) -> Reference:
    """The reference without the day on which another body gives out the next one."""
    act = _DAY_BEHIND.match(text, f.end) if f.date and f.issuer is None else None
    body = read_issuer(text, act.start("who"), bodies) if act and act["type"] else None
    return replace(f, date=None, extent=f.end) if body and f.symbol and not issuer_fits(f.symbol, body.key) else f


def _dated(text: str, f: Reference, floor: int, bodies: BodyFinder) -> Reference:
    """The reference with the day of the sentence that tells of its issue; a day with another document behind it is that one's."""
    floor = max(floor, f.start - _LONGEST_ACT)
    floor = max(floor, text.rfind("\n\n", floor, f.start))
    act = _DAY_IN_FRONT.search(text, floor, f.start)
    act = act or next((day for day in _DAY_BEHIND.finditer(text, floor, f.start) if day["type"] is None), None)
    if act is None:
        return f
    body = read_issuer(text, act.start("who"), bodies)
    if body is None:
        # "Ban Thường vụ Tỉnh ủy", nobody knows of which province: who is told to have issued it did so on that day
        told = f.issuer is not None and " ".join(act["who"].split()).startswith(f.issuer)
        told = told or (f.symbol is not None and _of_some_place(act["who"], f.symbol))
        return replace(f, date=iso_date(act)) if told else f
    if f.symbol and not issuer_fits(f.symbol, body.key):
        return f
    f = replace(f, date=iso_date(act))
    return f if f.issuer else _issued(f, body)


def _of_some_place(who: str, symbol: str) -> bool:
    """Is it a body whose symbol this is, of a place of which nothing is said: "UBND tỉnh" of "Ngày 24/4/2023, UBND tỉnh ban hành …"?"""
    head = head_at(who, 0)
    known = {t for templates in head.templates.values() for t in templates} if head else set()
    return any(body in known for body in issuers_of(symbol))


_BRACKET = re.compile(r"\s*\(\s*(?:số\s*:?\s*)?\Z", re.IGNORECASE)


def _told(text: str, f: Reference, before: Sequence[Reference], bodies: BodyFinder) -> Reference:
    """The reference with the name told before its number: "Báo cáo của Sở Tài chính về thu ngân sách (Báo cáo số 31/BC-STC)". It is
    the document's if its own type word opens it, its issuer can have the symbol, and the bracket ends it."""
    bracket = _BRACKET.search(text, max(0, f.start - 12), f.start)
    if bracket is None:
        return f
    name = before[-1] if before else None
    if name and name.extent == bracket.start() and _is_law(f, name):
        return replace(f, type=name.type, title=name.title)
    if f.type is None:
        return f
    floor = max(0, bracket.start() - MAX_TITLE)
    floor = max(floor, text.rfind("\n\n", floor, f.start))
    following, named = Following(), {f.start}
    for other in reversed(before):
        if other.start < floor:
            break
        following.add(other.start, other.extent)
        named.add(other.start)
    for word in reversed(list(_word(f.type).finditer(text, floor, bracket.start()))):
        if word.start() in named:
            return f  # what stands before the bracket belongs to a number of its own
        told = read_citation(text, word.end(), bodies, following, symbol=f.symbol)
        if told.title and told.extent == bracket.start() and _of_one(f, told):
            return _issued(replace(f, title=told.title, date=f.date or told.date), None if f.issuer else told.issuer)
    return f


def _is_law(f: Reference, name: Reference) -> bool:
    """ "Luật Đất đai (số 31/2024/QH15)"."""
    return (
        name.kind == "named" and name.type in types_of("statute") and f.type in (None, name.type) and bool(f.symbol and "QH" in f.symbol)
    )  # fmt: skip


def _of_one(f: Reference, told: CitationDetails) -> bool:
    """Can the number have been given by who is told to have issued the name, on the day told?"""
    if told.date and f.date and told.date != f.date:
        return False
    if told.issuer is None:
        return True
    if f.issuer:
        return f.issuer_key == (told.issuer.key or None) and bool(told.issuer.key or f.issuer == told.issuer.name)
    return not f.symbol or issuer_fits(f.symbol, told.issuer.key or slug(told.issuer.name))


@cache
def _word(kind: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![{LETTER}])" + r"\s+".join(map(re.escape, kind.split())) + rf"(?![{LETTER}])", re.IGNORECASE
    )
