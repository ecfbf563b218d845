"""Terms of the graph: the IRIs of things and the literals of values, and how parts of a file are named.

A value that does not fit its datatype raises, so that nothing odd lands in a store.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode

from chidao.extract.iris import BASE
from chidao.extract.model import RULES, Facts
from chidao.ontology import vocabulary as v

Subject = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal
Quadruple = tuple[Subject, NamedNode, Term, NamedNode]
"""A quad as plain data. (The engine's own `Quad` takes 6 µs to make where its object is a literal, a tuple 0.1; all of it as text 2.)"""
Adder = Callable[[Subject, NamedNode, Term], Quadruple]
_MANY = 1 << 14
"""IRIs that are remembered: those of one thing are said one behind the other, and those of a few things everywhere."""

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_XSD_DATE = NamedNode(str(v.XSD.date))
_XSD_INTEGER = NamedNode(str(v.XSD.integer))
_XSD_BOOLEAN = NamedNode(str(v.XSD.boolean))
TYPE = NamedNode(str(v.RDF.type))
LABEL = NamedNode(str(v.RDFS.label))


@cache
def term(name: str) -> NamedNode:
    """Return a property or class of the vocabulary by its local name."""
    return NamedNode(str(v.CHIDAO[name]))


@cache
def as_node(iri: str) -> NamedNode:
    """Return an IRI as the store's."""
    return NamedNode(iri)


@cache
def concept(iri: str) -> NamedNode:
    """Return a relation, concept or level of the vocabulary. Raises ValueError for one that it does not hold."""
    if iri not in v.table("chidao"):
        raise ValueError(f"not in the vocabulary: {iri}")
    return NamedNode(iri)


def escape(key: str) -> str:
    """Return a key as the path of an IRI: everything that an IRI may not hold is percent-encoded; "/" stays."""
    return quote(key, safe="/-._~")


@lru_cache(_MANY)
def _below(begin: str, key: str) -> NamedNode:
    return NamedNode(begin + escape(key))


@lru_cache(_MANY)
def _node(iri: str) -> NamedNode:
    return NamedNode(iri)


class Names:
    """The IRIs of things below one base."""

    def __init__(self, base: str = BASE) -> None:
        self.base = base if base.endswith(("/", "#")) else base + "/"

    def document(self, key: str) -> NamedNode:
        """Return the IRI of a document by its key."""
        return _below(f"{self.base}document/", key)

    def provision(self, document: NamedNode, path: str) -> NamedNode:
        """Return a part of a document, below its IRI; a point keeps its letter ("diem-đ")."""
        return NamedNode(f"{document.value}/{path}")

    def body(self, key: str) -> NamedNode:
        """Return the IRI of a body: of a central one the shipped table's, of a local one that below the base."""
        return _below(str(v.BODY) if key.startswith("vn/") else f"{self.base}body/", key)

    def place(self, scope: str) -> NamedNode:
        """Return the IRI of a jurisdiction by its key."""
        return _below(str(v.PLACE), scope)

    def source(self, sha256: str) -> NamedNode:
        """Return the IRI of a file by its content."""
        return NamedNode(f"{self.base}source/{sha256}")

    def graph(self, sha256: str) -> NamedNode:
        """Return the named graph that holds what the file says."""
        return NamedNode(f"{self.base}graph/{sha256}")

    def part(self, place: str, kind: str, number: int) -> NamedNode:
        """Return a mention, sentence … of what `place_of` tells: a file, or one row of a register."""
        return _node(f"{self.base}source/{place}/{kind}/{number}")

    @property
    def run(self) -> NamedNode:
        """The run that made the facts: one for each version of the rules, so that the same files give the same quads."""
        return NamedNode(f"{self.base}run/rules-{RULES}")

    @property
    def resolved(self) -> NamedNode:
        """The named graph of what all files mean together."""
        return NamedNode(f"{self.base}graph/resolved")

    @property
    def by_hand(self) -> NamedNode:
        """The named graph of what people have corrected."""
        return NamedNode(f"{self.base}graph/by-hand")

    def correction(self, name: str) -> NamedNode:
        """Return the IRI of what somebody has corrected, by its name."""
        return NamedNode(f"{self.base}correction/{escape(name)}")


def adder(graph: NamedNode) -> Adder:
    """Return what says things in a graph."""
    return lambda subject, predicate, value: (subject, predicate, value, graph)


def date_literal(value: str) -> Literal:
    """Return a day. Raises ValueError for what is none."""
    try:
        if not _ISO.fullmatch(value):
            raise ValueError
        date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"not an ISO date: {value!r}") from None
    return Literal(value, datatype=_XSD_DATE)


def month_literal(value: str) -> Literal:
    """Return a month."""
    return Literal(value, datatype=NamedNode(str(v.XSD.gYearMonth)))


def integer_literal(value: int) -> Literal:
    """Return a whole number."""
    return Literal(str(int(value)), datatype=_XSD_INTEGER)


def printable(path: str) -> str:
    """Return a file name whose bytes are no Unicode, with U+FFFD for what cannot be said."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def vietnamese(value: str) -> Literal:
    """Return a text in Vietnamese."""
    return Literal(value, language="vi")


def boolean_literal(value: bool) -> Literal:
    """Return yes or no."""
    return Literal("true" if value else "false", datatype=_XSD_BOOLEAN)


def place_of(facts: Facts) -> str:
    """Return what the parts of these facts are named below: the file's sha256, and for a register's row the row too."""
    sha = facts.source.sha256
    return sha if facts.row is None else f"{sha}/row/{facts.row}"


def reads(facts: Facts, sentence: int, start: int, end: int, words: str) -> bool:
    """Return whether a sentence of these facts, as it is read, has these words from `start` to `end`, so that they need not be said
    again."""
    if not 0 <= sentence < len(facts.sentences):
        return False
    inside = facts.sentences[sentence]
    return inside.start <= start < end and inside.text[start - inside.start : end - inside.start] == words
