"""The keys that make a document's identity: type, number, symbol and year, and the issuer that a symbol names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import slug
from chidao.extract.language.lexicon import lexicon
from chidao.extract.language.tables import generic_symbols, words
from chidao.ontology.authority import (
    LEVELS,
    BodyEntry,
    BodyTemplate,
    DocumentType,
    bodies,
    body_templates,
    document_types,
    types_of,
    units,
)


@dataclass(frozen=True, slots=True)
class Issuer:
    """What a symbol says of the issuer: a central body, or a template to be filled with a scope."""

    entry: BodyEntry | None
    template: BodyTemplate | None
    level: str


UNKNOWN = "unknown"
"""The scope of a body of which nobody says in which province it is."""
# Symbols of issuers as they are misprinted, where only one can be meant.
_MISPRINTS = {"tg": "ttg", "ttgg": "ttg"}


@cache
def _bodies_by_symbol() -> dict[str, tuple[BodyEntry | BodyTemplate, ...]]:
    """Bodies by symbol in lower case: the central ones, then the templates from the highest level down."""
    found: dict[str, tuple[BodyEntry | BodyTemplate, ...]] = {}
    templates = sorted(body_templates(), key=lambda template: LEVELS.index(template.level))
    everyone: list[BodyEntry | BodyTemplate] = [*bodies(), *templates]
    for body in everyone:
        for symbol in body.symbols:
            found[symbol.lower()] = (*found.get(symbol.lower(), ()), body)
    return found


@cache
def issuer_codes(symbol: str | None) -> tuple[str, ...]:
    """Return the tokens of a symbol behind the type's, in lower case, the issuer's first: "KH-UBND" -> ("ubnd",), "TTLT-BTP-BTC" ->
    ("btp", "btc")."""
    parts = [p for p in re.split(r"[-/]", (symbol or "").lower()) if p]
    return tuple(parts[1:] if len(parts) > 1 and parts[0] in lexicon().type_tokens else parts)


def issuer_part(symbol: str | None) -> str:
    """Return the token of a symbol that names the issuer, in lower case: "KH-UBND" -> "ubnd"."""
    parts = issuer_codes(symbol)
    return re.sub("^(hđnd)[0-9]+$", r"\1", parts[0]) if parts else ""


def issuers_of(symbol: str) -> tuple[BodyEntry | BodyTemplate, ...]:
    """Return the bodies and templates whose symbol it is, () for one that the tables do not know."""
    token = issuer_part(symbol)
    by_symbol = _bodies_by_symbol()
    return by_symbol.get(token) or by_symbol.get(token.rstrip("0123456789"), ())


def names_issuer(symbol: str) -> bool:
    """Do the tables know whose symbol this is?"""
    return bool(issuers_of(symbol))


def had_ended(symbol: str, day: str | None) -> bool:
    """Had all bodies whose symbol it is ended in a year before the day's? Then somebody else has the symbol.

    >>> had_ended("HD-BTM", "2025-10-20"), had_ended("QĐ-BTM", "2007-10-20"), had_ended("TT-BNV", "2025-10-20")
    (True, False, False)
    """
    ends = [body.valid_to for body in issuers_of(symbol)] if day else []
    return bool(ends) and all(end and day and end[:4] < day[:4] for end in ends)


_ALIKE = 0.5
"""Share of words from which a printed name may be a misprint or a short form of one that the tables have."""
_KIND = re.compile(
    rf"(?:{one_of(word.lower() for kind in ('kind of body', 'part of a body', 'body below') for word in words(kind))})"
    r"\s+(?:các\s+)?"
)
_OF_AN_AREA = (" liên ", " vùng ", " khu vực ")


@cache
def is_of_another(symbol: str, printed: str) -> bool:
    """Is a body with this name surely none of those whose symbol it is? Boards of several kinds have "BQL".

    >>> [is_of_another("BQL-KT", f"Ban Quản lý {name}") for name in ("các KCN", "các khu công nghịp", "rừng phòng hộ Ia Mơ")]
    [False, False, True]
    >>> is_of_another("CCKL", "Chi cục Kiểm lâm vùng II"), is_of_another("CCKL", "Chi cục Kiểm lâm tỉnh")
    (True, False)
    """
    meant = issuers_of(symbol)
    if any(isinstance(body, BodyEntry) for body in meant):
        # "KH-BTC" of a festival's committee; what else the centre has is called in many ways
        return all(body.key.startswith("vn/bo-") for body in meant if isinstance(body, BodyEntry)) and _has_parts(
            printed
        )
    name = printed.lower()
    labels = {label for b in meant for label in (b.name, *b.labels, *b.abbreviations)}
    heads = sorted({label.partition("{")[0].strip().lower() for label in labels} - {""}, key=len, reverse=True)
    named = next((head for head in heads if head in name), None)
    if named:
        return name.startswith(_OF_AN_AREA, name.index(named) + len(named))
    kind = _KIND.search(name)  # behind an office, "Giám đốc Sở Y tế"
    field = _bare(name[kind.end() :] if kind else name)
    return bool(heads) and not any(likeness(_bare(_KIND.sub("", head, count=1)), field) >= _ALIKE for head in heads)


def is_of_other_side(symbol: str, issuer: str) -> bool:
    """Is a body with this name of the State where the symbol is the Party's, or the other way round? Neither issues what bears the other's.

    >>> is_of_other_side("NQ/TU", "Ủy ban nhân dân huyện Mẫu"), is_of_other_side("QĐ-UBND", "Huyện ủy Mẫu")
    (True, True)
    >>> is_of_other_side("NQ/TU", "Tỉnh ủy Lào Cai"), is_of_other_side("QĐ-UBND", "Ủy ban nhân dân xã Mẫu")
    (False, False)
    """
    sides = {body.branch for body in issuers_of(symbol)}
    return len(sides) == 1 and {*sides, _branch_of(issuer)} == {"party", "state"}


@cache
def _branches() -> tuple[dict[str, str], re.Pattern[str]]:
    """The branch of each body by its name, and of each local one by what stands before its place; and how those begin a name."""
    local = {body.name.partition("{")[0].strip(): body.branch for body in body_templates()}
    local = {head: branch for head, branch in local.items() if head} | {unit.party: "party" for unit in units()}
    whole = {body.name: body.branch for body in bodies()}
    return local | whole, re.compile(rf"{one_of(local)}(?!\w)")


def _branch_of(name: str) -> str:
    branches, local = _branches()
    head = local.match(name)
    return branches.get(name) or (branches.get(head.group(), "") if head else "")


def _bare(words_: str) -> str:
    """Words without their marks, which OCR mistakes: "Sờ Tài chinh"."""
    return slug(words_).replace("-", " ")


def _has_parts(printed: str) -> bool:
    """Is it a board or a committee such as many bodies have one, and no ministry's office?"""
    return printed.startswith(words("part of a body")) and not printed.startswith(_OF_A_MINISTRY)


_OF_A_MINISTRY = ("Vụ", "Văn phòng", "Thanh tra", "Đảng bộ", "Trung tâm", "Khoa")
"""Of these those that a ministry has too, whose papers may bear its symbol."""


@cache
def issuer_of(symbol: str) -> Issuer | None:
    """Return the issuer that a document symbol names: "NQ/TW" -> Trung ương Đảng, "KH-UBND" -> UBND, "QH15" -> Quốc hội. Of a symbol that
    several central bodies have ("BCĐTW") only the level is known."""
    token = issuer_part(symbol)
    meant = issuers_of(_MISPRINTS.get(token, token))
    found = next(iter(meant), None)
    if isinstance(found, BodyTemplate):
        return Issuer(None, found, found.level)
    if len({body.key for body in meant if isinstance(body, BodyEntry)}) > 1:
        return Issuer(None, None, "central")
    return Issuer(found, None, "central") if found else None


@cache
def _bodies_by_key() -> dict[str, tuple[BodyEntry | BodyTemplate, ...]]:
    """Bodies by key, templates (of every level that has them) by slug."""
    found: dict[str, tuple[BodyEntry | BodyTemplate, ...]] = {entry.key: (entry,) for entry in bodies()}
    for template in body_templates():
        found[template.slug] = (*found.get(template.slug, ()), template)
    return found


def issuer_fits(symbol: str, key: str) -> bool:
    """Can the body with this key have issued a document with this symbol? What the tables do not know fits.

    >>> issuer_fits("NĐ-CP", "vn/chinh-phu"), issuer_fits("NQ/TW", "vn/bo-chinh-tri"), issuer_fits("NĐ-CP", "vn/quoc-hoi")
    (True, True, False)
    >>> issuer_fits("NQ/ĐU", "vn/dang-uy-quoc-hoi"), issuer_fits("KH/ĐU", "vn/quoc-hoi")
    (True, False)
    """
    meant, by_key = issuers_of(symbol), _bodies_by_key()
    stated = by_key.get(key) or by_key.get(key.rpartition("/")[2], ())
    fits = not meant or not stated or any(_one_house(a, b) for a in meant for b in stated)
    return fits or _is_of_kind(symbol, stated)


def _is_of_kind(symbol: str, stated: Iterable[BodyEntry | BodyTemplate]) -> bool:
    """Does the symbol name a kind of body, and is one of these of that kind: "KH/ĐU" of whichever Đảng ủy?"""
    kind = generic_symbols().get(issuer_part(symbol))
    return kind is not None and any(kind.organ in b.name for b in stated)


def is_symbol_of(symbol: str, key: str) -> bool:
    """Is it the symbol of the body with this key, or of the house of one that has none of its own? What the tables do not know is.

    >>> is_symbol_of("QĐ/TU", "lao-cai/cap-uy"), is_symbol_of("QĐ/TU", "lao-cai/ban-to-chuc-cap-uy")
    (True, False)
    >>> is_symbol_of("TB/TU", "lao-cai/thuong-truc-cap-uy"), is_symbol_of("TB/TU", "lao-cai/van-phong-cap-uy")
    (True, False)
    >>> is_symbol_of("HĐND-TT", "lao-cai/thuong-truc-hoi-dong-nhan-dan"), is_symbol_of("QĐ-UBND", "lao-cai/so-noi-vu")
    (True, False)
    """
    meant, by_key = issuers_of(symbol), _bodies_by_key()
    stated = by_key.get(key) or by_key.get(key.rpartition("/")[2], ())
    if not issuer_fits(symbol, key):
        return False
    if not meant or not stated or _is_of_kind(symbol, stated):
        return True
    # A Party committee's departments have symbols of their own; who else signs with the house's signs for the house.
    return any(
        not b.symbols
        or b.branch != "party"
        or b.name.startswith("Thường trực")
        or any({*a.symbols} & {*b.symbols} for a in meant)
        for b in stated
    )


def has_symbol(symbol: str, key: str) -> bool:
    """Is the symbol the very own one of the body with this key?

    >>> has_symbol("NQ-HĐND", "thai-binh/hoi-dong-nhan-dan"), has_symbol("KH/TU", "lao-cai/ban-to-chuc-cap-uy")
    (True, False)
    """
    by_key = _bodies_by_key()
    stated = by_key.get(key) or by_key.get(key.rpartition("/")[2], ())
    return any({*a.symbols} & {*b.symbols} for a in issuers_of(symbol) for b in stated)


def _one_house(a: BodyEntry | BodyTemplate, b: BodyEntry | BodyTemplate) -> bool:
    """One body, or two of one house: Bộ Chính trị signs as TW, Ban Thường vụ Tỉnh ủy as TU, a renamed ministry's successor
    answers for its symbol."""
    if isinstance(a, BodyTemplate) != isinstance(b, BodyTemplate):
        return False
    if a == b or (a.branch == b.branch == "party"):
        return True
    if {s.lower() for s in a.symbols} & {s.lower() for s in b.symbols}:
        return True
    mine, other = _key(a), _key(b)
    # An organ without a symbol of its own signs with that of the house it belongs to; the Front's board with the Front's (MTTQ-BTT).
    # So does a council's commission with the council's ("84/BC-HĐND").
    shared = a.branch == b.branch == "front" or _COUNCIL in (mine, other)
    inner = (a.parent == other and (shared or not a.symbols)) or (b.parent == mine and (shared or not b.symbols))
    return other in a.successors or mine in b.successors or inner


_COUNCIL = "hoi-dong-nhan-dan"


def _key(body: BodyEntry | BodyTemplate) -> str:
    return body.slug if isinstance(body, BodyTemplate) else body.key


@cache
def _family(name: str) -> frozenset[str]:
    """A type with the one it is a kind of and all kinds of that: Chương trình hành động, Chương trình, …"""
    kinds = document_types()
    own = next((k for k in kinds if k.name == name), None)
    if own is None:
        return frozenset([name])
    top = own.broader or own.slug
    return frozenset(k.name for k in kinds if top in (k.slug, k.broader))


_ASSEMBLY = re.compile(r"(?:UBTV)?QH[0-9]{0,2}")  # "QH 13": the term may be set apart


@cache
def symbol_types(symbol: str) -> tuple[DocumentType, ...]:
    """Return the types that a symbol's head stands for, those whose own it is first; empty for an issuer's ("QH14", "UBND-KT")."""
    head = re.split("[-/]", symbol)[0].lower()
    kinds = lexicon().by_symbol.get(head, ())
    return tuple(sorted(kinds, key=lambda kind: kind.symbols[0].lower() != head))


def is_assembly(symbol: str) -> bool:
    """Is this a symbol of the National Assembly's acts, which names their term and no type?

    >>> is_assembly("QH15"), is_assembly("UBTVQH15"), is_assembly("NQ-UBTVQH15")
    (True, True, False)
    """
    return _ASSEMBLY.fullmatch(symbol) is not None


def agrees(kind: str, symbol: str) -> bool:
    """Can a document of this type have this symbol?

    >>> agrees("Nghị định", "NQ-CP"), agrees("Quy định", "QĐ/TW"), agrees("Chương trình hành động", "CTr/TU")
    (False, True, True)
    >>> agrees("Nghị định", "UBTVQH15"), agrees("Pháp lệnh", "UBTVQH15")
    (False, True)
    """
    kinds = symbol_types(symbol)
    if is_assembly(symbol):
        own = next((k for k in document_types() if k.name == kind), None)
        return own is None or "assembly" in own.branches
    return not kinds or any(k.name in _family(kind) for k in kinds)


@cache
def type_key(symbol: str | None, type_word: str | None) -> str:
    """Return the part of the identity that the type plays: from the symbol where that names one type, else the type word.

    "Chương trình hành động số 16-CTr/TU" and "Chương trình 16-CTr/TU" are one document; QĐ stands for two types.
    """
    head = re.split(r"[-/]", symbol.lower())[0] if symbol else ""
    kinds = _kinds_of(head, type_word)
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


def _kinds_of(head: str, type_word: str | None) -> tuple[DocumentType, ...]:
    """The types that the head of a symbol stands for: "QH" of a law whose term is lost is no plan's (Quy hoạch), and "Thông tri số
    40/TTr-MTTW-BTT" no Tờ trình, though the Front gives it that symbol."""
    kinds = lexicon().by_symbol.get(head, ())
    if type_word in types_of("direct") and any(kind.name in types_of("proposing") for kind in kinds):
        return ()
    assembly = type_word is not None and is_assembly(head.upper())
    return () if assembly and type_word not in {kind.name for kind in kinds} else kinds


def number_key(number: str | None) -> str:
    """Return a number as keys have it: without noughts before it, in lower case."""
    return (number or "").lstrip("0").lower() or (number or "")


def code_key(number: str | None, symbol: str | None, year: int | None) -> str:
    """Return a code as keys have it, whichever way it is printed.

    >>> code_key("08", "NQ/TƯ", None), code_key("15", "NQ-HĐND9", 2024)
    ('8-nq-tw', '15-2024-nq-hdnd')
    """
    # "NQ/TƯ" is how NQ/TW was written once; without its mark it would be the provinces' NQ/TU.
    plain = re.sub("tư(?=mttq|[^a-zà-ỹđ]|$)", "tw", (symbol or "").lower())
    plain = re.sub(
        "hđnd[0-9]+$", "hđnd", plain
    )  # "NQ-HĐND9" is cited as NQ-HĐND too; the year tells the councils apart
    return slug("-".join(p for p in (number_key(number), str(year) if year else "", plain) if p))


@cache
def levels_of(symbol: str) -> frozenset[str]:
    """Return the levels at which local bodies with this issuer token exist."""
    return frozenset(t.level for t in body_templates() if any(s.lower() == symbol for s in t.symbols))


def stands_above(symbol: str, other: str) -> bool:
    """Is whoever has the first symbol surely of a higher level than whoever has the other?

    >>> stands_above("KH/TU", "KH/HU"), stands_above("NQ-CP", "KH/TU"), stands_above("KH-UBND", "KH-UBND")
    (True, True, False)
    """
    above, below = _ranks(symbol), _ranks(other)
    return bool(above and below) and max(above) < min(below)


def _ranks(symbol: str) -> tuple[int, ...]:
    issuer = issuer_of(symbol)
    if issuer is None:
        return ()
    return tuple(map(LEVELS.index, levels_of(issuer_part(symbol)) if issuer.template else ("central",)))


WORD = re.compile(r"\w+")


@lru_cache(maxsize=8192)
def _tokens(title: str) -> frozenset[str]:
    return frozenset(WORD.findall(title.lower()))


def likeness(a: str, b: str) -> float:
    """Share of the shorter title's words that the longer one has too, 0..1.

    >>> likeness("về chuyển đổi số", "Về chuyển đổi số đến năm 2030")
    1.0
    """
    x, y = _tokens(a), _tokens(b)
    return len(x & y) / max(1, min(len(x), len(y)))
