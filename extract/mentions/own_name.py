"""The committee that issues a document, called short in it: "Đảng ủy Sở" of "Đảng ủy Sở Y tế tỉnh X", "Công đoàn Sở" of that Sở, "Văn
phòng Đảng ủy" of "Đảng ủy các cơ quan Đảng tỉnh X".

The committee's word, or the word that says what kind of agency it is, stands for the whole name; whoever else has such a committee is
named in full.
"""

from __future__ import annotations

import re

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LETTER, UPPER
from chidao.extract.language.organs import ORGAN
from chidao.extract.language.patterns import COMMUNE_UNIT
from chidao.extract.language.tables import words

_COMMITTEE = one_of(word.capitalize() for word in words("committee"))
_AGENCY = one_of({*words("department"), *words("institution"), "Cục", "Tổng công ty", "Tập đoàn", "Tổng cục"})
_HOUSE = re.compile(rf"{_COMMITTEE} (?P<agency>(?P<kind>{_AGENCY})(?![{LETTER}])\s.+)")
_SHORT = re.compile(rf"(?:^|(?<=\s))(?:{_COMMITTEE}|Công đoàn|Đoàn Thanh niên|Hội Cựu chiến binh) (?P<kind>{_AGENCY})$")
_OF_COMMITTEE = " Đảng ủy"
"""The end of "Ban Tổ chức Đảng ủy", "Bí thư Đảng ủy"."""
_COMMITTEE_OF = re.compile(rf"Đảng ủy (?:(?P<commune>{COMMUNE_UNIT}\s.+)|(?!(?:.*\s)?{COMMUNE_UNIT}\s)(?P<whose>.+))")
"""A committee whose organs no table of places knows: of an agency, of several agencies, of a company; in a commune's agency the commune's
own may be meant."""

_A_COMMUNE = re.compile(rf"(?<!\w)(?i:{COMMUNE_UNIT})\s+[{UPPER}]")
"""Where a line names a commune, "Đảng ủy" behind it may be that one's."""
_ISSUES = re.compile(r"(?:\A|[.;:\n]\s*[-+*_]*\s*|,\s+)Đảng ủy\s+(?:đã\s+)?(?:ban\s+hành|có)\s+\Z")
"""Before a document that the committee itself has issued: "Đảng ủy đã ban hành Kế hoạch …"."""
_NEAR = 60
"""Characters in which that stands."""


def in_full(name: str, issuer: str | None) -> str | None:
    """Return the name of a body that ends with its own agency's kind in full, where a committee of that agency issues the document.

    >>> in_full("Văn phòng Đảng ủy Sở", "Đảng ủy Sở Y tế tỉnh Lào Cai")
    'Văn phòng Đảng ủy Sở Y tế tỉnh Lào Cai'
    >>> in_full("Ban Tổ chức Đảng ủy", "Đảng ủy các cơ quan Đảng tỉnh Lào Cai")
    'Ban Tổ chức Đảng ủy các cơ quan Đảng tỉnh Lào Cai'
    """
    if not issuer:
        return None
    if name.endswith(_OF_COMMITTEE) and not _is_of_many(name):
        committee = _COMMITTEE_OF.fullmatch(ORGAN.sub("", issuer, count=1))
        return f"{name} {committee['whose']}" if committee and committee["whose"] else None
    short = _SHORT.search(name)
    house = _HOUSE.fullmatch(ORGAN.sub("", issuer, count=1)) if short else None
    if short is None or house is None or short["kind"] != house["kind"] or _is_of_many(name):
        return None
    return f"{name[: short.start('kind')]}{house['agency']}"


def _is_of_many(name: str) -> bool:
    return name.lower().startswith(("các ", "mỗi ", "từng "))


def issued_itself(text: str, start: int, issuer: str | None) -> bool:
    """Does the text say before the document at `start` that the committee whose paper it is, called by that word alone, issued it?"""
    committee = ORGAN.sub("", issuer, count=1) if issuer else ""
    own = _COMMITTEE_OF.fullmatch(committee)
    if own is None or (own["commune"] and _A_COMMUNE.search(text, text.rfind("\n", 0, start) + 1, start)):
        return False
    return _ISSUES.search(text[max(0, start - _NEAR) : start]) is not None
