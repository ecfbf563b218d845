"""A graph behind an endpoint, with the same face as one in a folder.

What needs the folder is not there: texts, the index of passages, what the build noted, the generation before. Names are searched by an
index of labels and titles, which is made when somebody first searches.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pyoxigraph

from chidao.extract.iris import BASE
from chidao.graph.answers.describe import describe
from chidao.graph.answers.graph import Graph
from chidao.graph.endpoint import Endpoint, EndpointError
from chidao.graph.select import bound, node, query_text
from chidao.graph.sparql.remote import EndpointWorkers
from chidao.graph.tables.asked import Tabled
from chidao.graph.write.manifest import Manifest

if TYPE_CHECKING:
    from chidao.graph.answers.search import SearchIndex

_RUN = "run/rules-"


class RemoteGraph(Graph):
    """A graph that is asked over the SPARQL Protocol."""

    def __init__(self, endpoint: Endpoint, base: str = BASE) -> None:
        """`base` is what the IRIs of its documents begin with."""
        super().__init__(Path(), Tabled(endpoint))  # type: ignore[arg-type]  # it gives rows and quads as a store does
        self.endpoint, self.base = endpoint, base

    @classmethod
    def at(cls, url: str, *, time_limit: float = 30.0) -> Self:
        """Return the graph at an address, which was asked whether it holds one. Raises EndpointError."""
        endpoint = Endpoint(url, time_limit=time_limit)
        held = next(endpoint.select(query_text("internal/held")), None)
        if held is None:
            raise EndpointError(
                "no graph of chidao in its default graph; load one, and have the server ask the union of all named graphs",
                url,
            )
        if held["full"]:
            raise EndpointError(
                "this is a graph of an earlier version, or one in full for other tools; load what `chidao export --kept` writes",
                url,
            )
        if held["sound"] != "true":
            raise EndpointError(
                "this server compares Vietnamese words otherwise than SPARQL says, so that answers would lack rows", url
            )
        run: str = held["run"]
        return cls(endpoint, run.partition(_RUN)[0] if _RUN in run else BASE)

    @cached_property
    def built(self) -> Manifest:
        """What a server knows of the build: the base of its IRIs alone."""
        return Manifest(self.base)

    def text(self, sha256: str) -> None:
        """Return nothing: the texts of the files stay with the folder."""
        return None

    def _before(self) -> None:
        return None

    def _opened_index(self) -> SearchIndex:
        from chidao.graph.answers.search import SearchIndex
        from chidao.graph.index.made import make_index

        return SearchIndex(make_index(self.endpoint, ()))

    def describe(self, iri: str, form: str = "ttl") -> bytes:
        """Return what the server holds around a thing, in a form of RDF."""
        near = pyoxigraph.Store()
        near.extend(self.endpoint.quads(bound(query_text("internal/around"), {"thing": node(iri), "s": node(iri)})))
        return describe(near, iri, form)

    @property
    def _workers(self) -> EndpointWorkers:
        return self._once("workers", lambda: EndpointWorkers(self.endpoint))
