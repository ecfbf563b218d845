"""The vocabulary: every term declared, explained in two languages, and tied to a published one."""

from __future__ import annotations

import pytest
from pyshacl import validate
from rdflib import BNode, Graph, Literal, URIRef

from chidao.ontology import graphs, vocabulary
from chidao.ontology.graphs import (
    CHIDAO,
    DCTERMS,
    ELI,
    OA,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SKOS,
    bind,
    ontology_graph,
    shapes_graph,
    table_graph,
)
from chidao.ontology.vocabulary import (
    TABLES,
    Namespace,
    action_concept,
    certainty_concept,
    level_concept,
    relation_property,
    table,
)

VOCABULARY = table_graph("chidao")
TERMS = sorted({str(s) for s in VOCABULARY.subjects() if str(s).startswith(str(CHIDAO))})

RELATIONS = {
    "implements": ELI.ensures_implementation_of,
    "continues": ELI.ensures_implementation_of,
    "based_on": ELI.based_on,
    "guides": ELI.ensures_implementation_of,
    "amends": ELI.amends,
    "replaces": DCTERMS.replaces,
    "repeals": ELI.repeals,
    "corrects": ELI.corrects,
    "consolidates": ELI.consolidates,
    "reviews": ELI.related_to,
    "cites": ELI.cites,
}

CLASSES = {
    "Document": ELI.LegalResource,
    "Body": ORG.FormalOrganization,
    "Mention": OA.Annotation,
    "Sentence": OA.TextPositionSelector,
    "Statement": RDF.Statement,
    "Action": PROV.Activity,
    "ExtractionRun": PROV.Activity,
    "Source": PROV.Entity,
    "DocumentType": SKOS.Concept,
}

PROPERTIES = {
    "number": ELI.number,
    "symbol": SKOS.notation,
    "scope": ELI.jurisdiction,
    "statementSubject": RDF.subject,
    "statementPredicate": RDF.predicate,
    "statementObject": RDF.object,
    "actor": PROV.wasAssociatedWith,
    "mentionOf": OA.hasBody,
    "start": OA.start,
    "end": OA.end,
    "sha256": DCTERMS.identifier,
}

# Properties for which no published vocabulary has a wider one.
ON_THEIR_OWN = {
    "level",
    "signerRole",
    "recipient",
    "line",
    "page",
    "footnote",
    "trigger",
    "rule",
    "rowNumber",
    "order",
    "certainty",
    "actorStated",
    "deadlineText",
    "leadGroup",
    "supportGroup",
    "branch",
    "nature",
    "normative",
    "placeOptional",
    "onlyUnit",
    "partyName",
    "partyCode",
}

PREFIXES = """
@prefix chidao: <https://w3id.org/chidao/ns#> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/> .
"""

GOOD = """
:s a chidao:Source ; chidao:sha256 "{digest}" ; chidao:ownDocument :a .
:a a chidao:Document ; rdfs:label "Kế hoạch 68-KH/TU" ; eli:date_document "2022-03-01"^^xsd:date ;
    chidao:implements :b .
:b a chidao:Document ; rdfs:label "Quy định 50-QĐ/TW" .
:x a chidao:Sentence ; chidao:text "Thực hiện Quy định 50-QĐ/TW." ; chidao:start 10 ; chidao:end 40 ; chidao:line 2 ;
    chidao:inSource :s .
:m chidao:mentionOf :b ; chidao:rule "numbered" ; chidao:start 20 ; chidao:end 39 ; chidao:sentence :x ; chidao:citedIn :a .
:n chidao:mentionOf :g ; chidao:rule "table" ; chidao:start 60 ; chidao:end 75 ; chidao:inSource :s ; chidao:text "Thành ủy Hà Nội" .
:o a chidao:Mention ; chidao:mentionOf :b ; chidao:rule "exported" ; chidao:start 20 ; chidao:end 39 ; chidao:sentence :x ; oa:hasTarget :t .
:t oa:hasSource :s ; oa:hasSelector :p, :q .
:p a oa:TextPositionSelector ; oa:start 20 ; oa:end 39 .
:q a oa:TextQuoteSelector ; oa:exact "Quy định 50-QĐ/TW" .
:r a chidao:Statement ; chidao:statementSubject :a ; chidao:statementPredicate chidao:implements ;
    chidao:statementObject :b ; chidao:certainty chidao:certainty-explicit ; chidao:rule "title" ;
    chidao:mention :m ; chidao:sentence :x ; chidao:trigger "Thực hiện" .
:d a chidao:Action ; chidao:action chidao:action-issue ; chidao:actor :g ; chidao:aboutDocument :a ;
    chidao:actorStated true ; chidao:rule "actions" ; chidao:sentence :x .
:g a chidao:Body ; rdfs:label "Thành ủy Hà Nội" ; chidao:branch chidao:branch-party .
""".replace("{digest}", "0" * 64)

# (what is wrong, what stands in the good graph, what stands in its place)
BROKEN = [
    ("a document without a label", ' ; rdfs:label "Kế hoạch 68-KH/TU"', ""),
    ("a date that is not one", '"2022-03-01"^^xsd:date', '"01/3/2022"'),
    (
        "two dates",
        'eli:date_document "2022-03-01"^^xsd:date',
        'eli:date_document "2022-03-01"^^xsd:date, "2023-03-01"^^xsd:date',
    ),
    ("a hash that is not one", "0" * 64, "abc"),
    ("a statement without an object", "chidao:statementObject :b ;", ""),
    ("a statement about what is no document", "chidao:statementObject :b ;", "chidao:statementObject :g ;"),
    ("an unknown relation", "chidao:statementPredicate chidao:implements", "chidao:statementPredicate chidao:likes"),
    ("an unknown certainty", "chidao:certainty-explicit", "chidao:certainty-maybe"),
    ("a statement without evidence", "chidao:mention :m ; chidao:sentence :x ; chidao:trigger", "chidao:trigger"),
    (
        "a mention without a position",
        "chidao:start 20 ; chidao:end 39 ; chidao:sentence :x ; chidao:citedIn",
        "chidao:sentence :x ; chidao:citedIn",
    ),
    ("a mention that stands nowhere", "chidao:sentence :x ; chidao:citedIn", "chidao:citedIn"),
    ("a mention outside of sentences without its words", ' ; chidao:text "Thành ủy Hà Nội"', ""),
    ("a mention that is cited in a body", "chidao:citedIn :a", "chidao:citedIn :g"),
    ("an exported mention without a position", "oa:hasSelector :p, :q", "oa:hasSelector :q"),
    ("an exported mention without its words", ' ; oa:exact "Quy định 50-QĐ/TW"', ""),
    ("an end before the start", "oa:start 20", "oa:start 90"),
    ("a mention that ends before its start", "chidao:start 60", "chidao:start 90"),
    ("a sentence without text", 'chidao:text "Thực hiện Quy định 50-QĐ/TW." ;', ""),
    ("an unknown action", "chidao:action-issue", "chidao:action-forget"),
    ("an action about nothing", "chidao:aboutDocument :a ;", ""),
    ("candidates without a reason", "chidao:implements :b", "chidao:candidate :b"),
]


@pytest.mark.parametrize("term", TERMS)
def test_term_is_explained_in_both_languages(term: str) -> None:
    subject = URIRef(term)
    assert VOCABULARY.value(subject, RDF.type)
    for predicate in (RDFS.label, RDFS.comment):
        languages = [getattr(o, "language", None) for o in VOCABULARY.objects(subject, predicate)]
        assert sorted(languages, key=str) == ["en", "vi"]


@pytest.mark.parametrize("name", [*TABLES, "districts", "shapes"])
def test_tables_use_declared_terms(name: str) -> None:
    graph = shapes_graph() if name == "shapes" else table_graph(name)
    used = {str(t) for triple in graph for t in triple if str(t).startswith(str(CHIDAO))}
    assert used
    assert used <= set(TERMS)


@pytest.mark.parametrize("name", [*TABLES, "districts"])
def test_tables_as_plain_data_say_what_the_graph_says(name: str) -> None:
    graph, plain = table_graph(name), table(name)
    subjects = {s for s in graph.subjects() if isinstance(s, URIRef)}
    assert subjects
    for subject in subjects:
        assert subject in plain
        for predicate in set(graph.predicates(subject)):
            said = list(graph.objects(subject, predicate))
            if any(isinstance(o, BNode) for o in said):  # whose names are others each time
                continue
            assert plain.values(subject, str(predicate)) == sorted(map(str, said))
            vietnamese = [str(o) for o in said if isinstance(o, Literal) and o.language == "vi"]
            assert plain.values(subject, str(predicate), "vi") == sorted(vietnamese)
    for language in ("vi", "en"):
        labels = {
            (str(s), str(o)) for s, o in graph.subject_objects(RDFS.label) if getattr(o, "language", "") == language
        }
        assert {one for one in plain.all_with(str(RDFS.label), language) if URIRef(one[0]) in subjects} == {
            one for one in labels if URIRef(one[0]) in subjects
        }
    for kind in set(graph.objects(None, RDF.type)):
        things = {str(s) for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef)}
        assert things <= set(plain.subjects(RDF.type, str(kind)))
    assert TERMS[0] + "NoSuchThing" not in plain


@pytest.mark.parametrize("name", [*TABLES[1:], "districts"])
def test_tables_use_terms_as_declared(name: str) -> None:
    """Literals with datatype properties, nodes with object properties."""
    own = [(p, o) for _, p, o in table_graph(name) if str(p).startswith(str(CHIDAO))]
    assert own
    for predicate, value in own:
        literal = (predicate, RDF.type, OWL.DatatypeProperty) in VOCABULARY
        assert literal == (not isinstance(value, URIRef)), (predicate, value)


@pytest.mark.parametrize(("name", "wider"), RELATIONS.items())
def test_relation(name: str, wider: URIRef) -> None:
    prop = URIRef(relation_property(name))
    assert (prop, RDFS.subPropertyOf, wider) in VOCABULARY
    assert (prop, RDFS.domain, CHIDAO.Document) in VOCABULARY
    assert (prop, RDFS.range, CHIDAO.Document) in VOCABULARY


@pytest.mark.parametrize(("name", "wider"), CLASSES.items())
def test_class(name: str, wider: URIRef) -> None:
    assert (CHIDAO[name], RDF.type, OWL.Class) in VOCABULARY
    assert (CHIDAO[name], RDFS.subClassOf, wider) in VOCABULARY


@pytest.mark.parametrize(("name", "wider"), PROPERTIES.items())
def test_property(name: str, wider: URIRef) -> None:
    assert (CHIDAO[name], RDFS.subPropertyOf, wider) in VOCABULARY


def test_every_property_is_tied_to_a_published_one() -> None:
    found = set()
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for prop in VOCABULARY.subjects(RDF.type, kind):
            if VOCABULARY.value(prop, RDFS.subPropertyOf) is None:
                found.add(str(prop).removeprefix(str(CHIDAO)))
    assert found == ON_THEIR_OWN


@pytest.mark.parametrize(
    "concept",
    [
        *(level_concept(x) for x in ("central", "province", "district", "commune")),
        *(certainty_concept(x) for x in ("explicit", "implied")),
        *(
            action_concept(x)
            for x in ("issue", "implement", "concretize", "disseminate", "inspect", "review", "amend", "direct")
        ),
    ],
)
def test_concept(concept: str) -> None:
    assert (URIRef(concept), RDF.type, SKOS.Concept) in VOCABULARY
    assert VOCABULARY.value(URIRef(concept), SKOS.inScheme)


@pytest.mark.parametrize("name", [n for n in vocabulary.__all__ if isinstance(getattr(vocabulary, n), Namespace)])
def test_names_are_the_same_as_text_and_for_graphs(name: str) -> None:
    as_text, as_nodes = getattr(vocabulary, name), getattr(graphs, name)
    assert str(as_text) == str(as_nodes)
    assert as_text["label"] == as_text.label == f"{as_nodes}label"


def test_prefixes_are_those_of_the_files() -> None:
    graph = bind(Graph())
    assert graph.qname(CHIDAO.implements) == "chidao:implements"
    assert dict(ontology_graph().namespaces())["eli"] == URIRef(str(ELI))


def check(turtle: str) -> tuple[bool, str]:
    graph = Graph().parse(data=PREFIXES + turtle, format="turtle")
    conforms, _, report = validate(graph, shacl_graph=shapes_graph())
    return conforms, report


def test_shapes_accept_a_built_graph() -> None:
    conforms, report = check(GOOD)
    assert conforms, report


@pytest.mark.parametrize(("wrong", "good", "bad"), BROKEN, ids=[case[0] for case in BROKEN])
def test_shapes_refuse(wrong: str, good: str, bad: str) -> None:
    assert GOOD.count(good) == 1
    conforms, _ = check(GOOD.replace(good, bad))
    assert not conforms, wrong
