"""What stands behind a reference's code: date, issuer and title, in whatever order the writer chose.

"Kết luận số 21-KL/TW | ngày 25/10/2021 | của Ban Chấp hành Trung ương (khóa XIII) | về “Đẩy mạnh …”".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace

from chidao.extract.language.dates import DATE, iso_date
from chidao.extract.language.letters import LETTER, SUPERSCRIPTS, UPPER
from chidao.extract.language.patterns import FOOTNOTE, MARKS, QUOTE_OPENS, ROMAN, TERM
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import BodyMention

_DAY = re.compile(rf"{MARKS}\s*[,(]?\s*(?:(?:được\s+)?(?:ban\s+hành|ký)\s+)?ngày\s+(?=[0-9])", re.IGNORECASE)
# PDF text glues "của" to the year: "ngày 29/7/2024của Chính phủ".
_OF = re.compile(rf"(?:{MARKS}\s*,?\s+|(?<=[0-9]),?)(?:của|do)\s+", re.IGNORECASE)
_TERM = re.compile(
    rf"\s*,?\s*(?:\(\s*)?(?:Đảng\s+)?{TERM}\s+{ROMAN}(?![{LETTER}])(?:\s*\))?|"
    r"\s*\(\s*nhiệm\s+kỳ\s+[0-9\s–-]+\)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    rf"{FOOTNOTE}\s*,?\s*(?P<about>về\s+việc|về\s+nội\s+dung|v/v|về|với\s+(?:chủ\s+đề|tiêu\s+đề|"
    r"nội\s+dung))\s*:?\s*(?=\S)",
    re.IGNORECASE,
)
_QUOTE = re.compile(rf"{FOOTNOTE}\s*,?\s*[*_]*(?P<open>{QUOTE_OPENS})[*_]*")
_CLOSING = {"“": "”", '"': '"', "«": "»"}
# How an unquoted title goes on from the code without "về": a verbal noun of what the document does, or its matter.
# What the document is said to undergo ("thực hiện như sau", "tiếp tục hoạt động đến …") is the sentence's, no title.
_VERBAL = re.compile(
    r"\s+(?!(?:tiếp\s+tục\s+)?(?:thực\s+hiện|triển\s+khai|áp\s+dụng)\s+(?:như|theo)\s|"
    r"tiếp\s+tục\s+(?:hoạt\s+động|có\s+hiệu\s+lực|được|áp\s+dụng)\s)"
    r"(?P<verb>thực\s+hiện|triển\s+khai|tổ\s+chức|ban\s+hành|quy\s+định|hướng\s+dẫn|thí\s+điểm|tăng\s+cường|"
    r"tiếp\s+tục|đẩy\s+mạnh|nâng\s+cao|"
    r"sửa\s+đổi|bổ\s+sung|bãi\s+bỏ|phê\s+duyệt|thành\s+lập|điều\s+chỉnh|công\s+bố|một\s+số|đổi\s+mới|xây\s+dựng|"
    r"phát\s+triển|"
    r"giải\s+thích|công\s+nhận|phê\s+chuẩn|đính\s+chính|ngưng\s+hiệu\s+lực|"
    r"đào\s+tạo|phân\s+cấp|giao\s+chỉ\s+tiêu|kiện\s+toàn|luân\s+chuyển|phòng,?\s+chống|"
    rf"[A-ZĐ]{{3,}}\s+giai\s+đoạn)(?![{LETTER}])"
)
# "… của Ủy ban nhân dân tỉnh Quy định về …": a verb that opens the title with a capital, behind date or issuer.
_CAPITAL_VERB = re.compile(
    r"\s+(?P<verb>Quy\s+định|Ban\s+hành|Sửa\s+đổi|Bãi\s+bỏ|Hướng\s+dẫn|Phê\s+duyệt|Thành\s+lập|Công\s+bố)"
    rf"(?=,?\s(?![{UPPER}0-9]))(?!\s+(?:này|trên|số|của|nêu)(?![{LETTER}]))"
)
# Where an unquoted title may end. "được sửa đổi, bổ sung bởi …" says what became of the document, "thì" what follows
# from it, "do … thực hiện" who acts under it; a bar is the border of a table's cell.
_STOP = re.compile(
    r"[\n;“”)]|\s\||[.:](?=\s|$|\.|/)|,(?=\s)|\s(?:và|theo|với\s+việc|gắn\s+với|đã|cho\s+thấy|"
    rf"được\s+ban\s+hành|có\s+hiệu\s+lực|hết\s+hiệu\s+lực|trong\s+đó|giúp|thì|hoặc\s+tương\s+đương|"
    r"(?:đã\s+)?được\s+(?:sửa\s+đổi|bổ\s+sung|thay\s+thế)[^;.()\n]{0,40}?\s(?:bởi|tại|theo)|"
    rf"do(?=\s[^,;.()\n]{{4,120}}?\sthực\s+hiện(?:[.;,\n]|$)))(?![{LETTER}])"
    rf"|\s\((?!sửa\s+đổi)|[{SUPERSCRIPTS}]"
)
# Reporting verbs: behind "và" or a comma they open the sentence's next act, not more of the title.
_ACT = re.compile(
    r"\s+(?:tham\s+mưu|ban\s+hành|chỉ\s+đạo|trình(?!\s+(?:độ|tự|diễn))|báo\s+cáo|được|đã|đang|sẽ|đến\s+nay|qua\s+đó|nhằm|góp\s+phần|"
    r"tạo|bảo\s+đảm|đảm\s+bảo|trong\s+đó|"
    r"hoàn\s+thành|triển\s+khai\s+thực\s+hiện|chú\s+trọng|phấn\s+đấu|gắn\s+với|nhất\s+là|"
    r"giao(?!\s+(?:thông|dịch|lưu|nhận|tiếp))|cử(?!\s+(?:tri|nhân))|đôn\s+đốc|bao\s+gồm|"
    r"(?:ngưng|có|hết)\s+hiệu\s+lực|"
    r"yêu\s+cầu|đề\s+nghị|các\s+(?:văn\s+bản|chỉ\s+thị|quyết\s+định|quy\s+định|nghị\s+quyết|kế\s+hoạch|"
    r"chương\s+trình|hướng\s+dẫn)|nội\s+dung\s+(?:như|cụ)|cụ\s+thể|với\s+các\s+nội\s+dung|phát\s+huy|"
    r"ngày\s+[0-9])"
)
# "… và Kế hoạch hằng năm": another document, if an unnamed one, is no more of the title.
_OTHER = re.compile(
    r"\s+(?:Kế\s+hoạch|Nghị\s+quyết|Quyết\s+định|Quy\s+định|Kết\s+luận|Chỉ\s+thị|Đề\s+án|Hướng\s+dẫn|Chương\s+trình)\s"
)
# "…, Chính phủ ban hành Chương trình hành động": the sentence's subject follows, the title is over.
_SUBJECT = re.compile(
    rf"\s+[{UPPER}][^,;.\n]{{2,70}}?\s(?:ban\s+hành|đã|xây\s+dựng|yêu\s+cầu|hướng\s+dẫn|báo\s+cáo|đề\s+nghị|"
    r"quyết\s+định|thông\s+báo)\s"
)
MAX_TITLE = 700
"""Characters; the longest titles of laws and joint circulars stay below."""


_LEAD = re.compile(rf"[{SUPERSCRIPTS}*_\s,(]*")
# A footnote mark that lost its raised form: "NQ/TW1".
_GLUED = re.compile(r"[0-9]{0,2}")
# What ends the reference right behind its code.
_NOTHING = frozenset(";.)\n")


@dataclass(frozen=True, slots=True)
class CitationDetails:
    """What stands behind a reference's code; `extent` is the end of all that belongs to it, `title_start` where the title
    begins, or -1. A printed day that no calendar has gives no `date`."""

    extent: int
    date: str | None = None
    issuer: BodyMention | None = None
    title: str | None = None
    title_start: int = -1


@dataclass(frozen=True, slots=True)
class Following:
    """The references behind, already read: where each starts and how far it extends, in text order."""

    starts: list[int]
    extents: list[int]

    def first(self, at: int, end: int) -> int:
        """Index of the first reference that starts in at..end, or -1."""
        i = bisect_left(self.starts, at)
        return i if i < len(self.starts) and self.starts[i] < end else -1


@dataclass(slots=True)
class _Citation:
    """One citation as far as it has been read; a `joint` document has several issuers."""

    text: str
    bodies: BodyFinder
    following: Following
    joint: bool
    dated: bool = False
    date: str | None = None
    issuer: BodyMention | None = None
    title: str | None = None
    title_start: int = -1


def read_citation(
    text: str, end: int, bodies: BodyFinder, following: Following, *, joint: bool = False
) -> CitationDetails:
    """Read date, issuer and title of the reference whose code ends at `end`; a `joint` document has several issuers."""
    if text[end : end + 1] in _NOTHING:
        return CitationDetails(end)
    glued = _GLUED.match(text, end)
    at = glued.end() if glued else end
    extent = end
    c = _Citation(text, bodies, following, joint)
    for _ in range(_MOST_PARTS):
        lead = _LEAD.match(text, at)
        begin = lead.end() if lead else at
        first = text[begin : begin + 1].lower()
        for letters, step in _STEPS:
            if (letters is None or first in letters) and (stop := step(c, at, begin)):
                at = extent = stop
                break
        else:
            break
        if step is _read_title and c.date and c.issuer:
            break
    return CitationDetails(extent, c.date, c.issuer, c.title, c.title_start)


def _read_day(c: _Citation, at: int, begin: int) -> int:
    """ "ngày 05/5/2022", "(ngày 26/8/2022)", ", ký ngày …"; what no calendar has counts as read, and is no date."""
    day = None if c.dated else _DAY.match(c.text, at)
    match = DATE.match(c.text, day.end()) if day else None
    if day is None or match is None:
        return 0
    c.dated, c.date = True, iso_date(match)
    return match.end() + ("(" in day.group() and c.text[match.end() : match.end() + 1] == ")")


def _read_issuer(c: _Citation, at: int, begin: int) -> int:
    """ "của Bộ Chính trị (khóa XIII)", "do Bộ Nội vụ"; of a joint document "của Bộ A và Bộ trưởng Bộ B"."""
    of = _OF.match(c.text, at) if c.issuer is None else None
    body = _issuer(c.text, of.end(), c.bodies) if of else None
    if body is None:
        return 0
    c.issuer, at = body, body.end
    while c.joint and (other := _AND.match(c.text, at)) and (body := _issuer(c.text, other.end(), c.bodies)):
        at = body.end
    return _read_term(c, at, at) or at


def _read_unknown_issuer(c: _Citation, at: int, begin: int) -> int:
    """A body that no table knows is passed over where the title stands behind it: "của Hiệu hội Vườn về …"."""
    of = _OF.match(c.text, at) if c.issuer is None else None
    unknown = _UNKNOWN.match(c.text, of.end()) if of else None
    if of is None or unknown is None or c.following.first(of.end(), unknown.end()) >= 0:
        return 0
    return unknown.end()


def _read_term(c: _Citation, at: int, begin: int) -> int:
    """ "(khóa XIII)", "(nhiệm kỳ 2020-2025)"."""
    term = _TERM.match(c.text, at)
    return term.end() if term else 0


def _read_bare_issuer(c: _Citation, at: int, begin: int) -> int:
    """ "Văn bản số 12/UBND-TH ngày 05/3/2026 Ủy ban nhân dân tỉnh về việc …": the issuer without its "của"."""
    if not c.date or c.issuer or not c.text[begin : begin + 1].isupper():
        return 0
    body = c.bodies.read(c.text, begin)
    if body is None or not _ABOUT.match(c.text, body.end):
        return 0
    c.issuer = body
    return body.end


def _read_title(c: _Citation, at: int, begin: int) -> int:
    """A quotation, "về …" or a verbal noun ("thực hiện …"); a capital opens another name or sentence, unless it is "Về" or an
    abbreviation ("ĐTBĐ giai đoạn 2022-2025")."""
    if c.title is not None:
        return 0
    if (
        c.text[begin : begin + 1].isupper()
        and c.text[begin] not in "vV"
        and not c.text[begin + 1 : begin + 2].isupper()
        and not ((c.date or c.issuer) and _CAPITAL_VERB.match(c.text, at))
    ):
        return 0
    title = _title(c.text, at, c.following)
    if title is None:
        return 0
    c.title_start, end, c.title = title
    return end


_Step = Callable[[_Citation, int, int], int]
"""Reads one part at `at`, whose first letter stands at `begin`, and returns where the part ends, or 0."""
# With the small letters that may open a part, so that most patterns are never tried.
_STEPS: tuple[tuple[frozenset[str] | None, _Step], ...] = (
    (frozenset("nđbk"), _read_day),
    (frozenset("cd"), _read_issuer),
    (frozenset("cd"), _read_unknown_issuer),
    (frozenset("kđn"), _read_term),
    (None, _read_bare_issuer),
    (None, _read_title),
)
_MOST_PARTS = 6


# Who signs for a body that one person leads: "của Bộ trưởng Bộ Tài chính", "của Chủ tịch UBND tỉnh Lào Cai".
_OFFICE = re.compile(
    r"(?:Bộ\s+trưởng|Thống\s+đốc|Chủ\s+tịch|Chủ\s+nhiệm|Giám\s+đốc|Chánh\s+án|Viện\s+trưởng|Tổng\s+giám\s+đốc)\s+",
    re.IGNORECASE,
)


_UNKNOWN = re.compile(rf"[{UPPER}](?:[^;,.:()\n“”\"]|\n(?=[{UPPER}])){{3,140}}?(?=\s+(?i:về|v/v)\s)")


# Joint circulars: "của Bộ A và Bộ trưởng Bộ B", "của Bộ A - Bộ B".
_AND = re.compile(r"(?:\s*,|\s+và|\s+[-–])\s+(?:của\s+)?")
# What a plenum decides, the Central Committee issues: "của Hội nghị Trung ương lần thứ tám khoá XIII".
_PLENUM = re.compile(
    rf"Hội\s+nghị\s+(?:lần\s+thứ\s+[{LETTER}0-9]+\s+)?(?:Ban\s+Chấp\s+hành\s+)?Trung\s+ương(?:\s+Đảng)?"
    rf"(?:\s+lần\s+thứ\s+[{LETTER}0-9]+|\s+[0-9]{{1,2}}(?![0-9/]))?",
    re.IGNORECASE,
)
_COMMITTEE = "Ban Chấp hành Trung ương"


def _issuer(text: str, at: int, bodies: BodyFinder) -> BodyMention | None:
    body = bodies.read(text, at)
    if body is None and (office := _OFFICE.match(text, at)):
        body = bodies.read(text, office.end())
    if body is None and (plenum := _PLENUM.match(text, at)) and (committee := bodies.read(_COMMITTEE, 0)):
        body = replace(committee, start=at, end=plenum.end())
    return body


def _title(text: str, at: int, following: Following) -> tuple[int, int, str] | None:
    about = _ABOUT.match(text, at)
    quote = _QUOTE.match(text, about.end() if about else at)
    if quote:
        close = _close(text, quote.end(), quote["open"])
        if close > 0 and close - quote.end() > 3:
            return quote.end(), close + _after_quote(text, close), clean_title(text[quote.end() : close])
    if about:
        end = _title_end(text, about.start("about"), about.end(), following, verbal=False)
        if end - about.end() >= 3:
            return about.start("about"), end, clean_title(text[about.start("about") : end])
        return None
    verbal = _VERBAL.match(text, at) or _CAPITAL_VERB.match(text, at)
    if verbal:
        nested = following.first(verbal.end(), verbal.end() + 3)
        # "… thực hiện Nghị quyết số 15-NQ/TW" says what the document does to another one; that is no title.
        if nested >= 0 and verbal["verb"].split()[0] in ("thực", "triển", "hướng", "tiếp"):
            return None
        start = verbal.start("verb")
        end = _title_end(text, start, verbal.end(), following, verbal=True)
        if end - start >= 12:
            return start, end, clean_title(text[start:end])
    return None


def _after_quote(text: str, close: int) -> int:
    behind = 1
    while text[close + behind : close + behind + 1] in ("*", "_"):
        behind += 1
    return behind


_MARKS = re.compile(r"[\n“”\"«»]")


def _close(text: str, at: int, opened: str) -> int:
    """Offset of the mark that closes a quotation opened before `at`, minding quotations inside; -1 if there is none."""
    closing, depth = _CLOSING[opened], 1
    limit = min(len(text), at + MAX_TITLE)
    for mark in _MARKS.finditer(text, at, limit):
        i, c = mark.start(), mark.group()
        if c == "\n":
            return -1
        if c == closing:
            depth -= 1
            if not depth:
                return i
        elif c == opened:
            depth += 1
        elif opened == "“" and c == '"':
            # A curly opening closed by a straight mark happens in typed text.
            if depth == 1 and text[i + 1 : i + 2] in (",", ";", ".", " ", "*", "\n"):
                return i
    return -1


_NAMED_WORK = re.compile(r"(?:dự\s+án|công\s+trình|gói\s+thầu|đề\s+tài)$", re.IGNORECASE)
# Two syllables are a word more often than one: "phát triển …; phát huy …" is no parallel.
_WORD = re.compile(rf"[{LETTER}]+(?:\s+[{LETTER}]+)?")


@dataclass(frozen=True, slots=True)
class _Open:
    """An unquoted title that begins at `start`, its matter at `head`; `verbal`: a verb opens it, and no "về"."""

    text: str
    start: int
    head: int
    limit: int
    following: Following
    verbal: bool

    def names_document(self, at: int, within: int) -> bool:
        return self.following.first(at, at + within) >= 0


def _title_end(text: str, start: int, at: int, following: Following, *, verbal: bool) -> int:
    """Return where the unquoted title that begins at `start`, and whose first words end at `at`, ends."""
    title = _Open(text, start, start if verbal else at, min(len(text), start + MAX_TITLE), following, verbal)
    nested = following.first(at, title.limit)
    while True:
        stop = _STOP.search(text, at, title.limit)
        end = stop.start() if stop else title.limit
        if nested >= 0 and (begin := following.starts[nested]) < end:
            if begin == start:
                return end
            # The title names another document; it goes on to the end of that one's own words.
            at = max(following.extents[nested], begin + 1)
            if at - start > 3 * MAX_TITLE:
                return begin  # no title of documents within documents runs on like this
            at, nested = _named_along(title, begin, at)
            if not _GOES_ON.match(text, at):
                return at
        elif stop is None or _ENDS.get(" ".join(stop.group().split()), _always)(title, end, stop.end()):
            return end
        else:
            at = stop.end()


def _named_along(title: _Open, begin: int, at: int) -> tuple[int, int]:
    """Where the documents end that the title names in one list with that at `begin`, and the index of the next or -1."""
    text, following = title.text, title.following
    nested = following.first(at, title.limit)
    while nested >= 0 and _LISTED.match(text, at, following.starts[nested] + 1):
        at = following.extents[nested]
        nested = following.first(at, title.limit)
    if _LAW.match(text, begin) and _GUIDES.match(text, title.start):
        while nested >= 0 and _AND_LAW.match(text, at, following.starts[nested] + 4):
            at = following.extents[nested]
            nested = following.first(at, title.limit)
    return at, nested


def _always(title: _Open, end: int, behind: int) -> bool:
    return True


def _at_parenthesis(title: _Open, end: int, behind: int) -> bool:
    """ "(Nghị định số … quy định về …)": the parenthesis holds the whole reference."""
    return title.text.count("(", title.start, end) <= title.text.count(")", title.start, end)


def _at_colon(title: _Open, end: int, behind: int) -> bool:
    """ "phê duyệt chủ trương đầu tư dự án: Đường …": a work's name follows its kind."""
    return _NAMED_WORK.search(title.text, max(title.start, end - 12), end) is None


def _at_comma(title: _Open, end: int, behind: int) -> bool:
    """ "về du lịch, Nghị quyết số …", "…, báo cáo Thành ủy", "…, Chính phủ ban hành …"."""
    text = title.text
    return bool(title.names_document(behind, 3) or _ACT.match(text, behind) or _SUBJECT.match(text, behind))


def _at_and(title: _Open, end: int, behind: int) -> bool:
    """ "… và Nghị quyết số …", "… và đã hoàn thành", "… và Kế hoạch hằng năm"; not "xây dựng và phát huy vai trò …", where the verb
    is the second of a pair."""
    act = _ACT.match(title.text, behind)
    return bool(
        title.names_document(behind, 3)
        or (act and not act.group().endswith("phát huy"))
        or _OTHER.match(title.text, behind)
    )


def _at_semicolon(title: _Open, end: int, behind: int) -> bool:
    """Items in parallel go on ("về quản lý tổ chức bộ máy; quản lý biên chế; …"), and the matters of one basis."""
    if title.names_document(behind, 3):
        return True
    first, word = _WORD.search(title.text, title.head, title.limit), _WORD.match(title.text, behind + 1)
    if first and word and first.group().lower().split() == word.group().lower().split():
        return False
    return not (_MATTER.match(title.text, behind) and _in_basis(title.text, title.start))


def _at_theo(title: _Open, end: int, behind: int) -> bool:
    """ "về phân cấp quản lý theo Quy định số …", but "thực hiện … theo …" is one phrase."""
    digits = title.text[behind : behind + 3].strip().isdigit()
    return not title.verbal and (digits or title.names_document(behind, 24))


def _at_joined(title: _Open, end: int, behind: int) -> bool:
    """ "gắn với" joins matters inside a title; it ends one only before another document."""
    return not title.verbal and title.names_document(behind, 3)


_ENDS = {
    ")": _at_parenthesis,
    ":": _at_colon,
    ",": _at_comma,
    ";": _at_semicolon,
    "và": _at_and,
    "theo": _at_theo,
    "gắn với": _at_joined,
}
"""Whether a stop ends the title, by what is printed there; every other stop does."""


# Each basis of a preamble is a line of its own, so that a semicolon inside it parts the matters of one title: "Căn cứ
# Nghị định số … quy định điều kiện kinh doanh bến thủy; đào tạo lái tàu;". Documents and bodies begin another basis.
_BASIS = re.compile(r"[-+\s]{0,3}Căn\s+cứ\s")
_MATTER = re.compile(
    rf"\s(?=[a-zà-ỹđ])(?!(?:các|những|điểm|khoản|mục|chương|phụ\s+lục|căn\s+cứ|theo|xét|đề\s+nghị|và|văn\s+bản|ý\s+kiến|"
    r"công\s+văn|biên\s+bản|tờ\s+trình|kết\s+luận|thông\s+báo|nghị\s+quyết|quyết\s+định|kế\s+hoạch|báo\s+cáo|"
    rf"chương\s+trình|chỉ\s+thị|đồng\s+thời|số)(?![{LETTER}]))"
)
# "quy định chi tiết một số điều của Luật A và Luật sửa đổi … Luật A": one decree guides both.
_LAW = re.compile(r"(?:Bộ\s+luật|Luật|Pháp\s+lệnh)\s")
_GUIDES = re.compile(
    r"(?:về\s+việc\s+|về\s+)?(?:quy\s+định\s+chi\s+tiết|quy\s+định\s+cụ\s+thể|hướng\s+dẫn)\s", re.IGNORECASE
)
_AND_LAW = re.compile(r"(?:\s*,\s*|\s+và\s+)(?:Luật|Bộ\s|Pháp)")


def _in_basis(text: str, at: int) -> bool:
    """Does the line of `at` open with "Căn cứ"? Lines longer than two titles are no basis, which bounds the search."""
    floor = max(0, at - 2 * MAX_TITLE)
    line = text.rfind("\n", floor, at)
    return (line >= 0 or floor == 0) and _BASIS.match(text, line + 1) is not None


# A list of codes under one type word is named as a whole: "tiếp tục thực hiện Nghị quyết 18, 19-NQ/TW". Codes that follow
# with a type word of their own may be the sentence's next object, so they end the title.
_LISTED = re.compile(r"(?:\s*,\s*|\s+và\s+)[0-9]$")


# Behind a document named inside a title: what goes on with the title.
_GOES_ON = re.compile(r"\s+(?:trong|trên\s+địa\s+bàn|giai\s+đoạn|đến\s+năm|tại|của)\s")
_NO_TEXT = re.compile(rf"[*{SUPERSCRIPTS}]|(?<!\w)_|_(?!\w)")


def clean_title(title: str) -> str:
    """Return the title without emphasis marks, footnote marks and doubled blanks; quotation marks inside stay."""
    return " ".join(_NO_TEXT.sub("", title).split()).strip(" ,;.")
