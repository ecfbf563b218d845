"""One thing as RDF."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.describe import FORMS, describe
from chidao.graph.answers.lookup import one_body, one_document
from chidao.graph.store import read_store
from chidao.ontology.vocabulary import CHIDAO, RDFS


@pytest.fixture(scope="module")
def store(sample_graph: Path) -> pyoxigraph.Store:
    return read_store(sample_graph)


@pytest.fixture(scope="module")
def document(store: pyoxigraph.Store) -> str:
    return one_document(store, "15-NQ/TW").iri


def triples(data: bytes, form: str) -> set[tuple[str, str, str]]:
    """Subject, predicate and object as they are written in N-Triples."""
    found = (quad.triple for quad in pyoxigraph.parse(data, format=FORMS[form][1]))
    return {(str(t.subject), str(t.predicate), str(t.object)) for t in found}


def n(iri: object) -> str:
    return f"<{iri}>"


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same(store: pyoxigraph.Store, document: str, form: str) -> None:
    assert triples(describe(store, document, form), form) == triples(describe(store, document, "nt"), "nt")


def test_it_says_what_carries_it_out_and_which_sentence_says_so(store: pyoxigraph.Store, document: str) -> None:
    found = triples(describe(store, document), "ttl")
    programme = one_document(store, "16-CTr/TU").iri
    statements = {s for s, p, o in found if (p, o) == (n(CHIDAO.statementSubject), n(programme))}
    assert statements
    sentences = {o for s, p, o in found if s in statements and p == n(CHIDAO.sentence)}
    texts = [o for s, p, o in found if s in sentences and p == n(CHIDAO.text)]
    assert any("15-NQ/TW" in text for text in texts)
    assert (n(document), n(RDFS.label), '"Nghị quyết 15-NQ/TW"@vi') in found


def test_bodies(store: pyoxigraph.Store) -> None:
    iri = one_body(store, "Thành ủy Hà Nội")[0]
    assert any(s == n(iri) for s, _, _ in triples(describe(store, iri), "ttl"))


def test_the_same_bytes_each_time(store: pyoxigraph.Store, document: str) -> None:
    assert describe(store, document) == describe(store, document)
    assert describe(store, document).startswith(b"@prefix")


def test_what_is_not_there(store: pyoxigraph.Store) -> None:
    assert describe(store, "https://w3id.org/chidao/id/document/none") == b""
    with pytest.raises(ChidaoError, match="not an IRI"):
        describe(store, "no iri")
    with pytest.raises(KeyError):
        describe(store, "urn:x", "docx")
