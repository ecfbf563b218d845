"""A graph in a notebook: `chidao.Graph("chidao-graph")`, whose answers show themselves and become pandas tables.

graph = chidao.Graph("chidao-graph")
graph.document("15-NQ/TW")                  # a card with its sentences
graph.implementers("15-NQ/TW").to_pandas()  # a table
graph.network()                             # networkx
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from chidao.extract.errors import ChidaoError
from chidao.graph.answers import graph as answers
from chidao.graph.answers.remote import RemoteGraph
from chidao.graph.answers.show import BodyDetails, DocumentDetails, Relation
from chidao.graph.answers.status import Status
from chidao.graph.answers.tasks import COLUMNS as TASK_COLUMNS
from chidao.graph.answers.tasks import task_cells
from chidao.graph.evidence import Evidence
from chidao.viz.documents.matrix import COLUMNS as COVERAGE_COLUMNS
from chidao.viz.documents.matrix import coverage_rows
from chidao.viz.terminal import COLUMNS as IMPLEMENTER_COLUMNS
from chidao.viz.terminal import implementation_row, show_lines, where

if TYPE_CHECKING:
    import pandas
    import pyoxigraph
    from rdflib import Dataset

    from chidao.graph.answers.network import Network

SHOWN = 50
"""Rows that a table shows in a notebook."""
_DATES = ("date", "due", "directive_date", "firstDate")
_CELL = "padding:.25em .8em .25em 0;text-align:left;vertical-align:top;border-bottom:1px solid #8885"


@dataclass(frozen=True, slots=True)
class Table(Sequence[dict[str, Any]]):
    """Rows by column name, None where nothing is known."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: Any) -> Any:
        return self.rows[index]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    def __repr__(self) -> str:
        return f"<Table of {len(self.rows)} rows: {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        head = Markup("").join(Markup('<th style="{}">{}</th>').format(_CELL, name) for name in self.columns)
        lines = Markup("").join(
            Markup("<tr>{}</tr>").format(
                Markup("").join(Markup('<td style="{}">{}</td>').format(_CELL, _cell(row.get(c))) for c in self.columns)
            )
            for row in self.rows[:SHOWN]
        )
        left = len(self.rows) - SHOWN
        more = Markup("<p>… {} more rows</p>").format(left) if left > 0 else ""
        return str(
            Markup(
                '<table style="border-collapse:collapse"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>{}'
            ).format(head, lines, more)
        )

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a DataFrame; columns of days are datetime64, missing ones NaT. Raises ChidaoError without pandas."""
        try:
            import pandas
        except ImportError:
            raise ChidaoError("this needs the package pandas: pip install 'chidao[notebook]'") from None
        frame = pandas.DataFrame(list(self.rows), columns=list(self.columns))
        for name in self.columns:
            if name in _DATES:
                frame[name] = pandas.to_datetime(frame[name], errors="coerce")
        return frame


def _cell(value: object) -> str:
    return "" if value is None else str(value)


@dataclass(frozen=True, repr=False)
class Thing:
    """A document or body with all that is known of it; `facts` has it as plain data, whose keys are attributes too:
    `document.title`."""

    details: DocumentDetails | BodyDetails
    standing: Status | None = None

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """All that is known of it, by name."""
        return self.details.plain() | ({"status": self.standing.plain()} if self.standing else {})

    def __getattr__(self, name: str) -> Any:
        try:
            return self.facts[name]
        except KeyError:
            raise AttributeError(name) from None

    def __repr__(self) -> str:
        return "\n".join(show_lines(self.details))

    def _repr_html_(self) -> str:
        if isinstance(self.details, BodyDetails):
            return str(_body_card(self.details))
        return str(_document_card(self.details, self.standing))


def _document_card(found: DocumentDetails, standing: Status | None) -> Markup:
    parts = [Markup("<h3>{}</h3>").format(found.label)]
    if found.title:
        parts.append(Markup("<p>{}</p>").format(found.title))
    meta = " · ".join(known for known in (found.issuer, found.date, found.level) if known)
    parts.append(Markup('<p style="opacity:.75">{}</p>').format(meta))
    if standing and standing.changes:
        told = "; ".join(f"{c.predicate} by {c.label}" + (f" ({c.date})" if c.date else "") for c in standing.changes)
        parts.append(Markup("<p><strong>{}</strong>: {}</p>").format(standing.state, told))
    for what in found.conflicts:
        values = found.stated_dates if what == "date" else found.stated_issuers
        parts.append(
            Markup("<p><strong>{}</strong></p>").format(f"the files state more than one {what}: {'; '.join(values)}")
        )
    for role, heading in (("object", "What is said of it"), ("subject", "What it says of others")):
        relations = [_relation(relation) for relation in found.relations if relation.role == role]
        if relations:
            parts.append(_fold(f"{heading} ({len(relations)})", relations))
    parts.append(_fold(f"Mentions ({len(found.mentions)})", [_quote(said) for said in found.mentions], closed=True))
    return Markup("<div>{}</div>").format(Markup("").join(parts))


def _body_card(found: BodyDetails) -> Markup:
    parts = [Markup("<h3>{}</h3>").format(found.name)]
    parts += [Markup("<p>{}: {}</p>").format(change.role, change.name) for change in found.changes]
    documents = [
        Markup("<p>{} <strong>{}</strong> {}</p>").format(_cell(d.date), d.label, _cell(d.title))
        for d in found.documents
    ]
    parts.append(_fold(f"Documents ({len(documents)})", documents))
    acts = [Markup("<p>{}: {}</p>{}").format(a.action, a.label, _quote(a.evidence)) for a in found.actions]
    parts.append(_fold(f"Actions ({len(acts)})", acts, closed=True))
    return Markup("<div>{}</div>").format(Markup("").join(parts))


def _fold(heading: str, items: Sequence[Markup], *, closed: bool = False) -> Markup:
    left = len(items) - SHOWN
    more = Markup("<p>… {} more</p>").format(left) if left > 0 else Markup("")
    return Markup("<details{}><summary>{}</summary>{}{}</details>").format(
        Markup("" if closed else " open"), heading, Markup("").join(items[:SHOWN]), more
    )


def _relation(found: Relation) -> Markup:
    arrow = f"{found.predicate} →" if found.role == "subject" else f"← {found.predicate}"
    return Markup("<p>{} <strong>{}</strong> {}</p>{}").format(
        arrow, found.label, _cell(found.date), _quote(found.evidence)
    )


def _quote(said: Evidence) -> Markup:
    """The sentence with the telling passage marked, and its place."""
    text, wanted = " ".join(said.sentence.split()), " ".join((said.quote or "").split())
    before, found, after = text.partition(wanted) if wanted else (text, "", "")
    marked = escape(before) + (Markup("<mark>{}</mark>").format(found) if found else Markup("")) + escape(after)
    return Markup('<blockquote style="margin:.3em 0 .6em 1em">{} <small>— {}</small></blockquote>').format(
        marked, where(said)
    )


class Graph:
    """The graph in a folder, read-only, at the generation that is current when it is opened; or behind a SPARQL endpoint."""

    def __init__(
        self, path: str | Path = "chidao-graph", *, endpoint: str | None = None, time_limit: float = 30.0
    ) -> None:
        """`endpoint`: the address of a SPARQL endpoint that holds the graph, in place of `path`; `time_limit`: seconds that a query may
        take. Raises GraphError when there is no graph."""
        self.path = Path(path)
        self._graph = (
            RemoteGraph.at(endpoint, time_limit=time_limit) if endpoint is not None
            else answers.Graph.open(path, time_limit=time_limit)
        )  # fmt: skip
        self.store: pyoxigraph.Store = self._graph.store.rdf

    def __repr__(self) -> str:
        return f"Graph({str(self.path)!r})"

    def document(self, reference: str, *, year: int | None = None, scope: str | None = None) -> Thing:
        """Return all that is known of a document. Raises ChidaoError when nothing or, with the candidates, several are called so."""
        found = self._graph.show_document(reference, year=year, scope=scope)
        return Thing(found, self._graph.status(found.iri))

    def body(self, name: str) -> Thing:
        """Return all that is known of a body. Raises ChidaoError when none or several are called so."""
        return Thing(self._graph.show_body(name))

    def implementers(self, reference: str, *, year: int | None = None, scope: str | None = None) -> Table:
        """Return the documents that carry out a directive, each with the first sentence that says so."""
        found = self._graph.implements(reference, year=year, scope=scope)
        columns = (*IMPLEMENTER_COLUMNS, "sentence", "file")
        rows = [
            implementation_row(i)
            | {
                "sentence": i.evidence[0].sentence if i.evidence else None,
                "file": i.evidence[0].source if i.evidence else None,
            }
            for i in found.documents
        ]
        return Table(columns, tuple(rows))

    def coverage(
        self,
        references: str | Sequence[str],
        *,
        level: str = "province",
        within: str | None = None,
        on: date | None = None,
    ) -> Table:
        """Return which bodies of a level carried out directives: one row for each body, directive and document."""
        given = [references] if isinstance(references, str) else references
        found = self._graph.coverage(given, level=level, within=within, on=on)
        return Table(COVERAGE_COLUMNS, tuple(coverage_rows(found)))

    def tasks(
        self,
        *,
        body: str | None = None,
        document: str | None = None,
        due_before: date | None = None,
        due_after: date | None = None,
    ) -> Table:
        """Return who must do what by when."""
        found = self._graph.tasks(body=body, document=document or None, due_before=due_before, due_after=due_after)
        return Table(TASK_COLUMNS, tuple(map(task_cells, found)))

    def search(self, text: str, *, limit: int = 20) -> Table:
        """Documents and bodies by numbers and words, without diacritics."""
        hits = [asdict(hit) for hit in self._graph.search(text, limit=limit).hits]
        return Table(("label", "kind", "date", "issuer", "title", "level", "iri"), tuple(hits))

    def ask(self, name: str, **parameters: str) -> Table:
        """Return the answer to a named question; `chidao ask --list` names them."""
        found = self._graph.ask(name, parameters)
        return Table(found.columns, tuple(found.rows))

    def query(self, text: str) -> Table:
        """Return the rows of a SPARQL query, read-only. Raises QueryError for a malformed one, or one that takes too long."""
        found = self._graph.query(text, "json")
        return Table(found.columns, tuple(found.rows))

    def network(self, *, bodies: bool = False) -> Network[str]:
        """Documents (and bodies) as a networkx MultiDiGraph."""
        return self._graph.network(bodies=bodies)

    def dataset(self) -> Dataset:
        """Return the graph as an rdflib Dataset."""
        from chidao.graph.dataset import as_dataset

        return as_dataset(self.store)
