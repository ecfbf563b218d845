"""One face for all questions: names are resolved the same way for each, and what many read is made once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from chidao.graph.answers.graph import Graph
from chidao.graph.answers.implements import chains, implementers
from chidao.graph.answers.lookup import AmbiguousNameError, UnknownNameError
from chidao.graph.answers.tasks import tasks
from chidao.graph.sparql.pool import QueryError
from chidao.graph.store import GraphError
from chidao.graph.write.build import build

TWO_OF_A_NUMBER = """\
Kế hoạch số 128-KH/TU ngày 28/3/2019 của Thành ủy Hà Nội về bến bãi.
Kế hoạch số 128-KH/TU ngày 18/01/2023 của Thành ủy Hà Nội về bến bãi.
"""


@pytest.fixture(scope="module")
def graph(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    folder = tmp_path_factory.mktemp("face")
    (folder / "more.txt").write_text(TWO_OF_A_NUMBER, encoding="utf-8")
    build([samples, folder / "more.txt"], folder / "graph", home="Hà Nội", jobs=1)
    with Graph.open(folder / "graph") as opened:
        yield opened


# every question that takes the name of a document, with year and scope
BY_NAME: dict[str, Callable[..., Any]] = {
    "document": lambda graph, name, **which: graph.document(name, **which).iri,
    "documents": lambda graph, name, **which: graph.documents([name, name], **which)[0],
    "show": lambda graph, name, **which: graph.show(name, **which).iri,
    "show_document": lambda graph, name, **which: graph.show_document(name, **which).iri,
    "implements": lambda graph, name, **which: graph.implements(name, **which).directive.iri,
    "timeline": lambda graph, name, **which: graph.timeline(name, **which).directive.iri,
    "coverage": lambda graph, name, **which: graph.coverage([name], **which).directives[0].iri,
}


@pytest.mark.parametrize("question", BY_NAME)
def test_names_mean_the_same_everywhere(question: str, graph: Graph) -> None:
    ask = BY_NAME[question]
    with pytest.raises(AmbiguousNameError):
        ask(graph, "128-KH/TU")
    with pytest.raises(UnknownNameError):
        ask(graph, "999-NQ/TW")
    meant = graph.document("128-KH/TU", year=2019, scope="Hà Nội")
    assert meant.date == "2019-03-28"
    assert ask(graph, "128-KH/TU", year=2019, scope="Hà Nội") == ask(graph, meant.iri) == meant.iri


def test_answers_are_those_of_the_question_asked_alone(graph: Graph) -> None:
    directive = graph.document("15-NQ/TW").iri
    assert graph.implements("15-nq/tw").documents == tuple(implementers(graph.store, directive)) != ()
    assert graph.implements("15-nq/tw", chain=True).documents == tuple(chains(graph.store, directive))
    assigning = next(task for task in graph.tasks())
    body = next(iter(assigning.bodies.values()))
    assert graph.tasks() == tasks(graph.store)
    assert graph.tasks(document=assigning.document) == tasks(graph.store, document=assigning.document)
    assert graph.tasks(body=body) == tasks(graph.store, body=body)
    assert assigning in graph.tasks(body=body)


def test_without_words_everything_is_listed(graph: Graph) -> None:
    figures = dict(graph.stats())
    whole = graph.search("", limit=10_000)
    assert whole.total == len(whole.hits) == figures["documents"] + figures["bodies"]
    assert [hit.kind for hit in whole.hits] == sorted((hit.kind for hit in whole.hits), reverse=True)
    dates = [hit.date or "" for hit in whole.hits if hit.kind == "document"]
    assert dates == sorted(dates, reverse=True)
    assert {hit.level for hit in graph.search("", level="district").hits} == {"district"}
    assert graph.search("", limit=2, offset=1).hits == whole.hits[1:3]


def test_a_query_is_answered_by_a_process_of_its_own(graph: Graph) -> None:
    text = "SELECT ?d WHERE { ?d a chidao:Document } ORDER BY ?d"
    some, all_ = graph.query(text, "json", rows=2), graph.query(text, "json")
    assert (len(some.rows), some.more, all_.more) == (2, True, False)
    assert some.rows == all_.rows[:2]
    with pytest.raises(QueryError, match=r"^q\.rq: malformed query"):
        graph.query("SELEKT", path="q.rq")
    graph.close()
    assert graph.query(text, "json") == all_  # what was closed is started again


def test_threads_share_what_is_made_once(graph: Graph) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert len({id(index) for index in pool.map(lambda _: graph.index, range(8))}) == 1


def test_a_graph_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no graph here"):
        Graph.open(tmp_path)
