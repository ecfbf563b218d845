"""The identity of a copy that begins in its middle: no letterhead, no line of its type, but the sentence that enacts it.

"Căn cứ Kế hoạch số …; Trường THPT X xây dựng Kế hoạch triển khai …, cụ thể như sau:" says type, issuer and title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import repeat

from chidao.extract.heading.lines import AROUND, Line
from chidao.extract.heading.sub_bodies import sub_body
from chidao.extract.language.composing import one_of
from chidao.extract.language.jurisdictions import Place, named_provinces, province
from chidao.extract.language.letters import UPPER
from chidao.extract.language.lexicon import Lexicon
from chidao.extract.language.organs import organs
from chidao.extract.language.patterns import AS_FOLLOWS, GROUND, SPEAKS
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import BodyMention, Heading, HeadingPlaces

_LINES = 20
"""Lines that say something before the enacting sentence, at most."""
_ENACTS = re.compile(
    r"(?P<verb>\s(?:xây\s+dựng\s+(?:và\s+)?(?:ban\s+hành\s+)?|ban\s+hành\s+|lập\s+))(?P<rest>\S.{6,600})$"
)
_ENDS = re.compile(
    rf"(?<!\s)(?:\s*,)?\s*(?:(?:cụ\s+thể|với\s+(?:(?:các|những)\s+)?nội\s+dung(?:\s+(?:cụ\s+thể|chủ\s+yếu|chính))?|gồm\s+các\s+nội\s+dung(?:\s+chính)?)\s+)?{AS_FOLLOWS}\s*:?\s*$",
    re.IGNORECASE,
)
_BEHIND = f"{AROUND}:"
_LAST = ("sau", "đây", "SAU", "ĐÂY")
"""How all that `AS_FOLLOWS` reads ends."""
_NUMBERED = re.compile(r"\s+(?:số\s|này|trên)")


def read_enacting(
    lines: Sequence[Line], home: Place | None, words: Lexicon, text: str
) -> tuple[Heading, Place | None] | None:
    """Return the heading that the enacting sentence states, and the document's place; None where no sentence states one."""
    said = list(filter(str.strip, lines[:80]))[:_LINES]
    for line, printed_end in zip(said, map(str.rstrip, said, repeat(_BEHIND)), strict=True):
        if printed_end[-3:] not in _LAST:
            continue
        bare = line.rstrip(" *_")
        end = _ENDS.search(bare)
        enacts = _ENACTS.search(bare[: end.start()]) if end else None
        if not enacts:
            continue
        kind = next((words.types[w] for w in _first_words(enacts["rest"]) if w in words.types), None)
        where = home or _only_province(said)
        issuer = _issuer(bare[: enacts.start()].lstrip(" *_-"), where, text) if kind else None
        if kind is None or issuer is None:
            continue
        body = issuer
        printed = next(w for w in _first_words(enacts["rest"]) if w in words.types)
        if _NUMBERED.match(enacts["rest"], len(printed)) or ". " in enacts["rest"]:
            continue
        title = enacts["rest"][len(printed) :].strip(' ,“”"')
        start = line.find(title) + line.start
        heading = Heading(
            type=kind.name, issuer=body.name, issuer_key=body.key, scope=body.scope, title=title[:1].upper() + title[1:] or None,
            places=HeadingPlaces(title=(start, start + len(title)) if title else None),
        )  # fmt: skip
        return heading, where
    return None


def issuer_said(text: str, kind: str, left: Sequence[str], where: Place | None) -> BodyMention | None:
    """Return the body that a document's own sentence says enacts it, where the letterhead cannot be read: "UBND tỉnh xây dựng Kế hoạch …
    như sau:" in a Kế hoạch. None where no sentence does, or where the lines of the letterhead (`left`) name another."""
    own = r"\s*".join(map(re.escape, kind.split()))
    enacts = re.compile(rf"{_VERB}{own}(?!\s+(?:số|này|trên)(?!\w))", re.IGNORECASE)
    for said in enacts.finditer(text, 0, _HEAD):
        goes_on = next((m for m in _STOPS.finditer(text, said.end()) if m["semicolon"] is None), None)
        rest = " ".join(text[said.end() : goes_on.start()].split()) if goes_on else ""
        if not _ENDS.search(rest) or _HANDS_ON.search(rest):
            continue
        first = max(0, said.start() - _LONGEST)
        begins = max((m.end() for m in _STOPS.finditer(text, first, said.start())), default=0)
        before = " ".join(text[max(begins, first) : said.start()].split()).lstrip("-–*_ ")
        body = _issuer(before, where, text)
        if body is None or not body.scope or body.scope.startswith("unknown"):
            continue
        opens = BodyFinder(where).read(before, 0)
        if ((opens and opens.key == body.key) or _GROUNDED.match(before)) and _may_be(body, left):
            return body
    return None


_GROUNDED = re.compile(
    rf"(?:{GROUND}|(?:Tiếp\s+tục\s+)?Thực\s+hiện|Triển\s+khai|Hưởng\s+ứng|Năm\s+[0-9]{{4}}|Để|Nhằm|Trên\s+cơ\s+sở)(?!\w)",
    re.IGNORECASE,
)
"""How a sentence that enacts begins, before the body: on what it rests, what it carries out, what it is for."""


_HANDS_ON = re.compile(rf"[,;]\s+[{UPPER}]|(?<!\w)giao\s")
"""Of "UBND tỉnh ban hành Kế hoạch A, Trường B triển khai thực hiện như sau": what follows is another's."""


def _may_be(body: BodyMention, left: Sequence[str]) -> bool:
    """Do the lines of a letterhead that cannot be read say nothing else than the body's name, but for a letter or two?"""
    words = " ".join(left).split()
    name = body.name.upper().split()
    return not words or sum(word in name for word in words) >= len(words) - 1


def organ_said(text: str, body: BodyMention) -> str | None:
    """Return the organ of a committee that the text says speaks for it ("TỈNH ỦY MẪU", "Ban Thường vụ Tỉnh ủy yêu cầu:"), where the copy
    ends before the signature; None where no sentence says."""
    committee = (body.key or "").rpartition("/")[2]
    named = [organ.name for organ in organs().values() if organ.committee and organ.committee == committee]
    if not named:
        return None
    speaks = re.compile(
        rf"(?:\A|\n|[,;.]\s)[\s*_]*(?P<organ>{one_of(named)})(?:\s+(?!đã\s)[^\s,;:.]+){{0,6}}?"
        rf"\s+(?:{SPEAKS}|quy\s+định|kết\s+luận)\s[^:.]{{0,{_LONGEST}}}:[ \t*_]*(?:\n|\Z)"
    )
    said = speaks.search(text, 0, _HEAD)
    return said["organ"] if said else None


_VERB = r"\s+(?:xây\s+dựng\s+(?:và\s+)?(?:ban\s+hành\s+)?|ban\s+hành\s+|lập\s+)"
_STOPS = re.compile(r"(?:(?P<semicolon>;)|:)(?=\s|$)|\.(?=\s+[^\W\d_])|\n[ \t]*\n")
"""Where a sentence ends; but for a semicolon it announces there what follows, or ends without."""
_HEAD = 8000
"""Characters in which a document says what it is."""
_LONGEST = 400
"""Characters of such a sentence before its verb."""


def _first_words(text: str) -> list[str]:
    """The first one to five words, in lower case, the longest run first."""
    found = [m.end() for m in re.finditer(r"\S+", text[:60])][:5]
    return [" ".join(text[:end].lower().split()) for end in reversed(found)]


def _issuer(before: str, where: Place | None, text: str) -> BodyMention | None:
    """The body with which the sentence, or its last clause, ends before the verb."""
    finder = BodyFinder(where)
    starts = [0, *(m.end() for m in re.finditer(r"[,;]\s+", before))]
    for at in starts:
        printed = before[at:].strip()
        if not printed or len(printed) > 120:
            continue
        found = finder.read(printed, 0)
        if found and found.end == len(printed):
            return found
        if printed[0].isupper() and "," not in printed and (body := sub_body(printed, None, where, text)):
            return body
    return None


def _only_province(lines: Sequence[str]) -> Place | None:
    """The one province that the lines name; None for several or none."""
    named = {j.slug: j for line in lines for j in named_provinces(line)}
    return province(next(iter(named.values()))) if len(named) == 1 else None
