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
from functools import cache, cached_property
from itertools import pairwise, zip_longest

from chidao.extract.language.letters import UPPER, lower
from chidao.extract.language.lexicon import lexicon
from chidao.extract.language.patterns import ADDRESS, ASKS_FIGURE, GROUND, JOINS, TYPE, one_of, words
from chidao.extract.language.verbs import CARRIES_OUT, verbs
from chidao.extract.reading.composed import Composed
from chidao.extract.reading.marks import bracketed_marks, bracketed_places, find_marks, marked_note, plain_anchors
from chidao.extract.reading.quotes import Quotes, find_quotes
from chidao.ontology.authority import body_templates

# What opens a paragraph of its own: a dash or bullet, "1." "2.1." "a)" "IV." "Điều 3", a table row, a markdown heading.
_OPENS = re.compile(
    r"[ \t]*(?:[-+•●▪–—*#>|]|[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]|[a-zđ]\)|[a-zđ]\.\s|[IVXLC]{1,5}\.|[A-Z]\.\s|\(?[0-9ivx]{1,3}\)"
    rf"|(?:Điều|Chương|Phần|Mục|PHẦN|CHƯƠNG|MỤC|ĐIỀU)\s+[0-9IVXLCTh]|{GROUND}|{ADDRESS}|PHỤ LỤC"
    r"|[“\"](?:(?:Điều|Chương|Mục|CHƯƠNG|MỤC)\s+[0-9IVXLC]|[0-9]{1,3}[a-zđ]?\.\s|[a-zđ][0-9]?\)\s))"  # new text that an act quotes
)
_STOPS, _CLOSING = tuple(".:;!?…"), '"”’*_)]'
# A sentence may end here: behind a stop, closing marks and a blank, before a capital or a figure.
_SENTENCE = re.compile(rf"\n|[.!?…][\"”*)]*[ \u00a0]+(?=(?P<next>[\"“*(]*[{UPPER}0-9]))")


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

    @cached_property
    def low(self) -> str:
        """The text in lower case and as long: what asks for no capitals is found several times faster there."""
        return lower(self.text)

    def source(self, offset: int) -> int:
        """The source offset of the character at reading `offset`."""
        i = bisect_right(self.starts, offset) - 1
        return self.sources[i] + (offset - self.starts[i])

    def source_end(self, offset: int) -> int:
        """The source offset just behind the character before reading `offset` (an exclusive end)."""
        if offset <= 0:
            return 0
        starts = self.starts
        i = bisect_right(starts, offset - 1)
        end = self.sources[i - 1] + offset - starts[i - 1]
        # A composed letter is one reading character but several in the source: the end lies at the next piece.
        if i < len(starts) and starts[i] == offset and 0 < self.sources[i] - end <= 2:
            return self.sources[i]
        return end

    @cached_property
    def _pieces(self) -> list[tuple[int, int]]:
        """(source offset, reading offset) of each piece in the order of the source."""
        return sorted(zip(self.sources, self.starts, strict=True))

    def reading(self, offset: int) -> int:
        """The reading offset of the character at source `offset`; of one that the reading text leaves out, a blank near by."""
        if not self._pieces:
            return 0
        i = bisect_right(self._pieces, (offset, len(self.text))) - 1
        source, start = self._pieces[max(i, 0)]
        return min(max(start, start + offset - source), len(self.text))

    @cached_property
    def boundaries(self) -> list[int]:
        """Reading offsets at which a sentence starts, in order; the first is 0."""
        text = self.text
        starts = [0]
        for m in () if self.one_sentence else _SENTENCE.finditer(text):
            # "1. 2", "TP. 5": behind a figure or capital a figure goes on.
            if m["next"] and m["next"][-1].isdigit():
                before = text[m.start() - 1 : m.start()]
                if before.isdigit() or before.isupper():
                    continue
            starts.append(m.end())
        return starts

    @cached_property
    def _breaks(self) -> list[int]:
        """Where lines end."""
        return [m.start() for m in re.finditer("\n", self.text)]

    @cached_property
    def quotes(self) -> Quotes:
        """The passages that speak for another document."""
        return find_quotes(self.text)

    @cached_property
    def type_words(self) -> list[tuple[int, int, int]]:
        """The words for types of documents, as `Lexicon.find_types` gives them."""
        return lexicon().find_types(self.text)

    def sentence(self, offset: int) -> tuple[int, int]:
        """Start and end (reading offsets) of the sentence that holds `offset`."""
        starts = self.boundaries
        i = bisect_right(starts, offset) - 1
        end = starts[i + 1] if i + 1 < len(starts) else len(self.text)
        return starts[i], end

    def paragraph(self, offset: int) -> tuple[int, int]:
        """Start and end (reading offsets) of the paragraph that holds `offset`."""
        breaks = self._breaks
        i = bisect_left(breaks, offset)
        return breaks[i - 1] + 1 if i else 0, breaks[i] if i < len(breaks) else len(self.text)

    @cached_property
    def _anchors(self) -> list[int]:
        return sorted(note.anchor for note in self.footnotes)

    def anchored(self, start: int, end: int) -> bool:
        """Does text[start:end] carry the mark of a footnote?"""
        return bisect_left(self._anchors, start) < bisect_left(self._anchors, end)

    def footnote(self, offset: int) -> Footnote | None:
        """The footnote that holds reading `offset`, if any."""
        if offset < self.body_end:
            return None
        i = bisect_right(self.footnotes, offset, key=lambda note: note.start) - 1
        return self.footnotes[i] if i >= 0 else None


@dataclass(slots=True)
class _Paragraph:
    """Lines of the composed text that read as one paragraph."""

    spans: list[tuple[int, int]]
    first: str
    open: bool
    emphasis: bool = False
    """Its last line leaves Markdown's "**" open."""
    mark: str | None = None

    def add(self, paragraph: _Paragraph) -> None:
        """Take in the paragraph that goes on with this one."""
        self.spans += paragraph.spans
        self.open = paragraph.open
        self.emphasis ^= paragraph.emphasis


def _closes(ending: str) -> bool:
    """Is a line with this ending closed by a stop, perhaps with closing marks and blanks behind it?"""
    return ending.rstrip().rstrip(_CLOSING).endswith(_STOPS)


def _is_table(line: str) -> bool:
    return "\t" in line or line.lstrip().startswith("|")


# No line of its own ends so: "Thực hiện Nghị quyết số" / "57-NQ/TW", "Chỉ thị số 14-CT/TW của" / "Ban Bí thư".
_CUT = re.compile(rf"[^\s:]\s(?:{ASKS_FIGURE}|{JOINS})\s*\n|\s{CARRIES_OUT}\s*\n{TYPE}\s+số\s+[0-9]")
_BLANK = frozenset(" \t\r\f\v")
_RUN = re.compile(r"\S+(?:[ \u00a0]\S+)*")


def _words(line: str, at: int) -> list[tuple[int, int]]:
    """The parts of a line that read on with single blanks; PDF text has runs of them ("của Chính  phủ") and ends in some."""
    if _is_table(line):
        return [(at, at + len(line))]
    return [(at + m.start(), at + m.end()) for m in _RUN.finditer(line)]


def _paragraphs(text: str) -> list[_Paragraph]:
    """Paragraphs in source order. Lines that stand under each other without a blank line are joined where the upper one
    is cut: it has no closing punctuation and the lower one opens nothing of its own."""
    found: list[_Paragraph] = []
    at, blank = 0, True
    previous = ""
    lines = text.split("\n")
    blocks, full = _in_blocks(lines), _full_from(lines)
    for line in lines:
        end = at + len(line)
        if line and not line.isspace():
            plain = "  " not in line and line[-1] not in _BLANK
            spans = [(at, end)] if plain else _words(line, at)
            paragraph = _Paragraph(spans, line, not _closes(line[-24:].rstrip()[-8:]), line.count("**") % 2 == 1)
            cut = bool(found) and (blocks or found[-1].emphasis)
            waits = bool(found) and (found[-1].open or (full < _NEVER and _runs_on(previous, line)))
            if not blank and waits and _joins(previous, line, cut=cut, full=full):
                found[-1].add(paragraph)
            else:
                found.append(paragraph)
            blank, previous = False, line
        else:
            blank = True
        at = end + 1
    return found


_WRAPPED = range(30, 112)
"""How long the lines of a text are that was broken at a width, in characters."""


def _in_blocks(lines: list[str]) -> bool:
    """Is the text broken at a width, with a blank line between paragraphs (a saved web page, a mail)? Then what stands under each other
    without a blank line is one paragraph, however short its lines."""
    inner = closed = apart = 0
    for line, following in pairwise(lines):
        if not line or line.isspace() or _is_table(line):
            continue
        behind = bool(following) and not following.isspace()
        if _closes(line[-8:]):
            closed += 1
            apart += not behind
        elif behind and len(line) > 24:
            inner += 1 if len(line) in _WRAPPED else -3
    return inner >= 12 and apart >= 0.6 * closed


def _full_from(lines: list[str]) -> int:
    """Return from how many characters on a line may have been broken at the page's width: never where paragraphs fill a line of any
    length and nothing goes on in a small letter below a shorter one, and hardly where the line is much shorter than the others."""
    widest = [0] * _FEW
    for line, following in pairwise(lines):
        if _is_table(line):
            continue
        if len(line) >= _FULL and _starts_low(following) and not _closes(line[-8:]):
            return _FULL
        widest = sorted((*widest[1:], max(widest[0], len(line))))
    return max(_FULL, widest[0] * 6 // 10) if widest[0] <= _WRAPPED.stop + 30 else _NEVER


_QUOTED = '“"'
_FULL = 50
"""From here on a line may be full, in characters."""
_FEW = 3
"""As many lines that are too long may be lists that a converter has melted."""
_NEVER = 1 << 40

_ASK_NAME = words("asks for a name")
# How a line ends that is cut: behind a comma, after a word that asks for its name ("2. Sở" / "Tài chính").
_UNENDED = re.compile(
    rf"(?:,|(?<!\w)(?:{one_of([*_ASK_NAME, *map(str.upper, _ASK_NAME)])}|CHỦ|"
    rf"{JOINS}|số|CỦA|VÀ))\s*$"
)


_LABEL = re.compile(r"[\s*_#]*(?:(?:[0-9]{1,2}(?:\.[0-9]{1,2})*|[a-zđ])[.)]|[-+•])?[\s*_]*")


@cache
def _name_cuts() -> dict[str, frozenset[str]]:
    """Where a line may end within the name of a body of every place: what can stand behind each beginning, in lower case."""
    names = [name.partition(" {")[0].lower() for t in body_templates() for name in (t.name, *t.labels)]
    found: dict[str, set[str]] = {}
    for words_ in (name.split() for name in names):
        for n in range(1, len(words_)):
            found.setdefault(" ".join(words_[:n]), set()).add(" ".join(words_[n:]))
    return {before: frozenset(behind) for before, behind in found.items()}


def _within_name(upper: str, line: str) -> bool:
    """ "2. Trung tâm" / "Phục vụ hành chính công xã": does a body's name, alone on its line, go on below?"""
    label = _LABEL.match(upper)
    begun = " ".join(upper[label.end() if label else 0 :].lower().split())
    behind = _name_cuts().get(begun, ())
    below = " ".join(line.lower().split())
    return any(below.startswith(rest) and not below[len(rest) : len(rest) + 1].isalnum() for rest in behind)


_LONGEST_NAME = 60


def _is_cut(upper: str, line: str) -> bool:
    if len(upper) < _LONGEST_NAME and _within_name(upper, line):
        return True
    return _UNENDED.search(upper[-16:]) is not None or _CUT.search(f"{upper[-24:]}\n{line[:40]}") is not None


# "… quy định tại khoản 2" / "Điều 27 của Luật …": the article is named, and does not begin.
_NAMED_ARTICLE = re.compile(
    r"(?:(?:khoản|điểm|tiết)\s+[0-9a-zđ.]{1,5}|,|(?<!\w)(?:tại|của|theo|và|các|từ|đến))\n[ \t]*Điều\s+[0-9]+[a-zđ]?(?![0-9a-zđ]*\s*[.:])",
    re.IGNORECASE,
)


def _names_article(upper: str, line: str) -> bool:
    return "iều" in line[:6] and _NAMED_ARTICLE.search(f"{upper[-20:].rstrip()}\n{line[:20]}") is not None


def _joins(upper: str, line: str, *, cut: bool, full: int) -> bool:
    """Does a line go on with the one right above it? `cut` says that the line above goes on in any case, `full` from how many
    characters on it may have been broken at the page's width."""
    if _names_article(upper, line):
        return True
    return (
        not _OPENS.match(line)
        and not _is_table(line)
        and not _is_table(upper)
        and (cut or len(upper) >= (_FULL if line[0] in _QUOTED else full) or _starts_low(line) or _is_cut(upper, line))
        and upper.isupper() == line.isupper()
    )


def _runs_on(upper: str, line: str) -> bool:
    """Was a full line broken behind a semicolon ("… khoản 5 Điều 11;" / "điểm c khoản 1 Điều 14 …")? Items of a list have a label."""
    return upper.rstrip().endswith(";") and len(upper) >= _FULL and _starts_low(line)


def _starts_low(line: str) -> bool:
    """Does the first letter of the line stand in lower case? ("công tác kiểm tra, giám sát³³." continues something)"""
    head = line.lstrip(" \t*_")[:1]
    return head.islower()


def _mark_footnotes(text: str, paragraphs: list[_Paragraph], marks: set[str]) -> None:
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
    body, notes = _divide(text, _paragraphs(text))
    laid = _Laid(text)
    for paragraph in body:
        laid.lay(paragraph)
    body_end = laid.length
    spans = [laid.lay(note) for note in notes]
    reading = "".join(laid.out)
    anchors = _anchors(reading, body_end, [note.mark or "" for note in notes]) if notes else {}
    footnotes = tuple(
        Footnote(mark, start, end, anchors.get(mark, -1))
        for mark, (start, end) in zip((note.mark or "" for note in notes), spans, strict=True)
    )
    starts, sources = laid.starts, laid.sources
    if len(composed.pieces) > 1:
        starts, sources = _through(starts, sources, laid.length, composed.pieces)
    return Layout(reading, tuple(starts), tuple(sources), footnotes, body_end)


def _anchors(reading: str, body_end: int, notes: Sequence[str]) -> dict[str, int]:
    """Where the body carries the mark of each note, by the mark."""
    anchors: dict[str, int] = {}
    for at, mark in (*find_marks(reading, body_end), *bracketed_places(reading, body_end)):
        anchors.setdefault(mark, at)
    return anchors | plain_anchors(reading, body_end, [mark for mark in notes if mark not in anchors])


def _divide(text: str, paragraphs: list[_Paragraph]) -> tuple[list[_Paragraph], list[_Paragraph]]:
    """The paragraphs of the body and the footnotes, with what a page break cut joined to where it belongs."""
    marks = {mark for _, mark in find_marks(text)}
    _mark_footnotes(text, paragraphs, marks)
    body: list[_Paragraph] = []
    notes: list[_Paragraph] = []
    after_note = False
    for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
        if paragraph.mark:
            notes.append(paragraph)
            after_note = True
            continue
        note_follows = following is not None and following.mark is not None
        cut = bool(body) and body[-1].open
        if notes and not (after_note and cut) and _note_goes_on(text, notes[-1], paragraph, note_follows, cut=cut):
            notes[-1].add(paragraph)
        elif cut and _continues(body[-1], paragraph):
            body[-1].add(paragraph)
        else:
            body.append(paragraph)
        after_note = False
    return body, notes


def _note_goes_on(text: str, note: _Paragraph, paragraph: _Paragraph, note_follows: bool, *, cut: bool) -> bool:
    """Did the foot of the page before run on here, above this page's own footnotes? `cut`: the body waits for its end too."""
    if not note.open or (cut and not note_follows):
        return False
    return _starts_low(paragraph.first) or (note_follows and _asks_for_more(text, note))


@dataclass(slots=True)
class _Laid:
    """The reading text as far as it is laid, with the map to the composed text."""

    text: str
    out: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    length: int = 0

    def lay(self, paragraph: _Paragraph) -> tuple[int, int]:
        """Add a paragraph as one line; return where it begins and ends."""
        begin = self.length
        for n, (start, end) in enumerate(paragraph.spans):
            if n:
                self.out.append(" ")
                self.length += 1
            self.starts.append(self.length)
            self.sources.append(start)
            self.out.append(self.text[start:end])
            self.length += end - start
        self.out.append("\n")
        self.length += 1
        return begin, self.length - 1


# What no footnote ends with: "… Kế hoạch số 61-KH/HU thực hiện" / "Kế hoạch số 128-KH/TU …" on the next page.
_ASKS = re.compile(rf"(?:,|\s(?:{CARRIES_OUT}|{verbs('clause')}|{ASKS_FIGURE}|{JOINS}))\s*$", re.IGNORECASE)


def _asks_for_more(text: str, paragraph: _Paragraph) -> bool:
    start, end = paragraph.spans[-1]
    return _ASKS.search(text, max(start, end - 24), end) is not None


def _continues(cut: _Paragraph, paragraph: _Paragraph) -> bool:
    """Does `paragraph` run on from `cut`, which ends without closing punctuation?

    In lower case it does. With a capital it does behind a comma or a long running text, unless it opens an item or is
    a heading of its own ("… tạo tiền đề để Đảng bộ" / "Thành phố tiếp tục thực hiện thắng lợi …").
    """
    if cut.first.isupper():
        return False
    if _starts_low(paragraph.first):
        return not _is_table(paragraph.first) and not _OPENS.match(paragraph.first)
    if _OPENS.match(paragraph.first) or _is_table(paragraph.first) or paragraph.first.isupper():
        return False
    start, end = cut.spans[0]
    long = end - start > 200 and len(paragraph.first) > 40
    return long and not _OPENS.match(cut.first[:2] if cut.first[:1].isdigit() else "")


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
