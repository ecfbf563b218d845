"""One text to its facts: offsets into the source, whatever the text and its normal form."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract import ChidaoError, extract_path, extract_text, read_source
from chidao.extract.facts import Reading, facts_of
from chidao.extract.model import SELF, Action, BodyMention, Facts, HeadingPlaces, Reference, Relation, Source

SAMPLES = sorted((Path(__file__).parents[2] / "samples").iterdir())
PIECES = [
    "Thành ủy Hà Nội ban hành ", "quán triệt ", "Nghị quyết số 15-NQ/TW ", "Nghị định 68 ", "số 18, 19-NQ/TW ", "ngày 05/5/2022 ",
    "của Bộ Chính trị ", "về “Chuyển đổi số” ", "thực hiện ", "theo ", "được thay thế bởi ", "Luật Đất đai ", "Nghị quyết Đại hội XIII ",
    "của Đảng", "Nghị quyết Trung ương 4 (khóa XI, XII) ", "Ban Chỉ đạo 35 Thành ủy ", "văn bản¹ ", "\n\n¹ ", "\n\n2 ", "\n\n", "\n",
    ". ", "; ", ", ", "và ", "(", ")", "“", "Điều 1. ", "Căn cứ ", "Quyết định này thay thế ", "KẾ HOẠCH\n", "Số: 12/NQ-CP\n",
    "CHÍNH PHỦ\n", "Nơi nhận:\n- ", "T/M BAN THƯỜNG VỤ\n", "| a | b |\n", "**", "\t", "\u00a0", "số ", "Luật sửa đổi, bổ sung ",
]  # fmt: skip
texts = st.one_of(
    st.text(max_size=200), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=30).map("".join)
)


def read(text: str) -> Facts:
    return extract_text(Source("", "", "", text), "Hà Nội")


def check(facts: Facts) -> None:
    """What holds for the facts of any text."""
    text = facts.source.text
    mentions: list[Reference | BodyMention | Relation | Action] = [*facts.references, *facts.bodies, *facts.relations]
    for fact in [*mentions, *facts.actions]:
        assert 0 <= fact.start < fact.end <= len(text)
        assert fact.text == text[fact.start : fact.end]
        assert fact.rule
    for excerpt in facts.sentences:
        assert 0 <= excerpt.start <= excerpt.end <= len(text)
        assert excerpt.line == text.count("\n", 0, excerpt.start) + 1
    for index in [*(r.sentence for r in facts.references), *(a.sentence for a in facts.actions)]:
        assert 0 <= index < len(facts.sentences)
    indices = {SELF, *range(len(facts.references))}
    for relation in facts.relations:
        assert 0 <= relation.sentence < len(facts.sentences)
        assert {relation.subject, relation.object} <= indices and relation.subject != relation.object
    for action in facts.actions:
        assert action.document in indices
    for layer in ("references", "bodies", "relations", "actions"):
        starts = [fact.start for fact in getattr(facts, layer)]
        assert starts == sorted(starts)


def test_no_part_of_a_reference_is_lost_between_reading_and_facts() -> None:
    """The places move, all else stays: each field stands here with a value that is no other's and no default."""
    text = "Nghị quyết số 15-NQ/TW"
    values = {field.name: field.name for field in fields(Reference)}
    places = {"start": 0, "end": len(text), "extent": len(text), "title_start": 5, "sentence": 7, "antecedent": 3}
    given_ = Reference(**(values | places | {"year": 2022, "listed": True, "shared": True}))  # type: ignore[arg-type]
    reading = Reading(text, references=[given_], bodies=[], relations=[], actions=[], suspicions=[], back_references=[])
    reading.__dict__["issued_references"] = [given_]
    (found,) = facts_of(Source("", "", "", text), reading).references
    changed = {f.name for f in fields(Reference) if getattr(found, f.name) != getattr(given_, f.name)}
    assert changed == {"text", "sentence"}


@given(texts, st.booleans())
def test_any_text_is_read(text: str, decompose: bool) -> None:
    check(read(unicodedata.normalize("NFD", text) if decompose else text))


def values(facts: Facts) -> list[object]:
    """Everything the facts say but where."""
    return [
        replace(facts.heading, places=HeadingPlaces()),
        [(r.type, r.number, r.symbol, r.year, r.date, r.issuer, r.title, r.name, r.rule) for r in facts.references],
        [(b.name, b.key, b.rule) for b in facts.bodies],
        [(r.subject, r.predicate, r.object, r.trigger, r.rule) for r in facts.relations],
        [(a.actor, a.action, a.document, a.trigger, a.rule) for a in facts.actions],
        [(s.text, s.line, s.footnote) for s in facts.sentences],
    ]


def same_in_nfd(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    one, other = read(composed), read(decomposed)
    assert values(one) == values(other)
    # Where a composed character begins, in the decomposed text.
    places = [0]
    for char in composed:
        places.append(places[-1] + len(unicodedata.normalize("NFD", char)))
    for layer in ("references", "bodies", "relations", "actions"):
        for a, b in zip(getattr(one, layer), getattr(other, layer), strict=True):
            assert (places[a.start], places[a.end]) == (b.start, b.end)
            assert unicodedata.normalize("NFC", b.text) == a.text
    for part in fields(HeadingPlaces):
        span, moved = (getattr(facts.heading.places, part.name) for facts in (one, other))
        assert (span and (places[span[0]], places[span[1]])) == moved
    assert bisect_left(places, len(decomposed)) == len(composed)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_facts_do_not_depend_on_the_normal_form(text: str) -> None:
    same_in_nfd(text)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name[:2])
class TestSample:
    def test_facts_hold(self, path: Path) -> None:
        (facts,) = extract_path(path)
        check(facts)
        assert facts.heading.type and facts.references and facts.bodies

    def test_same_in_nfd(self, path: Path) -> None:
        same_in_nfd(path.read_text(encoding="utf-8"))

    def test_same_again(self, path: Path) -> None:
        assert extract_path(path) == extract_path(path)


@pytest.mark.parametrize(
    "piece",
    [
        "Luật ", "Luật sửa đổi, bổ sung một số điều của ", "Nghị quyết số 15-NQ/TW về ", "Kế hoạch số 1-KH/TU thực hiện ", "18, 19, ",
        "Ban Chỉ đạo a, ", "UBND các huyện A, ", "¹", "\n\n¹ a", "“", "(", "15-NQ/", "Nghị quyết Trung ương 4 (khóa X", "T/M BAN\n",
        "aà\u0301", "Thành ủy, ", "ban hành, ",
    ],
)  # fmt: skip
def test_one_thing_over_and_over(piece: str, calls: Callable[[Callable[[], object]], int]) -> None:
    """Neither deep recursion nor work that grows faster than the text. What patterns do between calls is timed in benchmarks/bench.py."""
    once, twice = piece * (10_000 // len(piece)), piece * (20_000 // len(piece))
    check(read(twice))  # fills what is made once
    assert calls(lambda: read(twice)) < 2.1 * calls(lambda: read(once)) + 1000


def test_sentence_of_the_evidence() -> None:
    text = "Mở đầu.\n\nThành ủy quán triệt Nghị quyết số 15-NQ/TW\nngày 05/5/2022. Các cấp ủy báo cáo.\n"
    facts = read(text)
    excerpt = facts.sentences[facts.references[0].sentence]
    assert excerpt.text == "Thành ủy quán triệt Nghị quyết số 15-NQ/TW ngày 05/5/2022."
    assert excerpt.line == 3
    assert text[excerpt.start : excerpt.end] == excerpt.text.replace("TW ngày", "TW\nngày")


def test_layers_are_made_once() -> None:
    reading = Reading("Thành ủy quán triệt Nghị quyết số 15-NQ/TW.")
    assert reading.references is reading.references
    assert reading.layout is reading.layout


def test_a_layer_that_is_given_stands_for_the_one_that_would_be_made() -> None:
    text = "Thành ủy quán triệt Nghị quyết số 15-NQ/TW."
    assert Reading(text, references=[]).passage.references == []
    assert len(Reading(text).passage.references) == 1
    assert not hasattr(Reading(text), "nothing_of_this_name")


def test_unknown_home() -> None:
    with pytest.raises(ChidaoError, match="no province or city is called 'Atlantis'"):
        extract_text(Source("", "", "", "Thành ủy"), "Atlantis")


def test_empty_text_has_no_facts() -> None:
    facts = read("")
    assert (facts.references, facts.bodies, facts.relations, facts.actions) == ((), (), (), ())
    assert facts.heading.type is None


def test_path(tmp_path: Path) -> None:
    path = tmp_path / "van-ban.txt"
    path.write_text("Thực hiện Nghị quyết số 15-NQ/TW.", encoding="utf-8")
    (facts,) = extract_path(path)
    assert facts.source == read_source(path)
    assert [r.symbol for r in facts.references] == ["NQ/TW"]


def test_no_layer_changes_another_when_it_is_asked_for() -> None:
    text = "Ban Bí thư thảo luận, ban hành Chỉ thị số 12-CT/TW. Thành ủy thực hiện Nghị quyết số 15-NQ/TW nêu trên."
    layers = (
        "layout",
        "heading",
        "references",
        "bodies",
        "back_references",
        "relations",
        "actions",
        "issued_references",
        "tasks",
        "suspicions",
    )
    reading = Reading(text)
    first = {layer: repr(getattr(reading, layer)) for layer in layers}
    assert first == {layer: repr(getattr(reading, layer)) for layer in layers}
    assert [f.issuer for f in reading.references] == [None, None]
    assert [f.issuer for f in reading.issued_references] == ["Ban Bí thư", None]


@pytest.mark.parametrize(
    ("heading", "last"),
    [
        ("HỘI NÔNG DÂN VIỆT NAM\nBAN CHẤP HÀNH TRUNG ƯƠNG\nSố 6-NQ/HNDTW", "vn/ban-chap-hanh-hoi-nong-dan-viet-nam"),
        ("ĐẢNG CỘNG SẢN VIỆT NAM\nBAN CHẤP HÀNH TRUNG ƯƠNG\nSố 5-NQ/TW", "vn/ban-chap-hanh-trung-uong"),
    ],
)
def test_an_organ_below_the_name_of_its_body_is_that_body_s(heading: str, last: str) -> None:
    reading = Reading(f"{heading}\nHà Nội, ngày 25 tháng 7 năm 2024\n\nNGHỊ QUYẾT\nvề tổ chức\n\nGiao các cấp.\n")
    assert reading.bodies[-1].key == last
