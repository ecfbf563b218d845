"""The graph that the site shows: one generation at a time, and the next one as soon as a build has published it."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph
from starlette.requests import HTTPConnection

from chidao.extract.errors import ChidaoError
from chidao.extract.iris import BASE
from chidao.graph.answers.graph import Graph
from chidao.graph.select import Store, rows
from chidao.graph.store import NONE_YET, Folder, NoGraphError
from chidao.graph.tables.asked import Tabled
from chidao.ontology.vocabulary import CHIDAO, RDF
from chidao.viz.drawing.folder import common_folder

if TYPE_CHECKING:
    from chidao.graph.answers.network import Network
    from chidao.graph.answers.remote import RemoteGraph
    from chidao.graph.sparql.pool import Workers
    from chidao.graph.sparql.remote import EndpointWorkers

_RESOLVED = "graph/resolved"
_TYPE = pyoxigraph.NamedNode(RDF.type)
_log = logging.getLogger("chidao")


@dataclass(frozen=True)
class Snapshot:
    """One generation of a graph, which never changes, and what is made of it once for all requests."""

    store: Tabled
    path: Path
    """The folder of the generation's store."""
    base: str
    """What the IRIs of its documents begin with; ends with "/" or "#"."""

    made: int = 0
    """When it was made, in nanoseconds: a graph built anew may have the same number."""

    remote: RemoteGraph | None = None
    """The graph behind an endpoint, where it is not one in a folder: what it held when the server was started."""

    @property
    def generation(self) -> str:
        return self.path.name

    @cached_property
    def _lock(self) -> threading.RLock:
        return threading.RLock()

    def once(self, name: str, make: Any) -> Any:
        """Return what `make(self)` gives, made when first asked for and kept as long as this generation."""
        with self._lock:
            kept = self._kept
            if name not in kept:
                kept[name] = make(self)
            return kept[name]

    @cached_property
    def _kept(self) -> dict[str, Any]:
        return {}

    @cached_property
    def graph(self) -> Graph:
        """What answers questions on this generation."""
        return self.remote or Graph(self.path, self.store)

    @property
    def network(self) -> Network[str]:
        """Documents and what they say of each other, without the sentences. Treat it as read-only."""

        def make(snapshot: Snapshot) -> Network[str]:
            from chidao.graph.answers.network import to_networkx

            return to_networkx(snapshot.store, evidence=False)

        network: Network[str] = self.once("network", make)
        return network

    @property
    def sources(self) -> Sums:
        """The checksum of each file by its name, of those whose name no other has."""
        sources: Sums = self.once("sources", lambda snapshot: Sums(snapshot.store))
        return sources

    @property
    def folder(self) -> str:
        """What the names of all source files begin with up to a slash: a page names files from there, and does not tell where
        on a machine they lie."""

        def make(snapshot: Snapshot) -> str:
            (ends,) = rows(snapshot.store, "internal/source-ends")
            return common_folder(filter(None, ends.values()))

        folder: str = self.once("folder", make)
        return folder


class Sums:
    """The checksum of each file by its name, which is looked up when it is asked for; None where there is no such file, or several are
    called so."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, str | None] = {}

    def get(self, path: str) -> str | None:
        """Return the checksum of the file that alone is called so."""
        if path not in self._known:
            found = {row["sha256"] for row in rows(self._store, "internal/source-paths", path=pyoxigraph.Literal(path))}
            self._known[path] = found.pop() if len(found) == 1 else None
        return self._known[path]

    def __contains__(self, path: str) -> bool:
        return self.get(path) is not None

    def __getitem__(self, path: str) -> str:
        if (found := self.get(path)) is None:
            raise KeyError(path)
        return found


def open_snapshot(path: Path) -> Snapshot:
    """Return the generation whose store lies at `path`. Raises GraphError when it is damaged."""
    store = Tabled.open(path)
    graph = _resolved(store.rdf)
    return Snapshot(store, path, graph.removesuffix(_RESOLVED) if graph else BASE, path.stat().st_mtime_ns)


def _resolved(store: pyoxigraph.Store) -> str | None:
    """The graph of what all files together say, if there is one: what is said of any document stands there. To go through the names of
    the graphs, of which each file has one, takes more memory than all the rest."""
    for kind in (CHIDAO.Document, CHIDAO.Body):
        said = next(store.quads_for_pattern(None, _TYPE, pyoxigraph.NamedNode(kind)), None)
        if (
            said is not None
            and isinstance(said.graph_name, pyoxigraph.NamedNode)
            and said.graph_name.value.endswith(_RESOLVED)
        ):
            return said.graph_name.value
    return next((graph.value for graph in store.named_graphs() if graph.value.endswith(_RESOLVED)), None)


class Snapshots:
    """Gives the current generation of the graph in a folder; as long as there is none, `waiting` for it, an empty one.

    A build that publishes another one is seen by the next request, which opens it; the index that searching needs is made beside the
    requests that go on, and only searches wait for it. The old generation lives as long as somebody reads it. A folder that is damaged
    later on leaves the last good generation in place."""

    def __init__(self, graph_dir: str | Path, *, searching: bool = True, waiting: bool = False) -> None:
        """Without `searching` the index is made when somebody first searches. Raises GraphError when the graph is damaged or, where
        nobody is `waiting` for it, when there is none."""
        self.graph_dir = Path(graph_dir)
        self._folder, self._searching = Folder(graph_dir), searching
        self._opening = threading.Lock()
        self._stamp = self._pointer()
        try:
            self._snapshot = self._open()
        except NoGraphError:
            if not waiting:
                raise
            self._snapshot = Snapshot(Tabled(pyoxigraph.Store()), self._folder.generations / NONE_YET, BASE)

    def workers(self, seconds: float, max_bytes: int) -> Workers:
        """Return what answers users' queries within these limits. Whoever asks for it closes it."""
        from chidao.graph.sparql.pool import Workers

        return Workers(lambda: self.current().path, time_limit=seconds, max_bytes=max_bytes)

    def is_waiting(self) -> bool:
        """Is there no graph yet?"""
        return self.current().generation == NONE_YET

    def current(self) -> Snapshot:
        """Return the current generation."""
        if self._pointer() != self._stamp:
            with self._opening:
                stamp = self._pointer()
                if stamp != self._stamp:
                    try:
                        self._snapshot = self._open()
                    except NoGraphError:
                        pass  # a build has begun to make the folder, or the graph is gone
                    except (ChidaoError, OSError) as error:
                        _log.warning("the new graph cannot be read, the old one stays: %s", error)
                    self._stamp = stamp
        return self._snapshot

    def _open(self) -> Snapshot:
        opened = open_snapshot(self._folder.current())
        if self._searching:
            threading.Thread(target=lambda: opened.graph.index, daemon=True, name="chidao-index").start()
        return opened

    def _pointer(self) -> object:
        """What tells one published generation from another, also when a fresh graph has the same number."""
        try:
            state = self._folder.pointer.stat()
        except OSError:
            return None
        return state.st_mtime_ns, state.st_ino


class EndpointSnapshots:
    """Gives the graph behind an endpoint, with the face of `Snapshots`."""

    def __init__(self, graph: RemoteGraph) -> None:
        self._graph = graph
        self.graph_dir = Path()
        self._snapshot = Snapshot(graph.store, Path("endpoint"), graph.base, time.time_ns(), graph)

    def workers(self, seconds: float, max_bytes: int) -> EndpointWorkers:
        """Return what answers users' queries within this limit of bytes; that of time is the endpoint's own."""
        from chidao.graph.sparql.remote import EndpointWorkers

        return EndpointWorkers(self._graph.endpoint, max_bytes)

    def is_waiting(self) -> bool:
        """Is there no graph yet? There is one."""
        return False

    def current(self) -> Snapshot:
        """Return what the endpoint holds."""
        return self._snapshot


def snapshot_of(request: HTTPConnection) -> Snapshot:
    """Return the generation that answers this request, the same from its first question to its last."""
    state = request.scope.setdefault("state", {})
    if "snapshot" not in state:
        state["snapshot"] = request.app.state.snapshots.current()
    found: Snapshot = state["snapshot"]
    return found
