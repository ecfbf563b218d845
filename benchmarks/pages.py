"""What each kind of page costs: processor time, bytes and screens, over many pages of the kind.

    python benchmarks/pages.py [--graph DIR] [--each 60] [--screens] [--only WORD]

Pages are made in this process, by the application that a server's page processes run, each once before it is timed. Times are
milliseconds of processor; KB are those of the answer as it is sent, compressed. Without `--graph` one is built from samples/ and a
made register, in which one directive is carried out by 2,000 documents. With `--screens` the largest pages of each kind are
opened in Chromium, on a desk (1366×768) and on a phone (390×844).
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode

from chidao.graph.answers.ask import questions
from chidao.graph.answers.source_text import part_starts
from chidao.graph.select import rows
from chidao.viz.web.pages import views
from chidao.viz.web.pages.document_page import LISTS
from chidao.viz.web.pages.text_page import PART
from chidao.viz.web.rendering.links import ServerLinks
from chidao.viz.web.serving.page_app import make_pages
from chidao.viz.web.serving.page_process import respond
from chidao.viz.web.snapshots import Snapshot

ROOT = Path(__file__).parent.parent
SIZES = {"desk": (1366, 768), "phone": (390, 844)}
OPENED = 3
"""Pages of a kind that are opened in a browser: those of most bytes."""


@dataclass(slots=True)
class Measured:
    """A page: its path, processor milliseconds, bytes as sent, and how many screens it is long by the name of the screen."""

    path: str
    status: int
    took: float
    sent: int
    screens: dict[str, float] = field(default_factory=dict)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--graph", type=Path, help="folder of a graph (default: one built for this)")
    parser.add_argument("--each", type=int, default=60, help="pages of each kind")
    parser.add_argument("--screens", action="store_true", help="open the largest in Chromium")
    parser.add_argument("--only", help="the kind of page, by a part of its name")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        graph = given.graph or _made(Path(scratch))
        site = make_pages(graph, max_upload=1 << 20)
        shown = site.state.snapshots.current()
        kinds = {
            name: paths for name, paths in _kinds(shown, given.each).items() if (given.only or "") in name and paths
        }
        measured = {name: [_measure(site, path) for path in paths] for name, paths in kinds.items()}
        if given.screens:
            _screens(graph, measured)
    _print(measured)


def _made(folder: Path) -> Path:
    """A graph whose directive 57-NQ/TW has 2,000 documents below it, and 3,000 documents that say nothing of it."""
    with (folder / "register.csv").open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.writer(out)
        table.writerow(("Số ký hiệu", "Ngày ban hành", "Trích yếu", "Cơ quan ban hành"))
        for i in range(5000):
            day = f"{i % 28 + 1:02}/{i % 12 + 1:02}/2025"
            about = (
                "thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị"
                if i < 2000
                else f"công tác năm, phần {i}"
            )
            table.writerow((f"{i + 1}/KH-UBND", day, f"Kế hoạch {about}", f"UBND xã Tân Lập {i % 400}, tỉnh Lào Cai"))
    graph = folder / "graph"
    command = [
        sys.executable,
        "-m",
        "chidao.cli",
        "build",
        str(ROOT / "samples"),
        str(folder / "register.csv"),
        "--graph",
        str(graph),
    ]
    subprocess.run([*command, "--quiet"], check=True, stdout=subprocess.DEVNULL)
    return graph


def _kinds(shown: Snapshot, each: int) -> dict[str, list[str]]:
    """Paths by the kind of page: of documents and bodies those of which most is said, and as many at random."""
    links = ServerLinks(shown.base)
    documents = [row["document"] for row in rows(shown.store, "internal/table-documents")]
    bodies = [row["body"] for row in rows(shown.store, "internal/table-bodies")]
    followed = [row["document"] for row in views.followed(shown)]
    texts = [
        (row["sha256"], len(part_starts(text, PART)))
        for row in rows(shown.store, "internal/table-sources") if (text := shown.graph.text(row["sha256"]))
    ]  # fmt: skip
    named = [row["label"] for row in rows(shown.store, "internal/table-documents")]
    parts = [links.text(sha256, None, part) or "" for sha256, count in texts for part in range(count)]
    provisions = [row["document"] for row in rows(shown.store, "internal/documents-with-provisions")]

    def many(given: list[str]) -> list[str]:
        return given if len(given) <= each else random.Random(1).sample(given, each)

    def of(name: str, given: list[str]) -> list[str]:
        return [to(name, ref=iri) for iri in given[:each]]

    def to(name: str, **given: str | list[str]) -> str:
        return links.page(name, **given) or ""

    asked = [f"/questions/{q.name}" for q in questions().values() if not any(p.required for p in q.params)]
    about = [
        f"/questions/{q.name}?" + urlencode({p.name: followed[0] for p in q.params if p.required})
        for q in questions().values() if [p.name for p in q.params if p.required] in (["directive"], ["document"])
    ]  # fmt: skip
    return {
        "home": ["/"],
        "progress, all": ["/progress"],
        "progress": of("progress", followed),
        "coverage": [to("coverage", ref=followed[at : at + 8]) for at in range(0, min(len(followed), 40), 8)],
        "tasks": [
            "/tasks",
            "/tasks?view=month",
            "/tasks?view=bodies",
            "/tasks?view=directives",
            "/tasks?state=undated",
        ],
        "search": [f"/search?q={quote(name)}" for name in many(named)]
        + [f"/search?kind={kind}" for kind in ("document", "body")],
        "changes": ["/changes"],
        "check": ["/check"],
        "timeline": ["/timeline", *of("timeline", followed)],
        "graph": ["/graph", *(to("graph", iri=iri, view="network") for iri in followed[:each])],
        "scheme": of("graph", followed),
        "questions": ["/questions", *asked, *about],
        "files": ["/files"],
        "corrections": ["/corrections"],
        "document, most followed": [links.document(iri) for iri in followed[:each]],
        "document, one list": [f"{links.document(iri)}?list={name}" for iri in followed[:5] for name in LISTS],
        "document": [links.document(iri) for iri in many(documents)],
        "provisions": [to("provisions", iri=iri) for iri in provisions[:each]],
        "body, one list": [f"{links.body(iri)}?list=documents" for iri in many(bodies)[:20]],
        "body": [links.body(iri) for iri in many(bodies)],
        "text": many(parts),
    }


def _measure(site: Any, path: str) -> Measured:
    place, _, query = path.partition("?")
    asked = {
        "method": "GET", "path": unquote(place), "query": query, "root_path": "", "scheme": "http", "server": None,
        "headers": [("accept", "text/html"), ("accept-encoding", "gzip"), ("host", "localhost")], "writer": "x" * 32,
    }  # fmt: skip
    for _ in range(2):
        start = time.process_time()
        head, said = asyncio.run(respond(site, asked, b""))
        took = 1000 * (time.process_time() - start)
    return Measured(path, head["status"], took, len(said))


def _screens(graph: Path, measured: dict[str, list[Measured]]) -> None:
    """Open the largest pages of each kind, and say how long they are."""
    from playwright.sync_api import sync_playwright

    command = [sys.executable, "-m", "chidao.cli", "serve", "--graph", str(graph), "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        address = server.stdout.readline().split()[0].rstrip("/")
        with sync_playwright() as playwright:
            chromium = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for name, (width, height) in SIZES.items():
                tab = browser.new_page(viewport={"width": width, "height": height})
                for one in _largest(measured):
                    tab.goto(address + one.path, timeout=120_000)
                    tab.wait_for_timeout(150)
                    one.screens[name] = tab.evaluate("document.documentElement.scrollHeight") / height
            browser.close()
    finally:
        server.terminate()
        server.wait(10)


def _largest(measured: dict[str, list[Measured]]) -> Iterator[Measured]:
    for pages in measured.values():
        yield from sorted(pages, key=lambda one: -one.sent)[:OPENED]


def _print(measured: dict[str, list[Measured]]) -> None:
    print(f"{'':26}{'pages':>6}{'p50 ms':>9}{'p95 ms':>9}{'most KB':>9}{'desk':>8}{'phone':>8}   longest")
    for name, pages in measured.items():
        took = sorted(one.took for one in pages)
        wrong = [one for one in pages if one.status != 200]
        long = [max((one.screens.get(size, 0.0) for one in pages), default=0.0) for size in SIZES]
        worst = max(pages, key=lambda one: (one.screens.get("phone", 0.0), one.sent))
        print(
            f"{name:26}{len(pages):>6}{took[len(took) // 2]:>9.0f}{took[min(int(0.95 * len(took)), len(took) - 1)]:>9.0f}"
            f"{max(one.sent for one in pages) / 1000:>9.0f}{long[0]:>8.1f}{long[1]:>8.1f}   {worst.path[:70]}"
            + (f"   {len(wrong)} not answered, as {wrong[0].path}" if wrong else "")
        )


if __name__ == "__main__":
    main()
