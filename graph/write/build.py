"""Build a graph from files: extract each, resolve all, write a new generation.

A build adds the named files and folders to what the graph already holds; files that vanished from a named folder are
retracted. A file or folder that cannot be read just now is a failure, and the graph keeps what it knows of it. Facts
are kept by content and rule version, so an unchanged file is not read again; when nothing changed at all, nothing is
written.
"""

from __future__ import annotations

import gc
import os
import random
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph

from chidao.extract.errors import ChidaoError, NotADocumentError, SourceError, fault_of
from chidao.extract.formats.archive import is_packed
from chidao.extract.formats.sandbox import Call, Readers
from chidao.extract.iris import BASE
from chidao.extract.language.kept_patterns import kept_patterns
from chidao.extract.resolved import Correction
from chidao.graph import disk, seal
from chidao.graph.corrections import checksum, read_corrections
from chidao.graph.store import Folder, GraphError, open_generation
from chidao.graph.tables.kept import are_whole, forget_tables, make_tables, tables_of
from chidao.graph.workspace import Workspace, workspace_of
from chidao.graph.write.files import NO_DOCUMENTS, TABLES, covering, find_files, is_there, state_of
from chidao.graph.write.kept import KeptFacts
from chidao.graph.write.manifest import Entry, Manifest, Progress, Told, read_manifest, read_noted
from chidao.graph.write.reading import digest_of, facts_call, members_of

_FACTS_LOOKED_AT = 1000
"""Files whose kept facts a build compares with their checksums, likewise; those that it needs it compares in any case."""
_COLLECTED = 200_000
"""Objects that are new before the youngest are looked at for cycles."""
Met = Callable[[str, str | None], None]
"""Called with each file as people are shown it: None when it was read, else why it was left out."""
Each = Callable[[Iterable[Call]], Iterator["bytes | SourceError"]]
"""Does calls and yields for each its answer, or why there is none, in their order."""


@dataclass(slots=True)
class BuildSummary:
    """What a build did. `skipped` holds (path, reason) of files that were left out; `failed` the ones that should have
    been read and could not be, `encodings` (path, encoding) of those that are not UTF-8, `removed` the paths of files whose facts
    were taken out because they are gone. `corrected` counts the corrections by hand that hold, `to_review` those that do not find what
    they are about any more. `notes` says what else a user should know: that the home was left out or has changed."""

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
    corrected: int = 0
    to_review: int = 0
    quads: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    encodings: list[tuple[str, str]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


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
    workspace: Workspace | None = None,
    met: Met | None = None,
    called: Mapping[str, str] | None = None,
    each: Each | None = None,
) -> BuildSummary:
    """Build or extend the graph at `graph_dir` from files and folders; without any, only with what people have corrected since.

    `home` names the jurisdiction of documents that do not say their own; the graph remembers it, so None means the one of the
    build before and "" none at all. `columns` says which column of a register holds what
    (see `chidao.extract.registers.rows`). `workspace` holds the corrections by hand, that of the graph where none is
    named. `called` says what people are shown in the place of a folder's path. `each` reads the files in the place of this machine's
    processors (see `chidao.graph.cluster`). Files that cannot be read are listed in the summary and the others are done. Raises GraphError
    when the folder is damaged, in use or cannot be written, and ChidaoError for an unknown home or a base that is no IRI.
    """
    if home:
        from chidao.extract.language.jurisdictions import home_place  # with the rules

        home_place(home)
    _check_base(base)
    corrections = read_corrections(workspace or workspace_of(graph_dir))
    tell = progress or (lambda step, done, total: None)
    given = [Path(p) for p in paths]
    summary = BuildSummary()
    folder = Folder(graph_dir)
    facts = KeptFacts(folder.facts)
    with seldom_collected(), Readers(jobs) as readers, folder.locked(mend=fresh) as moved:
        summary.notes += moved
        manifest = read_manifest(folder, base, fresh=fresh)
        before = list(manifest.entries)
        known = Known(before)
        files, missing = find_files(given, partial(members_of, readers=readers), known.is_packed)
        summary.failed += missing
        home = _remembered(home, manifest.home, summary)
        kept = _kept(before, given, [Path(path) for path, _ in missing])
        named = frozenset(os.path.abspath(p) for p in given if not p.is_dir())
        declared = Entry("", "", home, tuple(sorted((columns or {}).items())))
        shown = partial(_as_called, called or {})
        reader = _Reader(facts, known, kept, named, declared, summary, fresh, shown, met)
        reader.read(files, readers, tell, each or readers.each)
        reader.forget_moved()
        if not reader.entries:
            if summary.failed or summary.skipped:
                return summary
            raise ChidaoError("nothing to build from: no files here", path=", ".join(map(str, given)))
        ordered = [reader.entries[path] for path in sorted(reader.entries)]
        summary.kept = len(ordered) - summary.read
        summary.removed = [e.shown for e in before if e.path not in reader.entries and not _failed(e, summary)]
        unread = _unread(manifest, given, summary)
        after = Manifest(base, tuple(ordered), home, unread, corrections=checksum(corrections))
        with _facts_fit(folder):
            _write_changes(folder, facts, manifest, after, corrections, summary, tell)
    return summary


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for cycles of objects less often: a build holds many objects and hardly a cycle; to look at all of them takes a tenth of it."""
    former = gc.get_threshold()
    gc.set_threshold(_COLLECTED, *former[1:])
    try:
        yield
    finally:
        gc.set_threshold(*former)


@contextmanager
def _facts_fit(folder: Folder) -> Iterator[None]:
    """Tell of kept facts that mean nothing together, as forged ones may, in a line. Raises GraphError."""
    try:
        yield
    except (ChidaoError, OSError):
        raise
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        raise GraphError(
            f"damaged graph: what it kept of its files does not fit together ({fault_of(error)}); build it anew with --fresh, "
            "and if that fails too, please report it", path=str(folder.path),
        ) from None  # fmt: skip


def _write_changes(
    folder: Folder, facts: KeptFacts, manifest: Manifest, after: Manifest, corrections: Sequence[Correction],
    summary: BuildSummary, tell: Progress,
) -> None:  # fmt: skip
    """Resolve what is kept, and publish it where the manifest has changed or the current generation is damaged."""
    damage = _damage(folder)
    if damage and after == manifest:
        summary.notes.append(f"the graph was damaged ({damage}); it is written anew from the facts that are kept")
    first = _first_of_each(after.entries, summary)
    if after == manifest and not damage and manifest.told:
        summary.unchanged = True
        _tell(manifest.told, summary)
    else:
        with kept_patterns("building"):  # it loads the rules
            from chidao.graph.write.publishing import publish
        tell("resolve", 0, 1)
        was = set(map(id, manifest.entries))  # what is as it was is the same object
        facts.last({entry.key for entry in after.entries if id(entry) not in was})
        summary.quads, told = publish(folder, facts, first, corrections, after, None if damage else manifest, tell)
        _tell(told, summary)
    _mend(folder, made=not summary.unchanged)


def _kept(before: Iterable[Entry], given: list[Path], lost: list[Path]) -> list[Entry]:
    """What stays of the files before: those that are not named now, and those below what is missing or cannot be listed; but a file
    that is to be read again and is gone does not."""
    is_lost, is_given = covering(lost), covering(given)
    there = (e for e in before if e.sha256 or is_there(e.path))
    return [e for e in there if is_lost(e.path) or not is_given(e.path)]


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


def _unread(manifest: Manifest, given: list[Path], summary: BuildSummary) -> tuple[tuple[str, str], ...]:
    """The files that this graph leaves out, with why: those of this build, and earlier ones that it did not look at."""
    met = {os.path.abspath(path): reason for path, reason in (*summary.skipped, *summary.failed)}
    # A library's words may name an object by its place in memory, which is another one each time.
    now = {
        path: re.sub(r"\s*<[^<>]* at 0x[0-9a-f]+>", "", why)
        for path, why in met.items()
        if os.path.exists(path) or "!" in path
    }
    is_given = covering(given)
    kept = {path: reason for path, reason in manifest.unread if not is_given(path)}
    return tuple(sorted({**kept, **now}.items()))


def _failed(entry: Entry, summary: BuildSummary) -> bool:
    return any(os.path.abspath(path) == entry.path for path, _ in summary.failed)


def _mend(folder: Folder, *, made: bool) -> None:
    """Make the tables and the index of the current generation anew where they are not as they were written, and drop those of others. What
    was `made` just now is looked at no more, if it is there."""
    from chidao.graph.index.kept_index import forget_indexes, is_whole

    generation = folder.current()
    there = [place.name for place in folder.generations.iterdir()]
    tables = tables_of(folder.tables, generation.name)
    sound = disk.is_file(tables) if made else are_whole(tables, seal.mark(generation), seal.SOME)
    if not sound:
        make_tables(tables, seal.mark(generation), open_generation(generation))
    forget_tables(folder.tables, there, generation.name)
    if not made and not is_whole(folder.search / generation.name, seal.mark(generation), tables=sound):
        from chidao.graph.write.publishing import index  # which loads the rules

        index(folder, read_noted(generation), generation)
    forget_indexes(folder.search, there)


def _check_base(base: str) -> None:
    try:
        iri = pyoxigraph.NamedNode(f"{base}/")
        if not urlsplit(iri.value).scheme:
            raise ValueError("relative")
    except ValueError:
        raise ChidaoError(f"no IRI to put names below: {base!r}") from None


def _damage(folder: Folder) -> str | None:
    """What is wrong with the current generation, in one line, None where it is as it was written."""
    try:
        return next((str(found) for found in seal.damage(folder.current(), seal.SOME)), None)
    except GraphError as error:
        return error.message


class Known:
    """The files of the build before, by their absolute paths, and which of them are as they were. Each file is looked at once, before
    anything of it is read."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = {entry.path: entry for entry in entries}
        self._states: dict[str, str] = {}
        self._folders: dict[str, str] = {}

    def name(self, path: str) -> str:
        """Return the absolute path of a file; that of a folder is made once for all files in it."""
        if path in self.entries:
            return path
        folder, name = os.path.split(path)
        if name in ("", os.curdir, os.pardir):
            return os.path.abspath(path)
        if folder not in self._folders:
            self._folders[folder] = os.path.join(os.path.abspath(folder), "")
        return self._folders[folder] + name

    def is_packed(self, path: str) -> bool:
        """Return whether a file may be an archive: what is as it was is none."""
        return self.as_it_was(self.name(path)) is None and is_packed(path)

    def state(self, path: str) -> str:
        """Return the state of a file when it was first asked for."""
        if path not in self._states:
            self._states[path] = state_of(path)
        return self._states[path]

    def as_it_was(self, path: str) -> Entry | None:
        """Return what is known of a file that is in the state in which it was, so that its sum need not be made again."""
        entry, state = self.entries.get(path), self.state(path)
        return entry if entry and state and state == entry.state and entry.sha256 else None


class _Reader:
    """Brings the facts of files into the keep.

    `entries` by path are what the next generation is built from: at first what is kept of the one `before`. What of these is without a
    sum, or has facts that are damaged, is read again. A document that cannot be read is a failure; what is no document, and a table that
    is no register, is one when it was `named` itself or known before, and a skip when it merely lay in a folder. `declared` says what
    holds of new files, `shown` how people are told of a path, and `met` is told of each file."""

    def __init__(
        self, facts: KeptFacts, known: Known, kept: Iterable[Entry], named: frozenset[str], declared: Entry,
        summary: BuildSummary, fresh: bool, shown: Callable[[str], str], met: Met | None,
    ) -> None:  # fmt: skip
        self.entries = {entry.path: entry for entry in kept}
        self._known, self._before = known, known.entries
        self._facts, self._named, self._declared = facts, named, declared
        self._summary, self._fresh = summary, fresh
        self._shown, self._met = shown, met or (lambda shown, why: None)
        self._turn = random.randrange(len(self._before) or 1)

    def read(self, files: Iterable[str], readers: Readers, tell: Progress, each: Each) -> None:
        """Read these files and those to be read again, as far as their facts are not kept yet; `each` does the calls."""
        again = [entry.path for entry in self.entries.values() if not entry.sha256 or not self._facts.holds(entry.key)]
        todo = [(path, entry) for path in (*files, *again) if (entry := self._look(path, readers)) is not None]
        calls = [facts_call(path, entry) for path, entry in todo]
        for done, ((path, entry), outcome) in enumerate(zip(todo, each(calls), strict=True), 1):
            tell("extract", done, len(todo))
            if isinstance(outcome, SourceError):
                self._refuse(path, outcome)
                self.entries.pop(entry.path, None)
            else:
                self._keep(entry, outcome)

    def forget_moved(self) -> None:
        """Leave out the files that are gone from where they were and stand somewhere else now, in another folder or under another name."""
        if len({entry.sha256 for entry in self.entries.values()}) == len(self.entries):
            return
        same: dict[str, list[str]] = {}
        for path, entry in self.entries.items():
            same.setdefault(entry.sha256, []).append(path)
        for paths in same.values():
            there = [path for path in paths if is_there(path)] if len(paths) > 1 else paths
            for path in paths if there else ():
                if path not in there:
                    del self.entries[path]

    def _look(self, given: str, readers: Readers) -> Entry | None:
        """The entry of a file that must be read; None when its facts are kept or it is refused."""
        name = self._known.name(given)
        same = None if self._fresh else self._known.as_it_was(name)
        try:
            suffix = name[name.rfind(".") :] if "." in name else ""
            if suffix.lower() in NO_DOCUMENTS and os.path.splitext(name)[1] and not self._is_known(name):
                raise NotADocumentError(f"not read: {suffix} is no document; name the file itself to read it")
            digest = same.sha256 if same else digest_of(given, readers)
        except SourceError as error:
            gone = isinstance(error.__context__, OSError)
            self._refuse(given, error, gone=gone)
            if gone and name in self._before and self._before[name].sha256:
                self.entries[name] = self._before[name]  # it is there and may be read again another time
            else:
                self.entries.pop(name, None)
            return None
        said = self.entries.get(name, self._declared)
        if same and (same.home, same.columns) == (said.home, said.columns):
            entry = same
        else:
            shown = self._before[name].shown if name in self._before else self._shown(given)
            entry = replace(said, path=name, sha256=digest, shown=shown, state=self._known.state(name))
        if self._fresh or not self._holds(entry):
            return entry
        self.entries[name] = entry
        return None

    def _holds(self, entry: Entry) -> bool:
        """Are the facts of a file kept? Of many files only some are compared with their checksums."""
        self._turn = (self._turn + 1) % (len(self._before) or 1)
        holds = self._facts.holds if self._turn < _FACTS_LOOKED_AT else self._facts.has
        return holds(entry.key)

    def _is_known(self, name: str) -> bool:
        return name in self._named or name in self.entries

    def _refuse(self, name: str, error: SourceError, *, gone: bool = False) -> None:
        self._met(self._shown(name), error.message)
        other = isinstance(error, NotADocumentError) or Path(name).suffix.lower() in TABLES
        failure = gone or not other or self._is_known(os.path.abspath(name))
        (self._summary.failed if failure else self._summary.skipped).append((name, error.message))

    def _keep(self, entry: Entry, facts: bytes) -> None:
        self._facts.put(entry.key, facts)
        self.entries[entry.path] = entry
        self._summary.read += 1
        self._met(entry.shown, None)


def _first_of_each(entries: Iterable[Entry], summary: BuildSummary) -> list[Entry]:
    """The entries without copies, which say nothing more and are noted as left out."""
    first: dict[str, Entry] = {}
    for entry in entries:
        if entry.sha256 in first:
            summary.skipped.append((entry.shown, f"same content as {first[entry.sha256].shown}"))
        else:
            first[entry.sha256] = entry
    return list(first.values())


def _tell(told: Told, summary: BuildSummary) -> None:
    for count in fields(told):
        setattr(summary, count.name, getattr(told, count.name))
    summary.encodings = list(told.encodings)


def _as_called(called: Mapping[str, str], path: str) -> str:
    """A path with what a folder is called in the place of the folder's own path.

    >>> _as_called({"/srv/van-ban": "văn bản"}, "/srv/van-ban/a.docx"), _as_called({}, "a.docx")
    ('văn bản/a.docx', 'a.docx')
    """
    return next((name + path[len(at) :] for at, name in called.items() if path.startswith(at + os.sep)), path)
