"""Several builds of one graph at the same time, and readers while they run: one build at a time writes, the others say so in one line,
and every reader finds a whole graph."""

from __future__ import annotations

import random
import shutil
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from chidao.extract.errors import ChidaoError
from chidao.tests.torture.children import MEMORY, apart, begin, in_child
from chidao.tests.torture.graphs import built, held, must_be_sound, warm, write

_READINGS = 20


def attack(seed: int, times: int) -> str:
    """Let builds meet so often, from a process of its own, which has no threads when it forks."""
    return apart(__file__, seed, times)


def _attack(seed: int, times: int) -> str:
    chance = random.Random(seed)
    outcome: Counter[str] = Counter()
    with TemporaryDirectory(prefix="chidao-builds-", dir=MEMORY) as name:
        warm()
        folder = Path(name)
        docs = [folder / kind for kind in "abc"]
        for number, place in enumerate(docs, 1):
            place.mkdir()
            write(place, number, number + 3)
        whole = {_held_alone(place, folder / "alone") for place in docs}
        graph = folder / "graph"
        for _ in range(times):
            shutil.rmtree(graph, ignore_errors=True)
            in_child(lambda: built(docs[0], graph))
            builders = [begin(lambda p=place: _try(p, graph)) for place in chance.sample(docs, 2)]  # type: ignore[misc]
            reader = begin(lambda: sorted({held(graph) for _ in range(_READINGS)}))
            done = [end() for end in builders]
            died, found = reader()
            assert not died and set(found) <= whole, "a reader met another graph than those that were built"
            assert any(said for _, said in done) and not any(signal for signal, _ in done)
            outcome["refused"] += sum(not said for _, said in done)
            last = in_child(lambda: held(graph))[1]
            assert last in whole, "another graph is left than those that were built"
            in_child(lambda last=last: must_be_sound(graph, last))  # type: ignore[misc]
    return f"{times} times two builds at once and {times * _READINGS} readings: {outcome['refused']} builds refused in one line; 0 anything else"


def _held_alone(docs: Path, graph: Path) -> str:
    in_child(lambda: built(docs, graph, fresh=True))
    return str(in_child(lambda: held(graph))[1])


def _try(docs: Path, graph: Path) -> bool:
    """Build anew; whether no other build was in the way."""
    try:
        built(docs, graph, fresh=True)
    except ChidaoError as error:
        assert "another build is writing" in str(error), str(error)
        return False
    return True


if __name__ == "__main__":
    print(_attack(int(sys.argv[1]), int(sys.argv[2])))
