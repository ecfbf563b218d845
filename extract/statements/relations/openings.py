"""How the paragraphs of a preamble open: with what the document rests on, or with what it carries out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from chidao.extract.language.composing import one_of
from chidao.extract.language.patterns import (
    AS_FOLLOWS,
    BASIS,
    CLOSES,
    CONTENT,
    DENIES,
    DIRECTS,
    FIRST_ARTICLE,
    ITEM,
    MANNER,
    MEMBER,
    ORGANIZES,
    PASSIVE,
    SPEAKS,
    TYPE,
)
from chidao.extract.language.tables import CHANGES, words
from chidao.extract.language.verbs import CARRIES_OUT, GOES_ON, acts, verbs
from chidao.extract.statements.passage import Passage

RESTS = re.compile(
    rf"{ITEM}(?:{BASIS}(?:\s+vào)?(?:\s*:)?|Trên\s+cơ\s+sở(?=\s+{MEMBER}(?:{TYPE})\s)(?=[^\n]*[;:][*_]*\s*(?:\n|\Z))"
    rf"(?![^\n]*\s(?:đang|{DENIES}|{one_of(words('by now'))})\s))[*_]*\s",
    re.IGNORECASE,
)
"""Where a paragraph rests on documents: "Căn cứ …", "Trên cơ sở Nghị quyết A …;", which else opens a sentence that tells of something:
"Trên cơ sở Nghị quyết A, các xã đang lập quy hoạch."."""
_HEADS_BASES = re.compile(
    rf"(?:^|\n)[\s*_]*{BASIS}(?:\s+vào)?(?:\s+(?:các\s+)?văn\s+bản(?:\s+sau(?:\s+đây)?)?)?\s*:?[\s*_]*\Z", re.IGNORECASE
)
"""A line of its own above the list: "Căn cứ" / "- Luật A;", "Căn cứ các văn bản sau đây:"."""
_LONGEST_HEAD = 80
_BARE = re.compile(rf"[\s*_“\"+•–-]*(?:và\s+)?{MEMBER}(?:thông\s+báo\s+)?", re.IGNORECASE)
CARRYING = rf"(?:{MANNER}\s+)?{CARRIES_OUT}(?:(?:,\s*|\s+)(?:và\s+)?{ORGANIZES}{CARRIES_OUT}){{0,3}}"
_AIM = (
    rf"(?:Để|Nhằm)\s+(?:[^;:.\n]{{4,200}}?(?:,\s+|\s(?:và|đồng\s+thời)\s+)"
    rf"(?={GOES_ON}\s|{ORGANIZES}{CARRYING}\s+(?:{MANNER}\s+)?{MEMBER}{TYPE}\s))?"
)
"""An aim that the opening states first: "Để khắc phục tình trạng trên, | thực hiện Chỉ thị số 12/CT-UBND …, Giám đốc Sở yêu cầu …"."""
CARRIES = re.compile(
    rf"{ITEM}(?:{_AIM})?(?P<on>{GOES_ON}\s+)?{ORGANIZES}{CARRYING}[*_]*\s",
    re.IGNORECASE,
)
ON_ORDER = re.compile(rf"{ITEM}Theo\s+(?:{CONTENT}\s+)?{DIRECTS}\s", re.IGNORECASE)
INSPECTS = rf"(?:đoàn|tổ)\s+(?:thanh\s+tra|kiểm\s+toán|{acts('inspect')})(?:\s[^,;:.\n]{{1,80}}?)?\s(?:tiến\s+hành|làm\s+việc)\s"
"""What the team does whose decision a conclusion or report opens with: "Thực hiện Quyết định A, Đoàn thanh tra đã tiến hành …"."""
MAIN_VERB = re.compile(rf"(?:{SPEAKS}|{DIRECTS}|{AS_FOLLOWS}|triển\s+khai|tổ\s+chức|quyết\s+nghị|{INSPECTS})")
"""What the body that signs does, from where the main clause speaks; in lower case."""
# "Luật A đã được sửa đổi, bổ sung một số điều theo Luật B": B changes A, and the document rests on A.
TOLD = re.compile(r"(?<!\w)(?:đã|vừa|đến\s+nay)(?!\w)")
"""What says in a main clause that it tells of what was done."""
CHANGED = rf"{PASSIVE}\s+{verbs('passive', CHANGES)}"
THEN = re.compile(
    rf"{CLOSES}[;,]?\s*(?:và\s+)?(?:[^\s,;]+\s+(?:[^\s,;]+\s+)?này\s+)?(?:để|nhằm)?\s*(?P<on>{GOES_ON}\s+)?{ORGANIZES}{CARRYING}\s+$",
    re.IGNORECASE,
)
_SECTION = re.compile(
    rf"\n[\s*_#]*(?:{FIRST_ARTICLE}|I\s?[-./–]|PHẦN\s+(?:THỨ\s+)?(?:NHẤT|I)\b|1\.\s|A\.\s|QUYẾT\s+(?:ĐỊNH|NGHỊ)\s*:)"
)


def first_section(text: str) -> int:
    """Return where the preamble ends at the latest."""
    match = _SECTION.search(text, 0, 20000)
    return match.start() if match else min(len(text), 6000)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that carries documents out: where it begins, where its documents begin, what it says of them, in which words."""

    start: int
    at: int
    said: str | None
    trigger: str

    @classmethod
    def led_by(cls, lead: re.Match[str]) -> Clause:
        said = "continues" if lead.groupdict().get("on") else "implements"
        return cls(lead.start(), lead.end(), said, lead.group().strip(" *_-+"))


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the preamble that ends at `end`, of the bases or of a clause that carries out; `headed`: a line alone stands above
    its list."""

    end: int
    clause: Clause | None
    headed: bool = False
    reach: int = 0
    """Where what is said of its last document ends, if that is in the next line: "Căn cứ các Nghị định của Chính phủ: số" / "93/2018/NĐ-CP
    ngày …"; 0 where it ends in its own."""

    def goes_on(self, text: str, start: int, first: int) -> re.Match[str] | None:
        """ "Căn cứ Luật A;" / "Nghị định B;": does the paragraph at `start`, with a document at `first`, go on with the list?"""
        if start < self.reach:
            return _BARE.match(text, self.reach)
        between = text[self.end : start].strip()
        open_ = text[max(0, self.end - 8) : self.end].rstrip(" *_\n").endswith(";")
        open_ = open_ or (self.headed and text[start] in "-–+•")
        return _BARE.fullmatch(text, start, first) if open_ and not between else None


def led(text: str, start: int, first: int, last: Line | None) -> tuple[re.Match[str] | None, Clause | None, bool]:
    """Return the lead of the bases, or the clause that carries out, of the paragraph at `start` with a document at `first`, and whether a
    line alone stands above its list; it may go on with those of the line before."""
    again = last.goes_on(text, start, first) if last else None
    if head := _headed(text, start, first):
        return head, None, True
    if basis := RESTS.match(text, start) or (again if last and last.clause is None else None):
        return basis, None, bool(again and last and last.headed)
    if lead := CARRIES.match(text, start) or ON_ORDER.match(text, start):
        return None, Clause.led_by(lead), False
    return None, replace(last.clause, at=first) if again and last and last.clause else None, False


def _headed(text: str, start: int, first: int) -> re.Match[str] | None:
    """Return the line above the paragraph at `start` that says that bases follow, where the paragraph begins with document `first`."""
    head = _HEADS_BASES.search(text, max(0, start - _LONGEST_HEAD), start)
    return head if head and _BARE.fullmatch(text, start, first) else None


def opens_clause(passage: Passage, i: int) -> bool:
    """Does a basis or what carries out stand at the head of the paragraph of document `i`?"""
    start, _ = passage.layout.paragraph(passage.references[i].start)
    return any(lead.match(passage.text, start) for lead in (RESTS, CARRIES, ON_ORDER))
