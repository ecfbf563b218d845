"""Words with which the names of addressees begin, and what a name that was read is: a body, an office, a group, members."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LETTER, LOWER, UPPER, early_tones, late_tones
from chidao.extract.language.patterns import (
    AGENCY,
    ALL_OF_THEM,
    CHARGED,
    COMMITTEE,
    COMMUNE_UNIT,
    COMRADE,
    PROVINCE_UNIT,
    UNIT,
)
from chidao.extract.language.tables import key, kinds, rows, words
from chidao.extract.mentions.body_heads import heads
from chidao.extract.model import Addressee
from chidao.ontology.authority import units

# Offices that also sign are in tables/words.csv, and kinds of administrative units in the ontology.
_KINDS = {
    **dict.fromkeys((unit.name for unit in units()), "group"),
    **dict.fromkeys(words("office"), "office"),
    **kinds("addressees.csv"),
}
_HEADS = {key(head): kind for head, kind in _KINDS.items()}
HEAD_WORDS = one_of(_KINDS)
HEAD = re.compile(rf"(?!xã\s+hội(?!\w))(?P<head>{HEAD_WORDS})(?![{LETTER}])", re.IGNORECASE)
"""Not of "Sở Lao động - Thương binh và Xã hội", which is one body."""
OFFICES = one_of(head for head, kind in _KINDS.items() if kind == "office")
OFFICE = re.compile(
    rf"(?:(?:Phó|Quyền|Nguyên)\s+)?(?P<head>{OFFICES})(?![{LETTER}])(?:\s*,?\s*Phó\s+(?:{OFFICES})|(?<=Phó\sBí\sthư)\s*,\s*Chủ\s+tịch(?=\s+[{UPPER}]))?"
    rf"(?:\s+(?:thường\s+trực|{CHARGED}|chuyên\s+trách))?\s*(?:của\s+)?",
    re.IGNORECASE,
)
MANY = re.compile(rf"(?:tất\s+cả\s+)?{ALL_OF_THEM}\s+", re.IGNORECASE)
# "UBND các xã, phường", "Ủy ban nhân dân cấp xã", "Công an các đơn vị, địa phương", "Ủy ban nhân dân xã, phường"
_AT_EACH_LEVEL = (*words("at each level"), *words("union at each level"))
BODIES = one_of(_AT_EACH_LEVEL)
_UNITS = rf"(?:{COMMITTEE}|{UNIT}|{AGENCY}|địa\s+phương|cấp)"
BY_FUNCTION = r"cơ\s+quan\s+(?:chuyên\s+môn|quản\s+lý\s+nhà\s+nước)\s+về\s"
"""With what a body begins that is told by its function, also behind a comma: "UBND cấp xã, | cơ quan chuyên môn về y tế"."""
LEVEL = re.compile(
    rf"{BODIES}(?:\s*,\s*{BODIES}|\s+(?:và\s+)?{BODIES})?\s+(?:(?:các|cấp|những|từng)\s+(?:đảng\s+ủy\s+)?(?:{PROVINCE_UNIT},\s*{PROVINCE_UNIT}|{_UNITS})|"
    rf"{COMMUNE_UNIT}(?=\s*,\s*{COMMUNE_UNIT})|{PROVINCE_UNIT}(?=\s*,\s*{PROVINCE_UNIT}(?!\s+đoàn))|(?:các|cùng)\s+cấp|địa\s+phương)(?![{LETTER}])"
    rf"(?:(?:\s*[,–-]\s*(?!xã\s+hội)|\s+và\s+)(?!{BY_FUNCTION})(?:cấp\s+)?(?:{_UNITS}|(?-i:TX|TP|TT))(?![{LETTER}]))*",
    re.IGNORECASE,
)


def kind_of(head: re.Match[str]) -> str:
    """Return what a head word is the beginning of: "body", "unit", "group", "office" or "none", or that it is all of a body's name:
    "whole"."""
    return _HEADS[key(head["head"])]


_ABBREVIATIONS = {
    key(row["head"]) for row in rows("addressees.csv") if " " not in row["head"] and row["example"].split()[0].isupper()
}


def is_abbreviated(head: re.Match[str]) -> bool:
    """Is a head word in capitals the letters of all that a body is called ("UBND", "BCĐ"), and no first word of its name ("BAN")?"""
    return head["head"].isupper() and key(head["head"]) in _ABBREVIATIONS


_GROUPS = words("many")
_HOLDS = ("phó", "quyền", "nguyên")
_HONOURS = ("mời", "các", *words("spoken of"), *words("rank"))
"""What may stand before a name: what makes a group, as what an office is held, and how persons are spoken of."""
_CODES = ("pa", "pb", "pc", "ph", "pk", "pv", "px", "a0", "c0", "h0", "k0", "v0", "x0")
"""With what the codes of the police's departments begin ("PC07")."""
TELLING = 7
"""So many first letters tell of most words that nothing is named by them."""


class Ways(NamedTuple):
    """What may be named where a text begins: a body, an office or a group at all, and which patterns need be tried."""

    named: bool
    honoured: bool
    known: bool
    level: bool
    office: bool
    many: bool
    province: bool


@cache
def _openings() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """The first letters of each of the `Ways` in either spelling, and of their first words, for where two blanks follow."""
    known = [head.text for head in heads()]
    figures = tuple("0123456789")
    provinces = (*_GROUPS, *figures, *(unit.name for unit in units() if unit.level == "province"))
    offices = (*_HOLDS, *(head for head, kind in _KINDS.items() if kind == "office"))
    named = (*_KINDS, *known, *_AT_EACH_LEVEL, *_GROUPS, *_HOLDS, *_CODES, *figures)
    found = []
    for of in (named, _HONOURS, known, _AT_EACH_LEVEL, offices, _GROUPS, provinces):
        spelt = {way.lower()[:TELLING].rstrip() for name in of for way in (name, late_tones(name))}
        found.append((frozenset(spelt), frozenset(opening.split()[0] for opening in spelt)))
    return tuple(found)


@lru_cache(maxsize=8192)
def ways_of(printed: str) -> Ways:
    """Return what may be named where `TELLING` letters are printed; of most words they tell that these name nothing."""
    opening = printed.lower()
    regular = " ".join(opening.split()) == opening.rstrip(" ")
    # No name goes on with a letter glued to it: "phân công" begins with no "PH".
    begins = [opening[:n] for n in range(1, TELLING + 1) if not opening[n : n + 1].isalpha()]
    ways = (of[0 if regular else 1] for of in _openings())
    return Ways(*(not openings.isdisjoint(begins) for openings in ways))


def is_body(name: str) -> bool:
    """Does a name begin like a body's?"""
    head = HEAD.match(name)
    return head is not None and kind_of(head) in ("body", "unit", "whole")


def is_whole(name: str) -> bool:
    """Is it a body's whole name, which the table knows?"""
    head = HEAD.match(name)
    return head is not None and kind_of(head) == "whole"


def split_office(name: str) -> tuple[str, str]:
    """Return the office that a name begins with, and whose it is; no office where it begins with none.

    >>> split_office("Phó Bí thư Thường trực Đảng ủy"), split_office("Sở Y tế")
    (('Phó Bí thư Thường trực', 'Đảng ủy'), ('', 'Sở Y tế'))
    """
    office = OFFICE.match(name)
    end = office.end() if office else 0
    return name[:end].strip().removesuffix(" của"), name[end:]


def is_one(name: str) -> bool:
    """Does a name mean one body or office ("Ban Thường vụ Đảng ủy", "Phó Bí thư Đảng ủy"), and no group?"""
    head = HEAD.match(name) or OFFICE.match(name)
    return MANY.match(name) is None and head is not None and kind_of(head) in ("body", "unit", "whole", "office")


def are_many(name: str) -> bool:
    """Does a name mean several, told by what they are ("các sở", "UBND các xã")?"""
    return MANY.search(name) is not None or LEVEL.match(name) is not None


_MEMBERS = re.compile(r"(?:các\s+|mỗi\s+)?(?:(?:thành|ủy)\s+viên)(?![a-zà-ỹđ])", re.IGNORECASE)


def are_members(name: str) -> bool:
    """Is it the members of a body ("các thành viên Ban Chỉ đạo")?"""
    return _MEMBERS.match(name) is not None


_COMMITTEES = re.compile(
    rf"(?:(?:các|mỗi)\s+)?(?:(?:ban\s+thường\s+vụ|thường\s+trực)\s+)?{one_of(words('committee'))}(?!\w)", re.IGNORECASE
)


def are_committees(name: str) -> bool:
    """Is it a committee of the Party, or all of a kind ("các tỉnh ủy, thành ủy")?"""
    return _COMMITTEES.match(early_tones(name)) is not None


def are_levels(named: Sequence[Addressee]) -> bool:
    """Is what is named no body but a level ("Cấp tỉnh"), of which others name who is meant?"""
    return all(a.name[:4].lower() == "cấp " and not early_tones(a.name.lower()).startswith("cấp ủy") for a in named)


_ALL_OF_A_LEVEL = re.compile(
    rf"(?:^|\s)(?:các|cấp|những|từng|đảng\s+(?:bộ|ủy))\s+(?P<unit>{UNIT})(?!\w|\s+[{UPPER}])", re.IGNORECASE
)


def level_of_all(named: Sequence[Addressee]) -> str:
    """Return of which level below the province all units are whom names mean without naming one ("đảng bộ xã, phường"), or ""."""
    found = [_ALL_OF_A_LEVEL.search(a.name) for a in named]
    levels = {_LEVELS.get(unit["unit"].lower(), "") if unit else "" for unit in found}
    return levels.pop() if len(levels) == 1 else ""


_LEVELS = {unit.name: unit.level for unit in units() if unit.level != "province"}

AGENCY_ALONE = re.compile(rf"{AGENCY}(?![{LETTER}])", re.IGNORECASE)
"""Of a name that says no more than "cơ quan", "đơn vị"."""


def are_bodies(name: str) -> bool:
    """Is it a group of bodies, told by what they are ("Các đơn vị trực thuộc Bộ", "các sở, ban, ngành"), and of no persons?"""
    many = MANY.match(name)
    head = HEAD.match(name, many.end()) if many else None
    return head is not None and (kind_of(head) in ("body", "unit") or AGENCY_ALONE.match(head.group()) is not None)


_OWN_PEOPLE = re.compile(
    rf"(?!(?i:{COMRADE})\s+[{UPPER}])(?:(?:các|một|số|từng|mỗi|{COMRADE})\s+)*{one_of(words('own people'))}(?!\w)"
)


def are_own_people(lead: Sequence[Addressee]) -> bool:
    """Return whether they are people whom a body charges of its own: "Phân công cán bộ, đảng viên …"."""
    return all(_OWN_PEOPLE.match(early_tones(a.name)) for a in lead)


_OF_ITS_OWN = re.compile(rf"[0-9]|khu vực|[IVX]{{2}}|^Đoàn(?:\s+[{UPPER}][{LOWER}]{{1,6}}){{2,3}}$")
"""What makes of a unit's word a name of its own: "Chi cục Thuế khu vực XII"; "Đoàn Ngọc Hà" is a person: of a unit's name not every word is
written large ("Đoàn Thanh niên")."""


def is_unit(name: str) -> bool:
    """Is it a unit that every office of its kind has ("Tổ văn phòng", "Ban Giám hiệu"), and no name of its own?"""
    head = HEAD.match(name)
    if head is None or kind_of(head) != "unit":
        return False
    return _OF_ITS_OWN.search(name) is None


_ANYBODY = re.compile(
    r"(?:các\s+|mọi\s+)?(?:tổ\s+chức|cá\s+nhân)(?:,?\s+(?:và\s+)?(?:cá\s+nhân|tổ\s+chức)(?![a-zà-ỹđ])|$)", re.IGNORECASE
)


def is_anybody(name: str) -> bool:
    """Is it whom a rule binds ("tổ chức, cá nhân"), and no body that gets work to do?"""
    return _ANYBODY.match(name) is not None
