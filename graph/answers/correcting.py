"""Corrections as people point at what is wrong: a document and a field of it, a fact and the sentence that it stands in.

What is pointed at is looked up in the graph and in the kept facts of its file, so that the correction says all by which it is found again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any
from urllib.parse import unquote

from chidao.extract.corpus.facts_by_hand import Fact, before, facts_of_kind, parties, quoted, told
from chidao.extract.errors import ChidaoError
from chidao.extract.language.jurisdictions import Place as Home
from chidao.extract.language.jurisdictions import find_province, province
from chidao.extract.language.letters import fold
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import SELF, Action, Facts, Force, Relation, Task
from chidao.extract.resolved import Correction
from chidao.graph.answers.graph import Graph
from chidao.graph.answers.lookup import find_bodies, one_body
from chidao.graph.corrections import check
from chidao.graph.evidence import Place
from chidao.graph.select import node, rows
from chidao.graph.write.kept import DamagedFactsError, KeptFacts
from chidao.graph.write.terms import Names, place_of
from chidao.ontology.vocabulary import relation_property

_GONE = "nothing like that stands there; the graph may have been built anew since"


@dataclass(frozen=True, slots=True)
class Pointed:
    """A fact that somebody points at, in its file; the documents that it is about are IRIs, None for one that is not known."""

    facts: Facts
    fact: Fact
    subject: str | None
    object: str | None

    def plain(self) -> dict[str, Any]:
        """Return how a correction says which fact it is about."""
        at = self.facts.sentences[self.fact.sentence].start
        return {
            "told": told(self.facts, self.fact), "quote": quoted(self.facts, self.fact),
            "prefix": before(self.facts.source.text, at), "file": self.facts.source.sha256, "source": self.facts.source.path,
            "row": self.facts.row,
        }  # fmt: skip


Says = Callable[[Fact, Pointed], bool]
"""Is this the fact that is meant?"""


def _is_task(text: str) -> Says:
    words = " ".join(text.split())
    return lambda fact, pointed: isinstance(fact, Task) and " ".join(fact.text.split()) == words


class Correcting:
    """Makes corrections of what a graph says now. All raise ChidaoError for what is not there or cannot be."""

    def __init__(self, graph: Graph) -> None:
        self._graph, self._names = graph, Names(graph.built.base)

    def field(self, iri: str, field: str, new: str | None) -> list[Correction]:
        """Say what a field of a document is: one correction for each file that is the document, one for a document without file."""
        facts = next(rows(self._graph.store, "internal/document", document=node(iri)), None)
        if facts is None:
            raise ChidaoError("no such document here")
        old = {"number": "code", "symbol": "code"}.get(field, field)
        made = Correction(
            kind="field", document=self._key(iri), label=facts["label"], field=field, new=" ".join((new or "").split()) or None,
            old=facts.get(old),
        )  # fmt: skip
        if field == "issuer" and made.new:
            key, name = self._body(made.new, facts["scope"])
            made = replace(made, new=name, bodies=(key,))
        own = [
            replace(made, file=row["sha256"], source=row["source"], row=int(row["entry"]) if row["entry"] else None)
            for row in rows(self._graph.store, "internal/document-entries", document=node(iri))
        ]
        return self._checked(*(own or [replace(made, quote=self._first_mention(iri))]))

    def same(self, iri: str, other: str) -> list[Correction]:
        """Say that a document is another one."""
        found = replace(self.field(iri, "title", None)[0], kind="same", field=None, old=None, other=self._key(other))
        return self._checked(replace(found, new=self._label(other)))

    def apart(self, iri: str, sha256: str) -> list[Correction]:
        """Say that what a file calls a document is another one."""
        source = next((e.shown or e.path for e in self._graph.built.entries if e.sha256 == sha256), None)
        if source is None:
            raise ChidaoError("no such file in the graph")
        made = Correction(kind="apart", document=self._key(iri), label=self._label(iri), file=sha256, source=source)
        return self._checked(made)

    def name(self, iri: str, new: str) -> list[Correction]:
        """Give a body another name; with the name of another body here the two are one."""
        before, new = self._body_name(iri), " ".join(new.split())
        others = [
            other for other, name in find_bodies(self._graph.store, new) if fold(name) == fold(new) and other != iri
        ]
        if len(others) == 1 and fold(new) != fold(before):
            return self.same_body(iri, others[0])
        return self._checked(Correction(kind="name", body=self._body_key(iri), old=before, new=new, label=before))

    def same_body(self, iri: str, other: str) -> list[Correction]:
        """Say that a body is another one."""
        before, after = self._body_name(iri), self._body_name(other)
        made = Correction(kind="same", body=self._body_key(iri), other=self._body_key(other), old=before, new=after)
        return self._checked(replace(made, label=before))

    def _body_name(self, iri: str) -> str:
        row = next(rows(self._graph.store, "internal/body", body=node(iri)), None)
        if row is None:
            raise ChidaoError("no such body here")
        return str(row["name"])

    def relation(self, iri: str, predicate: str, other: str, why: str) -> list[Correction]:
        """Add a relation between two documents, with the note that says why."""
        made = replace(self.field(iri, "title", None)[0], kind="relation", field=predicate, old=None, quote=None)
        made = replace(made, other=self._key(other), new=self._label(other), why=" ".join(why.split()))
        return self._checked(made)

    def no_relation(self, iri: str, role: str, predicate: str, other: str, place: Place) -> list[Correction]:
        """Say that a document, in its `role` of "subject" or "object", is not related so to another one by the sentence at a place."""
        ends = (iri, other) if role == "subject" else (other, iri)

        def says(fact: Fact, pointed: Pointed) -> bool:
            so = isinstance(fact, Relation) and relation_property(fact.predicate).endswith(f"#{predicate}")
            return so and (pointed.subject, pointed.object) == ends

        return self._reject(iri, "relation", place, says)

    def no_action(self, iri: str, act: str, actor: str | None, place: Place) -> list[Correction]:
        """Say that a body, by its name, has not done this about a document; None for any."""

        def says(fact: Fact, pointed: Pointed) -> bool:
            so = isinstance(fact, Action) and fact.action == act and pointed.object == iri
            return so and (actor is None or actor in (fact.actor, self._called(fact.actor_key)))  # type: ignore[union-attr]

        return self._reject(iri, "action", place, says)

    def no_task(self, iri: str, text: str, place: Place) -> list[Correction]:
        """Say that what these words assign is no task."""
        return self._reject(iri, "task", place, _is_task(text))

    def no_force(self, iri: str, event: str, place: Place) -> list[Correction]:
        """Say that the sentence at a place does not tell of this event of force ("expires", "in-force" …) of a document."""

        def says(fact: Fact, pointed: Pointed) -> bool:
            return isinstance(fact, Force) and fact.event.replace("_", "-") == event and pointed.object == iri

        return self._reject(iri, "force", place, says)

    def _reject(self, iri: str, kind: str, place: Place, says: Says) -> list[Correction]:
        return self._checked(self._about(iri, kind, self._pointed(kind, place, says)))

    def task(self, iri: str, text: str, place: Place, field: str, new: str | None) -> list[Correction]:
        """Say who leads or supports the task of these words, or until when it is to be done."""
        scope = next(rows(self._graph.store, "internal/document", document=node(iri)), {}).get("scope")
        named = [self._party(name, scope) for name in parties(new)] if field != "deadline" else []
        said = "; ".join(name for _, name in named) if field != "deadline" else " ".join((new or "").split())
        pointed = self._pointed("task", place, _is_task(text))
        stood = getattr(pointed.fact, field, None)
        old = stood if isinstance(stood, str) else "; ".join(party.name for party in stood or ())
        made = self._about(iri, "task", pointed)
        keys = tuple(key for key, _ in named)
        return self._checked(
            replace(made, kind="task", field=field, old=old or None, new=said or None, bodies=keys)
        )  # fmt: skip

    def _about(self, iri: str, kind: str, pointed: Pointed) -> Correction:
        said = pointed.plain()
        return replace(
            Correction(kind="reject", document=self._key(iri), label=self._label(iri), fact=kind),
            **said,
        )

    def _pointed(self, kind: str, place: Place, says: Says) -> Pointed:
        """The first fact that fits; others of the same words in the same sentence are the same to whoever points at it."""
        for pointed in self._at(kind, place):
            if says(pointed.fact, pointed):
                return pointed
        raise ChidaoError(_GONE)

    def _at(self, kind: str, place: Place) -> Iterator[Pointed]:
        """The facts of a kind that stand in the sentence at a place."""
        begins = place.sentence_span[0] if place.sentence_span else None
        for facts in self._facts(place):
            found = [
                fact
                for fact in facts_of_kind(facts, kind)
                if 0 <= fact.sentence < len(facts.sentences) and facts.sentences[fact.sentence].start == begins
            ]
            meant = self._meant(facts) if found else {}
            for fact in found:
                ends = (
                    (fact.subject, fact.object) if isinstance(fact, Relation)
                    else (SELF, fact.document if isinstance(fact, Action | Force) else SELF)
                )  # fmt: skip
                yield Pointed(facts, fact, meant.get(ends[0]), meant.get(ends[1]))

    def _meant(self, facts: Facts) -> dict[int, str]:
        """The IRIs of the documents that a file mentions, by their numbers there, and of its own."""
        source = node(self._names.source(facts.source.sha256).value)
        place = place_of(facts)
        mentions = {
            row["mention"]: row["of"] for row in rows(self._graph.store, "internal/source-mentions", file=source)
        }
        found = {
            i: mentions[iri]
            for i in range(len(facts.references))
            if (iri := self._names.part(place, "reference", i).value) in mentions
        }
        own = mentions.get(self._names.part(place, "sentence", 0).value) if facts.row is not None else None
        if facts.row is None:
            own = next(
                (row["document"] for row in rows(self._graph.store, "internal/source-document", file=source)), None
            )
        return found | ({SELF: own} if own else {})

    def _facts(self, place: Place) -> list[Facts]:
        """The kept facts of a place's file, of its row."""
        made = self._graph.built
        entry = next((e for e in made.entries if (e.shown or e.path) == place.source), None)
        if entry is None:
            raise ChidaoError(_GONE)
        kept = KeptFacts(self._graph.generation.parent.parent / "facts")
        try:
            facts = kept.load(entry.key_of(made.version), place.source, text=True)
        except DamagedFactsError:
            raise ChidaoError("what is kept of this file is damaged; build the graph anew") from None
        return [one for one in facts if one.row == place.row]

    def _first_mention(self, iri: str) -> str | None:
        found = rows(self._graph.store, "internal/document-mentions", document=node(iri))
        return next((row["sentence"] for row in found), None)

    def _party(self, name: str, scope: str | None) -> tuple[str, str]:
        """Key and name of who is named in a task; "" for the key of a group."""
        try:
            return self._body(name, scope)
        except ChidaoError:
            return "", name

    def _body(self, text: str, scope: str | None) -> tuple[str, str]:
        """Key and name of the body that a text names, as a paper of this jurisdiction means it."""
        known = [row for row in find_bodies(self._graph.store, text) if fold(row[1]) == fold(text)]
        if len(known) == 1:
            return self._body_key(known[0][0]), known[0][1]
        for home in chain(_home(scope), [None]):
            found = BodyFinder(home).find(text[:1].upper() + text[1:])
            if len(found) == 1 and found[0].start == 0 and found[0].end == len(text):
                return found[0].key, found[0].name
        raise ChidaoError(f"no body is called {text!r}; write its full name")

    def _called(self, key: str | None) -> str | None:
        """What the graph calls a body by now."""
        iri = self._names.body(key).value if key else None
        return (
            next((row["name"] for row in rows(self._graph.store, "internal/body", body=node(iri))), None)
            if iri
            else None
        )

    def _label(self, iri: str) -> str:
        row = next(rows(self._graph.store, "internal/document", document=node(iri)), None)
        if row is None:
            raise ChidaoError("no such document here")
        return str(row["label"])

    def _key(self, iri: str) -> str:
        return unquote(iri.removeprefix(f"{self._names.base}document/"))

    def _body_key(self, iri: str) -> str:
        return unquote(iri.rpartition("/body/")[2])

    def _checked(self, *made: Correction) -> list[Correction]:
        for correction in made:
            check(correction)
        return list(made)


def _home(scope: str | None) -> list[Home]:
    """The province of a jurisdiction's key."""
    found = find_province((scope or "").split("/")[0]) if scope and scope != "vn" else None
    return [province(found)] if found else []


def rejections(
    correcting: Correcting, graph: Graph, iri: str, kind: str, what: str, of: str | None
) -> list[Correction]:
    """Say that a relation, an action or an event of force of a document is none, wherever a file states it."""
    details = graph.show_document(iri)
    if kind == "relation":
        other = graph.document(of or "").iri
        predicate = relation_property(what).rpartition("#")[2]
        found = [r for r in details.relations if (r.predicate, r.other) == (predicate, other)]
        return [c for r in found for c in correcting.no_relation(iri, r.role, predicate, other, r.evidence)]
    if kind == "action":
        actor = next((row[1] for row in [one_body(graph.store, of)]), None) if of else None
        acts = [a for a in details.actions if a.action == what and (actor is None or a.actor == actor)]
        return [c for a in acts for c in correcting.no_action(iri, what, a.actor, a.evidence)]
    events = [e for e in details.status.force.events if e.kind == what]
    return [c for e in events for c in correcting.no_force(iri, what, e.evidence)]
