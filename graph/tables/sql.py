"""The shipped questions in SQL: `queries/NAME.sql` gives from the tables the rows that `graph/queries/NAME.rq` gives from the RDF."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

ANSWERED = (
    "cited-without-date", "conflicts", "days-to-first", "internal/asking-tasks", "internal/most-implemented", "internal/own-days",
    "internal/recent-documents", "internal/stats", "internal/stats-documents", "internal/stats-relations",
    "most-cited", "not-implemented", "output-by-year", "unresolved",
)  # fmt: skip
"""What is asked of all documents at once, and answered when the tables are written; where they are asked about one, the tables are."""
_MARKER = re.compile(r"-- values: (?P<name>\w+) = (?P<column>\+?[\w.]+)$", re.MULTILINE)


@cache
def sql_of(name: str) -> str | None:
    """Return the SQL of a question, None where it has none."""
    file = files("chidao.graph.tables").joinpath("queries", *f"{name}.sql".split("/"))
    return file.read_text("utf-8") if file.is_file() else None


def with_values(text: str, names: Collection[str]) -> str | None:
    """Return the text with a condition at the marker of each parameter, whose values are a JSON array; None where one has no marker."""
    left = set(names)

    def put(match: re.Match[str]) -> str:
        if match["name"] not in names:
            return ""
        left.discard(match["name"])
        return f"AND {match['column']} IN (SELECT value FROM json_each(:{match['name']}))"

    found = _MARKER.sub(put, text)
    return None if left else found


def texts(columns: Sequence[str], row: Sequence[object]) -> dict[str, Any]:
    """Return a row as a query gives it: numbers as text."""
    return {name: v if v is None or v.__class__ is str else str(v) for name, v in zip(columns, row, strict=True)}
