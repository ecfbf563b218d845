"""The text of a file as the passages that a search finds: sentences, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from chidao.extract.model import Facts
from chidao.extract.reading.composed import compose
from chidao.extract.reading.layout import read_layout

_NO_WORD = re.compile(r"[\W\d_]*")
_MARKUP = re.compile(r"[*#|\\]+|[-_=:]{3,}")
"""What is left of a file's Markdown, and of lines that are drawn."""
_LONGEST = 1500
"""Characters of a passage; a sentence that is longer comes in pieces."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as a person reads it, and where it stands in the file's text."""

    start: int
    end: int
    text: str


def passages(facts: Facts) -> Iterator[Passage]:
    """Yield the passages of a file's text. What has no letter ("1.", a rule of dashes) is no passage of its own but part of the next."""
    layout = read_layout(compose(facts.source.text))
    first: int | None = None
    for start, end in pairwise([*layout.boundaries, len(layout.text)]):
        begin = start if first is None else first
        if _NO_WORD.fullmatch(layout.text, start, end):
            first = begin if layout.text[begin:end].strip() else None
            continue
        first = None
        for one, other in _pieces(layout.text, begin, end):
            said = layout.text[one:other]
            if words := said.strip():
                at = one + said.index(words)
                yield Passage(layout.source(at), layout.source_end(at + len(words)), _plain(words))
    if first is not None and (words := layout.text[first:].strip()):
        yield Passage(layout.source(first), layout.source_end(len(layout.text.rstrip())), _plain(words))


def _plain(text: str) -> str:
    """The text without what is no part of its words, with single blanks.

    >>> _plain("## **2. Chỉ tiêu** | --- | Sở Nội vụ |")
    '2. Chỉ tiêu Sở Nội vụ'
    """
    return " ".join(_MARKUP.sub(" ", text).split())


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST) + 1 or start + _LONGEST
        yield start, cut
        start = cut
    yield start, end
