"""What a document whose number or day was left blank for the pen, or cannot be read, may have there: offered, never a fact.

It comes from the name that an office gives the file ("46 TB-UBND.pdf"), the time of the signature where the name or the file
tells it, and documents with a number that agree in type, symbol, issuer, title and month: a register's row, a citation.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from chidao.extract.corpus.doubtful import SAME_TITLE
from chidao.extract.language.letters import slug
from chidao.extract.language.symbols import likeness, type_key
from chidao.extract.model import Document, Facts, Offered

_MOST = 12
"""Documents that are compared with a draft, and offered for it."""
_SIGNED = re.compile(
    r"(?<!\d)signed[_ .-]?(20\d\d)(\d\d)(\d\d)(?!\d)|\bsigned on (20\d\d)-(\d\d)-(\d\d)", re.IGNORECASE
)

_Place = tuple[str | None, str, str | None, str]
"""Scope, type with symbol, issuer and month of a document."""


def offer_numbers(files: Sequence[Facts], own: Sequence[str | None], documents: dict[str, Document]) -> None:
    """Give the files' documents without a number what may be their number and day; `own` has each file's document."""
    drafts = [
        (facts, key)
        for facts, key in zip(files, own, strict=True)
        if key and facts.heading.symbol and not documents[key].number
    ]
    numbered = _by_place(documents.values()) if drafts else {}
    for facts, key in drafts:
        document = documents[key]
        same = [d for d in _near(document, numbered) if _same_title(document, d)]
        offered = [
            *name_numbers(facts.source.path, document.symbol or ""),
            *(Offered("number", d.number or "", f"{d.label}: same symbol, title and month") for d in same),
            *(signed_days((facts.source.path, *facts.source.notes)) if not document.date else ()),
        ]
        documents[key] = replace(
            document,
            offered=tuple(dict.fromkeys(offered)),
            candidates=tuple(sorted({*document.candidates, *(d.key for d in same)})),
            why=document.why or ("its number is blank; a document with a number agrees with it" if same else None),
        )


def name_numbers(path: str, symbol: str) -> list[Offered]:
    """Return the number that a file's name states beside the document's symbol.

    >>> name_numbers("scan/46 TB-UBND.pdf", "TB-UBND")
    [Offered(what='number', value='46', source='file name “46 TB-UBND.pdf”')]
    >>> name_numbers("TB 2025.pdf", "TB-UBND"), name_numbers("KH 46.pdf", "TB-UBND")
    ([], [])
    """
    name = PurePath(path.rpartition("!")[2].replace("\\", "/")).name
    plain = slug(PurePath(name).stem)
    parts = [part for part in slug(symbol).split("-") if part]
    if not parts:
        return []
    first, rest = re.escape(parts[0]), "-?".join(map(re.escape, parts))
    found = re.findall(rf"(?<![a-z0-9])(?:so-?)?0*([0-9]{{1,5}})-?(?:{rest}|{first})(?![a-z0-9])", plain)
    found += re.findall(rf"(?<![a-z0-9]){first}-(?:so-?)?0*([0-9]{{1,5}})(?![0-9])", plain)
    numbers = dict.fromkeys(n for n in found if n != "0" and not re.fullmatch("(?:19|20)[0-9]{2}", n))
    return [Offered("number", n, f"file name “{name}”") for n in numbers]


def signed_days(texts: Iterable[str]) -> list[Offered]:
    """Return the days of signatures that a file's name or notes tell.

    >>> signed_days(["88 QD UB.signed_20250513_162547.pdf"])
    [Offered(what='date', value='2025-05-13', source='time of the signature')]
    """
    found: dict[str, None] = {}
    for match in (m for text in texts for m in _SIGNED.finditer(text)):
        year, month, day = (int(part) for part in match.groups() if part)
        try:
            found[date(year, month, day).isoformat()] = None
        except ValueError:
            continue
    return [Offered("date", day, "time of the signature") for day in found]


def _by_place(documents: Iterable[Document]) -> dict[_Place, list[Document]]:
    found: dict[_Place, list[Document]] = defaultdict(list)
    for document in documents:
        if document.number and document.symbol and document.title and (month := document.month):
            found[_place(document, month)].append(document)
    return found


def _place(document: Document, month: str) -> _Place:
    kind = f"{type_key(document.symbol, document.type)}/{slug(document.symbol or '')}"
    return document.scope, kind, document.issuer_key, month


def _near(document: Document, numbered: dict[_Place, list[Document]]) -> list[Document]:
    """Return the numbered documents of the draft's body, symbol and month; none where they are too many to compare."""
    near = numbered.get(_place(document, document.month), []) if document.month else []
    return near if len(near) <= 50 * _MOST else []


def _same_title(draft: Document, document: Document) -> bool:
    return bool(draft.title and document.title) and likeness(draft.title or "", document.title or "") >= SAME_TITLE
