"""The outline of a document: its paragraphs as items below one another, as their numbers, letters and dashes say.

Nghị định 30/2020/NĐ-CP (Phụ lục I) numbers phần, chương, mục, điều, khoản, điểm; plans and notices go on with dashes and plus signs, and
many set a bare line above what belongs to it. A number that goes on with the list it stands in is that list's next item; one that
begins anew below a heading or behind a colon opens a list of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import repeat
from typing import NamedTuple

from chidao.extract.language.composing import one_of, rules
from chidao.extract.language.letters import LETTER, LOWER, UPPER
from chidao.extract.language.patterns import ANNEX
from chidao.extract.language.tables import words
from chidao.extract.reading.divisions import may_be_label
from chidao.extract.reading.layout import Layout


class Item(NamedTuple):
    """A paragraph. Its text lies at `start`..`end` (reading offsets) behind its marker; `style` says what that is ("roman", "number",
    "letter", "dash", …; "" for none), `parent` is the index of the item that it stands below, or -1."""

    start: int
    end: int
    style: str
    parent: int
    heading: bool
    lead_in: bool
    """It ends with a colon: what it says goes on below."""


_NTH = r"(?:THỨ|thứ)[ \t]+\w+|(?:[IVXLC]+|[0-9]+)(?!\w)|[A-HĐ](?=[ \t]*(?:[.:]|$))"
"""Of "PHẦN THỨ NHẤT. ĐÁNH GIÁ KẾT QUẢ", behind which the part's title may stand."""
_COUNTS = ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười")
_STYLES = rules(
    ("part", rf"(?:PHẦN|Phần)(?:[ \t]+(?:{_NTH})[ \t]*[.:–-]?[ \t]*|(?=\s|$)[^\n]{{0,12}})", "PHẦN THỨ NHẤT"),
    ("chapter", rf"(?:CHƯƠNG|Chương)\s+[IVXLC0-9]+[^\n{LETTER}]{{0,3}}", "Chương II"),
    ("annex", rf"(?:{ANNEX}|MẪU|Mẫu\s+số)(?=\s|$)[^\n]{{0,12}}", "Phụ lục I"),
    ("article", rf"(?:Điều|ĐIỀU)\s+[0-9]+[a-zđ]?\s?[.:]?(?:[*_]{{0,3}}\s|(?<=[.:])(?=[{UPPER}][{LOWER}])|(?=\n)|$)", "Điều 5. "),
    ("point", r"(?:Điểm|ĐIỂM)\s+[0-9]{1,2}\s?[.:][*_]{0,3}\s", "Điểm 2. "),
    ("roman", r"[IVX]{1,5}\s?[-.)/–]+[*_]{0,3}\s", "IV. "),
    ("capital", r"[A-ZĐ]\s?[.)/][*_]{0,3}\s", "B. "),
    ("decimal", r"[0-9]{1,2}(?:\.[0-9]{1,2})+\s?[-.)/–]?[*_]{0,3}\s", "2.1. "),
    ("bracket", r"\([0-9a-z]{1,2}\)[*_]{0,3}\s", "(1) "),
    ("number", r"[0-9]{1,2}\s?[.)/-][\s*_]*(?![0-9])", "3. "),
    ("letter", rf"[a-zđ]{{1,2}}\s?[.)](?:[*_]{{0,3}}\s|(?<=\))(?=[{UPPER}][{LOWER}]))", "đ) "),
    (
        "ordinal",
        rf"[*_]*(?:Thứ\s+{one_of(words('ordinal'))}|(?:{'|'.join(_COUNTS)}) là)[*_]*\s*[,:][*_]*\s*",
        "Thứ nhất, ",
    ),
    ("plus", r"\+\s?", "+ "),
    ("bullet", r"[•▪●*](?![*])\s", "• "),
    ("dash", r"[-–—]\s?", "- "),
)  # fmt: skip
_WORDS = ("Phần", "Chương", "Phụ lục", "Mẫu", "Điều", "Điểm", "Thứ", *_COUNTS)
"""With what a marker begins that is a word with a capital."""
_MARKER = re.compile(
    may_be_label(_WORDS) + "|".join(f"(?P<{style.name}>{style.pattern.pattern})" for style in _STYLES) + ")"
)
_RANK: dict[str, float] = {"annex": 0, "part": 0, "chapter": 0, "parts": 0.5, "roman": 1, "capital": 1, "article": 2}
"""Styles that stand above any list, and what announces such parts ("Bộ A yêu cầu các sở thực hiện các nội dung sau:" / "I. …"); the rest
nest as they come."""
_FIRST_PARTS = ("I.", "A.")
_HOLDS = frozenset([*_RANK, "title", "announced"])
"""Below these a bare paragraph stands."""
_UNNUMBERED = ("dash", "plus", "bullet")
_NUMBERED = ("number", "decimal", "letter", "point")
_RULE = re.compile(r"[\W_]*|\d{1,3}")
"""A rule ("-----"), or the number of a page."""
_FIRST = re.compile(r"(?:[(]?(?:1|a|I|A)(?![0-9])|[0-9]+\.1(?![0-9])|Điều 1\b|Thứ nhất|Một)")
_TRIM = " \t\u00a0*_#>|"
_CLOSES = ".;:,!?…/"
LONGEST_TITLE = 160
"""A longer line is no heading, in characters."""


def read_outline(layout: Layout) -> tuple[Item, ...]:
    """Return the paragraphs of the body of the text, in order, each with the one it stands below."""
    items: list[Item] = []
    opened: list[_Opened] = []  # what the next item may stand below
    rank = _RANK
    n = 0
    for start, end in _lines(layout.text, layout.body_end):
        found = _marked(layout.text, start, end)
        if found is None:
            continue
        begin, style, label = found
        heading = end - begin <= LONGEST_TITLE and layout.text[end - 1] not in _CLOSES
        lead_in = layout.text[end - 1] == ":"
        # what a line without a marker is for those below it
        kind = "title" if heading else "announced" if lead_in else ""
        if label == "I." and items and items[-1].style == "capital":
            rank = _RANK | {"roman": 1.5}  # "A. KẾT QUẢ" / "I. Kinh tế": the parts have capitals
        if label in _FIRST_PARTS and items and items[-1].lead_in and not items[-1].style and opened:
            opened[-1] = opened[-1]._replace(style="parts")
        _close(opened, items, style, kind, label, rank)
        items.append(Item(begin, end, style, opened[-1].item if opened else -1, heading, lead_in))
        if style or kind:
            opened.append(_Opened(n, style or kind))
        n += 1
    return tuple(items)


class _Opened(NamedTuple):
    """An item below which others may stand: its index and its style, or what a bare line is for those below ("title", "announced")."""

    item: int
    style: str


def _lines(text: str, stop: int) -> list[tuple[int, int]]:
    """Return where each paragraph begins and ends, without blanks and marks of emphasis around it; a rule and the number of a page are
    none."""
    lines = text[:stop].split("\n")
    said = list(map(str.strip, lines, repeat(_TRIM)))
    opens = map(str.isalpha, [bare[:1] for bare in said])
    behind = map(len, map(str.lstrip, lines, repeat(_TRIM)))
    found = []
    end = -1
    for line, left, bare, length, word in zip(map(len, lines), behind, said, map(len, said), opens, strict=True):
        end += line + 1
        if word or not _RULE.fullmatch(bare):
            found.append((end - left, end - left + length))
    return found


def _marked(text: str, start: int, end: int) -> tuple[int, str, str] | None:
    """Return where a paragraph's text begins behind its marker, with the marker's style and the marker; None for a marker alone, but
    "Chương II" is all of its line."""
    marker = _MARKER.match(text, start, end)
    if marker is None:
        return start, "", ""
    style = marker.lastgroup or ""
    label, begin = marker[0].strip(_TRIM), marker.end()
    while begin < end and text[begin] in _TRIM:
        begin += 1
    if begin < end:
        return begin, style, label
    return (end - len(label), style, label) if style in _RANK else None


def _close(
    opened: list[_Opened], items: list[Item], style: str, kind: str, label: str, rank: Mapping[str, float]
) -> None:
    """End what the next item does not stand below, of that style, or of that kind where it has no marker."""
    if style in _RANK:
        while opened and rank.get(opened[-1].style, 9) >= rank[style]:
            opened.pop()
    elif style:
        last = items[opened[-1].item] if opened else None
        anew = last is not None and (last.lead_in or last.heading) and _FIRST.match(label) is not None
        # "1." behind "2. Sở Y tế:" opens a list below it; any other number goes on with the list that is open
        if not anew or style in _UNNUMBERED:
            _close_from(opened, style)
    else:
        _close_bare(opened, items, kind)


def _close_bare(opened: list[_Opened], items: list[Item], kind: str) -> None:
    """End what a paragraph without a marker does not stand below: it goes on with the section, and list items above it are done, unless
    they announce what follows."""
    while opened and opened[-1].style not in _HOLDS:
        last = items[opened[-1].item]
        if last.heading or last.lead_in:
            break
        opened.pop()
    if kind == "announced":
        # "QUYẾT NGHỊ:" / "1. Về đầu tư công" / "Giao các bộ:": what is announced below a numbered heading is no other than that one's
        holds = next((n for n in range(len(opened), 0, -1) if items[opened[n - 1].item].style in _NUMBERED), 0)
        _close_from(opened, kind, holds if holds and items[opened[holds - 1].item].heading else 0)
    elif kind:
        _close_from(opened, kind)


def _close_from(opened: list[_Opened], style: str, below: int = 0) -> None:
    """End the last one opened with that style, and all that stands below it. A part stays open, and so do the first `below`."""
    for n in range(len(opened) - 1, below - 1, -1):
        at = opened[n].style
        if at in _RANK:
            return
        if at == style:
            del opened[n:]
            return
