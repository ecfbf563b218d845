"""From which directives tasks come: the document that assigns them, and what that carries out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chidao.graph.answers.tasks import TaskRow
from chidao.graph.select import Store, node, rows


@dataclass(frozen=True, slots=True)
class Directive:
    iri: str
    label: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Sources:
    """`above` are the directives that each assigning document carries out, `named` the IRIs of the documents that each task names."""

    above: Mapping[str, tuple[Directive, ...]]
    named: Mapping[str, frozenset[str]]

    def of(self, task: TaskRow) -> tuple[Directive, ...]:
        """Return the directives that a task serves: what its document carries out, or its document where that is not known."""
        return self.above.get(task.document) or (Directive(task.document, task.label, task.date),)

    def serves(self, task: TaskRow, iri: str) -> bool:
        """Is a task from this document, from one that carries it out, or does it name it?"""
        return (
            task.document == iri
            or any(directive.iri == iri for directive in self.above.get(task.document, ()))
            or iri in self.named.get(task.iri, ())
        )


def sources(store: Store, tasks: Iterable[TaskRow]) -> Sources:
    """Return where tasks come from."""
    above: dict[str, dict[str, Directive]] = defaultdict(dict)
    documents = [node(iri) for iri in sorted({task.document for task in tasks})]
    for row in rows(store, "internal/carried-out", document=documents) if documents else ():
        above[row["document"]][row["directive"]] = Directive(row["directive"], row["label"], row["date"])
    named: dict[str, set[str]] = defaultdict(set)
    for row in rows(store, "internal/task-about"):
        named[row["task"]].add(row["directive"])
    return Sources(
        {iri: tuple(found.values()) for iri, found in above.items()},
        {iri: frozenset(found) for iri, found in named.items()},
    )
