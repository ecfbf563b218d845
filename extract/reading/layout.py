"""Find the running text in a source: heal paragraphs that line and page breaks cut, and set footnotes apart.

The result is a *reading text*: first the body, then every footnote, each paragraph on one line, in NFC. Rules match on
the reading text; `Layout.source` carries an offset back to the source. A reading offset and its source offset differ
only by where their piece starts, so a map is a short list of pieces (plus one piece per composed letter where the
source is not NFC).

What the form of the documents gives (Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn 36-HD/VPTW): paragraphs end in
punctuation, items begin with a dash, a letter or a number, headings with a number or in capitals; footnotes stand at
the foot of the page under the mark that the text carries.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise, zip_longest

from chidao.extract.frozen import kept_property
from chidao.extract.language.letters import UPPER, lower, places_of
from chidao.extract.language.lexicon import lexicon
from chidao.extract.language.patterns import ASKS_FIGURE, JOINS, shortens
from chidao.extract.language.verbs import CARRIES_OUT, verbs
from chidao.extract.model import Span
from chidao.extract.reading.composed import Composed
from chidao.extract.reading.marks import bracketed_marks, bracketed_places, find_marks, marked_note, plain_anchors
from chidao.extract.reading.paragraphs import Paragraph, continues, paragraphs_of
from chidao.extract.reading.quotes import Quotes, find_quotes

# A sentence may end here: behind a stop, closing marks and a blank, before a capital or a figure.
_STOP = re.compile(rf"[.!?…][\"”*)]*[ \u00a0]+(?=(?P<next>[\"“*(]*[{UPPER}0-9]))")


@dataclass(frozen=True, slots=True)
class Footnote:
    """`mark` is "46"; `start`..`end` its reading text; `anchor` the reading offset of its mark in the body, or -1."""

    mark: str
    start: int
    end: int
    anchor: int


@dataclass(frozen=True)
class Layout:
    """The reading text of one source. `starts[i]` is a reading offset, `sources[i]` the source offset it stands for.
    `one_sentence`: stops end no sentence, as in a register's titles ("…. Kế hoạch …" goes on)."""

    text: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]
    footnotes: tuple[Footnote, ...]
    body_end: int
    one_sentence: bool = False

    @kept_property
    def low(self) -> str:
        """The text in lower case and as long: what asks for no capitals is found several times faster there."""
        return lower(self.text)

    def source(self, offset: int) -> int:
        """Return the source offset of the character at reading `offset`."""
        i = bisect_right(self.starts, offset) - 1
        return self.sources[i] + (offset - self.starts[i])

    def source_end(self, offset: int) -> int:
        """Return the source offset just behind the character before reading `offset` (an exclusive end)."""
        if offset <= 0:
            return 0
        starts = self.starts
        i = bisect_left(starts, offset)
        end = self.sources[i - 1] + offset - starts[i - 1]
        # A composed letter is one reading character but several in the source: the end lies at the next piece.
        if starts[i : i + 1] == (offset,) and 0 < self.sources[i] - end <= 2:
            return self.sources[i]
        return end

    def source_span(self, start: int, end: int) -> Span:
        """Return where text[start:end] begins and ends in the source."""
        i = bisect_right(self.starts, start)
        begin = self.sources[i - 1] + start - self.starts[i - 1]
        if start < end < self._piece_ends[i - 1]:  # within one piece, as most spans lie
            return begin, begin + end - start
        return begin, self.source_end(end)

    @kept_property
    def _piece_ends(self) -> tuple[int, ...]:
        """Where the next piece begins behind each; nothing ends the last."""
        return *self.starts[1:], len(self.text) + 1

    @kept_property
    def _pieces(self) -> list[tuple[int, int]]:
        """(source offset, reading offset) of each piece in the order of the source."""
        return sorted(zip(self.sources, self.starts, strict=True))

    def reading(self, offset: int) -> int:
        """Return the reading offset of the character at source `offset`; of one that the reading text leaves out, a blank near by."""
        if not self._pieces:
            return 0
        end = len(self.text)
        i = bisect_right(self._pieces, (offset, end)) - 1
        source, start = self._pieces[i if i > 0 else 0]
        at = start + offset - source if offset > source else start
        return at if at < end else end

    @kept_property
    def boundaries(self) -> list[int]:
        """Reading offsets at which a sentence starts, in order; the first is 0."""
        if self.one_sentence:
            return [0]
        stops = [m.end() for m in _STOP.finditer(self.text) if self._ends_sentence(m.start(), m["next"])]
        return sorted([0, *[at + 1 for at in self._breaks[:-1]], *stops])

    def _ends_sentence(self, stop: int, following: str) -> bool:
        """Does the stop before these characters end a sentence? "1. 2", "TP. 5": behind a figure or capital a figure goes on."""
        before = self.text[stop - 1 : stop]
        if following[-1].isdigit() and (before.isdigit() or before.isupper()):
            return False
        return not shortens(self.text, stop)

    @kept_property
    def _ends(self) -> list[int]:
        """Where each sentence ends."""
        return [*self.boundaries[1:], len(self.text)]

    @kept_property
    def _breaks(self) -> list[int]:
        """Where lines end."""
        return [*places_of("\n", self.text), len(self.text)]

    @kept_property
    def quotes(self) -> Quotes:
        """The passages that speak for another document."""
        return find_quotes(self.text)

    @kept_property
    def type_words(self) -> list[tuple[int, int, int]]:
        """The words for types of documents, as `Lexicon.find_types` gives them."""
        return lexicon().find_types(self.text)

    def sentence(self, offset: int) -> tuple[int, int]:
        """Start and end (reading offsets) of the sentence that holds `offset`."""
        i = bisect_right(self.boundaries, offset) - 1
        return self.boundaries[i], self._ends[i]

    def paragraph(self, offset: int) -> tuple[int, int]:
        """Start and end (reading offsets) of the paragraph that holds `offset`."""
        breaks = self._breaks
        i = bisect_left(breaks, offset)
        return breaks[i - 1] + 1 if i else 0, breaks[i]

    @kept_property
    def _anchors(self) -> list[int]:
        return sorted(note.anchor for note in self.footnotes)

    def anchored(self, start: int, end: int) -> bool:
        """Does text[start:end] carry the mark of a footnote?"""
        return bisect_left(self._anchors, start) < bisect_left(self._anchors, end)

    def footnote(self, offset: int) -> Footnote | None:
        """Return the footnote that holds reading `offset`, if any."""
        if offset < self.body_end:
            return None
        i = bisect_right(self.footnotes, offset, key=lambda note: note.start) - 1
        return self.footnotes[i] if i >= 0 else None


def _mark_footnotes(text: str, paragraphs: list[Paragraph], marks: set[str]) -> None:
    """Recognize the paragraphs that are footnotes: they begin with the mark that the text carries, in order."""
    bracketed, last = bracketed_marks(text), 0
    consolidated = "HỢP NHẤT" in text or "VBHN" in text
    if not (marks or bracketed or consolidated):
        return
    for paragraph in paragraphs:
        mark = marked_note(paragraph.first, last, marks, bracketed, consolidated=consolidated)
        if mark:
            paragraph.mark = mark
            last = int(mark)


def read_layout(composed: Composed) -> Layout:
    """Return the reading text of a source."""
    text = composed.text
    body, notes = _divide(text, paragraphs_of(text))
    laid = _Laid(text)
    laid.lay(body)
    body_end = laid.length
    spans = laid.lay(notes)
    reading = "".join(laid.out)
    anchors = _anchors(reading, body_end, [note.mark or "" for note in notes]) if notes else {}
    footnotes = tuple(
        Footnote(mark, start, end, anchors.get(mark, -1))
        for mark, (start, end) in zip((note.mark or "" for note in notes), spans, strict=True)
    )
    starts, sources = laid.starts, laid.sources
    if len(composed.pieces) > 1:
        starts, sources = _through(starts, sources, laid.length, composed.pieces)
    # A source of which nothing is left has its places too: a register's cell that holds an empty table.
    return Layout(reading, tuple(starts) or (0,), tuple(sources) or (0,), footnotes, body_end)


def _anchors(reading: str, body_end: int, notes: Sequence[str]) -> dict[str, int]:
    """Where the body carries the mark of each note, by the mark."""
    anchors: dict[str, int] = {}
    for at, mark in (*find_marks(reading, body_end), *bracketed_places(reading, body_end)):
        anchors.setdefault(mark, at)
    return anchors | plain_anchors(reading, body_end, [mark for mark in notes if mark not in anchors])


def _divide(text: str, paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """The paragraphs of the body and the footnotes, with what a page break cut joined to where it belongs."""
    marks = {mark for _, mark in find_marks(text)}
    _mark_footnotes(text, paragraphs, marks)
    body: list[Paragraph] = []
    notes: list[Paragraph] = []
    after_note = False
    for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
        if paragraph.mark:
            notes.append(paragraph)
            after_note = True
            continue
        note_follows = following is not None and following.mark is not None
        cut = bool(body) and body[-1].open
        if notes and not (after_note and cut) and _note_goes_on(text, notes[-1], paragraph, note_follows, cut=cut):
            notes[-1].add(paragraph.spans, open_=paragraph.open, emphasis=paragraph.emphasis)
        elif cut and continues(body[-1], paragraph):
            body[-1].add(paragraph.spans, open_=paragraph.open, emphasis=paragraph.emphasis)
        else:
            body.append(paragraph)
        after_note = False
    return body, notes


def _note_goes_on(text: str, note: Paragraph, paragraph: Paragraph, note_follows: bool, *, cut: bool) -> bool:
    """Did the foot of the page before run on here, above this page's own footnotes? `cut`: the body waits for its end too."""
    if not note.open or (cut and not note_follows):
        return False
    return paragraph.low or (note_follows and _asks_for_more(text, note))


@dataclass(slots=True)
class _Laid:
    """The reading text as far as it is laid, with the map to the composed text."""

    text: str
    out: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    length: int = 0

    def lay(self, paragraphs: Sequence[Paragraph]) -> list[tuple[int, int]]:
        """Add paragraphs, each as one line; return where each begins and ends."""
        if not paragraphs:
            return []
        spans = [span for paragraph in paragraphs for span in paragraph.spans]
        begins = list(accumulate([end - start + 1 for start, end in spans], initial=self.length))
        self.length = begins[-1]
        self.starts += begins[:-1]
        self.sources += [start for start, _ in spans]
        counts = list(accumulate(map(len, [paragraph.spans for paragraph in paragraphs]), initial=0))
        said = [" "] * (2 * len(spans))
        said[::2] = [self.text[start:end] for start, end in spans]
        for n in counts[1:]:
            said[2 * n - 1] = "\n"
        self.out += said
        return [(begins[first], begins[behind] - 1) for first, behind in pairwise(counts)]


# What no footnote ends with: "… Kế hoạch số 61-KH/HU thực hiện" / "Kế hoạch số 128-KH/TU …" on the next page.
_ASKS = re.compile(rf"(?:,|\s(?:{CARRIES_OUT}|{verbs('clause')}|{ASKS_FIGURE}|{JOINS}))\s*$", re.IGNORECASE)


def _asks_for_more(text: str, paragraph: Paragraph) -> bool:
    start, end = paragraph.spans[-1]
    return _ASKS.search(text, max(start, end - 24), end) is not None


def _through(
    starts: list[int], sources: list[int], length: int, pieces: Sequence[tuple[int, int]]
) -> tuple[list[int], list[int]]:
    """Compose the reading map (reading -> composed) with the composition map (composed -> source)."""
    heads = [p[0] for p in pieces]
    out_starts: list[int] = []
    out_sources: list[int] = []
    for n, (start, at) in enumerate(zip(starts, sources, strict=True)):
        end = starts[n + 1] if n + 1 < len(starts) else length
        i = bisect_right(heads, at) - 1
        out_starts.append(start)
        out_sources.append(pieces[i][1] + (at - pieces[i][0]))
        i += 1
        while i < len(pieces) and pieces[i][0] < at + (end - start):
            out_starts.append(start + pieces[i][0] - at)
            out_sources.append(pieces[i][1])
            i += 1
    return out_starts, out_sources
