"""A consolidated text (văn bản hợp nhất) names at its head the document and the amendments that it puts together.

Pháp lệnh số 01/2012/UBTVQH13 (hợp nhất văn bản quy phạm pháp luật): "Nghị định A …, có hiệu lực kể từ ngày …, được sửa đổi,
bổ sung bởi: Nghị định B …, có hiệu lực kể từ ngày …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chidao.extract.language.patterns import AGENT, COUNTED, FIRST_ARTICLE, GROUND, PASSIVE, SOME
from chidao.extract.language.verbs import verbs
from chidao.extract.model import SELF, Relation
from chidao.extract.statements.passage import Passage

_CHANGED = re.compile(
    rf"{PASSIVE}\s+(?P<trigger>{verbs('passive', ['amends'])})(?:\s+(?:{SOME}|{COUNTED}))?\s+{AGENT}\s*:?",
    re.IGNORECASE,
)
_PREAMBLE = re.compile(rf"\n[\s*_“\"]*(?:{GROUND}|{FIRST_ARTICLE}|Chương\s+I\b)")


def consolidated(passage: Passage) -> Iterator[Relation]:
    """Yield that the document consolidates each one that its head lists, and that each later one amends the first."""
    if not passage.is_consolidated:
        return
    text, found = passage.text, passage.references
    preamble = _PREAMBLE.search(text, 0, 12000)
    end = preamble.start() if preamble else 0
    changed = _CHANGED.search(text, 0, end)
    if not changed:
        return
    head = [i for i, f in enumerate(found) if passage.is_top(i) and f.start < end]
    first = next((i for i in reversed(head) if found[i].end <= changed.start()), None)
    if first is None:
        return
    amending = [k for k in head if found[k].start >= changed.end() and _is_item(text, found[k].start, changed.end())]
    seen: set[tuple[str | None, ...]] = set()
    for i in [first, *amending]:
        f = found[i]
        code = (f.type, f.number, f.symbol)
        if code in seen:
            continue
        seen.add(code)
        yield Relation(SELF, "consolidates", i, f.start, f.end, "hợp nhất", "explicit", "consolidated-head")
        if i != first:
            span = found[first].start, f.end
            yield Relation(i, "amends", first, *span, changed["trigger"], "explicit", "consolidated-head")


def _is_item(text: str, start: int, listed_from: int) -> bool:
    """Does the document at `start` begin a line of the list, or the list itself?"""
    line = text.rfind("\n", 0, start) + 1
    return not text[line:start].strip(" *_-–+0123456789.)") or start - listed_from <= 4
