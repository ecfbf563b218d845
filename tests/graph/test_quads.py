"""Facts become valid RDF, whatever odd values the files hold."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCTERMS, RDFS, Dataset, URIRef

from chidao.extract.model import SELF, Action, BodyMention, Excerpt, Facts, Heading, Reference, Relation, Source
from chidao.extract.resolved import Body, Corpus, Document, File
from chidao.graph.write.quads import quads
from chidao.graph.write.terms import Names, escape
from chidao.ontology.vocabulary import CHIDAO

ODD = [
    'say "no"',
    "<script>alert(1)</script>",
    "two\nlines\r\nand\ttabs",
    "a b  c",
    "100 %",
    "%20%",
    "Nghị quyết về đẩy mạnh",
    "Nghi\u0323 quye\u0302\u0301t",
    "\x01\x07\x1b\x7f\x85",
    "\u2028\u2029\ufeff",
    "a\\b'c`d^e|f{g}h",
    "𝔘\U0001f3db",
    "@vi",
    "^^<http://x/>",
    "..",
    "//",
    "?q=1#f",
    " ",
]
odd_text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


def corpus_with(value: str, key: str | None = None) -> Corpus:
    """A corpus whose every text holds `value`, and whose keys do too (or hold `key`)."""
    key = value if key is None else key
    document = Document(
        f"ha-noi/{key}", "numbered", value, value, f"{value}/TU", 2023, "2023-05-06", value, f"ha-noi/{key}", value,
        key, "province", ("2023-05-06", "2023-05-07"), (value,), (f"vn/{key}",), value,
    )  # fmt: skip
    other = Document(f"vn/{key}", "named", None, None, None, None, None, None, None, None, None, None, name=value)
    reference = Reference(
        0,
        5,
        value,
        "numbered",
        value,
        value,
        value,
        2022,
        "2022-06-16",
        value,
        f"vn/{key}",
        value,
        None,
        "vn",
        0,
        9,
        value,
    )
    facts = Facts(
        Source(value, "0" * 64, value, ""),
        Heading(value, value, value, 2023, "2023-05-06", value, value, key, value, value, value, (value, value + "2")),
        (Excerpt(0, 9, value, 1, value),),
        (reference,),
        (BodyMention(6, 9, value, value, f"ha-noi/{key}", value),),
        (Relation(SELF, "implements", 0, 0, 5, value, "explicit", value, value, 0),),
        (Action(value, f"ha-noi/{key}", True, "issue", 0, 0, 5, value, value, value, 0),),
    )
    bodies = {
        f"ha-noi/{key}": Body(f"ha-noi/{key}", value, key, "province", "party", f"vn/{key}"),
        f"vn/{key}": Body(f"vn/{key}", value, None, None, None),
    }
    return Corpus((File(facts, document.key, (other.key,)),), {document.key: document, other.key: other}, bodies)


def as_nquads(corpus: Corpus) -> tuple[set[pyoxigraph.Quad], bytes]:
    made = set(quads(corpus))
    text = pyoxigraph.serialize(made, format=pyoxigraph.RdfFormat.N_QUADS)
    assert text is not None
    return made, text


def texts(corpus: Corpus) -> set[str]:
    return {q.object.value for q in quads(corpus) if isinstance(q.object, pyoxigraph.Literal)}


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")  # rdflib's own parser
@pytest.mark.parametrize("value", ODD)
def test_odd_values_survive(value: str) -> None:
    made, text = as_nquads(corpus_with(value))
    assert set(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS)) == made
    dataset = Dataset()
    dataset.parse(data=text, format="nquads")
    assert len(list(dataset.quads())) == len(made)
    assert value in texts(corpus_with(value))


@given(odd_text)
def test_any_text_survives(value: str) -> None:
    made, text = as_nquads(corpus_with(value))
    assert set(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS)) == made
    # rdflib reads one statement a line: nothing may break a line but the end of a statement
    assert text.decode().count("\n") == len(made)


@given(odd_text)
def test_any_key_makes_an_iri(key: str) -> None:
    made = escape(key)
    assert made.isascii()
    assert not set(made) & set(' "<>\\^`{|}\n\r\t?#')
    assert made.replace("%", "").replace("/", "").replace("-", "").isascii()
    iri = Names().document(key)
    assert URIRef(iri.value).n3() == f"<{iri.value}>"


@given(odd_text, odd_text)
def test_different_keys_have_different_iris(one: str, other: str) -> None:
    assert (escape(one) == escape(other)) == (one == other)


@pytest.mark.parametrize("key", ["vn/nghi-quyet/15-NQ-TW/2022", "ha-noi/ke-hoach/189-KH-UBND/2023", "a_b.c~d"])
def test_plain_keys_stay_readable(key: str) -> None:
    assert escape(key) == key


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("https://w3id.org/chidao/id/", "https://w3id.org/chidao/id/document/x"),
        ("https://example.org/id", "https://example.org/id/document/x"),
        ("https://example.org/kg#", "https://example.org/kg#document/x"),
        ("urn:chidao:", "urn:chidao:/document/x"),
    ],
)
def test_base(base: str, expected: str) -> None:
    assert Names(base).document("x").value == expected


def test_bodies_of_the_table_keep_their_iri() -> None:
    names = Names("https://example.org/")
    assert names.body("vn/bo-chinh-tri").value.startswith("https://w3id.org/chidao/")
    assert names.body("ha-noi/so-noi-vu").value == "https://example.org/body/ha-noi/so-noi-vu"


@pytest.mark.parametrize(
    "date",
    [
        "2022",
        "16/6/2022",
        "2022-6-16",
        "2022-06-16T00:00:00",
        "2022-06-16\n",
        "2022-02-30",
        "2022-13-01",
        "20220616",
        "２０２２-06-16",
    ],
)
def test_a_date_that_is_none_raises(date: str) -> None:
    corpus = corpus_with("x")
    key, document = next(iter(corpus.documents.items()))
    wrong = replace(document, date=date)
    with pytest.raises(ValueError, match="not an ISO date"):
        list(quads(replace(corpus, documents={key: wrong})))


@pytest.mark.parametrize(
    "change",
    [
        {"predicate": "loves"},
        {"certainty": "perhaps"},
    ],
)
def test_an_unknown_term_raises(change: dict[str, str]) -> None:
    corpus = corpus_with("x")
    (file,) = corpus.files
    (relation,) = file.facts.relations
    facts = replace(file.facts, relations=(replace(relation, **change),))  # type: ignore[arg-type]
    with pytest.raises((ValueError, KeyError)):
        list(quads(replace(corpus, files=(replace(file, facts=facts),))))


def test_same_corpus_same_quads() -> None:
    assert list(quads(corpus_with("x"))) == list(quads(corpus_with("x")))


def test_everything_a_file_says_stands_in_its_graph() -> None:
    made = list(quads(corpus_with("x")))
    graphs = {q.graph_name.value for q in made if isinstance(q.graph_name, pyoxigraph.NamedNode)}
    names = Names()
    assert graphs == {names.graph("0" * 64).value, names.resolved.value}
    for quad in made:
        if quad.subject.value.startswith(names.source("0" * 64).value):  # type: ignore[union-attr]
            assert quad.graph_name == names.graph("0" * 64)


def test_a_statement_has_its_edge_and_its_evidence() -> None:
    made = {(q.subject.value, q.predicate.value): q.object.value for q in quads(corpus_with("x", "k"))}  # type: ignore[union-attr]
    names = Names()
    statement = names.part("0" * 64, "statement", 0).value
    subject, object_ = names.document("ha-noi/k").value, names.document("vn/k").value
    assert made[statement, str(CHIDAO.statementSubject)] == subject
    assert made[statement, str(CHIDAO.statementObject)] == object_
    assert made[subject, made[statement, str(CHIDAO.statementPredicate)]] == object_
    assert made[statement, str(CHIDAO.sentence)] == names.part("0" * 64, "sentence", 0).value
    assert made[statement, str(CHIDAO.mention)] == names.part("0" * 64, "reference", 0).value


def test_a_statement_about_itself_or_nothing_is_left_out() -> None:
    corpus = corpus_with("x", "k")
    (file,) = corpus.files
    for changed in (replace(file, own=None), replace(file, documents=(file.own or "",))):
        found = {q.object.value for q in quads(replace(corpus, files=(changed,)))}  # type: ignore[union-attr]
        assert str(CHIDAO.Statement) not in found


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (("Nghị quyết", "15", "NQ/TW", 2022), "15-NQ/TW"),
        (("Nghị định", "32", "NĐ-CP", 2021), "32/2021/NĐ-CP"),
        (("Kế hoạch", "189", "KH-UBND", None), "189/KH-UBND"),
        (("Quyết định", "61", "CP", None), "61/CP"),
    ],
)
def test_code(document: tuple[str, str, str, int | None], expected: str) -> None:
    type_, number, symbol, year = document
    made = Document("k", "numbered", type_, number, symbol, year, None, None, None, None, None, None)
    assert made.code == expected


def test_file_name_that_is_no_unicode() -> None:
    corpus = corpus_with("x")
    (file,) = corpus.files
    facts = replace(file.facts, source=replace(file.facts.source, path="b\udcffd.txt"))
    found = texts(replace(corpus, files=(replace(file, facts=facts),)))
    assert any(t.startswith("b") and t.endswith("d.txt") for t in found)


def test_a_merged_province_leads_to_the_one_it_became_part_of() -> None:
    document = replace(corpus_with("a").documents["ha-noi/a"], scope="yen-bai")
    triples = {
        (str(q.subject), str(q.predicate), str(q.object)) for q in quads(Corpus((), {"yen-bai/a": document}, {}))
    }
    before, after = "<https://w3id.org/chidao/place/yen-bai>", "<https://w3id.org/chidao/place/lao-cai>"
    replaced = f"<{DCTERMS.isReplacedBy}>"
    assert (before, replaced, after) in triples
    assert (after, f"<{RDFS.label}>", '"tỉnh Lào Cai"@vi') in triples
    assert not any(s == after and p == replaced for s, p, _ in triples)
