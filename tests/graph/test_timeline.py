"""What followed a directive, and how it is drawn."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

from chidao.graph.answers.lookup import one_document
from chidao.graph.answers.timeline import Timeline, timeline
from chidao.graph.store import read_store
from chidao.viz.web.rendering.plot import timeline_plot
from chidao.viz.words import words


@pytest.fixture(scope="module")
def store(sample_graph: Path) -> pyoxigraph.Store:
    return read_store(sample_graph)


@pytest.fixture(scope="module")
def followed(store: pyoxigraph.Store) -> Timeline:
    return timeline(store, one_document(store, "15-NQ/TW").iri)


def test_each_document_once_by_date_with_the_days_from_the_directive_and_from_what_it_carries_out(
    followed: Timeline,
) -> None:
    assert (followed.directive.label, followed.directive.date) == ("Nghị quyết 15-NQ/TW", "2022-05-05")
    assert [(e.label, e.days, e.waited, e.depth) for e in followed.events] == [
        ("Chương trình hành động 16-CTr/TU", 113, 113, 1),
        ("Kế hoạch 45-KH/HU", 158, 45, 2),
        ("Nghị quyết 12/NQ-CP", 278, 278, 1),
        ("Kế hoạch 118/KH-UBND", 350, 72, 2),
        ("Kế hoạch 156/KH-UBND", 389, 39, 3),
    ]
    assert followed.undated == ()


def test_those_without_a_date_stand_apart(store: pyoxigraph.Store) -> None:
    found = timeline(store, one_document(store, "50-QĐ/TW").iri)
    assert [e.label for e in found.undated] == ["Hướng dẫn 07-HD/BTCTU"]
    assert [e.label for e in found.events] == ["Quy định 08-QĐ/TU"]


def test_nothing_follows_the_last(store: pyoxigraph.Store) -> None:
    found = timeline(store, one_document(store, "156/KH-UBND").iri)
    assert (found.events, found.undated) == ((), ())
    with pytest.raises(LookupError):
        timeline(store, "urn:x")


def test_the_drawing_says_what_the_table_says(followed: Timeline) -> None:
    spec = timeline_plot(followed, words())
    values = spec["data"]["values"]
    assert [(v["label"], v["days"], v["from"], v["day"]) for v in values] == [
        (e.label, e.days, "2022-05-05", words().day(e.date or "")) for e in followed.events
    ]
    assert {v["level"] for v in values} == {"Trung ương", "Tỉnh, thành phố", "Quận, huyện"}
    assert [v["row"] for v in values] == sorted(v["row"] for v in values)
