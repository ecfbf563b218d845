"""What a clause says happens to the documents that stand before its verb.

"A và B hết hiệu lực kể từ ngày Thông tư này có hiệu lực", "A được thay thế bằng Quyết định này", "Điều 3 A được sửa đổi như
sau", "A hết hiệu lực kể từ ngày B có hiệu lực".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chidao.extract.language.letters import LETTER
from chidao.extract.mentions.references import Found
from chidao.extract.model import SELF, Heading
from chidao.extract.statements.relations.clauses import ENACTING, VERBS, is_part, is_self, listed, predicate_of
from chidao.extract.statements.relations.links import Link, outranked

_END = re.compile(
    rf"(?<!khi\s)(?<!ngày\s)(?P<trigger>(?:chấm\s+dứt|hết)\s+hiệu\s+lực)(?![{LETTER}])(?P<since>[^.\n]{{0,120}})",
    re.IGNORECASE,
)
_SINCE = re.compile(r"(?:từ\s+(?:ngày|thời\s+điểm|khi)|khi|ngày)\s+$", re.IGNORECASE)
_UNTIL = re.compile(rf"(?<![{LETTER}])(?:đến|cho\s+đến|trước|khi|nếu)(?:\s+(?:khi|ngày))?\s+$", re.IGNORECASE)
# "Kể từ ngày Nghị định này có hiệu lực thi hành, A hết hiệu lực".
_FROM_NOW = re.compile(
    r"(?:từ\s+(?:ngày|thời\s+điểm|khi)|khi)\s+[^.;\n]{2,60}?(?P<this>này)\s[^.;\n]{0,30}?hiệu\s+lực", re.IGNORECASE
)
_CHANGED_BY = re.compile(
    rf"(?:được|bị)\s+(?P<trigger>{VERBS})(?![{LETTER}])(?:\s+(?:một\s+số\s+(?:điều|nội\s+dung)|toàn\s+bộ|nội\s+dung))?\s+"
    r"(?:bởi|bằng|theo|tại|kể\s+từ|từ|khi)\s",
    re.IGNORECASE,
)
_AS_FOLLOWS = re.compile(
    r"(?:\s*\([^()\n]{0,160}\))?\s*(?:được\s+)?(?P<trigger>sửa\s+đổi,?\s*(?:và\s+)?bổ\s+sung|sửa\s+đổi|bổ\s+sung|đính\s+chính|điều\s+chỉnh)"
    r"[^.;\n]{0,60}?như\s+sau",
    re.IGNORECASE,
)


def find_undergone(
    text: str,
    found: Sequence[Found],
    parents: Sequence[int],
    members: Sequence[int],
    i: int,
    span: tuple[int, int],
    heading: Heading,
) -> Iterator[Link]:
    """What the clause behind reference `i` says of it and those listed before it.

    `members` are the paragraph's references outside others' titles; `span` runs from the paragraph's start to the end of
    the sentence of `i`.
    """
    start, end = span
    f = found[i]
    following = [k for k in members if k > i]
    stop = min([end, *(found[k].start for k in following)])
    if text.find("hiệu lực", f.extent, stop) >= 0 and (ends := _END.search(text, f.extent, min(end, stop + 30))):
        if ends.start() < stop:
            yield from _expired(text, found, parents, members, i, start, ends, heading)
            return
    if follows := _AS_FOLLOWS.match(text, f.extent, stop) if heading.type in ENACTING else None:
        yield from _each(
            text, found, parents, members, i, (start, follows.end()), follows["trigger"], "passive", heading
        )
        return
    if text.find("này", f.extent, stop) < 0:
        return
    changed = _CHANGED_BY.search(text, f.extent, stop)
    if changed and is_self(text, text.find("này", changed.end()), heading):
        at = text.find("này", changed.end()) + 3
        yield from _each(text, found, parents, members, i, (start, at), changed["trigger"], "passive", heading)


def _expired(
    text: str,
    found: Sequence[Found],
    parents: Sequence[int],
    members: Sequence[int],
    i: int,
    start: int,
    ends: re.Match[str],
    heading: Heading,
) -> Iterator[Link]:
    since_start, since_end = ends.span("since")
    agent = next((k for k in members if since_start <= found[k].start < since_end), None)
    if agent is not None:
        # "A hết hiệu lực kể từ ngày Nghị định B có hiệu lực": B ends A.
        if _SINCE.search(text, since_start, found[agent].start):
            for k in _run(text, found, parents, members, i):
                yield Link(
                    agent,
                    "repeals",
                    k,
                    found[k].start,
                    found[agent].end,
                    ends["trigger"],
                    "explicit",
                    "expiry-by-other",
                )
        return
    this = text.find("này", since_start, since_end)
    if this >= 0:
        if not is_self(text, this, heading):
            return
    else:
        now = _FROM_NOW.search(text, start, found[i].start)
        if now is None or not is_self(text, now.start("this"), heading):
            return
    first = _run(text, found, parents, members, i)[0]
    if not _UNTIL.search(text, max(start, found[first].start - 20), found[first].start):
        yield from _each(text, found, parents, members, i, (start, ends.end()), ends["trigger"], "expiry", heading)


def _each(
    text: str,
    found: Sequence[Found],
    parents: Sequence[int],
    members: Sequence[int],
    i: int,
    span: tuple[int, int],
    trigger: str,
    rule: str,
    heading: Heading,
) -> Iterator[Link]:
    start, end = span
    for k in _run(text, found, parents, members, i):
        predicate = predicate_of(trigger)
        if predicate in ("replaces", "repeals") and is_part(text, start, found[k].start):
            predicate = "amends"
        if not outranked(heading.type, predicate, found[k]):
            yield Link(SELF, predicate, k, found[k].start, end, trigger, "explicit", rule)


def _run(text: str, found: Sequence[Found], parents: Sequence[int], members: Sequence[int], i: int) -> list[int]:
    """Reference `i` and those listed before it ("A, B và C hết hiệu lực"), in text order."""
    n = members.index(i)
    run = [i]
    while n and listed(text, found, parents, members[n - 1], run[0]):
        n -= 1
        run.insert(0, members[n])
    return run
