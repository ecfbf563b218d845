"""Graphs with a bit flipped, a file cut, emptied, lost, grown, swapped for another or for a folder: whoever reads gets the right answer or
one line, a build mends the graph or says in one line that --fresh does, and --fresh does."""

from __future__ import annotations

import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.graph import Graph
from chidao.graph.write.inspection import inspect
from chidao.tests.torture.children import MEMORY, apart, in_child
from chidao.tests.torture.graphs import built, held, must_be_sound, warm, write

_SECTOR = 4096


def _flip(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 1, 1, 8)) if data else 0):
        at = chance.randrange(len(data) * 8)
        data[at // 8] ^= 1 << at % 8
    path.write_bytes(data)


def _cut(path: Path, chance: random.Random) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: chance.choice((0, max(len(data) - 1, 0), chance.randint(0, len(data))))])


def _blank(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    at = chance.randrange(0, len(data) + 1, _SECTOR)
    data[at : at + _SECTOR] = bytes(len(data[at : at + _SECTOR]))
    path.write_bytes(data)


def _grow(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes() + chance.randbytes(chance.choice((1, 64, _SECTOR))))


def _lose(path: Path, chance: random.Random) -> None:
    path.unlink()


def _swap(path: Path, chance: random.Random) -> None:
    other = chance.choice(sorted(p for p in path.parent.iterdir() if p.is_file()))
    mine, its = path.read_bytes(), other.read_bytes()
    path.write_bytes(its)
    other.write_bytes(mine)


def _folder(path: Path, chance: random.Random) -> None:
    path.unlink()
    path.mkdir()


def _link(path: Path, chance: random.Random) -> None:
    aside = path.parents[2] / "elsewhere"
    path.rename(aside)
    path.symlink_to(aside)


_WAYS: tuple[Callable[[Path, random.Random], None], ...] = (
    _flip,
    _flip,
    _flip,
    _cut,
    _blank,
    _grow,
    _lose,
    _swap,
    _folder,
    _link,
)


def attack(seed: int, times: int) -> str:
    """Damage so many graphs, each in one place, from a process of its own, which has no threads when it forks."""
    return apart(__file__, seed, times)


def _attack(seed: int, times: int) -> str:
    chance = random.Random(seed)
    outcome: Counter[str] = Counter()
    with TemporaryDirectory(prefix="chidao-damage-", dir=MEMORY) as folder:
        warm()
        docs, base, graph = (Path(folder) / name for name in ("docs", "base", "within/graph"))
        docs.mkdir()
        write(docs, *range(1, 7))
        in_child(lambda: built(docs, base))
        whole = in_child(lambda: [held(base), _answers(base)])[1]
        files = sorted(p.relative_to(base) for p in base.rglob("*") if p.is_file())
        for _ in range(times):
            shutil.rmtree(graph.parent, ignore_errors=True)
            shutil.copytree(base, graph)
            path, way = graph / chance.choice(files), chance.choice(_WAYS)
            way(path, chance)
            where = f"{way.__name__.strip('_')} {path.relative_to(graph)}"
            for said in (_read(graph, whole, where), _mended(docs, graph, whole[0], where)):
                outcome[said] += 1
    return (
        f"{times} graphs damaged: {outcome['right']} answered right and {outcome['one line']} in one line, "
        f"{outcome['mended']} were mended by the next build and {outcome['refused']} by --fresh; 0 anything else"
    )


def _answers(graph: Path) -> Any:
    """What some questions that read all parts of a store give."""
    asked = Graph.open(graph)
    return [
        asked.stats(),
        [hit.iri for hit in asked.search("nghị định", limit=50).hits],
        asked.implements("2/2023/NĐ-CP").directive.iri,
    ]


def _read(graph: Path, whole: Any, where: str) -> str:
    """Ask the damaged graph; whether it answered as the whole one did, or in one line."""

    def ask() -> Any:
        try:
            answers = [held(graph), _answers(graph)]
        except ChidaoError as error:
            assert "\n" not in str(error)
            return None
        return answers

    died, answers = in_child(ask)
    assert not died, f"{where}: a reader died of signal {died}"
    assert answers in (None, whole), f"{where}: another answer"
    return "right" if answers else "one line"


def _mended(docs: Path, graph: Path, whole: str, where: str) -> str:
    """Build on the damaged graph; whether that mended it, or only --fresh did."""

    def build() -> bool:
        try:
            built(docs, graph)
        except ChidaoError as error:
            assert "--fresh" in str(error) and "\n" not in str(error), str(error)
            return False
        return held(graph) == whole and not inspect(graph).damage

    def anew() -> None:
        built(docs, graph, fresh=True)
        must_be_sound(graph, whole)

    try:
        mended = in_child(build)
        refused = mended[1] is False
        assert not mended[0], f"a build died of signal {mended[0]}"
        died, _ = in_child(anew)
        assert not died, f"a build died of signal {died}"
    except AssertionError as error:
        raise AssertionError(f"{where}: {error}") from None
    return "refused" if refused else "mended"


if __name__ == "__main__":
    print(_attack(int(sys.argv[1]), int(sys.argv[2])))
