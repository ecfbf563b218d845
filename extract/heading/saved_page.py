"""The document inside a saved web page: what the page's own table says of it, and where its text begins and ends.

A page of a law portal has menus and a table of the document ("Số hiệu:", "Loại văn bản:", "Nơi ban hành:", "Ngày ban hành:") before
the letterhead, and links, notices and the site's own address behind the signature. None of that is the document's text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, repeat
from typing import Any, cast

from chidao.extract.frozen import quick
from chidao.extract.heading.lines import split_lines
from chidao.extract.heading.signature import is_person
from chidao.extract.language.codes import CODE, read_code
from chidao.extract.language.composing import one_of, spaced
from chidao.extract.language.dates import DATE, iso_date
from chidao.extract.language.jurisdictions import Place
from chidao.extract.language.letters import LETTER, UPPER, fold
from chidao.extract.language.lexicon import lexicon
from chidao.extract.language.patterns import ANNEX, ATTACHED_IN_CAPITALS, NATION, PARTY_TITLE, RECIPIENTS, SIGNS_FOR
from chidao.extract.language.symbols import issuer_part
from chidao.extract.language.tables import words
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import Heading, Span, Suspicion

_MARKS = " \t\r|*_#>-–•·\u00a0"
"""Blanks, a table's bars, bullets and the marks of Markdown around a page's words."""
_PARTS = ("code", "type", "issuer", "signer", "date")
_LABELS = {label: part for part in (*_PARTS, "other label") for label in words(part, "pages.csv")}
"""How portals call what they say of a document, and which part of its identity that is, if it is one of _PARTS."""
_LABEL = re.compile(rf"\n[{re.escape(_MARKS)}]*+(?i:{one_of(_LABELS)})(?=[{re.escape(_MARKS)}]*[:\n])")
"""A label alone on a line or in a cell, whose edges are lines' ends too, or before its value."""
_MENU = frozenset(words("menu", "pages.csv"))
"""Words that stand alone on a line of a page's menus."""
_TITLE = re.compile(rf"{NATION}|{spaced('VIỆT NAM DÂN CHỦ CỘNG HÒA')}|{PARTY_TITLE}")
_FEET = (*words("foot", "pages.csv"), *words("links", "pages.csv"), *words("news links", "pages.csv"))
_OPENS_FOOT = (
    rf"(?:Các\s+)?{one_of(_FEET)}(?![{LETTER}])|{one_of(words('foot alone', 'pages.csv'))}:?$|"
    r"Cổng\s+thông\s+tin\s+điện\s+tử\s[^;.\n]*$"
)
_WITHIN_FOOT = rf"(?<=[0-9]/){one_of(words('foot within', 'pages.csv'))}(?![{LETTER}])"
_FOOTER = re.compile(rf"{_OPENS_FOOT}|(?:[^;/\n]*+/)+?{_WITHIN_FOOT}", re.IGNORECASE | re.MULTILINE)
"""How a line begins that stands below the document on a page: "© 2025", "Văn bản liên quan", "Trang web này sử dụng cookie"."""
_FOOT = re.compile(rf"[\n/](?:(?<=\n)[{re.escape(_MARKS)}]*+(?:{_OPENS_FOOT})|{_WITHIN_FOOT})", _FOOTER.flags)
"""Where a line may be one, in a text: a search for the two marks passes over all other letters at once."""
_LINKS = re.compile(
    rf"(?:Các\s+)?(?:{one_of(words('links', 'pages.csv'))}|(?P<news>{one_of(words('news links', 'pages.csv'))}))"
    rf"(?:\s+[{LETTER}]+){{0,4}}[\s:]*(?:\([0-9]+\))?",
    re.IGNORECASE,
)
"""A line that heads nothing but links to others: "Văn bản cùng chủ đề", "Tin liên quan:"."""
_ANNEX = re.compile(rf"{ANNEX}|{ATTACHED_IN_CAPITALS}|DANH\s+(?:SÁCH|MỤC)")
_OWN_ENTRY = re.compile(r"^[0-9]{1,3}[.)]\s|(?<!\.)[.;]$")
"""A line numbered or closed as a document's own list is, and its sentences; links are neither."""
_SENDS = re.compile(
    r"(?<!\w)(?:(?:gửi|cung\s+cấp)\s+(?:[^\s.;:]+\s+){0,4}?(?:tài\s+liệu|các\s+văn\s+bản)"
    r"|(?:tài\s+liệu|(?:các|những)\s+văn\s+bản|danh\s+(?:sách|mục))\s+(?:[^\s.;:]+\s+){0,3}?(?:dưới\s+đây|(?:gửi|đính)\s+kèm))(?!\w)",
    re.IGNORECASE,
)
"""What says above the signature that papers go along with the document."""
_SIGNED = re.compile(rf"(?:{RECIPIENTS}|{SIGNS_FOR}\b\.?\s*[{UPPER}]{{2}})")
_SIGNED_OPENS = frozenset(word[0] for kind in ("recipients", "for whom one signs") for word in words(kind))
_LONGEST_LABEL = 40
"""Longer than any label with the marks around it, or word of a menu, in characters."""
_TOP = 400
"""Lines before a letterhead at most."""
_LEAST_FIELDS, _LEAST_WORDS = 3, 2
_MOST_FEET = 8
"""Lines at most of which each is looked at with all behind it."""


@dataclass(frozen=True, slots=True)
class Field:
    """What the page says of one part of the document's identity, and where."""

    part: str
    value: str
    span: Span


@quick
@dataclass(frozen=True, slots=True)
class SavedPage:
    """The text with blanks for what is not the document's, so that every offset stays; `fields` are what the page's table says."""

    text: str
    fields: tuple[Field, ...] = ()

    def field(self, part: str) -> Field | None:
        return next((field for field in self.fields if field.part == part), None)


def read_page(text: str) -> SavedPage:
    """Return the document inside a saved page; any other text as it is, which a look at all its lines together tells."""
    bare = list(map(str.strip, text.split("\n"), repeat(_MARKS)))
    cells = f"\n{text}\n".replace("|", "\n").replace("\t", "\n")
    labelled = list(_labels(bare, {text.count("\n", 0, label.start()) for label in _LABEL.finditer(cells)}))
    menus = len(_MENU.intersection(map(str.lower, [line[:_LONGEST_LABEL] for line in bare]))) >= _LEAST_WORDS
    if len(labelled) < _LEAST_FIELDS and not menus and not _FOOT.search(f"\n{text}"):
        return SavedPage(text)
    return _document_in(text, bare, labelled)


def _document_in(text: str, bare: Sequence[str], labelled: Sequence[_Label]) -> SavedPage:
    """The document inside what may be a saved page; `bare` are its lines without marks around them."""
    said = {label.part: (label.value, label.at) for label in reversed(labelled) if label.part in _PARTS and label.value}
    last = max((label.at for label in labelled), default=-1)
    start = _start(bare)
    above = bare[: start if start is not None else last + 1]
    menu = {word.lower() for word in above} & _MENU
    labels = sum(label.line < len(above) for label in labelled)
    page = labels >= _LEAST_FIELDS or len(menu) >= _LEAST_WORDS
    begin = (start if start is not None else last + 1) if page else 0
    end = _end(bare, begin, page, said["code"][0] if "code" in said else None)
    if not begin and end == len(bare):
        return SavedPage(text)
    lines = split_lines(text)
    known = said if page and labels >= _LEAST_FIELDS else {}
    fields = tuple(Field(part, value, lines[at].span(value, last=True)) for part, (value, at) in known.items())
    first = lines[begin].start if begin < len(lines) else len(text)
    stop = lines[end].start if end < len(lines) else len(text)
    return SavedPage(_blank(text[:first]) + text[first:stop] + _blank(text[stop:]), fields)


def _blank(text: str) -> str:
    return "\n".join(" " * len(line) for line in text.split("\n"))


@dataclass(frozen=True, slots=True)
class _Label:
    """A label of the page's table on line `line`: the part of the identity that it names, if one, and its value with its line."""

    line: int
    part: str
    value: str
    at: int


def _labels(bare: Sequence[str], on: Collection[int]) -> Iterator[_Label]:
    """The labels of the page's table, which stand `on` those lines. A value stands behind its label's colon, in the next cell, or on the
    next line."""
    for n in sorted(n for n in on if n < _TOP):
        cells = [cell.strip(_MARKS) for cell in bare[n].replace("\t", "|").split("|")]
        read = [_label(cell) for cell in cells]
        if _heads_list(cells, read):
            continue
        for i, (part, value) in enumerate(read):
            if part is None:
                continue
            at = n
            if not value and i + 1 < len(cells):
                value = cells[i + 1] if read[i + 1][0] is None else ""
            elif not value:
                at = next((k for k in range(n + 1, min(n + 5, len(bare))) if bare[k]), n)
                value = bare[at] if at > n and _label(bare[at])[0] is None else ""
            yield _Label(n, part, value, at if value else n)


def _heads_list(cells: Sequence[str], read: Sequence[tuple[str | None, str]]) -> bool:
    """Is a row the header of a list of documents?"""
    bare = sum(part is not None and not value for part, value in read)
    return bare > _MOST_LABELS or sum(map(bool, cells)) > _MOST_CELLS


_MOST_CELLS = 4
"""Cells at most of a row of such a table, two labels each with its value; more are the header of a list of documents."""
_MOST_LABELS = 2
"""… as are three labels or more without values: "TT | Số hiệu | Ngày ban hành | Trích yếu"."""


def _label(cell: str) -> tuple[str | None, str]:
    """The part of the identity that a cell names, None where it is no label, and the value behind its colon."""
    name, _, value = cell.partition(":")
    name = name.strip(_MARKS)
    if len(name) > _LONGEST_LABEL or len(cell) > 200:
        return None, ""
    return _LABELS.get(" ".join(name.lower().split())), value.strip(_MARKS)


def _start(bare: Sequence[str]) -> int | None:
    """The line on which the letterhead begins: above the national or Party title, with the issuer's lines before it."""
    for n, line in enumerate(bare[:_TOP]):
        # A web page breaks the title over two or three lines.
        if not line.isupper() or not _TITLE.search(" ".join(bare[n : n + 3])):
            continue
        while n and _in_letterhead(bare[n - 1]):
            n -= 1
        # "Số: 12/UBND-TH" / "V/v …": a page that prints the left column first has the number, and what a letter is about, above the title.
        number = next((k for k in range(n - 1, max(n - 6, -1), -1) if _NUMBER_LINE.match(bare[k])), n)
        if n - number == 1 or any(line.lower().startswith(_ABOUT) for line in bare[number + 1 : number + 2]):
            n = number
            while n and _in_letterhead(bare[n - 1]):
                n -= 1
        return n
    return None


def _in_letterhead(line: str) -> bool:
    """May the line stand above the national title: an issuer's in capitals, a rule, a blank one?"""
    return not line or (line.isupper() and len(line) < 120) or not line.strip("=.~⸻")


_NUMBER_LINE = re.compile(r"(?:Luật\s+)?[Ss]ố\s*:?\s*[0-9.…/-]")
_ABOUT = ("v/v ", "về việc ")


def _end(bare: Sequence[str], begin: int, page: bool, code: str | None) -> int:
    """The line behind the document's last one. A text that has no page's head needs two lines of a foot, below its signature,
    or one that heads links."""
    behind = (n for n in range(len(bare) - 1, begin, -1) if bare[n][:1] in _SIGNED_OPENS)
    signed = next((n for n in behind if _SIGNED.match(bare[n])), None)
    if signed is None and not page:
        feet = islice(_feet(bare, begin + 1), _MOST_FEET)
        return next((n for n in feet if _heads_links(bare, n, None)), len(bare))
    found = _feet(bare, signed if signed is not None else begin + (len(bare) - begin) // 2)
    first = next(found, None)
    if first is None or not (page or next(found, None) is not None or _heads_links(bare, first, signed)):
        return len(bare)
    if code:
        # The page says once more what it shows: "Kết luận 221-KL/TW năm 2025 về …".
        above = (n for n in range(first - 1, max(first - 6, begin), -1) if code in bare[n] and _MARKS)
        first = min(above, default=first)
    return first


def _heads_links(bare: Sequence[str], line: int, signed: int | None) -> bool:
    """Does the line head links to others that a page shows below what was signed, and no annex; or below news, which nobody signs?"""
    links = _LINKS.fullmatch(bare[line])
    if links is None or any(_TITLE.search(behind) for behind in bare[line + 1 :]):
        return False
    if any(_OWN_ENTRY.search(behind) for behind in bare[line + 1 :]):
        return False
    if signed is None:
        return links["news"] is not None
    if _SENDS.search(" ".join(bare[:signed])):
        return False
    return not any(_ANNEX.match(between) for between in bare[signed:line])


def _feet(bare: Sequence[str], start: int) -> Iterator[int]:
    return (n for n in range(start, len(bare)) if len(bare[n]) < 200 and _FOOTER.match(bare[n]))


def fill_from_page(heading: Heading, page: SavedPage, where: Place | None) -> Heading:
    """Return the heading with what the page's table says where the heading itself is silent."""
    said = _said(page, where, heading.symbol)
    blank = not heading.number and heading.symbol and fold(heading.symbol) == fold(str(said.get("symbol")))
    if (heading.number or heading.symbol) and not blank:  # a blank for the pen takes the page's number
        said = {part: value for part, value in said.items() if part not in ("number", "symbol", "year")}
    new = {part: value for part, value in said.items() if getattr(heading, part) is None}
    if heading.issuer:
        new.pop("issuer_key", None)
    return replace(heading, **cast(dict[str, Any], new)) if new else heading


def _said(page: SavedPage, where: Place | None, symbol: str | None = None) -> dict[str, str | int | None]:
    """What the page's table says of each part of a heading, as a heading holds it; what cannot be read is left out. Where it says only the
    place ("Tỉnh Mẫu"), the document's `symbol` says which body of it ("NQ-HĐND")."""
    said: dict[str, str | int | None] = {}
    field = {f.part: f.value for f in page.fields}
    if (match := CODE.match(field.get("code", ""))) and (code := read_code(field["code"], match, typed=True)):
        said |= {"number": code.number, "symbol": code.symbol, "year": code.year}
    if kind := lexicon().types.get(field.get("type", "").lower()):
        said["type"] = kind.name
    if (match := DATE.search(field.get("date", ""))) and (day := iso_date(match)):
        said["date"] = day
    if is_person(signer := field.get("signer", "")):
        said["signer"] = signer
    issuer = field.get("issuer", "")
    for printed in (issuer, f"{issuer_part(symbol).upper()} {issuer}") if issuer and symbol else (issuer,):
        found = BodyFinder(where).read(printed, 0)
        if found and found.end >= len(printed) - 1:
            said |= {"issuer": found.name, "issuer_key": found.key}
            break
    return {part: value for part, value in said.items() if value is not None}


def page_disagrees(heading: Heading, page: SavedPage) -> Iterator[Suspicion]:
    """Yield where the page's table and the document's own heading say different things of number, type, day or signer."""
    if not page.fields:
        return
    said = _said(page, None)
    for part, field in (
        ("number", "code"),
        ("symbol", "code"),
        ("type", "type"),
        ("date", "date"),
        ("signer", "signer"),
    ):
        stated, own, where = said.get(part), getattr(heading, part), page.field(field)
        if stated is None or own is None or where is None or str(stated).lstrip("0") == str(own).lstrip("0"):
            continue
        why = f"the page says {part} {stated}, the document {own}"
        yield Suspicion(*where.span, where.value, why, "page-disagrees")
