"""Which documents came first: none acts on what was not there yet.

A document carries out, rests on, changes or reviews what is as old as itself or older; the year in a number ("113/2017/NĐ-CP")
counts where no day is known. An edge the other way round is a misprint or a misreading: a suspicion, and no fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chidao.extract.model import SELF, Action, Amendment, Facts, Force, Relation, Suspicion

Time = tuple[str | None, int | None]
"""The day on which a document was signed (ISO 8601), and the year of it or of its number; None where not known."""

_ACTS = {
    "implements": "carry out",
    "continues": "go on with",
    "based_on": "rest on",
    "guides": "guide",
    "amends": "amend",
    "replaces": "replace",
    "repeals": "repeal",
    "corrects": "correct",
    "consolidates": "consolidate",
    "reviews": "review",
}
"""The relations in which a document acts on another one, which must be there already."""


def older(first: Time, second: Time) -> bool:
    """Is the first document certainly older than the second one?

    >>> older(("2025-06-12", 2025), ("2025-06-16", 2025)), older((None, 2017), (None, 2025)), older((None, 2025), ("2025-06-16", None))
    (True, True, False)
    """
    (day, year), (other_day, other_year) = first, second
    if day and other_day:
        return day < other_day
    latest = day or (f"{year}-12-31" if year else None)
    earliest = other_day or (f"{other_year}-01-01" if other_year else None)
    return bool(latest and earliest and latest < earliest)


def pairs(facts: Facts) -> set[tuple[int, int]]:
    """Return the documents, as indexes of references or SELF, of which a fact does not hold where the first is older than the second."""
    found = {(r.subject, r.object) for r in facts.relations if r.predicate in _ACTS}
    found |= {(SELF, action.document) for action in facts.actions if action.document != SELF}
    found |= {(SELF, amendment.document) for amendment in facts.amendments if amendment.document != SELF}
    return found | {(SELF, force.document) for force in facts.force if force.document != SELF}


def in_order(facts: Facts, times: Sequence[Time], own: Time) -> Facts:
    """Return the facts without relations to what is younger, and without acts, changes and ends of what is younger than the file that
    tells of them; the places of these are suspicions (rule "younger-object").

    `times` tells of each reference what is known of its document, `own` of the file's own document.
    """

    def wrong(r: Relation) -> bool:
        if r.predicate not in _ACTS:
            return False
        return older(*(own if i == SELF else times[i] for i in (r.subject, r.object)))

    def there(told: Action | Amendment | Force) -> bool:
        return told.document == SELF or not older(own, times[told.document])

    younger = [r for r in facts.relations if wrong(r)]
    actions, amendments = tuple(filter(there, facts.actions)), tuple(filter(there, facts.amendments))
    force = tuple(filter(there, facts.force))
    if not younger and (actions, amendments, force) == (facts.actions, facts.amendments, facts.force):
        return facts
    relations = tuple(r for r in facts.relations if r not in younger)
    found = [_suspicion(r) for r in younger]
    found += [Suspicion(a.start, a.end, a.text, _NOT_YET, _RULE) for a in facts.actions if not there(a)]
    doubts = tuple(sorted([*facts.suspicions, *found], key=lambda s: s.start))
    return replace(facts, relations=relations, actions=actions, amendments=amendments, force=force, suspicions=doubts)


_RULE = "younger-object"
_NOT_YET = "nobody can have acted on a document that is younger than the one that tells of it"


def _suspicion(r: Relation) -> Suspicion:
    why = f"a document cannot {_ACTS[r.predicate]} one that is younger than itself"
    return Suspicion(r.start, r.end, r.text, why, _RULE)
