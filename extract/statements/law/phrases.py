"""Words that a change of law puts in the place of others: "cụm từ “A” được thay thế bằng cụm từ “B”"."""

from __future__ import annotations

import re

from chidao.extract.language.patterns import PRINTED_WORDS

QUOTED = r"[“\"][^“”\"\n]{1,1500}[”\"]"
_KIND = rf"{PRINTED_WORDS}\s+"
CHANGED_WORDS = re.compile(
    rf"{_KIND}(?P<words>{QUOTED})(?:\s+(?:tại|của|ở)\s+[^“”\"\n]{{3,80}}?)?\s*,?\s*(?:đã\s+)?$", re.IGNORECASE
)
"""The words that are said to be changed, up to the verb."""
BECOME = re.compile(rf"\s*(?:bằng|thành)\s+(?:{_KIND})?(?P<new>{QUOTED})", re.IGNORECASE)
"""Into what, behind the verb."""
INSTEAD = re.compile(rf"\s*(?:cho\s+)?{_KIND}(?P<old>{QUOTED})", re.IGNORECASE)
"""In whose place: "cụm từ “B” được thay thế cho cụm từ “A”"."""
BESIDE = re.compile(rf"\s*(?:vào\s+)?(?:ngay\s+)?(?P<side>sau|trước)\s+(?:{_KIND})?(?P<by>{QUOTED})", re.IGNORECASE)
"""Beside which words new ones go."""


def unquoted(printed: str) -> str:
    """Return words without their quotation marks and with single blanks.

    >>> unquoted("“văn  thư”")
    'văn thư'
    """
    return " ".join(printed.strip('“”" ').split())
