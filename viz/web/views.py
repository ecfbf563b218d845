"""What each page shows, as plain data: the same for a server's response and for a file of a written site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.corrected import Kept, in_graph
from chidao.graph.answers.implements import LEVELS, implementers
from chidao.graph.answers.lookup import Match
from chidao.graph.answers.provisions import provisions
from chidao.graph.answers.show import Act, Relation, document_mentions, show_document
from chidao.graph.answers.status import ended
from chidao.graph.answers.tally import Tally
from chidao.graph.answers.tasks import TaskRow
from chidao.graph.answers.timeline import timeline as follow
from chidao.graph.select import node, rows
from chidao.ontology.authority import jurisdictions
from chidao.viz.web.cite import citation
from chidao.viz.web.plot import MOST
from chidao.viz.web.snapshots import Snapshot
from chidao.viz.words import words

FEW = 10
"""Rows of a short list."""
_COUNTED = 20
"""Directives that are counted where they are offered."""
MANY = 60
"""Rows of a long list that a page shows at first."""


def followed(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return the directives that most documents carry out, with `count`."""

    def make(snapshot: Snapshot) -> list[dict[str, Any]]:
        return [row | {"count": int(row["count"])} for row in rows(snapshot.store, "internal/most-implemented")]

    found: list[dict[str, Any]] = snapshot.once("followed", make)
    return found


def tallies(snapshot: Snapshot, iris: Sequence[str]) -> dict[str, Tally]:
    """Return how many of today's provinces have carried out each of these documents, in which state the others are; by IRI. Every page that
    says so asks here."""
    found = snapshot.graph.coverage_of(iris) if iris else None
    return {directive.iri: found.tally(at) for at, directive in enumerate(found.directives)} if found else {}


def counted(snapshot: Snapshot) -> dict[str, Tally]:
    """Return the central directives that most documents carry out, counted; by IRI."""
    return tallies(snapshot, dated(followed(snapshot))[:_COUNTED])


def dated(directives: Iterable[dict[str, Any]]) -> list[str]:
    """Return the central ones whose day is known: from the day on it can be told who has documents."""
    return [row["document"] for row in directives if row["level"] == "central" and row["date"]]


def tally_of(snapshot: Snapshot, iri: str, level: str | None) -> Tally | None:
    """Return the same of one document; None where it is not for the provinces to carry out."""
    return tallies(snapshot, [iri])[iri] if level == "central" else None


def all_tasks(snapshot: Snapshot) -> list[TaskRow]:
    """Return every task of the graph, by due date."""
    return snapshot.graph.tasks()


def exists(snapshot: Snapshot, iri: str) -> str | None:
    """ "document" or "body" when the graph holds such a thing."""
    for kind in ("document", "body"):
        if next(rows(snapshot.store, f"internal/{kind}", **{kind: node(iri)}), None):
            return kind
    return None


def corrected(snapshot: Snapshot) -> dict[str, Kept]:
    """Return the corrections that this generation holds, by their names."""
    found: dict[str, Kept] = snapshot.once("corrected", lambda snapshot: in_graph(snapshot.store))
    return found


def by_hand(snapshot: Snapshot) -> dict[str, list[Kept]]:
    """Return what people have corrected of each thing, by its IRI: documents, bodies, tasks."""

    def make(snapshot: Snapshot) -> dict[str, list[Kept]]:
        known = corrected(snapshot)
        found: dict[str, list[Kept]] = defaultdict(list)
        for row in rows(snapshot.store, "internal/corrected-things") if known else ():
            kept = known.get(row["correction"].rpartition("/")[2])
            if kept is not None and kept.state == "applied":
                found[row["thing"]].append(kept)
        return dict(found)

    made: dict[str, list[Kept]] = snapshot.once("by-hand", make)
    return made


def document(snapshot: Snapshot, iri: str, on: date | None = None) -> dict[str, Any]:
    """Return all that a document's page shows, as of a day (today by default). The IRI must be one of a document that the graph holds."""
    facts = show_document(snapshot.store, iri, on)
    term = node(iri)
    issuer = next((row["body"] for row in rows(snapshot.store, "internal/issuers", document=term)), None)
    carried = implementers(snapshot.store, iri, on)
    cited = list(rows(snapshot.store, "internal/document-cited-provisions", document=term))
    return {
        "iri": iri,
        "facts": facts,
        "issuer_iri": issuer,
        "by_hand": by_hand(snapshot),
        "citation": citation(facts.plain()),
        "status": facts.status,
        "on": (on or date.today()).isoformat(),
        "ended": ended(snapshot.store, [iri], on).get(iri),
        "cited_provisions": _citing(snapshot, iri, cited[:FEW]),
        "has_provisions": bool(cited)
        or next(rows(snapshot.store, "internal/documents-with-provisions", document=term), None) is not None,
        "files": list(rows(snapshot.store, "internal/document-files", document=term)),
        "recipients": [row["recipient"] for row in rows(snapshot.store, "internal/document-recipients", document=term)],
        "above": _grouped(facts.relations, "subject"),
        "below": [
            (level, [item for item in carried if item.level == level])
            for level in LEVELS
            if any(item.level == level for item in carried)
        ],
        "carried": len(carried),
        "counts": tally_of(snapshot, iri, facts.level) if carried else None,
        "others": _grouped(facts.relations, "object", leave={"implements", "guides", "continues"}),
        "acts": _acts(facts.actions),
        "tasks": [task for task in all_tasks(snapshot) if task.document == iri],
        "mentions": document_mentions(snapshot.store, iri),
        "shown": MANY,
        "few": FEW,
        "many": FEW + 2,
    }


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


def provisions_page(snapshot: Snapshot, iri: str, path: str = "", on: date | None = None) -> dict[str, Any]:
    """Return what the page of a document's provisions shows, or of one of them. The IRI must be one of a document that the graph holds."""
    found = provisions(snapshot.store, iri, path, on)
    large = [entry for entry in found.entries if entry.heading and entry.text is not None]
    return {"found": found, "on": (on or date.today()).isoformat(), "contents": [] if path else large}


def _grouped(relations: Iterable[Relation], role: str, leave: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The relations of one role by predicate, in the order of the labels' table; each other document once, with all places
    that say so."""
    found: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for relation in relations:
        if relation.role != role or relation.predicate in leave:
            continue
        other = found[relation.predicate].setdefault(
            relation.other,
            {
                "other": relation.other,
                "label": relation.label,
                "date": relation.date,
                "certainty": relation.certainty,
                "evidence": [],
            },
        )
        if relation.certainty == "explicit":
            other["certainty"] = "explicit"
        other["evidence"].append(relation.evidence)
    order = list(words().relations)
    known = sorted(found, key=lambda name: (order.index(name) if name in order else len(order), name))
    return [{"predicate": name, "others": list(found[name].values())} for name in known]


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


def timeline(snapshot: Snapshot, iri: str) -> dict[str, Any]:
    """Return what followed a directive, and the drawing of it as a Vega-Lite specification."""
    found = follow(snapshot.store, iri)
    events = (*found.events, *found.undated)
    return {
        "iri": iri,
        "timeline": found,
        "longest": max((event.days or 0 for event in found.events), default=0),
        "counts": tally_of(snapshot, iri, found.directive.level) if events else None,
        "drawn": min(len(found.events), MOST),
        "names": {event.iri: event.label for event in events},
        "shown": MANY,
    }


def provinces(on: date | None = None) -> list[tuple[str, str]]:
    """(key, name) of the provinces and cities of a day (today by default), as a person would look for them."""
    day = (on or date.today()).isoformat()
    return sorted(((j.slug, j.full_name) for j in jurisdictions() if j.existed(day)), key=lambda pair: pair[0])


def province_name(key: str | None) -> str | None:
    """Return the name of a province of any day, by its key."""
    return next((j.full_name for j in jurisdictions() if j.slug == key), None)


_NAMED_BY = {
    "document": "label", "directive": "label", "body": "name", "first": "firstLabel", "actor": "name", "provision": "name",
    "basis": "basisLabel", "by": "byLabel",
}  # fmt: skip


def columns(names: Sequence[str]) -> list[tuple[str, str | None]]:
    """Return the columns that a page shows of an answer: one that holds a thing, with the column of its name as the words of its link.

    >>> columns(("document", "label", "date"))
    [('document', 'label'), ('date', None)]
    """
    taken: dict[str, str] = {}
    for name in names:
        if (by := _NAMED_BY.get(name)) and by in names and by not in taken.values():
            taken[name] = by
    return [(name, taken.get(name)) for name in names if name not in taken.values()]


def resolve(snapshot: Snapshot, text: str) -> str:
    """Return the IRI of the one document that a visitor's words mean. Raises ChidaoError when there is none or several."""
    return match(snapshot, text).iri


def match(snapshot: Snapshot, text: str) -> Match:
    """Return the same with its label."""
    if not text.strip():
        raise ChidaoError("no document is named")
    return snapshot.graph.document(text)
