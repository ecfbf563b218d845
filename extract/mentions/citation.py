"""What stands behind a reference's code: date, issuer and title, in whatever order the writer chose.

"Kết luận số 21-KL/TW | ngày 25/10/2021 | của Ban Chấp hành Trung ương (khóa XIII) | về “Đẩy mạnh …”".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Protocol

from chidao.extract.language.dates import DATE, iso_date
from chidao.extract.language.letters import LETTER, SUPERSCRIPTS, UPPER
from chidao.extract.language.patterns import FOOTNOTE, MARKS, QUOTE_OPENS, ROMAN, TERM

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
    r"[\n;“”)]|\s\||[.:](?=\s|$|\.|/)|,(?=\s)|\s(?:và|theo|với\s+việc|gắn\s+với|đã|đảm\s+bảo|hiện|cho\s+thấy|đạt|tạo|"
    rf"nhằm|góp\s+phần|được\s+ban\s+hành|có\s+hiệu\s+lực|hết\s+hiệu\s+lực|trong\s+đó|giúp|\(|thì|hoặc\s+tương\s+đương|"
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


class BodyReader(Protocol):
    """What the tail needs of the body layer: the body named at an offset, as (end, name, key, scope)."""

    def read(self, text: str, start: int) -> tuple[int, str, str, str | None] | None: ...


# The first letter of what follows tells which of the patterns can match there.
_LEAD = re.compile(rf"[{SUPERSCRIPTS}*_\s,(]*")
_DATE_LETTERS = frozenset("nđbk")
_OF_LETTERS = frozenset("cd")
_TERM_LETTERS = frozenset("kđn")


# A footnote mark that lost its raised form: "NQ/TW1".
_GLUED = re.compile(r"[0-9]{0,2}")
# What ends the reference right behind its code.
_NOTHING = frozenset(";.)\n")


@dataclass(slots=True)
class Tail:
    """`extent` is the end of all that belongs to the reference; `bad_date` a printed day that does not exist."""

    extent: int
    date: str | None = None
    issuer: str | None = None
    issuer_key: str | None = None
    issuer_scope: str | None = None
    title: str | None = None
    title_start: int = -1
    bad_date: str | None = None


@dataclass(frozen=True, slots=True)
class Following:
    """The references behind, already read: where each starts and how far it extends, in text order."""

    starts: list[int]
    extents: list[int]

    def first(self, at: int, end: int) -> int:
        """Index of the first reference that starts in at..end, or -1."""
        i = bisect_left(self.starts, at)
        return i if i < len(self.starts) and self.starts[i] < end else -1


def read_tail(text: str, end: int, bodies: BodyReader, following: Following, *, joint: bool = False) -> Tail:
    """Date, issuer and title of the reference whose core ends at `end`; a `joint` document has several issuers."""
    tail = Tail(end)
    if text[end : end + 1] in _NOTHING:
        return tail
    glued = _GLUED.match(text, end)
    at = glued.end() if glued else end
    for _ in range(6):
        lead = _LEAD.match(text, at)
        begin = lead.end() if lead else at
        printed = text[begin : begin + 1]
        first = printed.lower()
        if (
            first in _DATE_LETTERS
            and tail.date is None
            and tail.bad_date is None
            and (day := _DAY.match(text, at))
            and (match := DATE.match(text, day.end()))
        ):
            tail.date = iso_date(match)
            if tail.date is None:
                tail.bad_date = match.group()
            at = match.end()
            if "(" in day.group() and text[at : at + 1] == ")":
                at += 1
            tail.extent = at
            continue
        if (
            first in _OF_LETTERS
            and tail.issuer is None
            and (of := _OF.match(text, at))
            and (body := _issuer(text, of.end(), bodies))
        ):
            at, tail.issuer, tail.issuer_key, tail.issuer_scope = body
            while joint and (other := _AND.match(text, at)) and (body := _issuer(text, other.end(), bodies)):
                at = body[0]
            tail.extent = at
            if term := _TERM.match(text, at):
                at = tail.extent = term.end()
            continue
        if (
            first in _OF_LETTERS
            and tail.issuer is None
            and (of := _OF.match(text, at))
            and (unknown := _UNKNOWN.match(text, of.end()))
            and following.first(of.end(), unknown.end()) < 0
        ):
            at = tail.extent = unknown.end()  # a body that no table knows; the title stands behind it
            continue
        if first in _TERM_LETTERS and (term := _TERM.match(text, at)):
            at = tail.extent = term.end()
            continue
        # "Văn bản số 12/UBND-TH ngày 05/3/2026 Ủy ban nhân dân tỉnh về việc …": the issuer without its "của".
        if (
            tail.date
            and tail.issuer is None
            and printed.isupper()
            and (body := bodies.read(text, begin))
            and _ABOUT.match(text, body[0])
        ):
            at, tail.issuer, tail.issuer_key, tail.issuer_scope = body
            tail.extent = at
            continue
        # A capital opens another name or sentence, unless it is "Về" or an abbreviation ("ĐTBĐ giai đoạn 2022-2025").
        if (
            printed.isupper()
            and first != "v"
            and not text[begin + 1 : begin + 2].isupper()
            and not (tail.title is None and (tail.date or tail.issuer) and _CAPITAL_VERB.match(text, at))
        ):
            break
        if tail.title is None and (title := _read_title(text, at, following)):
            tail.title_start, at, tail.title = title
            tail.extent = at
            if tail.date and tail.issuer:
                break
            continue
        break
    return tail


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


def _issuer(text: str, at: int, bodies: BodyReader) -> tuple[int, str, str, str | None] | None:
    body = bodies.read(text, at)
    if body is None and (office := _OFFICE.match(text, at)):
        body = bodies.read(text, office.end())
    if body is None and (plenum := _PLENUM.match(text, at)) and (committee := bodies.read(_COMMITTEE, 0)):
        body = (plenum.end(), *committee[1:])
    return body


def _read_title(text: str, at: int, following: Following) -> tuple[int, int, str] | None:
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


def _title_end(text: str, start: int, at: int, following: Following, *, verbal: bool) -> int:
    """Where the unquoted title that begins at `start` ends."""
    limit = min(len(text), start + MAX_TITLE)
    head = start if verbal else at
    nested = following.first(at, limit)
    while True:
        stop = _STOP.search(text, at, limit)
        end = stop.start() if stop else limit
        if nested >= 0 and following.starts[nested] < end:
            begin = following.starts[nested]
            if begin == start:
                return end
            # The title names another document; it goes on to the end of that one's own words.
            at = max(following.extents[nested], begin + 1)
            if at - start > 3 * MAX_TITLE:
                return begin  # no title of documents within documents runs on like this
            nested = following.first(at, limit)
            while nested >= 0 and _LISTED.match(text, at, following.starts[nested] + 1):
                at = following.extents[nested]
                nested = following.first(at, limit)
            if _LAW.match(text, begin) and _GUIDES.match(text, start):
                while nested >= 0 and _AND_LAW.match(text, at, following.starts[nested] + 4):
                    at = following.extents[nested]
                    nested = following.first(at, limit)
            if not _goes_on(text, at):
                return at
            continue
        if not stop:
            return end
        mark = stop.group().strip()
        behind = stop.end()
        if mark == ")":
            if text.count("(", start, end) <= text.count(")", start, end):
                return end  # "(Nghị định số … quy định về …)": the parenthesis holds the whole reference
            at = behind
            continue
        if mark == ":" and _NAMED_WORK.search(text, max(start, end - 12), end):
            at = behind  # "phê duyệt chủ trương đầu tư dự án: Đường …": a work's name follows its kind
            continue
        if mark == ",":
            near = following.first(behind, behind + 3)
            if near >= 0 or _ACT.match(text, behind) or _SUBJECT.match(text, behind):
                return end
        elif mark == "và":
            near = following.first(behind, behind + 3)
            act = _ACT.match(text, behind)
            # "xây dựng và phát huy vai trò …": the second verb of a pair, not the sentence's next act.
            if near >= 0 or (act and not act.group().endswith("phát huy")) or _OTHER.match(text, behind):
                return end
        elif mark == ";":
            # Items in parallel go on: "về quản lý tổ chức bộ máy; quản lý biên chế; quản lý cán bộ …".
            first, word = _WORD.search(text, head, limit), _WORD.match(text, behind + 1)
            parallel = first and word and first.group().lower().split() == word.group().lower().split()
            if following.first(behind, behind + 3) >= 0:
                return end
            if not parallel and not (_MATTER.match(text, behind) and _in_basis(text, start)):
                return end
        elif mark.startswith("theo"):
            near = following.first(behind, behind + 24)
            if not verbal and (near >= 0 or text[behind : behind + 3].strip().isdigit()):
                return end
        elif (
            mark.startswith(("đảm", "hiện", "đạt", "tạo", "(", "gắn", "nhằm", "góp"))
            and not verbal
            and mark not in ("hiện",)
        ):
            if mark == "tạo" and text[stop.start() - 3 : stop.start()] == "đào":
                pass
            elif mark in ("tạo", "đạt", "nhằm", "gắn với", "góp phần", "đảm bảo"):
                # Inside a title these join matters ("gắn với", "nhằm"); they end it only before another document.
                if mark == "gắn với" and following.first(behind, behind + 3) >= 0:
                    return end
            else:
                return end
        elif (mark == "hiện" and text[stop.start() - 5 : stop.start()].endswith("thực")) or mark in (
            "hiện",
            "đạt",
            "tạo",
            "gắn với",
            "nhằm",
            "góp phần",
            "đảm bảo",
        ):
            pass
        else:
            return end
        at = behind


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


def _goes_on(text: str, at: int) -> bool:
    """Behind a document named inside a title: does the title go on? Only with "và", a comma or more of a phrase."""
    return re.compile(r"\s+(?:trong|trên\s+địa\s+bàn|giai\s+đoạn|đến\s+năm|tại|của)\s").match(text, at) is not None


def clean_title(title: str) -> str:
    """Without emphasis marks, footnote marks and doubled blanks; quotation marks inside stay."""
    title = re.sub(rf"[*{SUPERSCRIPTS}]|(?<!\w)_|_(?!\w)", "", title)
    return " ".join(title.split()).strip(" ,;.")
