"""What the current generation says that the one before did not, and what it says no more, a line each; of a directive or a body alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain
from typing import Any

from chidao.graph.answers.changes import Difference, KnownDocument, changes
from chidao.graph.answers.status import states
from chidao.graph.select import Store, rows, rows_of_each

KINDS = ("document", "relation", "task", "state")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What is said of a document (`iri`) now, or where it is not `new` no more: `kind` is one of `KINDS`.

    Of a document `text` is the title, and `read` whether a file of it or its row in a register was read; of a relation there are
    `predicate` and the `other` document; of a task `text`, `lead` and the IRIs of its `bodies`; of force the `state`. `date` is that of the
    document, or the last day of the task."""

    kind: str
    new: bool
    iri: str
    label: str
    text: str | None = None
    date: str | None = None
    read: bool = False
    predicate: str | None = None
    other: str | None = None
    other_label: str | None = None
    lead: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    state: str | None = None

    @property
    def identity(self) -> str:
        """What tells this line from every other of the same two generations."""
        parts = (
            self.kind,
            "+-"[not self.new],
            self.iri,
            self.predicate,
            self.other,
            self.state,
            str(self.read),
            self.text,
        )
        return " ".join(part or "" for part in parts)

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        return asdict(self)


def changed(before: Store, after: Store, on: date | None = None) -> tuple[Changed, ...]:
    """Return all that differs, by kind, what is new first; states of force are those of a day (today by default)."""
    found = changes(before, after)
    day = on or date.today()
    was, now = dict(_states(before, day)), dict(_states(after, day))
    lines = [
        *_documents(found.documents),
        *(
            Changed(
                kind="relation", new=new, iri=one.iri, label=one.label, predicate=one.predicate, other=one.other,
                other_label=one.other_label,
            )
            for new, one in _both(found.relations)
        ),
        *(
            Changed(
                kind="task", new=new, iri=one.iri, label=one.label, text=one.text, date=one.due, lead=one.lead, bodies=one.bodies
            )
            for new, one in _both(found.tasks)
        ),
        *(known for key, known in now.items() if key not in was),
        *(_no_more(known) for key, known in was.items() if key not in now),
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda line: (KINDS.index(line.kind), not line.new, not line.read, line.label)))


def concerning(
    lines: Iterable[Changed], stores: Sequence[Store], *, directive: str | None = None, body: str | None = None
) -> list[Changed]:
    """Return the lines of the directive with this IRI, or of what carries it out in any of the generations, directly or not; and of those
    the ones of what the body with this IRI has issued, or has to do."""
    chosen = list(lines)
    if directive is not None:
        near = _carrying(stores, directive)
        chosen = [line for line in chosen if line.iri in near or line.other in near]
    if body is not None:
        own = {row["document"] for store in stores for row in rows_of_each(store, "internal/issued-by", "body", [body])}
        chosen = [line for line in chosen if line.iri in own or line.other in own or body in line.bodies]
    return chosen


def _both(found: Difference[Any]) -> Iterator[tuple[bool, Any]]:
    return chain(((True, one) for one in found.new), ((False, one) for one in found.gone))


def _documents(found: Difference[KnownDocument]) -> Iterator[Changed]:
    """A document of which a file has come or gone is not said to be named no more, or newly, as well."""
    come, gone = {one.iri for one in found.new}, {one.iri for one in found.gone}
    for new, one in _both(found):
        if one.read or one.iri not in (gone if new else come):
            yield Changed(
                kind="document", new=new, iri=one.iri, label=one.label, text=one.title, date=one.date, read=one.read
            )


def _states(store: Store, day: date) -> Iterator[tuple[tuple[str, str], Changed]]:
    labels = {row["document"]: row["label"] for row in rows(store, "internal/compared-told")}
    for iri, state in states(store, labels, day).items():
        yield (iri, state), Changed(kind="state", new=True, iri=iri, label=labels[iri], state=state)


def _no_more(known: Changed) -> Changed:
    return Changed(kind=known.kind, new=False, iri=known.iri, label=known.label, state=known.state)


def _carrying(stores: Sequence[Store], directive: str) -> set[str]:
    """The directive, and what carries it out, and that out, in any of these generations."""
    known, waiting = {directive}, [directive]
    while waiting:
        found = {
            row["document"]
            for store in stores
            for row in rows_of_each(store, "internal/carriers", "directive", waiting)
        }
        waiting = sorted(found - known)
        known |= found
    return known
