"""The identity that a page gives the document which it prints: "Ngày 05/6/2026, Ban Thường vụ Tỉnh ủy đã ban hành Nghị quyết số
10-NQ/TU về phát triển du lịch. Báo Quảng Trị trân trọng giới thiệu toàn văn Nghị quyết."

A newspaper or a portal that prints a document says first which one it is, and mostly leaves out the letterhead. What it says of that
document counts where the document's own heading is silent; of two documents of that type none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from chidao.extract.heading.jurisdiction import place_of
from chidao.extract.heading.lines import has_title
from chidao.extract.language.codes import CODE
from chidao.extract.language.composing import one_of
from chidao.extract.language.jurisdictions import Place
from chidao.extract.language.letters import LETTER
from chidao.extract.language.lexicon import lexicon
from chidao.extract.language.patterns import TYPE
from chidao.extract.language.tables import words
from chidao.extract.model import Heading, Reference, Span

_VERB = one_of(words("introduces", "pages.csv"))
_FULL = r"(?:\s+(?:tới|đến|cùng|với)\s+[^.:;\n]{2,40}?)?\s+toàn\s+văn\s+(?:nội\s+dung\s+|bản\s+)?"
_INTRODUCES = re.compile(
    rf"(?<!\w)(?:(?P<below>(?:sau|dưới)\s+đây\s+là)|(?:trân\s+trọng|xin)\s+(?:được\s+)?{_VERB}|"
    rf"{one_of(words('prints', 'pages.csv'))}(?:\s[^.:;\n]{{1,60}}?)?\s{_VERB}|(?P<bare>{_VERB})){_FULL}(?P<type>{TYPE})(?![{LETTER}])"
    r"(?![^.:;\n]{0,200}\s(?:trên|ở|tại)\s+(?:cổng|trang|báo|số|website|công\s+báo|chuyên\s+mục|địa\s+chỉ|đây))"
    r"(?P<rest>[^.:;\n]{0,200})(?(bare):|[.:]?)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
"""Who prints it says so, or a colon does; "đăng toàn văn Nghị quyết tại địa chỉ …" says where to read it."""
_HEADLINE = re.compile(rf"\W*toàn\s+văn\s*:?\s+(?P<type>{TYPE})(?![{LETTER}])[^\n]*", re.IGNORECASE)
"""A page's headline, "Toàn văn: Chỉ thị số 18/CT-TTg của Thủ tướng Chính phủ về …", and below it what else is told of that document."""
_TOLD = 4
"""So many paragraphs below a headline tell of the document."""

_TOP = 3000
"""So many characters of a page its introduction ends in."""
_LEAST = 200
"""So many at least follow, the document itself."""


class Introduction(NamedTuple):
    """Where a page's introduction of a document ends, and the type that it calls it by."""

    end: int
    type: str


def find_introduction(text: str) -> Introduction | None:
    """Return the introduction with which the page `text` begins; None where it has none, or where a letterhead stands first."""
    if text.find("oàn văn", 0, _TOP) < 0 and text.find("OÀN VĂN", 0, _TOP) < 0:
        return None
    headline = _HEADLINE.match(text)
    found = headline or _INTRODUCES.search(text, 0, _TOP)
    if found is None or has_title(text[: found.start()]):
        return None
    end = _end_told(text, headline) if headline else found.end()
    if len(text[end:].strip()) < _LEAST:
        return None
    return Introduction(end, lexicon().types[" ".join(found["type"].lower().split())].name)


def _end_told(text: str, headline: re.Match[str]) -> int:
    """Where the paragraphs end that tell more of the document of a headline: the last of them that has its number."""
    code = CODE.search(text, headline.end("type"), headline.end())
    end = headline.end()
    lines = [match for match in re.finditer(r"[^\n]*\S[^\n]*", text[:_TOP]) if match.start() >= end][:_TOLD]
    return max((line.end() for line in lines if code and code.group() in line.group()), default=end)


def fill_introduced(
    headed: tuple[Heading, Place | None], introduced: Introduction, references: Sequence[Reference], home: Place | None
) -> tuple[Heading, Place | None]:
    """Return the heading, and the document's place, with what its introduction says; `references` are those of the introduction.

    A heading that states another number or another type than the introduction stays as it is.
    """
    heading, where = headed
    alike = [r for r in references if r.number and r.type == introduced.type]
    if len({(r.number, r.symbol) for r in alike}) != 1 or heading.type not in (None, introduced.type):
        return headed
    if (heading.number, heading.symbol) not in ((None, None), (alike[0].number, alike[0].symbol)):
        return headed
    said: dict[str, Any] = {"type": introduced.type, "number": alike[0].number, "symbol": alike[0].symbol}
    said |= {part: _first(alike, part) for part in ("year", "date", "issuer", "title")}
    new = {part: value for part, value in said.items() if value is not None and getattr(heading, part) is None}
    if "issuer" in new:
        issued = next(r for r in alike if r.issuer == new["issuer"])
        new |= {"issuer_key": issued.issuer_key, "scope": issued.scope}
        where = where or place_of(new["issuer"], issued.scope, home)
    places = replace(heading.places, number=heading.places.number or (alike[0].start, alike[0].end))
    if "title" in new:
        places = replace(places, title=_place_of_title(alike, new["title"]))
    return replace(heading, **new, places=places), where


def _first(references: Sequence[Reference], part: str) -> Any:
    return next((value for r in references if (value := getattr(r, part)) is not None), None)


def _place_of_title(references: Sequence[Reference], title: str) -> Span | None:
    titled = next(r for r in references if r.title == title)
    return (titled.title_start, titled.extent) if titled.title_start >= 0 else None
