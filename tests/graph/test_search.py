"""What a person types, and what a search makes of it."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
import tantivy
from hypothesis import given, settings
from hypothesis import strategies as st

from chidao.extract.language.letters import plain
from chidao.graph.answers.graph import Graph
from chidao.graph.answers.search import Hit, SearchIndex
from chidao.graph.index.collate import vietnamese
from chidao.graph.index.made import Said
from chidao.graph.index.words import words
from chidao.graph.write.build import build

SEARCHES = settings(max_examples=60)


@pytest.fixture(scope="module")
def graph(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("search") / "graph"
    build([samples], folder, home="Hà Nội", jobs=1)
    return Graph.open(folder)


@pytest.fixture(scope="module")
def index(graph: Graph) -> SearchIndex:
    return graph.index


FIRST = [
    ("15-nq/tw", "Nghị quyết 15-NQ/TW"),
    ("15 nq tw", "Nghị quyết 15-NQ/TW"),
    ("15NQ/TW", "Nghị quyết 15-NQ/TW"),
    ("15-NQ/TƯ", "Nghị quyết 15-NQ/TW"),
    ("nghị quyết 15 bộ chính trị", "Nghị quyết 15-NQ/TW"),
    ("Nghị quyết số 15-NQ/TW ngày 05/5/2022 của Bộ Chính trị", "Nghị quyết 15-NQ/TW"),
    ("05/5/2022", "Nghị quyết 15-NQ/TW"),
    ("5-5-2022", "Nghị quyết 15-NQ/TW"),
    ("ngày 5 tháng 5 năm 2022", "Nghị quyết 15-NQ/TW"),
    ("nghi quyet ngay 7/2/2023", "Nghị quyết 12/NQ-CP"),
    ("8-QĐ/TU", "Quy định 08-QĐ/TU"),
    ("08-qd/tu", "Quy định 08-QĐ/TU"),
    ("so noi vu ha noi", "Sở Nội vụ thành phố Hà Nội"),
    ("Sơ\u0309 Nô\u0323i vu\u0323 Ha\u0300 Nô\u0323i", "Sở Nội vụ thành phố Hà Nội"),
    ("UBND Bắc Ninh", "Ủy ban nhân dân tỉnh Bắc Ninh"),
    ("uỷ ban nhân dân tỉnh bắc ninh", "Ủy ban nhân dân tỉnh Bắc Ninh"),
    ("ke hoach 45 dong anh", "Kế hoạch 45-KH/HU"),
    ("chuong trinh hnah dong", "Chương trình hành động 16-CTr/TU"),
    ("chuong trinh hanh do", "Chương trình hành động 16-CTr/TU"),
]
FOUND = [
    ("nghi quyet 15", "Nghị quyết 15-NQ/TW"),
    ("NQ 15", "Nghị quyết 15-NQ/TW"),
    ("nghị quyết số 15 của bộ chính trị", "Nghị quyết 15-NQ/TW"),
    ("chuyen doi so 2025", "Nghị quyết 15-NQ/TU"),
    ("quyhoach can bo", "Quy định 08-QĐ/TU"),
]
MISSED = [
    ("nghi quyet 15", "Nghị quyết 03/NQ-CP"),
    ("NQ 15", "Nghị quyết 09-NQ/TU"),
    ("8-QĐ/TU", "Quy định 50-QĐ/TW"),
]


@pytest.mark.parametrize(("typed", "label"), FIRST)
def test_comes_first(index: SearchIndex, typed: str, label: str) -> None:
    assert index.search(typed).hits[0].label == label


@pytest.mark.parametrize(("typed", "label"), FOUND)
def test_is_found(index: SearchIndex, typed: str, label: str) -> None:
    assert label in [hit.label for hit in index.search(typed).hits]


@pytest.mark.parametrize(("typed", "label"), MISSED)
def test_is_not_found(index: SearchIndex, typed: str, label: str) -> None:
    assert label not in [hit.label for hit in index.search(typed).hits]


@pytest.mark.parametrize("typed", ["", " ", "* ~ ^", "-/", "\x00", "zzqx", "\ud800"])
def test_nothing(index: SearchIndex, typed: str) -> None:
    assert index.search(typed).total == 0


def test_filters(index: SearchIndex) -> None:
    assert {hit.kind for hit in index.search("ha noi", kind="body").hits} == {"body"}
    assert {hit.level for hit in index.search("ke hoach", level="district").hits} <= {"district"}
    assert {(hit.date or "")[:4] for hit in index.search("nghi quyet", year=2022).hits} == {"2022"}


def test_pages_make_the_whole(index: SearchIndex) -> None:
    whole = index.search("nghi quyet", limit=100)
    pages = [
        hit for start in range(0, whole.total, 3) for hit in index.search("nghi quyet", limit=3, offset=start).hits
    ]
    assert pages == whole.hits and len(pages) == whole.total > 3
    assert index.search("nghi quyet", limit=3, offset=10**9).hits == []
    assert index.search("nghi quyet", limit=0).hits == []


def test_equal_hits_by_date_then_label(index: SearchIndex) -> None:
    hits = index.search("n", limit=len(index)).hits
    runs = [(a, b) for a, b in pairwise(hits) if a.score == b.score]
    assert len(runs) > 10
    assert all((a.date or "") > (b.date or "") or _named(a) <= _named(b) for a, b in runs)


def _named(hit: Hit) -> tuple[object, ...]:
    return hit.kind == "body", vietnamese(hit.label)


def test_words_of_a_known_word_are_not_slips(index: SearchIndex) -> None:
    """ "uy ban" stands in the graph, so that nothing a letter away comes with it."""
    assert all(
        {"uy", "ban"} <= set(words(f"{h.label} {h.title or ''} {h.issuer or ''}")) for h in index.search("uy ban ").hits
    )


def test_most_words_when_none_has_all(index: SearchIndex) -> None:
    found = index.search("nghi quyet 15 bo chinh tri xyzzyq")
    assert not found.complete
    assert all("15" in words(hit.label) for hit in found.hits[:1])
    assert index.search("nghi quyet 15").complete


def test_suggest(index: SearchIndex) -> None:
    assert "Nghị quyết 15-NQ/TW" in [hit.label for hit in index.suggest("nghị quyết 1", limit=20)]
    assert len(index.suggest("n", limit=3)) == 3


def test_threads_agree(index: SearchIndex) -> None:
    alone = [index.search(typed) for typed, _ in FIRST]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(index.search, [typed for typed, _ in FIRST] * 5)) == alone * 5


def test_every_label_finds_its_document(index: SearchIndex) -> None:
    for own in index.entries:
        if words(own.label):
            found = index.search(own.label, limit=len(index))
            assert own.iri in [hit.iri for hit in found.hits], own.label


@SEARCHES
@given(st.text(max_size=300) | st.text(alphabet='abnqd15 -/:"*~^()[]{}+\\TƯĐ', max_size=60), st.integers(0, 30))
def test_any_text_is_a_query(index: SearchIndex, typed: str, offset: int) -> None:
    found = index.search(typed, offset=offset)
    assert found.total >= len(found.hits)
    assert found == index.search(typed, offset=offset)
    assert len(index.suggest(typed)) <= 8


@pytest.mark.parametrize(
    "typed", ["a" * 10_000, "nghị quyết " * 1000, 'title:"' * 1500, "1" * 10_000, "abcdefghij " * 900]
)
def test_long_text(index: SearchIndex, typed: str) -> None:
    index.search(typed)
    index.suggest(typed)


def test_every_passage_is_found_by_its_own_words(graph: Graph) -> None:
    """As a phrase, with its marks and without; of a long one a stretch."""
    said = graph.index._index.said.searcher()
    every = said.search(tantivy.Query.all_query(), limit=10_000).hits
    assert len(every) > 300
    for _, address in every[:: len(every) // 60]:
        passage = msgspec.msgpack.decode(said.doc(address)["passage"][0], type=Said)
        stretch = " ".join(re.findall(r"[^\W_]+", passage.text)[:12])
        if not stretch:
            continue
        marked, bare = (graph.search(f'"{text}"', limit=100) for text in (stretch, plain(stretch)))
        assert {hit.iri for hit in marked.hits} == {hit.iri for hit in bare.hits}
        assert any(hit.snippet and hit.snippet.sha256 == passage.sha256 for hit in marked.hits), stretch


@pytest.mark.slow
@SEARCHES
@given(
    st.lists(
        st.sampled_from(
            ["nghị", "quyết", "Đề", "án", "thủ", "đô", "15", "của", "Ủy ban", "Hà Nội", "2022", "kế hoạch"]
        ),
        max_size=5,
    )
)
def test_marks_change_the_order_alone(index: SearchIndex, typed: list[str]) -> None:
    marked, bare = (index.search(text, limit=500) for text in (" ".join(typed), plain(" ".join(typed))))
    assert {hit.iri for hit in marked.hits} == {hit.iri for hit in bare.hits}
    assert (marked.total, marked.complete, marked.facets) == (bare.total, bare.complete, bare.facets)


def test_marks_that_fit_come_first(graph: Graph) -> None:
    """ "Chợ" is not "cho": both are found, and the one that was typed is above."""
    typed = {text: [hit.iri for hit in graph.search(text).hits] for text in ("đô thị", "do thi", "độ thi")}
    assert set(typed["đô thị"]) == set(typed["do thi"]) == set(typed["độ thi"])
    first = graph.search("đô thị").hits[0]
    assert "đô thị" in f"{first.label} {first.title} {first.snippet and first.snippet.text}".lower()


def test_facets_count_what_they_leave(index: SearchIndex) -> None:
    whole = index.search("nghi quyet", limit=500)
    for name, values in whole.facets.items():
        for value, count in values:
            wanted: dict[str, Any] = {name: value}
            narrow = index.search("nghi quyet", limit=500, **wanted)
            assert narrow.total == count, (name, value)
            assert dict(narrow.facets[name]) == dict(values), "the other values of a facet stay to be chosen"
    with pytest.raises(TypeError):
        index.search("x", colour="red")


def test_orders(index: SearchIndex) -> None:
    best = index.search("ke hoach", limit=500)
    latest, oldest = (index.search("ke hoach", limit=500, sort=order) for order in ("date", "oldest"))
    days = [hit.date for hit in oldest.hits if hit.date]
    assert days == sorted(days) and len(days) > 5
    assert [hit.date for hit in latest.hits if hit.date] == sorted(days, reverse=True)
    assert {hit.iri for hit in best.hits} == {hit.iri for hit in latest.hits} == {hit.iri for hit in oldest.hits}
