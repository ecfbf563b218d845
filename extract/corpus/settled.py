"""What follows from what all mentions mean, kept beside that in the same database: documents, bodies, and which files say something else
than before. With what people say by hand in the place of what the rules read.

A document is made anew where its mentions have changed, or, of a draft with a blank for its number, the documents that might tell it; a
file is told of where one of its mentions means another document, or the days of its documents put its facts in doubt that were not, or no
more. Corrections are applied anew each time, after those of the last time are taken back: they cost what they are about, be it that a
document which is corrected is mentioned in many files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from chidao.extract.corpus.bodies import body_called, issuing, led_to, named_by
from chidao.extract.corpus.by_hand import ByHand
from chidao.extract.corpus.candidates import MOST_NEAR, place_of, sought_by, with_offers
from chidao.extract.corpus.clusters import Cluster
from chidao.extract.corpus.documents import document_of
from chidao.extract.corpus.facts_by_hand import Edits
from chidao.extract.corpus.joined import Joined
from chidao.extract.corpus.one_body import led_by_one, of_one_body
from chidao.extract.language.letters import printable
from chidao.extract.language.order import Time, in_order, older
from chidao.extract.model import SELF, Facts
from chidao.extract.resolved import Body, Correction, Document, File, Outcome

Load = Callable[[str], Sequence[Facts]]
"""Gives what a source says, by the name under which it was put in; with its text where corrections are about it."""

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
_encode = msgspec.msgpack.encode
_document = msgspec.msgpack.Decoder(Document)
_body = msgspec.msgpack.Decoder(Body)
_renamed = msgspec.msgpack.Decoder(dict[str, tuple[str, str]])
_one = msgspec.msgpack.Decoder(dict[str, str])
_edited = msgspec.msgpack.Decoder(dict[int, str])
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


class Settled:
    """All files, documents and bodies: changed by `put`, `drop` and then `settle`, after which it tells what is another one."""

    def __init__(self, path: str = ":memory:", *, new: bool = True) -> None:
        """Raises ValueError for a database that is not `new` and none of ours, sqlite3.DatabaseError for what is none at all."""
        self.joined = Joined(path)
        self.new = new
        self._db = self.joined.db
        if new:
            self.joined.make(_SCHEMA)
        elif not self.joined.is_made(_SCHEMA):
            raise ValueError("no database of ours")
        self.joined.begin(_TOUCHED)
        self.outcomes: tuple[Outcome, ...] = ()
        """What became of each correction by hand."""
        self.added: tuple[File, ...] = ()
        """The relations that people have added, as a source of its own."""
        self._renamed: dict[str, tuple[str, str]] = self._noted("renamed", _renamed, {})
        self._one: dict[str, str] = self._noted("one", _one, {})
        self._was_added: list[str] = self._noted("added", _added, [])
        self._edits: dict[int, Edits] = {}

    def put(self, name: str, stamp: str, place: bytes, files: Sequence[Facts]) -> None:
        """Put in what one source says: see `Joined.put`."""
        self._note_gone(name)
        before = self._files(name)
        self.joined.put(name, stamp, place, files)
        after = self._files(name)
        self._name(before, {})
        self._name(after, dict(zip(after, files, strict=True)))

    def drop(self, name: str) -> None:
        """Take out a source."""
        self._note_gone(name)
        self._name(self._files(name), {})
        self.joined.drop(name)

    def stamps(self) -> Iterator[tuple[str, str]]:
        """Yield what was put in, with its stamp."""
        return self.joined.stamps()

    def close(self) -> None:
        """Write all down, without what has changed since it was opened."""
        self.joined.close()

    def _note_gone(self, name: str) -> None:
        self._db.execute("INSERT OR IGNORE INTO gone SELECT sha256 FROM source WHERE name = ?", (name,))

    def _files(self, name: str) -> list[int]:
        return [file for (file,) in self._db.execute("SELECT id FROM file WHERE source = ? ORDER BY number", (name,))]

    def _name(self, files: Iterable[int], facts: Mapping[int, Facts]) -> None:
        """Note which bodies files name."""
        for file in files:
            was = dict(self._db.execute("SELECT body, name FROM named WHERE file = ?", (file,)))
            now = {k: printable(name) for k, name in named_by(facts[file]).items()} if file in facts else {}
            if was != now:
                self._db.execute("DELETE FROM named WHERE file = ?", (file,))
                self._db.executemany(
                    "INSERT INTO named VALUES (?, ?, ?)", ((file, key, name) for key, name in now.items())
                )
                self._touch("touched_body", (key for key in was.keys() | now.keys() if was.get(key) != now.get(key)))

    def settle(self, corrections: Sequence[Correction], load: Load) -> None:
        """Decide anew what has to be, with these corrections by hand."""
        by_hand = ByHand(self.joined, corrections)
        self.joined.unmove()
        self.joined.reread({})
        self.joined.join()
        while corrections and by_hand.find():
            self.joined.unmove()
            self.joined.reread(by_hand.said)
            self.joined.join()
            by_hand.join()
        self._settle_documents(by_hand.filled())
        self._settle_edits(by_hand, load)
        self._settle_bodies()
        self._settle_names(by_hand)
        self._settle_one(by_hand)
        self._settle_files()
        self.added = by_hand.added(self.document)
        self.outcomes = by_hand.outcomes(self.document)
        self._note("added", [file.facts.source.sha256 for file in self.added])

    def _settle_documents(self, filled: Mapping[str, set[str]]) -> None:
        for key in self._names("touched_document"):
            self._settle_document(key)
        self._db.execute(
            "INSERT OR IGNORE INTO pending SELECT key, value FROM document WHERE sought IN (SELECT name FROM touched_place)"
        )
        for key, was in self._db.execute("SELECT key, was FROM pending").fetchall():
            cluster = self.joined.cluster(key)
            assert cluster is not None
            value = _encode(self._offered(document_of(cluster), cluster, filled.get(key, set())))
            self._db.execute("UPDATE document SET value = ? WHERE key = ?", (value, key))
            if value != was:
                self._touch("changed_document", [key])

    def _settle_document(self, key: str) -> None:
        """Make a document anew; that of a draft stays pending until all others are made."""
        cluster = self.joined.cluster(key)
        found = self._db.execute(
            "SELECT value, place, issuer_key, day, year FROM document WHERE key = ?", (key,)
        ).fetchone()
        was, was_place, was_issuer, *was_time = found or (None, None, None, None, None)
        if cluster is None:
            self._db.execute("DELETE FROM document WHERE key = ?", (key,))
            self._touch("changed_document", [key] if found else [])
            self._touch("touched_place", [was_place] if was_place else [])
            self._touch("touched_body", [was_issuer] if was_issuer else [])
            return
        document = document_of(cluster)
        drafts = next(self._drafts(cluster), None) is not None
        place, value = place_of(document), _encode(document)
        day = document.date if len(document.dates) < 2 else None
        undated = document.kind == "numbered" and not document.date and not document.year
        row = (
            key,
            value,
            place,
            sought_by(document) if drafts else None,
            document.issuer_key,
            day,
            document.year,
            undated,
        )
        if drafts:
            self._db.execute("INSERT OR IGNORE INTO pending VALUES (?, ?)", (key, was))
        elif value == was:
            return
        else:
            self._touch("changed_document", [key])
        self._db.execute(
            "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, bool(document.candidates or document.scope is None), _top(document.scope)),
        )
        self._touch("touched_place", (at for at in (was_place, place) if at))
        self._touch("touched_body", (issuer for issuer in (was_issuer, document.issuer_key) if issuer))
        if found and was_time != [day, document.year]:
            self._touch("touched_time", [key])

    def _drafts(self, cluster: Cluster) -> Iterator[tuple[Any, str]]:
        """What the files of a document hold that may stand in its blanks, each with the file's path."""
        for m in cluster.mentions:
            if m.own and self._db.execute("SELECT drafts FROM file WHERE id = ?", (m.file,)).fetchone()[0]:
                brief = self.joined.brief(m.file)
                yield brief.draft, brief.path

    def _offered(self, document: Document, cluster: Cluster, filled: set[str]) -> Document:
        """The document with what its drafts offer, but for what people have filled in."""
        rows = self._db.execute(
            "SELECT value FROM document WHERE place = ? ORDER BY key LIMIT ?", (sought_by(document), MOST_NEAR + 1)
        )
        near = [_document.decode(value) for (value,) in rows]
        for draft, path in self._drafts(cluster):
            document = with_offers(document, draft, path, near)
        return replace(document, offered=tuple(o for o in document.offered if o.what not in filled))

    def _settle_edits(self, by_hand: ByHand, load: Load) -> None:
        """Find what people say of the facts of files; what they have said before and do not say any more is taken back."""
        was = self._noted("edits", _edited, {})
        self._edits = by_hand.edits(lambda file: self._loaded(file, load))
        now = {file: edits.mark() for file, edits in self._edits.items()}
        for file in was.keys() | now.keys():
            found = self._db.execute("SELECT source FROM file WHERE id = ?", (file,)).fetchone()
            if found and (was.get(file) != now.get(file) or self._is_touched(*found)):
                facts = self._loaded(file, load)
                self._name([file], {file: self._edits[file].applied(facts) if file in self._edits else facts})
                self._touch("touched_source", found)
        self._note("edits", now)

    def _is_touched(self, source: str) -> bool:
        return self._db.execute("SELECT 1 FROM touched_source WHERE name = ?", (source,)).fetchone() is not None

    def _loaded(self, file: int, load: Load) -> Facts:
        name, number = self._db.execute("SELECT source, number FROM file WHERE id = ?", (file,)).fetchone()
        facts: Facts = load(name)[number]
        return facts

    def _settle_bodies(self) -> None:
        """Make the bodies anew that are named otherwise, or by nobody any more, and what these lead to."""
        others = False
        for key in self._names("touched_body"):
            found = self._db.execute("SELECT value, direct FROM body WHERE key = ?", (key,)).fetchone()
            was, direct = found or (None, 0)
            name = self._first_name(key)
            others |= bool(direct) is not (name is not None)
            if name is None:
                self._db.execute("UPDATE body SET direct = 0 WHERE key = ?", (key,))
                continue
            body = body_called(key, name)
            value = _encode(body)
            self._db.execute("INSERT OR REPLACE INTO body VALUES (?, ?, 1, ?)", (key, value, _top(body.scope)))
            if value != was:
                self._touch("changed_body", [key])
        if not others:
            return
        led = led_to(
            _body.decode(value) for (value,) in self._db.execute("SELECT value FROM body WHERE direct ORDER BY key")
        )
        indirect = dict(self._db.execute("SELECT key, value FROM body WHERE NOT direct"))
        for key in indirect.keys() - led.keys():
            self._db.execute("DELETE FROM body WHERE key = ?", (key,))
            self._touch("changed_body", [key])
        for key, body in led.items():
            if (value := _encode(body)) != indirect.get(key):
                done = self._db.execute(
                    "INSERT INTO body VALUES (?, ?, 0, ?) ON CONFLICT DO UPDATE SET value = excluded.value WHERE NOT direct",
                    (key, value, _top(body.scope)),
                )
                self._touch("changed_body", [key] if done.rowcount else [])

    def _first_name(self, key: str) -> str | None:
        """What the first file calls a body, else the first document that it has issued."""
        names = self._db.execute("SELECT min(name), max(name) FROM named WHERE body = ?", (key,)).fetchone()
        if names[0] is not None and names[0] != names[1]:
            names = self._db.execute(
                "SELECT n.name FROM named n JOIN file f ON f.id = n.file WHERE n.body = ? ORDER BY f.place LIMIT 1",
                (key,),
            ).fetchone()
        if names[0] is not None:
            return str(names[0])
        for (value,) in self._db.execute("SELECT value FROM document WHERE issuer_key = ? ORDER BY key", (key,)):
            if name := issuing(_document.decode(value)):
                return name
        return None

    def _settle_names(self, by_hand: ByHand) -> None:
        """Find which bodies people call otherwise."""
        was = self._renamed
        self._renamed = by_hand.named(lambda key: body.name if (body := self._plain_body(key)) else None)
        for key in was.keys() | self._renamed.keys():
            if was.get(key) != self._renamed.get(key):
                self._touch("changed_body", [key])
                self._db.execute(
                    "INSERT OR IGNORE INTO changed_document SELECT key FROM document WHERE issuer_key = ?", (key,)
                )
        self._note("renamed", self._renamed)

    def _settle_one(self, by_hand: ByHand) -> None:
        """Find which bodies are others as people say; what is said of one that was or is so is said anew."""
        was, self._one = self._one, by_hand.one(lambda key: self._plain_body(key) is not None)
        other = {key for key in was.keys() | self._one.keys() if was.get(key) != self._one.get(key)}
        for key in other:
            self._db.execute(
                "INSERT OR IGNORE INTO changed_document SELECT key FROM document WHERE issuer_key = ?", (key,)
            )
            self._db.execute(
                "INSERT OR IGNORE INTO touched_source SELECT f.source FROM named n JOIN file f ON f.id = n.file WHERE n.body = ?",
                (key,),
            )
        if other:
            bodies = (_body.decode(value) for (value,) in self._db.execute("SELECT value FROM body"))
            self._touch("changed_body", (b.key for b in bodies if other & {b.key, b.parent, *b.successors}))
        self._note("one", self._one)

    def _settle_files(self) -> None:
        """Find the files that say something else: of another document, or of documents whose days are others."""
        self._db.execute(
            "INSERT OR IGNORE INTO touched_source SELECT f.source FROM meant b JOIN mention m ON m.file = b.file AND m.number = b.number "
            "JOIN file f ON f.id = m.file WHERE m.document IS NOT b.document"
        )
        rows = self._db.execute(
            "SELECT f.id, f.source FROM file f WHERE f.source IN (SELECT name FROM touched_source) UNION "
            "SELECT f.id, f.source FROM touched_time t JOIN mention m ON m.document = t.name JOIN file f ON f.id = m.file"
        ).fetchall()
        for file, source in rows:
            brief, was = (
                self.joined.brief(file),
                self._db.execute("SELECT verdict FROM file WHERE id = ?", (file,)).fetchone()[0],
            )
            times = self._times(file) if brief.pairs else {}
            none: Time = (None, None)
            verdict = bytes(older(times.get(a, none), times.get(b, none)) for a, b in brief.pairs)
            if verdict != was:
                self._db.execute("UPDATE file SET verdict = ? WHERE id = ?", (verdict, file))
                self._touch("touched_source", [source])

    def _times(self, file: int) -> dict[int, Time]:
        """When the documents of a file were signed, by the index of the reference that means them."""
        rows = self._db.execute(
            "SELECT m.number, d.day, d.year FROM mention m JOIN document d ON d.key = m.document WHERE m.file = ?",
            (file,),
        )
        return {number: (day, year) for number, day, year in rows}

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
        return self._as_called(_document.decode(found[0])) if found else None

    def documents(self) -> Iterator[Document]:
        """Yield all documents by their keys' order."""
        for (value,) in self._db.execute("SELECT value FROM document ORDER BY key"):
            yield self._as_called(_document.decode(value))

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
        return _body.decode(found[0]) if found else None

    def bodies(self) -> Iterator[Body]:
        """Yield all bodies by their keys' order."""
        for key, value in self._db.execute("SELECT key, value FROM body ORDER BY key"):
            if key not in self._one:
                yield self._as_said(_body.decode(value))

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
        self._db.execute("UPDATE source SET sums = ? WHERE name = ?", (_encode(sums), name))
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
        found = self._db.execute("SELECT sha256 FROM gone WHERE sha256 NOT IN (SELECT sha256 FROM source)")
        now = {file.facts.source.sha256 for file in self.added}
        return [*(sha256 for (sha256,) in found), *(sha256 for sha256 in self._was_added if sha256 not in now)]

    def _names(self, table: str) -> list[str]:
        return [name for (name,) in self._db.execute(f"SELECT name FROM {table}")]

    def _touch(self, table: str, names: Iterable[str]) -> None:
        self._db.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?)", ((name,) for name in names))

    def _noted(self, name: str, decoder: Any, none: Any) -> Any:
        found = self._db.execute("SELECT value FROM noted WHERE name = ?", (name,)).fetchone()
        return decoder.decode(found[0]) if found else none

    def _note(self, name: str, value: Any) -> None:
        self._db.execute("INSERT OR REPLACE INTO noted VALUES (?, ?)", (name, _encode(value)))


def _top(scope: str | None) -> str | None:
    return scope.split("/")[0] if scope else None
