"""Relations between documents that the text itself states, each with its trigger and passage.

Between two references of a sentence the words that join them decide ("… thực hiện …", "… theo …", "… được thay thế bởi …");
inside a title they relate the titled document to the one its title names. The file's own document relates to others through
its title, its preamble ("Căn cứ …", "Thực hiện …") and its enacting clauses ("Quyết định này thay thế …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from chidao.extract.layout import Layout
from chidao.extract.lexicon import LETTER, SUPERSCRIPTS
from chidao.extract.model import SELF, Heading
from chidao.extract.references import Found
from chidao.extract.triggers import alternation, key, relation_triggers


@dataclass(frozen=True, slots=True)
class Link:
    """`subject` and `object` are indices of the references, or SELF; `start`..`end` the passage (reading offsets)."""

    subject: int
    predicate: str
    object: int
    start: int
    end: int
    trigger: str
    certainty: str
    rule: str


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    triggers = alternation(relation_triggers())
    between = re.compile(
        rf"[{SUPERSCRIPTS}*”\"]*\s*,?\s*\(?\s*(?:đã\s+|để\s+|nhằm\s+|về\s+(?:việc\s+)?|trong\s+việc\s+)?(?:(?:sơ|"
        rf"tổng)\s+kết\s+[0-9]{{1,2}}\s+)?(?P<trigger>{triggers})(?:\s+(?:nghiêm\s+túc|có\s+hiệu\s+quả|"
        r"hiệu\s+quả|đồng\s+bộ|toàn\s+bộ|một\s+phần|các|tinh\s+thần|nội\s+dung|quy\s+định\s+(?:tại|"
        r"của)))*\s*[“\"*]*\s*",
        re.IGNORECASE,
    )
    before = re.compile(
        rf"(?<![{LETTER}])(?P<trigger>{triggers})(?:\s+[^\s,;.“”\"]+){{0,4}}\s*[“\"*]*\s*$", re.IGNORECASE
    )
    apposed = re.compile(
        rf"\s+[-–]\s[^.;\n]*?(?:cụ\s+thể\s+h[óo]a|triển\s+khai)[^.;\n]*?(?P<trigger>{triggers})\s*$", re.IGNORECASE
    )
    return between, before, apposed


def nesting(found: list[Found]) -> list[int]:
    """For each reference the index of the one whose title holds it, or -1."""
    parents: list[int] = []
    open_: list[int] = []
    for i, f in enumerate(found):
        while open_ and found[open_[-1]].extent <= f.start:
            open_.pop()
        parents.append(open_[-1] if open_ else -1)
        open_.append(i)
    return parents


def find_relations(layout: Layout, found: list[Found], heading: Heading) -> list[Link]:
    """Every stated relation, in text order."""
    fronted = list(_fronted(layout, found))
    told = {link.object for link in fronted}
    own = (k for k in _own(layout, found, heading) if not (k.rule == "preamble-carries" and k.object in told))
    links = [*_pairs(layout, found), *fronted, *own]
    seen: set[tuple[int, str, int]] = set()
    kept: list[Link] = []
    for link in sorted(links, key=lambda k: (k.start, k.end)):
        if (link.subject, link.predicate, link.object) not in seen and link.subject != link.object:
            seen.add((link.subject, link.predicate, link.object))
            kept.append(link)
    return kept


def _objects(found: list[Found], parents: list[int], first: int) -> Iterator[int]:
    """A reference and those listed behind it ("thực hiện Nghị quyết 18, 19-NQ/TW")."""
    i = first
    yield i
    while i + 1 < len(found) and found[i].listed:
        following = i + 1
        if parents[following] != parents[i]:
            return
        i = following
        yield i


def _subjects(found: list[Found], last: int) -> Iterator[int]:
    """A reference and the ones before it that share what is said of it ("A, B, C về quy hoạch cán bộ theo D")."""
    i = last
    yield i
    while (
        i
        and found[i - 1].listed
        and (found[i - 1].shared or (found[i - 1].title is None and found[last].title is None))
    ):
        i -= 1
        yield i


def _pairs(layout: Layout, found: list[Found]) -> Iterator[Link]:
    text = layout.text
    between, before, apposed = _patterns()
    table = relation_triggers()
    parents = nesting(found)
    for j, b in enumerate(found):
        parent = parents[j]
        if parent >= 0:
            a = found[parent]
            if a.kind == "named" and b.end <= a.end:
                # "Luật sửa đổi, bổ sung một số điều của Luật A và Luật B": the outer name says it.
                row = table["sửa đổi, bổ sung"]
                yield Link(parent, row.predicate, j, a.start, a.end, "sửa đổi, bổ sung", "explicit", "amending-law")
                continue
            if j and parents[j - 1] == parent and found[j - 1].listed:
                continue
            begin = a.title_start if 0 <= a.title_start <= b.start else a.end
            match = before.search(text, max(begin, b.start - 120), b.start)
            if match and not _OTHERS.search(text, begin, match.start()):
                yield from _link(found, parents, parent, j, match["trigger"], "title")
            continue
        i = j - 1
        while i >= 0 and parents[i] >= 0:
            i -= 1
        if i < 0:
            continue
        a = found[i]
        gap_start = a.extent
        if b.start - gap_start > 260 or b.start <= gap_start or "\n" in text[gap_start : b.start]:
            continue
        match = between.fullmatch(text, gap_start, b.start)
        if match:
            yield from _link(found, parents, i, j, match["trigger"], "joined")
            continue
        if match := apposed.fullmatch(text, gap_start, b.start):
            for target in _objects(found, parents, j):
                yield Link(
                    i, "implements", target, a.start, found[target].end, match["trigger"], "implied", "apposition"
                )


# "…, Ủy ban nhân dân tỉnh đã ban hành Kế hoạch số 12/KH-UBND": what the main clause's body issues.
_MAIN = re.compile(
    rf"[{SUPERSCRIPTS}*_”\"]*\s*,\s+[^.;:\n]{{2,140}}?\s(?:đã\s+|vừa\s+|kịp\s+thời\s+|sớm\s+|tham\s+mưu\s+)*ban\s+hành\s+",
    re.IGNORECASE,
)


def _fronted(layout: Layout, found: list[Found]) -> Iterator[Link]:
    """ "Thực hiện Nghị quyết số 57-NQ/TW, UBND tỉnh đã ban hành Kế hoạch số 12/KH-UBND": the fronted clause belongs to the
    main one, so the plan that is issued there carries the resolution out, and not the document that tells of it."""
    text = layout.text
    parents = nesting(found)
    for i, f in enumerate(found):
        if parents[i] >= 0:
            continue
        start, _ = layout.sentence(f.start)
        lead = _CARRIES.match(text, start)
        if lead is None or lead.end() != f.start:
            continue
        targets = list(_objects(found, parents, i))
        issued = next((k for k in range(targets[-1] + 1, len(found)) if parents[k] < 0), None)
        if issued is None or not _MAIN.fullmatch(text, found[targets[-1]].extent, found[issued].start):
            continue
        for source in _objects(found, parents, issued):
            for target in targets:
                if not _impossible(found[source].date, found[target].date):
                    trigger = lead.group().strip(" *_-+")
                    yield Link(source, "implements", target, start, found[source].end, trigger, "explicit", "fronted")


def _link(found: list[Found], parents: list[int], left: int, right: int, printed: str, rule: str) -> Iterator[Link]:
    row = relation_triggers()[key(printed)]
    for target in _objects(found, parents, right):
        for source in [left] if rule == "title" else _subjects(found, left):
            subject, object_ = (source, target) if row.direction == "forward" else (target, source)
            if _impossible(found[subject].date, found[object_].date):
                continue
            yield Link(
                subject,
                row.predicate,
                object_,
                found[source].start,
                found[target].end,
                printed,
                row.certainty,
                f"{rule}-{row.predicate}",
            )


def _impossible(subject: str | None, object_: str | None) -> bool:
    """A document acts on what is there already: "Chỉ thị 05-CT/TW (2016) … theo Kết luận 01-KL/TW (2021)" relates others."""
    return bool(subject and object_ and subject < object_)


# "… sửa đổi, bổ sung một số nghị định quy định chi tiết thi hành Luật Đất đai": the last verb is those decrees' own.
_OTHERS = re.compile(
    r"(?:một\s+số|các)\s+(?:nghị\s+định|thông\s+tư|quyết\s+định|nghị\s+quyết|văn\s+bản|luật)\s", re.IGNORECASE
)
_PART = re.compile(
    r"\s(?:phụ\s+lục|khoản|điểm|điều|chương|mục|cụm\s+từ|mẫu|biểu|tiết|đoạn|một\s+phần|một\s+số\s+(?:điều|nội\s+dung|quy\s+định))"
    r"(?:\s|,)",
    re.IGNORECASE,
)
_BASIS = re.compile(r"[\s*_-]*Căn\s+cứ(?:\s+vào)?\s", re.IGNORECASE)
_CARRIES = re.compile(
    r"[\s*_-]*(?:Để\s+|Nhằm\s+)?(?:tiếp\s+tục\s+|tổ\s+chức\s+)?(?:thực\s+hiện|triển\s+khai(?:\s+thực\s+hiện)?|"
    r"cụ\s+thể\s+h[óo]a|quán\s+triệt(?:\s+và|,)\s+(?:triển\s+khai\s+)?thực\s+hiện|thi\s+hành)\s",
    re.IGNORECASE,
)
_ISSUES = re.compile(
    r"(?:ban\s+hành|xây\s+dựng|báo\s+cáo|hướng\s+dẫn|yêu\s+cầu|đề\s+nghị|quyết\s+định|thông\s+báo|như\s+sau|"
    r"chỉ\s+thị|chỉ\s+đạo)",
    re.IGNORECASE,
)
_THIS = re.compile(
    r"này[^.\n]{0,160}?(?P<trigger>thay\s+thế|bãi\s+bỏ|sửa\s+đổi,\s*bổ\s+sung|sửa\s+đổi|đính\s+chính|hủy\s+bỏ|"
    r"huỷ\s+bỏ|thu\s+hồi)(?:\s+[^\s.;“”]+){0,6}\s*$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"[\s*_]*(?:Điều\s+[0-9]+\s*[.:]\s*|[0-9]+\.\s*|[a-zđ]\)\s*|-\s*)?[\s*_]*(?P<trigger>sửa\s+đổi,\s*bổ\s+sung|"
    r"sửa\s+đổi|thay\s+thế|bãi\s+bỏ|đính\s+chính|hủy\s+bỏ|huỷ\s+bỏ|thu\s+hồi)(?:\s+[^\s.;“”]+){0,8}\s*$",
    re.IGNORECASE,
)
_EXPIRES = re.compile(
    rf"[{SUPERSCRIPTS}]*\s*(?:,[^.;\n]{{0,200}})?(?:\s+\([^)]*\))?\s*(?P<trigger>hết\s+hiệu\s+lực)[^.\n]{{0,80}}?(?:này)",
    re.IGNORECASE,
)
_PREDICATES = {
    "thay thế": "replaces", "bãi bỏ": "repeals", "hủy bỏ": "repeals", "huỷ bỏ": "repeals", "thu hồi": "repeals", "đính chính": "corrects",
    "sửa đổi": "amends", "sửa đổi, bổ sung": "amends", "hết hiệu lực": "repeals",
}  # fmt: skip


def _own(layout: Layout, found: list[Found], heading: Heading) -> Iterator[Link]:
    """What the file's own document does to others."""
    text = layout.text
    parents = nesting(found)
    table = relation_triggers()
    _, before, _ = _patterns()
    title = " ".join((heading.title or "").split()).lower()
    top = [i for i, parent in enumerate(parents) if parent < 0]
    # The title: its first document carries the trigger; documents inside that one's own title are not the subject's.
    if title and heading.type:
        at = _title_at(text, heading.title or "")
        if at:
            begin, end = at
            inside = [i for i in top if begin <= found[i].start < end]
            for i in inside[:1]:
                match = before.search(text, begin, found[i].start)
                if not match:
                    continue
                row = table[key(match["trigger"])]
                if row.direction == "forward":
                    predicate = row.predicate
                    if heading.type == "Báo cáo" and re.search(
                        r"(?:sơ|tổng)\s+kết", text[begin : found[i].start], re.IGNORECASE
                    ):
                        predicate = "reviews"
                    for target in _objects(found, parents, i):
                        yield Link(
                            SELF,
                            predicate,
                            target,
                            match.start(),
                            found[target].end,
                            match["trigger"],
                            "explicit",
                            "own-title",
                        )
    body = _first_section(text)
    for i in top:
        f = found[i]
        para_start, para_end = layout.paragraph(f.start)
        para_start += len(text[para_start : f.start]) - len(text[para_start : f.start].lstrip())
        if para_start < body:
            if _BASIS.match(text, para_start) and not _ISSUES.search(text, para_start + 8, f.start):
                yield Link(SELF, "based_on", i, para_start, f.end, "Căn cứ", "explicit", "preamble-basis")
                continue
            carries = _CARRIES.match(text, para_start)
            if (
                carries
                and _ISSUES.search(text, f.extent, para_end)
                and not _ISSUES.search(text, carries.end(), f.start)
            ):
                yield Link(
                    SELF,
                    "implements",
                    i,
                    para_start,
                    f.end,
                    carries.group().strip(" *_-"),
                    "explicit",
                    "preamble-carries",
                )
                continue
            if heading.type and (issues := _issued_to(text, para_start, f.start, heading.type)):
                yield Link(
                    SELF, "implements", i, issues.start(), f.end, issues["trigger"], "explicit", "preamble-issues"
                )
                continue
        sentence_start, sentence_end = layout.sentence(f.start)
        lead = text[max(sentence_start, f.start - 320) : f.start]
        this = _THIS.search(lead) if "này" in lead else None
        if this and not _is_own(text, max(sentence_start, f.start - 320) + this.start(), heading):
            this = None
        article = None if this else _ARTICLE.match(text[para_start : f.start]) if f.start - para_start < 140 else None
        if heading.type and (this or article):
            printed = (this or article)["trigger"]  # type: ignore[index]
            predicate = _PREDICATES[key(printed)]
            said = text[max(sentence_start, f.start - 120) : f.start]
            if predicate in ("replaces", "repeals") and _PART.search(said, said.lower().rfind(printed.lower())):
                predicate = "amends"  # "Thay thế Phụ lục ban hành kèm theo …": a part goes, the document stays
            for target in _objects(found, parents, i):
                yield Link(
                    SELF,
                    predicate,
                    target,
                    max(sentence_start, f.start - len(lead)),
                    found[target].end,
                    printed,
                    "explicit",
                    "enacting",
                )
        expires = (
            _EXPIRES.match(text, f.extent, sentence_end) if text.find("hiệu lực", f.extent, sentence_end) >= 0 else None
        )
        if heading.type and expires:
            yield Link(SELF, "repeals", i, f.start, expires.end(), expires["trigger"], "explicit", "expiry")


def _issued_to(text: str, start: int, end: int, own_type: str) -> re.Match[str] | None:
    """ "… ban hành Quy định thực hiện Quy định số 50-QĐ/TW": the opening says what the document is issued for."""
    kind = r"\s+".join(re.escape(word) for word in own_type.split())
    pattern = (
        rf"ban\s+hành\s+{kind}\s+(?:về\s+(?:việc\s+)?)?"
        r"(?P<trigger>(?:tổ\s+chức\s+)?(?:triển\s+khai\s+)?thực\s+hiện|triển\s+khai|cụ\s+thể\s+h[óo]a|thi\s+hành)\s*$"
    )
    return re.compile(pattern, re.IGNORECASE).search(text, max(start, end - 160), end)


def _is_own(text: str, this: int, heading: Heading) -> bool:
    """Does the "này" at `this` follow the document's own type ("Quyết định này"), and not another's ("Nghị định này")?"""
    before = " ".join(text[max(0, this - 40) : this].lower().split())
    kind = (heading.type or "").lower().split()
    # "Chương trình này" in a Chương trình hành động.
    return bool(kind) and before.endswith((" ".join(kind), " ".join(kind[:2])))


def _title_at(text: str, title: str) -> tuple[int, int] | None:
    """Where the title stands in the reading text: its words in order, over any blanks and marks."""
    words = title.split()
    if not words:
        return None
    pattern = re.compile(r"[\s*_|]+".join(re.escape(w) for w in words[:60]), re.IGNORECASE)
    match = pattern.search(text, 0, 12000)
    return (match.start(), match.end()) if match else None


_SECTION = re.compile(
    r"\n[\s*_#]*(?:(?:Điều|ĐIỀU)\s+1\b|I\s?[-./–]|PHẦN\s+(?:THỨ\s+)?(?:NHẤT|I)\b|1\.\s|A\.\s|QUYẾT\s+(?:ĐỊNH|NGHỊ)\s*:)"
)


def _first_section(text: str) -> int:
    match = _SECTION.search(text, 0, 20000)
    return match.start() if match else min(len(text), 6000)
