"""A look at one or two letters, which spares most places a pattern, refuses nothing that the pattern reads."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.heading.lines import BELOW_HEADING, BELOW_OPENS
from chidao.extract.language.composing import Rule
from chidao.extract.language.letters import UPPER
from chidao.extract.language.patterns import GROUNDS
from chidao.extract.mentions import body_places, cores
from chidao.extract.mentions.body_places import is_generic
from chidao.extract.reading import divisions, outline
from chidao.extract.reading.divisions import may_be_label

_CAPITALS = re.findall(f"[{UPPER}]", "".join(map(chr, range(0x1F00))))
_SMALL = [letter.lower() for letter in _CAPITALS]


@pytest.mark.parametrize("said", GROUNDS.examples)
@pytest.mark.parametrize("before", ["", " ", "\t", "**", "_", "> ", "- "])
def test_what_no_heading_has_is_looked_at(said: str, before: str) -> None:
    for line in (before + said, before + said.lower(), before + said.upper()):
        assert BELOW_HEADING.match(line) and line[:1] in BELOW_OPENS


@given(st.sampled_from(_CAPITALS), st.text("1. )I:ab", max_size=4))
def test_a_line_below_a_heading_begins_as_grounds_do(first: str, rest: str) -> None:
    below = BELOW_HEADING.match(first + rest) or any(BELOW_HEADING.match(first + said[1:]) for said in GROUNDS.examples)
    assert not below or first in BELOW_OPENS


_TAILS = [
    "",
    " 1",
    " 1.",
    " I",
    ".",
    ". a",
    ") a",
    " thứ nhất",
    " số 1",
    " là:",
    "n 1.",
    "u 5. Tên",
    "ng I",
    "ục 1",
    "ứ hai, ",
]


_PLAIN_LABEL = re.compile("|".join(label for _, label in divisions._LABELS))
_PLAIN_MARKER = re.compile("|".join(style.pattern.pattern for style in outline._STYLES))


@pytest.mark.parametrize(
    ("pattern", "plain"),
    [(re.compile(divisions._LABEL), _PLAIN_LABEL), (outline._MARKER, _PLAIN_MARKER)],
    ids=["label", "marker"],
)
@given(opens=st.tuples(st.sampled_from(_CAPITALS), st.sampled_from(_SMALL)), rest=st.sampled_from(_TAILS))
def test_no_label_begins_with_a_word_with_a_capital_that_is_none_of_the_known(
    pattern: re.Pattern[str], plain: re.Pattern[str], opens: tuple[str, str], rest: str
) -> None:
    printed = "".join(opens) + rest
    assert (pattern.match(printed) is None) is (plain.match(printed) is None)


@pytest.mark.parametrize("label", ["1.", "a)", "đ)", "I.", "IV", "A.", "Đ", "–", "(1", "PH", "ĐI", "Ph", "", "2"])
def test_any_other_beginning_may_be_one_of_a_label(label: str) -> None:
    assert re.match(may_be_label(["Phần"]) + ")", label)
    assert not re.match(may_be_label(["Phần"]) + ")", "Ủy")


@pytest.mark.parametrize("style", outline._STYLES, ids=lambda style: style.name)
def test_every_marker_is_looked_at(style: Rule) -> None:
    assert outline._MARKER.match(style.example)


_PIECES = [
    " ",
    "  ",
    "\t",
    "\n",
    ",",
    "các",
    "các cấp",
    "cấp",
    "cấp xã",
    "cùng cấp",
    "từng cấp",
    "huyện",
    "xã",
    "tỉnh đã ",
    "và",
    "Mẫu",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=6).map("".join))
def test_all_units_of_a_kind_are_read_as_by_the_pattern(text: str) -> None:
    assert is_generic(text, 0) is (body_places._GENERIC.match(text) is not None)


@given(
    st.lists(
        st.sampled_from(
            [
                " ",
                "*",
                "_",
                ":",
                "số",
                "SỐ ",
                "của Sở A ",
                "mật",
                "liên tịch",
                "chuyên đề",
                "cá biệt",
                "khẩn",
                "về",
                "1",
            ]
        )
    ).map("".join)
)
def test_a_number_is_looked_for_behind_all_that_leads_to_one(text: str) -> None:
    assert not cores._TO_NUMBER.match(text) or text[:2].lstrip()[:1] in cores._OPENERS
