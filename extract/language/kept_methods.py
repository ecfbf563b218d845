"""The methods of dataclasses, taken compiled from those that are kept (see `kept_patterns`).

`dataclass` writes six methods of a class as text and compiles each, which for the types of all rules takes longer than to load the
modules that they stand in. The same text gives the same code. `dataclasses` has no door for this, so the `exec` that it calls is ours
while a block runs, for one thread.
"""

from __future__ import annotations

import contextlib
import dataclasses
import threading
from collections.abc import Iterator
from types import CodeType
from typing import Any

from chidao.extract import frozen

Methods = dict[str, CodeType]
"""What the text of a method is compiled to."""
_MAKERS: tuple[Any, ...] = (dataclasses, frozen)
"""The modules that write methods."""


@contextlib.contextmanager
def looked_up(known: Methods, asked: Methods) -> Iterator[None]:
    """Have what this thread makes of dataclasses taken from what is known, and noted in what is `asked`."""
    if any("exec" in vars(maker) for maker in _MAKERS):
        yield
        return
    asker: int | None = threading.get_ident()

    def exec_(text: Any, variables: dict[str, Any], names: dict[str, Any] | None = None) -> None:
        code = text
        if threading.get_ident() == asker and isinstance(text, str):
            code = asked[text] = known.get(text) or compile(text, "<string>", "exec", dont_inherit=True)
        exec(code, variables, names)

    for maker in _MAKERS:
        maker.exec = exec_
    try:
        yield
    finally:
        asker = None
        for maker in _MAKERS:
            if vars(maker).get("exec") is exec_:
                del maker.exec
