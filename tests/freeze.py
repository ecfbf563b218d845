"""Freeze what chidao says of files, and compare two such prints: a change of structure must leave them as they were.

    python tests/freeze.py print OUT PATH…     records of each file and the N-Quads of all, below the folder OUT
    python tests/freeze.py compare OLD NEW     exit code 1 where they differ, each difference with its file

A print holds, for each file, what `chidao extract --format jsonl` writes (or the line with which it refuses), and the sorted
N-Quads of a graph of all files that could be read.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pyoxigraph

from chidao.extract import ChidaoError, extract_path, records, resolve
from chidao.extract.formats.archive import expand
from chidao.extract.model import Facts
from chidao.graph.write.quads import quads

SHOWN = 12
"""Differing lines that are shown of one file."""


def find_sources(paths: list[Path]) -> Iterator[Path]:
    """Every file that may be a document below the paths; annotations beside a gold text are none."""
    for path in paths:
        for file in sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]:
            if file.suffix != ".jsonl" and file.name not in {"self.json", "GUIDE.md", "README.md"}:
                yield file


def read(path: Path) -> tuple[Path, list[Facts] | str]:
    """The facts of a file, or the reason why there are none."""
    try:
        return path, [facts for name in expand(path) for facts in extract_path(name)]
    except ChidaoError as error:
        return path, error.message


def print_all(out: Path, paths: list[Path]) -> None:
    """Write the print of all files below `paths` into the folder `out`."""
    out.mkdir(parents=True, exist_ok=True)
    everything: list[Facts] = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for path, found in pool.map(read, find_sources(paths)):
            name = f"{hashlib.sha256(str(path).encode()).hexdigest()[:8]}-{path.parent.name}-{path.name}.jsonl"
            if isinstance(found, str):
                (out / name).write_text(json.dumps({"refused": found}, ensure_ascii=False) + "\n", "utf-8")
                continue
            notes = [{"kind": "note", "text": note} for note in found[0].source.notes] if found else []
            lines = [json.dumps(r, ensure_ascii=False) for r in [*notes, *records(resolve(found))]]
            (out / name).write_text("".join(line + "\n" for line in lines), "utf-8")
            everything += found
    lines = sorted(str(pyoxigraph.Quad(*quad)) for quad in quads(resolve(everything)))
    (out / "graph.nq").write_text("".join(line + "\n" for line in lines), "utf-8")


def compare(old: Path, new: Path) -> int:
    """How many files of two prints differ; each is shown."""
    names = sorted({p.name for folder in (old, new) for p in folder.iterdir()})
    differing = 0
    for name in names:
        before, after = (
            p.read_text("utf-8").splitlines() if (p := folder / name).exists() else [] for folder in (old, new)
        )
        if before == after:
            continue
        differing += 1
        changed = [x for x in difflib.unified_diff(before, after, lineterm="", n=0) if x[:3] not in ("---", "+++")]
        print(f"{name}: {sum(x[0] in '+-' for x in changed)} lines differ")
        print("\n".join(line[:400] for line in changed[:SHOWN]))
    print(f"{len(names)} files compared, {differing} differ")
    return differing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    printing = commands.add_parser("print")
    printing.add_argument("out", type=Path)
    printing.add_argument("paths", type=Path, nargs="+")
    comparing = commands.add_parser("compare")
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    given = parser.parse_args()
    if given.command == "print":
        print_all(given.out, given.paths)
    else:
        sys.exit(1 if compare(given.old, given.new) else 0)


if __name__ == "__main__":
    main()
