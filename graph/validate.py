"""Check a graph against the shipped SHACL shapes, and say in plain lines what is wrong."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from chidao.graph.store import GraphError, all_quads, read_store
from chidao.ontology.graphs import shapes_graph, table_graph

_SH = Namespace("http://www.w3.org/ns/shacl#")


@dataclass(frozen=True, slots=True)
class Violation:
    """`node` and `path` are shortened IRIs; `value` the offending value, when one is."""

    node: str
    path: str
    message: str
    value: str


def validate(graph_dir: str | Path) -> tuple[int, list[Violation]]:
    """Return how many triples were checked, and every violation, sorted. Raises GraphError when there is no graph, or it holds what the
    shapes cannot be put to."""
    from pyshacl import validate as run
    from pyshacl.errors import ReportableRuntimeError

    data = Graph()
    store = read_store(graph_dir)
    triples = pyoxigraph.serialize((q.triple for q in all_quads(store)), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert triples is not None
    with _no_words_on_literals():
        data.parse(data=triples, format="nt")
        count = len(data)
        try:
            _, report, _ = run(
                data, shacl_graph=shapes_graph(), ont_graph=table_graph("chidao"), inference="none", advanced=False
            )
        except ReportableRuntimeError as error:
            raise GraphError(f"the shapes cannot be put to this graph: {error.message}", path=str(graph_dir)) from None
    assert isinstance(report, Graph)
    found = []
    for result in report.subjects(RDF.type, _SH.ValidationResult):
        node = report.value(result, _SH.focusNode)
        path = _path(report, report.value(result, _SH.resultPath))
        value = report.value(result, _SH.value)
        messages = sorted(str(m) for m in report.objects(result, _SH.resultMessage))
        found.append(Violation(_short(node), path, " ".join(messages), str(value) if value is not None else ""))
    return count, sorted(set(found), key=lambda v: (v.node, v.path, v.message))


@contextmanager
def _no_words_on_literals() -> Iterator[None]:
    """Keep rdflib from logging each literal that is none of its type, with a traceback: that is a violation, and told as one."""
    log = logging.getLogger("rdflib.term")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)


def _path(report: Graph, path: Node | None) -> str:
    """A property, or several that may stand for each other: "prefLabel|label"."""
    for graph in (report, shapes_graph()):
        if choices := graph.value(path, _SH.alternativePath):
            return "|".join(_short(p) for p in graph.items(choices))
    return _short(path)


def _short(term: object) -> str:
    if term is None:
        return ""
    text = str(term)
    return text.removeprefix("https://w3id.org/chidao/ns#") if isinstance(term, URIRef) else text
