"""The page "Hiệu đính": what people have corrected, and what there is to look at; and what the pages of things show of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from chidao.extract.errors import ChidaoError
from chidao.extract.resolved import Correction
from chidao.graph.answers.corrected import Kept, kept_corrections, pending
from chidao.graph.answers.review import KINDS, Doubt, doubts
from chidao.graph.corrections import RELATIONS, read_corrections
from chidao.graph.evidence import Evidence
from chidao.graph.select import rows_of_each
from chidao.viz.web.catalogue import N_
from chidao.viz.web.guard.writing import writer_of
from chidao.viz.web.pages import views
from chidao.viz.web.rendering.links import key_of
from chidao.viz.web.rendering.reasons import said_of
from chidao.viz.web.rendering.render import language_of, page
from chidao.viz.web.request import params
from chidao.viz.web.sitemap import route
from chidao.viz.web.snapshots import Snapshot, snapshot_of

A_PAGE = 25
_QUOTED = 2
"""Sentences that are shown of one doubt."""
LISTS = {
    "corrections": N_("Corrections"), "conflict": N_("Files disagree"), "unresolved": N_("Not settled which document"),
    "blank": N_("Number or date blank"), "suspicion": N_("Odd codes and dates"), "scan": N_("Poor scans"),
}  # fmt: skip
"""What the page lists: corrections, and the kinds of what there is to look at."""


@dataclass(frozen=True, slots=True)
class Said:
    """A doubt with sentences that say so."""

    doubt: Doubt
    evidence: Sequence[Evidence]
    candidates: Sequence[tuple[str, str]] = ()


def corrections(request: Request) -> Response:
    """Show the corrections, or one kind of what there is to look at."""
    shown = snapshot_of(request)
    chosen = params.one_of(request, "list", tuple(LISTS)) or "corrections"
    number = params.number(request, "page", 1, 100_000) or 1
    kept, problem = _kept(request, shown)
    queue: dict[str, list[Doubt]] = shown.once("doubts", lambda snapshot: doubts(snapshot.graph))
    items: Sequence[Any] = kept if chosen == "corrections" else queue[chosen]
    part = items[(number - 1) * A_PAGE : number * A_PAGE]
    counts = {"corrections": len(kept)} | {kind: len(queue[kind]) for kind in KINDS}
    return page(
        request, "corrections", lists=LISTS, chosen=chosen, counts=counts, kept=kept, problem=problem, number=number,
        items=part if chosen == "corrections" else _said(shown, part), pages=max(1, -(-len(items) // A_PAGE)),
        waiting=len(pending(kept)),
    )  # fmt: skip


def _kept(request: Request, shown: Snapshot) -> tuple[list[Kept], str | None]:
    """The corrections; those that the graph holds, with what is wrong, where the file cannot be read."""
    try:
        return kept_corrections(views.corrected(shown), request.app.state.workspace), None
    except ChidaoError as error:
        problem = said_of(error, language_of(request), here=writer_of(request) is not None)
        return kept_corrections(views.corrected(shown), None), problem


def _said(shown: Snapshot, part: Iterable[Doubt]) -> list[Said]:
    """Doubts with the first sentences that name their documents, and what these may be."""
    part = list(part)
    wanted = [doubt.document for doubt in part if doubt.document]
    sentences: dict[str, list[Evidence]] = defaultdict(list)
    for row in rows_of_each(shown.store, "internal/document-mentions", "document", wanted):
        said = sentences[row["document"]]
        if len(said) < _QUOTED and all(row["sentence"] != one.sentence for one in said):
            said.append(Evidence.of(row | {"quote": row["exact"]}))
    may_be = [iri for doubt in part if doubt.kind == "unresolved" for iri in doubt.values]
    labels = {
        row["document"]: f"{row['label']}" + (f" ({row['date'][:4]})" if row["date"] else "")
        for row in rows_of_each(shown.store, "internal/document", "document", may_be)
    }
    return [
        Said(
            doubt, sentences.get(doubt.document or "", ()),
            [(iri, labels[iri]) for iri in doubt.values if iri in labels] if doubt.kind == "unresolved" else (),
        )
        for doubt in part
    ]  # fmt: skip


def of_list(request: Request) -> dict[str, Any]:
    """Return what a page says of corrections that lists things of many documents: all that wait for the next build."""
    shown, workspace = snapshot_of(request), request.app.state.workspace
    told: dict[str, Any] = {"waiting": [], "signer": None, "by_hand": views.by_hand(shown)}
    try:
        if workspace is not None:
            told["signer"] = workspace.settings().by
            told["waiting"] = pending(kept_corrections(views.corrected(shown), workspace))
    except ChidaoError:  # the page of corrections says so
        pass
    return told


def of_thing(request: Request, iri: str) -> dict[str, Any]:
    """Return what a document's or body's page says of corrections: those of it that wait for the next build, and what its forms
    offer."""
    shown, workspace = snapshot_of(request), request.app.state.workspace
    told: dict[str, Any] = {
        "waiting": [],
        "relations_to_add": RELATIONS,
        "signer": None,
    }
    if workspace is None:
        return told
    try:
        told["signer"] = workspace.settings().by
        said: list[Correction] = read_corrections(workspace)
        waiting = {kept.id for kept in pending(kept_corrections(views.corrected(shown), workspace))}
    except ChidaoError:
        return told
    key = unquote((key_of(iri, shown.base) or ("", ""))[1])
    here = [c.id for c in said if c.id in waiting and key in (c.document, c.body)]
    undone = [kept.id for kept in views.by_hand(shown).get(iri, ()) if kept.id in waiting]
    return told | {"waiting": [*here, *undone]}


routes: list[BaseRoute] = [Route(route("corrections"), corrections, methods=["GET"])]
