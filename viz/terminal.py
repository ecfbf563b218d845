"""Answers as a person reads them in a terminal: implementing documents, chains, one document or body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chidao.graph.answers.coverage import Coverage
from chidao.graph.answers.implements import Implementation
from chidao.graph.answers.tasks import TaskRow

LEVELS = {
    "central": "Trung ương",
    "province": "Tỉnh, thành phố",
    "district": "Quận, huyện",
    "commune": "Xã, phường",
    None: "Chưa rõ cấp",
}
COLUMNS = ("level", "date", "label", "title", "issuer", "days", "relation", "certainty", "iri")


def implementation_row(item: Implementation) -> dict[str, Any]:
    """One row for table, JSON or CSV."""
    return {c: getattr(item, c) for c in COLUMNS}


def implementation_lines(items: list[Implementation], *, evidence: bool) -> Iterator[str]:
    """The implementing documents by level, each with number, date, issuer, title, days and certainty."""
    level: object = ""
    for item in items:
        if item.level != level:
            level = item.level
            yield f"{LEVELS.get(item.level, str(item.level))}"
        yield f"  {_head(item)}"
        if item.title:
            yield f"      {item.title}"
        if evidence:
            yield from _evidence(item, "      ")


def tree_lines(items: list[Implementation], *, evidence: bool, indent: str = "") -> Iterator[str]:
    """The chain below a directive, drawn as a tree."""
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
    ]
    return "  ".join(p for p in parts if p)


def _evidence(item: Implementation, indent: str) -> Iterator[str]:
    for place in item.evidence:
        yield f"{indent}“{place['sentence']}”"
        yield f"{indent}— {where(place | {'source': place['file']})}, offsets {place['start']}–{place['end']}"


def where(place: Mapping[str, Any]) -> str:
    """Where a sentence stands: the file with page and line, or with the data row of a register (from 1, as people count).

    >>> where({"source": "a.pdf", "page": "2", "line": "31"})
    'a.pdf, page 2, line 31'
    """
    if place.get("row") is not None:
        # Above the rows stands a header: the line is the number that a spreadsheet program or an editor shows.
        return f"{place['source']}, row {int(place['row']) + 1} (line {place['line']})"
    page = f", page {place['page']}" if place.get("page") else ""
    return f"{place['source']}{page}, line {place['line']}"


def task_lines(found: Sequence[TaskRow]) -> Iterator[str]:
    """Tasks under their due dates, each with who leads and supports, what it is, and where it is said."""
    due: object = ""
    for task in found:
        heading = task.due or "Không có hạn ngày"
        if heading != due:
            due = heading
            yield heading
        yield f"  {'; '.join(task.lead)}" + (f"  (phối hợp: {'; '.join(task.support)})" if task.support else "")
        yield f"      {' '.join(task.text.split())}"
        limit = f"  [{task.deadline_text}]" if task.deadline_text else ""
        yield f"      — {task.label}{', ' + task.date if task.date else ''}; {where(task.place)}{limit}"
    if not found:
        yield "The files name no such task."


_IDENTITY = ("code", "type", "title", "date", "issuer", "level", "scope", "place", "signer", "signerRole")
_BODY = ("level", "branch", "scope", "parentName")


def show_lines(found: dict[str, Any]) -> Iterator[str]:
    """One document or body with all that is known of it."""
    if found["kind"] == "body":
        yield from _body_lines(found)
        return
    yield found["label"]
    yield f"  {found['iri']}"
    for key in _IDENTITY:
        if found.get(key):
            yield f"  {key:<12} {found[key]}"
    for what, values in (("date", found["stated_dates"]), ("issuer", found["stated_issuers"])):
        if what in found["conflicts"]:
            yield f"  conflict     the files state more than one {what}: {'; '.join(values)}"
    if found["why_unresolved"]:
        yield f"  unresolved   {found['why_unresolved']}"
    for candidate in found["candidates"]:
        yield f"  candidate    {candidate['label']}  {candidate['date'] or ''}  {candidate['iri']}"
    for role, heading in (("subject", "What it does"), ("object", "What is done to it")):
        rows = [r for r in found["relations"] if r["role"] == role]
        if rows:
            yield heading
        for r in rows:
            arrow = f"{r['predicate']} →" if role == "subject" else f"← {r['predicate']}"
            yield f"  {arrow} {r['label']}{'  ' + r['date'] if r['date'] else ''}  ({r['certainty']})"
            yield f"      “{r['quote'] or r['sentence']}” — {where(r)}"
    if found["actions"]:
        yield "Actions"
        for a in found["actions"]:
            yield f"  {a['actor'] or 'actor unknown'}: {a['action']} — {where(a)}"
    yield f"Mentions ({len(found['mentions'])})"
    for m in found["mentions"]:
        note = f", footnote {m['footnote']}" if m["footnote"] else ""
        yield f"  {where(m)}{note}: “{m['sentence']}”"


def _body_lines(found: dict[str, Any]) -> Iterator[str]:
    yield found["name"]
    yield f"  {found['iri']}"
    for key in _BODY:
        if found.get(key):
            yield f"  {key:<12} {found[key]}"
    for change in found["changes"]:
        yield f"  {change['role']:<12} {change['name']}  {change['iri']}"
    if found["documents"]:
        yield f"Documents ({len(found['documents'])})"
        for d in found["documents"]:
            yield f"  {d['date'] or '          '}  {d['label']}{'  ' + d['title'] if d['title'] else ''}"
    if found["actions"]:
        yield f"Actions ({len(found['actions'])})"
        for a in found["actions"]:
            yield f"  {a['action']}: {a['label']} — {where(a)}"


def coverage_lines(found: Coverage) -> Iterator[str]:
    """For each directive the bodies that carried it out, those that the files mention, and how many of which nothing is known."""
    for at, directive in enumerate(found.directives):
        cells = [(row, row.cells[at]) for row in found.rows]
        done = [(row, cell) for row, cell in cells if cell.state == "implemented"]
        yield f"{directive.label}  {directive.date or 'without date'}  {len(done)} of {len(cells)}"
        for row, cell in done:
            yield f"  {row.name}"
            for item in cell.documents:
                days = "" if item.days is None else f"  {item.days:+d} days"
                via = f"  by way of {item.via}" if item.via else ""
                of = f"  ({item.of})" if item.of else ""
                yield f"      {item.label}  {item.date or 'without date'}{days}{via}{of}"
        named = [f"{row.name} ({', '.join(cell.acts)})" for row, cell in cells if cell.state == "mentioned"]
        if named:
            yield f"  mentioned: {'; '.join(named)}"
        unknown = [row.name for row, cell in cells if cell.state == "unknown"]
        if unknown:
            yield f"  nothing known of {len(unknown)}: {'; '.join(unknown)}"
        for item in found.unplaced[at]:
            yield f"  of a body whose place is not known: {item.label}  {item.date or 'without date'}"
    yield "Nothing known is not the same as not done."
