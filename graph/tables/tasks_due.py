"""How many tasks are due on each day, all together and by who leads or supports them: kept with the tables, as to count them takes a look
at each task.

A change counts the tasks of the documents that it touches before and after, and keeps the difference.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import Any

from chidao.graph.tables.project import Row
from chidao.graph.tables.sql import with_values

Key = tuple[Any, ...]
"""A role, a body or 0, the name of a group, the day, what is said of it where there is none, and then the date of the document."""


def about(tables: sqlite3.Connection, rows: Collection[Row]) -> set[int]:
    """Return the documents of whose tasks something else is counted where these rows are new or gone; the tables are as they were."""
    found = {values[2] for table, values in rows if table == "task"}
    found |= {values[0] for table, values in rows if table == "document"}
    tasks = json.dumps(sorted({values[0] for table, values in rows if table == "party" and isinstance(values[0], int)}))
    asked = "SELECT document FROM task WHERE id IN (SELECT value FROM json_each(?))"
    found |= {document for (document,) in tables.execute(asked, (tasks,))}
    return {number for number in found if isinstance(number, int)}


def counts(tables: sqlite3.Connection, touched: Collection[int]) -> Counter[Key]:
    """Return how many tasks these documents give, by whose they are and when they are due."""
    asked = with_values(_question(), ("touched",)) or ""
    return Counter({row[:-1]: row[-1] for row in tables.execute(asked, {"touched": json.dumps(sorted(touched))})})


def keep(tables: sqlite3.Connection) -> None:
    """Count the tasks of all documents."""
    tables.execute(f"INSERT INTO tasks_due {with_values(_question(), ())}")


def change(tables: sqlite3.Connection, before: Counter[Key], after: Counter[Key]) -> None:
    """Keep what is counted otherwise than before."""
    where = "(role, body, name, due, deadline, date) = (?, ?, ?, ?, ?, ?)"
    for key in before.keys() | after.keys():
        if more := after[key] - before[key]:
            tables.execute("INSERT OR IGNORE INTO tasks_due VALUES(?, ?, ?, ?, ?, ?, 0)", key)
            tables.execute(f"UPDATE tasks_due SET count = count + ? WHERE {where}", (more, *key))
            tables.execute(f"DELETE FROM tasks_due WHERE {where} AND count = 0", key)


@cache
def _question() -> str:
    return files("chidao.graph.tables").joinpath("tasks_due.sql").read_text("utf-8")
