"""Builds that are killed before every single write, and at any time in between: a reader finds the old graph or the new one, the next
build ends as if nothing had been, nothing is left over, and nothing of anybody else is gone."""

from __future__ import annotations

import random
import shutil
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from chidao.tests.torture.children import MEMORY, apart, at_some_time, at_write, in_child, killed
from chidao.tests.torture.graphs import Prepared, built, outcome_of, prepared, warm


def attack(seed: int, times: int) -> str:
    """Kill so many builds: at every write of every kind of change first, as far as `times` goes, then at random times. From a process
    of its own, which has no threads when it forks."""
    return apart(__file__, seed, times)


def _attack(seed: int, times: int) -> str:
    chance = random.Random(seed)
    with TemporaryDirectory(prefix="chidao-kills-", dir=MEMORY) as folder:
        warm()
        ready = list(prepared(Path(folder)))
        counted = [_counted(one, Path(folder)) for one in ready]
        points = [(one, number) for one, (writes, _) in zip(ready, counted, strict=True) for number in range(writes)]
        longest = max(seconds for _, seconds in counted)
        chosen = points if len(points) <= times else chance.sample(points, times)
        outcome: Counter[str] = Counter()
        for one, number in chosen:
            outcome[_kill(one, Path(folder), number, 0)] += 1
        for _ in range(times - len(chosen)):
            outcome[_kill(chance.choice(ready), Path(folder), None, chance.uniform(0.001, longest))] += 1
    return (
        f"{times} builds killed, {len(chosen)} of them before one of {len(points)} writes, the rest at random times: "
        f"{outcome['old']} left the old graph, {outcome['new']} the new one, {outcome['over']} were over; 0 anything else"
    )


def _start(one: Prepared, folder: Path) -> Path:
    graph = folder / "graph"
    shutil.rmtree(graph, ignore_errors=True)
    if one.base:
        shutil.copytree(one.base, graph)
    return graph


def _counted(one: Prepared, folder: Path) -> tuple[int, float]:
    """How many writes the build of a change makes, and how many seconds it takes."""
    graph = _start(one, folder)

    def count() -> tuple[int, float]:
        began = time.monotonic()
        met = at_write(graph, -1, killed)
        built(one.docs, graph, fresh=one.change.fresh)
        return len(met), time.monotonic() - began

    writes, seconds = in_child(count)[1]
    return writes, seconds


def _kill(one: Prepared, folder: Path, number: int | None, seconds: float) -> str:
    """Kill a build, look, and build again; which graph was there after the kill."""
    graph = _start(one, folder)
    where = (
        f"{one.change.name}, killed before write {number}"
        if number is not None
        else f"{one.change.name}, killed at {seconds:.4f} s"
    )

    def doomed() -> None:
        if number is None:
            at_some_time(seconds)
        else:
            at_write(graph, number, killed)
        built(one.docs, graph, fresh=one.change.fresh)

    ended, _ = in_child(doomed)
    assert ended or number is None, f"{where}: it was not killed"
    found = outcome_of(one, graph, where)
    return found if ended else "over"


if __name__ == "__main__":
    print(_attack(int(sys.argv[1]), int(sys.argv[2])))
