"""The named parts of patterns read their examples from end to end, and nothing of what they refuse."""

from __future__ import annotations

import re

import pytest

from chidao.extract.language import patterns
from chidao.extract.language.patterns import Part, one_of

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
