"""Why a file was not read, and what to do about it, in the reader's language: what the readers say stands in English in their errors.
A row of reasons.toml may print what its pattern has caught ("\\1")."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from chidao.extract.errors import ChidaoError, in_a_line
from chidao.viz.speech import Speech

_PLACE = re.compile(r"(?:/|[A-Za-z]:\\)[^\n]{1,1000}?: ")
"""The file that an error names before it says what is the matter."""


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
    """Return a reader's message in a language; what no row tells, as the command line says it; one that nobody knows stays as it is.

    >>> reason_of("protected by a password: save a copy without one", "en").remedy
    'Save a copy without a password and add that.'
    """
    for row in _rows():
        if found := row.pattern.match(message):
            said = row.said[language]
            return Reason(found.expand(said.what), found.expand(said.remedy))
    if place := _PLACE.match(message):
        inner = reason_of(message[place.end() :], language)
        return Reason(f"{place[0]}{inner.what}", inner.remedy)
    return Reason(Speech(language).told(message))


def said_of(error: ChidaoError, language: str | None, *, here: bool) -> str:
    """Return an error as one line in a language, None for programs. In which folder its file lies is told only who sits `here`, at
    this machine.

    >>> said_of(ChidaoError("somebody else is writing", path="/srv/office/done.jsonl"), "en", here=False)
    'done.jsonl: Somebody else is writing. Try again.'
    """
    path = in_a_line(error.path or "")
    place = path if here else re.split(r"[/\\]", path)[-1]
    reason = reason_of(error.message, language) if language else Reason(error.message)
    said = f"{reason.what} {reason.remedy}".rstrip()
    return f"{place}: {said}" if place else said
