"""Bodies that are one, as people say: what files say of one of them is said of the other. Of no document the identity follows from that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from chidao.extract.model import Addressee, BodyMention, Facts, Heading, Reference, Task
from chidao.extract.resolved import Body

_Issued = TypeVar("_Issued", Heading, Reference)


def of_one_body(facts: Facts, one: Mapping[str, str]) -> Facts:
    """Return what a file says, of the body that each is in the place of those that it is called by. `one` has keys for keys."""

    def of(key: str | None) -> str | None:
        return one.get(key, key) if key else key

    def party(named: Addressee) -> Addressee:
        return replace(named, key=of(named.key))

    def mention(body: BodyMention) -> BodyMention:
        return replace(body, key=one.get(body.key, body.key))

    def task(said: Task) -> Task:
        return replace(said, lead=tuple(map(party, said.lead)), support=tuple(map(party, said.support)))

    return replace(
        facts,
        heading=_issued(facts.heading, one),
        references=tuple(_issued(reference, one) for reference in facts.references),
        bodies=tuple(map(mention, facts.bodies)),
        actions=tuple(replace(action, actor_key=of(action.actor_key)) for action in facts.actions),
        tasks=tuple(map(task, facts.tasks)),
        delegations=tuple(replace(d, delegate_key=of(d.delegate_key)) for d in facts.delegations),
    )


def _issued(said: _Issued, one: Mapping[str, str]) -> _Issued:
    """A heading or a reference to what the body has issued that its issuer is."""
    return replace(said, issuer_key=one.get(said.issuer_key or "", said.issuer_key))


def led_by_one(body: Body, one: Mapping[str, str]) -> Body:
    """Return a body with what is above it, and came after it, in the place of what these are called by."""
    parent = one.get(body.parent or "", body.parent)
    after = tuple(dict.fromkeys(key for key in (one.get(key, key) for key in body.successors) if key != body.key))
    return replace(body, parent=parent if parent != body.key else None, successors=after)
