"""The tables: SQLite in one file beside a generation, `schema.sql`.

SQLite because it comes with Python and is asked for a few rows at a time by many short processes. (Measured on 3,000 documents against
DuckDB 1.x, one thread: opened in 0.2 ms, 18; one document in 0.01 ms, 1.05; what carries out a directive, with sentences, in 0.2 ms, 4.1.
DuckDB takes half the room, 12 MB to 22, and counts all mentions in 7 ms, 59, but 75 ms to import and 69 MB to install. What is counted
over everything is counted when the tables are written.) Readers of one file and the writer of the next never meet.

A thing is known by a number that follows from its IRI (`number_of`), so that a row is a function of the quads around its subject and no
count has to be kept. Each table lies in the order in which it is asked.
"""

from __future__ import annotations

from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files

FORMAT = "11"
"""Changes with the tables and with what stands in them."""


@cache
def schema() -> tuple[str, str]:
    """Return what makes the tables, and what makes their indexes when all rows are there."""
    folder = files("chidao.graph.tables")
    tables, indexes = (folder.joinpath(f"{name}.sql").read_text("utf-8") for name in ("schema", "indexes"))
    return tables, indexes


@lru_cache(maxsize=1 << 14)
def number_of(iri: str) -> int:
    """Return the number by which the tables know what has this IRI. (Of ten million things two get the same in one graph of 200,000; its
    tables are refused.)"""
    return int.from_bytes(blake2b(iri.encode(), digest_size=8).digest(), "big") >> 1
