"""A source as rules read it: in NFC, with plain blanks, no endless runs of them, with those that were surely lost, without those
that a scanner put within a number, and with bars between the cells of tables that stand in it as HTML.

A composed offset and its source offset differ only by where their piece starts, so the way back is a short list of pieces.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, pairwise

from chidao.extract.frozen import quick
from chidao.extract.language.letters import UNTYPED_BLANKS
from chidao.extract.reading.glued import lost_blanks
from chidao.extract.reading.raw_tables import GONE, barred
from chidao.extract.reading.split import stray_blanks


@quick
@dataclass(frozen=True, slots=True)
class Composed:
    """A source in NFC; each piece says which composed offset stands for which source offset from there on."""

    text: str
    pieces: tuple[tuple[int, int], ...] = ((0, 0),)

    def source(self, offset: int) -> int:
        """Return the source offset of the character at the composed `offset`."""
        at, source = self.pieces[bisect_right(self.pieces, offset, key=lambda piece: piece[0]) - 1]
        return source + offset - at


_GONE = re.compile(f"{GONE}+")
_MOST_BLANKS = 250
_ENDLESS, _TEN = re.compile(rf"(?<![ \t\r])[ \t\r]{{{_MOST_BLANKS + 1},}}"), re.compile(r"[ \t\r]{10}")


def compose(source: str) -> Composed:
    """Return `source` in NFC, with the blanks that were surely lost; one piece when it is so already.

    >>> compose("e\\u0301 a")
    Composed(text='é a', pieces=((0, 0), (1, 2)))
    """
    for blank in UNTYPED_BLANKS:  # a run of them reads as one, as any does
        if blank in source:
            source = source.replace(blank, " ")
    source = source.replace("\u2044", "/").replace("\u2215", "/")  # how OCR reads a thin stroke: "45 ⁄QĐ-UBND"
    source = source.replace("Ð", "Đ").replace("ð", "đ")  # an Icelandic letter that some keyboards give for Đ
    if tables := "<table" in source or "<TABLE" in source:
        source = barred(source)
    if unicodedata.is_normalized("NFC", source):
        return _whole(Composed(source), tables=tables)
    out: list[str] = []
    pieces: list[tuple[int, int]] = [(0, 0)]
    length = at = 0
    # Only runs with combining marks change; a run is one starter with the marks behind it.
    for run in re.finditer(r"[^\u0300-\u036f][\u0300-\u036f]+", source):
        out.append(source[at : run.start()])
        length += run.start() - at
        composed = unicodedata.normalize("NFC", run.group())
        out.append(composed)
        if len(composed) != run.end() - run.start():
            if pieces[-1] != (length, run.start()):
                pieces.append((length, run.start()))
            pieces.append((length + len(composed), run.end()))
        length += len(composed)
        at = run.end()
    out.append(source[at:])
    return _whole(Composed("".join(out), tuple(pieces)), tables=tables)


def _whole(composed: Composed, *, tables: bool) -> Composed:
    return _joined(_parted(_drawn_together(_filled(composed) if tables else composed)))


def _filled(composed: Composed) -> Composed:
    """Return the text without the marks that stand for what tables written as HTML leave out."""
    return _without(composed, [gone.span() for gone in _GONE.finditer(composed.text)])


def _drawn_together(composed: Composed) -> Composed:
    """Return the text with `_MOST_BLANKS` at most one behind the other in a line: no pattern has to pass more."""
    text = composed.text
    # A longer run is met ten times, which words as good as never are, and a look costs next to nothing.
    if not _TEN.search(text[:: _MOST_BLANKS // 10]):
        return composed
    return _without(composed, [(run.start() + _MOST_BLANKS, run.end()) for run in _ENDLESS.finditer(text)])


def _joined(composed: Composed) -> Composed:
    """Return the text without the blanks within figures of a day."""
    stray = stray_blanks(composed.text)
    return _without(composed, [(at, at + 1) for at in stray]) if stray else composed


def _without(composed: Composed, runs: list[tuple[int, int]]) -> Composed:
    """Return the text without what stands between each two places."""
    text = composed.text
    starts = [0, *(end for _, end in runs)]
    ends = [*(start for start, _ in runs), len(text)]
    left = [0, *accumulate(end - start for start, end in runs)]
    places = {}
    for start, end, out in zip(starts, ends, left, strict=True):
        places[start - out] = composed.source(start)
        first = bisect_right(composed.pieces, start, key=lambda piece: piece[0])
        for at, source in composed.pieces[first:]:
            if at >= end:
                break
            places[at - out] = source
    return Composed("".join(text[a:b] for a, b in zip(starts, ends, strict=True)), tuple(sorted(places.items())))


def _parted(composed: Composed) -> Composed:
    """Return the text with its lost blanks; a blank stands for the character behind it."""
    blanks = lost_blanks(composed.text)
    if not blanks:
        return composed
    text = " ".join(composed.text[a:b] for a, b in pairwise([0, *blanks, len(composed.text)]))
    places = {at + bisect_right(blanks, at): source for at, source in composed.pieces}
    for before, at in enumerate(blanks):
        places[at + before] = places[at + before + 1] = composed.source(at)
    return Composed(text, tuple(sorted(places.items())))
