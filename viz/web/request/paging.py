"""Long lists of a page: the beginning of each, or one of them a page at a time; of a written site, where nothing can be asked, all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

A_PAGE = 30
FEW = 6
"""Members of each list that a page of all lists shows, where there are more than `MANY`."""
MANY = 10


@dataclass(frozen=True, slots=True)
class Part:
    """The members of a list that are shown, of `total`, on one of `pages`."""

    members: Sequence[Any]
    total: int
    pages: int = 1


def paged(members: Sequence[Any], page: int, size: int = A_PAGE) -> Part:
    """Return one page of a list, counted from 1; there is one at least."""
    return Part(members[(page - 1) * size : page * size], len(members), pages_of(len(members), size))


def pages_of(total: int, size: int = A_PAGE) -> int:
    """Return how many pages a list has."""
    return max(1, -(-total // size))


def begun(members: Sequence[Any]) -> Part:
    """Return the beginning of a list, or all of one that is hardly longer.

    >>> len(begun(range(10)).members), len(begun(range(11)).members)
    (10, 6)
    """
    return begun_of(members, len(members))


def begun_of(members: Sequence[Any], total: int) -> Part:
    """Return the same of a list that has so many members, of which the first `MANY` are here."""
    return Part(members if total <= MANY else members[:FEW], total)
