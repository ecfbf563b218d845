"""Which bodies of a level have carried out which directives: a matrix of what the files tell, with the sentences.

A cell is "implemented" when a body of its row issued a document that carries the directive out, itself or through a chain;
"mentioned" when the files tell of another act of such a body, or one of its documents cites the directive; else "unknown", which
says that these files tell nothing, not that nothing was done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chidao.extract.errors import ChidaoError
from chidao.extract.language.jurisdictions import find_province
from chidao.graph.answers.coverage_rows import FRAMES, LEVELS, OF_A_PROVINCE
from chidao.graph.answers.implements import Implementation, carriers, days_between
from chidao.graph.answers.timeline import Directive, directive
from chidao.graph.select import Store, rows, rows_of_each


@dataclass(frozen=True, slots=True)
class CellDocument:
    """A document that carries the directive out. `days` run from the directive's date to its own; `depth` is 1 when it says so
    itself, more when it carries out what does, `via` the label of that; `of` names the province or body of its day when
    the row's has taken over from it; `evidence` is the first sentence that says so, with {sentence, quote, source, page, row, line}."""

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
    evidence: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """`acts` are the kinds of act that the files tell of ("disseminate", "cite" …); `evidence` is the first sentence of
    all, None when nothing is known."""

    state: str
    documents: tuple[CellDocument, ...]
    acts: tuple[str, ...]
    evidence: dict[str, Any] | None


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
    """`unplaced`: documents that carry a directive out, by bodies that cannot be given to any row; by directive."""

    level: str
    within: str | None
    on: str
    directives: tuple[Directive, ...]
    rows: tuple[Row, ...]
    unplaced: tuple[tuple[CellDocument, ...], ...]


def coverage(
    store: Store,
    directives: Sequence[str],
    *,
    level: str = "province",
    within: str | None = None,
    on: date | None = None,
) -> Coverage:
    """The matrix of the documents with these IRIs over the bodies of `level`; `within` is a province's name or key, which the
    levels below the province need; `on` is the day whose provinces are the rows (today's by default).

    Raises ChidaoError for an unknown level, province or directive."""
    if level not in FRAMES:
        raise ChidaoError(f"no such level: {level!r} (there are: {', '.join(LEVELS)})")
    home = find_province(within) if within else None
    if within and home is None:
        raise ChidaoError(f"no province is called {within!r}")
    if level in OF_A_PROVINCE and home is None:
        raise ChidaoError(f"the level {level} needs a province: --within “Hà Nội”")
    day = (on or date.today()).isoformat()
    columns = _directives(store, directives)
    known = _Known(store, list(directives))
    frame = FRAMES[level](known.bodies, home, day)
    cells: dict[tuple[str, str], _Draft] = defaultdict(_Draft)
    unplaced: dict[str, list[CellDocument]] = defaultdict(list)
    for column in columns:
        for item, depth, via in known.chain(column.iri):
            key = frame.place(known.scopes.get(item.iri), known.issuers.get(item.iri, ()))
            entry = CellDocument(
                item.iri, item.label, item.title, item.issuer, item.date, days_between(column.date, item.date), item.relation,
                item.certainty, depth, via, frame.former(known.scopes.get(item.iri), known.issuers.get(item.iri, ()), key),
                _place(item.evidence[0] | {"source": item.evidence[0]["file"]}) if item.evidence else None,
            )  # fmt: skip
            if key is not None:
                cells[key, column.iri].document(entry)
            elif known.scopes.get(item.iri) is None:
                unplaced[column.iri].append(entry)
        for act in known.acts.get(column.iri, ()):
            if (key := frame.place(known.body_scopes.get(act["body"]), (act["body"],))) is not None:
                cells[key, column.iri].act(act["action"], act)
        for citing in known.citing.get(column.iri, ()):
            document = citing["document"]
            if (key := frame.place(known.scopes.get(document), known.issuers.get(document, ()))) is not None:
                cells[key, column.iri].act("cite", citing | {"quote": column.label})
    made = [
        Row(key, name, iri, tuple(cells[key, column.iri].cell() for column in columns)) for key, name, iri in frame.rows
    ]
    made = [row for row in made if row.key not in frame.gone or any(cell.state != "unknown" for cell in row.cells)]
    return Coverage(
        level,
        home.slug if home else None,
        day,
        columns,
        tuple(made),
        tuple(tuple(unplaced[column.iri]) for column in columns),
    )


def _place(found: dict[str, Any]) -> dict[str, Any]:
    return {key: found.get(key) for key in ("sentence", "quote", "source", "page", "row", "line")}


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
        self.acts: list[str] = []
        self.evidence: dict[str, Any] | None = None
        self.shown: dict[str, Any] | None = None

    def document(self, entry: CellDocument) -> None:
        if self.documents.setdefault(entry.iri, entry) is entry and self.evidence is None:
            self.evidence = entry.evidence

    def act(self, name: str, place: dict[str, Any]) -> None:
        if name not in self.acts:
            self.acts.append(name)
        if self.shown is None:
            self.shown = _place(place)

    def cell(self) -> Cell:
        documents = tuple(sorted(self.documents.values(), key=lambda d: (d.date or "9999", d.depth, d.label)))
        state = "implemented" if documents else "mentioned" if self.acts else "unknown"
        return Cell(state, documents, tuple(self.acts), self.evidence or self.shown)


class _Known:
    """What the graph tells of the directives: each kind of fact asked for all of them together."""

    def __init__(self, store: Store, directives: list[str]) -> None:
        self.below: dict[str, list[Implementation]] = {}
        waiting = list(dict.fromkeys(directives))
        while waiting:
            found = carriers(store, waiting)
            self.below |= {iri: found.get(iri, []) for iri in waiting}
            waiting = sorted({item.iri for items in found.values() for item in items} - self.below.keys())
        self.acts: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in rows_of_each(store, "internal/coverage-acts", "directive", directives):
            self.acts[row["directive"]].append(row)
        self.citing: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in rows_of_each(store, "internal/coverage-citing", "directive", directives):
            self.citing[row["directive"]].append(row)
        documents = {item.iri for items in self.below.values() for item in items}
        documents |= {row["document"] for found in self.citing.values() for row in found}
        self.scopes: dict[str, str | None] = {}
        self.issuers: dict[str, list[str]] = defaultdict(list)
        named = sorted(documents)
        for row in rows_of_each(store, "internal/document", "document", named):
            self.scopes[row["document"]] = row["scope"]
        for row in rows_of_each(store, "internal/issuers", "document", named):
            self.issuers[row["document"]].append(row["body"])
        self.bodies = list(rows(store, "internal/table-bodies"))
        self.body_scopes = {row["body"]: row["scope"] for row in self.bodies}

    def chain(self, directive: str) -> Iterable[tuple[Implementation, int, str | None]]:
        """Every document that carries it out, each once at its least depth, with the label of what it carries out itself."""
        seen, row = {directive}, [(item, None) for item in self.below.get(directive, [])]
        depth = 1
        while row:
            further: list[tuple[Implementation, str | None]] = []
            for item, via in row:
                if item.iri not in seen:
                    seen.add(item.iri)
                    yield item, depth, via
                    further += [(below, item.label) for below in self.below.get(item.iri, [])]
            row, depth = further, depth + 1  # type: ignore[assignment]
