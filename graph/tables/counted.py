"""What is counted of each document and body, kept with the tables: to count it anew takes a look at each of their mentions.

A change counts anew what is about the things that it touches, by the same question; and of the rows of a table there are so many more
or fewer as it has written or taken away.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from chidao.graph.tables.project import Row
from chidao.graph.tables.schema import number_of
from chidao.graph.tables.sql import with_values

_ABOUT = {
    "document": (0, 10), "body": (0,), "mention": (0,), "cites": (0, 1), "statement": (0, 2), "own": (0,), "force": (0,), "amendment": (0,),
}  # fmt: skip
"""By a table the columns of the things of which its rows are counted."""
_ALL = 0
"""The document of what is counted of all together, which is no document's number."""
_TABLES = ("sentence", "mention", "statement", "cites", "action", "task")
"""Tables whose rows are counted: each has many."""


def about(rows: Iterable[Row]) -> set[int]:
    """Return the things of which something else is counted where these rows are new or gone."""
    found: set[int] = set()
    for table, values in rows:
        found.update(number for column in _ABOUT.get(table, ()) if isinstance(number := values[column], int))
        if table == "told" and values[1] == "jointIssuer":
            found.add(number_of(str(values[2])))
    return found


def count(
    tables: sqlite3.Connection, touched: Iterable[int] | None = None, more: Mapping[str, int] | None = None
) -> None:
    """Count what there is of each thing, or anew of the `touched`, where tables have so many `more` rows than before."""
    if touched is None:
        asked, given = with_values(_question(), ()), "[]"
        for table in _TABLES:
            tables.execute(f"INSERT INTO counted SELECT ?, 'rows of {table}', count(*) FROM {table}", (_ALL,))
    else:
        asked, given = with_values(_question(), ("touched",)), json.dumps(sorted(touched))
        rows = [(rows, _ALL, f"rows of {table}") for table, rows in (more or {}).items()]
        tables.executemany("UPDATE counted SET count = count + ? WHERE (document, what) = (?, ?)", rows)
        tables.execute("DELETE FROM counted WHERE document IN (SELECT value FROM json_each(?))", (given,))
    tables.execute(f"INSERT INTO counted {asked}", {"touched": given})


@cache
def _question() -> str:
    return files("chidao.graph.tables").joinpath("counted.sql").read_text("utf-8")
