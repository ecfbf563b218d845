"""Lists of an annex that an article announces: "Bãi bỏ toàn bộ 07 quyết định tại Phụ lục ban hành kèm theo Quyết định này", "Bãi bỏ các văn
bản quy phạm pháp luật sau đây (có danh mục kèm theo)".

The annex stands below the signature, and the first document of each of its items or rows is what the article speaks of; an item's title
or reason may name others. Of several annexes it is the one whose number the article names, or whose caption tells the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chidao.extract.language.dates import DATE
from chidao.extract.language.letters import LETTER, LOWER
from chidao.extract.language.patterns import (
    ACTIVE,
    ALONG,
    ANNEX,
    EFFECT,
    FROM,
    GROUP,
    NUMBER_SIGN,
    SEVERAL,
    SHARE,
    TYPE,
)
from chidao.extract.language.tables import read_relation
from chidao.extract.language.verbs import verbs
from chidao.extract.model import SELF, Relation
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.relations.clauses import VERBS, denied, enacts, shares
from chidao.extract.statements.relations.conditions import BEFORE
from chidao.extract.statements.relations.links import outranked
from chidao.extract.statements.said import said_in

__all__ = ["RULE", "annex_leads", "annexed_lists"]

RULE = "enacting-annex"

_LIST = r"danh\s+mục"
_FIGURE = r"(?:[IVX]{1,4}|[0-9]{1,2})"
_SINCE = rf"{FROM}\s+(?:ngày\s+)?{DATE.pattern},?"
_LEAD = re.compile(
    rf"{ACTIVE}(?<![{LETTER}])(?P<trigger>{VERBS})(?![{LETTER}])(?:\s+(?:{SHARE}|{EFFECT}|của|{_SINCE}))*\s+{SEVERAL}\s+(?:văn\s+bản|{TYPE})(?!\w)"
    rf"[^.;:\n]{{0,240}}?(?:(?:tại|theo|trong)\s+(?:các\s+)?(?:{ANNEX}|{_LIST})(?:\s+(?:số\s+)?(?P<figure>{_FIGURE})(?!\w))?"
    rf"|\(?(?:có|theo)?\s*(?:{_LIST}|{ANNEX})(?:\s+[^\s.;:]+){{0,6}}?\s+(?:{ALONG}|đính\s+kèm))",
    re.IGNORECASE,
)
"""What an article does to the documents of an annex."""
_HEADING = re.compile(
    rf"\n[ \t*_#]*(?:(?P<annex>{ANNEX})(?:\s+(?:SỐ\s+|số\s+)?(?P<figure>{_FIGURE}))?[ \t*_.:]*(?=\n)|DANH MỤC(?!\w)[^\n]*)"
)
"""A line that heads an annex, or the list that is one."""
_ENDED = re.compile(rf"{verbs('clause', ('repeals', 'replaces'))}|hết\s+{EFFECT}", re.IGNORECASE)
_NOT_WHOLE = re.compile(
    rf"\s(?:trừ|trái\s+với|khác\s+với|bằng|sau\s+khi)\s|{ALONG}\s+(?:các\s+)?{TYPE}(?!\s+này)(?!\w)", re.IGNORECASE
)
"""Of "… trừ các văn bản tại mục II", "… trái với quy định tại Phụ lục", "… bằng mức giá tại Phụ lục", and of another's annex, "… tại Danh
mục kèm theo Tờ trình của Sở Tư pháp"."""
_GOES_ON = re.compile(rf"còn\s+{EFFECT}|(?:sửa\s+đổi|bổ\s+sung|tiếp\s+tục|giữ\s+nguyên)(?!\w)", re.IGNORECASE)
"""Of "II. VĂN BẢN CÒN HIỆU LỰC": what stands below has not ended."""
_HEADS = re.compile(rf"[ \t*_#]*(?:{GROUP}\s?[-./)]|(?i:{_LIST})\s|(?!.*[{LOWER}]))")
"""A line that heads a group or is a caption; in a table whose cells stand below each other a title may be "Sửa đổi quy định về phí"."""

_SERIAL = r"(?:[0-9]{1,3}(?:\.[0-9]{1,2})*|[a-zđ])"
_ITEM = re.compile(
    rf"[\s*_]*(?:(?P<number>[0-9]{{1,3}}(?:\.[0-9]{{1,2}})*\s*[.)])|(?P<letter>[a-zđ]\s*[.)])|(?P<dash>[-–+•])|(?P<row>[|│]?\s*{_SERIAL}\s*[|│\t]))[\s*_]*(?:{TYPE}[\s*_]*[|│\t]\s*)?(?:{NUMBER_SIGN})?[\s*_]*",
    re.IGNORECASE,
)
"""What stands before the document of an item, or of a table's row."""
_CAPTION = 400
"""Characters of a caption."""


def annexed_lists(passage: Passage) -> Iterator[Relation]:
    """Yield what the document's articles do to each document of an annex."""
    if not passage.heading.type or not enacts(passage):
        return
    for lead in annex_leads(passage):
        predicate = read_relation(lead["trigger"]).predicate
        blocks = _blocks(passage, lead.end())
        for start, end in _announced(passage.text, lead["figure"], blocks):
            for i, at in _items(passage, start, end):
                if not outranked(passage.heading.type, predicate, passage.references[i]):
                    f = passage.references[i]
                    yield Relation(SELF, predicate, i, at, f.end, lead["trigger"], "explicit", RULE)


def annex_leads(passage: Passage) -> Iterator[re.Match[str]]:
    """Yield the clauses that end what an annex lists, whole."""
    text, low = passage.text, passage.layout.low
    at = 0
    changed = said_in(low)["changed"]
    while (at := changed.first(at, passage.layout.body_end)) >= 0:
        start, end = passage.layout.paragraph(at)
        lead = _LEAD.match(text, at, end) or _LEAD.search(text, at, end)
        at = max(at + 1, lead.end() if lead else end)
        if (
            lead is None
            or "part" in shares(lead.group())
            or read_relation(lead["trigger"]).predicate not in ("repeals", "replaces")
        ):
            continue
        supposed = BEFORE.match(text, start, end) or denied(text, start, lead.start())
        said = text[lead.start() : passage.layout.sentence(lead.end() - 1)[1]]
        if _NOT_WHOLE.search(said):
            continue
        # "… tại Phụ lục ban hành kèm theo Nghị định số 5/2020/NĐ-CP": another document's annex, or parts of that document
        of_another = passage.starting(lead.start(), min(end, passage.layout.sentence(lead.end() - 1)[1]))
        if not (supposed or of_another or passage.quotes.holds(lead.start())):
            yield lead


def _blocks(passage: Passage, start: int) -> list[tuple[str | None, int, int]]:
    """The annexes behind `start`, each with its figure, where its caption begins and where it ends."""
    text = passage.text
    found = list(_HEADING.finditer(text, start, passage.layout.body_end))
    if any(m["annex"] for m in found):
        found = [m for m in found if m["annex"]]
    ends = [*(m.start() for m in found[1:]), passage.layout.body_end]
    return [
        (m["figure"], m.start() if m["annex"] is None else m.end(), end) for m, end in zip(found, ends, strict=True)
    ]


def _announced(text: str, figure: str | None, blocks: list[tuple[str | None, int, int]]) -> list[tuple[int, int]]:
    """The annexes of which a clause speaks."""
    if figure:
        return [(start, end) for named, start, end in blocks if named == figure]
    if len(blocks) == 1:
        return [blocks[0][1:]]
    return [(start, end) for _, start, end in blocks if _ENDED.search(text, start, min(end, start + _CAPTION))]


def _items(passage: Passage, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the document of each item of an annex and where the item begins; of those below a caption of what ends in part none."""
    text, last = passage.text, start
    partly, items, kind = False, 0, None
    for paragraph in passage.own_paragraphs:
        if not start <= paragraph.start < end:
            continue
        for line in text[last : paragraph.start].split("\n"):
            if _HEADS.match(line) and (_ENDED.search(line) or _GOES_ON.search(line)):
                partly = _ENDED.search(line) is None or shares(line) == {"part"}
        last = paragraph.end
        first = passage.references[paragraph.members[0]]
        opened = _opens(text, paragraph.start, first.start, items + 1) if first.number else None
        if opened and kind in (None, opened):  # a bullet below a numbered item says why it ends, or what goes on
            items, kind = items + 1, opened
            if not partly:
                yield paragraph.members[0], paragraph.start


def _opens(text: str, start: int, at: int, n: int) -> str | None:
    """Return how the document at `at` opens an item of a list, whose paragraph begins at `start`: behind a number, a dash, in a row; None
    where it opens none. In a table whose cells stand below each other the item's number, `n`, ends the line above."""
    if item := _ITEM.fullmatch(text, start, at):
        return item.lastgroup
    above = text[text.rfind("\n", 0, max(0, start - 1)) + 1 : start].split()
    return "row" if not text[start:at].strip(" *_") and above[-1:] == [str(n)] else None
