"""Trigger tables: how text says that one document acts on another, or a body on a document.

The phrases stand in `tables/*.csv`, each with an example that a test reads both ways.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class RelationTrigger:
    """`direction` "forward": the document before the trigger is the subject; "backward": the one behind it."""

    trigger: str
    predicate: str
    direction: str
    certainty: str
    example: str


@dataclass(frozen=True, slots=True)
class ActionTrigger:
    trigger: str
    action: str
    example: str


@dataclass(frozen=True, slots=True)
class TaskPhrase:
    """`use` "work": what a body named before it is to do; "call": what gives work to a body named behind it; "heading": what
    only stands before a body in a heading above items."""

    phrase: str
    use: str
    example: str


def _rows(name: str) -> list[dict[str, str]]:
    text = files("chidao.extract").joinpath("tables", name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def relation_triggers() -> dict[str, RelationTrigger]:
    """By the trigger in lower case."""
    return {row["trigger"]: RelationTrigger(**row) for row in _rows("relations.csv")}


@cache
def action_triggers() -> dict[str, ActionTrigger]:
    """By the trigger in lower case."""
    return {row["trigger"]: ActionTrigger(**row) for row in _rows("actions.csv")}


@cache
def task_phrases(*uses: str) -> dict[str, TaskPhrase]:
    """Those of the named uses, by the phrase in lower case."""
    return {row["phrase"]: TaskPhrase(**row) for row in _rows("tasks.csv") if row["use"] in uses}


def alternation(triggers: Iterable[str]) -> str:
    """A regular expression that matches any trigger, the longest first, over any white space."""
    phrases = sorted(triggers, key=len, reverse=True)
    return "|".join(r"\s+".join(re.escape(word) for word in phrase.split()) for phrase in phrases)


def key(printed: str) -> str:
    """The table key of a trigger as printed."""
    return " ".join(printed.lower().split())
