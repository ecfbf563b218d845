"""From which directives tasks come: the document that assigns them, and what that carries out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chidao.graph.answers.tasks import TaskRow
from chidao.graph.select import Store, node, rows


@dataclass(frozen=True, slots=True)
class Directive:
    """A document that an assigning one carries out."""

    iri: str
    label: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Sources:
    """`above` are the directives that each assigning document carries out, by its IRI."""

    above: Mapping[str, tuple[Directive, ...]]

    def of(self, task: TaskRow) -> tuple[Directive, ...]:
        """Return the document that assigns a task, and the directives that it carries out."""
        return Directive(task.document, task.label, task.date), *self.above.get(task.document, ())


def sources(store: Store, tasks: Iterable[TaskRow]) -> Sources:
    """Return where tasks come from."""
    above: dict[str, dict[str, Directive]] = defaultdict(dict)
    documents = [node(iri) for iri in sorted({task.document for task in tasks})]
    for row in rows(store, "internal/carried-out", document=documents) if documents else ():
        if row["directive"] != row["document"]:
            above[row["document"]][row["directive"]] = Directive(row["directive"], row["label"], row["date"])
    return Sources({iri: tuple(found.values()) for iri, found in above.items()})
