"""No query reaches anything outside: not past the screen, and not out of a process that gave up the network."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

import chidao
from chidao.extract.errors import ChidaoError
from chidao.graph.answers.graph import Graph
from chidao.graph.dataset import open_graph
from chidao.graph.sparql.pool import QueryError
from chidao.tests.torture import queries

CHIDAO = str(Path(sys.executable).with_name("chidao"))
HIDDEN = """SELECT * { ?s ?p ?a . ?s ?p ?b FILTER(?a<?b#c>\\u000A && '''x
) FILTER EXISTS { SERVICE SILENT <URL> { ?x ?y ?z } } #''')
}"""
PLAIN = "SELECT * { SERVICE <URL> { ?s ?p ?o } }"


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[bytes]]]:
    with queries.listening() as found:
        yield found


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return queries.store_at(tmp_path_factory.mktemp("offline") / "store")


def test_no_mixture_of_comments_quotes_and_escapes_gets_out() -> None:
    """A few hundred; `make torture` tries ten thousand and more."""
    assert queries.attack(seed=0, times=400).startswith("400 queries")


@pytest.mark.parametrize("way", queries.WAYS)
def test_a_process_without_network_reaches_nobody(way: str, store: Path, listener: tuple[str, list[bytes]]) -> None:
    url, seen = listener
    queries.asked_bare(pyoxigraph.Store.read_only(str(store)), PLAIN.replace("URL", url))
    reached = len(seen)
    assert reached  # the engine itself would
    queries.apart(store, way, [PLAIN.replace("URL", url), PLAIN.replace("URL", url.replace("127.0.0.1", "localhost"))])
    assert len(seen) == reached


@pytest.mark.slow
@pytest.mark.parametrize("text", [HIDDEN, PLAIN], ids=["hidden", "plain"])
def test_the_command_reaches_nobody(text: str, sample_graph: Path, listener: tuple[str, list[bytes]]) -> None:
    url, seen = listener
    before = len(seen)
    command = [CHIDAO, "query", text.replace("URL", url), "--graph", str(sample_graph)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert len(seen) == before


HOSTILE = st.lists(st.sampled_from(["'", '"', "\\", "\\u0022", "\\u0061", "\n", "}", "SERVICE <URL> {}", "#", ">", "ệ", "\x00", " ", "15-NQ/TW"]), max_size=8)  # fmt: skip


@pytest.fixture(scope="module")
def graph(sample_graph: Path) -> Iterator[Graph]:
    with Graph.open(sample_graph) as opened:
        yield opened


@pytest.mark.slow
@given(text=HOSTILE.map("".join))
def test_a_parameter_of_a_named_question_is_a_value(text: str, graph: Graph, listener: tuple[str, list[bytes]]) -> None:
    url, seen = listener
    before = len(seen)
    for name in ("who-acted", "chain"):
        try:
            graph.ask(name, {"directive": text.replace("URL", url)})
        except ChidaoError as error:
            assert "\n" not in str(error)
    assert len(seen) == before


@pytest.mark.parametrize("text", [HIDDEN, PLAIN], ids=["hidden", "plain"])
def test_a_dataset_in_the_callers_process_reaches_nobody(
    text: str, sample_graph: Path, listener: tuple[str, list[bytes]]
) -> None:
    url, seen = listener
    before = len(seen)
    dataset = open_graph(sample_graph)
    for asked in (dataset, rdflib.Graph(dataset.store), chidao.Graph(sample_graph).dataset()):
        with pytest.raises(QueryError):
            asked.query(text.replace("URL", url))
        with pytest.raises(QueryError, match="updates are refused"):
            asked.update(f"LOAD <{url}>")
    assert len(seen) == before
