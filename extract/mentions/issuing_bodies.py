"""Bodies as a citation names them behind "của": offices, organs, plenums, national committees."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from chidao.extract.language.composing import one_of, spaced
from chidao.extract.language.letters import LETTER, LOWER, UPPER, early_tones, slug
from chidao.extract.language.organs import PLENUM, council_boards, organs
from chidao.extract.language.patterns import (
    ABOUT,
    CENTRAL_COMMITTEE,
    COUNTED,
    OFFICE,
    PROVINCE_UNIT,
    ROMAN,
    SEVERAL,
    TERM,
    UNIT,
)
from chidao.extract.language.tables import words
from chidao.extract.language.verbs import acts
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.body_heads import head_at
from chidao.extract.mentions.organs import as_printed, organ_of, unknown_body
from chidao.extract.model import BodyMention

_REGION = re.compile(r"\s+khu\s+vực\s+(?:[IVX]+|[0-9]{1,2})(?!\w)", re.IGNORECASE)
"""Of "Kiểm toán nhà nước khu vực VII", an office of its own."""
_COUNCIL = re.compile(r"(?:HỘI\s+ĐỒNG\s+NHÂN\s+DÂN|HĐND)\b")
_LETTERHEAD = 400
_COMMITTEE = "Đảng ủy "
# … but a head of office is not the head of the body that it serves.
_OF_UNION = re.compile(
    rf"(?:{one_of(organ.name for organ in organs().values())})\s+Trung\s+ương\s+(?:Đoàn|Hội|Tổng)", re.IGNORECASE
)
"""An organ of a union's centre, which the tables have as another name of the union: "Ban Bí thư Trung ương Đoàn" is who issued."""
_HEADS = re.compile(r"(Chánh|Tổng)\s+(?=(?:Thanh\s+tra|Kiểm\s+toán)\s)")
"""Who heads a body that is called by the rest of the office: "Chánh Thanh tra tỉnh" that of "Thanh tra tỉnh"."""
_TEAM = re.compile(
    rf"Trưởng\s+[đĐ]oàn\s+(?:thanh\s+tra|kiểm\s+toán|{acts('inspect')})(?:\s+số\s+[0-9]{{1,3}})?(?![{LETTER}0-9])"
)
"""Who heads a team that inspects, which is called by its work alone."""
# Some are of the Government besides: "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ".
_OFFICE = re.compile(rf"(?!chánh\s+văn\s)(?:Bộ\s+trưởng,\s+)?{OFFICE}\s+", re.IGNORECASE)
# What a plenum decides, the Central Committee issues: "của Hội nghị Trung ương lần thứ tám khoá XIII".
_PLENUM = re.compile(
    rf"Hội\s+nghị\s+(?:{COUNTED}\s+)?{CENTRAL_COMMITTEE}"
    rf"(?:\s+{COUNTED}|\s+[0-9]{{1,2}}(?![0-9/]))?",
    re.IGNORECASE,
)


def read_issuer(text: str, at: int, bodies: BodyFinder) -> BodyMention | None:
    """Return the body that is named at `at` as one that issues: also "Bộ trưởng Bộ Y tế", "Hội nghị Trung ương lần thứ tám"."""
    body = bodies.read(text, at)
    if body and _OF_UNION.match(text, at, body.end):
        body = replace(body, name=_printed(text[at : body.end]))
    body = body or _headed(text, at, bodies)
    if body and (region := _REGION.match(text, body.end)):
        return as_printed(text, at, region.end())
    if body is None or body.name.startswith(_COMMITTEE):
        organ = organ_of(text, at, bodies)
        body = organ if organ and (body is None or _is_its(organ, body)) else body
    return body or of_council(text, at, bodies) or _plenum(text, at, bodies) or _national(text, at)


def _headed(text: str, at: int, bodies: BodyFinder) -> BodyMention | None:
    """ "Bộ trưởng Bộ Y tế", "Chánh Thanh tra tỉnh": the body with who heads it."""
    if (office := _OFFICE.match(text, at)) and (body := bodies.read(text, office.end())):
        return replace(body, start=at, name=f"{_printed(office.group())} {body.name}")
    if (head := _HEADS.match(text, at)) and (body := bodies.read(text, head.end())):
        return replace(body, start=at, name=f"{head[1]} {body.name}")
    return None


def _plenum(text: str, at: int, bodies: BodyFinder) -> BodyMention | None:
    """ "Hội nghị Trung ương lần thứ tám khóa XIII"."""
    plenum = _PLENUM.match(text, at)
    committee = bodies.read(PLENUM, 0) if plenum else None
    if plenum is None or committee is None:
        return None
    term = _OF_TERM.match(text, plenum.end())
    end = term.end() if term else plenum.end()
    return replace(committee, start=at, end=end, name=_printed(text[at:end]))


def _national(text: str, at: int) -> BodyMention | None:
    """ "Ban Chỉ đạo Nhà nước về Du lịch"."""
    national = _NATIONAL.match(text, at)
    if national is None:
        return None
    name = _printed(national.group())
    return BodyMention(
        at, national.end(), "", name, f"vn/{slug(name)}", "national-committee", scope="vn", level="central"
    )


def _is_its(organ: BodyMention, committee: BodyMention) -> bool:
    """Is it the standing committee of one that is also known by its name: "Ban Thường vụ Đảng ủy Chính phủ"?"""
    return organ.end == committee.end and organ.key.endswith(f"-{committee.key.rpartition('/')[2]}")


def of_council(text: str, at: int, bodies: BodyFinder) -> BodyMention | None:
    """ "của Ban Văn hóa - Xã hội" in a council's own paper: the board of that council."""
    board, home = _boards().match(text, at), bodies.places.home
    if board is None or home is None or _COUNCIL.search(text, 0, _LETTERHEAD) is None:
        return None
    name = home.fill(f"{_printed(board.group())} Hội đồng nhân dân {{unit}} {{name}}")
    known = bodies.read(name, 0)
    return replace(known, start=at, end=board.end()) if known and known.end == len(name) else None


@cache
def _boards() -> re.Pattern[str]:
    """The boards that only councils have, or that where a council writes are its own."""
    names = (r"\s*[-–]\s*".join(map(spaced, name.split(" - "))) for name in sorted(council_boards()))
    return re.compile(rf"(?:{'|'.join(names)})(?!\w)")


def unknown_issuer(text: str, at: int) -> BodyMention | None:
    """Return the body at `at` that no table knows, or who heads it: "Giám đốc Công ty Điện lực Mẫu", "Trưởng đoàn thanh tra"."""
    if team := _TEAM.match(text, at):
        return as_printed(text, *team.span())
    office = _OFFICE.match(text, at)
    body = unknown_body(text, office.end() if office else at)
    return replace(body, start=at, name=f"{_printed(office.group())} {body.name}") if office and body else body


def of_some_province(text: str, at: int) -> BodyMention | None:
    """Return the province's body at `at` as printed, for a paper of a district or commune that does not say of which province it is: "Hội
    đồng nhân dân tỉnh", "Sở Văn hóa, Thể thao và Du lịch"."""
    office = _OFFICE.match(text, at)
    head = head_at(text, begin := office.end() if office else at)
    if head is None or head.central:
        return None
    end = begin + len(head.text)
    unit = _OF_PROVINCE.match(text, end)
    alone = any(tail in ("", "unit", "name") and level == "province" for tail, level in head.templates)
    below = any(level != "province" for _, level in head.templates)
    if not alone or (unit is None and below) or (unit is None and _NAMED_ON.match(text, end)):
        return None
    return replace(as_printed(text, at, unit.end() if unit else end), rule="body-adrift")


_OF_PROVINCE = re.compile(rf"\s+{PROVINCE_UNIT}(?!\w|\s+[{UPPER}])")
_NAMED_ON = re.compile(rf"\s+(?:[{UPPER}]|{UNIT}(?!\w))")
_MATTER = rf"(?!{SEVERAL}\s)(?-i:[{LOWER}])[^;,.:()\n“”\"]"
_MATTERS = rf"(?:(?:\s*,\s+{_MATTER}{{1,30}}){{1,3}}\s+và\s+{_MATTER}{{2,30}}?)?"
"""What else a committee is for, in small letters up to "và": "khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số"."""
# A national committee has its matter in its name: "Ban Chỉ đạo Nhà nước về Du lịch".
_NATIONAL = re.compile(
    rf"(?:{one_of(words('part of a body'))}|{spaced('Ủy ban')})\s+{one_of(words('of the nation'))}\s+về\s+"
    rf"(?:phòng\s*,\s*(?=chống\s))?[^;,.:()\n“”\"]{{2,80}}?{_MATTERS}(?=\s+(?:ban\s+hành|{ABOUT}|đã|ngày)(?!\w)|[;,.:()\n]|$)",
    re.IGNORECASE,
)
_OF_TERM = re.compile(rf"\s+{TERM}\s+{ROMAN}(?![{LETTER}])", re.IGNORECASE)


def _printed(text: str) -> str:
    """A body's name as printed, with a capital, single blanks and tones where the new spelling has them."""
    name = early_tones(" ".join(text.split()))
    return name[:1].upper() + name[1:]
