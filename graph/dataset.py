"""A graph as an rdflib Dataset, for whoever writes Python: read-only, and asked by the rules that hold for every query."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph
from oxrdflib import OxigraphStore
from rdflib import Dataset
from rdflib.query import Result

from chidao.graph.sparql.pool import QueryError
from chidao.graph.sparql.safety import Refused, screened
from chidao.graph.store import read_store
from chidao.ontology.vocabulary import bind

__all__ = ["as_dataset", "open_graph"]


class _Store(OxigraphStore):
    """Refuses what would reach outside the graph. It runs in the caller's own process, which keeps its network."""

    def query(self, query: Any, *where: Any, **more: Any) -> Result:
        try:
            screened(query if isinstance(query, str) else "")  # what rdflib has parsed, it answers itself
        except Refused as error:
            raise QueryError(str(error), error.why) from None
        return super().query(query, *where, **more)

    def update(self, *update: Any, **more: Any) -> None:
        raise QueryError("updates are refused: a graph changes only by `chidao build`", "update")


def open_graph(path: str | Path = "chidao-graph") -> Dataset:
    """Return the graph at `path` as an rdflib Dataset, read-only; its default graph is the union of all named graphs.

    Raises GraphError when there is none or it is damaged. Its `query` raises QueryError for SERVICE.
    """
    return as_dataset(read_store(path))


def as_dataset(store: pyoxigraph.Store) -> Dataset:
    """Return an open store as an rdflib Dataset whose default graph is the union of all named graphs."""
    dataset = Dataset(store=_Store(store=store), default_union=True)
    bind(dataset)
    return dataset
