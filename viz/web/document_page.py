"""The page of a document: what it rests on, who carries it out, what else the files say of it; long lists a page at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from starlette.requests import Request

from chidao.graph.answers.implements import implementers
from chidao.graph.answers.show import Act, Relation, document_mentions, show_document
from chidao.graph.answers.status import ended
from chidao.graph.select import node, rows
from chidao.viz.web import params, views
from chidao.viz.web.cite import citation
from chidao.viz.web.links import Value
from chidao.viz.web.paging import Part, begun, paged
from chidao.viz.web.snapshots import Snapshot
from chidao.viz.words import words

LISTS = ("above", "below", "others", "law", "acts", "tasks", "mentions")
"""What a page may be of alone, a page at a time."""
_OPEN = 10
"""Members of a list whose sentences are seen at once; those of a longer one are opened."""
_CITED = 10
"""Provisions that are cited most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants to see of a document: one list, or the beginning of each; as of a day, None for today."""

    list: str | None = None
    page: int = 1
    on: date | None = None

    def again(self, **changes: Value) -> dict[str, Value]:
        """Return the parameters that ask for the same, but for some; the page is the first."""
        return {"list": self.list, "on": self.on.isoformat() if self.on else None} | changes


def asked_of(request: Request) -> Asked:
    """Return what a request asks for. Raises HTTPException 400."""
    asked, number = params.one_of(request, "list", LISTS), params.number(request, "page", 1, 100_000) or 1
    return Asked(list=asked, page=number, on=params.day(request, "on"))


def document(snapshot: Snapshot, iri: str, asked: Asked | None = None) -> dict[str, Any]:
    """Return all that a document's page shows; of a written site's, where nothing can be asked, all of every list. The IRI must be one of a
    document that the graph holds."""
    on = asked.on if asked else None
    facts = show_document(snapshot.store, iri, on)
    term = node(iri)
    carried = implementers(snapshot.store, iri, on)
    cited = list(rows(snapshot.store, "internal/document-cited-provisions", document=term))
    force = facts.status.force
    lists: dict[str, Sequence[Any]] = {
        "above": _stated(facts.relations, "subject"),
        "below": carried,
        "others": _stated(facts.relations, "object", leave={"implements", "guides", "continues"}),
        "law": [*(("event", event) for event in force.events), *(("change", change) for change in force.amendments)],
        "acts": _acts(facts.actions),
        "tasks": snapshot.graph.tasks(document=iri),
        "mentions": document_mentions(snapshot.store, iri),
    }
    parts = {name: part(name, members, asked) for name, members in lists.items()}
    return {
        "iri": iri,
        "asked": asked,
        "facts": facts,
        "issuer_iri": next((row["body"] for row in rows(snapshot.store, "internal/issuers", document=term)), None),
        "by_hand": views.by_hand(snapshot),
        "citation": citation(facts.plain()),
        "status": facts.status,
        "on": (on or date.today()).isoformat(),
        "ended": ended(snapshot.store, [iri], on).get(iri),
        "cited_provisions": _citing(snapshot, iri, cited[:_CITED]),
        "has_provisions": bool(cited)
        or next(rows(snapshot.store, "internal/documents-with-provisions", document=term), None) is not None,
        "files": list(rows(snapshot.store, "internal/document-files", document=term)),
        "named_in": list(dict.fromkeys(mention.source for mention in lists["mentions"])),
        "recipients": [row["recipient"] for row in rows(snapshot.store, "internal/document-recipients", document=term)],
        "carried": len(carried),
        "counts": views.tally_of(snapshot, iri, facts.level) if carried else None,
        "lists": parts,
        "above": _by(parts["above"], lambda row: row["predicate"]),
        "below": _by(parts["below"], lambda item: item.level),
        "others": _by(parts["others"], lambda row: row["predicate"]),
        "levels": _sizes(item.level for item in carried),
        "open": _OPEN,
    }


def part(name: str, members: Sequence[Any], asked: Asked | None) -> Part:
    """Return what is shown of a list: all where nothing can be asked, the beginning where none is, a page of the one that is."""
    if asked is None:
        return Part(members, len(members))
    if asked.list is None:
        return begun(members)
    return paged(members, asked.page) if asked.list == name else Part((), len(members))


def _by(shown: Part, key: Any) -> list[tuple[Any, list[Any]]]:
    """The members of a list under the heads that they stand below, in their order."""
    return [(head, list(members)) for head, members in groupby(shown.members, key=key)]


def _sizes(levels: Iterable[str | None]) -> dict[str | None, int]:
    found: dict[str | None, int] = defaultdict(int)
    for level in levels:
        found[level] += 1
    return dict(found)


def _citing(snapshot: Snapshot, iri: str, cited: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Provisions that other documents cite, with the IRIs and names of these."""
    if not cited:
        return []
    told: dict[str, dict[str, str]] = defaultdict(dict)
    of = [node(f"{iri}/{row['path']}") for row in cited]
    for row in rows(snapshot.store, "internal/document-provision-mentions", document=node(iri), provision=of):
        if row["by"] != iri:
            told[row["path"]][row["by"]] = row["byLabel"]
    return [
        {
            "iri": f"{iri}/{row['path']}",
            "path": row["path"],
            "count": int(row["count"]),
            "by": list(told[row["path"]].items()),
        }
        for row in cited
    ]


def _stated(relations: Iterable[Relation], role: str, leave: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The relations of one role by predicate, in the order of the labels' table; each other document once for a predicate, with all places
    that say so."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for relation in relations:
        if relation.role != role or relation.predicate in leave:
            continue
        told: dict[str, Any] = {
            "list": "above" if role == "subject" else "others",
            "predicate": relation.predicate,
            "other": relation.other,
            "label": relation.label,
            "date": relation.date,
            "certainty": relation.certainty,
            "evidence": [],
        }
        other = found.setdefault((relation.predicate, relation.other), told)
        if relation.certainty == "explicit":
            other["certainty"] = "explicit"
        other["evidence"].append(relation.evidence)
    order = {name: at for at, name in enumerate(words().relations)}
    return sorted(found.values(), key=lambda row: (order.get(row["predicate"], len(order)), row["predicate"]))


def _acts(actions: Iterable[Act]) -> list[dict[str, Any]]:
    """Who did what, each pair once with every sentence."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for act in actions:
        entry = found.setdefault(
            (act.actor or "", act.action), {"actor": act.actor, "action": act.action, "evidence": []}
        )
        if act.evidence not in entry["evidence"]:
            entry["evidence"].append(act.evidence)
    return sorted(found.values(), key=lambda entry: (entry["actor"] is None, entry["actor"] or "", entry["action"]))
