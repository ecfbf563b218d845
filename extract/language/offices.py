"""Who holds an office and issues documents in a body's place: "Chủ tịch Ủy ban nhân dân tỉnh Lào Cai", "Bộ trưởng Bộ Y tế"."""

from __future__ import annotations

import re

from chidao.extract.language.patterns import OFFICE
from chidao.extract.language.tables import words

HOLDER = re.compile(rf"{OFFICE}\s+", re.IGNORECASE)
"""An office before the body that it leads."""


def office_called(printed: str) -> str:
    """Return an office in the letters of running text.

    >>> office_called("BỘ  TRƯỞNG")
    'Bộ trưởng'
    """
    known = {office.lower(): office for office in words("office")}
    called = " ".join(printed.lower().split())
    return known.get(called, called.capitalize())
