"""By which names a site answers: a page from elsewhere whose name was made to lead here (DNS rebinding) gets nothing."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[a-z0-9_.-]+?)\.?)(?::[0-9]{1,5})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a site beside its addresses. `local`: only addresses of this machine alone are its own; else every address is, since
    nobody can make an address lead elsewhere."""

    names: frozenset[str]
    local: bool

    def __contains__(self, name: str) -> bool:
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return name.lower() in self.names
        return address.is_loopback or not self.local


def names_at(host: str, more: Iterable[str] = ()) -> Names:
    """Return by which names a site answers that listens on an address: its own, this machine's where others reach it, and those given."""
    machine = [] if is_local(host) else [name := socket.gethostname(), f"{name}.local"]
    return Names(frozenset(name.lower() for name in ["localhost", host, *machine, *more]), is_local(host))


def is_local(host: str) -> bool:
    """Does this address answer this machine alone?"""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class KnownHosts:
    """Middleware that answers requests with one Host header, which is among `names` where there are any."""

    def __init__(self, app: ASGIApp, names: Names | None = None) -> None:
        self._app, self._names = app, names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        problem = self._problem(scope) if scope["type"] == "http" else None
        answer = PlainTextResponse(problem + "\n", 400) if problem else self._app
        await answer(scope, receive, send)

    def _problem(self, scope: Scope) -> str | None:
        given = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if len(given) != 1:
            return "a request has one Host header"
        host = _HOST.fullmatch(given[0])
        if host is None:
            return "the Host header is no name"
        name = host["six"] or host["name"]
        if self._names is not None and name not in self._names:
            return f"the site is not called {name[:60]} here; its own names are given with chidao serve --name"
        return None
