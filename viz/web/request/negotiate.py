"""Which of the forms that a resource has a client would rather see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Form = TypeVar("Form")


def best(accept: str | None, offered: Mapping[str, Form]) -> Form | None:
    """Return the form of the media type that an Accept header prefers (RFC 9110, 12.5.1: by weight, the more specific range deciding);
    the first offered one where there is no header or a tie, None when none is acceptable.

    >>> best("text/turtle;q=0.9, */*;q=0.1", {"text/html": "html", "text/turtle": "ttl"})
    'ttl'
    """
    ranges = [_range(part) for part in (accept or "*/*").split(",") if part.strip()]
    chosen: tuple[float, Form] | None = None
    for media, form in offered.items():
        fitting = [(2 - name.count("*"), q) for name, q in ranges if _fits(name, media)]
        weight = max(fitting)[1] if fitting else 0.0
        if weight > 0 and (chosen is None or weight > chosen[0]):
            chosen = (weight, form)
    return chosen[1] if chosen else None


def _range(part: str) -> tuple[str, float]:
    name, *params = (piece.strip() for piece in part.split(";"))
    for param in params:
        key, _, value = param.partition("=")
        if key.strip().lower() == "q":
            try:
                return name.lower(), min(max(float(value), 0.0), 1.0)
            except ValueError:
                return name.lower(), 0.0
    return name.lower(), 1.0


def _fits(name: str, media: str) -> bool:
    kind = media.partition("/")[0]
    return name in ("*/*", f"{kind}/*", media)
