"""Run a user's own SPARQL, read-only and without reaching outside.

Both engines would really fetch for SERVICE and FROM, and LOAD is an update: what reaches out or writes is refused before it runs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pyoxigraph
from pyparsing import ParseResults

from chidao.extract.errors import ChidaoError

FORMATS = ("table", "json", "csv", "xml", "ttl")

# What is no keyword: IRIs, strings in four kinds of quotes, comments.
_NO_KEYWORD = re.compile(
    r"<[^<>\"{}|^`\\\s]*>|\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\r\n]*"
)
_UPDATE = re.compile(r"(?<![?$:\w])(?:INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD)(?![\w:])", re.IGNORECASE)
_REACHES = re.compile(r"(?<![?$:\w.-])(?P<word>SERVICE|FROM)(?![\w:])", re.IGNORECASE)
_SERVICE = re.compile(r"service", re.IGNORECASE)
_PLACE = re.compile(r"(?:at|error at)\s+(\d+):(\d+)")
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


@dataclass(frozen=True, slots=True)
class Answer:
    """`rows` for SELECT (and one row "answer" for ASK), `graph` as Turtle for CONSTRUCT and DESCRIBE; `document` is the
    answer in the asked form when that is xml or ttl."""

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    document: str | None = None


def run(store: pyoxigraph.Store, text: str, format_: str = "table", *, path: str | None = None) -> Answer:
    """The answer of one query over the union of all named graphs.

    Raises ChidaoError for a malformed query (with line and column), an update, or one that reaches outside; `path` names the
    file it came from.
    """
    words = _NO_KEYWORD.sub(" ", text)
    if _UPDATE.search(words) and not re.search(r"(?i)\b(?:SELECT|ASK|CONSTRUCT|DESCRIBE)\b", words):
        raise ChidaoError("updates are refused: a graph changes only by `chidao build`", path=path)
    reaches = _REACHES.search(words)
    if reaches:
        raise ChidaoError(f"{reaches['word'].upper()} is refused: a query may not reach outside the graph", path=path)
    if _SERVICE.search(text) and not _surely_inside(text):
        # The word stands where the cuts above may be wrong ("?a<?b#c>" is a comparison to one reader and an IRI to another).
        raise ChidaoError("SERVICE is refused: a query may not reach outside the graph", path=path)
    if _depth(words) > DEEPEST:
        raise ChidaoError(f"malformed query: more than {DEEPEST} brackets within each other", path=path)
    try:
        return _answer(store.query(text, prefixes=PREFIXES, use_default_graph_as_union=True), format_, path)
    except (SyntaxError, ValueError) as error:
        raise ChidaoError(f"malformed query: {_where(str(error))}", path=path) from None
    except (OSError, RuntimeError) as error:
        raise ChidaoError(f"the query failed: {str(error).splitlines()[0]}", path=path) from None


def _surely_inside(text: str) -> bool:
    """Does a second parser, too, find no SERVICE in the query? What it cannot read is not believed."""
    from rdflib.plugins.sparql.parser import parseQuery

    def names(part: Any) -> bool:
        if getattr(part, "name", None) == "ServiceGraphPattern":
            return True
        children = (
            part.values() if isinstance(part, dict) else part if isinstance(part, list | tuple | ParseResults) else ()
        )
        return any(names(child) for child in children)

    try:
        declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
        return not names(parseQuery(declared + text))
    except Exception:  # the parser raises many kinds, and every one means that it could not read the query
        return False


def _depth(words: str) -> int:
    """How deep brackets of any kind stand within each other."""
    depth = deepest = 0
    for mark in re.findall(r"[][(){}]", words):
        depth += 1 if mark in "([{" else -1
        deepest = max(deepest, depth)
    return deepest


def _where(message: str) -> str:
    """The engine's message on one line, with the place in words."""
    return _PLACE.sub(lambda m: f"at line {m[1]}, column {m[2]}", " ".join(message.split()))[:300]


def _answer(found: Any, format_: str, path: str | None) -> Answer:
    if isinstance(found, pyoxigraph.QuerySolutions):
        if format_ == "ttl":
            raise ChidaoError("ttl is for CONSTRUCT and DESCRIBE; a SELECT gives table, json, csv or xml", path=path)
        columns = tuple(v.value for v in found.variables)
        if format_ == "xml":
            return Answer(columns, [], _text(found.serialize(format=pyoxigraph.QueryResultsFormat.XML)))
        rows = [{c: getattr(solution[c], "value", None) for c in columns} for solution in found]
        return Answer(columns, rows)
    if isinstance(found, pyoxigraph.QueryBoolean):
        if format_ == "xml":
            return Answer(("answer",), [], _text(found.serialize(format=pyoxigraph.QueryResultsFormat.XML)))
        return Answer(("answer",), [{"answer": "true" if bool(found) else "false"}])
    triples = list(found)
    if format_ in ("table", "ttl"):
        return Answer((), [], _text(pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.TURTLE)))
    if format_ == "xml":
        return Answer((), [], _text(pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.RDF_XML)))
    columns = ("subject", "predicate", "object")
    return Answer(
        columns,
        [dict(zip(columns, (_plain(t.subject), _plain(t.predicate), _plain(t.object)), strict=True)) for t in triples],
    )


def _plain(term: Any) -> str:
    return str(getattr(term, "value", term))


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8")
