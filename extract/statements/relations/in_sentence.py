"""Relations between two documents that one sentence names: the words that join them decide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from chidao.extract.language.letters import LETTER, SUPERSCRIPTS
from chidao.extract.language.tables import key, read_relation
from chidao.extract.language.verbs import governing, saying, undergoing, verbs
from chidao.extract.model import Relation
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.relations.links import impossible, objects, outranked, subjects

# "… sửa đổi, bổ sung một số nghị định quy định chi tiết thi hành Luật Đất đai": the last verb is those decrees' own.
_OTHERS = re.compile(
    r"(?:một\s+số|các)\s+(?:nghị\s+định|thông\s+tư|quyết\s+định|nghị\s+quyết|văn\s+bản|luật)\s", re.IGNORECASE
)
# "Quyết định A sửa đổi, bổ sung một số điều của Quy chế … ban hành kèm theo Quyết định B": what B carries along is B.
_ALONG = re.compile(
    rf"(?<![{LETTER}])(?P<trigger>{verbs('clause')})(?![{LETTER}])[^.;\n]*?\s(?:ban\s+hành\s+)?kèm\s+theo\s*$",
    re.IGNORECASE,
)
_MAX_GAP = 260


@cache
def patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What joins two documents; what stands before one inside another's title; what stands in apposition."""
    triggers = rf"{undergoing()}|{saying('active')}"
    reviewing, carrying = governing("active", ["reviews"]), verbs("passive", ["implements"])
    between = re.compile(
        rf"[{SUPERSCRIPTS}*”\"]*\s*,?\s*\(?\s*(?:đã\s+|để\s+|nhằm\s+|về\s+(?:việc\s+)?|trong\s+việc\s+)?(?:{reviewing}\s+"
        rf"[0-9]{{1,2}}\s+)?(?P<trigger>{triggers})(?:\s+(?:nghiêm\s+túc|có\s+hiệu\s+quả|"
        r"hiệu\s+quả|đồng\s+bộ|toàn\s+bộ|một\s+phần|các|tinh\s+thần|nội\s+dung|quy\s+định\s+(?:tại|"
        r"của)))*\s*[:“\"*]*\s*",
        re.IGNORECASE,
    )
    before = re.compile(
        rf"(?<![{LETTER}])(?P<trigger>{triggers})(?:\s+[^\s,;.“”\"]+){{0,4}}\s*[“\"*]*\s*$", re.IGNORECASE
    )
    apposed = re.compile(rf"\s+[-–]\s[^.;\n]*?{carrying}[^.;\n]*?(?P<trigger>{triggers})\s*$", re.IGNORECASE)
    return between, before, apposed


def in_sentence(passage: Passage) -> Iterator[Relation]:
    """Yield what joined references say of each other, and titles of the documents inside them."""
    text, found = passage.text, passage.references
    between, _, apposed = patterns()
    left: int | None = None
    for j, b in enumerate(found):
        if not passage.is_top(j):
            yield from _inside(passage, j)
            continue
        i, left = left, j
        if i is None:
            continue
        gap = found[i].extent, b.start
        if b.start - gap[0] > _MAX_GAP or b.start <= gap[0] or "\n" in text[slice(*gap)]:
            continue
        if match := between.fullmatch(text, *gap):
            yield from _related(passage, i, j, match["trigger"], "joined")
        elif along := _ALONG.match(text, *_stripped(text, *gap)):
            yield from _related(passage, i, j, along["trigger"], "joined")
        elif match := apposed.fullmatch(text, *gap):
            for k in objects(passage, j):
                span = found[i].start, found[k].end
                yield Relation(i, "implements", k, *span, match["trigger"], "implied", "apposition")


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " *_":
        start += 1
    return start, end


def _inside(passage: Passage, j: int) -> Iterator[Relation]:
    """Yield what a title says of reference `j` that stands in it."""
    text, found, parent = passage.text, passage.references, passage.parents[j]
    a, b = found[parent], found[j]
    if a.kind == "named" and b.end <= a.end:
        # "Luật sửa đổi, bổ sung một số điều của Luật A và Luật B": the outer name says it.
        row = read_relation("sửa đổi, bổ sung")
        yield Relation(parent, row.predicate, j, a.start, a.end, row.trigger, "explicit", "amending-law")
        return
    if passage.parents[j - 1] == parent and found[j - 1].listed:
        return
    begin = a.title_start if 0 <= a.title_start <= b.start else a.end
    match = patterns()[1].search(text, max(begin, b.start - 120), b.start)
    if match and not _OTHERS.search(text, begin, match.start()):
        if key(match["trigger"]) == "theo" and (along := _ALONG.search(text, begin, b.start)):
            match = along
        yield from _related(passage, parent, j, match["trigger"], "title")


def _related(passage: Passage, left: int, right: int, printed: str, rule: str) -> Iterator[Relation]:
    """Yield what the words `printed` say of the documents listed on both sides of them."""
    found = passage.references
    row = read_relation(printed)
    for target in objects(passage, right):
        for source in [left] if rule == "title" else subjects(passage, left):
            head = source
            if row.direction == "backward":
                while head >= 0 and outranked(found[target].type, row.predicate, found[head]):
                    head = passage.parents[head]
                if head < 0:
                    continue
            subject, object_ = (head, target) if row.direction == "forward" else (target, head)
            a, b = found[subject], found[object_]
            if impossible(a, b) or outranked(a.type, row.predicate, b):
                continue
            span = found[head].start, found[target].end
            name = f"{rule}-{row.predicate}"
            yield Relation(subject, row.predicate, object_, *span, printed, row.certainty, name)
