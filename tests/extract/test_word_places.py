"""Where the words stand that rules ask for: none is missed, however it is spelt and whatever blanks divide it."""

from __future__ import annotations

import pytest

from chidao.extract.language.word_places import WordPlaces

_ASKED = WordPlaces({"leads": ["chủ trì"], "gives": ["ủy quyền", "giao"]})


@pytest.mark.parametrize(
    ("low", "group"),
    [("sở a chủ trì.", "leads"), ("sở a chủ   trì.", "leads"), ("sở a chủ\ttrì.", "leads"), ("nay ủy quyền", "gives"), ("nay uỷ quyền", "gives")],
)  # fmt: skip
def test_a_word_is_found_where_it_begins(low: str, group: str) -> None:
    at = max(low.find(word) for word in ("chủ", "ủy", "uỷ"))
    assert _ASKED.of(low)[group].first(at, at + 1) == at


def test_a_word_that_is_not_there_is_found_nowhere() -> None:
    assert _ASKED.of("sở a chủ động; sở b trì hoãn, quyền và ủy ban") == {"leads": [], "gives": []}


def test_places_are_in_order_and_end_before_the_end() -> None:
    places = _ASKED.of("giao sở a; giao sở b")["gives"]
    assert places == [0, 11]
    assert [places.first(*span) for span in ((0, 1), (1, 11), (1, 12), (12, 20))] == [0, -1, 11, -1]


@pytest.mark.parametrize("low", ["sở  a giao  b   chủ\t \ttrì, giao  c", "  giao\tsở   a", "giao  ", "  giao"])
def test_words_stand_where_they_are_printed_whatever_blanks_are_before_them(low: str) -> None:
    assert _ASKED.of(low)["gives"] == [at for at in range(len(low)) if low.startswith("giao", at)]
    assert _ASKED.of(low)["leads"] == ([low.index("chủ")] if "chủ" in low else [])
