"""The one place where facts become RDF: a resolved `Corpus` to quads.

What a file says stands in one named graph for that file, named by the sha256 of its bytes, so that retracting a file is
dropping its graph: the source, its mentions, sentences, statements, actions, and the plain edges that these support. What only
the corpus as a whole can say (the chosen date of a document, its label, its candidates, the bodies) stands in the graph
`…/graph/resolved`, which every build writes anew; what people have corrected in `…/graph/by-hand`.

Terms are those of ontology/chidao.ttl; a value that does not fit raises, so that nothing odd lands in a store.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import starmap
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from chidao.extract.iris import BASE
from chidao.extract.language.jurisdictions import Place
from chidao.extract.language.letters import slug
from chidao.extract.model import RULES, SELF, Action, BodyMention, Excerpt, Facts, Reference, Relation, Task
from chidao.extract.reading.raw_tables import without_tags
from chidao.extract.resolved import Body, Corpus, Document, File, Offered
from chidao.extract.statements.deadlines.deadlines import last_day
from chidao.graph.write.by_hand import by_hand_quads
from chidao.graph.write.law import law_quads
from chidao.graph.write.terms import (
    LABEL,
    TYPE,
    Adder,
    Names,
    Quadruple,
    Term,
    adder,
    as_node,
    boolean_literal,
    concept,
    date_literal,
    escape,
    integer_literal,
    month_literal,
    place_of,
    printable,
    reads,
    term,
    vietnamese,
)
from chidao.ontology import vocabulary as v
from chidao.ontology.authority import Jurisdiction, jurisdictions


def quads(
    corpus: Corpus, base: str = BASE, *, home: Place | None = None, unread: Iterable[tuple[str, str]] = ()
) -> Iterator[Quad]:
    """Yield all quads of the corpus, file by file, then what the corpus as a whole says. Same corpus, same quads. `home` is the declared
    jurisdiction, `unread` has (path, reason) of files that could not be read."""
    names = Names(base)
    for file in corpus.files:
        yield from starmap(Quad, file_quads(file, names))
    yield from starmap(Quad, run_quads(names, home, unread))
    yield from resolved_quads(corpus, names)
    yield from starmap(Quad, by_hand_quads(names, corpus.outcomes))


def run_quads(names: Names, home: Place | None, unread: Iterable[tuple[str, str]]) -> Iterator[Quadruple]:
    """Yield what is said of the run that made all this, the declared `home`, and the files that could not be read, in the graph of resolved
    facts."""
    yield names.run, TYPE, term("ExtractionRun"), names.resolved
    yield names.run, as_node(v.DCTERMS.hasVersion), Literal(RULES), names.resolved
    if home:
        yield names.run, term("home"), names.place(home.key), names.resolved
    for path, reason in unread:
        yield from _unread(names, path, reason)


def _unread(names: Names, path: str, reason: str) -> Iterator[Quadruple]:
    """A file that is not in the graph, known by its path, and why."""
    node = NamedNode(f"{names.base}unread/{hashlib.sha256(path.encode('utf-8', 'surrogateescape')).hexdigest()}")
    for predicate, value in (
        (TYPE, term("UnreadFile")),
        (LABEL, Literal(printable(path))),
        (term("unreadBecause"), Literal(reason, language="en")),
    ):
        yield node, predicate, value, names.resolved


def file_quads(file: File, names: Names) -> Iterator[Quadruple]:
    """Yield what one file says, in its own named graph."""
    facts = file.facts
    sha = facts.source.sha256
    graph, source = names.graph(sha), names.source(sha)

    add = adder(graph)

    yield add(source, TYPE, term("Source"))
    yield add(source, term("sha256"), Literal(sha))
    yield add(source, LABEL, Literal(printable(facts.source.path)))
    yield add(source, as_node(v.DCTERMS.format), Literal(facts.source.encoding))
    yield add(names.run, as_node(v.PROV.used), source)
    yield add(graph, as_node(v.PROV.wasGeneratedBy), names.run)
    if file.own:
        own = names.document(file.own)
        yield add(source, term("ownDocument"), own)
        heading = facts.heading
        for name, value in (("signer", heading.signer), ("signerRole", heading.signer_role), ("place", heading.place)):
            if value:
                yield add(own, term(name), vietnamese(value))
        for body in heading.jointly:
            if body.key:
                yield add(own, term("jointIssuer"), names.body(body.key))
        for recipient in dict.fromkeys((*heading.addressed, *heading.recipients)):
            yield add(own, term("recipient"), vietnamese(recipient))
    for i, sentence in enumerate(facts.sentences):
        yield from _sentence(names, facts, i, sentence, add)
    if file.own and facts.row is not None and facts.sentences:
        yield add(names.part(place_of(facts), "sentence", 0), term("entryOf"), names.document(file.own))
    for i, key in enumerate(file.documents):
        yield from _reference(names, file, i, key, add)
    yield from _bodies(names, facts, add)
    for i, relation in enumerate(facts.relations):
        yield from _statement(names, file, i, relation, add)
    if file.own:
        yield from _citations(names, file, add)
    for i, action in enumerate(facts.actions):
        yield from _action(names, file, i, action, add)
    if file.own:
        for i, task in enumerate(facts.tasks):
            yield from _task(names, file, i, task, add)
    yield from law_quads(names, file, add)


def _sentence(names: Names, facts: Facts, i: int, sentence: Excerpt, add: Adder) -> Iterator[Quadruple]:
    node = names.part(place_of(facts), "sentence", i)
    yield add(node, TYPE, term("Sentence"))
    yield add(node, term("inSource"), names.source(facts.source.sha256))
    yield add(node, term("text"), vietnamese(sentence.text))
    yield add(node, term("start"), integer_literal(sentence.start))
    yield add(node, term("end"), integer_literal(sentence.end))
    yield add(node, term("line"), integer_literal(sentence.line))
    if facts.row is not None:
        yield add(node, term("rowNumber"), integer_literal(facts.row))
    if sentence.footnote:
        yield add(node, term("footnote"), Literal(sentence.footnote))
    if sentence.page:
        yield add(node, term("page"), integer_literal(sentence.page))


def _bodies(names: Names, facts: Facts, add: Adder) -> Iterator[Quadruple]:
    """The places that name a body, each in the sentence that reads so there, where one does."""
    order = sorted(range(len(facts.sentences)), key=lambda i: facts.sentences[i].start)
    starts = [facts.sentences[i].start for i in order]
    for i, body in enumerate(facts.bodies):
        before = bisect_right(starts, body.start) - 1
        sentence = order[before] if before >= 0 else -1
        if not reads(facts, sentence, body.start, body.end, body.text):
            sentence = -1
        node = names.part(place_of(facts), "body", i)
        yield from _mention(names, facts, node, body, names.body(body.key), sentence, add)


def _mention(
    names: Names, facts: Facts, node: NamedNode, found: Reference | BodyMention, of: NamedNode, sentence: int, add: Adder
) -> Iterator[Quadruple]:  # fmt: skip
    """A mention: what it means, which rule found it, and its place, which is in a sentence or at least in the source. Its words stand
    here only where they are not read off the sentence. `unfolded` makes a Web Annotation of it."""
    yield add(node, term("mentionOf"), of)
    yield add(node, term("rule"), Literal(found.rule))
    yield add(node, term("start"), integer_literal(found.start))
    yield add(node, term("end"), integer_literal(found.end))
    if sentence >= 0:
        yield add(node, term("sentence"), names.part(place_of(facts), "sentence", sentence))
    else:
        yield add(node, term("inSource"), names.source(facts.source.sha256))
    if not reads(facts, sentence, found.start, found.end, found.text):
        yield add(node, term("text"), Literal(found.text))


def _reference(names: Names, file: File, i: int, key: str, add: Adder) -> Iterator[Quadruple]:
    facts = file.facts
    reference = facts.references[i]
    document = names.document(key)
    node = names.part(place_of(facts), "reference", i)
    yield from _mention(names, facts, node, reference, document, reference.sentence, add)
    if reference.date:
        yield add(node, term("statedDate"), date_literal(reference.date))
    if reference.issuer_key:
        yield add(node, term("statedIssuer"), names.body(reference.issuer_key))
    if reference.title:
        yield add(node, as_node(v.ELI.title), vietnamese(reference.title))


def _document_of(file: File, index: int) -> str | None:
    return file.own if index == SELF else file.documents[index]


def _statement(names: Names, file: File, i: int, relation: Relation, add: Adder) -> Iterator[Quadruple]:
    subject, object_ = _document_of(file, relation.subject), _document_of(file, relation.object)
    if subject is None or object_ is None or subject == object_:
        return
    place = place_of(file.facts)
    predicate = concept(v.relation_property(relation.predicate))
    node = names.part(place, "statement", i)
    yield add(names.document(subject), predicate, names.document(object_))
    yield add(node, TYPE, term("Statement"))
    yield add(node, term("statementSubject"), names.document(subject))
    yield add(node, term("statementPredicate"), predicate)
    yield add(node, term("statementObject"), names.document(object_))
    yield add(node, term("certainty"), concept(v.certainty_concept(relation.certainty)))
    yield add(node, term("trigger"), vietnamese(relation.trigger))
    yield add(node, term("rule"), Literal(relation.rule))
    yield add(node, term("start"), integer_literal(relation.start))
    yield add(node, term("end"), integer_literal(relation.end))
    words = " ".join(relation.text.split())
    if not reads(file.facts, relation.sentence, relation.start, relation.end, words):
        yield add(node, term("text"), vietnamese(words))
    yield add(node, term("sentence"), names.part(place, "sentence", relation.sentence))
    for index in (relation.subject, relation.object):
        if index != SELF:
            yield add(node, term("mention"), names.part(place, "reference", index))


def _citations(names: Names, file: File, add: Adder) -> Iterator[Quadruple]:
    """The file's own document cites every document that it mentions; the first mention is the evidence, and says so."""
    assert file.own
    own = names.document(file.own)
    seen: set[str] = {file.own}
    for i, key in enumerate(file.documents):
        if key not in seen:
            seen.add(key)
            yield add(own, concept(v.relation_property("cites")), names.document(key))
            yield add(names.part(place_of(file.facts), "reference", i), term("citedIn"), own)


def _action(names: Names, file: File, i: int, action: Action, add: Adder) -> Iterator[Quadruple]:
    about = _document_of(file, action.document)
    if about is None:
        return
    place = place_of(file.facts)
    node = names.part(place, "action", i)
    yield add(node, TYPE, term("Action"))
    yield add(node, term("action"), concept(v.action_concept(action.action)))
    yield add(node, term("aboutDocument"), names.document(about))
    if action.actor_key:
        yield add(node, term("actor"), names.body(action.actor_key))
    yield add(node, term("actorStated"), boolean_literal(action.actor_stated))
    yield add(node, term("trigger"), vietnamese(action.trigger))
    yield add(node, term("rule"), Literal(action.rule))
    yield add(node, term("start"), integer_literal(action.start))
    yield add(node, term("end"), integer_literal(action.end))
    yield add(node, term("sentence"), names.part(place, "sentence", action.sentence))


def _named_between(file: File, start: int, end: int) -> Sequence[str]:
    """Return the keys of the documents that the file names between two places."""
    found = file.facts.references
    first = bisect_left(found, start, key=lambda r: r.start)
    return file.documents[first : bisect_left(found, end, lo=first, key=lambda r: r.start)]


def _task(names: Names, file: File, i: int, task: Task, add: Adder) -> Iterator[Quadruple]:
    """What the file's document makes bodies do. A party that is no known body, a group, is kept by its name."""
    assert file.own
    node = names.part(place_of(file.facts), "task", i)
    yield add(node, TYPE, term("Task"))
    yield add(node, term("assignedBy"), names.document(file.own))
    for key in dict.fromkeys(_named_between(file, task.start, task.end)):
        yield add(node, term("taskAbout"), names.document(key))
    for role, parties in (("lead", task.lead), ("support", task.support)):
        for party in parties:
            if party.key:
                yield add(node, term(role), names.body(party.key))
            else:
                yield add(node, term(f"{role}Group"), Literal(party.name))
    if task.deadline:
        yield add(node, term("deadline"), Literal(task.deadline))
        yield add(node, term("deadlineText"), Literal(task.deadline_text or task.deadline))
        if due := last_day(task.deadline):
            yield add(node, term("dueDate"), date_literal(due))
    yield add(node, term("text"), vietnamese(" ".join(without_tags(task.text).split())))
    yield add(node, term("rule"), Literal(task.rule))
    yield add(node, term("start"), integer_literal(task.start))
    yield add(node, term("end"), integer_literal(task.end))
    yield add(node, term("sentence"), names.part(place_of(file.facts), "sentence", task.sentence))


def resolved_quads(corpus: Corpus, names: Names) -> Iterator[Quad]:
    """Yield what the corpus as a whole says of documents and bodies, in the graph of resolved facts."""
    for key in sorted(corpus.documents):
        yield from starmap(Quad, document_quads(corpus.documents[key], names))
    for key in sorted(corpus.bodies):
        yield from starmap(Quad, body_quads(corpus.bodies[key], names))
    named = [*(d.scope for d in corpus.documents.values()), *(b.scope for b in corpus.bodies.values())]
    yield from starmap(Quad, province_quads({s.split("/")[0] for s in named if s}, names))


def document_quads(document: Document, names: Names) -> Iterator[Quadruple]:
    """Yield what all files together say of a document, in the graph of resolved facts."""
    yield from _document(names, document, adder(names.resolved))


def body_quads(body: Body, names: Names) -> Iterator[Quadruple]:
    """Yield what is known of a body, in the graph of resolved facts."""
    yield from _body(names, body, adder(names.resolved))


def province_quads(scopes: Iterable[str], names: Names) -> Iterator[Quadruple]:
    """Yield what is known of the provinces among these jurisdictions, and of those that they became part of, in the graph of resolved
    facts."""
    known = {j.slug: j for j in jurisdictions()}
    found = known.keys() & set(scopes)
    for scope in sorted(found | {after for s in found if (after := known[s].successor) in known}):
        yield from _province(names, known[scope], adder(names.resolved))


def _document(names: Names, document: Document, add: Adder) -> Iterator[Quadruple]:
    node = names.document(document.key)
    yield add(node, TYPE, term("Document"))
    for predicate, value in _identity(names, document):
        yield add(node, predicate, value)
    for candidate in document.candidates:
        yield add(node, term("candidate"), names.document(candidate))
    for n, offered in enumerate(document.offered):
        yield from _offered(node, n, offered, add)
    if document.why or document.candidates:
        yield add(node, term("unresolvedBecause"), Literal(document.why or "several documents fit", language="en"))


def _offered(document: NamedNode, n: int, offered: Offered, add: Adder) -> Iterator[Quadruple]:
    """What may stand in a document's blank, and where that is from."""
    node = NamedNode(f"{document.value}#candidate-{n}")
    named = term("candidateNumber" if offered.what == "number" else "candidateDate")
    value = Literal(offered.value) if offered.what == "number" else date_literal(offered.value)
    yield add(document, named, value)
    yield add(document, term("mayHave"), node)
    yield add(node, TYPE, term("CandidateValue"))
    yield add(node, named, value)
    yield add(node, term("foundIn"), Literal(offered.source))


def _identity(names: Names, document: Document) -> Iterator[tuple[NamedNode, Term]]:
    """What a document is called and whose it is, as far as it is known."""
    yield LABEL, vietnamese(document.label)
    stated: list[tuple[NamedNode, str | int | None, Callable[[Any], Term]]] = [
        (term("number"), document.number, Literal),
        (term("symbol"), document.symbol, Literal),
        (as_node(v.ELI.number), document.number and document.symbol and document.code, Literal),
        (term("year"), document.year, integer_literal),
        (as_node(v.ELI.type_document), document.type, lambda name: as_node(v.TYPE[escape(slug(name))])),
        (as_node(v.DCTERMS.type), document.type, vietnamese),
        (as_node(v.ELI.date_document), document.date, date_literal),
        (term("month"), document.month if not document.date else None, month_literal),
        *((term("statedDate"), stated, date_literal) for stated in document.dates if stated != document.date),
        (as_node(v.ELI.passed_by), document.issuer_key, names.body),
        (as_node(v.DCTERMS.publisher), document.issuer, vietnamese),
        (as_node(v.ELI.title), document.title, vietnamese),
        (term("scope"), document.scope, names.place),
        (term("level"), document.level, lambda level: concept(v.level_concept(level))),
    ]
    yield from ((predicate, literal(value)) for predicate, value, literal in stated if value)


def _body(names: Names, body: Body, add: Adder) -> Iterator[Quadruple]:
    node = names.body(body.key)
    yield add(node, TYPE, term("Body"))
    yield add(node, LABEL, vietnamese(body.name))
    if body.scope:
        yield add(node, term("scope"), names.place(body.scope))
    if body.level:
        yield add(node, term("level"), concept(v.level_concept(body.level)))
    if body.branch:
        yield add(node, term("branch"), concept(v.branch_concept(body.branch)))
    if body.parent:
        yield add(node, as_node(v.ORG.subOrganizationOf), names.body(body.parent))
    for successor in body.successors:
        yield add(node, as_node(v.DCTERMS.isReplacedBy), names.body(successor))


def _province(names: Names, jurisdiction: Jurisdiction, add: Adder) -> Iterator[Quadruple]:
    """A province whose papers the corpus holds, and the one it became part of in 2025."""
    node = names.place(jurisdiction.slug)
    yield add(node, TYPE, term("Jurisdiction"))
    yield add(node, LABEL, vietnamese(jurisdiction.full_name))
    yield add(node, term("level"), concept(v.level_concept("province")))
    if jurisdiction.valid_to:
        yield add(node, term("validTo"), date_literal(jurisdiction.valid_to))
    if jurisdiction.successor:
        yield add(node, as_node(v.DCTERMS.isReplacedBy), names.place(jurisdiction.successor))
