"""Who must do what by when: the tasks of a graph, chosen by body, document and due date, and as a calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from chidao.extract.errors import ChidaoError
from chidao.extract.language.letters import fold
from chidao.graph.answers.lookup import find_bodies, one_body
from chidao.graph.select import Store, rows

COLUMNS = ("due", "deadline", "lead", "support", "text", "document", "date", "file", "page", "row", "line", "task")
"""The columns of a table of tasks."""


@dataclass(slots=True)
class TaskRow:
    """A task as the graph knows it. `due` is the last day (ISO) on which a dated deadline is met, None for periods and where
    none is stated; `lead` and `support` are names, `bodies` has the IRIs of those that are bodies and no groups; `place` says
    where it stands (source, page, row, line)."""

    iri: str
    document: str
    label: str
    date: str | None
    text: str
    deadline: str | None
    deadline_text: str | None
    due: str | None
    place: dict[str, Any]
    lead: list[str] = field(default_factory=list)
    support: list[str] = field(default_factory=list)
    bodies: dict[str, str] = field(default_factory=dict)


def tasks(
    store: Store,
    *,
    body: str | None = None,
    document: str | None = None,
    due_before: date | None = None,
    due_after: date | None = None,
) -> list[TaskRow]:
    """The tasks of the graph, by due date, those without one last.

    `body` is a body's name or IRI, or the name of a group as printed ("UBND các xã, phường"); `document` the IRI of the
    document that assigns. `due_before` and `due_after` leave out tasks without a dated deadline; both days are excluded.
    Raises ChidaoError when nothing is called `body`."""
    found: dict[str, TaskRow] = {}
    for row in rows(store, "internal/tasks"):
        if document is None or row["document"] == document:
            place = {key: row[key] for key in ("source", "page", "row", "line")}
            found[row["task"]] = TaskRow(
                row["task"], row["document"], row["label"], row["date"], row["text"], row["deadline"], row["deadlineText"],
                row["due"], place,
            )  # fmt: skip
    groups: dict[str, set[str]] = defaultdict(set)
    for row in rows(store, "internal/task-parties"):
        task = found.get(row["task"])
        if task is None:
            continue
        (task.lead if row["role"] == "lead" else task.support).append(row["name"])
        if row["body"]:
            task.bodies[row["name"]] = row["body"]
        else:
            groups[row["task"]].add(fold(row["name"]))
    chosen = list(found.values())
    if body is not None:
        wanted, name = _body(store, body, {g for names in groups.values() for g in names})
        chosen = [t for t in chosen if wanted in t.bodies.values() or name in groups[t.iri]]
    if due_before is not None:
        chosen = [t for t in chosen if t.due and t.due < due_before.isoformat()]
    if due_after is not None:
        chosen = [t for t in chosen if t.due and t.due > due_after.isoformat()]
    return sorted(chosen, key=lambda t: (t.due or "9999", t.place["source"], int(t.place["line"]), t.iri))


def _body(store: Store, text: str, groups: set[str]) -> tuple[str, str]:
    """The body's IRI, or the folded name of a group."""
    name = fold(text)
    if name in groups and not any(fold(row[1]) == name for row in find_bodies(store, text)):
        return "", name
    try:
        return one_body(store, text)[0], name
    except ChidaoError:
        if name in groups:
            return "", name
        raise


def task_cells(task: TaskRow) -> dict[str, Any]:
    """A task as one row of a table, by `COLUMNS`."""
    return {
        "due": task.due, "deadline": task.deadline, "lead": "; ".join(task.lead), "support": "; ".join(task.support),
        "text": " ".join(task.text.split()), "document": task.label, "date": task.date, "file": task.place["source"],
        "page": task.place["page"], "row": task.place["row"], "line": task.place["line"], "task": task.iri,
    }  # fmt: skip


def calendar(items: Sequence[TaskRow], *, now: datetime | None = None) -> bytes:
    """The tasks that have a due date as iCalendar to-dos (RFC 5545, 3.6.2), each with a UID that stays the same from build to
    build. `now` is the time stamp that every entry carries."""
    from icalendar import Calendar, Todo, vText

    made = Calendar()
    made.add("prodid", "-//chidao//tasks//VI")
    made.add("version", "2.0")
    stamp = now or datetime.now(UTC)
    for item in items:
        if item.due is None:
            continue
        entry = Todo()
        entry.add("uid", item.iri)
        entry.add("dtstamp", stamp)
        entry.add("due", date.fromisoformat(item.due))
        said = " ".join(item.text.split())
        entry.add("summary", f"{'; '.join(item.lead)}: {said}"[:200])
        helps = f"\nPhối hợp: {'; '.join(item.support)}" if item.support else ""
        entry.add(
            "description",
            f"{said}{helps}\nThời hạn: {item.deadline_text}\nVăn bản: {item.label} ({item.date or 'chưa rõ ngày'})",
        )
        entry["categories"] = vText(item.label)
        made.add_component(entry)
    return bytes(made.to_ical())
