"""Paths of provisions in words, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.language.provision_paths import members, path_words, split_step, within
from chidao.extract.mentions.provision_chains import find_chains, provisions_of

ARTICLES = st.from_regex("[1-9][0-9]{0,2}[abđ]?", fullmatch=True).map("dieu-{}".format)
CLAUSES = st.from_regex("[1-9][0-9]?[ab]?", fullmatch=True).map("khoan-{}".format)
POINTS = st.sampled_from("abcdđeghik").map("diem-{}".format)
CHAPTERS = st.sampled_from(["chuong-i", "chuong-iv", "chuong-viia", "chuong-xiv"])
PATHS = (
    st.tuples(ARTICLES) | st.tuples(ARTICLES, CLAUSES) | st.tuples(ARTICLES, CLAUSES, POINTS) | st.tuples(CHAPTERS)
    | st.tuples(CHAPTERS, st.sampled_from(["muc-1", "muc-2"])) | st.tuples(st.sampled_from(["phu-luc-i", "phu-luc-ix", "phu-luc-2"]))
).map("/".join)  # fmt: skip


@given(PATHS)
def test_the_words_of_a_path_mean_it(path: str) -> None:
    text = path_words(path)
    (chain,) = find_chains(text, 0, len(text))
    assert [found for _, _, found, _ in provisions_of(chain, ())] == [path]


@given(PATHS)
def test_a_path_lies_within_what_it_begins_with(path: str) -> None:
    steps = path.split("/")
    assert all(within(path, "/".join(steps[:n])) for n in range(len(steps) + 1))
    assert not within(steps[0], f"{path}/tiet-1")
    assert members(path) == [path]


@given(st.integers(1, 400), st.integers(0, 150))
def test_a_range_of_articles_has_each(first: int, more: int) -> None:
    found = members(f"dieu-{first}..dieu-{first + more}")
    assert found[0] == f"dieu-{first}" and found[-1] == f"dieu-{first + more}" and len(found) == more + 1


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("dieu-1/khoan-2/diem-c..dieu-1/khoan-2/diem-e", [f"dieu-1/khoan-2/diem-{x}" for x in "cdđe"]),
        ("dieu-9..dieu-5", ["dieu-9", "dieu-5"]),  # backwards: its ends are all that is known
        ("dieu-5..khoan-7", ["dieu-5", "khoan-7"]),
        ("dieu-5a..dieu-7", ["dieu-5a", "dieu-7"]),
        ("dieu-1..dieu-9999", ["dieu-1", "dieu-9999"]),
    ],
)
def test_ranges(path: str, found: list[str]) -> None:
    assert members(path) == found


def test_steps() -> None:
    assert split_step("tieu-muc-3") == ("tieu-muc", "3")
    assert split_step("x-3") == ("", "x-3")
