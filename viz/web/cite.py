"""A document's citation in running text, as the first citation of a paper is to be written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chidao.extract.language.dates import day_in_words

_NAMED = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")


def citation(facts: Mapping[str, Any]) -> str:
    """Type, number and symbol, day, issuer and subject of a document (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.5.b: what a first
    citation states; the day with words, days below 10 and months 1 and 2 with a zero). What is not known is left out.

    >>> citation({"type": "Quyết định", "code": "7/QĐ-UBND", "date": "2024-03-05", "issuer": "Ủy ban nhân dân xã X", "title": None})
    'Quyết định số 7/QĐ-UBND ngày 05 tháng 3 năm 2024 của Ủy ban nhân dân xã X'
    """
    type_, code, title = facts.get("type"), facts.get("code"), facts.get("title")
    named = type_ in _NAMED and title
    # "Luật Đất đai": the name of a law stands for its type, which some files print as part of it.
    whole = title if named and str(title).lower().startswith(f"{type_} ".lower()) else f"{type_} {title}"
    parts = [str(whole) if named else type_ or ""]
    if code:
        parts.append(f"số {code}")
    elif not type_ or not named:
        parts = [str(facts.get("label") or "")]
    if date := facts.get("date"):
        parts.append(day_in_words(date))
    if facts.get("issuer") and not named:
        parts.append(f"của {facts['issuer']}")
    if title and not named:
        parts.append(str(title))
    return " ".join(part for part in parts if part)
