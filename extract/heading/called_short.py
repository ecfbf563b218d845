"""Issuers that a paper names by a committee's bare word: "Nghị quyết số 5-NQ/ĐU của Đảng ủy", "Quyết định số 7/QĐ-UBND của Ủy ban".

It is the one such committee of the letterhead, be it who issues or who stands above; where two stand there nobody can say which is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chidao.extract.language.composing import one_of, spaced
from chidao.extract.language.letters import LETTER, UPPER, early_tones
from chidao.extract.language.organs import organs
from chidao.extract.language.patterns import UNIT
from chidao.extract.language.symbols import issuer_part
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import BodyMention, Heading, Reference

_BARE = re.compile(rf"(?P<organ>(?:{one_of(organ.name for organ in organs().values())})\s+)?(?P<what>Đảng ủy|Ủy ban)")
_OF = re.compile(rf"\s+của\s+(?={_BARE.pattern}\s*(?:[.,;:)]|$))", re.MULTILINE)
_CODES = {"Đảng ủy": "đu", "Ủy ban": "ubnd"}
"""What the numbers of the documents that such a committee issues say of it, as `issuer_part` has it."""
_LONGEST = 800
"""Of a letterhead, in characters."""


def called_short(found: Sequence[Reference], heading: Heading, text: str, finder: BodyFinder) -> list[Reference]:
    """Return the references; an issuer that is a bare word is the one such body of the letterhead of `text`."""
    shown: dict[str, BodyMention | None] = {}
    read = list(found)
    for i, f in enumerate(found):
        bare = _bare(text, f) if f.symbol and f.issuer_key is None else None
        if bare is None or issuer_part(f.symbol or "") != _CODES[bare["what"]]:
            continue
        if bare["what"] not in shown:
            shown[bare["what"]] = _of_letterhead(bare["what"], heading, text, finder)
        body = shown[bare["what"]]
        if body and _beside_another(text, f, body):
            continue
        if body and (whole := _organ_of(bare["organ"], body, finder)):
            read[i] = replace(f, issuer=whole.name, issuer_key=whole.key, scope=whole.scope)
    return read


def _bare(text: str, f: Reference) -> re.Match[str] | None:
    """The bare word that is the document's issuer, or stands where one is read."""
    if f.issuer:
        return _BARE.fullmatch(f.issuer)
    of = _OF.match(text, f.extent)
    return _BARE.match(text, of.end()) if of else None


def _of_letterhead(what: str, heading: Heading, text: str, finder: BodyFinder) -> BodyMention | None:
    """The one body of the letterhead whose name begins with the word; None where there is none, or two."""
    below = heading.places.type or heading.places.number
    top = text[: min(below[0], _LONGEST)] if below else ""
    if len(re.findall(rf"(?<![{LETTER}]){what.upper()}(?![{LETTER}])", early_tones(top))) != 1:
        return None
    named = [b for b in finder.find(top, []) if b.name.startswith(f"{what} ") and b.key]
    if not named and heading.issuer and heading.issuer_key and heading.issuer.startswith(f"{what} "):
        return BodyMention(0, 0, "", heading.issuer, heading.issuer_key, "letterhead", scope=heading.scope)
    return named[0] if len(named) == 1 else None


_NAMED = re.compile(
    rf"(?<![{LETTER}])(?:Đảng\s+ủy\s+(?=[{UPPER}]|{UNIT}\s)|(?:Ủy\s+ban\s+nhân\s+dân|UBND)\s+(?:các\s+)?(?={UNIT}\s))"
)


def _beside_another(text: str, f: Reference, body: BodyMention) -> bool:
    """Does the line, or the paragraph above it, name such a body other than this one: "Đảng ủy phường A báo cáo việc thực hiện Nghị quyết …
    của Đảng ủy"?"""
    line = text.rfind("\n", 0, f.start) + 1
    above = text.rfind("\n", 0, len(text[:line].rstrip())) + 1
    near = early_tones(text[above : f.start])
    own = re.compile(_name_of(body))
    return any(not own.match(near, named.start()) for named in _NAMED.finditer(near))


_IN_PARTS = re.compile(rf"(?P<kind>Đảng ủy|Ủy ban nhân dân) (?P<unit>{UNIT}) (?P<place>.+)")


def _name_of(body: BodyMention) -> str:
    """The pattern of a body's name, also without its place: "UBND tỉnh Lào Cai", "UBND tỉnh", and no "UBND tỉnh Sơn La"."""
    if (parts := _IN_PARTS.fullmatch(body.name)) is None:
        return rf"{spaced(body.name)}(?!\w)"
    kind = rf"(?:{spaced(parts['kind'])}|UBND)" if parts["kind"].startswith("Ủy") else spaced(parts["kind"])
    return rf"{kind}\s+{parts['unit']}(?:\s+{spaced(parts['place'])})?(?!\w|\s+[{UPPER}])"


def _organ_of(organ: str | None, body: BodyMention, finder: BodyFinder) -> BodyMention | None:
    """The organ of a committee, or the committee; None where the tables know no such organ."""
    if organ is None:
        return body
    name = f"{organ}{body.name}"
    whole = finder.read(name, 0)
    return whole if whole and whole.end == len(name) else None
