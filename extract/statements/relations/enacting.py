"""Enacting clauses: what the document's own articles do to other documents.

"Quyết định này thay thế A", "Điều 2. Bãi bỏ A", and the lists and passive clauses of the neighbouring modules. "Nghị định này"
in a decision is another document; a quoted passage speaks for the document that it is put into; and what happens to a part
of a document changes the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chidao.extract.language.letters import LETTER
from chidao.extract.mentions.references import Found
from chidao.extract.model import SELF, Heading
from chidao.extract.reading.layout import Layout
from chidao.extract.reading.quotes import Quotes
from chidao.extract.statements.relations.clauses import ENACTING, VERBS, done_to, is_self, listed, predicate_of
from chidao.extract.statements.relations.links import Link, nesting, outranked
from chidao.extract.statements.relations.lists import LEAD, Announced, list_before, read_item
from chidao.extract.statements.relations.passive import find_undergone

_THIS = re.compile(
    rf"(?<![{LETTER}])này(?![{LETTER}])[^.\n]{{0,200}}?(?<!được\s)(?<!bị\s)(?<!đã\s)(?P<trigger>{VERBS})(?![{LETTER}])"
    r"(?P<gap>[^.;\n]{0,220})$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"[\s*_]*(?:Điều\s+[0-9]+[a-z]?\s*[.:]\s*|[0-9]+\.(?:[0-9]+\.?)?\s*|[a-zđ]\)\s*|[-–+]\s*)?[\s*_]*"
    rf"(?P<trigger>{VERBS})(?![{LETTER}])(?P<gap>[^\n]{{0,300}})$",
    re.IGNORECASE,
)
_FIRST_ARTICLE = re.compile(r"\n[\s*_#]*(?:Điều|ĐIỀU)\s+1\s*[.:]")
_WINDOW = 460
"""How far before a document its clause may begin, in characters."""


def find_enacting(layout: Layout, found: list[Found], heading: Heading, quotes: Quotes) -> Iterator[Link]:
    """What the document's own clauses do to the documents of the text; nothing where its type is unknown."""
    if not heading.type:
        return
    text = layout.text
    parents = nesting(found)
    enacts = heading.type in ENACTING or _FIRST_ARTICLE.search(text) is not None
    i = at = 0
    known: Announced | None = None
    while i < len(found):
        start, stop = layout.paragraph(found[i].start)
        members: list[int] = []
        while i < len(found) and found[i].start < stop:
            if parents[i] < 0 and not (members and _repeated(text, found, members, i)):
                members.append(i)
            i += 1
        if start >= layout.body_end:
            return
        if not members or quotes.holds(found[members[0]].start):
            continue
        known = list_before(text, at, start, known, heading, enacts, quotes)
        at = start
        if known:
            yield from read_item(text, found, parents, members, start, known, heading.type)
        elif lead := LEAD.match(text, *_clause(text, start, found[members[0]].start)):
            yield from _inline(text, found, parents, members, lead, heading, enacts)
        yield from _clauses(layout, found, parents, members, heading, enacts)


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a list announced within its own paragraph begins: at its verb or its "các …", if it is announced at all."""
    if ":" not in text[start:end] or "sau" not in text[start:end]:
        return end, end
    match = LEAD.search(text, max(start, end - _WINDOW), end)
    return (match.start(), end) if match else (end, end)


def _repeated(text: str, found: list[Found], members: list[int], i: int) -> bool:
    """ "Nghị định số 75/2021/NĐ-CP … (Nghị định số 75/2021/NĐ-CP)": a short form in brackets is not another mention."""
    f = found[i]
    return text[f.start - 1 : f.start] == "(" and any(
        (found[k].number, found[k].symbol, found[k].year) == (f.number, f.symbol, f.year) for k in members
    )


def _inline(
    text: str,
    found: list[Found],
    parents: list[int],
    members: list[int],
    lead: re.Match[str],
    heading: Heading,
    enacts: bool,
) -> Iterator[Link]:
    """ "Bãi bỏ các văn bản sau: A; B": announced and listed in one paragraph."""
    this = text.find("này", text.rfind("\n", 0, lead.start()) + 1, lead.end())
    if not (is_self(text, this, heading) if this >= 0 else enacts):
        return
    printed = lead["trigger"] or lead["ends"]
    announced = Announced(predicate_of(printed), printed, lead.start(), None)
    yield from read_item(text, found, parents, members, lead.end(), announced, heading.type or "")


def _clauses(
    layout: Layout, found: list[Found], parents: list[int], members: list[int], heading: Heading, enacts: bool
) -> Iterator[Link]:
    text = layout.text
    previous: tuple[int, tuple[str, str, int]] | None = None
    for i in members:
        f = found[i]
        para, stop = layout.paragraph(f.start)
        start, end = layout.sentence(f.start)
        start, end = max(start, para), min(max(end, f.extent), stop)
        said = previous[1] if previous and listed(text, found, parents, previous[0], i) else None
        said = said or _done_by_self(text, para, start, f, heading, enacts)
        if said:
            predicate, trigger, at = said
            previous = i, said
            if not outranked(heading.type, predicate, f):
                yield Link(SELF, predicate, i, at, f.end, trigger, "explicit", "enacting")
            continue
        previous = None
        yield from find_undergone(text, found, parents, members, i, (para, end), heading)


def _done_by_self(
    text: str, para: int, sentence: int, f: Found, heading: Heading, enacts: bool
) -> tuple[str, str, int] | None:
    """ "Quyết định này … thay thế A", "Bãi bỏ A", "Điều 2. Thay thế Phụ lục ban hành kèm theo A": (predicate, trigger, start)."""
    start = max(sentence, f.start - _WINDOW)
    lead = text[start : f.start]
    if "này" in lead:
        this = _THIS.search(lead)
        if this and is_self(text, start + this.start(), heading) and (said := done_to(this["gap"], this["trigger"])):
            return said, this["trigger"], start
    if not enacts:
        return None
    for at in dict.fromkeys((para, sentence)):
        if f.start - at > _WINDOW:
            continue
        article = _ARTICLE.match(text[at : f.start])
        if article and (said := done_to(article["gap"], article["trigger"])):
            return said, article["trigger"], at
    return None
