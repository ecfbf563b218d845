"""What is below a directive, and who did something about it: from the tables where they tell, else the same from the RDF."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chidao.graph.select import Store, node, rows, rows_of_each
from chidao.graph.tables.asked import Tabled
from chidao.graph.tables.reach import Again, Citing, Fact, Reach, Step, reach_of, walk

_FEW = 5_000
"""Pairs of documents up to which the statements between them are asked for alone."""
_ALONE = 10
"""Documents of one directive from which on it is asked for by itself: documents that carry out several say much of the others too."""


def reach(store: Store, directive: str, until: str | None = None) -> tuple[Reach, bool]:
    """Return what is below the document with this IRI, and who is told to have done something about it; what is younger than `until` is
    as if it were not there. Says also whether anything is."""
    told = _told(store, directive, None)
    if until is None or (told.latest or "") <= until:
        return told, False
    return _told(store, directive, until), True


def _told(store: Store, directive: str, until: str | None) -> Reach:
    told = store.reach(directive, until) if isinstance(store, Tabled) else None
    if told is not None:
        return told
    term = node(directive)
    acts = sorted({(row["body"], row["action"]) for row in rows(store, "internal/coverage-acts", directive=term)})
    by: dict[tuple[str | None, tuple[str, ...]], list[Fact]] = defaultdict(list)
    for fact in _facts(store, [row["document"] for row in rows(store, "internal/citing", directive=term)]).values():
        if until is None or (fact.date or "") <= until:
            by[fact.scope, fact.bodies].append(fact)
    citing = [
        Citing(*who, min(fact.iri for fact in facts), max((fact.date for fact in facts if fact.date), default=None))
        for who, facts in sorted(by.items(), key=lambda entry: (entry[0][0] or "", entry[0][1]))
    ]
    return reach_of(*_below(store, directive, until), acts, citing)


def below(store: Store, directive: str) -> tuple[list[Step], list[Again]]:
    """Return what is below the document with this IRI, without the rest."""
    if isinstance(store, Tabled) and (told := store.reach(directive)) is not None:
        return told.steps, told.again
    return _below(store, directive, None)


def _below(store: Store, directive: str, until: str | None) -> tuple[list[Step], list[Again]]:
    links: list[tuple[str, str, str, str]] = []
    known: set[str] = set()
    waiting = {directive}
    while waiting:
        known |= waiting
        said = list(rows_of_each(store, "internal/links", "directive", sorted(waiting)))
        links += ((row["directive"], row["document"], row["predicate"], row["certainty"]) for row in said)
        waiting = {row["document"] for row in said} - known
    return walk(directive, directive, links, _facts(store, sorted(known)), until)


def _facts(store: Store, documents: Iterable[str]) -> dict[str, Fact]:
    told: dict[str, tuple[dict[str, Any], list[str]]] = {}
    for row in rows_of_each(store, "internal/placing", "document", documents):
        bodies = told.setdefault(row["document"], (row, []))[1]
        if row["body"]:
            bodies.append(row["body"])
    return {
        iri: Fact(iri, row["level"], row["date"], row["label"], row["scope"], tuple(bodies))
        for iri, (row, bodies) in told.items()
    }


def said_between(store: Store, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Return the rows of `internal/implementations` that say of each pair of IRIs that the second document carries out the first."""
    wanted: dict[tuple[str, str], list[dict[str, Any]]] = {pair: [] for pair in pairs}
    below: dict[str, list[str]] = defaultdict(list)
    for upper, lower in wanted:
        below[upper].append(lower)
    alone = [directive for directive, documents in below.items() if len(documents) >= _ALONE]
    for directive in alone:
        _say(store, wanted, [directive], below[directive])
    others = [directive for directive in below if len(below[directive]) < _ALONE]
    _say(store, wanted, others, list(dict.fromkeys(lower for upper in others for lower in below[upper])))
    return wanted


def _say(
    store: Store,
    wanted: Mapping[tuple[str, str], list[dict[str, Any]]],
    directives: Sequence[str],
    documents: Sequence[str],
) -> None:
    few = {"document": [node(iri) for iri in documents]} if len(directives) * len(documents) <= _FEW else {}
    for row in rows_of_each(store, "internal/implementations", "directive", directives, **few):
        if (said := wanted.get((row["directive"], row["document"]))) is not None:
            said.append(row)


def named(store: Store, documents: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return the rows of `internal/document` by their IRIs."""
    return {row["document"]: row for row in rows_of_each(store, "internal/document", "document", documents)}
