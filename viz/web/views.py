"""What each page shows, as plain data: the same for a server's response and for a file of a written site."""

from __future__ import annotations

from typing import Any

from chidao.graph.rows import rows
from chidao.viz.web.shelf import Library

_FEW = 10


def home(library: Library) -> dict[str, Any]:
    """Figures, the newest documents, the directives with most implementing documents, and those with none."""

    def make(library: Library) -> dict[str, Any]:
        figures = {row["what"]: int(row["count"]) for row in rows(library.store, "internal/stats")}
        followed = list(rows(library.store, "internal/most-implemented"))
        waiting = list(rows(library.store, "not-implemented"))
        return {
            "figures": figures,
            "recent": list(rows(library.store, "internal/recent-documents")),
            "followed": followed[:_FEW],
            "waiting": sorted(waiting, key=lambda row: row["date"] or "", reverse=True)[:_FEW],
            "waiting_total": len(waiting),
        }

    found: dict[str, Any] = library.once("home", make)
    return found
