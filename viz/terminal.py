"""Answers as a person reads them in a terminal: implementing documents, chains, one document or body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from chidao.graph.answers.coverage import Cell, CellDocument, Coverage
from chidao.graph.answers.implements import Implementation
from chidao.graph.answers.provisions import Provisions
from chidao.graph.answers.show import BodyDetails, DocumentDetails, Relation
from chidao.graph.answers.status import Status
from chidao.graph.answers.task_states import TaskOnDay, by_state
from chidao.graph.evidence import Place
from chidao.viz.law_words import amendment_words, ended_words, event_words, provision_lines, standing_words
from chidao.viz.words import words

if TYPE_CHECKING:
    from chidao.graph.answers.search import Found, Hit

COLUMNS = ("level", "date", "label", "title", "issuer", "days", "relation", "certainty", "iri")


HIT_COLUMNS = ("score", "kind", "label", "title", "date", "issuer", "level", "why", "passage", "iri")


def hit_row(hit: Hit) -> dict[str, Any]:
    """Return what a search found as one row."""
    told = {"why": " ".join(hit.why), "passage": hit.snippet.text if hit.snippet else None}
    return {name: told.get(name, getattr(hit, name, None)) for name in HIT_COLUMNS}


def hit_lines(found: Found, *, offset: int = 0, facets: bool = False) -> Iterator[str]:
    """Yield what a search found, each with its title, the passage with the words in brackets, and what holds them."""
    yield f"{found.total} found" + ("" if found.complete else "; none holds every word, these hold most")
    for number, hit in enumerate(found.hits, offset + 1):
        parts = [hit.label, hit.date or ("without date" if hit.kind == "document" else ""), hit.issuer or ""]
        because = f"  [{', '.join(hit.why)}]" if hit.why else ""
        yield f"{number:3}. {'  '.join(part for part in parts if part)}{because}"
        if hit.title and hit.title != hit.label:
            yield f"     {hit.title}"
        if hit.snippet:
            yield "     > " + "".join(f"[{piece}]" if marked else piece for piece, marked in hit.snippet.pieces())
    if facets:
        for name, values in found.facets.items():
            if values:
                yield f"{name}: " + ", ".join(f"{value} ({count})" for value, count in values)


def implementation_row(item: Implementation) -> dict[str, Any]:
    """Return one row for table, JSON or CSV."""
    return {c: getattr(item, c) for c in COLUMNS}


def implementation_lines(items: Sequence[Implementation], *, evidence: bool) -> Iterator[str]:
    """Yield the implementing documents by level, each with number, date, issuer, title, days and certainty."""
    level: object = ""
    for item in items:
        if item.level != level:
            level = item.level
            yield words().levels.get(item.level or "", str(item.level))
        yield f"  {_head(item)}"
        if item.title:
            yield f"      {item.title}"
        if evidence:
            yield from _evidence(item, "      ")


def tree_lines(items: Sequence[Implementation], *, evidence: bool, indent: str = "") -> Iterator[str]:
    """Yield the chain below a directive, drawn as a tree."""
    for i, item in enumerate(items):
        last = i == len(items) - 1
        yield f"{indent}{'└─ ' if last else '├─ '}{_head(item)}{'  (what is below it: see above)' if item.again else ''}"
        below = indent + ("   " if last else "│  ")
        if evidence:
            yield from _evidence(item, below)
        yield from tree_lines(item.below, evidence=evidence, indent=below)


def _head(item: Implementation) -> str:
    days = "" if item.days is None else f"{item.days:+d} days"
    parts = [
        item.label,
        item.date or "without date",
        item.issuer or "issuer unknown",
        days,
        item.relation,
        item.certainty,
        f"[{ended_words(item.ended)}]" if item.ended else "",
    ]
    return "  ".join(p for p in parts if p)


def _evidence(item: Implementation, indent: str) -> Iterator[str]:
    for said in item.evidence:
        yield f"{indent}“{said.sentence}”"
        yield f"{indent}— {where(said)}, offsets {said.start or 0}–{said.end or 0}"


def where(place: Place) -> str:
    """Return where a sentence stands. With a register's row goes the line, the number that a spreadsheet program or an editor shows:
    above the rows stands a header.

    >>> where(Place(source="a.csv", line=8, row=6))
    'a.csv, row 7 (line 8)'
    """
    line = "" if place.row is None else f" (line {place.line})"
    return f"{place.source}, {place.inside()}{line}"


def task_lines(found: Sequence[TaskOnDay]) -> Iterator[str]:
    """Tasks under their states and due dates, each with who leads and supports, what it is, and where it is said."""
    for state, members in by_state(found).items():
        if members:
            yield f"{words().task_states[state]} ({words().count(len(members))})"
        due: str | None = None
        for item in members:
            if item.next and item.next != due:
                due = item.next
                yield f"  {due}"
            yield from _task_lines(item)
    if not found:
        yield "The files name no such task."


def _task_lines(item: TaskOnDay) -> Iterator[str]:
    task, said = item.task, item.done
    yield f"    {'; '.join(task.lead)}" + (f"  (phối hợp: {'; '.join(task.support)})" if task.support else "")
    yield f"        {' '.join(task.text.split())}"
    limit = f"  [{task.deadline_text}]" if task.deadline_text else ""
    yield f"        — {task.label}{', ' + task.date if task.date else ''}; {where(task.place)}{limit}"
    if said:
        yield f"        {'; '.join(filter(None, (f'hoàn thành {said.day}', said.proof_label, said.why)))}"


_IDENTITY = {
    name: name for name in ("code", "type", "title", "date", "issuer", "level", "scope", "place", "signer")
} | {"signerRole": "signer_role"}
_BODY = {"level": "level", "branch": "branch", "scope": "scope", "parentName": "parent_name"}


def show_lines(found: DocumentDetails | BodyDetails | Provisions) -> Iterator[str]:
    """Return one document, body or provision with all that is known of it."""
    if isinstance(found, Provisions):
        return provision_lines(found)
    return _body_lines(found) if isinstance(found, BodyDetails) else _document_lines(found)


def _known(found: DocumentDetails | BodyDetails, names: Mapping[str, str]) -> Iterator[str]:
    for name, attribute in names.items():
        if value := getattr(found, attribute):
            yield f"  {name:<12} {value}"


def _document_lines(found: DocumentDetails) -> Iterator[str]:
    yield found.label
    yield f"  {found.iri}"
    yield from _known(found, _IDENTITY)
    yield from _status_lines(found.status)
    yield from _open_lines(found)
    for role, heading in (("subject", "What it does"), ("object", "What is done to it")):
        relations = [r for r in found.relations if r.role == role]
        if relations:
            yield heading
        for relation in relations:
            yield from _relation_lines(relation)
    if found.actions:
        yield "Actions"
    for act in found.actions:
        yield f"  {act.actor or 'actor unknown'}: {act.action} — {where(act.evidence)}"
    yield f"Mentions ({len(found.mentions)})"
    for said in found.mentions:
        note = f", footnote {said.footnote}" if said.footnote else ""
        yield f"  {where(said)}{note}: “{said.sentence}”"


def _status_lines(status: Status) -> Iterator[str]:
    """Whether it is in force, and everything that the files say of that."""
    yield f"  {'force':<12} {standing_words(status.force)}"
    for event in status.force.events:
        yield f"      {event_words(event)} — {where(event.evidence)}"
    for amendment in status.force.amendments:
        since = f" ({words().day(amendment.since)})" if amendment.since else ""
        yield f"      {amendment_words(amendment)}: {amendment.label}{since} — {where(amendment.evidence)}"


def _open_lines(found: DocumentDetails) -> Iterator[str]:
    """What of a document's identity is not settled."""
    for what, values in (("date", found.stated_dates), ("issuer", found.stated_issuers)):
        if what in found.conflicts:
            yield f"  conflict     the files state more than one {what}: {'; '.join(values)}"
    if found.why_unresolved:
        yield f"  unresolved   {found.why_unresolved}"
    for offered in found.offered:
        yield f"  {offered.what + '?':<12} {offered.value}  ({offered.source}; cần xác nhận)"
    for candidate in found.candidates:
        yield f"  candidate    {candidate.label}  {candidate.date or ''}  {candidate.iri}"


def _relation_lines(relation: Relation) -> Iterator[str]:
    arrow = f"{relation.predicate} →" if relation.role == "subject" else f"← {relation.predicate}"
    yield f"  {arrow} {relation.label}{'  ' + relation.date if relation.date else ''}  ({relation.certainty})"
    said = relation.evidence
    yield f"      “{said.quote or said.sentence}” — {where(said)}"


def _body_lines(found: BodyDetails) -> Iterator[str]:
    yield found.name
    yield f"  {found.iri}"
    yield from _known(found, _BODY)
    for change in found.changes:
        yield f"  {change.role:<12} {change.name}  {change.iri}"
    if found.documents:
        yield f"Documents ({len(found.documents)})"
    for document in found.documents:
        yield f"  {document.date or '          '}  {document.label}{'  ' + document.title if document.title else ''}"
    if found.actions:
        yield f"Actions ({len(found.actions)})"
    for act in found.actions:
        yield f"  {act.action}: {act.label} — {where(act.evidence)}"


def coverage_lines(found: Coverage) -> Iterator[str]:
    """For each directive the bodies that carried it out, those that the files mention, those with later files that tell nothing, and those
    of which no later file is here."""
    for at, directive in enumerate(found.directives):
        cells = [(row.name, row.cells[at]) for row in found.rows]
        done = [(name, cell) for name, cell in cells if cell.state == "implemented"]
        over, counts = found.ended[at], found.tally(at)
        told = f"  [{ended_words(over)}]" if over else ""
        of = f"of {counts.of}" if counts.of is not None else "(whom it is for, no text says)"
        beyond = f", and {counts.beyond} more that it is not known to be for" if counts.beyond else ""
        yield f"{directive.label}  {directive.date or 'without date'}  {counts.implemented} {of}{beyond}{told}"
        for name, cell in done:
            yield f"  {name}"
            yield from map(_cell_line, cell.documents)
        yield from _not_done(cells, found.since[at])
        for item in found.unplaced[at]:
            yield f"  of a body whose place is not known: {item.label}  {item.date or 'without date'}"
    yield "Nothing known is not the same as not done."


def _not_done(cells: Sequence[tuple[str, Cell]], since: str | None) -> Iterator[str]:
    """The rows without a document that carries the directive out, by what is known of them."""
    named = [f"{name} ({', '.join(cell.acts)})" for name, cell in cells if cell.progress == "mentioned"]
    silent = [f"{name} ({cell.files})" for name, cell in cells if cell.progress == "silent"]
    gone = [f"{name} ({cell.newest or 'none'})" for name, cell in cells if cell.progress == "no-files"]
    if named:
        yield f"  mentioned: {'; '.join(named)}"
    if silent:
        yield f"  nothing seen in the documents since {since} of {len(silent)}: {'; '.join(silent)}"
    if gone:
        yield f"  no document since {since}, the newest beside it, of {len(gone)}: {'; '.join(gone)}"
    if not since:
        yield "  the day of the directive is not known, nor what is later"


def _cell_line(item: CellDocument) -> str:
    days = "" if item.days is None else f"  {item.days:+d} days"
    via = f"  by way of {item.via}" if item.via else ""
    of = f"  ({item.of})" if item.of else ""
    over = f"  [{ended_words(item.ended)}]" if item.ended else ""
    return f"      {item.label}  {item.date or 'without date'}{days}{via}{of}{over}"
