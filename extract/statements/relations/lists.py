"""Lists that a clause announces, in the paragraphs below it or in its own.

"Bãi bỏ các văn bản sau đây: a) A; b) khoản 3 Điều 4 B", "Các Thông tư sau đây hết hiệu lực kể từ ngày Nghị định này có hiệu
lực: 1. A", "Các văn bản sau đây bị bãi bỏ: a) A", "Bãi bỏ các văn bản sau: A; B".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chidao.extract.language.letters import LETTER
from chidao.extract.language.patterns import (
    ACTIVE,
    AGENT,
    ALONG,
    EFFECT,
    ITEM,
    NUMBER_SIGN,
    PASSIVE,
    PROPOSES,
    SEVERAL,
    SHARE,
    TYPE,
    WEIGHS,
)
from chidao.extract.language.tables import CHANGES, key, read_relation
from chidao.extract.language.verbs import verbs
from chidao.extract.model import SELF, Relation
from chidao.extract.statements.passage import Paragraph, Passage
from chidao.extract.statements.relations.clauses import (
    VERBS,
    denied,
    enacts,
    is_part,
    is_self,
    listed,
)
from chidao.extract.statements.relations.conditions import BEFORE, CONDITION
from chidao.extract.statements.relations.links import outranked
from chidao.extract.statements.said import said_in

_SEVERAL = rf"{SEVERAL}\s+[^.;:\n]{{2,90}}?\s"
_NAMED = rf"{SEVERAL}\s+(?:văn\s+bản|{TYPE})(?:\s+[^\s.,;:]+){{0,8}}"
# "Các văn bản sau đây bị bãi bỏ:", unless another document did it.
_UNDERGO = rf"{PASSIVE}\s+{verbs('passive', CHANGES)}(?![^.;:\n]{{0,100}}\s{AGENT}\s(?![^.;:\n]{{2,40}}\snày))"
_LEAD = re.compile(
    rf"(?:{ACTIVE}(?<![{LETTER}])(?P<trigger>{VERBS})(?![{LETTER}])(?:\s+(?:{SHARE}|{EFFECT}|của))*\s+(?:{_SEVERAL}sau(?:\s+đây)?|{_NAMED}(?=\s*:))"
    rf"|(?:(?<=này\s)|(?<=[0-9a-zđ][.)]\s))(?P<bare>{VERBS})(?=\s*:)"
    rf"|{_SEVERAL}sau(?:\s+đây)?\s+(?P<ends>{verbs('state')}|{_UNDERGO}))(?:(?:\s*,|\s)?[^.;:\n]{{0,140}}:\s*[*_]*|[ \t*_]*\Z)",
    re.IGNORECASE,
)
# "Giao các sở rà soát, đề xuất bãi bỏ các văn bản sau:": nothing is repealed yet.
_PROPOSED = re.compile(
    rf"(?<![{LETTER}])(?:giao|{PROPOSES}|{WEIGHS})\s[^.;:\n]{{0,120}}$",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"[\s*_]*(?:(?P<article>Điều\s+[0-9])|(?P<number>[0-9]+(?:\.[0-9]+)*[.)])|(?P<letter>[a-zđ][.)])|(?P<dash>[-–+•*])\s)",
    re.IGNORECASE,
)
_BEFORE_FIRST = re.compile(
    rf"{ITEM}[\s*_]*(?:{SHARE}\s+|các\s+)?(?:{NUMBER_SIGN})?",
    re.IGNORECASE,
)
_CARRIED_ALONG = re.compile(rf"{ALONG}\s+$", re.IGNORECASE)
_REACH = 1500
"""How far above its item the announcement may stand when no document was named since, in characters."""
_LEAD_WINDOW = 460
"""How far before a document the announcement in its own paragraph may begin, in characters."""


@dataclass(frozen=True, slots=True)
class _Announced:
    """What happens to each item of a list; `kind` tells how the announcing paragraph is numbered."""

    predicate: str
    trigger: str
    start: int
    kind: str | None = None


def announced_lists(passage: Passage) -> Iterator[Relation]:
    """Yield what the document announces for the items of its lists."""
    if not passage.heading.type:
        return
    own_articles = enacts(passage)
    at = 0
    known: _Announced | None = None
    for paragraph in passage.own_paragraphs:
        known = _list_before(passage, (at, paragraph.start), known, own_articles)
        at = paragraph.start
        if known:
            yield from _item(passage, paragraph.members, paragraph.start, known)
        elif lead := _lead_within(passage, paragraph):
            this = passage.text.find("này", passage.layout.paragraph(lead.start())[0], lead.end())
            if is_self(passage, this) if this >= 0 else own_articles:
                yield from _item(passage, paragraph.members, lead.end(), _announced(lead, lead.start()))


def _announcement(passage: Passage, start: int, end: int) -> re.Match[str] | None:
    text = passage.text
    changed = said_in(passage.layout.low)["changed"].first(start, end) >= 0
    lead = _LEAD.search(text, start, end) if changed else None
    if lead is None or _PROPOSED.search(text, start, lead.start()) or denied(text, start, lead.start()):
        return None
    supposed = BEFORE.match(text, start, end) or CONDITION.search(text, lead.end(lead.lastgroup or 0), end)
    return None if supposed else lead


def _lead_within(passage: Passage, paragraph: Paragraph) -> re.Match[str] | None:
    """Return the announcement of a list that stands right before the first document of its own paragraph."""
    text, end = passage.text, passage.references[paragraph.members[0]].start
    before = text[paragraph.start : end]
    if ":" not in before:
        return None
    return _announcement(passage, max(paragraph.start, end - _LEAD_WINDOW), end)


def _list_before(
    passage: Passage, span: tuple[int, int], known: _Announced | None, own_articles: bool
) -> _Announced | None:
    """Return the list that the paragraph at the end of `span` is an item of, if any.

    The span begins with the last paragraph that named a document, which was in the list `known`; what stands between may
    announce a new list or end the known one: an item of the announcement's own numbering, or a new article.
    """
    text = passage.text
    at, start = span
    if start - at > _REACH:
        known = None
        at = text.find("\n", start - _REACH, start) + 1 or start
    while at < start:
        end = text.find("\n", at)
        if not passage.quotes.holds(at):
            fresh = _announces(passage, at, end, own_articles)
            if fresh:
                known = fresh
            elif known and at > known.start and _ends(text, at, known):
                known = None
        at = end + 1
    return None if known and _ends(text, start, known) else known


def _announces(passage: Passage, start: int, end: int, own_articles: bool) -> _Announced | None:
    """Return what the paragraph text[start:end] announces; None where it is no own clause of the document."""
    lead = passage.text[start:end]
    # An article's heading often has no colon: "Điều 1. Bãi bỏ toàn bộ các Quyết định sau đây".
    if " sau" not in lead and (":" not in lead or not lead.rstrip(" \r*_").endswith(":")):
        return None
    match = _announcement(passage, max(start, end - 400), end)
    if match is None or match.end() < start + len(lead.rstrip()):
        return None
    this = lead.find("này")
    if not (is_self(passage, start + this) if this >= 0 else own_articles):
        return None
    return _announced(match, start, _kind(passage.text, start))


def _announced(match: re.Match[str], start: int, kind: str | None = None) -> _Announced:
    printed = match["trigger"] or match["bare"] or match["ends"]
    partly = " một phần " in key(match.group())
    return _Announced("amends" if partly else read_relation(printed).predicate, printed, start, kind)


def _kind(text: str, start: int) -> str | None:
    match = _ITEM.match(text, start)
    return match.lastgroup if match else None


def _ends(text: str, start: int, known: _Announced) -> bool:
    kind = _kind(text, start)
    return kind == "article" or (kind is not None and kind == known.kind)


def _item(passage: Passage, members: Sequence[int], start: int, announced: _Announced) -> Iterator[Relation]:
    """Yield one item of the list, from `start` on: its first document, and those that the item joins to it."""
    text, found = passage.text, passage.references
    first = found[members[0]].start
    if not (
        _BEFORE_FIRST.fullmatch(text, start, first)
        or is_part(text, start, first)
        or _CARRIED_ALONG.search(text, start, first)
    ):
        return
    for n, i in enumerate(members):
        if n and not listed(passage, members[n - 1], i):
            return
        predicate = announced.predicate
        lead = found[members[n - 1]].extent if n else start
        if predicate in ("replaces", "repeals") and is_part(text, min(lead, found[i].start), found[i].start):
            predicate = "amends"
        if not outranked(passage.heading.type, predicate, found[i]):
            yield Relation(SELF, predicate, i, start, found[i].end, announced.trigger, "explicit", "enacting-list")
