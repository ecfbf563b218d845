"""One face for all questions: the command line, the site, notebooks and language models ask a `Graph`.

    graph = Graph.open("chidao-graph")
    graph.implements("15-NQ/TW").documents
    graph.tasks(body="Sở Nội vụ tỉnh Lào Cai")

Documents and bodies are named as people name them: by number, title, name or IRI, with `year` and `scope` (a province) where several
share a number. A name that means nothing, or several things, raises what `lookup` raises for it; nothing else has to know how names
are resolved. What many questions read, the names, the tasks and the index of words, is made once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import msgspec

from chidao.graph import seal
from chidao.graph.answers.ask import Question, Table, ask, questions
from chidao.graph.answers.changed import (
    Changed,
    ChangedPart,
    below_kept,
    changed,
    concerning,
    kept_states,
    part_of,
    part_of_kept,
)
from chidao.graph.answers.coverage import Coverage, coverage
from chidao.graph.answers.describe import describe
from chidao.graph.answers.done import DoneBook
from chidao.graph.answers.implements import Implementation, carriers, chains, implementers
from chidao.graph.answers.lookup import Match, Names, one_body, one_document
from chidao.graph.answers.own_documents import own_documents
from chidao.graph.answers.provisions import Provisions, provisions
from chidao.graph.answers.show import BodyDetails, DocumentDetails, show, show_body, show_document
from chidao.graph.answers.source_text import SourceText, source_text
from chidao.graph.answers.status import Ended, Status, ended, states, status
from chidao.graph.answers.task_days import AllTasks, Counted
from chidao.graph.answers.task_proofs import Offer, offers
from chidao.graph.answers.task_sources import Sources, sources
from chidao.graph.answers.tasks import TaskRow, tasks
from chidao.graph.answers.timeline import Timeline, timeline
from chidao.graph.store import Folder, GraphError, generation_before
from chidao.graph.tables.asked import Tabled
from chidao.graph.tables.changed import Chosen, KeptChanges
from chidao.graph.tables.kept import NoTablesError
from chidao.graph.write.manifest import Manifest, read_noted

if TYPE_CHECKING:
    from chidao.graph.answers.network import Network
    from chidao.graph.answers.search import Found, Hit, SearchIndex
    from chidao.graph.sparql.pool import Workers
    from chidao.graph.sparql.remote import EndpointWorkers
    from chidao.graph.sparql.run import Answer

Made = TypeVar("Made")
_COVERAGES = 40
"""Coverages that are kept, the newest."""
_TEXTS = 4
"""Texts that are kept: who reads one goes on reading it."""


@dataclass(frozen=True, slots=True)
class Implementers:
    """A directive and the documents that carry it out: of `total` those that were asked for."""

    directive: Match
    documents: tuple[Implementation, ...]
    total: int
    ended: Ended | None = None
    """What has ended the directive as a whole."""


class Graph:
    """One generation of a graph, read-only, which never changes. Safe in any number of threads."""

    def __init__(self, generation: Path, store: Tabled | None = None, *, time_limit: float = 30.0) -> None:
        """`generation` is the folder of its store, which is opened when it is first read unless it is given; `time_limit` the seconds
        that a SPARQL query may take."""
        self.generation = generation
        self._limit = time_limit
        self._lock = threading.RLock()
        self._kept: dict[str, Any] = {} if store is None else {"store": store}

    @classmethod
    def open(cls, graph_dir: str | Path, *, time_limit: float = 30.0) -> Self:
        """Return the current generation of the graph in a folder. Raises GraphError when there is none."""
        return cls(Folder(graph_dir).current(), time_limit=time_limit)

    def _once(self, name: str, make: Callable[[], Made]) -> Made:
        with self._lock:
            if name not in self._kept:
                self._kept[name] = make()
            made: Made = self._kept[name]
            return made

    @property
    def store(self) -> Tabled:
        """The store itself, with its tables. Raises GraphError when it is damaged."""
        return self._once("store", lambda: Tabled.open(self.generation))

    @property
    def built(self) -> Manifest:
        """What this generation was built from. Raises GraphError when that is damaged."""
        return self._once("built", lambda: read_noted(self.generation))

    def text(self, sha256: str) -> SourceText | None:
        """Return the text of the file with this checksum, with what its places mean; None where there is none."""
        made: dict[str, SourceText | None] = self._once("texts", dict)
        with self._lock:
            if sha256 in made:
                return made[sha256]
        found = source_text(self.generation, self.built, self.store, sha256)
        with self._lock:
            while len(made) >= _TEXTS:
                del made[next(iter(made))]
            made[sha256] = found
        return found

    # Names

    def document(self, name: str, *, year: int | None = None, scope: str | None = None) -> Match:
        """Return the one document that `name` means."""
        names = self._once("names", lambda: Names(self.store))
        return one_document(self.store, name, year=year, scope=scope, names=names)

    def documents(self, names: Iterable[str], *, year: int | None = None, scope: str | None = None) -> list[str]:
        """Return the IRIs of the documents that the names mean, each once."""
        return list(dict.fromkeys(self.document(name, year=year, scope=scope).iri for name in names))

    def body(self, name: str) -> str:
        """Return the IRI of the one body that `name` means."""
        return one_body(self.store, name)[0]

    # Questions

    def show(
        self, name: str, *, year: int | None = None, scope: str | None = None, on: date | None = None
    ) -> DocumentDetails | BodyDetails | Provisions:
        """Return all that is known of a document, a body or a provision ("khoản 2 Điều 5 Nghị định 30/2020/NĐ-CP"), with what is in force
        on a day (today by default); a body called exactly so comes first."""
        return show(self.store, name, year=year, scope=scope, on=on)

    def show_document(
        self,
        name: str,
        *,
        year: int | None = None,
        scope: str | None = None,
        on: date | None = None,
        limit: int | None = None,
    ) -> DocumentDetails:
        """Return all that is known of a document, with its status on a day (today by default); of long lists the first `limit`."""
        return show_document(self.store, self.document(name, year=year, scope=scope).iri, on, limit=limit)

    def provisions(
        self, name: str, *, year: int | None = None, scope: str | None = None, on: date | None = None
    ) -> Provisions:
        """Return the provisions of a document with their texts, who cites them, what changed them, and their state on a day."""
        return provisions(self.store, self.document(name, year=year, scope=scope).iri, on=on)

    def show_body(self, name: str) -> BodyDetails:
        """Return all that is known of a body."""
        return show_body(self.store, self.body(name))

    def status(self, name: str, *, year: int | None = None, scope: str | None = None, on: date | None = None) -> Status:
        """Return whether a document still stands on a day (today by default), as far as the files tell."""
        return status(self.store, self.document(name, year=year, scope=scope).iri, on)

    def implements(
        self,
        name: str,
        *,
        year: int | None = None,
        scope: str | None = None,
        chain: bool = False,
        on: date | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Implementers:
        """Return the documents that carry out a directive, in a `chain` also those that carry these out in turn; what of it has ended by a
        day (today by default). Of the directive's own at most `limit`, behind the first `offset`."""
        directive = self.document(name, year=year, scope=scope)
        find = chains if chain else implementers
        found = find(self.store, directive.iri, on, limit=limit, offset=offset)
        over = ended(self.store, [directive.iri], on).get(directive.iri)
        return Implementers(directive, tuple(found), len(carriers(self.store, directive.iri)), over)

    def changes(
        self,
        directive: str | None = None,
        *,
        body: str | None = None,
        year: int | None = None,
        scope: str | None = None,
    ) -> list[Changed] | None:
        """Return what this generation says that the one before did not, and what it says no more: all, or what concerns a directive, a
        body (see `concerning`). None where there is no generation before."""
        found = self.changed_part(directive, body=body, year=year, scope=scope)
        return None if found is None else list(found.lines)

    def changed_part(
        self,
        directive: str | None = None,
        *,
        body: str | None = None,
        year: int | None = None,
        scope: str | None = None,
        kind: str | None = None,
        new: bool | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> ChangedPart | None:
        """Return a part of the same: of a kind, of what is `new` or gone, at most `limit` lines behind the first `offset`."""
        chosen = self.document(directive, year=year, scope=scope).iri if directive is not None else None
        own = self.body(body) if body is not None else None
        older, today = generation_before(self.generation), date.today()
        if older is None:
            return None
        with suppress(NoTablesError, seal.Damaged, msgspec.ValidationError, LookupError, TypeError):  # forged
            if kept := KeptChanges.since(self.store, seal.mark(older)):
                states_ = self._once(f"changed states {today}", lambda: kept_states(kept, self.store, today))
                near = None if chosen is None else below_kept(kept, self.store, chosen)
                return part_of_kept(kept, Chosen(kind, new, near, own), states_, limit, offset)
        before = self._once("before", self._before)
        if before is None:
            return None
        lines = self._once(f"changed {today}", lambda: changed(before, self.store, today))
        concerned = concerning(lines, (before, self.store), directive=chosen, body=own)
        return part_of(concerned, kind, new, limit, offset)

    def _before(self) -> Tabled | None:
        older = generation_before(self.generation)
        try:
            return Tabled.open(older) if older else None
        except GraphError:  # a build that has just ended is about to remove it
            return None

    def timeline(
        self,
        name: str,
        *,
        year: int | None = None,
        scope: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Timeline:
        """Return what followed a directive, by date: at most `limit` events, behind the first `offset`."""
        iri = self.document(name, year=year, scope=scope).iri
        return timeline(self.store, iri, limit=limit, offset=offset)

    def coverage(
        self,
        names: Iterable[str],
        *,
        level: str = "province",
        within: str | None = None,
        on: date | None = None,
        year: int | None = None,
        scope: str | None = None,
        most: int | None = None,
    ) -> Coverage:
        """Return which bodies of a level have carried out which directives (see `coverage`)."""
        directives = self.documents(names, year=year, scope=scope)
        return self.coverage_of(directives, level=level, within=within, on=on, most=most)

    def coverage_of(
        self,
        iris: Iterable[str],
        *,
        level: str = "province",
        within: str | None = None,
        on: date | None = None,
        most: int | None = None,
    ) -> Coverage:
        """Return the same for documents named by their IRIs; of each cell the first documents, `most` of them."""
        own = self._once("own documents", lambda: own_documents(self.store))
        made = self._once("coverages", lambda: dict[tuple[object, ...], Coverage]())
        asked = tuple(iris)
        key = (asked, level, within, on, date.today(), most)  # a day that is given ends what counts, today's does not
        found = made.get(key) or coverage(self.store, asked, level=level, within=within, on=on, own=own, most=most)
        with self._lock:
            while len(made) >= _COVERAGES:
                del made[next(iter(made))]
            made[key] = found
        return found

    def tasks(
        self,
        *,
        body: str | None = None,
        role: str | None = None,
        document: str | None = None,
        year: int | None = None,
        scope: str | None = None,
        due_before: date | None = None,
        due_after: date | None = None,
    ) -> list[TaskRow]:
        """Return who must do what by when, by due date: the tasks of a body or group (in the `role` "lead" or "support"), of a document,
        between two days (excluded)."""
        few = body is not None or document is not None
        every = self._kept.get("tasks") if few else self._once("tasks", lambda: tasks(self.store))
        chosen = self.document(document, year=year, scope=scope).iri if document is not None else None
        return tasks(
            self.store, body=body, role=role, document=chosen, due_before=due_before, due_after=due_after, every=every
        )

    def all_tasks(self, day: date, book: DoneBook | None = None) -> AllTasks | None:
        """Return the tasks of the whole graph on a day, with what a book says of them, each of which is read where it is shown; None where
        there are no tables, which count them."""
        if not self.store.answers("internal/task-days"):
            return None
        return AllTasks(self._once("counted tasks", lambda: Counted.of(self.store)), day, book)

    def task_sources(self) -> Sources:
        """Return from which directives the tasks come."""
        return self._once("sources", lambda: sources(self.store, self.tasks()))

    def task_offers(self) -> dict[str, tuple[Offer, ...]]:
        """Return the documents that may prove that tasks are done, by the task's IRI; a person has to confirm them."""
        return self._once("offers", lambda: offers(self.store))

    def search(
        self,
        text: str,
        *,
        limit: int = 20,
        offset: int = 0,
        sort: str = "relevance",
        only: Collection[str] | None = None,
        **narrow: str | int | None,
    ) -> Found:
        """Return what fits a person's words, the best first; without words every document, the latest first, and then every body.
        `narrow` names facets (`search.FACETS`), each with the value that is wanted; `only` the IRIs besides which nothing is; `sort` is
        one of `search.SORTS`."""
        return self.index.search(
            text or None, limit=limit, offset=offset, sort=sort, only=only, states=self.states, **narrow
        )

    def found(self, text: str, **narrow: str | int | None) -> list[str]:
        """Return the IRIs of all that `search` finds."""
        return self.index.found(text or None, states=self.states, **narrow)

    def suggest(self, text: str, *, kind: str | None = None, limit: int = 8) -> list[Hit]:
        """Return what a person who has typed so far may mean."""
        return self.index.suggest(text, limit, kind)

    @property
    def index(self) -> SearchIndex:
        """The index of all words, which `search` and `suggest` read: the one that is kept, or, where that is not as it was written, one
        made anew."""
        return self._once("index", self._opened_index)

    def _opened_index(self) -> SearchIndex:
        from chidao.graph.answers.search import SearchIndex
        from chidao.graph.index.kept_index import NoIndexError, open_index
        from chidao.graph.index.made import make_index
        from chidao.graph.write.texts import texts

        folder = self.generation.parent.parent
        place = folder / "search" / self.generation.name
        try:
            return SearchIndex(open_index(place, seal.mark(self.generation), lambda: self.store.is_tabled()))
        except (NoIndexError, seal.Damaged):
            pass
        try:
            kept = texts(self.built, folder / "facts")
        except GraphError:  # what it was built from is not known: its names are
            kept = iter(())
        return SearchIndex(make_index(self.store, kept))

    def states(self) -> Mapping[str, str]:
        """Return the state of force today of each document of which the files tell any, by its IRI."""
        today = date.today()
        return self._once(
            f"states {today}", lambda: states(self.store, (e.iri for e in self.index.entries if e.told), today)
        )

    @staticmethod
    def questions() -> dict[str, Question]:
        """Return the named questions by name."""
        return questions()

    def ask(
        self,
        question: str,
        parameters: Mapping[str, str] | None = None,
        *,
        year: int | None = None,
        scope: str | None = None,
        on: date | None = None,
    ) -> Table:
        """Return the answer to a named question, whose parameters are typed as a user would, as of a day where it is one of a day."""
        return ask(self.store, question, parameters, year=year, scope=scope, on=on)

    def stats(self) -> list[tuple[str, int]]:
        """Return the figures of the graph: what, and how many."""
        from chidao.graph.answers.stats import figures

        return figures(self.store)

    def describe(self, iri: str, form: str = "ttl") -> bytes:
        """Return the triples about a document or body; empty where there are none."""
        return describe(self.store, iri, form)

    def query(self, text: str, format_: str = "table", *, rows: int | None = None, path: str | None = None) -> Answer:
        """Return the answer to a SPARQL query from a process of its own; at most so many `rows` where that is said. `path` names the
        file that the query came from. Raises QueryError, also for what takes too long."""
        from chidao.graph.sparql.run import run_apart

        return run_apart(self._workers, text, format_, rows=rows, path=path)

    @property
    def _workers(self) -> Workers | EndpointWorkers:
        from chidao.graph.sparql.run import workers_of

        return self._once("workers", lambda: workers_of(self.generation, self._limit))

    def network(self, *, bodies: bool = False, evidence: bool = True) -> Network[str]:
        """Return documents (and bodies) and what they say of each other as a networkx MultiDiGraph, a new one each time."""
        from chidao.graph.answers.network import to_networkx

        return to_networkx(self.store, bodies=bodies, evidence=evidence)

    def close(self) -> None:
        """End the processes that answered queries."""
        with self._lock:
            if workers := self._kept.pop("workers", None):
                workers.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
