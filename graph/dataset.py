"""A graph as an rdflib Dataset, for whoever writes Python: read-only, and asked by the rules that hold for every query."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pyoxigraph
from oxrdflib import OxigraphStore
from rdflib import Dataset, Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result

from chidao.graph.answers.remote import RemoteGraph
from chidao.graph.endpoint import Endpoint
from chidao.graph.sparql.pool import QueryError
from chidao.graph.sparql.safety import Refused, Scope, parsed, screened
from chidao.graph.store import read_store
from chidao.ontology.graphs import bind

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


class _Behind(SPARQLStore):
    """The graph behind an endpoint, asked as every other question is: rdflib's own way would follow where a server sends it."""

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(endpoint.url)
        self._endpoint = endpoint

    def query(self, query: Any, *where: Any, **more: Any) -> Result:
        try:
            if screened(query if isinstance(query, str) else "") != Scope():
                raise Refused("FROM is refused with an endpoint: another engine may fetch what it names", "outside")
        except Refused as error:
            raise QueryError(str(error), error.why) from None
        return super().query(query, *where, **more)

    def _query(self, query: str, default_graph: Any = None, named_graph: Any = None) -> Result:
        if default_graph is not None or named_graph is not None:
            raise QueryError("one graph alone is not asked of an endpoint; write GRAPH in the query", "outside")
        if isinstance(parsed(query), pyoxigraph.QueryTriples):
            found = Result("CONSTRUCT")
            triples = pyoxigraph.serialize(self._endpoint.triples(query), format=pyoxigraph.RdfFormat.N_TRIPLES)
            found.graph = Graph().parse(data=triples or b"", format="nt")
            return found
        said = self._endpoint.results(query).serialize(format=pyoxigraph.QueryResultsFormat.JSON)
        return Result.parse(BytesIO(said or b""), format="json")

    def update(self, *update: Any, **more: Any) -> None:
        raise QueryError("updates are refused: a graph changes only by `chidao build`", "update")


def open_graph(path: str | Path = "chidao-graph", *, endpoint: str | None = None) -> Dataset:
    """Return the graph at `path`, or behind a SPARQL endpoint where one is named, as an rdflib Dataset, read-only; its default graph is the
    union of all named graphs.

    Raises GraphError when there is none or it is damaged. Its `query` raises QueryError for SERVICE.
    """
    if endpoint is None:
        return as_dataset(read_store(path))
    dataset = Dataset(store=_Behind(RemoteGraph.at(endpoint).endpoint), default_union=True)
    bind(dataset)
    return dataset


def as_dataset(store: pyoxigraph.Store) -> Dataset:
    """Return an open store as an rdflib Dataset whose default graph is the union of all named graphs."""
    dataset = Dataset(store=_Store(store=store), default_union=True)
    bind(dataset)
    return dataset
