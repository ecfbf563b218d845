"""Lists that a clause announces: "Bãi bỏ các văn bản sau đây: a) …; b) …", "Các Thông tư sau đây hết hiệu lực …: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chidao.extract.language.letters import LETTER
from chidao.extract.mentions.references import Found
from chidao.extract.model import SELF, Heading
from chidao.extract.reading.quotes import Quotes
from chidao.extract.statements.relations.clauses import VERBS, is_part, is_self, listed, predicate_of
from chidao.extract.statements.relations.links import Link, outranked

_SEVERAL = r"(?:các|những|[0-9]{1,2})\s+[^.;:\n]{2,90}?\s"
LEAD = re.compile(
    rf"(?:(?<!được\s)(?<!bị\s)(?<![{LETTER}])(?P<trigger>{VERBS})(?![{LETTER}])(?:\s+(?:toàn\s+bộ|một\s+phần|hiệu\s+lực|của))*\s+{_SEVERAL}sau(?:\s+đây)?"
    rf"|{_SEVERAL}sau(?:\s+đây)?\s+(?P<ends>(?:chấm\s+dứt|hết)\s+hiệu\s+lực))(?:\s*,|\s)?[^.;:\n]{{0,140}}:\s*[*_]*",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"[\s*_]*(?:(?P<article>Điều\s+[0-9])|(?P<number>[0-9]+(?:\.[0-9]+)*[.)])|(?P<letter>[a-zđ][.)])|(?P<dash>[-–+•*])\s)",
    re.IGNORECASE,
)
_BEFORE_FIRST = re.compile(
    r"[\s*_]*(?:[0-9]+(?:\.[0-9]+)*[.)]|[a-zđ][.)]|[-–+•])?[\s*_]*(?:toàn\s+bộ\s+|các\s+)?(?:số\s*:?\s*)?",
    re.IGNORECASE,
)
_REACH = 1500
"""How far above its item the announcement may stand when no document was named since, in characters."""


@dataclass(frozen=True, slots=True)
class Announced:
    """What happens to each item of a list; `kind` tells how the announcing paragraph is numbered."""

    predicate: str
    trigger: str
    start: int
    kind: str | None


def _kind(text: str, start: int) -> str | None:
    match = _ITEM.match(text, start)
    return match.lastgroup if match else None


def _announces(text: str, start: int, end: int, heading: Heading, enacts: bool) -> Announced | None:
    """What the paragraph text[start:end] announces; None where it is no own clause of the document."""
    lead = text[start:end]
    if not lead.rstrip(" *_").endswith(":") or "sau" not in lead[-260:]:
        return None
    match = LEAD.search(lead, max(0, len(lead) - 400))
    if match is None or match.end() < len(lead.rstrip()):
        return None
    at = lead.find("này")
    if at >= 0 and not is_self(lead, at, heading):
        return None
    if at < 0 and not enacts:
        return None
    printed = match["trigger"] or match["ends"]
    return Announced(predicate_of(printed), printed, start, _kind(text, start))


def list_before(
    text: str, begin: int, start: int, known: Announced | None, heading: Heading, enacts: bool, quotes: Quotes
) -> Announced | None:
    """The list that the paragraph at `start` is an item of, if any.

    `begin` is where the last paragraph with a document began and `known` the list that it was in; what stands between may
    announce a new list or end the known one: an item of the announcement's own numbering, or a new article.
    """
    at = begin
    if start - begin > _REACH:
        known = None
        at = text.find("\n", start - _REACH, start) + 1 or start
    while at < start:
        end = text.find("\n", at)
        if not quotes.holds(at):
            fresh = _announces(text, at, end, heading, enacts)
            if fresh:
                known = fresh
            elif known and at > known.start and _ends(_kind(text, at), known):
                known = None
        at = end + 1
    return None if known and _ends(_kind(text, start), known) else known


def _ends(kind: str | None, known: Announced) -> bool:
    return kind == "article" or (kind is not None and kind == known.kind)


def read_item(
    text: str,
    found: Sequence[Found],
    parents: Sequence[int],
    members: Sequence[int],
    start: int,
    announced: Announced,
    own_type: str,
) -> Iterator[Link]:
    """One item of the list, from `start` on: its first document, and those that the item joins to it."""
    first = found[members[0]].start
    if not _BEFORE_FIRST.fullmatch(text, start, first) and not (
        is_part(text, start, first) or re.search(r"kèm\s+theo\s+$", text[start:first], re.IGNORECASE)
    ):
        return
    for n, i in enumerate(members):
        if n and not listed(text, found, parents, members[n - 1], i):
            return
        predicate = announced.predicate
        lead = found[members[n - 1]].extent if n else start
        if predicate in ("replaces", "repeals") and is_part(text, min(lead, found[i].start), found[i].start):
            predicate = "amends"
        if not outranked(own_type, predicate, found[i]):
            yield Link(SELF, predicate, i, start, found[i].end, announced.trigger, "explicit", "enacting-list")
