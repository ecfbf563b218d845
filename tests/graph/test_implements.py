"""Who carries out a directive: by level and date, with days and sentences, and the chains below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import pyoxigraph
import pytest

from chidao.extract.model import SELF, Excerpt, Facts, Heading, Reference, Relation, Source
from chidao.extract.resolved import Corpus, Document, File
from chidao.graph.answers.implements import Implementation, chains, days_between, implementers
from chidao.graph.evidence import Evidence
from chidao.graph.write.quads import quads
from chidao.graph.write.terms import Names
from chidao.viz.terminal import COLUMNS, implementation_lines, implementation_row, tree_lines

Link = tuple[str, str, str]
"""Subject, relation, object: keys of documents."""

CENTRAL = "vn/nghi-quyet/1-nq-tw/2022"
CITY = "ha-noi/chuong-trinh/2-ctr-tu/2022"
DISTRICT = "ha-noi/huyen-dong-anh/ke-hoach/3-kh-hu/2023"


def document(key: str, date: str | None = None) -> Document:
    scope = key.rpartition("/ke-hoach/")[0] or key.split("/")[0]
    level = "central" if scope == "vn" else "province" if "/" not in scope else "district"
    if "/xa-" in scope:
        level = "commune"
    number = key.split("/")[-2].split("-")[0]
    return Document(
        key, "numbered", "Kế hoạch", number, "KH/HU", None, date, "Cơ quan", None, f"về {number}", scope or None, level
    )


def graph(links: Iterable[Link], dates: dict[str, str] | None = None, certainty: str = "explicit") -> pyoxigraph.Store:
    """One file for each link, whose only sentence states it."""
    files, documents = [], {}
    for i, (subject, relation, object_) in enumerate(links):
        for key in (subject, object_):
            documents[key] = document(key, (dates or {}).get(key))
        reference = Reference(
            9, 20, object_, "numbered", None, "1", None, None, None, None, None, None, None, None, 0, 20, "test"
        )
        facts = Facts(
            Source(f"file-{i}.txt", f"{i:064}", "utf-8", ""),
            Heading(),
            (Excerpt(0, 30, f"Câu {i}.", 5 + i),),
            (reference,),
            (),
            (Relation(SELF, relation, 0, 2, 20, "thực hiện", certainty, "test", f"thực hiện {i}", 0),),
        )
        files.append(File(facts, subject, (object_,)))
    store = pyoxigraph.Store()
    store.extend(quads(Corpus(tuple(files), documents, {})))
    return store


def iri(key: str) -> str:
    return Names().document(key).value


def keys(items: Sequence[Implementation]) -> list[str]:
    return [item.iri.removeprefix(Names().base + "document/") for item in items]


def test_by_level_then_date_then_undated() -> None:
    dates = {
        "vn/ke-hoach/9-kh-tw/2024": "2024-01-01",
        "ha-noi/ke-hoach/5-kh-tu/2023": "2023-05-06",
        "ha-noi/ke-hoach/6-kh-tu/2022": "2022-05-06",
        DISTRICT: "2022-01-01",
    }
    expected = ["vn/ke-hoach/9-kh-tw/2024", "ha-noi/ke-hoach/6-kh-tu/2022", "ha-noi/ke-hoach/5-kh-tu/2023"]
    expected += ["ha-noi/ke-hoach/7-kh-tu/x", DISTRICT]
    store = graph([(key, "implements", CENTRAL) for key in reversed(expected)], dates)
    assert keys(implementers(store, iri(CENTRAL))) == expected


@pytest.mark.parametrize(("relation", "counts"), [
    ("implements", True), ("continues", True), ("guides", True), ("cites", False), ("based_on", False),
    ("amends", False), ("replaces", False), ("reviews", False),
])  # fmt: skip
def test_which_relations_count(relation: str, counts: bool) -> None:
    found = implementers(graph([(CITY, relation, CENTRAL)]), iri(CENTRAL))
    assert [item.relation for item in found] == ([relation] if counts else [])


def test_direction_matters() -> None:
    assert implementers(graph([(CITY, "implements", CENTRAL)]), iri(CITY)) == []


def test_a_document_that_many_sentences_name_stands_once_with_all_of_them() -> None:
    store = graph([(CITY, "implements", CENTRAL)] * 3)
    (item,) = implementers(store, iri(CENTRAL))
    assert [e.sentence for e in item.evidence] == ["Câu 0.", "Câu 1.", "Câu 2."]
    assert item.plain()["evidence"][1] == {
        "sentence": "Câu 1.", "quote": "thực hiện 1", "file": "file-1.txt", "line": 6, "page": None, "row": None, "start": 2, "end": 20
    }  # fmt: skip


def test_explicit_wins_over_implied() -> None:
    store = graph([(CITY, "implements", CENTRAL)], certainty="implied")
    assert [i.certainty for i in implementers(store, iri(CENTRAL))] == ["implied"]
    for quad in graph([(CITY, "implements", CENTRAL), (CITY, "implements", CENTRAL)]):
        store.add(quad)
    assert [i.certainty for i in implementers(store, iri(CENTRAL))] == ["explicit"]


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        ("2022-05-05", "2022-08-26", 113),
        ("2022-05-05", "2022-05-05", 0),
        ("2022-05-05", "2022-05-01", -4),
        ("2023-12-31", "2024-03-01", 61),
        (None, "2022-05-05", None),
        ("2022-05-05", None, None),
    ],
)
def test_days(first: str | None, second: str | None, days: int | None) -> None:
    assert days_between(first, second) == days
    dates = {key: day for key, day in ((CENTRAL, first), (CITY, second)) if day}
    assert [i.days for i in implementers(graph([(CITY, "implements", CENTRAL)], dates), iri(CENTRAL))] == [days]


CHAIN = [(CITY, "implements", CENTRAL), (DISTRICT, "implements", CITY)]
# links, the chain below CENTRAL as nested keys
CHAINS: list[tuple[list[Link], dict[str, object]]] = [
    (CHAIN, {CITY: {DISTRICT: {}}}),
    ([*CHAIN, (DISTRICT, "guides", CENTRAL)], {CITY: {DISTRICT: {}}, DISTRICT: {}}),
    ([*CHAIN, (CENTRAL, "continues", DISTRICT)], {CITY: {DISTRICT: {}}}),
    ([*CHAIN, (CITY, "continues", DISTRICT)], {CITY: {DISTRICT: {}}}),
    ([(CENTRAL, "continues", CITY)], {}),
    ([], {}),
]


def nested(items: Sequence[Implementation]) -> dict[str, object]:
    return {key: nested(item.below) for key, item in zip(keys(items), items, strict=True)}


@pytest.mark.parametrize(("links", "expected"), CHAINS)
def test_chains_end(links: list[Link], expected: dict[str, object]) -> None:
    found = chains(graph(links), iri(CENTRAL))
    assert nested(found) == expected


SHARED = [
    (CITY, "implements", CENTRAL),
    ("ha-noi/ke-hoach/9-kh-ubnd/2023", "implements", CENTRAL),
    ("ha-noi/ke-hoach/9-kh-ubnd/2023", "implements", CITY),
    (DISTRICT, "implements", "ha-noi/ke-hoach/9-kh-ubnd/2023"),
]
"""A plan stands below a programme and beside it."""


@pytest.mark.parametrize("offset", range(3))
@pytest.mark.parametrize("limit", [1, 2, None])
def test_a_part_of_a_chain_holds_what_it_refers_to(limit: int | None, offset: int) -> None:
    whole, part = chains(graph(SHARED), iri(CENTRAL)), chains(graph(SHARED), iri(CENTRAL), limit=limit, offset=offset)
    assert keys(part) == keys(whole)[offset:][:limit] and [item.again for item in whole] == [False, True]
    shown: list[Implementation] = []
    for item in part:
        assert not item.again or any(item.iri == one.iri and one.below for one in shown)
        shown += [item, *item.below]
    assert offset > 1 or keys([one for one in shown if one.below]).count("ha-noi/ke-hoach/9-kh-ubnd/2023") == 1


def test_an_unknown_document_has_no_implementers() -> None:
    assert implementers(graph(CHAIN), iri("vn/khong-co")) == []
    assert chains(graph(CHAIN), iri("vn/khong-co")) == []


def test_a_long_chain_is_followed_to_its_end() -> None:
    names = [CENTRAL, *(f"ha-noi/ke-hoach/{i}-kh-tu/2022" for i in range(60))]
    items: Sequence[Implementation] = chains(graph([(b, "implements", a) for a, b in pairwise(names)]), iri(CENTRAL))
    depth = 0
    while items:
        depth, items = depth + 1, items[0].below
    assert depth == 60


ITEM = Implementation(
    "https://x/1", "Kế hoạch 1-KH/TU", "về đô thị", "Thành ủy Hà Nội", "2022-08-26", "province", "implements", "explicit",
    113, (Evidence(sentence="Câu nói rõ.", quote="nói", source="a.txt", line=7, start=40, end=52),),
)  # fmt: skip


def test_lines_hold_what_a_report_needs() -> None:
    text = "\n".join(implementation_lines([ITEM], evidence=True))
    for part in (
        "Province",
        "Kế hoạch 1-KH/TU",
        "2022-08-26",
        "Thành ủy Hà Nội",
        "113",
        "explicit",
        "về đô thị",
    ):
        assert part in text
    assert "“Câu nói rõ.”" in text and "a.txt, line 7" in text and "40–52" in text
    assert "Câu nói rõ" not in "\n".join(implementation_lines([ITEM], evidence=False))


def test_what_is_unknown_is_said() -> None:
    bare = replace(ITEM, title=None, issuer=None, date=None, level=None, days=None)
    text = "\n".join(implementation_lines([bare], evidence=False))
    assert "Level unknown" in text and "without date" in text and "issuer unknown" in text and "None" not in text


def test_a_level_stands_once() -> None:
    lines = list(implementation_lines([ITEM, replace(ITEM, iri="https://x/2")], evidence=False))
    assert sum(line == "Province" for line in lines) == 1


def test_a_tree_shows_who_stands_below_whom() -> None:
    below = replace(ITEM, label="Kế hoạch 2-KH/HU", evidence=())
    lines = list(tree_lines([replace(ITEM, below=(below,)), replace(ITEM, label="Kế hoạch 3-KH/TU")], evidence=False))
    assert [line[: line.index("Kế")] for line in lines] == ["├─ ", "│  └─ ", "└─ "]
    assert any("“Câu nói rõ.”" in line for line in tree_lines([ITEM], evidence=True))


def test_a_row_has_every_column() -> None:
    assert tuple(implementation_row(ITEM)) == COLUMNS
