"""What stands beside a title in its row of a register: the document that the row is of. A sentence of a register is a title alone."""

from __future__ import annotations

from typing import Any

from pyoxigraph import NamedNode

from chidao.graph.evidence import Place
from chidao.graph.select import node, rows
from chidao.graph.store import quads_of
from chidao.graph.write.terms import Names
from chidao.ontology.vocabulary import CHIDAO
from chidao.viz.web.snapshots import Snapshot

_ENTRY_OF = NamedNode(str(CHIDAO.entryOf))


def entry_of(snapshot: Snapshot, place: Place) -> dict[str, Any] | None:
    """Return what is known of the document whose row a place is in; None where it is in no row, or in one of a file that shares its name
    with another."""
    sha256 = snapshot.sources.get(place.source)
    return None if place.row is None or sha256 is None else row_entry(snapshot, sha256, place.row)


def row_entry(snapshot: Snapshot, sha256: str, row: int) -> dict[str, Any] | None:
    """Return the same of a row of the register with this checksum."""
    known: dict[tuple[str, int], dict[str, Any] | None] = snapshot.once("entries of registers", lambda _: {})
    if (sha256, row) not in known:
        first = Names(snapshot.base).part(f"{sha256}/row/{row}", "sentence", 0)
        document = next((quad.object for quad in quads_of(snapshot.store.rdf, first, _ENTRY_OF)), None)
        iri = document.value if isinstance(document, NamedNode) else None
        known[sha256, row] = next(rows(snapshot.store, "internal/document", document=node(iri)), None) if iri else None
    return known[sha256, row]
