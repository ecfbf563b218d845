"""What the mentions of all files mean, kept in an SQLite database by the groups in which that is decided.

Files are put in and dropped one by one. `join` then decides anew what the mentions of those groups mean in which a mention has changed, and
of no other; so the cost of a change is that of its groups, and what is held in memory is one group. A database in memory does the same for
files that are at hand: both give the same, whatever was there before.

What follows from the meanings, and what people say of them by hand, is the business of `settled`.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

import msgspec

from chidao.extract.corpus import groups
from chidao.extract.corpus.brief import Brief, brief_of, sayable
from chidao.extract.corpus.clusters import Cluster, Clusters
from chidao.extract.corpus.law_versions import as_numbered, may_be_laws, names_of, place_law
from chidao.extract.corpus.mentions import mentions_of
from chidao.extract.corpus.unnumbered import place_named
from chidao.extract.corpus.within_file import Mention
from chidao.extract.model import SELF, Facts

MentionId = tuple[int, int]
"""A file's number, and the index of a reference in it or SELF."""
Said = Mapping[int, Mapping[str, Any]]
"""What people say of the mentions of a file, by their indexes."""

SCHEMA = """
CREATE TABLE source (name TEXT PRIMARY KEY, stamp TEXT, place BLOB, sha256 TEXT, sums BLOB) WITHOUT ROWID;
CREATE TABLE file (id INTEGER PRIMARY KEY, source TEXT, number INTEGER, place BLOB, path TEXT, sha256 TEXT, row INTEGER, day TEXT,
    said INTEGER, drafts INTEGER, brief BLOB, verdict BLOB);
CREATE INDEX file_source ON file (source, number);
CREATE INDEX file_path ON file (path);
CREATE INDEX file_sha256 ON file (sha256, row);
CREATE INDEX file_said ON file (said) WHERE said;
CREATE TABLE mention (file INTEGER, number INTEGER, family TEXT, term TEXT, data BLOB, document TEXT, open BLOB, moved INTEGER,
    PRIMARY KEY (file, number)) WITHOUT ROWID;
CREATE INDEX mention_family ON mention (family);
CREATE INDEX mention_document ON mention (document);
CREATE INDEX mention_term ON mention (term) WHERE term IS NOT NULL;
CREATE INDEX mention_moved ON mention (moved) WHERE moved;
CREATE TABLE law (family TEXT, name TEXT, document TEXT, year INTEGER, PRIMARY KEY (family, name, document)) WITHOUT ROWID;
CREATE INDEX law_name ON law (name);
CREATE INDEX law_document ON law (document);
"""
"""`family` is the name of a mention's group, `term` that of its organization's congresses, `place` what files are ordered by."""
_TOUCHED = """
CREATE TEMP TABLE touched_family (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE touched_term (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE touched_document (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE touched_source (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE meant (file INTEGER, number INTEGER, document TEXT, PRIMARY KEY (file, number)) WITHOUT ROWID;
"""
_FIELDS = (
    "scope", "type", "number", "symbol", "year", "date", "issuer", "issuer_key", "title", "kind", "name", "text", "own", "mark", "row",
    "month", "by_hand", "term", "called",
)  # fmt: skip
_Data = tuple[
    str | None, str | None, str | None, str | None, int | None, str | None, str | None, str | None, str | None, str, str | None, str | None,
    bool, str, int | None, str | None, frozenset[str], str | None, str | None,
]  # fmt: skip
_values = attrgetter(*_FIELDS)
_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_mention = msgspec.msgpack.Decoder(_Data)
_brief = msgspec.msgpack.Decoder(Brief)
_open = msgspec.msgpack.Decoder(tuple[tuple[str, ...], str | None])
_MOVED, _OPENED = 1, 2
"""What people have done to a mention: it means what they say; what it leaves open is so because of what they say of another one."""
_MANY = 20_000
"""Mentions that are decoded once where they say the same, until so many differ."""
_LARGEST = 1 << 28
"""Bytes of what resolving knows of a file: more is none of ours."""


def _packed(brief: Brief) -> bytes:
    return zlib.compress(_encode(brief), 1)


class Joined:
    """The mentions of all files with what they mean. What has changed since the last `settled` stands in temporary tables."""

    def __init__(self, path: str = ":memory:") -> None:
        self.db = sqlite3.connect(path, isolation_level=None)
        for line in (
            "journal_mode=OFF",
            "synchronous=OFF",
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "cache_size=-32768",
        ):
            self.db.execute(f"PRAGMA {line}")
        self._known: dict[bytes, Any] = {}

    def make(self, schema: str = "") -> None:
        """Make the tables of a new database, with those of this schema."""
        self.db.executescript(SCHEMA + schema)

    def is_made(self, schema: str = "") -> bool:
        """Return whether it has the tables that `make` makes, and nothing else."""
        found = self.db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        return {sql for (sql,) in found} == {line.strip() for line in (SCHEMA + schema).split(";") if line.strip()}

    def begin(self, touched: str = "") -> None:
        """Begin to change it; `touched` are more tables for what is."""
        self.db.executescript(_TOUCHED + touched)
        self.db.execute("BEGIN")

    def close(self, written: Callable[[sqlite3.Connection], None] | None = None) -> None:
        """Write all down and close the database, after what is to be done when it is `written`."""
        self.db.execute("COMMIT")
        if written:
            written(self.db)
        self.db.close()

    def stamps(self) -> Iterator[tuple[str, str]]:
        """Yield what was put in, with its stamp."""
        yield from self.db.execute("SELECT name, stamp FROM source")

    def put(self, name: str, stamp: str, place: bytes, files: Sequence[Facts]) -> None:
        """Put in what one source says, one document or the rows of a register, in the place of what it said before.

        `place` is what sources are ordered by, and `stamp` tells one state of a source from another."""
        sha256 = files[0].source.sha256 if files else ""
        self.db.execute("INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, NULL)", (name, stamp, place, sha256))
        self._touch("source", [name])
        before = dict(self.db.execute("SELECT number, id FROM file WHERE source = ?", (name,)))
        for number, facts in enumerate(files):
            self._put(name, number, place + number.to_bytes(4, "big"), brief_of(facts), before.pop(number, None))
        for file in before.values():
            self._forget(file)

    def drop(self, name: str) -> None:
        """Take out a source."""
        for (file,) in self.db.execute("SELECT id FROM file WHERE source = ?", (name,)).fetchall():
            self._forget(file)
        self.db.execute("DELETE FROM source WHERE name = ?", (name,))

    def _put(self, name: str, number: int, place: bytes, brief: Brief, file: int | None) -> None:
        try:
            data = _packed(brief)
        except UnicodeEncodeError:
            brief = sayable(brief)
            data = _packed(brief)
        day = brief.head.date
        if file is not None:
            (former,) = self.db.execute("SELECT day FROM file WHERE id = ?", (file,)).fetchone()
            if former != day:  # which all its mentions are held against
                self._touch_all(file)
        values = (
            file,
            name,
            number,
            place,
            brief.path,
            brief.sha256,
            brief.row,
            day,
            0,
            brief.draft is not None,
            data,
            None,
        )
        found = self.db.execute(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values
        ).lastrowid
        assert found is not None
        self._read(found, brief, {})

    def _forget(self, file: int) -> None:
        self._touch_all(file)
        self.db.execute("DELETE FROM mention WHERE file = ?", (file,))
        self.db.execute("DELETE FROM file WHERE id = ?", (file,))

    def _touch_all(self, file: int) -> None:
        rows = self.db.execute("SELECT family, term, document FROM mention WHERE file = ?", (file,)).fetchall()
        for table, index in (("family", 0), ("term", 1), ("document", 2)):
            self._touch(table, (row[index] for row in rows if row[index]))

    def _read(self, file: int, brief: Brief, said: Said) -> None:
        """Read the mentions of a file, and replace those that differ from what was read there before; where a group finds all of the file's
        as they were, they stay as they are."""
        was: dict[str, list[tuple[Any, ...]]] = {}
        for row in self.db.execute("SELECT * FROM mention WHERE file = ? ORDER BY number < 0, number", (file,)):
            was.setdefault(row[3] or row[2], []).append(row)
        now: dict[str, list[tuple[Any, ...]]] = {}
        for m in mentions_of(file, brief, said):
            if (family := groups.group_of(m)) is not None:
                if not groups.is_placed_by_file(m):
                    m.mark = ""
                term = groups.term_group_of(m)
                row = (file, m.index, family, term, _encode(_values(m)), None, None, 0)
                now.setdefault(term or family, []).append(row)
        meant = {row[1]: row[5:] for rows in was.values() for row in rows}
        rows: list[tuple[Any, ...]] = []
        for group in was.keys() | now.keys():
            old, new = was.get(group, []), now.get(group, [])
            if [row[4] for row in old] == [row[4] for row in new]:
                rows += ((file, n[1], *o[2:]) for o, n in zip(old, new, strict=True))
                continue
            rows += ((*row[:5], *meant.get(row[1], (None, None, 0))) for row in new)
            for table, index in (("family", 2), ("term", 3), ("document", 5)):
                self._touch(table, {row[index] for row in (*old, *new) if row[index]})
        if was:
            self.db.execute("DELETE FROM mention WHERE file = ?", (file,))
        self.db.executemany("INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def reread(self, said: Mapping[MentionId, Mapping[str, Any]]) -> None:
        """Read the files anew of whose mentions people say something, or did before."""
        by_file: dict[int, dict[int, Mapping[str, Any]]] = {}
        for (file, number), values in said.items():
            by_file.setdefault(file, {})[number] = values
        before = [file for (file,) in self.db.execute("SELECT id FROM file WHERE said")]
        for file in dict.fromkeys((*before, *by_file)):
            brief, of_file = self.brief(file), by_file.get(file, {})
            day = brief.said(of_file).head.date
            (former,) = self.db.execute("SELECT day FROM file WHERE id = ?", (file,)).fetchone()
            if former != day:
                self._touch_all(file)
            self.db.execute("UPDATE file SET said = ?, day = ? WHERE id = ?", (int(bool(of_file)), day, file))
            self._read(file, brief, of_file)

    def unmove(self) -> None:
        """Let mentions mean again what their groups decide that people had moved."""
        # By the plus the few that are moved are looked for, and not all by their families.
        found = self.db.execute("SELECT DISTINCT +family FROM mention WHERE moved").fetchall()
        self._touch("family", (family for (family,) in found))

    # What the groups decide.

    def join(self) -> None:
        """Decide anew what the mentions of the touched groups mean."""
        for (term,) in self._touched("term"):
            self._join_term(term)
        for (family,) in self._touched("family", groups.NUMBERED):
            self._note_laws(family, self._place(family, groups.place_numbered))
        for (family,) in self._touched("family", groups.LAW):
            self._place(family, self._place_law)
        for (family,) in self._touched("family", groups.NAMED):
            self._place(family, place_named)
        self.db.execute("DELETE FROM touched_term")
        self.db.execute("DELETE FROM touched_family")

    def _touch(self, table: str, names: Iterable[str]) -> None:
        self.db.executemany(f"INSERT OR IGNORE INTO touched_{table} VALUES (?)", ((name,) for name in names))

    def _touched(self, table: str, begin: str = "") -> list[tuple[str]]:
        where = " WHERE name >= ? AND name < ?" if begin else ""
        given = (begin, begin + "\U0010ffff") if begin else ()
        return self.db.execute(f"SELECT name FROM touched_{table}{where}", given).fetchall()

    def _join_term(self, term: str) -> None:
        rows = self._rows("m.term = ?", term)
        mentions = [self._decoded(row) for row in rows]
        groups.join_group_terms(mentions)
        for row, m in zip(rows, mentions, strict=True):
            if (family := groups.group_of(m)) != row[2]:
                self._touch("family", (row[2], family or ""))
                self.db.execute("UPDATE mention SET family = ? WHERE file = ? AND number = ?", (family, *row[:2]))

    def _rows(self, where: str, value: str, most: int = -1) -> list[tuple[Any, ...]]:
        """The mentions of a group, by the order of their files, with the day of the file; those of a document by the groups' order first,
        and those that people have moved to it last."""
        return self.db.execute(
            "SELECT m.file, m.number, m.family, m.data, m.document, m.open, m.moved, f.day FROM mention m JOIN file f ON f.id = m.file "
            f"WHERE {where} ORDER BY m.moved = {_MOVED}, substr(m.family, 1, 1), f.place, m.number < 0, m.number LIMIT ?",
            (value, most),
        ).fetchall()

    def _decoded(self, row: tuple[Any, ...]) -> Mention:
        data = row[3]
        if (values := self._known.get(data)) is None:
            if len(self._known) > _MANY:
                self._known.clear()
            values = self._known[data] = _mention.decode(data)
        (
            scope,
            type_,
            number,
            symbol,
            year,
            date,
            issuer,
            issuer_key,
            title,
            kind,
            name,
            text,
            own,
            mark,
            at,
            month,
            by_hand,
            term,
            called,
        ) = values
        limit = None if own else row[7]
        return Mention(
            row[0], row[1], scope, type_, number, symbol, year, date, issuer, issuer_key, title, limit, kind, name, text, row[4] or "", own,
            mark, at, month, by_hand, term, called,
        )  # fmt: skip

    def _place(self, family: str, place: Callable[[str, Sequence[Mention]], Clusters]) -> list[Mention]:
        """Decide what the mentions of a group mean, and note what has changed by it. A group's order is that of its files."""
        rows = self._rows("m.family = ?", family)
        if any(row[6] == _MOVED for row in rows):
            rows.sort(key=lambda row: (self._place_of(row[0]), row[1] < 0, row[1]))
        mentions = [self._decoded(row) for row in rows]
        clusters = place(family[2:], mentions)
        opened = {key: (c.candidates, c.why) for key, c in clusters.items() if c.candidates or c.why}
        changed = []
        touched = set()
        for row, m in zip(rows, mentions, strict=True):
            left = opened.pop(m.key, None)  # kept with the first of a document's mentions
            open_ = _encode(left) if left else None
            if (m.key, open_, 0) != (row[4], row[5], row[6]):
                changed.append((m.key, open_, *row[:2]))
                touched |= {m.key, row[4]}
        self._mean(changed, touched)
        return mentions

    def _place_of(self, file: int) -> Any:
        return self.db.execute("SELECT place FROM file WHERE id = ?", (file,)).fetchone()[0]

    def _mean(self, changed: Sequence[tuple[Any, ...]], touched: Iterable[str | None], *, moved: int = 0) -> None:
        self.db.executemany(
            "INSERT OR IGNORE INTO meant SELECT file, number, document FROM mention WHERE file = ? AND number = ? AND document IS NOT NULL",
            (row[2:] for row in changed),
        )
        self.db.executemany(
            f"UPDATE mention SET document = ?, open = ?, moved = {moved} WHERE file = ? AND number = ?", changed
        )
        self._touch("document", (key for key in touched if key))

    def _note_laws(self, family: str, mentions: Sequence[Mention]) -> None:
        """Note which names the numbered laws of a group bear; who cites one of these is to be placed anew."""
        found = self.db.execute("SELECT name, document, year FROM law WHERE family = ?", (family,))
        was = {(name, key): year for name, key, year in found}
        now = names_of((m.key, m) for m in mentions) if may_be_laws(mentions) else {}
        if was != now:
            self.db.execute("DELETE FROM law WHERE family = ?", (family,))
            values = ((family, name, key, year) for (name, key), year in now.items())
            self.db.executemany("INSERT INTO law VALUES (?, ?, ?, ?)", values)
        self._touch("family", {groups.LAW + name for name, _ in was.keys() | now.keys()})

    def _place_law(self, name: str, mentions: Sequence[Mention]) -> Clusters:
        bearing: dict[str, int | None] = {}
        for key, year in self.db.execute("SELECT document, year FROM law WHERE name = ?", (name,)):
            bearing[key] = year or bearing.get(key)
        files = {m.file for m in mentions}
        named: dict[int, dict[int, str]] = {}
        for key in bearing:
            found = self.db.execute("SELECT file, number FROM mention WHERE document = ? AND family LIKE 'c %'", (key,))
            for file, number in found:
                if file in files:
                    named.setdefault(file, {})[number] = key
        return place_law(name, mentions, bearing, named)

    # What is asked of it.

    def cluster(self, key: str) -> Cluster | None:
        """Return the mentions that mean a document, those by number first; None where nothing means it."""
        rows = self._rows("m.document = ?", key)
        if not rows:
            return None
        found = Cluster(key, [self._decoded(row) for row in rows])
        for m in found.mentions:
            if m.kind == "named" and not m.own:
                as_numbered(m)
        for row in rows:
            if row[5]:
                found.leave_open(*_open.decode(row[5]))
        return found

    def all_of(self, key: str) -> tuple[MentionId, ...]:
        """Return the mentions that mean a document, by the order of their files; the own one of a file comes first."""
        return tuple(
            self.db.execute(
                "SELECT m.file, m.number FROM mention m JOIN file f ON f.id = m.file WHERE m.document = ? ORDER BY f.place, m.number",
                (key,),
            )
        )

    def first_of(self, key: str) -> MentionId | None:
        """Return the mention of a document that says most of it: its own file's, else the first."""
        found = self.db.execute(
            "SELECT m.file, m.number FROM mention m JOIN file f ON f.id = m.file WHERE m.document = ? "
            "ORDER BY m.number >= 0, substr(m.family, 1, 1), f.place, m.number LIMIT 1", (key,),
        ).fetchone()  # fmt: skip
        return found and (found[0], found[1])

    def key_of(self, at: MentionId) -> str | None:
        """Return the document that a mention means."""
        found = self.db.execute("SELECT document FROM mention WHERE file = ? AND number = ?", at).fetchone()
        return found[0] if found else None

    def date_of(self, at: MentionId) -> str | None:
        """Return the day that a mention states."""
        found = self.db.execute("SELECT data FROM mention WHERE file = ? AND number = ?", at).fetchone()
        return _mention.decode(found[0])[5] if found else None

    def brief(self, file: int) -> Brief:
        """Return what resolving knows of a file, as it was read."""
        (data,) = self.db.execute("SELECT brief FROM file WHERE id = ?", (file,)).fetchone()
        try:
            return _brief.decode(zlib.decompressobj().decompress(data, _LARGEST))
        except zlib.error as error:
            raise ValueError(str(error)) from None

    def file_of(self, sha256: str, row: int | None) -> int | None:
        """Return the first file with this content, of a register with this row."""
        found = self.db.execute(
            "SELECT id FROM file WHERE sha256 = ? AND row IS ? ORDER BY place LIMIT 1", (sha256, row)
        ).fetchone()
        return found[0] if found else None

    def files_called(self, path: str) -> list[int]:
        """Return the files of this name, in their order."""
        return [file for (file,) in self.db.execute("SELECT id FROM file WHERE path = ? ORDER BY place", (path,))]

    def files_owning(self, key: str) -> list[int]:
        """Return the files whose own document this is, in their order."""
        found = self.db.execute(
            "SELECT f.id FROM mention m JOIN file f ON f.id = m.file WHERE m.document = ? AND m.number = ? ORDER BY f.place", (key, SELF)
        )  # fmt: skip
        return [file for (file,) in found]

    def move(self, mentions: Sequence[MentionId], to: str) -> None:
        """Let mentions mean another document, as people say; what nothing means any more is gone, also as a candidate."""
        of_key: dict[str, list[MentionId]] = {}
        for at in mentions:
            if (key := self.key_of(at)) is not None and key != to:
                of_key.setdefault(key, []).append(at)
        for key, moved in of_key.items():
            opened = self._opened("document = ?", key)
            families = {
                self.db.execute("SELECT family FROM mention WHERE file = ? AND number = ?", at).fetchone()[0]
                for at in moved
            }
            self._mean([(to, None, *at) for at in moved], (key, to), moved=_MOVED)
            if not self._rows("m.document = ?", key, 1):
                names = self.db.execute("SELECT name FROM law WHERE document = ?", (key,)).fetchall()
                self._forget_candidate(key, to, families | {groups.LAW + name for (name,) in names})
            elif any(row[:2] in moved for row in opened):  # what was open of the document stays so
                left = Cluster(key)
                for row in opened:
                    left.leave_open(*_open.decode(row[2]))
                self._open_by_hand(self._rows("m.document = ?", key, 1)[0][:2], left)

    def _opened(self, where: str, value: str) -> list[tuple[Any, ...]]:
        return self.db.execute(
            f"SELECT file, number, open, document FROM mention WHERE {where} AND open IS NOT NULL", (value,)
        ).fetchall()

    def _open_by_hand(self, at: MentionId, left: Cluster) -> None:
        open_ = _encode((left.candidates, left.why)) if left.candidates or left.why else None
        self.db.execute(
            f"UPDATE mention SET open = ?, moved = CASE moved WHEN 0 THEN {_OPENED} ELSE moved END WHERE file = ? AND number = ?",
            (open_, *at),
        )
        self._touch("document", [left.key])

    def _forget_candidate(self, key: str, now: str, families: Iterable[str]) -> None:
        """Put a document in the place of another as a candidate; where it is the only one left of the document's own, none is."""
        for family in families:
            for file, number, open_, document in self._opened("family = ?", family):
                candidates, why = _open.decode(open_)
                if key in candidates:
                    kept = {now if candidate == key else candidate for candidate in candidates} - {document}
                    self._open_by_hand((file, number), Cluster(document, [], tuple(sorted(kept)), why))
