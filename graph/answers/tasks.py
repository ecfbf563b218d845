"""Who must do what by when: the tasks of a graph, chosen by body, document and due date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyoxigraph

from chidao.extract.errors import ChidaoError
from chidao.extract.language.letters import fold
from chidao.graph.answers.lookup import find_bodies, one_body
from chidao.graph.evidence import Place
from chidao.graph.select import Store, node, rows, rows_of_each

COLUMNS = ("due", "deadline", "lead", "support", "text", "document", "date", "file", "page", "row", "line", "task")
"""The columns of a table of tasks."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as the graph knows it. `due` is the last day (ISO) on which a dated deadline is met, None for periods and where
    none is stated; `lead` and `support` are names, `bodies` has the IRIs of those that are bodies and no groups."""

    iri: str
    document: str
    label: str
    date: str | None
    text: str
    deadline: str | None
    deadline_text: str | None
    due: str | None
    place: Place
    lead: tuple[str, ...]
    support: tuple[str, ...]
    bodies: Mapping[str, str]

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        known = ("iri", "document", "label", "date", "text", "deadline", "deadline_text", "due")
        return {name: getattr(self, name) for name in known} | {
            "place": self.place.texts("source", "page", "row", "line"),
            "lead": list(self.lead),
            "support": list(self.support),
            "bodies": sorted(self.bodies.values()),
        }

    def concerns(self, body: str | None, group: str, role: str | None = None) -> bool:
        """Does the body with this IRI, or the group of this folded name, lead or support it (`role`: only the one)?"""
        if role is None:
            return body in self.bodies.values() or group in self.groups
        named = self.lead if role == "lead" else self.support
        return any(self.bodies[name] == body if name in self.bodies else fold(name) == group for name in named)

    @property
    def groups(self) -> set[str]:
        """The folded names of the groups that lead or support it: "UBND các xã, phường"."""
        return {fold(name) for name in (*self.lead, *self.support) if name not in self.bodies}


def tasks(
    store: Store,
    *,
    body: str | None = None,
    role: str | None = None,
    document: str | None = None,
    due_before: date | None = None,
    due_after: date | None = None,
    every: Sequence[TaskRow] | None = None,
) -> list[TaskRow]:
    """Return the tasks of the graph, by due date, those without one last.

    `body` is a body's name or IRI, or the name of a group as printed ("UBND các xã, phường"), `role` ("lead", "support") what it is to
    do, if not either; `document` the IRI of the
    document that assigns. `due_before` and `due_after` leave out tasks without a dated deadline; both days are excluded.
    `every` is what this gave without any choice, where somebody kept it.
    Raises ChidaoError when nothing is called `body`."""
    known = _known(store, body, document) if every is None else every
    chosen = [task for task in known if document is None or task.document == document]
    if body is not None:
        iri, group = _body(store, body, {name for task in chosen for name in task.groups})
        chosen = [task for task in chosen if task.concerns(iri, group, role)]
    if due_before is not None:
        chosen = [task for task in chosen if task.due and task.due < due_before.isoformat()]
    if due_after is not None:
        chosen = [task for task in chosen if task.due and task.due > due_after.isoformat()]
    return in_order(chosen)


def in_order(chosen: Iterable[TaskRow]) -> list[TaskRow]:
    """Return tasks by due date, those without one last, and then by their places."""
    return sorted(chosen, key=lambda t: (t.due or "9999", t.place.source, t.place.line, t.iri))


def _known(store: Store, body: str | None, document: str | None) -> Iterable[TaskRow]:
    """The tasks of a document; of a body or group; all."""
    if document is not None:
        return _made(list(rows(store, "internal/tasks", document=node(document))), store)
    if body is None:
        return _joined(rows(store, "internal/tasks"), rows(store, "internal/task-parties"))
    groups: dict[str, list[str]] = defaultdict(list)
    for row in rows(store, "internal/groups"):
        groups[fold(row["group"])].append(row["group"])
    iri, group = _body(store, body, set(groups))
    named = [pyoxigraph.Literal(name) for name in groups.get(group, ())]
    found = [row["task"] for row in rows(store, "internal/group-tasks", group=named)] if named else []
    if iri is not None:
        found += [row["task"] for row in rows(store, "internal/body-tasks", body=node(iri))]
    return these_tasks(store, found)


def these_tasks(store: Store, iris: Iterable[str], by: str = "task") -> list[TaskRow]:
    """Return the tasks that have these IRIs, or, `by` "document", that these documents assign; in no order."""
    return list(_made(list(rows_of_each(store, "internal/tasks", by, iris)), store))


def _made(found: Sequence[Mapping[str, Any]], store: Store) -> Iterable[TaskRow]:
    return _joined(found, rows_of_each(store, "internal/task-parties", "task", (row["task"] for row in found)))


def _joined(found: Iterable[Mapping[str, Any]], named_by: Iterable[Mapping[str, Any]]) -> Iterable[TaskRow]:
    parties: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in named_by:
        parties[row["task"]].append(row)
    for row in found:
        named = parties[row["task"]]
        yield TaskRow(
            row["task"], row["document"], row["label"], row["date"], row["text"], row["deadline"], row["deadlineText"],
            row["due"], Place.of(row), tuple(p["name"] for p in named if p["role"] == "lead"),
            tuple(p["name"] for p in named if p["role"] != "lead"), {p["name"]: p["body"] for p in named if p["body"]},
        )  # fmt: skip


def _body(store: Store, text: str, groups: set[str]) -> tuple[str | None, str]:
    """The body's IRI, and the folded name of a group."""
    name = fold(text)
    if name in groups and not any(fold(row[1]) == name for row in find_bodies(store, text)):
        return None, name
    try:
        return one_body(store, text)[0], name
    except ChidaoError:
        if name in groups:
            return None, name
        raise


def task_cells(task: TaskRow) -> dict[str, Any]:
    """Return a task as one row of a table, by `COLUMNS`."""
    place = task.place.texts("source", "page", "row", "line")
    return {
        "due": task.due, "deadline": task.deadline, "lead": "; ".join(task.lead), "support": "; ".join(task.support),
        "text": " ".join(task.text.split()), "document": task.label, "date": task.date, "file": place["source"],
        "page": place["page"], "row": place["row"], "line": place["line"], "task": task.iri,
    }  # fmt: skip
