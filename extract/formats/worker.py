"""The child of `sandbox`: it gets MODULE:FUNCTION and MEMORY as arguments, bytes on standard input, and answers in JSON."""

from __future__ import annotations

import json
import sys
from importlib import import_module

from chidao.extract.errors import SourceError


def main() -> None:
    """Read standard input with the named reader; print its text, or the reason why there is none."""
    reader, memory = sys.argv[1], int(sys.argv[2])
    _bound(memory)
    module, _, name = reader.partition(":")
    try:
        found = getattr(import_module(f"chidao.extract.formats.{module}"), name)(sys.stdin.buffer.read())
        # A lone surrogate is no character; some files hold one.
        text = found.text.encode("utf-8", "replace").decode("utf-8")
        answer = {"text": text, "pages": found.pages, "notes": found.notes, "doubts": found.doubts}
    except SourceError as error:
        answer = {"error": error.message}
    except RecursionError:
        answer = {"error": "nested too deeply"}
    sys.stdout.write(json.dumps(answer))


def _bound(memory: int) -> None:
    """Bound this process's memory where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (memory if hard == resource.RLIM_INFINITY else min(memory, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
