"""The bodies that issue a document together: the ministries of a joint circular, the two sides of a programme of cooperation.

"BỘ TƯ PHÁP - BỘ TÀI CHÍNH" stands above "15/2014/TTLT-BTP-BTC", "CÔNG AN TỈNH" below "ỦY BAN MTTQ VIỆT NAM TỈNH LÂM ĐỒNG"
above "12/CTPH-MTTQ-CA". Of one above the other the upper is as often whose the lower is ("UBND TỈNH X" / "SỞ NỘI VỤ", also above
"12/QĐ-UBND-SNV"), so that what kind of document it is must say that several issue it; on one line its symbol may (Nghị định
30/2020/NĐ-CP has one issuer above the number).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chidao.extract.heading.lines import Line, Words
from chidao.extract.language.jurisdictions import Place
from chidao.extract.language.letters import UPPER
from chidao.extract.language.patterns import UNIT
from chidao.extract.language.symbols import issuer_codes, issuer_fits, issuers_of
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import BodyMention
from chidao.ontology.authority import types_of

_DASH = re.compile(r"[\s*_]*(?:[-–—&]|VÀ\s)[\s*_]*")
"""Between two bodies on one line."""
_BREAK = re.compile(r"[\s*_.,;\-–—]*")
"""Between two bodies on two lines."""


def joint_issuers(
    left: Sequence[Line], where: Place | None, kind: str | None, symbol: str | None
) -> tuple[BodyMention, ...]:
    """Return who issue the document together, in the order of the letterhead and with their places in the text; () where one body
    issues it alone or the letterhead says something else besides."""
    codes = issuer_codes(symbol)
    joint = kind in types_of("joint")
    if not left or not (joint or len(codes) > 1):
        return ()
    finder = BodyFinder(where)
    if len(bodies_of_place := _of_one_place(left, finder)) == len(codes) > 1:
        return bodies_of_place
    for lines, between in ((left, _BREAK), (left, _DASH), (left[-1:], _DASH)):
        words = Words(tuple(lines))
        bodies = _all_that_is_said(words.text, finder, between)
        by_code = len(bodies) == len(codes) and all(map(_fits, codes, bodies))
        on_a_line = between is _DASH
        if len(bodies) > 1 and ((joint and (on_a_line or len(bodies) == len(codes))) or (by_code and on_a_line)):
            places = (words.place(body.start, body.end) for body in bodies)
            return tuple(replace(body, start=start, end=end) for body, (start, end) in zip(bodies, places, strict=True))
    return ()


def _of_one_place(left: Sequence[Line], finder: BodyFinder) -> tuple[BodyMention, ...]:
    """The bodies of a letterhead that says once for all of them of which place they are: "TÒA ÁN NHÂN DÂN - CÔNG AN" / "TỈNH NGHỆ AN"."""
    if len(left) < 2 or not _PLACE.fullmatch(left[-1]):
        return ()
    words = Words(tuple(left))
    found: list[BodyMention] = []
    at = 0
    for part in (part for line in left[:-1] for part in _DASH.split(line) if part.strip(" *_")):
        body = finder.read(f"{part.strip(' *_')} {left[-1]}", 0)
        at = words.text.find(part, at)
        if body is None or at < 0 or _PLACE.search(part):
            return ()
        start, end = words.place(at, at + len(part))
        found.append(replace(body, start=start, end=end))
        at += len(part)
    return tuple(found)


_PLACE = re.compile(rf"[\s*_]*(?i:{UNIT})\s+[{UPPER}].*")


def _all_that_is_said(printed: str, finder: BodyFinder, between: re.Pattern[str]) -> list[BodyMention]:
    """The bodies of a text that says nothing else, [] for another."""
    bodies = finder.find(printed)
    ends = [0, *(body.end for body in bodies)]
    starts = [*(body.start for body in bodies), len(printed)]
    gaps = [printed[end:start] for end, start in zip(ends, starts, strict=True)]
    edges = not bodies or (_BREAK.fullmatch(gaps[0]) and _BREAK.fullmatch(gaps[-1]))
    return bodies if edges and all(map(between.fullmatch, gaps[1:-1])) else []


def _fits(code: str, body: BodyMention) -> bool:
    """Does the tables' body with this code in its symbols agree with the one printed? A code that they do not know says nothing."""
    return bool(issuers_of(code)) and issuer_fits(code, body.key)
