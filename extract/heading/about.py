"""What a letter is about: its "V/v" line below the number, over as many lines as it takes, or "Về việc …" in full."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chidao.extract.heading.lines import (
    HEAD_LINES,
    Line,
    Words,
    columns,
    find_place_date,
    has_title,
    is_ornament,
    line_at,
    name_behind,
)
from chidao.extract.heading.title import BODY_STARTS, URGENT, is_authority
from chidao.extract.language.patterns import ADDRESS
from chidao.extract.language.tables import words

_ABOUT = re.compile(
    r"^[\s*_(]*(?:Số\s*:?\s*[*_]*\s*[0-9]*\s?[-/]\S+\s+[*_]*)?V/v\b\s*:?\s*(?P<title>.+)", re.IGNORECASE
)
_ABOUT_IN_FULL = re.compile(r"^[\s*_(“\"]*(?P<title>[Vv]ề\s+việc\b\s*.*)")


def read_about(lines: Sequence[Line], number_line: int | None, type_line: int | None) -> Words:
    """Return the V/v line under a letter's number, over as many lines as it takes; "Về việc …" too, where no type word
    stands in the head."""
    number = HEAD_LINES if type_line is not None or number_line is None else number_line
    for n, line in enumerate(lines[:HEAD_LINES]):
        if n <= number and not ("/v" in line or "/V" in line):
            continue
        cell = _first_cell(line)
        match = _ABOUT.match(cell)
        if not match and n > number:
            if cell.startswith(words("address")):
                break
            match = _in_full(cell, right_below=n <= number + 2)
        if not match:
            continue
        parts = [_without_what_follows(match["title"]).strip()]
        rows = [line]
        for at, row in enumerate(lines[n + 1 : n + 6] if len(parts[0]) == len(match["title"].strip()) else (), n + 1):
            cell = _first_cell(row)
            if (
                not cell
                or _ends_about(cell)
                or (cell.isupper() and is_authority(cell, parts[-1], lines[at + 1 : at + 6]))
            ):
                break
            parts.append(cell)
            rows.append(row)
        parts = _unmarked(parts)
        return Words(tuple(line_at(part, row.span(part)[0]) for part, row in zip(parts, rows, strict=True) if part))
    return Words()


def _unmarked(parts: Sequence[str]) -> list[str]:
    """The lines without the marks around them, each of which may be set in italics."""
    bare = [part.strip("*_ ") for part in parts[:-1]] + [parts[-1].lstrip("*_ ")]
    bare[0], bare[-1] = bare[0].lstrip("*_) "), bare[-1].rstrip("*_ " if "(" in " ".join(parts) else "*_) ")
    return bare


def _in_full(cell: str, *, right_below: bool) -> re.Match[str] | None:
    """ "Về việc …", which right below the number the Party's letters have in small letters."""
    match = _ABOUT_IN_FULL.match(cell)
    return match if match and (right_below or match["title"][0] == "V") else None


_ADDRESSES = re.compile(rf"\s(?={ADDRESS})")


def _without_what_follows(about: str) -> str:
    """What a letter is about, without the place and day or the addressees that a converter ran into its line. A place behind "tại" is of
    the matter itself: "V/v họp tại Đà Nẵng, ngày 05/5"."""
    dated, addressed = find_place_date(about), _ADDRESSES.search(about)
    ends = [addressed.start()] if addressed else []
    place = name_behind(dated["place"]) if dated else ""
    if dated and not _WHERE.search(about[: dated.end("place") - len(place)]):
        ends.append(dated.end("place") - len(place))
    return about[: min(ends)] if ends else about


_WHERE = re.compile(
    r"(?<!tồn)(?<!hiện)\s(?:tại|ở|từ|đến|về|của|và|chợ|xã|phường|huyện|tỉnh|thành\s+phố)\s+$", re.IGNORECASE
)


def _first_cell(line: str) -> str:
    """What the left column of a line says; the bar before it is a table's edge."""
    return columns(line.strip().removeprefix("|").lstrip())[0].strip()


def _ends_about(cell: str) -> bool:
    return bool(
        is_ornament(cell)
        or find_place_date(cell)
        or has_title(cell)
        or cell.startswith(words("address"))
        or BODY_STARTS.match(cell)
        or URGENT.fullmatch(f" {cell}")
    )
