"""From a graph on disk to a page on disk: the document asked for with what surrounds it, or everything."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.lookup import one_document
from chidao.graph.answers.network import add_evidence, to_networkx
from chidao.graph.store import read_store
from chidao.viz.drawing.data import View, part_around, part_of_all
from chidao.viz.drawing.page import render
from chidao.viz.drawing.trim import most_connected


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
    path = Path(output)
    _write(path, render(part, focus=focus, omitted=omitted))
    return Drawing(path, len(part), omitted)


def _write(path: Path, text: str) -> None:
    """Write the page whole or not at all."""
    temporary = path.with_name(path.name + ".new")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        os.replace(temporary, path)
    except OSError as error:
        raise DrawError(f"cannot be written ({error.strerror or error})", path=str(path)) from None
