"""A graph on disk: immutable generations of an Oxigraph store, and a pointer to the current one.

    DIR/current              the name of the current generation
    DIR/generations/0003/    an Oxigraph store
    DIR/manifest.json        what the current generation was built from
    DIR/facts/               the facts of each file, kept by content
    DIR/lock                 held by the one build at a time

A build writes a new generation and then replaces the pointer in one step, so a reader sees the old graph or the new
one, and a build that is killed leaves the old one. Readers open a generation read-only, any number of them in any
process.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph
from filelock import FileLock, Timeout
from rdflib import Dataset

from chidao.extract.errors import ChidaoError
from chidao.ontology.vocabulary import bind

KEPT_GENERATIONS = 2
"""The current generation and the one before, which readers may still hold."""


class GraphError(ChidaoError):
    """A graph folder that is missing, damaged or in use."""


class Folder:
    """The places in a graph folder."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.pointer = self.path / "current"
        self.generations = self.path / "generations"
        self.manifest = self.path / "manifest.json"
        self.facts = self.path / "facts"

    def current(self) -> Path:
        """The current generation's store.

        Raises GraphError when there is no graph here or the pointer leads nowhere.
        """
        if not self.path.exists():
            raise GraphError("no graph here; make one with `chidao build`", path=str(self.path))
        if not self.path.is_dir():
            raise GraphError("not a graph folder but a file", path=str(self.path))
        try:
            name = self.pointer.read_text("ascii").strip()
        except FileNotFoundError:
            raise GraphError("no graph here; make one with `chidao build`", path=str(self.path)) from None
        except (OSError, UnicodeDecodeError) as error:
            raise GraphError(
                f"damaged graph: cannot read its pointer ({type(error).__name__}); build it anew with --fresh",
                path=str(self.pointer),
            ) from None
        store = self.generations / name
        if not name.isdigit() or not store.is_dir():
            raise GraphError(
                "damaged graph: its current generation is missing; build it anew with --fresh", path=str(self.path)
            )
        return store

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for one build.

        Raises GraphError when another build holds it or it cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self.generations.mkdir(exist_ok=True)
            self.facts.mkdir(exist_ok=True)
            lock = FileLock(self.path / "lock", timeout=0)
            lock.acquire()
        except Timeout:
            raise GraphError(
                "another build is writing this graph; wait for it or stop it", path=str(self.path)
            ) from None
        except OSError as error:
            raise GraphError(f"cannot be written ({error.strerror or error})", path=str(self.path)) from None
        try:
            yield
        except OSError as error:
            raise GraphError(f"cannot be written ({error.strerror or error})", path=str(self.path)) from None
        finally:
            lock.release()

    def next_generation(self) -> Path:
        """A fresh, empty place for the next generation; leftovers of a killed build are removed."""
        numbers = [int(p.name) for p in self.generations.iterdir() if p.name.isdigit()]
        try:
            current = int(self.current().name)
        except GraphError:
            current = 0
        for number in numbers:
            if number > current:
                _remove(self.generations / f"{number:04}")
        return self.generations / f"{current + 1:04}"

    def publish(self, generation: Path) -> None:
        """Make `generation` the current one, in one step, and drop those that no reader can need."""
        self.write(self.pointer, generation.name)
        number = int(generation.name)
        for old in self.generations.iterdir():
            if old.name.isdigit() and int(old.name) <= number - KEPT_GENERATIONS:
                _remove(old)

    @staticmethod
    def write(path: Path, text: str) -> None:
        """Write a small file whole or not at all."""
        temporary = path.with_name(path.name + ".new")
        with temporary.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        if path.is_dir():  # in a damaged folder
            _remove(path)
        os.replace(temporary, path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def read_store(path: str | Path) -> pyoxigraph.Store:
    """The current generation of the graph at `path`, read-only.

    Raises GraphError when there is none or it is damaged.
    """
    return open_generation(Folder(path).current())


def open_generation(store: Path) -> pyoxigraph.Store:
    """One generation by its folder, read-only. Raises GraphError when it is damaged."""
    try:
        return pyoxigraph.Store.read_only(str(store))
    except (OSError, RuntimeError, ValueError) as error:
        raise damaged(error, store) from None


def damaged(error: Exception, store: str | Path | None = None) -> GraphError:
    """What to say of a store that fails when it is opened or read."""
    reason = " ".join(str(error).split())
    return GraphError(
        f"damaged graph ({reason[:120]}{'…' * (len(reason) > 120)}); build it anew with --fresh",
        path=str(store) if store else None,
    )


def all_quads(store: pyoxigraph.Store) -> Iterator[pyoxigraph.Quad]:
    """Every quad. Raises GraphError when the store turns out to be damaged."""
    try:
        yield from store.quads_for_pattern(None, None, None, None)
    except (OSError, RuntimeError) as error:
        raise damaged(error) from None


def open_graph(path: str | Path = "chidao-graph") -> Dataset:
    """The graph at `path` as an rdflib Dataset, read-only; its default graph is the union of all named graphs.

    Raises GraphError when there is none or it is damaged.
    """
    return as_dataset(read_store(path))


def as_dataset(store: pyoxigraph.Store) -> Dataset:
    """An open store as an rdflib Dataset whose default graph is the union of all named graphs."""
    from oxrdflib import OxigraphStore

    dataset = Dataset(store=OxigraphStore(store=store), default_union=True)
    bind(dataset)
    return dataset
