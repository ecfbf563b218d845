"""What runs in a process that answers pages, the API and drafts: the whole site, one request after another.

    python -m chidao.viz.web.serving.page_process '{"graph": "DIR", "upload": BYTES, "memory": BYTES, "workspace": "DIR", "drafts": BOOL}'

A question (`chidao.graph.worker` has the frames) is a request without its body, a body, and the seconds it may take; an answer the status,
the headers, the trace of a fault of ours or "", and a body. What a first request would have to wait for is loaded before (`main`), or while
none comes (`readying`).
"""

from __future__ import annotations

import asyncio
import gc
import json
import signal
import sys
import threading
import traceback
from importlib import import_module
from typing import Any

from starlette.applications import Starlette
from starlette.types import Message

from chidao.graph.worker import Frame, give_back, limit_memory, pipes, serve
from chidao.graph.workspace import Workspace
from chidao.viz.web.guard.apart import HOME
from chidao.viz.web.serving.page_app import make_pages
from chidao.viz.web.serving.readying import readying
from chidao.viz.web.sitemap import route

_SEARCHING = {route("search"), "/api/search", "/api/suggest"}


async def respond(site: Starlette, asked: dict[str, Any], body: bytes) -> Frame:
    """Put a request to the site; its whole answer."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
    head: dict[str, Any] = {"status": 500, "headers": [], "trace": ""}
    said = bytearray()

    async def receive() -> Message:
        if not waiting:
            await asyncio.Event().wait()  # the client stays: who leaves ends the process
        return waiting.pop()

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            head["status"] = message["status"]
            head["headers"] = [(n.decode("latin-1"), v.decode("latin-1")) for n, v in message["headers"]]
        else:
            said.extend(message.get("body", b""))

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": asked["method"], "path": asked["path"],
        "raw_path": asked["path"].encode(), "query_string": asked["query"].encode("latin-1"), "root_path": asked["root_path"],
        "scheme": asked["scheme"], "server": asked["server"], "client": None,
        "headers": [(n.encode("latin-1"), v.encode("latin-1")) for n, v in asked["headers"]],
        "state": {"writer": asked["writer"]},
    }  # fmt: skip
    try:
        await site(scope, receive, send)
    except MemoryError:
        return {"why": "memory"}, b""
    except Exception:
        head["trace"] = traceback.format_exc()
    return head, said


def main() -> None:
    """Answer until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends its processes
    asking = pipes()
    given = json.loads(sys.argv[1])
    workspace = Workspace(given["workspace"]) if given["workspace"] else None
    site = make_pages(given["graph"], max_upload=given["upload"], workspace=workspace)
    # The tables are looked at, outside of Python for the most part, while what follows is loaded.
    looking = threading.Thread(target=site.state.snapshots.current().store.look)
    looking.start()
    loop = asyncio.new_event_loop()
    meanwhile = None if given["drafts"] else readying()
    if given["drafts"]:
        import_module("chidao.graph.proofread.check")
    else:
        import_module("chidao.extract.mentions.references")  # by which what people type is read
        loop.run_until_complete(respond(site, HOME, b""))
    looking.join()
    give_back()
    gc.freeze()  # what stays for good is not looked through again
    limit_memory(given["memory"])

    def prepare(asked: dict[str, Any]) -> None:
        """What searching needs is made once for a generation, and is not the work of who searches first."""
        if asked["path"] in _SEARCHING:
            site.state.snapshots.current().graph.index  # noqa: B018

    serve(asking, lambda asked, body: loop.run_until_complete(respond(site, asked, body)), prepare, meanwhile)


if __name__ == "__main__":
    main()
