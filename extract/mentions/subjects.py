"""Who stands right before a reference as the subject of a verb of issue.

"HĐND tỉnh Thái Bình khóa XVI đã thông qua | Nghị quyết số …", "Thường trực HĐND huyện Sìn Hồ có | Văn bản số …". Whose document it is,
the sentence says, be the body known or not: it must not be taken for that of the office whose paper tells of it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from chidao.extract.language.composing import one_of
from chidao.extract.language.jurisdictions import province
from chidao.extract.language.letters import LETTER, UPPER
from chidao.extract.language.organs import organs
from chidao.extract.language.patterns import (
    FORMER,
    ISSUES,
    KIND_OF_BODY,
    NTH,
    PROPOSES,
    PROVINCE_UNIT,
    ROMAN,
    TENURE,
    TERM,
    UNIT,
    WEIGHS,
)
from chidao.extract.language.symbols import (
    UNKNOWN,
    has_symbol,
    is_symbol_of,
    issuer_of,
    issuer_part,
    levels_of,
    names_issuer,
)
from chidao.extract.language.tables import generic_symbols, words
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.body_places import NAME, known_province
from chidao.extract.mentions.issuing_bodies import read_issuer
from chidao.extract.mentions.organs import as_printed, names_place
from chidao.extract.mentions.steering import steering_committee_at
from chidao.extract.mentions.whole_names import issues_itself, whole_name
from chidao.extract.model import BodyMention, Reference

NAME_BEGINS = re.compile(rf"(?<![{LETTER}0-9])[{UPPER}]")
"""Where a body's name may begin."""
LONGEST_NAME = 120
_APPROVES = ("thông qua", "phê duyệt")
"""What is done to one's own document, or to another's."""
_WHEN = (
    rf"(?:{FORMER}|\s*\([^()\n]{{2,40}}\)|\s*,?\s*(?:{TERM}\s+{ROMAN}(?![{LETTER}])|{TENURE}\s+[0-9\s–-]+|"
    rf"(?:tại\s+)?[Kk]ỳ\s+họp\s+(?:{NTH}|thứ)\s+\w+),?){{0,3}}"
)
"""Of which term it is, or at which session it does so."""
_VERB = re.compile(
    rf"{_WHEN}(?:\s+(?!(?<=nông\sthôn\s)mới\s){one_of(words('already'))})*\s+(?:(?P<approves>{one_of(_APPROVES)})|{ISSUES}|{one_of(words('sends'))})"
    rf"(?:\s+các)?\s+\Z"
)
_ENDS = tuple(
    {phrase.split()[-1] for kind in ("issues", "sends") for phrase in words(kind)} | {"các"},
)
_NEAR = 90
"""Characters before a reference in which the verb stands, with what parts it from its subject."""
_PRINTED = re.compile(rf"{KIND_OF_BODY}\s[^;,.:()\n“”\"0-9]{{2,100}}\Z")
_SPECIFIC = re.compile(rf"\svề\s|\S+\s\S+(?=.*\s[{UPPER}])(?:\s\S+){{3}}")
"""What a body is there for, or a name of its own behind what kind of body it is: "Đảng ủy Tập đoàn Hóa chất"."""
_SEVERAL = r"(?:[^;.:()\n]{1,60},\s+|[^;.:()\n]{1,60}\svà\s+)?"
_PLACE = re.compile(
    rf"(?:(?<![{LETTER}])(?P<unit>(?i:{UNIT}))\s+{_SEVERAL}|(?:\A|[.;:,(\n]\s*|\s(?:và|khi|nhưng|còn|riêng)\s+))"
    rf"(?!(?i:{UNIT})\s)(?P<name>{NAME}(?:\s+-\s+{NAME})?)\Z"
)
_REMEMBERED = 4000
"""Characters in which a name given in full is remembered where it is given in short."""
_LONGEST_PLACE = 90
_SAYS = re.compile(
    rf"\s(?:đã|được|có|là|phải|để|cho|thì|do|bị|{WEIGHS}|{PROPOSES}|giúp)\s|"
    rf"(?<![Hh]àng)\s(?:{one_of(words('denies'))}|{one_of(words('intends'))}|{one_of(words('before a verb'))})\Z"
)
"""What stands in a sentence, and in no name ("Sở A tham mưu UBND tỉnh"); at the end, right before the verb, what says that it is not done,
will be, or when it was."""


_IN_PROVINCE = re.compile(rf"\s*,\s+(?i:{PROVINCE_UNIT})\s+{NAME}(?:\s+-\s+{NAME})?\Z")
"""Of "UBND thị xã Sa Pa, tỉnh Lào Cai | ban hành"."""


def issued_by_subject(text: str, f: Reference, floor: int, bodies: BodyFinder) -> Reference:
    """Return the reference with the issuer that stands before it, not before `floor`, as the subject of a verb of issue. Of a local
    document whose subject is of another place and no body that can have issued it, only so much is said: it is nobody's known."""
    near = max(floor, f.start - _NEAR)
    lead = _VERB.search(text, near, f.start) if text[f.start - 12 : f.start].rstrip().endswith(_ENDS) else None
    if lead is None or f.symbol is None:
        return f
    subject = signer = _subject(text, f.symbol, floor, lead.start(), bodies)
    if signed := FOR_ANOTHER.search(text, max(floor, lead.start() - 2 * LONGEST_NAME), lead.start()):
        subject = _for_another(text, f.symbol, signed, signer, bodies)
    if signer and subject is None:
        return replace(f, scope=signer.scope or f.scope)
    if subject and signs_for_others(subject):
        return f
    if subject is None:
        return _of_place(text, f, lead.start(), bodies)
    if _can_issue(f.symbol, subject, approves=lead["approves"] is not None):
        scope = subject.scope or f.scope or (UNKNOWN if names_place(subject.name) else None)
        return replace(f, issuer=subject.name, issuer_key=subject.key or None, scope=scope)
    return _of_elsewhere(f, subject, bodies)


def _of_elsewhere(f: Reference, subject: BodyMention, bodies: BodyFinder) -> Reference:
    """A local document whose subject cannot have issued it, and is of another place than the paper, is nobody's known."""
    local = f.symbol is not None and (implied := issuer_of(f.symbol)) is not None and implied.template is not None
    home = bodies.places.top
    elsewhere = subject.scope and subject.scope != "vn" and home and subject.scope.split("/")[0] != home.key
    return replace(f, scope=UNKNOWN) if local and elsewhere and f.scope is None else f


def _subject(text: str, symbol: str, floor: int, end: int, bodies: BodyFinder) -> BodyMention | None:
    """The body that ends at `end`, or whose office somebody has whose name ends there: "Chủ tịch Ủy ban nhân dân tỉnh A Nguyễn Văn Mẫu"."""
    placed = _IN_PROVINCE.search(text, max(floor, end - _NEAR), end)
    below = _named(text, symbol, floor, placed.start(), bodies) if placed else None
    if subject := below or _named(text, symbol, floor, end, bodies):
        return _first_of_two(text, subject, bodies)
    if person := _PERSON.search(text, max(floor, end - _LONGEST_PERSON), end):
        subject = _named(text, symbol, floor, person.start(), bodies)
        return subject if subject and not _ENDS_IN_UNIT.search(subject.name) else None
    return _printed(text, floor, end, bodies)


def _for_another(
    text: str, symbol: str, signed: re.Match[str], signer: BodyMention | None, bodies: BodyFinder
) -> BodyMention | None:
    """ "Thay mặt Ban Thường vụ Tỉnh ủy, Bí thư Tỉnh ủy Lào Cai đã ký": for whom somebody signs, if known and of no other province."""
    body = _named(text, symbol, signed.start("who"), signed.end("who"), bodies)
    return None if body and signer and body.scope not in ("vn", signer.scope) else body


FOR_ANOTHER = re.compile(rf"[Tt]hay\s+mặt\s+(?P<who>[{UPPER}][^,;.:()\n]{{2,80}}?),\s[^;.:\n]*\Z")
"""For whom somebody signs, whose document it is: "Thay mặt Bộ Chính trị, Thường trực Ban Bí thư đã | ký"."""


def _first_of_two(text: str, body: BodyMention, bodies: BodyFinder) -> BodyMention:
    """ "Bộ Chính trị, Ban Bí thư ban hành": what two organs of the Central Committee decide is the first one's, as behind "của"."""
    other = _ORGAN_AND.search(text, max(0, body.start - 24), body.start) if body.key in _CENTRAL else None
    return (other and bodies.read(text, other.start())) or body


_CENTRAL = {f"vn/{organ.slug}": organ.name for organ in organs().values() if organ.central}
_ORGAN_AND = re.compile(rf"{one_of(_CENTRAL.values())}(?:,|\s+và)\s+\Z")
PERSON = rf"(?:\s+{one_of(words('family name'))}(?:\s+[{UPPER}][{LETTER}]*){{2,3}})"
"""Who holds the office before it: "Chủ tịch Ủy ban nhân dân tỉnh A | Nguyễn Văn Mẫu"."""
_PERSON = re.compile(rf"{PERSON}\Z")
_LONGEST_PERSON = 40
_ENDS_IN_UNIT = re.compile(rf"(?<![{LETTER}]){UNIT}\Z", re.IGNORECASE)
_SIGNS = frozenset(words("signs for others"))


def signs_for_others(body: BodyMention) -> bool:
    """ "Thường trực Ban Bí thư ký ban hành Kết luận A": is it somebody who issues nothing himself?"""
    return body.name in _SIGNS


def _can_issue(symbol: str, body: BodyMention, *, approves: bool) -> bool:
    if approves:
        return bool(body.key) and has_symbol(symbol, body.key)
    kind = generic_symbols().get(issuer_part(symbol))
    if kind and kind.organ in body.name:
        return True
    return is_symbol_of(symbol, body.key) if names_issuer(symbol) else kind is None and body.rule == "body-printed"


def _named(text: str, symbol: str, floor: int, end: int, bodies: BodyFinder) -> BodyMention | None:
    """The body that is known by its name, which ends at `end`; what has its symbol is issued by no longer name: "TT-BYT"."""
    for begins in NAME_BEGINS.finditer(text, max(floor, end - LONGEST_NAME), end):
        at = begins.start()
        body = steering_committee_at(text, at, bodies.places.top) or read_issuer(text, at, bodies)
        if body and body.end == end:
            return body if issues_itself(symbol, body) else whole_name(text, body, floor)
    return None


def _printed(text: str, floor: int, end: int, bodies: BodyFinder) -> BodyMention | None:
    """The body that no table knows, which has the clause for itself and says whose or for what it is: "Tiểu ban về an sinh"."""
    begin = max(floor, end - LONGEST_NAME)
    for begins in NAME_BEGINS.finditer(text, begin, end):
        at = begins.start()
        if _PRINTED.match(text, at, end) and not _SAYS.search(text, at, end):
            if named := _named_before(text, at, end, bodies):
                return named
            body = as_printed(text, at, end)
            return body if body.key or names_place(body.name) or _SPECIFIC.search(body.name) else None
    return None


def _named_before(text: str, at: int, end: int, bodies: BodyFinder) -> BodyMention | None:
    """ "Đảng ủy Khối" behind "Đảng ủy Khối Các cơ quan tỉnh Bến Tre": the one body of which the name is the beginning."""
    short, begin = f"{text[at:end]} ", max(0, at - _REMEMBERED)
    last = text.rfind(short, begin, at)
    body = bodies.read(text, last) if last >= 0 else None
    first = bodies.read(text, text.find(short, begin)) if body else None
    return body if body and first and body.key == first.key and body.end > last + len(short) else None


def _of_place(text: str, f: Reference, end: int, bodies: BodyFinder) -> Reference:
    """ "Hà Nội đã có Kế hoạch số 12/KH-UBND", "huyện Hải Hậu có …": a place stands for its body, several for one of theirs."""
    implied = issuer_of(f.symbol) if f.symbol else None
    named = (
        _PLACE.search(text, max(0, end - _LONGEST_PLACE), end) if implied and implied.template and not f.scope else None
    )
    if named is None or implied is None or f.symbol is None:
        return f
    if not named["unit"]:
        known = known_province(text, named.start("name"), named["name"])
        place = province(known[0]) if known and known[1] == len(named["name"]) else None
    else:
        place = next((place for place, stop in bodies.places.of_units(text, named.start("unit")) if stop == end), None)
        if place is None:
            return replace(f, scope=UNKNOWN)
    return replace(f, scope=place.key) if place and place.level in levels_of(issuer_part(f.symbol)) else f
