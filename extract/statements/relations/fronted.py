"""A clause set before the sentence belongs to what the main clause issues."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chidao.extract.language.letters import SUPERSCRIPTS
from chidao.extract.mentions.references import Found
from chidao.extract.reading.layout import Layout
from chidao.extract.statements.relations.links import Link, impossible, nesting, objects
from chidao.extract.statements.relations.preamble import CARRIES

# "…, Ủy ban nhân dân tỉnh đã ban hành Kế hoạch số 12/KH-UBND": what the main clause's body issues.
_MAIN = re.compile(
    rf"[{SUPERSCRIPTS}*_”\"]*\s*,\s+[^.;:\n]{{2,140}}?\s(?:đã\s+|vừa\s+|kịp\s+thời\s+|sớm\s+|tham\s+mưu\s+)*ban\s+hành\s+",
    re.IGNORECASE,
)


def find_fronted(layout: Layout, found: list[Found]) -> Iterator[Link]:
    """ "Thực hiện Nghị quyết số 57-NQ/TW, UBND tỉnh đã ban hành Kế hoạch số 12/KH-UBND": the fronted clause belongs to the
    main one, so the plan that is issued there carries the resolution out, and not the document that tells of it."""
    text = layout.text
    parents = nesting(found)
    for i, f in enumerate(found):
        if parents[i] >= 0:
            continue
        start, _ = layout.sentence(f.start)
        lead = CARRIES.match(text, start)
        if lead is None or lead.end() != f.start:
            continue
        targets = list(objects(found, parents, i))
        issued = next((k for k in range(targets[-1] + 1, len(found)) if parents[k] < 0), None)
        if issued is None or not _MAIN.fullmatch(text, found[targets[-1]].extent, found[issued].start):
            continue
        for source in objects(found, parents, issued):
            for target in targets:
                if not impossible(found[source], found[target]):
                    trigger = lead.group().strip(" *_-+")
                    yield Link(source, "implements", target, start, found[source].end, trigger, "explicit", "fronted")
