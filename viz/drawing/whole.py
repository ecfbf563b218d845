"""The whole graph as a picture in columns: every document, by level from the top down and by date from left to right.

`nodes` is `{"count": n, column: [...]}`, where a column of few different values is `{"values": [...], "index": [...]}`; an edge is source,
target and the index of its relation, three numbers after each other, and `doubtful` lists the edges that are not stated outright. The
rest is as `picture` tells it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from itertools import chain
from typing import Any

from chidao.graph.answers.linked import Known, Linked
from chidao.graph.answers.network import relation_labels
from chidao.viz.drawing.by_time import arrange_by_time
from chidao.viz.drawing.data import TITLES, legend, size_of
from chidao.viz.words import DRAWN_LEVELS, drawn_level, family, words

Pairs = Sequence[tuple[int, int]]


def whole(of: Linked, language: str, page_of: Callable[[str], str | None] | None = None) -> dict[str, Any]:
    """Return the picture of all documents; `page_of` gives each its page."""
    told = words(language)
    order = {name: index for index, name in enumerate(told.relations)}
    names = sorted(of.links, key=lambda name: (order.get(name, len(order)), name))
    sorted_pairs = {name: sorted(of.links[name]) for name in names}
    size = len(of.documents)
    ends = {name: [divmod(pair, size) for pair in pairs] for name, pairs in sorted_pairs.items()}  # as `of.ends` does
    outright = [of.links[name][pair] for name in names for pair in sorted_pairs[name]]
    labels = relation_labels()
    relations = [
        {"name": name, "count": len(ends[name]), **asdict(told.relation(name, labels.get(name, name)))} for name in names
    ]  # fmt: skip
    kinds = {name: family("document", name) for name in {one.type for one in of.documents}}
    return {
        "focus": None, "language": language, "words": dict(told.drawing), "packed": True, "total": len(of.documents), "omitted": 0,
        **_placed(of, ends, told.levels, page_of),
        "edges": [
            number for index, name in enumerate(names) for source, target in ends[name] for number in (source, target, index)
        ],
        "doubtful": [index for index, stated in enumerate(outright) if not stated],
        "relations": relations,
        "levels": legend(
            {level: told.levels[level] for level in DRAWN_LEVELS}, (drawn_level(one.level) for one in of.documents)
        ),
        "families": legend(told.families, (kinds[one.type] for one in of.documents)),
    }  # fmt: skip


def _placed(
    of: Linked, ends: Mapping[str, Pairs], levels: Mapping[str, str], page_of: Callable[[str], str | None] | None
) -> dict[str, Any]:
    """The columns of the nodes, and the bands and years in which they lie."""
    every = of.documents
    placed = arrange_by_time(
        [(one.level, one.date) for one in every],
        ((source, target, name) for name, pairs in ends.items() for source, target in pairs),
    )
    degrees = Counter(chain.from_iterable(chain.from_iterable(ends.values())))
    sizes = {degree: size_of(degree) for degree in {0, *degrees.values()}}
    columns: dict[str, Any] = _facts(every, page_of) if every else {"prefix": ""}
    if every:
        columns["x"], columns["y"] = map(list, zip(*placed.positions, strict=True))
        columns["size"] = [sizes[degrees[place]] for place in range(len(every))]
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
