"""The texts of all files that a generation was built from, as they are kept with their facts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from chidao.extract.model import Facts
from chidao.graph import disk
from chidao.graph.index.made import FileText
from chidao.graph.write.kept import DamagedFactsError, KeptFacts
from chidao.graph.write.manifest import Entry, Manifest


def texts(made: Manifest, folder: Path) -> Iterator[FileText]:
    """Yield the text of each content once, from the folder that keeps them; what is damaged or gone has none."""
    seen: set[str] = set()
    kept = KeptFacts(folder)
    for entry in made.entries if disk.is_folder(folder) else ():
        if entry.sha256 not in seen:
            seen.add(entry.sha256)
            key = entry.key_of(made.version)
            yield FileText(entry.sha256, key, partial(_read, kept, entry, key))


def _read(kept: KeptFacts, entry: Entry, key: str) -> Facts | None:
    try:
        facts = kept.load(key, entry.shown or entry.path, text=True)
    except DamagedFactsError:
        return None
    if len(facts) != 1 or facts[0].row is not None or facts[0].source.sha256 != entry.sha256:  # the last is forged
        return None
    return facts[0]
