"""What the cells of a register say: numbers, days, types, signers, as clerks and spreadsheets write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import NamedTuple

from chidao.extract.language.codes import CODE, read_code
from chidao.extract.language.composing import one_of
from chidao.extract.language.dates import FIGURE, iso_date
from chidao.extract.language.letters import LETTER, is_word, lower
from chidao.extract.language.lexicon import OFFICIAL_LETTER, lexicon
from chidao.extract.language.patterns import ANY_DAY, OFFICE, YEAR
from chidao.extract.language.symbols import is_assembly
from chidao.extract.language.tables import words
from chidao.ontology.authority import types_of

__all__ = ["Code", "Day", "leading_type", "plain", "read_code_cell", "read_day", "read_signer", "recipients", "type_of"]


def plain(cell: str) -> str:
    """Return a cell as a person reads it: in NFC, with single blanks, and Đ for the Icelandic letter that looks like it."""
    return unicodedata.normalize("NFC", " ".join(cell.split())).replace("Ð", "Đ").replace("ð", "đ")


# What stands before the number in its cell ("Số: 12/KH-UBND", "Kế hoạch số 12/KH-UBND").
_LOST_SLASH = re.compile(r"(?P<number>[0-9]{1,5})\s+(?=[A-ZĐ]{2,4}[-/])")


_INNER = re.compile(rf"(?<![{LETTER}])(?!(?:số|so|no|sô)\b)[{LETTER}]+[._-]?$", re.IGNORECASE)
"""What stands directly before a figure that is within a code of another kind ("CH.VT.01", "VB-2023", "A12")."""


class Code(NamedTuple):
    """What a cell of numbers says: `party` tells whether it is written the Party's way, `rest` what stands behind."""

    number: str | None = None
    symbol: str | None = None
    year: int | None = None
    party: bool = False
    rest: str = ""


def read_code_cell(printed: str, symbol: str) -> Code:
    """Return what a cell says, with the cell of its symbol, if that has its own: "189/KH-UBND ngày 05/7/2022".

    >>> [read_code_cell(*cells)[:2] for cells in (("07 /NQ-HĐND", ""), ("12", "QĐ-UBND"), ("15 QĐ-UBND", ""))]
    [('07', 'NQ-HĐND'), ('12', 'QĐ-UBND'), ('15', 'QĐ-UBND')]
    """
    text = plain(printed)
    own = plain(symbol).strip("/- ")
    figure = FIGURE.search(text)
    if figure is None or _INNER.search(text, 0, figure.start()):
        return Code(rest=text)
    text = text[figure.start() :]
    if own and re.fullmatch(r"[0-9]+[a-zđ]?", text):
        text += ("-" if "/" in own else "/") + own
    elif lost := _LOST_SLASH.match(text):
        text = f"{lost['number']}/{text[lost.end() :]}"
    text = re.sub(r"(?<=[A-ZĐ])\s+([-–/])\s+(?=[A-ZĐ]{2})", r"\1", text)  # "12/UBND - KT"
    text = re.sub(r"(?<=[A-ZĐ])\s+(?=[A-ZĐ]{2,}(?:\s|$))", "", text)  # "04/NQ-TT HĐND"
    match = CODE.match(text)
    code = read_code(text, match, typed=True) if match else None
    if code is None:
        bare = re.match(r"(?P<number>[0-9]{1,5}[a-zđ]?)(?=\s|$)", text)
        return Code(bare["number"], rest=text[bare.end() :]) if bare else Code(rest=text)
    return Code(code.number, code.symbol, code.year, code.party, text[code.end :])


_ISO = re.compile(rf"(?P<y>{YEAR})[-/](?P<m>[0-9]{{1,2}})[-/](?P<d>[0-9]{{1,2}})(?![0-9])")
_PRINTED = re.compile(rf"{ANY_DAY}(?![0-9]{{2}})", re.IGNORECASE)

_EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheets, for days from March 1900."""


class Day(NamedTuple):
    """What a cell of days says: the day (ISO), or what it prints where that is none."""

    iso: str | None = None
    bad: str | None = None


def read_day(printed: str) -> Day:
    """Return what a cell says: "05/7/2022", "2022-07-05T00:00:00", "44747" (the number that a spreadsheet keeps for a day), "ngày 05
    tháng 7 năm 2022".

    >>> [tuple(read_day(cell)) for cell in ("05/7/2022", "44747", "31/02/2022", " ")]
    [('2022-07-05', None), ('2022-07-05', None), (None, '31/02/2022'), (None, None)]
    """
    text = " ".join(printed.split())
    if not text:
        return Day()
    if len(text) == 5 and text.isdecimal() and "2" <= text[0] <= "7":
        return Day((_EPOCH + timedelta(days=int(text))).isoformat())
    if match := _ISO.search(text) or _PRINTED.search(text):
        day = iso_date(match)
        return Day(day, None if day else match.group())
    return Day(None, text if FIGURE.search(text) else None)


def read_day_behind(code: Code) -> Day:
    """Return the day that stands behind a number in its cell, where there is one."""
    return read_day(code.rest) if _PRINTED.search(code.rest) else Day()


def leading_type(text: str) -> tuple[str | None, str]:
    """Return the type word that `text` begins with, and what stands behind it: "Quyết định của Chủ tịch UBND tỉnh"."""
    words = lexicon()
    lowered = lower(text)
    for n in range(min(5, text.count(" ") + 1), 0, -1):
        head = " ".join(lowered.split(" ")[:n]).rstrip(",.:;")
        if head in words.types and is_word(text, 0, len(head)):
            return words.types[head].name, text[len(head) :].strip(" :-–,.")
    return None, text


_OF_ASSEMBLY = types_of("statute") | {"Nghị quyết"}


def type_of(symbol: str | None, party: bool, stated: str | None, leading: str | None) -> str | None:
    """Return the document's type. `stated` is what a type column says, `leading` the type word that the title begins with.

    A symbol names the type whose own symbol it is ("TB" is Thông báo's, and met with Thông báo kết luận too), and a longer
    form of it may be stated. A column that says another type is a portal's looser heading ("Nghị quyết" for a QĐ-TTHĐND). The
    State's QĐ is a Quyết định, since its regulations carry QyĐ (Nghị định 30/2020/NĐ-CP, Phụ lục III); a Party QĐ is either,
    so it stays open unless a word says which. A letter's symbol has no type ("9387/UBND-KT"); nor has an act of the National
    Assembly ("26/2021/QH15"), which is none."""
    words = lexicon()
    if symbol and is_assembly(symbol):
        return next((kind for kind in (stated, leading) if kind in _OF_ASSEMBLY), None)
    head = re.split(r"[-/]", symbol.lower())[0] if symbol else ""
    kinds = words.by_symbol.get(head, ())
    if not kinds:
        return stated or (OFFICIAL_LETTER if symbol else leading)
    names = [k.name for k in kinds]
    said = next((t for t in (stated, leading) if t in names), None)
    if party and head == "qđ":
        return said
    own = words.own_type(head, "party" if party else "state")
    return own if own and not (said and said.startswith(own)) else said


_OFFICE = re.compile(rf"(?<!\w)(?:{OFFICE}|{one_of(words('within an office'))})(?!\w)", re.IGNORECASE)
_ASIDE = re.compile(r"\s*(?:\s[-–]|,|\()\s*")


def read_signer(printed: str) -> tuple[str | None, str | None]:
    """Return name and office of a signer cell: the name is the run of capitalized words at its end, or what stands before a dash.

    >>> read_signer("Phó Chủ tịch UBND Đỗ Văn Mẫu"), read_signer("Đỗ Văn Mẫu - Giám đốc")
    (('Đỗ Văn Mẫu', 'Phó Chủ tịch UBND'), ('Đỗ Văn Mẫu', 'Giám đốc'))
    """
    text = plain(printed).strip(" ,.;")
    aside = _ASIDE.search(text)
    if aside and not _OFFICE.search(text, 0, aside.start()):
        return text[: aside.start()], text[aside.end() :].rstrip(" )") or None
    office = max((match.end() for match in _OFFICE.finditer(text)), default=0)
    behind = text[office:].split()
    at = len(behind)
    while at and behind[at - 1].istitle():
        at -= 1
    if not 2 <= len(behind) - at <= 5 or not (office or at):
        # All capitals ("ĐỖ VĂN MẪU"), one word, an office without a name.
        return (None, text) if office else (text or None, None)
    name = " ".join(behind[at:])
    return name, text[: len(text) - len(name)].strip(" ,:-–") or None


def recipients(printed: str) -> tuple[str, ...]:
    """Return the recipients of a cell, which stand on lines or behind semicolons."""
    parts = (" ".join(part.split(" ")).strip(" -.,") for part in re.split(r"[;\n]", printed))
    return tuple(part for part in parts if part)
