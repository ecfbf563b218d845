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

from chidao.extract.lexicon import LETTER, Lexicon

_DASH = r"[-\u2010-\u2015\u2212]"
_TOKEN = r"[A-Za-zĐđƯưƠơÔôÊêÂâ][A-Za-zĐđƯưƠơÔôÊêÂâ&]*(?:[0-9]{1,2})?"
# A number is up to five digits, may have a part ("66.16/2026/NQ-CP") and a letter ("17a-CT/TW").
_NUMBER = r"[0-9]{1,5}(?:\.[0-9]{1,3})?[a-zđ]?"

CODE = re.compile(
    rf"(?P<number>{_NUMBER})"
    rf"(?:\s?[/-]\s?(?P<year>(?:19|20)[0-9]{{2}})(?=\s?(?:/|{_DASH})))?"
    rf"\s?\\?(?P<sep>/{{1,2}}|{_DASH})\s?"
    rf"(?P<symbol>{_TOKEN}(?:\s?\\?(?:/{{1,2}}|{_DASH})\s?{_TOKEN})*)"
    rf"(?![{LETTER}])",
    re.IGNORECASE,
)
NUMBER = re.compile(rf"(?P<number>{_NUMBER})(?![0-9{LETTER}%])(?!\s?[/.,-][0-9])")
_JOINED = re.compile(rf"(\s?)\\?(/{{1,2}}|{_DASH})(\s?)")
_ASSEMBLY = re.compile(r"^(.*qh|.*hđnn|.*hđ)([0-9]{1,2})$")


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


def read_code(text: str, match: re.Match[str], lexicon: Lexicon, *, typed: bool) -> Code | None:
    """The code that a `CODE` match stands for, or None when it is none ("20-30/người", "1 - Ban Chỉ đạo").

    `typed`: a type word and "số" stand before, so that an unknown symbol is believed too. What hangs on behind a spaced
    dash is believed only where it is a known symbol ("866/QĐ – TTg", but not "15-NQ/TW - Văn bản").
    """
    start, at = match.start("symbol"), 0
    raw = match["symbol"]
    parts: list[str] = []
    seps: list[str] = []
    end = start
    pieces = list(_JOINED.finditer(raw))
    for piece in [*pieces, None]:
        stop = piece.start() if piece else len(raw)
        token = raw[at:stop]
        if parts and not _belongs(token, pieces[len(parts) - 1], lexicon):
            break
        clean, used = _clean(token, lexicon)
        parts.append(clean)
        end = start + at + used
        if used < len(token) or piece is None:
            break
        seps.append("/" if "/" in piece.group(2) else "-")
        at = piece.end()
    head = parts[0].lower()
    party = match["sep"] not in ("/", "//")
    if head not in lexicon.type_tokens:
        split = _split(parts[0], lexicon)
        if split and len(parts) == 1:
            head, rest = split
            parts, seps = [lexicon.tokens[head], rest], ["/" if party else "-"]
        elif not _known(head, lexicon) and not typed:
            return None
    spaced = match.end("number") != match.start("sep") or match.end("sep") != match.start("symbol")
    if spaced and head not in lexicon.type_tokens and not (typed and _known(head, lexicon)):
        return None
    if match["year"] is None and len(parts) == 1 and head in lexicon.type_tokens and not typed:
        return None
    year = int(match["year"]) if match["year"] else None
    symbol = parts[0]
    for sep, part in zip(seps, parts[1:], strict=False):
        # "338/QĐ/TTg": behind number and slash the form is the State's, which joins type and issuer with a dash.
        symbol += ("-" if not party and head in lexicon.type_tokens else sep) + part
    return Code(match.start("number"), end, match["number"], year, symbol, head, party)


def _known(token: str, lexicon: Lexicon) -> bool:
    lowered = token.lower()
    return lowered in lexicon.tokens or _ASSEMBLY.match(lowered) is not None


def _belongs(token: str, joint: re.Match[str], lexicon: Lexicon) -> bool:
    """Is `token`, behind `joint`, part of the symbol? Glued on it is; behind a blank only when it is a known symbol."""
    if not joint.group(1) and not joint.group(3):
        return True
    return _known(token, lexicon) or _known(token.rstrip("0123456789"), lexicon)


def _clean(token: str, lexicon: Lexicon) -> tuple[str, int]:
    """Canonical spelling of a symbol token and how many of its characters belong to it.

    Digits glued on are a footnote mark ("TW1"), except the National Assembly's term ("QH14", "UBTVQH15", "ĐĐBQH15").
    """
    lowered = token.lower()
    if lowered in lexicon.tokens:
        return lexicon.tokens[lowered], len(token)
    bare = token.rstrip("0123456789")
    if bare != token:
        if _ASSEMBLY.match(lowered):
            known = lexicon.tokens.get(bare.lower(), bare.upper())
            return known + token[len(bare) :], len(token)
        return lexicon.tokens.get(bare.lower(), bare), len(bare)
    return (token.upper() if token.islower() else token), len(token)


def _split(token: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """Type and issuer of a symbol that lost its joint: "QĐUBND" -> ("qđ", "UBND"), "NQCP" -> ("nq", "CP")."""
    lowered = token.lower()
    for cut in range(min(6, len(token) - 1), 1, -1):
        if lowered[:cut] in lexicon.type_tokens and lowered[cut:] in lexicon.tokens:
            return lowered[:cut], lexicon.tokens[lowered[cut:]]
    return None
