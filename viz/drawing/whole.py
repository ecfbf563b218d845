"""The whole graph as a picture in columns: every document, by level from the top down and by date from left to right.

`nodes` is `{"count": n, column: [...]}`, where a column of few different values is `{"values": [...], "index": [...]}`; an edge is source,
target and the index of its relation, three numbers after each other, and `doubtful` lists the edges that are not stated outright. The
rest is as `picture` tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from chidao.graph.answers.linked import Known, Linked
from chidao.graph.answers.network import relation_labels
from chidao.viz.drawing.by_time import arrange_by_time
from chidao.viz.drawing.data import TITLES, legend, size_of
from chidao.viz.words import DRAWN_LEVELS, drawn_level, family, words


def whole(of: Linked, language: str, page_of: Callable[[str], str | None] | None = None) -> dict[str, Any]:
    """Return the picture of all documents; `page_of` gives each its page."""
    told = words(language)
    order = {name: index for index, name in enumerate(told.relations)}
    names = sorted(of.links, key=lambda name: (order.get(name, len(order)), name))
    labels = relation_labels()
    relations = [
        {"name": name, "count": len(of.links[name]), **asdict(told.relation(name, labels.get(name, name)))} for name in names
    ]  # fmt: skip
    edges, doubtful, degrees = _edges(of, names)
    kinds = {name: family("document", name) for name in {one.type for one in of.documents}}
    return {
        "focus": None, "language": language, "words": dict(told.drawing), "packed": True, "total": len(of.documents), "omitted": 0,
        **_placed(of, names, edges, degrees, told.levels, page_of),
        "edges": edges,
        "doubtful": doubtful,
        "relations": relations,
        "levels": legend(
            {level: told.levels[level] for level in DRAWN_LEVELS}, (drawn_level(one.level) for one in of.documents)
        ),
        "families": legend(told.families, (kinds[one.type] for one in of.documents)),
    }  # fmt: skip


def _edges(of: Linked, names: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
    """The edges as they are told, which of them are doubtful, and how many each document has."""
    places = list(range(len(of.documents)))  # a number that stands for a place a hundred times is one
    edges: list[int] = []
    doubtful: list[int] = []
    degrees = [0] * len(places)
    for index, name in enumerate(names):
        for link in of.links[name]:
            source, target, outright = of.ends(link)
            if not outright:
                doubtful.append(len(edges) // 3)
            edges += places[source], places[target], index
            degrees[source] += 1
            degrees[target] += 1
    return edges, doubtful, degrees


def _placed(
    of: Linked, names: Sequence[str], edges: Sequence[int], degrees: Sequence[int], levels: Mapping[str, str],
    page_of: Callable[[str], str | None] | None,
) -> dict[str, Any]:  # fmt: skip
    """The columns of the nodes, and the bands and years in which they lie."""
    every = of.documents
    placed = arrange_by_time(
        [(one.level, one.date) for one in every],
        ((edges[at], edges[at + 1], names[edges[at + 2]]) for at in range(0, len(edges), 3)),
    )
    sizes = {degree: size_of(degree) for degree in {*degrees}}
    columns: dict[str, Any] = _facts(every, page_of) if every else {"prefix": ""}
    if every:
        columns["x"], columns["y"] = map(list, zip(*placed.positions, strict=True))
        columns["size"] = [sizes[degree] for degree in degrees]
    bands = [asdict(band) | {"label": levels[band.level]} for band in placed.bands]
    times = [asdict(time) for time in placed.times]
    return {"nodes": {"count": len(every)} | columns, "bands": bands, "times": times}


def _facts(every: Sequence[Known], page_of: Callable[[str], str | None] | None) -> dict[str, Any]:
    """The columns of what is known of documents, of which there are any."""
    prefix = _shared(every[0].iri, every[-1].iri)
    columns: dict[str, Any] = {
        "prefix": prefix,
        "iri": [one.iri.removeprefix(prefix) for one in every],
        "kind": _indexed(["document"] * len(every)),
        "label": [one.label or one.title or one.iri for one in every],
        "number": [one.number for one in every],
        "type": _indexed([one.type for one in every]),
        "date": _indexed([one.date for one in every]),
        "level": _indexed([drawn_level(one.level) for one in every]),
    }
    if len(every) <= TITLES:
        columns |= {"title": [one.title for one in every], "issuer": _indexed([one.issuer for one in every])}
    if page_of is not None:
        columns["url"] = [page_of(one.iri) for one in every]
    return columns


def _indexed(column: list[str]) -> dict[str, list[Any]]:
    values = {value: index for index, value in enumerate(dict.fromkeys(column))}
    return {"values": list(values), "index": [values[value] for value in column]}


def _shared(first: str, last: str) -> str:
    """What the first and the last of texts in order, and so all of them, begin with."""
    length = next(
        (at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last))
    )
    return first[:length]
