"""Figures of a graph."""

from __future__ import annotations

from pathlib import Path

from chidao.graph.answers.network import relation_labels
from chidao.graph.select import Store, rows
from chidao.graph.store import read_store
from chidao.ontology.vocabulary import CHIDAO


def stats(graph_dir: str | Path) -> list[tuple[str, int]]:
    """Return the figures of the graph in a folder. Raises GraphError when there is no graph."""
    return figures(read_store(graph_dir))


def unread_files(store: Store) -> list[tuple[str, str]]:
    """(file, reason) of the files that builds left out."""
    return [(row["file"], row["reason"]) for row in rows(store, "files-not-read")]


def figures(store: Store) -> list[tuple[str, int]]:
    """(what, how many): things of each kind, statements by relation, documents by level and type."""
    labels = relation_labels()
    found = [(row["what"], int(row["count"])) for row in rows(store, "internal/stats")]
    for row in rows(store, "internal/stats-relations"):
        name = row["relation"].removeprefix(str(CHIDAO))
        found.append((f"statements: {name} ({labels.get(name, name)})", int(row["count"])))
    for row in rows(store, "internal/stats-documents"):
        level = (row["level"] or "level-unknown").rpartition("level-")[2]
        found.append((f"documents: {level}, {row['type'] or 'type unknown'}", int(row["count"])))
    return found
