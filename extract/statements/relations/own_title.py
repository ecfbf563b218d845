"""What the document's own title, and the title of what it issues, say of others.

"Kế hoạch | Triển khai thực hiện A", "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch thực hiện A", and the title of an annex above
"(Ban hành kèm theo Quyết định số …)"; also what a note behind the title tells: "… quy chế làm việc (nay được thay thế bởi A)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chidao.extract.language.offices import HOLDER
from chidao.extract.language.patterns import ALONG, BY_NOW, FIRST_ARTICLE, ISSUED_ALONG
from chidao.extract.language.tables import read_relation
from chidao.extract.language.verbs import undergoing
from chidao.extract.model import SELF, Relation
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.relations.openings import first_section
from chidao.extract.statements.relations.titles import read_title
from chidao.ontology.authority import types_of

# "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch thực hiện …", "Phê duyệt Đề án triển khai …".
# What begins with one character in one case is searched for several times faster.
_ISSUED = re.compile(rf"\n(?i:[\s*_]*{FIRST_ARTICLE}\s*[.:][\s*_]*{ISSUED_ALONG})")
# The annex states its title and then whose annex it is: "(Ban hành kèm theo Quyết định số …)".
_ANNEXED = re.compile(rf"\n(?i:[\s*_]*\(?\s*{ALONG}\s+(?P<type>[^\n0-9.,;]{{4,24}}?)\s+(?:số|này))")
_LONGEST_TITLE = 900
_NOTE = re.compile(rf"\(\s*{BY_NOW}(?P<trigger>{undergoing()})\s+$", re.IGNORECASE)
_NOTE_ENDS = re.compile(r"[^;()\n]*\)[\s.;*_]*")


def own_title(passage: Passage) -> Iterator[Relation]:
    """Yield what the document's title states, and its first article and its annex for what they issue."""
    text, heading = passage.text, passage.heading
    if not heading.type:
        return
    if heading.places.title:
        yield from _said(passage, heading.places.title, "own-title")
        yield from _noted(passage, *heading.places.title)
    if (enacted := _enacted(passage)) >= 0:
        yield from _said(passage, (enacted, _line_end(text, enacted)), "enacted-title")
    if issued := _ISSUED.search(text):
        yield from _said(passage, (issued.end(), _line_end(text, issued.end())), "issued-title")
    for annexed in _ANNEXED.finditer(text):
        if annexed["type"].lower().startswith(heading.type.lower()) and not passage.quotes.holds(annexed.start() + 1):
            yield from _said(passage, (_annex_title(text, annexed.start()), annexed.start()), "annex-title")


def _enacted(passage: Passage) -> int:
    """Where a preamble says once more what it enacts, at more length than the title may: "Chính phủ ban hành Nghị định | sửa đổi A"; not
    where a ground tells who may: "Căn cứ Luật B cho phép Chính phủ ban hành Nghị định sửa đổi A;"."""
    kind, text = passage.heading.type, passage.text
    if kind not in types_of("enacting"):
        return -1
    at = text.find(f"ban hành {kind} ", 0, first_section(text))
    if at < 0:
        return -1
    # a ministry may have a comma in its name
    tried = (max(text.rfind(mark, 0, at) for mark in marks) for marks in ("\n,;", "\n;"))
    named = any(_is_writer(passage, text[before + 1 : at].strip(" *_")) for before in tried)
    return at + len(f"ban hành {kind} ") if named else -1


def _is_writer(passage: Passage, who: str) -> bool:
    """Is it whose document it is, or who holds the office that issues it: "Bộ trưởng"?"""
    return (
        passage.is_writer(who)
        or passage.is_writer(HOLDER.sub("", who, count=1))
        or HOLDER.fullmatch(f"{who} ") is not None
    )


def _line_end(text: str, at: int) -> int:
    stop = text.find("\n", at)
    return len(text) if stop < 0 else stop


def _said(passage: Passage, span: tuple[int, int], rule: str) -> Iterator[Relation]:
    begin, end = span
    inside = [i for i in passage.starting(begin, end) if passage.is_top(i)]
    return read_title(passage, begin, inside, rule)


def _noted(passage: Passage, begin: int, end: int) -> Iterator[Relation]:
    """Yield what became of the document itself, as a bracket at the end of its title tells that names the only document there."""
    text, inside = passage.text, passage.starting(begin, end)
    if len(inside) != 1:
        return
    f = passage.references[inside[0]]
    note = _NOTE.search(text, max(begin, f.start - 80), f.start)
    if note and _NOTE_ENDS.fullmatch(text, f.end, end):
        predicate = read_relation(note["trigger"]).predicate
        yield Relation(inside[0], predicate, SELF, note.start(), f.end, note["trigger"], "explicit", "noted")


def _annex_title(text: str, end: int) -> int:
    """Where the title above `end` begins: behind the last blank or numbered line, at most four lines up."""
    begin = end
    for _ in range(4):
        line = text.rfind("\n", 0, begin) + 1
        words = text[line:begin].strip(" *_|#")
        if (
            not words
            or end - line > _LONGEST_TITLE
            or words.endswith((".", ";", ":", "/."))
            or re.match(r"[-–+0-9]", words)
        ):
            break
        begin = line - 1
        if line == 0:
            begin = 0
            break
    return max(begin, 0)
