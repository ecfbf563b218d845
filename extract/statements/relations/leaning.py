"""What an opening carries out by words that lean on a document named above it.

Ngày 05/3/2026, Sở nhận được Công văn số 12/UBND-TH của Ủy ban nhân dân tỉnh.
Thực hiện Công văn nêu trên, Sở đề nghị …        the document implements 12/UBND-TH
Thực hiện nội dung trên và Chỉ thị số 5/CT-TTg …  so it does here
Thực hiện Công văn nêu trên, Sở đã kiểm tra …     told of what was done: it says nothing of this document
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chidao.extract.language.patterns import AS_FOLLOWS, DIRECTS, SPEAKS
from chidao.extract.model import SELF, Relation
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.relations.openings import CARRIES, TOLD, first_section
from chidao.ontology.authority import types_of

_MAIN = re.compile(rf"[^.\n]*?,\s+[^,;:.\n]{{2,140}}?\s(?:{SPEAKS}|{DIRECTS}|{AS_FOLLOWS})")
"""Its main verb; with a capital "Xây dựng" is of a name."""


def leaning(passage: Passage) -> Iterator[Relation]:
    """Yield what sentences of the opening carry out by "Công văn nêu trên", "nội dung trên", where their main clause then speaks."""
    if not passage.backs or passage.heading.type is None:
        return
    text = passage.text
    end = min(first_section(text), passage.layout.body_end)
    for back in passage.backs:
        if back.start >= end:
            return
        if back.antecedent is None or back.antecedent < 0 or passage.quotes.holds(back.start):
            continue
        start, stop = passage.layout.sentence(back.start)
        lead = CARRIES.match(text, start)
        main = _MAIN.match(text, back.end, stop) if lead and lead.end() == back.start else None
        proposed = passage.references[back.antecedent].type in types_of("proposing")
        if lead and main and not proposed and not TOLD.search(text, back.end, main.end()):
            said = "continues" if lead["on"] else "implements"
            yield Relation(
                SELF, said, back.antecedent, start, back.end, lead.group().strip(), "explicit", "opening-leans"
            )
