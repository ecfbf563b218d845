"""Write a graph out in the formats of other tools. No format loses the evidence.

The forms of RDF give in full what the store keeps briefly (see `unfolded`). Quad formats keep the named graphs. Turtle has none,
but every sentence and mention names its source, so nothing is lost. GraphML and GEXF carry the evidence of each edge in its
attributes; CSV is a folder of tables, one of them the evidence.
"""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph

from chidao.extract.errors import ChidaoError
from chidao.graph.select import query_text, rows
from chidao.graph.store import all_quads, read_store
from chidao.graph.unfolded import unfolded

if TYPE_CHECKING:
    from chidao.graph.answers.network import Network

FORMATS = ("turtle", "trig", "nquads", "json-ld", "graphml", "gexf", "csv")

_RDF = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
}
_PREFIXES = {
    "chidao": "https://w3id.org/chidao/ns#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "org": "http://www.w3.org/ns/org#",
    "oa": "http://www.w3.org/ns/oa#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
TABLES = ("documents", "bodies", "statements", "mentions", "actions", "sources")
"""The tables of the CSV form; each is one shipped query."""


_NUMBER = re.compile(r"[+-][0-9.,]+")


def export(graph_dir: str | Path, format_: str, out: str | Path, *, kept: bool = False) -> Path:
    """Write the graph at `graph_dir` to the file (for csv: folder) `out`, whole or not at all. Returns the path. With `kept` a form of RDF
    has what the store keeps and no more, for another store that is to be asked the same.

    Raises ChidaoError for an unknown format or a place that cannot be written, GraphError for a missing graph.
    """
    if format_ not in FORMATS:
        raise ChidaoError(f"unknown format {format_!r}; one of {', '.join(FORMATS)}")
    store = read_store(graph_dir)
    out = Path(out)
    try:
        if format_ == "csv":
            return _csv(store, out)
        return _whole(out, lambda path: _write(store, format_, path, kept))
    except OSError as error:
        raise ChidaoError(f"cannot be written ({error.strerror or error})", path=str(out)) from None


def _whole(out: Path, write: Callable[[Path], None]) -> Path:
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_name(out.name + ".new")
    try:
        write(temporary)
        os.replace(temporary, out)
    finally:
        temporary.unlink(missing_ok=True)
    return out


def _write(store: pyoxigraph.Store, format_: str, path: Path, kept: bool) -> None:
    quads = all_quads(store) if kept else unfolded(store, all_quads(store))
    if format_ == "turtle":
        triples: Iterable[pyoxigraph.Triple] = (q.triple for q in quads)
        with path.open("wb") as stream:
            pyoxigraph.serialize(triples, stream, format=_RDF["turtle"], prefixes=_PREFIXES)
    elif format_ in _RDF:
        with path.open("wb") as stream:
            pyoxigraph.serialize(quads, stream, format=_RDF[format_], prefixes=_PREFIXES)
    elif format_ == "json-ld":
        with path.open("wb") as stream:
            pyoxigraph.serialize(
                quads,
                stream,
                format=pyoxigraph.RdfFormat.JSON_LD,
                prefixes=_PREFIXES,
            )
    else:
        import networkx as nx

        from chidao.graph.answers.network import to_networkx

        network = flat(to_networkx(store, bodies=True))
        if format_ == "graphml":
            nx.write_graphml(network, path, encoding="utf-8")
        else:
            nx.write_gexf(network, path, encoding="utf-8")


def flat(network: Network[str]) -> Network[str]:
    """Return the network with plain attribute values: the evidence list as JSON text, and its first sentence beside it."""
    found = network.__class__()
    for name, data in network.nodes(data=True):
        found.add_node(name, **{k: _clean(str(v)) for k, v in data.items()})
    for subject, object_, key, data in network.edges(keys=True, data=True):
        evidence = data["evidence"]
        found.add_edge(
            subject,
            object_,
            key=key,
            predicate=data["predicate"],
            label=data["label"],
            certainty=data["certainty"],
            sentence=_clean(evidence[0]["sentence"]) if evidence else "",
            source=_clean(f"{evidence[0]['source']}:{evidence[0]['line']}") if evidence else "",
            evidence=_clean(json.dumps(evidence, ensure_ascii=False)),
        )
    return found


def _clean(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(c for c in text if (c >= " " and c not in "\ufffe\uffff") or c in "\t\n")


def _csv(store: pyoxigraph.Store, out: Path) -> Path:
    if out.exists() and not out.is_dir():
        raise ChidaoError("the csv form is a folder of tables, and this is a file", path=str(out))
    out.mkdir(parents=True, exist_ok=True)
    for name in TABLES:

        def write(path: Path, name: str = name) -> None:
            with path.open("w", encoding="utf-8-sig", newline="") as stream:
                writer = csv.DictWriter(stream, _columns(f"internal/table-{name}"))
                writer.writeheader()
                for row in rows(store, f"internal/table-{name}"):
                    writer.writerow({k: no_formula(v) for k, v in row.items()})

        _whole(out / f"{name}.csv", write)
    return out


def _columns(query: str) -> list[str]:
    """What a shipped query projects, which a table has without any row too."""
    projection = re.search(r"^SELECT (.*?) WHERE", query_text(query), re.MULTILINE)
    assert projection
    return [name.removeprefix("?") for name in projection[1].split()]


def no_formula(value: object) -> str:
    """Return a cell that a spreadsheet will not run as a formula: what is no number and begins with = + - @ or a control character
    is set behind an apostrophe."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) and not _NUMBER.fullmatch(text) else text
