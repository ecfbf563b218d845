"""Cut a graph down to what a page can show."""

from __future__ import annotations

from typing import Any

import networkx as nx


def most_connected(
    graph: nx.MultiDiGraph[str], limit: int, *, keep: str | None = None
) -> tuple[nx.MultiDiGraph[str], int]:
    """Return the `limit` nodes with the most neighbours, with the edges among them, and how many nodes are left out.

    `keep` stays whatever its rank. Ties fall by name, so that the same graph always gives the same page."""
    if len(graph) <= limit:
        return graph, 0

    def rank(node: str) -> tuple[bool, int, str]:
        neighbours = set(graph.successors(node)) | set(graph.predecessors(node))
        return (node != keep, -len(neighbours - {node}), node)

    kept = sorted(graph, key=rank)[: max(limit, 1)]
    trimmed: Any = graph.subgraph(kept).copy()
    return trimmed, len(graph) - len(kept)
