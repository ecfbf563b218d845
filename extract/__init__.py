"""Text to facts: references, bodies, relations and actions in Vietnamese official text.

`extract_path` reads one file to its facts, `resolve` says which documents the facts of all files mean, `records` prints them.
Names are loaded when first used, for a process that only reads a format needs none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chidao.extract.corpus.resolve import resolve
    from chidao.extract.errors import ChidaoError, SourceError
    from chidao.extract.facts import extract_text
    from chidao.extract.formats.source import read_source
    from chidao.extract.model import RULES
    from chidao.extract.paths import extract_path
    from chidao.extract.printed import records

__all__ = ["RULES", "ChidaoError", "SourceError", "extract_path", "extract_text", "read_source", "records", "resolve"]

_HOMES = {
    "RULES": "model",
    "ChidaoError": "errors",
    "SourceError": "errors",
    "extract_path": "paths",
    "extract_text": "facts",
    "read_source": "formats.source",
    "records": "printed",
    "resolve": "corpus.resolve",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"chidao.extract.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'chidao.extract' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
