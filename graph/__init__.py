"""Facts to RDF, the store, and the questions asked of it.

Names are loaded when first used: a worker process that answers queries needs the engine and little else.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chidao.graph.answers.network import neighbourhood, to_networkx
    from chidao.graph.dataset import open_graph
    from chidao.graph.store import GraphError
    from chidao.graph.write.build import BuildSummary, build

__all__ = ["BuildSummary", "GraphError", "build", "neighbourhood", "open_graph", "to_networkx"]

_HOMES = {
    "BuildSummary": "write.build",
    "GraphError": "store",
    "build": "write.build",
    "neighbourhood": "answers.network",
    "open_graph": "dataset",
    "to_networkx": "answers.network",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"chidao.graph.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'chidao.graph' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
