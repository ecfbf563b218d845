"""What looks like a reference or a date and cannot be read as one: reported instead of dropped in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chidao.extract.layout import Layout
from chidao.extract.references import Found


@dataclass(frozen=True, slots=True)
class Doubt:
    """A suspicion in reading offsets."""

    start: int
    end: int
    why: str
    rule: str


def find_suspicions(layout: Layout, found: Sequence[Found]) -> list[Doubt]:
    """Every unreadable code or date of the text, in text order."""
    return []
