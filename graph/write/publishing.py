"""Decide what all files of a build mean, write the next generation, and publish it with its tables and its index.

This loads the rules by which it is decided, which a build in which nothing has changed does not need.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import msgspec
import pyoxigraph

from chidao.extract.corpus.settled import Settled
from chidao.extract.model import Facts
from chidao.extract.resolved import Correction
from chidao.graph import disk, seal
from chidao.graph.index.kept_index import keep_index
from chidao.graph.store import Folder, GraphError
from chidao.graph.tables.asked import Tabled
from chidao.graph.tables.differing import keep_changed
from chidao.graph.tables.kept import are_whole, keep_tables, tables_of
from chidao.graph.write import meaning
from chidao.graph.write.files import is_there
from chidao.graph.write.generation import Before, Written, give_up, write_store
from chidao.graph.write.kept import DamagedFactsError, KeptFacts
from chidao.graph.write.manifest import Entry, Manifest, Progress, Told, forget_older
from chidao.graph.write.texts import texts

_DOES_NOT_FIT = (sqlite3.DatabaseError, msgspec.MsgspecError, LookupError, TypeError, ValueError, AssertionError)
"""How it is told that what was kept of the meaning of files is not what they mean."""


def publish(
    folder: Folder, facts: KeptFacts, entries: Iterable[Entry], corrections: Sequence[Correction], made: Manifest, former: Manifest | None,
    tell: Progress,
) -> tuple[int, Told]:  # fmt: skip
    """Decide what the files of these entries mean, write the next generation and make it the current one; return the number of quads that
    were written to it, and what is told of it. `former` is the manifest of the current one, where that is whole. Raises GraphError."""
    sources = _Sources(facts, entries, corrections)
    before = _before(folder, former) if former else None
    done = _published(folder, sources, made, before, tell) or _published(folder, sources, made, None, tell)
    assert done
    with suppress(KeyboardInterrupt):  # the build is done; what is left to sweep the next one sweeps
        facts.forget(entry.key for entry in made.entries)
        meaning.forget(folder.meaning, [folder.current().name])
        forget_older(folder)
    return done


def _before(folder: Folder, former: Manifest) -> Before:
    current = folder.current()
    tables = tables_of(folder.tables, current.name)
    sealed = are_whole(tables, seal.mark(current), 0)  # they are looked at when they are copied
    return Before(current, seal.said(current), former, tables if sealed else None)


def _published(
    folder: Folder, sources: _Sources, made: Manifest, before: Before | None, tell: Progress
) -> tuple[int, Told] | None:  # fmt: skip
    """The number of quads that were written, and what is told of them. What is kept of the meaning of the one `before` is gone on from;
    None, and nothing is published, where it turns out to be none."""
    generation = folder.next_generation()
    place = folder.meaning / generation.name
    try:
        meant = meaning.open_kept(folder.meaning / before.path.name, before.made.meaning, place) if before else None
        if meant is None:
            meant, before = meaning.new(place), None
        sources.put_into(meant)
        meant.settle(sources.corrections, sources.load)
        tables = tables_of(folder.tables, generation.name)
        written = write_store(meant, sources.load, made, generation, before, tell, tables)
        told = _told(meant)
        made = replace(written.made, told=told, meaning=meaning.close(meant, place))
        former = (before.path, before.sealed) if before else None
        first = partial(_first, folder, made, before, written)
        folder.publish(generation, written.held, made.plain(), former, first=first)
    except Exception as error:
        give_up(generation, error)
        if before and isinstance(error, _DOES_NOT_FIT) and not sys.flags.dev_mode:
            return None
        if not isinstance(error, (OSError, sqlite3.OperationalError)):  # the engine's too: a full disk
            raise
        raise GraphError(f"cannot be written ({' '.join(str(error).split())})", path=str(folder.path)) from None
    return written.given, told


class _Sources:
    """The files of a build, each content once, as they are put in to decide what they mean."""

    def __init__(self, kept: KeptFacts, entries: Iterable[Entry], corrections: Sequence[Correction]) -> None:
        self.corrections = corrections
        self._kept = kept
        self._entries = {_source(entry): entry for entry in entries}
        self._about = {said for c in corrections if c.prefix for said in (c.file, c.source) if said}
        self._last: tuple[str, list[Facts]] = ("", [])

    def put_into(self, meant: Settled) -> None:
        """Put in what is not in there as it is, and take out what is gone."""
        known = dict(meant.stamps())
        for name in known.keys() - self._entries.keys():
            meant.drop(name)
        for name, entry in self._entries.items():
            stamp = entry.key
            if known.get(name) != stamp:
                meant.put(name, stamp, name.encode(), self.load(name))

    def load(self, name: str) -> list[Facts]:
        """Return the kept facts of a source; with their text where corrections are about it. Raises GraphError."""
        if self._last[0] == name:
            return self._last[1]
        entry = self._entries[name]
        path = entry.shown or entry.path
        try:
            facts = self._kept.load(entry.key, path, text=not self._about.isdisjoint((entry.sha256, path)))
        except DamagedFactsError:
            if is_there(entry.path):
                raise GraphError(
                    "damaged graph: what it kept of this file is damaged; build it anew with --fresh", path=entry.shown
                ) from None
            raise GraphError(
                "damaged graph: what it kept of this file is damaged, and the file is gone; bring it back, or build anew with --fresh",
                path=entry.shown,
            ) from None
        self._last = name, facts
        return facts


def _source(entry: Entry) -> str:
    """What a source is called where its meaning is kept: its path, byte by byte, for that may be no Unicode."""
    return entry.path.encode("utf-8", "surrogateescape").decode("latin-1")


def _first(folder: Folder, made: Manifest, before: Before | None, written: Written, generation: Path) -> None:
    """Keep what belongs beside a generation that was written, before anybody reads it: what it says otherwise than the one before, its
    tables, and the index. Raises OSError."""
    former, tables = before.tables if before else None, tables_of(folder.tables, generation.name)
    with suppress(GraphError, seal.Damaged):
        current = folder.current()
        place, mark = tables_of(folder.tables, current.name), seal.mark(current)
        if disk.is_file(tables) and (former or are_whole(place, mark)):
            keep_changed(tables, former or place, mark, written.touched, written.copied)
    keep_tables(tables, seal.mark(generation), written.copied)
    sound = disk.is_file(tables)  # else what was to be gone on from turned out to be damaged
    things = written.touched.things if written.touched and sound else None
    partly = sound and written.copied is not None and not written.copied.whole
    index(folder, made, generation, before=before.path if before else None, summed=True, touched=things, beside=partly)


def index(
    folder: Folder, made: Manifest, generation: Path, *, before: Path | None = None, summed: bool = False,
    touched: Collection[str] | None = None, beside: bool = False,
) -> None:  # fmt: skip
    """Keep the index of the words of a generation, with what that of the generation before has of them, but of what is `touched` where that
    is known. It is made from the tables only where these were `summed` up just now, or are whole to the last byte: damage that nobody saw
    must not be sealed here. Where the sums of some parts were taken over, it holds `beside` these tables alone. Raises OSError."""
    mark = seal.mark(generation)
    if summed or are_whole(tables_of(folder.tables, generation.name), mark):
        store = Tabled.open(generation, made=True)
    else:
        store = Tabled(pyoxigraph.Store.read_only(str(generation)))
    former = (folder.search / before.name, seal.mark(before)) if before else None
    keep_index(folder.search / generation.name, mark, store, texts(made, folder.facts), former, touched, beside)


def _told(meant: Settled) -> Told:
    """What a build says of all files together."""
    review = sum(outcome.state == "review" for outcome in meant.outcomes)
    return Told(**asdict(meant.sums()), corrected=len(meant.outcomes) - review, to_review=review)
