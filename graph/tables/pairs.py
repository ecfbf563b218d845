"""Which documents say what of which, all of it: by their numbers, as to name each thousands of times takes longer than to find it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator


def documents(tables: sqlite3.Connection) -> dict[str, int]:
    """Return the number of each document by its IRI. Raises sqlite3.Error."""
    return dict(tables.execute("SELECT iri, id FROM document"))


def pairs(tables: sqlite3.Connection) -> Iterator[tuple[int, str, int, str]]:
    """Yield object, predicate, subject and certainty of what the tables tell, in the order in which they lie; a pair may have several
    certainties, and what one names need not be a document that is known. Raises sqlite3.Error."""
    yield from tables.execute("SELECT DISTINCT object, predicate, subject, certainty FROM statement")
    for object_, subject in tables.execute(
        "SELECT DISTINCT object, subject FROM cites"
    ):  # a column more takes it out of their order
        yield object_, "cites", subject, "explicit"
    tables.execute("PRAGMA shrink_memory")  # nobody reads all pages again
