"""Every body that the files name, with what the tables know of it: its level, its parent, and what came after it.

The reorganization of 2025 ended provinces (Yên Bái became part of Lào Cai on 1 July) and departments (Sở Kế hoạch và Đầu tư
became part of Sở Tài chính on 1 March). Documents stay with the body that issued them; the body leads to its successors.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from functools import cache

from chidao.extract.language.jurisdictions import province
from chidao.extract.language.offices import HOLDER
from chidao.extract.model import Facts
from chidao.extract.resolved import Body, Document
from chidao.ontology.authority import (
    BodyEntry,
    BodyTemplate,
    Jurisdiction,
    bodies,
    body_templates,
    jurisdictions,
    units,
)


@cache
def _entries() -> dict[str, BodyEntry]:
    return {entry.key: entry for entry in bodies()}


@cache
def _templates() -> dict[tuple[str, str], BodyTemplate]:
    return {(t.level, t.slug): t for t in body_templates()}


@cache
def _provinces() -> dict[str, Jurisdiction]:
    return {j.slug: j for j in jurisdictions()}


@cache
def _commune() -> re.Pattern[str]:
    """What the keys of communes have before their names."""
    return re.compile(f"/(?:{'|'.join(unit.slug for unit in units() if unit.level == 'commune')})-")


def level_of(scope: str | None) -> str | None:
    """Return the level of a jurisdiction's key: "central" for "vn", "province" for "ha-noi", None for none."""
    if scope is None or scope == "unknown":
        return None
    if scope == "vn":
        return "central"
    if "/" not in scope:
        return "province"
    return "commune" if _commune().search(scope) else "district"


def named_by(facts: Facts) -> dict[str, str]:
    """Return the bodies that a file names, by their keys: each with its first name."""
    found: dict[str, str] = {}
    for key, name in _named(facts):
        if key and key not in found and (name := name or canonical_name(key)):
            found[key] = name
    return found


def issuing(document: Document) -> str | None:
    """Return the name of the body that issued a document."""
    return _without_office(document.issuer) or canonical_name(document.issuer_key or "")


def led_to(bodies: Iterable[Body]) -> dict[str, Body]:
    """Return the parents and successors of these bodies, and theirs, by their keys, as far as the tables know them."""
    found: dict[str, Body] = {}
    waiting = deque(bodies)
    while waiting:
        body = waiting.popleft()
        for key in (*([body.parent] if body.key in _entries() else []), *body.successors):
            if key and key not in found and (name := canonical_name(key)):
                found[key] = body_called(key, name)
                waiting.append(found[key])
    return found


def canonical_name(key: str) -> str | None:
    """Return the full name of a body that the tables know: "lao-cai/so-noi-vu" -> "Sở Nội vụ tỉnh Lào Cai"; else None."""
    if key in _entries():
        return _entries()[key].name
    scope, _, tail = key.rpartition("/")
    jurisdiction, template = _provinces().get(scope), _templates().get(("province", tail))
    return province(jurisdiction).fill(template.name) if jurisdiction and template else None


def body_called(key: str, name: str) -> Body:
    """Return the body that has this key and name, with what the tables know of it."""
    scope, _, tail = key.rpartition("/")
    if entry := _entries().get(key):
        return Body(key, entry.name, scope, level_of(scope), entry.branch, entry.parent, entry.successors)
    level = level_of(scope)
    template = _templates().get((level or "", tail))
    parent = f"{scope}/{template.parent}" if template and template.parent else None
    return Body(
        key, name, scope or None, level, template.branch if template else None, parent, _successors(scope, tail, template)
    )  # fmt: skip


def _successors(scope: str, tail: str, template: BodyTemplate | None) -> tuple[str, ...]:
    """What came after a provincial body: the same one of the province it became part of, or the departments that took over;
    none for a body whose kind the tables do not know."""
    jurisdiction = _provinces().get(scope)
    if not jurisdiction or not template:
        return ()
    after = jurisdiction.successor or scope
    tails = template.successors or (tail,)
    return tuple(f"{after}/{t}" for t in tails if (after, t) != (scope, tail) and ("province", t) in _templates())


def _named(file: Facts) -> Iterator[tuple[str | None, str | None]]:
    yield file.heading.issuer_key, _without_office(file.heading.issuer)
    yield from ((b.key, b.name) for b in file.heading.jointly)
    yield from ((b.key, b.name) for b in file.bodies)
    yield from ((r.issuer_key, _without_office(r.issuer)) for r in file.references)
    yield from ((a.actor_key, a.actor) for a in file.actions)
    yield from ((p.key, _without_office(p.name)) for t in file.tasks for p in (*t.lead, *t.support))


def _without_office(issuer: str | None) -> str | None:
    """The body of "Chủ tịch Ủy ban nhân dân xã Yên Phú", who issues in its name; of "Trưởng Ban Nội chính", that board."""
    office = HOLDER.match(issuer or "")
    if not issuer or not office or not issuer[office.end()].isupper():
        return issuer
    board = re.search(r"Ban\s+$", office.group())
    return issuer[board.start() if board else office.end() :]
