"""A document's citation in running text, as the first citation of a paper is to be written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chidao.extract.language.dates import day_in_words
from chidao.ontology.authority import types_of


def citation(facts: Mapping[str, Any]) -> str:
    """Type, number and symbol, day, issuer and subject of a document (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.5.b: what a first
    citation states; the day with words, days below 10 and months 1 and 2 with a zero). What is not known is left out.

    >>> citation({"type": "Quyết định", "code": "7/QĐ-UBND", "date": "2024-03-05", "issuer": "Ủy ban nhân dân xã X", "title": None})
    'Quyết định số 7/QĐ-UBND ngày 05 tháng 3 năm 2024 của Ủy ban nhân dân xã X'
    """
    type_, title = facts.get("type") or "", str(facts.get("title") or "")
    by_name = type_ in types_of("statute") and title
    if by_name:
        # "Luật Đất đai": the name of a law stands for its type, which some files print as part of it.
        name = title if title.lower().startswith(f"{type_} ".lower()) else f"{type_} {title}"
    elif facts.get("code"):
        name = type_
    else:
        name = str(facts.get("label") or "")
    parts = [name, _after("số", facts.get("code"))]
    if date := facts.get("date"):
        parts.append(day_in_words(date))
    if not by_name:
        parts += [_after("của", facts.get("issuer")), title]
    return " ".join(part for part in parts if part)


def _after(word: str, value: str | None) -> str:
    return f"{word} {value}" if value else ""
