"""Bodies as a citation names them behind "của": offices, organs, plenums, national committees."""

from __future__ import annotations

import re
from dataclasses import replace

from chidao.extract.language.composing import one_of, spaced
from chidao.extract.language.letters import LETTER, early_tones, slug
from chidao.extract.language.organs import PLENUM, organs
from chidao.extract.language.patterns import ABOUT, CENTRAL_COMMITTEE, COUNTED, OFFICE, ROMAN, TERM
from chidao.extract.language.tables import words
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.organs import organ_of, unknown_body
from chidao.extract.model import BodyMention

_COUNCIL = re.compile(r"(?:HỘI\s+ĐỒNG\s+NHÂN\s+DÂN|HĐND)\b")
_LETTERHEAD = 400
_COMMITTEE = "Đảng ủy "
_BOARD = re.compile(
    r"Ban\s+(?:Kinh\s+tế\s*[-–]\s*(?:Ngân\s+sách|Xã\s+hội)|Văn\s+hóa\s*[-–]\s*Xã\s+hội|Pháp\s+chế|Dân\s+tộc|Đô\s+thị)(?!\w)"
)
"""A board that only councils have, or where a council writes is its own."""
# … but a head of office is not the head of the body that it serves.
_OF_UNION = re.compile(
    rf"(?:{one_of(organ.name for organ in organs().values())})\s+Trung\s+ương\s+(?:Đoàn|Hội|Tổng)", re.IGNORECASE
)
"""An organ of a union's centre, which the tables have as another name of the union: "Ban Bí thư Trung ương Đoàn" is who issued."""
_OFFICE = re.compile(rf"(?!chánh\s+văn\s){OFFICE}\s+", re.IGNORECASE)
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
    if body is None and (office := _OFFICE.match(text, at)) and (body := bodies.read(text, office.end())):
        body = replace(body, start=at, name=f"{_printed(office.group())} {body.name}")
    if body is None or body.name.startswith(_COMMITTEE):
        organ = organ_of(text, at, bodies)
        body = organ if organ and (body is None or _is_its(organ, body)) else body
    body = body or _of_council(text, at, bodies)
    if body is None and (plenum := _PLENUM.match(text, at)) and (committee := bodies.read(PLENUM, 0)):
        term = _OF_TERM.match(text, plenum.end())
        end = term.end() if term else plenum.end()
        body = replace(committee, start=at, end=end, name=_printed(text[at:end]))
    if body is None and (national := _NATIONAL.match(text, at)):
        name = _printed(national.group())
        body = BodyMention(
            at, national.end(), "", name, f"vn/{slug(name)}", "national-committee", scope="vn", level="central"
        )
    return body


def _is_its(organ: BodyMention, committee: BodyMention) -> bool:
    """Is it the standing committee of one that is also known by its name: "Ban Thường vụ Đảng ủy Chính phủ"?"""
    return organ.end == committee.end and organ.key.endswith(f"-{committee.key.rpartition('/')[2]}")


def _of_council(text: str, at: int, bodies: BodyFinder) -> BodyMention | None:
    """ "của Ban Văn hóa - Xã hội" in a council's own paper: the board of that council."""
    board, home = _BOARD.match(text, at), bodies.places.home
    if board is None or home is None or _COUNCIL.search(text, 0, _LETTERHEAD) is None:
        return None
    name = home.fill(f"{_printed(board.group())} Hội đồng nhân dân {{unit}} {{name}}")
    known = bodies.read(name, 0)
    return replace(known, start=at, end=board.end()) if known and known.end == len(name) else None


def unknown_issuer(text: str, at: int) -> BodyMention | None:
    """Return the body at `at` that no table knows, or who heads it: "Giám đốc Công ty Điện lực Mẫu"."""
    office = _OFFICE.match(text, at)
    body = unknown_body(text, office.end() if office else at)
    return replace(body, start=at, name=f"{_printed(office.group())} {body.name}") if office and body else body


# A national committee has its matter in its name: "Ban Chỉ đạo Nhà nước về Du lịch".
_NATIONAL = re.compile(
    rf"(?:{one_of(words('part of a body'))}|{spaced('Ủy ban')})\s+{one_of(words('of the nation'))}\s+về\s+"
    rf"[^;,.:()\n“”\"]{{2,80}}?(?=\s+(?:ban\s+hành|{ABOUT}|đã|ngày)(?!\w)|[;,.:()\n]|$)",
    re.IGNORECASE,
)
_OF_TERM = re.compile(rf"\s+{TERM}\s+{ROMAN}(?![{LETTER}])", re.IGNORECASE)


def _printed(text: str) -> str:
    """A body's name as printed, with a capital, single blanks and tones where the new spelling has them."""
    name = early_tones(" ".join(text.split()))
    return name[:1].upper() + name[1:]
