"""What the store keeps once is given in full, and nothing of what the files say is lost on either way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, Quad
from pyshacl import validate
from rdflib import Graph

from chidao.extract import extract_path, resolve
from chidao.extract.model import SELF, BodyMention, Reference
from chidao.extract.resolved import Corpus, File
from chidao.graph.unfolded import unfolded
from chidao.graph.write.quads import quads
from chidao.graph.write.terms import Names, place_of
from chidao.ontology import vocabulary as v
from chidao.ontology.graphs import shapes_graph, table_graph

REGISTER = """Số ký hiệu,Ngày ban hành,Cơ quan ban hành,Trích yếu
12/KH-UBND,05/3/2025,Ủy ban nhân dân tỉnh Bắc Ninh,Kế hoạch thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị
14/KH-UBND,09/3/2025,Ủy ban nhân dân tỉnh Bắc Ninh,Kế hoạch triển khai Kế hoạch số 12/KH-UBND ngày 05/3/2025 của Ủy ban nhân dân tỉnh Bắc Ninh
"""


@pytest.fixture(scope="module")
def corpus(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    register = tmp_path_factory.mktemp("unfolded") / "register.csv"
    register.write_text(REGISTER, "utf-8")
    return resolve([facts for path in [*sorted(samples.iterdir()), register] for facts in extract_path(path)])


@pytest.fixture(scope="module")
def store(corpus: Corpus) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.bulk_extend(quads(corpus))
    return store


@pytest.fixture(scope="module")
def full(store: pyoxigraph.Store) -> set[Quad]:
    return set(unfolded(store, iter(store)))


@pytest.fixture(scope="module")
def said(full: set[Quad]) -> dict[tuple[str, str], set[str]]:
    """The values of each property of each node, as text."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for quad in full:
        found[_text(quad.subject), quad.predicate.value].add(_text(quad.object))
    return found


def _text(term: Any) -> str:
    return str(term.value)


def _own(name: str) -> str:
    return str(v.CHIDAO[name])


def test_nothing_is_taken_away(store: pyoxigraph.Store, full: set[Quad]) -> None:
    assert set(store) < full


def test_it_is_a_third_less(store: pyoxigraph.Store, full: set[Quad]) -> None:
    """What is kept, of what the standards need; the samples hold no long law."""
    assert len(store) < 0.65 * len(full)


def test_every_mention_is_a_web_annotation(corpus: Corpus, said: dict[tuple[str, str], set[str]]) -> None:
    names, count = Names(), 0
    for file in corpus.files:
        places: tuple[tuple[str, Sequence[Reference | BodyMention]], ...] = (
            ("reference", file.facts.references), ("body", file.facts.bodies),
        )  # fmt: skip
        for kind, found in places:
            for i, mention in enumerate(found):
                node = names.part(place_of(file.facts), kind, i).value
                (target,) = said[node, str(v.OA.hasTarget)]
                assert said[target, str(v.OA.hasSource)] == {names.source(file.facts.source.sha256).value}
                by = {kind: s for s in said[target, str(v.OA.hasSelector)] for kind in said[s, str(v.RDF.type)]}
                position, quote = by[str(v.OA.TextPositionSelector)], by[str(v.OA.TextQuoteSelector)]
                assert said[position, str(v.OA.start)] == {str(mention.start)}
                assert said[position, str(v.OA.end)] == {str(mention.end)}
                assert said[quote, str(v.OA.exact)] == {mention.text}
                assert said[node, str(v.RDF.type)] == {_own("Mention")}
                count += 1
    assert count > 200


def _cited(file: File) -> dict[str, int]:
    """The documents that the document of a file cites, each with the number of the first mention."""
    first: dict[str, int] = {}
    for i, key in enumerate(file.documents):
        if key != file.own:
            first.setdefault(key, i)
    return first


def test_every_citation_is_a_statement(corpus: Corpus, said: dict[tuple[str, str], set[str]]) -> None:
    names, expected = Names(), set()
    for file in corpus.files:
        assert file.own
        for key, i in _cited(file).items():
            node = names.part(place_of(file.facts), "citation", i).value
            expected.add(node)
            assert said[node, _own("statementSubject")] == {names.document(file.own).value}
            assert said[node, _own("statementObject")] == {names.document(key).value}
            assert said[node, _own("mention")] == {names.part(place_of(file.facts), "reference", i).value}
            assert said[node, _own("sentence")]
    cites = {node for node, name in said if name == _own("statementPredicate") and _own("cites") in said[node, name]}
    assert cites == expected and len(expected) > 50


def test_every_statement_has_its_words(corpus: Corpus, said: dict[tuple[str, str], set[str]]) -> None:
    names, count = Names(), 0
    for file in corpus.files:
        for i, relation in enumerate(file.facts.relations):
            if file.own or SELF not in (relation.subject, relation.object):
                node = names.part(place_of(file.facts), "statement", i).value
                if (node, _own("rule")) in said:  # none says of a document what it says of itself
                    assert said[node, _own("text")] == {" ".join(relation.text.split())}
                    count += 1
    assert count > 50


def test_every_row_mentions_its_document(corpus: Corpus, said: dict[tuple[str, str], set[str]]) -> None:
    rows = [file for file in corpus.files if file.facts.row is not None]
    for file in rows:
        node = Names().part(place_of(file.facts), "entry", 0).value
        assert said[node, _own("mentionOf")] == {Names().document(file.own or "").value}
        assert said[node, _own("rule")] == {"register-row"}
        (target,) = said[node, str(v.OA.hasTarget)]
        words = [w for s in said[target, str(v.OA.hasSelector)] for w in said[s, str(v.OA.exact)]]
        assert words == [file.facts.sentences[0].text]
    assert len(rows) == 2


def test_what_mentions_state_is_stated_of_documents(corpus: Corpus, said: dict[tuple[str, str], set[str]]) -> None:
    for file in corpus.files:
        for key, reference in zip(file.documents, file.facts.references, strict=True):
            node = Names().document(key).value
            if reference.date:
                assert reference.date in said[node, _own("statedDate")]
            if reference.issuer_key:
                assert Names().body(reference.issuer_key).value in said[node, _own("statedIssuer")]


def test_both_forms_fit_the_shapes(store: pyoxigraph.Store, full: set[Quad]) -> None:
    for held in (set(store), full):
        lines = pyoxigraph.serialize((quad.triple for quad in held), format=pyoxigraph.RdfFormat.N_TRIPLES)
        conforms, _, report = validate(
            Graph().parse(data=lines or b"", format="nt"), shacl_graph=shapes_graph(), ont_graph=table_graph("chidao")
        )
        assert conforms, report


def test_a_graph_that_nobody_built_is_given_as_it_is() -> None:
    store = pyoxigraph.Store()
    for predicate in ("mentionOf", "citedIn", "entryOf", "start", "end"):
        store.add(Quad(NamedNode("urn:x"), NamedNode(_own(predicate)), NamedNode("urn:y"), NamedNode("urn:g")))
    assert set(store) < set(unfolded(store, iter(store)))
