"""The proofreader's rules about one citation by itself: type word, symbol, issuer and how the code is printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from chidao.extract.corpus.series import names_nobody
from chidao.extract.language.laws import KNOWN_UNTIL, laws
from chidao.extract.language.letters import slug
from chidao.extract.language.lexicon import lexicon
from chidao.extract.language.patterns import DASH
from chidao.extract.language.symbols import agrees, issuer_fits, issuers_of, names_issuer, symbol_types
from chidao.extract.language.tables import generic_symbols
from chidao.extract.model import Heading, Reference
from chidao.extract.resolved import printed_code
from chidao.graph.proofread.draft import Draft, Finding
from chidao.ontology.authority import (
    bodies,
    document_types,
    types_of,
)


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
        suggestion = f"{names} {printed_code(r.number, r.year, r.symbol)}"
        if right:
            suggestion += f", hoặc {r.type} {printed_code(r.number, r.year, right)}"
        message = f"Tên loại “{r.type}” không khớp với ký hiệu “{r.symbol}” (ký hiệu {head} là của {names})."
        yield draft.finding("type-symbol", "error", r.start, r.end, message, suggestion)


def _parted(symbol: str) -> tuple[str, str, str]:
    match = re.match(r"([^-/]+)([-/]?)(.*)", symbol)
    assert match
    return match[1], match[2], match[3]


def law_number(draft: Draft) -> Iterator[Finding]:
    """ "Luật Đất đai số 45/2024/QH15": no law of that name has the number, of the years in which the table has all of them."""
    for _, r in draft.mentions():
        versions = laws().get(f"{slug(r.type)}/{slug(_bare(r.title, r.type))}", ()) if r.type and r.title else ()
        code = printed_code(r.number, r.year, r.symbol)
        if r.rule != "law-number" or not versions or code in {law.code for law in versions}:
            continue
        if r.year and versions[0].year <= r.year < int(KNOWN_UNTIL[:4]):
            law = next(law for law in reversed(versions) if law.year <= r.year)
            message = f"{law.type} {law.name} không có số {code}."
            yield draft.finding(
                "law-number", "warning", r.start, r.end, message, f"{law.type} {law.name} số {law.code}"
            )


def _bare(title: str, kind: str) -> str:
    """A law's name without the word that says that it is one."""
    return title[len(kind) :].strip() if title.lower().startswith(kind.lower()) else title


def issuer_and_symbol(draft: Draft) -> Iterator[Finding]:
    """ "Nghị định số 30/2020/NĐ-CP của Thủ tướng Chính phủ": the issuer printed is not the one that the symbol names."""
    for _, r in draft.mentions():
        # An issuer that the mention has from a list or a sentence's subject is the reader's conclusion, not print.
        if not r.symbol or not r.issuer_key or r.extent <= r.end or issuer_fits(r.symbol, r.issuer_key):
            continue
        if "TTLT" in r.symbol or "NQLT" in r.symbol or r.type in types_of("letter"):
            continue
        if names_nobody(r.symbol):
            continue  # "KH-MTTQ-BTT" is every Front's, "KH/ĐU" every Party committee's
        if r.issuer_key in _of_old():
            continue  # "Nghị định số 35-CP của Hội đồng Chính phủ"
        names = " hoặc ".join(dict.fromkeys(_plain(b.name) for b in issuers_of(r.symbol)))
        message = f"Cơ quan ban hành ghi là “{r.issuer}”, nhưng ký hiệu “{r.symbol}” là của {names}."
        yield draft.finding(
            "issuer-symbol", "error", r.start, r.extent, message, f"Kiểm tra lại: {names}, hay ký hiệu khác"
        )


@cache
def _of_old() -> frozenset[str]:
    """The bodies that ended before symbols had the form that they have now, and had others' now."""
    return frozenset(body.key for body in bodies() if body.valid_to and body.valid_to < _SYMBOLS_OF_TODAY)


_SYMBOLS_OF_TODAY = "1992-10-01"
"""Since the Government of the Constitution of 1992."""


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
    """Return how a printed code differs from the right one, the worst first; empty where it does not, or is another code.

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


_UNSPACED = re.compile(r"\s+")


def _printed_code(r: Reference) -> tuple[int, str] | None:
    """Where in the mention's text its own code begins, and the code; None where the symbol is shared with a later one."""
    head = re.split("[-/]", r.symbol or "")[0]
    found = None
    number = r"\s?".join(map(re.escape, r.number or ""))  # OCR parts figures: "1 719/QĐ-TTg", "UBTVQH1 5"
    for match in re.finditer(rf"(?<![0-9]){number}\s?\\?(?:/|{DASH})", r.text):
        found = match
    if (
        found is None
        or head.lower() not in _UNSPACED.sub("", unicodedata.normalize("NFC", r.text[found.start() :])).lower()
    ):
        return None
    return found.start(), r.text[found.start() :]


def code_form(draft: Draft) -> Iterator[Finding]:
    """ "24/2026//NQ-CP", "12/NQCP", "104-CTr/Tu", "338/QĐ/TTg", "866/QĐ – TTg": readable, but not as it is written."""
    for _, r in draft.mentions():
        code = _printed_code(r) if r.number and r.symbol and has_form(r.symbol) else None
        if code is None:
            continue
        start, printed = code
        right = right_code(r, printed)
        excused = _excused(draft, r, start, printed)
        faults = [fault for fault in code_faults(printed, right) if fault not in excused]
        if faults:
            yield code_finding(draft, faults, r.start + start, r.end, right)


def right_code(of: Reference | Heading, printed: str) -> str:
    """Return how the code should be printed. Old forms know both joints: "61-CP", "299/TTg", "77-SL"."""
    right = printed_code(of.number, of.year, of.symbol)
    if "LT/" in printed:
        right = right.replace("LT-", "LT/", 1)  # "72/2025/NQLT/UBTVQH15-CP": several issuers join behind the type
    old = of.year is None and not re.search("[-/]", of.symbol or "")
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
    """Return what is said of a code at start..end with these faults, the worst first."""
    printed = " ".join(draft.text[start:end].split())
    message = "; ".join(_FAULTS[f][1] for f in faults) + f": “{printed}”."
    return draft.finding(faults[0], _FAULTS[faults[0]][0], start, end, message, right)


def run_together(token: str) -> tuple[str, ...]:
    """Return the symbols of type and issuer that a token is whose joint is lost, also where the issuer's has a slip.

    >>> run_together("CTTg"), run_together("QĐTTg"), run_together("UBND"), run_together("CTC")
    (('CT-TTg',), ('QĐ-TTg',), (), ())
    """
    tokens, lowered = lexicon().tokens, token.lower()
    if lowered in tokens:
        return ()
    found: list[str] = []
    for cut in range(2, len(token) - 1):
        head, rest = lowered[:cut], lowered[cut:]
        if head in lexicon().type_tokens:
            issuers = (tokens[rest],) if rest in tokens else misprinted(rest)
            found += [f"{tokens[head]}-{issuer}" for issuer in issuers if names_issuer(issuer)]
    return tuple(dict.fromkeys(found))


def misprinted(token: str) -> tuple[str, ...]:
    """Return the known symbols that an unknown token is but for a usual slip: a lost mark ("QD"), two letters swapped ("UBDN"), one of
    two equal letters lost or doubled ("Tg", "BNNPTNTT").

    >>> misprinted("QD"), misprinted("NHNNN"), misprinted("Tg"), misprinted("UBND"), misprinted("ABC")
    (('QĐ',), ('NHNN',), ('TTg',), (), ())
    """
    known = lexicon().tokens
    lowered = token.lower()
    if {lowered, lowered.rstrip("0123456789")} & {*known, *generic_symbols()} or len(token) < 2:
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
        better = better_symbols(r.symbol or "")
        if better and not r.text.isupper() and r.type not in types_of("letter"):
            yield no_such_symbol(draft, r.start, r.end, r, better)


def better_symbols(symbol: str) -> list[tuple[str, ...]]:
    """Return for each token of a symbol and each joint what may be meant by it; nothing where the symbol is as somebody has it.

    >>> better_symbols("QD-UBND"), better_symbols("QĐ-UBND")
    ([('QĐ',), (), ()], [])
    """
    tokens = re.split("([-/])", symbol)
    # Type and issuer; what follows is a department, whose short name is its own. A letter's symbol is nothing else.
    better = [misprinted(t) if n in (0, 2) else () for n, t in enumerate(tokens)]
    if len(tokens) == 1 and (whole := run_together(tokens[0])):
        better = [whole]
    first = better[0][0] if better[0] else tokens[0]
    return better if any(better) and symbol_types(first) else []


def no_such_symbol(
    draft: Draft, start: int, end: int, of: Reference | Heading, better: Sequence[tuple[str, ...]]
) -> Finding:
    """Return what is said of the code at start..end, whose symbol nobody has."""
    tokens = re.split("([-/])", of.symbol or "")
    right = [b[0] if b else t for t, b in zip(tokens, better, strict=True)]
    n = next(n for n, b in enumerate(better) if b)
    message = f"Không có ký hiệu “{tokens[n]}”; có thể là “{'” hoặc “'.join(better[n][:3])}”."
    suggestions = [printed_code(of.number, of.year, "".join([*right[:n], b, *right[n + 1 :]])) for b in better[n][:3]]
    return draft.finding("symbol-misprint", "warning", start, end, message, " hoặc ".join(suggestions))
