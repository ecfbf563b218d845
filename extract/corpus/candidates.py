"""What a document whose number or day was left blank for the pen, or cannot be read, may have there: offered, never a fact.

It comes from the name that an office gives the file ("46 TB-UBND.pdf"), the time of the signature that the file holds, else its name,
and documents with a number that agree in type, symbol, issuer, title and month: a register's row, a citation. Of a number or day of
which OCR is not sure, what it read is offered with the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from chidao.extract.corpus.doubtful import SAME_TITLE
from chidao.extract.corpus.series import file_name, names_nobody
from chidao.extract.language.dates import iso_day
from chidao.extract.language.letters import slug
from chidao.extract.language.patterns import day as _day
from chidao.extract.language.symbols import WORD, likeness, type_key
from chidao.extract.model import DOUBTED, Facts
from chidao.extract.resolved import Document, Offered

MOST_NEAR = 600
"""Documents that are compared with a draft: none where there are more."""
_NAMED_DAY = re.compile(r"(?<!\d)signed[_ .-]?(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)(?!\d)", re.IGNORECASE)
_STAMPED_DAY = re.compile(
    rf"(?<!\d)(?:{_day('[0-3]?[0-9]', '[01]?[0-9]')}|(?P<y2>20\d\d)-(?P<m3>\d\d)-(?P<d2>\d\d))(?!\d)"
)
_SIGNATURE = ("signed on ", "digital signature: ")
"""How the notes begin that tell of signatures within the file."""


class Draft(NamedTuple):
    """What a file holds that may stand in the blanks of its heading: the number and day of which OCR is not sure, and its notes of
    signatures."""

    doubts: tuple[Offered, ...]
    signatures: tuple[str, ...]


def draft_of(facts: Facts) -> Draft | None:
    """Return what may be the number and day of the file's own document; None where both are sure, or its symbol is not known."""
    doubts = _doubted(facts)
    if not facts.heading.symbol or (facts.heading.number and not doubts):
        return None
    return Draft(tuple(doubts), tuple(note for note in facts.source.notes if note.startswith(_SIGNATURE)))


def place_of(document: Document) -> str | None:
    """Return under what drafts look for this document: its scope, type, symbol, issuer and month; None where nothing is offered for it."""
    return _place(document) if document.number and document.title else None


def sought_by(document: Document) -> str | None:
    """Return under what a draft's document looks for others (see `place_of`)."""
    return _place(document)


def with_offers(document: Document, draft: Draft, path: str, near: Sequence[Document]) -> Document:
    """Return the document with what may be its number and day, where these are blank or doubted; `near` are those of its place."""
    blank = not document.number
    if not (blank or draft.doubts):
        return document
    offered = list(draft.doubts)
    doubted = {o.what for o in offered}
    same: list[Document] = []
    if blank or "number" in doubted:
        same = [d for d in near if d.key != document.key and _same_title(document, d)] if len(near) <= MOST_NEAR else []
        offered += name_numbers(path, document.symbol or "")
        offered += [Offered("number", d.number or "", f"{d.label}: same symbol, title and month") for d in same]
    if not document.date or "date" in doubted:
        offered += signed_days(path, draft.signatures, document.month)
    document = replace(document, offered=tuple(dict.fromkeys(offered)))
    if not (blank and same):
        return document
    return replace(
        document,
        candidates=tuple(sorted({*document.candidates, *(d.key for d in same)})),
        why=document.why or "its number is blank; a document with a number agrees with it",
    )


def _doubted(facts: Facts) -> list[Offered]:
    """The number and day of the file's heading of which OCR is not sure."""
    rules = {rule: part for part, rule in DOUBTED.items()}
    found = [(rules[s.rule], s.why) for s in facts.suspicions if s.rule in rules]
    return [Offered(part, getattr(facts.heading, part), _how_sure(why)) for part, why in found]


def _how_sure(why: str) -> str:
    return why.partition(" ")[2].partition(":")[0]


def name_numbers(path: str, symbol: str) -> list[Offered]:
    """Return the number that a file's name states beside the document's symbol.

    >>> name_numbers("scan/46 TB-UBND.pdf", "TB-UBND")
    [Offered(what='number', value='46', source='file name “46 TB-UBND.pdf”')]
    >>> name_numbers("TB 2025.pdf", "TB-UBND"), name_numbers("KH 46.pdf", "TB-UBND")
    ([], [])
    """
    name = file_name(path)
    plain = slug(PurePath(name).stem)
    parts = [part for part in slug(symbol).split("-") if part]
    if not parts:
        return []
    # "299 UB.pdf" is how names of files shorten it
    first, *others = ("ub(?:nd)?" if part == "ubnd" else re.escape(part) for part in parts)
    rest = "-?".join([first, *others])
    found = re.findall(rf"(?<![a-z0-9])(?:so-?)?0*([0-9]{{1,5}})-?(?:{rest}|{first})(?![a-z0-9])", plain)
    found += re.findall(rf"(?<![a-z0-9]){first}-(?:so-?)?0*([0-9]{{1,5}})(?![0-9])", plain)
    numbers = dict.fromkeys(n for n in found if n != "0" and not re.fullmatch("(?:19|20)[0-9]{2}", n))
    return [Offered("number", n, f"file name “{name}”") for n in numbers]


def signed_days(path: str, notes: Iterable[str], month: str | None) -> list[Offered]:
    """Return the days of signatures, in `month` where that is known ("2025-02"): those that the file holds, as its notes tell; else the
    one in its name, which may be that of a copy.

    >>> signed_days("88 QD UB.signed_20250513_162547.pdf", (), None)
    [Offered(what='date', value='2025-05-13', source='file name “88 QD UB.signed_20250513_162547.pdf”')]
    >>> signed_days("88 QD UB.signed_20250513_162547.pdf", ["signed on 2025-02-06 16:03"], "2025-02")
    [Offered(what='date', value='2025-02-06', source='digital signature')]
    """
    held = dict.fromkeys(
        day
        for note in notes
        if note.startswith(_SIGNATURE)
        for m in _STAMPED_DAY.finditer(note)
        if (day := iso_day(m["y"] or m["y2"], m["m"] or m["m2"] or m["m3"], m["d"] or m["d2"]))
    )
    source = "digital signature"
    if not held:
        name = file_name(path)
        source = f"file name “{name}”"
        held = dict.fromkeys(day for m in _NAMED_DAY.finditer(name) if (day := iso_day(m["y"], m["m"], m["d"])))
    return [Offered("date", day, source) for day in sorted(held) if month is None or day.startswith(month)]


def _place(document: Document) -> str | None:
    if not document.symbol or not document.month:
        return None
    kind = f"{type_key(document.symbol, document.type)}/{slug(document.symbol)}"
    # A committee's organs give its numbers: "KH/TU" of the Tỉnh ủy or of its Ban Thường vụ.
    issuer = document.issuer_key if names_nobody(document.symbol) else None
    return "\t".join((document.scope or "", kind, issuer or "", document.month))


def _same_title(draft: Document, document: Document) -> bool:
    """Are the titles one? Papers on two people differ in the names alone."""
    a, b = draft.title or "", document.title or ""
    return bool(a and b) and likeness(a, b) >= SAME_TITLE and _names(a) <= set(WORD.findall(b.lower()))


def _names(title: str) -> set[str]:
    """The words with a capital behind the first one, in small letters; none of a title in capitals."""
    words = [] if title.isupper() else WORD.findall(title)[1:]
    return {word.lower() for word in words if word[0].isupper()}
