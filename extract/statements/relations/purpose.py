"""What a plan is made for, as the part of it that tells its purpose says.

"I. MỤC ĐÍCH, YÊU CẦU / 1. Mục đích / - Quán triệt, triển khai thực hiện nghiêm túc Nghị quyết A và Kế hoạch B": the plan carries them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from chidao.extract.language.patterns import CONTENT, ITEM, MANNER, ORGANIZES
from chidao.extract.language.verbs import CARRIES_OUT, GOES_ON
from chidao.extract.model import SELF, Relation
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.relations.clauses import listed
from chidao.ontology.authority import types_of

_PLANS = types_of("plan") | {None}
_HEAD = re.compile(
    r"\n[\s*_#]*(?:[0-9IVX]{1,4}(?:\.[0-9]{1,2})?\s?[-./)–]*\s*)?Mục\s+đích(?:\s*[,và]+\s*yêu\s+cầu)?[\s*_:.]*(?=\n)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\n[\s*_#]*(?:(?:[0-9]{1,2}\s?[-./)]\s*)?Yêu\s+cầu\b|II\s?[-./–)]|[B2]\s?[./)]\s)", re.IGNORECASE)
_HOW = rf"(?:{MANNER}|{CONTENT}|các|của|,|và)"
_CARRIES = re.compile(
    rf"{ITEM}(?:Nhằm\s+|Để\s+)?(?P<on>{GOES_ON}\s+)?{ORGANIZES}(?P<trigger>{CARRIES_OUT})(?:\s*(?:{_HOW}|tổ\s+chức|{CARRIES_OUT})(?![\w])){{0,12}}\s+",
    re.IGNORECASE,
)


def purpose(passage: Passage) -> Iterator[Relation]:
    """Yield what the clauses of a plan's purpose say first that it carries out, or goes on to carry out."""
    text, found = passage.text, passage.references
    head = _HEAD.search(text, 0, 12000) if passage.heading.type in _PLANS else None
    if head is None:
        return
    ends = _ENDS.search(text, head.end())
    stop = ends.start() if ends else min(len(text), head.end() + 4000)
    said: Relation | None = None
    for i, f in enumerate(found):
        if not passage.is_top(i) or not head.end() <= f.start < stop:
            continue
        start, _ = passage.layout.sentence(f.start)
        start = max(start, text.rfind(";", start, f.start) + 1)
        lead = _CARRIES.match(text, start, f.start)
        if said and listed(passage, said.object, i):
            said = replace(said, object=i, end=f.end)
        elif lead and lead.end() == f.start:
            predicate = "continues" if lead["on"] else "implements"
            said = Relation(SELF, predicate, i, lead.start(), f.end, lead["trigger"], "explicit", "purpose")
        else:
            said = None
        if said:
            yield said
