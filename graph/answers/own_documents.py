"""The documents of which the files are here, not merely their names: whose they are and of what day.

A body of whose papers none is younger than a directive cannot be told to have left it undone: its silence is that of the files.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chidao.graph.select import Store, rows


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """A dated document whose text, or whose row in a register, was read: its ISO day, its scope and the IRIs of who issued it."""

    date: str
    scope: str | None
    issuers: tuple[str, ...]


def own_documents(store: Store) -> tuple[OwnDocument, ...]:
    """Return every dated document of which a file was read."""
    found: dict[str, tuple[str, str | None, list[str]]] = {}
    for row in rows(store, "internal/own-documents"):
        issuers = found.setdefault(row["document"], (row["date"], row["scope"], []))[2]
        if row["body"]:
            issuers.append(row["body"])
    return tuple(OwnDocument(day, scope, tuple(issuers)) for day, scope, issuers in found.values())


def days_by_row(
    documents: Iterable[OwnDocument], place: Callable[[str | None, Sequence[str]], str | None]
) -> Mapping[str, Sequence[str]]:
    """Return the days of the documents that belong to each row, in order; `place` gives a document's row."""
    found: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        if (key := place(document.scope, document.issuers)) is not None:
            found[key].append(document.date)
    return {key: sorted(days) for key, days in found.items()}


_YEAR = re.compile(r"[12][0-9]{3}")


def surely_since(day: str | None, year: str | None) -> str | None:
    """Return the day from which a document is surely no older than one of this day or, where only that is known, year.

    >>> surely_since("2024-12-22", "2024"), surely_since(None, "2024"), surely_since(None, None)
    ('2024-12-22', '2025-01-01', None)
    """
    if day or not year or not _YEAR.fullmatch(year):
        return day
    return date(int(year) + 1, 1, 1).isoformat()


def count_since(days: Sequence[str], since: str | None) -> int | None:
    """Return how many of the days, which are in order, are `since` or later; None where that is not known."""
    return None if since is None else len(days) - bisect_left(days, since)
