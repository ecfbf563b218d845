"""The document's own number and symbol, as its head prints them: "Số: 12/NQ-CP", "Số 16-CTr/TU", "Số:       /KH-UBND"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chidao.extract.frozen import quick
from chidao.extract.heading.lines import (
    AROUND,
    BELOW_HEADING,
    BELOW_OPENS,
    HEAD_LINES,
    Line,
    columns,
    find_place_date,
    has_title,
    lines_with,
)
from chidao.extract.language.codes import CODE, Code, read_code
from chidao.extract.language.lexicon import Lexicon
from chidao.extract.language.patterns import NUMBER_SIGN, SCANNED_SIGN
from chidao.extract.language.symbols import agrees, symbol_types
from chidao.extract.model import Span
from chidao.ontology.authority import types_of

_NUMBER = re.compile(
    rf"(?>{SCANNED_SIGN}|{NUMBER_SIGN})[*_]*+[.…\s]*+(?=[0-9/\-–])(?P<code>[^\s|][^|\n]*)",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[Ss][ốỐôÔổỔỗỖồỒộỘóÓỏỎ](?<![^\s|*]..)")
"""How the word before a number begins, as OCR may have it: a line without it holds none."""
_JOINT = re.compile("[/\\-\u2010\u2011\u2012\u2013\u2014\u2015\u2212][^\n]*")
"""A line without such a mark holds no symbol."""
_BLANK = re.compile(r"[/\-–]\s*(?P<symbol>[A-ZĐ][A-Za-zĐđƯ&]*(?:\s?[-/–]\s?[A-ZĐ][A-Za-zĐđ&0-9]*)*)")


@quick
@dataclass(frozen=True, slots=True)
class OwnCode:
    """The document's own number and symbol, `line` where they stand in its head, and their place in the text."""

    number: str | None = None
    symbol: str | None = None
    year: int | None = None
    line: int | None = None
    span: Span | None = None


def read_number(
    lines: Sequence[Line], words: Lexicon, type_line: int | None = None, kind: str | None = None
) -> OwnCode:
    """Number, symbol and year of "Số: 12/NQ-CP", "Số 16-CTr/TU", "Số:       /KH-UBND" (a draft's blank number)."""
    for n, line in _numbered(lines[:HEAD_LINES], _caption(lines, words)):
        opens = line.lstrip(_BEFORE)[:1]
        if opens in _MARKS and (lost := _lost_number(line, n, words, type_line)):
            return lost
        if opens == _SMUDGED_OPENS and (smudged := _smudged_number(line, n, words)):
            return smudged
        match = _said(line)
        if not match:
            continue
        before = line[: max(match.start() - 1, 0)]
        begins = _begins_cell(before)
        # The National Assembly's heading: "Luật số: 31/2024/QH15", with nothing behind it in its column.
        if not begins and not _is_type(before, words):
            continue
        raw, at = match["code"].strip(), line.start + match.start("code")
        code = _printed_code(raw, words)
        if not begins and not (code and _ends_cell(raw[code.end :])):
            continue
        if code and (_CITED.match(raw, code.end) or (kind and _is_below(n, type_line) and not of_type(code, kind))):
            continue  # running text: "Số 29-NQ/TW ngày 25/10/2017 của Ban Chấp hành …", or below the type another type's
        if code:
            return OwnCode(code.number, code.symbol, code.year, n, (at + code.start, at + code.end))
        if blank := _BLANK.match(raw):
            padded = bare_code("0" + raw)
            return OwnCode(None, padded.symbol if padded else blank["symbol"], None, n, (at, at + blank.end()))
    return OwnCode()


def _is_type(before: str, words: Lexicon) -> bool:
    """Is what stands before a number in its column the document's type and nothing else?"""
    return " ".join(before.rpartition("|")[2].strip(" *_#").lower().split()) in words.types


def _caption(lines: Sequence[Line], words: Lexicon) -> int:
    """Return the line with which a web page says above the letterhead what it shows, "Hướng dẫn số 04/2011/HD-STC" above "Số: 04/HD-STC",
    or -1: the document's own number stands below."""
    first = next((n for n, line in enumerate(lines[:HEAD_LINES]) if line.strip(_BEFORE)), 0)
    said = _said(lines[first]) if lines else None
    number = _FIGURES.match(said["code"]) if said and said.start() > 1 else None
    if said is None or number is None or _begins_cell(lines[first][: said.start() - 1]):
        return -1
    for line in lines[first + 1 : HEAD_LINES]:
        again = _said(line)
        before = line[: max(again.start() - 1, 0)] if again else ""
        own = _FIGURES.match(again["code"]) if again and (_begins_cell(before) or _is_type(before, words)) else None
        if own:
            return first if own.group().lstrip("0") == number.group().lstrip("0") else -1
    return -1


_FIGURES = re.compile(r"[0-9]+")


def _numbered(head: Sequence[Line], caption: int) -> Iterator[tuple[int, Line]]:
    """The lines of a head that may hold a symbol, each with its index, but for the caption above it; a law's number that opens a line
    below is no heading's."""
    below = (n for n, line in enumerate(head) if n != caption and line[:1] in BELOW_OPENS and BELOW_HEADING.match(line))
    for n, line in lines_with(_JOINT, head[: next(below, len(head))]):
        if n != caption and not _is_row(line):
            yield n, line


def _is_row(line: Line) -> bool:
    """Is it a row of a table: more cells than a letterhead has side by side?"""
    return line.count("|") >= _MOST_CELLS and sum(map(bool, map(str.strip, line.split("|")))) > _MOST_CELLS


_MOST_CELLS = 3
"""Issuer or number, and on its right place and day; a blank one may stand between."""


def _said(line: str) -> re.Match[str] | None:
    """The first word for a number in the line, with what stands behind it."""
    for sign in _SIGN.finditer(line):
        if match := _NUMBER.match(line, sign.start()):
            return match
    return None


def _is_below(n: int, type_line: int | None) -> bool:
    return type_line is not None and n > type_line


def of_type(code: Code, kind: str) -> bool:
    """Return whether the code can be of a document of this type. One that names no type can."""
    return not symbol_types(code.symbol) or agrees(kind, code.symbol)


_CITED = re.compile(r"\s*+(?:,\s*+)?(?:ngày\s[^|]{4,30}?\s+)?(?:của|về(?:\s+việc)?)\s", re.IGNORECASE)
_SYMBOL = r"[A-ZĐ][A-Za-zĐđ]{1,4}\s?[-/]\s?[A-ZĐ][A-Za-zĐđ&0-9]*(?:[-/][A-ZĐ][A-Za-zĐđ&0-9]*)*"
_MARKS = ("-", "/")
_BEFORE = f"{AROUND}|.…"
"""What may stand before a number on its line: blanks, bars, emphasis, dots for the pen."""
_LOST = re.compile(rf"[\s|*_.…]*[{''.join(_MARKS)}]\s?(?P<symbol>{_SYMBOL})(?=\s|$|\|)")


def _lost_number(line: Line, n: int, words: Lexicon, type_line: int | None) -> OwnCode | None:
    """The symbol of a number line whose beginning a scan lost: "/ TB-VPCP        Hà Nội, ngày …"."""
    lost = _LOST.match(line) if type_line is None or n < type_line else None
    if not lost or re.split(r"\s?[-/]", lost["symbol"])[0].lower() not in words.type_tokens:
        return None
    padded = bare_code("0/" + lost["symbol"])
    return OwnCode(
        None,
        padded.symbol if padded else lost["symbol"],
        None,
        n,
        (line.start + lost.start("symbol"), line.start + lost.end("symbol")),
    )


_SMUDGED_OPENS = "S"
_SMUDGED = re.compile(
    rf"[\s|*_]*(?={_SMUDGED_OPENS})(?:Số\s*:\s*|{SCANNED_SIGN})(?P<smudge>(?![0-9]+[a-zA-Z]?\s*/)[^\s/|.…]{{1,6}})\s*(?P<code>/\s?{_SYMBOL})(?=\s|$|\|)"
)


def _smudged_number(line: Line, n: int, words: Lexicon) -> OwnCode | None:
    """The symbol of a number line whose figures a scan has in no readable form: "Số: #4 /TTr -UBND", "Số: đŠ /QĐ-UBND"."""
    smudged = _SMUDGED.match(line)
    padded = bare_code(f"0{smudged['code']}") if smudged else None
    if not smudged or not padded or padded.head.lower() not in words.type_tokens:
        return None
    span = line.start + smudged.start("smudge"), line.start + smudged.end()
    return OwnCode(None, padded.symbol, None, n, span)


_NO_MARK = re.compile(r"(?P<number>[0-9]{1,5})\s?(?P<token>[A-ZĐ][A-Za-zĐđ]{1,4})(?=[-/][A-ZĐ])")


def _unmarked(raw: str, words: Lexicon) -> Code | None:
    """A code whose first mark a scan lost: "47NQ-CP"."""
    match = _NO_MARK.match(raw)
    if not match or match["token"].lower() not in words.type_tokens:
        return None
    code = bare_code(f"{match['number']}/{raw[match.start('token') :]}")
    return replace(code, end=code.end - 1 + match.start("token") - match.end("number")) if code else None


_SPREAD = re.compile(r"[0-9]{1,5}\s?/\s?[A-ZĐ]{2,6}(?P<gap>\s-\s?|-\s)[A-ZĐ]{2,6}(?=\s{2}|\s*\||\s*$)")
"""Of "4127/UBND - KTTH", "4127/UBND- KTTH", alone in its column."""


def _spread(raw: str) -> Code | None:
    """A code whose hyphen was set with blanks."""
    match = _SPREAD.match(raw)
    code = bare_code(f"{raw[: match.start('gap')]}-{raw[match.end('gap') :]}") if match else None
    return replace(code, end=code.end + len(match["gap"]) - 1) if match and code else None


def _printed_code(raw: str, words: Lexicon) -> Code | None:
    """The code with which `raw` begins, however its parts were printed."""
    return _spread(raw) or bare_code(raw) or _unmarked(raw, words) or _set_apart(raw)


_APART = re.compile(r"(?P<number>[0-9]{1,5})(?P<gap>\s{0,12}(?P<mark>[/–-])\s{0,12})(?=[A-ZĐ])")


def _set_apart(raw: str) -> Code | None:
    """A code whose number was typed into the room that the form leaves for it: "768  /QĐ-UBND", "44 -  CTr/TU"."""
    match = _APART.match(raw)
    code = bare_code(f"{match['number']}{match['mark']}{raw[match.end() :]}") if match else None
    return replace(code, end=code.end + len(match["gap"]) - 1) if match and code else None


def bare_code(raw: str) -> Code | None:
    """Return the code with which `raw`, behind the word for a number, begins."""
    match = CODE.match(raw)
    return read_code(raw, match, typed=True) if match else None


def number_alone(printed: str, kind: str | None) -> Code | None:
    """Return the number of a type that is cited by it: "SẮC LỆNH" / "SỐ 51 NGÀY 17 THÁNG 10 NĂM 1945"."""
    numbered = printed.isdigit() and kind in types_of("numbered")
    return Code(0, len(printed), printed, None, "", "", party=False) if numbered else None


def _ends_cell(behind: str) -> bool:
    """Does nothing stand behind the number in its column but place and day: "Nghị quyết số: 31/2023/NQ-HĐND Kon Tum, ngày 9 tháng 7 …"?"""
    rest = columns(behind)[0].strip(" *_")
    day = find_place_date(rest) if rest else None
    return not rest or (
        day is not None and not rest[: day.start()].strip(" *_") and not rest[day.end() :].strip(" *_.")
    )


def _begins_cell(above: str) -> bool:
    """Does the number behind these words stand at the head of its line or column, as in a heading, and not in running text?"""
    before = above.rstrip(" *_\\")
    return not before or before.endswith("|") or above.endswith(("   ", "\t")) or has_title(before)
