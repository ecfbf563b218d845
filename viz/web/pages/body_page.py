"""The page of a body: what it issued by year, what it acted on, its tasks, what belongs to it; long lists a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from chidao.extract.language.letters import fold
from chidao.graph.answers.show import BodyAct, Issued, show_body
from chidao.graph.select import node, rows
from chidao.viz.web.pages import views
from chidao.viz.web.rendering.links import Value
from chidao.viz.web.request import params
from chidao.viz.web.request.paging import Part, paged
from chidao.viz.web.snapshots import Snapshot

LISTS = ("documents", "acts", "tasks", "children")
"""What a page may be of alone, a page at a time."""
A_PAGE = 50
FEW = 12
"""Members of each list that a page of all lists shows."""
_NARROW = 40
"""Years of a chart; more are drawn as the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants to see: one list, or the beginning of each; documents of a year ("" for those without a date) or with words."""

    list: str | None = None
    year: str | None = None
    words: str | None = None
    page: int = 1

    def again(self, **changes: Value) -> dict[str, Value]:
        """Return the parameters that ask for the same, but for some; the page is the first."""
        return {"list": self.list, "year": self.year, "words": self.words} | changes


@dataclass(frozen=True, slots=True)
class Year:
    """A bar of the chart: how many documents of a year, as a share of the most of any."""

    year: str
    count: int
    share: float


def asked_of(request: Request) -> Asked:
    """Return what a request asks for. Raises HTTPException 400."""
    year = params.number(request, "year", 1900, 2200)
    words = params.text(request, "words", longest=200)
    asked = params.one_of(request, "list", LISTS) or ("documents" if year or words else None)
    number = params.number(request, "page", 1, 100_000) or 1
    return Asked(list=asked, year=str(year) if year else None, words=words, page=number)


def body(snapshot: Snapshot, iri: str, asked: Asked | None = None) -> dict[str, Any]:
    """Return what the page shows of a body; of a written site's, where nothing can be asked, all. The IRI must be one of a body that the
    graph holds."""
    facts = show_body(snapshot.store, iri)
    issued = list(reversed(facts.documents))
    chosen = [row for row in issued if asked is None or _fits(row, asked)]
    given = snapshot.graph.tasks(body=iri)
    lists: dict[str, Sequence[Any]] = {
        "documents": sorted(chosen, key=lambda row: row.date or "", reverse=True),
        "acts": _acts_by_document(facts.actions),
        "tasks": sorted(given, key=lambda task: facts.name not in task.lead),
        "children": list(rows(snapshot.store, "internal/body-children", body=node(iri))),
    }
    return {
        "iri": iri,
        "facts": facts,
        "path": _path(snapshot, iri),
        "by_hand": views.by_hand(snapshot),
        "predecessors": [change for change in facts.changes if change.role == "predecessor"],
        "successors": [change for change in facts.changes if change.role == "successor"],
        "issued": len(issued),
        "chart": chart(issued),
        "asked": asked,
        "lists": {name: part(name, members, asked) for name, members in lists.items()},
        "few": FEW,
    }


def part(name: str, members: Sequence[Any], asked: Asked | None) -> Part:
    """Return what is shown of a list: all where nothing can be asked, the beginning where another or none is, else a page."""
    if asked is None:
        return Part(members, len(members))
    if asked.list != name:
        return Part(members[:FEW], len(members))
    return paged(members, asked.page, A_PAGE)


def chart(issued: Iterable[Issued]) -> list[Year]:
    """Return a bar for each year from the first to the last in which something was issued; nothing where that is one."""
    counts = Counter((row.date or "")[:4] for row in issued)
    known = sorted(year for year in counts if year)
    if len(known) < 2:
        return []
    years = [str(year) for year in range(int(known[0]), int(known[-1]) + 1)][-_NARROW:]
    most = max(counts[year] for year in years)
    return [Year(year, counts[year], counts[year] / most) for year in years]


def _fits(row: Issued, asked: Asked) -> bool:
    text = fold(f"{row.label} {row.title or ''}")
    return (asked.year is None or (row.date or "")[:4] == asked.year) and all(
        word in text for word in fold(asked.words or "").split()
    )


def _acts_by_document(actions: Iterable[BodyAct]) -> list[dict[str, Any]]:
    """What a body did about each document, with every sentence."""
    acts: dict[str, dict[str, Any]] = {}
    for act in actions:
        entry = acts.setdefault(
            act.document, {"document": act.document, "label": act.label, "acts": [], "evidence": []}
        )
        if act.action not in entry["acts"]:
            entry["acts"].append(act.action)
        if act.evidence not in entry["evidence"]:
            entry["evidence"].append(act.evidence)
    return list(acts.values())


def _path(snapshot: Snapshot, iri: str) -> list[tuple[str, str]]:
    """(IRI, name) of the bodies above one, the highest first."""
    found: list[tuple[str, str]] = []
    seen = {iri}
    while row := next(rows(snapshot.store, "internal/body", body=node(iri)), None):
        iri = row["parent"] or ""
        if not iri or iri in seen or not row["parentName"]:
            break
        seen.add(iri)
        found.insert(0, (iri, row["parentName"]))
    return found
