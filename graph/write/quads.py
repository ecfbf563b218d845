"""The one place where facts become RDF: a resolved `Corpus` to quads.

What a file says stands in one named graph for that file, named by the sha256 of its bytes, so that retracting a file is
dropping its graph: the source, its mentions, sentences, statements, actions, and the plain edges that these support. What only
the corpus as a whole can say (the chosen date of a document, its label, its candidates, the bodies) stands in the graph
`…/graph/resolved`, which every build writes anew.

Terms are those of ontology/chidao.ttl; a value that does not fit raises, so that nothing odd lands in a store.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from rdflib import URIRef

from chidao.extract.facts import RULES
from chidao.extract.language.jurisdictions import Place
from chidao.extract.language.letters import slug
from chidao.extract.model import (
    SELF,
    Action,
    Body,
    BodyMention,
    Corpus,
    Document,
    Excerpt,
    Facts,
    File,
    Offered,
    Reference,
    Relation,
    Task,
)
from chidao.extract.records import BASE
from chidao.extract.statements.deadlines import last_day
from chidao.ontology import vocabulary as v
from chidao.ontology.authority import Jurisdiction, jurisdictions

Subject = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal
Adder = Callable[[Subject, NamedNode, Term], Quad]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_XSD_DATE = NamedNode(str(v.XSD.date))
_XSD_INTEGER = NamedNode(str(v.XSD.integer))
_XSD_BOOLEAN = NamedNode(str(v.XSD.boolean))
_TYPE = NamedNode(str(v.RDF.type))
_LABEL = NamedNode(str(v.RDFS.label))


@cache
def _c(name: str) -> NamedNode:
    return NamedNode(str(v.CHIDAO[name]))


@cache
def _n(iri: URIRef) -> NamedNode:
    return NamedNode(str(iri))


@cache
def _known(iri: URIRef) -> NamedNode:
    """A relation, concept or level of the vocabulary. Raises ValueError for one that it does not hold."""
    if (iri, None, None) not in v.table_graph("chidao"):
        raise ValueError(f"not in the vocabulary: {iri}")
    return NamedNode(str(iri))


def escape(key: str) -> str:
    """A key as the path of an IRI: everything that an IRI may not hold is percent-encoded; "/" stays."""
    return quote(key, safe="/-._~")


class Names:
    """The IRIs of things below one base."""

    def __init__(self, base: str = BASE) -> None:
        self.base = base if base.endswith(("/", "#")) else base + "/"

    def document(self, key: str) -> NamedNode:
        return NamedNode(f"{self.base}document/{escape(key)}")

    def body(self, key: str) -> NamedNode:
        """A central body has the IRI of the shipped table; a local one lives below the base."""
        return (
            NamedNode(str(v.BODY[escape(key)]))
            if key.startswith("vn/")
            else NamedNode(f"{self.base}body/{escape(key)}")
        )

    def place(self, scope: str) -> NamedNode:
        return NamedNode(str(v.PLACE[escape(scope)]))

    def source(self, sha256: str) -> NamedNode:
        return NamedNode(f"{self.base}source/{sha256}")

    def graph(self, sha256: str) -> NamedNode:
        """The named graph that holds what the file says."""
        return NamedNode(f"{self.base}graph/{sha256}")

    def part(self, place: str, kind: str, number: int) -> NamedNode:
        """A mention, sentence … of what `place_of` tells: a file, or one row of a register."""
        return NamedNode(f"{self.base}source/{place}/{kind}/{number}")

    @property
    def run(self) -> NamedNode:
        """The run that made the facts: one for each version of the rules, so that the same files give the same quads."""
        return NamedNode(f"{self.base}run/rules-{RULES}")

    @property
    def resolved(self) -> NamedNode:
        return NamedNode(f"{self.base}graph/resolved")


def _date(value: str) -> Literal:
    try:
        if not _DATE.fullmatch(value):
            raise ValueError
        date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"not an ISO date: {value!r}") from None
    return Literal(value, datatype=_XSD_DATE)


def _month(value: str) -> Literal:
    return Literal(value, datatype=NamedNode(str(v.XSD.gYearMonth)))


def _integer(value: int) -> Literal:
    return Literal(str(int(value)), datatype=_XSD_INTEGER)


def _printable(path: str) -> str:
    """A file name whose bytes are no Unicode, with U+FFFD for what cannot be said."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _vi(value: str) -> Literal:
    return Literal(value, language="vi")


def place_of(facts: Facts) -> str:
    """What the parts of these facts are named below: the file's sha256, and for a register's row the row too."""
    sha = facts.source.sha256
    return sha if facts.row is None else f"{sha}/row/{facts.row}"


@dataclass(frozen=True, slots=True)
class _Entry:
    """The entry of a register that says that its document is there: a mention of it by the whole title."""

    start: int
    end: int
    text: str
    rule: str = "register-row"


def quads(
    corpus: Corpus, base: str = BASE, *, home: Place | None = None, unread: Iterable[tuple[str, str]] = ()
) -> Iterator[Quad]:
    """All quads of the corpus, file by file, then what the corpus as a whole says. Same corpus, same quads. `home` is the declared
    jurisdiction, `unread` has (path, reason) of files that could not be read."""
    names = Names(base)
    if home:
        yield Quad(names.run, _c("home"), names.place(home.key), names.resolved)
    for path, reason in unread:
        yield from _unread(names, path, reason)
    for file in corpus.files:
        yield from file_quads(corpus, file, names)
    yield from resolved_quads(corpus, names)


def _unread(names: Names, path: str, reason: str) -> Iterator[Quad]:
    """A file that is not in the graph, known by its path, and why."""
    node = NamedNode(f"{names.base}unread/{hashlib.sha256(path.encode('utf-8', 'surrogateescape')).hexdigest()}")
    for predicate, value in (
        (_TYPE, _c("UnreadFile")),
        (_LABEL, Literal(_printable(path))),
        (_c("unreadBecause"), Literal(reason, language="en")),
    ):
        yield Quad(node, predicate, value, names.resolved)


def file_quads(corpus: Corpus, file: File, names: Names) -> Iterator[Quad]:
    """What one file says, in its own named graph."""
    facts = file.facts
    sha = facts.source.sha256
    graph, source = names.graph(sha), names.source(sha)

    def add(subject: Subject, predicate: NamedNode, value: Term) -> Quad:
        return Quad(subject, predicate, value, graph)

    yield add(source, _TYPE, _c("Source"))
    yield add(source, _c("sha256"), Literal(sha))
    yield add(source, _LABEL, Literal(_printable(facts.source.path)))
    yield add(source, _n(v.DCTERMS.format), Literal(facts.source.encoding))
    yield add(names.run, _n(v.PROV.used), source)
    yield add(graph, _n(v.PROV.wasGeneratedBy), names.run)
    if file.own:
        own = names.document(file.own)
        yield add(source, _c("ownDocument"), own)
        heading = facts.heading
        for name, value in (("signer", heading.signer), ("signerRole", heading.signer_role), ("place", heading.place)):
            if value:
                yield add(own, _c(name), _vi(value))
        for recipient in heading.recipients:
            yield add(own, _c("recipient"), _vi(recipient))
    for i, sentence in enumerate(facts.sentences):
        yield from _sentence(names, facts, i, sentence, add)
    if file.own and facts.row is not None and facts.sentences:
        title = facts.sentences[0]
        entry = _Entry(title.start, title.end, title.text)
        yield from _mention(
            names, facts, names.part(place_of(facts), "entry", 0), entry, names.document(file.own), 0, add
        )
    for i, key in enumerate(file.documents):
        yield from _reference(names, file, i, key, add)
    for i, body in enumerate(facts.bodies):
        node = names.part(place_of(facts), "body", i)
        yield from _mention(names, facts, node, body, names.body(body.key), None, add)
    for i, relation in enumerate(facts.relations):
        yield from _statement(names, file, i, relation, add)
    if file.own:
        yield from _citations(names, file, add)
    for i, action in enumerate(facts.actions):
        yield from _action(names, file, i, action, add)
    if file.own:
        for i, task in enumerate(facts.tasks):
            yield from _task(names, file, i, task, add)


def _sentence(names: Names, facts: Facts, i: int, sentence: Excerpt, add: Adder) -> Iterator[Quad]:
    node = names.part(place_of(facts), "sentence", i)
    yield add(node, _TYPE, _c("Sentence"))
    yield add(node, _c("inSource"), names.source(facts.source.sha256))
    yield add(node, _c("text"), _vi(sentence.text))
    yield add(node, _c("start"), _integer(sentence.start))
    yield add(node, _c("end"), _integer(sentence.end))
    yield add(node, _c("line"), _integer(sentence.line))
    if facts.row is not None:
        yield add(node, _c("rowNumber"), _integer(facts.row))
    if sentence.footnote:
        yield add(node, _c("footnote"), Literal(sentence.footnote))
    if sentence.page:
        yield add(node, _c("page"), _integer(sentence.page))


def _mention(
    names: Names,
    facts: Facts,
    node: NamedNode,
    found: Reference | BodyMention | _Entry,
    of: NamedNode,
    sentence: int | None,
    add: Adder,
) -> Iterator[Quad]:
    """A mention as a Web Annotation: its target is the source, selected by position and by quotation."""
    iri = node.value
    target, position, text = NamedNode(f"{iri}/target"), NamedNode(f"{iri}/position"), NamedNode(f"{iri}/quote")
    yield add(node, _TYPE, _c("Mention"))
    yield add(node, _c("mentionOf"), of)
    yield add(node, _c("rule"), Literal(found.rule))
    if sentence is not None and sentence >= 0:
        yield add(node, _c("sentence"), names.part(place_of(facts), "sentence", sentence))
    yield add(node, _n(v.OA.hasTarget), target)
    yield add(target, _n(v.OA.hasSource), names.source(facts.source.sha256))
    yield add(target, _n(v.OA.hasSelector), position)
    yield add(target, _n(v.OA.hasSelector), text)
    yield add(position, _TYPE, _n(v.OA.TextPositionSelector))
    yield add(position, _n(v.OA.start), _integer(found.start))
    yield add(position, _n(v.OA.end), _integer(found.end))
    yield add(text, _TYPE, _n(v.OA.TextQuoteSelector))
    yield add(text, _n(v.OA.exact), Literal(found.text))


def _reference(names: Names, file: File, i: int, key: str, add: Adder) -> Iterator[Quad]:
    facts = file.facts
    reference = facts.references[i]
    document = names.document(key)
    node = names.part(place_of(facts), "reference", i)
    yield from _mention(names, facts, node, reference, document, reference.sentence, add)
    if reference.date:
        yield add(document, _c("statedDate"), _date(reference.date))
        yield add(node, _c("statedDate"), _date(reference.date))
    if reference.issuer_key:
        yield add(document, _c("statedIssuer"), names.body(reference.issuer_key))
        yield add(node, _c("statedIssuer"), names.body(reference.issuer_key))
    if reference.title:
        yield add(node, _n(v.ELI.title), _vi(reference.title))


def _document_of(file: File, index: int) -> str | None:
    return file.own if index == SELF else file.documents[index]


def _statement(names: Names, file: File, i: int, relation: Relation, add: Adder) -> Iterator[Quad]:
    subject, object_ = _document_of(file, relation.subject), _document_of(file, relation.object)
    if subject is None or object_ is None or subject == object_:
        return
    place = place_of(file.facts)
    predicate = _known(v.relation_property(relation.predicate))
    node = names.part(place, "statement", i)
    yield add(names.document(subject), predicate, names.document(object_))
    yield add(node, _TYPE, _c("Statement"))
    yield add(node, _c("statementSubject"), names.document(subject))
    yield add(node, _c("statementPredicate"), predicate)
    yield add(node, _c("statementObject"), names.document(object_))
    yield add(node, _c("certainty"), _known(v.certainty_concept(relation.certainty)))
    yield add(node, _c("trigger"), _vi(relation.trigger))
    yield add(node, _c("rule"), Literal(relation.rule))
    yield add(node, _c("start"), _integer(relation.start))
    yield add(node, _c("end"), _integer(relation.end))
    yield add(node, _c("text"), _vi(" ".join(relation.text.split())))
    yield add(node, _c("sentence"), names.part(place, "sentence", relation.sentence))
    for index in (relation.subject, relation.object):
        if index != SELF:
            yield add(node, _c("mention"), names.part(place, "reference", index))


def _citations(names: Names, file: File, add: Adder) -> Iterator[Quad]:
    """The file's own document cites every document that it mentions; the first mention is the evidence."""
    assert file.own
    place = place_of(file.facts)
    own = names.document(file.own)
    cites = _known(v.relation_property("cites"))
    seen: set[str] = {file.own}
    for i, key in enumerate(file.documents):
        if key in seen:
            continue
        seen.add(key)
        node = names.part(place, "citation", i)
        yield add(own, cites, names.document(key))
        yield add(node, _TYPE, _c("Statement"))
        yield add(node, _c("statementSubject"), own)
        yield add(node, _c("statementPredicate"), cites)
        yield add(node, _c("statementObject"), names.document(key))
        yield add(node, _c("certainty"), _known(v.certainty_concept("explicit")))
        yield add(node, _c("rule"), Literal("mention"))
        yield add(node, _c("mention"), names.part(place, "reference", i))
        yield add(node, _c("sentence"), names.part(place, "sentence", file.facts.references[i].sentence))


def _action(names: Names, file: File, i: int, action: Action, add: Adder) -> Iterator[Quad]:
    about = _document_of(file, action.document)
    if about is None:
        return
    place = place_of(file.facts)
    node = names.part(place, "action", i)
    yield add(node, _TYPE, _c("Action"))
    yield add(node, _c("action"), _known(v.action_concept(action.action)))
    yield add(node, _c("aboutDocument"), names.document(about))
    if action.actor_key:
        yield add(node, _c("actor"), names.body(action.actor_key))
    yield add(node, _c("actorStated"), Literal("true" if action.actor_stated else "false", datatype=_XSD_BOOLEAN))
    yield add(node, _c("trigger"), _vi(action.trigger))
    yield add(node, _c("rule"), Literal(action.rule))
    yield add(node, _c("start"), _integer(action.start))
    yield add(node, _c("end"), _integer(action.end))
    yield add(node, _c("sentence"), names.part(place, "sentence", action.sentence))


def _named_between(file: File, start: int, end: int) -> Sequence[str]:
    """Return the keys of the documents that the file names between two places."""
    found = file.facts.references
    first = bisect_left(found, start, key=lambda r: r.start)
    return file.documents[first : bisect_left(found, end, lo=first, key=lambda r: r.start)]


def _task(names: Names, file: File, i: int, task: Task, add: Adder) -> Iterator[Quad]:
    """What the file's document makes bodies do. A party that is no known body, a group, is kept by its name."""
    assert file.own
    node = names.part(place_of(file.facts), "task", i)
    yield add(node, _TYPE, _c("Task"))
    yield add(node, _c("assignedBy"), names.document(file.own))
    for key in dict.fromkeys(_named_between(file, task.start, task.end)):
        yield add(node, _c("taskAbout"), names.document(key))
    for role, parties in (("lead", task.lead), ("support", task.support)):
        for party in parties:
            if party.key:
                yield add(node, _c(role), names.body(party.key))
            else:
                yield add(node, _c(f"{role}Group"), Literal(party.name))
    if task.deadline:
        yield add(node, _c("deadline"), Literal(task.deadline))
        yield add(node, _c("deadlineText"), Literal(task.deadline_text or task.deadline))
        if due := last_day(task.deadline):
            yield add(node, _c("dueDate"), _date(due))
    yield add(node, _c("text"), _vi(" ".join(task.text.split())))
    yield add(node, _c("rule"), Literal(task.rule))
    yield add(node, _c("start"), _integer(task.start))
    yield add(node, _c("end"), _integer(task.end))
    yield add(node, _c("sentence"), names.part(place_of(file.facts), "sentence", task.sentence))


def resolved_quads(corpus: Corpus, names: Names) -> Iterator[Quad]:
    """What the corpus as a whole says of documents and bodies, in the graph of resolved facts."""
    graph = names.resolved

    def add(subject: Subject, predicate: NamedNode, value: Term) -> Quad:
        return Quad(subject, predicate, value, graph)

    yield add(names.run, _TYPE, _c("ExtractionRun"))
    yield add(names.run, _n(v.DCTERMS.hasVersion), Literal(RULES))
    for key in sorted(corpus.documents):
        yield from _document(names, corpus.documents[key], add)
    for key in sorted(corpus.bodies):
        yield from _body(names, corpus.bodies[key], add)
    known = {j.slug: j for j in jurisdictions()}
    named = [*(d.scope for d in corpus.documents.values()), *(b.scope for b in corpus.bodies.values())]
    scopes = {s.split("/")[0] for s in named if s}
    scopes |= {after for s in scopes if s in known and (after := known[s].successor)}
    for scope in sorted(scopes & known.keys()):
        yield from _province(names, known[scope], add)


def _document(names: Names, document: Document, add: Adder) -> Iterator[Quad]:
    node = names.document(document.key)
    yield add(node, _TYPE, _c("Document"))
    for predicate, value in _identity(names, document):
        yield add(node, predicate, value)
    for candidate in document.candidates:
        yield add(node, _c("candidate"), names.document(candidate))
    for n, offered in enumerate(document.offered):
        yield from _offered(node, n, offered, add)
    if document.why or document.candidates:
        yield add(node, _c("unresolvedBecause"), Literal(document.why or "several documents fit", language="en"))


def _offered(document: NamedNode, n: int, offered: Offered, add: Adder) -> Iterator[Quad]:
    """What may stand in a document's blank, and where that is from."""
    node = NamedNode(f"{document.value}#candidate-{n}")
    named = _c("candidateNumber" if offered.what == "number" else "candidateDate")
    value = Literal(offered.value) if offered.what == "number" else _date(offered.value)
    yield add(document, named, value)
    yield add(document, _c("mayHave"), node)
    yield add(node, _TYPE, _c("CandidateValue"))
    yield add(node, named, value)
    yield add(node, _c("foundIn"), Literal(offered.source))


def _identity(names: Names, document: Document) -> Iterator[tuple[NamedNode, Term]]:
    """What a document is called and whose it is, as far as it is known."""
    yield _LABEL, _vi(document.label)
    stated: list[tuple[NamedNode, str | int | None, Callable[[Any], Term]]] = [
        (_c("number"), document.number, Literal),
        (_c("symbol"), document.symbol, Literal),
        (_n(v.ELI.number), document.number and document.symbol and document.code, Literal),
        (_c("year"), document.year, _integer),
        (_n(v.ELI.type_document), document.type, lambda name: _n(v.TYPE[escape(slug(name))])),
        (_n(v.DCTERMS.type), document.type, _vi),
        (_n(v.ELI.date_document), document.date, _date),
        (_c("month"), document.month if not document.date else None, _month),
        *((_c("statedDate"), day, _date) for day in document.dates),
        (_n(v.ELI.passed_by), document.issuer_key, names.body),
        (_n(v.DCTERMS.publisher), document.issuer, _vi),
        (_n(v.ELI.title), document.title, _vi),
        (_c("scope"), document.scope, names.place),
        (_c("level"), document.level, lambda level: _known(v.level_concept(level))),
    ]
    yield from ((predicate, term(value)) for predicate, value, term in stated if value)


def _body(names: Names, body: Body, add: Adder) -> Iterator[Quad]:
    node = names.body(body.key)
    yield add(node, _TYPE, _c("Body"))
    yield add(node, _LABEL, _vi(body.name))
    if body.scope:
        yield add(node, _c("scope"), names.place(body.scope))
    if body.level:
        yield add(node, _c("level"), _known(v.level_concept(body.level)))
    if body.branch:
        yield add(node, _c("branch"), _known(v.branch_concept(body.branch)))
    if body.parent:
        yield add(node, _n(v.ORG.subOrganizationOf), names.body(body.parent))
    for successor in body.successors:
        yield add(node, _n(v.DCTERMS.isReplacedBy), names.body(successor))


def _province(names: Names, jurisdiction: Jurisdiction, add: Adder) -> Iterator[Quad]:
    """A province whose papers the corpus holds, and the one it became part of in 2025."""
    node = names.place(jurisdiction.slug)
    yield add(node, _TYPE, _c("Jurisdiction"))
    yield add(node, _LABEL, _vi(jurisdiction.full_name))
    yield add(node, _c("level"), _known(v.level_concept("province")))
    if jurisdiction.valid_to:
        yield add(node, _c("validTo"), _date(jurisdiction.valid_to))
    if jurisdiction.successor:
        yield add(node, _n(v.DCTERMS.isReplacedBy), names.place(jurisdiction.successor))
