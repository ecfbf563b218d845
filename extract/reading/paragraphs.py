"""Join the lines of a text that line and page breaks cut within a paragraph.

Paragraphs end in punctuation, items begin with a dash, a letter or a number, headings with a number or in capitals; a line that a
break cut ends in what asks for more, or fills the width of the page.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LETTER, LOWER, UPPER
from chidao.extract.language.patterns import (
    ADDRESS,
    AGENCY,
    ARTICLE,
    ASKS_FIGURE,
    DIRECTS,
    GROUND,
    JOINS,
    PEN_DAY,
    PROPOSES,
    SPEAKS,
    SPOKEN_OF,
    TYPE,
)
from chidao.extract.language.tables import kinds, task_phrases, words
from chidao.extract.language.verbs import CARRIES_OUT
from chidao.extract.reading.grids import RUN
from chidao.ontology.authority import body_templates, units

_DAY, _HOUR = r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}", r"[0-9]{1,2}(?::|h|\s?giờ\s?)[0-9]{2}(?::[0-9]{2})?"
_STAMP = re.compile(
    r"[ \t]*(?:(?:Thứ\s+\w+|Chủ\s+nhật|Cập\s+nhật|Ngày\s+(?:đăng|cập\s+nhật))\s*[,:]?\s*)?(?:ngày\s+)?"
    rf"(?:{_DAY}\s*[-–,|]?\s*(?:lúc\s+)?{_HOUR}|{_HOUR}\s*[-–,|]?\s*(?:ngày\s+)?{_DAY})(?:\s*\(?GMT\s?\+\s?7\)?)?[ \t\r]*$",
    re.IGNORECASE,
)
"""When a page was put up, on a line of its own: "12/06/2026 08:30", "Thứ Sáu, 12/06/2026 | 08:30 (GMT+7)"; it goes on with nothing."""
_PLACE_AND_DAY = re.compile(rf"[ \t*_(]*[{UPPER}][{LETTER} .’'-]{{1,40}},\s(?:{PEN_DAY}|ngày\s+{_DAY})[ \t\r*_)]*$")
"""Of a letterhead, on a line of its own: "Hà Nội, ngày 20 tháng 3 năm 2026"; it goes on with no subject above it, however long."""
# What opens a paragraph of its own: the time of a page, a dash or bullet, "1." "2.1." "a)" "IV." "Điều 3", a table row, a markdown heading.
_OPENS = re.compile(
    r"[ \t]*(?:[-+•●▪–—*#>|]|[0-9]{1,2}(?:\.[0-9]{1,2})*(?:[.)]|[-–]\s)|[a-zđ]\)|[a-zđ]\.\s|"
    r"[IVXLC]{1,5}(?:\.|\s?[-–]\s)|[A-Z]\.\s|\(?[0-9ivx]{1,3}\)"
    rf"|(?:Điều|Chương|Phần|Mục|PHẦN|CHƯƠNG|MỤC|ĐIỀU)\s+[0-9IVXLCTh]|{GROUND}|{ADDRESS}|PHỤ LỤC"
    r"|[“\"](?:(?:Điều|Chương|Mục|CHƯƠNG|MỤC)\s+[0-9IVXLC]|[0-9]{1,3}[a-zđ]?\.\s|[a-zđ][0-9]?\)\s))"  # new text that an act quotes
    rf"|(?i:{_STAMP.pattern})"
)
_STOPS, _CLOSING = tuple(".:;!?…"), '"”’*_)]'
_IS_STOP = frozenset(_STOPS)
_MAY_CLOSE = frozenset(f"{_CLOSING}0123456789")
"""The last letter of a line that is closed by more than a stop."""
_NEAR, _MOST_MARKS = 24, 8
"""Characters at the end of a line, with its blanks and without, among which the stop stands that closes it."""


@dataclass(slots=True)
class Paragraph:
    """Lines of the composed text that read as one paragraph."""

    spans: list[tuple[int, int]]
    first: str
    low: bool
    """Its first letter stands in lower case."""
    capitals: bool
    """All letters of its first line are capitals."""
    table: bool
    """It is a row of a table."""
    open: bool
    emphasis: bool = False
    """Its last line leaves Markdown's "**" open."""
    mark: str | None = None

    def add(self, spans: Sequence[tuple[int, int]], *, open_: bool, emphasis: bool) -> None:
        """Take in what goes on with the paragraph."""
        self.spans += spans
        self.open = open_
        self.emphasis ^= emphasis


class _Lines:
    """The lines of a text, and what several rules ask of each: what it says without blanks around it, how long it is in all, its first
    letter behind marks of emphasis, whether that is a small one, whether all letters are capitals, whether a stop closes the line, and
    whether it is a table's row."""

    __slots__ = ("capitals", "closed", "firsts", "lengths", "low", "said", "tables", "text")

    def __init__(self, text: str) -> None:
        self.text = text.split("\n")
        self.said = list(map(str.strip, self.text))
        self.lengths = list(map(len, self.text))
        self.firsts = [bare[:1] for bare in map(str.lstrip, self.text, repeat(" \t*_"))]
        self.low = list(map(str.islower, self.firsts))
        self.capitals = list(map(str.isupper, self.text))
        ends = zip(map(str.rstrip, [line[-_NEAR:] for line in self.text]), self.said, strict=True)
        self.closed = [end[-1:] in _IS_STOP or (end[-1:] in _MAY_CLOSE and _closes(end, said)) for end, said in ends]
        parted = "\t" in text or "|" in text
        self.tables = list(map(_is_table, self.text, self.said)) if parted else [False] * len(self.text)


def _is_table(line: str, said: str) -> bool:
    return "\t" in line or said[:1] == "|"


def _closes(end: str, said: str) -> bool:
    """Is a line closed by a stop with closing marks behind it, or is it a page's time? Most end in a letter, or in the stop itself."""
    return end[-_MOST_MARKS:].rstrip(_CLOSING).endswith(_STOPS) or _STAMP.match(said) is not None


# No line of its own ends so: "Thực hiện Nghị quyết số" / "57-NQ/TW", "Chỉ thị số 14-CT/TW của" / "Ban Bí thư"; "1. Chuyển đổi số" does.
_CUT = re.compile(
    rf"[^\s:]\s(?:{ASKS_FIGURE}\s*\n(?=[\s*_]*[0-9])|{JOINS}\s*\n)|(?<!\w)(?i:{CARRIES_OUT})\s*\n{TYPE}\s+số(?:\s+[0-9]|$)"
    r"|\s(?:Thủ\s+tướng|Văn\s+phòng|Thanh\s+tra)\s*\nChính\s+phủ(?!\w)"
)
_BLANK = frozenset(" \t\r\f\v")


def _words(line: str, said: str, at: int) -> list[tuple[int, int]]:
    """The parts of a line that read on with single blanks; PDF text has runs of them ("của Chính  phủ") and ends in some."""
    if "  " not in said and "\r" not in said:
        start = at + line.index(said)
        return [(start, start + len(said))]
    return [(at + m.start(), at + m.end()) for m in RUN.finditer(line)]


def paragraphs_of(text: str) -> list[Paragraph]:
    """Paragraphs in source order. Lines that stand under each other without a blank line are joined where the upper one
    is cut: it has no closing punctuation and the lower one opens nothing of its own."""
    found: list[Paragraph] = []
    above = None
    lines = _Lines(text)
    blocks, full = _in_blocks(lines), _full_from(lines)
    usual = _usual(lines) if full < _NEVER else 0
    bold = "**" in text
    end = -1
    for n, line in enumerate(lines.text):
        at = end + 1
        end = at + lines.lengths[n]
        if not lines.said[n]:
            above = None
            continue
        plain = lines.tables[n] or ("  " not in line and line[-1] not in _BLANK)
        spans = [(at, end)] if plain else _words(line, lines.said[n], at)
        emphasis = bold and line.count("**") % 2 == 1
        early = usual > 0 and above is not None and above.first is lines.text[n - 1] and _breaks_early(lines, n, usual)
        wide = _NEVER if early else full
        if above is not None and _goes_on(above, lines, n, blocks=blocks and not early, full=wide):
            above.add(spans, open_=not lines.closed[n], emphasis=emphasis)
        else:
            above = Paragraph(
                spans, line, lines.low[n], lines.capitals[n], lines.tables[n], not lines.closed[n], emphasis
            )
            found.append(above)
    return found


def _goes_on(above: Paragraph, lines: _Lines, n: int, *, blocks: bool, full: int) -> bool:
    """Does line `n` go on with the paragraph right above it?"""
    if above.open:
        return _joins(lines, n, cut=blocks or above.emphasis, full=full)
    if ";" not in lines.said[n - 1][-_MOST_MARKS:]:
        return False
    runs_on = full < _NEVER and _runs_on(lines, n) and _joins(lines, n, cut=blocks or above.emphasis, full=full)
    return runs_on or _lists_offices(above.first, lines.text[n - 1], lines.text[n])


_WRAPPED = range(30, 112)
"""How long the lines of a text are that was broken at a width, in characters."""
_TOO_LONG = _WRAPPED.stop + 30


def _in_blocks(lines: _Lines) -> bool:
    """Is the text broken at a width, with a blank line between paragraphs (a saved web page, a mail)? Then what stands under each other
    without a blank line is one paragraph, however short its lines."""
    inner = ended = apart = 0
    each = zip(lines.lengths, lines.closed, lines.tables, lines.said, lines.said[1:], strict=False)
    for length, stops, table, here, below in each:
        if not here or table:
            continue
        if stops:
            ended += 1
            apart += not below
        elif below and length > 24:
            inner += 1 if length in _WRAPPED else -3
    return inner >= 12 and apart >= 0.6 * ended


def _usual(lines: _Lines) -> int:
    """How long the lines usually are that go on in the next one, in characters; 0 where no width has broken them."""
    each = zip(lines.lengths, lines.said, lines.closed, lines.said[1:], strict=False)
    broken = sorted([length for length, here, stops, below in each if here and below and not stops])
    usual = broken[len(broken) // 2] if broken else 0
    return usual if usual in _WRAPPED else 0


_NUMBERED = re.compile(r"[ \t]*[0-9]{1,2}(?:\.[0-9]{1,2})*\.\s")
_ENOUGH = 3
"""As many words of the next line would have had room, were the line broken at the width alone."""


def _breaks_early(lines: _Lines, n: int, usual: int) -> bool:
    """Does a numbered heading end above line `n` before the width is reached: "4. Các cơ quan nội chính đẩy mạnh đấu tranh" / "Đảng ủy
    Công an tỉnh …"?"""
    upper, line = lines.text[n - 1 : n + 1]
    if not line[:1].isupper() or not _NUMBERED.match(upper):
        return False
    return len(upper.rstrip()) + 1 + len(" ".join(line.split()[:_ENOUGH])) <= usual


def _full_from(lines: _Lines) -> int:
    """Return from how many characters on a line may have been broken at the page's width: never where paragraphs fill a line of any
    length and nothing goes on in a small letter below a shorter one, and hardly where the line is much shorter than the others."""
    lengths = [0 if table else length for length, table in zip(lines.lengths, lines.tables, strict=True)]
    each = zip(lengths, lines.closed, lines.low[1:], strict=False)
    for length, stops, low in each:
        if length >= _FULL and low and not stops:
            return _FULL
    lengths = sorted([0] * _FEW + lengths)
    widest, long = lengths[-_FEW], len(lengths) - bisect_right(lengths, _TOO_LONG)
    said = len(lengths) - lengths.count(0)
    # "HĐND xã họp bất thường" above one long paragraph: where there are few lines a long one is no exception
    return _NEVER if widest > _TOO_LONG or 0 < said <= _FEW * long else max(_FULL, widest * 6 // 10)


_QUOTED = '“"'
_FULL = 50
"""From here on a line may be full, in characters."""
_FEW = 3
"""As many lines that are too long may be lists that a converter has melted."""
_NEVER = 1 << 40
_ASK_NAME = words("asks for a name")
# How a line ends that is cut: behind a comma, after a word that asks for its name ("2. Sở" / "Tài chính").
_UNENDED = re.compile(
    rf"(?:,|(?<!\w)(?:{one_of([*_ASK_NAME, *map(str.upper, _ASK_NAME)])}|CHỦ|"
    rf"{JOINS}|CỦA|VÀ))\s*$"
)
_PLACE = re.compile(rf"(?<!\w)(?!(?:Các|Liên|Đảng)\s)[{UPPER}][{LOWER}]+\s+(?:Bộ|Thành)\s*$")
"""Of "ngã ba Độc Bộ", which ends with a name and asks for none."""
_LABEL = re.compile(r"[\s*_#]*(?:(?:[0-9]{1,2}(?:\.[0-9]{1,2})*|[a-zđ])[.)]|[-+•])?[\s*_]*")


@cache
def _names() -> list[str]:
    """The names of the bodies of every place, in lower case, in order; those of the Party with what its committees are called."""
    printed = {name for t in body_templates() for name in (t.name, *t.labels)}
    parties = {party for unit in units() for party in (unit.party, " ".join(unit.party.split()[:2]))}
    named = (
        name.replace("{party}", party)
        for name in printed
        for party in (parties if " {party}" in name else ("{party}",))
    )
    names = {name.partition(" {")[0].lower() for name in named}
    return sorted(" ".join(name.split()) for name in names)


def _behind(begun: str) -> Iterator[str]:
    """Yield what can stand behind words with which the name of a body of every place begins: within it a line may end."""
    names, begin = _names(), f"{begun} "
    for at in range(bisect_left(names, begin), len(names)):
        if not names[at].startswith(begin):
            return
        yield names[at][len(begin) :]


def _within_name(upper: str, line: str) -> bool:
    """ "2. Trung tâm" / "Phục vụ hành chính công xã": does a body's name, alone on its line, go on below?"""
    label = _LABEL.match(upper)
    begun = " ".join(upper[label.end() if label else 0 :].lower().split())
    below = " ".join(line.lower().split())
    return any(below.startswith(rest) and not below[len(rest) : len(rest) + 1].isalnum() for rest in _behind(begun))


_OF_ITS_AGENCY = re.compile(rf"{one_of(words('part of an agency'))}\s+(?P<agency>Sở|Bộ)[\s*_]*$", re.IGNORECASE)


def _is_whole(upper: str, line: str) -> bool:
    """ "1.4. Thanh tra Sở" / "Đưa nội dung A vào kế hoạch …": is an item all of a name, that of a part of whoever issues? "Y tế" below
    would go on with it."""
    label = _LABEL.match(upper)
    part = _OF_ITS_AGENCY.match(upper, label.end()) if label and label.group().strip(" *_#") else None
    below = " ".join(line.lower().split())
    return part is not None and not any(below.startswith(rest) for rest in _behind(part["agency"].lower()))


_LONGEST_NAME = 60


_GROUND_ALONE = re.compile(rf"[ \t]*(?:{GROUND})[ \t]*$")
"""A ground that a narrow column or a web page has cut behind its first words: "Căn cứ" / "Luật Nhà ở …"."""


def _is_cut(upper: str, line: str) -> bool:
    if _GROUND_ALONE.match(upper):
        return True
    if len(upper) < _LONGEST_NAME and _within_name(upper, line):
        return True
    unended = _UNENDED.search(upper[-16:]) is not None and _PLACE.search(upper[-16:]) is None
    return (unended and not _is_whole(upper, line)) or _CUT.search(f"{upper[-24:]}\n{line[:40]}") is not None


# "… quy định tại khoản 2" / "Điều 27 của Luật …": the article is named, and does not begin.
_NAMED_ARTICLE = re.compile(
    r"(?:(?:khoản|điểm|tiết)\s+[0-9a-zđ.]{1,5}|,|(?<!\w)(?:tại|của|theo|và|các|từ|đến))\n[ \t]*Điều\s+[0-9]+[a-zđ]?(?![0-9a-zđ]*\s*[.:])",
    re.IGNORECASE,
)


def _names_article(upper: str, line: str) -> bool:
    return _NAMED_ARTICLE.search(f"{upper[-20:].rstrip()}\n{line[:20]}") is not None


# "… các đoàn thể chính trị" / "- xã hội phát động …", "… ban hành trong quý" / "II.", "… Đại hội khóa" / "XIII. Các cấp ủy …",
# "… trước ngày" / "25.": what opens like an item is the other half of what the line above breaks off.
_HALVED = re.compile(
    rf"\w\n[ \t]*[-–] {one_of(words('behind a dash'))}(?!\w)"
    rf"|(?<!hằng)(?<!hàng)(?<!mỗi)(?<!từng)\s(?:quý|kh[oó][aá])\n[ \t]*[IVX]{{1,5}}(?!\w)"
    r"|\s(?:trước|đến|từ|vào|hết)\s+ngày\n[ \t]*[0-9]{1,2}(?![0-9])",
)


def _is_halved(lines: _Lines, n: int) -> bool:
    """Does a long line break off above line `n` within a name with a dash, or before a numeral?"""
    halves = f"{lines.text[n - 1].rstrip()[-12:]}\n{lines.text[n][:40]}"
    return not _is_heading(lines, n) and _HALVED.search(halves) is not None


_HALVES = frozenset("-–IVX0123456789")


def _is_heading(lines: _Lines, n: int) -> bool:
    """Does the line stand in capitals, as a heading does? The last words of a sentence ("II/2026.", "HĐND, UBND.") end with its stop."""
    return lines.capitals[n] and not (lines.lengths[n] < _FULL and lines.said[n].endswith((".", ";")))


_OPENS_CLAUSE = re.compile(rf"[ \t]*(?=[{UPPER}])(?i:{CARRIES_OUT})\s+{TYPE}\s+số\s")
"""How a sentence opens below a title of one full line, which has no stop: "Thực hiện Kế hoạch số …"."""
_LETTER = re.compile(
    rf"[ \t*_]*(?i:{ADDRESS})\s*:.*\n[ \t]*[{UPPER}][^,;:.]{{2,80}}?\s(?:{SPEAKS}|{DIRECTS}|{PROPOSES}|nhận\s+được)\s"
)
"""How a letter's text opens right below whom it addresses: "Kính gửi: Các sở, ban, ngành …" / "Sở Y tế đề nghị …"."""


def _joins(lines: _Lines, n: int, *, cut: bool, full: int) -> bool:
    """Does line `n` go on with the one right above it? `cut` says that the line above goes on in any case, `full` from how many
    characters on it may have been broken at the page's width."""
    upper, line = lines.text[n - 1 : n + 1]
    length = lines.lengths[n - 1]
    if "iều" in line[:6] and _names_article(upper, line):
        return True
    if length >= _FULL and lines.firsts[n] in _HALVES and _is_halved(lines, n):
        return True
    if (
        lines.tables[n]
        or lines.tables[n - 1]
        or _OPENS.match(line)
        or (", ngày" in line and _PLACE_AND_DAY.match(line))
    ):
        return False
    goes_on = (
        cut
        or lines.low[n]
        or (
            length >= (_FULL if line[0] in _QUOTED else full)
            and not _OPENS_CLAUSE.match(line)
            and not ("ính" in upper[:12] and _LETTER.match(f"{upper}\n{line}"))
        )
        or _is_cut(upper, line)
    )
    return goes_on and lines.capitals[n - 1] == _is_heading(lines, n)


def _runs_on(lines: _Lines, n: int) -> bool:
    """Was a full line broken behind a semicolon ("… khoản 5 Điều 11;" / "điểm c khoản 1 Điều 14 …")? Items of a list have a label."""
    return lines.low[n] and lines.lengths[n - 1] >= _FULL and lines.said[n - 1].endswith(";")


_OFFICES = one_of([*words("office"), *(word for word, kind in kinds("addressees.csv").items() if kind == "office")])
_CARRIED_OUT_BY = re.compile(rf"[ \t*_]*{ARTICLE}[*_]*\s+{_OFFICES}(?!\w)", re.IGNORECASE)
_ALSO_BY = re.compile(
    rf"[ \t*_]*(?:các\s+(?:{AGENCY}|{SPOKEN_OF}|tổ\s+chức|cá\s+nhân|sở|ban|ngành)|{_OFFICES})(?!\w)", re.IGNORECASE
)


_CARRIES_IT_OUT = re.compile(
    rf"(?:thi\s+hành|thực\s+hiện)\s+(?:{TYPE}\s+)?này|trách\s+nhiệm\s+thi\s+hành", re.IGNORECASE
)


@cache
def _of_its_own() -> re.Pattern[str]:
    """Work of whom a line names: "Giám đốc Sở Nội vụ rà soát hồ sơ;"; in lower case, since names hold "Đầu tư"."""
    return re.compile(rf"(?<=\s)(?!tổ\s+chức\s){one_of(task_phrases('work', 'duty'))}(?=\s)")


def _lists_offices(first: str, upper: str, line: str) -> bool:
    """ "Điều 3. Chánh Văn phòng …;" / "Giám đốc các sở;" / "… chịu trách nhiệm thi hành": does the article name on this line, too, who is
    to carry it out? Not where the line gives whom it names other work."""
    if not upper.rstrip(" *_").endswith(";") or "Điều" not in first[:8]:
        return False
    if _CARRIED_OUT_BY.match(first) is None or _ALSO_BY.match(line) is None:
        return False
    return _CARRIES_IT_OUT.search(line) is not None or _of_its_own().search(line) is None


def continues(cut: Paragraph, paragraph: Paragraph) -> bool:
    """Does `paragraph` run on from `cut`, which ends without closing punctuation?

    In lower case it does. With a capital it does behind a comma or a long running text, unless it opens an item or is
    a heading of its own ("… tạo tiền đề để Đảng bộ" / "Thành phố tiếp tục thực hiện thắng lợi …").
    """
    if not paragraph.low:
        start, end = cut.spans[0]
        if end - start <= 200 or len(paragraph.first) <= 40 or paragraph.capitals:
            return False
        if cut.first[:1].isdigit() and _OPENS.match(cut.first[:2]):
            return False
    return not (cut.capitals or paragraph.table or _OPENS.match(paragraph.first))
