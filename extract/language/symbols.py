"""The keys that make a document's identity: type, number, symbol and year, and the issuer that a symbol names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from chidao.extract.language.letters import slug
from chidao.extract.language.lexicon import lexicon
from chidao.ontology.authority import BodyEntry, BodyTemplate, bodies, body_templates


@dataclass(frozen=True, slots=True)
class Issuer:
    """What a symbol says of the issuer: a central body, or a template to be filled with a scope."""

    entry: BodyEntry | None
    template: BodyTemplate | None
    level: str


# Symbols of issuers as they are misprinted, where only one can be meant.
_MISPRINTS = {"tg": "ttg", "ttgg": "ttg"}


@cache
def _issuers() -> tuple[dict[str, BodyEntry], dict[str, BodyTemplate]]:
    central: dict[str, BodyEntry] = {}
    local: dict[str, BodyTemplate] = {}
    for entry in bodies():
        for symbol in entry.symbols:
            central.setdefault(symbol.lower(), entry)
    for template in sorted(body_templates(), key=lambda t: ("province", "district", "commune").index(t.level)):
        for symbol in template.symbols:
            local.setdefault(symbol.lower(), template)
    return central, local


@cache
def issuer_of(symbol: str) -> Issuer | None:
    """The issuer that a document symbol names: "NQ/TW" -> Trung ương Đảng, "KH-UBND" -> UBND, "QH15" -> Quốc hội."""
    central, local = _issuers()
    parts = [_MISPRINTS.get(p, p) for p in re.split(r"[-/]", symbol.lower()) if p]
    words = lexicon()
    if len(parts) > 1 and parts[0] in words.type_tokens:
        parts = parts[1:]
    for part in (parts[0], parts[0].rstrip("0123456789")) if parts else ():
        if part in central:
            return Issuer(central[part], None, "central")
        if part in local:
            return Issuer(None, local[part], local[part].level)
    return None


@cache
def type_key(symbol: str | None, type_word: str | None) -> str:
    """The part of the identity that the type plays: from the symbol where that names one type, else the type word.

    "Chương trình hành động số 16-CTr/TU" and "Chương trình 16-CTr/TU" are one document; QĐ stands for two types.
    """
    words = lexicon()
    head = re.split(r"[-/]", symbol.lower())[0] if symbol else ""
    kinds = words.by_symbol.get(head, ())
    if len(kinds) == 1:
        return slug(kinds[0].name)
    if kinds and type_word:
        # Several types share the symbol: the type word decides, and a longer form of one type ("Chương trình hành động")
        # counts as that type.
        for kind in kinds:
            if type_word.lower() == kind.name.lower():
                shorter = next((k for k in kinds if k is not kind and kind.name.startswith(k.name + " ")), None)
                return slug((shorter or kind).name)
    if kinds and len({k.name.split()[0] + k.name.split()[-1] for k in kinds}) > 1 and not type_word:
        return head
    return slug(type_word or (kinds[0].name if kinds else head) or "van-ban")


def number_key(number: str | None) -> str:
    return (number or "").lstrip("0").lower() or (number or "")


def code_key(number: str | None, symbol: str | None, year: int | None) -> str:
    # "NQ/TƯ" is how NQ/TW was written once; without its mark it would be the provinces' NQ/TU.
    plain = re.sub("tư(?![a-zà-ỹđ])", "tw", (symbol or "").lower())
    plain = re.sub(
        "hđnd[0-9]+$", "hđnd", plain
    )  # "NQ-HĐND9" is cited as NQ-HĐND too; the year tells the councils apart
    return slug("-".join(p for p in (number_key(number), str(year) if year else "", plain) if p))


@cache
def issuer_part(symbol: str | None) -> str:
    """The token of a symbol that names the issuer, in lower case: "KH-UBND" -> "ubnd"."""
    parts = [p for p in re.split(r"[-/]", (symbol or "").lower()) if p]
    if len(parts) > 1 and parts[0] in lexicon().type_tokens:
        parts = parts[1:]
    return re.sub("^(hđnd)[0-9]+$", r"\1", parts[0]) if parts else ""


@cache
def levels_of(symbol: str) -> frozenset[str]:
    """The levels at which local bodies with this issuer token exist."""
    return frozenset(t.level for t in body_templates() if any(s.lower() == symbol for s in t.symbols))


_TOKEN = re.compile(r"\w+")


@lru_cache(maxsize=8192)
def _tokens(title: str) -> frozenset[str]:
    return frozenset(_TOKEN.findall(title.lower()))


def likeness(a: str, b: str) -> float:
    """Share of the shorter title's words that the longer one has too, 0..1.

    >>> likeness("về chuyển đổi số", "Về chuyển đổi số đến năm 2030")
    1.0
    """
    x, y = _tokens(a), _tokens(b)
    return len(x & y) / max(1, min(len(x), len(y)))
