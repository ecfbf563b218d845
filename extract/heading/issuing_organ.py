"""Organs that issue for the body whose part they are: a committee's offices and standing committee, the boards of a mass organization.

They stand below its name in the letterhead, or behind "T/M" in the signature.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chidao.extract.heading.sub_bodies import own_lines
from chidao.extract.language.composing import one_of, spaced
from chidao.extract.language.jurisdictions import Place
from chidao.extract.language.organs import ORGAN, organs
from chidao.extract.language.patterns import UNIT
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.organs import organ_called, with_organ
from chidao.extract.model import BodyMention

_ORGAN_OF = re.compile(
    rf"(?P<organ>BCH|BTV|{one_of(o.name.upper() for o in organs().values() if not o.central)})\s+(?=\S)(?=(?P<place>(?i:{UNIT})\s+.+)?)"
)
"""Of "BCH ĐOÀN XÃ MẪU", "BAN THƯỜNG VỤ HỘI LHPN TỈNH MẪU", and of "BAN CHẤP HÀNH TỈNH LÀO CAI" with its place."""
ITS_OFFICE = re.compile(
    rf"(?:VĂN\s+PHÒNG|BAN|BCH|BTV|{spaced('ỦY BAN KIỂM TRA')}|ĐẢNG\s+ĐOÀN|HỘI\s+ĐỒNG|TRUNG\s+TÂM|THƯỜNG\s+TRỰC|ĐOÀN\s+CHỦ\s+TỊCH)(?!\w)"
)
"""A committee's own offices and organs, which stand below its name."""


def part_of(left: Sequence[str], finder: BodyFinder) -> BodyMention | None:
    """Return the body that the lowest of the issuer's lines makes a part of the upper ones: "BAN CHẤP HÀNH TRUNG ƯƠNG" / "VĂN PHÒNG" is Văn
    phòng Trung ương Đảng, "ỦY BAN MTTQ VIỆT NAM" / "XÃ X" / "BAN THƯỜNG TRỰC" the standing board of that committee."""
    for printed in (left[-1], " ".join(left[-2:])):
        of = _ORGAN_OF.match(printed)
        body = next(iter(finder.find(printed[of.end() :])), None) if of else None
        if of and body and body.start == 0 and _is_mass(body):
            return _with_organ(organ_called(of["organ"]), body)
    if len(left) < 2 or not ITS_OFFICE.match(left[-1]):
        return None
    organ = organs().get(" ".join(left[-1].lower().split()))
    if joined := _read_upwards(left, finder):
        # "HỘI NÔNG DÂN VIỆT NAM" / "BAN CHẤP HÀNH TRUNG ƯƠNG": the table has it as another name of the union
        union = organ is not None and joined.rule == "body-table" and _is_mass(joined)
        return _with_organ(organ.name, joined) if organ and union else joined
    placed = _ORGAN_OF.match(left[-1])
    if placed and placed["place"] and (bodies := finder.find(f"{' '.join(left[:-1])} {placed['place']}")):
        # "ĐOÀN TNCS HỒ CHÍ MINH" / "BAN CHẤP HÀNH TỈNH LÀO CAI"
        if _is_mass(bodies[-1]):
            return _with_organ(organ_called(placed["organ"]), bodies[-1])
    return _of_the_union(left[:-1], organ.name, finder) if organ else None


def _of_the_union(above: Sequence[str], organ: str, finder: BodyFinder) -> BodyMention | None:
    """ "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM" / "BAN CHẤP HÀNH TRUNG ƯƠNG"; a line of another body between them has the organ."""
    bodies = [] if own_lines(above) else finder.find(" ".join(above))
    return _with_organ(organ, bodies[-1]) if bodies and _is_mass(bodies[-1]) else None


def _read_upwards(left: Sequence[str], finder: BodyFinder) -> BodyMention | None:
    """The body that the lowest line and those above it name together: "VĂN PHÒNG" below "BAN CHẤP HÀNH TRUNG ƯƠNG"."""
    for upper in (" ".join(left[:-1]), left[-2]):
        above = re.sub(r"^BAN\s+CHẤP\s+HÀNH\s+(?=TRUNG\s+ƯƠNG)", "", upper)
        found = finder.find(f"{left[-1]} {above}")
        if found and found[0].start == 0 and found[0].end > len(left[-1]):
            return found[0]
    return None


def signed_for(body: BodyMention, behalf: str | None, where: Place | None) -> BodyMention:
    """Return who issued a committee's document: the organ on whose behalf it is signed ("TỈNH ỦY X", "T/M BAN THƯỜNG VỤ": Hướng dẫn
    36-HD/VPTW); so with mass organizations: "TỈNH ĐOÀN X", "TM. BAN THƯỜNG VỤ TỈNH ĐOÀN"."""
    printed = ORGAN.match(behalf) if behalf else None
    if not printed:
        return body
    organ = organs()[" ".join(printed.group().lower().split())]
    if body.name.startswith(f"{organ.name} ") and not organ.committee:
        return body  # "BAN CHẤP HÀNH TRUNG ƯƠNG" above, "TM. BAN CHẤP HÀNH" below
    tail = body.key.rpartition("/")[2]
    if organ.committee and tail == organ.committee:
        central = body.scope == "vn" and tail.endswith("trung-uong")
        found = BodyFinder(where).find(organ.name if central else f"{organ.name} {body.name}")
        return found[0] if found and found[0].start == 0 else body
    # an organ that the letterhead names is another name of its organization: "Ban Chấp hành Trung ương Đoàn"
    inner = [b for b in BodyFinder(where).find(body.name)[:1] if not _of_a_part(body.name[: b.start])]
    whole = next((b for b in (body, *inner) if _is_mass(b)), None)
    return _with_organ(organ.name, whole) if whole else body


def _of_a_part(before: str) -> bool:
    """Do words before the name of an organization make a part of it ("Công đoàn Khu Kinh tế | Liên đoàn Lao động tỉnh …"), which signs for
    itself?"""
    return bool(before.strip()) and not ORGAN.fullmatch(before.strip())


def on_behalf(behalf: str, where: Place) -> BodyMention | None:
    """Return who issued a document without issuer lines: by "T/M BAN THƯỜNG VỤ", the standing committee of the place's Party committee."""
    finder = BodyFinder(where)
    for tried in (f"{behalf} {where.party} {where.name}", behalf):
        found = finder.find(tried)
        if found and found[0].start == 0:
            return found[0]
    return None


def _with_organ(printed: str, body: BodyMention) -> BodyMention:
    """The organ of a mass organization; "Ban Chấp hành Trung ương" is that of its centre, which numbers with the whole."""
    organ, centre, _ = printed.partition(" Trung ương")
    named = with_organ(organ, body)
    if body.key == _YOUTH:
        return replace(named, name=f"{organ} Trung ương Đoàn")
    return replace(named, name=f"{printed} {body.name}") if centre else named


_YOUTH = "vn/doan-thanh-nien-cong-san-ho-chi-minh"
"""The Youth Union, whose centre is called "Trung ương Đoàn" for short."""
_MASS = re.compile(
    r"(?:Hội|Đoàn|(?:Tỉnh|Thành|Huyện|Quận|Thị)\s+đoàn|Liên\s+đoàn|Tổng\s+Liên\s+đoàn|Liên\s+minh|Liên\s+hiệp|"
    rf"{spaced('Ủy ban')}\s+(?:Trung\s+ương\s+)?Mặt)\s"
)


def _is_mass(body: BodyMention) -> bool:
    return _MASS.match(body.name) is not None
