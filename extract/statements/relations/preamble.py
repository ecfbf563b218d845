"""The preamble: what the document rests on ("Căn cứ …") and what it carries out ("Thực hiện …, Ủy ban nhân dân ban hành …").

Each clause has a lead and a list of documents: "Căn cứ Luật A; Nghị định B; để thực hiện Nghị quyết C". What is inside a
listed document's own title ("Nghị định B quy định chi tiết một số điều của Luật C") is none of the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chidao.extract.language.patterns import ABOUT, ISSUES, ORGANIZES
from chidao.extract.model import SELF, Relation
from chidao.extract.statements.passage import Paragraph, Passage
from chidao.extract.statements.relations.bases import bases
from chidao.extract.statements.relations.carried import carried, carried_at_last
from chidao.extract.statements.relations.links import JUST_ISSUED
from chidao.extract.statements.relations.openings import CARRYING, Line, first_section, led

_ANOTHERS = re.compile(r"có\s+căn\s+cứ\s+ban\s+hành\s+như\s+sau\s*:?\s*$", re.IGNORECASE)


def _announced(passage: Passage, start: int, end: int) -> re.Match[str] | None:
    """Where the paragraph says that a preamble of another document follows."""
    return _ANOTHERS.search(passage.text, start, end) if passage.layout.low.find("sau", start, end) >= 0 else None


def preamble(passage: Passage) -> Iterator[Relation]:
    """Yield the document's bases and what it carries out, paragraph by paragraph."""
    text, found = passage.text, passage.references
    end = min(first_section(text), passage.layout.body_end)
    of = SELF
    last: Line | None = None
    for paragraph in passage.paragraphs:
        first = found[paragraph.members[0]].start
        if first >= end:
            return
        start = first - len(text[paragraph.start : first].lstrip())
        basis, clause, headed = led(text, start, first, last)
        at_last = found[paragraph.members[-1]]
        reach = at_last.extent if at_last.end > paragraph.end else 0
        last = Line(paragraph.end, clause, headed, reach) if basis or clause else None
        if announced := _announced(passage, start, paragraph.end):
            # A consolidated text tells on what the amending circular rests.
            of = next(k for k in paragraph.members if passage.is_top(k))
            if found[of].end > announced.start():
                of = SELF
        elif not basis:
            of = SELF
        if of >= 0:
            if basis and not announced:
                yield from bases(passage, paragraph, basis, of)
        elif passage.quotes.holds(start):
            continue
        elif basis:
            issued = _issued_in(passage, paragraph)
            if issued >= 0 or not _told_of(passage, paragraph):
                yield from bases(passage, paragraph, basis, issued)
        elif clause:
            yield from carried(passage, paragraph, clause, _issued_in(passage, paragraph))
        else:
            yield from _issued_for(passage, paragraph, start)
            yield from carried_at_last(passage, paragraph)


def _issued_in(passage: Passage, paragraph: Paragraph) -> int:
    """ "Căn cứ A; B. Tỉnh ủy ban hành Quy định số 19-QĐ/TU": the document that the paragraph of an article names as issued, else SELF."""
    if passage.heading.type:
        return SELF
    for i in paragraph.members[1:]:
        f = passage.references[i]
        if f.number and passage.is_top(i) and JUST_ISSUED.search(passage.text, max(0, f.start - 24), f.start):
            return i
    return SELF


def _told_of(passage: Passage, paragraph: Paragraph) -> bool:
    """ "Căn cứ vào Kế hoạch A về chiến dịch hè." and nothing more is a sentence of an article, on which nothing is said to rest."""
    if passage.heading.type:
        return False
    rest = passage.text[passage.references[paragraph.members[-1]].extent : paragraph.end]
    return rest.strip() == "."


def _issued_for(passage: Passage, paragraph: Paragraph, start: int) -> Iterator[Relation]:
    """ "… ban hành Quy định thực hiện Quy định số 50-QĐ/TW": the opening says what the document is issued for."""
    own_type = passage.heading.type
    for i in paragraph.members:
        f = passage.references[i]
        issued = issued_to(passage.text, start, f.start, own_type) if own_type and passage.is_top(i) else None
        if issued:
            span = issued.start(), f.end
            yield Relation(SELF, "implements", i, *span, issued["trigger"], "explicit", "preamble-issues")


def issued_to(text: str, start: int, end: int, own_type: str) -> re.Match[str] | None:
    """ "… ban hành Quy định thực hiện Quy định số 50-QĐ/TW": the opening says what the document is issued for."""
    kind = r"\s+".join(re.escape(word) for word in own_type.split())
    pattern = (
        rf"{ISSUES}\s+{kind}\s+(?:{ABOUT}\s+)?"
        rf"(?P<trigger>{ORGANIZES}{CARRYING})\s*$"
    )
    return re.compile(pattern, re.IGNORECASE).search(text, max(start, end - 160), end)
