"""The preamble: what the document rests on ("Căn cứ …") and what it carries out ("Thực hiện …, Ủy ban nhân dân ban hành …").

Each clause has a lead and a list of documents: "Căn cứ Luật A; Nghị định B; để thực hiện Nghị quyết C". What is inside a
listed document's own title ("Nghị định B quy định chi tiết một số điều của Luật C") is none of the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chidao.extract.language.letters import SUPERSCRIPTS
from chidao.extract.mentions.references import Found
from chidao.extract.model import SELF, Heading
from chidao.extract.reading.layout import Layout
from chidao.extract.reading.quotes import Quotes
from chidao.extract.statements.relations.links import Link, nesting

_BASIS = re.compile(r"[\s*_“\"+•–-]*(?:[0-9]+\.\s*)?Căn\s+cứ(?:\s+vào)?\s", re.IGNORECASE)
_VERB = (
    r"(?:nghiêm\s+túc\s+)?(?:(?:thực\s+hiện|triển\s+khai(?:,?\s+(?:và\s+)?(?:tổ\s+chức\s+)?(?:thực\s+hiện|thi\s+hành))?|"
    r"cụ\s+thể\s+h[óo]a|thi\s+hành|quán\s+triệt(?:(?:,|\s+và)\s+(?:tổ\s+chức\s+)?(?:triển\s+khai\s+)?thực\s+hiện)?)"
    r"(?:,?\s+(?:và\s+)?(?:cụ\s+thể\s+h[óo]a|quán\s+triệt))?)"
)
CARRIES = re.compile(
    rf"[\s*_“\"+•–-]*(?:[0-9]+\.\s*)?(?:Để\s+|Nhằm\s+)?(?P<on>tiếp\s+tục\s+)?(?:tổ\s+chức\s+)?(?P<verb>{_VERB})\s",
    re.IGNORECASE,
)
_ON_ORDER = re.compile(r"[\s*_+•–-]*Theo\s+(?:ý\s+kiến\s+)?(?:chỉ\s+đạo|kết\s+luận)\s", re.IGNORECASE)
# What the body that signs does: from here on the main clause speaks.
_ISSUES = re.compile(
    r"(?:ban\s+hành|xây\s+dựng|báo\s+cáo|hướng\s+dẫn|yêu\s+cầu|đề\s+nghị|quyết\s+định|thông\s+báo|như\s+sau|"
    r"có\s+ý\s+kiến|giao|triển\s+khai|tổ\s+chức|chỉ\s+thị|chỉ\s+đạo)",
    re.IGNORECASE,
)
_MAIN = re.compile(
    r",\s+[^,;\n]{2,140}?\s(?:ban\s+hành|xây\s+dựng|báo\s+cáo|hướng\s+dẫn|yêu\s+cầu|đề\s+nghị|quyết\s+định|"
    r"thông\s+báo(?!\s+số)|như\s+sau)",
    re.IGNORECASE,
)
_LISTED = re.compile(rf"[{SUPERSCRIPTS}\s*_”\")]*(?:[,;]|và\s|cùng\s|gắn\s+với\s)", re.IGNORECASE)
_SEPARATED = re.compile(
    rf"[{SUPERSCRIPTS}\s*_”\")]*(?:(?P<mark>;|\.)|,|(?:,\s*)?(?:và|cùng|cùng\s+với))\s*(?:và\s+)?(?:các\s+)?(?P<again>căn\s+cứ\s+(?:vào\s+)?)?"
    r"(?:số\s*:?\s*)?(?:(?:các\s+)?(?:điểm|khoản|điều|mục)[^;.\n]{0,40}?\s)*(?:của\s+)?",
    re.IGNORECASE,
)
# "Luật A đã được sửa đổi, bổ sung một số điều theo Luật B": B changes A, and the document rests on A.
_MODIFIES = re.compile(r"(?:được|bị)\s+(?:sửa|bổ\s+sung|thay)|(?<!căn\s)(?:của|theo|bởi|tại)\s+$", re.IGNORECASE)
_THEN = re.compile(
    rf"[{SUPERSCRIPTS}\s*_”\")]*[;,]?\s*(?:và\s+)?(?:để|nhằm)?\s*(?P<on>tiếp\s+tục\s+)?(?:tổ\s+chức\s+)?{_VERB}\s+$",
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


def find_preamble(layout: Layout, found: list[Found], heading: Heading, quotes: Quotes) -> Iterator[Link]:
    """The document's bases and what it carries out, paragraph by paragraph."""
    text = layout.text
    parents = nesting(found)
    end = min(first_section(text), layout.body_end)
    i = 0
    of = SELF
    while i < len(found) and found[i].start < end:
        start, stop = layout.paragraph(found[i].start)
        members: list[int] = []
        while i < len(found) and found[i].start < stop:
            members.append(i)
            i += 1
        start += len(text[start : found[members[0]].start]) - len(text[start : found[members[0]].start].lstrip())
        if announced := _ANOTHERS.search(text, start, stop):
            # A consolidated text tells on what the amending circular rests.
            of = next(k for k in members if parents[k] < 0)
            if found[of].end > announced.start():
                of = SELF
        elif not _BASIS.match(text, start):
            of = SELF
        if of >= 0:
            if not announced:
                basis = _BASIS.match(text, start)
                yield from _bases(text, found, parents, members, basis, of) if basis else ()
        elif not quotes.holds(start):
            yield from _paragraph(text, found, parents, members, start, stop, heading)


def _paragraph(
    text: str, found: list[Found], parents: list[int], members: list[int], start: int, stop: int, heading: Heading
) -> Iterator[Link]:
    basis = _BASIS.match(text, start)
    if basis:
        yield from _bases(text, found, parents, members, basis, SELF)
        return
    carries = CARRIES.match(text, start) or _ON_ORDER.match(text, start)
    if carries:
        yield from _carried(text, found, parents, members, carries, stop)
        return
    for i in members:
        if parents[i] < 0 and heading.type and (issued := issued_to(text, start, found[i].start, heading.type)):
            yield Link(
                SELF, "implements", i, issued.start(), found[i].end, issued["trigger"], "explicit", "preamble-issues"
            )


def _bases(
    text: str, found: list[Found], parents: list[int], members: list[int], basis: re.Match[str], of: int
) -> Iterator[Link]:
    """ "Căn cứ Luật A; Nghị định B và Nghị định C; để thực hiện Nghị quyết D"."""
    state: dict[int, str | None] = {}  # what the list's lead makes of each reference
    start = basis.start()
    for n, i in enumerate(members):
        f = found[i]
        if parents[i] >= 0:
            state[i] = None
            continue
        if not n:
            gap = text[basis.end() : f.start]
            said = None if _ISSUES.search(gap) and ";" in gap else "based_on"
        else:
            said = _next_basis(text, found, members, n, state)
        state[i] = said
        if said:
            yield Link(of, said, i, start, f.end, "Căn cứ", "explicit", _RULES[said])


_RULES = {"based_on": "preamble-basis", "implements": "preamble-carries", "continues": "preamble-carries"}


def _next_basis(text: str, found: list[Found], members: list[int], n: int, state: dict[int, str | None]) -> str | None:
    f, previous = found[members[n]], found[members[n - 1]]
    gap_start = min(previous.extent, f.start)
    outer = members[n - 1]
    separated = _SEPARATED.fullmatch(text, gap_start, f.start)
    if separated is None:
        gap = text[gap_start : f.start]
        cut = max(gap.rfind(";"), gap.lower().rfind("căn cứ"))
        if cut >= 0 and not _MODIFIES.search(gap[cut:]) and not _ISSUES.search(gap[cut:]):
            then = _THEN.fullmatch(gap[cut:])
            return ("continues" if then["on"] else "implements") if then else "based_on"
        then = _THEN.fullmatch(gap)
        return ("continues" if then["on"] else "implements") if then and gap.lstrip()[:1] in ",;" else None
    if separated["mark"] or separated["again"]:
        return "based_on"
    # "Nghị định B quy định chi tiết Luật C và Luật D": a list goes on with what is of the same kind.
    for k in reversed(members[:n]):
        if found[k].type == f.type:
            return state[k]
        if state[k]:
            break
    return state[outer]


def _carried(
    text: str, found: list[Found], parents: list[int], members: list[int], carries: re.Match[str], stop: int
) -> Iterator[Link]:
    """ "Thực hiện Nghị quyết A, Kế hoạch B của C về …, Ủy ban nhân dân tỉnh ban hành …": until the main clause speaks."""
    at = carries.end()
    predicate = "continues" if carries.groupdict().get("on") else "implements"
    for n, i in enumerate(members):
        f = found[i]
        if parents[i] >= 0:
            continue
        if _MAIN.search(text, at, f.start):
            return
        joined = not n or _LISTED.match(text, at, f.start)
        at = max(at, f.extent)
        if joined and f.type != "Tờ trình" and _ISSUES.search(text, f.extent, stop):
            trigger = carries.group().strip(" *_-+")
            yield Link(SELF, predicate, i, carries.start(), f.end, trigger, "explicit", "preamble-carries")


def issued_to(text: str, start: int, end: int, own_type: str) -> re.Match[str] | None:
    """ "… ban hành Quy định thực hiện Quy định số 50-QĐ/TW": the opening says what the document is issued for."""
    kind = r"\s+".join(re.escape(word) for word in own_type.split())
    pattern = (
        rf"ban\s+hành\s+{kind}\s+(?:về\s+(?:việc\s+)?)?"
        r"(?P<trigger>(?:tổ\s+chức\s+)?(?:triển\s+khai\s+)?thực\s+hiện|triển\s+khai|cụ\s+thể\s+h[óo]a|thi\s+hành)\s*$"
    )
    return re.compile(pattern, re.IGNORECASE).search(text, max(start, end - 160), end)
