"""What a clause says happens to the documents that stand before its verb.

"A và B hết hiệu lực kể từ ngày Thông tư này có hiệu lực", "A được thay thế bằng Quyết định này", "Điều 3 A được sửa đổi như
sau", "A hết hiệu lực kể từ ngày B có hiệu lực".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence, Set

from chidao.extract.language.dates import DATE, iso_date
from chidao.extract.language.letters import LETTER
from chidao.extract.language.patterns import (
    AGENT,
    ANY_DAY,
    ARTICLE,
    AS_FOLLOWS,
    CLOSES,
    DIVISION,
    EFFECT,
    FROM,
    ITEM,
    MEMBER,
    PASSIVE,
    RULING,
    SINCE,
)
from chidao.extract.language.tables import CHANGES, read_relation, relation_triggers
from chidao.extract.language.verbs import COMPLEMENT, verbs
from chidao.extract.model import SELF, Relation
from chidao.extract.statements.passage import Paragraph, Passage
from chidao.extract.statements.relations.clauses import (
    changing,
    denied,
    enacts,
    is_part,
    is_self,
    listed,
)
from chidao.extract.statements.relations.conditions import CONDITION
from chidao.extract.statements.relations.links import outranked
from chidao.ontology.authority import types_of

_END = re.compile(
    rf"(?<!khi\s)(?<!ngày\s)(?P<trigger>{verbs('state')})(?![{LETTER}])(?P<since>[^.\n]{{0,120}})",
    re.IGNORECASE,
)
_ENDS_WITH = {row.trigger.split()[-1] for row in relation_triggers().values() if "state" in row.forms}
"""The last words of these verbs: to look for them takes less time than to look for the verbs."""
_SINCE = re.compile(rf"(?:{SINCE}|khi|ngày)\s+$", re.IGNORECASE)
_UNTIL = re.compile(rf"(?<![{LETTER}])(?:đến|cho\s+đến|trước|khi|nếu)(?:\s+(?:khi|ngày))?\s+$", re.IGNORECASE)
# "Kể từ ngày Nghị định này có hiệu lực thi hành, A hết hiệu lực".
_FROM_NOW = re.compile(rf"(?:{SINCE}|khi)\s+[^.;\n]{{2,60}}?(?P<this>này)\s[^.;\n]{{0,30}}?{EFFECT}", re.IGNORECASE)
_REACH = 1000
"""How far before a document its paragraph may say since when it has ended, in characters."""
_CHANGED_BY = re.compile(
    rf"{PASSIVE}\s+(?P<trigger>{verbs('passive', CHANGES)})(?![{LETTER}]){COMPLEMENT}\s+"
    rf"(?:{AGENT}|{FROM}|khi)\s",
    re.IGNORECASE,
)
_AS_FOLLOWS = re.compile(
    rf"(?:\s*\([^()\n]{{0,160}}\))?\s*(?:được\s+)?(?P<trigger>{verbs('passive', ['amends', 'corrects'])})"
    rf"[^.;\n]{{0,60}}?{AS_FOLLOWS}",
    re.IGNORECASE,
)


_UNDERGOES = re.compile(
    rf"{CLOSES}\s*{PASSIVE}\s+(?P<trigger>{verbs('passive', CHANGES)})(?=\s*(?:[.;]|$))", re.IGNORECASE | re.MULTILINE
)
"""Right behind what ends, and nothing follows: "Kể từ ngày Quyết định này có hiệu lực, A bị bãi bỏ."."""
_FROM_DAY = re.compile(rf"(?:\s+thi\s+hành)?\s+{FROM}\s+(?:ngày\s+)?(?P<day>{ANY_DAY})", re.IGNORECASE)
_OPENS = re.compile(
    rf"[\s*_]*(?:{ARTICLE})?{ITEM}[*_]*(?:{FROM}\s+(?:ngày\s+)?(?P<day>{ANY_DAY})\s*,\s+)?(?:các\s+)?(?:{RULING})?"
    rf"(?:{DIVISION}\s[^;.:\n]{{0,80}}?\s(?:của\s+)?)?{MEMBER}",
    re.IGNORECASE,
)


_Told = Callable[[], Set[int]]
"""Gives the documents of a paragraph that are named for what they have done to others."""


def _once(passage: Passage, members: Sequence[int]) -> _Told:
    """Return what gives the documents that `changing` tells of a paragraph: it is asked once, for all that the paragraph says of them."""
    known: list[Set[int]] = []

    def told() -> Set[int]:
        if not known:
            known.append(changing(passage, members))
        return known[0]

    return told


def passive(passage: Passage) -> Iterator[Relation]:
    """Yield what a clause behind the documents of its own paragraph says of them; nothing where the own type is unknown."""
    if not passage.heading.type:
        return
    for paragraph in passage.own_paragraphs:
        told = _once(passage, paragraph.members)
        for n, i in enumerate(paragraph.members):
            yield from _undergone(passage, paragraph, n, i, told)


def _undergone(passage: Passage, paragraph: Paragraph, n: int, i: int, told: _Told) -> Iterator[Relation]:
    """Yield what the clause behind reference `i`, the `n`th of the paragraph, says of it and those listed before it."""
    text, found, f = passage.text, passage.references, passage.references[i]
    end = min(max(passage.sentences[i][1], f.extent), paragraph.end)
    stop = min([end, *(found[k].start for k in paragraph.members[n + 1 : n + 2])])
    hints = any(text.find(word, f.extent, stop) >= 0 for word in _ENDS_WITH)
    if hints and (ends := _END.search(text, f.extent, min(end, stop + 30))) and ends.start() < stop:
        if not denied(text, f.extent, ends.start()):
            yield from _expired(passage, paragraph, i, ends, told)
        return
    if follows := _AS_FOLLOWS.match(text, f.extent, stop) if passage.heading.type in types_of("enacting") else None:
        run = _run(passage, paragraph.members, i, told())
        yield from _each(passage, run, (paragraph.start, follows.end()), follows["trigger"], "passive")
        return
    bare = _UNDERGOES.match(text, f.extent, stop)
    if bare and _from_now(passage, paragraph, f.start) >= 0:
        run = _run(passage, paragraph.members, i, told())
        yield from _each(passage, run, (paragraph.start, bare.end()), bare["trigger"], "passive")
        return
    if text.find("này", f.extent, stop) < 0:
        return
    changed = _CHANGED_BY.search(text, f.extent, stop)
    if changed is None or denied(text, f.extent, changed.start("trigger")):
        return
    if is_self(passage, this := text.find("này", changed.end())):
        run = _run(passage, paragraph.members, i, told())
        yield from _each(passage, run, (paragraph.start, this + len("này")), changed["trigger"], "passive")


def _expired(passage: Passage, paragraph: Paragraph, i: int, ends: re.Match[str], told: _Told) -> Iterator[Relation]:
    """Yield what ends with reference `i`: since another document, or the document itself, took effect."""
    text, found = passage.text, passage.references
    run = _run(passage, paragraph.members, i, told())
    since_start, since_end = ends.span("since")
    n = bisect_left(paragraph.members, since_start, key=lambda k: found[k].start)
    agent = paragraph.members[n] if n < len(paragraph.members) else None
    if agent is not None and found[agent].start < since_end:
        # "A hết hiệu lực kể từ ngày Nghị định B có hiệu lực": B ends A.
        if _SINCE.search(text, since_start, found[agent].start):
            for k in run:
                span = found[k].start, found[agent].end
                yield Relation(agent, "repeals", k, *span, ends["trigger"], "explicit", "expiry-by-other")
        return
    first = found[run[0]].start
    if _UNTIL.search(text, max(paragraph.start, first - 20), first):
        return
    this = text.find("này", since_start, since_end)
    if this < 0:
        this = _from_now(passage, paragraph, found[i].start)
    if is_self(passage, this) if this >= 0 else _ordered(passage, paragraph, first, ends):
        yield from _each(passage, run, (paragraph.start, ends.end()), ends["trigger"], "expiry")


def _from_now(passage: Passage, paragraph: Paragraph, start: int) -> int:
    """Return where "này" stands in what the paragraph says before `start` of since when: "Kể từ ngày Quyết định này có hiệu lực"; -1
    where it says nothing of it."""
    now = _FROM_NOW.search(passage.text, max(paragraph.start, start - _REACH), start)
    return now.start("this") if now and is_self(passage, now.start("this")) else -1


def _ordered(passage: Passage, paragraph: Paragraph, first: int, ends: re.Match[str]) -> bool:
    """ "2. A hết hiệu lực từ ngày 01/7/2026.": does a clause of an enacting document end, on a day that is to come, what it opens with?"""
    issued = passage.heading.date
    if CONDITION.search(passage.text, *ends.span("since")):
        return False
    sentence = max(paragraph.start, passage.layout.sentence(first)[0])
    opens = _OPENS.fullmatch(passage.text, sentence, first)
    stated = (opens and opens["day"]) or ((day := _FROM_DAY.match(passage.text, ends.end("trigger"))) and day["day"])
    match = DATE.match(stated) if stated else None
    date = iso_date(match) if match else None
    return bool(opens and enacts(passage) and issued and date and issued <= date)


def _each(passage: Passage, run: Sequence[int], span: tuple[int, int], trigger: str, rule: str) -> Iterator[Relation]:
    """Yield for each document of the run that the document itself does to it what `trigger` says."""
    start, end = span
    for k in run:
        f = passage.references[k]
        predicate = read_relation(trigger).predicate
        if predicate in ("replaces", "repeals") and is_part(passage.text, start, f.start):
            predicate = "amends"
        if not outranked(passage.heading.type, predicate, f):
            yield Relation(SELF, predicate, k, f.start, end, trigger, "explicit", rule)


def _run(passage: Passage, members: Sequence[int], i: int, told: Set[int]) -> list[int]:
    """Return reference `i` and those listed before it ("A, B và C hết hiệu lực"), in text order, without those `told` of, which changed
    one of them."""
    n = first = bisect_left(members, i)
    while first and (members[first] in told or listed(passage, members[first - 1], members[first])):
        first -= 1
    return [k for k in members[first : n + 1] if k not in told]
