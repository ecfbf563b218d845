"""Namespaces, and the shipped Turtle files as plain data: all as text, which is read in a tenth of the time that rdflib takes to be loaded
and to read it. For graphs of rdflib's see `graphs`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pyoxigraph

from chidao.ontology.kept import made


class Namespace:
    """What IRIs begin with: NS["name"] and NS.name are one of them, and NS as text is their beginning."""

    def __init__(self, begin: str) -> None:
        self._begin = begin

    def __str__(self) -> str:
        return self._begin

    def __getitem__(self, name: str) -> str:
        return self._begin + name

    def __getattr__(self, name: str) -> str:
        if name.startswith("_"):  # what Python itself looks for
            raise AttributeError(name)
        self.__dict__[name] = found = self[name]
        return found


CHIDAO = Namespace("https://w3id.org/chidao/ns#")
TYPE = Namespace("https://w3id.org/chidao/type/")
"""Document types: TYPE["nghi-quyet"]."""
BODY = Namespace("https://w3id.org/chidao/body/")
"""Central bodies, by key: BODY["vn/bo-chinh-tri"]."""
TEMPLATE = Namespace("https://w3id.org/chidao/template/")
"""Templates of local bodies, by slug."""
PLACE = Namespace("https://w3id.org/chidao/place/")
"""Jurisdictions, by slug; PLACE["vn"] is the country."""
UNIT = Namespace("https://w3id.org/chidao/unit/")
"""Kinds of administrative unit."""
ELI = Namespace("http://data.europa.eu/eli/ontology#")
ORG = Namespace("http://www.w3.org/ns/org#")
OA = Namespace("http://www.w3.org/ns/oa#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
PROV = Namespace("http://www.w3.org/ns/prov#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")

__all__ = [
    "BODY",
    "CHIDAO",
    "DCTERMS",
    "ELI",
    "OA",
    "ORG",
    "OWL",
    "PLACE",
    "PROV",
    "RDF",
    "RDFS",
    "SKOS",
    "TABLES",
    "TEMPLATE",
    "TYPE",
    "UNIT",
    "XSD",
    "Namespace",
    "Table",
    "action_concept",
    "branch_concept",
    "certainty_concept",
    "force_concept",
    "level_concept",
    "operation_concept",
    "relation_property",
    "table",
    "turtle",
]

TABLES = ("chidao", "doctypes", "bodies", "jurisdictions")
"""The Turtle files that state facts; `shapes` says what must hold of them."""


_Said = dict[str, dict[str, list[tuple[str, str | None]]]]
"""By a thing and a property the values, each with its language."""


def _said(data: bytes) -> _Said:
    found: _Said = {}
    said: Any
    for said in pyoxigraph.parse(data, pyoxigraph.RdfFormat.TURTLE):
        thing = said.object
        language = thing.language if isinstance(thing, pyoxigraph.Literal) else None
        about = found.setdefault(said.subject.value, {})
        about.setdefault(sys.intern(said.predicate.value), []).append((thing.value, language))
    return found


class Table:
    """What one shipped file says, by IRIs and names of blank nodes as text."""

    def __init__(self, name: str) -> None:
        data = turtle(name)
        self._said = made(data, lambda: _said(data))

    def __contains__(self, subject: str) -> bool:
        """Is anything said of it?"""
        return str(subject) in self._said

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Return all of which this is said, in alphabetical order."""
        name, value = str(predicate), str(value)
        return sorted(s for s, about in self._said.items() if any(v == value for v, _ in about.get(name, ())))

    def values(self, subject: str, predicate: str, language: str | None = None) -> list[str]:
        """Return what is said of a thing by a property, in alphabetical order; with a `language` only what is written in it."""
        found = self._said.get(str(subject), {}).get(str(predicate), ())
        if language is None:
            return sorted([value for value, _ in found]) if len(found) > 1 else [value for value, _ in found]
        return sorted([value for value, written in found if language == written])

    def all_with(self, predicate: str, language: str) -> Iterator[tuple[str, str]]:
        """Yield all of which something is said by a property in a language, each with that."""
        for subject, about in self._said.items():
            yield from ((subject, value) for value, written in about.get(predicate, ()) if written == language)


@cache
def table(name: str) -> Table:
    """Return one shipped file as plain data, parsed once in a process."""
    return Table(name)


def turtle(name: str) -> bytes:
    """Return one shipped file as it is."""
    return files("chidao.ontology").joinpath(f"{name}.ttl").read_bytes()


def relation_property(name: str) -> str:
    """Return the property of a relation's name as records print it: "based_on" is chidao:basedOn."""
    head, *rest = name.split("_")
    return CHIDAO[head + "".join(part.capitalize() for part in rest)]


def level_concept(level: str) -> str:
    """Return the concept of "central", "province", "district" or "commune"."""
    return CHIDAO[f"level-{level}"]


def action_concept(action: str) -> str:
    """Return the concept of a kind of action: "issue", "implement", …"""
    return CHIDAO[f"action-{action}"]


def certainty_concept(certainty: str) -> str:
    """Return the concept of "explicit" or "implied"."""
    return CHIDAO[f"certainty-{certainty}"]


def force_concept(event: str) -> str:
    """Return the concept of an event of force: "in_force", "expires", "partly_expires", …"""
    return CHIDAO[f"force-{event.replace('_', '-')}"]


def operation_concept(operation: str) -> str:
    """Return the concept of a change of a text: "insert", "replace", "repeal", "phrase", "renumber"."""
    return CHIDAO[f"operation-{operation}"]


def branch_concept(branch: str) -> str:
    """Return the concept of "party", "state", "front", …"""
    return CHIDAO[f"branch-{branch}"]
