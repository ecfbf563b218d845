"""The named parts of patterns read their examples from end to end, and nothing of what they refuse."""

from __future__ import annotations

import csv
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.language import patterns
from chidao.extract.language.composing import Part, lowered, one_of, spaced
from chidao.extract.language.letters import LETTER
from chidao.extract.language.tables import words

PARTS = {name: part for name, part in vars(patterns).items() if isinstance(part, Part)}


def test_every_part_has_examples() -> None:
    assert [name for name, part in PARTS.items() if not part.examples] == []


@pytest.mark.parametrize(("part", "text"), [(name, text) for name, part in PARTS.items() for text in part.examples])
def test_example(part: str, text: str) -> None:
    assert re.compile(PARTS[part]).fullmatch(text)


@pytest.mark.parametrize(("part", "text"), [(name, text) for name, part in PARTS.items() for text in part.refused])
def test_refused(part: str, text: str) -> None:
    assert not re.compile(PARTS[part]).fullmatch(text)


def test_a_phrase_stands_over_any_white_space_and_the_longest_wins() -> None:
    match = re.compile(one_of(["Bộ", "Bộ trưởng"])).match("Bộ\n trưởng Bộ Nội vụ")
    assert match and match.group() == "Bộ\n trưởng"


@given(
    st.lists(
        st.sampled_from(["chủ trì", "chủ trì việc", "chủ động", "ủy quyền", "giao", "giao cho", "TP.", "a"]), min_size=1
    )
)
def test_a_list_reads_what_its_longest_phrase_reads(phrases: list[str]) -> None:
    tree = re.compile(one_of(phrases))
    plain = re.compile("|".join(sorted(map(spaced, phrases), key=len, reverse=True)))
    for text in ("chủ  trì việc", "chủ động", "uỷ quyền", "giao cho", "giao", "TP.HCM", "abc", "chủ"):
        read, wanted = tree.match(text), plain.match(text)
        assert (read and read.group()) == (wanted and wanted.group())


@pytest.mark.parametrize(
    ("text", "found"),
    [("tra", []), ("đưa ra", ["ra"]), ("ra mắt", ["ra mắt"]), ("ra mắtt", ["ra"]), ("raa, ra", ["ra"])],
)
def test_whole_words_only(text: str, found: list[str]) -> None:
    assert re.findall(one_of(["ra", "ra mắt"], whole=True), text) == found


WORDS = [
    {"table": table, **row}
    for table in ("words.csv", "pages.csv")
    for row in csv.DictReader((files("chidao.extract") / "tables" / table).read_text("utf-8").splitlines())
]


@pytest.mark.parametrize("part", ["ADDRESS", "BASIS", "GROUND", "UNIT"])
def test_a_pattern_for_lower_case_reads_what_any_case_does(part: str) -> None:
    whole, low = re.compile(PARTS[part], re.IGNORECASE), re.compile(lowered(PARTS[part]))
    for text in (*PARTS[part].examples, *PARTS[part].refused, "Kính gửi", "CĂN CỨ", "Tỉnh"):
        assert (low.fullmatch(text.lower()) is None) == (whole.fullmatch(text) is None), text


def test_lower_case_leaves_what_a_backslash_makes_another_thing() -> None:
    assert lowered(r"\S+ \W\D[A-ZĐ]\.") == r"\S+ \W\D[a-zđ]\."


def test_a_word_stands_once_in_its_kind() -> None:
    rows = [(row["table"], row["kind"], row["word"].lower()) for row in WORDS]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("row", WORDS, ids=lambda row: f"{row['kind']}: {row['word']}")
def test_word(row: dict[str, str]) -> None:
    """The example is read by its kind, and what is read of it is the row's word."""
    known = one_of(words(row["kind"], row["table"]))
    read = re.search(rf"(?<![{LETTER}]){known}(?![{LETTER}])", row["example"], re.IGNORECASE)
    assert read and read.group().lower() == row["word"].lower()


def test_an_unknown_kind_of_word_is_told() -> None:
    with pytest.raises(ValueError, match="'colour'"):
        words("colour")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("UBND TP. Sa Pa", True), ("(TX. Sa Pa", True), ("GS. TS", True), ("khóa X. Các", False), ("xong. Sở", False)],
)
def test_a_stop_that_shortens_a_word(text: str, expected: bool) -> None:
    assert patterns.shortens(text, text.index(".")) is expected
