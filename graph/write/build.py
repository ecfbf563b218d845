"""Build a graph from files: extract each, resolve all, write a new generation.

A build adds the named files and folders to what the graph already holds; files that vanished from a named folder are
retracted. A file or folder that cannot be read just now is a failure, and the graph keeps what it knows of it. Facts
are kept by content and rule version, so an unchanged file is not read again; when nothing changed at all, nothing is
written.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import re
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyoxigraph

from chidao.extract import RULES, extract_path, resolve
from chidao.extract.errors import ChidaoError, NotADocumentError, SourceError
from chidao.extract.facts import home_place
from chidao.extract.formats.source import content_hash
from chidao.extract.model import Corpus, Facts
from chidao.extract.records import BASE
from chidao.graph.store import Folder, GraphError, read_store
from chidao.graph.write.files import NO_DOCUMENTS, TABLES, find_files, within
from chidao.graph.write.quads import Names, quads

FORMAT = "3"
"""Version of what a graph folder holds; another version is built anew."""

Progress = Callable[[str, int, int], None]
"""Called with a step ("extract", "resolve", "write"), how much is done and how much there is."""


@dataclass(slots=True)
class BuildSummary:
    """What a build did. `skipped` holds (path, reason) of files that were left out; `failed` the ones that should have
    been read and could not be, `encodings` (path, encoding) of those that are not UTF-8, `removed` the paths of files whose facts
    were taken out because they are gone. `notes` says what else a user should know: that the home was left out or has changed."""

    read: int = 0
    kept: int = 0
    unchanged: bool = False
    documents: int = 0
    references: int = 0
    relations: int = 0
    actions: int = 0
    bodies: int = 0
    undated: int = 0
    unresolved: int = 0
    quads: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    encodings: list[tuple[str, str]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file in the graph: its absolute path, so that it is the same file from whatever folder a build runs, and how the user first
    gave it, which is what people are shown; the sha256 of its bytes, the declared home, and which columns of a register hold what,
    as the user named them."""

    path: str
    sha256: str
    home: str | None
    columns: tuple[tuple[str, str], ...] = ()
    shown: str = ""

    @property
    def key(self) -> str:
        said = [RULES, self.shown or self.path, self.sha256, self.home, self.columns]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Manifest:
    """What a generation was built from: its files, the home that the graph remembers, and the files that were not read, with why."""

    entries: tuple[_Entry, ...] = ()
    home: str | None = None
    unread: tuple[tuple[str, str], ...] = ()


def build(
    paths: Iterable[str | Path],
    graph_dir: str | Path = "chidao-graph",
    *,
    home: str | None = None,
    columns: Mapping[str, str] | None = None,
    base: str = BASE,
    fresh: bool = False,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> BuildSummary:
    """Build or extend the graph at `graph_dir` from files and folders.

    `home` names the jurisdiction of documents that do not say their own; the graph remembers it, so None means the one of the
    build before and "" none at all. `columns` says which column of a register holds what
    (see `chidao.extract.registers.rows`). Files that cannot be read are listed in the summary and the others are done. Raises
    GraphError when the folder is damaged, in use or cannot be written, and ChidaoError for an unknown home or a base that is
    no IRI.
    """
    home_place(home or None)
    _check_base(base)
    tell = progress or (lambda step, done, total: None)
    given = [Path(p) for p in paths]
    files, missing = find_files(given)
    summary = BuildSummary(failed=list(missing))
    folder = Folder(graph_dir)
    with folder.locked():
        manifest = _manifest(folder, base, fresh=fresh)
        before = list(manifest.entries)
        home = _remembered(home, manifest.home, summary)
        kept = _kept(before, given, [Path(path) for path, _ in missing])
        named = frozenset(os.path.abspath(p) for p in given if not p.is_dir())
        declared = _Entry("", "", home, tuple(sorted((columns or {}).items())))
        reader = _Reader(folder, before, kept, named, declared, summary, fresh)
        reader.read(files, jobs, tell)
        if not reader.entries:
            if summary.failed or summary.skipped:
                return summary
            raise ChidaoError("nothing to build from: no files here", path=", ".join(map(str, given)))
        ordered = [reader.entries[path] for path in sorted(reader.entries)]
        summary.kept = len(ordered) - summary.read
        summary.removed = [e.shown for e in before if e.path not in reader.entries and not _failed(e, summary)]
        unread = _unread(manifest, given, summary)
        tell("resolve", 0, 1)
        corpus = resolve(_load(folder, ordered, summary))
        _count(corpus, summary)
        after = _Manifest(tuple(ordered), home, unread)
        summary.unchanged = after == manifest and _intact(folder)
        if not summary.unchanged:
            summary.quads = _publish(folder, corpus, after, base, tell)
    return summary


def _kept(before: Iterable[_Entry], given: list[Path], lost: list[Path]) -> list[_Entry]:
    """What stays of the files before: those that are not named now, and those below what is missing or cannot be listed."""
    return [e for e in before if any(within(e.path, p) for p in lost) or not any(within(e.path, p) for p in given)]


def _remembered(home: str | None, before: str | None, summary: BuildSummary) -> str | None:
    """The home of this build: the one that is given, else the graph's. A change, and that it was left out, is a note."""
    if home is None:
        if before:
            summary.notes.append(f"--home was left out: “{before}”, as in the build before (--home '' for none)")
        return before
    if before and home != before:
        summary.notes.append(
            f"--home was “{before}” in the build before and is “{home}” now: files not named keep theirs"
        )
    return home or None


def _unread(manifest: _Manifest, given: list[Path], summary: BuildSummary) -> tuple[tuple[str, str], ...]:
    """The files that this graph leaves out, with why: those of this build, and earlier ones that it did not look at."""
    met = {os.path.abspath(path): reason for path, reason in (*summary.skipped, *summary.failed)}
    # A library's words may name an object by its place in memory, which is another one each time.
    now = {
        path: re.sub(r"\s*<[^<>]* at 0x[0-9a-f]+>", "", why)
        for path, why in met.items()
        if os.path.exists(path) or "!" in path
    }
    kept = {path: reason for path, reason in manifest.unread if not any(within(path, p) for p in given)}
    return tuple(sorted({**kept, **now}.items()))


def _failed(entry: _Entry, summary: BuildSummary) -> bool:
    return any(os.path.abspath(path) == entry.path for path, _ in summary.failed)


def _publish(folder: Folder, corpus: Corpus, made: _Manifest, base: str, tell: Progress) -> int:
    """Write the next generation and make it the current one; returns the number of its quads."""
    generation = folder.next_generation()
    count = _write(corpus, made, generation, base, tell)
    folder.publish(generation)
    manifest = {
        "format": FORMAT,
        "rules": RULES,
        "base": base,
        "home": made.home,
        "files": [[e.path, e.sha256, e.home, e.columns, e.shown] for e in made.entries],
        "unread": made.unread,
    }
    folder.write(folder.manifest, json.dumps(manifest, indent=1))  # and ASCII: a file's name may be no Unicode
    _forget(folder, made.entries)
    return count


def _check_base(base: str) -> None:
    try:
        iri = pyoxigraph.NamedNode(Names(base).base)
        if not urlsplit(iri.value).scheme:
            raise ValueError("relative")
    except ValueError:
        raise ChidaoError(f"no IRI to put names below: {base!r}") from None


def _manifest(folder: Folder, base: str, *, fresh: bool = False) -> _Manifest:
    """What the current generation was built from; nothing when there is none. A fresh build takes over its home only."""
    try:
        data = json.loads(folder.manifest.read_text("utf-8"))
        home = str(data["home"]) if data.get("home") else None
        if fresh:
            return _Manifest(home=home)
        entries = [_entry(row) for row in data.get("files", ())]
        unread = tuple((str(path), str(reason)) for path, reason in data.get("unread", ()))
    except FileNotFoundError:
        return _Manifest()
    except (OSError, AttributeError, TypeError, ValueError):
        if fresh:
            return _Manifest()
        raise GraphError(
            "damaged graph: its manifest cannot be read; build it anew with --fresh", path=str(folder.manifest)
        ) from None
    if data.get("format") != FORMAT or data.get("base") != base:
        raise GraphError(
            "this graph was built with another base or by another version; build it anew with --fresh",
            path=str(folder.path),
        )
    if data.get("rules") != RULES:
        # Other rules give other facts: files that are still there are read again, the rest cannot be kept.
        entries = [replace(e, sha256="") for e in entries if Path(e.path).exists()]
    return _Manifest(tuple(entries), home, unread)


def _entry(row: list[Any]) -> _Entry:
    path, sha256, home, columns, shown = row
    return _Entry(str(path), str(sha256), home and str(home), tuple((str(f), str(c)) for f, c in columns), str(shown))


def _intact(folder: Folder) -> bool:
    try:
        read_store(folder.path)
    except GraphError:
        return False
    return True


class _Reader:
    """Brings the facts of files into the folder's keep.

    `entries` by path are what the next generation is built from: at first what is kept of the one `before`, whose entries without a
    sum are to be read again. A document that cannot be read is a failure; what is no document, and a table that is no register, is
    one when it was `named` itself or known before, and a skip when it merely lay in a folder. `declared` says what holds of new files."""

    def __init__(
        self, folder: Folder, before: Iterable[_Entry], kept: Iterable[_Entry], named: frozenset[str], declared: _Entry,
        summary: BuildSummary, fresh: bool,
    ) -> None:  # fmt: skip
        self.entries = {entry.path: entry for entry in kept}
        self._before = {entry.path: entry for entry in before}
        self._folder, self._named, self._declared = folder, named, declared
        self._summary, self._fresh = summary, fresh

    def read(self, files: Iterable[Path], jobs: int | None, tell: Progress) -> None:
        """Read these files and those to be read again, as far as their facts are not kept yet."""
        again = [Path(entry.shown or entry.path) for entry in self.entries.values() if not entry.sha256]
        todo = [(path, entry) for path in (*files, *again) if (entry := self._look(path)) is not None]
        for done, (entry, outcome) in enumerate(_run(todo, jobs), 1):
            tell("extract", done, len(todo))
            if isinstance(outcome, SourceError):
                self._refuse(entry.shown, outcome)
                self.entries.pop(entry.path, None)
            else:
                self._keep(entry, outcome)

    def _look(self, path: Path) -> _Entry | None:
        """The entry of a file that must be read; None when its facts are kept or it is refused."""
        given, name = str(path), os.path.abspath(path)
        try:
            if not self._is_known(name) and path.suffix.lower() in NO_DOCUMENTS:
                raise NotADocumentError(f"not read: {path.suffix} is no document; name the file itself to read it")
            digest = content_hash(path)
        except SourceError as error:
            gone = isinstance(error.__context__, OSError)
            self._refuse(given, error, gone=gone)
            if gone and name in self._before and self._before[name].sha256:
                self.entries[name] = self._before[name]  # it is there and may be read again another time
            else:
                self.entries.pop(name, None)
            return None
        shown = self._before[name].shown if name in self._before else given
        entry = replace(self.entries.get(name, self._declared), path=name, sha256=digest, shown=shown)
        if self._fresh or not (self._folder.facts / entry.key).exists():
            return entry
        self.entries[name] = entry
        return None

    def _is_known(self, name: str) -> bool:
        return name in self._named or name in self.entries

    def _refuse(self, name: str, error: SourceError, *, gone: bool = False) -> None:
        other = isinstance(error, NotADocumentError) or Path(name).suffix.lower() in TABLES
        failure = gone or not other or self._is_known(os.path.abspath(name))
        (self._summary.failed if failure else self._summary.skipped).append((name, error.message))

    def _keep(self, entry: _Entry, facts: bytes) -> None:
        temporary = self._folder.facts / (entry.key + ".new")
        temporary.write_bytes(facts)
        os.replace(temporary, self._folder.facts / entry.key)
        self.entries[entry.path] = entry
        self._summary.read += 1


def _run(todo: list[tuple[Path, _Entry]], jobs: int | None) -> Iterator[tuple[_Entry, bytes | SourceError]]:
    workers = min(jobs or os.cpu_count() or 1, len(todo))
    if workers < 2 or len(todo) < 4:
        for path, entry in todo:
            yield entry, _facts_of(path, entry)
        return
    left: list[tuple[Path, _Entry]] = []
    with ProcessPoolExecutor(workers, initializer=_leave_interrupts) as pool:
        waiting: deque[tuple[Path, _Entry, Future[bytes | SourceError]]] = deque()
        for i, (path, entry) in enumerate(todo):
            try:
                waiting.append((path, entry, pool.submit(_facts_of, path, entry)))
            except BrokenProcessPool:  # a worker died while the rest was still being handed out
                left = todo[i:]
                break
        try:
            while waiting:
                path, entry, future = waiting.popleft()
                try:
                    yield entry, future.result()
                except BrokenProcessPool:
                    left.append((path, entry))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    for path, entry in left:  # one of these killed its worker and with it the pool; each alone, to know which
        with ProcessPoolExecutor(1, initializer=_leave_interrupts) as pool:
            try:
                yield entry, pool.submit(_facts_of, path, entry).result()
            except BrokenProcessPool:
                yield entry, SourceError("reading it killed the worker (out of memory?)")


def _leave_interrupts() -> None:
    """In a worker: Ctrl-C is for the build, which then stops its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _facts_of(path: Path, entry: _Entry) -> bytes | SourceError:
    """The facts of one file, pickled, without its text; or the reason why there are none. Runs in a worker."""
    try:
        facts = extract_path(path, entry.home, dict(entry.columns))
    except SourceError as error:
        return error
    shown = entry.shown or str(path)
    return pickle.dumps([replace(f, source=replace(f.source, text="", path=shown)) for f in facts], protocol=5)


def _load(folder: Folder, entries: list[_Entry], summary: BuildSummary) -> Iterator[Facts]:
    """The kept facts of each content once: copies of a file say nothing more."""
    first: dict[str, str] = {}
    for entry in entries:
        if entry.sha256 in first:
            summary.skipped.append((entry.shown, f"same content as {first[entry.sha256]}"))
            continue
        first[entry.sha256] = entry.shown
        try:
            facts = pickle.loads((folder.facts / entry.key).read_bytes())
        except Exception:  # whatever damaged bytes make of the unpickler
            raise GraphError(
                "damaged graph: kept facts cannot be read; build it anew with --fresh",
                path=str(folder.facts / entry.key),
            ) from None
        yield from facts


def _count(corpus: Corpus, summary: BuildSummary) -> None:
    for file in corpus.files:
        source = file.facts.source
        odd = (source.path, source.encoding)
        if source.encoding.lower() not in ("utf-8", "utf-8-sig", "ascii") and odd not in summary.encodings[-1:]:
            summary.encodings.append(odd)  # once, also for the many rows of a register
        summary.references += len(file.facts.references)
        summary.relations += len(file.facts.relations)
        summary.actions += len(file.facts.actions)
    summary.documents = len(corpus.documents)
    summary.bodies = len(corpus.bodies)
    summary.undated = sum(1 for d in corpus.documents.values() if d.kind == "numbered" and not d.date and not d.year)
    summary.unresolved = sum(1 for d in corpus.documents.values() if d.candidates or d.scope is None)


_BATCH = 1_000_000
"""Quads that the engine writes as one sorted run. What lies in several is merged: questions then take a half to a third of the time,
for a fifth more time to build and two thirds more room on the disk."""


def _write(corpus: Corpus, made: _Manifest, generation: Path, base: str, tell: Progress) -> int:
    store = pyoxigraph.Store(str(generation))
    count = 0

    def counted() -> Iterator[pyoxigraph.Quad]:
        nonlocal count
        unread = [(_shown(path), reason) for path, reason in made.unread]
        for quad in quads(corpus, base, home=home_place(made.home), unread=unread):
            count += 1
            if count % 100_000 == 0:
                tell("write", count, 0)
            yield quad

    store.bulk_extend(counted())
    if count > _BATCH:
        store.optimize()
    store.flush()
    del store
    tell("write", count, count)
    return count


def _shown(path: str) -> str:
    """A path as people are shown it: below the folder where the build runs, without that folder."""
    here = os.getcwd() + os.sep
    return path.removeprefix(here)


def _forget(folder: Folder, entries: Iterable[_Entry]) -> None:
    """Drop kept facts that the graph no longer rests on."""
    keys = {e.key for e in entries}
    for kept in folder.facts.iterdir():
        if kept.name not in keys:
            kept.unlink(missing_ok=True)
