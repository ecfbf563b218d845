"""Whom a text addresses: a list of bodies, persons by office, and groups ("các sở, ban, ngành", "UBND các xã, phường").

A body that the tables know has its canonical name; a group is kept as printed. An office held in a known body stands for that
body ("Giám đốc Sở Công Thương"), an office held in a group for itself ("Giám đốc các Sở").
"""

from __future__ import annotations

import re

from chidao.extract.language.letters import LETTER, LOWER, UPPER
from chidao.extract.language.patterns import COMMITTEE, OFFICE, UNIT, one_of, spaced, words
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import Addressee

_OFFICE = re.compile(rf"(?:đồng\s+chí\s+)?(?:Phó\s+)?(?:{OFFICE}|{one_of(words('head'))})\s+(?:của\s+)?", re.IGNORECASE)
_HEAD_OF = re.compile(r"(?:Phó\s+)?(?:Chánh|Trưởng)\s+(?=Văn\s+phòng|Thanh\s+tra|Ban)", re.IGNORECASE)
_DEPUTY = re.compile(r"(?:đồng\s+chí\s+)?Phó\s", re.IGNORECASE)
_PERSON = re.compile(rf"\s+[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]*){{1,3}}(?![{LETTER}])")
_UNIT = f"(?:{UNIT}|{one_of(words('group'))})"
_SAID_OF = (
    rf"(?:(?:có\s+)?liên\s+quan|trực\s+thuộc|thuộc(?:\s+(?:UBND\s+)?(?:{UNIT}|{COMMITTEE}|Bộ))?|(?:cấp\s+)?{UNIT}|"
    r"trung\s+ương|địa\s+phương|chức\s+năng|chuyên\s+môn|nhà\s+nước|"
    rf"ngang\s+[Bb]ộ|chính\s+trị\s*[-–]\s*xã\s+hội|trên\s+địa\s+bàn(?:\s+{UNIT})?|các\s+cấp|của\s+{UNIT}|"
    r"quần\s+chúng|hành\s+chính|sự\s+nghiệp|đoàn\s+thể|thuế|khác|có\s+thẩm\s+quyền|hoạt\s+động\s+[^,;.()\n]{3,40}?(?=\s*(?:[,;.|]|$)))"
)
_GROUP = re.compile(
    rf"(?:(?:các|những|từng|mọi|toàn\s+thể)\s+)?{_UNIT}(?![{LETTER}])"
    rf"(?:\s*,\s*(?:các\s+)?{_UNIT}(?![{LETTER}])(?!\s+(?:nhân\s+dân|{spaced('ủy ban')})))*(?:\s+{_SAID_OF}(?![{LETTER}]))*",
    re.IGNORECASE,
)
# "UBND các xã, phường", "Ủy ban nhân dân cấp xã", "Công an các đơn vị, địa phương"
_LEVEL = re.compile(
    rf"{one_of(words('at each level'))}"
    r"(?:\s+(?:UBND|và\s+chính\s+quyền))?\s+(?:các\s+cấp|địa\s+phương(?:\s+các\s+cấp)?|(?:các|cấp|những)\s+"
    rf"{_UNIT}(?![{LETTER}])(?:(?:\s*,\s*|\s+và\s+){_UNIT}(?![{LETTER}]))*(?:\s+{_SAID_OF}(?![{LETTER}]))*)",
    re.IGNORECASE,
)
_UNIT_END = re.compile(rf"[^\n,;.:()]{{3,60}}?\s(?:tỉnh|thành\s+phố)(?=\s+[{UPPER}])", re.IGNORECASE)
_LONGEST = 200
"""Longer than any body's name, in characters."""
_GRANTS = re.compile(r"cấp,", re.IGNORECASE)  # "đề nghị cấp, cấp lại giấy phép" grants, and names no level
_JOINT = re.compile(r"\s*(?:[,;]|\s(?:và|cùng(?:\s+với)?|hoặc)(?=\s))\s*(?:(?:và|cùng)\s+)?", re.IGNORECASE)


def read_addressees(
    text: str, start: int, finder: BodyFinder, stop: int | None = None
) -> tuple[tuple[Addressee, ...], int]:
    """Return the addressees listed from `start` on, and where the list ends (`start` when there is none), in characters of `text`.

    Stops before what is none, so that the rest of the sentence is what they must do."""
    found: list[Addressee] = []
    limit = len(text) if stop is None else stop
    at = end = start
    while at < limit:
        one = _one(text, at, finder, limit)
        if one is None:
            break
        addressee, end = one
        found.append(addressee)
        joint = _JOINT.match(text, end, limit)
        if joint is None:
            break
        at = joint.end()
    return tuple(found), end if found else start


def _one(text: str, at: int, finder: BodyFinder, limit: int) -> tuple[Addressee, int] | None:
    level = _LEVEL.match(text, at, limit)
    body = _body(text, at, finder, limit)
    # "Đảng ủy các cơ quan Đảng tỉnh" is one body, "UBND các xã" many.
    if body and (level is None or body[1] > level.end()):
        return body
    if level:
        return Addressee(_plain(level.group())), level.end()
    # "Chánh Văn phòng UBND tỉnh" heads the Văn phòng, "Trưởng Ban Tổ chức" the Ban.
    head = _HEAD_OF.match(text, at, limit)
    if head and (body := _body(text, head.end(), finder, limit)):
        return body
    office = _OFFICE.match(text, at, limit)
    if office:
        inner = _one(text, office.end(), finder, limit)
        if inner is None:
            return None
        addressee, end = inner
        # "Phó Thủ tướng Chính phủ Trần Hồng Hà" is told by name what to do, and not the Government.
        if addressee.key and _DEPUTY.match(text, at) and (person := _PERSON.match(text, end, limit)):
            return Addressee(_plain(text[at : person.end()])), person.end()
        return (addressee if addressee.key else Addressee(_plain(text[at:end]))), end
    group = _GROUP.match(text, at, limit)
    # "Ban hành", "Bộ máy", "Hội nghị": a unit's word alone, without "các" or a word that says whose, opens something else.
    if (
        group
        and not _GRANTS.match(group.group())
        and re.match(
            r"(?:các|những|từng|mọi|toàn\s)|.*[,]|.*\s(?:liên\s+quan|địa\s+phương|chức\s+năng|thuế)|địa\s+phương|chính\s+quyền\s+địa",
            group.group(),
            re.I | re.S,
        )
    ):
        return Addressee(_plain(group.group())), group.end()
    return None


def _body(text: str, at: int, finder: BodyFinder, limit: int) -> tuple[Addressee, int] | None:
    """The body named at `at`. "Công an tỉnh Chỉ đạo …" is how a heading healed with its first item reads: where no place is
    called so, the name ends with its unit."""
    window = text[at : min(limit, at + _LONGEST)]
    found = finder.read(window, 0)
    if found is None and (unit := _UNIT_END.match(window)):
        found = finder.read(window[: unit.end()], 0)
    return (Addressee(found.name, found.key), at + found.end) if found else None


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" ,;.:")
