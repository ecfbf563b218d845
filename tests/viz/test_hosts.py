"""By which names the site answers: its own, and no others that lead to it."""

from __future__ import annotations

import http.client
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from chidao.viz.web.guard.hosts import is_local, names_at
from chidao.viz.web.serving.app import make_app


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("127.1.2.3", True),
        ("0.0.0.0", False),
        ("192.168.1.5", False),
        ("example.org", False),
    ],
)
def test_what_is_local(host: str, local: bool) -> None:
    assert is_local(host) is local


MACHINE = socket.gethostname()


# where it listens, names given; Host -> answered?
@pytest.mark.parametrize(
    ("host", "names", "answered", "refused"),
    [
        ("127.0.0.1", [], ["127.0.0.1", "127.0.0.1:80", "localhost:8000", "LOCALHOST.", "[::1]:80"], ["192.168.1.5", "0.0.0.0", "evil.example", "127.0.0.1.evil.example"]),
        ("::1", [], ["[::1]:8000", "[::1]", "localhost:8000"], ["evil.example:8000", "[2001:db8::1]", "::1", "[::1", "[::1]evil.example"]),
        ("localhost", ["vp.example"], ["vp.example:80", "localhost"], ["evil.example"]),
        ("0.0.0.0", [], ["192.168.1.5:8000", "[2001:db8::1]:8000", MACHINE, f"{MACHINE}.local:80"], ["evil.example", f"{MACHINE}.evil.example"]),
        ("::", ["vp.example"], ["vp.example", "VP.example:8000", "10.0.0.1"], ["evil.example", "vp.example.evil.example"]),
        ("vp.example", [], ["vp.example"], ["evil.example"]),
        ("127.0.0.1", [], [], ["", "a b", "localhost:80:80", "localhost/", "user@localhost", "localhost:x", "localhost,evil.example"]),
    ],
)  # fmt: skip
def test_each_address_has_its_names(
    sample_graph: Path, host: str, names: list[str], answered: list[str], refused: list[str]
) -> None:
    with TestClient(make_app(sample_graph, hosts=names_at(host, names))) as client:
        for name in answered:
            assert client.get("/api/stats", headers={"host": name}).status_code == 200, name
        for name in refused:
            answer = client.get("/api/stats", headers={"host": name})
            assert answer.status_code == 400 and "figures" not in answer.text, name


@pytest.mark.parametrize("second", ["127.0.0.1", "evil.example"])
def test_two_host_headers_are_refused(address: str, second: str) -> None:
    asks = http.client.HTTPConnection(urlsplit(address).netloc)
    asks.putrequest("GET", "/api/stats", skip_host=True)
    asks.putheader("Host", "127.0.0.1")
    asks.putheader("Host", second)
    asks.endheaders()
    answer = asks.getresponse()
    assert answer.status == 400 and b"figures" not in answer.read()
    asks.close()
