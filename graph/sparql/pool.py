"""Answer users' queries in processes that can be killed: no engine here ends a query that takes too long or too much.

    workers = Workers(lambda: path_of_store)
    reply = await workers.query("SELECT …")          # in a server
    reply = workers.ask("SELECT …")                  # anywhere else

One thread for each process hands it one query at a time over pipes. A query beyond its time ends its process, a new process takes the
place at once, and the others go on. Queries wait in the order in which they came; beyond a number of them new ones are sent away.
Threads and pipes, not an event loop's own processes: so it works in every loop, without one, in a script that has no main module to
import again, and on every system. (pebble.ProcessPool over the same worker, on two shared cores: 0.25 ms for a point query against
0.15, 465 ms to a first answer against 230, and a query of half a second's limit ended after 4 s against 0.57.)
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from chidao.extract.errors import ChidaoError
from chidao.graph.sparql.process import GRAPHS, LENGTHS, RESULTS, ROWS, read_frame

__all__ = ["GRAPHS", "MEDIA", "RESULTS", "ROWS", "QueryError", "Reply", "Workers"]

MEDIA = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "rows": "application/json",
}
"""The media type of each form of answer."""
MEMORY = 1 << 30
"""Bytes that a query may take beside the open store."""
WAITING = 128
"""Queries that may wait for a worker."""


class QueryError(ChidaoError):
    """A query without an answer. `why`: "malformed", "update", "outside" (refused as such), "form" (no such form of this kind of
    answer), "failed"; or what it took: "time", "large", "memory"; or what is wrong here: "busy", "damaged"."""

    def __init__(self, message: str, why: str, *, path: str | None = None) -> None:
        super().__init__(message, path=path)
        self.why = why


class Reply(NamedTuple):
    """An answer as it is sent: its bytes, their media type, their form ("json", "ttl" …), and its kind: "select", "ask", "graph"."""

    body: bytes
    media: str
    form: str
    kind: str


@dataclass(eq=False)
class _Job:
    """One query on its way. `worker` and when it `began` while it runs; `ended` says why it was killed."""

    asked: dict[str, Any]
    came: float
    reply: Future[Reply] = field(default_factory=Future)
    worker: _Process | None = None
    began: float = 0.0
    ended: str | None = None


class _Process:
    """A worker process and its pipes."""

    def __init__(self, store: Path, memory: int) -> None:
        # -P: what lies in the folder where the server was started is not imported.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "chidao.graph.sparql.process", str(store), str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=-1,
        )
        self._questions = cast(BinaryIO, self._process.stdin)
        self._answers = cast(BinaryIO, self._process.stdout)

    def ask(self, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes] | None:
        """Its answer; None when it died over the question."""
        said = json.dumps(asked).encode()
        try:
            self._questions.write(LENGTHS.pack(len(said), 0) + said)
            self._questions.flush()
            frame = read_frame(self._answers)
        except (OSError, ValueError):
            return None
        return (frame[0], bytes(frame[1])) if frame else None

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> int:
        """Its exit code, once it is gone."""
        self._process.kill()
        for pipe in (self._questions, self._answers):
            with contextlib.suppress(OSError, ValueError):
                pipe.close()
        return self._process.wait()


class Workers:
    """A few processes that answer queries on the current generation of a graph."""

    def __init__(
        self,
        path_of_store: Callable[[], Path],
        size: int = 2,
        time_limit: float = 30.0,
        max_bytes: int = 64 << 20,
        *,
        max_memory: int = MEMORY,
        max_waiting: int = WAITING,
    ) -> None:
        """`path_of_store` names the store of the current generation and is called for every query. A query may take
        `time_limit` seconds, `max_bytes` of answer and `max_memory` bytes (where the system can limit that: Linux)."""
        self._path = path_of_store
        self._size, self._limit, self._bytes = size, time_limit, max_bytes
        self._memory, self._most = max_memory, max_waiting
        self._waiting: deque[_Job] = deque()
        self._running: set[_Job] = set()
        self._idle = 0
        self._threads: list[threading.Thread] = []
        self._changed = threading.Condition()
        self._closed = threading.Event()

    # What a caller sees

    def ask(self, text: str, **how: Any) -> Reply:
        """The answer, waited for. The arguments are those of `query`."""
        job = self._submit(text, **how)
        try:
            return job.reply.result()
        except BaseException:
            self._leave(job)
            raise

    async def query(self, text: str, **how: Any) -> Reply:
        """The answer to a query.

        `results` and `graph` are the forms that a SELECT or ASK and a CONSTRUCT or DESCRIBE should have (see `RESULTS`, `GRAPHS`,
        `ROWS`), None where the caller takes none; `rows` bounds the rows of the form `ROWS`; `default_graphs` and `named_graphs` are
        the IRIs that the SPARQL Protocol gives beside a query. Raises QueryError. A caller that is cancelled frees its worker.
        """
        job = self._submit(text, **how)
        try:
            return await asyncio.wrap_future(job.reply)
        except asyncio.CancelledError:
            self._leave(job)
            raise

    def start(self) -> None:
        """Start the processes now rather than with the first queries."""
        with self._changed:
            while len(self._threads) < self._size:
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
                job.reply.set_exception(QueryError("the server is stopping", "busy"))
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(timeout=5)
        atexit.unregister(self.close)

    # How it is done

    def _submit(
        self,
        text: str,
        *,
        results: str | None = "json",
        graph: str | None = "ttl",
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        rows: int | None = None,
    ) -> _Job:
        asked = {
            "store": os.fspath(self._path()), "query": text, "results": results, "graph": graph,
            "default": list(default_graphs), "named": list(named_graphs), "rows": rows, "bytes": self._bytes,
            "seconds": self._limit,
        }  # fmt: skip
        job = _Job(asked, time.monotonic())
        with self._changed:
            if self._closed.is_set():
                raise QueryError("the server is stopping", "busy")
            if len(self._waiting) >= self._most:
                raise QueryError("too many queries at once; try again in a few seconds", "busy")
            self._waiting.append(job)
            if self._idle < len(self._waiting) and len(self._threads) < self._size:
                self._hire()
            self._changed.notify()
        return job

    def _hire(self) -> None:
        if not self._threads:
            atexit.register(self.close)
        name = f"chidao-query-{len(self._threads) + 1}"
        self._threads.append(threading.Thread(target=self._serve, name=name, daemon=True))
        self._threads[-1].start()

    def _leave(self, job: _Job) -> None:
        """Nobody waits for this answer any more."""
        with self._changed:
            with contextlib.suppress(ValueError):
                self._waiting.remove(job)
            self._kill(job, "left")

    @staticmethod
    def _kill(job: _Job, why: str) -> None:
        """Under the lock: a worker that has gone on to another job is let be."""
        if job.worker is not None and job.ended is None:
            job.ended = why
            job.worker.kill()

    def _serve(self) -> None:
        worker = self._process()
        while (job := self._next(worker)) is not None:
            frame = worker.ask(job.asked) if worker else None
            with self._changed:
                self._running.discard(job)
                job.worker = None
                if frame is None and job.ended is None and time.monotonic() - job.began >= self._limit:
                    job.ended = "time"  # the worker's own alarm rang
            gone = None
            if frame is None or job.ended or frame[0].get("why") == "memory":
                gone = worker.end() if worker else None
                # Another takes its place before anybody asks.
                worker = None if self._closed.is_set() else self._process()
            self._tell(job, frame, gone)
        if worker:
            worker.end()

    def _process(self) -> _Process | None:
        """A new worker; None where the system gives no process or there is no graph any more."""
        try:
            return _Process(self._path(), self._memory)
        except (OSError, ChidaoError):
            return None

    def _next(self, worker: _Process | None) -> _Job | None:
        """The next job, marked as running; None when the pool is closed."""
        while True:
            with self._changed:
                self._idle += 1
                while not self._waiting and not self._closed.is_set():
                    self._changed.wait()
                self._idle -= 1
                if self._closed.is_set():
                    return None
                job = self._waiting.popleft()
                now = time.monotonic()
                waited = now - job.came
                if waited <= self._limit or not self._running:
                    if not job.reply.set_running_or_notify_cancel():
                        continue
                    job.worker, job.began = worker, now
                    self._running.add(job)
                    return job
            job.reply.set_exception(QueryError(f"no worker was free for {waited:.0f} seconds; try again later", "busy"))

    def _tell(self, job: _Job, frame: tuple[dict[str, Any], bytes] | None, gone: int | None) -> None:
        if frame is not None and "form" in frame[0]:
            head, body = frame
            job.reply.set_result(Reply(body, MEDIA[head["form"]], head["form"], head["kind"]))
            return
        if frame is not None and frame[0]["why"] == "damaged":
            from chidao.graph.store import damaged

            error = QueryError(str(damaged(RuntimeError(frame[0]["error"]), job.asked["store"])), "damaged")
        elif frame is not None and frame[0]["why"] != "memory":
            error = QueryError(frame[0]["error"], frame[0]["why"])
        elif job.ended == "time":
            error = QueryError(f"the query took longer than {self._limit:g} seconds and was ended", "time")
        elif job.ended:
            error = QueryError("the query was ended", "busy")
        elif gone is None:
            error = QueryError("no worker could be started; try again later", "busy")
        elif frame is None and gone not in (-6, -9, -11, 3):
            error = QueryError(f"the query ended its worker (exit code {gone})", "failed")
        else:
            size = f"{self._memory >> 20} MB"
            error = QueryError(
                f"the query needs more than {size} of memory; ask for less, or without sorting", "memory"
            )
        job.reply.set_exception(error)
