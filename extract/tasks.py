"""Tasks: what a document makes named bodies do, with whom and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chidao.extract.bodies import BodyFinder, NamedBody
from chidao.extract.layout import Layout
from chidao.extract.model import Heading, Party
from chidao.extract.references import Found


@dataclass(frozen=True, slots=True)
class Assignment:
    """A task in reading offsets."""

    start: int
    end: int
    lead: tuple[Party, ...]
    support: tuple[Party, ...]
    deadline: str | None
    deadline_text: str | None
    rule: str


def find_tasks(
    layout: Layout, found: Sequence[Found], bodies: Sequence[NamedBody], heading: Heading, finder: BodyFinder
) -> list[Assignment]:
    """Every assignment of the document's own text, in text order."""
    return []
