"""Bodies that stand in no table: organs of one that does, and what is only printed.

"Ban Thường vụ | Đảng ủy Viện kiểm sát nhân dân tối cao" is an organ of a known body; "Đảng ủy Tập đoàn Hàng hải" is kept as printed: who
issued a document must not be taken for somebody else because the tables are thin.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from chidao.extract.language.composing import one_of
from chidao.extract.language.jurisdictions import OF_OLD
from chidao.extract.language.letters import LETTER, UPPER, early_tones, slug
from chidao.extract.language.organs import organs
from chidao.extract.language.patterns import GIVES, PROSE, SPEAKS, TENURE, TERM, TITLE_OPENS, UNIT
from chidao.extract.language.tables import words
from chidao.extract.model import BodyMention

if TYPE_CHECKING:
    from chidao.extract.mentions.bodies import BodyFinder

_ORGANS = (*(o.name for o in organs().values() if not o.central), *words("organ of a body"))
ORGAN = re.compile(rf"{one_of(_ORGANS)}\s+(?=[{UPPER}])")
"""The organ before the name of the body whose it is."""
_IN_FULL = {"BCH": "Ban Chấp hành", "BTV": "Ban Thường vụ"}
# Where the printed name of an unknown body ends: before what the document does, its title or the sentence's next part.
_GOES_ON = (
    rf"(?<!đầu\stư\s)(?:(?i:{TITLE_OPENS})|{PROSE}|{SPEAKS}|{GIVES}|ngày|đã|tại|và|là|có|với|được|cho|theo|trong|để|"
    rf"do|thì|kèm|gồm|nêu|này|trên|(?:các|những)\s+văn\s+bản|{TERM}|{TENURE})"
)
_UNKNOWN = re.compile(
    rf"{one_of(words('kind of body'))}(?!\s+(?:{_GOES_ON})(?![{LETTER}]))\s(?:[^;,.:()\n“”\"]|(?<=phòng),(?=\s+chống\s)){{2,100}}?"
    rf"(?=\s+(?:và\s+)?(?:{_GOES_ON})(?![{LETTER}])|\s*(?!(?<=phòng),\s+chống\s)[;,.()\n]|\s+[“\"]|\s*$)"
)
_NATIONAL = ("Việt Nam", "Trung ương", "tối cao")
_OF_PLACE = re.compile(rf"(?<![{LETTER}])(?i:{UNIT})\s+[{UPPER}][{LETTER}]*(?:\s+(?:[-–]\s+)?[{UPPER}][{LETTER}]*)*$")


def organ_of(text: str, at: int, bodies: BodyFinder) -> BodyMention | None:
    """Return the organ of a known body that is named at `at`: "Đoàn Chủ tịch Hội Nông dân Việt Nam"."""
    organ = ORGAN.match(text, at)
    body = bodies.read(text, organ.end()) if organ else None
    return replace(with_organ(organ.group(), body), start=at) if organ and body else None


def with_organ(printed: str, body: BodyMention) -> BodyMention:
    """Return the organ of the body, called as printed; they number together, and their keys say so."""
    called = organ_called(printed)
    scope, _, tail = body.key.rpartition("/")
    return replace(body, name=f"{called} {body.name}", key=f"{scope}/{slug(called)}-{tail}", rule="organ-of-body")


def organ_called(printed: str) -> str:
    """Return an organ's name in the letters of running text.

    >>> organ_called("BAN CHẤP  HÀNH"), organ_called("BTV")
    ('Ban Chấp hành', 'Ban Thường vụ')
    """
    called = early_tones(" ".join(printed.split()))
    called = _IN_FULL.get(called, called)
    known = {organ.lower(): organ for organ in _ORGANS}
    return known.get(called.lower(), called.capitalize()) if called.isupper() else called


def as_printed(text: str, start: int, end: int) -> BodyMention:
    """Return the body whose name stands at start..end and in no table. One of the whole nation has a key, of any other nobody knows
    which province's it is."""
    name = early_tones(" ".join(text[start:end].split()))
    name = name[:1].upper() + name[1:]
    if name.endswith(_NATIONAL) and not _OF_PLACE.search(name):
        return BodyMention(start, end, "", name, f"vn/{slug(name)}", "body-printed", scope="vn", level="central")
    return BodyMention(start, end, "", name, "", "body-printed")


def unknown_body(text: str, at: int) -> BodyMention | None:
    """Return the body at `at` that only its kind shows to be one: "Hội đồng thẩm định giá đất"."""
    found = _UNKNOWN.match(text, at)
    old = OF_OLD.match(text, at) if found else None
    return as_printed(text, at, max(found.end(), old.end() if old else 0)) if found else None


def names_place(printed: str) -> bool:
    """Does the printed name say of which province, district or commune the body is: "UBND tỉnh Qui Nhơn", and not "UBND tỉnh"?"""
    return _OF_PLACE.search(printed) is not None
