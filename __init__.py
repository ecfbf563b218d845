"""chidao: knowledge graphs of Vietnamese official documents.

    import chidao

    facts = chidao.extract_path("report.txt")                 # what one file says
    corpus = chidao.resolve(facts)                            # which documents it means
    chidao.build(["folder/"], "chidao-graph")                 # a graph on disk
    dataset = chidao.open_graph("chidao-graph")               # an rdflib Dataset
    network = chidao.to_networkx("chidao-graph")              # a networkx MultiDiGraph
    graph = chidao.Graph("chidao-graph")                      # answers that show themselves in a notebook

Names are loaded when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chidao.extract import ChidaoError, extract_path, resolve
    from chidao.graph import build, open_graph, to_networkx
    from chidao.viz.notebook import Graph

__version__ = "0.1.0"
__all__ = ["ChidaoError", "Graph", "__version__", "build", "extract_path", "open_graph", "resolve", "to_networkx"]

_HOMES = {
    "ChidaoError": "chidao.extract",
    "Graph": "chidao.viz.notebook",
    "build": "chidao.graph",
    "extract_path": "chidao.extract",
    "open_graph": "chidao.graph",
    "resolve": "chidao.extract",
    "to_networkx": "chidao.graph",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'chidao' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
