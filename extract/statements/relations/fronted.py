"""A clause set before the sentence belongs to what the main clause issues.

"Thực hiện Nghị quyết số 57-NQ/TW, UBND tỉnh đã ban hành Kế hoạch số 12/KH-UBND": the plan that is issued there carries the
resolution out, and not the document that tells of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from chidao.extract.language.patterns import (
    BASIS,
    BESIDE,
    BY_NOW,
    CLOSES,
    CONTENT,
    DENIES,
    ISSUES,
    ITEM,
    MANNER,
    MEMBER,
    ORGANIZES,
    PASSIVE,
    WHOSE,
)
from chidao.extract.language.verbs import CARRIES_OUT
from chidao.extract.model import Relation
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.relations.links import impossible, objects, pairs
from chidao.extract.statements.relations.openings import CARRIES
from chidao.ontology.authority import types_of

# "…, Ủy ban nhân dân tỉnh đã ban hành (có) Kế hoạch số 12/KH-UBND": what the main clause's body issues, and not what it has not
# issued yet.
_MAIN = re.compile(
    rf"{CLOSES}(?:\s+được\s+{ISSUES})?,\s+(?![^.;:\n]*\s{DENIES}\s+(?:{MANNER}\s+)*(?:{ISSUES}|có)\s)"
    rf"[^.;:\n]{{2,140}}?\s(?:(?:đã|vừa|tham\s+mưu|{MANNER})\s+)*(?:{ISSUES}|(?P<has>có))\s+",
    re.IGNORECASE,
)

_RESTS = re.compile(
    rf"{ITEM}(?:Trước\s+đây,\s+{BASIS}(?:\s+vào)?\s+|Trên\s+cơ\s+sở\s+|"
    rf"(?P<after>(?:Ngay\s+)?sau\s+khi\s+(?:(?:có|tiếp\s+thu|nhận\s+được|[^,;.:\n]{{2,80}}?\s{ISSUES})\s+)?)){MEMBER}",
    re.IGNORECASE,
)
"""The same of what the document that is issued rests on: "Trên cơ sở Nghị quyết A, UBND tỉnh đã ban hành Kế hoạch B", or comes after."""
_FOR_IT = re.compile(
    rf"{CLOSES},?\s+(?P<trigger>(?:để|nhằm)\s+{ORGANIZES}{CARRIES_OUT}(?:\s*,?\s*{CARRIES_OUT})*)"
    r"(?=\s*(?:[.;,]|$)|\s+(?:trong|trên|tại|đến|ở)\s)",
    re.IGNORECASE,
)
"""Of "Ngay sau khi có Chỉ thị A, Tỉnh ủy đã ban hành Kế hoạch B để triển khai thực hiện.": only what stands behind B says that it carries
A out."""


def fronted(passage: Passage) -> Iterator[Relation]:
    """Yield what the documents that a sentence issues carry out or rest on: the ones that its fronted clause names."""
    text, found = passage.text, passage.references
    start, lead = -1, None
    for i, f in enumerate(found):
        if passage.parents[i] >= 0:
            continue
        if (sentence := passage.sentences[i][0]) != start:
            start, lead = sentence, CARRIES.match(text, sentence) or _RESTS.match(text, sentence)
        if lead is None or lead.end() != f.start:
            continue
        targets = _carried(passage, i)
        issued = next((k for k in range(targets[-1] + 1, len(found)) if passage.is_top(k)), None)
        main = _MAIN.fullmatch(text, found[targets[-1]].extent, found[issued].start) if issued else None
        if issued is None or main is None or (main["has"] and found[issued].type not in types_of("plan")):
            continue  # "Thực hiện Chỉ thị A, Sở Tài chính có Báo cáo B": which reports
        sources = list(objects(passage, issued))
        predicate, trigger = _told(lead, text, found[sources[-1]].extent)
        for target, source in pairs(targets, sources) if trigger else ():
            if not impossible(found[source], found[target]):
                span = start, found[source].end
                yield Relation(source, predicate, target, *span, trigger, "explicit", "fronted")


def _told(lead: re.Match[str], text: str, behind: int) -> tuple[str, str]:
    """Return what is told of the documents that are issued, and by which words: the lead, or what stands `behind` them; "" for none."""
    if lead.re is not _RESTS:
        return "implements", lead.group().strip(" *_-+")
    if lead["after"] is None:
        return "based_on", lead.group().strip(" *_-+")
    said = _FOR_IT.match(text, behind)
    return "implements", said["trigger"] if said else ""


_ISSUED_ON = re.compile(
    rf"{CLOSES}(?:,\s+|\s+)(?:{BY_NOW})?(?P<trigger>(?:{PASSIVE}\s+)?(?:{ISSUES}|xây\s+dựng)\s+(?:{BASIS}|trên\s+cơ\s+sở)\s){MEMBER}",
    re.IGNORECASE,
)


def issued_on(passage: Passage) -> Iterator[Relation]:
    """Yield on what documents rest of which a sentence says it behind them: "Kế hoạch A được ban hành trên cơ sở Nghị quyết B"."""
    found = passage.references
    for source, target in pairwise(filter(passage.is_top, range(len(found)))):
        said = _ISSUED_ON.fullmatch(passage.text, found[source].extent, found[target].start)
        for k in objects(passage, target) if said else ():
            if said and not impossible(found[source], found[k]):
                span = found[source].start, found[k].end
                yield Relation(source, "based_on", k, *span, said["trigger"].strip(), "explicit", "issued-on")


# "… và ý kiến chỉ đạo của Chủ tịch UBND tỉnh tại Công văn B": what somebody says there is carried out as well.
# "Thực hiện Chỉ thị A về nghề cá; Kế hoạch B về nghề muối, …": nothing but the next document.
_NEXT = re.compile(
    rf"{CLOSES}(?:,?\s+{BESIDE}\s+(?:{CONTENT}\s+(?:chỉ\s+đạo\s+)?|chỉ\s+đạo\s+){WHOSE}\s+tại\s+|(?:[,;]|,?\s+{BESIDE})\s+(?:và\s+)?)",
    re.IGNORECASE,
)


def _carried(passage: Passage, first: int) -> list[int]:
    """Return the documents that the fronted clause names, from its `first` one on."""
    found = passage.references
    carried = list(objects(passage, first))
    while following := next((k for k in range(carried[-1] + 1, len(found)) if passage.is_top(k)), None):
        gap = found[carried[-1]].extent, found[following].start
        if not _NEXT.fullmatch(passage.text, *gap):
            break
        carried += objects(passage, following)
    return carried
