"""What the tables say of a thing: a function of the quads that have it as their subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyoxigraph

from chidao.extract.language.letters import fold
from chidao.graph.tables.keys import bare_number, code_key
from chidao.graph.tables.schema import number_of
from chidao.ontology import vocabulary as v

Said = dict[str, list[str]]
"""By the short name of a predicate what stands behind it: literals and IRIs as text."""
Row = tuple[str, tuple[str | int | None, ...]]
"""A table, and a row of it."""

_RESOLVED = "graph/resolved"
"""How the graph of resolved facts is called below the base."""
_NS = str(v.CHIDAO)
_OWN = (
    "number", "symbol", "year", "level", "scope", "month", "unresolvedBecause", "branch", "sha256", "ownDocument",
    "signer", "signerRole", "place", "recipient", "jointIssuer", "statedDate", "statedIssuer", "candidate", "inSource", "text", "start",
    "end", "line", "page", "rowNumber", "footnote", "provisionLabel", "inProvision", "mentionOf", "entryOf", "citedIn",
    "rule", "sentence", "statementSubject", "statementPredicate", "statementObject", "certainty", "trigger", "action",
    "aboutDocument", "actor", "actorStated", "assignedBy", "taskAbout", "lead", "support", "leadGroup", "supportGroup",
    "deadline", "deadlineText", "dueDate", "forceOf", "forceKind", "forceDate", "until", "untilText",
    "inScope", "notInScope", "notInScopeText", "saidBy", "amendedDocument", "amendedBy", "amendedProvision",
    "operation", "oldText", "newText",
)  # fmt: skip
_SHORT: dict[Any, str] = {pyoxigraph.NamedNode(f"{_NS}{name}"): name for name in _OWN} | {
    pyoxigraph.NamedNode(str(iri)): name
    for iri, name in (
        (v.RDF.type, "a"), (v.RDFS.label, "label"), (v.DCTERMS.type, "type"), (v.ELI.number, "code"), (v.ELI.date_document, "date"),
        (v.DCTERMS.publisher, "issuer"), (v.ELI.passed_by, "passed_by"), (v.ELI.title, "title"), (v.ORG.subOrganizationOf, "parent"),
        (v.DCTERMS.format, "encoding"), (v.ELI.first_date_entry_in_force, "firstInForce"),
    )
}  # fmt: skip
_TOLD = ("signer", "signerRole", "place", "recipient", "statedDate", "statedIssuer", "firstInForce", "jointIssuer")


class Unfit(ValueError):
    """Quads that no row of the tables can hold: two values where there is room for one."""


class Projector:
    """Makes rows of quads that go by graph by graph, and in the graph of resolved facts subject by subject. What several files say may come
    several times."""

    def __init__(self) -> None:
        self._said: dict[str, Said] = {}
        self._of: Said = {}
        self._graph = self._subject = None

    def see(self, quad: Iterable[Any]) -> Iterable[Row]:
        """Take the subject, predicate, object and graph of the next quad, which is no RDF-star. Return the rows of what came before it, if
        it begins anew. Raises Unfit."""
        subject, predicate, value, graph = quad
        short = _SHORT.get(predicate)
        if short is None or (short == "a" and value.value not in _KINDS):
            return ()
        made: Iterable[Row] = ()
        if graph != self._graph or (subject != self._subject and graph.value.endswith(_RESOLVED)):
            made = self.end()
        if subject != self._subject:
            self._graph, self._subject = graph, subject
            self._of = self._said.setdefault(subject.value, defaultdict(list))
        self._of[short].append(value.value)
        return made

    def end(self) -> list[Row]:
        """Return the rows of what is left."""
        made = list(_rows(self._said))
        self._said.clear()
        self._graph = self._subject = None
        return made


def is_told(quad: pyoxigraph.Quad) -> bool:
    """Return whether a quad may be told by a row of its subject. Most are not that say of the run what it has used."""
    return quad.predicate in _SHORT


def project(store: pyoxigraph.Store, subjects: Iterable[str]) -> Iterator[Row]:
    """Yield the rows of these subjects as a store has them."""
    for subject in subjects:
        said: Said = defaultdict(list)
        quad: Any
        for quad in store.quads_for_pattern(pyoxigraph.NamedNode(subject), None, None, None):
            if (short := _SHORT.get(quad.predicate)) and quad.object.value not in said[short]:
                said[short].append(quad.object.value)
        yield from _rows({subject: said})


def _rows(things: dict[str, Said]) -> Iterator[Row]:
    for iri, said in things.items():
        for kind in said.get("a", ()):
            if make := _KINDS.get(kind):
                yield from make(iri, said)
        number = number_of(iri)
        if "mentionOf" in said:
            yield from _mention(number, said)
        for own in said.get("ownDocument", ()):
            yield "own", (number_of(own), number)
        for what in () if "mentionOf" in said else _TOLD:
            for value in said.get(what, ()):
                yield "told", (number, what, value)


def _mention(number: int, said: Said) -> Iterator[Row]:
    sentence, means = _node(said, "sentence"), _node(said, "mentionOf")
    yield "mention", (
        means, number, sentence, 0, _one(said, "statedDate"), _node(said, "statedIssuer"), _int(said, "start"), _int(said, "end"),
        _one(said, "text"),
    )  # fmt: skip
    for document in said.get("citedIn", ()):
        yield "cites", (means, number_of(document), number, sentence)


def _one(said: Said, name: str) -> str | None:
    values = said.get(name)
    if not values:
        return None
    if len(values) > 1 and len(set(values)) > 1:
        raise Unfit(name)
    return values[0]


def _node(said: Said, name: str) -> int | None:
    iri = _one(said, name)
    return None if iri is None else number_of(iri)


def _int(said: Said, name: str) -> int | None:
    value = _one(said, name)
    return None if value is None else int(value)


def _after(said: Said, name: str, mark: str) -> str | None:
    value = _one(said, name)
    return None if value is None else value.partition(mark)[2]


def _document(iri: str, said: Said) -> Iterator[Row]:
    one = (_one(said, name) for name in ("label", "type", "number", "symbol", "code", "year", "date", "issuer"))
    yield "document", (
        number_of(iri), iri, *one, _node(said, "passed_by"), _one(said, "title"), _after(said, "level", "level-"),
        _after(said, "scope", "/place/"), _one(said, "month"), _one(said, "unresolvedBecause"),
        *_keys(said),
    )  # fmt: skip
    for other in said.get("candidate", ()):
        yield "candidate", (number_of(iri), number_of(other))


def _keys(said: Said) -> Iterator[str | None]:
    """By what a person may name a document."""
    number = _one(said, "number")
    yield code_key(number, _one(said, "symbol"), _one(said, "year")) if number else None
    yield bare_number(number) if number else None
    for name in ("label", "title"):
        yield fold(_one(said, name) or "") or None


def _body(iri: str, said: Said) -> Iterator[Row]:
    yield "body", (
        number_of(iri), iri, _one(said, "label"), _node(said, "parent"), _one(said, "parent"), _after(said, "level", "level-"),
        _after(said, "branch", "branch-"), _after(said, "scope", "/place/"),
    )  # fmt: skip


def _source(iri: str, said: Said) -> Iterator[Row]:
    yield "source", (number_of(iri), iri, _one(said, "label"), _one(said, "sha256"), _one(said, "encoding"))


def _sentence(iri: str, said: Said) -> Iterator[Row]:
    numbers = (_int(said, name) for name in ("line", "page", "rowNumber", "start", "end"))
    words = (_one(said, name) for name in ("footnote", "provisionLabel", "inProvision", "text"))
    yield "sentence", (number_of(iri), _node(said, "inSource"), *numbers, *words)
    if (document := _node(said, "entryOf")) is not None:
        yield "mention", (document, number_of(iri), number_of(iri), 1, *(None,) * 5)


def _statement(iri: str, said: Said) -> Iterator[Row]:
    yield "statement", (
        _node(said, "statementObject"), _after(said, "statementPredicate", "#"), _node(said, "statementSubject"), number_of(iri),
        _after(said, "certainty", "certainty-"), _int(said, "start"), _int(said, "end"), _node(said, "sentence"), _one(said, "text"),
    )  # fmt: skip


def _action(iri: str, said: Said) -> Iterator[Row]:
    yield "action", (
        _node(said, "aboutDocument"), number_of(iri), _after(said, "action", "action-"), _node(said, "actor"),
        _one(said, "actorStated"), _one(said, "trigger"), _node(said, "sentence"),
    )  # fmt: skip


def _task(iri: str, said: Said) -> Iterator[Row]:
    words = (_one(said, name) for name in ("text", "deadline", "deadlineText", "dueDate", "rule"))
    yield "task", (number_of(iri), iri, _node(said, "assignedBy"), *words, _node(said, "sentence"))
    for document in said.get("taskAbout", ()):
        yield "about", (number_of(document), number_of(iri))
    for name in ("lead", "support"):
        for body in said.get(name, ()):
            yield "party", (number_of(iri), name, number_of(body), "")
        for group in said.get(f"{name}Group", ()):
            yield "party", (number_of(iri), name, 0, group)


def _force(iri: str, said: Said) -> Iterator[Row]:
    words = (_one(said, name) for name in ("forceDate", "until", "untilText", "text"))
    yield "force", (
        _node(said, "forceOf"), number_of(iri), _after(said, "forceKind", "#force-"), *words, _int(said, "start"), _int(said, "end"),
        _node(said, "saidBy"), _node(said, "sentence"), iri,
    )  # fmt: skip
    for what in ("inScope", "notInScope", "notInScopeText"):
        for value in said.get(what, ()):
            yield "scope", (number_of(iri), what, value)


def _amendment(iri: str, said: Said) -> Iterator[Row]:
    words = (_one(said, name) for name in ("oldText", "newText", "forceDate", "text"))
    yield "amendment", (
        _node(said, "amendedDocument"), number_of(iri), _after(said, "operation", "#operation-"), _node(said, "amendedBy"), *words,
        _int(said, "start"), _int(said, "end"), _node(said, "sentence"), iri,
    )  # fmt: skip
    for value in said.get("amendedProvision", ()):
        yield "scope", (number_of(iri), "changed", value)


_KINDS: dict[str, Callable[[str, Said], Iterator[Row]]] = {
    f"{_NS}Document": _document, f"{_NS}Body": _body, f"{_NS}Source": _source, f"{_NS}Sentence": _sentence,
    f"{_NS}ForceEvent": _force, f"{_NS}Amendment": _amendment, f"{_NS}Statement": _statement, f"{_NS}Action": _action, f"{_NS}Task": _task,
}  # fmt: skip
