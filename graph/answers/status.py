"""Whether a document still stands on a day, as far as the files tell: what replaced, repealed, amended, corrected it or carried it on, and
whether it is in force."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chidao.extract.language.patterns import DIVISION
from chidao.graph.answers.force import ForceEvent, amendments, first_days, force_events
from chidao.graph.answers.standing import Standing, standing
from chidao.graph.evidence import Evidence
from chidao.graph.select import Store, rows_of_each

_PARTS = re.compile(rf"(?:{DIVISION}|mẫu|cụm\s+từ|nội\s+dung|một\s+phần|gạch\s+đầu\s+dòng|biểu)\s", re.IGNORECASE)


_LABEL = re.compile(r"^\s*(?:(?:Điều|Khoản|Mục)\s+)?(?:[0-9]{1,3}|[a-zđ])\s*[.:)]\s+", re.IGNORECASE)
"""The clause that does it, not what it is done to: "Điều 3. Bãi bỏ Quyết định số …"."""


def of_a_part(quote: str | None) -> bool:
    """Does a passage that replaces or repeals name a part of what it ends, so that the rest stands?

    >>> of_a_part("bãi bỏ Điều 5 Nghị định số 1/2020/NĐ-CP"), of_a_part("thay thế Nghị định số 1/2020/NĐ-CP")
    (True, False)
    >>> of_a_part("Điều 3. Bãi bỏ Nghị định số 1/2020/NĐ-CP")
    False
    """
    return _PARTS.search(_LABEL.sub("", quote or "")) is not None


@dataclass(frozen=True, slots=True)
class Change:
    """What another document did to this one. `part` says that it names a part of it; `since` is the day from which it holds, None where no
    file says, and `pending` that this day is still to come."""

    predicate: str
    part: bool
    iri: str
    label: str
    date: str | None
    certainty: str
    evidence: tuple[Evidence, ...] = field(compare=False)
    since: str | None = None
    pending: bool = False

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        known = ("predicate", "part", "iri", "label", "date", "certainty", "since", "pending")
        columns = ("sentence", "quote", "source", "page", "row", "line", "provision")
        return {name: getattr(self, name) for name in known} | {"evidence": [e.texts(*columns) for e in self.evidence]}


@dataclass(frozen=True, slots=True)
class Status:
    """`state` is "repealed", "replaced" (as a whole), "expired" (it ran out), "partly" (repealed or replaced in part), "amended",
    "corrected", "consolidated", "continued", or "unknown": the files name no change, which is not to say that it is in force. What is in
    force on the day, and since when, `force` says."""

    state: str
    changes: tuple[Change, ...]
    force: Standing

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        return {
            "state": self.state,
            "changes": [change.plain() for change in self.changes],
            "force": self.force.plain(),
        }


@dataclass(frozen=True, slots=True)
class Ended:
    """What ended a document as a whole: `how` is "replaces", "repeals" or "expires" (it, or another document, says until when it holds);
    `date` is that of what did so, `since` the day from which it is over."""

    how: str
    by: str | None
    label: str | None
    date: str | None
    since: str | None
    evidence: Evidence = field(compare=False)

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        columns = ("sentence", "quote", "source", "page", "row", "line", "provision")
        return {name: getattr(self, name) for name in ("how", "by", "label", "date", "since")} | self.evidence.texts(
            *columns
        )


_STATES = (
    ("repeals", "repealed"), ("replaces", "replaced"), ("amends", "amended"), ("corrects", "corrected"),
    ("consolidates", "consolidated"), ("continues", "continued"),
)  # fmt: skip
"""The strongest first."""


def status(store: Store, document: str, on: date | None = None) -> Status:
    """Return the status of the document with this IRI on a day (today by default), and every change that the files name by then, the
    strongest first, then by date."""
    return statuses(store, [document], on)[document]


def statuses(
    store: Store, documents: Iterable[str], on: date | None = None, *, parts: bool = True
) -> dict[str, Status]:
    """Return the status of each of the documents with these IRIs, asked for together; without `parts` changes of single provisions are not
    looked at, and of what no file tells there is none."""
    wanted, day = list(dict.fromkeys(documents)), (on or date.today()).isoformat()
    events, amended = force_events(store, wanted), amendments(store, wanted) if parts else {}
    said: dict[str, dict[tuple[str, str], list[Mapping[str, Any]]]] = {iri: defaultdict(list) for iri in wanted}
    for row in rows_of_each(store, "internal/document-changes", "document", wanted):
        if row["by"] != row["document"] and (row["date"] or "") <= day:
            said[row["document"]][row["predicate"], row["by"]].append(row)
    begins = first_days(store, (by for of in said.values() for _, by in of))
    found = {}
    for iri in wanted if parts else (iri for iri in wanted if said[iri] or iri in events):
        told = events.get(iri, ())
        changes = [
            change
            for (predicate, by), rows in said[iri].items()
            for change in _changes(predicate, by, rows, told, begins.get(by), day)
        ]
        found[iri] = _status(changes, standing(told, amended.get(iri, ()), day))
    return found


def _status(changes: list[Change], force: Standing) -> Status:
    """The status that follows from what was done to a document and what is in force of it."""
    order = [predicate for predicate, _ in _STATES]
    changes.sort(key=lambda c: (c.part, order.index(c.predicate), c.date or "9999", c.label))
    state = _state(changes)
    over = force.over and state not in ("repealed", "replaced")
    return Status("expired" if over else state, tuple(changes), force)


def ended(store: Store, documents: Iterable[str], on: date | None = None) -> dict[str, Ended]:
    """Return what ended those of the documents with these IRIs that are over on a day (today by default), by their IRIs."""
    found = {}
    for iri, known in statuses(store, documents, on, parts=False).items():
        if known.force.over:
            ends = (e for e in known.force.events if e.by == known.force.by and (e.kind == "expires" or e.until))
            past = next(ends, known.force.events[0])
            found[iri] = Ended("expires", past.by, past.label, past.by_date, known.force.since, past.evidence)
        for change in known.changes:
            if change.predicate in ("replaces", "repeals") and not (change.part or change.pending):
                found[iri] = Ended(
                    change.predicate, change.iri, change.label, change.date, change.since, change.evidence[0]
                )
                break
    return found


def states(store: Store, documents: Iterable[str], on: date | None = None) -> dict[str, str]:
    """Return the state of force on a day (today by default) of those of the documents with these IRIs whose state is known: one of
    `Standing.state`, and "expired" also of what was replaced or repealed as a whole."""
    found = {}
    for iri, known in statuses(store, documents, on).items():
        state = "expired" if known.state in ("repealed", "replaced") else known.force.state
        if state != "unknown":
            found[iri] = state
    return found


def _changes(
    predicate: str,
    by: str,
    told: Sequence[Mapping[str, Any]],
    events: Sequence[ForceEvent],
    begins: str | None,
    on: str,
) -> list[Change]:
    """What one document did in one way, to the whole or to a part; of an end, what is said of force tells which it is, and from when."""
    ends = _ends(by, told, events)
    grouped: dict[bool, list[Mapping[str, Any]]] = defaultdict(list)
    for row in told:
        whole = any(e.kind == "expires" for e in ends) if ends else not of_a_part(row["quote"])
        grouped[predicate in ("repeals", "replaces") and not whole].append(row)
    found = []
    for part, said in grouped.items():
        since = next((e.date for e in ends if e.date and (e.kind == "expires") != part), None) or begins
        certainty = "explicit" if any(row["certainty"] == "explicit" for row in said) else said[0]["certainty"]
        evidence = tuple(Evidence.of(row) for row in said)
        label, day = said[0]["label"], said[0]["date"]
        found.append(Change(predicate, part, by, label, day, certainty, evidence, since, (since or day or "") > on))
    return found


def _ends(by: str, told: Sequence[Mapping[str, Any]], events: Sequence[ForceEvent]) -> list[ForceEvent]:
    """What a document says of the end of another, or the row of a list says that tells what it did."""
    over = [e for e in events if e.kind in ("expires", "partly-expires")]
    places = {(said.source, said.line) for said in map(Evidence.of, told)}
    return [e for e in over if e.by == by] or [e for e in over if (e.evidence.source, e.evidence.line) in places]


def _state(changes: Sequence[Change]) -> str:
    """An end of the whole outweighs that of a part, and this any other change; what is still to come changes nothing yet."""
    done = [change for change in changes if not change.pending]
    whole = {change.predicate for change in done if not change.part}
    over = next((state for predicate, state in _STATES[:2] if predicate in whole), None)
    if over is None and any(change.part for change in done):
        return "partly"
    return over or next((state for predicate, state in _STATES if predicate in whole), "unknown")
