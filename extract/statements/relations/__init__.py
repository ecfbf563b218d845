"""Relations between documents that the text itself states, each with its trigger and passage.

Between two references of a sentence the words that join them decide ("… thực hiện …", "… theo …", "… được thay thế bởi …");
inside a title they relate the titled document to the one its title names. The file's own document relates to others through
its title, its preamble ("Căn cứ …", "Thực hiện …") and its enacting clauses ("Quyết định này thay thế …").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from chidao.extract.language.tables import CHANGES
from chidao.extract.model import SELF, Relation
from chidao.extract.reading.quotes import quoted
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.programme import holds
from chidao.extract.statements.relations.annexed import annexed_lists
from chidao.extract.statements.relations.clauses import PARTLY_SO
from chidao.extract.statements.relations.conditions import depends, held_back
from chidao.extract.statements.relations.consolidated import consolidated
from chidao.extract.statements.relations.enacting import enacting
from chidao.extract.statements.relations.fronted import fronted, issued_on
from chidao.extract.statements.relations.in_sentence import in_sentence
from chidao.extract.statements.relations.leaning import leaning
from chidao.extract.statements.relations.lists import announced_lists
from chidao.extract.statements.relations.own_title import own_title
from chidao.extract.statements.relations.passive import passive
from chidao.extract.statements.relations.preamble import preamble
from chidao.extract.statements.relations.purpose import purpose

__all__ = ["RULES", "find_relations"]

RULES: tuple[Callable[[Passage], Iterator[Relation]], ...] = (
    in_sentence,
    fronted,
    issued_on,
    own_title,
    preamble,
    leaning,
    purpose,
    announced_lists,
    annexed_lists,
    enacting,
    passive,
    consolidated,
)
"""Each rule yields what it reads in a passage, whatever the others read there; where two read the same, the first counts."""


def find_relations(passage: Passage) -> list[Relation]:
    """Return every stated relation, in text order, each (subject, predicate, object) once (reading offsets)."""
    if not passage.references:
        return []
    found = [relation for rule in RULES for relation in rule(passage)]
    carried = {r.object for r in found if r.rule == "fronted"}
    kept: dict[tuple[int, str, int], Relation] = {}
    for r in sorted(found, key=lambda r: (r.start, r.end)):
        # What a fronted clause names is carried out by what its sentence issues, not by the document that tells of it.
        if not passage.same(r.subject, r.object) and not (r.rule == "preamble-carries" and r.object in carried):
            kept.setdefault((r.subject, r.predicate, r.object), r)
    held = held_back(passage) if any(map(_is_own_change, kept.values())) else []
    told = [r for r in kept.values() if not (_is_own_change(r) and _not_done(passage, r, held))]
    if passage.is_consolidated:
        told = list(_of_the_base(passage, told))
    return [replace(r, predicate="amends") if _partly(passage, r) else r for r in told]


def _of_the_base(passage: Passage, relations: Sequence[Relation]) -> Iterator[Relation]:
    """A consolidated text changes nothing itself: "Thông tư này thay thế A" is a clause of the text that it puts together, where its head
    names that."""
    head = [r.object for r in relations if r.rule == "consolidated-head" and r.predicate == "consolidates"]
    base = min(head, key=lambda i: passage.references[i].start, default=None)
    for r in relations:
        if r.subject != SELF or r.predicate not in CHANGES:
            yield r
        elif base is not None and not passage.same(base, r.object):
            yield replace(r, subject=base)


def _partly(passage: Passage, r: Relation) -> bool:
    """ "Bãi bỏ một phần Quyết định A", "A được thay thế một phần bởi B": what ends in part is changed."""
    if r.predicate not in ("replaces", "repeals") or r.object == SELF:
        return False
    if PARTLY_SO.search(r.trigger):
        return True
    verb = _verb(passage, r)
    return verb >= 0 and PARTLY_SO.match(passage.text, verb + len(r.trigger)) is not None


def _verb(passage: Passage, r: Relation) -> int:
    """Return where the words that state the relation begin, before its object or behind; -1 where they do not stand there."""
    f = passage.references[r.object]
    behind = r.rule.startswith(_BEHIND)
    verb = -1 if behind else passage.text.rfind(r.trigger, r.start, f.start)
    return verb if verb >= 0 else passage.text.find(r.trigger, f.end, r.end)


_BEHIND = ("passive", "expiry")
"""Rules whose verb stands behind its object, in a list that may be long."""
_CLAUSES = ("enacting", *_BEHIND)
"""Rules that read what the document's own clauses do; of the rest a condition says nothing of the change."""


def _is_own_change(r: Relation) -> bool:
    return r.subject == SELF and r.predicate in CHANGES and r.rule.startswith(_CLAUSES)


def _not_done(passage: Passage, r: Relation, held: list[tuple[int, int]]) -> bool:
    """Is a change only made if something else comes, or only in words that are quoted: "Bổ sung câu: “Quyết định này thay thế A”"?"""
    if holds(held, passage.references[r.object].start) or depends(passage, r.object, r.end):
        return True
    return quoted(passage.text, passage.layout.paragraph(r.start)[0], max(r.start, _verb(passage, r)))
