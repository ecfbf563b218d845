"""Graphs to be attacked: a few documents, what is done to them, and what a graph of them holds."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Self

from chidao.extract import resolve
from chidao.extract.errors import ChidaoError
from chidao.extract.formats.sandbox import Call
from chidao.graph.disk import is_file
from chidao.graph.store import Folder, all_quads, read_store
from chidao.graph.write.build import build
from chidao.graph.write.inspection import inspect
from chidao.graph.write.quads import quads
from chidao.tests.torture.children import in_child

TEXT = "QUYẾT ĐỊNH\n\nCăn cứ Nghị định số {}/2023/NĐ-CP ngày 03 tháng 6 năm 2023 của Chính phủ;\n"
FOREIGN = ("thư.docx", "facts/công văn.docx", "generations/0009/báo cáo.docx", "generations/ảnh.jpg")
"""What somebody laid into a graph folder, and must still be there in the end."""
NO_GRAPH = "no graph"


@dataclass(frozen=True, slots=True)
class Change:
    """What a build has to do: `change` is done to the documents of a graph that is there already, unless `first`."""

    name: str
    change: Callable[[Path], None]
    first: bool = False
    fresh: bool = False


def write(folder: Path, *numbers: int) -> None:
    """Write a document for each number, which names the decree that it cites."""
    for number in numbers:
        (folder / f"{number % 10}.txt").write_text(TEXT.format(number), encoding="utf-8")


CHANGES = (
    Change("first build", lambda docs: None, first=True),
    Change("a file more", lambda docs: write(docs, 4)),
    Change("a file less", lambda docs: (docs / "2.txt").unlink()),
    Change("a file changed", lambda docs: write(docs, 12)),
    Change("anew", lambda docs: write(docs, 5), fresh=True),
)


def warm() -> None:
    """Load the tables and rules that a build needs, so that no forked child has to. The engine is not started: it has threads."""
    from chidao.extract.facts import extract_text
    from chidao.extract.model import Source

    list(quads(resolve([extract_text(Source("x.txt", "0" * 64, "utf-8", TEXT.format(1)))])))


def held(graph: Path) -> str:
    """A checksum of all quads of a graph, `NO_GRAPH` where there is none."""
    try:
        store = read_store(graph)
    except ChidaoError as error:
        if "no graph here" in str(error):
            return NO_GRAPH
        raise
    return hashlib.sha256("\n".join(sorted(map(str, all_quads(store)))).encode()).hexdigest()


class _Here:
    """Readers that read in this process: what is attacked here is what a build writes. (Guarded processes take a second to start.)"""

    def __init__(self, size: int | None = None) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def ask(self, call: Call) -> bytes:
        module, name = call.function.split(":")
        answer: bytes = getattr(import_module(module), name)(lambda limits: None, call.arguments, call.body)
        return answer

    def each(self, calls: Iterable[Call]) -> Iterator[bytes]:
        return map(self.ask, calls)


def built(docs: Path, graph: Path, *, fresh: bool = False) -> Any:
    """Build a graph of a folder of documents: the summary's figures."""
    import_module("chidao.graph.write.build").Readers = _Here  # type: ignore[attr-defined]
    summary = build([docs], graph, jobs=1, fresh=fresh)
    return {"failed": summary.failed, "unchanged": summary.unchanged, "notes": summary.notes}


def lay_foreign(graph: Path) -> None:
    for name in FOREIGN:
        (graph / name).parent.mkdir(parents=True, exist_ok=True)
        (graph / name).write_bytes(name.encode())


def is_foreign_whole(graph: Path) -> bool:
    return all((graph / name).read_bytes() == name.encode() for name in FOREIGN)


def must_be_sound(graph: Path, expected: str) -> None:
    """Raise AssertionError unless a graph holds what is expected, nothing of it is damaged, and nothing is left of killed builds."""
    assert held(graph) == expected, "another graph than the one that was built"
    found = inspect(graph)
    assert not found.damage, found.damage
    folder = Folder(graph)
    entries = len(list(folder.facts.glob("*.facts")))
    assert entries == found.facts, f"{entries} facts are kept of {found.facts} files"
    engines = [place for place in folder.generations.iterdir() if is_file(place / "CURRENT")]
    assert len(engines) <= 2, f"{len(engines)} generations are left"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A change that is ready to be built: `base` is the graph before, None for a first build; what a graph of it holds `before` and
    `after` it is built."""

    change: Change
    docs: Path
    base: Path | None
    before: str
    after: str


def prepared(folder: Path) -> Iterator[Prepared]:
    """Yield every change, each in a folder of its own."""
    for number, change in enumerate(CHANGES):
        docs, base, done = (folder / str(number) / name for name in ("docs", "base", "done"))
        docs.mkdir(parents=True)
        write(docs, 1, 2, 3)
        before = NO_GRAPH
        if not change.first:
            in_child(lambda docs=docs, base=base: built(docs, base))  # type: ignore[misc]
            lay_foreign(base)
            before = in_child(lambda base=base: held(base))[1]  # type: ignore[misc]
            shutil.copytree(base, done)
        change.change(docs)
        in_child(lambda docs=docs, done=done, change=change: built(docs, done, fresh=change.fresh))  # type: ignore[misc]
        after = in_child(lambda done=done: held(done))[1]  # type: ignore[misc]
        yield Prepared(change, docs, None if change.first else base, before, after)


def outcome_of(one: Prepared, graph: Path, where: str) -> str:
    """Look at a graph after its build was broken off, and build again: "old" or "new", which graph was there. Raises AssertionError,
    which names `where`, unless it was one of them and the build that follows leaves all as it should be."""
    found = in_child(lambda: held(graph))[1]
    assert found in (one.before, one.after), f"{where}: neither the old graph nor the new one"

    def again() -> None:
        built(one.docs, graph, fresh=one.change.fresh)
        assert held(graph) == one.after
        write(one.docs, 6)  # the next real change sweeps what a broken one left
        built(one.docs, graph)
        must_be_sound(graph, held(graph))
        assert one.base is None or is_foreign_whole(graph)

    try:
        in_child(again)
    except AssertionError as error:
        raise AssertionError(f"{where}: {error}") from None
    finally:
        (one.docs / "6.txt").unlink(missing_ok=True)
    return "new" if found == one.after != one.before else "old"
