"""The documents of which the files are here, not merely their names: whose they are and of what day.

A body of whose papers none is younger than a directive cannot be told to have left it undone: its silence is that of the files.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chidao.graph.select import Store, rows


@dataclass(frozen=True, slots=True)
class OwnDocuments:
    """The ISO days, in order, of the documents of a scope and a body that were read, their texts or their rows in a register: of each
    document one; `issuers` has the body's IRI where it is known."""

    scope: str | None
    issuers: tuple[str, ...]
    days: tuple[str, ...]


def own_documents(store: Store) -> tuple[OwnDocuments, ...]:
    """Return all dated documents of which a file was read."""
    found: dict[tuple[str | None, str | None], list[str]] = defaultdict(list)
    for row in rows(store, "internal/own-days"):
        found[row["scope"], row["body"]] += [row["date"]] * int(row["count"])
    return tuple(
        OwnDocuments(scope, (body,) if body else (), tuple(sorted(days))) for (scope, body), days in found.items()
    )


def days_by_row(
    documents: Iterable[OwnDocuments],
    place: Callable[[str | None, Sequence[str]], str | None],
    until: str | None = None,
) -> Mapping[str, Sequence[str]]:
    """Return the days of the documents that belong to each row, in order; `place` gives a document's row. What is younger than `until` is
    as if it were not there."""
    found: dict[str, list[str]] = defaultdict(list)
    for own in documents:
        if (key := place(own.scope, own.issuers)) is not None:
            found[key] += own.days if until is None else own.days[: bisect_right(own.days, until)]
    return {key: sorted(days) for key, days in found.items() if days}


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
