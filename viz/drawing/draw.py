"""From a graph on disk to a page on disk: the document asked for with what surrounds it, or everything."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
from markupsafe import Markup

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.lookup import one_document
from chidao.graph.answers.network import add_evidence, to_networkx
from chidao.graph.answers.surroundings import surroundings_in
from chidao.graph.evidence import Evidence
from chidao.graph.store import read_store
from chidao.viz.drawing.data import View, part_around, part_of_all
from chidao.viz.drawing.folder import common_folder
from chidao.viz.drawing.page import render
from chidao.viz.drawing.scheme import Card, scheme
from chidao.viz.drawing.scheme_html import quoted, scheme_html
from chidao.viz.drawing.trim import most_connected
from chidao.viz.words import DEFAULT

if TYPE_CHECKING:
    import pyoxigraph


class DrawError(ChidaoError):
    """A page that cannot be written."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page that was written: where, how many nodes it shows and how many it leaves out."""

    path: Path
    nodes: int
    omitted: int


def draw(
    *,
    graph: str | Path,
    output: str | Path,
    reference: str | None,
    view: View | None = None,
    year: int | None = None,
    scope: str | None = None,
) -> Drawing:
    """Write the page of `reference` and what surrounds it; of the whole graph when it is None.

    `year` and `scope` choose among documents with one number. Raises DrawError and whatever reading the graph raises.
    """
    view = view or View()
    store = read_store(graph)
    network = to_networkx(store, bodies=view.bodies, evidence=False)
    if reference is None:
        focus = None
        part, omitted = most_connected(part_of_all(network, view), view.max_nodes)
    else:
        focus = one_document(store, reference, year=year, scope=scope).iri
        part, omitted = part_around(network, focus, view)
    add_evidence(part, store)
    # Of what is chosen, a scheme would tell too little, and of all, more than was asked for.
    chosen = view.relations or view.levels or view.direction != "both"
    drawn = None if focus is None or chosen else _scheme(network, focus, store)
    path = Path(output)
    _write(path, render(part, focus=focus, omitted=omitted, scheme=drawn))
    return Drawing(path, len(part), omitted)


def _scheme(network: nx.MultiDiGraph[str], focus: str, store: pyoxigraph.Store) -> Markup:
    """The scheme of a document, with the sentences."""
    made = scheme(surroundings_in(network, focus), on=date.today().isoformat())
    edges = [card.edge for card in made.cards if card.edge]
    part: nx.MultiDiGraph[str] = nx.MultiDiGraph(network.subgraph({name for edge in edges for name in edge[:2]}))
    add_evidence(part, store)
    folder = common_folder(
        said["source"] for edge in edges for said in part.edges[edge]["evidence"] if said.get("source")
    )

    def cite(card: Card) -> Markup | None:
        rows = part.edges[card.edge]["evidence"] if card.edge else ()
        said = Evidence.of({"line": 0, **rows[0]}) if rows else None
        return quoted(card, said, said.sentence, said.words(DEFAULT, folder)) if said else None

    return scheme_html(made, DEFAULT, cite=cite)


def _write(path: Path, text: str) -> None:
    """Write the page whole or not at all."""
    temporary = path.with_name(path.name + ".new")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        os.replace(temporary, path)
    except OSError as error:
        raise DrawError(f"cannot be written ({error.strerror or error})", path=str(path)) from None
