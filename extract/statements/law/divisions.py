"""What a document itself is divided into: its own parts, chapters, articles, clauses and points, each with its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import whitespace

from chidao.extract.language.provision_paths import attached_rules
from chidao.extract.mentions.provisions import Clause
from chidao.extract.model import SELF, Division
from chidao.extract.reading.divisions import Position, path_of
from chidao.extract.reading.layout import Layout

_HEADED = frozenset({"phan", "phu-luc", "chuong", "muc", "tieu-muc", "dieu"})
"""Units that have a heading of their own."""
_LONGEST = 300
_AROUND = f"{whitespace}*_"
_ENDS_SENTENCE = tuple('.;:,!?”"')
"""A sentence ends, or an annex says what it belongs to: no heading ("Điều 1. Phê duyệt Kế hoạch …, với nội dung như sau:")."""


def find_divisions(layout: Layout, clauses: Sequence[Clause]) -> list[Division]:
    """Return the document's own divisions in text order (reading offsets), each path once.

    New text that an amendment quotes is no part of the document. Where labels begin again ("1." of an annex without a heading), what
    they begin is left to the division before: two provisions of one path would be one.
    """
    own = [c for c in clauses if c.document == SELF and not c.paragraph.quoted]
    begun: list[tuple[Position, int, int]] = []
    """Position, where it begins, and the index in `own`."""
    seen: set[Position] = set()
    void: Position | None = None
    for i, clause in enumerate(own):
        if clause.paragraph.label is None or not clause.position:
            continue
        if void is not None and clause.position[: len(void)] == void:
            continue
        if clause.position in seen:
            void = clause.position
            continue
        void = None
        seen.add(clause.position)
        begun.append((clause.position, clause.paragraph.start, i))
    return list(_closed(layout, own, begun))


def _closed(layout: Layout, own: Sequence[Clause], begun: Sequence[tuple[Position, int, int]]) -> Iterator[Division]:
    """Yield the divisions with their ends: each goes on to the next that is no part of it, its own words to its first part."""
    last = own[-1].paragraph.end if own else 0
    ends = [last] * len(begun)
    open_: list[int] = []
    for k, (position, start, _) in enumerate(begun):
        while open_ and position[: len(begun[open_[-1]][0])] != begun[open_[-1]][0]:
            ends[open_.pop()] = start
        open_.append(k)
    known: set[str] = set()
    for k, (position, start, i) in enumerate(begun):
        path = path_of(position)
        if (
            not path or path in known
        ):  # articles restart in no document, but a chapter's clauses may have an article's path
            continue
        known.add(path)
        words_end = min(ends[k], begun[k + 1][1] if k + 1 < len(begun) else ends[k])
        text = layout.text[start:words_end].strip()
        end = start + len(layout.text[start : ends[k]].rstrip())
        above = path_of(position[:-1]) if position[-1][0] == "dieu" else ""
        yield Division(start, end, text, path, _heading(layout, own, i, position), above)


def _heading(layout: Layout, own: Sequence[Clause], i: int, position: Position) -> str | None:
    """The heading of a division: the words behind its label, or below it where nothing stands there."""
    if position[-1][0] not in _HEADED and position[-1][0] not in attached_rules():
        return None
    paragraph = own[i].paragraph
    line = layout.text[paragraph.body : paragraph.end]
    words = _words(line)
    if not line.strip(_AROUND) and i + 1 < len(own) and own[i + 1].paragraph.label is None:
        words = _words(layout.text[own[i + 1].paragraph.start : own[i + 1].paragraph.end])
    return words


def _words(line: str) -> str | None:
    words = line.strip(_AROUND)
    if not 1 < len(words) <= _LONGEST or "\n" in words or words.startswith("(") or words.endswith(_ENDS_SENTENCE):
        return None
    return " ".join(words.split())
