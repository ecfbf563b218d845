"""Enacting clauses: what the document's own articles do to other documents.

"Quyết định này thay thế A", "Bãi bỏ các văn bản sau đây: a) A; b) B", "A hết hiệu lực kể từ ngày Thông tư này có hiệu lực",
"Điều 3 A được sửa đổi như sau". "Nghị định này" in a decision is another document; a quoted passage speaks for the document
that it is put into; and what happens to a part of a document changes the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chidao.extract.layout import Layout
from chidao.extract.lexicon import LETTER, SUPERSCRIPTS
from chidao.extract.model import SELF, Heading
from chidao.extract.references import Found
from chidao.extract.relations.links import Link, nesting
from chidao.extract.relations.quotes import Quotes
from chidao.extract.relations.titles import PART
from chidao.extract.triggers import key

_VERBS = (
    r"(?:thay\s+thế|bãi\s+bỏ|sửa\s+đổi,?\s*(?:và\s+)?bổ\s+sung|sửa\s+đổi|bổ\s+sung|điều\s+chỉnh|đính\s+chính|h[ủu][yỷ]\s+bỏ|huỷ\s+bỏ|"
    r"thu\s+hồi|gia\s+hạn|kéo\s+dài\s+thời\s+(?:hạn|gian))"
)
_PREDICATES = (
    ("thay thế", "replaces"), ("bãi bỏ", "repeals"), ("hủy bỏ", "repeals"), ("huỷ bỏ", "repeals"), ("thu hồi", "repeals"),
    ("hết hiệu lực", "repeals"), ("chấm dứt hiệu lực", "repeals"), ("đính chính", "corrects"),
)  # fmt: skip
_THIS = re.compile(
    rf"(?<![{LETTER}])này(?![{LETTER}])[^.\n]{{0,200}}?(?<!được\s)(?<!bị\s)(?<!đã\s)(?P<trigger>{_VERBS})(?![{LETTER}])(?P<gap>[^.;\n]{{0,220}})$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    rf"[\s*_]*(?:Điều\s+[0-9]+[a-z]?\s*[.:]\s*|[0-9]+\.(?:[0-9]+\.?)?\s*|[a-zđ]\)\s*|[-–+]\s*)?[\s*_]*(?P<trigger>{_VERBS})(?![{LETTER}])(?P<gap>[^.\n]{{0,240}})$",
    re.IGNORECASE,
)
# Behind the verb: the document itself, or words that name a part of it.
_WHOLE = re.compile(
    r"\s*(?:cho\s+|toàn\s+bộ\s+|một\s+phần\s+|hiệu\s+lực\s+(?:thi\s+hành\s+)?(?:của\s+)?|các\s+|những\s+|văn\s+bản\s+|[0-9]{1,2}\s+|sau\s+đây\s*:?\s*|"
    r"(?:bản\s+)?(?:quy\s+chế|quy\s+định|điều\s+lệ|kế\s+hoạch|chương\s+trình|đề\s+án|quy\s+trình|danh\s+mục|nội\s+quy)\s+[^.;\n]{0,160}?(?:ban\s+hành\s+)?(?:kèm\s+theo|tại)\s+|"
    r"số\s*:?\s*|[“\"*_:]+)*",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"(?<![{LETTER}]){PART}(?![{LETTER}])[^;\n]*?(?:(?<![{LETTER}])(?:của|tại|trong|vào|kèm\s+theo|điều\s+[0-9]+[a-zđ]?|khoản\s+[0-9]+|phụ\s+lục(?:\s+[0-9IVX]+)?)\s*)"
    r"(?:các\s+)?(?:số\s*:?\s*)?[“\"*]*\s*$",
    re.IGNORECASE,
)
_END = re.compile(
    rf"(?P<trigger>(?:chấm\s+dứt|hết)\s+hiệu\s+lực)(?![{LETTER}])(?P<since>[^.\n]{{0,120}})", re.IGNORECASE
)
_SINCE_SELF = re.compile(rf"(?<![{LETTER}])này(?![{LETTER}])\s*(?:chính\s+thức\s+)?(?:có|được|bắt)?", re.IGNORECASE)
_SINCE = re.compile(r"(?:kể\s+)?từ\s+(?:ngày|thời\s+điểm|khi)\s+$|(?:khi|ngày)\s+$", re.IGNORECASE)
_FROM_NOW = re.compile(
    r"(?:kể\s+)?từ\s+(?:ngày|thời\s+điểm|khi)\s+[^.;\n]{2,60}?này\s+(?:có|bắt\s+đầu\s+có)?\s*hiệu\s+lực|này\s+có\s+hiệu\s+lực",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    rf"(?:được|bị)\s+(?P<trigger>{_VERBS})[^.;\n]{{0,50}}?(?:bởi|bằng|theo|tại|kể\s+từ|từ\s+ngày)\s+(?:[^.;\n]{{0,40}}\s)?(?P<this>[^.;\n]{{3,40}}?\s+này)(?![{LETTER}])"
    rf"|(?:được\s+)?(?P<changed>sửa\s+đổi,?\s*(?:và\s+)?bổ\s+sung|sửa\s+đổi|bổ\s+sung|đính\s+chính|điều\s+chỉnh)[^.;\n]{{0,60}}?như\s+sau",
    re.IGNORECASE,
)
_LISTED = re.compile(
    rf"[{SUPERSCRIPTS}\s*_”\")]*(?:[;,]|(?:[;,]\s*)?(?:và|cùng|hoặc)\s)\s*(?:các\s+)?(?:số\s*:?\s*)?[“\"]?\s*",
    re.IGNORECASE,
)
_LEAD = re.compile(
    rf"(?:(?P<trigger>{_VERBS})(?![{LETTER}])(?:\s+(?:toàn\s+bộ|một\s+phần|hiệu\s+lực))*\s+[^.;\n]{{0,60}}?(?:sau|dưới)(?:\s+đây)?[^.;\n]{{0,80}}"
    r"|(?:sau|dưới)(?:\s+đây)?\s+(?P<ends>(?:chấm\s+dứt|hết)\s+hiệu\s+lực)[^.;\n]{0,120})\s*:\s*[*_]*$",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"[\s*_]*(?:(?P<article>Điều\s+[0-9])|(?P<number>[0-9]+(?:\.[0-9]+)*[.)])|(?P<letter>[a-zđ][.)])|(?P<dash>[-–+•*])\s)",
    re.IGNORECASE,
)
_ITEM_GAP = re.compile(
    r"[\s*_]*(?:[0-9]+(?:\.[0-9]+)*[.)]|[a-zđ][.)]|[-–+•])?[\s*_]*(?:toàn\s+bộ\s+|các\s+)?(?:số\s*:?\s*)?",
    re.IGNORECASE,
)
_ENACTING = frozenset(
    ["Luật", "Bộ luật", "Pháp lệnh", "Lệnh", "Nghị định", "Thông tư", "Thông tư liên tịch", "Quyết định"]
)
_FIRST_ARTICLE = re.compile(r"\n[\s*_#]*(?:Điều|ĐIỀU)\s+1\s*[.:]")
_WINDOW = 460


@dataclass(frozen=True, slots=True)
class _List:
    """A paragraph that announces a list ("Bãi bỏ các văn bản sau:"): what happens to each item of it."""

    predicate: str
    trigger: str
    start: int
    kind: str | None


def predicate_of(printed: str) -> str:
    """What an enacting verb does, as a predicate; all but a few change the document."""
    said = key(printed)
    return next((predicate for word, predicate in _PREDICATES if said.startswith(word)), "amends")


def find_enacting(layout: Layout, found: list[Found], heading: Heading, quotes: Quotes) -> Iterator[Link]:
    """What the document's own clauses do to the documents of the text; nothing where its type is unknown."""
    if not heading.type:
        return
    text = layout.text
    parents = nesting(found)
    enacts = heading.type in _ENACTING or _FIRST_ARTICLE.search(text) is not None
    i = 0
    open_list: _List | None = None
    at = 0
    while i < len(found):
        start, stop = layout.paragraph(found[i].start)
        members: list[int] = []
        while i < len(found) and found[i].start < stop:
            if parents[i] < 0:
                members.append(i)
            i += 1
        if start >= layout.body_end or quotes.holds(found[members[0]].start if members else start):
            continue
        open_list = _list_before(text, at, start, open_list, heading, enacts, quotes)
        at = start
        if open_list and members:
            yield from _item(text, found, members, start, open_list)
        yield from _clauses(layout, found, parents, members, heading, enacts)


def _kind(text: str, start: int) -> str | None:
    match = _ITEM.match(text, start)
    return match.lastgroup if match else None


def _list_before(
    text: str, begin: int, start: int, known: _List | None, heading: Heading, enacts: bool, quotes: Quotes
) -> _List | None:
    """The list that the paragraph at `start` is an item of, if any: the last announcement, unless something ended it."""
    window = max(begin, start - 1500)
    if window > begin:
        known = None
    at = window if window == begin else text.find("\n", window, start) + 1
    while at < start:
        end = text.find("\n", at)
        lead = text[max(at, end - 260) : end]
        match = _LEAD.search(lead) if lead.rstrip(" *_").endswith(":") else None
        if match and not quotes.holds(at):
            printed = match["trigger"] or match["ends"]
            own = "này" not in lead or _names_self(lead, heading)
            known = (
                _List(predicate_of(printed), printed, at, _kind(text, at))
                if own and (enacts or "này" in lead)
                else None
            )
        elif known and at > known.start:
            kind = _kind(text, at)
            if kind == "article" or (kind == known.kind and kind is not None):
                known = None
        at = end + 1
    if known:
        kind = _kind(text, start)
        if kind == "article" or kind == known.kind:
            return None
    return known


def _item(text: str, found: list[Found], members: list[int], start: int, announced: _List) -> Iterator[Link]:
    """One item of the list: its first document, and those that the item joins to it."""
    first = found[members[0]]
    gap = text[start : first.start]
    predicate = announced.predicate
    if not _ITEM_GAP.fullmatch(gap):
        if not _PART.search(gap) and "kèm theo" not in key(gap):
            return
        if _PART.search(gap) and predicate in ("replaces", "repeals"):
            predicate = "amends"
    for n, i in enumerate(members):
        if n and not _LISTED.fullmatch(text, found[members[n - 1]].extent, found[i].start):
            return
        yield Link(SELF, predicate, i, start, found[i].end, announced.trigger, "explicit", "enacting-list")


def _clauses(
    layout: Layout, found: list[Found], parents: list[int], members: list[int], heading: Heading, enacts: bool
) -> Iterator[Link]:
    text = layout.text
    previous: tuple[int, str, str, int] | None = None  # reference, predicate, trigger, start of the clause
    for i in members:
        f = found[i]
        para, stop = layout.paragraph(f.start)
        start, end = layout.sentence(f.start)
        start, end = max(start, para), min(max(end, f.extent), stop)
        said = None
        if previous and _LISTED.fullmatch(text, min(found[previous[0]].extent, f.start), f.start):
            said = previous[1:]
        said = said or _done_by_self(text, para, start, f, heading, enacts)
        if said:
            predicate, trigger, at = said
            previous = (i, predicate, trigger, at)
            yield Link(SELF, predicate, i, at, f.end, trigger, "explicit", "enacting")
            continue
        previous = None
        yield from _undergone(text, found, parents, members, i, para, end, heading)


def _done_by_self(
    text: str, para: int, sentence: int, f: Found, heading: Heading, enacts: bool
) -> tuple[str, str, int] | None:
    """ "Quyết định này … thay thế A", "Bãi bỏ A", "Điều 2. Thay thế Phụ lục ban hành kèm theo A": (predicate, trigger, start)."""
    start = max(sentence, f.start - _WINDOW)
    lead = text[start : f.start]
    if "này" in lead:
        this = _THIS.search(lead)
        if this and is_self(text, start + this.start(), heading) and (said := _object(this)):
            return said, this["trigger"], start
    if not enacts:
        return None
    for at in dict.fromkeys((para, sentence)):
        if f.start - at <= _WINDOW and (article := _ARTICLE.match(text[at : f.start])) and (said := _object(article)):
            return said, article["trigger"], at
    return None


def _object(match: re.Match[str]) -> str | None:
    """What happens to the document that stands behind the matched clause; None where the clause means something else."""
    gap = match["gap"]
    predicate = predicate_of(match["trigger"])
    if _WHOLE.fullmatch(gap):
        return predicate
    if _PART.search(gap) or re.fullmatch(
        r"\s*(?:một\s+số\s+)?(?:điều|điểm|khoản|nội\s+dung|quy\s+định)(?:\s+của|\s+tại)?\s*", gap, re.IGNORECASE
    ):
        return "amends" if predicate in ("replaces", "repeals") else predicate
    return None


def _undergone(
    text: str, found: list[Found], parents: list[int], members: list[int], i: int, para: int, end: int, heading: Heading
) -> Iterator[Link]:
    """What the clause behind the documents says happens to them: "A và B hết hiệu lực …", "A được thay thế bằng Quyết định này"."""
    f = found[i]
    ends = _END.search(text, f.extent, end) if text.find("hiệu lực", f.extent, end) >= 0 else None
    if ends and _free(text, found, members, i, ends.start()):
        yield from _expired(text, found, parents, members, i, para, ends, heading)
        return
    passive = (
        _PASSIVE.search(text, f.extent, end)
        if "này" in text[f.extent : end] or "như sau" in text[f.extent : end]
        else None
    )
    if passive is None or passive.start() - f.extent > 200 or not _free(text, found, members, i, passive.start()):
        return
    if passive["this"]:
        if not is_self(text, passive.end("this") - 3, heading):
            return
        trigger = passive["trigger"]
    elif heading.type in _ENACTING and passive.start() - f.extent < 40:
        trigger = passive["changed"]
    else:
        return
    yield from _each(text, found, members, i, para, passive.end(), predicate_of(trigger), trigger, "passive")


def _free(text: str, found: list[Found], members: list[int], i: int, verb: int) -> bool:
    """Does no other document stand between reference `i` and the verb?"""
    return not any(found[i].start < found[k].start < verb for k in members)


def _expired(
    text: str,
    found: list[Found],
    parents: list[int],
    members: list[int],
    i: int,
    para: int,
    ends: re.Match[str],
    heading: Heading,
) -> Iterator[Link]:
    since_start, since_end = ends.span("since")
    since = ends["since"]
    agents = [k for k in members if since_start <= found[k].start < since_end]
    if agents:
        # "A hết hiệu lực kể từ ngày Nghị định B có hiệu lực": B ends A.
        if _SINCE.search(text[since_start : found[agents[0]].start]):
            for k in _run(text, found, members, i):
                yield Link(
                    agents[0],
                    "repeals",
                    k,
                    found[k].start,
                    found[agents[0]].end,
                    ends["trigger"],
                    "explicit",
                    "expiry-by-other",
                )
        return
    at = since.find("này")
    if at >= 0:
        if not is_self(text, since_start + at, heading):
            return
    elif not (
        _FROM_NOW.search(text, max(0, para - 400), found[i].start)
        and _own_before(text, max(0, para - 400), found[i].start, heading)
    ):
        return
    yield from _each(text, found, members, i, para, ends.end(), "repeals", ends["trigger"], "expiry")


def _own_before(text: str, start: int, end: int, heading: Heading) -> bool:
    at = text.rfind("này", start, end)
    return at >= 0 and is_self(text, at, heading)


def _each(
    text: str,
    found: list[Found],
    members: list[int],
    i: int,
    para: int,
    end: int,
    predicate: str,
    trigger: str,
    rule: str,
) -> Iterator[Link]:
    for k in _run(text, found, members, i):
        lead = text[max(para, found[k].start - 120) : found[k].start]
        part = predicate in ("replaces", "repeals") and re.search(
            rf"(?<![{LETTER}])(?:khoản|điểm|điều|phụ\s+lục|mục|chương)\s+[^;.:]{{0,60}}$", lead, re.IGNORECASE
        )
        yield Link(SELF, "amends" if part else predicate, k, found[k].start, end, trigger, "explicit", rule)


def _run(text: str, found: list[Found], members: list[int], i: int) -> list[int]:
    """Reference `i` and those listed before it ("A, B và C hết hiệu lực"), in text order."""
    n = members.index(i)
    run = [i]
    while n and _LISTED.fullmatch(text, min(found[members[n - 1]].extent, found[run[0]].start), found[run[0]].start):
        n -= 1
        run.insert(0, members[n])
    return run


def _names_self(lead: str, heading: Heading) -> bool:
    at = lead.find("này")
    return at >= 0 and is_self(lead, at, heading)


def is_self(text: str, this: int, heading: Heading) -> bool:
    """Does the "này" at `this` follow the document's own type ("Quyết định này"), and not another's ("Nghị định này")?

    What a decision issues is itself too: "Quy chế này" in a decision "ban hành Quy chế …".
    """
    before = " ".join(text[max(0, this - 40) : this].lower().split())
    kind = (heading.type or "").lower().split()
    if not kind:
        return False
    # "Chương trình này" in a Chương trình hành động.
    if before.endswith((" ".join(kind), " ".join(kind[:2]))):
        return True
    issued = re.match(
        r"(?:về\s+việc\s+|v/v\s+|về\s+)?ban\s+hành\s+(?P<kind>\S+\s+\S+)",
        " ".join((heading.title or "").split()).lower(),
    )
    return bool(issued) and before.endswith(issued["kind"])  # type: ignore[index]
