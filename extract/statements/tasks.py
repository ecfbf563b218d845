"""Tasks: what a document makes bodies do, with whom and by when, as its sentences and items say.

Three ways are usual (plans and directives follow one another in this, whoever issues them): a heading names a body and items
follow ("2. Sở Nội vụ" and "- Rà soát …"); an item or sentence names its body itself ("Giao Sở Nội vụ chủ trì …", "Sở Nội vụ
tổng hợp …"); lines behind an item name them ("Cơ quan chủ trì: …", "Thời gian hoàn thành: …"). Tables are read by `task_tables`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from chidao.extract.language.letters import LETTER, UPPER
from chidao.extract.model import Heading, Party
from chidao.extract.reading.layout import Layout
from chidao.extract.statements.addressees import BodyReader, read_parties
from chidao.extract.statements.deadlines import read_deadline

ASSIGNING = frozenset(
    [
        "Kế hoạch", "Chỉ thị", "Quyết định", "Công văn", "Công điện", "Chương trình", "Chương trình hành động", "Nghị quyết",
        "Thông báo", "Kết luận", "Phương án", "Đề án", "Hướng dẫn", "Thông báo kết luận", "Dự án", "Thông tri",
    ]
)  # fmt: skip
"""Types that make others do something. A report tells what was done, a law or decree what holds."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A task in reading offsets."""

    start: int
    end: int
    lead: tuple[Party, ...]
    support: tuple[Party, ...]
    deadline: str | None
    deadline_text: str | None
    rule: str


_MARKERS = (
    (0, re.compile(r"(?:PHẦN|CHƯƠNG|Chương|Phần|PHỤ\s+LỤC|Phụ\s+lục|MẪU|Mẫu\s+số)(?=\s|$)[^\n]{0,12}")),
    (1, re.compile(r"(?:[IVX]{1,5}|[A-Z])\s?[-.)/–]+\s|(?:Điều|ĐIỀU)\s+[0-9]+\s?[.:]?\s")),
    (3, re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})+\s?[.)]?\s")),
    (2, re.compile(r"[0-9]{1,2}\s?[.)/-]\s?|\(?[0-9]{1,2}\)\s")),
    (4, re.compile(r"[a-zđ]\s?[.)]\s")),
    (6, re.compile(r"[+*•▪●]\s?")),
    (5, re.compile(r"[-–—]\s?")),
)
_PLAIN = 9
_TRIM = " \t\u00a0*_#>|"
# What stands before the parties of a heading or an assigning sentence.
_CALL = (
    r"(?:giao(?:\s+(?:cho|trách\s+nhiệm\s+cho))?|yêu\s+cầu(?:\s+và\s+đề\s+nghị)?|đề\s+nghị|phân\s+công|"
    r"trách\s+nhiệm\s+(?:của|thực\s+hiện)|đối\s+với|nhiệm\s+vụ\s+của)"
)
_CALLS = re.compile(rf"{_CALL}\s+", re.IGNORECASE)
_GIVEN = re.compile(r"(?:giao|phân\s+công)\s", re.IGNORECASE)
# Where the text of a document begins: its grounds, what it carries out, its first section, whom a letter addresses.
_BEGINS = re.compile(
    r"(?:Căn\s+cứ|Thực\s+hiện|Triển\s+khai|Để\s|Nhằm|Trên\s+cơ\s+sở|Xét|Theo|Trong\s+thời\s+gian|MỤC\s+(?:ĐÍCH|TIÊU)|"
    r"Mục\s+(?:đích|tiêu)|QUAN\s+ĐIỂM|QUYẾT\s+(?:ĐỊNH|NGHỊ)|ĐẶC\s+ĐIỂM|TÌNH\s+HÌNH|Ngày\s)",
)
_CALLED = re.compile(
    rf"(?<![{LETTER}])(?P<call>giao(?:\s+cho)?|yêu\s+cầu(?:\s+và\s+đề\s+nghị)?|đề\s+nghị|phân\s+công)\s+", re.I
)
_HEADING_END = re.compile(
    r"\s*(?:(?:có\s+)?(?:trách\s+nhiệm|nhiệm\s+vụ)|chủ\s+trì(?:,\s*phối\s+hợp[^:]{0,120}(?=:))?|thực\s+hiện|tập\s+trung|cần)?"
    r"[\s*_]*[:.]?[\s*_]*",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"\s*(?:[,:]\s*)?(?:(?:cần|phải|sẽ|(?:theo|trong\s+phạm\s+vi)\s+(?:chức\s+năng|nhiệm\s+vụ|quyền\s+hạn|thẩm\s+quyền)[^;.]{0,90}?,?|"
    r"căn\s+cứ[^;.]{5,200}?,|[^;.:,]{0,100}?(?=có\s+trách\s+nhiệm))\s*)*"
    r"(?:chủ\s+trì|chủ\s+động|phối\s+hợp|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|căn\s+cứ|tổ\s+chức|triển\s+khai|"
    r"thực\s+hiện|xây\s+dựng|rà\s+soát|tham\s+mưu|tăng\s+cường|khẩn\s+trương|tiếp\s+tục|nghiêm\s+túc|báo\s+cáo|đôn\s+đốc|"
    r"theo\s+dõi|hướng\s+dẫn|kiểm\s+tra|đẩy\s+mạnh|đẩy\s+nhanh|tập\s+trung|quán\s+triệt|chỉ\s+đạo|đề\s+xuất|ban\s+hành|"
    r"phổ\s+biến|tuyên\s+truyền|bố\s+trí|cân\s+đối|thẩm\s+định|nghiên\s+cứu|tổng\s+hợp|cập\s+nhật|nâng\s+cao|nêu\s+cao|"
    r"phát\s+huy|bảo\s+đảm|đảm\s+bảo|định\s+kỳ|h[ằà]ng\s+(?:năm|quý|tháng)|thường\s+xuyên|kịp\s+thời|xem\s+xét|"
    r"cung\s+cấp|hoàn\s+(?:thành|thiện)|lập\s|giám\s+sát|phân\s+công|là\s+(?:cơ\s+quan|đầu\s+mối|đơn\s+vị)|"
    r"làm\s+(?:đầu\s+mối|tốt)|đưa\s|gửi\s|trình\s|quan\s+tâm|lãnh\s+đạo|ưu\s+tiên|huy\s+động|lồng\s+ghép|vận\s+động|cụ\s+thể\s+hóa|"
    rf"sớm\s|chuẩn\s+bị|thông\s+báo|công\s+bố|công\s+khai|đăng\s+ký|đánh\s+giá|sơ\s+kết|tổng\s+kết|xử\s+lý)(?![{LETTER}])",
    re.IGNORECASE,
)
_DONE = re.compile(rf"(?<![{LETTER}])đã(?![{LETTER}])", re.IGNORECASE)
_WITH = re.compile(
    r"phối\s+hợp(?:\s+chặt\s+chẽ|\s+thường\s+xuyên|\s+đồng\s+bộ|\s+hiệu\s+quả)*(?:\s+(?:với|cùng)|,?\s*với)\s+",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"[-+*•–\s]*(?P<label>(?:cơ\s+quan|đơn\s+vị|đầu\s+mối|đơn\s+vị,\s*cá\s+nhân|bộ\s+phận)?\s*(?P<what>chủ\s+trì|thực\s+hiện|"
    r"phối\s+hợp|thường\s+trực|chịu\s+trách\s+nhiệm)(?:\s+(?:thực\s+hiện|tham\s+mưu|triển\s+khai))?|"
    r"(?P<time>thời\s+(?:gian|hạn|điểm)(?:\s+(?:thực\s+hiện|hoàn\s+thành|báo\s+cáo|triển\s+khai))?|tiến\s+độ(?:\s+\S+){0,2}))\s*:\s*",
    re.IGNORECASE,
)
_PARENS = re.compile(
    r"\(\s*(?:giao\s+)?(?=[^()]{4,160}?(?:chủ\s+trì|thực\s+hiện|tham\s+mưu)[^()]{0,120}\))", re.IGNORECASE
)
# Whom a rule binds, and no body that gets work to do.
_ANYBODY = re.compile(r"(?:các\s+)?(?:tổ\s+chức|cá\s+nhân)(?:,?\s+(?:và\s+)?cá\s+nhân)?", re.IGNORECASE)
_SENTENCE_START = re.compile(rf"(?<=[.;])\s+(?=[{UPPER}])")
_SHORTEST = 25
"""A shorter item says no work."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A paragraph: its text lies at `start`..`end` behind its marker; `level` tells how deep that marker is."""

    start: int
    end: int
    level: int


def find_tasks(layout: Layout, heading: Heading, finder: BodyReader) -> list[Assignment]:
    """Every assignment of the document's own text, in text order."""
    if heading.type not in ASSIGNING:
        return []
    text = layout.text
    year = int(heading.date[:4]) if heading.date else None
    found: list[Assignment] = []
    lead: tuple[Party, ...] = ()
    level = _PLAIN
    items = list(_items(layout, text))
    body = next((i for i, item in enumerate(items) if _BEGINS.match(text, item.start)), 0)
    for i, item in enumerate(items):
        if i < body:
            continue  # the heading names bodies too
        said = text[item.start : item.end]
        label = _LABEL.match(text, item.start, item.end)
        if label and i:
            _add_label(text, label, item, items[i - 1], found, finder, year, heading.date)
            continue
        parties, end = _heads(text, item, finder)
        if parties and end == item.end:
            lead, level = parties, item.level
            continue
        if _ends_list(item.level, level):
            lead = ()
        if said.lower().startswith(("nơi nhận", "kính gửi", "(")) or len(said) < _SHORTEST:
            if said.lower().startswith("nơi nhận"):
                lead = ()
            continue
        own = [a for a in _own(text, item, finder, headed=bool(lead)) if not _issues(text, a, heading)]
        if len(own) == 1 and said.endswith(":") and item.end - end < 90:
            lead, level = own[0].lead, item.level  # "Giao Sở X chịu trách nhiệm:" and items below
        elif own:
            found += (_finish(text, a, finder, year, heading.date) for a in own)
        elif lead and not said.endswith(":") and not _DONE.search(said[:60]) and _is_work(said):
            found.append(
                _finish(
                    text,
                    Assignment(item.start, item.end, lead, (), None, None, "body-heading"),
                    finder,
                    year,
                    heading.date,
                )
            )
    found = [a for a in found if not all(_ANYBODY.fullmatch(p.name) for p in a.lead)]
    found.sort(key=lambda a: a.start)
    return found


def _items(layout: Layout, text: str) -> Iterator[_Item]:
    start = 0
    stop = layout.body_end
    while start < stop:
        end = text.find("\n", start)
        end = stop if end < 0 or end > stop else end
        a, b = start, end
        start = end + 1
        while a < b and text[a] in _TRIM:
            a += 1
        while b > a and text[b - 1] in _TRIM:
            b -= 1
        level = _PLAIN
        for depth, pattern in _MARKERS:
            marker = pattern.match(text, a, b)
            if marker:
                a, level = marker.end(), depth
                break
        while a < b and text[a] in _TRIM:
            a += 1
        if a < b:
            yield _Item(a, b, level)


def _ends_list(level: int, heading: int) -> bool:
    """Whether an item at `level` stands above or beside the heading, and so ends its list."""
    return level <= heading if heading != _PLAIN else level <= 2


def _heads(text: str, item: _Item, finder: BodyReader) -> tuple[tuple[Party, ...], int]:
    """The parties that the item opens with; `item.end` as end when they are the whole of it: a heading."""
    at = item.start
    call = _CALLS.match(text, at, item.end)
    at = call.end() if call else at
    parties, end = read_parties(text, at, finder, item.end)
    if parties and (tail := _HEADING_END.match(text, end, item.end)) and tail.end() == item.end:
        # In a list by dashes bodies stand as recipients, on a bare line as letterheads: a colon there says that work follows.
        last = text[item.end - 1]
        if last == ":" or item.level <= 4:
            return parties, item.end
        return (), item.start
    return parties, end


def _own(text: str, item: _Item, finder: BodyReader, *, headed: bool) -> Iterator[Assignment]:
    """The assignments that the item's own sentences make, each up to the next one's beginning. Below a body's heading
    (`headed`), what the item asks of others is that body's work: only one who is named first, or to whom it is given
    ("Giao Sở X …"), has a task of its own."""
    starts = [item.start, *(m.end() for m in _SENTENCE_START.finditer(text, item.start, item.end))]
    made: list[tuple[int, tuple[Party, ...], str]] = []
    for begin, after in zip(starts, [*starts[1:], item.end], strict=True):
        got = _sentence(text, begin, after, finder)
        if got and not (headed and got[1] == "called" and not _GIVEN.match(text, begin)):
            made.append((begin, *got))
    if not made:
        return
    ends = [begin for begin, _, _ in made[1:]] + [item.end]
    for (begin, parties, rule), end in zip(made, ends, strict=True):
        while end > begin and text[end - 1].isspace():
            end -= 1
        yield Assignment(begin, end, parties, (), None, None, rule)


def _sentence(text: str, begin: int, end: int, finder: BodyReader) -> tuple[tuple[Party, ...], str] | None:
    """Whom one sentence makes do something, and how it says so."""
    parties, at = read_parties(text, begin, finder, end)
    if parties and _WORK.match(text, at, end) and not _DONE.search(text, at, min(end, at + 40)):
        call = _CALLED.match(text, at + 1, end) if at + 1 < end else None
        if call is None:
            return parties, "subject"
    # "Giao Sở X …", "Ủy ban nhân dân tỉnh yêu cầu các sở …", "Chủ tịch UBND tỉnh giao: Sở X …"
    call = _CALLED.search(text, begin, min(end, begin + 220))
    if call is None or _DONE.search(text, begin, call.start()):
        return None
    if call.start() > begin and not (parties and call.start() - at < 12):
        lead_in = text[begin : call.start()]
        if "," not in lead_in[-3:] and not re.search(rf"[{UPPER}]", lead_in[:1]):
            return None
    parties, at = read_parties(text, call.end(), finder, end)
    return (parties, "called") if parties and end - at > 15 else None


def _issues(text: str, a: Assignment, heading: Heading) -> bool:
    """ "Chính phủ ban hành Nghị quyết này": that a body issues its own document is no task."""
    return (
        heading.issuer_key is not None
        and {p.key for p in a.lead} == {heading.issuer_key}
        and re.search(r"\s(?:ban\s+hành|đánh\s+giá|quyết\s+nghị)\s", text[a.start : a.start + 90], re.IGNORECASE)
        is not None
    )


def _is_work(said: str) -> bool:
    """Whether an item below a body's heading says something to do: it opens like a sentence, and is no mere name."""
    return (
        said[:1].isupper()
        and not said.isupper()
        and " | " not in said
        and len(said.split()) > 5
        and "…." not in said
        and not said.startswith(("Lưu ý", "Mẫu", "Ghi chú", "Ví dụ"))
    )


def _finish(text: str, a: Assignment, finder: BodyReader, year: int | None, day: str | None) -> Assignment:
    """With the bodies that help and the deadline that the task's text states; a "(Sở X chủ trì)" at its end names the lead."""
    support: list[Party] = []
    for match in _WITH.finditer(text, a.start, a.end):
        parties, _ = read_parties(text, match.end(), finder, a.end)
        support += (p for p in parties if p not in support and p not in a.lead)
    lead, rule = a.lead, a.rule
    if parens := _PARENS.search(text, a.start, a.end):
        parties, _ = read_parties(text, parens.end(), finder, a.end)
        if parties:
            lead, rule = parties, "in-brackets"
    deadline = read_deadline(text[a.start : a.end], year, after=day)
    return replace(
        a, lead=lead, support=tuple(support), rule=rule,
        deadline=deadline.value if deadline else None, deadline_text=deadline.text if deadline else None,
    )  # fmt: skip


def _add_label(
    text: str,
    label: re.Match[str],
    item: _Item,
    before: _Item,
    found: list[Assignment],
    finder: BodyReader,
    year: int | None,
    day: str | None,
) -> None:
    """ "Cơ quan chủ trì: Sở X" behind an item: the item is that body's task; the lines behind it say more of the same task."""
    last = found[-1] if found and found[-1].end == before.end else None
    value = text[label.end() : item.end]
    if label["time"]:
        deadline = read_deadline(value, year, cell=True, after=day)
        if last and deadline:
            found[-1] = replace(last, end=item.end, deadline=deadline.value, deadline_text=deadline.text)
        return
    parties, _ = read_parties(text, label.end(), finder, item.end)
    if not parties:
        return
    if "phối" in label["what"].lower():
        if last:
            found[-1] = replace(last, end=item.end, support=tuple(dict.fromkeys((*last.support, *parties))))
    elif last:
        found[-1] = replace(last, end=item.end, lead=parties, rule="labelled")
    else:
        made = Assignment(before.start, item.end, parties, (), None, None, "labelled")
        found.append(_finish(text, made, finder, year, day))
