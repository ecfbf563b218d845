"""Why a file was not read, and what to do about it, in the reader's language: what the readers say stands in English in their errors."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Reason:
    """`what` is the matter, and the `remedy`, "" where there is none."""

    what: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    pattern: re.Pattern[str]
    said: dict[str, Reason]


@cache
def _rows() -> tuple[_Row, ...]:
    text = files("chidao.viz.web").joinpath("reasons.toml").read_text("utf-8")
    return tuple(
        _Row(re.compile(row["pattern"]), {tag: Reason(*row[tag]) for tag in ("vi", "en")})
        for row in tomllib.loads(text)["reason"]
    )


def reason_of(message: str, language: str) -> Reason:
    """Return a reader's message in a language; one that is not known stays as it is.

    >>> reason_of("protected by a password: save a copy without one", "en").remedy
    'Save a copy without a password and add that.'
    """
    row = next((row for row in _rows() if row.pattern.match(message)), None)
    return row.said[language] if row else Reason(message)
