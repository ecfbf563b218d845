"""Pages, the API and drafts answered in processes that can be killed, so that no request takes the server's time or memory from others."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from chidao.graph.pool import Client, Pool, Unanswered
from chidao.graph.worker import Frame
from chidao.graph.workspace import Workspace
from chidao.viz.web.catalogue import N_
from chidao.viz.web.sitemap import route

MAX_UPLOAD = 20 << 20
"""Bytes of a draft."""
MEMORY = 1 << 30
"""Bytes that an answer may take beside the open graph; what a draft's file is read in has limits of its own."""
DRAFT_SECONDS = 60.0
"""For reading a draft and saying what is to be said of it."""
_DRAFTS_WAITING = 6
"""Each holds its bytes."""
_PATIENCE = 2.0
"""Seconds that an answer goes on for a client who has left."""
_QUIET = 1.5
_ROOM = 1 << 16
"""Bytes of a form around its draft."""
_STATUS = {"time": 504, "memory": 422, "busy": 503, "died": 500}
_SAID = {
    "time": N_("This took too long and was ended; ask for less."),
    "memory": N_("This needs too much memory; ask for less."),
    "busy": N_("Too many requests at once; try again in a few seconds."),
    "died": N_("This ended the process that was at it."),
}
HOME = {
    "method": "GET", "path": route("home"), "query": "", "root_path": "", "scheme": "http", "server": None,
    "headers": [("accept", "text/html")], "writer": None,
}  # fmt: skip
"""The request by which a process shows, and gets, ready."""
_log = logging.getLogger("chidao")


class Apart:
    """An ASGI application that hands each request to a process which runs the whole site (`page_process`). Whoever makes it closes it."""

    def __init__(
        self,
        graph_dir: str | Path,
        *,
        time_limit: float,
        max_upload: int = MAX_UPLOAD,
        draft_seconds: float = DRAFT_SECONDS,
        max_memory: int = MEMORY,
        workspace: Workspace | None = None,
        quiet: float = _QUIET,
    ) -> None:
        """`quiet` are the seconds in which nobody asks for anything behind which a process for drafts is started, if nobody has sent one
        before."""
        self._given = {
            "graph": os.fspath(graph_dir),
            "upload": max_upload,
            "memory": max_memory,
            "workspace": os.fspath(workspace.path) if workspace else None,
        }
        self._upload, self._quiet = max_upload, quiet
        self._asked = 0
        self._pages = Pool(partial(self._command, drafts=False), 3, time_limit, patience=_PATIENCE)
        self._drafts = Pool(
            partial(self._command, drafts=True), 2, max(draft_seconds, time_limit), max_waiting=_DRAFTS_WAITING, patience=_PATIENCE
        )  # fmt: skip

    def _command(self, *, drafts: bool) -> Sequence[str]:
        return [
            sys.executable,
            "-P",
            "-m",
            "chidao.viz.web.serving.page_process",
            json.dumps(self._given | {"drafts": drafts}),
        ]

    def start(self) -> None:
        """Start a process that makes pages before anybody waits for it."""
        self._pages.start(1)

    async def ready(self) -> None:
        """Return when it answers at once. One for drafts is started when it is quiet: it would take the processor from who asks first."""
        with contextlib.suppress(Unanswered):
            await self._pages.answer(HOME)
            self._later = asyncio.ensure_future(self._start_drafts())

    async def _start_drafts(self) -> None:
        asked = -1
        while asked != self._asked:
            asked = self._asked
            await asyncio.sleep(self._quiet)
        self._drafts.start(1)

    def close(self) -> None:
        """End the processes."""
        self._pages.close()
        self._drafts.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        self._asked += 1
        draft = scope["method"] == "POST" and scope["path"].endswith(route("check"))
        pool = self._drafts if draft else self._pages
        client = client_of(Headers(scope=scope), scope)
        if pool.full(client):
            raise HTTPException(503, _SAID["busy"], {"Retry-After": "5"})
        body = await self._received(scope, receive)
        frame = None if body is None else await self._answered(pool, scope, body, client, receive)
        if frame is not None:
            head, said = frame
            if head["trace"]:
                _log.error("%s %s\n%s", scope["method"], scope["path"], head["trace"])
            response = Response(bytes(said), head["status"])
            response.raw_headers = [
                (name.encode("latin-1"), value.encode("latin-1")) for name, value in head["headers"]
            ]
            await response(scope, receive, send)

    async def _received(self, scope: Scope, receive: Receive) -> bytes | None:
        """The body of the request, None when the client has left."""
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            if len(body) > self._upload + _ROOM:
                raise HTTPException(413, f"more than {self._upload >> 20} MB", {"Connection": "close"})
            more = message.get("more_body", False)
        return bytes(body)

    async def _answered(self, pool: Pool, scope: Scope, body: bytes, client: Client, receive: Receive) -> Frame | None:
        """The answer, None when the client has left. Raises HTTPException."""
        running = asyncio.ensure_future(pool.answer(_asked(scope), body, client))
        try:
            if await done_or_left(running, Request(scope, receive)):
                return await running
        except Unanswered as error:
            raise HTTPException(
                _STATUS[error.why], _SAID[error.why], {"Retry-After": "5"} if error.why == "busy" else None
            ) from None
        finally:
            running.cancel()
        return None


async def done_or_left(running: asyncio.Future[Any], request: Request) -> bool:
    """Wait for an answer or until the client has left. Return whether it is there."""
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({running, leaving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        leaving.cancel()
    return running.done()


async def _gone(request: Request) -> None:
    """Return when the client does not wait any more."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def client_of(headers: Headers, scope: Scope) -> Client:
    """Return who asks, to the turns that clients take: the address, and by what it calls itself the program there."""
    return Client((scope.get("client") or ("", 0))[0], headers.get("user-agent", "")[:200])


def _asked(scope: Scope) -> dict[str, object]:
    """The request as a process gets it."""
    return {
        "method": scope["method"], "path": scope["path"], "query": scope["query_string"].decode("latin-1"),
        "root_path": scope.get("root_path", ""), "scheme": scope["scheme"], "server": scope.get("server"),
        "headers": [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]],
        "writer": scope.get("state", {}).get("writer"),
    }  # fmt: skip
