"""What stands behind a reference's code: date, issuer and title, in whatever order the writer chose.

"Kết luận số 21-KL/TW | ngày 25/10/2021 | của Ban Chấp hành Trung ương (khóa XIII) | về “Đẩy mạnh …”".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace

from chidao.extract.language.dates import DATE, iso_date
from chidao.extract.language.letters import LETTER, SUPERSCRIPTS, UPPER, early_tones, slug
from chidao.extract.language.patterns import (
    ABOUT,
    AGENT,
    ALONG,
    ALSO,
    AND,
    BASIS,
    CENTRAL_COMMITTEE,
    COUNTED,
    DIRECTS,
    DIVISION,
    FOOTNOTE,
    GIVES,
    GROUND,
    IN_FORCE,
    ISSUES,
    LAW,
    MARKS,
    OFFICE,
    PASSIVE,
    PROPOSES,
    QUOTE_OPENS,
    ROMAN,
    SPEAKS,
    TENURE,
    TERM,
    one_of,
    spaced,
    words,
)
from chidao.extract.language.tables import CARRIES, CHANGES
from chidao.extract.language.verbs import governing, verbs
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.organs import as_printed, organ_of, unknown_body
from chidao.extract.model import BodyMention
from chidao.ontology.authority import types_of

_DAY = re.compile(rf"{MARKS}\s*[,(]?\s*(?:(?:được\s+)?{ISSUES}\s+)?ngày\s+(?=[0-9])", re.IGNORECASE)
# PDF text glues "của" to the year: "ngày 29/7/2024của Chính phủ".
_OF = re.compile(rf"(?:{MARKS}\s*,?\s+|(?<=[0-9]),?)(?:của|do)\s+", re.IGNORECASE)
_TERM = re.compile(
    rf"\s*,?\s*(?:\(\s*)?(?:Đảng\s+)?{TERM}\s+{ROMAN}(?![{LETTER}])(?:\s*\))?|"
    rf"\s*\(\s*{TENURE}\s+[0-9\s–-]+\)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    rf"{FOOTNOTE}\s*,?\s*(?P<about>về\s+nội\s+dung|{ABOUT}|với\s+(?:chủ\s+đề|tiêu\s+đề|"
    r"nội\s+dung))\s*:?\s*(?=\S)",
    re.IGNORECASE,
)
_QUOTE = re.compile(rf"{FOOTNOTE}\s*,?\s*[*_]*(?P<open>{QUOTE_OPENS})[*_]*")
_CLOSING = {"“": "”", '"': '"', "«": "»"}
_RELATING = rf"{verbs('title', CHANGES | CARRIES | {'guides'})}|{governing('title')}"
_OPENING = one_of(words("verb of a title"))
# How an unquoted title goes on from the code without "về": a verbal noun of what the document does, or its matter.
# What the document is said to undergo ("thực hiện như sau", "tiếp tục hoạt động đến …") is the sentence's, no title.
_VERBAL = re.compile(
    r"\s+(?!(?:tiếp\s+tục\s+)?(?:thực\s+hiện|triển\s+khai|áp\s+dụng)\s+(?:như|theo)\s|"
    r"tiếp\s+tục\s+(?:hoạt\s+động|có\s+hiệu\s+lực|được|áp\s+dụng)\s)"
    rf"(?P<verb>{_OPENING}|{_RELATING}|một\s+số|phòng,?\s+chống|"
    rf"[A-ZĐ]{{3,}}\s+giai\s+đoạn)(?![{LETTER}])"
)
# "… của Ủy ban nhân dân tỉnh Quy định về …": a verb that opens the title with a capital, behind date or issuer.
_CAPITAL_VERB = re.compile(
    rf"[^\S\n]+(?P<verb>(?=[{UPPER}])(?i:{_OPENING}|{_RELATING}))"
    rf"(?=,?\s(?![{UPPER}0-9]))(?!\s+(?:này|trên|số|của|nêu)(?![{LETTER}]))"
)
# Where an unquoted title may end. "được sửa đổi, bổ sung bởi …" says what became of the document, "thì" what follows
# from it, "do … thực hiện" who acts under it; a bar is the border of a table's cell.
_STOP = re.compile(
    rf"[\n;“”)]|\s\||[.:](?=\s|$|\.|/)|,(?=\s)|\s(?:và|{ALONG}|kèm(?!\s+cặp)|theo|với\s+việc|gắn\s+với|đã|cho\s+thấy|"
    rf"được\s+{ISSUES}|{IN_FORCE}|{verbs('state')}|trong\s+đó|giúp|thì|hoặc\s+tương\s+đương|"
    rf"(?:đã\s+)?{PASSIVE}\s+{verbs('passive', CHANGES)}[^;.()\n]{{0,40}}?\s{AGENT}|"
    rf"do(?=\s[^,;.()\n]{{4,120}}?\sthực\s+hiện(?:[.;,\n]|$)))(?![{LETTER}])"
    rf"|\s\((?!sửa\s+đổi)|[{SUPERSCRIPTS}]"
)
_ORDERS = one_of(types_of("assigning") & types_of("fixed-symbol"))
# Reporting verbs: behind "và" or a comma they open the sentence's next act, not more of the title.
_ACT = re.compile(
    rf"\s+(?:{one_of(words('next act'))}|trình(?!\s+(?:độ|tự|diễn))|{GIVES}|cử(?!\s+(?:tri|nhân))|các\s+(?i:văn\s+bản|{_ORDERS})|"
    r"ngày\s+[0-9])"
)
# "… và Kế hoạch hằng năm": another document, if an unnamed one, is no more of the title.
_OTHER = re.compile(rf"\s+{one_of(types_of('assigning'))}\s")
# "…, Chính phủ ban hành Chương trình hành động": the sentence's subject follows, the title is over.
_SUBJECT = re.compile(rf"\s+[{UPPER}][^,;.\n]{{2,70}}?\s(?:đã|{SPEAKS}|{DIRECTS})(?![{LETTER}])")
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


class Following:
    """The references behind, which are read from the last to the first: where each starts and how far it extends."""

    def __init__(self) -> None:
        self._from_end: list[int] = []  # starts with a minus, so that the list is in order while it grows
        self._extents: list[int] = []

    def add(self, start: int, extent: int) -> None:
        """Take the next reference towards the beginning of the text."""
        self._from_end.append(-start)
        self._extents.append(extent)

    def first(self, at: int, end: int) -> tuple[int, int] | None:
        """Return start and extent of the first reference that starts in at..end."""
        i = bisect_right(self._from_end, -at) - 1
        return (-self._from_end[i], self._extents[i]) if i >= 0 and -self._from_end[i] < end else None


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
    at = extent = end
    if text[end : end + 1].isdigit() and (glued := _GLUED.match(text, end)):
        at = glued.end()
    c = _Citation(text, bodies, following, joint)
    for _ in range(_MOST_PARTS):
        lead = _LEAD.match(text, at)
        begin = lead.end() if lead else at
        for step in _BY_LETTER.get(text[begin : begin + 1], _BY_ANY):
            if stop := step(c, at, begin):
                at = extent = stop
                break
        else:
            break
        if step in _TITLES and c.date and c.issuer:
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
    """ "của Bộ Chính trị (khóa XIII)", "do Bộ Nội vụ"; of a joint document "của Bộ A và Bộ trưởng Bộ B". A body that no table
    knows is kept as printed where a title stands behind it: "của Hiệp hội Vườn về …"."""
    of = None if c.issuer else _OF.match(c.text, at)
    if of is None:
        return 0
    body = read_issuer(c.text, of.end(), c.bodies)
    if body is None:
        titled = _UNKNOWN.match(c.text, of.end())
        stated = "của" in of.group()  # "do Ủy ban nhân dân cấp xã quản lý" says who acts under it
        unknown = as_printed(c.text, *titled.span()) if titled else unknown_body(c.text, of.end()) if stated else None
        if unknown is None or c.following.first(of.end(), unknown.end):
            return 0
        c.issuer = unknown
        return _read_term(c, unknown.end, unknown.end) or unknown.end
    c.issuer, at = body, body.end
    while c.joint and (other := _AND.match(c.text, at)) and (body := read_issuer(c.text, other.end(), c.bodies)):
        at = body.end
    return _read_term(c, at, at) or at


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


def _read_quoted_title(c: _Citation, at: int, begin: int) -> int:
    """“Đẩy mạnh xây dựng Đảng”."""
    quote = None if c.title else _QUOTE.match(c.text, at)
    return _quotation(c, quote) if quote else 0


def _quotation(c: _Citation, quote: re.Match[str]) -> int:
    close = _close(c.text, quote.end(), quote["open"])
    if close - quote.end() <= 3:
        return 0
    c.title, c.title_start = clean_title(c.text[quote.end() : close]), quote.end()
    close += 1
    while c.text[close : close + 1] in ("*", "_"):
        close += 1
    return close


def _read_title_about(c: _Citation, at: int, begin: int) -> int:
    """ "về phân cấp quản lý cán bộ", "về việc “Đẩy mạnh …”", "v/v báo cáo tiến độ"."""
    about = None if c.title else _ABOUT.match(c.text, at)
    if about is None:
        return 0
    quote = _QUOTE.match(c.text, about.end())
    if quote and (end := _quotation(c, quote)):
        return end
    start = about.start("about")
    end = _title_end(c, start, about.end(), verbal=False)
    if end - about.end() < 3:
        return 0
    c.title, c.title_start = clean_title(c.text[start:end]), start
    return end


def _read_verbal_title(c: _Citation, at: int, begin: int) -> int:
    """ "nâng cao chất lượng sinh hoạt chi bộ"; behind date or issuer also "Quy định về …". Any other capital opens another name
    or sentence."""
    verbal = None if c.title else _VERBAL.match(c.text, at)
    if verbal is None and not c.title and (c.date or c.issuer):
        verbal = _CAPITAL_VERB.match(c.text, at)
    # "… thực hiện Nghị quyết số 15-NQ/TW" says what the document does to another one; that is no title.
    if verbal is None or (not (c.date or c.issuer) and c.following.first(verbal.end(), verbal.end() + 3)):
        return 0
    start = verbal.start("verb")
    end = _title_end(c, start, verbal.end(), verbal=True)
    if end - start < 12:
        return 0
    c.title, c.title_start = clean_title(c.text[start:end]), start
    return end


_Step = Callable[[_Citation, int, int], int]
_STEPS: tuple[tuple[str, _Step], ...] = (
    ("nđbk", _read_day),
    ("cd", _read_issuer),
    ("kđn", _read_term),
    ("", _read_bare_issuer),
    ('“"«', _read_quoted_title),
    ("v", _read_title_about),
    ("", _read_verbal_title),
)
"""How the parts behind a code are read, in turn, with the letters one of which opens the part (any where none is given). A step
reads at an offset, whose first letter stands at another, and returns where its part ends, or 0."""
_TITLES = (_read_quoted_title, _read_title_about, _read_verbal_title)
_BY_ANY = tuple(step for letters, step in _STEPS if not letters)
_BY_LETTER = {
    letter: tuple(step for opens, step in _STEPS if not opens or letter.lower() in opens)
    for letters, _ in _STEPS
    for letter in letters + letters.upper()
}
_MOST_PARTS = 6


# … but a head of office is not the head of the body that it serves.
_OFFICE = re.compile(rf"(?!chánh\s+văn\s){OFFICE}\s+", re.IGNORECASE)


_UNKNOWN = re.compile(rf"[{UPPER}](?:[^;,.:()\n“”\"]|\n(?=[{UPPER}])){{3,140}}?(?=\s+(?i:{ABOUT})\s)")


# Joint circulars: "của Bộ A và Bộ trưởng Bộ B", "của Bộ A - Bộ B".
_AND = re.compile(r"(?:\s*,|\s+và|\s+[-–])\s+(?:của\s+)?")
# What a plenum decides, the Central Committee issues: "của Hội nghị Trung ương lần thứ tám khoá XIII".
_PLENUM = re.compile(
    rf"Hội\s+nghị\s+(?:{COUNTED}\s+)?{CENTRAL_COMMITTEE}"
    rf"(?:\s+{COUNTED}|\s+[0-9]{{1,2}}(?![0-9/]))?",
    re.IGNORECASE,
)
_COMMITTEE = "Ban Chấp hành Trung ương"


def read_issuer(text: str, at: int, bodies: BodyFinder) -> BodyMention | None:
    """Return the body that is named at `at` as one that issues: also "Bộ trưởng Bộ Y tế", "Hội nghị Trung ương lần thứ tám"."""
    body = bodies.read(text, at)
    if body is None and (office := _OFFICE.match(text, at)) and (body := bodies.read(text, office.end())):
        body = replace(body, start=at, name=f"{_printed(office.group())} {body.name}")
    body = body or organ_of(text, at, bodies)
    if body is None and (plenum := _PLENUM.match(text, at)) and (committee := bodies.read(_COMMITTEE, 0)):
        term = _OF_TERM.match(text, plenum.end())
        end = term.end() if term else plenum.end()
        body = replace(committee, start=at, end=end, name=_printed(text[at:end]))
    if body is None and (national := _NATIONAL.match(text, at)):
        name = _printed(national.group())
        body = BodyMention(
            at, national.end(), "", name, f"vn/{slug(name)}", "national-committee", scope="vn", level="central"
        )
    return body


# A national committee has its matter in its name: "Ban Chỉ đạo Nhà nước về Du lịch".
_NATIONAL = re.compile(
    rf"(?:{one_of(words('part of a body'))}|{spaced('Ủy ban')})\s+{one_of(words('of the nation'))}\s+về\s+"
    rf"[^;,.:()\n“”\"]{{2,80}}?(?=\s+(?:ban\s+hành|{ABOUT}|đã|ngày)(?!\w)|[;,.:()\n]|$)",
    re.IGNORECASE,
)


_OF_TERM = re.compile(rf"\s+{TERM}\s+{ROMAN}(?![{LETTER}])", re.IGNORECASE)


def _printed(text: str) -> str:
    """A body's name as printed, with a capital, single blanks and tones where the new spelling has them."""
    name = early_tones(" ".join(text.split()))
    return name[:1].upper() + name[1:]


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


@dataclass(slots=True)
class _Open:
    """An unquoted title that begins at `start`, its matter at `head`; `verbal`: a verb opens it, and no "về"."""

    text: str
    start: int
    head: int
    limit: int
    following: Following
    verbal: bool

    def names_document(self, at: int, within: int) -> bool:
        return self.following.first(at, at + within) is not None


def _title_end(c: _Citation, start: int, at: int, *, verbal: bool) -> int:
    """Return where the unquoted title that begins at `start`, and whose first words end at `at`, ends."""
    limit = min(len(c.text), start + MAX_TITLE)
    title = _Open(c.text, start, start if verbal else at, limit, c.following, verbal)
    nested = c.following.first(at, limit)
    while True:
        stop = _STOP.search(c.text, at, limit)
        end = stop.start() if stop else limit
        if nested and nested[0] < end:
            begin, extent = nested
            if begin == start:
                return end
            # The title names another document; it goes on to the end of that one's own words.
            at = max(extent, begin + 1)
            if at - start > 3 * MAX_TITLE:
                return begin  # no title of documents within documents runs on like this
            at = _named_along(title, begin, at)
            if not _GOES_ON.match(c.text, at):
                return at
            nested = c.following.first(at, limit)
        elif stop and (close := _quoted(c.text, end)) > 0:
            at = close + 1
            nested = c.following.first(at, limit)
        elif stop is None or _ENDS.get(" ".join(stop.group().split()), _always)(title, end, stop.end()):
            return end
        else:
            at = stop.end()


def _quoted(text: str, at: int) -> int:
    """Where the quotation that opens at `at` inside a title closes (tổ chức Tháng cao điểm “Vì người nghèo” năm 2026); else -1.
    What a document puts into another one's wording is no name: “1a. …”, thay thế cụm từ “…”."""
    if text[at : at + 1] not in ("“", "«") or _WORDING.match(text, at + 1) or _WORDS.search(text, max(0, at - 12), at):
        return -1
    return _close(text, at + 1, text[at])


_WORDING = re.compile(r"[0-9]|(?:Điều|Khoản|Chương|Mục)\s+[0-9IVX]|[a-zđ]\)", re.IGNORECASE)
_WORDS = re.compile(r"(?:cụm\s+)?từ(?:\s+ngữ)?\s*\Z", re.IGNORECASE)


def _named_along(title: _Open, begin: int, at: int) -> int:
    """Where the documents end that the title names in one list with that at `begin`."""
    text = title.text
    guides = _LAW.match(text, begin) and _GUIDES.match(text, title.start)
    for joint, into, goes_on in ((_LISTED, 1, True), (_AND_LAW, 4, guides)):
        while (
            goes_on and (nested := title.following.first(at, title.limit)) and joint.match(text, at, nested[0] + into)
        ):
            at = nested[1]
    return at


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
        or _changes(title, end, behind)
    )


def _changes(title: _Open, end: int, behind: int) -> bool:
    """ "thay thế Quyết định A về … và bãi bỏ Quyết định B": the sentence goes on, unless the title itself is of changes."""
    change = _CHANGE.match(title.text, behind)
    return bool(
        change and title.names_document(change.end(), 3) and not _CHANGE.search(title.text, title.start - 1, end)
    )


_CHANGE = re.compile(rf"\s{verbs('clause')}\s+")


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
    """ "gắn với" joins matters inside a title; it ends one only before another document ("gắn với thực hiện Chỉ thị 05")."""
    return title.names_document(behind, 22)


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
_BASIS = re.compile(rf"[-+\s]{{0,3}}{BASIS}\s")
_MATTER = re.compile(
    rf"\s(?=[a-zà-ỹđ])(?!(?:các|những|{DIVISION}|(?i:{GROUND}|{one_of(types_of('correspondence') | types_of('direct'))})|theo|"
    rf"{PROPOSES}|{ALSO}|văn\s+bản|ý\s+kiến|quyết\s+định|kế\s+hoạch|chương\s+trình|số)(?![{LETTER}]))"
)
# "quy định chi tiết một số điều của Luật A và Luật sửa đổi … Luật A": one decree guides both.
_LAW = re.compile(rf"{LAW}\s")
_GUIDES = re.compile(
    rf"(?:{ABOUT}\s+)?(?:{verbs('title', ['guides', 'amends'])}|quy\s+định\s+cụ\s+thể)\s",
    re.IGNORECASE,
)
_AND_LAW = re.compile(rf"{AND}(?:Luật|Bộ\s|Pháp)")


def _in_basis(text: str, at: int) -> bool:
    """Does the line of `at` open with "Căn cứ"? Lines longer than two titles are no basis, which bounds the search."""
    floor = max(0, at - 2 * MAX_TITLE)
    line = text.rfind("\n", floor, at)
    return (line >= 0 or floor == 0) and _BASIS.match(text, line + 1) is not None


# A list of codes under one type word is named as a whole: "tiếp tục thực hiện Nghị quyết 18, 19-NQ/TW". Codes that follow
# with a type word of their own may be the sentence's next object, so they end the title.
_LISTED = re.compile(rf"{AND}[0-9]$")


# Behind a document named inside a title: what goes on with the title.
_GOES_ON = re.compile(r"\s+(?:trong|trên\s+địa\s+bàn|giai\s+đoạn|đến\s+năm|tại|của)\s")
_NO_TEXT = re.compile(rf"[*{SUPERSCRIPTS}]|(?<!\w)_|_(?!\w)")


def clean_title(title: str) -> str:
    """Return the title without emphasis marks, footnote marks and doubled blanks; quotation marks inside stay."""
    return " ".join(_NO_TEXT.sub("", title).split()).strip(" ,;.")
