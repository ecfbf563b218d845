"""Changes that a text binds to what may come: "Bãi bỏ A sau khi Hội đồng nhân dân thông qua nghị quyết mới", "… thay thế A nếu có nội dung
trái với Quyết định này", "Nếu được chấp thuận, Quyết định này thay thế A". Nothing of it has been done.

What is so from the day on which a document takes effect ("khi Luật B có hiệu lực") does come, and is no condition.
"""

from __future__ import annotations

import re

from chidao.extract.language.patterns import ARTICLE, CLOSES, EFFECT, ITEM, SUPPOSES, WHOSE
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.relations.clauses import listed

_ONCE = rf"khi\s(?![^.;,\n]{{2,120}}?{EFFECT})"
_HAPPENS = rf"(?:(?:chỉ|ngay|sau|trước|cho|đến|kể|từ)\s+){{0,3}}(?:{_ONCE}|(?:trong\s+)?(?<!trừ\s){SUPPOSES}\s)"
CONDITION = re.compile(rf"(?<!\w){_HAPPENS}", re.IGNORECASE)
BEHIND = re.compile(rf"{CLOSES}(?:\s*\([^()\n]{{0,90}}\))?\s*(?:{WHOSE})?,?\s*(?<![^\s,]){_HAPPENS}", re.IGNORECASE)
"""A condition, right behind the last document of a clause."""
BEFORE = re.compile(rf"(?:[\s*_]*{ARTICLE})?{ITEM}[*_]*{_HAPPENS}", re.IGNORECASE)
"""A condition that begins a sentence."""
_MOST = 100
"""Documents of a list at most that share a condition behind the last of them."""
_DONE = re.compile(rf"{CLOSES}\s*đã\s", re.IGNORECASE)
""" "Trường hợp áp dụng A đã được sửa đổi theo Luật này thì …": A was changed."""


def depends(passage: Passage, i: int, at: int) -> bool:
    """Does what the clause around reference `i` says of it, in words that end at `at`, depend on what may come?"""
    text, found = passage.text, passage.references
    start, end = passage.sentences[i]
    if BEFORE.match(text, start, end) and not _DONE.match(text, found[i].extent, end):
        return True
    last = i
    for k in range(i + 1, min(i + _MOST, len(found))):
        if found[k].start >= end or not listed(passage, last, k):
            break
        last = k
    return BEHIND.match(text, max(at, found[last].extent), end) is not None
