"""A passage that was found, as it is shown: the words marked, no longer than a few lines."""

from __future__ import annotations

from dataclasses import dataclass

from chidao.extract.model import Span
from chidao.graph.answers.search_query import Asked
from chidao.graph.evidence import Place
from chidao.graph.index.made import Said
from chidao.graph.index.words import placed_words, spelled_out

LENGTH = 260
"""Characters of a snippet, about."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage, or a part of one: `marks` are the places of the words in its `text`. `start` and `end` are the whole passage's in the text
    of the file with this checksum."""

    text: str
    marks: tuple[Span, ...]
    sha256: str
    start: int
    end: int

    @property
    def place(self) -> Place:
        """Where the passage stands, for a link to it."""
        return Place(source="", line=0, sentence_span=(self.start, self.end))

    def pieces(self) -> list[tuple[str, bool]]:
        """Return the text in pieces, each with whether it is marked."""
        found, done = [], 0
        for start, end in self.marks:
            found += [(self.text[done:start], False), (self.text[start:end], True)]
            done = end
        return [piece for piece in (*found, (self.text[done:], False)) if piece[0]]


def snippet(said: Said, asked: Asked) -> Snippet:
    """Return the part of a passage where most of the words are."""
    marks = _marks(said.text, asked)
    begin, end = _window(said.text, marks)
    text = said.text[begin:end]
    before, behind = "… " if begin else "", " …" if end < len(said.text) else ""
    moved = tuple(
        (start - begin + len(before), stop - begin + len(before))
        for start, stop in marks
        if begin <= start and stop <= end
    )
    return Snippet(before + text + behind, moved, said.sha256, said.start, said.end)


def _marks(text: str, asked: Asked) -> list[Span]:
    """The places of the words, those side by side as one; a word by itself is none where it stands with others elsewhere."""
    found: list[tuple[int, int, list[str]]] = []
    for start, end, word in _hits(list(placed_words(text)), asked):
        if found and start - found[-1][1] < 4 and not any(map(str.isalnum, text[found[-1][1] : start])):
            found[-1] = (found[-1][0], end, [*found[-1][2], word])
        else:
            found.append((start, end, [word]))
    together = {word for _, _, run in found if len(run) > 1 for word in run}
    return [(start, end) for start, end, run in found if len(run) > 1 or run[0] not in together]


def _hits(placed: list[tuple[int, int, str]], asked: Asked) -> list[tuple[int, int, str]]:
    """The words of a text that were asked for, by themselves, in a phrase or as what an abbreviation stands for."""
    singles = set(asked.wanted)
    last = asked.typed[-1] if asked.typing and asked.typed and len(asked.typed[-1]) > 2 else None
    hit = {at for at, (_, _, word) in enumerate(placed) if word in singles or (last and word.startswith(last))}
    plain = [word for _, _, word in placed]
    for run in (*asked.phrases, *(full for word in singles for full in spelled_out().get(word, ()))):
        for at in range(len(plain) - len(run) + 1):
            if tuple(plain[at : at + len(run)]) == run:
                hit.update(range(at, at + len(run)))
    return [placed[at] for at in sorted(hit)]


def _window(text: str, marks: list[Span]) -> Span:
    """The first stretch of a long text that holds the most different words of those that are marked, from one blank to another."""
    if len(text) <= LENGTH + 40 or not marks:
        return 0, len(text) if len(text) <= LENGTH + 40 else text.rfind(" ", 0, LENGTH) + 1 or LENGTH
    within = {mark: {text[s:e].lower() for s, e in marks if mark[0] <= s and e <= mark[0] + LENGTH} for mark in marks}
    best = max(marks, key=lambda mark: (len(within[mark]), -mark[0]))
    begin = max(best[0] - LENGTH // 4, 0)
    if begin:
        begin = text.find(" ", begin, best[0]) + 1 or best[0]
    end = min(begin + LENGTH, len(text))
    if end < len(text):
        end = max(text.rfind(" ", begin, end), best[1])
    return begin, end
