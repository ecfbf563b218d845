"""Run the site until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette

from chidao.extract.errors import ChidaoError
from chidao.graph.workspace import Workspace
from chidao.viz.web.guard.apart import Apart
from chidao.viz.web.guard.connections import Connection
from chidao.viz.web.guard.hosts import names_at
from chidao.viz.web.sitemap import route

if TYPE_CHECKING:
    from chidao.graph.answers.remote import RemoteGraph


class _Server(uvicorn.Server):
    """Tells where it listens once it answers at once: port 0 means any free one. When it stops, so do its processes, and nobody waits for
    them."""

    def __init__(self, config: uvicorn.Config, app: Starlette, announce: Callable[[str], None]) -> None:
        super().__init__(config)
        self._app, self._announce = app, announce

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        from chidao.viz.web.serving.app import close

        await close(self._app)
        await super().shutdown(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if hasattr(self._app.state, "apart"):
            await self._app.state.apart.ready()
        for server in getattr(self, "servers", ()):
            for listening in server.sockets:
                host, port = listening.getsockname()[:2]
                page = route("add" if self._app.state.snapshots.is_waiting() else "home")
                self._announce(f"http://{f'[{host}]' if ':' in host else host}:{port}{page}")
                return


def serve(
    graph_dir: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    names: Sequence[str] = (),
    cors: Sequence[str] = (),
    time_limit: float = 30.0,
    workspace: Workspace | None = None,
    read_only: bool = False,
    endpoint: RemoteGraph | None = None,
    announce: Callable[[str], None] = print,
) -> None:
    """Serve the graph in a folder; `announce` gets the address when the server listens: of the page on which files are added as long as
    there is no graph. `names` are those by which others know the site,
    beside its addresses and this machine's own. Who sits at this machine may change the `workspace`; without one, and where it is
    `read_only`, the site only shows, as it does a graph behind an `endpoint`.

    Raises GraphError when the graph is damaged, or there is none and nobody may make one, ChidaoError when the address cannot be used."""
    apart = None if endpoint else Apart(graph_dir, time_limit=time_limit, workspace=workspace)
    if apart:
        apart.start()  # it loads what pages need while this process loads what it needs itself
    try:
        from chidao.viz.web.serving.app import make_app

        app = make_app(
            graph_dir, cors=cors, hosts=names_at(host, names), time_limit=time_limit, apart=apart, workspace=workspace,
            read_only=read_only, endpoint=endpoint,
        )  # fmt: skip
    except BaseException:
        if apart:
            apart.close()
        raise
    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", access_log=False, server_header=False, timeout_keep_alive=20,
        timeout_graceful_shutdown=3, http=Connection,
    )  # fmt: skip
    try:
        _Server(config, app, announce).run()
    except KeyboardInterrupt:
        return  # the usual end
    except SystemExit as error:
        # uvicorn ends the process when it cannot bind, having logged why.
        if error.code:
            raise ChidaoError(f"cannot listen on {host}, port {port}") from None
