"""A consolidated text (văn bản hợp nhất) names at its head the document and the amendments that it puts together.

Pháp lệnh số 01/2012/UBTVQH13 (hợp nhất văn bản quy phạm pháp luật): "Nghị định A …, có hiệu lực kể từ ngày …, được sửa đổi,
bổ sung bởi: Nghị định B …, có hiệu lực kể từ ngày …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chidao.extract.mentions.references import Found
from chidao.extract.model import SELF, Heading
from chidao.extract.reading.layout import Layout
from chidao.extract.statements.relations.links import Link, nesting

_OWN = re.compile(r"VBHN|VĂN\s+BẢN\s+HỢP\s+NHẤT", re.IGNORECASE)
_CHANGED = re.compile(
    r"được\s+(?P<trigger>sửa\s+đổi,?\s*bổ\s+sung|sửa\s+đổi|bổ\s+sung)(?:\s+(?:một\s+số\s+điều|lần\s+thứ\s+\S+))?\s+(?:bởi|theo|tại)\s*:?",
    re.IGNORECASE,
)
_PREAMBLE = re.compile(r"\n[\s*_“\"]*(?:Căn\s+cứ|Theo\s+đề\s+nghị|Điều\s+1|Chương\s+I)\b")
HEAD = 1200
"""Characters in which a consolidated text says that it is one."""


def is_consolidated(text: str, heading: Heading) -> bool:
    return (
        (heading.symbol or "").startswith("VBHN")
        or heading.type == "Văn bản hợp nhất"
        or bool(_OWN.search(text, 0, HEAD))
    )


def find_consolidated(layout: Layout, found: list[Found], heading: Heading) -> Iterator[Link]:
    """The document consolidates each one that its head lists, and each later one listed there amends the first."""
    text = layout.text
    if not is_consolidated(text, heading):
        return
    preamble = _PREAMBLE.search(text, 0, 12000)
    end = preamble.start() if preamble else 0
    changed = _CHANGED.search(text, 0, end)
    if not changed:
        return
    parents = nesting(found)
    head = [i for i, f in enumerate(found) if parents[i] < 0 and f.start < end]
    first = next((i for i in reversed(head) if found[i].end <= changed.start()), None)
    if first is None:
        return
    seen: set[tuple[str | None, ...]] = set()
    for i in [first, *(k for k in head if found[k].start >= changed.end())]:
        f = found[i]
        code = (f.type, f.number, f.symbol)
        line = text.rfind("\n", 0, f.start) + 1
        if code in seen or (
            i != first and text[line : f.start].strip(" *_-–+0123456789.)") and f.start - changed.end() > 4
        ):
            continue
        seen.add(code)
        yield Link(SELF, "consolidates", i, f.start, f.end, "hợp nhất", "explicit", "consolidated-head")
        if i != first:
            yield Link(
                i, "amends", first, found[first].start, f.end, changed["trigger"], "explicit", "consolidated-head"
            )
