"""Connections that are closed when nothing comes: who connects and stays silent, sends a request drop by drop or reads no answer holds
nothing for long."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

_LOOKS = 4
"""In the shortest of the times below."""


class Connection(HttpToolsProtocol):
    """A client's connection, looked at now and then."""

    head_seconds = 20.0
    """Until a request's head is there, from the connection or the answer before."""
    body_seconds = 120.0
    """Until its body is."""
    read_seconds = 60.0
    """In which a client takes nothing of an answer."""
    head_bytes = 1 << 17
    """Of a request's head."""
    at_once = 64
    """Requests that a client may send before it has the first answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._waiting = True
        """For a head."""
        self._since = self._taken = self.loop.time()
        self._bytes = self._unsent = 0
        self._cycles: list[RequestResponseCycle] = []
        self._look_again()

    def connection_lost(self, exc: Exception | None) -> None:
        # The server itself tells the last request alone; an answer to one before would be written to nobody, with a trace in the log.
        for cycle in self._cycles:
            cycle.disconnected = not cycle.response_complete
            cycle.message_event.set()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._waiting:
            self._bytes += len(data)
            if self._bytes > self.head_bytes:
                self._abort()

    def on_headers_complete(self) -> None:
        self._waiting, self._since, self._bytes = False, self.loop.time(), 0
        super().on_headers_complete()
        self._cycles = [*(cycle for cycle in self._cycles if not cycle.response_complete), self.cycle]
        if len(self._cycles) > self.at_once:
            self._abort()

    def on_response_complete(self) -> None:
        self._waiting, self._since = not self.pipeline, self.loop.time()
        super().on_response_complete()

    def shutdown(self) -> None:
        """Let go whom the server would wait for, which stops."""
        if self._cycles and (self._cycles[-1].more_body or self.flow.write_paused):
            self._abort()
        else:
            super().shutdown()

    def _abort(self) -> None:
        for cycle in self._cycles:
            cycle.disconnected = not cycle.response_complete
        self.transport.abort()

    def _look_again(self) -> None:
        self.loop.call_later(min(self.head_seconds, self.read_seconds) / _LOOKS, self._look)

    def _look(self) -> None:
        if self.transport.is_closing():
            return
        now, unsent = self.loop.time(), self.transport.get_write_buffer_size()
        if not unsent or unsent != self._unsent:
            self._taken, self._unsent = now, unsent
        if self._overdue(now):
            self._abort()
        else:
            self._look_again()

    def _overdue(self, now: float) -> bool:
        cycle: Any = self.cycle
        if self._waiting:
            return now - self._since > self.head_seconds
        if cycle is not None and cycle.more_body and not cycle.response_complete:
            return now - self._since > self.body_seconds
        return now - self._taken > self.read_seconds
