"""What a generation says otherwise than the one before, as its tables keep it (see `differing`)."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
import pyoxigraph

from chidao.graph.tables.asked import Read, Tabled, Term
from chidao.graph.tables.kept import NoTablesError
from chidao.graph.tables.schema import number_of

KINDS = ("document", "relation", "task", "state")
SINCE = "changed since"
"""The question that `answered` answers with the mark of the generation before."""
FORMER = "former "
"""What the names of questions begin with that `answered` answers as the generation before did."""
FORCE = (
    "internal/document-force", "internal/document-amendments", "internal/document-changes", "internal/first-in-force",
)  # fmt: skip
"""The questions from whose rows it follows whether a document is in force."""


class Chosen(NamedTuple):
    """Which lines are wanted: of a kind, of a side, of these documents, of a body."""

    kind: str | None = None
    new: bool | None = None
    near: Collection[str] | None = None
    body: str | None = None

    def where(self) -> tuple[str, dict[str, Any]]:
        """Return this as a condition, with its values."""
        near = None if self.near is None else json.dumps(sorted(map(number_of, self.near)))
        given = {
            "kind": self.kind,
            "new": self.new,
            "near": near,
            "body": None if self.body is None else f",{number_of(self.body)},",
        }
        conditions = {
            "kind": "kind = :kind",
            "new": "new = :new",
            "near": "(document IN (SELECT value FROM json_each(:near)) OR other IN (SELECT value FROM json_each(:near)))",
            "body": "instr(bodies, :body)",
        }
        values = {name: value for name, value in given.items() if value is not None}
        return " AND ".join(("TRUE", *(conditions[name] for name in values))), values


class Told(NamedTuple):
    """A line as it is kept: its kind, whether it is new, and what is told in it."""

    kind: str
    new: bool
    told: dict[str, Any]


class KeptChanges:
    """The lines that the tables of a generation keep. Its questions raise NoTablesError where they are not as they were written."""

    def __init__(self, store: Tabled) -> None:
        self._store = store

    @classmethod
    def since(cls, store: Tabled, mark: str) -> KeptChanges | None:
        """Return those since the generation with this mark; None where the tables keep none, or since another one."""
        asked = "SELECT row FROM answered WHERE question = ? AND row = ?"
        found = store.reading(lambda tables: tables.execute(asked, (SINCE, said_mark(mark))).fetchone())
        return cls(store) if found else None

    def counted(self, chosen: Chosen) -> dict[tuple[str, bool], int]:
        """Return how many of the chosen lines are of each kind and side."""
        where, values = chosen.where()
        asked = f"SELECT kind, new, count(*) FROM changed WHERE {where} GROUP BY kind, new"
        found = self._read(lambda tables: tables.execute(asked, values).fetchall())
        return {(kind, bool(new)): count for kind, new, count in found}

    def lines(self, chosen: Chosen, limit: int | None = None, offset: int = 0) -> list[Told]:
        """Return the chosen lines in their order: at most `limit`, behind the first `offset`."""
        where, values = chosen.where()
        asked = f"SELECT kind, new, told FROM changed WHERE {where} ORDER BY place LIMIT :limit OFFSET :offset"
        values |= {"limit": -1 if limit is None else limit, "offset": offset}

        def read(tables: sqlite3.Connection) -> list[Told]:
            return [
                Told(kind, bool(new), msgspec.json.decode(told, type=dict[str, Any]))
                for kind, new, told in tables.execute(asked, values)
            ]

        return self._read(read)

    def former(self) -> FormerRows:
        """Return what was said of force before, where something else is said now."""
        asked = "SELECT row FROM answered WHERE question = ? ORDER BY place"
        kept: dict[str, Mapping[str, Sequence[dict[str, Any]]]] = {}
        for name in FORCE:
            of: dict[str, list[dict[str, Any]]] = defaultdict(list)
            for (row,) in self._read(lambda tables: tables.execute(asked, (FORMER + name,)).fetchall()):  # noqa: B023
                told = msgspec.json.decode(row, type=dict[str, str | None])
                of[told["document"] or ""].append(told)
            kept[name] = of
        return FormerRows(kept)

    def _read(self, read: Callable[[sqlite3.Connection], Read]) -> Read:
        found = self._store.reading(read)
        if found is None:
            raise NoTablesError("they are not as they were written")
        return found


class FormerRows(Tabled):
    """What the generation before said of the force of some documents, for whoever asks a store for it."""

    def __init__(self, kept: Mapping[str, Mapping[str, Sequence[dict[str, Any]]]]) -> None:
        super().__init__(pyoxigraph.Store())
        self._kept = kept

    def answers(self, name: str) -> bool:
        """Are the rows of this question kept?"""
        return name in self._kept

    def rows(self, name: str, values: Mapping[str, Term | Sequence[Term]]) -> list[dict[str, Any]] | None:
        """Return the rows about the documents that are asked for."""
        asked = values["document"]
        terms = [asked] if isinstance(asked, pyoxigraph.NamedNode | pyoxigraph.Literal) else asked
        return [row for term in terms for row in self._kept[name].get(term.value, ())]


def said_mark(mark: str) -> str:
    """Return a mark as `answered` has it."""
    return json.dumps({"mark": mark})
