"""What all files mean, kept in the database in which their mentions are joined: documents, bodies, and what each file says and means.

How it is decided, and anew where something has changed, see `settled`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from chidao.extract.corpus.facts_by_hand import Edits
from chidao.extract.corpus.joined import Joined
from chidao.extract.corpus.one_body import led_by_one, of_one_body
from chidao.extract.language.letters import printable
from chidao.extract.language.order import in_order
from chidao.extract.model import SELF, Facts
from chidao.extract.resolved import Body, Document, File, Outcome

_SCHEMA = """
CREATE TABLE document (key TEXT PRIMARY KEY, value BLOB, place TEXT, sought TEXT, issuer_key TEXT, day TEXT, year INTEGER,
    undated INTEGER, open INTEGER, top TEXT) WITHOUT ROWID;
CREATE INDEX document_top ON document (top);
CREATE INDEX document_place ON document (place) WHERE place IS NOT NULL;
CREATE INDEX document_sought ON document (sought) WHERE sought IS NOT NULL;
CREATE INDEX document_issuer ON document (issuer_key);
CREATE TABLE named (file INTEGER, body TEXT, name TEXT, PRIMARY KEY (file, body)) WITHOUT ROWID;
CREATE INDEX named_body ON named (body, name);
CREATE TABLE body (key TEXT PRIMARY KEY, value BLOB, direct INTEGER, top TEXT) WITHOUT ROWID;
CREATE TABLE noted (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
"""
"""`place` is where drafts look for a document, `sought` where the document of a draft looks for others; `direct` a body that a file or a
document names."""
_TOUCHED = """
CREATE TEMP TABLE touched_body (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE touched_place (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE touched_time (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE pending (key TEXT PRIMARY KEY, was BLOB) WITHOUT ROWID;
CREATE TEMP TABLE changed_document (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE changed_body (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE gone (sha256 TEXT PRIMARY KEY) WITHOUT ROWID;
"""
encode = msgspec.msgpack.encode
"""Gives the bytes that DOCUMENT and BODY read."""
DOCUMENT = msgspec.msgpack.Decoder(Document)
BODY = msgspec.msgpack.Decoder(Body)
_renamed = msgspec.msgpack.Decoder(dict[str, tuple[str, str]])
_one = msgspec.msgpack.Decoder(dict[str, str])
_added = msgspec.msgpack.Decoder(list[str])
_sums = msgspec.msgpack.Decoder(tuple[int, int, int, str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What there is of all files together."""

    documents: int
    references: int
    relations: int
    actions: int
    bodies: int
    undated: int
    unresolved: int
    encodings: tuple[tuple[str, str], ...]


_MAPPED = 1 << 30
"""Bytes of a database that are read where the system has them."""


class Meaning:
    """All files, documents and bodies, and which of them are others than when the database was opened."""

    def __init__(
        self, path: str = ":memory:", *, new: bool = True, opened: Callable[[sqlite3.Connection], None] | None = None
    ) -> None:
        """Raises ValueError for a database that is not `new` and none of ours, sqlite3.DatabaseError for what is none at all. `opened` is
        called with one of ours before anything is written to it."""
        self.joined = Joined(path)
        self.new = new
        self._db = self.joined.db
        if new:
            self.joined.make(_SCHEMA)
        elif not self.joined.is_made(_SCHEMA):
            raise ValueError("no database of ours")
        else:
            self._db.execute(f"PRAGMA mmap_size = {_MAPPED}")  # a copy, of which little is looked up
        if opened:
            opened(self._db)
        self.joined.begin(_TOUCHED)
        self.outcomes: tuple[Outcome, ...] = ()
        """What became of each correction by hand."""
        self.added: tuple[File, ...] = ()
        """The relations that people have added, as a source of its own."""
        self._renamed: dict[str, tuple[str, str]] = self._noted("renamed", _renamed, {})
        self._one: dict[str, str] = self._noted("one", _one, {})
        self._was_added: list[str] = self._noted("added", _added, [])
        self._edits: dict[int, Edits] = {}

    def stamps(self) -> Iterator[tuple[str, str]]:
        """Yield what was put in, with its stamp."""
        return self.joined.stamps()

    def close(self, written: Callable[[sqlite3.Connection], None] | None = None) -> None:
        """Write all down, without what has changed since it was opened; what is to be done then is called with the database."""
        self.joined.close(written)

    # What is asked of it.

    def document(self, key: str) -> Document:
        """Return a document by its key."""
        found = self.find_document(key)
        if found is None:
            raise KeyError(key)
        return found

    def find_document(self, key: str) -> Document | None:
        """Return a document by its key; None where there is none any more."""
        found = self._db.execute("SELECT value FROM document WHERE key = ?", (key,)).fetchone()
        return self._as_called(DOCUMENT.decode(found[0])) if found else None

    def documents(self) -> Iterator[Document]:
        """Yield all documents by their keys' order."""
        for (value,) in self._db.execute("SELECT value FROM document ORDER BY key"):
            yield self._as_called(DOCUMENT.decode(value))

    def _as_called(self, document: Document) -> Document:
        key = document.issuer_key or ""
        if key in self._one:
            body, before = self.find_body(self._one[key]), self._plain_body(key)
            document = replace(document, issuer_key=self._one[key])
            is_called = body is not None and before is not None and document.issuer == before.name
            return replace(document, issuer=body.name) if body and is_called else document
        called = self._renamed.get(key)
        return replace(document, issuer=called[1]) if called and document.issuer == called[0] else document

    def find_body(self, key: str) -> Body | None:
        """Return a body by its key; None where there is none any more, or it is another one."""
        body = self._plain_body(key)
        return self._as_said(body) if body and key not in self._one else None

    def _as_said(self, body: Body) -> Body:
        renamed = self._renamed.get(body.key)
        return led_by_one(replace(body, name=renamed[1]) if renamed else body, self._one)

    def _plain_body(self, key: str) -> Body | None:
        found = self._db.execute("SELECT value FROM body WHERE key = ?", (key,)).fetchone()
        return BODY.decode(found[0]) if found else None

    def bodies(self) -> Iterator[Body]:
        """Yield all bodies by their keys' order."""
        for key, value in self._db.execute("SELECT key, value FROM body ORDER BY key"):
            if key not in self._one:
                yield self._as_said(BODY.decode(value))

    def provinces(self) -> list[str]:
        """Return the topmost jurisdictions of all documents and bodies."""
        found = self._db.execute("SELECT DISTINCT top FROM document UNION SELECT DISTINCT top FROM body")
        return [top for (top,) in found if top]

    def sources(self) -> Iterator[str]:
        """Yield all sources in their order."""
        yield from (name for (name,) in self._db.execute("SELECT name FROM source ORDER BY place").fetchall())

    def contents(self) -> Iterator[str]:
        """Yield the contents (SHA-256) of all sources that say something, those of what people have added included."""
        yield from (sha256 for (sha256,) in self._db.execute("SELECT DISTINCT sha256 FROM file"))
        yield from (file.facts.source.sha256 for file in self.added)

    def sources_of(self, sha256: str) -> list[str]:
        """Return the sources with this content, in their order."""
        found = self._db.execute(
            "SELECT name FROM source WHERE name IN (SELECT source FROM file WHERE sha256 = ?) ORDER BY place", (sha256,)
        )
        return [name for (name,) in found]

    def files(self, name: str, files: Sequence[Facts]) -> list[File]:
        """Return what a source says and means, by its facts."""
        found = [self._file(file, facts) for file, facts in zip(self._files(name), files, strict=True)]
        sums = (
            sum(len(file.facts.references) for file in found), sum(len(file.facts.relations) for file in found),
            sum(len(file.facts.actions) for file in found),
            *((printable(files[0].source.path), files[0].source.encoding) if files else ("", "ascii")),
        )  # fmt: skip
        self._db.execute("UPDATE source SET sums = ? WHERE name = ?", (encode(sums), name))
        return found

    def _file(self, file: int, facts: Facts) -> File:
        """The file's facts and what they mean, without relations to what all files together tell to be younger, or the same."""
        if file in self._edits:
            facts = self._edits[file].applied(facts)
        if self._one:
            facts = of_one_body(facts, self._one)
        rows = self._db.execute(
            "SELECT m.number, m.document, d.day, d.year FROM mention m JOIN document d ON d.key = m.document WHERE m.file = ?",
            (file,),
        )
        meant = {number: (key, (day, year)) for number, key, day, year in rows}
        for i, reference in enumerate(facts.references):
            if reference.antecedent is not None:  # a back reference means what its antecedent means
                meant[i] = meant[reference.antecedent]
        own, time = meant.get(SELF, (None, (None, None)))
        keys = {i: meant[i][0] for i in meant} | {SELF: own}
        apart = tuple(r for r in facts.relations if keys[r.subject] != keys[r.object] or keys[r.subject] is None)
        if len(apart) < len(facts.relations):
            facts = replace(facts, relations=apart)
        every = range(len(facts.references))
        return File(in_order(facts, [meant[i][1] for i in every], time), own, tuple(meant[i][0] for i in every))

    def sums(self) -> Sums:
        """Return what there is of all files together, once each of them has been asked for."""
        told = [_sums.decode(value) for (value,) in self._db.execute("SELECT sums FROM source ORDER BY place")]
        for file in self.added:
            told.append((len(file.facts.references), len(file.facts.relations), 0, "", "ascii"))
        documents, undated, unresolved = self._db.execute(
            "SELECT count(*), coalesce(sum(undated), 0), coalesce(sum(open), 0) FROM document"
        ).fetchone()
        bodies = self._db.execute("SELECT count(*) FROM body").fetchone()[0] - len(self._one)
        references, relations, actions = (sum(of[i] for of in told) for i in range(3))  # type: ignore[misc]
        odd = ((path, encoding) for *_, path, encoding in told)
        return Sums(
            documents=documents, references=references, relations=relations, actions=actions, bodies=bodies, undated=undated,
            unresolved=unresolved,
            encodings=tuple(dict.fromkeys((p, e) for p, e in odd if e.lower() not in ("utf-8", "utf-8-sig", "ascii"))),
        )  # fmt: skip

    # What has changed since the database was opened.

    def changed_documents(self) -> list[str]:
        """Return the keys of the documents that are new, others, or gone."""
        return self._names("changed_document")

    def changed_bodies(self) -> list[str]:
        """Return the keys of the bodies that are new, others, or gone."""
        return self._names("changed_body")

    def changed_sources(self) -> list[str]:
        """Return the sources that are new or say something else, in their order."""
        found = self._db.execute(
            "SELECT name FROM source WHERE name IN (SELECT name FROM touched_source) ORDER BY place"
        )
        return [name for (name,) in found]

    def gone(self) -> list[str]:
        """Return the contents (SHA-256) that were here and are no more, those of what people have added included."""
        found = [sha256 for (sha256,) in self._db.execute("SELECT sha256 FROM gone")]
        if found:
            again = self._db.execute("SELECT sha256 FROM source WHERE sha256 IN (SELECT sha256 FROM gone)")
            here = {sha256 for (sha256,) in again}
            found = [sha256 for sha256 in found if sha256 not in here]
        now = {file.facts.source.sha256 for file in self.added}
        return [*found, *(sha256 for sha256 in self._was_added if sha256 not in now)]

    def _files(self, name: str) -> list[int]:
        return [file for (file,) in self._db.execute("SELECT id FROM file WHERE source = ? ORDER BY number", (name,))]

    def _names(self, table: str) -> list[str]:
        return [name for (name,) in self._db.execute(f"SELECT name FROM {table}")]

    def _touch(self, table: str, names: Iterable[str]) -> None:
        self._db.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?)", ((name,) for name in names))

    def _noted(self, name: str, decoder: Any, none: Any) -> Any:
        found = self._db.execute("SELECT value FROM noted WHERE name = ?", (name,)).fetchone()
        return decoder.decode(found[0]) if found else none

    def _note(self, name: str, value: Any) -> None:
        self._db.execute("INSERT OR REPLACE INTO noted VALUES (?, ?)", (name, encode(value)))


def topmost(scope: str | None) -> str | None:
    """Return the largest jurisdiction in which one lies, itself where that is it."""
    return scope.split("/")[0] if scope else None
