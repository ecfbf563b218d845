"""A graph on disk: immutable generations of an Oxigraph store, and a pointer to the current one.

    DIR/chidao-graph.txt     says that the folder is a graph; nothing is written to a folder that holds other things
    DIR/current              the name of the current generation and a checksum of its manifest's head; 0000: none yet
    DIR/generations/0003/    an Oxigraph store and its manifest (see `seal`): what it was built from, its counts and checksums
    DIR/facts/               the facts of each file, kept by content
    DIR/meaning/0003         what all files mean, from which the next build goes on (see `write.meaning`); it follows from the facts
    DIR/search/0003/         the index of all words, which follows from these two and is no part of what is sealed
    DIR/tables/0003.sqlite   tables that answer what is asked most (see `tables.kept`), which follow from the store and are no part either
    DIR/lock                 held by the one build at a time

A build writes a new generation and then replaces the pointer in one step, which publishes all of it: a reader sees the old graph or the
new one, and a build that is killed, or loses its power, leaves the old one. Readers open a generation read-only, any number of them in
any process. A graph removes its own files only; whatever else lies in its folder stays.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import pyoxigraph
from filelock import FileLock, Timeout

from chidao.extract.errors import ChidaoError
from chidao.graph import disk, seal

_MARKER = """This folder is a graph that `chidao build` made. Keep nothing else in it.
Thư mục này là đồ thị do `chidao build` lập. Xin đừng để tệp nào khác ở đây.
"""
_POINTER = re.compile(r"([0-9]{4,9})(?: ([0-9a-f]{16}))?\s*")
NONE_YET = "0000"
"""What the pointer says, and the name of no generation, before the first build."""


class GraphError(ChidaoError):
    """A graph folder that is missing, damaged or in use."""


class NoGraphError(GraphError):
    """There is no graph yet."""


class Folder:
    """The places in a graph folder."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.marker = self.path / "chidao-graph.txt"
        self.pointer = self.path / "current"
        self.lock = self.path / "lock"
        self.generations = self.path / "generations"
        self.facts = self.path / "facts"
        self.meaning = self.path / "meaning"
        self.search = self.path / "search"
        self.tables = self.path / "tables"
        self._folders = (self.generations, self.facts, self.meaning, self.search, self.tables)

    def current(self) -> Path:
        """Return the current generation's store.

        Raises GraphError when there is no graph here, or the pointer leads nowhere or not to what it led to when it was written.
        """
        if not self.path.exists():
            raise self._none()
        if not self.path.is_dir():
            raise GraphError("not a graph folder but a file", path=str(self.path))
        name, mark = self._pointed()
        if name == NONE_YET:
            raise self._none()
        store = self.generations / name
        if not store.is_dir():
            raise _broken("its current generation is missing", self.path)
        if mark is None:
            raise GraphError(
                "this graph was made by an earlier version; `chidao build` with its files reads them again",
                path=str(self.path),
            )
        try:
            if seal.mark(store) != mark:
                raise seal.Damaged("its pointer and its manifest do not agree", store)
        except seal.Damaged as error:
            raise _broken(str(error), error.file) from None
        return store

    def is_new(self) -> bool:
        """Return whether no generation has been published here yet."""
        return self._pointed()[0] == NONE_YET

    def is_older(self) -> bool:
        """Return whether an earlier version made the current generation: its pointer holds no mark."""
        name, mark = self._pointed()
        return mark is None and name != NONE_YET

    def _none(self) -> GraphError:
        return NoGraphError("no graph here; make one with `chidao build`", path=str(self.path))

    def _pointed(self) -> tuple[str, str | None]:
        """The name and the mark that the pointer holds; an earlier version wrote no mark."""
        try:
            said = _POINTER.fullmatch(disk.read(self.pointer).decode("ascii"))
        except FileNotFoundError:
            raise self._none() from None
        except (OSError, UnicodeDecodeError):
            said = None
        if said is None:
            raise _broken("its pointer cannot be read", self.pointer)
        return said[1], said[2]

    @contextmanager
    def locked(self, *, mend: bool = False) -> Iterator[list[str]]:
        """Hold the folder for one build. To `mend` moves aside what stands in place of the graph's own; what was moved is given, in
        words.

        Raises GraphError when another build holds the folder, when it cannot be written, and when it holds other things than a graph.
        """
        try:
            moved = self._prepare(mend)
            lock = FileLock(self.lock, timeout=0)
            lock.acquire()
        except Timeout:
            raise GraphError(
                "another build is writing this graph; wait for it or stop it", path=str(self.path)
            ) from None
        except OSError as error:
            raise GraphError(f"cannot be written ({error.strerror or error})", path=str(self.path)) from None
        try:
            yield moved
        except OSError as error:
            raise GraphError(f"cannot be written ({error.strerror or error})", path=str(self.path)) from None
        finally:
            lock.release()

    def _prepare(self, mend: bool) -> list[str]:
        """Make what every graph folder has; what was moved aside for it, in words."""
        if self.path.exists() and not self.path.is_dir():
            raise GraphError("not a graph folder but a file", path=str(self.path))
        self.path.mkdir(parents=True, exist_ok=True)
        if not self._is_graph():
            raise GraphError("this folder holds other things than a graph; name a new one", path=str(self.path))
        moved = []
        own = (self.marker, self.pointer, self.lock, *self._folders)
        for place in filter(self._is_foreign, own):
            if not mend:
                raise GraphError("stands in place of a graph's own; --fresh moves it aside", path=str(place))
            moved.append(f"{place} was no part of the graph; it is called {disk.move_aside(place).name} now")
        if not self.marker.exists():
            disk.write(self.marker, _MARKER.encode())
        for folder in self._folders:
            folder.mkdir(exist_ok=True)
        if not self.pointer.exists():
            if self._all() and not mend:
                raise _broken("its pointer is missing", self.path)
            disk.write(self.pointer, NONE_YET.encode())
        return moved

    def _is_graph(self) -> bool:
        """Return whether this folder is empty or a graph. One that an earlier version made has no marker, but generations."""
        if disk.is_file(self.marker) or any(disk.is_file(generation / "CURRENT") for generation in self._all()):
            return True
        return all(place.name == f"{self.marker.name}.new" for place in self.path.iterdir())

    def _is_foreign(self, place: Path) -> bool:
        """Return whether something else stands in the place of one of the graph's own. The lock is emptied when it is taken."""
        if not os.path.lexists(place):
            return False
        if place in self._folders:
            return not disk.is_folder(place)
        return not disk.is_file(place) or (
            place == self.lock and (place.stat().st_size, place.stat().st_nlink) != (0, 1)
        )

    def _all(self) -> list[Path]:
        """The generations."""
        if not disk.is_folder(self.generations):
            return []
        return [place for place in self.generations.iterdir() if place.name.isdecimal() and disk.is_folder(place)]

    def next_generation(self) -> Path:
        """Return a fresh place for the next generation; leftovers of a killed build are removed."""
        current = 0
        with suppress(GraphError):
            current = int(self._pointed()[0])
            for place in self._all():
                if int(place.name) > current:
                    remove_generation(place)
        places = (self.generations / f"{number:04}" for number in count(current + 1))
        return next(place for place in places if not os.path.lexists(place))

    def publish(
        self,
        generation: Path,
        quads: int,
        built: Any = None,
        former: tuple[Path, seal.Seal] | None = None,
        *,
        first: Callable[[Path], None] | None = None,
    ) -> None:
        """Seal `generation`, whose store is closed, make it the current one, in one step, and drop those that no reader can need: all
        but the one before. `built` is what the next build has to know, plain data for JSON. `former` is the generation whose files it
        may share, which were read just now, and its seal; `first` is done with the sealed generation before anybody reads it."""
        seal.seal(generation, quads, built, former)
        disk.sync(self.generations)
        if first:
            first(generation)
        needed = {generation.name}
        with suppress(GraphError):
            needed.add(self._pointed()[0])
        disk.write(self.pointer, f"{generation.name} {seal.mark(generation)}\n".encode())
        with suppress(KeyboardInterrupt):  # it is published; the next build sweeps what is left
            for place in self._all():
                if place.name not in needed:
                    remove_generation(place)


def remove_generation(generation: Path) -> None:
    """Remove the files that a build wrote, and the folder when nothing else is in it."""
    with suppress(OSError):  # a reader holds it, on some systems; the next build tries again
        for path in seal.own(generation):
            path.unlink()
        generation.rmdir()


def read_store(path: str | Path) -> pyoxigraph.Store:
    """Return the current generation of the graph at `path`, read-only.

    Raises GraphError when there is none or it is damaged.
    """
    return open_generation(Folder(path).current())


def generation_before(store: Path) -> Path | None:
    """Return the folder of the generation that stood before this one, None where there is none any more."""
    with suppress(OSError):
        older = [
            place for place in store.parent.iterdir()
            if place.name.isdecimal() and int(place.name) < int(store.name) and disk.is_folder(place)
        ]  # fmt: skip
        return max(older, key=lambda place: int(place.name), default=None)
    return None


def open_generation(store: Path) -> pyoxigraph.Store:
    """Return one generation by its folder, read-only. Raises GraphError when it is damaged."""
    try:
        seal.check(store)
        return pyoxigraph.Store.read_only(str(store))
    except (OSError, RuntimeError, ValueError) as error:
        raise damaged(error, store) from None


def damaged(error: Exception, store: str | Path | None = None) -> GraphError:
    """Return what to say of a store that fails when it is opened or read."""
    reason = " ".join(str(error).split())
    path = error.file if isinstance(error, seal.Damaged) else Path(store) if store else None
    return _broken(f"{reason[:120]}{'…' * (len(reason) > 120)}", path)


def _broken(reason: str, path: Path | None) -> GraphError:
    return GraphError(f"damaged graph: {reason}; build it anew with --fresh", path=str(path) if path else None)


def all_quads(store: pyoxigraph.Store) -> Iterator[pyoxigraph.Quad]:
    """Return every quad. Raises GraphError when the store turns out to be damaged."""
    return quads_of(store)


def quads_of(
    store: pyoxigraph.Store,
    subject: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Triple | None = None,
    predicate: pyoxigraph.NamedNode | None = None,
    object_: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | None = None,
) -> Iterator[pyoxigraph.Quad]:
    """Yield the quads with what is given. Raises GraphError when the store turns out to be damaged."""
    try:
        yield from store.quads_for_pattern(subject, predicate, object_, None)
    except (OSError, RuntimeError) as error:
        raise damaged(error) from None
