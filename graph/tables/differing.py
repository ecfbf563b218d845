"""What a generation says that the one before did not, and what it says no more: found when its tables are written, while those of the one
before lie beside them, and kept with them in `changed`, a line each, in the order in which people read them.

Whether a document is in force is another matter each day. So of a document of whose force or end something else is said than before what
was said then is kept, as the questions for it gave it; who asks takes the one from the other on that day (`FormerRows`).
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from chidao.graph.copied import Copied
from chidao.graph.tables.changed import FORCE, FORMER, KINDS, SINCE, said_mark
from chidao.graph.tables.schema import number_of
from chidao.graph.tables.sql import sql_of, texts, with_values

_ENDING = "predicate IN ('repeals', 'replaces', 'amends', 'corrects', 'consolidates', 'continues')"
_DOCUMENTS = """
SELECT d.id, d.iri, d.label, d.title, d.date, EXISTS (SELECT * FROM {this}.own o WHERE o.document = d.id)
FROM {this}.document d
WHERE {touched} (NOT EXISTS (SELECT * FROM {that}.document x WHERE x.id = d.id) OR (
  EXISTS (SELECT * FROM {this}.own o WHERE o.document = d.id) AND NOT EXISTS (SELECT * FROM {that}.own o WHERE o.document = d.id)))
ORDER BY d.iri"""
_RELATIONS = """
SELECT DISTINCT d.id, d.iri, d.label, s.predicate, o.id, o.iri, o.label
FROM {this}.statement s JOIN {this}.document d ON d.id = s.subject JOIN {this}.document o ON o.id = s.object
WHERE {touched} NOT EXISTS (SELECT * FROM {that}.statement x WHERE (x.object, x.predicate, x.subject) = (s.object, s.predicate, s.subject))
ORDER BY d.iri, s.predicate, o.iri"""
_TASKS = """
SELECT t.id, t.document, t.text, d.iri, d.label, t.due, f.path, e.line, t.iri
FROM {this}.task t JOIN {this}.document d ON d.id = t.document JOIN {this}.sentence e ON e.id = t.sentence
  JOIN {this}.source f ON f.id = e.source
WHERE {where}"""
_OTHER_TASK = (
    "NOT EXISTS (SELECT * FROM {that}.task x WHERE x.id = t.id AND x.document = t.document AND x.text = t.text)"
)
_PARTIES = """
SELECT p.role, coalesce(b.name, p.name), b.iri, b.id FROM {this}.party p LEFT JOIN {this}.body b ON b.id = p.body
WHERE p.task = ? ORDER BY p.role, 2"""
_TOLD = """
SELECT d.id, d.iri, d.label FROM {this}.document d WHERE d.id IN (SELECT value FROM json_each(?)) AND d.id IN (
  SELECT document FROM {this}.force UNION SELECT document FROM {this}.amendment
  UNION SELECT object FROM {this}.statement WHERE predicate IN ('repeals', 'replaces'))
ORDER BY d.iri"""


class Line(NamedTuple):
    """A row of `changed` but for its place: `bodies` have issued one of its documents, then or now, or have to do its task."""

    kind: str
    new: bool
    document: int
    other: int | None
    bodies: set[int]
    told: dict[str, Any]

    def order(self) -> tuple[int, bool, bool, str]:
        """Return by what lines are sorted: the kind, what is new, what was read, the label."""
        return KINDS.index(self.kind), not self.new, not self.told.get("read"), self.told["label"]

    def row(self) -> tuple[str | int | None, ...]:
        """Return it as it is written."""
        bodies = f",{','.join(map(str, sorted(self.bodies)))},"
        return self.kind, self.new, self.document, self.other, bodies, json.dumps(self.told, ensure_ascii=False)


class Touched(NamedTuple):
    """Of which tasks, by their numbers, and of which documents and bodies, by their IRIs, something else is said than before."""

    tasks: Collection[int]
    things: Collection[str]


def keep_changed(
    path: Path, former: Path, mark: str, touched: Touched | None = None, copied: Copied | None = None
) -> None:
    """Write to tables, which may be what `copied` ones have become, what they say otherwise than the `former` ones, those of the generation
    with this mark; nothing where these are no tables. Where it is known what is `touched`, the rest is not looked at. Raises OSError, and
    sqlite3.OperationalError for a full disk."""
    with closing(sqlite3.connect(path.absolute().as_uri(), uri=True, isolation_level=None)) as tables:
        for pragma in ("journal_mode = OFF", "synchronous = OFF"):
            tables.execute(f"PRAGMA {pragma}")
        try:
            tables.execute("ATTACH ? AS former", (f"{former.absolute().as_uri()}?mode=ro&immutable=1",))
            changed = _changed_force(tables, touched)
            states = (line for new in (True, False) for line in _states(tables, new, changed))
            lines = sorted((*_lines(tables, touched), *states), key=Line.order)
            kept = [(FORMER + name, *row) for name in FORCE if changed for row in _former(tables, name, changed)]
        except sqlite3.DatabaseError:
            return
        if copied:
            copied.note(tables)
        tables.execute("BEGIN")
        tables.executemany(
            "INSERT INTO changed VALUES(?, ?, ?, ?, ?, ?, ?)",
            ((place, *line.row()) for place, line in enumerate(lines)),
        )
        tables.executemany("INSERT INTO answered VALUES(?, ?, ?)", [(SINCE, 0, said_mark(mark)), *kept])
        tables.execute("COMMIT")
        if copied:
            copied.put_in(tables)


def _sides(new: bool) -> dict[str, str]:
    this, that = ("main", "former") if new else ("former", "main")
    return {"this": this, "that": that}


def _lines(tables: sqlite3.Connection, touched: Touched | None) -> Iterator[Line]:
    """The lines that hold on any day, what is new first."""
    near = {} if touched is None else {"near": _near(touched)}
    document, object_ = (
        f"{of} IN (SELECT value FROM json_each(:near)) AND" if near else "" for of in ("d.id", "s.object")
    )
    for new in (True, False):
        asked = _DOCUMENTS.format(**_sides(new), touched=document)
        for number, iri, label, title, day, read in tables.execute(asked, near):
            told = {"iri": iri, "label": label, "text": title, "date": day, "read": bool(read)}
            yield Line("document", new, number, None, _issuers(tables, number), told)
    for new in (True, False):
        asked = _RELATIONS.format(**_sides(new), touched=object_)
        for number, iri, label, predicate, other, its, called in tables.execute(asked, near):
            told = {"iri": iri, "label": label, "predicate": predicate, "other": its, "other_label": called}
            yield Line("relation", new, number, other, _issuers(tables, number, other), told)
    for new in (True, False):
        yield from _tasks(tables, new, touched.tasks if touched else None)


def _issuers(tables: sqlite3.Connection, *documents: int) -> set[int]:
    """The bodies that have issued these documents, now or before."""
    issued = "SELECT body FROM {}.issued WHERE document IN (SELECT value FROM json_each(?))"
    return {number for of in ("main", "former") for number in _numbers(tables, issued.format(of), documents)}


def _tasks(tables: sqlite3.Connection, new: bool, others: Collection[int] | None) -> Iterator[Line]:
    """A task is the same by its document and its words. Of several the last by its day and place stands for all."""
    sides = _sides(new)
    there = f"SELECT text FROM {sides['that']}.task WHERE document = ?"
    beside = _TASKS.format(**sides, where="t.document = ?")
    found: dict[tuple[int, str], tuple[Any, ...]] = {}
    these = "" if others is None else "t.id IN (SELECT value FROM json_each(:others)) AND "
    asked = _TASKS.format(**sides, where=these + _OTHER_TASK.format(**sides))
    differing: dict[int, set[str]] = defaultdict(set)
    for _, document, text, *_ in tables.execute(asked, {"others": json.dumps(sorted(others or ()))}):
        differing[document].add(_words(text))
    for document, words in differing.items():  # whose tasks are read once, however many of them differ
        words -= {_words(text) for (text,) in tables.execute(there, (document,))}
        for row in tables.execute(beside, (document,)) if words else ():
            key = document, _words(row[2])
            if key[1] in words and (key not in found or _time(row) > _time(found[key])):
                found[key] = row
    for number, document, text, iri, label, due, *_ in sorted(found.values(), key=_time):
        named = tables.execute(_PARTIES.format(**sides), (number,)).fetchall()
        bodies = {name: body for _, name, body, _ in named if body}
        told = {
            "iri": iri, "label": label, "text": text, "date": due, "lead": [name for role, name, *_ in named if role == "lead"],
            "bodies": sorted(bodies.values()),
        }  # fmt: skip
        having = _issuers(tables, document) | {body for *_, body in named if body}
        yield Line("task", new, document, None, having, told)


def _time(task: tuple[Any, ...]) -> tuple[Any, ...]:
    """By what tasks are sorted: the day, the place."""
    return task[5] or "9999", *task[6:]


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()


def _states(tables: sqlite3.Connection, new: bool, changed: Iterable[int]) -> Iterator[Line]:
    """A line for each of the changed documents of whose force or end a file tells, on a side; its state is told on a day."""
    for number, iri, label in tables.execute(_TOLD.format(**_sides(new)), (json.dumps(sorted(changed)),)):
        yield Line("state", new, number, None, _issuers(tables, number), {"iri": iri, "label": label})


def _near(touched: Touched) -> str:
    """The numbers of the touched things."""
    return json.dumps(sorted(map(number_of, touched.things)))


def _changed_force(tables: sqlite3.Connection, touched: Touched | None) -> set[int]:
    """The documents whose state may be another than it was: of which something else is said, or by an act that itself is another."""
    there = "TRUE" if touched is None else "{} IN (SELECT value FROM json_each(:near))"
    near = {} if touched is None else {"near": _near(touched)}
    force = _differing(tables, "force", "document, id, kind, date, until, until_text, said_by, sentence")
    events = _differing(tables, "scope", "event, what, value")
    first = f"what = 'firstInForce' AND {there.format('document')}"
    acts = force | _differing(tables, "told", "document, value", first, near)
    acts |= _differing(tables, "document", "id, date, number IS NULL, label", there.format("id"), near)
    found = force | _differing(tables, "amendment", "document, id, operation, said_by, since, sentence, text")
    found |= _differing(tables, "statement", 'object, predicate, subject, id, start, "end", text', _ENDING)
    for of in ("main", "former"):
        of_event = f"SELECT document FROM {of}.{{}} WHERE id IN (SELECT value FROM json_each(?))"
        by_act = f"SELECT document FROM {of}.{{}} WHERE said_by IN (SELECT value FROM json_each(?))"
        for table in ("force", "amendment"):
            limited = _numbers(tables, of_event.format(table), events)
            found |= limited
            acts |= limited if table == "force" else set()
        for table in ("force", "amendment"):
            found |= _numbers(tables, by_act.format(table), acts)
        ended = f"SELECT object FROM {of}.statement WHERE subject IN (SELECT value FROM json_each(?)) AND {_ENDING}"
        found |= _numbers(tables, ended, acts)
    return found


def _differing(
    tables: sqlite3.Connection, table: str, columns: str, where: str = "TRUE", given: Mapping[str, str] | None = None
) -> set[int]:
    """What the first of these columns says of rows that only one of the two generations has."""
    main, former = (f"SELECT {columns} FROM {of}.{table} WHERE {where}" for of in ("main", "former"))
    asked = (f"{main} EXCEPT {former}", f"{former} EXCEPT {main}")
    return {row[0] for query in asked for row in tables.execute(query, given or {})}


def _numbers(tables: sqlite3.Connection, query: str, asked: Collection[int]) -> set[int]:
    return {number for (number,) in tables.execute(query, (json.dumps(sorted(asked)),))} if asked else set()


def _former(tables: sqlite3.Connection, name: str, changed: Collection[int]) -> list[tuple[int, str]]:
    """The rows of a question about the changed documents, and about what acts on them, as the former tables give them; with their
    places."""
    (path,) = (file for _, of, file in tables.execute("PRAGMA database_list") if of == "former")
    with closing(sqlite3.connect(f"{Path(path).as_uri()}?mode=ro&immutable=1", uri=True)) as former:
        of = "IN (SELECT value FROM json_each(?))"
        acts = _numbers(former, f"SELECT said_by FROM amendment WHERE document {of}", changed)
        acts |= _numbers(former, f"SELECT subject FROM statement WHERE object {of} AND {_ENDING}", changed)
        asked = with_values(sql_of(name) or "", ["document"]) or ""
        given = former.execute(asked, {"document": json.dumps(sorted({*changed, *acts}))})
        columns = [column[0] for column in given.description]
        return [
            (place, json.dumps(texts(columns, row), ensure_ascii=False)) for place, row in enumerate(given)
        ]  # fmt: skip
