"""What looks like a reference or a date and cannot be read as one: reported instead of dropped in silence.

Each rule is one way in which a clerk's text fails. What a reader of references took as valid is not suspicious here, even
where it is misprinted; a name without a number is none of this module's business.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from chidao.extract.language.letters import LETTER, is_word
from chidao.extract.language.lexicon import Lexicon, lexicon
from chidao.extract.language.patterns import ANY_DAY, ANY_MONTH, NUMBER_SIGN, YEAR
from chidao.extract.model import Reference, Suspicion
from chidao.extract.reading.layout import Layout
from chidao.ontology.authority import types_of

# "ngày 31/02/2024", "ngày 12 tháng 54 năm 2025", "tháng 13/2024", "tháng 54 năm 2025". A count of months ("36 tháng", "03
# tháng 15 ngày") has its figure in front and no year behind.
_DAY = re.compile(rf"ngày\s+{ANY_DAY}(?![0-9]{{2}})")
_MONTH = re.compile(rf"{ANY_MONTH}(?![0-9/])")
_SIGNED = re.compile(rf"\s+{NUMBER_SIGN}", re.IGNORECASE)
"""With what all that follows begins."""
_MAY_BE_SIGNED = frozenset(blank + behind for blank in " \t" for behind in "sS \t\r\n")
"""Most type words have nothing of it behind them, as a look at two letters tells."""
# A draft's number that is still to come: "Nghị quyết số      /NQ-CP", "số ....-KH/TU".
_TO_BLANK = re.compile(
    rf"\s+{NUMBER_SIGN}(?P<blank>[.…_ ]{{0,40}})"
    rf"(?P<code>[/-]\s?(?:{YEAR}/)?[{LETTER}][{LETTER}&]*(?:\s?[-/]\s?[{LETTER}&0-9]+)*)",
    re.IGNORECASE,
)
# Behind "số": something that holds a figure and a mark or capital, up to the next blank ("12.QĐ.UBND", "45-_CT/TW").
_TO_RAW = re.compile(rf"\s+{NUMBER_SIGN}(?P<raw>[0-9][^\s,;()“”\"|]{{2,40}})", re.IGNORECASE)
# The mark before the symbol is lost: "số 57 NQ/TW".
_TO_SPACED = re.compile(
    rf"\s+{NUMBER_SIGN}[0-9]{{1,5}}[ \t]+(?P<head>[{LETTER}]{{2,5}})\s?[-/]\s?[{LETTER}&]{{2,}}[0-9]{{0,2}}",
    re.IGNORECASE,
)
_CODE_LIKE = re.compile(rf"[0-9][^\s]*?[-/._\\–][^\s]*?(?=[{LETTER}]{{2}})(?P<letters>[{LETTER}]+)")


def find_suspicions(layout: Layout, found: Sequence[Reference]) -> list[Suspicion]:
    """Return every unreadable code or date of the text, in text order."""
    doubts = [*_days(layout.low), *_codes(layout, found), *_symbols(layout.text, found)]
    kept: list[Suspicion] = []
    for doubt in sorted(doubts, key=lambda d: (d.start, -d.end)):
        if not kept or doubt.start >= kept[-1].end:
            kept.append(doubt)
    return kept


def _days(text: str) -> Iterator[Suspicion]:
    """Days and months that no calendar has, in a text in lower case."""
    for match in _DAY.finditer(text):
        day, month, year = int(match["d"]), int(match["m"] or match["m2"]), int(match["y"])
        try:
            date(year, month, day)
        except ValueError:
            yield Suspicion(
                match.start(), match.end(), "", f"there is no day {day} of month {month}, {year}", "impossible-date"
            )
            continue
        if not 1900 <= year < 2100:
            yield Suspicion(match.start(), match.end(), "", f"no document is of the year {year}", "impossible-date")
    for match in _MONTH.finditer(text):
        before = text[max(0, match.start() - 2) : match.start()]
        counted = before[:1].isdecimal() and before[1:] == " "
        if not counted and not 1 <= int(match["m"]) <= 12:
            yield Suspicion(match.start(), match.end(), "", f"there is no month {match['m']}", "impossible-date")


def _codes(layout: Layout, found: Sequence[Reference]) -> Iterator[Suspicion]:
    """A type word, "số", and then neither a code that can be read nor a plain number."""
    text, words = layout.text, lexicon()
    starts = [f.start for f in found]
    for index, start, end in layout.type_words:
        if text[end : end + 2] not in _MAY_BE_SIGNED or not _SIGNED.match(text, end):
            continue
        if not is_word(text, start, end) or _read(starts, found, start, end):
            continue
        if blank := _TO_BLANK.match(text, end):
            yield Suspicion(start, blank.end(), "", "the number is still blank", "blank-number")
        elif (spaced := _TO_SPACED.match(text, end)) and spaced["head"].lower() in words.type_tokens:
            yield Suspicion(start, spaced.end(), "", "no mark between number and symbol", "unreadable-code")
        elif raw := _TO_RAW.match(text, end):
            printed = raw["raw"].rstrip(".:!?'’*_")
            like = _CODE_LIKE.match(printed)
            # "mẫu số 01/2024", "số 5-7%" hold no letters; "số 12/QĐ" does.
            if like and _is_symbol(like["letters"], words) and not _covered(starts, found, raw.start("raw")):
                why = f"{words.words[index]} with a code that cannot be read"
                yield Suspicion(start, raw.start("raw") + len(printed), "", why, "unreadable-code")


def _read(starts: list[int], found: Sequence[Reference], start: int, end: int) -> bool:
    """Is the type word at start..end that of a reference with a code?"""
    i = bisect_right(starts, start) - 1
    return i >= 0 and found[i].end > end and found[i].kind == "numbered" and found[i].rule != "bare-number"


def _covered(starts: list[int], found: Sequence[Reference], at: int) -> bool:
    i = bisect_right(starts, at) - 1
    return i >= 0 and found[i].end > at and found[i].rule != "bare-number"


def _is_symbol(letters: str, words: Lexicon) -> bool:
    """Capitals, or a known symbol in any case: not the next sentence's first word ("Nghị định số 68.Trong đó")."""
    return sum(c.isupper() for c in letters) > 1 or letters.lower() in words.tokens


def _symbols(text: str, found: Sequence[Reference]) -> Iterator[Suspicion]:
    """Codes that were read on the word of their type, although their symbol is cut or begins with no known token."""
    words = lexicon()
    for f in found:
        if f.kind != "numbered" or not f.symbol or f.rule == "code-alone":
            continue
        tokens = f.symbol.replace("/", "-").split("-")
        head = tokens[0].lower()
        if f.type is None or f.type in types_of("letter"):
            continue  # a letter's symbol is its office's own
        if head in words.type_tokens:
            # "152/2025/TT-" at the end of a line: its issuer stands on the next one.
            if (
                len(tokens) == 1
                and head not in ("l", "lct", "hđ", "sl", "slt")
                and text[f.end : f.end + 1] not in ("-", "/")
            ):
                end = _word_end(text, f.end)
                yield Suspicion(f.start, end, "", "the symbol names no issuer", "symbol-without-issuer")
            continue
        # A contract, a permit or a standard is numbered as its maker likes.
        if f.type in types_of("fixed-symbol") and not words.knows(head):
            yield Suspicion(
                f.start, f.end, "", f"no document type or issuer has the symbol {tokens[0]}", "unknown-symbol"
            )


_NEXT = re.compile(rf"[ -/]{{0,2}}(?P<word>[{LETTER}&]{{2,12}})(?![{LETTER}])")


def _word_end(text: str, end: int) -> int:
    """With the capitals that stand behind a blank: "12/QĐ UBND"."""
    match = _NEXT.match(text, end)
    return match.end() if match and sum(c.isupper() for c in match["word"]) > 1 else end
