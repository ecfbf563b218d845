"""Dates as official documents print them.

Nghị định 30/2020/NĐ-CP writes "ngày 05 tháng 5 năm 2022"; running text has "ngày 05/5/2022", "26-5-2025", "06.7.2022".
"""

from __future__ import annotations

import re
from datetime import date

# One day in running text. The year has four digits; a fifth one is a footnote mark glued on ("ngày 08/10/20181").
DATE = re.compile(
    r"(?P<d>[0-3]?[0-9])\s?(?:(?P<sep>[/.-])\s?(?P<m>[01]?[0-9])\s?(?P=sep)\s?|tháng\s+(?P<m2>[01]?[0-9])\s+năm\s+)"
    r"(?P<y>(?:19|20)[0-9]{2})(?=[^0-9]|[0-9](?![0-9])|$)",
    re.IGNORECASE,
)


def iso_date(match: re.Match[str]) -> str | None:
    """ISO 8601 of a `DATE` match, or None for a day that does not exist.

    >>> iso_date(DATE.match("05/5/2022"))
    '2022-05-05'
    >>> iso_date(DATE.match("31/02/2022")) is None
    True
    """
    try:
        return date(int(match["y"]), int(match["m"] or match["m2"]), int(match["d"])).isoformat()
    except ValueError:
        return None
