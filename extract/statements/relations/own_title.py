"""What the document's own title, and the title of what it issues, say of others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chidao.extract.mentions.references import Found
from chidao.extract.model import SELF, Heading
from chidao.extract.reading.layout import Layout
from chidao.extract.reading.quotes import Quotes
from chidao.extract.statements.relations.links import Link, nesting
from chidao.extract.statements.relations.titles import read_title

# "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch thực hiện …", "Phê duyệt Đề án triển khai …".
_ISSUED = re.compile(
    r"(?:^|\n)[\s*_]*Điều\s+1\s*[.:][\s*_]*(?:Ban\s+hành|Phê\s+duyệt)\s+(?:kèm\s+theo\s+[^\n.;]{2,40}?\s+này\s+)?",
    re.IGNORECASE,
)
# The annex states its title and then whose annex it is: "(Ban hành kèm theo Quyết định số …)".
_ANNEXED = re.compile(
    r"\n[\s*_]*\(?\s*(?:Ban\s+hành\s+)?[Kk]èm\s+theo\s+(?P<type>[^\n0-9.,;]{4,24}?)\s+(?:số|này)", re.IGNORECASE
)
_HEAD = 12000
_LONGEST_TITLE = 900


def find_own_title(layout: Layout, found: list[Found], heading: Heading, quotes: Quotes) -> Iterator[Link]:
    """The document's relations that its title states, or its first article and its annex for what they issue."""
    if not heading.type:
        return
    text = layout.text
    parents = nesting(found)
    top = [i for i, parent in enumerate(parents) if parent < 0]
    if heading.title and (at := title_at(text, heading.title)):
        yield from _said(text, found, top, at, heading.type, "own-title")
    if issued := _ISSUED.search(text):
        stop = text.find("\n", issued.end())
        yield from _said(
            text, found, top, (issued.end(), len(text) if stop < 0 else stop), heading.type, "issued-title"
        )
    for annexed in _ANNEXED.finditer(text):
        if annexed["type"].lower().startswith(heading.type.lower()) and not quotes.holds(annexed.start() + 1):
            begin = _annex_title(text, annexed.start())
            yield from _said(text, found, top, (begin, annexed.start()), heading.type, "annex-title")


def _said(
    text: str, found: list[Found], top: list[int], at: tuple[int, int], own_type: str, rule: str
) -> Iterator[Link]:
    begin, end = at
    inside = [i for i in top if begin <= found[i].start < end]
    for said in read_title(text, begin, found, inside, own_type):
        yield Link(
            SELF, said.predicate, said.index, said.start, found[said.index].end, said.trigger, said.certainty, rule
        )


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


def title_at(text: str, title: str) -> tuple[int, int] | None:
    """Where the title stands in the reading text: its words in order, over any blanks and marks."""
    words = title.split()
    if not words:
        return None
    pattern = re.compile(r"[\s*_|]+".join(re.escape(w) for w in words[:60]), re.IGNORECASE)
    match = pattern.search(text, 0, _HEAD)
    if not match:
        return None
    rest = " ".join(words[60:])
    return match.start(), min(len(text), match.end() + len(rest))
