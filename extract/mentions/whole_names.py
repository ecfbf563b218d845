"""Names that end in another body's: "Đoàn Thanh niên | Bộ Y tế", "Đảng ủy | Bộ Quốc phòng", "Chi bộ Văn phòng | Sở Nội vụ tỉnh Hà Nam".

What such a body does is not done by the one whose name ends its own. But a name is no clause: words in small letters belong to it only as a
matter that bodies are known to have ("Hội đồng thi đua | Bộ Y tế"; "Ban đầu", "Bệnh viện quá tải" begin none).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LETTER, LOWER, UPPER
from chidao.extract.language.patterns import DENIES, DIRECTS, GIVES, INTENDS, ISSUES, MANNER, PROPOSES, SPEAKS, WEIGHS
from chidao.extract.language.symbols import is_symbol_of, names_issuer
from chidao.extract.language.tables import words
from chidao.extract.language.verbs import CARRIES_OUT
from chidao.extract.mentions.organs import ORGAN, as_printed, with_organ
from chidao.extract.model import BodyMention

if TYPE_CHECKING:
    from collections.abc import Iterable

KINDS: tuple[str, ...] = tuple(
    {word for kind in ("kind of body", "part of a body", "body below", "organ of a body") for word in words(kind)}
)
"""What names of bodies begin with."""
_NO_NAME = one_of(words("ends a body's name"))
_ENDS = (
    rf"{ISSUES}|{SPEAKS}|{PROPOSES}|{WEIGHS}|{DIRECTS}|{GIVES}|{DENIES}|{INTENDS}|{MANNER}|{CARRIES_OUT}|{one_of(words('sends'))}|"
    rf"{one_of(words('already'))}|{one_of(words('helps'))}|{_NO_NAME}|và(?=\s+(?:[{UPPER}]|\Z))"
)
"""What stands in a sentence, and in no name."""
_PART = rf"(?!(?:{_ENDS})(?![{LETTER}]))"
_MATTER = rf"(?i:{one_of(words('matter of a body'))})(?![{LETTER}])"
_FIELD = rf"{_PART}(?:{_MATTER}|{one_of(words('field of a department'))}(?![{LETTER}]))"
_WORD = rf"{_PART}(?:{_MATTER}|[{UPPER}][{LETTER}&-]*(?:[^\S\n]+{_PART}[{LOWER}]+)?)"
"""A matter that bodies are known to have, or a word of one or two syllables that a capital makes a name's ("Pháp chế")."""
NAMED = (
    rf"(?<![Tt]ại\s)(?<![Ởở]\s)(?<![Tt]rong\s){one_of(KINDS)}"
    rf"(?:[^\S\n]+(?:và[^\S\n]+)?{_FIELD}){{0,3}}(?:[^\S\n]+{_WORD}){{0,6}}"
)
"""A kind of body with a name; where something stands does nothing: "Tại Trung tâm Hội nghị Quốc gia | Bộ Y tế đã công bố …"."""
_BEGINS = re.compile(
    rf"(?<![{LETTER}])(?!{one_of(words('begins like a body'))}(?![{LETTER}]))(?:{one_of(KINDS)}|{NAMED})"
    rf"(?:[^\S\n]+(?:trực[^\S\n]+)?thuộc)?[^\S\n]+\Z"
)
_KIND = re.compile(one_of(KINDS, whole=True))
"""Without such a word there is no name to be tried for."""
_LONGEST = 80


def whole_name(text: str, body: BodyMention, floor: int) -> BodyMention:
    """Return the body whose name ends with that of `body`, and begins not before `floor`; `body` itself where that is all of it. A standing
    committee is itself, by whatever name the tables have its committee too."""
    if body.name[:7] == "Đảng ủy" and text.startswith("Ban ", body.start) and (organ := ORGAN.match(text, body.start)):
        return replace(with_organ(organ.group(), body), start=body.start)
    if body.start - floor < 3 or text[body.start - 1] not in " \xa0\t" or not text[body.start - 2].isalpha():
        return body
    begin = max(floor, body.start - _LONGEST)
    kind = _KIND.search(text, begin, body.start)
    longer = _BEGINS.search(text, kind.start(), body.start) if kind else None
    if longer is None:
        return body
    organ = ORGAN.match(text, longer.start())
    if organ and organ.end() == body.start:
        return replace(with_organ(organ.group(), body), start=longer.start())
    own = as_printed(text, longer.start(), body.start)
    return replace(as_printed(text, longer.start(), body.end), name=f"{own.name} {body.name}")


def whole_names(text: str, bodies: Iterable[BodyMention]) -> tuple[BodyMention, ...]:
    """Return the bodies, in text order, with the names that end in theirs in their place."""
    found: list[BodyMention] = []
    for body in bodies:
        found.append(whole_name(text, body, found[-1].end if found else 0))
    return tuple(found)


def issues_itself(symbol: str | None, body: BodyMention) -> bool:
    """Is it the symbol of the body itself, whatever longer name ends in its name? "TT-BYT" is the ministry's, and none of its parts'."""
    return symbol is not None and names_issuer(symbol) and is_symbol_of(symbol, body.key)
