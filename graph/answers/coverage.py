"""Which bodies of a level have carried out which directives: a matrix of what the files tell, with the sentences.

A cell is "implemented" when a body of its row issued a document that carries the directive out, itself or through a chain;
"mentioned" when the files tell of another act of such a body, or one of its documents cites the directive; else "unknown", which
says there are files of such a body that are no older than the directive, "no-files" when there is none, so that nothing can be told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from chidao.extract.errors import ChidaoError
from chidao.extract.language.jurisdictions import find_province
from chidao.graph.answers.audience import Audience, Told, audience, told_of
from chidao.graph.answers.coverage_rows import FRAMES, LEVELS, OF_A_PROVINCE, OF_BODIES, Frame, heir_of_province
from chidao.graph.answers.implements import Implementation, below, days_between
from chidao.graph.answers.own_documents import (
    OwnDocument,
    count_since,
    days_by_row,
    own_documents,
    surely_since,
)
from chidao.graph.answers.status import Ended, ended
from chidao.graph.answers.tally import Tally, tally
from chidao.graph.answers.timeline import Directive, directive
from chidao.graph.evidence import Evidence
from chidao.graph.select import Store, node, rows, rows_of_each
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
    """`acts` are the kinds of act that the files tell of ("disseminate", "cite" …); `evidence` is the first sentence of
    all, None when nothing is known. `files` says how many documents of the row's bodies are here, as a file or a row of a register, of the
    directive's day or later (None where that day is not known); `newest` is the day of the newest of all, by the day that was asked for.
    `asked` says whether the directive is for the row, None where nobody says."""

    state: str
    documents: tuple[CellDocument, ...]
    acts: tuple[str, ...]
    evidence: Evidence | None
    files: int | None = 0
    newest: str | None = None
    asked: bool | None = True

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

    @property
    def direct(self) -> bool:
        """Does one of the documents say itself that it carries the directive out?"""
        return any(document.depth == 1 for document in self.documents)

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
    own: Sequence[OwnDocument] | None = None,
) -> Coverage:
    """Return the matrix of the documents with these IRIs over the bodies of `level`; `within` is a province's name or key, which the
    levels below the province need; `on` is the day whose provinces are the rows, by which documents have ended (today by default), and,
    where it is given, behind which no document counts.
    `own` is what `own_documents` gave, where somebody kept it.

    Raises ChidaoError for an unknown level, province or directive."""
    day = (on or date.today()).isoformat()
    home = _asked_for(level, within, day)
    columns = _directives(store, directives)
    known = _Known(store, list(directives), on)
    frame = FRAMES[level](known.bodies, home, day)
    frame = replace(frame, place=_remembered(frame.place))
    filled = [_column(column, known, frame, level) for column in columns]
    there = [one for one in (own_documents(store) if own is None else own) if known.by_then(one.date)]
    days = days_by_row(there, frame.place)
    made = (
        Row(key, name, iri, tuple(column.cell(key, days.get(key, ())) for column in filled))
        for key, name, iri in frame.rows
    )
    owners = {column.owner for column in filled}
    left_out = frame.gone | owners if len(owners) == 1 else frame.gone  # who issued only some is asked about the others
    shown = tuple(r for r in made if any(cell.state != "unknown" for cell in r.cells) or r.key not in left_out)
    over = ended(store, directives, on)
    return Coverage(
        level, home.slug if home else None, day, columns, shown, tuple(tuple(column.unplaced) for column in filled),
        tuple(over.get(column.iri) for column in columns), tuple(column.since for column in filled),
        tuple(column.meant for column in filled),
    )  # fmt: skip


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


@dataclass(frozen=True, slots=True)
class _Column:
    """What is known below one directive: its cells by row, the documents that belong to none, the day from which files count, whom it is
    for, and the row of the body that issued it, which is not asked whether it carries out what it has said itself."""

    cells: dict[str, _Draft]
    unplaced: list[CellDocument]
    since: str | None
    meant: Audience
    owner: str | None

    def cell(self, key: str, days: Sequence[str]) -> Cell:
        """The cell of a row whose own documents are of these days."""
        asked = False if key == self.owner else self.meant.asked(key)
        return self.cells.get(key, _Draft()).cell(days, self.since, asked)


def _column(directive: Directive, known: _Known, frame: Frame, level: str) -> _Column:
    cells: dict[str, _Draft] = defaultdict(_Draft)
    unplaced: list[CellDocument] = []
    for item, depth, via in known.chain(directive.iri):
        scope, issuers = known.scopes.get(item.iri), known.issuers.get(item.iri, ())
        key = frame.place(scope, issuers)
        entry = CellDocument(
            item.iri, item.label, item.title, item.issuer, item.date, days_between(directive.date, item.date), item.relation,
            item.certainty, depth, via, frame.former(scope, issuers, key), item.evidence[0] if item.evidence else None,
            item.ended,
        )  # fmt: skip
        if key is not None:
            cells[key].document(entry)
        elif scope is None:
            unplaced.append(entry)
    later = known.said_later(directive.iri)
    for body, action, said in known.acts.get(directive.iri, ()):
        if (said.source, said.row, said.sentence) not in later and (
            key := frame.place(known.body_scopes.get(body), (body,))
        ) is not None:
            cells[key].act(action, said)
    first: dict[str, str] = {}
    for document in known.citing.get(directive.iri, ()):
        if known.by_then(known.dates.get(document)):
            key = frame.place(known.scopes.get(document), known.issuers.get(document, ()))
            if key is not None:
                first.setdefault(key, document)
    for key, said in known.where_cited(directive.iri, first).items():
        cells[key].act("cite", replace(said, quote=directive.label))
    iri = directive.iri
    carried = [key for key, cell in cells.items() if any(d.depth == 1 for d in cell.documents.values())]
    named = [(key, name) for key, name, _ in frame.rows]
    meant = audience(known.facts[iri], known.told.get(iri, Told()), level, named, frame.place, carried)
    owner = frame.place(known.scopes.get(iri), known.issuers.get(iri, ())) if level in OF_BODIES else None
    return _Column(cells, unplaced, surely_since(directive.date, known.facts[iri]["year"]), meant, owner)


def _directives(store: Store, iris: Sequence[str]) -> tuple[Directive, ...]:
    found = {row["document"]: row for row in rows_of_each(store, "internal/document", "document", iris)}
    for iri in iris:
        if iri not in found:
            raise ChidaoError(f"no document here has the IRI {iri}")
    return tuple(directive(found[iri]) for iri in iris)


class _Draft:
    """A cell as it is filled."""

    def __init__(self) -> None:
        self.documents: dict[str, CellDocument] = {}
        self.acts: dict[str, Evidence] = {}

    def document(self, entry: CellDocument) -> None:
        self.documents.setdefault(entry.iri, entry)

    def act(self, name: str, said: Evidence) -> None:
        self.acts.setdefault(name, said)

    def cell(self, days: Sequence[str], since: str | None, asked: bool | None) -> Cell:
        """The cell; `days` are those of the row's own documents, in order, and those from `since` on are counted."""
        documents = tuple(sorted(self.documents.values(), key=lambda d: (d.date or "9999", d.depth, d.label)))
        state = "implemented" if documents else "mentioned" if self.acts else "unknown"
        said = [document.evidence for document in self.documents.values()] + list(self.acts.values())
        first = next((evidence for evidence in said if evidence), None)
        newest = days[-1] if days else None
        return Cell(state, documents, tuple(self.acts), first, count_since(days, since), newest, asked)


class _Known:
    """What the graph tells of the directives: each kind of fact asked for all of them together.

    `below` has the documents that carry one out, `acts` (body, act, evidence) of the bodies that did something about it, `citing` the
    documents that cite it."""

    def __init__(self, store: Store, directives: list[str], on: date | None) -> None:
        self._store = store
        self.below = below(store, directives, on)
        self.until = on.isoformat() if on else None
        self.acts: dict[str, list[tuple[str, str, Evidence]]] = defaultdict(list)
        for row in rows_of_each(store, "internal/coverage-acts", "directive", directives):
            self.acts[row["directive"]].append((row["body"], row["action"], Evidence.of(row)))
        self.citing: dict[str, list[str]] = defaultdict(list)
        for row in rows_of_each(store, "internal/citing", "directive", directives):
            self.citing[row["directive"]].append(row["document"])
        documents = {item.iri for items in self.below.values() for item in items}
        named = sorted(documents.union(directives, *self.citing.values()))
        self.facts = {row["document"]: row for row in rows_of_each(store, "internal/document", "document", directives)}
        self.told = told_of(store, directives)
        self.scopes: dict[str, str | None] = {}
        self.dates: dict[str, str | None] = {}
        self.issuers: dict[str, list[str]] = defaultdict(list)
        for row in rows_of_each(store, "internal/placing", "document", named):
            self.scopes[row["document"]], self.dates[row["document"]] = row["scope"], row["date"]
            if row["body"]:
                self.issuers[row["document"]].append(row["body"])
        self.bodies = list(rows(store, "internal/table-bodies"))
        self.body_scopes = {row["body"]: row["scope"] for row in self.bodies}

    def where_cited(self, directive: str, documents: Mapping[str, str]) -> dict[str, Evidence]:
        """The sentence by which each of the documents, by row, cites the directive first."""
        rows_of = {document: key for key, document in documents.items()}
        found: dict[str, Evidence] = {}
        of = [node(iri) for iri in rows_of]
        for row in rows(self._store, "internal/coverage-citing", directive=node(directive), document=of) if of else ():
            found.setdefault(rows_of[row["document"]], Evidence.of(row))
        return found

    def chain(self, directive: str) -> Iterable[tuple[Implementation, int, str | None]]:
        """Every document that carries it out, each once at its least depth, with the label of what it carries out itself."""
        seen, row = {directive}, [(item, None) for item in self._known_by_then(directive)]
        depth = 1
        while row:
            further: list[tuple[Implementation, str | None]] = []
            for item, via in row:
                if item.iri not in seen:
                    seen.add(item.iri)
                    yield item, depth, via
                    further += [(below, item.label) for below in self._known_by_then(item.iri)]
            row, depth = further, depth + 1  # type: ignore[assignment]

    def _known_by_then(self, directive: str) -> list[Implementation]:
        """The documents that carry it out themselves, of the day that was asked for those that were there."""
        return [item for item in self.below.get(directive, []) if self.by_then(item.date)]

    def said_later(self, directive: str) -> set[tuple[str, int | None, str]]:
        """Where a document that was not there yet says that it carries the directive out: who issued it had not acted by it either."""
        items = (item for item in self.below.get(directive, []) if not self.by_then(item.date))
        return {(said.source, said.row, said.sentence) for item in items for said in item.evidence}

    def by_then(self, day: str | None) -> bool:
        """Is what is of this day, or of none that is known, no younger than the day that was asked for?"""
        return self.until is None or day is None or day <= self.until
