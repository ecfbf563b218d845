"""What a title says of the documents that it names.

A title is one noun phrase with a verb for its head: "(Kế hoạch) triển khai thực hiện Nghị quyết A", "Điều chỉnh mục đích sử
dụng đất tại Quyết định B", "Thực hiện chỉ đạo của Thủ tướng Chính phủ tại Công văn C". The verb right before the document
tells; where only a linking word stands there ("tại", "theo", "ban hành kèm theo"), the head of the title does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from chidao.extract.language.letters import LETTER
from chidao.extract.language.tables import alternation, key, relation_triggers
from chidao.extract.mentions.references import Found


@dataclass(frozen=True, slots=True)
class Said:
    """The title says `predicate` of reference `index`; `start` is where the words that say so begin."""

    index: int
    predicate: str
    start: int
    trigger: str
    certainty: str


@dataclass(frozen=True, slots=True)
class _Verb:
    start: int
    end: int
    predicate: str
    trigger: str


WINDOW = 400
"""How far before a document its verb may stand, in characters."""

_CHANGES = frozenset(["amends", "corrects", "replaces", "repeals"])

PART = (
    r"(?:phụ\s+lục|khoản|điểm|điều(?=\s+[0-9])|chương|mục|cụm\s+từ|từ|mẫu|biểu|tiết|đoạn|danh\s+mục|bảng|căn\s+cứ|"
    r"thành\s+phần|tên|một\s+phần|một\s+số\s+(?:điều|nội\s+dung|quy\s+định|điểm)|nội\s+dung)"
)
"""A part of a document: what is done to it changes the document, which stays."""
_PART = re.compile(rf"(?<![{LETTER}]){PART}(?![{LETTER}])", re.IGNORECASE)

# Between the verb and the document: how it is done, how many there are, which part of it is meant.
_FILLER = (
    r"(?:nghiêm\s+túc|nghiêm|có\s+hiệu\s+quả|hiệu\s+quả|kịp\s+thời|tốt|đồng\s+bộ|toàn\s+bộ|một\s+phần|toàn\s+diện|đầy\s+đủ|"
    r"các|những|một\s+số|(?:nội\s+dung|nhiệm\s+vụ|giải\s+pháp|mục\s+tiêu|chỉ\s+tiêu|chính\s+sách|quy\s+định|điều|khoản|điểm|điều\s+khoản|"
    r"văn\s+bản|tinh\s+thần|ý\s+kiến|kết\s+luận|chỉ\s+đạo|tên|thời\s+hạn|hiệu\s+lực|căn\s+cứ\s+pháp\s+lý|phụ\s+lục)|"
    r"của|tại|trong|nêu\s+tại|ban\s+hành|kèm\s+theo|theo|và|việc|số\s*:?|[0-9]{1,3}|[:“\"*,])"
)
_DIRECT = re.compile(rf"\s*(?:{_FILLER}\s*){{0,9}}", re.IGNORECASE)
_LINK = re.compile(
    rf"(?<![{LETTER}])(?P<link>ban\s+hành\s+kèm\s+theo|kèm\s+theo(?:\s+tại)?|theo(?:\s+quy\s+định\s+(?:tại|của))?|nêu\s+tại|tại|trong|của|"
    rf"điều\s+[0-9]+|tại\s+(?:cuộc\s+họp|hội\s+nghị|phiên\s+họp|buổi)\s+[^,;\n]{{2,80}}?\s+và)\s*"
    r"(?:(?:các|một\s+số|nội\s+dung|văn\s+bản|tinh\s+thần|hội\s+nghị|thông\s+báo|"
    r"(?:điểm|khoản|điều|mục|chương|phụ\s+lục)(?:\s+(?:số\s+)?[0-9IVXa-zđ]{1,4})?|và|,|tại|[0-9]{1,3})\s*)*"
    r"(?:số\s*:?\s*)?[“\"*]*\s*$",
    re.IGNORECASE,
)
# "cho công ty thuê đất tại Quyết định …", "được giao đất … theo Quyết định …": the passage tells on what ground something stands.
_GROUND = re.compile(
    rf"(?<![{LETTER}])(?:theo\s+đề\s+nghị|theo\s+yêu\s+cầu|xét\s+đề\s+nghị|(?:thành\s+lập|quản\s+lý|thụ\s+hưởng|"
    rf"hợp\s+đồng\s+lao\s+động|ban\s+hành|công\s+nhận|phê\s+duyệt)(?:\s+[^\s,;]+){{0,8}}\s+theo)(?![{LETTER}])",
    re.IGNORECASE,
)
# What is only proposed, and what is put off, is not done to the document.
_PROPOSED = re.compile(
    rf"(?<![{LETTER}])(?:đề\s+nghị\s+(?:xây\s+dựng|ban\s+hành|sửa\s+đổi|bổ\s+sung)|dự\s+thảo|xin\s+ý\s+kiến|lấy\s+ý\s+kiến|"
    r"góp\s+ý|tham\s+gia\s+ý\s+kiến)",
    re.IGNORECASE,
)
_HELD = re.compile(
    rf"(?<![{LETTER}])(?:tạm\s+hoãn|tạm\s+dừng|tạm\s+ngưng|tạm\s+ngừng|ngưng|ngừng|dừng|hoãn|chưa|không)(?:\s+việc)?\s+"
    r"(?:tiếp\s+tục\s+)?(?:hiệu\s+lực|thi\s+hành|áp\s+dụng|tổ\s+chức|triển\s+khai|thực\s+hiện)",
    re.IGNORECASE,
)
_CONTINUED = re.compile(rf"(?<![{LETTER}])tiếp\s+tục\s+(?:[^\s,;.:]+[,]?\s+){{0,6}}$", re.IGNORECASE)
_REVIEWED = re.compile(
    rf"(?<![{LETTER}])(?:(?:sơ|tổng)\s+kết|đánh\s+giá|(?:báo\s+cáo\s+)?(?:tình\s+hình|kết\s+quả))(?![{LETTER}])",
    re.IGNORECASE,
)
# "hệ số điều chỉnh giá đất", "phạm vi điều chỉnh": no verb.
_NOUN = re.compile(r"(?:hệ\s+số|phạm\s+vi|đối\s+tượng|được|bị|đã)\s+$", re.IGNORECASE)
_COORDINATED = re.compile(
    r"[\s*_”\"]*(?:của\s+[^,;.0-9\n]{2,60}?)?(?:[,;]|(?:[,;]\s*)?(?:và|cùng|cùng\s+với|hoặc))\s*(?:(?:các|văn\s+bản)\s+)*(?:số\s*:?\s*)?[“\"]?\s*",
    re.IGNORECASE,
)
_COORDINATED_CLAUSE = re.compile(
    r"[\s*_”\"]*(?:của\s+[^,;.0-9\n]{2,60}?)?(?:[,;]\s*(?:đồng\s+thời\s+|và\s+)?|\s(?:và|đồng\s+thời)\s+)",
    re.IGNORECASE,
)


@cache
def _verb_pattern() -> re.Pattern[str]:
    phrases = {k: v for k, v in relation_triggers().items() if v.direction == "forward" and not k.startswith("theo")}
    return re.compile(rf"(?<![{LETTER}])(?P<trigger>{alternation(phrases)})(?![{LETTER}])", re.IGNORECASE)


def _verbs(text: str, start: int, end: int) -> list[_Verb]:
    table = relation_triggers()
    return [
        _Verb(m.start(), m.end(), table[key(m["trigger"])].predicate, m["trigger"])
        for m in _verb_pattern().finditer(text, start, end)
        if not _NOUN.search(text, max(start, m.start() - 14), m.start())
    ]


def read_title(
    text: str, begin: int, found: Sequence[Found], inside: Sequence[int], own_type: str | None
) -> Iterator[Said]:
    """What the title that begins at `begin` says of the documents `inside` it, in text order.

    `inside` holds the indices of those that stand in no other document's title; `own_type` is the titled document's.
    """
    last: Said | None = None
    at = begin
    for i in inside:
        f = found[i]
        said = _read_one(text, begin, at, found, i, own_type, last)
        if said:
            yield said
        last, at = said, f.extent


def _read_one(
    text: str, begin: int, at: int, found: Sequence[Found], i: int, own_type: str | None, last: Said | None
) -> Said | None:
    f = found[i]
    if at > begin:
        # Behind another document: one more of a list, or a clause of its own.
        if _COORDINATED.fullmatch(text, at, f.start):
            return Said(i, last.predicate, last.start, last.trigger, last.certainty) if last else None
        if not _COORDINATED_CLAUSE.match(text, at, f.start):
            return None
    start = max(at, f.start - WINDOW)
    lead = text[start : f.start]
    if "," in lead and lead.count('"') % 2:
        return None
    if _PROPOSED.search(text, begin, f.start):
        return None
    verbs = _verbs(text, start, f.start)
    if verbs and (said := _direct(text, begin, f, i, verbs[-1])):
        return None if said.predicate in _CHANGES and own_type == "Tờ trình" else said
    return _linked(text, start, f, i, verbs, own_type)


def _direct(text: str, begin: int, f: Found, i: int, verb: _Verb) -> Said | None:
    """The verb takes the document, or a part of it, for its object."""
    gap = text[verb.end : f.start]
    changes = verb.predicate in _CHANGES
    few = len(gap.split()) <= 4 and not re.search(r"[,;.“”\"]", gap.rstrip('“" *'))
    if not _DIRECT.fullmatch(text, verb.end, f.start) and not (few and not _LINK.search(gap)):
        return None
    if "theo" in gap.lower().split() and not changes:
        return None
    if _HELD.search(text, max(begin, verb.start - 24), verb.end):
        return None
    predicate = verb.predicate
    if predicate in ("replaces", "repeals") and _PART.search(gap):
        predicate = "amends"
    if predicate == "implements":
        before = text[max(begin, verb.start - 90) : verb.start]
        if _REVIEWED.search(before):
            predicate = "reviews"
        elif _CONTINUED.search(before):
            predicate = "continues"
    return Said(i, predicate, verb.start, verb.trigger, "explicit")


def _linked(text: str, start: int, f: Found, i: int, verbs: list[_Verb], own_type: str | None) -> Said | None:
    """A linking word stands before the document: what the title's head does, it does there."""
    link = _LINK.search(text, start, f.start)
    if not link or f.type == "Tờ trình":
        return None
    printed = key(link["link"])
    theo = printed.startswith("theo")
    head = verbs[0] if verbs else None
    ground = _GROUND.search(text, start, link.start() + len(link["link"]))
    if ground and (theo or "đề nghị" in key(ground.group())) and not (head and head.predicate in _CHANGES):
        return None
    if ground and "đề nghị" in key(ground.group()):
        return None
    if head is None:
        return Said(i, "implements", link.start(), link["link"], "implied") if theo else None
    gap = text[head.end : link.end()]
    if head.predicate in _CHANGES:
        if theo and f.type != own_type:
            return None if ground else Said(i, "implements", link.start(), link["link"], "implied")
        if head.predicate in ("amends", "corrects"):
            return Said(i, head.predicate, head.start, head.trigger, "explicit")
        if key(head.trigger) == "thu hồi":
            return None  # "thu hồi khu đất đã giao tại Quyết định …" takes back the land
        whole = "kèm theo" in printed and not _PART.search(gap)
        return Said(i, head.predicate if whole else "amends", head.start, head.trigger, "explicit")
    if printed in ("của", "kèm theo", "ban hành kèm theo") and head.predicate != "reviews":
        return None
    if _HELD.search(text, max(start, head.start - 24), head.end):
        return None
    if verbs[-1].predicate in ("implements", "continues", "guides", "reviews"):
        predicate = head.predicate
        if predicate == "implements" and _CONTINUED.search(text[max(start, head.start - 60) : head.start]):
            predicate = "continues"
        return Said(i, predicate, head.start, head.trigger, "explicit")
    return Said(i, "implements", link.start(), link["link"], "implied") if theo else None
