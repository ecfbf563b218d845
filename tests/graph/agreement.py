"""What the tables answer beside what SPARQL answers: every question that is there in SQL."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyoxigraph

from chidao.graph.answers.reach import reach
from chidao.graph.select import bound, query_text, select
from chidao.graph.store import read_store
from chidao.graph.tables.asked import Tabled
from chidao.graph.tables.kept import make_tables, open_tables
from chidao.graph.tables.reach import Reach

_SQL = files("chidao.graph.tables").joinpath("queries")
NAMES = sorted(
    f"{folder}{file.name.removesuffix('.sql')}"
    for folder, at in (("", _SQL), ("internal/", _SQL.joinpath("internal")))
    for file in at.iterdir()
    if file.name.endswith(".sql")
)
_PARAMETER = re.compile(r"# values: \?(\w+)")
_EVERY = {
    "body": "internal/table-bodies",
    "task": "internal/tasks",
    "group": "internal/groups",
    "day": "internal/task-days",
}
"""Where what a parameter of this name may be is listed; documents for any other name."""
_SOME = 4


def tabled(graph: Path, place: Path) -> Tabled:
    """The current generation of a graph, with tables made of its store."""
    store = read_store(graph)
    make_tables(place, "mark", store)
    return Tabled(store, open_tables(place, "mark"))


def asked(store: Tabled, name: str) -> Iterator[dict[str, Any]]:
    """What a question may be asked about: nothing, one thing, all things."""
    parameters = set(_PARAMETER.findall(query_text(name)))
    yield {}
    for parameter in parameters:
        column = parameter if parameter in _EVERY else "document"
        listed = [row[column] for row in select(store, query_text(_EVERY.get(parameter, "internal/table-documents")))]
        make = pyoxigraph.Literal if parameter in ("group", "day") else pyoxigraph.NamedNode
        every = [make(value) for value in dict.fromkeys(listed)]
        for thing in every[:: max(len(every) // _SOME, 1)]:
            yield {parameter: thing}
        yield {parameter: every}


def ordered(name: str, found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """The values by which a question orders its rows, as far as it gives them."""
    order = query_text(name).partition("ORDER BY")[2].partition("LIMIT")[0]
    columns = [c for c in re.findall(r"\?(\w+)", order) if found and c in found[0]] if "COALESCE" not in order else []
    return [tuple(row[c] for c in columns) for row in found]


def agree(store: Tabled) -> None:
    for name in NAMES:
        for values in asked(store, name):
            expected = list(select(store.rdf, bound(query_text(name), values)))
            found = store.rows(name, values)
            assert found is not None, name
            limited = "LIMIT" in query_text(name)
            assert limited or Counter(map(_plain, found)) == Counter(map(_plain, expected)), (name, values)
            assert len(found) == len(expected), (name, values)
            assert ordered(name, found) == ordered(name, expected), (name, values)

    for row in select(store, query_text("internal/table-documents")):
        for until in (None, "2024-06-30", "2025-06-30"):
            assert comparable(reach(store, row["document"], until)) == comparable(
                reach(store.rdf, row["document"], until)
            )


def comparable(told: tuple[Reach, bool]) -> tuple[Any, ...]:
    """Steps and the other ways in their order, the rest by itself."""
    found, cut = told
    return (*found._replace(citing=sorted(found.citing, key=str)), cut)


def _plain(row: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(row.items()))
