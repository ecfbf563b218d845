"""The end of a document: who signed it, and in what role.

Nghị định 30/2020/NĐ-CP, Phụ lục I, and Hướng dẫn 36-HD/VPTW put the signature block on the right ("TM. ỦY BAN NHÂN DÂN" /
"KT. CHỦ TỊCH" / "PHÓ CHỦ TỊCH" / name); annexes may follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from chidao.extract.frozen import quick
from chidao.extract.heading.lines import BELOW_HEADING, Line, cells, columns, line_at, parted
from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LETTER, UPPER
from chidao.extract.language.organs import organs
from chidao.extract.language.patterns import (
    ADDRESS,
    DIVISION,
    OFFICE,
    OFFICE_IN_CAPITALS,
    SIGNS_FOR,
    SPOKEN_OF,
    TYPE,
    UNIT,
)
from chidao.extract.language.tables import words
from chidao.extract.model import Span
from chidao.ontology.authority import body_templates

SIGNS_FOR_WHOM = re.compile(rf"^[\s*_]*{SIGNS_FOR}(?:\.\s*|\s+)[*_]*\s*(?P<who>[{UPPER}].*)$")
"""A line that says for whom, and who that is."""
_ROLE = re.compile(rf"^(?:Q\.\s*)?(?:QUYỀN\s+)?(?:PHÓ\s+)?(?:{OFFICE_IN_CAPITALS}|THƯỜNG\s+TRỰC)[{UPPER}\s,.]*$")
# Role and "T/M" stand in capitals; most lines hold no such word and need no closer look.
_CAPITALS = re.compile(rf"[{UPPER}]{{2,}}(?:[\s*|]|$)|T/M")
# Ranks and degrees before a name; Nghị định 30/2020/NĐ-CP, Phụ lục I, leaves degrees out, other people do not.
_RANK = re.compile(
    rf"^(?:(?:(?:Phó\s+)?{one_of((*words('rank'), *words('profession')), whole=True)}|(?i:{SPOKEN_OF})(?![{LETTER}])"
    rf"|(?:{one_of(words('degree'))}|Ths)(?:(?:\b\.?\s*)?CK(?:I{{1,2}}|[12]))?\b\.?)[\s.,]*)+(?=\S)"
)
# What begins with capitals and is nobody's name.
_NO_PERSON = rf"(?:(?i:{UNIT}|{DIVISION}|{OFFICE}|{ADDRESS}|{TYPE})|{one_of(words('no person'))})(?!\w)"
_PERSON = re.compile(
    rf"^(?=[{UPPER}])(?!{_NO_PERSON})(?:[{UPPER}][{LETTER}’']+|[AHY](?=\s))(?:\s+[{UPPER}][{LETTER}’'-]*){{1,5}}$"
)
"""Names of the Central Highlands begin with a letter alone: "Y Thanh Hà Niê", "A Sơn"."""


@quick
@dataclass(frozen=True, slots=True)
class Signature:
    """`behalf` is what stands behind "T/M", `role` and `signer` as printed, `line` where the block begins, `span` the place of
    the signer's name."""

    behalf: str | None = None
    role: str | None = None
    signer: str | None = None
    line: int | None = None
    span: Span | None = None


def read_signature(lines: Sequence[Line], head: int = -1) -> Signature:
    """Return the last signature block before any annex: on whose behalf, role, name. It stands below `head`, the letterhead's last
    line."""
    behalf = role = None
    for n, line in _in_capitals(lines, head):
        for cell in cells(line):
            signs_for = SIGNS_FOR_WHOM.match(cell)
            if len(cell) < 60 and _is_role(cell):
                if _is_authority(lines[n + 1 : n + 5]):
                    continue
                role = cell
            elif not signs_for:
                continue
            if signs_for:
                behalf = behalf or signs_for["who"].strip("*_ ").strip() or None
            roles = [(row, below) for row in lines[n : n + 5] for below in cells(row) if _is_role(below)]
            column = _column(*roles[-1]) if roles else None
            if (role or behalf) and (signer := _signer(lines[n + 1 : n + 17], column)):
                return Signature(behalf, _role_of(roles) or role, str(signer), n, signer.span(signer))
    return Signature(behalf, role)


def _role_of(roles: Sequence[tuple[Line, Line]]) -> str | None:
    """The office in which somebody signs, the last of those that stand above the name, but for that which the person holds elsewhere:
    "PHÓ TRƯỞNG BAN" / "GIÁM ĐỐC SỞ Y TẾ"."""
    if len(roles) > 1:
        (above, first), (below, second) = roles[-2:]
        steering = first.removeprefix("PHÓ ").startswith("TRƯỞNG BAN")
        if steering and above is not below and not second.removeprefix("PHÓ ").startswith("TRƯỞNG"):
            return first
    return roles[-1][1] if roles else None


def _in_capitals(lines: Sequence[Line], head: int) -> Iterator[tuple[int, Line]]:
    """The lines below `head` that may hold a role, each with its index."""
    columned = parted("\n".join(lines))
    may = [n for n, line in enumerate(lines) if line.shouts or (columned and parted(line))]
    return ((n, lines[n]) for n in may if n > head and len(lines[n]) <= 240 and _CAPITALS.search(lines[n]))


def _is_authority(below: Sequence[str]) -> bool:
    """Is the line above these who decides, which stands above the grounds: "BỘ TRƯỞNG BỘ Y TẾ" / "Căn cứ …"?"""
    following = next((line for line in below if line.strip()), "")
    return BELOW_HEADING.match(following) is not None


def _is_role(cell: str) -> bool:
    return _ROLE.match(cell) is not None


@dataclass(frozen=True, slots=True)
class _Column:
    """Where a cell stands in its line: behind so many bars of a table, or with its middle at a character."""

    bars: int | None
    middle: float

    def from_(self, other: _Column) -> float:
        """Return how far apart two cells of one block stand."""
        if self.bars is not None and other.bars is not None:
            return abs(self.bars - other.bars)
        return abs(self.middle - other.middle)


def _column(row: Line, cell: Line) -> _Column:
    at = cell.start - row.start
    return _Column(row.count("|", 0, at) if "|" in row else None, at + len(cell) / 2)


def _signer(lines: Sequence[Line], column: _Column | None) -> Line | None:
    """The person's name below a role: the first line that is a name; blank lines, stamps and other roles may stand between. Of two
    names on a line, the one below the role."""
    for line in lines:
        people: list[Line] = []
        for cell in columns(line.strip()):
            bare = without_rank(cell)
            if is_person(bare):
                people.append(line_at(bare, line.span(bare, last=True)[0]))
        if people:
            return min(reversed(people), key=lambda p: _column(line, p).from_(column)) if column else people[-1]
    return None


def without_rank(cell: str) -> str:
    """Return what a cell of the signature says behind rank and degree.

    >>> without_rank("**Đại tá Nguyễn Văn A**")
    'Nguyễn Văn A'
    """
    return _RANK.sub("", cell.strip().strip("*_[]()").strip())


def is_person(name: str) -> bool:
    """Is it a person's name? "Lưu VT" is none, "Lưu Văn Mười" one.

    >>> is_person("Lưu Văn Mười"), is_person("Lưu VT"), is_person("Y Thanh Hà Niê"), is_person("K' Brôi")
    (True, False, True, True)
    """
    shortened = any(len(word.strip("'’")) > 1 and word.isupper() for word in name.split())
    return _PERSON.match(name) is not None and not shortened


def role_name(role: str | None) -> str | None:
    """Return a role printed in capitals, in the letters of running text.

    >>> role_name("PHÓ CHỦ TỊCH")
    'Phó Chủ tịch'
    """
    if not role:
        return None
    text = _AS_WRITTEN.sub(lambda name: _WRITTEN[name.group()], " ".join(role.lower().split()))
    if len(text.split()) > _LONGEST_OFFICE:
        text = _bodies().sub(lambda name: _body_names()[name.group()], text)
    return text[0].upper() + text[1:]


_LONGEST_OFFICE = 3
"""Words of an office; in more a body may be named: "GIÁM ĐỐC SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "PHÓ CHỦ TỊCH UBND TỈNH"."""


@cache
def _body_names() -> dict[str, str]:
    """The names of bodies of every place, in full and in short, by how they look in small letters; a short word may be anything."""
    names = {name.partition(" {")[0] for t in body_templates() for name in (t.name, *t.labels, *t.abbreviations)}
    return {name.lower(): name for name in names if "{" not in name and (len(name.split()) > 2 or name[1:2].isupper())}


@cache
def _bodies() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in sorted(_body_names(), key=len, reverse=True))})(?!\w)"
    )


_CENTRAL = (organ.name for organ in organs().values() if organ.central)
_WRITTEN = {name.lower(): name for name in (*words("office"), *_CENTRAL, "Quốc hội", "Chính phủ")}
_AS_WRITTEN = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(_WRITTEN, key=len, reverse=True))})(?!\w)")
