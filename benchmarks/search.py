"""How long the index of a graph takes to make and a search to answer, alone and in two threads."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph

from chidao.extract.corpus.resolve import settle
from chidao.extract.iris import BASE
from chidao.graph.answers.search import SearchIndex
from chidao.graph.index.made import make_index
from chidao.graph.store import Folder, read_store
from chidao.graph.write.generation import write_store
from chidao.graph.write.manifest import Manifest

TYPED = (
    "n", "nghi", "nghi quyet 15", "NQ 15", "15-nq/tw", "so noi vu ha noi", "UBND Bắc Ninh", "chuyen doi so 2025",
    "ke hoach 45 dong anh", "quyhoach can bo", "chuong trinh hnah dong", "ủy ban nhân dân", "Kế hoạch thực hiện Nghị quyết",
    "abcdefghij " * 900,
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graphs", nargs="*", type=Path, help="graph folders (default: one that is made up)")
    parser.add_argument("--files", type=int, default=4800, help="how many files the made up graph has (default 4800)")
    options = parser.parse_args()
    for graph in options.graphs:
        measure(str(graph), read_store(graph))
    if not options.graphs:
        with tempfile.TemporaryDirectory() as folder:
            measure(f"{options.files} files", _invented(options.files, Path(folder)))


def _invented(files: int, path: Path) -> pyoxigraph.Store:
    import graph as invented  # benchmarks/graph.py, beside this script

    folder = Folder(path)
    folder.generations.mkdir()
    generation = folder.next_generation()
    meant, load = settle(invented.generate(files))
    held = write_store(meant, load, Manifest(BASE), generation, None, lambda step, done, total: None).held
    folder.publish(generation, held)
    return read_store(path)


def measure(name: str, store: pyoxigraph.Store) -> None:
    """Print the time to build and, for each typed text, the median and worst time of 50 searches."""
    start = time.perf_counter()
    index = SearchIndex(make_index(store, ()))
    seconds = time.perf_counter() - start
    print(f"{name}: {len(index):,} documents and bodies indexed in {seconds:.2f} s")
    print(f"{'':32} {'median ms':>10} {'worst ms':>10} {'hits':>8}")
    for typed in TYPED:
        taken, total = [], 0
        for _ in range(50):
            start = time.perf_counter()
            total = index.search(typed).total
            taken.append((time.perf_counter() - start) * 1e3)
        print(f"{typed[:32]:32} {statistics.median(taken):10.2f} {max(taken):10.2f} {total:8,}")
    for threads in (1, 2):
        start = time.perf_counter()
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(index.search, TYPED[:-1] * 50))
        print(f"{threads} thread(s): {len(TYPED[:-1]) * 50 / (time.perf_counter() - start):,.0f} searches/s")


if __name__ == "__main__":
    main()
