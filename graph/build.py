"""Build a graph from files: extract each, resolve all, write a new generation.

A build adds the named files and folders to what the graph already holds; files that vanished from a named folder are
retracted. Facts are kept by content and rule version, so an unchanged file is not read again; when nothing changed at all,
nothing is written.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyoxigraph

from chidao.extract import RULES, extract_path, resolve
from chidao.extract.errors import ChidaoError, SourceError
from chidao.extract.facts import home_place
from chidao.extract.model import Corpus, Facts
from chidao.extract.records import BASE
from chidao.graph.quads import quads
from chidao.graph.store import Folder, GraphError

FORMAT = "1"
"""Version of what a graph folder holds; another version is built anew."""

Progress = Callable[[str, int, int], None]
"""Called with a step ("extract", "resolve", "write"), how much is done and how much there is."""


@dataclass(slots=True)
class BuildSummary:
    """What a build did. `skipped` holds (path, reason) of files that were left out; `failed` the ones that should have
    been read and could not be, `encodings` (path, encoding) of those that are not UTF-8."""

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


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file in the graph: its path as given, the sha256 of its bytes, the declared home."""

    path: str
    sha256: str
    home: str | None

    @property
    def key(self) -> str:
        return hashlib.sha256(json.dumps([RULES, self.path, self.sha256, self.home]).encode()).hexdigest()


def find_files(paths: Iterable[str | Path]) -> tuple[list[Path], list[tuple[str, str]]]:
    """The files below `paths` in a fixed order, and the paths that name nothing."""
    found: dict[Path, None] = {}
    missing: list[tuple[str, str]] = []
    for given in paths:
        path = Path(given)
        if path.is_dir():
            for root, folders, names in os.walk(path):
                folders[:] = sorted(f for f in folders if not f.startswith("."))
                if (Path(root) / "current").is_file() and (Path(root) / "generations").is_dir():
                    folders[:] = []  # a graph folder is no source
                    continue
                for name in sorted(names):
                    if not name.startswith("."):
                        found.setdefault(Path(root) / name)
        elif path.exists():
            found.setdefault(path)
        else:
            missing.append((str(path), "no such file"))
    return list(found), missing


def build(
    paths: Iterable[str | Path],
    graph_dir: str | Path = "chidao-graph",
    *,
    home: str | None = None,
    base: str = BASE,
    fresh: bool = False,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> BuildSummary:
    """Build or extend the graph at `graph_dir` from files and folders.

    `home` names the jurisdiction of documents that do not say their own. Files that cannot be read are listed in the
    summary and the others are done. Raises GraphError when the folder is damaged, in use or cannot be written, and
    ChidaoError for an unknown home.
    """
    home_place(home)
    tell = progress or (lambda step, done, total: None)
    given = [Path(p) for p in paths]
    files, missing = find_files(given)
    summary = BuildSummary(failed=list(missing))
    folder = Folder(graph_dir)
    named = {str(p) for p in given if not p.is_dir()}
    with folder.locked():
        before = [] if fresh else _manifest(folder, base)
        entries = {e.path: e for e in before if not any(_within(e.path, p) for p in given)}
        _extract(files, named, home, folder, entries, summary, jobs, tell)
        if not entries:
            if summary.failed or summary.skipped:
                return summary
            raise ChidaoError("nothing to build from: no files here", path=", ".join(map(str, given)))
        ordered = [entries[path] for path in sorted(entries)]
        summary.kept = len(ordered) - summary.read
        tell("resolve", 0, 1)
        corpus = resolve(_load(folder, ordered))
        _count(corpus, summary)
        if ordered == before and _intact(folder):
            summary.unchanged = True
            return summary
        generation = folder.next_generation()
        summary.quads = _write(corpus, generation, base, tell)
        folder.publish(generation)
        folder.write(
            folder.manifest,
            json.dumps(
                {
                    "format": FORMAT,
                    "rules": RULES,
                    "base": base,
                    "files": [[e.path, e.sha256, e.home] for e in ordered],
                },
                ensure_ascii=False,
                indent=1,
            ),
        )
        _forget(folder, ordered)
    return summary


def _within(path: str, given: Path) -> bool:
    return Path(path) == given or given in Path(path).parents


def _manifest(folder: Folder, base: str) -> list[_Entry]:
    """What the current generation was built from; nothing when there is none or it was made by other rules."""
    try:
        data = json.loads(folder.manifest.read_text("utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError):
        raise GraphError(
            "damaged graph: its manifest cannot be read; build it anew with --fresh", path=str(folder.manifest)
        ) from None
    if data.get("format") != FORMAT or data.get("base") != base:
        raise GraphError(
            "this graph was built with another base or by another version; build it anew with --fresh",
            path=str(folder.path),
        )
    entries = [_Entry(*row) for row in data["files"]]
    if data.get("rules") != RULES:
        # Other rules give other facts: files that are still there are read again, the rest cannot be kept.
        return [replace(e, sha256="") for e in entries if Path(e.path).exists()]
    return entries


def _intact(folder: Folder) -> bool:
    try:
        folder.current()
    except GraphError:
        return False
    return True


def _extract(
    files: list[Path],
    named: set[str],
    home: str | None,
    folder: Folder,
    entries: dict[str, _Entry],
    summary: BuildSummary,
    jobs: int | None,
    tell: Progress,
) -> None:
    """Facts of every file into the folder's keep. A file that cannot be read is a failure when it was named and a skip
    when it merely lay in a folder."""
    todo: list[tuple[Path, _Entry]] = []
    again = [Path(e.path) for e in entries.values() if not e.sha256]
    for path in [*files, *again]:
        try:
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            summary.failed.append((str(path), error.strerror or str(error)))
            entries.pop(str(path), None)
            continue
        entry = _Entry(str(path), digest, entries[str(path)].home if str(path) in entries else home)
        if (folder.facts / entry.key).exists():
            entries[entry.path] = entry
        else:
            todo.append((path, entry))
    for done, (entry, outcome) in enumerate(_run(todo, jobs), 1):
        tell("extract", done, len(todo))
        if isinstance(outcome, str):
            (summary.failed if entry.path in named else summary.skipped).append((entry.path, outcome))
            entries.pop(entry.path, None)
            continue
        temporary = folder.facts / (entry.key + ".new")
        temporary.write_bytes(outcome)
        os.replace(temporary, folder.facts / entry.key)
        entries[entry.path] = entry
        summary.read += 1


def _run(todo: list[tuple[Path, _Entry]], jobs: int | None) -> Iterator[tuple[_Entry, bytes | str]]:
    workers = min(jobs or os.cpu_count() or 1, len(todo))
    if workers < 2 or len(todo) < 4:
        for path, entry in todo:
            yield entry, _facts_of(path, entry.home)
        return
    with ProcessPoolExecutor(workers) as pool:
        waiting = [(entry, pool.submit(_facts_of, path, entry.home)) for path, entry in todo]
        try:
            for entry, future in waiting:
                try:
                    yield entry, future.result()
                except BrokenProcessPool:
                    yield entry, "reading it killed the worker (out of memory?)"
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _facts_of(path: Path, home: str | None) -> bytes | str:
    """The facts of one file, pickled, without its text; or the reason why there are none. Runs in a worker."""
    try:
        facts = extract_path(path, home)
    except SourceError as error:
        return error.message
    return pickle.dumps([replace(f, source=replace(f.source, text="")) for f in facts], protocol=5)


def _load(folder: Folder, entries: list[_Entry]) -> Iterator[Facts]:
    for entry in entries:
        try:
            yield from pickle.loads((folder.facts / entry.key).read_bytes())
        except (OSError, pickle.UnpicklingError, EOFError, AttributeError):
            raise GraphError(
                "damaged graph: kept facts cannot be read; build it anew with --fresh",
                path=str(folder.facts / entry.key),
            ) from None


def _count(corpus: Corpus, summary: BuildSummary) -> None:
    for file in corpus.files:
        source = file.facts.source
        if source.encoding.lower() not in ("utf-8", "utf-8-sig", "ascii"):
            summary.encodings.append((source.path, source.encoding))
        summary.references += len(file.facts.references)
        summary.relations += len(file.facts.relations)
        summary.actions += len(file.facts.actions)
    summary.documents = len(corpus.documents)
    summary.bodies = len(corpus.bodies)
    summary.undated = sum(1 for d in corpus.documents.values() if d.kind == "numbered" and not d.date and not d.year)
    summary.unresolved = sum(1 for d in corpus.documents.values() if d.candidates or d.scope is None)


def _write(corpus: Corpus, generation: Path, base: str, tell: Progress) -> int:
    store = pyoxigraph.Store(str(generation))
    count = 0

    def counted() -> Iterator[pyoxigraph.Quad]:
        nonlocal count
        for quad in quads(corpus, base):
            count += 1
            if count % 100_000 == 0:
                tell("write", count, 0)
            yield quad

    store.bulk_extend(counted())
    store.flush()
    del store
    tell("write", count, count)
    return count


def _forget(folder: Folder, entries: list[_Entry]) -> None:
    """Drop kept facts that the graph no longer rests on."""
    keys = {e.key for e in entries}
    for kept in folder.facts.iterdir():
        if kept.name not in keys:
            kept.unlink(missing_ok=True)
