"""The preamble: what the document rests on ("Căn cứ …") and what it carries out ("Thực hiện …, Ủy ban nhân dân ban hành …").

Each clause has a lead and a list of documents: "Căn cứ Luật A; Nghị định B; để thực hiện Nghị quyết C". What is inside a
listed document's own title ("Nghị định B quy định chi tiết một số điều của Luật C") is none of the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LETTER, LOWER, UPPER
from chidao.extract.language.patterns import (
    ABOUT,
    ACCORDING,
    AGENT,
    ALONG,
    AS_FOLLOWS,
    ASKED,
    BASIS,
    BESIDE,
    CLOSES,
    CONTENT,
    DENIES,
    DIRECTS,
    DIVISION,
    FIRST_ARTICLE,
    INTENDS,
    ISSUES,
    ITEM,
    MANNER,
    MEMBER,
    NUMBER_SIGN,
    ORGANIZES,
    PASSIVE,
    SPEAKS,
    TYPE,
    UNIT,
    WHOSE,
    WITH,
)
from chidao.extract.language.tables import CHANGES, words
from chidao.extract.language.verbs import CARRIES_OUT, GOES_ON, acts, verbs
from chidao.extract.model import SELF, Relation
from chidao.extract.statements.passage import Paragraph, Passage
from chidao.extract.statements.relations.links import named_apart, same_list
from chidao.ontology.authority import types_of

_BASIS = re.compile(rf"{ITEM}{BASIS}(?:\s+vào)?(?:\s*:)?\s", re.IGNORECASE)
_HEADS_BASES = re.compile(
    rf"(?:^|\n)[\s*_]*{BASIS}(?:\s+vào)?(?:\s+(?:các\s+)?văn\s+bản(?:\s+sau(?:\s+đây)?)?)?\s*:?[\s*_]*\Z", re.IGNORECASE
)
"""A line of its own above the list: "Căn cứ" / "- Luật A;", "Căn cứ các văn bản sau đây:"."""
_LONGEST_HEAD = 80
_BARE = re.compile(rf"[\s*_“\"+•–-]*(?:và\s+)?{MEMBER}(?:thông\s+báo\s+)?", re.IGNORECASE)
_VERBS = rf"(?:{MANNER}\s+)?{CARRIES_OUT}(?:(?:,\s*|\s+)(?:và\s+)?{ORGANIZES}{CARRIES_OUT}){{0,3}}"
_AIM = (
    rf"(?:Để|Nhằm)\s+(?:[^;:.\n]{{4,200}}?(?:,\s+|\s(?:và|đồng\s+thời)\s+)"
    rf"(?={GOES_ON}\s|{ORGANIZES}{_VERBS}\s+(?:{MANNER}\s+)?{MEMBER}{TYPE}\s))?"
)
"""An aim that the opening states first: "Để khắc phục tình trạng trên, | thực hiện Chỉ thị số 12/CT-UBND …, Giám đốc Sở yêu cầu …"."""
CARRIES = re.compile(
    rf"{ITEM}(?:{_AIM})?(?P<on>{GOES_ON}\s+)?{ORGANIZES}{_VERBS}\s",
    re.IGNORECASE,
)
_ON_ORDER = re.compile(rf"{ITEM}Theo\s+(?:{CONTENT}\s+)?{DIRECTS}\s", re.IGNORECASE)
# What the body that signs does: from here on the main clause speaks.
_RULED = re.compile(rf"{ACCORDING}|.*\smà\s+$", re.IGNORECASE | re.DOTALL)
"""Of "Thực hiện theo quy định của Luật Đất đai, …", "Thực hiện nhiệm vụ, khắc phục tồn tại mà Kết luận A đã nêu": what is done is another
thing."""
_INSPECTS = rf"(?:đoàn|tổ)\s+(?:thanh\s+tra|kiểm\s+toán|{acts('inspect')})(?:\s[^,;:.\n]{{1,80}}?)?\s(?:tiến\s+hành|làm\s+việc)\s"
"""What the team does whose decision a conclusion or report opens with: "Thực hiện Quyết định A, Đoàn thanh tra đã tiến hành …"."""
_SAID = "|".join(one_of(words(kind)) for kind in ("already", "sends", "before a verb", "ends a body's name"))
_NAME = rf"[{UPPER}][{LETTER}]*(?:\s+(?!(?:{DENIES}|{INTENDS}|{_SAID})\s)[{LOWER}]+)?"
_BODY = rf"(?:Chính\s+phủ|{one_of(words('kind of body'))}(?:\s+nhân\s+dân)?(?:\s+(?i:{UNIT}))?(?:\s+{_NAME}){{0,6}})"
_LAYS_DOWN = re.compile(
    rf",\s+{_BODY}\s+quy\s+định\s*(?:[.:]|một\s+số\s|cụ\s+thể\s|về\s|việc\s|chi\s+tiết\s)",
)
"""What a body right before it does by a verb that is a noun as well: "Thi hành Nghị quyết A, Bộ Tài chính quy định."."""
_ISSUES = re.compile(rf"(?:{SPEAKS}|{DIRECTS}|{AS_FOLLOWS}|triển\s+khai|tổ\s+chức|quyết\s+nghị|{_INSPECTS})")
"""In lower case."""
_MAIN = re.compile(rf",\s+[^,;\n]{{2,140}}?\s(?!{ALONG}(?!\w))(?:{SPEAKS}|{AS_FOLLOWS})", re.IGNORECASE)
_LISTED = re.compile(
    rf"{CLOSES}(?:[,;]|{BESIDE}\s).*|.*;\s*(?:và\s+)?{MEMBER}|"
    rf"\s*{WHOSE}(?:\s*[,;]|\s+và(?=\s))\s*(?:và\s+)?{MEMBER}",
    re.IGNORECASE | re.DOTALL,
)
"""What goes on with a list: right behind the document, behind a title that was not read to its end, or behind an issuer that could not be
told from its place ("… của Ban Thường vụ Tỉnh ủy và Nghị quyết B")."""
_WITH = re.compile(rf"{CLOSES}(?:,\s*)?{WITH}\s", re.IGNORECASE)
# "…; xét đề nghị của Sở A tại Công văn B, Chủ tịch … yêu cầu": B was asked for, looked at, or agreed
# ("được sự đồng ý của A tại Công văn B"), or came before this one ("; tiếp theo Công điện B"), and is not carried out.
_ASKED = re.compile(
    rf"[,;.]\s*(?:và\s+)?(?:{ASKED}|(?:xét|theo)\s+báo\s+cáo|sau\s+khi|trên\s+cơ\s+sở|qua\s+xem\s+xét|xét\s|tiếp\s+theo\s|"
    rf"{PASSIVE}\s+(?:[^,;.\n]{{2,60}}?\s)?{one_of(words('agrees'))}\s)",
    re.IGNORECASE,
)
_SEPARATED = re.compile(
    rf"{CLOSES}(?:(?P<mark>;|\.)|,|(?:,\s*)?{BESIDE})\s*(?:và\s+)?(?:các\s+)?(?P<again>căn\s+cứ\s+(?:vào\s+)?)?"
    rf"(?:{NUMBER_SIGN})?(?:(?:các\s+)?{DIVISION}[^;.\n]{{0,40}}?\s)*(?:của\s+)?",
    re.IGNORECASE,
)
# "Luật A đã được sửa đổi, bổ sung một số điều theo Luật B": B changes A, and the document rests on A.
_CHANGED = rf"{PASSIVE}\s+{verbs('passive', CHANGES)}"
_MODIFIES = re.compile(rf"{_CHANGED}|(?<!căn\s)(?:của|{AGENT})\s+$", re.IGNORECASE)
_THEN = re.compile(
    rf"{CLOSES}[;,]?\s*(?:và\s+)?(?:[^\s,;]+\s+(?:[^\s,;]+\s+)?này\s+)?(?:để|nhằm)?\s*(?P<on>{GOES_ON}\s+)?{ORGANIZES}{_VERBS}\s+$",
    re.IGNORECASE,
)
_ANOTHERS = re.compile(r"có\s+căn\s+cứ\s+ban\s+hành\s+như\s+sau\s*:?\s*$", re.IGNORECASE)
_SECTION = re.compile(
    rf"\n[\s*_#]*(?:{FIRST_ARTICLE}|I\s?[-./–]|PHẦN\s+(?:THỨ\s+)?(?:NHẤT|I)\b|1\.\s|A\.\s|QUYẾT\s+(?:ĐỊNH|NGHỊ)\s*:)"
)

_BRACKETS = re.compile(r"\([^()\n]{0,200}\)")
# "…, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:" closes the opening, and has not been done before.
_ORDERS = re.compile(
    rf",\s+(?![^:\n]{{0,200}}\sđã\s)[^,;:\n]{{2,140}}?\s(?:{SPEAKS}|{DIRECTS}|triển\s+khai)[^:\n]{{0,240}}:[\s*_]*$",
    re.IGNORECASE,
)


def first_section(text: str) -> int:
    """Return where the preamble ends at the latest."""
    match = _SECTION.search(text, 0, 20000)
    return match.start() if match else min(len(text), 6000)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause that carries documents out: where it begins, where its documents begin, what it says of them, in which words."""

    start: int
    at: int
    said: str | None
    trigger: str

    @classmethod
    def led_by(cls, lead: re.Match[str]) -> _Clause:
        said = "continues" if lead.groupdict().get("on") else "implements"
        return cls(lead.start(), lead.end(), said, lead.group().strip(" *_-+"))


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph of the preamble that ends at `end`, of the bases or of a clause that carries out; `headed`: a line alone stands above
    its list."""

    end: int
    clause: _Clause | None
    headed: bool = False

    def goes_on(self, text: str, start: int, first: int) -> re.Match[str] | None:
        """ "Căn cứ Luật A;" / "Nghị định B;": does the paragraph at `start`, with a document at `first`, go on with the list?"""
        between = text[self.end : start].strip()
        open_ = text[max(0, self.end - 8) : self.end].rstrip(" *_\n").endswith(";")
        open_ = open_ or (self.headed and text[start] in "-–+•")
        return _BARE.fullmatch(text, start, first) if open_ and not between else None


def _led(text: str, start: int, first: int, last: _Line | None) -> tuple[re.Match[str] | None, _Clause | None, bool]:
    """Return the lead of the bases, or the clause that carries out, of the paragraph at `start` with a document at `first`, and whether a
    line alone stands above its list; it may go on with those of the line before."""
    again = last.goes_on(text, start, first) if last else None
    if head := _headed(text, start, first):
        return head, None, True
    if basis := _BASIS.match(text, start) or (again if last and last.clause is None else None):
        return basis, None, bool(again and last and last.headed)
    if lead := CARRIES.match(text, start) or _ON_ORDER.match(text, start):
        return None, _Clause.led_by(lead), False
    return None, replace(last.clause, at=first) if again and last and last.clause else None, False


def _headed(text: str, start: int, first: int) -> re.Match[str] | None:
    """Return the line above the paragraph at `start` that says that bases follow, where the paragraph begins with document `first`."""
    head = _HEADS_BASES.search(text, max(0, start - _LONGEST_HEAD), start)
    return head if head and _BARE.fullmatch(text, start, first) else None


def opens_clause(passage: Passage, i: int) -> bool:
    """Does a basis or what carries out stand at the head of the paragraph of document `i`?"""
    start, _ = passage.layout.paragraph(passage.references[i].start)
    return any(lead.match(passage.text, start) for lead in (_BASIS, CARRIES, _ON_ORDER))


def _announced(passage: Passage, start: int, end: int) -> re.Match[str] | None:
    """Where the paragraph says that a preamble of another document follows."""
    return _ANOTHERS.search(passage.text, start, end) if passage.layout.low.find("sau", start, end) >= 0 else None


def preamble(passage: Passage) -> Iterator[Relation]:
    """Yield the document's bases and what it carries out, paragraph by paragraph."""
    text, found = passage.text, passage.references
    end = min(first_section(text), passage.layout.body_end)
    of = SELF
    last: _Line | None = None
    for paragraph in passage.paragraphs:
        first = found[paragraph.members[0]].start
        if first >= end:
            return
        start = first - len(text[paragraph.start : first].lstrip())
        basis, clause, headed = _led(text, start, first, last)
        last = _Line(paragraph.end, clause, headed) if basis or clause else None
        if announced := _announced(passage, start, paragraph.end):
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
            issued = _issued_in(passage, paragraph)
            if issued >= 0 or not _told_of(passage, paragraph):
                yield from _bases(passage, paragraph, basis, issued)
        elif clause:
            yield from _carried(passage, paragraph, clause, _issued_in(passage, paragraph))
        else:
            yield from _issued_for(passage, paragraph, start)
            yield from _carried_at_last(passage, paragraph)


_JUST_ISSUED = re.compile(rf"{ISSUES}\s+\Z", re.IGNORECASE)


def _issued_in(passage: Passage, paragraph: Paragraph) -> int:
    """ "Căn cứ A; B. Tỉnh ủy ban hành Quy định số 19-QĐ/TU": the document that the paragraph of an article names as issued, else SELF."""
    if passage.heading.type:
        return SELF
    for i in paragraph.members[1:]:
        f = passage.references[i]
        if f.number and passage.is_top(i) and _JUST_ISSUED.search(passage.text, max(0, f.start - 24), f.start):
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


def _bases(passage: Passage, paragraph: Paragraph, basis: re.Match[str], of: int) -> Iterator[Relation]:
    """ "Căn cứ Luật A; Nghị định B và Nghị định C; để thực hiện Nghị quyết D": on what document `of` rests."""
    found, before = passage.references, -1
    said: str | None = None
    # What is said of documents of each type, back to the last of which something is said, and of laws with names of their own.
    alike: dict[str | None, str | None] = {}
    for i in paragraph.members:
        f = found[i]
        if not passage.is_top(i):
            said = said if passage.references[passage.parents[i]].rule == "law-amending" else None
            alike[f.type], before = None, i
            continue  # "Luật sửa đổi … Luật A số 1/2024/QH15 và Nghị định B": a law amends no decree, which is a basis of its own
        elif before >= 0:
            said = _next_basis(passage, before, i, alike, said)
        else:
            gap = passage.layout.low[basis.end() : f.start]
            said = None if _BY_RULE.search(gap) else "based_on"
            if ";" in gap:  # "Căn cứ Chương trình công tác năm; thực hiện Chỉ thị A, …"
                said = None if _ISSUES.search(gap) else _new_clause(gap) or said
        if said:
            yield Relation(of, said, i, basis.start(), f.end, "Căn cứ", "explicit", _RULES[said])
            alike.clear()
        alike[f.type], before = said, i
        if f.rule == "law-number":
            alike[_NAMED] = said


_BY_RULE = re.compile(rf",\s[^;]{{12,}}\s{ACCORDING}\s[^,;]*\Z")
"""In lower case, of "Căn cứ tiêu chí xếp loại, từng tập thể tự xếp loại theo quy định tại B": B is no ground."""
_RULES = {"based_on": "preamble-basis", "implements": "preamble-carries", "continues": "preamble-carries"}


_NAMED = "law with a name of its own"


def _next_basis(
    passage: Passage, before: int, i: int, alike: Mapping[str | None, str | None], said: str | None
) -> str | None:
    """Return what the list of bases says of document `i`, given what it `said` of the one `before`, and of those of each type."""
    f = passage.references[i]
    start = min(passage.references[before].extent, f.start)
    separated = _SEPARATED.fullmatch(passage.text, start, f.start)
    if separated is None:
        return _new_clause(passage.layout.low[start : f.start])
    if separated["mark"] or separated["again"]:
        return "based_on"
    # "Nghị định B quy định chi tiết Luật C và Luật D": a list goes on with what is of the same kind.
    return alike.get(_NAMED if named_apart(passage.references[before], f) else f.type, said)


def _new_clause(gap: str) -> str | None:
    """Return what the words between two documents, in lower case, begin to say of the second one, if anything."""
    cut = max(gap.rfind(";"), gap.rfind("căn cứ"))
    if cut >= 0 and not _MODIFIES.search(gap[cut:]) and not _ISSUES.search(gap[cut:]):
        then, otherwise = _THEN.fullmatch(gap[cut:]), "based_on"
    else:
        then, otherwise = _THEN.fullmatch(gap) if gap.lstrip()[:1] in ",;" else None, None
    return ("continues" if then["on"] else "implements") if then else otherwise


def _carried(passage: Passage, paragraph: Paragraph, clause: _Clause, of: int = SELF) -> Iterator[Relation]:
    """Yield what a clause of document `of` carries out until the main clause speaks: "Thực hiện Nghị quyết A, Kế hoạch B của C về …;
    tiếp tục thực hiện D, Ủy ban nhân dân tỉnh ban hành …"."""
    text, at, said = passage.text, clause.at, clause.said
    # what the aim before the clause names ("Để khắc phục tồn tại nêu tại A, thực hiện B") is not carried out
    members = [i for i in paragraph.members if passage.is_top(i) and passage.references[i].start >= at]
    spoken_to = _spoken_to(passage, paragraph, members, at, of)
    for n, i in enumerate(members):
        f = passage.references[i]
        gap = text[at : f.start]
        if _MAIN.search(gap) or (not n and _RULED.match(gap)) or (n and _tells(text, gap, f.extent)):
            return
        beside = bool(n and _WITH.match(gap))
        if not beside:
            said = _then(gap, said)
        alike = not n or same_list(passage, members[n - 1], i)
        joined = not n or _goes_on_with(gap)
        at = max(at, f.extent)
        carried = f.extent <= spoken_to and not beside and f.type not in types_of("proposing")
        if said and joined and alike and carried:
            yield Relation(of, said, i, clause.start, f.end, clause.trigger, "explicit", _RULES[said])


_IN_IT = re.compile(r"[;.]\s*(?:và\s+)?(?:tại|trong|theo)\s+(?:các\s+)?$", re.IGNORECASE)
_ALREADY = re.compile(r"\s*,\s+[^,;:.\n]{2,80}?\sđã\s", re.IGNORECASE)


def _tells(text: str, gap: str, extent: int) -> bool:
    """ "Thực hiện A; tại Văn bản B, Ủy ban nhân dân tỉnh đã yêu cầu …": what was said in B is told of, and B not carried out."""
    return _IN_IT.search(gap) is not None and _ALREADY.match(text, extent) is not None


_OF_ANOTHER = re.compile(rf"{_CHANGED}|(?<!\w)theo\s+(?:các\s+)?$", re.IGNORECASE)
"""What changed a document, or by which something is done: "Thực hiện Chỉ thị A về … và Kế hoạch 5 năm theo Nghị quyết B"."""


_LOOKS_AT = re.compile(rf"[,;]\s*(?:và\s+)?{one_of(words('looks at'))}(?![{LETTER}])[^,;]*$", re.IGNORECASE)
"""Of "Thực hiện A; tham khảo cách làm tại B": what somebody looks at is not carried out."""


def _goes_on_with(gap: str) -> bool:
    """Do the words between two documents go on with their list, and tell neither of a change of the first nor after what something is
    done, nor what else somebody does with the second?"""
    told = _OF_ANOTHER.search(gap) or _LOOKS_AT.search(gap)
    return told is None and _LISTED.fullmatch(gap) is not None


_SPEAKS_OUT = re.compile(
    rf"(?:[,;]\s+[{UPPER}][^,;\n]{{2,140}}?\s(?:{SPEAKS}|{DIRECTS}|triển\s+khai|tổ\s+chức|quyết\s+nghị)(?!,?[^,;\n]{{0,24}}\scủa\s)"
    rf"|{AS_FOLLOWS}|{_INSPECTS})"
)
"""In an article, where "các văn bản chỉ đạo, hướng dẫn của Trung ương" is nobody's speech."""
_TOLD = re.compile(r"(?<=\s)(?:đã|vừa)(?=\s)")
"""In a text that is no document, an article: "Thực hiện Chỉ thị A, Huyện ủy Mẫu đã tổ chức hội nghị"."""


def _spoken_to(passage: Passage, paragraph: Paragraph, members: Sequence[int], at: int, of: int) -> int:
    """Return up to where the documents of a clause stand in a sentence that does something: to the end of a paragraph that stands alone or
    ends with an order, else to where it last issues something. What an article tells of as done is not what the article does."""
    if not members or of >= 0:
        return passage.references[of].start if members else -1
    ordered = _ORDERS.search(passage.text, passage.references[members[-1]].end, paragraph.end)
    if ordered or _stands_alone(passage, paragraph, members):
        return len(passage.text)
    told = None if passage.heading.type else _TOLD.search(passage.text, at, paragraph.end)
    end = told.start() if told else paragraph.end
    speaks = _ISSUES if passage.heading.type else _SPEAKS_OUT
    spoken = (
        *speaks.finditer(passage.text if speaks is _SPEAKS_OUT else passage.layout.low, at, end),
        *_LAYS_DOWN.finditer(passage.text, at, end),
    )
    named = {passage.references[i].start for i in paragraph.members}  # "Chỉ thị số 3-CT/TU" orders nothing here
    return max((match.start() for match in spoken if match.start() not in named), default=-1)


def _then(gap: str, said: str | None) -> str | None:
    """Return what is said of the document behind `gap`, where `said` was said of the one before."""
    if _ASKED.search(gap) or _LOOKS_AT.search(gap):
        return None
    for mark in (";", ","):
        if (cut := gap.rfind(mark)) >= 0 and (then := _THEN.fullmatch(gap[cut:])):
            return "continues" if then["on"] else "implements"
    if re.search(r"[,;]\s*(?:và\s+)?căn\s+cứ(?:\s+vào)?\s+(?:các\s+)?$", gap, re.IGNORECASE):
        return "based_on"
    return said


def _stands_alone(passage: Passage, paragraph: Paragraph, members: Sequence[int]) -> bool:
    """Is the paragraph nothing but its lead and documents ("Thực hiện A; B."), unnumbered, before the main clause?"""
    text = passage.text
    if (
        not members
        or not passage.heading.type
        or not text[paragraph.start : paragraph.end].lstrip(' *_“"')[:1].isalpha()
    ):
        return False
    rest = _BRACKETS.sub(" ", text[passage.references[members[-1]].extent : paragraph.end])
    before = text[max(0, paragraph.start - 400) : paragraph.start].rstrip(" *_\n")
    if any(map(str.isalnum, rest)) or before.endswith(":"):
        return False
    return bool(text[paragraph.end : passage.layout.body_end].strip()) or _below_title(passage, paragraph)


def _below_title(passage: Passage, paragraph: Paragraph) -> bool:
    """Does the paragraph stand right below the title, as a second line of it or the beginning of a text that is cut off?"""
    title = passage.heading.places.title
    if title is None or paragraph.start < title[1]:
        return False  # a register's title is all the text of its row
    return not any(map(str.isalnum, passage.text[title[1] : paragraph.start]))


_ON_THEIR_ORDER = re.compile(
    rf"(?:(?:ý\s+kiến|văn\s+bản|nội\s+dung|tinh\s+thần)\s+)?(?:{DIRECTS}|kết\s+luận)(?:\s+của\s[^,;.:]{{2,100}}?)?\s(?:nêu\s+)?(?:tại|trong)\s+",
    re.IGNORECASE,
)
"""Of "Thực hiện ý kiến chỉ đạo của Ủy ban nhân dân tỉnh tại Công văn A", before the document."""
_OWN_ORDER = re.compile(
    rf",\s+(?P<who>[{UPPER}][^,;:.\n]{{1,80}}?)\s+(?:{SPEAKS}|{DIRECTS})(?=\s)(?!\s+[^.\n]{{0,40}}\sđã\s)"
)
"""Of "…, Sở Tài chính đề nghị các xã gửi báo cáo.", in a sentence of a letter."""


def _carried_at_last(passage: Passage, paragraph: Paragraph) -> Iterator[Relation]:
    """ "Năm qua … . Thực hiện Công điện A, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:": the last sentence of an opening, or any in which
    whoever writes a letter asks for something."""
    text, members = passage.text, paragraph.members
    for n, i in enumerate(members):
        f = passage.references[i]
        start, end = passage.layout.sentence(f.start)
        if not passage.is_top(i) or start <= paragraph.start:
            continue
        lead = CARRIES.match(text, start)
        led = lead and (lead.end() == f.start or _ON_THEIR_ORDER.fullmatch(text, lead.end(), f.start))
        last = end >= paragraph.end and _ORDERS.search(text, f.end, paragraph.end)
        if lead and led and (last or _asks_itself(passage, f.extent, end)):
            stop = paragraph.end if last else end
            inside = tuple(k for k in members[n:] if passage.references[k].start < stop)
            yield from _carried(passage, Paragraph(start, stop, inside), _Clause.led_by(lead))
            return
        if end >= paragraph.end:
            return


def _asks_itself(passage: Passage, at: int, end: int) -> bool:
    """Does whoever writes the letter ask or tell something in text[at:end]?"""
    heading = passage.heading
    order = _OWN_ORDER.match(passage.text, at, end) if heading.type in types_of("correspondence") else None
    who = " ".join(order["who"].replace("UBND", "Ủy ban nhân dân").split()).lower() if order else ""
    return bool(who) and f"{heading.issuer} ".lower().startswith(f"{who} ")


def issued_to(text: str, start: int, end: int, own_type: str) -> re.Match[str] | None:
    """ "… ban hành Quy định thực hiện Quy định số 50-QĐ/TW": the opening says what the document is issued for."""
    kind = r"\s+".join(re.escape(word) for word in own_type.split())
    pattern = (
        rf"{ISSUES}\s+{kind}\s+(?:{ABOUT}\s+)?"
        rf"(?P<trigger>{ORGANIZES}{_VERBS})\s*$"
    )
    return re.compile(pattern, re.IGNORECASE).search(text, max(start, end - 160), end)
