"""Facts to RDF, the store, and the questions asked of it."""

from __future__ import annotations

from chidao.graph.build import BuildSummary, build
from chidao.graph.network import neighbourhood, to_networkx
from chidao.graph.store import GraphError, open_graph

__all__ = ["BuildSummary", "GraphError", "build", "neighbourhood", "open_graph", "to_networkx"]
