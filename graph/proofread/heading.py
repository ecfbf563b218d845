"""The proofreader's rules about the document's own heading. A draft's blank number and date are in order until it is signed, so
what is said of them is a hint."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from chidao.extract.corpus.series import names_nobody
from chidao.extract.language.dates import printed_day
from chidao.extract.language.letters import early_tones, slug
from chidao.extract.language.symbols import agrees, issuer_fits
from chidao.extract.resolved import printed_code
from chidao.graph.proofread.draft import Draft, Finding
from chidao.graph.proofread.form import better_symbols, code_faults, code_finding, has_form, no_such_symbol, right_code
from chidao.ontology.authority import districts, jurisdictions, types_of

_NOWHERE = 0, 0


def own_heading(draft: Draft) -> Iterator[Finding]:
    """Type word and symbol, issuer and symbol, and the place's spelling."""
    heading = draft.facts.heading
    typed = heading.type and heading.type not in types_of("letter")
    if typed and heading.type and heading.symbol and not agrees(heading.type, heading.symbol):
        start, end = heading.places.number or _NOWHERE
        code = printed_code(heading.number, heading.year, heading.symbol)
        message = f"Tên loại của văn bản là “{heading.type}”, nhưng số, ký hiệu là “{code}”."
        yield draft.finding("heading-type-symbol", "error", start, end, message)
    fits = not heading.symbol or names_nobody(heading.symbol) or issuer_fits(heading.symbol, heading.issuer_key or "")
    if heading.symbol and heading.issuer and heading.issuer_key and not fits:
        start, end = heading.places.number or _NOWHERE
        message = f"Cơ quan ban hành là “{heading.issuer}”, nhưng ký hiệu “{heading.symbol}” là của cơ quan khác."
        yield draft.finding("heading-issuer-symbol", "warning", start, end, message)
    if heading.place and (right := misspelt(heading.place)):
        start, end = heading.places.place or _NOWHERE
        message = f"Địa danh “{heading.place}” có thể viết sai."
        yield draft.finding("heading-place", "hint", start, end, message, right)


def own_blanks(draft: Draft) -> Iterator[Finding]:
    """What a document that states its type, or is a letter, lacks of its number, its day and its issuer (Nghị định 30/2020/NĐ-CP,
    Điều 8)."""
    heading, places = draft.facts.heading, draft.facts.heading.places
    if not heading.type or draft.consolidated or heading.type in types_of("named"):
        return
    top = places.type or draft.first_line()
    if not heading.number:
        blank = (
            f"Số văn bản còn để trống (ký hiệu “{heading.symbol}”)."
            if heading.symbol
            else "Văn bản chưa có số, ký hiệu."
        )
        yield draft.finding("heading-number-blank", "hint", *(places.number or top), blank)
    if not heading.date:
        known = f" (tháng {printed_day(heading.month)})" if heading.month else ""
        said = f"Ngày ban hành còn để trống hoặc không đọc được{known}."
        yield draft.finding("heading-date-blank", "hint", *(places.date or top), said)
    if not heading.issuer:
        said = "Phần đầu văn bản không có tên cơ quan ban hành, hoặc không đọc được."
        yield draft.finding("heading-issuer-missing", "hint", *top, said)


def own_code(draft: Draft) -> Iterator[Finding]:
    """How the heading prints its own number: "Số: 24/2026//NQ-CP", "Số: 12/KHUBND". Blanks are left by those who fill it in."""
    heading = draft.facts.heading
    if not heading.number or not heading.symbol or not has_form(heading.symbol) or not heading.places.number:
        return
    start, end = heading.places.number
    right = right_code(heading, draft.text[start:end])
    shouted = draft.text_line(start).isupper()  # "CỦA CHÍNH PHỦ SỐ 61/2008/NĐ-CP NGÀY …" knows no case
    excused = ("code-blank", "code-case") if shouted else ("code-blank",)
    faults = [f for f in code_faults(draft.text[start:end], right) if f not in excused]
    if faults:
        yield code_finding(draft, faults, start, end, right)


def own_symbol(draft: Draft) -> Iterator[Finding]:
    """ "Số: 77/QD-UBND": a symbol that nobody has, next to one that somebody does."""
    heading = draft.facts.heading
    better = better_symbols(heading.symbol) if heading.number and heading.symbol and heading.places.number else []
    if better and heading.type not in types_of("letter"):
        yield no_such_symbol(draft, *(heading.places.number or _NOWHERE), heading, better)


@cache
def _places() -> dict[str, tuple[str, ...]]:
    """Names of provinces and districts by their letters without marks."""
    found: dict[str, dict[str, str]] = {}
    names = [name for j in jurisdictions() for name in (j.name, *j.labels)] + [d.name for d in districts()]
    for name in names:
        found.setdefault(slug(name), {}).setdefault(name.lower(), name)
    return {key: tuple(spelt.values()) for key, spelt in found.items()}


def misspelt(place: str) -> str | None:
    """Return the one place that is spelt so but for its marks ("Hà Nôi"); None for a known or an unknown one (communes are in no table).

    >>> misspelt("Hà Nôi"), misspelt("Hà Nội"), misspelt("Nậm Chày")
    ('Hà Nội', None, None)
    """
    bare = " ".join(re.sub(r"^(?:TP\.?|Thành phố|Tỉnh)\s*", "", place, flags=re.IGNORECASE).split())
    names = _places().get(slug(bare), ())
    words = _plain(bare)
    return names[0] if len(names) == 1 and _plain(names[0]) != words else None


def _plain(name: str) -> list[str]:
    """Words without the mark's place, which is typed both ways ("Khánh Hòa", "Khánh Hoà")."""
    return early_tones(name.lower().replace("-", " ")).split()
