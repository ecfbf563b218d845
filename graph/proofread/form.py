"""The proofreader's rules about one citation by itself: type word, symbol, issuer and how the code is printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from chidao.extract.language.lexicon import lexicon
from chidao.extract.language.patterns import DASH
from chidao.extract.model import Reference
from chidao.graph.proofread.draft import Draft, Finding, full_code
from chidao.ontology.authority import (
    BodyEntry,
    BodyTemplate,
    DocumentType,
    bodies,
    body_templates,
    document_types,
    types_of,
)


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
    """The types that a symbol's head stands for, those whose own it is first; empty for an issuer's ("QH14", "UBND-KT")."""
    head = re.split("[-/]", symbol)[0].lower()
    kinds = lexicon().by_symbol.get(head, ())
    return tuple(sorted(kinds, key=lambda kind: kind.symbols[0].lower() != head))


def agrees(kind: str, symbol: str) -> bool:
    """Can a document of this type have this symbol?

    >>> agrees("Nghị định", "NQ-CP"), agrees("Quy định", "QĐ/TW"), agrees("Chương trình hành động", "CTr/TU")
    (False, True, True)
    >>> agrees("Nghị định", "UBTVQH15"), agrees("Pháp lệnh", "UBTVQH15")
    (False, True)
    """
    kinds = symbol_types(symbol)
    if _ASSEMBLY.fullmatch(symbol):
        own = next((k for k in document_types() if k.name == kind), None)
        return own is None or "assembly" in own.branches
    return not kinds or any(k.name in _family(kind) for k in kinds)


def type_and_symbol(draft: Draft) -> Iterator[Finding]:
    """ "Nghị định 68/2021/NQ-CP": the type word says one thing, the symbol another."""
    for _, r in draft.mentions():
        if not r.type or not r.symbol or r.rule == "code-alone" or agrees(r.type, r.symbol):
            continue
        head, joint, issuer = _parted(r.symbol)
        if r.type in types_of("letter") and (issuer.lower() not in lexicon().tokens or "văn bản" in r.text.lower()):
            continue  # "1234/CT-TTHT" is the tax office's letter, "Văn bản số 12/TB-UBND" whatever the symbol says
        kinds = symbol_types(r.symbol)
        names = " hoặc ".join(dict.fromkeys(k.name for k in kinds if k.broader is None)) or "Luật hoặc Nghị quyết"
        own = next((k for k in document_types() if k.name == r.type), None)
        right = (
            f"{own.symbols[0]}{joint}{issuer}"
            if own and own.symbols and issuer and r.type not in types_of("letter")
            else None
        )
        suggestion = f"{names} {full_code(r.number, r.year, r.symbol)}"
        if right:
            suggestion += f", hoặc {r.type} {full_code(r.number, r.year, right)}"
        message = f"Tên loại “{r.type}” không khớp với ký hiệu “{r.symbol}” (ký hiệu {head} là của {names})."
        yield draft.finding("type-symbol", "error", r.start, r.end, message, suggestion)


def _parted(symbol: str) -> tuple[str, str, str]:
    match = re.match(r"([^-/]+)([-/]?)(.*)", symbol)
    assert match
    return match[1], match[2], match[3]


@cache
def _issuers() -> tuple[
    dict[str, tuple[BodyEntry | BodyTemplate, ...]], dict[str, BodyEntry], dict[str, tuple[BodyTemplate, ...]]
]:
    """Bodies and templates by symbol, entries by key, templates by slug."""
    by_symbol: dict[str, tuple[BodyEntry | BodyTemplate, ...]] = {}
    everyone: list[BodyEntry | BodyTemplate] = [*bodies(), *body_templates()]
    for body in everyone:
        for symbol in body.symbols:
            by_symbol[symbol.lower()] = (*by_symbol.get(symbol.lower(), ()), body)
    slugs: dict[str, tuple[BodyTemplate, ...]] = {}
    for template in body_templates():
        slugs[template.slug] = (*slugs.get(template.slug, ()), template)
    return by_symbol, {entry.key: entry for entry in bodies()}, slugs


def issuer_fits(symbol: str, key: str) -> bool:
    """Can the body with this key have issued a document with this symbol? What the tables do not know fits.

    >>> issuer_fits("NĐ-CP", "vn/chinh-phu"), issuer_fits("NQ/TW", "vn/bo-chinh-tri"), issuer_fits("NĐ-CP", "vn/quoc-hoi")
    (True, True, False)
    """
    by_symbol, entries, slugs = _issuers()
    token = _issuer_token(symbol)
    meant = by_symbol.get(token) or by_symbol.get(token.rstrip("0123456789"), ())
    stated: tuple[BodyEntry | BodyTemplate, ...]
    stated = (entries[key],) if key in entries else slugs.get(key.rpartition("/")[2], ())
    if not meant or not stated:
        return True
    return any(_same(a, b) for a in meant for b in stated)


def names_issuer(symbol: str) -> bool:
    """Do the tables know whose symbol this is?"""
    token = _issuer_token(symbol)
    by_symbol = _issuers()[0]
    return token in by_symbol or token.rstrip("0123456789") in by_symbol


def _issuer_token(symbol: str) -> str:
    parts = [p for p in re.split("[-/]", symbol.lower()) if p]
    if len(parts) > 1 and parts[0] in lexicon().type_tokens:
        return parts[1]
    return parts[0] if parts else ""


def _same(a: BodyEntry | BodyTemplate, b: BodyEntry | BodyTemplate) -> bool:
    """One body, or two of one house: Bộ Chính trị signs as TW, Ban Thường vụ Tỉnh ủy as TU, a renamed ministry's successor
    answers for its symbol."""
    local = isinstance(a, BodyTemplate)
    if local != isinstance(b, BodyTemplate):
        return False
    if a == b or (a.branch == b.branch == "party"):
        return True
    if {s.lower() for s in a.symbols} & {s.lower() for s in b.symbols}:
        return True
    mine, other = _key(a), _key(b)
    # An organ without a symbol of its own signs with that of the house it belongs to.
    inner = (a.parent == other and not a.symbols) or (b.parent == mine and not b.symbols)
    return other in a.successors or mine in b.successors or inner


def _key(body: BodyEntry | BodyTemplate) -> str:
    return body.slug if isinstance(body, BodyTemplate) else body.key


def issuer_and_symbol(draft: Draft) -> Iterator[Finding]:
    """ "Nghị định số 30/2020/NĐ-CP của Thủ tướng Chính phủ": the issuer printed is not the one that the symbol names."""
    for _, r in draft.mentions():
        # An issuer that the mention has from a list or a sentence's subject is the reader's conclusion, not print.
        if not r.symbol or not r.issuer_key or r.extent <= r.end or issuer_fits(r.symbol, r.issuer_key):
            continue
        if "TTLT" in r.symbol or "NQLT" in r.symbol or r.type in types_of("letter"):
            continue
        token = _issuer_token(r.symbol)
        by_symbol = _issuers()[0]
        names = " hoặc ".join(
            dict.fromkeys(_plain(b.name) for b in by_symbol.get(token) or by_symbol.get(token.rstrip("0123456789"), ()))
        )
        message = f"Cơ quan ban hành ghi là “{r.issuer}”, nhưng ký hiệu “{r.symbol}” là của {names}."
        yield draft.finding(
            "issuer-symbol", "error", r.start, r.extent, message, f"Kiểm tra lại: {names}, hay ký hiệu khác"
        )


def _plain(name: str) -> str:
    """A template's name without its places: "Ủy ban nhân dân {unit} {name}"."""
    return " ".join(re.sub(r"\{unit\}|\{name\}", " ", name).replace("{party}", "cấp ủy").split())


_DASHES = re.compile(f"(?!-){DASH}")
_FAULTS = {
    "code-joint": ("error", "Dấu nối trong số, ký hiệu thiếu hoặc sai"),
    "code-slash": ("error", "Thừa dấu gạch chéo trong số, ký hiệu"),
    "code-case": ("warning", "Chữ hoa, chữ thường trong ký hiệu không đúng"),
    "code-dash": ("hint", "Dấu gạch nối trong số, ký hiệu không phải dấu “-”"),
    "code-blank": ("hint", "Có khoảng trắng trong số, ký hiệu"),
}


def code_faults(printed: str, right: str) -> list[str]:
    """How a printed code differs from the right one, the worst first; empty where it does not, or is another code.

    >>> code_faults("24/2026//NQCP", "24/2026/NQ-CP"), code_faults("866/QĐ – TTg", "866/QĐ-TTg")
    (['code-joint', 'code-slash'], ['code-dash', 'code-blank'])
    """
    # A line break inside a code is the layout's doing, a backslash is Markdown's.
    text = re.sub(r"[ \t]*\r?\n\s*", "", unicodedata.normalize("NFC", printed).replace("\u00a0", " ")).replace("\\", "")
    faults = []
    if re.search(r"\s", text):
        faults.append("code-blank")
        text = re.sub(r"\s+", "", text)
    if _DASHES.search(text):
        faults.append("code-dash")
        text = _DASHES.sub("-", text)
    if "//" in text:
        faults.append("code-slash")
        text = text.replace("//", "/")
    if text.lower() != right.lower():
        if re.sub("[-/]", "", text.lower()) != re.sub("[-/]", "", right.lower()):
            return []
        faults.append("code-joint")
    if _miscased(text, right, joined="code-joint" not in faults):
        faults.append("code-case")
    return sorted(faults, key=list(_FAULTS).index)


def _miscased(text: str, right: str, *, joined: bool) -> bool:
    """Is a known symbol in the wrong case? Of an unknown one ("2587-CV/VPTW/nb": a typist's initials) nobody knows the right one."""
    if not joined:
        return re.sub("[-/]", "", text) != re.sub("[-/]", "", right)
    known = lexicon().tokens
    pairs = zip(re.split("[-/]", text), re.split("[-/]", right), strict=False)
    return any(a != b and b.rstrip("0123456789").lower() in known for a, b in pairs)


def _printed_code(r: Reference) -> tuple[int, str] | None:
    """Where in the mention's text its own code begins, and the code; None where the symbol is shared with a later one."""
    head = re.split("[-/]", r.symbol or "")[0]
    found = None
    for match in re.finditer(rf"(?<![0-9]){re.escape(r.number or '')}\s?\\?(?:/|{DASH})", r.text):
        found = match
    if found is None or head.lower() not in unicodedata.normalize("NFC", r.text[found.start() :]).lower():
        return None
    return found.start(), r.text[found.start() :]


def code_form(draft: Draft) -> Iterator[Finding]:
    """ "24/2026//NQ-CP", "12/NQCP", "104-CTr/Tu", "338/QĐ/TTg", "866/QĐ – TTg": readable, but not as it is written."""
    for _, r in draft.mentions():
        code = _printed_code(r) if r.number and r.symbol and has_form(r.symbol) else None
        if code is None:
            continue
        start, printed = code
        right = _right_code(r, printed)
        excused = _excused(draft, r, start, printed)
        faults = [fault for fault in code_faults(printed, right) if fault not in excused]
        if faults:
            yield code_finding(draft, faults, r.start + start, r.end, right)


def _right_code(r: Reference, printed: str) -> str:
    """How the code should be printed. Old forms know both joints: "61-CP", "299/TTg"."""
    right = full_code(r.number, r.year, r.symbol)
    old = r.year is None and not re.search("[-/]", r.symbol or "")
    return right.replace("/", "-") if old and "-" in printed else right


def _excused(draft: Draft, r: Reference, start: int, printed: str) -> set[str]:
    """What is no fault here: case in a title in capitals and in a register that knows none, blanks of a text layer."""
    excused = set()
    if r.text.isupper() or r.text[:start].isupper() or draft.text_line(r.start).islower():
        excused.add("code-case")
    if draft.facts.source.format == "pdf" or "\n" in printed:
        excused.add("code-blank")
    return excused


def has_form(symbol: str) -> bool:
    """Do the tables know how a code with this symbol is built? A firm's "2020/SAVN-LAB/GA" follows its own rules."""
    return bool(symbol_types(symbol)) or names_issuer(symbol)


def code_finding(draft: Draft, faults: list[str], start: int, end: int, right: str) -> Finding:
    """What is said of a code at start..end with these faults, the worst first."""
    printed = " ".join(draft.text[start:end].split())
    message = "; ".join(_FAULTS[f][1] for f in faults) + f": “{printed}”."
    return draft.finding(faults[0], _FAULTS[faults[0]][0], start, end, message, right)


def misprinted(token: str) -> tuple[str, ...]:
    """The known symbols that an unknown token is but for a usual slip: a lost mark ("QD"), two letters swapped ("UBDN"), one of
    two equal letters lost or doubled ("Tg", "BNNPTNTT").

    >>> misprinted("QD"), misprinted("NHNNN"), misprinted("Tg"), misprinted("UBND"), misprinted("ABC")
    (('QĐ',), ('NHNN',), ('TTg',), (), ())
    """
    known = lexicon().tokens
    lowered = token.lower()
    if lowered in known or lowered.rstrip("0123456789") in known or len(token) < 2:
        return ()
    found: set[str] = set()
    for i, c in enumerate(lowered):
        if c == "d":
            found.add(lowered[:i] + "đ" + lowered[i + 1 :])
        if len(lowered) > 3 and i:
            found.add(lowered[: i - 1] + c + lowered[i - 1] + lowered[i + 1 :])
        found.add(lowered[:i] + c + lowered[i:])
        if i and lowered[i - 1] == c and len(lowered) > 3:
            found.add(lowered[:i] + lowered[i + 1 :])
    return tuple(sorted({known[slip] for slip in found if slip in known}))


def symbol_misprint(draft: Draft) -> Iterator[Finding]:
    """ "866/QĐ-Tg", "15/QD-UBND": a symbol that nobody has, next to one that somebody does."""
    for _, r in draft.mentions():
        tokens = re.split("([-/])", r.symbol or "")
        # Type and issuer; what follows is a department, whose short name is its own. A letter's symbol is nothing else.
        better = [misprinted(t) if n in (0, 2) else () for n, t in enumerate(tokens)]
        right = [b[0] if b else t for t, b in zip(tokens, better, strict=True)]
        if right == tokens or r.text.isupper() or r.type in types_of("letter") or not symbol_types(right[0]):
            continue
        n = next(n for n, b in enumerate(better) if b)
        message = f"Không có ký hiệu “{tokens[n]}”; có thể là “{'” hoặc “'.join(better[n][:3])}”."
        suggestions = [full_code(r.number, r.year, "".join([*right[:n], b, *right[n + 1 :]])) for b in better[n][:3]]
        yield draft.finding("symbol-misprint", "warning", r.start, r.end, message, " hoặc ".join(suggestions))
