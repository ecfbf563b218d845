"""The preamble: what the document rests on ("Căn cứ …") and what it carries out ("Thực hiện …, Ủy ban nhân dân ban hành …").

Each clause has a lead and a list of documents: "Căn cứ Luật A; Nghị định B; để thực hiện Nghị quyết C". What is inside a
listed document's own title ("Nghị định B quy định chi tiết một số điều của Luật C") is none of the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chidao.extract.language.letters import SUPERSCRIPTS
from chidao.extract.language.patterns import BASIS, DIVISION
from chidao.extract.language.tables import CARRIES as CARRYING
from chidao.extract.language.tables import CHANGES
from chidao.extract.language.verbs import governing, verbs
from chidao.extract.model import SELF, Relation
from chidao.extract.statements.passage import Paragraph, Passage

_BASIS = re.compile(rf"[\s*_“\"+•–-]*(?:[0-9]+\.\s*)?{BASIS}(?:\s+vào)?\s", re.IGNORECASE)
_GOES_ON = governing("preamble", ["continues"])
_VERB = verbs("preamble", CARRYING)
_VERBS = rf"(?:nghiêm\s+túc\s+)?{_VERB}(?:(?:,\s*|\s+)(?:và\s+)?(?:tổ\s+chức\s+)?{_VERB}){{0,3}}"
CARRIES = re.compile(
    rf"[\s*_“\"+•–-]*(?:[0-9]+\.\s*)?(?:Để\s+|Nhằm\s+)?(?P<on>{_GOES_ON}\s+)?(?:tổ\s+chức\s+)?{_VERBS}\s",
    re.IGNORECASE,
)
_ON_ORDER = re.compile(r"[\s*_+•–-]*Theo\s+(?:ý\s+kiến\s+)?(?:chỉ\s+đạo|kết\s+luận)\s", re.IGNORECASE)
# What the body that signs does: from here on the main clause speaks.
_SPEAKS = r"ban\s+hành|xây\s+dựng|báo\s+cáo|hướng\s+dẫn|yêu\s+cầu|đề\s+nghị|quyết\s+định|như\s+sau|thông\s+báo(?!\s+số)"
_ISSUES = re.compile(
    rf"(?:{_SPEAKS}|thông\s+báo|có\s+ý\s+kiến|giao|triển\s+khai|tổ\s+chức|chỉ\s+thị|chỉ\s+đạo)", re.IGNORECASE
)
_MAIN = re.compile(rf",\s+[^,;\n]{{2,140}}?\s(?:{_SPEAKS})", re.IGNORECASE)
_LISTED = re.compile(rf"[{SUPERSCRIPTS}\s*_”\")]*(?:[,;]|và\s|cùng\s|gắn\s+với\s)", re.IGNORECASE)
_SEPARATED = re.compile(
    rf"[{SUPERSCRIPTS}\s*_”\")]*(?:(?P<mark>;|\.)|,|(?:,\s*)?(?:và|cùng|cùng\s+với))\s*(?:và\s+)?(?:các\s+)?(?P<again>căn\s+cứ\s+(?:vào\s+)?)?"
    rf"(?:số\s*:?\s*)?(?:(?:các\s+)?{DIVISION}[^;.\n]{{0,40}}?\s)*(?:của\s+)?",
    re.IGNORECASE,
)
# "Luật A đã được sửa đổi, bổ sung một số điều theo Luật B": B changes A, and the document rests on A.
_MODIFIES = re.compile(rf"(?:được|bị)\s+{verbs('passive', CHANGES)}|(?<!căn\s)(?:của|theo|bởi|tại)\s+$", re.IGNORECASE)
_THEN = re.compile(
    rf"[{SUPERSCRIPTS}\s*_”\")]*[;,]?\s*(?:và\s+)?(?:để|nhằm)?\s*(?P<on>{_GOES_ON}\s+)?(?:tổ\s+chức\s+)?{_VERBS}\s+$",
    re.IGNORECASE,
)
_ANOTHERS = re.compile(r"có\s+căn\s+cứ\s+ban\s+hành\s+như\s+sau\s*:?\s*$", re.IGNORECASE)
_SECTION = re.compile(
    r"\n[\s*_#]*(?:(?:Điều|ĐIỀU)\s+1\b|I\s?[-./–]|PHẦN\s+(?:THỨ\s+)?(?:NHẤT|I)\b|1\.\s|A\.\s|QUYẾT\s+(?:ĐỊNH|NGHỊ)\s*:)"
)


def first_section(text: str) -> int:
    """Where the preamble ends at the latest."""
    match = _SECTION.search(text, 0, 20000)
    return match.start() if match else min(len(text), 6000)


def preamble(passage: Passage) -> Iterator[Relation]:
    """Yield the document's bases and what it carries out, paragraph by paragraph."""
    text, found = passage.text, passage.references
    end = min(first_section(text), passage.layout.body_end)
    of = SELF
    for paragraph in passage.paragraphs:
        first = found[paragraph.members[0]].start
        if first >= end:
            return
        start = first - len(text[paragraph.start : first].lstrip())
        basis = _BASIS.match(text, start)
        if announced := _ANOTHERS.search(text, start, paragraph.end):
            # A consolidated text tells on what the amending circular rests.
            of = next(k for k in paragraph.members if passage.is_top(k))
            if found[of].end > announced.start():
                of = SELF
        elif not basis:
            of = SELF
        if of >= 0:
            if basis and not announced:
                yield from _bases(passage, paragraph, basis, of)
        elif passage.quotes.holds(start):
            continue
        elif basis:
            yield from _bases(passage, paragraph, basis, SELF)
        elif carries := CARRIES.match(text, start) or _ON_ORDER.match(text, start):
            yield from _carried(passage, paragraph, carries)
        else:
            yield from _issued_for(passage, paragraph, start)


def _issued_for(passage: Passage, paragraph: Paragraph, start: int) -> Iterator[Relation]:
    """ "… ban hành Quy định thực hiện Quy định số 50-QĐ/TW": the opening says what the document is issued for."""
    own_type = passage.heading.type
    for i in paragraph.members:
        f = passage.references[i]
        issued = issued_to(passage.text, start, f.start, own_type) if own_type and passage.is_top(i) else None
        if issued:
            span = issued.start(), f.end
            yield Relation(SELF, "implements", i, *span, issued["trigger"], "explicit", "preamble-issues")


def _bases(passage: Passage, paragraph: Paragraph, basis: re.Match[str], of: int) -> Iterator[Relation]:
    """ "Căn cứ Luật A; Nghị định B và Nghị định C; để thực hiện Nghị quyết D": on what document `of` rests."""
    found = passage.references
    said: dict[int, str | None] = {}  # what the list's lead makes of each reference
    for n, i in enumerate(paragraph.members):
        f = found[i]
        if not passage.is_top(i):
            said[i] = None
        elif n:
            said[i] = _next_basis(passage, paragraph.members[: n + 1], said)
        else:
            gap = passage.text[basis.end() : f.start]
            said[i] = None if _ISSUES.search(gap) and ";" in gap else "based_on"
        if predicate := said[i]:
            yield Relation(of, predicate, i, basis.start(), f.end, "Căn cứ", "explicit", _RULES[predicate])


_RULES = {"based_on": "preamble-basis", "implements": "preamble-carries", "continues": "preamble-carries"}


def _next_basis(passage: Passage, members: Sequence[int], said: dict[int, str | None]) -> str | None:
    """Return what the list of bases says of the last of `members`, given what it `said` of those before."""
    found, (*before, i) = passage.references, members
    f = found[i]
    start = min(found[before[-1]].extent, f.start)
    separated = _SEPARATED.fullmatch(passage.text, start, f.start)
    if separated is None:
        return _new_clause(passage.text[start : f.start])
    if separated["mark"] or separated["again"]:
        return "based_on"
    # "Nghị định B quy định chi tiết Luật C và Luật D": a list goes on with what is of the same kind.
    for k in reversed(before):
        if found[k].type == f.type:
            return said[k]
        if said[k]:
            break
    return said[before[-1]]


def _new_clause(gap: str) -> str | None:
    """Return what the words between two documents begin to say of the second one, if anything."""
    cut = max(gap.rfind(";"), gap.lower().rfind("căn cứ"))
    if cut >= 0 and not _MODIFIES.search(gap[cut:]) and not _ISSUES.search(gap[cut:]):
        then, otherwise = _THEN.fullmatch(gap[cut:]), "based_on"
    else:
        then, otherwise = _THEN.fullmatch(gap) if gap.lstrip()[:1] in ",;" else None, None
    return ("continues" if then["on"] else "implements") if then else otherwise


def _carried(passage: Passage, paragraph: Paragraph, carries: re.Match[str]) -> Iterator[Relation]:
    """ "Thực hiện Nghị quyết A, Kế hoạch B của C về …, Ủy ban nhân dân tỉnh ban hành …": until the main clause speaks."""
    text, at = passage.text, carries.end()
    predicate = "continues" if carries.groupdict().get("on") else "implements"
    trigger = carries.group().strip(" *_-+")
    for n, i in enumerate(paragraph.members):
        f = passage.references[i]
        if not passage.is_top(i):
            continue
        if _MAIN.search(text, at, f.start):
            return
        joined = not n or _LISTED.match(text, at, f.start)
        at = max(at, f.extent)
        if joined and f.type != "Tờ trình" and _ISSUES.search(text, f.extent, paragraph.end):
            yield Relation(SELF, predicate, i, carries.start(), f.end, trigger, "explicit", "preamble-carries")


def issued_to(text: str, start: int, end: int, own_type: str) -> re.Match[str] | None:
    """ "… ban hành Quy định thực hiện Quy định số 50-QĐ/TW": the opening says what the document is issued for."""
    kind = r"\s+".join(re.escape(word) for word in own_type.split())
    pattern = (
        rf"ban\s+hành\s+{kind}\s+(?:về\s+(?:việc\s+)?)?"
        rf"(?P<trigger>(?:tổ\s+chức\s+)?{_VERBS})\s*$"
    )
    return re.compile(pattern, re.IGNORECASE).search(text, max(start, end - 160), end)
