"""What a document is divided into: its parts, chapters, articles, clauses and points, by the labels at the heads of its paragraphs.

Nghị định 30/2020/NĐ-CP (Phụ lục I) and the law on making legal documents divide a text into phần, chương, mục, tiểu mục, điều, khoản
("1."), điểm ("a)"); an amending act quotes new text with labels of its own, which are those of the document it amends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LOWER, SUPERSCRIPTS, UPPER, lower, slug, trimmed
from chidao.extract.language.patterns import ALONG, ANNEX, ATTACHED_RULES
from chidao.extract.language.provision_paths import attached_rules
from chidao.extract.language.tables import rows, words
from chidao.extract.reading.layout import Layout


@dataclass(frozen=True, slots=True)
class Unit:
    """A kind of division: `rank` is smaller for larger ones, `numbering` says how it may be numbered, `not_after` are the syllables that
    make of its word a part of another ("thời điểm")."""

    name: str
    slug: str
    rank: int
    numbering: frozenset[str]
    not_after: frozenset[str]


@cache
def division_units() -> dict[str, Unit]:
    """Return the kinds of divisions by their names in lower case."""
    return {
        row["unit"]: Unit(
            row["unit"], row["slug"], int(row["rank"]), frozenset(row["numbering"].split()), frozenset(row["not_after"].split("|"))
        )
        for row in rows("divisions.csv")
    }  # fmt: skip


@cache
def _by_slug() -> dict[str, Unit]:
    return {unit.slug: unit for unit in division_units().values()}


Position = tuple[tuple[str, str], ...]
"""Where a passage stands: (slug of the unit, number) from the largest division to the smallest."""


def path_of(position: Position) -> str:
    """Return the path of a provision: chapters and sections only where no article stands below them.

    >>> path_of((("chuong", "ii"), ("dieu", "5"), ("khoan", "1"))), path_of((("chuong", "iii"), ("muc", "2")))
    ('dieu-5/khoan-1', 'chuong-iii/muc-2')
    """
    within = articled(position)
    kept = [
        (unit, number) for unit, number in position if not (within and unit in ("phan", "chuong", "muc", "tieu-muc"))
    ]
    return "/".join(f"{unit}-{number}" if number else unit for unit, number in kept)


def articled(position: Position) -> bool:
    """Does an article stand there, or something in one?"""
    for unit, _ in position:  # noqa: SIM110 (asked of every clause, and a generator takes as long as all the rest)
        if unit == "dieu":
            return True
    return False


def rank_of(unit: str) -> int:
    """Return the rank of a unit by its slug; what a decision carries along stands beside annexes."""
    return 0 if unit in attached_rules() else _by_slug()[unit].rank


def placed(position: Position, unit: str, number: str) -> Position:
    """Return the position of a division that begins below another: it ends all that are not larger."""
    rank, above = rank_of(unit), len(position)
    while above and rank_of(position[above - 1][0]) >= rank:
        above -= 1
    return (*position[:above], (unit, number))


class Paragraph(NamedTuple):
    """A paragraph text[start:end] (reading offsets) whose words begin at `body`, behind its label; `position` is where it stands, in the
    document itself or, with `quoted`, in the one whose new text it is. `label` is its own step of the position, or None."""

    start: int
    body: int
    end: int
    label: tuple[str, str] | None
    quoted: bool


_MARK = rf"(?:\[[0-9]{{1,3}}\]|[{SUPERSCRIPTS}]{{1,3}})?"
"""The mark of a footnote behind a number ("Điều 5³. Tên")."""
_LABELS = (
    ("phan", r"(?:PHẦN|Phần)\s+((?:THỨ|thứ)\s+\w+|[IVXLC]+|[0-9]+|[A-HĐ](?=\s*(?:[.:\n]|$)))\s*[.:]?\s*"),
    ("phu-luc", rf"{ANNEX}(?:\s+(?:số\s+)?([IVXLC]+|[0-9]{{1,2}}))?{_MARK}\s*[.:]?\s*(?=\n|$|[*_]|[{UPPER}]{{2}})"),
    ("mau", r"(?:MẪU|Mẫu)\s+(?:SỐ|[Ss]ố)\s*:?\s*([0-9]{1,3}[a-zA-Z]?)\s*[.:]?\s*(?=\n|$|[*_])"),
    ("chuong", rf"(?:CHƯƠNG|Chương)\s+([IVXLC]+[a-zđ]?|[0-9]{{1,2}}[a-zđ]?){_MARK}\s*[.:]?\s*(?=\n|$|[*_]|[{UPPER}]{{2}})"),
    ("tieu-muc", rf"(?:TIỂU\s+MỤC|Tiểu\s+mục)\s+([0-9]{{1,2}})\s*[.:]?\s*(?=\n|$|[*_]|[{UPPER}]{{2}})"),
    ("muc", rf"(?:MỤC|Mục)\s+([IVX]+|[0-9]{{1,2}}[a-zđ]?){_MARK}\s*[.:]?\s*(?=\n|$|[*_]|[{UPPER}]{{2}})"),
    ("dieu", rf"(?:Điều|ĐIỀU)\s+([0-9]{{1,4}}[a-zđ]?){_MARK}(?:[*_]*\s*[.:]\s*[*_]*|(?=\s*(?:\n|$))|\s+(?=[{UPPER}][{LOWER}]))"),
    ("roman", r"([IVX]{1,5})\s*[.)/–-]+\s+(?=\S)"),
    ("khoan", rf"([0-9]{{1,3}}[a-zđ]?){_MARK}\s*\.(?!\s*[0-9])\s*(?=\S)"),
    ("decimal", r"([0-9]{1,2}(?:\.[0-9]{1,2})+)\s*[.)]?\s+(?=\S)"),
    ("diem", r"([a-zđ][0-9]?)\s*[).]\s*(?=\S)"),
)  # fmt: skip
"""With what a paragraph opens that begins a division, its number in a group; the first that fits."""
_WORDS = ("Phần", "Phụ lục", "Mẫu", "Chương", "Tiểu mục", "Mục", "Điều")
"""With what a label begins that is a word with a capital."""


def may_be_label(known: Iterable[str]) -> str:
    """Return a pattern that holds where a label may begin, and opens a group of labels: not at a word with a capital, but for the `known`.
    Most paragraphs begin with such a word, and need no further look."""
    return rf"(?![{UPPER}][{LOWER}](?<!{'|'.join(sorted({word[:2] for word in known}))}))(?:"


_LABEL = may_be_label(_WORDS) + "|".join(f"(?P<{unit.replace('-', '_')}>{label})" for unit, label in _LABELS) + ")"
_OPENING = re.compile(rf"[\s*_|>#-]*[“\"]?[\s*_]*(?:{_LABEL})?")
"""The marks with which a paragraph opens, and its label."""
_LABEL_GROUPS = _OPENING.groupindex


def read_paragraphs(layout: Layout) -> list[Paragraph]:
    """Return the paragraphs of the body of the text, in order, each with its label."""
    found: list[Paragraph] = []
    start, articled = 0, False
    carried: dict[str, int] = {}
    last = max(layout.text.rfind(f"\n{article} ", 0, layout.body_end) for article in ("Điều", "ĐIỀU"))
    lines = layout.text[: layout.body_end].split("\n")
    for length, said in zip(map(len, lines), map(str.strip, lines), strict=True):
        stop = start + length
        if said:
            paragraph = _paragraph(layout, start, stop)
            if paragraph.label is not None:
                articled = articled or paragraph.label[0] == "dieu"
            elif articled and (what := _carried(layout, paragraph, ends=start > last)):
                named = slug(what.group("what"))
                carried[named] = nth = carried.get(named, 0) + 1
                paragraph = paragraph._replace(body=what.end("what"), label=(named, str(nth) if nth > 1 else ""))
            found.append(paragraph)
        start = stop + 1
    return found


_CARRIED = re.compile(
    rf"(?P<what>{one_of(name.upper() for name in (*ATTACHED_RULES, 'Danh mục'))})[ *_|]*\n"
    rf"(?:(?![\s*_]*(?:Điều|ĐIỀU)\s)[^\n]{{0,300}}\n){{0,8}}?[\s*_|]*\([\s*_]*(?i:{ALONG})\s"
)
"""The heading of what a decision carries along, behind the decision's own articles: "QUY CHẾ" / "Làm việc của …" / "(Ban hành kèm theo
Quyết định số …)"."""


_LIST = re.compile(rf"(?P<what>DANH\s+MỤC)(?:[^\n{LOWER}]*)(?=\n|$)")
"""The heading of a list that no "Phụ lục" stands above: "DANH MỤC", "DANH MỤC CÁC XÃ TRƯỚC SẮP XẾP"."""


def _carried(layout: Layout, paragraph: Paragraph, *, ends: bool) -> re.Match[str] | None:
    """The heading of what a decision carries along, where it begins with that paragraph; behind the last article a list's needs not say
    what it comes along with."""
    if paragraph.quoted:
        return None
    carried = _CARRIED.match(layout.text, paragraph.body)
    return carried or (_LIST.match(layout.text, paragraph.body) if ends else None)


def _paragraph(layout: Layout, start: int, end: int) -> Paragraph:
    opening = _OPENING.match(layout.text, start, end)
    if opening is None:  # it may be blank, and always matches
        return Paragraph(start, start, end, None, quoted=False)
    body, unit = opening.end(), opening.lastgroup
    at = opening.start(unit) if unit else body
    quoted = bool(layout.quotes.starts) and layout.quotes.holds(at)
    if unit is None:
        return Paragraph(start, body, end, None, quoted)
    number = opening[_LABEL_GROUPS[unit] + 1] or ""
    if unit == "decimal" and layout.anchored(at, body):
        unit, number = "khoan", number.rpartition(".")[0]  # "3.7 (được bãi bỏ)": a clause with the mark of note 7
    return Paragraph(start, body, end, (unit.replace("_", "-"), number_of(number)), quoted)


def leads_in(text: str, paragraph: Paragraph) -> bool:
    """Does a paragraph end with a colon: does what it says go on below?"""
    return text.endswith(":", paragraph.body, trimmed(text, paragraph.body, paragraph.end, "*_"))


_ORDINALS = {word: str(number) for number, word in enumerate(words("ordinal"), 1)}


def number_of(printed: str) -> str:
    """Return a division's number as paths have it.

    >>> number_of("VIIa"), number_of("thứ hai"), number_of("Đ"), number_of("1A")
    ('viia', '2', 'đ', '1a')
    """
    if printed.isdecimal():
        return printed
    low = " ".join(lower(printed).split())
    ordinal = low.removeprefix("thứ ")
    return _ORDINALS.get(ordinal, low)


def steps(paragraph: Paragraph, position: Position) -> Position:
    """Return where a paragraph stands that follows one at `position`."""
    if paragraph.label is None:
        return position
    unit, number = paragraph.label
    below = articled(position)
    if unit == "roman":
        # Party documents and plans: "II. NHIỆM VỤ" is a mục, "3." in it a điểm.
        return position if below else placed(position, "muc", number)
    if unit == "decimal":
        return position if below else placed(position, "diem", number)
    if unit == "khoan" and not below and any(step[0] == "muc" for step in position):
        return placed(position, "diem", number)
    return placed(position, unit, number)
