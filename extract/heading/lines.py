"""Lines of a heading or signature block that a converter ran together, set apart again.

Copied from a web page, a heading's cells often land on one line: "Hà Nội, ngày 30 tháng 12 năm 2022 THÔNG TƯ SỬA ĐỔI …",
"TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Văn A". The form of documents (Nghị định 30/2020/NĐ-CP, Phụ lục I) says
where one part ends: behind the date, behind a rule, behind the type word, before "KT.", before the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from chidao.extract.language.letters import LETTER, UPPER
from chidao.extract.language.lexicon import Lexicon
from chidao.extract.language.patterns import GROUNDS, MOTTO, NATION, OFFICE_IN_CAPITALS, PEN_DAY, SIGNS_FOR

HEAD_LINES = 45
"""Where a heading ends at the latest."""
_CELL = re.compile(r"\s*\|\s*|\t+|(?<=\S)[ \u00a0]{3,}(?=\S)")
_RULE = re.compile(r"(?<=\S)\s+[-_—–=*]{3,}(?:\s+|$)")
_DATED = re.compile(rf"(?:(?<=\d)|,)\s*{PEN_DAY}\s+(?=[{UPPER}]{{2}})")
_BEHALF = re.compile(r"(?<=\S)\s+(?=(?:KT|TL|TUQ|T/L|K/T)\.\s*[A-ZĐ])")
_DEPUTY = re.compile(r"(?<=\S)\s+(?=(?:PHÓ|THỨ\s+TRƯỞNG)(?:\s|$))")
_SIGNS = re.compile(rf"^[\s*_|]*(?:{SIGNS_FOR}\s?\.|(?:PHÓ\s+)?{OFFICE_IN_CAPITALS}(?![{LETTER}]))")
_NAME_BEHIND = re.compile(
    rf"(?<=[{UPPER}]{{2}})\s+(?P<name>[{UPPER}][a-zà-ỹđ]+(?:\s+[{UPPER}][a-zà-ỹđ]*){{1,4}})(?:\s*$|\s+(?=[{UPPER}]{{2}}))"
)
# The right column's two lines, run on behind the left one's.
_MOTTO_BEHIND = re.compile(rf"(?<=\S)[\s_]+(?={NATION}|{MOTTO})")
BELOW_HEADING = re.compile(rf"[\s*_>-]*{GROUNDS}", re.IGNORECASE)
"""A line that is no more of a heading."""


class Line(str):
    """A line, or part of one, that knows where it begins in the text: `start` is an offset into the composed text."""

    start: int

    def span(self, part: str, *, last: bool = False) -> tuple[int, int]:
        """Where `part` of the line begins and ends in the text; the first such part, or the last."""
        at = self.start + (self.rfind(part) if last else self.find(part))
        return at, at + len(part)


def line_at(text: str, start: int) -> Line:
    """Return a line that begins at `start`."""
    line = Line(text)
    line.start = start
    return line


def split_lines(text: str) -> list[Line]:
    """Return the lines of the composed text, without their ends."""
    found, at = [], 0
    for text_line in text.split("\n"):
        line = Line(text_line)
        line.start = at
        found.append(line)
        at += len(line) + 1
    return found


def columns(line: str) -> list[str]:
    """The cells of a line; most lines are one, and a look for what parts cells costs less than the pattern."""
    return _CELL.split(line) if "|" in line or "\t" in line or "   " in line or "\u00a0" in line else [line]


def cells(line: Line) -> list[Line]:
    """Return the cells of a line without the blanks and the emphasis around them."""
    bare = line.strip().lstrip("#")
    return list(_parts(line, (cell.strip().strip("*_").strip() for cell in columns(bare.strip()))))


def unfold(lines: Sequence[Line], words: Lexicon) -> list[Line]:
    """Return `lines` with what ran together on separate ones. Other lines are kept as they are."""
    head = [part for line in lines[:HEAD_LINES] for part in _parts(line, _head(line))]
    stop = next((n for n, line in enumerate(head) if BELOW_HEADING.match(line)), len(head))
    if not any(_type_of(line, words) == line.strip(" *_#") for line in head[:stop]):
        head = [part for line in head[:stop] for part in _parts(line, _typed(line, words))] + head[stop:]
    rest = lines[HEAD_LINES:]
    unfolded: list[Line] = []
    for line in (*head, *rest):
        if "|" in line or _SIGNS.match(line):
            unfolded += _parts(line, _signature(line))
        else:
            unfolded.append(line)
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


def _head(line: str) -> Iterator[str]:
    for part in _RULE.split(line) if "--" in line or "__" in line or "==" in line else [line]:
        if "|" not in part and (motto := _MOTTO_BEHIND.split(part))[1:]:
            yield from motto
        elif "năm" in part and (dated := _DATED.search(part)) and "|" not in part:
            yield part[: dated.end()].rstrip()
            yield part[dated.end() :]
        else:
            yield part


def _type_of(line: str, words: Lexicon) -> str | None:
    """The type word in capitals with which the line opens, as printed."""
    bare = line.strip(" *_#")
    if not bare[:2].isupper():
        return None
    for index, start, end in words.find_types(bare[:60]):
        if start == 0 and bare[:end].isupper() and not bare[end : end + 1].isalpha() and words.words[index]:
            return bare[:end]
        break
    return None


def _typed(line: str, words: Lexicon) -> Iterator[str]:
    """ "QUYẾT ĐỊNH VỀ VIỆC PHÊ DUYỆT …" is a type and a title."""
    kind = _type_of(line, words)
    bare = line.strip(" *_#")
    if (
        kind
        and bare.isupper()
        and len(bare) > len(kind) + 8
        and not bare[len(kind) :].lstrip().startswith(("SỐ", ":", "-"))
    ):
        yield kind
        yield bare[len(kind) :].strip()
    else:
        yield line


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
        for piece in _DEPUTY.split(part) if part.lstrip().startswith(("KT", "K/T")) else [part]:
            if name := _NAME_BEHIND.search(piece):
                yield from filter(None, (piece[: name.start()], name["name"], piece[name.end() :]))
            else:
                yield piece


def _signature_cell(line: str) -> list[str]:
    """The parts of "| KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Văn A |"; none where no cell holds a whole block."""
    parted = [list(_signature(c.strip())) if _SIGNS.match(c.strip()) else [c] for c in line.split("|")]
    return [part for parts in parted for part in parts if part.strip()] if any(len(p) > 2 for p in parted) else []
