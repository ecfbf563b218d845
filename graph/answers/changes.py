"""What one generation of a graph knows that another did not: documents, relations, tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from chidao.graph.answers.tasks import tasks
from chidao.graph.select import Store, rows


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document by its IRI; `read` says whether a file of it, or its row in a register, was read."""

    iri: str
    label: str
    title: str | None
    date: str | None
    read: bool


@dataclass(frozen=True, slots=True)
class KnownRelation:
    """A relation of a document (`iri`) to another."""

    iri: str
    label: str
    predicate: str
    other: str
    other_label: str


@dataclass(frozen=True, slots=True)
class KnownTask:
    """A task that a document (`iri`) assigns; `bodies` are the IRIs of those who lead or support it."""

    iri: str
    label: str
    text: str
    due: str | None
    lead: tuple[str, ...]
    bodies: tuple[str, ...] = ()


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Difference(Generic[T]):
    """What is `new`, and what is `gone`."""

    new: tuple[T, ...]
    gone: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """The differences between two generations."""

    documents: Difference[KnownDocument]
    relations: Difference[KnownRelation]
    tasks: Difference[KnownTask]


def changes(before: Store, after: Store) -> Changes:
    """Return what `after` knows that `before` did not, and the other way round. A document is the same by its IRI; one of which a file was
    read for the first time is new. A task is the same by its document and its words, whatever file they stand in."""
    return Changes(
        _difference(_documents(before), _documents(after)),
        _difference(_relations(before), _relations(after)),
        _difference(_tasks(before), _tasks(after)),
    )


def _difference(before: Mapping[Any, T], after: Mapping[Any, T]) -> Difference[T]:
    return Difference(_left(after, before), _left(before, after))


def _left(these: Mapping[Any, T], those: Iterable[Any]) -> tuple[T, ...]:
    known = set(those)
    return tuple(thing for key, thing in these.items() if key not in known)


def _documents(store: Store) -> dict[tuple[str, bool], KnownDocument]:
    """Of one document the earliest title and date stand for all."""
    found: dict[tuple[str, bool], KnownDocument] = {}
    for row in rows(store, "internal/compared-documents"):
        read = row["read"] == "true"
        found.setdefault(
            (row["document"], read), KnownDocument(row["document"], row["label"], row["title"], row["date"], read)
        )
    return found


def _relations(store: Store) -> dict[tuple[str, str, str], KnownRelation]:
    return {
        (row["subject"], row["predicate"], row["object"]): KnownRelation(
            row["subject"], row["subjectLabel"], row["predicate"], row["object"], row["objectLabel"]
        )
        for row in rows(store, "internal/compared-relations")
    }


def _tasks(store: Store) -> dict[tuple[str, str], KnownTask]:
    return {
        (task.document, " ".join(task.text.split()).casefold()): KnownTask(
            task.document, task.label, task.text, task.due, task.lead, tuple(sorted(task.bodies.values()))
        )
        for task in tasks(store)
    }
