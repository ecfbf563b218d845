"""What the enacting rules share: the verbs of change, parts of documents, who "này" is, how lists go on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from chidao.extract.language.letters import LETTER
from chidao.extract.language.patterns import (
    ABOUT,
    ALONG,
    ALSO,
    ARTICLE,
    AS_FOLLOWS,
    ATTACHED,
    BESIDE,
    BY_NOW,
    CLOSES,
    CONTENT,
    DENIES,
    DIVISION,
    DRAFTS,
    EFFECT,
    FIRST_ARTICLE,
    GIVES,
    INTENDS,
    ISSUES,
    MEMBER,
    NUMBER_SIGN,
    PARTLY,
    PASSIVE,
    PROPOSES,
    SEVERAL,
    SHARE,
    SOME,
    TYPE,
    WEIGHS,
    WHOLE,
)
from chidao.extract.language.tables import CHANGES, read_relation
from chidao.extract.language.verbs import undergoing, verbs
from chidao.extract.mentions.anaphora import promulgates
from chidao.extract.model import SELF
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.relations.links import named_apart, same_list
from chidao.extract.statements.relations.titles import PART
from chidao.ontology.authority import types_of

VERBS = verbs("clause")
"""Verbs with which a clause changes a document."""

_FIRST_ARTICLE = re.compile(rf"\n[\s*_#]*{FIRST_ARTICLE}\s*[.:]")
_OF_A_PART = re.compile(
    rf"\s*(?:(?:(?:{SHARE}|{SEVERAL}|{CONTENT})\s+)*{PART}(?![{LETTER}])[^\n]*?"
    rf"(?<![{LETTER}])(?:của|tại|trong|vào|{ALONG}|(?:điều|khoản)\s+[0-9]+[a-zđ]?|(?:mục|phần|chương)\s+[0-9IVXL]+|phụ\s+lục(?:\s+[0-9IVX]+)?)\s*"
    rf"{MEMBER}[“\"*]*"
    rf"|(?:{SOME}|điều|điểm|khoản|{CONTENT}|quy\s+định|{DIVISION}\s+[0-9IVXLa-zđ]{{1,4}})(?:\s+(?:của|tại)(?:\s+các)?)?"
    rf"|(?:{SEVERAL}\s+)?quy\s+định\s+(?:tại|trong|ở)\s+(?:các\s+)?{DIVISION}(?:\s+[0-9IVXL]{{1,4}})?\s+(?:của|{ALONG}))\s*",
    re.IGNORECASE,
)
_FILLER = re.compile(
    rf"\s*(?:(?:cho|{SHARE}|{EFFECT}|thi\s+hành|của|các|những|văn\s+bản|[0-9]{{1,2}}|{AS_FOLLOWS}\s*:?|số\s*:?)\s+|[“\"*_:]+\s*)*",
    re.IGNORECASE,
)
_ALONG = re.compile(
    rf"(?:bản\s+|{SHARE}\s+)?(?:{ATTACHED})(?!\s+(?:tại|trong|ở)\s+(?:các\s+)?{DIVISION})\s[^;\n]*?"
    rf"(?:{ALONG}|tại)\s+$",
    re.IGNORECASE,
)
# "khoản 2 Điều 18 (đã được sửa đổi bởi Thông tư B)": B is told of, not acted on.
_TOLD = re.compile(rf"(?:{PASSIVE}|đã)\s+{verbs('passive', CHANGES)}|\s(?:bằng|bởi)\s", re.IGNORECASE)
_PART_BEFORE = re.compile(
    rf"(?<![{LETTER}])(?:{DIVISION}\s+[^;.:]{{0,60}}|{PARTLY}\s+(?:(?:của|các)\s+)?)$", re.IGNORECASE
)
_LISTED = re.compile(
    rf"(?:\s+của\s+(?:(?!{PASSIVE}\s|theo\s|bởi\s)[^\s,;.:()0-9]+\s+){{0,8}}?[^\s,;.:()0-9]+)?"
    rf"(?:\s*\([^()\n]{{0,90}}\))?{CLOSES}(?:[;,]|(?:[;,]\s*)?{BESIDE}\s)\s*(?:và\s+)?(?:(?:{SHARE}|các)\s+){{0,2}}"
    rf"(?:{DIVISION}\s[^;.\n]{{0,60}}?\s)?(?:của\s+)?(?:{NUMBER_SIGN})?[“\"]?\s*",
    re.IGNORECASE,
)
"""Behind a document whose issuer is told by its place alone ("của tỉnh Bình Thuận"), too."""
_DENIED = re.compile(
    rf"(?<!\w)(?:{DENIES}\s+(?:(?:còn|phải|nhằm|{PASSIVE})\s+){{0,2}}"
    rf"|(?:{INTENDS}|có\s+thể|yêu\s+cầu|{PROPOSES}|{WEIGHS}|{DRAFTS}|{GIVES})\s+(?:[^\s,;.]+\s+){{0,6}})$",
    re.IGNORECASE,
)
_NEAR = 60
"""Characters before a verb in which stands that it is not so."""
_ISSUED = re.compile(rf"(?:{ABOUT}\s+)?{ISSUES}\s+(?P<kind>\S+\s+\S+)")


_SHARES = re.compile(rf"(?<!\w)(?:(?P<whole>{WHOLE})|(?P<part>{PARTLY}))(?!\w)", re.IGNORECASE)
PARTLY_SO = re.compile(rf"\s*(?:(?:{EFFECT}|thi\s+hành)\s+)?{PARTLY}(?!\w)", re.IGNORECASE)
"""Behind a verb, what says that only a part ends."""
_MISTAKES = re.compile(
    r"^\s*(?:một\s+số\s+|các\s+|những\s+)?(?:lỗi|sai\s+sót)(?:\s+[^\s,;.]+){0,6}?\s+(?:tại|trong|ở|của)(?=\s)",
    re.IGNORECASE,
)


def done_to(gap: str, printed: str) -> str | None:
    """Return what the verb `printed` does to the document that stands behind `gap`; None where it means something else.

    >>> done_to(" Phụ lục ban hành kèm theo ", "Thay thế")
    'amends'
    """
    predicate = read_relation(printed).predicate
    if predicate == "corrects":  # "Đính chính sai sót về kỹ thuật trình bày tại Điều 3 A"
        gap = _MISTAKES.sub(" ", gap, 1)
    filler = _FILLER.match(gap)
    rest = gap[filler.end() :] if filler else gap
    if not rest.strip():
        return predicate
    if _TOLD.search(gap) and not _quoted(gap):
        return None
    if _OF_A_PART.fullmatch(gap.lstrip(" *_:")):
        return "amends" if predicate in ("replaces", "repeals") else predicate
    return predicate if _ALONG.fullmatch(rest) else None


def shares(text: str) -> set[str | None]:
    """Return how much of documents the text speaks of: "whole", "part".

    >>> sorted(shares("Bãi bỏ toàn bộ hoặc một phần các văn bản")), shares("VĂN BẢN HẾT HIỆU LỰC MỘT PHẦN")
    (['part', 'whole'], {'part'})
    """
    return {match.lastgroup for match in _SHARES.finditer(text)}


def _quoted(gap: str) -> bool:
    """ "Thay thế cụm từ “A” bằng cụm từ “B” tại …": quoted words tell of no third document."""
    return "“" in gap and "bằng" in gap and "được" not in gap


def denied(text: str, start: int, verb: int) -> bool:
    """Do the words from `start` to the verb at `verb` say that it is not so ("không bị bãi bỏ"), or not so yet ("có thể thay thế", "căn cứ
    để các bộ xem xét bãi bỏ")?"""
    return _DENIED.search(text, max(start, verb - _NEAR), verb) is not None


def enacts(passage: Passage) -> bool:
    """Do the document's own articles do something to others, without saying "này"? Those of a draft in a report or a letter do not."""
    kind = passage.heading.type
    if kind in types_of("enacting"):
        return True
    return promulgates(passage.heading) and _FIRST_ARTICLE.search(passage.text) is not None


def is_part(text: str, start: int, end: int) -> bool:
    """Do the words of text[start:end], which stand before a document, name a part of it?"""
    return _PART_BEFORE.search(text, max(start, end - 120), end) is not None


def listed(passage: Passage, previous: int, following: int) -> bool:
    """Does `following` go on with the list that `previous` is in?"""
    start = passage.references[following].start
    gap = min(passage.references[previous].extent, start)
    return _LISTED.fullmatch(passage.text, gap, start) is not None and same_list(passage, previous, following)


_BY = re.compile(rf"{CLOSES}[\s,(]*{BY_NOW}{undergoing()}\s+{MEMBER}", re.IGNORECASE)


def _together(passage: Passage, previous: int, following: int) -> bool:
    """Are two documents listed as those that changed another?"""
    apart = named_apart(passage.references[previous], passage.references[following])
    return not apart and listed(passage, previous, following)


def changing(passage: Passage, members: Sequence[int]) -> set[int]:
    """Return those of `members` that are named only for what they have done to one before ("A, được sửa đổi bởi B và C, hết hiệu lực")."""
    text, found = passage.text, passage.references
    told: set[int] = set()
    bracket = False
    for before, i in pairwise(members):
        gap = min(found[before].extent, found[i].start), found[i].start
        if _BY.fullmatch(text, *gap):
            bracket = "(" in text[slice(*gap)]
        elif before not in told or (bracket and ")" in text[slice(*gap)]) or not _together(passage, before, i):
            continue
        told.add(i)
    return told


_ALONE = re.compile(rf"[\s*_]*(?:{ARTICLE}\s*|[0-9]+\.\s*)?(?P<own>{TYPE})\s+", re.IGNORECASE)


_PASSED = re.compile(
    rf"(?:đã\s+)?được\s+[^;.]{{4,160}}?\s{ISSUES}(?:\s[^;.]{{4,80}}?)?(?:\s*,|\s{ALSO})\s+", re.IGNORECASE
)
""" "Nghị quyết đã được Hội đồng nhân dân tỉnh thông qua ngày 10/12/2025 và có hiệu lực kể từ ngày thông qua"."""


def itself(passage: Passage, at: int, verb: int) -> bool:
    """Does the clause at `at` begin with the document's own type alone, up to its verb ("Điều 4. Quyết định có hiệu lực kể từ ngày ký")?"""
    alone = _ALONE.match(passage.text, at, verb)
    own = (passage.heading.type or "").lower().split()
    if alone is None or alone["own"].lower().split() != own:
        return False
    return alone.end() == verb or _PASSED.fullmatch(passage.text, alone.end(), verb) is not None


_LONGEST_TITLE = 2000
"""Characters: what is longer is a text whose end of the title was not found."""


def is_self(passage: Passage, this: int) -> bool:
    """Does the "này" at `this` follow the document's own type ("Quyết định này"), and not another's ("Nghị định này")?

    What a decision issues is itself too: "Quy chế này" in a decision "ban hành Quy chế …".
    """
    if is_own(passage, passage.text[max(0, this - 40) : this]):
        return True
    # "Thông tư số 117/2009/TT-BTC này": its own number stands between
    before = passage.starting(max(0, this - 60), this)
    return any(passage.same(SELF, i) and passage.text[passage.references[i].end : this].isspace() for i in before[-1:])


def is_own(passage: Passage, words: str) -> bool:
    """Are the words, which stand before "này", what the document calls itself by?"""
    before = " ".join(words.lower().split())
    kind = (passage.heading.type or "").lower().split()
    if not kind:
        return False
    if before.endswith("văn bản"):
        return True
    # "Chương trình này" in a Chương trình hành động.
    if before.endswith((" ".join(kind), " ".join(kind[:2]))):
        return True
    if not promulgates(passage.heading):
        return False
    issued = _ISSUED.match(" ".join((passage.heading.title or "")[:_LONGEST_TITLE].split()).lower())
    return issued is not None and before.endswith(issued["kind"])
