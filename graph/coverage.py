"""Which bodies of a level have carried out which directives: a matrix of what the files tell, with the sentences.

A cell is "implemented" when a body of its row issued a document that carries the directive out, itself or through a chain;
"mentioned" when the files tell of another act of such a body, or one of its documents cites the directive; else "unknown", which
says that these files tell nothing, not that nothing was done.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chidao.extract.errors import ChidaoError
from chidao.extract.places import find_province, province
from chidao.graph.collate import vietnamese
from chidao.graph.implements import Implementation, carriers, days_between
from chidao.graph.rows import Store, rows, rows_of_each
from chidao.graph.timeline import Directive, directive
from chidao.ontology.authority import Jurisdiction, body_templates, districts, jurisdictions

LEVELS = ("province", "department", "district", "commune", "central")
"""What the rows may be: provinces; the departments, districts or communes of one; central bodies."""
_UNIT = re.compile(r"\b(?:huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu) \S.*$")
_REFORM = "2025-07-01"
"""The day on which districts ended."""


@dataclass(frozen=True, slots=True)
class CellDocument:
    """A document that carries the directive out. `days` run from the directive's date to its own; `depth` is 1 when it says so
    itself, more when it carries out what does, `via` the label of that; `of` names the province of its day when this one is now
    part of the row's; `evidence` is the first sentence that says so, with {sentence, quote, source, page, row, line}."""

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
    """`key` is a jurisdiction's key, or for departments and central bodies the body's IRI, which is `iri` too."""

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
    if level not in LEVELS:
        raise ChidaoError(f"no such level: {level!r} (there are: {', '.join(LEVELS)})")
    home = find_province(within) if within else None
    if within and home is None:
        raise ChidaoError(f"no province is called {within!r}")
    if level in ("department", "district", "commune") and home is None:
        raise ChidaoError(f"the level {level} needs a province: --within “Hà Nội”")
    day = (on or date.today()).isoformat()
    columns = _directives(store, directives)
    known = _Known(store, list(directives))
    frame = _FRAMES[level](known, home, day)
    cells: dict[tuple[str, str], _Draft] = defaultdict(_Draft)
    unplaced: dict[str, list[CellDocument]] = defaultdict(list)
    for column in columns:
        for item, depth, via in known.chain(column.iri):
            key = frame.place(known.scopes.get(item.iri), known.issuers.get(item.iri, ()))
            entry = CellDocument(
                item.iri, item.label, item.title, item.issuer, item.date, days_between(column.date, item.date), item.relation,
                item.certainty, depth, via, _former(known.scopes.get(item.iri), key) if level == "province" else None,
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
    made = tuple(
        Row(key, name, iri, tuple(cells[key, column.iri].cell() for column in columns)) for key, name, iri in frame.rows
    )
    return Coverage(
        level, home.slug if home else None, day, columns, made, tuple(tuple(unplaced[column.iri]) for column in columns)
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


@dataclass(frozen=True)
class _Frame:
    """The rows as (key, name, IRI), and which of them a body or document belongs to, by its scope and its body's IRIs."""

    rows: list[tuple[str, str, str | None]]
    place: Callable[[str | None, Sequence[str]], str | None]


def _provinces(known: _Known, home: Jurisdiction | None, day: str) -> _Frame:
    """Provinces and cities of the day; papers of one that has become part of another count there, and so does asking for it."""
    every = {j.slug: j for j in jurisdictions()}
    while home is not None and not home.existed(day) and home.successor:
        home = every[home.successor]
    today = [j for j in every.values() if j.existed(day) and (home is None or j.slug == home.slug)]
    shown = {j.slug for j in today}

    def place(scope: str | None, bodies: Sequence[str]) -> str | None:
        key: str | None = (scope or "").split("/")[0]
        while key and key not in shown:
            key = every[key].successor if key in every else None
        return key or None

    names = sorted(((j.slug, j.full_name, j.name) for j in today), key=lambda row: vietnamese(row[2]))
    return _Frame([(slug, full, None) for slug, full, _ in names], place)


def _former(scope: str | None, key: str | None) -> str | None:
    slug = (scope or "").split("/")[0]
    if not slug or key is None or slug == key:
        return None
    return next((j.full_name for j in jurisdictions() if j.slug == slug), None)


def _units(level: str) -> Callable[[_Known, Jurisdiction | None, str], _Frame]:
    """The districts or communes of a province that the graph knows, and before the reform all districts of the table."""

    def frame(known: _Known, home: Jurisdiction | None, day: str) -> _Frame:
        assert home is not None
        names: dict[str, str] = {}
        for row in known.bodies:
            scope = row["scope"] or ""
            if row["level"] == level and scope.startswith(home.slug + "/") and (match := _UNIT.search(row["name"])):
                name = match.group()
                names[scope] = min(names.get(scope, name), name, key=len)
        if level == "district":
            names |= {
                d.key: f"{d.unit} {d.name}"
                for d in districts()
                if d.province == home.slug and (day < _REFORM or d.key in names)
            }

        def place(scope: str | None, bodies: Sequence[str]) -> str | None:
            return next((key for key in names if scope == key or (scope or "").startswith(key + "/")), None)

        return _Frame([(key, names[key], None) for key in sorted(names, key=lambda key: vietnamese(names[key]))], place)

    return frame


_BOARDS = frozenset(
    f"{name}-cap-uy"
    for name in (
        "ban-to-chuc",
        "ban-tuyen-giao",
        "ban-dan-van",
        "ban-tuyen-giao-va-dan-van",
        "ban-noi-chinh",
        "uy-ban-kiem-tra",
        "van-phong",
    )
)
"""The bodies that advise and assist every provincial Party committee, by template."""


def _usual(template: str) -> bool:
    """Does every province have such a body, as far as the tables say?"""
    return template.startswith("so-") or template in _BOARDS


def _departments(known: _Known, home: Jurisdiction | None, day: str) -> _Frame:
    """The bodies of a province that the graph knows, and every department (sở) and Party board that a province has on that day."""
    assert home is not None
    names = {row["body"]: row["name"] for row in known.bodies if row["scope"] == home.slug}
    called = set(names.values())
    keys = {iri: iri for iri in names}
    for template in body_templates():
        stands = (template.valid_from or "") <= day and (template.valid_to is None or day <= template.valid_to)
        if template.level == "province" and _usual(template.slug) and stands and not template.units:
            name = province(home).fill(template.name)
            if name not in called:
                keys[f"{home.slug}/{template.slug}"] = name
    listed = [(key, names.get(key, value), key if key in names else None) for key, value in keys.items()]

    def place(scope: str | None, bodies: Sequence[str]) -> str | None:
        return next((body for body in bodies if body in names), None)

    return _Frame(sorted(listed, key=lambda row: vietnamese(row[1])), place)


def _central(known: _Known, home: Jurisdiction | None, day: str) -> _Frame:
    """The central bodies that the graph knows."""
    names = {row["body"]: row["name"] for row in known.bodies if row["scope"] == "vn"}

    def place(scope: str | None, bodies: Sequence[str]) -> str | None:
        return next((body for body in bodies if body in names), None)

    return _Frame([(iri, names[iri], iri) for iri in sorted(names, key=lambda iri: vietnamese(names[iri]))], place)


_FRAMES: dict[str, Callable[[_Known, Jurisdiction | None, str], _Frame]] = {
    "province": _provinces, "department": _departments, "district": _units("district"), "commune": _units("commune"),
    "central": _central,
}  # fmt: skip
