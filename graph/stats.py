"""Figures of a graph."""

from __future__ import annotations

from pathlib import Path

from chidao.graph.network import relation_labels
from chidao.graph.rows import rows
from chidao.graph.store import read_store
from chidao.ontology.vocabulary import CHIDAO


def stats(graph_dir: str | Path) -> list[tuple[str, int]]:
    """(what, how many): things of each kind, statements by relation, documents by level and type.

    Raises GraphError when there is no graph.
    """
    store = read_store(graph_dir)
    labels = relation_labels()
    found = [(row["what"], int(row["count"])) for row in rows(store, "internal/stats")]
    for row in rows(store, "internal/stats-relations"):
        name = row["relation"].removeprefix(str(CHIDAO))
        found.append((f"statements: {name} ({labels.get(name, name)})", int(row["count"])))
    for row in rows(store, "internal/stats-documents"):
        level = (row["level"] or "level-unknown").rpartition("level-")[2]
        found.append((f"documents: {level}, {row['type'] or 'type unknown'}", int(row["count"])))
    return found
