"""Find every place where the text refers to one particular official document, with what is said of it there."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from chidao.extract.language.jurisdictions import Place
from chidao.extract.language.laws import laws
from chidao.extract.language.lexicon import lexicon
from chidao.extract.language.symbols import (
    UNKNOWN,
    had_ended,
    is_of_another,
    is_of_other_side,
    issuer_of,
    issuer_part,
    levels_of,
    names_issuer,
)
from chidao.extract.language.tables import generic_symbols
from chidao.extract.language.verbs import CARRIES_OUT
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.central_titles import central_title
from chidao.extract.mentions.citation import CitationDetails, read_citation
from chidao.extract.mentions.cores import find_cores, says_number
from chidao.extract.mentions.elsewhere import tells_elsewhere
from chidao.extract.mentions.in_titles import read_in_titles, read_inner
from chidao.extract.mentions.organs import names_place
from chidao.extract.mentions.preceding import add_preceding
from chidao.extract.mentions.shared_details import share_details
from chidao.extract.mentions.title_stops import Following
from chidao.extract.mentions.title_text import clean_title
from chidao.extract.model import BodyMention, Reference
from chidao.extract.reading.layout import Layout
from chidao.ontology.authority import types_of


def find_references(layout: Layout, bodies: BodyFinder, own: str | None = None, own_type: int = -1) -> list[Reference]:
    """Return all references of the reading text, in text order, with what stands behind each.

    `own` is the number that the heading states ("12", with its symbol "NQ-CP": "12 NQ-CP"), `own_type` where it states the type; the
    lines that state them are no references.
    """
    text = layout.text
    found = _without_own_number(text, find_cores(layout, lexicon(), own_type), own)
    found = _read_details(text, found, bodies)
    found = share_details(text, found, bodies.places.top, bodies.places.home)
    found = read_in_titles(text, found, add_preceding(text, found, bodies), bodies)
    found = _title_laws(text, found)
    return [_of_there(text, f, bodies) for f in found] if tells_elsewhere(text) else found


def _of_there(text: str, f: Reference, bodies: BodyFinder) -> Reference:
    """A local document of which a paragraph tells that begins with a place is of that place: "Tại tỉnh Sơn La, Kế hoạch số 5/KH-UBND …";
    behind a bare name it may be the writer's as well."""
    if not f.symbol or f.scope is not None or not _is_local(f.symbol):
        return f
    there = bodies.there(text, f.start)
    place = there.places.home
    if place is None or there is bodies or place.level not in levels_of(issuer_part(f.symbol)):
        return f
    return replace(f, scope=UNKNOWN if there.doubtful else place.key)


def _without_own_number(text: str, found: list[Reference], own: str | None) -> list[Reference]:
    """Leave out the code of the heading, which is one of the first."""
    for i, f in enumerate(found[:4] if own else []):
        if f.rule == "code-alone" and own == f"{f.number} {f.symbol}" and says_number(text, f.start):
            return found[:i] + found[i + 1 :]
    return found


def _read_details(text: str, found: list[Reference], bodies: BodyFinder) -> list[Reference]:
    """Add what stands behind each code, from the last to the first, since a title may hold the references behind it."""
    outer = 0
    bare: list[bool] = []
    for n, f in enumerate(found):
        # "Luật sửa đổi … của Luật A và Luật B ngày …": the day is the outer law's, but that of "… Luật B số 2/2018/QH14 ngày …" is B's
        numbered = f.number is not None and f.end == outer
        bare.append(f.end <= outer and not numbered)
        if numbered:
            bare[next(i for i in range(n) if found[i].end == outer)] = True
        outer = max(outer, f.end)
    following = Following()
    elsewhere = tells_elsewhere(text)
    read = list(found)
    for i in range(len(found) - 1, -1, -1):
        f = found[i]
        if not bare[i]:
            details = read_citation(
                text, f.end, bodies.there(text, f.start) if elsewhere else bodies, following, symbol=f.symbol
            )
            if details.issuer and _is_the_reports(text, f, details.issuer, details.date):
                details = replace(details, issuer=None)
            if details.extent > f.end:
                read[i] = f = _with_details(f, details, bodies.places.home)
        following.add(f.start, f.extent)
    return read_inner(text, read, following, bodies)


CARRIED_OUT = re.compile(rf"(?<!\w){CARRIES_OUT}\s+\Z", re.IGNORECASE)
"""What stands before a document that is carried out."""


def _is_the_reports(text: str, f: Reference, issuer: BodyMention, day: str | None) -> bool:
    """ "Báo cáo thực hiện Nghị quyết số 19-NQ/TU của Ủy ban nhân dân huyện": is whoever stands behind the number of the report? No body of
    the State issued what bears a Party number; behind a day it is what is said of the document, and wrong."""
    if f.symbol is None or day is not None or not is_of_other_side(f.symbol, issuer.name):
        return False
    return CARRIED_OUT.search(text, max(0, f.start - 24), f.start) is not None


def _is_generic(symbol: str) -> bool:
    """Does the symbol only say which organ issued, of whatever body: "KH-MTTQ-BTT"?"""
    return issuer_part(symbol) in generic_symbols()


def _is_local(symbol: str) -> bool:
    issuer = issuer_of(symbol)
    return issuer is not None and issuer.template is not None


def _who_issued(symbol: str | None, details: CitationDetails) -> BodyMention | None:
    """The printed issuer; None where the symbol says better than a printed name that no table has who that is."""
    issuer = details.issuer
    if issuer is None or symbol is None:
        return issuer
    if issuer.rule != "body-printed":
        return issuer
    # "KH-BTC của Ban Tổ chức Lễ hội" is not of Bộ Tài chính
    another = is_of_another(symbol, issuer.name)
    if _is_generic(symbol):
        return replace(issuer, scope=UNKNOWN) if another and not issuer.scope else issuer
    if not names_issuer(symbol):
        return issuer
    # "HD-BTM của Bộ Tham mưu" of 2025 is not of Bộ Thương mại, which ended in 2007.
    another = another or had_ended(symbol, details.date)
    # "UBND tỉnh" of whichever province, or a misprint of whom the symbol names; "UBND tỉnh Qui Nhơn" is not the document's own.
    elsewhere = names_place(issuer.name) and _is_local(symbol)
    return replace(issuer, key="", scope=UNKNOWN) if another or elsewhere else None


def _with_details(f: Reference, details: CitationDetails, home: Place | None) -> Reference:
    issuer = _who_issued(f.symbol, details)
    # "quy định chi tiết một số điều của Luật Đấu thầu về lựa chọn nhà thầu": "về" goes on with the outer title; a law
    # is named by its own.
    titled = details.title and not (f.kind == "named" and f.title)
    # All fields are named here, since replace() takes as long as reading all the rest of a citation.
    return Reference(
        f.start, f.end, "", f.kind, f.type, f.number, f.symbol, f.year,
        date=details.date,
        issuer=issuer.name if issuer else f.issuer,
        issuer_key=(issuer.key or None) if issuer else None,
        title=central_title(details.title, f.type, f.symbol, home) if titled and details.title else f.title,
        name=f.name,
        scope=(issuer.scope if issuer else None) or f.scope,
        extent=details.extent,
        rule=f.rule,
        title_start=details.title_start if titled else -1,
    )  # fmt: skip


_APPOSED = ("", ":", ",", "(", "–", "-")


def _is_called(law: Reference, name: Reference) -> bool:
    """Can the law with this number have that name? Of "Luật số 16/2023/QH15, Luật Thú y" the table knows another number."""
    known = laws().get(name.name or "", ())
    return not known or f"{law.number}/{law.year}/{law.symbol}" in {version.code for version in known}


def _title_laws(text: str, found: list[Reference]) -> list[Reference]:
    """ "Luật số 146/2025/QH15 của Quốc hội: Luật sửa đổi, bổ sung …": the name behind a law's number is its title."""
    titled = list(found)
    for i, (law, name) in enumerate(pairwise(found)):
        if (
            law.type in types_of("statute")
            and law.kind == "numbered"
            and law.title is None
            and (name.kind, name.type) == ("named", law.type)
            and name.start - law.extent <= 4
            and text[law.extent : name.start].strip() in _APPOSED
            and _is_called(law, name)
        ):
            titled[i] = replace(law, title=clean_title(text[name.start : name.end]), title_start=name.start)
    return titled
