"""Write the store of a generation: from the one before where little has changed, else from nothing. Both give the same quads.

What a file says is a graph of its own, so a file that is new, changed or gone changes that graph, and of what all files together say, and
people by hand, what is said of the documents and bodies that are others. The store before is taken over by links to its files, which are
never written again, so that a change costs what it changes, and which these are tells who has decided it (`Settled`). Many small changes
make a store slower to ask: once they have touched a quarter of the files it is written anew.

What is written goes through memory file by file, and to the engine as text, which it reads sooner than it takes over Python's objects. It
sorts what it is given at once, so that it is given a part at a time.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby, islice, starmap
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from chidao.extract.corpus.settled import Load, Settled
from chidao.extract.language.jurisdictions import home_place
from chidao.extract.resolved import File
from chidao.graph import seal
from chidao.graph.copied import Copied
from chidao.graph.store import GraphError, damaged, remove_generation
from chidao.graph.tables.differing import Touched
from chidao.graph.tables.kept import NoTablesError, copy_tables
from chidao.graph.tables.project import is_told
from chidao.graph.tables.written import TableWriter
from chidao.graph.write.by_hand import by_hand_quads
from chidao.graph.write.manifest import Manifest, Progress, shown_below
from chidao.graph.write.quads import body_quads, document_quads, file_quads, province_quads, run_quads
from chidao.graph.write.terms import TYPE, Names, Quadruple, term

_BATCH = 100_000
"""Quads that the engine sorts and writes at once: a million take it 1.6 GB, these 0.1. What lies in several runs is merged: questions
then take a half to a third of the time, for a fifth more time to build. What is merged it does not compress in a small store, which costs
two thirds more room; so graphs come whole and in the order in which it keeps them, and half of its indexes need no merging."""
_LARGE = 25_000
"""Quads of a graph that is given to the engine by itself."""
_SAID_AGAIN = 20000
"""Terms whose text is held."""
_MANY = 50_000
"""Quads that the engine takes faster as a run of their own."""
_WORN = 4
"""Part of the files, as one in so many, whose changes wear out a store."""


@dataclass(frozen=True, slots=True)
class Before:
    """The generation before, which is whole: its folder, its seal, what it was built from, and its tables, where they are whole too."""

    path: Path
    sealed: seal.Seal
    made: Manifest
    tables: Path | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A store that was written and closed: how many quads were put in, how many it holds, what it was built from. Where its tables go on
    from those before: what these were `copied` as, and of what they say something else."""

    given: int
    held: int
    made: Manifest
    copied: Copied | None = None
    touched: Touched | None = None


def write_store(
    meant: Settled, load: Load, made: Manifest, generation: Path, before: Before | None, tell: Progress, tables: Path | None = None
) -> Written:  # fmt: skip
    """Write the store of a generation to a folder that is not there yet, and its tables to a file, from what all files mean and, by `load`,
    say. What has changed in `meant` since it was opened is what is another in the one `before`. Raises OSError."""
    if before:
        worn = before.made.worn + max(len(meant.changed_sources()), len(meant.gone()))
        if worn * _WORN <= len(made.entries):
            try:
                return _from_before(meant, load, replace(made, worn=worn), generation, before, tell, tables)
            except GraphError as error:  # it cannot be read after all
                give_up(generation, error)
    return _anew(meant, load, replace(made, worn=0), generation, tell, tables)


def give_up(generation: Path, error: BaseException) -> None:
    """Remove what was written of a generation until an error was raised, whose frames hold its store: the engine writes more files until
    that is closed."""
    traceback.clear_frames(error.__traceback__)
    remove_generation(generation)


def _anew(
    meant: Settled, load: Load, made: Manifest, generation: Path, tell: Progress, tables: Path | None
) -> Written:  # fmt: skip
    store = pyoxigraph.Store(str(generation))
    names = Names(made.base)
    graphs = [names.resolved, *([names.by_hand] if meant.outcomes else []), *map(names.graph, meant.contents())]
    for graph in graphs:
        store.add_graph(graph)
    quads = _quads(meant, load, made, names, list(store.named_graphs()))
    if tables:
        with TableWriter(tables) as writer:
            count = _loaded(store, writer.passing(quads), tell)
    else:
        count = _loaded(store, quads, tell)
    if count > _BATCH:
        store.optimize()
    store.flush()
    held = len(store)
    del store
    tell("write", count, count)
    return Written(count, held, made)


def _loaded(store: pyoxigraph.Store, quads: Iterable[Quadruple], tell: Progress) -> int:
    count = 0
    for batch in _batches(quads):
        store.bulk_load(b"".join(batch), pyoxigraph.RdfFormat.N_QUADS, lenient=True)
        count += len(batch)
        tell("write", count, 0)
    return count


def _batches(quads: Iterable[Quadruple]) -> Iterator[list[bytes]]:
    """What the engine is given at once: lines of N-Quads, of whole graphs, or of a large one alone."""
    text = _Texts()
    batch: list[bytes] = []
    for graph, of_graph in groupby(quads, key=itemgetter(3)):
        end = f" {graph} .\n"
        lines = (f"{text[s]} {text[p]} {text[o]}{end}".encode() for s, p, o, _ in of_graph)
        begun = list(islice(lines, _LARGE))
        if len(begun) == _LARGE and batch:
            yield batch
            batch = []
        batch += begun
        for line in lines:
            if len(batch) == _BATCH:
                yield batch
                batch = []
            batch.append(line)
        if len(batch) > _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


class _Texts(dict[Any, str]):
    """How terms are written: most are said again and again, and to write one takes ten times as long as to find it here."""

    def __missing__(self, term: Any) -> str:
        if len(self) == _SAID_AGAIN:
            self.clear()
        self[term] = text = str(term)
        return text


def _quads(
    meant: Settled, load: Load, made: Manifest, names: Names, graphs: Iterable[Any]
) -> Iterator[Quadruple]:  # fmt: skip
    """Everything, graph by graph: what all files together say, what people have corrected, and what each file says."""
    added = {names.graph(file.facts.source.sha256): file for file in meant.added}
    for graph in graphs:
        if graph == names.resolved:
            for document in meant.documents():
                yield from document_quads(document, names)
            for body in meant.bodies():
                yield from body_quads(body, names)
            yield from _whole(meant, made, names)
        elif graph == names.by_hand:
            yield from by_hand_quads(names, meant.outcomes)
        elif graph in added:
            yield from file_quads(added[graph], names)
        for source in meant.sources_of(graph.value.rpartition("/")[2]):
            for file in meant.files(source, load(source)):
                yield from file_quads(file, names)


def _whole(meant: Settled, made: Manifest, names: Names) -> Iterator[Quadruple]:
    """What all files together say of no document or body: little, and so compared as a whole."""
    yield from run_quads(names, home_place(made.home), unread_files(made))
    yield from province_quads(meant.provinces(), names)


@dataclass(frozen=True, slots=True)
class _Change:
    """What was said before of one thing, and is now."""

    before: set[Quad]
    after: set[Quad]


def _from_before(
    meant: Settled, load: Load, made: Manifest, generation: Path, before: Before, tell: Progress, tables: Path | None
) -> Written:  # fmt: skip
    """Write what has changed into a store that begins as the one before."""
    former = _opened(before.path)
    former.backup(str(generation))
    store = pyoxigraph.Store(str(generation))
    given, held = 0, before.sealed.quads
    subjects: set[str] = set()
    waiting: list[Quad] = []
    for change in _changes(meant, load, made, former):
        removed, added = change.before - change.after, change.after - change.before
        _remove(store, removed)
        waiting += added
        subjects |= {str(quad.subject)[1:-1] for quad in removed | added if is_told(quad)}
        given, held = given + len(added), held - len(removed) + len(added)
        if len(waiting) > _MANY:
            store.bulk_extend(waiting)
            waiting.clear()
    store.extend(waiting)
    store.flush()
    written = Written(given, held, made)
    with suppress(NoTablesError):  # they were damaged: there are none then
        if tables and before.tables:
            copied = copy_tables(before.tables, tables)
            with TableWriter(tables, copied) as writer:
                writer.change(former, store, subjects)
            written = replace(written, copied=copied, touched=Touched(writer.tasks, writer.things))
    del former, store
    tell("write", given, given)
    return written


def _opened(generation: Path) -> pyoxigraph.Store:
    """The store of the generation before, which was looked at just now. Raises GraphError."""
    try:
        return pyoxigraph.Store.read_only(str(generation))
    except (OSError, RuntimeError) as error:
        raise damaged(error, generation) from None


def _changes(meant: Settled, load: Load, made: Manifest, former: pyoxigraph.Store) -> Iterator[_Change]:
    """What is said otherwise of each thing than in the store before. No two of these are about the same quads."""
    names = Names(made.base)
    for sha256 in meant.gone():
        yield _Change(_graph(former, names.graph(sha256)), set())
    for source in meant.changed_sources():
        if files := meant.files(source, load(source)):
            yield _file_change(files, names, former)
    for file in meant.added:
        yield _file_change([file], names, former)
    for key in meant.changed_documents():
        document = meant.find_document(key)
        now = set(starmap(Quad, document_quads(document, names))) if document else set()
        yield _Change(_about(former, names.document(key), names), now)
    for key in meant.changed_bodies():
        body = meant.find_body(key)
        now = set(starmap(Quad, body_quads(body, names))) if body else set()
        yield _Change(_about(former, names.body(key), names), now)
    now = set(starmap(Quad, _whole(meant, made, names)))
    things = {quad.subject for quad in now}
    for kind in ("UnreadFile", "Jurisdiction"):
        things |= {quad.subject for quad in _found(former, None, TYPE, names.resolved, term(kind))}
    said = (_found(former, thing, None, names.resolved) for thing in things)
    yield _Change(set().union(*said), now)
    yield _Change(_graph(former, names.by_hand), set(starmap(Quad, by_hand_quads(names, meant.outcomes))))


def _file_change(files: Sequence[File], names: Names, former: pyoxigraph.Store) -> _Change:
    now = {Quad(*quad) for file in files for quad in file_quads(file, names)}
    return _Change(_graph(former, names.graph(files[0].facts.source.sha256)), now)


def _graph(store: pyoxigraph.Store, graph: NamedNode) -> set[Quad]:
    return _found(store, None, None, graph)


def _found(
    store: pyoxigraph.Store, subject: Any, predicate: NamedNode | None, graph: NamedNode, object_: NamedNode | None = None
) -> set[Quad]:  # fmt: skip
    """What stands in a graph of the store before. Raises GraphError where that turns out to be damaged."""
    try:
        return set(store.quads_for_pattern(subject, predicate, object_, graph))
    except (OSError, RuntimeError) as error:
        raise damaged(error) from None


def _remove(store: pyoxigraph.Store, quads: Iterable[Quad]) -> None:
    """Remove quads, which the engine looks for first. Raises GraphError where that turns out to be damaged."""
    try:
        for quad in quads:
            store.remove(quad)
    except (OSError, RuntimeError) as error:
        raise damaged(error) from None


def _about(store: pyoxigraph.Store, node: NamedNode, names: Names) -> set[Quad]:
    """What the graph of resolved facts says of a thing, and of what is offered for its blanks."""
    found = _found(store, node, None, names.resolved)
    for offered in [q.object for q in found if q.predicate == term("mayHave") and isinstance(q.object, NamedNode)]:
        found |= _found(store, offered, None, names.resolved)
    return found


def unread_files(made: Manifest) -> list[tuple[str, str]]:
    """Return the files that a graph leaves out, by the path that people are shown, below the folder where the build runs; each with
    why."""
    if not made.unread:  # as in most graphs, whose many files need not be looked through then
        return []
    here, roots = os.getcwd() + os.sep, made.roots()
    return [(shown_below(path, roots) or path.removeprefix(here), reason) for path, reason in made.unread]
