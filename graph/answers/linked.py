"""All documents and what they say of each other, by their places in one list: for who draws all of them, and needs no network of
objects, which takes five times as long and thirty times the room."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
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
    """The documents in the order of their IRIs, and by relation in order, as one number each (see `ends`), the pairs of places of which the
    files tell it: a hundred thousand numbers take a megabyte here, and ten as keys of a dict."""

    documents: list[Known]
    links: dict[str, array[int]]

    @classmethod
    def of(cls, documents: list[Known], told: Iterable[tuple[str, int, int, bool]]) -> Linked:
        """Return documents with what is told of them: relation, place of the subject, place of the object, and whether it is told outright,
        which it is where it is told outright once."""
        size = len(documents)
        links: dict[str, array[int]] = defaultdict(lambda: array("q"))
        for relation, subject, object_, outright in told:
            links[relation].append((subject * size + object_) * 2 + (not outright))
        return cls(documents, {relation: _each_once(links[relation]) for relation in [*links]})

    def ends(self, link: int) -> tuple[int, int, bool]:
        """Return the places of the subject and the object, and whether it is told outright."""
        return *divmod(link >> 1, len(self.documents)), not link & 1


def linked(store: Store, *, titled: bool = True) -> Linked:
    """Return all documents and all that they say of each other; unless they are `titled`, no title and issuer but of those that are called
    nothing else."""
    known = [one for one in tuples(store, "internal/network-nodes", _COLUMNS, _taking(titled)) if one]
    known.sort(key=lambda document: document.iri)
    found = None
    if isinstance(store, Tabled):
        found = store.reading(lambda tables: _linked(known, pairs.documents(tables), pairs.pairs(tables)))
    return found or _linked(known, None, _told(store))


def _taking(titled: bool) -> Callable[[tuple[Any, ...]], Known | None]:
    """What makes a document of its row. What many have in common is held once: thirty thousand types and days take as much as all else."""
    same: dict[str, str] = {}

    def taken(row: tuple[Any, ...]) -> Known | None:
        iri, kind, label, number, *told, level, _ = row
        if kind != "document":
            return None
        type_, title, issuer, date = (value or "" for value in told)
        if not titled:
            title, issuer = "" if label else title, ""
        shared = (same.setdefault(value, value) for value in (issuer, date, (level or "").removeprefix(_LEVEL)))
        return Known(iri, label or "", number or "", same.setdefault(type_, type_), title, *shared)

    return taken


def _linked(
    documents: list[Known], numbers: Mapping[str, int] | None, told: Iterable[tuple[Any, str, Any, str]]
) -> Linked:
    """These documents with what is told of them by their `numbers`, where they have any, or by their IRIs."""
    places = {numbers[known.iri] if numbers else known.iri: place for place, known in enumerate(documents)}
    return Linked.of(
        documents,
        (
            (predicate, places[subject], places[object_], certainty == "explicit")
            for object_, predicate, subject, certainty in told
            if subject in places and object_ in places
        ),
    )


def _each_once(links: array[int]) -> array[int]:
    """The links in order; of what is told outright and not, which then lie beside each other, the first."""
    ordered, before = array("q"), -1
    for link in sorted(links):
        if link >> 1 != before:
            ordered.append(link)
            before = link >> 1
    return ordered


def _told(store: Store) -> Iterator[tuple[str, str, str, str]]:
    """Which document is said what of by whom, and how surely."""
    columns = ("subject", "predicate", "object", "certainty")
    for subject, predicate, object_, certainty in tuples(store, "internal/network-edges", columns):
        yield object_, predicate.removeprefix(str(CHIDAO)), subject, certainty.removeprefix(_CERTAINTY)
