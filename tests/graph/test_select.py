"""A value reaches a query as a term, whatever a user typed, and any engine runs the same text."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset

from chidao.extract.errors import ChidaoError
from chidao.graph.select import bound, node, query_text, rows, select

# rdflib's own engine uses what rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")

ECHO = "SELECT ?x WHERE {\n  # values: ?x\n}"

typed = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)

ODD = [
    '"',
    "'''",
    "\\",
    "} # values: ?x",
    '" } UNION { ?s ?p ?o } #',
    "\\u0022",
    "a\nb\r\tc",
    "nghị quyết",
    "Nghi\u0323",
    "?x",
    "",
]


def engines(text: str) -> list[pyoxigraph.Store | Dataset]:
    """rdflib's own engine reads a backslash, u and four digits as one letter even where the backslash is escaped."""
    return [s for s in stores() if "\\u" not in text.lower() or not isinstance(s, Dataset) or "Ox" in repr(s.store)]


def stores() -> list[pyoxigraph.Store | Dataset]:
    return [pyoxigraph.Store(), Dataset(default_union=True), Dataset(store="Oxigraph", default_union=True)]


@pytest.mark.parametrize("text", ODD)
def test_a_value_is_never_grammar(text: str) -> None:
    for store in engines(text):
        assert list(select(store, bound(ECHO, {"x": pyoxigraph.Literal(text)}))) == [{"x": text}]


@given(typed)
def test_any_value_comes_back_as_it_was(text: str) -> None:
    for store in engines(text):
        assert list(select(store, bound(ECHO, {"x": pyoxigraph.Literal(text)}))) == [{"x": text}]


@pytest.mark.parametrize("text", ["", "x y", "a:b c", "https://x/<>", "https://x/\n", "https://x/{}", "no scheme"])
def test_what_is_no_iri_is_refused(text: str) -> None:
    with pytest.raises(ChidaoError, match="not an IRI"):
        node(text)


def test_several_values_are_one_clause() -> None:
    values = [node("https://x/1"), node("https://x/2")]
    for store in stores():
        assert [r["x"] for r in select(store, bound(ECHO, {"x": [*values]}))] == ["https://x/1", "https://x/2"]


def test_without_a_value_the_marker_stays_a_comment() -> None:
    assert bound(ECHO, {}) == ECHO


def test_a_value_without_a_marker_is_refused() -> None:
    with pytest.raises(ChidaoError, match="no parameter y"):
        bound(ECHO, {"y": pyoxigraph.Literal("1")})


def test_unbound_is_none_on_every_engine() -> None:
    for store in stores():
        assert list(select(store, "SELECT ?a ?b WHERE { BIND(1 AS ?a) }")) == [{"a": "1", "b": None}]


def test_a_shipped_query_runs_on_an_empty_store() -> None:
    for store in stores():
        assert list(rows(store, "internal/stats-relations")) == []
    assert query_text("internal/stats-relations").startswith("# ")
