"""What stands behind a reference's code: date, issuer and title, in whatever order the writer chose.

"Kết luận số 21-KL/TW | ngày 25/10/2021 | của Ban Chấp hành Trung ương (khóa XIII) | về “Đẩy mạnh …”".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from string import whitespace

from chidao.extract.frozen import quick
from chidao.extract.language.composing import one_of
from chidao.extract.language.dates import DATE, iso_date
from chidao.extract.language.letters import LETTER, LOWER, SUPERSCRIPTS, UPPER
from chidao.extract.language.organs import organs
from chidao.extract.language.patterns import (
    ABOUT,
    APPLIES,
    BASIS,
    DAY_IN_FIGURES,
    DRAFTS,
    FOOTNOTE,
    FORMER,
    HELPS,
    ISSUES,
    KIND_OF_BODY,
    LEADS,
    MARKS,
    PREPARES,
    PROPOSES,
    QUOTE_OPENS,
    ROMAN,
    STAYS,
    TENURE,
    TENURE_YEARS,
    TERM,
    TYPE,
    WEIGHS,
)
from chidao.extract.language.symbols import issuer_fits, names_issuer
from chidao.extract.language.tables import CARRIES, CHANGES, words
from chidao.extract.language.verbs import CARRIES_OUT, GOES_ON, governing, verbs
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.issuing_bodies import of_some_province, read_issuer, unknown_issuer
from chidao.extract.mentions.organs import as_printed
from chidao.extract.mentions.title_ends import title_end
from chidao.extract.mentions.title_stops import Following
from chidao.extract.mentions.title_text import clean_title, closing_mark
from chidao.extract.model import BodyMention

_PASSED = rf"(?:đã\s+)?được\s+(?-i:[{UPPER}])[^,;.:()\n]{{3,80}}?\s+thông\s+qua\s+(?:tại\s+[^,;.:()\n]{{3,60}}?\s+)?"
"""Of "Luật Đất đai số 31/2024/QH15 được Quốc hội thông qua tại kỳ họp bất thường ngày 18/01/2024"."""
_DAY = re.compile(
    rf"{MARKS}\s*[,(]?\s*{MARKS}(?:(?:được\s+)?{ISSUES}\s+|{_PASSED}|(?:đều\s+)?cùng\s+)?ng[àa]y\s+(?=[0-9])|{MARKS}\s*\(\s*(?={DAY_IN_FIGURES}\s*\))",
    re.IGNORECASE,
)
_DAY_OF_SOME_YEAR = re.compile(
    rf"{MARKS}\s*,?\s*(?:(?:được\s+)?{ISSUES}\s+)?ngày\s+[0-9]{{1,2}}/[0-9]{{1,2}}(?=\s+(?:của|{ABOUT})\s)",
    re.IGNORECASE,
)
"""Of "Chỉ thị số 12-CT/TU ngày 17/7 của Tỉnh ủy về …", as newspapers write: a day that is none without its year."""
# PDF text glues "của" to the year: "ngày 29/7/2024của Chính phủ".
_OF = re.compile(rf"(?:{MARKS}\s*,?\s+|(?<=[0-9]),?)(?P<how>của|do|giữa)\s+", re.IGNORECASE)
_ONLY_DRAFTS = re.compile(
    rf"\s+(?:(?:{one_of(words('already'))}|được\s+giao|sẽ)\s+)*(?:{PREPARES}|{DRAFTS}|{WEIGHS}|{HELPS}|{PROPOSES}|{CARRIES_OUT}|tham\s+mưu|quản\s+lý|"
    rf"đề\s+xuất|xây\s+dựng|lập|thẩm\s+định|(?:{LEADS}|tổ\s+chức)(?!\s+{ISSUES}))(?![{LETTER}])(?!(?:,|\s+và)\s+{ISSUES}(?!\w))"
)
"""Of "Kế hoạch số 16/KH-UBND do Sở A tham mưu", behind who issued nothing; "do Bộ B xây dựng và ban hành" tells of both."""
_ISSUED = re.compile(rf"\s+{ISSUES}(?=\s+(?:{ABOUT}|ngày)\s|[;,.])", re.IGNORECASE)
"""Of "Nghị định số 9/2024/NĐ-CP do Chính phủ ban hành về đất đai"."""
_TERM = re.compile(
    rf"\s*,?\s*(?:\(\s*)?(?:Đảng\s+)?{TERM}\s+{ROMAN}(?![{LETTER}])(?:\s*\))?|"
    rf"\s*\(\s*{TENURE}\s+[0-9\s–-]+\)|\s*,?\s+{TENURE_YEARS}(?!\s*[-–/0-9])|"
    rf"{FORMER}",
    re.IGNORECASE,
)
"""What may stand behind an issuer or a congress: of which term it is (", nhiệm kỳ 2025 - 2030"), or of which time: "(trước sắp xếp)",
"(nay là Bộ Nông nghiệp và Môi trường)"."""
_ABOUT = re.compile(
    rf"{FOOTNOTE}\s*,?\s*(?P<about>về\s+nội\s+dung|{ABOUT}|với\s+(?:chủ\s+đề|tiêu\s+đề|"
    rf"nội\s+dung(?=\s*:|\s+{QUOTE_OPENS})))\s*:?\s*(?=\S)",
    re.IGNORECASE,
)
_QUOTE = re.compile(rf"{FOOTNOTE}\s*,?\s*[*_]*(?P<open>{QUOTE_OPENS})[*_]*")
_RELATING = rf"{verbs('title', CHANGES | CARRIES | {'guides'})}|{governing('title')}"
_OPENING = one_of(words("verb of a title"))
# How an unquoted title goes on from the code without "về": a verbal noun of what the document does, or its matter.
# What the document is said to undergo ("thực hiện như sau", "tiếp tục hoạt động đến …") is the sentence's, no title.
_VERBAL = re.compile(
    rf"\s+(?!(?:{GOES_ON}\s+)?(?:{APPLIES}|{CARRIES_OUT})\s+(?:như|theo)\s|"
    rf"(?:{GOES_ON}\s+(?:hoạt\s+động|được)|{STAYS}|quy\s+định\s+rõ|{ISSUES}\s+(?:(?i:{BASIS})|trên\s+cơ\s+sở))\s)"
    rf"(?P<verb>{_OPENING}|{_RELATING}|một\s+số|phòng,?\s+chống|"
    rf"[A-ZĐ]{{3,}}\s+giai\s+đoạn)(?![{LETTER}])"
)
# "… của Ủy ban nhân dân tỉnh Quy định về …": a verb that opens the title with a capital, behind date or issuer.
_CAPITAL_VERB = re.compile(
    rf"[^\S\n]+(?P<verb>(?=[{UPPER}])(?i:{_OPENING}|{_RELATING}))"
    rf"(?:(?<=[Bb]an hành)(?=\s+{TYPE}(?!\w))|(?=,?\s(?![{UPPER}0-9])))(?!\s+(?:này|trên|số|của|nêu)(?![{LETTER}]))"
)
_LEAD = frozenset(f"{SUPERSCRIPTS}*_,({whitespace}")
_NUMERAL = re.compile(r" [IVX]{1,4}(?=,? ngày [0-9])")
"""Of "15/QĐ-BVĐK II ngày …", which a body has in its name."""
# What ends the reference right behind its code.
_NOTHING = frozenset(";.)\n")


@quick
@dataclass(frozen=True, slots=True)
class CitationDetails:
    """What stands behind a reference's code; `extent` is the end of all that belongs to it, `title_start` where the title
    begins, or -1. A printed day that no calendar has gives no `date`."""

    extent: int
    date: str | None = None
    issuer: BodyMention | None = None
    title: str | None = None
    title_start: int = -1


@dataclass(slots=True)
class _Citation:
    """One citation as far as it has been read; a `joint` document has several issuers."""

    text: str
    bodies: BodyFinder
    following: Following
    joint: bool
    symbol: str | None
    dated: bool = False
    date: str | None = None
    issuer: BodyMention | None = None
    title: str | None = None
    title_start: int = -1


def read_citation(
    text: str, end: int, bodies: BodyFinder, following: Following, *, symbol: str | None = None
) -> CitationDetails:
    """Read date, issuer and title of the reference whose code ends at `end`, with this symbol."""
    if text[end : end + 1] in _NOTHING:
        return CitationDetails(end)
    at = extent = end
    if text[end : end + 1].isdecimal():  # a footnote mark that lost its raised form: "NQ/TW1"
        at = end + 1 + text[end + 1 : end + 2].isdecimal()
    elif text[end + 1 : end + 2] in ("I", "V", "X") and (numeral := _NUMERAL.match(text, end)):
        at = numeral.end()
    c = _Citation(text, bodies, following, "LT-" in (symbol or ""), symbol)
    for _ in range(_MOST_PARTS):
        begin = at
        while text[begin : begin + 1] in _LEAD:
            begin += 1
        for step in _BY_LETTER.get(text[begin : begin + 1], _BY_ANY):
            if stop := step(c, at, begin):
                at = extent = stop
                break
        else:
            break
        if step in _TITLES and c.date and c.issuer:
            break
    return CitationDetails(extent, c.date, c.issuer, c.title, c.title_start)


def _read_sent(c: _Citation, at: int, begin: int) -> int:
    """ "Công văn số 12/BYT-KCB gửi các tỉnh ven biển về việc …", "Công văn 12/BYT-KCB năm 2031 về …": what a title may stand behind."""
    sent = None if c.title else _SENT.match(c.text, at)
    return sent.end() if sent and not c.following.first(at, sent.end()) else 0


_SENT = re.compile(
    rf"\s+(?:gửi\s+(?!kèm\s)[^;.:()\n]{{2,160}}?(?=\s+{ABOUT}\s)|năm\s+[0-9]{{4}}(?=\s+(?:{ABOUT}|{_OPENING}|{_RELATING})\s))"
)


def _read_day(c: _Citation, at: int, begin: int) -> int:
    """ "ngày 05/5/2022", "(ngày 26/8/2022)", ", ký ngày …"; what no calendar has counts as read, and is no date."""
    day = None if c.dated else _DAY.match(c.text, at)
    match = DATE.match(c.text, day.end()) if day else None
    if day and match is None and (some := _DAY_OF_SOME_YEAR.match(c.text, at)):
        c.dated = True
        return some.end()
    if day is None or match is None or day.group().lstrip().startswith("Ngày") or _of_next(c, day, match):
        return 0  # "… Luật Đất đai" / "Ngày 03 tháng 10 năm 2025, tại Trụ sở …": a sentence of its own begins
    c.dated, c.date = True, iso_date(match)
    return match.end() + ("(" in day.group() and c.text[match.end() : match.end() + 1] == ")")


def _of_next(c: _Citation, day: re.Match[str], date: re.Match[str]) -> bool:
    """ "Kế hoạch A của Tỉnh ủy về nghề cá, ngày 10/9/2020 Sở B có Công văn …": the day on which somebody does the next thing?"""
    behind = c.title or c.issuer
    return bool(behind and "," in day.group() and _NEXT_DOES.match(c.text, date.end()))


_NEXT_DOES = re.compile(
    rf"\s+[{UPPER}][^,;.:()\n]{{2,100}}?\s(?:{one_of(words('already'))}\s+)?(?:{ISSUES}|{one_of(words('sends'))})\s"
)


def _read_issuer(c: _Citation, at: int, begin: int) -> int:
    """ "của Bộ Chính trị (khóa XIII)", "do Bộ Nội vụ"; of a joint document "của Bộ A và Bộ trưởng Bộ B", "giữa A với B". A body that no
    table knows is kept as printed where a title stands behind it: "của Hiệp hội Vườn về …"."""
    of = None if c.issuer else _OF.match(c.text, at)
    if of is None:
        return 0
    body = read_issuer(c.text, of.end(), c.bodies.on(c.date))
    if body is None:
        stated = of["how"].lower() == "của"  # "do Ủy ban nhân dân cấp xã quản lý" says who acts under it
        unknown = _not_known(c, of.end(), stated=stated)
        if unknown is None or c.following.first(of.end(), unknown.end):
            return 0
        c.issuer = unknown
        return _read_term(c, unknown.end, unknown.end) or unknown.end
    at = _behind_whom(c.text, body.end) if of["how"].lower() == "do" else body.end
    if not at:
        return 0
    if of["how"].lower() == "do" and c.title and not _is_theirs(c, body):
        return _of_what_is_told(c, body.end)
    c.issuer = body
    organ = ORGAN_TOO.match(c.text, at) if c.issuer.key in CENTRAL_ORGANS else None
    if organ and _ABOUT.match(c.text, organ.end()):
        at = organ.end()
    joint = c.joint or of["how"].lower() == "giữa"
    while joint and (other := _AND.match(c.text, at)) and (body := read_issuer(c.text, other.end(), c.bodies)):
        at = body.end
    return _read_term(c, at, at) or at


def _is_theirs(c: _Citation, body: BodyMention) -> bool:
    """Is the document's symbol the body's, as far as the tables know whose it is?"""
    return c.symbol is None or (names_issuer(c.symbol) and issuer_fits(c.symbol, body.key))


def _of_what_is_told(c: _Citation, at: int) -> int:
    """ "Công văn số 51/UBND-NC về áp dụng bộ tiêu chí do Bộ Y tế | ban hành": what the title speaks of is that one's, and its end the
    title's."""
    issued = _ISSUES.match(c.text, at)
    if issued is None:
        return 0
    c.title = clean_title(c.text[c.title_start : issued.end()])
    return issued.end()


_ISSUES = re.compile(r"\s+ban\s+hành(?!\w)")


def _behind_whom(text: str, at: int) -> int:
    """Where "do Chính phủ ban hành …" ends behind who issues, who ends at `at`; 0 behind who only drafted it, or carries it out."""
    if _ONLY_DRAFTS.match(text, at):
        return 0
    issued = _ISSUED.match(text, at)
    return issued.end() if issued else at


def _not_known(c: _Citation, at: int, *, stated: bool) -> BodyMention | None:
    """The body at `at` of which nobody says whose it is, or that no table has."""
    if c.bodies.places.is_adrift and stated and (body := of_some_province(c.text, at)):
        return body
    titled = _with_matter(c.text, at) or _UNKNOWN.match(c.text, at)
    if titled and not _NO_NAME.search(c.text, *titled.span()):
        return as_printed(c.text, *titled.span())
    return unknown_issuer(c.text, at) if stated else None


def _with_matter(text: str, at: int) -> re.Match[str] | None:
    """ "của Tiểu ban về an sinh": what a body is for is of its name where the text has called it so before; else it may be the title."""
    named = _FOR_A_MATTER.match(text, at)
    told = named is not None and text.find(named.group(), max(0, at - _REMEMBERED), at) >= 0
    return named if told else None


def _read_term(c: _Citation, at: int, begin: int) -> int:
    """ "(khóa XIII)", "(nhiệm kỳ 2020-2025)", "(trước hợp nhất)"."""
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
    close = closing_mark(c.text, quote.end(), quote["open"])
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
    end = title_end(c.text, start, about.end(), c.following, verbal=False)
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
    if verbal is None and c.date and not (c.title or c.issuer):
        return _read_listed(c, at)
    # "… thực hiện Nghị quyết số 15-NQ/TW" says what the document does to another one; that is no title.
    if verbal is None or (not (c.date or c.issuer) and c.following.first(verbal.end(), verbal.end() + 3)):
        return 0
    start = verbal.start("verb")
    if c.text[verbal.end() : verbal.end() + 1] == "," and c.text[start : verbal.end()].lower() == "quy định":
        return 0  # "Quy định 12 của Bộ Chính trị quy định, Bộ Chính trị có trách nhiệm …"
    end = title_end(c.text, start, verbal.end(), c.following, verbal=True)
    if end - start < 12:
        return 0
    c.title, c.title_start = clean_title(c.text[start:end]), start
    return end


def _read_listed(c: _Citation, at: int) -> int:
    """ "Công văn 12/BYT-KCB ngày … kiểm điểm cuối năm do Bộ Y tế ban hành", as sites list documents, without "về"."""
    listed = _LISTED.match(c.text, at)
    body = read_issuer(c.text, listed.start("who"), c.bodies) if listed else None
    if (
        listed is None
        or body is None
        or body.end != listed.end("who")
        or not _is_theirs(c, body)
        or c.following.first(at, listed.end())
    ):
        return 0
    c.title, c.title_start, c.issuer = clean_title(listed["name"]), listed.start("name"), body
    return listed.end()


_GOES_ON = rf"(?:{one_of((*words('joins'), *words('already')))}|được|bị|thì|còn|hết|nay|này|ngày|số|gồm|như|nêu|vẫn|sẽ|khi|cùng|đến)\s"
_LISTED = re.compile(
    rf"[^\S\n]+(?P<name>(?=[{LOWER}])(?!{_GOES_ON})[^;.:()\n]{{12,300}}?)\s+do\s+(?P<who>[{UPPER}][^;,.:()\n]{{3,80}}?)"
    r"\s+ban\s+hành\s?(?=[.;)\n]|$)"
)
_Step = Callable[[_Citation, int, int], int]
_STEPS: tuple[tuple[str, _Step], ...] = (
    ("nđbkc0123456789", _read_day),
    ("gn", _read_sent),
    ("cdg", _read_issuer),
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
_INSTITUTION = one_of(word.lower() for word in words("institution"))
_UNKNOWN = re.compile(
    rf"(?:(?:{_INSTITUTION}|chi\s+bộ)\s+)?[{UPPER}](?:[^;,.:()\n“”\"]|\n(?=[{UPPER}])){{3,140}}?(?=(?:\s+\({TERM}\s+{ROMAN}\))?\s+(?:(?i:{ABOUT})\s|ban\s+hành\s+[{UPPER}]))"
)
_NO_NAME = re.compile(r"\s(?:để|nhằm|(?:các|những)\s+văn\s+bản)\s")
"""What no body's name holds: "của Hiệp hội Vườn và các văn bản khác để bảo đảm an toàn về …"."""
_ORGANS = [organ for organ in organs().values() if organ.central]
CENTRAL_ORGANS = frozenset(f"vn/{organ.slug}" for organ in _ORGANS)
ORGAN_TOO = re.compile(rf"(?:,|\s+và)\s+{one_of(organ.name for organ in _ORGANS)}(?![{LETTER}])")
"""Another organ of the Central Committee that decided with the first: "của Bộ Chính trị, Ban Bí thư về …"."""
_FOR_A_MATTER = re.compile(
    rf"(?!(?i:{one_of(words('committee'))})\s+về\s){KIND_OF_BODY}\s+về\s+[^;,.:()\n“”\"]{{2,80}}?(?=\s+(?:gửi|{ISSUES}|{ABOUT}|đã|ngày)(?!\w)|[;,.:()\n]|$)"
)
"""A committee of the Party is for no matter: "Nghị quyết số 5-NQ/ĐU của Đảng ủy về kỷ luật" goes on with its title."""
_REMEMBERED = 4000
"""Characters in which a name is remembered."""
# Joint circulars: "của Bộ A và Bộ trưởng Bộ B", "của Bộ A - Bộ B".
_AND = re.compile(r"(?:\s*,|\s+(?:và|với)|\s+[-–])\s+(?:của\s+)?")
