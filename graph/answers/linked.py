"""All documents and what they say of each other, by their places in one list: for who draws all of them, and needs no network of
objects, which takes five times as long and thirty times the room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from chidao.graph.select import Store, tuples
from chidao.graph.tables import pairs
from chidao.graph.tables.asked import Tabled
from chidao.ontology.vocabulary import CHIDAO

_CERTAINTY = str(CHIDAO) + "certainty-"
_COLUMNS = ("node", "kind", "label", "number", "type", "title", "issuer", "date", "level", "scope")
_LEVEL = str(CHIDAO) + "level-"


class Known(NamedTuple):
    """A document; "" is what is not known of it."""

    iri: str
    label: str
    number: str
    type: str
    title: str
    issuer: str
    date: str
    level: str


class Linked(NamedTuple):
    """The documents in the order of their IRIs, and by relation the pairs of places (the upper half of a number is the subject's, see
    `ends`) of which the files tell it, each with whether they tell it outright."""

    documents: list[Known]
    links: dict[str, dict[int, bool]]

    def ends(self, pair: int) -> tuple[int, int]:
        """Return the places of the subject and the object."""
        return divmod(pair, len(self.documents))


def linked(store: Store) -> Linked:
    """Return all documents and all that they say of each other."""
    known = [
        Known._make([iri, *(value or "" for value in values), (level or "").removeprefix(_LEVEL)])
        for iri, kind, *values, level, _ in tuples(store, "internal/network-nodes", _COLUMNS)
        if kind == "document"
    ]
    known.sort(key=lambda document: document.iri)
    found = None
    if isinstance(store, Tabled):
        found = store.reading(lambda tables: _linked(known, pairs.documents(tables), pairs.pairs(tables)))
    return found or _linked(known, None, _told(store))


def _linked(
    documents: list[Known], numbers: Mapping[str, int] | None, told: Iterable[tuple[Any, str, Any, str]]
) -> Linked:
    """These documents with what is told of them by their `numbers`, where they have any, or by their IRIs."""
    places = {numbers[known.iri] if numbers else known.iri: place for place, known in enumerate(documents)}
    size = len(documents)
    links: dict[str, dict[int, bool]] = {}
    for object_, predicate, subject, certainty in told:
        if subject in places and object_ in places:
            of, pair = links.setdefault(predicate, {}), places[subject] * size + places[object_]
            of[pair] = certainty == "explicit" or of.get(pair, False)
    return Linked(documents, links)


def _told(store: Store) -> Iterator[tuple[str, str, str, str]]:
    """Which document is said what of by whom, and how surely."""
    columns = ("subject", "predicate", "object", "certainty")
    for subject, predicate, object_, certainty in tuples(store, "internal/network-edges", columns):
        yield object_, predicate.removeprefix(str(CHIDAO)), subject, certainty.removeprefix(_CERTAINTY)
