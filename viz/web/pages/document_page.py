"""The page of a document: what it rests on, who carries it out, what else the files say of it; long lists a page at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from starlette.requests import Request

from chidao.graph.answers.implements import carriers, carrying
from chidao.graph.answers.show import document_mentions, show_document
from chidao.graph.answers.status import ended
from chidao.graph.evidence import Evidence
from chidao.graph.select import node, rows
from chidao.viz.web.pages import views
from chidao.viz.web.rendering.cite import citation
from chidao.viz.web.rendering.links import Value
from chidao.viz.web.request import params
from chidao.viz.web.request.paging import A_PAGE, MANY, Part, begun, begun_of, paged, pages_of
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
    facts = show_document(snapshot.store, iri, on, limit=0)
    term = node(iri)
    carried = carriers(snapshot.store, iri)
    related = list(rows(snapshot.store, "internal/document-beside", document=term))
    cited = list(rows(snapshot.store, "internal/document-cited-provisions", document=term))
    issuers = [row["body"] for row in rows(snapshot.store, "internal/issuers", document=term)]
    force = facts.status.force
    lists: dict[str, Sequence[Any]] = {
        "above": _stated(related, "subject"),
        "below": carried,
        "others": _stated(related, "object"),
        "law": [*(("event", event) for event in force.events), *(("change", change) for change in force.amendments)],
        "acts": _acts(rows(snapshot.store, "internal/document-acts", directive=term)),
        "tasks": snapshot.graph.tasks(document=iri),
    }
    parts = {name: part(name, members, asked) for name, members in lists.items()}
    parts["below"] = replace(parts["below"], members=carrying(snapshot.store, iri, parts["below"].members, on))
    parts["mentions"] = _mentions(snapshot, iri, asked)
    for name in ("above", "others", "acts"):
        parts[name] = replace(parts[name], members=[_read(member) for member in parts[name].members])
    return {
        "iri": iri,
        "asked": asked,
        "facts": facts,
        "issuer_iri": next((body for body in issuers if body not in {joint.iri for joint in facts.jointly}), None),
        "by_hand": views.by_hand(snapshot),
        "citation": citation(facts.plain()),
        "status": facts.status,
        "on": (on or date.today()).isoformat(),
        "ended": ended(snapshot.store, [iri], on).get(iri),
        "cited_provisions": _citing(snapshot, iri, cited[:_CITED]),
        "has_provisions": bool(cited)
        or next(rows(snapshot.store, "internal/documents-with-provisions", document=term), None) is not None,
        "files": list(rows(snapshot.store, "internal/document-files", document=term)),
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


def _mentions(snapshot: Snapshot, iri: str, asked: Asked | None) -> Part:
    """The mentions that are shown, which are asked for with their number: to find them takes as long as to count them."""
    if asked is None:
        return Part(*document_mentions(snapshot.store, iri))
    if asked.list is None:
        return begun_of(*document_mentions(snapshot.store, iri, limit=MANY))
    if asked.list != "mentions":
        return Part((), document_mentions(snapshot.store, iri, limit=0)[1])
    found, total = document_mentions(snapshot.store, iri, limit=A_PAGE, offset=(asked.page - 1) * A_PAGE)
    return Part(found, total, pages_of(total))


def _read(member: dict[str, Any]) -> dict[str, Any]:
    """A member of a list with the sentences of its rows, each once."""
    return member | {"evidence": list(dict.fromkeys(map(Evidence.of, member["evidence"])))}


def _stated(related: Iterable[dict[str, Any]], role: str) -> list[dict[str, Any]]:
    """The relations of one role by predicate, in the order of the labels' table; each other document once for a predicate, with the rows of
    all places that say so."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in related:
        if row["role"] != role:
            continue
        known = {name: row[name] for name in ("predicate", "other", "label", "date", "certainty")}
        told = known | {"list": "above" if role == "subject" else "others", "evidence": []}
        other = found.setdefault((row["predicate"], row["other"]), told)
        if row["certainty"] == "explicit":
            other["certainty"] = "explicit"
        other["evidence"].append(row)
    order = {name: at for at, name in enumerate(words().relations)}
    return sorted(found.values(), key=lambda row: (order.get(row["predicate"], len(order)), row["predicate"]))


def _acts(told: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Who did what, each pair once with the rows of every place."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in told:
        known = {"actor": row["actor"], "action": row["action"], "evidence": []}
        found.setdefault((row["actor"] or "", row["action"]), known)["evidence"].append(row)
    return sorted(found.values(), key=lambda entry: (entry["actor"] is None, entry["actor"] or "", entry["action"]))
