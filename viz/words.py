"""What people read for the names that the graph and the program use, in each language: `words.toml`, and how days and
numbers are written. Where an evidence stands, it says itself (graph/evidence.py)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from chidao.extract.language.dates import printed_day
from chidao.ontology.authority import LEVELS, types_of
from chidao.ontology.vocabulary import CHIDAO, RDFS, table

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
"""Every language by its tag; the first is the one that a visitor gets who has chosen none."""
DEFAULT = next(iter(LANGUAGES))
DRAWN_LEVELS = (*LEVELS, "")
"""The bands of a drawn graph from the top down; "" is for a level that is not known."""


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Relation:
    """How a relation reads from either end; `group` ("carry", "ground", "change", "tie") decides its line."""

    label: str
    inverse: str
    group: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, each table from a name to what is read for it."""

    language: str
    levels: Mapping[str, str]
    families: Mapping[str, str]
    actions: Mapping[str, str]
    states: Mapping[str, str]
    task_states: Mapping[str, str]
    task_standings: Mapping[str, str]
    audiences: Mapping[str, str]
    groups: Mapping[str, str]
    rows: Mapping[str, str]
    standings: Mapping[str, str]
    forces: Mapping[str, str]
    events: Mapping[str, str]
    changes: Mapping[str, str]
    columns: Mapping[str, str]
    drawing: Mapping[str, str]
    scheme: Mapping[str, str]
    page: Mapping[str, str]

    @property
    def relations(self) -> Mapping[str, Relation]:
        """The relations that a graph draws, by the local name of their predicate, the most telling first."""
        return _relations(self.language)

    def relation(self, predicate: str, label: str = "") -> Relation:
        """Return a relation as it is read; of one that the table does not know, `label` is what the graph calls it."""
        if predicate in self.relations:
            return self.relations[predicate]
        label = label or _properties(self.language).get(predicate, predicate)
        return Relation(label, self.drawing["inverse"] % {"label": label}, "tie")

    def cell(self, column: str, text: str) -> str:
        """Return a cell of a table: a word that the program uses as it is read, a day as it is written, anything else as it is.

        >>> words("vi").cell("action", "issue"), words("vi").cell("date", "2022-05-05"), words("vi").cell("title", "issue")
        ('ban hành', '05/05/2022', 'issue')
        """
        if _DAY.fullmatch(text):
            return self.day(text)
        if column in ("relation", "predicate"):
            return self.relation(text).label
        if column in ("operation", "event", "change", "state"):
            return self._state(text)
        return {"action": self.actions, "level": self.levels}.get(column, {}).get(text, text)

    def _state(self, text: str) -> str:
        tables = (self.events, self.states, self.task_states, self.changes)
        return next((table[text] for table in tables if text in table), "") or self.relation(text).label

    def day(self, iso: str | None) -> str:
        """Return an ISO day, month or year as it is written: 05/05/2022, 5 May 2022; what is none stays as it is, None is "".

        >>> words("vi").day("2022-05"), words("en").day("2022-05-05")
        ('05/2022', '5 May 2022')
        """
        parts = (iso or "").split("-")
        if not iso or not all(part.isdigit() for part in parts):
            return iso or ""
        if self.language == "vi":
            return printed_day(iso, padded=True)
        try:
            whole = date.fromisoformat(iso)
        except ValueError:  # a month, a year, or no day of the calendar
            return iso
        from babel.dates import format_date

        return format_date(whole, format="medium", locale="en_GB")

    def month(self, iso: str) -> str:
        """Return an ISO month or day as an axis has it.

        >>> words("vi").month("2025-03"), words("en").month("2025-03-31")
        ('03/2025', 'Mar 2025')
        """
        if self.language == "vi":
            return printed_day(iso[:7], padded=True)
        from babel.dates import format_date

        return format_date(date.fromisoformat(f"{iso[:7]}-01"), format="MMM y", locale="en_GB")

    def number(self, value: float) -> str:
        """Return a number that need not be whole.

        >>> words("vi").number(108.5), words("en").number(99)
        ('108,5', '99')
        """
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self.language)

    def count(self, value: int) -> str:
        """Return a number with the language's thousands.

        >>> words("vi").count(1234), words("en").count(1234)
        ('1.234', '1,234')
        """
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self.language)


@cache
def words(language: str = DEFAULT) -> Words:
    """Return the words of a language, read once. Raises KeyError for one that there is none of."""
    if language not in LANGUAGES:
        raise KeyError(language)
    table = _table()

    def told(name: str) -> dict[str, str]:
        return {key: row[language] for key, row in table[name].items()}

    return Words(language=language, **{name: told(name) for name in table if name != "relations"})


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("chidao.viz") / "words.toml").read_text(encoding="utf-8"))


@cache
def _relations(language: str) -> dict[str, Relation]:
    own = _properties(language)
    return {
        name: Relation(row["label"][language] if "label" in row else own[name], row[language], row["group"])
        for name, row in _table()["relations"].items()
    }


@cache
def _properties(language: str) -> dict[str, str]:
    """How the ontology's properties read from their subjects, by local name."""
    said = table("chidao").all_with(RDFS.label, language)
    return {subject.removeprefix(str(CHIDAO)): label for subject, label in said}


def drawn_level(level: str | None) -> str:
    """Return the band of a level: itself, or "" where it is unknown or no band of a drawn graph."""
    return level if level in DRAWN_LEVELS else ""


def family(kind: str, type_: str) -> str:
    """Return the card shape's family: of a body, of a document type by the longest name it begins with, or "other".

    >>> family("document", "Kế hoạch phối hợp")
    'plan'
    """
    if kind == "body":
        return "body"
    known = _families()
    said = type_.casefold().split()
    names = (" ".join(said[:length]) for length in range(len(said), 0, -1))
    return next((known[name] for name in names if name in known), "other")


@cache
def _families() -> dict[str, str]:
    """The family of each document type, in lower case."""
    return {
        type_.lower(): name
        for name, row in _table()["families"].items()
        if "nature" in row
        for type_ in types_of(row["nature"])
    }
