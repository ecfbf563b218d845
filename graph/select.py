"""Run a shipped query on any store and give plain rows.

A query takes a parameter at a marker of its own, `# values: ?directive`. A given value is set there as a VALUES clause, built
from a term and never from text, so nothing that a user types becomes part of the query's grammar; without a value the marker
stays a comment. (Bindings passed beside the query are refused by the Oxigraph store for names that are not projected.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph

from chidao.extract.errors import ChidaoError
from chidao.graph.store import damaged
from chidao.graph.tables.asked import Tabled

if TYPE_CHECKING:  # here and below: what these need is loaded by those who ask one only
    from rdflib import Dataset

    from chidao.graph.endpoint import Endpoint

Store: TypeAlias = "pyoxigraph.Store | Dataset | Tabled | Endpoint"
Term = pyoxigraph.NamedNode | pyoxigraph.Literal

_AT_ONCE, _AT_ONCE_OF_TABLES = 100, 2_000
"""Values in one query."""
_MARKER = re.compile(r"#[ ]*values:[ ]*\?(?P<name>\w+)[ ]*$", re.MULTILINE)


@cache
def query_text(name: str) -> str:
    """Return the text of `graph/queries/NAME.rq`."""
    return files("chidao.graph").joinpath("queries", *f"{name}.rq".split("/")).read_text("utf-8")


def node(iri: str) -> pyoxigraph.NamedNode:
    """Return the IRI as a term. Raises ChidaoError when it is none."""
    try:
        return pyoxigraph.NamedNode(iri)
    except ValueError:
        raise ChidaoError(f"not an IRI: {iri!r}") from None


def bound(text: str, values: Mapping[str, Term | Sequence[Term]]) -> str:
    """Return the query with each given value at its marker.

    Raises ChidaoError for a value that the query has no marker for.
    """
    left = set(values)

    def put(match: re.Match[str]) -> str:
        if match["name"] not in values:
            return match.group()
        left.discard(match["name"])
        given = values[match["name"]]
        terms: Sequence[Term] = [given] if isinstance(given, pyoxigraph.NamedNode | pyoxigraph.Literal) else given
        return f"VALUES ?{match['name']} {{ {' '.join(str(t) for t in terms)} }}"

    found = _MARKER.sub(put, text)
    if left:
        raise ChidaoError(f"this question has no parameter {', '.join(sorted(left))}")
    return found


def rows(store: Store, name: str, **values: Term | Sequence[Term]) -> Iterator[dict[str, Any]]:
    """Return the rows of a shipped SELECT query over the union of all named graphs: variable name to text, None where unbound.

    Works on a pyoxigraph store, which tables may answer for, and on any rdflib Dataset and any endpoint with a union default graph.
    """
    found = store.rows(name, values) if isinstance(store, Tabled) else None
    if found is not None:
        return iter(found)
    return select(store, bound(query_text(name), values))


def tuples(
    store: Store, name: str, columns: Sequence[str], take: Callable[[tuple[Any, ...]], Any] = tuple
) -> Iterable[Any]:
    """Return these columns, in the order that the question has them, of all rows of a shipped SELECT query, or what is taken of each: where
    they are very many, a row of names takes longer than to find it, and to hold all takes much more than what is wanted of them."""
    found = store.tuples(name, columns, take) if isinstance(store, Tabled) else None
    return found if found is not None else (take(tuple(map(row.get, columns))) for row in rows(store, name))


def part_of_rows(
    store: Store, name: str, limit: int, offset: int = 0, **values: Term | Sequence[Term]
) -> tuple[list[dict[str, Any]], int]:
    """Return at most so many rows of a shipped SELECT query that has no limit of its own, behind the first `offset`; and how many all
    are."""
    found = store.part(name, values, limit, offset) if isinstance(store, Tabled) else None
    if found is not None:
        return found
    text = bound(query_text(name), values)
    before, select_, rest = text.partition("SELECT ")
    (row,) = select(store, f"{before}SELECT (COUNT(*) AS ?count) WHERE {{ {{ {select_}{rest}\n}} }}")
    return list(select(store, f"{text}\nLIMIT {limit} OFFSET {offset}")) if limit else [], int(row["count"])


def rows_of_each(
    store: Store, name: str, parameter: str, iris: Iterable[str], **values: Sequence[Term]
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a shipped SELECT query for each of many values of one parameter, asked for some at a time, the other `values` being
    the same; ordered for each value, not over all of them.

    A query with thousands of values is planned as a scan of everything: for 2,000 of 10,000 documents that took 28 s, this 9 s. Tables are
    asked for many at once.
    """
    wanted = list(dict.fromkeys(iris))
    size = _AT_ONCE_OF_TABLES if isinstance(store, Tabled) and store.answers(name) else _AT_ONCE
    for start in range(0, len(wanted), size):
        terms = [node(iri) for iri in wanted[start : start + size]]
        yield from rows(store, name, **{parameter: terms, **values})


def select(store: Store, text: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a SELECT query, as `rows` gives them."""
    if isinstance(store, Tabled):
        store = store.rdf
    if isinstance(store, pyoxigraph.Store):
        yield from _selected(store, text)
        return
    from chidao.graph.endpoint import Endpoint

    if isinstance(store, Endpoint):
        yield from store.select(text)
        return
    from rdflib.query import ResultRow

    result = store.query(text)
    names = [str(v) for v in result.vars or []]
    for row in result:
        assert isinstance(row, ResultRow)
        yield {n: (None if v is None else str(v)) for n, v in zip(names, row, strict=True)}


def _selected(store: pyoxigraph.Store, text: str) -> Iterator[dict[str, Any]]:
    """The rows. Raises GraphError when the store turns out to be damaged."""
    try:
        found = store.query(text, use_default_graph_as_union=True)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        names = [v.value for v in found.variables]
        for solution in found:
            values = [solution[n] for n in names]
            yield {n: getattr(v, "value", None) for n, v in zip(names, values, strict=True)}
    except (OSError, RuntimeError) as error:
        raise damaged(error) from None
