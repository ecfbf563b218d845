"""Whose document it is: the province, district or commune that a letterhead names, and where it names none, what else tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from chidao.extract.heading.sub_bodies import is_national
from chidao.extract.language.composing import one_of
from chidao.extract.language.jurisdictions import (
    OF_OLD,
    Place,
    find_province,
    named_provinces,
    place_named,
    province,
    provinces,
)
from chidao.extract.language.patterns import COMMUNE_UNIT, PROVINCE_UNIT
from chidao.extract.language.tables import words
from chidao.extract.mentions.bodies import BodyFinder

_COMMUNE = re.compile(rf"(?<!\w){COMMUNE_UNIT}(?:\s+(?!(?:{PROVINCE_UNIT}|TP\.?)(?:\s|$))\S+){{1,6}}", re.IGNORECASE)
"""A commune, which may be called as a province is or was: "PHƯỜNG BẮC GIANG"."""
_PERSON = re.compile(
    r"(?:TNCS|CỘNG\s+SẢN|TIỀN\s+PHONG|QUỐC\s+GIA|CHỦ\s+TỊCH|BẢO\s+TÀNG|LĂNG)\s+HỒ\s+CHÍ\s+MINH", re.IGNORECASE
)
"""What is called after Hồ Chí Minh, and not in the city: "ĐOÀN TNCS HỒ CHÍ MINH"."""


def jurisdiction_of(left: Sequence[str], place: str | None, title: str | None, home: Place | None) -> Place | None:
    """Return whose document this is: what the issuer's lines name, then the declared home, then the title, then the place."""
    if found := next(filter(None, map(_named_province, left)), None):
        return found
    if home is not None:
        return home
    if title and (named := next(named_provinces(title), None)):
        return province(named)
    own = " ".join(match.group() for line in left for match in _COMMUNE.finditer(line))
    if place and left and place.upper() not in own and not any(_central(text) or is_national(text) for text in left):
        jurisdiction = find_province(place)
        return province(jurisdiction) if jurisdiction else None
    return None


def place_of(body: str, scope: str | None, home: Place | None) -> Place | None:
    """Return the place whose body `body` of the jurisdiction `scope` is, or the declared home."""
    if not scope or scope == "vn":
        return home
    jurisdiction = find_province(scope)
    return place_named(body, scope) or (province(jurisdiction) if jurisdiction else home)


def _named_province(text: str) -> Place | None:
    text = OF_OLD.sub("", _COMMUNE.sub("", _PERSON.sub("", text)))
    words = text.lower().replace("-", " - ").split()
    for i, first in enumerate(words):
        for name in _provinces_by_word().get(first, ()):
            if name == words[i : i + len(name)]:
                return province(provinces()[" ".join(name)])
    return None


@cache
def _provinces_by_word() -> dict[str, list[list[str]]]:
    """The words of the provinces' names by their first ones, the longest name first."""
    found: dict[str, list[list[str]]] = {}
    for name in sorted((name.split() for name in provinces()), key=len, reverse=True):
        if len(name) > 1:
            found.setdefault(name[0], []).append(name)
    return found


_PARTY_OF = re.compile(r"(?:ĐẢNG|CHI)\s+(?:BỘ|ỦY|UỶ)\s+")
"""Of "ĐẢNG ỦY CỤC HẢI QUAN", which is of the nation because the body is."""


def _central(text: str) -> bool:
    party = _PARTY_OF.match(text)
    found = BodyFinder(None).read(text, party.end() if party else 0) or BodyFinder(None).read(text, 0)
    return found is not None and found.scope == "vn"


def province_above(text: str, day: str | None) -> Place | None:
    """Return the province of a commune whose letterhead leaves it out: the only one of its `day` that the text names as such, where the
    text also speaks of a province's bodies of that kind ("Ủy ban nhân dân tỉnh")."""
    named = {j.slug: j for j in named_provinces(text) if not (j.valid_to and day and j.valid_to < day)}
    if len(named) != 1:
        return None
    above = province(*named.values())
    return above if _bodies_of(above).search(text) else None


def _bodies_of(above: Place) -> re.Pattern[str]:
    return re.compile(rf"{one_of(words('at each level'))}\s+{above.unit}(?!\w)|{above.party}(?!\w)", re.IGNORECASE)
