"""Give the members of a list what is said once for all of them: issuer, title, type."""

from __future__ import annotations

import re
from dataclasses import replace

from chidao.extract.language.jurisdictions import Place
from chidao.extract.language.patterns import DIVISION, FOOTNOTE, MARKS, NUMBER_SIGN
from chidao.extract.language.symbols import UNKNOWN, issuer_fits, issuer_of, names_issuer
from chidao.extract.model import Reference

_BETWEEN = re.compile(rf"{MARKS}\s*(?:,|và|,\s*và)\s*(?:(?:các\s+)?{NUMBER_SIGN})?{MARKS}")
_PART = re.compile(
    rf"{FOOTNOTE}\s*(?:[,;]|và|[,;]\s*và)\s*(?:{DIVISION}\s+[0-9a-zđIVX]{{1,5}}(?:\s*,)?\s+){{1,4}}(?:của\s+)?",
    re.IGNORECASE,
)
"""A part of the next document stands between."""
_PARTED = re.compile(rf"{MARKS}\s*;[^\S\n]+(?:và\s+)?")
NEXT_NUMBER = ("code-alone", "code-enumeration")
"""Rules that read a number behind another one."""


def share_details(
    text: str, found: list[Reference], home: Place | None = None, own: Place | None = None
) -> list[Reference]:
    """Return the references with what stands behind the last of a list, which holds for all of it.

    "Nghị quyết số 18, 19-NQ/TW của Ban Chấp hành Trung ương", "Nghị định 62/2020/NĐ-CP, Nghị định 106/2020/NĐ-CP của
    Chính phủ về VTVL": the issuer goes to members that stand bare; the title also to members that have just a date. `home` is the
    province whose paper it is, `own` the place, of whatever level.
    """
    shared = list(found)
    for i in range(len(found) - 2, -1, -1):
        f, following = found[i], shared[i + 1]
        if 0 <= following.start - f.extent <= 12 and _BETWEEN.fullmatch(text, f.extent, following.start):
            shared[i] = _perhaps_below(_listed(f, following), f, following, own)
        elif following.issuer and not f.issuer and _PART.fullmatch(text, f.extent, following.start):
            shared[i] = _perhaps_below(_issued_with(f, following), f, following, own)
        elif home and _PARTED.fullmatch(text, f.extent, following.start) and _may_be_elsewhere(f, following, home):
            shared[i] = replace(f, scope=UNKNOWN)
    for i in range(1, len(shared)):
        if shared[i - 1].listed:
            shared[i] = _typed(shared[i], shared[i - 1])
    return shared


def _typed(f: Reference, before: Reference) -> Reference:
    """A member of a list, with the type word of the one before: "Công văn số 85/BNV-TL và số 86/BNV-TL"."""
    alike = f.symbol and before.symbol and f.symbol.split("-")[0] == before.symbol.split("-")[0]
    return (
        replace(f, type=before.type)
        if f.rule == "code-alone" and before.type and alike and f.type != before.type
        else f
    )


def _listed(f: Reference, following: Reference) -> Reference:
    """A member of a list, with what the next one says of both."""
    issuer, issuer_key, scope, title = f.issuer, f.issuer_key, f.scope, f.title
    if f.kind == following.kind == "numbered":
        bare = f.extent == f.end and not following.date
        one = (bare and _can_be_of(f, following)) or _of_one_local_body(f, following) or _of_one_series(f, following)
        if following.issuer and not issuer and one:
            issuer, issuer_key, scope = following.issuer, following.issuer_key, scope or following.scope
        # What stands behind a day tells of that document alone, and what is said of an issuer of its own too; a law's name before its
        # number is its own: "Luật số 16/2023/QH15 và Luật Thú y số 79/2015/QH13".
        behind = "law-number" not in (f.rule, following.rule)
        if title is None and not f.issuer and (f.date or not following.date) and behind:
            title = following.title
    return replace(
        f, issuer=issuer, issuer_key=issuer_key, scope=scope, title=title, listed=True, shared=title is not f.title
    )


def _may_be_elsewhere(f: Reference, following: Reference, home: Place) -> bool:
    """ "Quyết định số 1/2019/QĐ-UBND ngày …; Quyết định số 2/2020/QĐ-UBND ngày … của UBND tỉnh Bến Tre", in a paper of Vĩnh Long: may
    be of both, so that the first is not surely the writer's own."""
    bare = not (f.issuer or f.scope or f.title) and f.kind == following.kind == "numbered"
    elsewhere = following.scope is not None and following.scope.split("/")[0] not in (home.key, "vn")
    return bare and elsewhere and _of_one_local_body(f, following)


def _perhaps_below(read: Reference, f: Reference, following: Reference, own: Place | None) -> Reference:
    """ "Kế hoạch A ngày …, Công văn B ngày … của UBND xã Mẫu", in a paper of the province: A, `read` without an issuer, may be of either,
    so that it is not surely the writer's own; nor is what stands before it in the list."""
    if read.issuer or read.scope or f.title or following.scope is None or not _of_one_kind(f, following):
        return read
    below = "/" in following.scope and (own is None or following.scope != own.key)
    handed = following.scope == UNKNOWN and following.issuer is None
    return replace(read, scope=UNKNOWN) if below or handed else read


def _can_be_of(f: Reference, following: Reference) -> bool:
    """Can who issued the next one have issued this one: not a law "Luật số 54/2024/QH15 và Nghị định số 23/2020/NĐ-CP của Chính phủ", nor
    what another kind of body has numbered "Tờ trình số 210/TTr-SYT và Công văn số 11/UBND-KT của UBND tỉnh", whichever province's?"""
    if not f.symbol or not following.issuer:
        return True
    if following.issuer_key:
        return issuer_fits(f.symbol, following.issuer_key)
    return not names_issuer(f.symbol) or not following.symbol or _of_one_kind(f, following)


def _issued_with(f: Reference, following: Reference) -> Reference:
    """ "A ngày … và khoản 2 Điều 1 B của HĐND tỉnh An Giang": who issued B issued A; all else is said of B."""
    if not _of_one_local_body(f, following):
        return f
    return replace(f, issuer=following.issuer, issuer_key=following.issuer_key, scope=f.scope or following.scope)


def _of_one_series(f: Reference, following: Reference) -> bool:
    """ "Nghị quyết số 18, 19-NQ/TW ngày … của Ban Chấp hành Trung ương", "các Quyết định số 5/QĐ-BNV, 6/QĐ-BNV ngày … của Bộ trưởng": one
    type word with numbers of one symbol has one issuer, whichever of them the day is of; so have two of one type whose symbol names it:
    "Thông tư số 5/2032/TT-BYT ngày … và Thông tư số 6/2032/TT-BYT ngày … của Bộ trưởng Bộ Y tế"; the Party's centre has two."""
    if f.symbol is None or f.symbol != following.symbol:
        return False
    named = f.type == following.type and not f.symbol.endswith("/TW") and names_issuer(f.symbol)
    return (named and following.scope == "vn") or (f.extent == f.end and following.rule in NEXT_NUMBER)


def _of_one_local_body(f: Reference, following: Reference) -> bool:
    """ "Nghị quyết số 19/2022/NQ-HĐND ngày … và Nghị quyết số 15/2023/NQ-HĐND ngày … của HĐND tỉnh An Giang": of several provinces
    each would be named."""
    return _of_one_kind(f, following) and (f.type == following.type or _of_one_province(f, following))


def _of_one_kind(f: Reference, following: Reference) -> bool:
    """Do the symbols of both name one kind of local body?"""
    if not f.symbol or not following.symbol:
        return False
    # letters name their drafting units too: "Công văn số 12/UBND-NC ngày … và Công văn số 13/UBND-KT ngày … của UBND tỉnh X"
    issuer = issuer_of(f.symbol)
    return issuer is not None and issuer.template is not None and issuer == issuer_of(following.symbol)


def _of_one_province(f: Reference, following: Reference) -> bool:
    """ "Kế hoạch A ngày …, Công văn B ngày … của UBND tỉnh Hà Nam": may two types be one body's? Behind a title of its own, or before what
    a district or commune issued, the first may be of the paper's body: "Quyết định A về chợ và Kế hoạch B của UBND xã Mẫu"."""
    return f.title is None and following.scope is not None and "/" not in following.scope
