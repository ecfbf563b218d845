"""Answers as a person reads them in a terminal, in the language of the command line: implementing documents, chains, one document or
body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from chidao.graph.answers.coverage import Cell, CellDocument, Coverage
from chidao.graph.answers.graph import Implementers
from chidao.graph.answers.implements import Implementation
from chidao.graph.answers.provisions import Provisions
from chidao.graph.answers.show import BodyDetails, DocumentDetails, Relation
from chidao.graph.answers.status import Status
from chidao.graph.answers.task_states import TaskOnDay, by_state, totals
from chidao.graph.evidence import Place
from chidao.viz.catalogue import N_
from chidao.viz.law_words import amendment_words, ended_words, event_words, provision_lines, standing_words
from chidao.viz.speech import Speech
from chidao.viz.words import Words, words

if TYPE_CHECKING:
    from chidao.graph.answers.search import Found, Hit

ENGLISH = Speech("en")

COLUMNS = ("level", "date", "label", "title", "issuer", "days", "relation", "certainty", "iri")


HIT_COLUMNS = ("score", "kind", "label", "title", "date", "issuer", "level", "why", "passage", "iri")


def hit_row(hit: Hit, say: Speech = ENGLISH) -> dict[str, Any]:
    """Return what a search found as one row."""
    told = {
        "why": (" " if say.language == "en" else ", ").join(map(say, hit.why)),
        "passage": hit.snippet.text if hit.snippet else None,
    }
    return {name: told.get(name, getattr(hit, name, None)) for name in HIT_COLUMNS}


def hit_lines(found: Found, say: Speech = ENGLISH, *, offset: int = 0, facets: bool = False) -> Iterator[str]:
    """Yield what a search found, each with its title, the passage with the words in brackets, and what holds them."""
    told = N_("{count} found") if found.complete else N_("{count} found; none holds every word, these hold most")
    yield say(told, count=found.total)
    for number, hit in enumerate(found.hits, offset + 1):
        parts = [hit.label, _day(hit.date, say) if hit.date or hit.kind == "document" else "", hit.issuer or ""]
        because = f"  [{', '.join(map(say, hit.why))}]" if hit.why else ""
        yield f"{number:3}. {'  '.join(part for part in parts if part)}{because}"
        if hit.title and hit.title != hit.label:
            yield f"     {hit.title}"
        if hit.snippet:
            yield "     > " + "".join(f"[{piece}]" if marked else piece for piece, marked in hit.snippet.pieces())
    if facets:
        for name, values in found.facets.items():
            if values:
                yield f"{say(name)}: " + ", ".join(f"{_facet(name, value, say)} ({count})" for value, count in values)


def _facet(name: str, value: str, say: Speech) -> str:
    told = _told(say)
    named = {"level": told.levels, "state": told.forces}.get(name, {})
    return named.get(value, say(value))


def _told(say: Speech) -> Words:
    return words(say.language)


def _day(iso: str | None, say: Speech) -> str:
    """A day as people of the language write it; English keeps what is sorted and searched."""
    if not iso:
        return say("without date")
    return _told(say).day(iso) if say.language == "vi" else iso


def _relation(name: str, say: Speech) -> str:
    return _told(say).relation(name).label if say.language == "vi" else name


def implementers_lines(found: Implementers, say: Speech = ENGLISH, *, evidence: bool, tree: bool) -> Iterator[str]:
    """Yield a directive and the documents that carry it out, as a tree or by level."""
    yield from directive_lines(found, say)
    if not found.total:
        yield say("The files name no document that carries it out. Nothing known is not the same as not done.")
    yield from (tree_lines if tree else implementation_lines)(found.documents, say, evidence=evidence)


def directive_lines(found: Implementers, say: Speech = ENGLISH) -> Iterator[str]:
    """Yield what was asked for: a directive in one line."""
    match = found.directive
    over = f"[{ended_words(found.ended, say.language)}]" if found.ended else ""
    scope = match.scope if say.language == "en" else None  # the issuer's name says it
    parts = (match.label, _day(match.date, say), match.issuer or "", scope or "", match.title or "", over)
    yield "  ".join(part for part in parts if part)


def implementation_row(item: Implementation) -> dict[str, Any]:
    """Return one row for table, JSON or CSV."""
    return {c: getattr(item, c) for c in COLUMNS}


def implementation_lines(items: Sequence[Implementation], say: Speech = ENGLISH, *, evidence: bool) -> Iterator[str]:
    """Yield the implementing documents by level, each with number, date, issuer, title, days and certainty."""
    level: object = ""
    for item in items:
        if item.level != level:
            level = item.level
            yield _told(say).levels.get(item.level or "", str(item.level))
        yield f"  {_head(item, say)}"
        if item.title:
            yield f"      {item.title}"
        if evidence:
            yield from _evidence(item, "      ", say)


def tree_lines(
    items: Sequence[Implementation], say: Speech = ENGLISH, *, evidence: bool, indent: str = ""
) -> Iterator[str]:
    """Yield the chain below a directive, drawn as a tree."""
    for i, item in enumerate(items):
        last = i == len(items) - 1
        again = "  " + say("(what is below it: see above)") if item.again else ""
        yield f"{indent}{'└─ ' if last else '├─ '}{_head(item, say)}{again}"
        below = indent + ("   " if last else "│  ")
        if evidence:
            yield from _evidence(item, below, say)
        yield from tree_lines(item.below, say, evidence=evidence, indent=below)


def _head(item: Implementation, say: Speech) -> str:
    parts = [
        item.label,
        _day(item.date, say),
        item.issuer or say("issuer unknown"),
        _days(item.days, say),
        _relation(item.relation, say),
        say(item.certainty),
        f"[{ended_words(item.ended, say.language)}]" if item.ended else "",
    ]
    return "  ".join(p for p in parts if p)


def _days(days: int | None, say: Speech) -> str:
    return "" if days is None else say("{days} days", days=f"{days:+d}")


def _evidence(item: Implementation, indent: str, say: Speech) -> Iterator[str]:
    for said in item.evidence:
        yield f"{indent}“{said.sentence}”"
        yield f"{indent}— {where(said, say)}, {say('offsets')} {said.start or 0}–{said.end or 0}"


def where(place: Place, say: Speech = ENGLISH) -> str:
    """Return where a sentence stands. With a register's row goes the line, the number that a spreadsheet program or an editor shows:
    above the rows stands a header.

    >>> where(Place(source="a.csv", line=8, row=6))
    'a.csv, row 7 (line 8)'
    """
    line = "" if place.row is None else say(" (line {line})", line=place.line)
    return f"{place.source}, {place.inside(say.language)}{line}"


def task_lines(
    found: Sequence[TaskOnDay], say: Speech = ENGLISH, *, counts: Mapping[str, int] | None = None
) -> Iterator[str]:
    """Yield tasks under their states and due dates, each with who leads and supports, what it is, and where it is said. Of a part of a
    list, `counts` says how many of each state are in all of it."""
    counts, count = counts or totals(found), _told(say).count
    for state, members in by_state(found).items():
        if members:
            here, in_all = count(len(members)), count(counts[state])
            number = here if here == in_all else say(N_("{count} of {all}"), count=here, all=in_all)
            yield f"{_told(say).task_states[state]} ({number})"
        due: str | None = None
        for item in members:
            if item.next and item.next != due:
                due = item.next
                yield f"  {_day(due, say)}"
            yield from _task_lines(item, say)
    if not any(counts.values()):
        yield say("The files name no such task.")


def _task_lines(item: TaskOnDay, say: Speech) -> Iterator[str]:
    task, said = item.task, item.done
    beside = "  " + say("(with: {names})", names="; ".join(task.support)) if task.support else ""
    yield f"    {'; '.join(task.lead)}{beside}"
    yield f"        {' '.join(task.text.split())}"
    limit = f"  [{task.deadline_text}]" if task.deadline_text else ""
    day = f", {_day(task.date, say)}" if task.date else ""
    yield f"        — {task.label}{day}; {where(task.place, say)}{limit}"
    if said:
        done = say("done {day}", day=_day(said.day, say))
        yield f"        {'; '.join(filter(None, (done, said.proof_label, said.why)))}"


_IDENTITY = {
    name: name for name in ("code", "type", "title", "date", "issuer", "level", "scope", "place", "signer")
} | {"signerRole": "signer_role"}
_BODY = {"level": "level", "branch": "branch", "scope": "scope", "parentName": "parent_name"}


def show_lines(found: DocumentDetails | BodyDetails | Provisions, say: Speech = ENGLISH) -> Iterator[str]:
    """Return one document, body or provision with all that is known of it."""
    if isinstance(found, Provisions):
        return provision_lines(found, say)
    return _body_lines(found, say) if isinstance(found, BodyDetails) else _document_lines(found, say)


def _known(found: DocumentDetails | BodyDetails, names: Mapping[str, str], say: Speech) -> Iterator[str]:
    for name, attribute in names.items():
        if value := getattr(found, attribute):
            yield _line(name, _value(name, str(value), say), say)


def _line(name: str, value: str, say: Speech) -> str:
    return f"  {say(name):<{12 if say is ENGLISH or say.language == 'en' else 18}} {value}"


def _value(name: str, value: str, say: Speech) -> str:
    if say.language != "vi":
        return value
    if name == "scope":
        return _place(value)
    return say(f"branch-{value}") if name == "branch" else _told(say).cell(name, value)


def _place(scope: str) -> str:
    """A jurisdiction by its name, where the tables have it."""
    from chidao.ontology.authority import jurisdictions

    named = {place.slug: place.full_name for place in jurisdictions()} | {"vn": "Trung ương"}
    return named.get(scope, scope)


def _document_lines(found: DocumentDetails, say: Speech) -> Iterator[str]:
    yield found.label
    yield f"  {found.iri}"
    yield from _known(found, _IDENTITY, say)
    yield from (_line(N_("jointly with"), body.name, say) for body in found.jointly)
    yield from _status_lines(found.status, say)
    yield from _open_lines(found, say)
    for role, heading in (("subject", N_("What it does")), ("object", N_("What is done to it"))):
        relations = [r for r in found.relations if r.role == role]
        if relations:
            yield say(heading)
        for relation in relations:
            yield from _relation_lines(relation, say)
    if found.actions:
        yield say("Actions")
    for act in found.actions:
        yield f"  {act.actor or say('actor unknown')}: {_action(act.action, say)} — {where(act.evidence, say)}"
    yield f"{say('Mentions')} ({len(found.mentions)})"
    for said in found.mentions:
        note = say(", footnote {mark}", mark=said.footnote) if said.footnote else ""
        yield f"  {where(said, say)}{note}: “{said.sentence}”"


def _action(name: str, say: Speech) -> str:
    return _told(say).actions.get(name, name) if say.language == "vi" else name


def _status_lines(status: Status, say: Speech) -> Iterator[str]:
    """Whether it is in force, and everything that the files say of that."""
    language = say.language
    yield _line(N_("force"), standing_words(status.force, language), say)
    for event in status.force.events:
        yield f"      {event_words(event, language)} — {where(event.evidence, say)}"
    for amendment in status.force.amendments:
        since = f" ({_told(say).day(amendment.since)})" if amendment.since else ""
        said = amendment_words(amendment, language)
        yield f"      {said}: {amendment.label}{since} — {where(amendment.evidence, say)}"


def _open_lines(found: DocumentDetails, say: Speech) -> Iterator[str]:
    """What of a document's identity is not settled."""
    for what, told, values in (
        ("date", N_("the files state more than one date: {values}"), [_day(day, say) for day in found.stated_dates]),
        ("issuer", N_("the files state more than one issuer: {values}"), found.stated_issuers),
    ):
        if what in found.conflicts:
            yield _line(N_("conflict"), say(told, values="; ".join(values)), say)
    if found.why_unresolved:
        yield _line(N_("unresolved"), say.told(found.why_unresolved), say)
    for offered in found.offered:
        yield f"  {say(offered.what) + '?':<12} {offered.value}  ({offered.source}; {say('to be confirmed')})"
    for candidate in found.candidates:
        date = _day(candidate.date, say) if candidate.date else ""
        yield _line(N_("candidate"), f"{candidate.label}  {date}  {candidate.iri}", say)


def _relation_lines(relation: Relation, say: Speech) -> Iterator[str]:
    day = f"  {_day(relation.date, say)}" if relation.date else ""
    told = f"{relation.label}{day}  ({say(relation.certainty)})"
    if say.language == "vi" and relation.role == "object":
        yield f"  {_told(say).relation(relation.predicate).inverse} {told}"
    elif relation.role == "object":
        yield f"  ← {relation.predicate} {told}"
    else:
        yield f"  {_relation(relation.predicate, say)}{' →' if say.language == 'en' else ''} {told}"
    said = relation.evidence
    yield f"      “{said.quote or said.sentence}” — {where(said, say)}"


def _body_lines(found: BodyDetails, say: Speech) -> Iterator[str]:
    yield found.name
    yield f"  {found.iri}"
    yield from _known(found, _BODY, say)
    for change in found.changes:
        yield _line(change.role, f"{change.name}  {change.iri}", say)
    if found.documents:
        yield f"{say('Documents')} ({len(found.documents)})"
    for document in found.documents:
        day = _day(document.date, say) if document.date else ""
        yield f"  {day:<10}  {document.label}{'  ' + document.title if document.title else ''}"
    if found.actions:
        yield f"{say('Actions')} ({len(found.actions)})"
    for act in found.actions:
        yield f"  {_action(act.action, say)}: {act.label} — {where(act.evidence, say)}"


def coverage_lines(found: Coverage, say: Speech = ENGLISH) -> Iterator[str]:
    """For each directive the bodies that carried it out, those that the files mention, those with later files that tell nothing, and those
    of which no later file is here."""
    for at, directive in enumerate(found.directives):
        cells = [(row.name, row.cells[at]) for row in found.rows]
        over, counts = found.ended[at], found.tally(at)
        if counts.of is None:
            told = N_("{count} (whom it is for, no text says)")
        else:
            told = (
                N_("{count} of {all}, and {beyond} more that it is not known to be for")
                if counts.beyond
                else N_("{count} of {all}")
            )
        head = [directive.label, _day(directive.date, say)]
        head.append(say(told, count=counts.implemented, all=counts.of, beyond=counts.beyond))
        yield "  ".join([*head, *([f"[{ended_words(over, say.language)}]"] if over else [])])
        for name, cell in cells:
            if cell.state == "implemented":
                yield f"  {name}"
                yield from (_cell_line(document, say) for document in cell.documents)
        yield from _not_done(cells, found.since[at], say)
        for item in found.unplaced[at]:
            yield "  " + say("of a body whose place is not known: {name}", name=f"{item.label}  {_day(item.date, say)}")
    yield say("Nothing known is not the same as not done.")


def _not_done(cells: Sequence[tuple[str, Cell]], since: str | None, say: Speech) -> Iterator[str]:
    """The rows without a document that carries the directive out, by what is known of them."""
    kinds: dict[str, list[str]] = {"mentioned": [], "silent": [], "no-files": []}
    for name, cell in cells:
        if cell.progress == "mentioned":
            kinds["mentioned"].append(f"{name} ({', '.join(_action(act, say) for act in cell.acts)})")
        elif cell.progress == "silent":
            kinds["silent"].append(f"{name} ({cell.files})")
        elif cell.progress == "no-files":
            kinds["no-files"].append(f"{name} ({_day(cell.newest, say) if cell.newest else say('none')})")
    for kind, told in (
        ("mentioned", N_("mentioned: {names}")),
        ("silent", N_("nothing seen in the documents since {day} of {count}: {names}")),
        ("no-files", N_("no document since {day}, the newest beside it, of {count}: {names}")),
    ):
        if named := kinds[kind]:
            yield "  " + say(told, day=_day(since, say), count=len(named), names="; ".join(named))
    if not since:
        yield "  " + say("the day of the directive is not known, nor what is later")


def _cell_line(item: CellDocument, say: Speech) -> str:
    via = say("by way of {name}", name=item.via) if item.via else ""
    of = f"({item.of})" if item.of else ""
    over = f"[{ended_words(item.ended, say.language)}]" if item.ended else ""
    parts = (item.label, _day(item.date, say), _days(item.days, say), via, of, over)
    return "      " + "  ".join(part for part in parts if part)
