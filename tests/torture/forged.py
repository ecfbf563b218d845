"""Graphs that somebody forged: facts and stores whose checksums are right and whose contents mean nothing.

Values of the right types stand in them that no build writes: days that there are not, names that break lines, scripts, places outside the
text, terms that no IRI can be. Whoever builds on such a graph or asks it gets an answer or one line, and its pages run nothing.
"""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pyoxigraph
from click.testing import CliRunner

from chidao.cli import main
from chidao.extract.errors import ChidaoError
from chidao.graph import disk, seal
from chidao.graph.store import Folder, all_quads, read_store
from chidao.graph.write import meaning
from chidao.graph.write.kept import DamagedFactsError, KeptFacts, decode, encode
from chidao.graph.write.manifest import read_noted
from chidao.tests.torture.children import MEMORY, apart, in_child
from chidao.tests.torture.graphs import built, held, must_be_sound, warm, write

_ROOT = Path(__file__).parents[2]
_TEXTS = (
    "", "\x00", "\n", "a\nb", " ", "<script>alert(1)</script>", "javascript:alert(1)", "http://e/ x", "<>", "\\", "\u202e", "\uffff", "a" * 3000, "../x", "vn",
    "15-NQ/TW", "Nghị quyết", "%00", "[]", "2025-02-30", "2026-13", "x:y", "implements", "repeals", "-1", "1e999", "Điều 0", "_:b", "\x1b[31m", "self",
)  # fmt: skip
_NUMBERS = (-1, 0, 1, 2**31, 2**62, -(2**62))
_IRIS = (
    "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "urn:x", "file:///etc/passwd", "https://w3id.org/chidao/id/",
    "https://w3id.org/chidao/id/document/", "https://w3id.org/chidao/ns#", "https://w3id.org/chidao/ns#zzz", 'http://e/"onmouseover=alert(1)',
)  # fmt: skip
_KINDS = ("date", "integer", "gYear", "string", "dateTime", "boolean", "nonNegativeInteger", "anyURI")
_COMMANDS = (
    "stats", "show 2/2023/NĐ-CP", "show Chính|phủ", "implements 2/2023/NĐ-CP", "coverage 2/2023/NĐ-CP", "tasks", "ask reviews-due", "validate", "query ASK{?s?p?o}",
    "graph --all -o PAGES/graph.html", "export -o PAGES/graph.nq", "export --format graphml -o PAGES/graph.graphml", "site -o PAGES/site",
)  # fmt: skip
_RUNS = re.compile(r"""(?:href|src)=["']?\s*(?:javascript|data:text):[^>]*|<script>alert""", re.IGNORECASE)


def forged_facts(value: Any, chance: random.Random, share: float) -> Any:
    """Return facts, or a part of them, with a share of their values replaced by others of their types."""
    if is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in fields(value)]
        return replace(value, **{name: forged_facts(getattr(value, name), chance, share) for name in names})
    if isinstance(value, tuple):
        made = [forged_facts(part, chance, share) for part in value]
        if hasattr(value, "_fields"):
            return type(value)(*made)
        return tuple(made[: chance.randrange(len(made) + 1)] if chance.random() < share else made)
    if chance.random() > share:
        return value
    if isinstance(value, str):
        return chance.choice((*_TEXTS, f"{value}\n", value[:-1]))
    return chance.choice(_NUMBERS) if type(value) is int else value


def forged_store(graph: Path, change: Callable[[pyoxigraph.Quad], pyoxigraph.Quad]) -> None:
    """Change the quads of a graph, and seal it as a build does."""
    quads, generation = list(all_quads(read_store(graph))), Folder(graph).current()
    noted = seal.built(generation)
    shutil.rmtree(generation)
    store = pyoxigraph.Store(str(generation))
    store.extend(map(change, quads))
    store.flush()
    held = len(store)
    del store
    seal.seal(generation, held, noted)
    disk.write(graph / "current", f"{generation.name} {seal.mark(generation)}".encode())


def _forged(quad: pyoxigraph.Quad, quads: list[pyoxigraph.Quad], chance: random.Random) -> pyoxigraph.Quad:
    kind = pyoxigraph.NamedNode(f"http://www.w3.org/2001/XMLSchema#{chance.choice(_KINDS)}")
    other = chance.choice(quads)
    try:
        iri = pyoxigraph.NamedNode(chance.choice(_IRIS))
    except ValueError:  # the engine takes no such name
        iri = other.predicate
    object_ = chance.choice(
        (pyoxigraph.Literal(chance.choice(_TEXTS), datatype=kind), iri, pyoxigraph.BlankNode(), other.object)
    )
    subject = chance.choice((quad.subject, quad.subject, iri, other.subject))
    predicate = chance.choice((quad.predicate, quad.predicate, quad.predicate, other.predicate))
    return pyoxigraph.Quad(subject, predicate, object_, quad.graph_name)


def attack(seed: int, times: int) -> str:
    """Forge so many graphs, from a process of its own, which has no threads when it forks."""
    return apart(__file__, seed, times)


def _attack(seed: int, times: int) -> str:
    chance, outcome = random.Random(seed), Counter[str]()
    with TemporaryDirectory(prefix="chidao-forged-", dir=MEMORY) as name:
        folder = Path(name)
        warm()
        docs, base, graph, pages = (folder / part for part in ("docs", "base", "graph", "pages"))
        docs.mkdir()
        write(docs, *range(1, 5))
        for sample in (_ROOT / "samples").glob("0[1-6]*.txt"):
            shutil.copy(sample, docs)
        in_child(lambda: built(docs, base))
        for number in range(times):
            for place in (graph, pages):
                shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(base, graph)
            pages.mkdir()
            forge, way = ((_on_facts, "facts"), (_asked, "stores"), (_on_meaning, "meanings"))[number % 3]
            share = chance.choice((0.002, 0.02, 0.2))
            drawn = chance.randrange(2**32)
            died, told = in_child(lambda forge=forge, drawn=drawn, share=share: forge(docs, graph, pages, drawn, share))  # type: ignore[misc]
            assert not died, f"{way} forged with {drawn}, {share}: it died of signal {died}"
            outcome.update(told)
    figures = ", ".join(f"{count:,} {what}" for what, count in sorted(outcome.items()))
    return f"{times} graphs forged with the right checksums: {figures}; 0 anything else, no page runs what was put in"


def _on_facts(docs: Path, graph: Path, pages: Path, drawn: int, share: float) -> dict[str, int]:
    """Build on forged facts: done, or refused in one line with the old graph in place; --fresh mends it."""
    chance = random.Random(drawn)
    if chance.random() < 0.5:  # so that the facts of all files are needed, else of some
        shutil.rmtree(graph / "meaning")
    before, kept = held(graph), KeptFacts(graph / "facts")
    for entry in read_noted(Folder(graph).current()).entries:
        for less in (1, 10, 100):  # many values fit no type of theirs, and are seen to be damaged
            with suppress(ChidaoError, DamagedFactsError):
                data = encode(entry.key, forged_facts(tuple(kept.load(entry.key, entry.shown)), chance, share / less))
                decode(entry.key, data, entry.shown)
                kept.put(entry.key, data)
                break
    write(docs, 6)
    try:
        built(docs, graph)
        said = "builds done"
    except ChidaoError as error:
        assert "\n" not in str(error) and "--fresh" in str(error), str(error)
        assert held(graph) == before, "another graph than before"
        said = "builds refused in a line"
    finally:
        (docs / "6.txt").unlink()
    built(docs, graph, fresh=True)
    must_be_sound(graph, before)
    return {said: 1}


def _on_meaning(docs: Path, graph: Path, pages: Path, drawn: int, share: float) -> dict[str, int]:
    """Build on what is forged of the meaning of files: whatever it is, the graph is whole; --fresh mends it."""
    chance, before = random.Random(drawn), held(graph)
    forged_meaning(graph, chance, share)
    write(docs, 6)
    try:
        built(docs, graph)
        must_be_sound(graph, held(graph))
    finally:
        (docs / "6.txt").unlink()
    built(docs, graph, fresh=True)
    must_be_sound(graph, before)
    return {"builds done": 1}


def forged_meaning(graph: Path, chance: random.Random, share: float) -> None:
    """Change values in what is kept of the meaning of files, and seal it as a build does."""
    current = Folder(graph).current()
    place = graph / "meaning" / current.name
    db = sqlite3.connect(place, isolation_level=None)
    for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        rows = db.execute(f"SELECT * FROM {table}").fetchall()
        db.execute(f"DELETE FROM {table}")
        for row in rows:
            made = [_forged_cell(cell, chance) if chance.random() < share else cell for cell in row]
            with suppress(sqlite3.IntegrityError):  # no text is the number of a file
                db.execute(f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(made))})", made)
    db.close()
    mark = meaning.mark_of(place)
    seal.seal(current, seal.check(current).quads, seal.built(current) | {"meaning": mark})
    disk.write(graph / "current", f"{current.name} {seal.mark(current)}".encode())


def _forged_cell(cell: Any, chance: random.Random) -> Any:
    if isinstance(cell, bytes):
        with suppress(ValueError, UnicodeEncodeError):
            return msgspec.msgpack.encode(_forged_value(msgspec.msgpack.decode(cell), chance))
        return b""
    return chance.choice((None, *_NUMBERS, *_TEXTS))


def _forged_value(value: Any, chance: random.Random) -> Any:
    """Plain data with one value in it that is another."""
    if isinstance(value, list) and value:
        i = chance.randrange(len(value))
        return [*value[:i], _forged_value(value[i], chance), *value[i + 1 :]]
    if isinstance(value, dict) and value:
        key = chance.choice(list(value))
        return value | {key: _forged_value(value[key], chance)}
    return chance.choice((None, *_NUMBERS, *_TEXTS))


def _asked(docs: Path, graph: Path, pages: Path, drawn: int, share: float) -> dict[str, int]:
    """Ask a forged store all kinds of things."""
    chance, quads = random.Random(drawn), list(all_quads(read_store(graph)))
    forged_store(graph, lambda quad: _forged(quad, quads, chance) if chance.random() < share else quad)
    told = Counter[str]()
    for command in _COMMANDS:
        words = [word.replace("|", " ").replace("PAGES", str(pages)) for word in command.split()]
        done = CliRunner().invoke(main, [*words, "--graph", str(graph)])
        where = f"chidao {command}, forged with {drawn}, {share}"
        assert done.exception is None or isinstance(done.exception, SystemExit), f"{where}: {done.exception!r}"
        assert done.exit_code in (0, 1) and "Traceback" not in done.output, f"{where}: {done.output[-500:]}"
        lines = [line for line in done.stderr.splitlines() if not line.endswith("…") and not line.startswith("  ")]
        assert len(lines) == bool(done.exit_code) or command == "validate", f"{where}: {done.stderr[-500:]}"
        told["answers in a line" if done.exit_code else "answers"] += 1
    for page in pages.rglob("*.html"):
        runs = _RUNS.search(page.read_text(encoding="utf-8"))
        assert not runs, f"{page.relative_to(pages)}, forged with {drawn}, {share}: {runs and runs[0]}"
    return told


if __name__ == "__main__":
    print(_attack(int(sys.argv[1]), int(sys.argv[2])))
