"""How long a server takes to start, how much memory it has, and what its very first request costs, for each kind of page.

    python benchmarks/first.py [--graph DIR] [--only WORD]

For each page a server is started anew and asked for it at once when it has said where it listens, so that nothing is ready but what
the start made ready; then ten times more. What Python and the pages keep compiled is there, as it is once a server has run before.
Milliseconds are of the clock, behind them those of processor that all processes of the server took; megabytes are what all of them
hold together, what they share counted once (Linux).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from chidao.graph.answers.ask import questions
from chidao.graph.answers.graph import Graph
from chidao.viz.web.pages import views
from chidao.viz.web.rendering.links import ServerLinks
from chidao.viz.web.snapshots import open_snapshot

ROOT = Path(__file__).parent.parent
AGAIN = 10
"""Requests behind the first."""
AS_INSTALLED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
TICK = os.sysconf("SC_CLK_TCK")


class Server(NamedTuple):
    """A server that listens: its process, its address, and the seconds until it did, of the clock and of processor."""

    process: subprocess.Popen[str]
    address: str
    started: float
    worked: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--graph", type=Path, help="folder of a graph (default: one built from samples/)")
    parser.add_argument("--only", help="the kind of page, by a part of its name")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        graph = given.graph or Path(scratch) / "graph"
        if given.graph is None:
            command = [sys.executable, "-m", "chidao.cli", "build", str(ROOT / "samples"), "--graph", str(graph)]
            subprocess.run([*command, "--quiet"], check=True, stdout=subprocess.DEVNULL)
        kinds = {name: path for name, path in _kinds(graph).items() if (given.only or "") in name}
        with _server(graph) as server:
            alone = _megabytes(server.process.pid)
            for path in kinds.values():
                _get(server.address + path)
            every = _megabytes(server.process.pid)
        print(f"{'':26}{'status':>7}{'first':>8}{'(cpu)':>8}{'median':>8}{'p95':>8}{'(cpu)':>8}{'KB':>8}{'MB then':>9}")
        servers = [_asked(graph, name, path) for name, path in kinds.items()]
    started, worked = ([getattr(one, what) for one in servers] for what in ("started", "worked"))
    print(f"\nstart, until it can be asked: {statistics.median(started):.2f} s, at most {max(started):.2f};", end=" ")
    print(f"of processor {statistics.median(worked):.2f}, at most {max(worked):.2f}")
    print(f"memory when it has started: {alone:.0f} MB; when it was asked for each page: {every:.0f} MB")


def _kinds(graph: Path) -> dict[str, str]:
    """A page of each kind: of the directive that most carry out, and of what stands below it."""
    opened = Graph.open(graph)
    shown = open_snapshot(opened.generation)
    links = ServerLinks(shown.base)
    followed = [row["document"] for row in views.followed(shown)]
    below = opened.implements(followed[0], limit=1).documents[0].iri
    body = opened.coverage_of(followed[:1], level="central").rows
    details = opened.show_document(below, limit=1)
    issuer = opened.body(details.issuer) if details.issuer else body[0].iri or ""

    def to(name: str, **given: str | list[str]) -> str:
        return links.page(name, **given) or ""

    asked = {
        f"question {q.name}": f"/questions/{q.name}"
        for q in questions().values()
        if not any(p.required for p in q.params)
    }
    asked |= {
        f"question {q.name}": f"/questions/{q.name}?" + urlencode({p.name: followed[0] for p in q.params if p.required})
        for q in questions().values() if [p.name for p in q.params if p.required] in (["directive"], ["document"])
    }  # fmt: skip
    label = details.label
    return {
        "home": "/",
        "progress, all": "/progress",
        "progress": to("progress", ref=followed[0]),
        "coverage of 1": to("coverage", ref=followed[0]),
        "coverage of 5": to("coverage", ref=followed[:5]),
        **{f"tasks {view}".strip(): f"/tasks{f'?view={view}' if view else ''}" for view in ("", "month", "bodies", "directives")},
        "tasks of a body": to("tasks", body=issuer),
        "tasks as .ics": "/tasks.ics",
        "search": f"/search?{urlencode({'q': label})}",
        "search, all": "/search?kind=document",
        "suggest": f"/api/suggest?{urlencode({'q': label[:12]})}",
        "a name that is unknown": "/timeline?ref=9999-XY%2FZZ",
        "a title as a name": f"/timeline?{urlencode({'ref': details.title or label})}",
        "changes": "/changes",
        "check": "/check",
        "timeline": to("timeline", ref=followed[0]),
        "graph": "/graph",
        "scheme": to("graph", ref=followed[0]),
        "network": to("graph", ref=followed[0], view="network"),
        "questions": "/questions",
        **asked,
        "files": "/files",
        "corrections": "/corrections",
        "document, directive": links.document(followed[0]),
        "document": links.document(below),
        "document as Turtle": links.document(below) + ".ttl",
        "provisions": to("provisions", iri=below),
        "body": links.body(issuer),
        "api document": f"/api/document?{urlencode({'iri': followed[0]})}",
    }  # fmt: skip


def _asked(graph: Path, name: str, path: str) -> Server:
    """Print what a page costs as the first one, and then."""
    with _server(graph) as server:
        pid = server.process.pid
        before = _worked(pid)
        took = [_get(server.address + path)]
        first = _worked(pid) - before
        took += [_get(server.address + path) for _ in range(AGAIN)]
        more = (_worked(pid) - before - first) / AGAIN
        ordered = sorted(one[0] for one in took[1:])
        print(
            f"{name:26}{took[0][1]:>7}{took[0][0]:>8.0f}{1000 * first:>8.0f}{statistics.median(ordered):>8.0f}"
            f"{ordered[-(-95 * AGAIN // 100) - 1]:>8.0f}{1000 * more:>8.0f}{took[0][2] / 1000:>8.0f}{_megabytes(pid):>9.0f}",
            flush=True,
        )
        return server


def _get(address: str) -> tuple[float, int, int]:
    """The milliseconds that an answer takes, its status and its bytes."""
    request = urllib.request.Request(address, headers={"Accept": "text/html, */*;q=0.5", "Accept-Encoding": "gzip"})
    start = time.perf_counter()
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            status, said = answer.status, answer.read()
    except urllib.error.HTTPError as error:
        status, said = error.code, error.read()
    return 1000 * (time.perf_counter() - start), status, len(said)


@contextlib.contextmanager
def _server(graph: Path) -> Iterator[Server]:
    command = [sys.executable, "-m", "chidao.cli", "serve", "--graph", str(graph), "--port", "0"]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=AS_INSTALLED)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().split()[0].rstrip("/")
        yield Server(process, address, time.perf_counter() - start, _worked(process.pid))
    finally:
        process.terminate()
        process.wait(10)


def _tree(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            found += map(int, task.read_text().split())
    return found


def _worked(pid: int) -> float:
    """Seconds of processor of a process and all below it."""
    total = 0
    for one in _tree(pid):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            total += sum(map(int, fields[11:13]))
    return total / TICK


def _megabytes(pid: int) -> float:
    """What a process and all below it hold, what they share counted once."""
    total = 0
    for one in _tree(pid):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
    return total / 1000


if __name__ == "__main__":
    main()
