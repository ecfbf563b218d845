"""Relations between two documents that one sentence names: the words that join them decide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from chidao.extract.language.letters import LETTER, SUPERSCRIPTS
from chidao.extract.language.tables import alternation, key, relation_triggers
from chidao.extract.mentions.references import Found
from chidao.extract.reading.layout import Layout
from chidao.extract.statements.relations.links import Link, impossible, nesting, objects, outranked, subjects

# "… sửa đổi, bổ sung một số nghị định quy định chi tiết thi hành Luật Đất đai": the last verb is those decrees' own.
_OTHERS = re.compile(
    r"(?:một\s+số|các)\s+(?:nghị\s+định|thông\s+tư|quyết\s+định|nghị\s+quyết|văn\s+bản|luật)\s", re.IGNORECASE
)
# "Quyết định A sửa đổi, bổ sung một số điều của Quy chế … ban hành kèm theo Quyết định B": what B carries along is B.
_ALONG = re.compile(
    rf"(?<![{LETTER}])(?P<trigger>sửa\s+đổi,?\s+bổ\s+sung|sửa\s+đổi|bổ\s+sung|điều\s+chỉnh|thay\s+thế|bãi\s+bỏ|đính\s+chính)"
    rf"(?![{LETTER}])[^.;\n]*?\s(?:ban\s+hành\s+)?kèm\s+theo\s*$",
    re.IGNORECASE,
)
_MAX_GAP = 260


@cache
def patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What joins two documents; what stands before one inside another's title; what stands in apposition."""
    triggers = alternation(relation_triggers())
    between = re.compile(
        rf"[{SUPERSCRIPTS}*”\"]*\s*,?\s*\(?\s*(?:đã\s+|để\s+|nhằm\s+|về\s+(?:việc\s+)?|trong\s+việc\s+)?(?:(?:sơ|"
        rf"tổng)\s+kết\s+[0-9]{{1,2}}\s+)?(?P<trigger>{triggers})(?:\s+(?:nghiêm\s+túc|có\s+hiệu\s+quả|"
        r"hiệu\s+quả|đồng\s+bộ|toàn\s+bộ|một\s+phần|các|tinh\s+thần|nội\s+dung|quy\s+định\s+(?:tại|"
        r"của)))*\s*[:“\"*]*\s*",
        re.IGNORECASE,
    )
    before = re.compile(
        rf"(?<![{LETTER}])(?P<trigger>{triggers})(?:\s+[^\s,;.“”\"]+){{0,4}}\s*[“\"*]*\s*$", re.IGNORECASE
    )
    apposed = re.compile(
        rf"\s+[-–]\s[^.;\n]*?(?:cụ\s+thể\s+h[óo]a|triển\s+khai)[^.;\n]*?(?P<trigger>{triggers})\s*$", re.IGNORECASE
    )
    return between, before, apposed


def find_pairs(layout: Layout, found: list[Found]) -> Iterator[Link]:
    """What joined references say of each other, and titles of the documents inside them."""
    text = layout.text
    between, _, apposed = patterns()
    parents = nesting(found)
    for j, b in enumerate(found):
        if parents[j] >= 0:
            yield from _inside(text, found, parents, j)
            continue
        i = j - 1
        while i >= 0 and parents[i] >= 0:
            i -= 1
        if i < 0:
            continue
        a = found[i]
        gap_start = a.extent
        if b.start - gap_start > _MAX_GAP or b.start <= gap_start or "\n" in text[gap_start : b.start]:
            continue
        match = between.fullmatch(text, gap_start, b.start)
        if match:
            yield from _link(found, parents, i, j, match["trigger"], "joined")
        elif along := _ALONG.match(text, *_stripped(text, gap_start, b.start)):
            yield from _link(found, parents, i, j, along["trigger"], "joined")
        elif match := apposed.fullmatch(text, gap_start, b.start):
            for target in objects(found, parents, j):
                yield Link(
                    i, "implements", target, a.start, found[target].end, match["trigger"], "implied", "apposition"
                )


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " *_":
        start += 1
    return start, end


def _inside(text: str, found: list[Found], parents: list[int], j: int) -> Iterator[Link]:
    """A reference that stands in another one's title: what the title says of it."""
    b, parent = found[j], parents[j]
    a = found[parent]
    if a.kind == "named" and b.end <= a.end:
        # "Luật sửa đổi, bổ sung một số điều của Luật A và Luật B": the outer name says it.
        row = relation_triggers()["sửa đổi, bổ sung"]
        yield Link(parent, row.predicate, j, a.start, a.end, "sửa đổi, bổ sung", "explicit", "amending-law")
        return
    if j and parents[j - 1] == parent and found[j - 1].listed:
        return
    begin = a.title_start if 0 <= a.title_start <= b.start else a.end
    start = max(begin, b.start - 120)
    match = patterns()[1].search(text, start, b.start)
    if match and not _OTHERS.search(text, begin, match.start()):
        if key(match["trigger"]) == "theo" and (along := _ALONG.search(text, begin, b.start)):
            match = along
        yield from _link(found, parents, parent, j, match["trigger"], "title")


def _link(found: list[Found], parents: list[int], left: int, right: int, printed: str, rule: str) -> Iterator[Link]:
    row = relation_triggers()[key(printed)]
    for target in objects(found, parents, right):
        for source in [left] if rule == "title" else subjects(found, left):
            head = source
            if row.direction == "backward":
                while head >= 0 and outranked(found[target].type, row.predicate, found[head]):
                    head = parents[head]
                if head < 0:
                    continue
            subject, object_ = (head, target) if row.direction == "forward" else (target, head)
            if impossible(found[subject], found[object_]) or outranked(
                found[subject].type, row.predicate, found[object_]
            ):
                continue
            yield Link(
                subject,
                row.predicate,
                object_,
                found[head].start,
                found[target].end,
                printed,
                row.certainty,
                f"{rule}-{row.predicate}",
            )
