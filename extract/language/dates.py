"""Days as official documents print them: read, and written.

Nghị định 30/2020/NĐ-CP writes "ngày 05 tháng 5 năm 2022"; running text has "ngày 05/5/2022", "26-5-2025", "06.7.2022".
"""

from __future__ import annotations

import re
from datetime import date

from chidao.extract.language.patterns import DAY

FIGURE = re.compile("[0-9]")
# One day in running text. The year has four digits; a fifth one is a footnote mark glued on ("ngày 08/10/20181").
DATE = re.compile(rf"{DAY}(?=[^0-9]|[0-9](?![0-9])|$)", re.IGNORECASE)

ONLY_DAY = re.compile(rf"[\s*_]*(?:ngày\s+)?{DATE.pattern}[\s*_.]*", re.IGNORECASE)
"""A line or cell that is a day and nothing else."""


def iso_date(match: re.Match[str]) -> str | None:
    """Return the ISO date of a match of `patterns.day`, or None for a day that does not exist.

    >>> iso_date(DATE.match("05/5/2022"))
    '2022-05-05'
    >>> iso_date(DATE.match("31/02/2022")) is None
    True
    """
    return iso_day(match["y"], match["m"] or match["m2"], match["d"])


def iso_day(year: str, month: str, day: str) -> str | None:
    """Return the ISO date of three numbers in figures, or None for a day that does not exist.

    >>> iso_day("2022", "5", "05"), iso_day("202", "5", "05")
    ('2022-05-05', None)
    """
    try:
        return date(int(year), int(month), int(day)).isoformat() if len(year) == 4 else None
    except ValueError:
        return None


def printed_day(iso: str, *, padded: bool = False) -> str:
    """Return an ISO day, month or year in figures as Vietnamese writes it; what is none of these stays as it is.

    A nought stands before days below 10 and before January and February (Nghị định 30/2020/NĐ-CP, Phụ lục I); `padded`:
    before every month below 10, as columns of days are set.

    >>> printed_day("2022-05-05"), printed_day("2022-02-15"), printed_day("2022-05-05", padded=True), printed_day("2022-05")
    ('05/5/2022', '15/02/2022', '05/05/2022', '5/2022')
    """
    year, *rest = iso.split("-")
    if not all(part.isdigit() for part in (year, *rest)):
        return iso
    if rest and not padded:
        rest[0] = _month(rest[0])
    return "/".join([*reversed(rest), year])


def day_in_words(iso: str) -> str:
    """Return an ISO day in words (Nghị định 30/2020/NĐ-CP, Phụ lục I).

    >>> day_in_words("2022-12-05"), day_in_words("2022-02-05")
    ('ngày 05 tháng 12 năm 2022', 'ngày 05 tháng 02 năm 2022')
    """
    year, month, day = iso.split("-")
    return f"ngày {day} tháng {_month(month)} năm {year}"


def _month(figures: str) -> str:
    return figures if figures in ("01", "02") else figures.lstrip("0")
