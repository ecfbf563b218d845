"""Rows that hold the document's whole text beside its fields, as exports for machines do: {"title": …, "document_number": …, "text": …}.

The text is read as the document; offsets count in the field's value. The fields are used where the text's heading is silent; where the
two say different things, the heading is right and a note tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from chidao.extract.facts import Reading
from chidao.extract.language.jurisdictions import Place
from chidao.extract.language.letters import fold
from chidao.extract.language.patterns import ADDRESS, BASIS, GIVES, GROUND, PROPOSES, SPEAKS
from chidao.extract.language.verbs import CARRIES_OUT
from chidao.extract.model import Heading

__all__ = ["full_text", "read_full_text"]

_LONG = 200
"""Characters: a shorter text is a remark."""
_LINES = 4
"""Line ends: a letterhead alone has more."""


def full_text(cells: Mapping[str, str]) -> str | None:
    """Return the document's text that a row holds, if it does: longer than a remark and than the title, or of several lines, one of which
    opens its preamble or its first article; "Nội dung" with such lines is no title."""
    text, title = cells.get("text", ""), cells.get("title", "")
    whole = text.strip()
    long = len(whole) > _LONG or whole.count("\n") >= _LINES or _enacts(whole) or _SPEAKS.match(whole) is not None
    if long and len(whole) > len(title):
        return text
    return title if _enacts(title.strip()) else None


_OPENS = re.compile(rf"^[\s*_]*(?:{GROUND}\s|Điều\s+1\s*[.:])", re.IGNORECASE | re.MULTILINE)


_SPEAKS = re.compile(
    rf"(?:{ADDRESS}\s*:[^\n]+\n|(?:để\s+)?(?:{CARRIES_OUT}|{BASIS})\s[^\n]*?\ssố\s[^\n]*?,\s+[^,;\n]{{2,80}}?\s(?:{SPEAKS}|{GIVES}|{PROPOSES})\s[^\n]{{20,}}[.;:]\s*\Z)",
    re.IGNORECASE,
)
"""Of a short text that greets, or says in a sentence what its writer does: "Thực hiện Quyết định số …, Sở Nội vụ đề nghị các xã …"; a
summary of it has no such sentence."""


def _enacts(text: str) -> bool:
    """Does a text of more than one line state on what it rests, or what it decides?"""
    return "\n" in text and _OPENS.search(text) is not None


def read_full_text(text: str, fields: Heading, place: Place | None) -> tuple[Reading, tuple[str, ...]]:
    """Return the text read as a document, with what its fields add to its heading, and notes of where they disagree."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    own = Reading(text, place)
    heading, home = own.headed
    notes = tuple(_disagreements(heading, fields))
    joined = replace(heading, **dict(_missing(heading, fields)))
    return Reading(text, place, composed=own.composed, layout=own.layout, headed=(joined, home or place)), notes


def _missing(heading: Heading, fields: Heading) -> Iterator[tuple[str, Any]]:
    for names in (("number", "symbol", "year"), ("issuer", "issuer_key"), ("signer", "signer_role")):
        if all(getattr(heading, name) is None for name in names):
            yield from ((name, getattr(fields, name)) for name in names)
    if heading.number is None and heading.symbol and fields.symbol and fold(heading.symbol) == fold(fields.symbol):
        yield "number", fields.number  # the heading has a blank for the pen
        yield "year", heading.year or fields.year
    for name in ("type", "date", "title", "scope"):
        if getattr(heading, name) is None:
            yield name, getattr(fields, name)
    if not heading.recipients:
        yield "recipients", fields.recipients


def _disagreements(heading: Heading, fields: Heading) -> Iterator[str]:
    pairs = (
        ("number", _code(heading), _code(fields)), ("date", heading.date, fields.date), ("type", heading.type, fields.type),
        ("issuer", heading.issuer, fields.issuer),
    )  # fmt: skip
    for name, said, stated in pairs:
        if said and stated and fold(said) != fold(stated):
            yield f"the text's heading and the field differ in {name}: “{said}”, “{stated}”; the heading's is taken"


def _code(heading: Heading) -> str | None:
    if not heading.number or not heading.symbol:
        return None
    year = f"/{heading.year}" if heading.year else ""
    return f"{heading.number.lstrip('0')}{year}/{heading.symbol}"
