"""By what the tables find a document that a person names: codes and names without what people leave out."""

from __future__ import annotations

import re

from chidao.extract.language.letters import fold


def code_key(number: str | None, symbol: str | None, year: str | int | None) -> str:
    """Return a code without its marks: number without zeros, year, the symbol's letters.

    >>> code_key("08", "QĐ/TU", None), code_key("30", "NĐ-CP", 2020)
    ('8||qdtu', '30|2020|ndcp')
    """
    return f"{bare_number(number)}|{year or ''}|{bare(symbol)}"


def bare_number(number: str | None) -> str:
    """Return a number without the zeros before it, in small letters."""
    return (number or "").lstrip("0").lower()


def bare(text: str | None) -> str:
    """Return the letters and digits alone, without diacritics."""
    return re.sub(r"[^a-z0-9&]", "", fold(text or ""))
