"""Processes that answer questions and can be killed: no engine or library here ends what takes too long or too much.

    pool = Pool(lambda: [sys.executable, "-m", "…"], time_limit=30)
    head, body = await pool.answer({…})      # in a server
    head, body = pool.ask({…})               # anywhere else

One thread for each process hands it one question at a time over pipes (`worker` holds the other end). A question beyond its time ends its
process, a new process takes the place at once, and the others go on. Threads and pipes, not an event loop's own processes: so it works in
every loop, without one, in a script that has no main module to import again, and on every system. (pebble.ProcessPool over the same worker,
on two shared cores: 0.25 ms for a point query against 0.15, 465 ms to a first answer against 230, and a query of half a second's limit
ended after 4 s against 0.57.)

Clients take turns: the next question is one of the client who has been served least lately, the oldest of his; and none may have all
processes at once nor more than half of the places to wait in.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Literal, NamedTuple, cast

from chidao.extract.errors import ChidaoError
from chidao.graph.worker import LENGTHS, Frame, read_frame

WAITING = 128
"""Questions that may wait for a process."""
Why = Literal["time", "memory", "busy", "died"]
"""What it took too much of; that there was nobody to ask; or that the process ended by itself."""


class Unanswered(Exception):
    """A question without an answer, in one line. `code`: the exit code of a process that died."""

    def __init__(self, message: str, why: Why, code: int | None = None) -> None:
        super().__init__(message)
        self.why, self.code = why, code


class Client(NamedTuple):
    """Who asks: an address, and a program there. Turns go round the addresses first, then round an address's programs."""

    address: str = ""
    program: str = ""


NOBODY = Client()
"""A caller who is alone here."""


@dataclass(eq=False)
class _Job:
    """One question on its way. `process` and when it `began` while it is at it; `ended` says why it was killed."""

    head: dict[str, Any]
    body: bytes
    client: Client
    came: float
    reply: Future[Frame] = field(default_factory=Future)
    process: _Process | None = None
    began: float = 0.0
    ended: str | None = None


class _Process:
    """A process, its pipes, and a folder for its temporary files, which are gone with it however it ends."""

    def __init__(self, command: Sequence[str]) -> None:
        self._folder = tempfile.mkdtemp(prefix="chidao-")
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=-1,
            env=os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self._folder),
        )  # fmt: skip
        self._questions = cast(BinaryIO, self._process.stdin)
        self._answers = cast(BinaryIO, self._process.stdout)

    def ask(self, head: dict[str, Any], body: bytes) -> Frame | None:
        """Its answer; None when it died over the question."""
        said = json.dumps(head).encode()
        try:
            self._questions.write(LENGTHS.pack(len(said), len(body)) + said)
            self._questions.write(body)
            self._questions.flush()
            return read_frame(self._answers)
        except (OSError, ValueError):
            return None

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> int:
        """Its exit code, once it is gone."""
        self._process.kill()
        for pipe in (self._questions, self._answers):
            with contextlib.suppress(OSError, ValueError):
                pipe.close()
        code = self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)
        return code


class Pool:
    """A few processes of one kind, each started when there is work for it."""

    def __init__(
        self,
        command: Callable[[], Sequence[str]],
        size: int,
        time_limit: float,
        *,
        max_waiting: int = WAITING,
        patience: float = 0.0,
    ) -> None:
        """`command` starts a process; where it raises OSError or ChidaoError there is none. An answer may take `time_limit` seconds, and
        `patience` once nobody waits for it any more: where a process is slow to start, to end one costs more than it saves."""
        self._command, self._size, self._limit, self._most = command, size, time_limit, max_waiting
        self._patience = patience
        self._waiting: list[_Job] = []
        self._running: set[_Job] = set()
        self._served: dict[tuple[str, ...], float] = {}
        self._idle = 0
        self._threads: list[threading.Thread] = []
        self._changed = threading.Condition(threading.RLock())
        self._closed = threading.Event()

    # What a caller sees

    def ask(self, head: dict[str, Any], body: bytes = b"", client: Client = NOBODY) -> Frame:
        """Return the answer. Raises Unanswered."""
        job = self._submit(head, body, client)
        try:
            return job.reply.result()
        except BaseException:
            self._leave(job)
            raise

    async def answer(self, head: dict[str, Any], body: bytes = b"", client: Client = NOBODY) -> Frame:
        """Return the answer. Raises Unanswered. A caller that is cancelled frees its process."""
        job = self._submit(head, body, client)
        try:
            return await asyncio.wrap_future(job.reply)
        except asyncio.CancelledError:
            self._leave(job)
            raise

    def full(self, client: Client = NOBODY) -> bool:
        """May this client's next question not even wait?"""
        with self._changed:
            his = sum(waiting.client == client for waiting in self._waiting)
            return len(self._waiting) >= self._most or (client != NOBODY and his >= max(1, self._most // 2))

    def start(self, few: int | None = None) -> None:
        """Start the processes, or a few of them, now rather than with the first questions."""
        with self._changed:
            while len(self._threads) < (few or self._size) and not self._closed.is_set():
                self._hire()

    def close(self) -> None:
        """End all processes; what still runs or waits fails."""
        self._closed.set()
        with self._changed:
            left = list(self._waiting)
            self._waiting.clear()
            for job in self._running:
                self._kill(job, "closed")
            self._changed.notify_all()
        for job in left:
            if job.reply.set_running_or_notify_cancel():
                job.reply.set_exception(Unanswered("the server is stopping", "busy"))
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(timeout=5)
        atexit.unregister(self.close)

    # How it is done

    def _submit(self, head: dict[str, Any], body: bytes, client: Client) -> _Job:
        job = _Job(head | {"seconds": self._limit}, body, client, time.monotonic())
        with self._changed:
            if self._closed.is_set():
                raise Unanswered("the server is stopping", "busy")
            if self.full(client):
                raise Unanswered("too many queries at once; try again in a few seconds", "busy")
            self._waiting.append(job)
            if self._idle < len(self._waiting) and len(self._threads) < self._size:
                self._hire()
            self._changed.notify_all()
        return job

    def _hire(self) -> None:
        if not self._threads:
            atexit.register(self.close)
        name = f"chidao-pool-{len(self._threads) + 1}"
        self._threads.append(threading.Thread(target=self._serve, name=name, daemon=True))
        self._threads[-1].start()

    def _leave(self, job: _Job) -> None:
        """Nobody waits for this answer any more."""
        with self._changed:
            if job in self._waiting:
                self._waiting.remove(job)
        timer = threading.Timer(self._patience, self._end, (job,))
        timer.daemon = True
        timer.start() if self._patience and job.process else self._end(job)

    def _end(self, job: _Job) -> None:
        with self._changed:
            self._kill(job, "left")

    @staticmethod
    def _kill(job: _Job, why: str) -> None:
        """Under the lock: a process that has gone on to another job is let be."""
        if job.process is not None and job.ended is None:
            job.ended = why
            job.process.kill()

    def _serve(self) -> None:
        process = self._process()
        while (job := self._next(process)) is not None:
            frame = process.ask(job.head, job.body) if process else None
            with self._changed:
                self._running.discard(job)
                job.process = None
                if frame is None and job.ended is None and time.monotonic() - job.began >= self._limit:
                    job.ended = "time"  # the worker's own alarm rang
                self._changed.notify_all()  # another of the same client may begin
            gone = None
            if frame is None or job.ended or frame[0].get("why") == "memory":
                gone = process.end() if process else None
                # Another takes its place before anybody asks.
                process = None if self._closed.is_set() else self._process()
            self._tell(job, frame, gone)
        if process:
            process.end()

    def _process(self) -> _Process | None:
        """A new process; None where the system gives none or there is nothing to ask any more."""
        try:
            return _Process(self._command())
        except (OSError, ChidaoError):
            return None

    def _next(self, process: _Process | None) -> _Job | None:
        """The next job, marked as running; None when the pool is closed."""
        while True:
            with self._changed:
                self._idle += 1
                while not self._closed.is_set() and (job := self._turn()) is None:
                    self._changed.wait()
                self._idle -= 1
                if self._closed.is_set() or job is None:
                    return None
                self._waiting.remove(job)
                now = time.monotonic()
                waited = now - job.came
                if waited <= self._limit or not self._running:
                    if not job.reply.set_running_or_notify_cancel():
                        continue
                    job.process, job.began = process, now
                    self._served[job.client] = self._served[job.client[:1]] = now
                    self._running.add(job)
                    return job
            job.reply.set_exception(Unanswered(f"no worker was free for {waited:.0f} seconds; try again later", "busy"))

    def _turn(self) -> _Job | None:
        """The job whose turn it is, of those whose client may have one more process. Under the lock."""
        busy = Counter(job.client for job in self._running)
        share = max(1, self._size - 1)
        free = [job for job in self._waiting if busy[job.client] < share or job.client == NOBODY]
        self._served = {key: at for key, at in self._served.items() if time.monotonic() - at < 10 * self._limit}

        def turn(job: _Job) -> tuple[float, float, float]:
            return self._served.get(job.client[:1], 0.0), self._served.get(job.client, 0.0), job.came

        return min(free, key=turn, default=None)

    def _tell(self, job: _Job, frame: Frame | None, gone: int | None) -> None:
        if frame is not None and frame[0].get("why") != "memory":
            job.reply.set_result(frame)
        elif job.ended == "time":
            job.reply.set_exception(Unanswered(f"it took longer than {self._limit:g} seconds and was ended", "time"))
        elif job.ended:
            job.reply.set_exception(Unanswered("it was ended", "busy"))
        elif gone is None:
            job.reply.set_exception(Unanswered("no worker could be started; try again later", "busy"))
        elif frame is None and gone not in (-6, -9, -11, 3):
            job.reply.set_exception(Unanswered(f"it ended its worker (exit code {gone})", "died", gone))
        else:
            job.reply.set_exception(Unanswered("it needs too much memory", "memory"))
