"""Make the pictures of the pages in docs/images from the sample documents: `make screenshots`.

Needs Chromium and the scripts that npm builds (`make frontend`)."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
OUT = ROOT / "docs" / "images"
COLOURS = 96
FLAGS = (
    "--no-sandbox --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync "
    "--use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader"
)

SHOTS = {
    "home": ("/", "light", "vi"),
    "document": ("/document/vn/nghi-quyet/15-nq-tw/2022", "light", "vi"),
    "progress": ("/progress?ref=57-NQ/TW", "light", "vi"),
    "coverage": ("/coverage?ref=15-NQ/TW&ref=57-NQ/TW", "light", "vi"),
    "timeline": ("/timeline?ref=15-NQ/TW", "light", "vi"),
    "graph": ("/graph?ref=15-NQ/TW", "light", "vi"),
    "sparql": ("/sparql", "dark", "vi"),
}
"""Path, colours and language of each picture."""


def main() -> None:
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        graph = Path(scratch) / "graph"
        chidao = [sys.executable, "-m", "chidao.cli"]
        subprocess.run(
            [*chidao, "build", str(ROOT / "samples"), "--graph", str(graph), "--quiet"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        server = subprocess.Popen(
            [*chidao, "serve", "--graph", str(graph), "--port", "0"], stdout=subprocess.PIPE, text=True
        )
        try:
            assert server.stdout is not None
            shoot(server.stdout.readline().split()[0].rstrip("/"))
        finally:
            server.terminate()
            server.wait(10)


def shoot(address: str) -> None:
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS.split())
        for name, (path, scheme, language) in SHOTS.items():
            context = browser.new_context(viewport={"width": 1366, "height": 820}, color_scheme=scheme, locale="vi-VN")  # type: ignore[arg-type]
            context.add_cookies([{"name": "chidao-language", "value": language, "url": address}])
            page = context.new_page()
            page.goto(address + path)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(800)
            prepare(name, page)
            picture = (
                Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            )
            picture.save(OUT / f"{name}.png", optimize=True)
            print(f"{OUT.relative_to(ROOT) / name}.png: {(OUT / f'{name}.png').stat().st_size // 1024} kB")
            context.close()
        browser.close()


def prepare(name: str, page: Page) -> None:
    """What a person would have done before looking."""
    if name == "document":
        page.evaluate("document.getElementById('below').scrollIntoView()")
        page.evaluate("window.scrollBy(0, -60)")
    if name == "coverage":
        page.locator("table.matrix thead button").nth(1).click()
    if name == "sparql":
        page.click(".yasqe_queryButton")
        page.wait_for_selector(".yasr_results table", timeout=15_000)
    page.wait_for_timeout(300)


if __name__ == "__main__":
    main()
