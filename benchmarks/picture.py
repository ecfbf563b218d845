"""How long it takes from a click to the picture of a whole graph in a browser, loading included.

    python benchmarks/picture.py --graph DIR [--nodes N]

A server is started on the graph, its first page opened in Chromium, and the word “Đồ thị” in the head clicked when the server has nothing
else to do: seconds of the clock until all documents are drawn and the next frame is painted, the first time, and twice more; then until all
lines between them are, of which some come in each frame; behind it the seconds of processor that the server, the browser and what drives it
took together, by both times. With `--nodes` the page's data is that of so many made-up documents with three links each, which a server here
gives in the place of the other: what making and compressing the data takes is in it, each time, reading it from the tables is not.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
from playwright.sync_api import Page, sync_playwright

from chidao.graph.answers.linked import Known, Linked
from chidao.viz.drawing.whole import whole

FLAGS = ("--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
"""No machine that measures this has a graphics card: WebGL is computed."""
LEVELS = ("central", "province", "district", "commune")
TIMES = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--graph", type=Path, required=True, help="folder of a graph")
    parser.add_argument("--nodes", type=int, help="draw so many made-up documents instead")
    given = parser.parse_args()
    made = _served(_made(given.nodes)) if given.nodes else None
    command = [sys.executable, "-m", "chidao.cli", "serve", "--graph", str(given.graph), "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        address = server.stdout.readline().split()[0]
        with sync_playwright() as playwright:
            chromium = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
            for time_ in range(TIMES):
                page = browser.new_page(viewport={"width": 1366, "height": 768})
                if made is not None:
                    page.route("**/api/graph", lambda route: route.continue_(url=made))
                print(f"{'first' if not time_ else 'again'}: {_clicked(page, address)}", flush=True)
                page.close()
            browser.close()
    finally:
        server.terminate()
        server.wait(10)


def _clicked(page: Page, address: str) -> str:
    page.goto(address, timeout=120_000)
    link = page.locator("header a[href$='/graph']").first
    page.evaluate("document.querySelectorAll('header details').forEach(one => one.open = true)")
    _settle()
    start, worked = time.perf_counter(), _worked()
    link.click()
    page.wait_for_selector("[data-ready='true']", timeout=180_000, state="attached")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    took, used = time.perf_counter() - start, _worked() - worked
    page.evaluate("""new Promise((done) => {
        const { drawing } = document.querySelector("#graph");
        const drawn = () => !drawing.crowd || drawing.crowd.done;
        const look = () => requestAnimationFrame(drawn() ? done : look);
        look();
    })""")
    lines, worked = time.perf_counter() - start, _worked() - worked
    # What the browser has measured of the data: milliseconds, and bytes as sent.
    asked = page.evaluate(
        "performance.getEntriesByType('resource').filter(one => one.name.includes('/api/graph'))"
        ".map(one => [one.duration, one.encodedBodySize])"
    )
    data = "".join(
        f", of it the data {milliseconds / 1000:.2f} s ({size / 1e6:.1f} MB)" for milliseconds, size in asked[:1]
    )
    return f"{took:.2f} s{data}; lines {lines:.2f} s; processor {used:.2f} s, {worked:.2f} s"


def _settle() -> None:
    """Wait until a server that has just been started has made what it makes while nobody asks."""
    for _ in range(10):
        before = _worked()
        time.sleep(2)
        if _worked() - before < 0.1:
            return


def _worked() -> float:
    """Seconds of processor of this process and all below it (Linux)."""
    found, total = [os.getpid()], 0
    for parent in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{parent}/task").glob("*/children"):
                found += map(int, task.read_text().split())
            total += sum(map(int, Path(f"/proc/{parent}/stat").read_text().rpartition(")")[2].split()[11:13]))
    return total / os.sysconf("SC_CLK_TCK")


def _served(made: Linked) -> str:
    """The address at which the data of these documents is made."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told = gzip.compress(msgspec.json.encode(whole(made, "vi", lambda iri: iri[19:])), 5)
            self.send_response(200)
            for name, value in (("Type", "application/json"), ("Encoding", "gzip"), ("Length", str(len(told)))):
                self.send_header(f"Content-{name}", value)
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/api/graph"


def _made(count: int) -> Linked:
    chance = random.Random(1)
    documents = [
        Known(
            f"https://example.org/document/{n:06}", f"Kế hoạch {n}-KH/TU", f"{n}-KH/TU", "Kế hoạch", f"về việc số {n}", f"Tỉnh ủy {n % 34}",
            f"{2015 + n % 11}-{n % 12 + 1:02}-{n % 28 + 1:02}", LEVELS[min(3, n * 4 // max(count, 1))],
        )
        for n in range(count)
    ]  # fmt: skip
    names = ("implements", "based_on", "cites")
    return Linked.of(documents, ((name, n, chance.randrange(n), True) for n in range(1, count) for name in names))


if __name__ == "__main__":
    main()
