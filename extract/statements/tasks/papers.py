"""Papers that bodies make: those to be laid before others, those that have been, and those that have been issued."""

from __future__ import annotations

import re

from chidao.extract.language.composing import one_of
from chidao.extract.language.patterns import ISSUES, NUMBER_SIGN, TYPE
from chidao.extract.language.tables import words
from chidao.ontology.authority import document_types

_PAPER = re.compile(
    rf":[*_]*\s+(?:{one_of((kind.name for kind in document_types()), whole=True)}|{one_of(words('paper'))})(?!\w)(?:,?\s+[^\s.;:]+){{2}}"
)
_LAID = re.compile(
    rf"[\s(]đã\s+(?:được\s+(?:[^\s.,;()]+\s+){{0,5}}?)?(?:{ISSUES}|trình|phê\s+duyệt|{one_of(words('is finished'))})(?!\w)"
)
OF_ITS_OBJECT = re.compile(r"(?<!của )(?:các|những)\s[^.;]{2,50}?\sđã\s+(?:được|bị)\s")
"""What is told of many, which work is about: "các vi phạm đã được phát hiện"."""
_ISSUED = re.compile(rf"\s+{ISSUES}\s+(?:các\s+)?{TYPE}\s+{NUMBER_SIGN}[0-9]", re.IGNORECASE)


def is_to_be_laid(text: str, at: int, end: int) -> bool:
    """ "Sở Y tế: Kế hoạch tiêm chủng mở rộng": does a paper stand at `at`, behind a body's name, that is yet to be laid before others?"""
    return _PAPER.match(text, at, end) is not None and not has_been_laid(text, at, end)


def has_been_laid(text: str, at: int, end: int) -> bool:
    """ "Sở Y tế: Báo cáo … đã được thông qua": is it a paper that has been? What it tells of may have been long ago."""
    said = text[at:end]
    return _PAPER.match(said) is not None and _LAID.search(OF_ITS_OBJECT.sub(" ", said)) is not None


def has_issued(text: str, at: int, end: int) -> bool:
    """ "UBND tỉnh ban hành Quyết định số 34/QĐ-UBND": does it go on at `at` with what has a number, and so has been issued?"""
    return _ISSUED.match(text, at, end) is not None
