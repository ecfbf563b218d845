"""The command that serves the site: where it listens, to whom it answers, how it ends."""

from __future__ import annotations

import http.client
import json
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import pytest

pytestmark = pytest.mark.slow


def start(graph: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "chidao.cli", "serve", "--graph", str(graph), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def get(address: str, **asked: Any) -> httpx.Response:
    """The answer, however long a loaded machine takes for it."""
    return httpx.get(address, timeout=None, **asked)


@pytest.fixture
def running(sample_graph: Path, interruptible: None) -> Iterator[tuple[subprocess.Popen[str], str]]:
    server = start(sample_graph, "--port", "0", "--cors", "https://a.example")
    assert server.stdout is not None
    address = server.stdout.readline().split()[0].rstrip("/")
    yield server, address
    server.kill()
    server.communicate()


def test_it_tells_its_address_answers_and_ends_on_a_signal(running: tuple[subprocess.Popen[str], str]) -> None:
    server, address = running
    assert address.startswith("http://127.0.0.1:")
    assert "Nghị quyết 15-NQ/TW" in get(address + "/").text
    rows = get(address + "/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()
    assert rows["boolean"] is True
    assert get(address + "/api/stats", headers={"origin": "https://a.example"}).headers["access-control-allow-origin"]
    server.send_signal(signal.SIGINT)
    _, errors = server.communicate()
    assert "Traceback" not in errors


def test_it_answers_to_its_own_names_only(running: tuple[subprocess.Popen[str], str]) -> None:
    _, address = running
    port = address.rpartition(":")[2]
    assert get(address + "/api/stats", headers={"host": f"localhost:{port}"}).status_code == 200
    for name in ("evil.example", f"evil.example:{port}", f"127.0.0.1.evil.example:{port}"):
        answer = get(address + "/api/stats", headers={"host": name})
        assert answer.status_code == 400
        assert "figures" not in answer.text


def test_one_signal_ends_it_whatever_it_is_at_and_who_leaves_leaves_no_trace(
    running: tuple[subprocess.Popen[str], str], wait_until: Callable[[Callable[[], object]], None]
) -> None:
    server, address = running
    draft = json.dumps({"text": "Thực hiện Nghị quyết số 15-NQ/TW của Bộ Chính trị.\n" * 200_000})
    endless = "/sparql?" + urlencode({"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"})
    get(address + "/sparql", params={"query": "ASK {}"})
    open_ones = []
    for _ in range(2):
        for method, path, body in (
            ("POST", "/api/check", draft),
            ("GET", endless, None),
            ("POST", "/api/check", draft[:99]),
        ):
            asks = http.client.HTTPConnection(urlsplit(address).netloc)
            length = {"Content-Length": str(len(draft.encode()))} if body else {}
            asks.request(method, path, body and body.encode(), {"Content-Type": "application/json"} | length)
            open_ones.append(asks)
    for asks in open_ones[:3]:
        asks.close()
    wait_until(lambda: len(children(server.pid)) >= 3)
    started = children(server.pid)
    server.send_signal(signal.SIGINT)
    _, errors = server.communicate()
    for asks in open_ones[3:]:
        asks.close()
    assert errors == ""
    wait_until(lambda: not any(map(alive, started)))


def children(pid: int) -> list[int]:
    """The processes that a process has started, where the system tells."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(number) for number in found.stdout.split()]


def alive(pid: int) -> bool:
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return found.stdout.strip()[:1] not in ("", "Z")


def test_a_port_that_is_taken_is_one_line(sample_graph: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        server = start(sample_graph, "--port", str(taken.getsockname()[1]))
        _, errors = server.communicate()
    assert server.returncode == 1
    assert "cannot listen on 127.0.0.1, port" in errors
    assert "Traceback" not in errors


def test_no_graph_is_one_line_where_nobody_may_make_one(tmp_path: Path) -> None:
    server = start(tmp_path, "--read-only")
    _, errors = server.communicate()
    assert (server.returncode, errors.count("\n")) == (1, 1)
    assert "chidao build" in errors


def test_an_open_address_is_told(sample_graph: Path) -> None:
    server = start(sample_graph, "--host", "0.0.0.0", "--port", "0")
    assert server.stdout is not None and server.stderr is not None
    server.stdout.readline()
    assert "everybody who reaches this machine can read the graph" in server.stderr.readline()
    server.terminate()
    server.communicate()


def test_a_long_query_ends_at_the_limit(sample_graph: Path) -> None:
    server = start(sample_graph, "--port", "0", "--time-limit", "1")
    try:
        assert server.stdout is not None
        address = server.stdout.readline().split()[0]
        query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
        answer = get(address + "sparql", params={"query": query})
        assert answer.status_code == 504
        assert "1 seconds" in answer.text
    finally:
        server.terminate()
        server.communicate()


def test_a_store_that_is_damaged_under_a_server_is_told(sample_graph: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    shutil.copytree(sample_graph, graph)
    server = start(graph, "--port", "0")
    assert server.stdout is not None
    address = server.stdout.readline().split()[0]
    for store in (graph / "generations").rglob("*.sst"):
        data = bytearray(store.read_bytes())
        data[::50] = bytes(byte ^ 0xFF for byte in data[::50])
        store.write_bytes(data)
    asked = ("tasks", "api/document?ref=15-NQ/TW", "")
    *answers, home = [httpx.get(address + p, headers={"accept": "text/html"}, timeout=60) for p in asked]
    server.terminate()
    _, errors = server.communicate()
    assert {answer.status_code for answer in answers} <= {422, 500, 503}  # the process that read it may have died of it
    assert home.status_code in {200, 422, 500, 503}  # it has been read before, by the process that got ready with it
    assert not any("internal error" in answer.text for answer in answers)
    assert "Traceback" not in errors
