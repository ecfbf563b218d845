"""A generation's RDF with its tables: what the tables can answer they do, and the RDF the rest."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

import msgspec
import pyoxigraph

from chidao.graph import seal
from chidao.graph.store import open_generation
from chidao.graph.tables.kept import NoTablesError, open_tables, tables_of
from chidao.graph.tables.reach import Reach, found, kept
from chidao.graph.tables.schema import number_of
from chidao.graph.tables.sql import ANSWERED, sql_of, texts, with_values

_KEYS = {"label": "label_key", "title": "title_key"}
_REACHED = 8
"""Directives of which is held what is below them: a page asks several things of one."""
Read = TypeVar("Read")
Term = pyoxigraph.NamedNode | pyoxigraph.Literal


class Tabled:
    """A store of RDF, which is `rdf`, with the tables that follow from it, where there are any. Safe in any number of threads."""

    def __init__(
        self,
        rdf: pyoxigraph.Store,
        tables: sqlite3.Connection | None = None,
        *,
        opened: Callable[[], sqlite3.Connection | None] | None = None,
    ) -> None:
        """`opened` gives the tables when they are first asked: to look at all of them takes as long as a page."""
        self.rdf = rdf
        self._held, self._opened = tables, opened
        self._lock, self._opening = threading.Lock(), threading.Lock()
        self._reached: dict[str, Reach] = {}

    @classmethod
    def open(cls, generation: Path, *, made: bool = False) -> Self:
        """Return the generation whose store lies here; it and its tables are looked at unless they were `made` just now. Raises GraphError
        when it is damaged."""

        def opened() -> sqlite3.Connection | None:
            try:
                place = tables_of(generation.parent.parent / "tables", generation.name)
                return open_tables(place, seal.mark(generation), looked_at=made)
            except (NoTablesError, seal.Damaged):
                return None

        store = pyoxigraph.Store.read_only(str(generation)) if made else open_generation(generation)
        return cls(store, opened=opened)

    @property
    def _tables(self) -> sqlite3.Connection | None:
        with self._opening:
            if self._opened:
                self._held, self._opened = self._opened(), None
            return self._held

    def is_tabled(self) -> bool:
        """Are there tables, each part of which is as it was written?"""
        return self._tables is not None

    def look(self) -> None:
        """Open the tables now, where they are not open yet."""
        self._tables  # noqa: B018

    def answers(self, name: str) -> bool:
        """Do the tables answer this question?"""
        return self._tables is not None and sql_of(name) is not None

    def rows(self, name: str, values: Mapping[str, Term | Sequence[Term]]) -> list[dict[str, Any]] | None:
        """Return the rows of a shipped question as SPARQL gives them, None where the tables do not answer it."""
        text = sql_of(name) if self._tables else None
        if text is None or self._tables is None or (asked := with_values(text, values)) is None:
            return None
        try:
            with self._lock:
                if name in ANSWERED and not values:
                    answered = self._tables.execute(
                        "SELECT row FROM answered WHERE question = ? ORDER BY place", (name,)
                    )
                    return [msgspec.json.decode(row, type=dict[str, str | None]) for (row,) in answered]
                given = self._tables.execute(asked, {name: _given(value) for name, value in values.items()})
                columns = [column[0] for column in given.description]
                return [texts(columns, row) for row in given]
        except (sqlite3.Error, ValueError):  # what somebody has forged; the RDF is asked
            return None

    def tuples(
        self, name: str, columns: Sequence[str], take: Callable[[tuple[Any, ...]], Read] = tuple  # type: ignore[assignment]
    ) -> list[Read] | None:  # fmt: skip
        """Return what is taken of each row of a shipped question without parameters as the tables have them, None where they do not have
        these columns."""
        text = sql_of(name)
        if text is None or self._tables is None or (asked := with_values(text, ())) is None:
            return None
        try:
            with self._lock:
                given = self._tables.execute(asked)
                return (
                    [take(row) for row in given]
                    if [column[0] for column in given.description] == list(columns)
                    else None
                )
        except (sqlite3.Error, ValueError):  # as above
            return None

    def part(
        self, name: str, values: Mapping[str, Term | Sequence[Term]], limit: int, offset: int
    ) -> tuple[list[dict[str, Any]], int] | None:
        """Return some of the rows, and how many all are."""
        text = sql_of(name)
        if text is None or self._tables is None or (asked := with_values(text, values)) is None:
            return None
        try:
            with self._lock:
                told = {name: _given(value) for name, value in values.items()}
                if not limit:
                    return [], self._tables.execute(f"SELECT count(*) FROM ({asked})", told).fetchone()[0]
                given = self._tables.execute(asked, told)
                columns, every = [column[0] for column in given.description], given.fetchall()
                return [texts(columns, row) for row in every[offset:][:limit]], len(every)
        except (sqlite3.Error, ValueError):  # as above
            return None

    def keys(self, what: str) -> list[str] | None:
        """Return each folded "label" or "title" of a document, in alphabetical order; None where the tables do not tell."""
        asked = f"SELECT DISTINCT {_KEYS[what]} FROM document WHERE {_KEYS[what]} IS NOT NULL ORDER BY 1"
        return self.reading(lambda tables: [key for (key,) in tables.execute(asked)])

    def reading(self, read: Callable[[sqlite3.Connection], Read]) -> Read | None:
        """Return what is read from the tables, None where there are none or they are not as they were written."""
        if self._tables is None:
            return None
        try:
            with self._lock:
                return read(self._tables)
        except (sqlite3.Error, ValueError):  # as above
            return None

    def reach(self, directive: str, until: str | None = None) -> Reach | None:
        """Return what is below the directive with this IRI, without what is younger than `until`, and who did something about it; None
        where the tables do not tell."""
        if self._tables is None:
            return None
        try:
            with self._lock:
                if until is not None:
                    return found(self._tables, directive, until)
                told = (
                    self._reached.pop(directive, None)
                    or kept(self._tables, directive)
                    or found(self._tables, directive)
                )
                while len(self._reached) >= _REACHED:
                    del self._reached[next(iter(self._reached))]
                self._reached[directive] = told
                return told
        except (sqlite3.Error, ValueError):  # as above
            return None


def _given(value: Term | Sequence[Term]) -> str:
    """Values as a JSON array: numbers of things, and text."""
    terms = [value] if isinstance(value, pyoxigraph.NamedNode | pyoxigraph.Literal) else value
    return json.dumps(
        [number_of(term.value) if isinstance(term, pyoxigraph.NamedNode) else term.value for term in terms]
    )
