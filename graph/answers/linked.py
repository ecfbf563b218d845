"""All documents and what they say of each other, by their places in one list: for who draws all of them, and needs no network of
objects, which takes five times as long and thirty times the room."""

from __future__ import annotations

from typing import NamedTuple

from chidao.graph.select import Store, rows, tuples
from chidao.ontology.vocabulary import CHIDAO

_EXPLICIT = str(CHIDAO) + "certainty-explicit"
_KNOWN = ("label", "number", "type", "title", "issuer", "date")
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
    documents = [
        Known(row["node"], **{name: row[name] or "" for name in _KNOWN}, level=(row["level"] or "").removeprefix(_LEVEL))
        for row in rows(store, "internal/network-nodes") if row["kind"] == "document"
    ]  # fmt: skip
    documents.sort(key=lambda document: document.iri)
    places = {document.iri: place for place, document in enumerate(documents)}
    links: dict[str, dict[int, bool]] = {}
    size = len(documents)
    for subject, predicate, object_, certainty in tuples(
        store, "internal/network-edges", ("subject", "predicate", "object", "certainty")
    ):
        pairs = links.setdefault(predicate, {})
        pair = places[subject] * size + places[object_]
        pairs[pair] = certainty == _EXPLICIT or pairs.get(pair, False)
    return Linked(documents, {predicate.removeprefix(str(CHIDAO)): pairs for predicate, pairs in links.items()})
