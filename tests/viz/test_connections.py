"""Connections on which nothing comes are closed; those that are at work stay."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from chidao.viz.web.guard.connections import Connection

pytestmark = pytest.mark.slow


class Hasty(Connection):
    head_seconds, body_seconds, read_seconds, head_bytes = 0.4, 0.4, 0.4, 5000


@pytest.fixture(scope="module")
def hasty(sample_graph: Path, serving: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    with serving(sample_graph, http=Hasty) as address:
        yield address


def closed(address: str, sent: bytes) -> bytes:
    """Send and wait until the other end closes; what came before."""
    where = urlsplit(address)
    with socket.create_connection((where.hostname or "", where.port or 0)) as connection:
        connection.sendall(sent)
        came = b""
        try:
            while piece := connection.recv(1 << 16):
                came += piece
        except ConnectionError:
            pass
        return came


@pytest.mark.parametrize(
    ("sent", "answered"),
    [
        (b"", False),
        (b"GET /api/stats HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ", False),
        (
            b"POST /api/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nab",
            False,
        ),
        (b"GET /api/stats HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 100_000, False),
        (b"GET /api/stats HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", True),
        (
            b"GET /api/stats HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET /api/stats HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET",
            True,
        ),
    ],
    ids=[
        "nothing",
        "half a head",
        "half a body",
        "an endless head",
        "silence behind a request",
        "two at once and a bit",
    ],
)
def test_silence_is_ended(hasty: str, sent: bytes, answered: bool) -> None:
    assert closed(hasty, sent).startswith(b"HTTP/1.1 200") is answered


def test_who_reads_no_answer_is_let_go(hasty: str, caplog: pytest.LogCaptureFixture) -> None:
    where = urlsplit(hasty)
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        connection.connect((where.hostname or "", where.port or 0))
        connection.sendall(b"GET /graph/classic HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 40)
        assert httpx.get(f"{hasty}/api/stats", timeout=None).status_code == 200
        # The other end has gone once writing fails.
        with pytest.raises(ConnectionError):
            while True:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 100)
    assert not caplog.records


def test_a_long_answer_is_waited_for(hasty: str) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?a a chidao:Source . ?b a chidao:Source . ?c a chidao:Source . ?g ?h ?i }"
    answer = httpx.get(f"{hasty}/sparql", params={"query": query}, timeout=None)
    assert answer.status_code == 200
