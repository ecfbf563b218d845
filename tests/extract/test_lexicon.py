"""The words and symbols compiled from the authority tables."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.language.letters import is_word, lower
from chidao.extract.language.lexicon import lexicon

WORDS = lexicon()


@pytest.mark.parametrize("spelling", [str, str.capitalize, str.title, str.upper])
def test_every_type_word_is_found_in_every_usual_case(spelling: type[str]) -> None:
    for word in WORDS.types:
        text = f"theo {spelling(word)} số 15"
        found = [(WORDS.words[i], text[a:b].lower()) for i, a, b in WORDS.find_types(text)]
        assert (word, word) in found, text


def test_longest_type_word_wins() -> None:
    text = "Chương trình hành động số 16-CTr/TU"
    assert [text[a:b] for _, a, b in WORDS.find_types(text)] == ["Chương trình hành động"]


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [("ttg", "TTg"), ("ctr", "CTr"), ("nđ", "NĐ"), ("ubnd", "UBND"), ("tw", "TW"), ("btctu", "BTCTU"), ("cp", "CP")],
)
def test_token_spelling(printed: str, canonical: str) -> None:
    assert WORDS.tokens[printed] == canonical


def test_tokens_are_composed_and_keyed_in_lower_case() -> None:
    for token, spelled in WORDS.tokens.items():
        assert token == spelled.lower() == unicodedata.normalize("NFC", token)
    assert WORDS.type_tokens <= WORDS.tokens.keys()


def test_a_symbol_may_stand_for_several_types() -> None:
    assert {kind.name for kind in WORDS.by_symbol["qđ"]} == {"Quyết định", "Quy định"}


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        pytest.param("NĐ", "Nghị định", id="only-one"),
        pytest.param("NQ", "Nghị quyết", id="one-and-kinds-of-it"),
        pytest.param("CTr", "Chương trình", id="mixed-case"),
        pytest.param("KL", "Kết luận", id="kind-that-ends-in-it"),
        pytest.param("QĐ", None, id="two-of-equal-right"),
        pytest.param("XYZ", None, id="unknown"),
    ],
)
def test_type_of(symbol: str, name: str | None) -> None:
    kind = WORDS.type_of(symbol)
    assert (kind.name if kind else None) == name


def test_party_tokens() -> None:
    assert {"tw", "tu", "btctu", "ubkttw"} <= WORDS.party_tokens
    assert WORDS.party_tokens.isdisjoint({"cp", "ttg", "ubnd", "hđnd", "bnv"})


@pytest.mark.parametrize(
    ("text", "word", "alone"),
    [
        ("theo luật định", "luật", True),
        ("(luật)", "luật", True),
        ("luật¹²", "luật", True),
        ("kỷluật", "luật", False),
        ("luật1", "luật", False),
        ("luật", "luật", True),
    ],
)
def test_is_word(text: str, word: str, alone: bool) -> None:
    start = text.index(word)
    assert is_word(text, start, start + len(word)) is alone


@given(st.text())
def test_lower_keeps_offsets(text: str) -> None:
    assert len(lower(text)) == len(text)


def test_lower_of_a_letter_that_would_grow() -> None:
    assert lower("İSTANBUL, HÀ NỘI") == "İstanbul, hà nội"
