"""The identity of a copy whose first line says all: "Quyết định của Hội đồng Bộ trưởng số 217-HĐBT ngày 14 tháng 11 năm 1987 ban hành …".

Running text may begin so too; only where the line below is the name of who issues it, or the first ground, is it a heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chidao.extract.heading.jurisdiction import place_of
from chidao.extract.heading.lines import AROUND, Line
from chidao.extract.heading.number import bare_code, of_type
from chidao.extract.language.dates import iso_date
from chidao.extract.language.jurisdictions import Place
from chidao.extract.language.lexicon import lexicon
from chidao.extract.language.patterns import BASIS, TYPE, day
from chidao.extract.language.symbols import issuer_fits
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import Heading, HeadingPlaces

_CODE = r"(?P<code>[0-9]{1,5}\s?[-/]\s?\S+)"
_ON = rf"(?P<day>ngày\s+{day('[0-9]{1,2}', '[0-9]{1,2}')})"
_WHOSE = r"\s+của\s+(?P<whose>[^,;:]{3,80}?)(?=\s+(?:về|ban\s+hành|quy\s+định)\s)"
_SAYS_ALL = re.compile(
    rf"(?P<type>{TYPE})\s+(?:của\s+(?P<of>[^,;:]{{3,80}}?)\s+)?số\s*:?\s*{_CODE}\s+{_ON}(?:{_WHOSE})?\s+(?P<title>\S.*)"
)
_FIRST_GROUND = re.compile(rf"{BASIS}\s", re.IGNORECASE)


def read_first_line(lines: Sequence[Line], home: Place | None) -> tuple[Heading, Place | None] | None:
    """Return the heading that the first line states, and the document's place; None where it states none."""
    printed = [line for line in lines[:4] if line.strip(AROUND)]
    match = _SAYS_ALL.fullmatch(printed[0].strip(AROUND)) if len(printed) > 1 else None
    code = bare_code(match["code"]) if match else None
    if (
        match is None
        or code is None
        or not _goes_on(printed[1].strip(AROUND), match["of"] or match["whose"], code.symbol, home)
    ):
        return None
    kind = lexicon().types[" ".join(match["type"].lower().split())].name
    if code.end < len(match["code"]) or not of_type(code, kind):
        return None
    body = next(iter(BodyFinder(home).find(match["of"] or match["whose"] or printed[1])), None)
    begin = printed[0].span(match.group())[0]
    at = begin + match.start("code")
    places = {part: (begin + match.start(part), begin + match.end(part)) for part in ("type", "title")}
    heading = Heading(
        type=kind, number=code.number, symbol=code.symbol, year=code.year, date=iso_date(match), title=match["title"],
        issuer=body.name if body else None, issuer_key=body.key if body else None, scope=body.scope if body else None,
        places=HeadingPlaces(
            number=(at + code.start, at + code.end), date=(begin + match.start("day"), begin + match.end("day")), **places,
        ),
    )  # fmt: skip
    return heading, place_of(body.name, body.scope, home) if body else home


def _goes_on(below: str, whose: str | None, symbol: str, home: Place | None) -> bool:
    """Is the line below the first ground, or in capitals the name of who issues it and nothing else?"""
    if _FIRST_GROUND.match(below):
        return True
    finder = BodyFinder(home)
    body = finder.read(below, 0) if below.isupper() else None
    if body is None or body.end < len(below):
        return False
    stated = next(iter(finder.find(whose)), None) if whose else None
    return stated.key == body.key if stated else issuer_fits(symbol, body.key)
