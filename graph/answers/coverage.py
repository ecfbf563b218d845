"""Which bodies of a level have carried out which directives: a matrix of what the files tell, with the sentences.

A cell is "implemented" when a body of its row issued a document that carries the directive out, itself or through a chain;
"mentioned" when the files tell of another act of such a body, or one of its documents cites the directive; else "unknown", which
says there are files of such a body that are no older than the directive, "no-files" when there is none, so that nothing can be told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cache, partial
from operator import attrgetter
from typing import Any

from chidao.extract.errors import ChidaoError
from chidao.extract.language.jurisdictions import find_province
from chidao.graph.answers.audience import Audience, Told, audience, told_of
from chidao.graph.answers.coverage_rows import FRAMES, LEVELS, OF_A_PROVINCE, OF_BODIES, Frame, heir_of_province
from chidao.graph.answers.implements import days_between
from chidao.graph.answers.own_documents import (
    OwnDocuments,
    count_since,
    days_by_row,
    own_documents,
    surely_since,
)
from chidao.graph.answers.reach import named, reach, said_between
from chidao.graph.answers.status import Ended, ended
from chidao.graph.answers.tally import Tally, tally
from chidao.graph.answers.timeline import Directive, directive
from chidao.graph.evidence import Evidence
from chidao.graph.select import Store, node, rows, rows_of_each
from chidao.graph.tables.reach import Reach, Step
from chidao.ontology.authority import Jurisdiction

Place = Callable[[str | None, Sequence[str]], str | None]


@dataclass(frozen=True, slots=True)
class CellDocument:
    """A document that carries the directive out. `days` run from the directive's date to its own; `depth` is 1 when it says so
    itself, more when it carries out what does, `via` the label of that; `of` names the province or body of its day when
    the row's has taken over from it; `evidence` is the first sentence that says so, `ended` what has ended the document."""

    iri: str
    label: str
    title: str | None
    issuer: str | None
    date: str | None
    days: int | None
    relation: str
    certainty: str
    depth: int
    via: str | None
    of: str | None
    evidence: Evidence | None = None
    ended: Ended | None = None

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        known = ("iri", "label", "title", "issuer", "date", "days", "relation", "certainty", "depth", "via", "of")
        return {name: getattr(self, name) for name in known} | {
            "evidence": _plain(self.evidence), "ended": self.ended.plain() if self.ended else None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """`acts` are the kinds of act that the files tell of ("disseminate", "cite" …); `evidence` is that of the first document, or the
    first sentence of all, None when nothing is known. `files` says how many documents of the row's bodies are here, as a file or a row of a
    register, of the directive's day or later (None where that day is not known); `newest` is the day of the newest of all, by the day that
    was asked for. `asked` says whether the directive is for the row, None where nobody says. Of `count` documents only the first may be
    here; `direct` says whether one of all says itself that it carries the directive out."""

    state: str
    documents: tuple[CellDocument, ...]
    acts: tuple[str, ...]
    evidence: Evidence | None
    files: int | None = 0
    newest: str | None = None
    asked: bool | None = True
    count: int = 0
    direct: bool = False

    @property
    def progress(self) -> str:
        """The state, and of "unknown" which: "silent", "no-files", "not-asked", or "unknown" still."""
        if self.state != "unknown":
            return self.state
        if self.asked is False:
            return "not-asked"
        if self.asked is None or self.files is None:
            return "unknown"
        return "silent" if self.files else "no-files"

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        return {
            "state": self.state,
            "documents": [document.plain() for document in self.documents],
            "acts": list(self.acts),
            "evidence": _plain(self.evidence),
            "progress": self.progress,
            "files": self.files,
            "newest": self.newest,
            "asked": self.asked,
        }


@dataclass(frozen=True, slots=True)
class Row:
    """`key` is a jurisdiction's key, or for departments and central bodies the body's IRI, which is `iri` too, or the key of one that
    no file names."""

    key: str
    name: str
    iri: str | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """`unplaced`: documents that carry a directive out, by bodies that cannot be given to any row; by directive, as are `ended`, what has
    ended each of them by the day, `since`, the day from which files count for `Cell.files` (the directive's own, or, where only its
    year is known, the first of the next, None where neither is), and `audience`, whom it is for."""

    level: str
    within: str | None
    on: str
    directives: tuple[Directive, ...]
    rows: tuple[Row, ...]
    unplaced: tuple[tuple[CellDocument, ...], ...]
    ended: tuple[Ended | None, ...] = ()
    since: tuple[str | None, ...] = ()
    audience: tuple[Audience, ...] = ()
    astray: int = 0
    """Documents that belong to no row, where `unplaced` has only the first of them."""

    def tally(self, at: int = 0) -> Tally:
        """Return the figures of the directive at a place."""
        return tally(self.rows, at)

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        return {
            "level": self.level,
            "within": self.within,
            "on": self.on,
            "directives": [asdict(directive) for directive in self.directives],
            "rows": [
                {"key": row.key, "name": row.name, "iri": row.iri, "cells": [cell.plain() for cell in row.cells]}
                for row in self.rows
            ],
            "unplaced": [[document.plain() for document in documents] for documents in self.unplaced],
            "ended": [over.plain() if over else None for over in self.ended],
            "since": list(self.since),
            "audience": [meant.plain() for meant in self.audience],
            "counts": [self.tally(at).plain() for at in range(len(self.directives))],
        }


def _plain(evidence: Evidence | None) -> dict[str, Any] | None:
    columns = ("sentence", "quote", "source", "page", "row", "line")
    return None if evidence is None else {name: getattr(evidence, name) for name in columns}


def coverage(
    store: Store,
    directives: Sequence[str],
    *,
    level: str = "province",
    within: str | None = None,
    on: date | None = None,
    own: Sequence[OwnDocuments] | None = None,
    most: int | None = None,
) -> Coverage:
    """Return the matrix of the documents with these IRIs over the bodies of `level`; `within` is a province's name or key, which the
    levels below the province need; `on` is the day whose provinces are the rows, by which documents have ended (today by default), and,
    where it is given, behind which no document counts.
    `own` is what `own_documents` gave, where somebody kept it. Of each cell, and of what belongs to none, at most so many documents are
    given as `most` says, the first.

    Raises ChidaoError for an unknown level, province or directive."""
    day = (on or date.today()).isoformat()
    home = _asked_for(level, within, day)
    facts = _facts(store, directives)
    bodies = list(rows(store, "internal/table-bodies"))
    frame = FRAMES[level](bodies, home, day)
    frame = replace(frame, place=_remembered(frame.place))
    known = _Known(
        store,
        facts,
        told_of(store, directives),
        {row["body"]: row["scope"] for row in bodies},
        on.isoformat() if on else None,
    )
    rows_of = cache(partial(_rows_of, frame))  # of thousands of documents few differ in both
    columns = [_column(iri, known, frame, rows_of, level, most) for iri in directives]
    details = _Details(store, columns, on)
    filled = [_Filled(column, frame, details) for column in columns]
    there = own_documents(store) if own is None else own
    days = days_by_row(there, frame.place, known.until)
    made = (
        Row(key, name, iri, tuple(column.cell(key, days.get(key, ())) for column in filled))
        for key, name, iri in frame.rows
    )
    shown = tuple(_shown(made, frame, columns))
    over = ended(store, directives, on)
    return Coverage(
        level, home.slug if home else None, day, tuple(directive(facts[iri]) for iri in directives), shown,
        tuple(column.unplaced() for column in filled), tuple(over.get(column.iri) for column in columns),
        tuple(column.since for column in columns), tuple(column.meant for column in columns),
        sum(len(column.astray.steps) for column in columns),
    )  # fmt: skip


def _facts(store: Store, directives: Sequence[str]) -> dict[str, dict[str, Any]]:
    found = named(store, directives)
    for iri in directives:
        if iri not in found:
            raise ChidaoError(f"no document here has the IRI {iri}")
    return found


def _remembered(place: Place) -> Place:
    """The same function, which looks only once for the row of all that is of one jurisdiction and one body."""
    known = cache(lambda scope, issuers: place(scope, issuers))
    return lambda scope, issuers: known(scope, tuple(issuers))


def _asked_for(level: str, within: str | None, day: str) -> Jurisdiction | None:
    """The province whose bodies are asked for, or the one that it is part of on the day. Raises ChidaoError for an unknown level or
    province, or where one is missing."""
    if level not in FRAMES:
        raise ChidaoError(f"no such level: {level!r} (there are: {', '.join(LEVELS)})")
    home = find_province(within) if within else None
    if within and home is None:
        raise ChidaoError(f"no province is called {within!r}")
    if level in OF_A_PROVINCE and home is None:
        raise ChidaoError(f"the level {level} needs a province: --within “Hà Nội”")
    return home and heir_of_province(home, day)


_BY_DAY, _BY_DEPTH = attrgetter("date", "depth", "label"), attrgetter("depth", "label")
"""In what order the documents of a cell are shown: those without a day last."""


@dataclass(slots=True)
class _Draft:
    """A cell as it is filled: the documents that carry the directive out, level by level, those of them that are shown, what else the
    row's bodies did, and the IRI of the first of its documents that cite the directive."""

    steps: list[Step] = field(default_factory=list)
    shown: Sequence[Step] = ()
    acts: set[tuple[str, str]] = field(default_factory=set)
    cited: str | None = None

    def choose(self, most: int | None) -> None:
        """Choose the documents that are shown: the first ones."""
        dated, undated = [step for step in self.steps if step.date], [step for step in self.steps if not step.date]
        self.shown = (sorted(dated, key=_BY_DAY) + sorted(undated, key=_BY_DEPTH))[:most]


@dataclass(frozen=True, slots=True)
class _Column:
    """What is known below one directive: its cells by row, what belongs to none, the day from which files count, whom it is
    for, and the row of the body that issued it, which is not asked whether it carries out what it has said itself."""

    iri: str
    date: str | None
    label: str
    cells: Mapping[str, _Draft]
    later: frozenset[tuple[str, int | None, str]]
    astray: _Draft
    labels: Mapping[str, str]
    since: str | None
    meant: Audience
    owner: str | None


@dataclass(frozen=True, slots=True)
class _Known:
    """What the graph tells of directives by their IRIs, and of which scopes bodies are."""

    store: Store
    facts: Mapping[str, Mapping[str, Any]]
    told: Mapping[str, Told]
    scopes: Mapping[str, str | None]
    until: str | None


def _shown(made: Iterable[Row], frame: Frame, columns: Sequence[_Column]) -> Iterable[Row]:
    """The rows but for those that are worth showing only where something is known of them, and of which nothing is."""
    owners = {column.owner for column in columns}
    left_out = frame.gone | owners if len(owners) == 1 else frame.gone  # who issued only some is asked about the others
    return (row for row in made if any(cell.state != "unknown" for cell in row.cells) or row.key not in left_out)


def _column(
    iri: str, known: _Known, frame: Frame, rows_of: Callable[..., Sequence[str]], level: str, most: int | None
) -> _Column:
    told, cut = reach(known.store, iri, known.until)
    facts, later = known.facts[iri], _said_later(known.store, iri, told) if cut else frozenset()
    cells, astray = _placed(told.steps, rows_of)
    for body, action in _done_by_then(known.store, iri, later) if later else told.acts:
        if (key := frame.place(known.scopes.get(body), (body,))) is not None:
            cells[key].acts.add((body, action))
    for citing in told.citing:
        for row in rows_of(citing.scope, tuple(citing.bodies)):
            cells[row].cited = min(cells[row].cited or citing.first, citing.first)
    for cell in (*cells.values(), astray):
        cell.choose(most)
    carried = [key for key, cell in cells.items() if any(step.depth == 1 for step in cell.steps)]
    rows_named = [(key, name) for key, name, _ in frame.rows]
    meant = audience(facts, known.told.get(iri, Told()), level, rows_named, frame.place, carried)
    owner = None
    if level in OF_BODIES:
        issuers = [row["body"] for row in rows(known.store, "internal/issuers", document=node(iri))]
        owner = frame.place(facts["scope"], issuers)
    since = surely_since(facts["date"], facts["year"])
    via = {step.via for cell in (*cells.values(), astray) for step in cell.shown}
    labels = {step.iri: step.label for step in told.steps if step.iri in via}
    return _Column(iri, facts["date"], facts["label"], cells, later, astray, labels, since, meant, owner)


def _placed(every: Iterable[Step], rows_of: Callable[..., Sequence[str]]) -> tuple[dict[str, _Draft], _Draft]:
    """The cells in which documents stand, and those that stand in none: thousands of documents, of few bodies."""
    cells: dict[str, _Draft] = defaultdict(_Draft)
    astray = _Draft()
    stands: dict[tuple[str | None, tuple[str, ...]], list[list[Step]]] = {}
    for step in every:
        who = step.scope, step.bodies
        if who not in stands:
            stands[who] = [cells[row].steps for row in rows_of(*who)] or ([astray.steps] if step.scope is None else [])
        for steps in stands[who]:
            steps.append(step)
    return cells, astray


def _rows_of(frame: Frame, scope: str | None, bodies: Sequence[str]) -> list[str]:
    """The rows that a document stands in: one, or of a joint document that of each of its bodies."""
    alone = [bodies] if len(bodies) < 2 else [(body,) for body in bodies]
    return list(dict.fromkeys(key for issuers in alone if (key := frame.place(scope, issuers)) is not None))


def _said_later(store: Store, iri: str, told: Reach) -> frozenset[tuple[str, int | None, str]]:
    """Where a document that was not there yet says that it carries the directive out: who issued it had not acted by it either."""
    then = {step.iri for step in told.steps}
    said = rows(store, "internal/implementations", directive=node(iri))
    return frozenset(_where(Evidence.of(row)) for row in said if row["document"] not in then)


def _done_by_then(store: Store, iri: str, later: Container[object]) -> Iterable[tuple[str, str]]:
    """Which body did what, but for what is told in one of these places."""
    for row in rows(store, "internal/coverage-acts", directive=node(iri)):
        if _where(Evidence.of(row)) not in later:
            yield row["body"], row["action"]


def _where(said: Evidence) -> tuple[str, int | None, str]:
    return said.source, said.row, said.sentence


class _Details:
    """What is shown of the documents and acts of some columns: each kind of fact asked for all of them together."""

    def __init__(self, store: Store, columns: Sequence[_Column], on: date | None) -> None:
        cells = [cell for column in columns for cell in (*column.cells.values(), column.astray)]
        shown = list({step.iri: step for cell in cells for step in cell.shown})
        told = {(step.via, step.iri) for cell in cells for step in cell.shown}
        self.facts = {row["node"]: row for row in rows_of_each(store, "internal/network-nodes", "node", shown)}
        self.over = ended(store, shown, on)
        self._said = said_between(store, sorted(told))
        self._acts = {column.iri: self._acted(store, column) for column in columns}

    def evidence(self, step: Step) -> Evidence | None:
        """The first sentence that says that a document carries out the one above it."""
        said = self._said[step.via, step.iri]
        return Evidence.of(said[0]) if said else None

    def acted(self, directive: str, key: str) -> Evidence | None:
        """The first sentence that tells what bodies of a row without such documents did."""
        return self._acts[directive].get(key)

    @staticmethod
    def _acted(store: Store, column: _Column) -> dict[str, Evidence]:
        mentioned = {key: cell for key, cell in column.cells.items() if not cell.steps}
        by_body = {body: key for key, cell in mentioned.items() for body, _ in cell.acts}
        cited = {cell.cited: key for key, cell in mentioned.items() if cell.cited and not cell.acts}
        found: dict[str, Evidence] = {}
        directive, bodies, documents = (
            node(column.iri),
            list(map(node, sorted(by_body))),
            list(map(node, sorted(cited))),
        )
        for row in rows(store, "internal/coverage-acts", directive=directive, body=bodies) if bodies else ():
            if _where(said := Evidence.of(row)) not in column.later:
                found.setdefault(by_body[row["body"]], said)
        for row in (
            rows(store, "internal/coverage-citing", directive=directive, document=documents) if documents else ()
        ):
            found.setdefault(cited[row["document"]], replace(Evidence.of(row), quote=column.label))
        return found


@dataclass(frozen=True, slots=True)
class _Filled:
    """A column with what is shown of it."""

    column: _Column
    frame: Frame
    details: _Details

    def cell(self, key: str, days: Sequence[str]) -> Cell:
        """The cell of a row whose own documents are of these days, in order."""
        column, details = self.column, self.details
        draft = column.cells.get(key, _Draft())
        acts = (*sorted({action for _, action in draft.acts}), *(("cite",) if draft.cited else ()))
        state = "implemented" if draft.steps else "mentioned" if acts else "unknown"
        documents = self._documents(draft.shown, key)
        first = documents[0].evidence if documents else details.acted(column.iri, key)
        asked = False if key == column.owner else column.meant.asked(key)
        return Cell(
            state, documents, acts, first, count_since(days, column.since), days[-1] if days else None, asked,
            len(draft.steps), any(step.depth == 1 for step in draft.steps),
        )  # fmt: skip

    def unplaced(self) -> tuple[CellDocument, ...]:
        """What belongs to no row."""
        return self._documents(self.column.astray.shown, None)

    def _documents(self, steps: Sequence[Step], key: str | None) -> tuple[CellDocument, ...]:
        column, facts = self.column, self.details.facts
        return tuple(
            CellDocument(
                step.iri, step.label, facts[step.iri]["title"], facts[step.iri]["issuer"], step.date, days_between(column.date, step.date),
                step.relation, step.certainty, step.depth, column.labels.get(step.via), self.frame.former(step.scope, step.bodies, key),
                self.details.evidence(step), self.details.over.get(step.iri),
            )
            for step in steps
        )  # fmt: skip
