"""Write the tables of a generation: all of them while its quads go by, or what has changed since the generation before."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec
import pyoxigraph

from chidao.graph import disk
from chidao.graph.copied import Copied
from chidao.graph.tables import counted, directive_days, reach, tasks_due
from chidao.graph.tables.project import Projector, Row, project
from chidao.graph.tables.schema import schema
from chidao.graph.tables.sql import ANSWERED, sql_of, texts, with_values

_AT_ONCE = 10_000
"""Rows that are held before they are written."""
_ONCE = frozenset({"document", "body", "source", "sentence", "task"})
"""What has one row for one thing: a second one is another thing with the same number."""
_QUICK = ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -65536")
"""Nobody reads the file before it is whole, and what is not whole is not kept."""
_MAPPED = 1 << 30
"""Bytes of tables, those of a hundred thousand documents, that are read where the system has them."""
_THINGS = """
SELECT iri FROM document WHERE id IN (SELECT value FROM json_each(:numbers))
UNION SELECT iri FROM body WHERE id IN (SELECT value FROM json_each(:numbers))
UNION SELECT d.iri FROM own o JOIN document d ON d.id = o.document WHERE o.source IN (SELECT value FROM json_each(:numbers))"""
_UNFIT = (ValueError, sqlite3.Error)
Q = TypeVar("Q", bound=Iterable[Any])
"""A quad: its subject, predicate, object and graph."""


class TableWriter:
    """Writes tables to a file. It is whole when the block has ended, unless something `failed`: then there is no file, and answers come
    from the RDF alone."""

    def __init__(self, path: Path, copied: Copied | None = None) -> None:
        """They begin with those of the generation before, where these were `copied` to the path."""
        self.failed = False
        self.tasks: set[int] = set()
        """The tasks of which these tables say something else than those before."""
        self.things: set[str] = set()
        """The documents and bodies, by their IRIs, of which something else is said, or in whose files."""
        self._path, self._copied = path, copied
        self._waiting: dict[str, list[tuple[str | int | None, ...]]] = defaultdict(list)
        self._count = 0
        self._asked_anew: set[int] = set()
        self._placed_anew: set[int] = set()
        self._counted_anew: set[int] = set()
        self._more: Counter[str] = Counter()
        self._numbers_anew: set[int] = set()
        self._due_anew: set[int] = set()
        self._given_anew: set[int] = set()
        self._due_before: Counter[tasks_due.Key] = Counter()

    def __enter__(self) -> Self:
        if not self._copied:
            disk.clear_database(self._path)
        self._tables = sqlite3.connect(self._path, isolation_level=None)
        for pragma in _QUICK:
            self._tables.execute(f"PRAGMA {pragma}")
        if self._copied:  # of which little is looked up; what a whole one is filled with would count as memory
            self._tables.execute(f"PRAGMA mmap_size = {_MAPPED}")
            self._copied.note(self._tables)
        else:
            self._tables.executescript(schema()[0])
        self._tables.execute("BEGIN")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and not self.failed:
            try:
                self._end()
            except _UNFIT:
                self.failed = True
        self._tables.close()
        if kind is not None or self.failed:
            disk.clear_database(self._path)
        elif not self._copied:
            disk.compact(self._path)

    def passing(self, quads: Iterable[Q]) -> Iterator[Q]:
        """Yield the quads of a whole graph, and write their rows."""
        projector = Projector()
        for quad in quads:
            if not self.failed:
                try:
                    if rows := projector.see(quad):
                        self._take(rows)
                except _UNFIT:
                    self.failed = True
            yield quad
        try:
            self._take(() if self.failed else projector.end())
        except _UNFIT:
            self.failed = True

    def change(self, former: pyoxigraph.Store, store: pyoxigraph.Store, subjects: Iterable[str]) -> None:
        """Write what the two stores say differently of these subjects."""
        touched = set(subjects)
        try:
            old, new = set(project(former, touched)), set(project(store, touched))
            self._touch(old ^ new)
            self.tasks |= {values[0] for table, values in old ^ new if table == "task" and isinstance(values[0], int)}
            self.things |= {str(values[1]) for table, values in old - new if table in ("document", "body")}
            self._numbers_anew = {
                n for _, values in old ^ new for n in values if isinstance(n, int)
            } | self._counted_anew
            self._due_anew = tasks_due.about(self._tables, old ^ new)
            self._given_anew = directive_days.about(self._tables, self._due_anew, old ^ new)
            self._due_before = tasks_due.counts(self._tables, self._due_anew)
            for table, values in old - new:
                columns = [f'"{column[1]}"' for column in self._tables.execute(f"PRAGMA table_info({table})")]
                gone = f"DELETE FROM {table} WHERE " + " AND ".join(f"{c} IS ?" for c in columns)
                self._more[table] -= self._tables.execute(gone, values).rowcount
            self._take(new - old)
        except _UNFIT:
            self.failed = True

    def _touch(self, rows: Collection[Row]) -> None:
        """Note of which directives something else is to be kept: those that rows are about, and those that a document whose row is another
        cites or is below; the latter by the tables as they are, and again when they are written."""
        self._counted_anew |= counted.about(rows)
        for table, values in rows:
            if table in ("cites", "action") and isinstance(values[0], int):
                self._asked_anew.add(values[0])
            elif table in ("document", "statement") and isinstance(
                number := values[2 if table == "statement" else 0], int
            ):
                self._placed_anew.add(number)
        self._asked_anew |= reach.about(self._tables, self._placed_anew)

    def _take(self, rows: Iterable[Row]) -> None:
        for table, values in rows:
            self._waiting[table].append(values)
            self._count += 1
        if self._count >= _AT_ONCE:
            self._put()

    def _put(self) -> None:
        self._count = 0
        for table, rows in self._waiting.items():
            if rows:
                how = "INSERT" if table in _ONCE else "INSERT OR IGNORE"
                new = f"{how} INTO {table} VALUES({', '.join('?' * len(rows[0]))})"
                self._more[table] += self._tables.executemany(new, rows).rowcount
                rows.clear()

    def _end(self) -> None:
        """Write what is left, and the answers to what is asked of all at once."""
        self._put()
        self._tables.execute("COMMIT")
        if not self._copied:
            self._tables.executescript(schema()[1])
        self._tables.execute("BEGIN")
        if self._copied:
            reach.keep(self._tables, self._asked_anew | reach.about(self._tables, self._placed_anew))
            counted.count(self._tables, self._counted_anew, self._more)
            tasks_due.change(self._tables, self._due_before, tasks_due.counts(self._tables, self._due_anew))
            numbers = {"numbers": json.dumps(sorted(self._numbers_anew))}
            self.things |= {iri for (iri,) in self._tables.execute(_THINGS, numbers)}
        else:
            reach.keep(self._tables)
            counted.count(self._tables)
            tasks_due.keep(self._tables)
        days = directive_days.kept(self._tables) if self._copied else None
        for table in ("answered", "changed"):
            self._tables.execute(f"DELETE FROM {table}")
        encode = msgspec.json.Encoder().encode
        for name in ANSWERED:
            found = self._tables.execute(with_values(sql_of(name) or "", ()) or "")
            columns = [column[0] for column in found.description]
            rows = ((name, n, encode(texts(columns, row)).decode()) for n, row in enumerate(found.fetchall()))
            self._tables.executemany("INSERT INTO answered VALUES(?, ?, ?)", rows)
        directive_days.keep(self._tables, days, self._given_anew)
        self._tables.execute("COMMIT")
        if self._copied:
            self._copied.put_in(self._tables)
