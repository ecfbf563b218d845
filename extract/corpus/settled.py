"""How it is decided what all files mean: documents, bodies, and which files say something else than before. With what people say by hand in
the place of what the rules read.

A document is made anew where its mentions have changed, or, of a draft with a blank for its number, the documents that might tell it; a
file is told of where one of its mentions means another document, or the days of its documents put its facts in doubt that were not, or no
more. Corrections are applied anew each time, after those of the last time are taken back: they cost what they are about, be it that a
document which is corrected is mentioned in many files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from chidao.extract.corpus.bodies import body_called, issuing, led_to, named_by
from chidao.extract.corpus.by_hand import ByHand
from chidao.extract.corpus.candidates import MOST_NEAR, place_of, sought_by, with_offers
from chidao.extract.corpus.clusters import Cluster
from chidao.extract.corpus.documents import document_of
from chidao.extract.corpus.meaning import BODY, DOCUMENT, Meaning, encode, topmost
from chidao.extract.language.letters import printable
from chidao.extract.language.order import Time, older
from chidao.extract.model import Facts
from chidao.extract.resolved import Correction, Document

Load = Callable[[str], Sequence[Facts]]
"""Gives what a source says, by the name under which it was put in; with its text where corrections are about it."""

_edited = msgspec.msgpack.Decoder(dict[int, str])


class Settled(Meaning):
    """All files, documents and bodies: changed by `put`, `drop` and then `settle`, after which it tells what is another one."""

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

    def _note_gone(self, name: str) -> None:
        self._db.execute("INSERT OR IGNORE INTO gone SELECT sha256 FROM source WHERE name = ?", (name,))

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
            value = encode(self._offered(document_of(cluster), cluster, filled.get(key, set())))
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
        place, value = place_of(document), encode(document)
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
            (*row, bool(document.candidates or document.scope is None), topmost(document.scope)),
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
        near = [DOCUMENT.decode(value) for (value,) in rows]
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
            value = encode(body)
            self._db.execute("INSERT OR REPLACE INTO body VALUES (?, ?, 1, ?)", (key, value, topmost(body.scope)))
            if value != was:
                self._touch("changed_body", [key])
        if not others:
            return
        led = led_to(
            BODY.decode(value) for (value,) in self._db.execute("SELECT value FROM body WHERE direct ORDER BY key")
        )
        indirect = dict(self._db.execute("SELECT key, value FROM body WHERE NOT direct"))
        for key in indirect.keys() - led.keys():
            self._db.execute("DELETE FROM body WHERE key = ?", (key,))
            self._touch("changed_body", [key])
        for key, body in led.items():
            if (value := encode(body)) != indirect.get(key):
                done = self._db.execute(
                    "INSERT INTO body VALUES (?, ?, 0, ?) ON CONFLICT DO UPDATE SET value = excluded.value WHERE NOT direct",
                    (key, value, topmost(body.scope)),
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
            if name := issuing(DOCUMENT.decode(value)):
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
            bodies = (BODY.decode(value) for (value,) in self._db.execute("SELECT value FROM body"))
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
