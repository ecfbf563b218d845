"""Facts to RDF, the store, and the questions asked of it.

Names are loaded when first used: a worker process that answers queries needs the engine and little else.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chidao.graph.answers.network import neighbourhood, to_networkx
    from chidao.graph.store import GraphError, open_graph
    from chidao.graph.write.build import BuildSummary, build

__all__ = ["BuildSummary", "GraphError", "build", "neighbourhood", "open_graph", "to_networkx"]

_HOMES = {
    "BuildSummary": "build",
    "GraphError": "store",
    "build": "build",
    "neighbourhood": "network",
    "open_graph": "store",
    "to_networkx": "network",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"chidao.graph.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'chidao.graph' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """`build` is the function, also after the module of the same name has been imported."""

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value.build if name == "build" and isinstance(value, ModuleType) else value)


sys.modules[__name__].__class__ = _Package
