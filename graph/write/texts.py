"""The texts of all files that a generation was built from, as they are kept with their facts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from chidao.extract.model import Facts
from chidao.graph import disk
from chidao.graph.write.kept import DamagedFactsError, KeptFacts
from chidao.graph.write.manifest import Manifest


def texts(made: Manifest, folder: Path) -> Iterator[list[Facts]]:
    """Yield the facts of each content once, with its text, from the folder that keeps them; what is damaged or gone is left out."""
    seen: set[str] = set()
    kept = KeptFacts(folder)
    for entry in made.entries if disk.is_folder(folder) else ():
        if entry.sha256 in seen:
            continue
        seen.add(entry.sha256)
        try:
            facts = kept.load(entry.key_of(made.version), entry.shown or entry.path, text=True)
        except DamagedFactsError:
            continue
        if facts and all(one.source.sha256 == entry.sha256 for one in facts):  # else forged: they are of another file
            yield facts
