"""Steering committees (ban chỉ đạo), which no table can list: they are called by their subject and by whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chidao.extract.language.composing import rules
from chidao.extract.language.jurisdictions import Place, find_province, province
from chidao.extract.language.letters import LETTER, UPPER, slug
from chidao.extract.language.patterns import PROVINCE_COMMITTEE, PROVINCE_UNIT, UNIT
from chidao.extract.language.tables import abbreviations
from chidao.extract.language.verbs import CARRIES_OUT, GOES_ON
from chidao.extract.mentions.body_heads import head_at
from chidao.extract.mentions.body_places import NAME
from chidao.extract.model import BodyMention

_WHOSE = rf"(?:{PROVINCE_COMMITTEE}|Trung\s+ương|(?i:{PROVINCE_UNIT}))(?:\s+{NAME})?"
_BOARD = r"Ban\s+[Cc]hỉ\s+đạo"
_OF_PLACE = re.compile(rf"(?:{PROVINCE_COMMITTEE}|(?i:{PROVINCE_UNIT}))\s+(?P<name>{NAME})$")
""" "Ban Chỉ đạo 35 tỉnh Thái Bình" is not of the province whose paper names it."""
_STEERING = re.compile(rf"{_BOARD}(?=\s)")
_CODES = r"(?:[A-ZĐ]\S+\s+\S+\s+)?(?:số\s+)?[0-9]{1,4}-[A-ZĐ]{2,3}/[A-Z]{2}"
_RULES = rules(
    (
        "steering-committee-of-documents",
        rf"{_BOARD}\s+(?:{CARRIES_OUT}\s+)?{_CODES}(?:(?:,|\s+và)\s+{_CODES})*(?:\s+(?:của\s+)?{_WHOSE})?(?![{LETTER}])",
        "Ban Chỉ đạo thực hiện Nghị quyết 15-NQ/TU, Chỉ thị 15-CT/TU của Thành ủy",
    ),
    (
        "steering-committee-of-programmes",
        rf"{_BOARD}\s+[0-9]{{1,3}}\s+Chương\s+trình\s+công\s+tác(?:\s+của\s+{PROVINCE_COMMITTEE})?",
        "Ban Chỉ đạo 10 Chương trình công tác",
    ),
    # The subject may be long, whose committee it is ends the name: "Ban Chỉ đạo quản lý tổ chức bộ máy, biên chế Thành phố".
    (
        "steering-committee",
        rf"{_BOARD}(?:\s+(?!các\s|đã\s|giúp\s|tham\s+mưu\s|báo\s+cáo\s|trình\s|{GOES_ON}|tổ\s+chức\s|về\s)[^;.()\n“”:,]{{1,60}}?(?:,\s+[^;.()\n“”:,A-ZĐ]{{2,40}}?)?)?"
        rf"\s(?:{_WHOSE})(?![{LETTER}])"
        r"(?:\s+về\s+(?:PCTN|phòng,?\s+chống\s+tham\s+nhũng)(?:,\s+lãng\s+phí)?(?:,\s+tiêu\s+cực)?)?",
        "Ban Chỉ đạo Trung ương về phòng, chống tham nhũng, tiêu cực",
    ),
    # The number is its name.
    (
        "steering-committee-numbered",
        rf"(?i:{_BOARD}\s+[0-9]{{2,4}}(?![0-9/-])(?!\s+(?:chương|vụ|dự|cuộc|{UNIT})))",
        "Ban Chỉ đạo 35",
    ),
)


def find_steering_committees(text: str, top: Place | None) -> Iterator[BodyMention]:
    """Yield every steering committee of the text that the tables do not know; `top` is the province of the document that speaks,
    whose committees it means."""
    taken = 0
    for opened in _STEERING.finditer(text):
        start = opened.start()
        if start < taken:
            continue
        if committee := steering_committee_at(text, start, top):
            taken = committee.end
            yield committee


def steering_committee_at(text: str, start: int, top: Place | None) -> BodyMention | None:
    """Return the steering committee that is named right at `start` and that the tables do not know."""
    if _STEERING.match(text, start) is None:
        return None
    head = head_at(text, start)
    listed = start + len(head.text) if head and head.central else -1
    matches = ((rule.name, match) for rule in _RULES if (match := rule.pattern.match(text, start)))
    rule, match = next(matches, ("", None))
    return _committee(match, rule, top) if match and match.end() > listed else None


def _committee(match: re.Match[str], rule: str, top: Place | None) -> BodyMention:
    name = " ".join(match.group().split())
    name = name.replace("Ban chỉ đạo", "Ban Chỉ đạo").replace("PCTN", abbreviations()["PCTN"])
    if stated := _OF_PLACE.search(name):
        known = find_province(stated["name"])
        top = province(known) if known else None
    scope, level = None, None
    if "Trung ương" in name:
        scope, level = "vn", "central"
    elif top:
        scope, level = top.key, "province"
        name = _in_full(name, rule, top)
    key = f"{scope or 'unknown'}/{slug(name)}"
    return BodyMention(match.start(), match.end(), "", name, key, rule, scope=scope, level=level)


def _in_full(name: str, rule: str, top: Place) -> str:
    """The name with whose committee it is: "Ban Chỉ đạo 35 Thành phố" is that of thành phố Hà Nội."""
    full = f"{top.unit} {top.name}"
    name = re.sub(rf"\b(?i:{top.unit})(?!\s+[{UPPER}ủu])", full, name)
    name = re.sub(rf"\b{top.party}(?!\s+{top.name})", f"{top.party} {top.name}", name)
    if top.name in name:
        return name
    # Working programmes (Chương trình công tác) are the Party committee's, so is who steers them.
    return f"{name} của {top.party} {top.name}" if rule == "steering-committee-of-programmes" else f"{name} {full}"
