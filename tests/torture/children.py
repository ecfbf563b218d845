"""Work in child processes, which may be killed at any point of what they write, or where they write it runs full."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph

MEMORY = "/dev/shm" if os.path.isdir("/dev/shm") else None
"""Where files are written at once: a process that is killed does not take with it what it has handed to the system."""
_WRITES = os.O_WRONLY | os.O_RDWR
Death = Callable[[], None]


def apart(attack: str, seed: int, times: int) -> str:
    """Run an attack's file as a process of its own, which has no threads when it forks: what it prints. Raises AssertionError with what
    it says where it fails."""
    done = subprocess.run([sys.executable, attack, str(seed), str(times)], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def in_child(work: Callable[[], Any]) -> tuple[int, Any]:
    """Do some work in a forked child: the number of the signal that ended it, 0 if none did, and what the work returned, as JSON
    holds it. A traceback of the child is raised as an AssertionError."""
    return begin(work)()


def begin(work: Callable[[], Any]) -> Callable[[], tuple[int, Any]]:
    """Begin some work as `in_child` does; what is returned waits for its end."""
    receiver, sender = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiver)
        try:
            said = json.dumps([work(), None])
        except BaseException:
            said = json.dumps([None, traceback.format_exc()])
        with os.fdopen(sender, "w") as stream:
            stream.write(said)
        os._exit(0)
    os.close(sender)

    def end() -> tuple[int, Any]:
        with os.fdopen(receiver) as stream:
            said = stream.read()
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return os.WTERMSIG(status), None
        result, failure = json.loads(said)
        if failure:
            raise AssertionError(failure)
        return 0, result

    return end


def killed() -> None:
    """End this process as kill -9 does."""
    os.kill(os.getpid(), signal.SIGKILL)


def at_write(folder: Path, number: int, death: Death) -> list[str]:
    """Let this process meet its `death` before its write with that number below the folder: a file opened for writing, renamed or
    removed, a folder made or removed, a file synced, a step of the engine. The list that is returned grows by each of them."""
    met: list[str] = []
    below = str(folder)
    one_by_one = threading.Lock()

    def meet(what: str) -> None:
        with one_by_one:
            if len(met) == number:
                death()
            met.append(what)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if not (isinstance(flags, int) and flags & _WRITES):
                return
        elif event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir"):
            path = arguments[0]
        else:
            return
        if isinstance(path, str | bytes | os.PathLike) and os.fsdecode(path).startswith(below):
            meet(f"{event} {os.fsdecode(path)[len(below) :]}")

    sys.addaudithook(hook)
    usual = os.fsync

    def sync(fd: Any) -> None:
        meet("fsync")
        usual(fd)

    os.fsync = sync

    class Store:
        """The engine, whose steps are writes."""

        def __init__(self, path: str) -> None:
            meet("engine: open")
            self._store = pyoxigraph.Store(path)

        def __len__(self) -> int:
            return len(self._store)

        def bulk_extend(self, quads: Any) -> None:
            meet("engine: write")
            self._store.bulk_extend(quads)
            meet("engine: written")

        def flush(self) -> None:
            self._store.flush()
            meet("engine: flushed")

    sys.modules["chidao.graph.write.build"].pyoxigraph = type("engine", (), {**vars(pyoxigraph), "Store": Store})  # type: ignore[attr-defined]
    return met


def at_some_time(seconds: float) -> None:
    """Let this process end as by kill -9 at some time, wherever it is then, also in the middle of a write of the engine."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
