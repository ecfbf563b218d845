"""Lines of a heading or signature block that a converter ran together, set apart again.

Copied from a web page, a heading's cells often land on one line: "Hà Nội, ngày 30 tháng 12 năm 2022 THÔNG TƯ SỬA ĐỔI …",
"TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Văn A". The form of documents (Nghị định 30/2020/NĐ-CP, Phụ lục I) says
where one part ends: behind the date, behind a rule, behind the type word, before "KT.", before the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from string import whitespace
from typing import TypeVar

from chidao.extract.frozen import quick
from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LETTER, LOWER, UPPER
from chidao.extract.language.lexicon import Lexicon
from chidao.extract.language.patterns import (
    CAPITALIZED,
    GROUNDS,
    MOTTO,
    NATION,
    OFFICE_IN_CAPITALS,
    PARTY_TITLE,
    PEN_DAY,
    SIGNS_FOR,
    SMUDGED_DAY,
    TITLE_OPENS,
    UNIT,
    YEAR,
)
from chidao.extract.language.tables import words
from chidao.extract.model import Span

T = TypeVar("T", bound=str)

HEAD_LINES = 45
"""Where a heading ends at the latest."""
_ORNAMENTS = f"{whitespace}\u00a0-–—_*=.~⸻─"
_TITLES = re.compile(rf"{NATION}|{MOTTO}|{PARTY_TITLE}", re.IGNORECASE)
"""The title of the State, its motto, and that of the Party, on the right of a letterhead."""
_HOUR = r"(?:(?:hồi|lúc)\s+[0-9]{1,2}\s*(?:giờ|h)\s*(?:[0-9]{1,2}\s*(?:phút)?)?\s*,?\s*)?"
"""Of a telegram: "Hà Nội, hồi 10 giờ 00 ngày 05 tháng 9 năm 2024"."""
_PLACE = (
    rf"[{UPPER}][{LETTER}’']*(?:(?:[ \u00a0]|\.\s?|\s?-\s?)[{UPPER}][{LETTER}’']*){{0,4}}(?: [1-9][0-9]?)?|"
    rf"TP\.?\s*[{UPPER}][{LETTER} ]+?"
)
_PLACE_DATE = re.compile(rf"(?P<place>{_PLACE})\s*,\s*{_HOUR}(?P<day>{PEN_DAY})", re.IGNORECASE)
_PLACE_SMUDGED = re.compile(_PLACE_DATE.pattern.replace(PEN_DAY, SMUDGED_DAY), re.IGNORECASE)
_FIGURES = rf"(?P<d>[0-3]?[0-9])\s?(?P<sep>[/.-])\s?(?P<m>[01]?[0-9])\s?(?P=sep)\s?(?P<y>{YEAR})"
_EDGE = r"[|\t]|[ \u00a0]{3,}"
_IN_FIGURES = re.compile(rf"\s*,\s*(?P<day>ngày\s+{_FIGURES})[*_).]*\s*(?:$|{_EDGE})")
_PLACE_IN_FIGURES = re.compile(
    rf"(?:^|[|\t]|(?<![ \u00a0])[ \u00a0]{{3,}}+)\s*+[*_(]*(?!(?:Tại|Từ|Vào)\s)(?P<place>{_PLACE}){_IN_FIGURES.pattern}"
)
"""Of "Tân Lập, ngày 15/9/2025", which must be all of its cell: running text has such days too."""
DAY_BEHIND = re.compile(r",\s*(?:ng[àa]y|hồi|lúc)", re.IGNORECASE)
"""What a heading's day begins with, behind the place."""
_CELL = re.compile(r"\s*\|\s*|\t+|(?<=\S)[ \u00a0]{3,}(?=\S)")
_RULE = re.compile(r"(?<=\S)\s+[-_—–=*]{3,}(?:\s+|$)")
_DATED = re.compile(rf"{PEN_DAY}\s+(?=[{UPPER}]{{2}}|V/v\s)")
_BEHALF = re.compile(rf"(?<=\S)\s+(?={SIGNS_FOR}\.\s*[{UPPER}])")
_DEPUTY = re.compile(r"(?<=\S)\s+(?=(?:PHÓ|THỨ\s+TRƯỞNG)(?:\s|$))")
_OFFICE_BEHIND = re.compile(
    rf"(?<=[{UPPER}]{{2}})(?<!PHÓ)(?<!QUYỀN)\s+(?=(?:PHÓ\s+)?{OFFICE_IN_CAPITALS}\s+[{UPPER}][{LOWER}])"
)
"""Of "T/M BAN THƯỜNG VỤ PHÓ BÍ THƯ Trần Văn A": an organ, and who signs for it."""
AROUND = " \t\r\f\v\u00a0*_#"
"""Blanks, and the marks of headings and emphasis."""
_SIGNS = re.compile(
    rf"^[\s*_|]*(?:{SIGNS_FOR}(?:\s?\.|\s+(?=[{UPPER}]{{2}}))|(?:PHÓ\s+)?{OFFICE_IN_CAPITALS}(?![{LETTER}]))"
)
_NAME_BEHIND = re.compile(
    rf"(?<=[{UPPER}]{{2}})\s+(?P<name>[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]*){{1,4}})(?:\s*$|\s+(?=[{UPPER}]{{2}}))"
)
# The right column's two lines, run on behind the left one's.
_MOTTO_BEHIND = re.compile(rf"(?<=\S)[\s_]++(?={NATION}|{MOTTO}|{PARTY_TITLE}(?!\w))")
BELOW_HEADING = re.compile(rf"[\s*_>-]*{GROUNDS}", re.IGNORECASE)
"""A line that is no more of a heading."""
BELOW_OPENS = frozenset(f"*_>-{whitespace}") | {
    case for said in GROUNDS.examples for case in (said[0].lower(), said[0])
}
"""With what such a line begins: most others need no pattern."""


_SHOUTS = re.compile(rf"\n[{AROUND}]*+(?:[{UPPER}][^{LOWER}]|[^{UPPER}{LOWER}\s][{UPPER}])")


class Line(str):
    """A line, or part of one, that knows where it begins in the text: `start` is an offset into the composed text. `shouts`: it begins
    with capitals, as a type and an office do."""

    __slots__ = ("shouts", "start")
    start: int
    shouts: bool

    def span(self, part: str, *, last: bool = False) -> tuple[int, int]:
        """Return where `part` of the line begins and ends in the text; the first such part, or the last."""
        at = self.start + (self.rfind(part) if last else self.find(part))
        return at, at + len(part)


def line_at(text: str, start: int) -> Line:
    """Return a line that begins at `start`."""
    line = Line(text)
    line.start = start
    line.shouts = _SHOUTS.match(f"\n{text}\n") is not None
    return line


def split_lines(text: str) -> list[Line]:
    """Return the lines of the composed text, without their ends."""
    found = list(map(Line, text.split("\n")))
    shouting = {line.start() for line in _SHOUTS.finditer(f"\n{text}\n")}
    at = 0
    for line, length in zip(found, map(len, found), strict=True):
        line.start, line.shouts = at, at in shouting
        at += length + 1
    return found


@quick
@dataclass(frozen=True, slots=True)
class Words:
    """Words on one or more lines, each line's part with its place."""

    parts: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(self.parts)

    def span(self, words: str | None) -> Span | None:
        """Return where some of the words begin and end in the text; None for no words."""
        if not words:
            return None
        at = self.text.index(words)
        return self.place(at, at + len(words))

    def place(self, start: int, end: int) -> Span:
        """Return where what stands at start..end of the words begins and ends in the text."""
        return self._offset(start), self._offset(end - 1) + 1

    def without(self, start: int, end: int) -> Words:
        """Return the words but those at start..end, each part with its place."""
        kept: list[Line] = []
        at = 0
        for part in self.parts:
            for begin, stop in ((at, min(start, at + len(part))), (max(end, at), at + len(part))):
                piece = part[begin - at : stop - at]
                if begin < stop and piece.strip():
                    kept.append(line_at(piece.strip(), part.start + begin - at + len(piece) - len(piece.lstrip())))
            at += len(part) + 1
        return Words(tuple(kept))

    def _offset(self, at: int) -> int:
        for part in self.parts:
            if at < len(part):
                return part.start + at
            at -= len(part) + 1
        raise IndexError(at)


NO_WORDS = Words()


def parted(line: str) -> bool:
    """May a line be several cells? A look for what parts cells costs less than the pattern."""
    return "|" in line or "\t" in line or "   " in line or "\u00a0" in line


def columns(line: str) -> list[str]:
    """Return the cells of a line; most lines are one."""
    return _CELL.split(line) if parted(line) else [line]


def cells(line: Line) -> list[Line]:
    """Return the cells of a line without the blanks and the emphasis around them."""
    bare = line.strip(AROUND)
    if parted(bare):
        return list(_parts(line, map(str.strip, _CELL.split(bare), repeat(AROUND))))
    return [line_at(bare, line.start + line.index(bare))]


def is_ornament(line: str) -> bool:
    """Return whether a line has rules, stars and dots in it and nothing else."""
    return not line.strip(_ORNAMENTS)


def has_title(text: str) -> bool:
    """Does the text hold the title of the State or the Party, or the motto?"""
    low = text.lower()
    return ("cộng" in low or "độc" in low) and _TITLES.search(text) is not None


_FAR = 400
"""Characters; no place with the blanks before it is longer."""


def find_place_date(line: str) -> re.Match[str] | None:
    """Place and date in a line. Only what surrounds ", ngày" is searched, so that a line of any length is read at once."""
    for day in DAY_BEHIND.finditer(line) if "," in line else ():
        around = line, max(0, day.start() - 80), day.end() + 80
        behind = line[day.end() : day.end() + 80].lower()
        in_words = "năm" in behind or "nam" in behind
        if in_words and (match := _PLACE_DATE.search(*around) or _PLACE_SMUDGED.search(*around)):
            return match
        cell = _IN_FIGURES.match(line, day.start())
        if cell and (match := _PLACE_IN_FIGURES.search(line, max(0, day.start() - _FAR), cell.end())):
            return match
    return None


_NAME_BEHIND_WORDS = re.compile(
    rf"(?<!\S)(?:(?i:{UNIT})\s+)?(?:TP\.?\s*)?[{UPPER}0-9]\S*(?:\s+(?:[–-]\s+)?[{UPPER}0-9]\S*)*$"
)


def name_behind(printed: str) -> str:
    """Return a place's name, with its unit, without what a line has before it.

    >>> name_behind("vị sự nghiệp Hà Nội"), name_behind("Chỉ đạo tại Bà Rịa - Vũng Tàu"), name_behind("Thành phố Hồ Chí Minh")
    ('Hà Nội', 'Bà Rịa - Vũng Tàu', 'Thành phố Hồ Chí Minh')
    """
    name = _NAME_BEHIND_WORDS.search(printed)
    return name.group() if name else printed


def unfold(lines: Sequence[Line], words: Lexicon) -> list[Line]:
    """Return `lines` with what ran together on separate ones. Other lines are kept as they are."""
    head = _set_apart(lines[:HEAD_LINES])
    if [line for line in head if line.shouts]:
        below = (n for n, line in enumerate(head) if line[:1] in BELOW_OPENS and BELOW_HEADING.match(line))
        stop = next(below, len(head))
        printed = [line for line in head[:stop] if line.shouts]
        if printed and not any(_type_of(line, words) == line.strip(" *_#") for line in printed):
            typed = [_parts(line, _typed(line, words)) if line.shouts else (line,) for line in head[:stop]]
            head = [*chain.from_iterable(typed), *head[stop:]]
    unfolded: list[Line] = []
    for line in (*head, *lines[HEAD_LINES:]):
        signed = "|" in line or (line.shouts and _SIGNS.match(line))
        unfolded += _parts(line, _signature(line)) if signed else (line,)
    return unfolded


def _parts(line: Line, parts: Iterable[str]) -> Iterator[Line]:
    """The parts of a line, in their order, each with its place."""
    at = 0
    for part in parts:
        if part is line:
            yield line
            return
        at = line.index(part, at)
        yield line_at(part, line.start + at)
        at += len(part)


_RULED = ("--", "__", "==")
_TITLED = ("CỘNG", "Độc")
"""One of these is in the State's title, in its motto and in the Party's title, as `NATION`, `MOTTO` and `PARTY_TITLE` read them."""
_SIGN_BEHIND = " Số: "
_BESIDE = (*_RULED, *_TITLED, _SIGN_BEHIND)
"""What others may stand beside on a line of a heading: a rule, a title, a number's sign."""


def _set_apart(lines: Sequence[Line]) -> list[Line]:
    """The lines of a heading, with what stands beside a rule, the State's title or a day on lines of its own. Most have none of that, as
    a look at all of them together tells."""
    said = "\n".join(lines)
    beside = [mark for mark in _BESIDE if mark in said]
    dated = {n for n, _ in lines_with(_DATED, lines)}
    if not (beside or dated):
        return list(lines)
    head: list[Line] = []
    for n, line in enumerate(lines):
        apart = n in dated or [mark for mark in beside if mark in line]
        head += _parts(line, _head(line)) if apart else (line,)
    return head


def lines_with(pattern: re.Pattern[str], lines: Sequence[T]) -> Iterator[tuple[int, T]]:
    """Yield the lines in which something begins that the pattern finds, each with its index: one search of all of them together.

    >>> [n for n, _ in lines_with(re.compile("ngày"), split_lines("Huế,\\nngày 5, ngày 6\\n\\nngày 7"))]
    [1, 3]
    """
    said = "\n".join(lines)
    n, at, last = 0, 0, -1
    for found in pattern.finditer(said):
        start = found.start()
        n, at = n + said.count("\n", at, start), start
        if n > last:
            yield n, lines[n]
            last = n


def _head(line: str) -> Iterator[str]:
    if "|" in line and _MELTED_CELL.search(line):
        for cell in line.split("|"):
            for melted in _melted(cell.strip()):
                yield from _behind_day(melted)
        return
    for part in _RULE.split(line) if any(rule in line for rule in _RULED) else [line]:
        titled = "|" not in part and any(word in part for word in _TITLED)
        if titled and (motto := _MOTTO_BEHIND.split(part))[1:]:
            for piece in motto:
                for melted in _melted(piece):
                    yield from _behind_day(melted)
        elif _SIGN_BEHIND in part and part[: part.index(_SIGN_BEHIND)].isupper():
            for piece in _NUMBER_BEHIND.split(part, maxsplit=1):
                yield from _behind_day(piece)
        else:
            yield from _behind_day(part)


def _behind_day(part: str) -> Iterator[str]:
    """ "Hà Nội, ngày 30 tháng 12 năm 2022 THÔNG TƯ …" is two lines."""
    dated = None if "|" in part else next((d for d in _DATED.finditer(part) if _is_apart(part, d.start())), None)
    if dated:
        yield part[: dated.end()].rstrip()
        yield part[dated.end() :]
    else:
        yield part


_NEAR = 256
"""Characters; no more blanks stand one behind the other in a composed text."""


def _is_apart(part: str, at: int) -> bool:
    """Does a comma or a figure stand before the day, as behind a place and a number?"""
    before = part[max(0, at - _NEAR) : at].rstrip()[-1:]
    return before == "," or before.isdecimal()


_MOTTO_AHEAD = re.compile(
    r"(?<=CHỦ NGHĨA VIỆT NAM)\s+(?=\S)|(?<=Hạnh [pP]húc)\s+(?=\S)|(?<=CỘNG SẢN VIỆT NAM)\s+(?=Số|[^,]{2,40},\s+ngày\s)"
)
_MELTED_CELL = re.compile(r"CHỦ NGHĨA VIỆT NAM\s+[^|\s]|CỘNG SẢN VIỆT NAM\s+(?:Số|[^|,]{2,40},\s+ngày\s)")
"""Of "| CỘNG HÒA … VIỆT NAM Độc lập - … Lào Cai, ngày … |", a cell whose lines ran together."""
_NUMBER_BEHIND = re.compile(rf"(?<=[{UPPER}0-9])\s+(?:\*\s+)?(?=(?:Số|SỐ)\s*:?\s*[0-9]{{1,5}}\s?[-/])")
_CODE_AHEAD = re.compile(rf"(?<=[0-9{UPPER}])\s+(?=(?:TP\.?\s*)?{CAPITALIZED}(?:\s{CAPITALIZED}){{0,3}},\s+ngày\s)")


def _melted(piece: str) -> Iterator[str]:
    """The parts of a letterhead that a converter ran into one line: issuer, title of the nation, number, place and day."""
    for part in _MOTTO_AHEAD.split(piece):
        for cell in _NUMBER_BEHIND.split(part, maxsplit=1):
            yield from _CODE_AHEAD.split(cell, maxsplit=1)


def _type_of(line: str, words: Lexicon) -> str | None:
    """The type word in capitals with which the line opens, as printed."""
    bare = line.strip(" *_#")
    for index, start, end in words.find_types(bare[:60]):
        if start == 0 and bare[:end].isupper() and not bare[end : end + 1].isalpha() and words.words[index]:
            return bare[:end]
        break
    return None


def _typed(line: Line, words: Lexicon) -> Iterator[str]:
    """ "QUYẾT ĐỊNH VỀ VIỆC PHÊ DUYỆT …" is a type and a title."""
    kind = _type_of(line, words)
    bare = line.strip(" *_#")
    if (kind and _TITLE_BEHIND.match(bare, len(kind))) or (
        kind
        and bare.isupper()
        and len(bare) > len(kind) + 8
        and not bare[len(kind) :].lstrip().startswith(("SỐ", ":", "-"))
    ):
        yield kind
        yield bare[len(kind) :].strip()
    else:
        yield line


_LOW_VERBS = one_of(words("verb of a title"))
# What a title in small letters begins with, behind its type on one line: "NGHỊ QUYẾT Về một số cơ chế …".
_TITLE_BEHIND = re.compile(
    rf"\s+(?:(?:về|của\s(?:Ban|Bộ|Hội)|{_LOW_VERBS}|(?i:{TITLE_OPENS}))\s|(?!(?i:số|này|trên|của|do|được|đã|là|sau|có)\s)[{UPPER}{LOWER}][{LOWER}]+\s[^\n]{{20,}}[^.:;]$)"
)
"""How a title goes on behind its type: as titles do, or at some length and as no sentence ("THÔNG BÁO Kết luận của Chủ tịch …")."""


def _signature(line: str) -> Iterator[str]:
    """ "KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Văn A" is three lines; so is a whole block in one cell of a table."""
    if "|" in line:
        if len(line) < 600 and (parts := _signature_cell(line)):
            yield from parts
        else:
            yield line
        return
    if len(line) > 240 or not _SIGNS.match(line):
        yield line
        return
    for part in _BEHALF.split(line):
        for piece in (_DEPUTY if part.lstrip().startswith(("KT", "K/T")) else _OFFICE_BEHIND).split(part):
            if name := _NAME_BEHIND.search(piece):
                yield from filter(None, (piece[: name.start()], name["name"], piece[name.end() :]))
            else:
                yield piece


def _signature_cell(line: str) -> list[str]:
    """The parts of "| KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Văn A |"; none where no cell holds a whole block."""
    parted = [list(_signature(c.strip())) if _SIGNS.match(c.strip()) else [c] for c in line.split("|")]
    return [part for parts in parted for part in parts if part.strip()] if any(len(p) > 2 for p in parted) else []
