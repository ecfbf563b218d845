"""What the clauses of a preamble carry out, until the main clause speaks.

Thực hiện Nghị quyết A, Kế hoạch B của C về …; tiếp tục thực hiện D, Ủy ban nhân dân tỉnh ban hành …      A, B, and D goes on
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import BRACKETS, LETTER, LOWER, UPPER
from chidao.extract.language.patterns import (
    ACCORDING,
    ALL_OF_THEM,
    ALONG,
    AS_FOLLOWS,
    ASKED,
    BESIDE,
    CLOSES,
    CONTENT,
    DENIES,
    DIRECTS,
    INTENDS,
    MEMBER,
    PASSIVE,
    SPEAKS,
    UNIT,
    WHOSE,
    WITH,
)
from chidao.extract.language.tables import words
from chidao.extract.model import SELF, Relation
from chidao.extract.statements.passage import Paragraph, Passage
from chidao.extract.statements.relations.bases import RULES
from chidao.extract.statements.relations.links import same_list
from chidao.extract.statements.relations.openings import CARRIES, CHANGED, INSPECTS, MAIN_VERB, THEN, TOLD, Clause
from chidao.ontology.authority import types_of

_RULED = re.compile(rf"{ACCORDING}|.*\smà\s+$", re.IGNORECASE | re.DOTALL)
"""Of "Thực hiện theo quy định của Luật Đất đai, …", "Thực hiện nhiệm vụ, khắc phục tồn tại mà Kết luận A đã nêu": what is done is another
thing."""
_SAID = "|".join(one_of(words(kind)) for kind in ("already", "sends", "before a verb", "ends a body's name"))
_NAME = rf"[{UPPER}][{LETTER}]*(?:\s+(?!(?:{DENIES}|{INTENDS}|{_SAID})\s)[{LOWER}]+)?"
_BODY = rf"(?:Chính\s+phủ|{one_of(words('kind of body'))}(?:\s+nhân\s+dân)?(?:\s+(?i:{UNIT}))?(?:\s+{_NAME}){{0,6}})"
_LAYS_DOWN = re.compile(
    rf",\s+{_BODY}\s+quy\s+định\s*(?:[.:]|một\s+số\s|cụ\s+thể\s|về\s|việc\s|chi\s+tiết\s)",
)
"""What a body right before it does by a verb that is a noun as well: "Thi hành Nghị quyết A, Bộ Tài chính quy định."."""
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
    rf"{PASSIVE}\s+(?:[^,;.\n]{{2,60}}?\s)?{one_of(words('agrees'))}\s|{one_of(words('looks at'))}(?![{LETTER}])[^,;]*$)",
    re.IGNORECASE,
)
"""What nobody carries out, but was asked, or is looked at: "Thực hiện A; tham khảo cách làm tại B"."""

# "…, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:" closes the opening, and has not been done before.
_ORDERS = re.compile(
    rf",\s+(?![^:\n]{{0,200}}\sđã\s)[^,;:\n]{{2,140}}?\s(?:{SPEAKS}|{DIRECTS}|triển\s+khai)[^:\n]{{0,240}}:[\s*_]*$",
    re.IGNORECASE,
)


def carried(passage: Passage, paragraph: Paragraph, clause: Clause, of: int = SELF) -> Iterator[Relation]:
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
            yield Relation(of, said, i, clause.start, f.end, clause.trigger, "explicit", RULES[said])


_IN_IT = re.compile(r"[;.,]\s*(?:và\s+)?(?:tại|trong|theo)\s+(?:các\s+)?$", re.IGNORECASE)
_ALREADY = re.compile(r"\s*,\s+[^,;:.\n]{2,80}?\sđã\s", re.IGNORECASE)


def _tells(text: str, gap: str, extent: int) -> bool:
    """ "Thực hiện A; tại Văn bản B, Ủy ban nhân dân tỉnh đã yêu cầu …": what was said in B is told of, and B not carried out."""
    return _IN_IT.search(gap) is not None and _ALREADY.match(text, extent) is not None


_OF_ANOTHER = re.compile(rf"{CHANGED}|(?<!\w)theo\s+(?:các\s+)?$", re.IGNORECASE)
"""What changed a document, or by which something is done: "Thực hiện Chỉ thị A về … và Kế hoạch 5 năm theo Nghị quyết B"."""


def _goes_on_with(gap: str) -> bool:
    """Do the words between two documents go on with their list, and tell neither of a change of the first nor after what something is
    done?"""
    return _OF_ANOTHER.search(gap) is None and _LISTED.fullmatch(gap) is not None


_SPEAKS_OUT = re.compile(
    rf"(?:[,;]\s+[{UPPER}][^,;\n]{{2,140}}?\s(?:{SPEAKS}|{DIRECTS}|triển\s+khai|tổ\s+chức|quyết\s+nghị)(?!,?[^,;\n]{{0,24}}\scủa\s)"
    rf"|{AS_FOLLOWS}|{INSPECTS})"
)
"""In an article, where "các văn bản chỉ đạo, hướng dẫn của Trung ương" is nobody's speech."""
_OTHERS_DID = re.compile(
    rf"{CLOSES},\s+(?:[^,;.:\n]{{2,60}},\s+)?{ALL_OF_THEM}\s(?!{CONTENT}\s)[^;.:\n]{{2,160}}?\s(?:{DENIES}|đã|còn(?!\s+lại))\s"
    rf"(?:[^;.:\n]*[.;]\s+(?:[^,;.:\n]{{2,60}},\s+)?(?P<who>(?-i:[{UPPER}])[^,;:.\n]{{1,80}}?)\s+(?:{SPEAKS}|{DIRECTS})\s)?",
    re.IGNORECASE,
)
"""Behind the last document of an opening that goes on with the story of "…, các sở, ban, ngành đã triển khai nhiều giải pháp", and `who`
goes on with it right behind: "…; UBND tỉnh giao Sở Tài chính …"."""


def _spoken_to(passage: Passage, paragraph: Paragraph, members: Sequence[int], at: int, of: int) -> int:
    """Return up to where the documents of a clause stand in a sentence that does something: to the end of a paragraph that stands alone or
    ends with an order, else to where it last issues something. What an article tells of as done is not what the article does."""
    if not members or of >= 0:
        return passage.references[of].start if members else -1
    ordered = _ORDERS.search(passage.text, passage.references[members[-1]].end, paragraph.end)
    if ordered or _stands_alone(passage, paragraph, members):
        return len(passage.text)
    rest = passage.text[passage.references[members[-1]].extent : paragraph.end].rstrip()
    others = _OTHERS_DID.match(rest) if rest[-1:] != ":" else None
    if others and not passage.is_writer(others["who"] or "-"):
        return -1
    told = None if passage.heading.type else TOLD.search(passage.text, at, paragraph.end)
    end = told.start() if told else paragraph.end
    speaks = MAIN_VERB if passage.heading.type else _SPEAKS_OUT
    spoken = (
        *speaks.finditer(passage.text if speaks is _SPEAKS_OUT else passage.layout.low, at, end),
        *_LAYS_DOWN.finditer(passage.text, at, end),
    )
    named = {passage.references[i].start for i in paragraph.members}  # "Chỉ thị số 3-CT/TU" orders nothing here
    last = max((match.start() for match in spoken if match.start() not in named), default=-1)
    below = last < passage.references[members[-1]].extent and _orders_below(passage, paragraph, members)
    return len(passage.text) if below else last


def _then(gap: str, said: str | None) -> str | None:
    """Return what is said of the document behind `gap`, where `said` was said of the one before."""
    if _ASKED.search(gap):
        return None
    for mark in (";", ","):
        if (cut := gap.rfind(mark)) >= 0 and (then := THEN.fullmatch(gap[cut:])):
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
    rest = BRACKETS.sub(" ", text[passage.references[members[-1]].extent : paragraph.end])
    before = text[max(0, paragraph.start - 400) : paragraph.start].rstrip(" *_\n")
    if any(map(str.isalnum, rest)) or before.endswith(":"):
        return False
    return bool(text[paragraph.end : passage.layout.body_end].strip()) or _below_title(passage, paragraph)


def _orders_below(passage: Passage, paragraph: Paragraph, members: Sequence[int]) -> bool:
    """ "Thực hiện Công điện A; theo dự báo, mực nước sẽ lên." / "Trước tình hình trên, Sở B đề nghị …": does whoever writes give its order
    below the clause, which itself tells of nothing that was done?"""
    order = _OWN_ORDER.match(passage.text, paragraph.end)
    return (
        order is not None
        and order["then"] is not None
        and passage.is_writer(order["who"])
        and TOLD.search(passage.text, passage.references[members[0]].end, paragraph.end) is None
    )


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
    r"(?P<then>\s*Trước\s+(?:tình\s+hình|thực\s+trạng|diễn\s+biến)\s[^,.:;\n]{2,80})?,\s+"
    rf"(?P<who>[{UPPER}][^,;:.\n]{{1,80}}?)\s+(?:{SPEAKS}|{DIRECTS})(?=\s)(?!\s+[^.\n]{{0,40}}\sđã\s)"
)
"""Of "…, Sở Tài chính đề nghị các xã gửi báo cáo.", in a sentence of a letter, and below an opening that tells of the situation of "Trước
tình hình trên, Sở Y tế đề nghị …"."""


def carried_at_last(passage: Passage, paragraph: Paragraph) -> Iterator[Relation]:
    """Yield what the last sentence of an opening carries out ("Năm qua … . Thực hiện Công điện A, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:"),
    or any in which whoever writes a letter asks for something."""
    text, members = passage.text, paragraph.members
    for n, i in enumerate(members):
        f = passage.references[i]
        start, end = passage.sentences[i]
        if not passage.is_top(i) or start <= paragraph.start:
            continue
        lead = CARRIES.match(text, start)
        led = lead and (lead.end() == f.start or _ON_THEIR_ORDER.fullmatch(text, lead.end(), f.start))
        last = led and end >= paragraph.end and _ORDERS.search(text, f.end, paragraph.end)
        if lead and led and (last or _asks_itself(passage, f.extent, end)):
            stop = paragraph.end if last else end
            inside = tuple(k for k in members[n:] if passage.references[k].start < stop)
            yield from carried(passage, Paragraph(start, stop, inside), Clause.led_by(lead))
            return
        if end >= paragraph.end:
            return


def _asks_itself(passage: Passage, at: int, end: int) -> bool:
    """Does whoever writes the letter ask or tell something in text[at:end]?"""
    heading = passage.heading
    order = _OWN_ORDER.match(passage.text, at, end) if heading.type in types_of("correspondence") else None
    return order is not None and passage.is_writer(order["who"])
