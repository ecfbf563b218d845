"""What a user's query must be before an engine may run it: a query, inside the graph, not too deep, over graphs that are there.

The engine would really fetch for SERVICE, and has no switch against it; so it is refused before it runs, and runs in a process that has
no network (`offline`). FROM fetches nothing in this engine, but the same word fetches in others, and a graph that is not there must not
look like one that is empty. Needs nothing but the engine: a worker process starts with this module.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import pyoxigraph

from chidao.graph.sparql.syntax import IRI, NO_KEYWORD, blanked, calls_a_service, misplaced_escape

PREFIXES = {
    "chidao": "https://w3id.org/chidao/ns#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Known to every query, beside those that it declares."""
DEEPEST = 300
"""Braces and brackets within each other; the engine's parser would run out of stack far above that."""

Why = Literal["malformed", "update", "outside", "failed"]
"""What is wrong with a query: its grammar, that it would write, that it reaches outside; or the engine gave up on it."""

_UPDATE = re.compile(r"(?<![?$:\w])(?:INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD)(?![\w:])", re.IGNORECASE)
_VERB = re.compile(r"(?<![?$:\w.-])(?:SELECT|ASK|CONSTRUCT|DESCRIBE)(?![\w:])", re.IGNORECASE)
_FROM = re.compile(r"(?<![?$:\w.-])FROM(?![\w:])", re.IGNORECASE)
_BLANK = r"(?:\s|#[^\r\n]*[\r\n])*"
_DATASET = re.compile(
    rf"(?<![?$:\w.-])FROM{_BLANK}(?P<named>NAMED(?![\w:]))?{_BLANK}(?P<graph>{IRI}|[\w.-]*:[^\s{{}}()<>]*)"
    rf"|{NO_KEYWORD}",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?:at|error at)\s+(\d+):(\d+)")
_CLASS = re.compile(r"(?:, )?\[(?:_|'[^\]]*)\]")
"""Sets of characters among what the engine expected, which tell nobody anything."""
_ESCAPES = "a codepoint escape is for a letter or digit in a string or an IRI; write the character itself"
_NOT_FETCHED = "nothing is fetched from the network or from files"


class Refused(Exception):
    """One line on why a query is not answered."""

    def __init__(self, message: str, why: Why) -> None:
        super().__init__(message)
        self.why = why


@dataclass(frozen=True, slots=True)
class Scope:
    """The graphs that a query asks: IRIs of those that make up its default graph and of those that GRAPH may name.

    None for both: the union of all named graphs, and each of them."""

    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


def query(
    store: pyoxigraph.Store, text: str, default: Sequence[str] = (), named: Sequence[str] = ()
) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
    """Return the engine's answer, which is computed while it is read.

    `default` and `named` are the graphs that the SPARQL Protocol gives beside the query; they go before FROM and FROM NAMED.
    Raises Refused. What the engine raises later on, while the answer is read, is for `failure` to say.
    """
    scope = screened(text)
    if scope != Scope():
        parsed(text)
    if default or named:
        scope = Scope(tuple(default), tuple(named))
    if scope.default is None or scope.named is None:
        where: dict[str, Any] = {"use_default_graph_as_union": True}
    else:
        where = {"default_graph": _graphs(store, scope.default), "named_graphs": _graphs(store, scope.named)}
    try:
        return store.query(text, prefixes=PREFIXES, **where)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise failure(error, text) from None


def failure(error: Exception, text: str = "") -> Refused:
    """Return what to say of an error of the engine on a query."""
    said = " ".join(str(error).split())
    if isinstance(error, SyntaxError | ValueError):
        said = _CLASS.sub("", _PLACE.sub(lambda m: f"at line {m[1]}, column {m[2]}", said)).replace(
            "one of , ", "one of "
        )
        said = re.sub(r":? expected(?: one of)?\s*$", "", said)[:300] + _undeclared(text)
        return Refused(f"malformed query: {said}", "malformed")
    return Refused(f"the query failed: {said[:300]}", "failed")


def _undeclared(text: str) -> str:
    """The prefixes that a query uses and nobody declares: the engine complains of a place somewhere behind them."""
    words = blanked(text)
    known = {*PREFIXES, *re.findall(r"(?i)\bPREFIX\s+([\w.-]*)\s*:", words)}
    names = dict.fromkeys(re.findall(r"(?<![\w?$:.@-])([A-Za-z][\w.-]*):", words))
    missing = [f"{name}:" for name in names if name not in known][:5]
    return f" (not declared: PREFIX {', '.join(missing)})" if missing else ""


@lru_cache(maxsize=256)
def screened(text: str) -> Scope:
    """Return what FROM and FROM NAMED say in a query that may run. Raises Refused."""
    escape = misplaced_escape(text)
    if escape is not None:
        line, column = text.count("\n", 0, escape) + 1, escape - text.rfind("\n", 0, escape)
        raise Refused(f"malformed query: at line {line}, column {column}: {_ESCAPES}", "malformed")
    words = blanked(text)
    verb = _VERB.search(words)
    if _UPDATE.search(words) and not verb:
        raise Refused("updates are refused: a graph changes only by `chidao build`", "update")
    if calls_a_service(text):
        raise Refused("SERVICE is refused: a query may not reach outside the graph", "outside")
    if _depth(words) > DEEPEST:
        raise Refused(f"malformed query: more than {DEEPEST} brackets within each other", "malformed")
    clauses = len(_FROM.findall(words, verb.start())) if verb else 0
    return _scope(text, verb.start(), clauses) if verb and clauses else Scope()


def parsed(text: str) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
    """Return the answer of an empty store, which tells its kind. Raises Refused when the engine cannot parse the query: it says best where
    that is malformed."""
    try:
        return pyoxigraph.Store().query(text, prefixes=PREFIXES)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise failure(error, text) from None


def _scope(text: str, verb: int, clauses: int) -> Scope:
    """The graphs of a dataset clause. What stands before the verb is base and prefixes, which Turtle writes the same way."""
    default: list[str] = []
    named: list[str] = []
    for found in _DATASET.finditer(text, verb):
        if found["graph"] is not None:
            (named if found["named"] else default).append(found["graph"])
    if len(default) + len(named) < clauses:
        parsed(text)
        raise Refused("malformed query: what stands after FROM cannot be read", "malformed")
    return Scope(_resolved(text[:verb], default), _resolved(text[:verb], named))


def _resolved(prologue: str, terms: list[str]) -> tuple[str, ...]:
    known = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    turtle = f"{known}{prologue}\n" + "\n".join(f"{term} <x:x> <x:x> ." for term in terms)
    try:
        quads = list(pyoxigraph.parse(turtle.encode("utf-8", "replace"), format=pyoxigraph.RdfFormat.TURTLE))
    except SyntaxError:
        # An undeclared prefix, for example; the engine says where.
        return tuple(term.strip("<>") for term in terms)
    return tuple(str(quad.subject.value) for quad in quads if isinstance(quad.subject, pyoxigraph.NamedNode))


def _graphs(store: pyoxigraph.Store, iris: Sequence[str]) -> list[pyoxigraph.NamedNode]:
    found = []
    for iri in iris:
        try:
            graph = pyoxigraph.NamedNode(iri)
        except ValueError:
            raise Refused(f"not the IRI of a graph: {iri[:200]!r}", "malformed") from None
        if not store.contains_named_graph(graph):
            raise Refused(f"no graph here is called <{iri[:200]}>; {_NOT_FETCHED}", "outside")
        found.append(graph)
    return found


def _depth(words: str) -> int:
    """How deep brackets of any kind stand within each other."""
    depth = deepest = 0
    for mark in re.findall(r"[][(){}]", words):
        depth += 1 if mark in "([{" else -1
        deepest = max(deepest, depth)
    return deepest
