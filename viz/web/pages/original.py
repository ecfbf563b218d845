"""A file as it lies on this machine, for whoever may read its text: only one that the generation was built from, with the bytes that it
had then."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from io import BufferedReader
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from chidao.extract.errors import SourceError
from chidao.extract.formats.archive import split_member
from chidao.extract.formats.sandbox import Readers
from chidao.graph.write.manifest import Entry
from chidao.graph.write.reading import original_of
from chidao.viz.web.catalogue import N_
from chidao.viz.web.snapshots import snapshot_of

_SHA256 = re.compile(r"[0-9a-f]{64}")
_PIECE = 1 << 18
_KNOWN = 1000
"""Files that are remembered."""
_TICK = 2_000_000_000
"""Nanoseconds; the coarsest clock of a file system has two seconds."""
_UNKNOWN = N_("This file is not among those that were read.")
_CHANGED = N_("The file has changed or is gone since it was read; its text is here as it was.")


async def original(request: Request) -> Response:
    """The file with this checksum, to be kept and not to be shown: what runs in it would run as the site."""
    sha256 = request.path_params["sha256"]
    snapshot = snapshot_of(request)
    entries = [entry for entry in snapshot.graph.built.entries if entry.sha256 == sha256]
    if not _SHA256.fullmatch(sha256) or not entries:
        raise HTTPException(404, _UNKNOWN)
    for entry in entries:
        if (found := await run_in_threadpool(_opened, entry, request.app.state.compared)) is not None:
            return _sent(found, entry)
    for entry in entries:
        async with request.app.state.unpacking:
            data = await run_in_threadpool(_member, entry)
        if data is not None:
            return Response(data, headers=_headers(entry, len(data)))
    raise HTTPException(410, _CHANGED)


class Compared:
    """The files that were found to have the bytes that were read, by what a system changes with every change of a file: a large one that is
    asked for again is not read twice."""

    def __init__(self) -> None:
        self._same: dict[str, tuple[int, ...]] = {}

    def is_same(self, stream: BufferedReader, sha256: str) -> bool:
        """Has an open file these bytes? It stands at its beginning afterwards."""
        mark = _mark(stream)
        if self._same.get(sha256) == mark:
            return True
        begun = time.time_ns()
        same = hashlib.file_digest(stream, "sha256").hexdigest() == sha256
        stream.seek(0)
        # What was changed just now may be changed again within the same tick of the system's clock; Windows tells of no change but writing.
        if same and os.name == "posix" and _mark(stream) == mark and begun - mark[-1] > _TICK:
            if len(self._same) >= _KNOWN:
                self._same.clear()
            self._same[sha256] = mark
        return same


def _mark(stream: BufferedReader) -> tuple[int, ...]:
    """Which file it is, its size, and when it was last written and changed in any way."""
    state = os.fstat(stream.fileno())
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns


def _opened(entry: Entry, compared: Compared) -> BufferedReader | None:
    """The file of an entry, open at its beginning, where it is a plain file with the bytes that were read."""
    with suppress(OSError, ValueError):
        # A pipe would wait for who writes into it.
        stream = os.fdopen(
            os.open(entry.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb"
        )
        if stat.S_ISREG(os.fstat(stream.fileno()).st_mode) and compared.is_same(stream, entry.sha256):
            return stream
        stream.close()
    return None


def _member(entry: Entry) -> bytes | None:
    """The bytes of a file in an archive, unpacked in a guarded process."""
    if os.path.lexists(entry.path) or not split_member(entry.path):
        return None
    with suppress(SourceError), Readers(1) as readers:
        data = original_of(entry.path, readers)
        if hashlib.sha256(data).hexdigest() == entry.sha256:
            return data
    return None


def _sent(stream: BufferedReader, entry: Entry) -> Response:
    def pieces() -> Iterator[bytes]:
        while piece := stream.read(_PIECE):
            yield piece

    size = os.fstat(stream.fileno()).st_size
    return StreamingResponse(pieces(), headers=_headers(entry, size), background=BackgroundTask(stream.close))


def _headers(entry: Entry, size: int) -> dict[str, str]:
    name = re.split(r"[/\\!]", entry.shown or entry.path)[-1]
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name) or "file"
    return {
        "Content-Type": "application/octet-stream", "Content-Length": str(size), "Cache-Control": "no-store",
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='', errors='replace')}",
    }  # fmt: skip


routes: list[BaseRoute] = [Route("/original/{sha256}", original, methods=["GET"])]
