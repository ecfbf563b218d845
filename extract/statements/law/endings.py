"""A relation that says more than the clause does: what ends in part is amended, not repealed.

"Nghị định số 34/2016/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực, trừ quy định tại Điều 40" leaves Điều 40 in force.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chidao.extract.model import Force, Relation
from chidao.extract.statements.passage import Passage

_ENDS = frozenset({"repeals", "replaces"})


def limited(relations: Sequence[Relation], force: Sequence[Force], passage: Passage) -> list[Relation]:
    """Return the relations with those that end a document whole, where the same words end it in part, as amendments of it."""
    partly = [event for event in force if event.event == "partly_expires"]
    return [
        replace(r, predicate="amends")
        if r.predicate in _ENDS and any(_says(event, r, passage) for event in partly)
        else r
        for r in relations
    ]


def _says(event: Force, relation: Relation, passage: Passage) -> bool:
    """Are the words of the relation those of the event, and about the same document?"""
    about = event.document == relation.object or passage.same(event.document, relation.object)
    return about and event.start < relation.end and relation.start < event.end
