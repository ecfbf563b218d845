"""The type of a document and the title (trích yếu) below it, as its head prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import dropwhile, islice, pairwise, repeat, takewhile

from chidao.extract.frozen import quick
from chidao.extract.heading.decided import SESSION
from chidao.extract.heading.lines import (
    AROUND,
    BELOW_HEADING,
    HEAD_LINES,
    NO_WORDS,
    Line,
    Words,
    find_place_date,
    has_title,
    is_ornament,
    line_at,
)
from chidao.extract.language.composing import either, one_of, rules
from chidao.extract.language.letters import LOWER, UPPER, slug
from chidao.extract.language.lexicon import Lexicon, lexicon
from chidao.extract.language.offices import HOLDER
from chidao.extract.language.patterns import (
    ADDRESS,
    ALONG,
    AS_FOLLOWS,
    CONTENT,
    DIRECTS,
    DRAFTS,
    GROUND,
    ISSUES,
    JOINS,
    OFFICE_IN_CAPITALS,
    PROSE,
    SEVERAL,
    SPEAKS,
    TITLE_OPENS,
    UNIT,
    shortens,
)
from chidao.extract.language.tables import kinds, words
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import Span
from chidao.ontology.authority import DocumentType, types_of

BODY_STARTS = re.compile(
    rf"^[\s*_>#-]*(?:{GROUND}|{ADDRESS}|Thực\s+hiện\s.{{200}}|Điều\s+[0-9]|PHẦN\s|CHƯƠNG\s+[IVX0-9]|[IVX]+\s?[-./]|[0-9]+[.)]\s|[A-ZĐ][.)]\s)",
    re.IGNORECASE,
)
"""How the text below a title begins."""
_PROSE = re.compile(
    rf"^[\s*_>-]*(?:{PROSE}|Ngày\s+[0-9]\S*)[\s,.…]|"
    r"(?P<hour>(?:Từ\s+)?[0-9]{1,2}\s?(?:h|g|:|giờ\s?)(?:[0-9]{2})?(?:\s+phút)?\s?[-–:])"
)
"""How a document's text begins, where no ground stands before it: what is no more of a title that has begun; `hour` of "08h00 - 08h15: Đón
tiếp đại biểu", a line of an agenda."""

_AT_A_MEETING = re.compile(r"Tại\s+(?:cuộc\s+họp|phiên\s+họp|kỳ\s+họp|hội\s+nghị|buổi\s)", re.IGNORECASE)
"""Of "Tại phiên họp ngày 05/3, chi bộ quyết nghị:", which opens the text; a title that goes on so ends without a colon."""
URGENT = re.compile(r"(?<!\s)\s++\(?(?:(?:THƯỢNG\s+)?KHẨN(?:\s+CẤP)?|H(?:ỎA|OẢ)\s+TỐC|(?:TỐI\s+|TUYỆT\s+)?MẬT)\)?$")
"""Behind the type word, how fast or how closely the document goes: "CÔNG ĐIỆN KHẨN"."""
_OF_ITSELF = re.compile(
    rf"\(?(?:(?:{one_of(types_of('assigning'))}\s+)?chuyên\s+đề|{DRAFTS}(?:\s+lần\s+\S+)?)\)?|\((?:Tài\s+liệu|Báo\s+cáo)\s+(?:phục\s+vụ|trình|tại)\s[^()]*\)",
    re.IGNORECASE,
)
"""What a document is called beside its title: "(Nghị quyết chuyên đề)"."""
_PARAGRAPH = 220
"""Characters; a longer line is a paragraph, and no line of a title."""


@quick
@dataclass(frozen=True, slots=True)
class Typed:
    """The type word, the line and the place where it stands, and the words of the title below it."""

    name: str | None = None
    line: int | None = None
    span: Span | None = None
    words: Words = NO_WORDS
    numbered: bool = False
    """The number stands behind the type on its line, and opens the words."""


def read_type(lines: Sequence[Line], words: Lexicon) -> Typed:
    """Type word on a line of its own, in capitals, and the title below it."""
    for n, line in enumerate(lines[:HEAD_LINES]):
        if not (line.shouts and line.isupper()):
            continue
        bare = line.strip(AROUND)
        if bare.endswith(("-", "–", ":")):
            continue  # "VĂN BẢN HỢP NHẤT -" goes on with the ministry's name, "QUYẾT NGHỊ:" with what is decided
        bare = URGENT.sub("", bare)
        # OCR loses marks and tones ("QUYÉT ĐỊNH"), seldom letters.
        if kind := words.types.get(" ".join(bare.lower().split())) or _types_by_slug().get(slug(bare)):
            below = Words(tuple(_title_lines(lines[n + 1 : n + 16])))
            enacts = below.text.endswith((".", ":")) and _ENACTS.search(
                below.text
            )  # else each comma is a look at the end
            return Typed(kind.name, n, line.span(bare), NO_WORDS if enacts else below)
        if n and "SỐ" in bare and (numbered := _type_and_number().fullmatch(bare)) and _is_letterhead(lines[n - 1]):
            kind = words.types[" ".join(numbered["type"].lower().split())]
            at = line.span(bare)[0]
            rows = [row for row in lines[n + 1 : n + 16] if not find_place_date(row)]
            parts = line_at(numbered["rest"], at + numbered.start("rest")), *_title_lines(rows)
            return Typed(kind.name, n, (at, at + numbered.end("type")), Words(parts), numbered=True)
    return _in_small_letters(lines, words)


@cache
def _type_and_number() -> re.Pattern[str]:
    """ "SẮC LỆNH SỐ 51", "CHỈ THỊ SỐ 15/CT NGÀY 5 THÁNG 6 NĂM 1985", right below who issues it."""
    return re.compile(
        rf"(?P<type>{one_of(word.upper() for word in lexicon().types)})\s+"
        rf"(?P<rest>SỐ\s*:?\s*[0-9]{{1,5}}(?:[-/][{UPPER}0-9/-]+)?(?:\s+NGÀY\s[0-9][^,;]*)?)"
    )


def _is_letterhead(line: str) -> bool:
    """Is a line above the type a body's name, who heads one, or the State's title and what belongs to that?"""
    said = line.strip(AROUND)
    return not said or has_title(said) or HOLDER.match(f"{said} ") is not None or _whole_body(said)


_LONGEST_TYPE = 48
"""More characters than any name of a type has."""


def _in_small_letters(lines: Sequence[Line], words: Lexicon) -> Typed:
    """The same where a copy has lost the capitals: "Kế hoạch" alone on its line, above a line that opens as titles do."""
    bare = list(map(str.strip, lines[:HEAD_LINES], repeat(AROUND)))
    for n, low in enumerate(map(str.lower, [line[:_LONGEST_TYPE] for line in bare])):
        if low not in words.types or words.types[low].name.lower() != low or not bare[n][0].isupper():
            continue
        following = next((row.strip(AROUND) for row in lines[n + 1 : n + 3] if row.strip(AROUND)), "")
        if _TITLE.match(following):
            title = Words(tuple(_title_lines(lines[n + 1 : n + 16])))
            return Typed(words.types[low].name, n, lines[n].span(bare[n]), title)
    return Typed()


def read_below_number(lines: Sequence[Line], number_line: int) -> Words:
    """Return the title of a copy that has lost the line of its type: in capitals right below number and day, above who decides or the
    grounds. No words where anything else stands there."""
    rows = [row for row in lines[number_line + 1 : number_line + 16] if not find_place_date(row)]
    parts = tuple(_title_lines(rows))
    if not parts or not all(map(str.isupper, parts)) or _whole_body(parts[0]) or "|" in "".join(parts):
        return NO_WORDS
    below = [row for row in rows if row.start > parts[-1].start and row.strip(AROUND)]
    if not below:
        return NO_WORDS
    decides = below[0].isupper() and is_authority(below[0].strip(AROUND), parts[-1], below[1:])
    return Words(parts) if decides or BELOW_HEADING.match(below[0]) else NO_WORDS


def _whole_body(line: str) -> bool:
    """Is the line a body's name and nothing else?"""
    body = BodyFinder(None).read(line, 0)
    return body is not None and body.end == len(line)


def _title_lines(rows: Sequence[Line]) -> Iterator[Line]:
    """The lines below the type word that are its title, without emphasis."""
    above = ""
    for n, row in enumerate(rows):
        clean = row.strip(AROUND)
        if _is_beside(clean):
            continue
        if not clean:
            if above and not _open(above, rows[n + 1 : n + 3 + _LONGEST_OPENING]):
                return
            continue
        if _is_no_title(row, clean) or (_ends_title(above, clean, rows[n:]) if above else _opens_no_title(clean)):
            return
        yield line_at(clean, row.span(clean)[0])
        above = clean


def _is_no_title(row: Line, clean: str) -> bool:
    """Is the line a rule, an item, or what stands below titles only?"""
    return is_ornament(row) or _NO_TITLE.search(clean) is not None or _is_of_a_list(row, clean)


def _opens_no_title(clean: str) -> bool:
    """Does the text begin right below the type, which has no title?"""
    prose = _PROSE.match(clean)
    if (prose and prose["hour"]) or (BODY_STARTS.match(clean) and not _LONG_TITLE.match(clean)):
        return True
    return _is_sentence(clean) or (clean.isupper() and _whole_body(clean))


def _ends_title(above: str, clean: str, rows: Sequence[Line]) -> bool:
    """Has the title ended before the first of these lines, which stands below `above`?"""
    if _begins_below_who_decided(above, clean):
        return False
    if _is_torn(clean, rows):
        return _ends_title(above, f"{clean} {rows[1].strip(AROUND)}", rows[1:])
    if BODY_STARTS.match(clean) or _opens_the_text(clean, rows[:5]) or _is_sentence_below(above, rows[:_MOST_LINES]):
        return True
    return clean.isupper() and (not _shouts(above) or is_authority(clean, above, rows[1:6]))


def _is_torn(clean: str, rows: Sequence[Line]) -> bool:
    """ "ỦY" / "BAN NHÂN DÂN TỈNH A", "Căn" / "cứ Luật …": has a narrow column torn the first word from what stands below?"""
    if " " in clean or len(clean) > _LONGEST_SYLLABLE or len(rows) < 2:
        return False
    joined = f"{clean} {rows[1].strip(AROUND)}"
    return BODY_STARTS.match(joined) is not None or (joined.isupper() and BodyFinder(None).read(joined, 0) is not None)


_LONGEST_SYLLABLE = 7


def _is_beside(clean: str) -> bool:
    """Is it what stands beside a title: number and day, how fast the document goes ("(HỎA TỐC)"), what kind it is ("(Nghị quyết chuyên
    đề)")?"""
    if _NUMBER_LINE.match(clean) or (clean.count(",") == 1 and find_place_date(clean)):
        return True
    return URGENT.fullmatch(f" {clean}") is not None or _OF_ITSELF.fullmatch(clean) is not None


_NUMBER_LINE = re.compile(rf"Số\s*:?\s*(?:[0-9]{{1,5}}\s?[-/]\s?[{UPPER}0-9]|[.…]*\Z)")
"""The document's own number, or the room for it, which some print below the type; a title goes on with "số 12/NQ-CP" in small letters."""


def _is_of_a_list(row: str, clean: str) -> bool:
    """Is the line an item ("- Cục Hóa chất cập nhật số liệu;") or a row of a table ("TT | Nội dung | Đơn vị")?"""
    if row.count("|") >= _MOST_CELLS - 1:
        return sum(map(bool, map(str.strip, row.split("|")))) >= _MOST_CELLS
    return clean.endswith((".", ";", ":")) and row.lstrip(AROUND).startswith(("- ", "+ ", "– "))


_MOST_CELLS = 3
"""More than a heading has side by side."""


def _opens_the_text(clean: str, rows: Sequence[Line]) -> bool:
    """Does the first of these lines, without emphasis, begin the text below the title?"""
    if _PROSE.match(clean) or (len(clean) > _PARAGRAPH and not clean.isupper()):
        return True
    return _AT_A_MEETING.match(clean) is not None and _announces(rows)


_MOST_LINES = 9
"""Of the first sentence of a text."""
_SHORTEST_SENTENCE = 90
_STOP = re.compile(rf"[.:](?:$|(?<=\.)\s+(?=[{UPPER}]))")


def _is_sentence_below(above: str, rows: Sequence[Line]) -> bool:
    """Do these lines begin the text, whose first sentence has a stop as no title has? It begins with a capital where a line is broken
    before the width that the others have, or where only one line begins so."""
    said: list[str] = []
    for row in rows:
        bare = row.strip(AROUND)
        if not bare or BODY_STARTS.match(bare) or (said and _PROSE.match(bare)):
            return False
        said.append(bare)
        if any(not shortens(bare, stop.start()) for stop in _STOP.finditer(bare)):
            break
    else:
        return False
    if sum(map(len, said)) < _SHORTEST_SENTENCE and not _says_who_works(said):
        return False
    width = max(map(len, said)) - 2
    begins = [
        (n, len(before) + len(line.split()[0]) < width)
        for n, (before, line) in enumerate(pairwise([above, *said]))
        if line[0].isupper() and not line.isupper() and not before.endswith(":") and not _BREAKS_OFF.search(before)
    ]
    short = [n for n, broken_early in begins if broken_early]
    return short[-1] == 0 if short else [n for n, _ in begins] == [0]


def _is_sentence(line: str) -> bool:
    """Does the line right below the type begin the text, as where a document has no title? It has a stop, and opens with a body or tells of
    what has been done: "Ban Thường vụ đã sơ kết …."."""
    if _shouts(line) or _TITLE.match(line):
        return False
    stops = any(line[at.start()] == "." and not shortens(line, at.start()) for at in _STOP.finditer(line))
    return stops and (" đã " in line or BodyFinder(None).read(line, 0) is not None)


def _says_who_works(said: Sequence[str]) -> bool:
    """Does a short sentence tell of work, as no title does that has begun: "Bộ Xây dựng hoàn thiện hồ sơ.", "Quán triệt Chỉ thị ….", of
    how something is ("Việc sắp xếp còn chậm."), or lead to it: "Thủ tướng Chính phủ yêu cầu:"?"""
    sentence = " ".join(said)
    if sentence.endswith(".") and not _TELLS.isdisjoint(sentence.split()[1:]):
        return True
    if _works().match(sentence):
        return True
    if _LEADS_TO_WORK.fullmatch(sentence):
        return True
    held = HOLDER.match(sentence)
    body = BodyFinder(None).read(sentence, held.end() if held else 0) if sentence[:1].isupper() else None
    return body is not None and _works().match(sentence[body.end :].lstrip()) is not None


_TELLS = frozenset(("đã", "vẫn", "sẽ", "còn", "được", "cần", "phải", "chưa", "đạt"))
_LEADS_TO_WORK = re.compile(
    rf"[{UPPER}][^,;:.]{{2,120}}?\s(?:(?:{SPEAKS}|{DIRECTS})(?:\s+(?:{AS_FOLLOWS}|{SEVERAL}|{CONTENT}|sau|việc))*|{AS_FOLLOWS})\s*[:.]"
)
"""Nothing but who speaks, and that what is said follows."""


@cache
def _works() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{ISSUES}|{one_of(phrase for phrase, use in kinds('tasks.csv').items() if use == 'work')})\s",
        re.IGNORECASE,
    )


def _announces(rows: Sequence[Line]) -> bool:
    """Do these lines lead to what follows with a colon, before anything else begins?"""
    for row in rows:
        bare = row.strip(AROUND)
        if bare.endswith(":") or not bare or BODY_STARTS.match(bare):
            return bare.endswith(":")
    return False


_ENACTS = re.compile(
    rf",\s[{UPPER}][^,;]{{2,80}}?\s(?:{SPEAKS}|lập|đề\s+ra)\s.*[.:]$"
    rf"|^{one_of(phrase for phrase, use in kinds('tasks.csv').items() if use in ('give', 'call'))}\s.*\.$",
    re.IGNORECASE,
)
"""The first sentence of a document that has no title: "Thực hiện Kết luận số 60-KL/TW, Ban Thường vụ ban hành kế hoạch."."""


def _shouts(line: str) -> bool:
    """Does the line stand in capitals, but for the symbols of documents ("SỐ 135/1998/QĐ-TTg NGÀY …")?"""
    return line.isupper() or "".join(word for word in line.split() if "/" not in word[:-1]).isupper()


# "Thực hiện Chỉ thị số 32-CT/TW … về …": a title of any length ends without a mark; the sentence that enacts ends in a colon.
_LONG_TITLE = re.compile(r"(?i:Thực\s+hiện)\s.{200,500}[^:;.,\s]$")
_BELOW_A_TITLE = rules(
    ("who wires", rf"\sđiện\s*:\s*$|{OFFICE_IN_CAPITALS}\s[^{LOWER}]*\s(?:điện|ĐIỆN)\s*:", "THỦ TƯỚNG CHÍNH PHỦ điện:"),
    ("for what session", r"^\(\s*(?:Phục\s+vụ|(?:Trình|Báo\s+cáo)\s+(?:tại\s+)?(?i:kỳ\s+họp))\s", "(Phục vụ kỳ họp thứ 2)"),
    ("the time of a report", r"^\(?\s*Kỳ\s+báo\s+cáo|^\(\s*(?:Số\s+liệu|Tính|Từ\s+ngày|Thời\s+(?:điểm|gian|kỳ))\s", "(Kỳ báo cáo: quý I)"),
    ("up to when it tells", r"^\(\s*(?:Từ|Đến|Lúc)\s+(?:ngày\s|[0-9])", "(Đến 7h00 ngày 10/9/2024)"),
    ("what it came with", rf"^\(?\s*(?i:{ALONG})\s", "(Kèm theo Quyết định số 5/QĐ-UBND)"),
    ("to whom it goes", rf"^{ADDRESS}", "Kính gửi: Các sở"),
    ("an answer", r"^(?:Phúc\s+đáp|Trả\s+lời)\s.{60}", "Trả lời Công văn số 12/SNV-VP của Sở Nội vụ về việc tuyển dụng viên chức năm"),
    ("an invitation", r"(?i:(?:kính|trân\s+trọng|xin)\s+mời(?!\w))", "UBND tỉnh trân trọng kính mời:"),
)  # fmt: skip
_NO_TITLE = re.compile(either(*_BELOW_A_TITLE))


def is_authority(clean: str, above: str, below: Sequence[str]) -> bool:
    """Is the line who decides, which stands again between the title and the grounds: "BỘ TRƯỞNG BỘ Y TẾ" / "Căn cứ …"?"""
    following = [said for row in below if (said := row.strip(AROUND))]
    if _BREAKS_OFF.search(above):
        return False
    if following and following[0].isupper() and not HOLDER.fullmatch(f"{clean} "):
        broken = _decides(f"{clean} {following[0]}", following[1:])
        return broken or _decides(clean, following)
    if following and HOLDER.fullmatch(f"{clean} "):
        clean, following = f"{clean} {following[0]}", following[1:]
    return _decides(clean, following)


def _decides(named: str, following: Sequence[str]) -> bool:
    """Is it an office or a body and nothing else, above the session and the grounds?"""
    if following and SESSION.match(following[0]):
        following = following[1:]
    if not following or not BELOW_HEADING.match(following[0]):
        return False
    held = HOLDER.match(named)
    body = BodyFinder(None).read(named, held.end() if held else 0)
    return held is not None or (body is not None and body.end == len(named)) or _OF_HERE.fullmatch(named) is not None


_OF_HERE = re.compile(rf"{one_of(words('at each level'))}\s+{UNIT}", re.IGNORECASE)
"""Of "ỦY BAN NHÂN DÂN TỈNH" / "Căn cứ …", that of the province which stands in the letterhead."""


_SMALL = re.compile(rf"[{LOWER}]{{2,}}\s")
"""Of a line that begins with a word in small letters, as no paragraph does; what stands there in italics is a line of its own."""


def _open(above: str, below: Sequence[str]) -> bool:
    """Does the title go on below a blank line: it breaks off ("Về việc"), its subject stands in quotes on a line of its own, a line goes
    on in small letters ("trên địa bàn huyện A"), or the line says who decided ("CỦA BỘ CHÍNH TRỊ" / "về đột phá …")?"""
    row = next((row for row in below[:2] if row.strip(AROUND)), "")
    following = row.strip(AROUND)
    broken = _BREAKS_OFF.search(above) is not None and not above.isupper()
    quoted = following.startswith(("“", '"')) or (above.endswith(("”", '"')) and following[:1].islower())
    low = _SMALL.match(row.lstrip()) is not None and above[-1] not in ".;:" and following[-1] not in ".;:"
    low = low and not _leads_on(below)
    return bool(following) and (broken or quoted or low or _begins_below_who_decided(above, following))


def _begins_below_who_decided(above: str, following: str) -> bool:
    return above.isupper() and above.startswith(_WHO_DECIDED) and _TITLE.match(following) is not None


def _leads_on(below: Sequence[str]) -> bool:
    """Does the paragraph that stands first below lead to what follows: "thực hiện Công văn A, xã" / "báo cáo như sau:"?"""
    rows = takewhile(str.strip, dropwhile(lambda row: not row.strip(), below))
    return any(row.rstrip().endswith(":") for row in islice(rows, _LONGEST_OPENING))


_LONGEST_OPENING = 4
"""Lines."""
_WHO_DECIDED = ("CỦA ", "HỘI NGHỊ ")
_TITLE = re.compile(rf"{TITLE_OPENS}\s", re.IGNORECASE)


_BREAKS_OFF = re.compile(rf"(?:^|\s)(?:về\s+việc|{JOINS})$|,$", re.IGNORECASE)


@cache
def _types_by_slug() -> dict[str, DocumentType]:
    """Types by their letters without marks, where these name one type only."""
    found: dict[str, set[DocumentType]] = {}
    for word, kind in lexicon().types.items():
        found.setdefault(slug(word), set()).add(kind)
    return {plain: next(iter(kinds)) for plain, kinds in found.items() if len(kinds) == 1}
