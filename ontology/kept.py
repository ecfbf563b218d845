"""What is made of the tables and takes longer to make than to read: looked up while a block runs that keeps it (see
`extract.language.kept_patterns`), and made as ever elsewhere."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar

Made = dict[bytes, Any]
"""Plain data by a checksum of what it is made of."""
KEPT: ContextVar[tuple[Made, Made] | None] = ContextVar("KEPT", default=None)
"""What is known, and where it is noted what was asked for, while such a block runs."""
T = TypeVar("T")


def made(of: bytes, make: Callable[[], T]) -> T:
    """Return what is made of this; the same of the same."""
    kept = KEPT.get()
    if kept is None:
        return make()
    known, asked = kept
    key = hashlib.sha256(of).digest()
    found: T = known[key] if key in known else make()
    asked[key] = found
    return found
