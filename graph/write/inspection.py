"""Read all of a graph and say what is not as it was written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from chidao.graph import seal
from chidao.graph.store import Folder, open_generation
from chidao.graph.write.kept import KeptFacts
from chidao.graph.write.manifest import read_noted


@dataclass(frozen=True, slots=True)
class Inspection:
    """How many files a generation has, how many quads, and of how many sources facts are kept; `damage` says in a line each what is
    damaged, and is empty where nothing is."""

    files: int
    quads: int
    facts: int
    damage: tuple[str, ...]


def inspect(graph_dir: str | Path) -> Inspection:
    """Compare every file of the current generation, and the facts that it was made from, with their checksums, and count its quads.

    Raises GraphError when there is no graph, or it is damaged so that it cannot be opened.
    """
    folder = Folder(graph_dir)
    generation = folder.current()
    quads = len(open_generation(generation))
    sealed = seal.check(generation)
    damage = [f"{found.file}: {found}" for found in seal.damage(generation)]
    if quads != sealed.quads:
        damage.append(f"{generation}: it holds {quads} quads and was written with {sealed.quads}")
    kept, entries = KeptFacts(folder.facts), read_noted(generation).entries
    for entry in entries:
        if not kept.holds(entry.key):
            damage.append(f"{entry.shown}: what the graph keeps of it is damaged; `chidao build` reads it again")
    return Inspection(len(sealed.files), quads, len(entries), tuple(damage))
