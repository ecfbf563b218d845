"""The code of a document: number, year where the number has one, and symbol.

Numbering regimes (Nghị định 30/2020/NĐ-CP, Phụ lục I and III; Hướng dẫn 36-HD/VPTW; Luật Ban hành văn bản quy phạm
pháp luật for codes with a year):

- Party: number, dash, symbol: `15-NQ/TW`, `05-HD/BTCTU`; numbers restart with each term.
- State with year: `32/2021/NĐ-CP`, `97/2019/QH14`; without: `189/KH-UBND`, `549/NQ-UBTVQH15`; they restart each year.
- Letters: `9387/UBND-KT`. Old forms: `61-CP`, `299/TTg`, `10-LCT/HĐNN7`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from chidao.extract.frozen import quick
from chidao.extract.language.letters import LETTER
from chidao.extract.language.lexicon import Lexicon, lexicon
from chidao.extract.language.patterns import DASH, LONG_NUMBER, NUMBER, SCANNED_YEAR, SYMBOL_JOINT, TOKEN
from chidao.extract.language.tables import generic_symbols
from chidao.extract.language.tables import words as words_of
from chidao.ontology.authority import bodies

_POINT = r"\.(?-i:(?=[A-ZĐ]{2})|(?<=-[A-Z]\.)(?=[IVX](?![A-Za-zĐ0-9])))"
"""What older symbols have for a joint: "QĐ.UBND", "CV.NN"; and before the number of a department: "TTCP-V.I"."""
_REGION = r"KV [IVX]{1,5}"
"""Of an office for a region, whose number stands apart: "77/KV VII-TH"."""
CODE = re.compile(
    # The number, too, may be parted by OCR where a year follows: "4 5/2014/NĐ-CP"; behind "số" one figure may stand apart: "số 1 5/QĐ".
    rf"(?P<number>(?<=ố )(?:[0-9] [0-9]{{1,2}}|[0-9]{{2}} [0-9])(?=[/-]{TOKEN}[/-])|"
    rf"(?<=ố )(?:[0-9] [0-9]{{3}}|[0-9]{{2}} [0-9]{{2}})(?=/{TOKEN}\s?[/-])|{LONG_NUMBER}|{NUMBER}(?:[ ][0-9]{{1,2}}(?=/{SCANNED_YEAR}/))?)"
    rf"(?:\s?[/-]\s?(?P<year>{SCANNED_YEAR})(?=\s?(?:/|{DASH})))?"
    # A number that lost its dash: "15 NQ/TW", "15 QĐ/ĐTN".
    rf"\s?\\?(?P<sep>{SYMBOL_JOINT}|(?-i:\s(?=[A-ZĐ][A-Za-zĐđ]{{1,3}}/[A-ZĐ]{{2}})))\s?"
    rf"(?P<symbol>(?:(?-i:{_REGION}(?=\s?-[A-ZĐ]))|"
    rf"(?-i:[A-ZĐ] [A-ZĐ](?=\s?-[A-ZĐ]))|{TOKEN})(?:\s?(?:\\?{SYMBOL_JOINT}\s?|{_POINT}){TOKEN})*)"
    rf"(?![{LETTER}])",
    re.IGNORECASE,
)
LONE_NUMBER = re.compile(rf"(?P<number>{NUMBER})(?![0-9{LETTER}%])(?!\s?[/.,-][0-9])")
_JOINED = re.compile(rf"(\s?)\\?({SYMBOL_JOINT}|{_POINT})(\s?)")
# Many provinces number with the council's term, "38/2016/NQ-HĐND9"; a digit that is not that year's term is a footnote mark.
_TERM = re.compile(r"[0-9]{1,2}(?![0-9])")
_CUT_TERM = re.compile(r"(?<=QH1)\s(?P<figure>[0-9])(?![0-9/-]|\.[0-9])|(?<=QH)\s(?P<term>1[0-9])(?![0-9/-]|\.[0-9])")
"""The Assembly's term, or the rest of it, behind a blank of OCR: "UBTVQH1 5", "QH 15"; laws of its first term bear no such symbol."""
_ASSEMBLIES = {
    10: range(1997, 2003), 11: range(2002, 2008), 12: range(2007, 2012), 13: range(2011, 2017), 14: range(2016, 2022),
    15: range(2021, 2027), 16: range(2026, 2032),
}  # fmt: skip
_COUNCILS = {
    7: range(2004, 2012), 8: range(2011, 2017), 9: range(2016, 2022), 10: range(2021, 2027), 11: range(2026, 2032),
}  # fmt: skip
_ASSEMBLY = re.compile(r"^(.*qh|.*hđnn|.*hđ)([0-9]{1,2})$")


@quick
@dataclass(frozen=True, slots=True)
class Code:
    """`symbol` is cleaned ("NQ/TW", "KH-UBND"); `end` lies behind the last character that belongs to the code."""

    start: int
    end: int
    number: str
    year: int | None
    symbol: str
    head: str
    party: bool


def read_code(text: str, match: re.Match[str], *, typed: bool) -> Code | None:
    """Return the code that a `CODE` match stands for, or None when it is none ("20-30/người", "1 - Ban Chỉ đạo").

    `typed`: a type word and "số" stand before, so that an unknown symbol is believed too. What hangs on behind a spaced
    dash is believed only where it is a known symbol ("866/QĐ – TTg", but not "15-NQ/TW - Văn bản").
    """
    number, year, sep, raw = match.group("number", "year", "sep", "symbol")
    number, year = number.replace(" ", "") if " " in number else number, year and "".join(year.split())
    start = match.start("symbol")
    spaced = start - match.end("number") > len(sep) + (len(year) + 1 if year else 0)
    read = _read_symbol(raw, sep[0] != "/", typed, spaced, year is not None)
    if read is None:
        return None
    symbol, head, used = read
    cut = _CUT_TERM.match(text, start + used) if "QH" in symbol[-3:] else None
    if cut and (cut["figure"] or (year and int(year) in _ASSEMBLIES.get(int(cut["term"]), ()))):
        symbol, used = symbol + (cut["figure"] or cut["term"]), used + len(cut.group())
    term = _TERM.match(text, start + used) if year and symbol.endswith("HĐND") else None
    if term and int(year) in _COUNCILS.get(int(term.group()), ()):
        symbol, used = symbol + term.group(), used + len(term.group())
    return Code(match.start(), start + used, number, int(year) if year else None, symbol, head, sep[0] != "/")


@lru_cache(maxsize=4096)
def _read_symbol(raw: str, party: bool, typed: bool, spaced: bool, dated: bool) -> tuple[str, str, int] | None:
    """Clean symbol, its first token in lower case, and how much of `raw` belongs to it. The same few hundred symbols make
    up nearly all codes of an office, so the answers are kept."""
    words = lexicon()
    parts, joints, used = _tokens(raw, words)
    head = parts[0].lower()
    lost = len(parts) == 1 and head not in words.type_tokens and head not in words.tokens
    if lost and (split := _split(parts[0], words)):
        head, rest = split
        parts, joints = [words.tokens[head], rest], ["/" if party else "-"]
    if head in words.type_tokens:
        # A type's token alone is a symbol only with a year or a type word before it: "5/2020/L", not "3-TT".
        believed = dated or typed or len(parts) > 1
    else:
        believed = words.knows(head) and typed if spaced else words.knows(head) or typed
    return (_joined(parts, joints, party, words), head, used) if believed else None


def _tokens(raw: str, words: Lexicon) -> tuple[list[str], list[str], int]:
    """The tokens of a symbol, cleaned, the joints between them, and how much of `raw` they take."""
    parts: list[str] = []
    joints: list[str] = []
    at = used = 0
    before: re.Match[str] | None = None
    for joint in [*_JOINED.finditer(raw), None]:
        token = raw[at : joint.start() if joint else len(raw)]
        if before and not _goes_on(parts, before, token, words):
            break
        clean, length = _clean(token, words, unit=_is_unit(parts, words))
        if before:
            joints.append("/" if "/" in before.group(2) else "-")
        parts.append(clean)
        used = at + length
        if length < len(token) or joint is None:
            break
        before, at = joint, joint.end()
    return parts, joints, used


def _goes_on(parts: list[str], before: re.Match[str], token: str, words: Lexicon) -> bool:
    """Does the symbol go on with the token behind this joint? Behind a blank only with a known one or a unit's, behind a point with
    who issued it or which unit drafted it, and not with who acts in the next sentence ("… số 12/QĐ-UBND.UBND tỉnh …")."""
    if before.group(2) == "." and parts[-1].lower() not in words.type_tokens and words.knows(token):
        return False
    apart = before.group(1) or before.group(3)
    wrapped = (
        before.group(0).endswith("-\n") and not before.group(1) and len(token) > 1 and token.isupper()
    )  # "TTr-" / "DSVH"
    return (
        not apart
        or wrapped
        or words.knows(token)
        or _of_joint(parts, before, token)
        or _of_unit(parts, before, token, words)
    )


def _of_joint(parts: list[str], before: re.Match[str], token: str) -> bool:
    """Does the token behind "- " name one more issuer of a joint document: "NQLT/UBTVQH15-CP- ĐCTUBTWMTTQVN"?"""
    return parts[0].lower().endswith("lt") and not before.group(1) and token.isupper() and len(token) > 3


_UNIT = re.compile(r"[A-ZĐ]{1,3}[0-9]{1,2}")


def _of_unit(parts: list[str], before: re.Match[str], token: str, words: Lexicon) -> bool:
    """Does the token behind a dash and a blank say which unit drafted the document, "HD-VKSTC- V4", or who issued it, "TTr - NN&PTNT"?"""
    if len(parts) > 1:
        return not before.group(1) and _UNIT.fullmatch(token) is not None
    return parts[0].lower() in words.type_tokens and "&" in token and token.isupper()


_EITHER = ("đđ",)
"""The Party's where the number is joined in its form (07-CV/ĐĐ, of a đảng đoàn), else the State's (31/CĐ-ĐĐ, of those who mind dikes)."""


def _joined(parts: list[str], joints: list[str], party: bool, words: Lexicon) -> str:
    """The symbol with the joints that its type or issuer has.

    The number's joint tells the State's form ("338/QĐ/TTg" is 338/QĐ-TTg), a Party issuer the Party's ("08/nq-tw" is 08-NQ/TW).
    """
    typed = parts[0].lower() in words.type_tokens
    symbol = parts[0]
    for joint, part in zip(joints, parts[1:], strict=True):
        if typed and len(parts) == 2:
            of_party = part.lower() in words.party_tokens and (party or part.lower() not in _EITHER)
            joint = "/" if of_party else joint if party else "-"
        elif typed and not party:
            joint = "-"
        symbol += joint + part
    return symbol


def _is_unit(before: list[str], lexicon: Lexicon) -> bool:
    """Does a token behind these name who drafted the document, which stands behind the issuer (Nghị định 30/2020/NĐ-CP, Phụ lục I)?"""
    return len(before) > (before[0].lower() in lexicon.type_tokens) if before else False


def _clean(token: str, lexicon: Lexicon, *, unit: bool) -> tuple[str, int]:
    """Canonical spelling of a symbol token and how many of its characters belong to it.

    Digits glued on are a footnote mark ("TW1"), except the National Assembly's term ("QH14", "UBTVQH15", "ĐĐBQH15") and the number
    of a drafting `unit` ("KH-CAT-PV01", "UBND-VP7").
    """
    lowered = token.lower().replace(" ", "")
    if lowered in lexicon.tokens:
        return lexicon.tokens[lowered], len(token)
    if " " in token and token.startswith("KV "):
        return token, len(token)
    if " " in token:
        return token[0], 1  # "A B-", of which OCR parted no known token
    bare = token.rstrip("0123456789")
    if bare != token:
        named = bare.lower() in lexicon.party_tokens or bare.lower() in lexicon.type_tokens
        if (unit and (not named or token[len(bare)] == "0")) or _numbered(bare, token, lexicon):
            return (token.upper() if token.islower() else token), len(token)
        if _ASSEMBLY.match(lowered):
            known = lexicon.tokens.get(bare.lower(), bare.upper())
            return known + token[len(bare) :], len(token)
        return lexicon.tokens.get(bare.lower(), bare.upper() if bare.islower() else bare), len(bare)
    return (token.upper() if token.islower() else token), len(token)


@cache
def _assemblys() -> frozenset[str]:
    """The symbols of the National Assembly's committees, which bear its term."""
    return frozenset(symbol for body in bodies() if body.parent == "vn/quoc-hoi" for symbol in body.symbols)


_COUNTED = frozenset(words_of("counted office"))


def _numbered(bare: str, token: str, lexicon: Lexicon) -> bool:
    """Is the number a part of the name: of a body that no table knows ("QĐ-TA10", "KH-PC07"), or a committee's own ("BCĐ138")?"""
    if bare.lower() not in lexicon.tokens or token[len(bare)] == "0" or bare in _COUNTED:
        return True  # no footnote's mark begins with a nought
    if bare.upper() in _assemblys() and int(token[len(bare) :]) in _ASSEMBLIES:
        return True  # the term of the National Assembly whose committee it is: "UBPLTP15"
    return len(token) - len(bare) > 1 and bare.lower() in generic_symbols()


def _split(token: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """Type and issuer of a symbol that lost its joint: "QĐUBND" -> ("qđ", "UBND"), "NQCP" -> ("nq", "CP"). One that the tables know as it
    is, "248/PCTT" of those who mind floods, has lost none."""
    lowered = token.lower()
    for cut in range(min(6, len(token) - 1), 1, -1):
        if lowered[:cut] in lexicon.type_tokens and lowered[cut:] in lexicon.tokens:
            return lowered[:cut], lexicon.tokens[lowered[cut:]]
    return None
