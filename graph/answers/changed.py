"""What the current generation says that the one before did not, and what it says no more, a line each; of a directive or a body alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain
from typing import Any

import msgspec

from chidao.graph.answers.changes import Difference, KnownDocument, changes
from chidao.graph.answers.status import states
from chidao.graph.select import Store, rows, rows_of_each
from chidao.graph.tables.changed import KINDS, Chosen, KeptChanges, Told
from chidao.graph.tables.reach import CARRYING


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
        *_other_states(was, now),
    ]  # fmt: skip
    return tuple(sorted(lines, key=_order))


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


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """Some of the lines of what has changed: of `total` that were asked for those that are shown; `counts` says how many there are of each
    kind and side, whichever of them is asked for."""

    lines: tuple[Changed, ...]
    total: int
    counts: Mapping[tuple[str, bool], int]


def part_of(
    lines: Iterable[Changed], kind: str | None, new: bool | None, limit: int | None = None, offset: int = 0
) -> ChangedPart:
    """Return a part of lines: of a kind and a side, at most `limit`, behind the first `offset`."""
    every = list(lines)
    chosen = [line for line in every if kind in (None, line.kind) and new in (None, line.new)]
    shown = chosen[offset:] if limit is None else chosen[offset : offset + limit]
    return ChangedPart(tuple(shown), len(chosen), Counter((line.kind, line.new) for line in every))


def part_of_kept(
    kept: KeptChanges, chosen: Chosen, states_: Iterable[Changed], limit: int | None = None, offset: int = 0
) -> ChangedPart:
    """Return the same of the lines that tables keep, which come before the `states_` of a day."""
    every = chosen._replace(kind=None, new=None)
    about = {line.told["iri"] for line in kept.lines(every._replace(kind="state"))}
    counts = {key: count for key, count in kept.counted(every).items() if key[0] != "state"}
    first = sum(
        count for (kind, new), count in counts.items() if chosen.kind in (None, kind) and chosen.new in (None, new)
    )
    shown: list[Changed] = []
    if offset < first and limit != 0:
        most = first - offset if limit is None else min(limit, first - offset)
        shown = [_line(told) for told in kept.lines(chosen, most, offset)]
    left = None if limit is None else limit - len(shown)
    last = part_of(
        (line for line in states_ if line.iri in about), chosen.kind, chosen.new, left, max(0, offset - first)
    )
    return ChangedPart((*shown, *last.lines), first + last.total, {**counts, **last.counts})


def kept_states(kept: KeptChanges, after: Store, day: date) -> list[Changed]:
    """Return the states of force of a day that are new, and those that are no more, of what tables keep."""
    about = kept.lines(Chosen(kind="state"))
    now = {line.told["iri"]: line.told["label"] for line in about if line.new}
    was = {line.told["iri"]: line.told["label"] for line in about if not line.new}
    lines = _other_states(dict(_stating(kept.former(), was, day)), dict(_stating(after, now, day)))
    return sorted(lines, key=_order)


def below_kept(kept: KeptChanges, after: Store, directive: str) -> set[str]:
    """Return the directive with this IRI, and what carries it out in this generation or the one before, directly or not."""
    gone: dict[str, set[str]] = defaultdict(set)
    for line in kept.lines(Chosen(kind="relation", new=False)):
        if line.told["predicate"] in CARRYING:
            gone[line.told["other"]].add(line.told["iri"])
    return _below(directive, lambda waiting: _carriers(after, waiting).union(*(gone[iri] for iri in waiting)))


def _line(kept: Told) -> Changed:
    return msgspec.convert({"kind": kept.kind, "new": kept.new} | kept.told, Changed)


def _order(line: Changed) -> tuple[int, bool, bool, str]:
    return KINDS.index(line.kind), not line.new, not line.read, line.label


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
    return _stating(store, {row["document"]: row["label"] for row in rows(store, "internal/compared-told")}, day)


def _stating(store: Store, labels: Mapping[str, str], day: date) -> Iterator[tuple[tuple[str, str], Changed]]:
    """The states of documents by their IRIs and states."""
    for iri, state in states(store, labels, day).items():
        yield (iri, state), Changed(kind="state", new=True, iri=iri, label=labels[iri], state=state)


def _other_states(
    was: Mapping[tuple[str, str], Changed], now: Mapping[tuple[str, str], Changed]
) -> Iterator[Changed]:  # fmt: skip
    yield from (known for key, known in now.items() if key not in was)
    yield from (_no_more(known) for key, known in was.items() if key not in now)


def _no_more(known: Changed) -> Changed:
    return Changed(kind=known.kind, new=False, iri=known.iri, label=known.label, state=known.state)


def _carrying(stores: Sequence[Store], directive: str) -> set[str]:
    """The directive, and what carries it out, and that out, in any of these generations."""
    return _below(directive, lambda waiting: set().union(*(_carriers(store, waiting) for store in stores)))


def _carriers(store: Store, directives: Iterable[str]) -> set[str]:
    return {row["document"] for row in rows_of_each(store, "internal/carriers", "directive", directives)}


def _below(directive: str, carriers: Callable[[Sequence[str]], set[str]]) -> set[str]:
    known, waiting = {directive}, [directive]
    while waiting:
        waiting = sorted(carriers(waiting) - known)
        known |= set(waiting)
    return known
