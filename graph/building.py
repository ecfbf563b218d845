"""A build of what an office keeps, in a process of its own beside the site: what it reads, what it tells, and what is noted of it.

    python -m chidao.graph.building '{"graph": "DIR", "workspace": "DIR", "files": true, "jobs": 2}'

It reads `WORKSPACE/files/` and the watched folders and adds them to what the graph holds, with what people have corrected; without "files"
it puts in the corrections alone. On standard output it tells in JSON, a line each,
what it is at (`Told`); the last line says how it ended. It ends at once when its standard input does, as whoever started it is gone
then: the graph stays as it was. What it did stands in `WORKSPACE/last-build.json` (`Built`).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pyoxigraph

from chidao.extract.errors import ChidaoError, fault_of
from chidao.extract.iris import BASE
from chidao.graph import disk
from chidao.graph.answers.changes import Changes, Difference, KnownDocument, KnownRelation, KnownTask, changes
from chidao.graph.store import Folder, GraphError, NoGraphError
from chidao.graph.tables.asked import Tabled
from chidao.graph.workspace import Workspace
from chidao.graph.write.build import BuildSummary, build
from chidao.graph.write.files import below
from chidao.graph.write.manifest import read_noted

SHOWN = 50
"""Things of each kind that are noted by name."""
_MOST = 1000
"""Files that could not be read and are noted by name."""
_LOOKED_AT = 200_000
"""Files in all folders that a look at them counts."""
_NICE = 5


@dataclass(frozen=True, slots=True)
class Told:
    """What a build is at: `step` is "extract", "resolve", "write", "compare", and at the end "done" or "failed"; `file` was read or, where
    `why` says so, left out. A build that has failed says why."""

    step: str = "extract"
    done: int = 0
    total: int = 0
    file: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a generation knows that the one before did not: how many, and the first of each. `read` counts the documents of which a file is
    here, `gone` those of which the graph knows no more."""

    documents: int = 0
    read: int = 0
    relations: int = 0
    tasks: int = 0
    gone: int = 0
    first_documents: tuple[KnownDocument, ...] = ()
    first_relations: tuple[KnownRelation, ...] = ()
    first_tasks: tuple[KnownTask, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did that came to its end: when (ISO 8601), from which state of the folders (`stamp`), how many files it read and kept,
    which it could not read, and what was new, with when, by the last one that changed the graph."""

    at: str = ""
    stamp: str = ""
    read: int = 0
    kept: int = 0
    failed: tuple[tuple[str, str], ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: bool = False
    news_at: str = ""
    news: News | None = None


def last_build(workspace: Workspace) -> Built:
    """Return what is noted of the last build; nothing where there was none, or nobody can read it."""
    with contextlib.suppress(OSError, ValueError, RecursionError, msgspec.ValidationError):
        return msgspec.convert(json.loads(disk.read(workspace.built)), Built)
    return Built()


def folders_of(workspace: Workspace) -> dict[str, str]:
    """Return the folders from which a build reads, each with what people are shown in its place. Raises ChidaoError."""
    names: dict[str, str] = {str(workspace.files.absolute()): workspace.files.name}
    for path in workspace.settings().watched:
        name = Path(path).name or path
        free = (name, *(f"{name} ({number})" for number in range(2, 1000)))
        names.setdefault(path, next(word for word in free if word not in names.values()))
    return names


def stamp_of(folders: Iterable[str]) -> str:
    """Return what tells one state of the files in some folders from another, by their names, sizes and times; "" where there are none."""
    digest, found = hashlib.sha256(), False
    left = count(_LOOKED_AT, -1)
    for folder in folders:
        for path in below(Path(folder)):
            with contextlib.suppress(OSError):
                state = path.stat()
                digest.update(f"{path}\0{state.st_mtime_ns}\0{state.st_size}\n".encode("utf-8", "surrogateescape"))
                found = True
            if not next(left):
                break
    return digest.hexdigest() if found else ""


def build_workspace(
    graph_dir: Path, workspace: Workspace, *, files: bool = True, jobs: int | None = None, tell: Callable[[Told], None]
) -> Built:
    """Add an office's files, and its corrections or these alone, to the graph, and note what was done. Raises ChidaoError, and then
    nothing has changed."""
    workspace.prepare()
    settings, former = workspace.settings(), last_build(workspace)
    folders = folders_of(workspace) if files else {}
    stamp = stamp_of(folders)
    before, base = _current(graph_dir)
    now = Told()

    def progress(step: str, done: int, total: int) -> None:
        nonlocal now
        now = replace(now, step=step, done=done, total=total, file=None, why=None)
        tell(now)

    def met(file: str, why: str | None) -> None:
        tell(replace(now, file=file, why=why))

    summary = build(
        folders, graph_dir, home=settings.home, base=base, jobs=jobs, progress=progress, workspace=workspace, met=met, called=folders
    )  # fmt: skip
    if not summary.unchanged:
        tell(replace(now, step="compare", done=0, total=0))
    made = _noted(summary, former, stamp, folders, _news(before, graph_dir) if not summary.unchanged else None)
    if not files:  # which were read the last time, and which were not, holds still
        made = replace(former, at=made.at, unchanged=made.unchanged, news=made.news, news_at=made.news_at)
    _write(workspace, made)
    return made


def _current(graph_dir: Path) -> tuple[Path | None, str]:
    """The generation that is there, and the base of its IRIs."""
    try:
        current = Folder(graph_dir).current()
        return current, read_noted(current).base
    except NoGraphError:
        return None, BASE


def _news(before: Path | None, graph_dir: Path) -> News | None:
    """What is new by the generation that stands there now."""
    try:
        after = Folder(graph_dir).current()
        old = Tabled.open(before) if before else pyoxigraph.Store()
        return news_of(changes(old, Tabled.open(after)))
    except GraphError:  # nothing could be read, or the one before was damaged: there is nothing to compare
        return None


def news_of(found: Changes) -> News:
    """Return the changes as they are noted."""
    documents = sorted(found.documents.new, key=lambda known: (not known.read, known.label))
    gone = {known.iri for known in found.documents.gone} - {known.iri for known in found.documents.new}
    return News(
        documents=len(documents), read=sum(known.read for known in documents), relations=len(found.relations.new),
        tasks=len(found.tasks.new), gone=len(gone), first_documents=tuple(documents[:SHOWN]),
        first_relations=_first(found.relations), first_tasks=_first(found.tasks),
    )  # fmt: skip


T = TypeVar("T")


def _first(found: Difference[T]) -> tuple[T, ...]:
    return found.new[:SHOWN]


def _noted(summary: BuildSummary, former: Built, stamp: str, folders: dict[str, str], news: News | None) -> Built:
    at = datetime.now().astimezone().isoformat(timespec="seconds")

    def called(path: str) -> str:
        return next((name + path[len(f) :] for f, name in folders.items() if path.startswith(f + os.sep)), path)

    told = {
        name: tuple((called(path), why) for path, why in getattr(summary, name)[:_MOST]) for name in ("failed", "skipped")
    }  # fmt: skip
    return Built(
        at=at, stamp=stamp, read=summary.read, kept=summary.kept, removed=tuple(summary.removed[:_MOST]),
        unchanged=summary.unchanged, news_at=at if news else former.news_at, news=news or former.news, **told,
    )  # fmt: skip


def _write(workspace: Workspace, made: Built) -> None:
    text = json.dumps(asdict(made), ensure_ascii=False, indent=1) + "\n"
    with contextlib.suppress(OSError):  # the graph is built; what is noted of it can be missed
        disk.write(workspace.built, text.encode("utf-8", "backslashreplace"))


def _end_with_parent() -> None:
    """End when standard input does; what readers do ends with this process."""
    while sys.stdin.buffer.read(1):
        pass
    os._exit(1)


def main() -> None:
    """Build, and tell of it, until it is done or nobody listens any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this
    if hasattr(os, "nice"):
        os.nice(_NICE)  # who reads the pages comes first
    threading.Thread(target=_end_with_parent, daemon=True).start()
    given: dict[str, Any] = json.loads(sys.argv[1])
    lines = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="backslashreplace")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing else may stand between the lines

    def tell(told: Told) -> None:
        print(json.dumps(asdict(told), ensure_ascii=False), file=lines, flush=True)

    workspace = Workspace(given["workspace"])
    try:
        workspace.prepare()
        os.chdir(workspace.path)  # what people are shown begins below it
        build_workspace(Path(given["graph"]), workspace, files=given["files"], jobs=given["jobs"], tell=tell)
        tell(Told("done"))
    except ChidaoError as error:
        tell(Told("failed", why=str(error)))
    except Exception as error:
        tell(Told("failed", why=f"stopped, by a fault of chidao itself: please report it ({fault_of(error)})"))


if __name__ == "__main__":
    main()
