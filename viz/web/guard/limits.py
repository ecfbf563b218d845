"""What a server grants to those who ask."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and bytes for one query, bytes of one upload."""

    seconds: float
    result: int
    upload: int
