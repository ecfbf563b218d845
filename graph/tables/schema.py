"""The tables: SQLite in one file beside a generation, `schema.sql`.

SQLite because it comes with Python, opens in a millisecond, reads what it is asked for and no more, and lets any number of processes read.

A thing is known by a number that follows from its IRI (`number_of`), so that a row is a function of the quads around its subject and no
count has to be kept. Each table lies in the order in which it is asked.
"""

from __future__ import annotations

from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files

FORMAT = "2"
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
