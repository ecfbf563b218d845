"""What a document whose number or day was left blank for the pen, or cannot be read, may have there: offered, never a fact.

It comes from the name that an office gives the file ("46 TB-UBND.pdf"), the time of the signature that the file holds, else its name,
and documents with a number that agree in type, symbol, issuer, title and month: a register's row, a citation. Of a number or day of
which OCR is not sure, what it read is offered with the rest.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath

from chidao.extract.corpus.doubtful import SAME_TITLE
from chidao.extract.corpus.series import file_name, names_nobody
from chidao.extract.language.dates import iso_day
from chidao.extract.language.letters import slug
from chidao.extract.language.patterns import day as _day
from chidao.extract.language.symbols import likeness, type_key
from chidao.extract.model import DOUBTED, Document, Facts, Offered

_MOST = 12
"""Documents that are compared with a draft, and offered for it."""
_NAMED_DAY = re.compile(r"(?<!\d)signed[_ .-]?(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)(?!\d)", re.IGNORECASE)
_STAMPED_DAY = re.compile(
    rf"(?<!\d)(?:{_day('[0-3]?[0-9]', '[01]?[0-9]')}|(?P<y2>20\d\d)-(?P<m3>\d\d)-(?P<d2>\d\d))(?!\d)"
)
_SIGNATURE = ("signed on ", "digital signature: ")
"""How the notes begin that tell of signatures within the file."""

_Place = tuple[str | None, str, str | None, str]
"""Scope, type with symbol, issuer and month of a document."""


def offer_numbers(files: Sequence[Facts], own: Sequence[str | None], documents: dict[str, Document]) -> None:
    """Give the files' documents without a number what may be their number and day; `own` has each file's document."""
    drafts = [
        (facts, key)
        for facts, key in zip(files, own, strict=True)
        if key and facts.heading.symbol and (not documents[key].number or _doubted(facts))
    ]
    numbered = _by_place(documents.values()) if drafts else {}
    for facts, key in drafts:
        documents[key] = _with_offers(documents[key], facts, numbered)


def _with_offers(document: Document, facts: Facts, numbered: dict[_Place, list[Document]]) -> Document:
    """The document with what may be its number and day, where these are blank or doubted."""
    offered = _doubted(facts)
    doubted = {o.what for o in offered}
    blank = not document.number
    same: list[Document] = []
    if blank or "number" in doubted:
        same = [d for d in _near(document, numbered) if d.key != document.key and _same_title(document, d)]
        offered += name_numbers(facts.source.path, document.symbol or "")
        offered += [Offered("number", d.number or "", f"{d.label}: same symbol, title and month") for d in same]
    if not document.date or "date" in doubted:
        offered += signed_days(facts.source.path, facts.source.notes, document.month)
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


def _by_place(documents: Iterable[Document]) -> dict[_Place, list[Document]]:
    found: dict[_Place, list[Document]] = defaultdict(list)
    for document in documents:
        if document.number and document.symbol and document.title and (month := document.month):
            found[_place(document, month)].append(document)
    return found


def _place(document: Document, month: str) -> _Place:
    kind = f"{type_key(document.symbol, document.type)}/{slug(document.symbol or '')}"
    # A committee's organs give its numbers: "KH/TU" of the Tỉnh ủy or of its Ban Thường vụ.
    return document.scope, kind, document.issuer_key if names_nobody(document.symbol) else None, month


def _near(document: Document, numbered: dict[_Place, list[Document]]) -> list[Document]:
    """Return the numbered documents of the draft's body, symbol and month; none where they are too many to compare."""
    near = numbered.get(_place(document, document.month), []) if document.month else []
    return near if len(near) <= 50 * _MOST else []


def _same_title(draft: Document, document: Document) -> bool:
    """Are the titles one? Papers on two people differ in the names alone."""
    a, b = draft.title or "", document.title or ""
    return bool(a and b) and likeness(a, b) >= SAME_TITLE and _names(a) <= set(_WORD.findall(b.lower()))


_WORD = re.compile(r"\w+")


def _names(title: str) -> set[str]:
    """The words with a capital behind the first one, in small letters; none of a title in capitals."""
    words = [] if title.isupper() else _WORD.findall(title)[1:]
    return {word.lower() for word in words if word[0].isupper()}
