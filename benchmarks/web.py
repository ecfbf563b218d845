"""How the site stands up to 32 connections at once, for each kind of request.

    python benchmarks/web.py [--graph DIR] [--seconds 30] [--connections 32]

A server is started on a free port of this machine and asked from a second process over connections that stay open; the documents
that are asked for vary. Latencies are of whole answers, in milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).parent.parent
POINT = "SELECT ?p ?o WHERE { <%s> ?p ?o }"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--graph", type=Path, help="folder of a graph (default: one built from samples/)")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--only", help="the kind of request, by a part of its name")
    parser.add_argument("--client", nargs=3, metavar=("ADDRESS", "SECONDS", "CONNECTIONS"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.client:
        address, seconds, connections = given.client
        print(json.dumps(asyncio.run(_load(address, json.load(sys.stdin), float(seconds), int(connections)))))
        return
    with tempfile.TemporaryDirectory() as scratch:
        graph = given.graph or Path(scratch) / "graph"
        if given.graph is None:
            _chidao("build", str(ROOT / "samples"), "--graph", str(graph), "--quiet")
        server = subprocess.Popen(
            [sys.executable, "-m", "chidao.cli", "serve", "--graph", str(graph), "--port", "0"],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split()[0].rstrip("/")
            print(f"{given.connections} connections, {given.seconds:g} s each\n")
            print(f"{'':34}{'requests':>10}{'errors':>8}{'per s':>8}{'p50':>8}{'p95':>8}{'p99':>8}{'worst':>9}")
            for name, paths in _kinds(address).items():
                if given.only and given.only not in name:
                    continue
                done = _client(address, paths, given.seconds, given.connections)
                print(
                    f"{name:34}{done['requests']:>10}{done['errors']:>8}{done['requests'] / given.seconds:>8.0f}",
                    end="",
                )
                print(
                    "".join(f"{done[key]:>8.1f}" for key in ("p50", "p95", "p99")) + f"{done['worst']:>9.1f}",
                    flush=True,
                )
        finally:
            server.terminate()
            server.wait(10)


def _chidao(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "chidao.cli", *arguments], check=True, stdout=subprocess.DEVNULL)


def _kinds(address: str) -> dict[str, list[str]]:
    """Paths by the kind of request, for as many documents as the graph has, up to 100."""
    with urllib.request.urlopen(address + "/api/search?kind=document&limit=100") as answer:
        hits = json.load(answer)["hits"]
    labels = [quote(hit["label"]) for hit in hits]
    return {
        "SPARQL point query": [f"/sparql?query={quote(POINT % hit['iri'])}" for hit in hits],
        "API document": [f"/api/document?iri={quote(hit['iri'])}" for hit in hits],
        "API search": [f"/api/search?q={label}" for label in labels],
        "document as Turtle": [hit["url"] + ".ttl" for hit in hits],
        "document page": [hit["url"] for hit in hits],
        "home page": ["/"],
    }


def _client(address: str, paths: list[str], seconds: float, connections: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--client", address, str(seconds), str(connections)]
    done = subprocess.run(command, input=json.dumps(paths), capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


async def _load(address: str, paths: list[str], seconds: float, connections: int) -> dict[str, float]:
    """Ask as fast as answers come, each connection one question at a time."""
    place = urlsplit(address)
    requests = [f"GET {path} HTTP/1.1\r\nHost: {place.netloc}\r\nAccept: */*\r\n\r\n".encode() for path in paths]
    times: list[float] = []
    errors = 0
    end = time.perf_counter() + seconds

    async def one(first: int) -> None:
        nonlocal errors
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        number = first
        while (start := time.perf_counter()) < end:
            writer.write(requests[number % len(requests)])
            number += connections
            if not await _answered(reader):
                errors += 1
            times.append(time.perf_counter() - start)
        writer.close()

    await asyncio.gather(*(one(first) for first in range(connections)))
    times.sort()

    def at(share: float) -> float:
        return 1000 * times[min(int(share * len(times)), len(times) - 1)]

    return {
        "requests": len(times),
        "errors": errors,
        "p50": at(0.5),
        "p95": at(0.95),
        "p99": at(0.99),
        "worst": 1000 * times[-1],
    }


async def _answered(reader: asyncio.StreamReader) -> bool:
    """Read one answer to its end: was it a 200?"""
    head = await reader.readuntil(b"\r\n\r\n")
    lower = head.lower()
    if b"transfer-encoding: chunked" in lower:
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    else:
        at = lower.index(b"content-length:") + len(b"content-length:")
        await reader.readexactly(int(lower[at : lower.index(b"\r\n", at)]))
    return head.startswith(b"HTTP/1.1 200")


if __name__ == "__main__":
    main()
