"""Run a shipped query on any store and give plain rows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pyoxigraph
from rdflib import Dataset


@cache
def query_text(name: str) -> str:
    """The text of `graph/queries/NAME.rq`."""
    return files("chidao.graph").joinpath("queries", *f"{name}.rq".split("/")).read_text("utf-8")


def rows(store: pyoxigraph.Store | Dataset, name: str) -> Iterator[dict[str, Any]]:
    """The rows of a shipped SELECT query over the union of all named graphs: variable name to text, None where unbound.

    Works on a pyoxigraph store and on any rdflib Dataset with a union default graph.
    """
    text = query_text(name)
    if isinstance(store, pyoxigraph.Store):
        found = store.query(text, use_default_graph_as_union=True)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        names = [v.value for v in found.variables]
        for solution in found:
            yield {n: (solution[n].value if solution[n] is not None else None) for n in names}  # type: ignore[union-attr]
        return
    result = store.query(text)
    names = [str(v) for v in result.vars or []]
    for row in result:
        yield {n: (None if value is None else str(value)) for n, value in zip(names, row, strict=True)}  # type: ignore[arg-type]
