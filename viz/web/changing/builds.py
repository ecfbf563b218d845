"""The builds that run beside the site: one at a time, in a process of its own that ends with the server; what waits for the next one; and
the folders that are looked at for what has changed."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Literal

from chidao.extract.errors import ChidaoError, SourceError
from chidao.extract.formats.sandbox import Readers
from chidao.graph import disk
from chidao.graph.added import Added, safe_path
from chidao.graph.building import Told, folders_of, last_build, stamp_of
from chidao.graph.store import Folder
from chidao.graph.workspace import Workspace
from chidao.graph.write.files import NO_DOCUMENTS, is_leftover
from chidao.graph.write.reading import check_kind

LOOK_EVERY = 20.0
"""Seconds between two looks at the folders."""
MOST_BYTES = 256 << 20
"""Of one file, as much as a reader takes."""
_ROOM = 256 << 20
"""Bytes that stay free on the disk."""
_NAMED = 1000
"""Files whose outcome is kept for the page, and as many again that could not be read."""
_log = logging.getLogger("chidao")


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of a file that was handed in: as `chidao.graph.added.Kept` says, or "refused", with why."""

    name: str
    state: Literal["new", "same", "both", "replaced", "refused"]
    other: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """What the builds are at: the `run` by its number, 0 before the first; its `state`; where it is (`told`); the files that it has been
    through, with why one was not read; and a number that grows with each change."""

    run: int = 0
    state: Literal["idle", "running", "done", "failed", "cancelled"] = "idle"
    told: Told = field(default_factory=Told)
    files: tuple[tuple[str, str | None], ...] = ()
    read: int = 0
    unread: int = 0
    version: int = 0


class Builds:
    """Whoever makes it starts and closes it. Safe in any number of threads."""

    def __init__(self, graph_dir: str | Path, workspace: Workspace, *, look_every: float = LOOK_EVERY) -> None:
        self.workspace = Workspace(os.path.abspath(workspace.path))
        self.boot = secrets.token_hex(4)
        """Tells this server from the one before, whose runs had the same numbers."""
        self._graph, self._every = os.path.abspath(graph_dir), look_every
        self._lock, self._taking = threading.RLock(), threading.Lock()
        self._closed = threading.Event()
        self._state = State()
        self._process: subprocess.Popen[str] | None = None
        self._working: threading.Thread | None = None
        self._watching: threading.Thread | None = None
        self._again = self._cancelled = False
        self._files = self._reads = True
        """Whether the build that is wanted looks at files, and whether the one that runs does."""
        self._settled = ""
        self._readers: Readers | None = None
        self.looks = 0
        """How often the folders were looked at."""
        self._batch = ""
        self._handed: tuple[Handed, ...] = ()

    # What a page sees

    @property
    def state(self) -> State:
        return self._state

    @property
    def handed(self) -> tuple[Handed, ...]:
        """What became of the files that were handed in last."""
        return self._handed

    @property
    def is_closed(self) -> bool:
        return self._closed.is_set()

    # Building

    def start(self) -> None:
        """Begin to look at the folders."""
        with contextlib.suppress(OSError):
            for left in self.workspace.incoming.iterdir():
                if disk.is_file(left):
                    left.unlink()
        self._settled = last_build(self.workspace).stamp
        self._watching = threading.Thread(target=self._watch, daemon=True, name="chidao-watch")
        self._watching.start()

    def want(self, *, files: bool = True) -> None:
        """Build: now, or again once the build that runs is done. Without `files` no file is looked at: what people have corrected is
        put in."""
        with self._lock:
            if self._closed.is_set():
                return
            self._files = files or (self._again and self._files)
            if self._working:
                self._again = True
                return
            self._begin()
            self._working = threading.Thread(target=self._work, daemon=True, name="chidao-build")
            self._working.start()

    def cancel(self) -> None:
        """End the build that runs, which leaves the graph as it was."""
        with self._lock:
            if self._working:
                self._again, self._cancelled = False, True
                self._kill()

    def close(self) -> None:
        """End what runs and wait until it is gone."""
        self._closed.set()
        self.cancel()
        for thread in (self._working, self._watching):
            if thread and thread is not threading.current_thread():
                thread.join(timeout=10)
        if self._readers:
            self._readers.close()

    def _begin(self) -> None:
        self._again, self._cancelled, self._reads = False, False, self._files
        before = self._state
        self._state = State(before.run + 1, "running", version=before.version + 1)

    def _work(self) -> None:
        while True:
            files, before = self._reads, self._published()
            with contextlib.suppress(ChidaoError):
                self._settled = stamp_of(folders_of(self.workspace)) if files else self._settled
            end = self._build(files)
            with self._lock:
                self._process = None
                now = self._state
                state: Any = end.step
                if self._cancelled:  # maybe a moment too late
                    state = "cancelled" if self._published() == before else "done"
                self._state = replace(now, state=state, told=end, version=now.version + 1)
                if not self._again or self._closed.is_set():
                    self._working = None
                    return
                self._begin()

    def _build(self, files: bool) -> Told:
        """Run one build; the last that it told."""
        jobs = max(1, (os.cpu_count() or 2) - 1)
        given = {"graph": self._graph, "workspace": str(self.workspace.path), "files": files, "jobs": jobs}
        folder = tempfile.mkdtemp(prefix="chidao-")
        try:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "chidao.graph.building", json.dumps(given)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
                env=os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder),
            )  # fmt: skip
            with self._lock:
                self._process = process
                if self._cancelled:
                    self._kill()
            with process:
                assert process.stdout is not None
                told = self._listen(process.stdout)
                code = process.wait()
        except OSError as error:
            return Told("failed", why=f"the build could not be started ({error.strerror or error})")
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        ended = told.step in ("done", "failed")
        return told if ended else Told("failed", why=f"the build ended by itself (exit code {code})")

    def _published(self) -> bytes:
        """What the pointer to the current generation holds."""
        with contextlib.suppress(OSError):
            return disk.read(Folder(self._graph).pointer)
        return b""

    def _listen(self, lines: IO[str]) -> Told:
        told = Told()
        for line in lines:
            try:
                told = Told(**json.loads(line))
            except ValueError:  # half a line: its process was ended
                continue
            with self._lock:
                now = self._state
                named = told.file is not None and len(now.files) < (2 if told.why else 1) * _NAMED
                self._state = replace(
                    now, told=told, version=now.version + 1,
                    files=(*now.files, (str(told.file), told.why)) if named else now.files,
                    read=now.read + (told.file is not None and told.why is None),
                    unread=now.unread + (told.file is not None and told.why is not None),
                )  # fmt: skip
        return told

    def _kill(self) -> None:
        """Under the lock: the process is gone at once, and what it started with it."""
        if self._process:
            self._process.kill()

    # Folders

    def _watch(self) -> None:
        """Build when the folders are not as the last build found them, and nothing in them changes any more."""
        seen, pause = "", self._every
        while not self._closed.wait(pause):
            began = time.monotonic()
            try:
                now = stamp_of(folders_of(self.workspace))
            except (ChidaoError, OSError) as error:
                _log.warning("the watched folders cannot be looked at: %s", error)
                continue
            if now not in (self._settled, "") and now == seen and not self._working:
                self.want()
            seen = now
            self.looks += 1
            pause = max(self._every, 10 * (time.monotonic() - began))  # a slow folder is looked at less often

    # Files that are handed in

    def receive(self, files: Iterable[tuple[str, int, IO[bytes]]], *, replaces: bool, batch: str) -> list[Handed]:
        """Keep files, given by name, size and bytes; what became of each is told also to the page. What is handed in at several times
        under one name of a `batch` is told together. Raises ChidaoError when there is no room for any."""
        with self._taking:
            self.workspace.prepare()
            self.workspace.incoming.mkdir(exist_ok=True)
            self._readers = self._readers or Readers(1)
            added = Added(self.workspace)
            made = [self._take(added, name, size, data, replaces) for name, size, data in files]
            self._handed = (*self._handed, *made) if batch and batch == self._batch else tuple(made)
            self._batch = batch
        return made

    def remove(self, name: str) -> None:
        """Take out a file that was added. Raises ChidaoError."""
        with self._taking:
            try:
                Added(self.workspace).remove(name)
            except OSError as error:
                raise ChidaoError(f"cannot be moved ({error.strerror or error})", path=name) from None

    def _take(self, added: Added, name: str, size: int, data: IO[bytes], replaces: bool) -> Handed:
        shown = safe_path(name).as_posix()
        waiting = self.workspace.incoming / f"{secrets.token_hex(8)}.new"
        try:
            _check(name, size, self.workspace.incoming)
            with waiting.open("xb") as stream:
                shutil.copyfileobj(data, stream, 1 << 20)
            assert self._readers is not None
            check_kind(waiting, self._readers)
            kept = added.keep(name, waiting, replace=replaces)
        except ChidaoError as error:
            return Handed(shown, "refused", why=error.message)
        except OSError as error:
            return Handed(shown, "refused", why=f"cannot be written ({error.strerror or error})")
        finally:
            waiting.unlink(missing_ok=True)
        return Handed(kept.name if kept.state != "same" else shown, kept.state, kept.other)


def _check(name: str, size: int, folder: Path) -> None:
    """Raises SourceError for what is refused before it is looked at."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    path = safe_path(name)
    if any(map(is_leftover, parts)):
        raise SourceError("left beside documents by Word or the system: not read")
    if path.suffix.lower() in NO_DOCUMENTS:
        raise SourceError(f"not read: {path.suffix} is no document")
    if size > MOST_BYTES:
        raise SourceError(f"too large: {size / (1 << 20):,.0f} MB, the limit is {MOST_BYTES >> 20} MB")
    if shutil.disk_usage(folder).free < size + _ROOM:
        raise SourceError("cannot be written (No space left on device)")
