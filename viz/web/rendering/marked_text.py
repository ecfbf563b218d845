"""A passage of a text with its marks as HTML. Marks may nest, overlap and cross paragraphs; every character of the passage comes once.

A place inside several marks leads to what the shortest of them means and looks like all of them. The characters stand as they were read;
what is left of a file's Markdown is there too, but not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from chidao.extract.model import Span

_HIDDEN = re.compile(r"\*\*|(?m:^[ ]*#{1,6}[ ]|^[ ]*\|(?:[ ]*:?-+:?[ ]*\|)+[ ]*$|^[ ]*\||\|[ ]*$)")


@dataclass(frozen=True, slots=True)
class Shown:
    """A mark as it is shown: its kind, the name of the note on the page that says what it means, and that in a few words. `flag` is a
    number to be shown where it begins, 0 for none."""

    start: int
    end: int
    kind: str
    note: str
    words: str
    flag: int = 0


def marked_text(
    text: str,
    start: int,
    end: int,
    marks: Sequence[Shown] = (),
    sentences: Sequence[Span] = (),
    asked: Span | None = None,
) -> Markup:
    """Return text[start:end] with its marks. Each sentence is named by its place ("s120"), and has a look of its own where it was
    `asked` for."""
    inside = [mark for mark in marks if mark.start < end and start < mark.end]
    hidden = [(start + m.start(), start + m.end()) for m in _HIDDEN.finditer(text[start:end])]
    out: list[str] = []
    for begin, stop, named in _runs(start, end, sentences):
        here = [mark for mark in inside if mark.start < stop and begin < mark.end]
        said = "".join(_pieces(text, begin, stop, here, hidden))
        if named is None:
            out.append(said)
            continue
        name = f' id="s{begin}"' if named[0] == begin else ""
        looks = "s asked" if asked and named[0] < asked[1] and asked[0] < named[1] else "s"
        out.append(f'<span class="{looks}"{name}>{said}</span>')
    return Markup("".join(out))


def _runs(start: int, end: int, sentences: Sequence[Span]) -> Iterator[tuple[int, int, Span | None]]:
    """The stretches of a passage, each with the sentence that it is of; where one begins inside another, that one ends."""
    at = start
    spans = sorted(dict(sorted(span for span in sentences if span[0] < end and start < span[1])).items())
    for i, (begin, stop) in enumerate(spans):
        if i + 1 < len(spans):
            stop = min(stop, spans[i + 1][0])
        first, last = max(begin, at), min(stop, end)
        if first >= last:
            continue
        if at < first:
            yield at, first, None
        yield first, last, (begin, stop)
        at = last
    if at < end:
        yield at, end, None


def _pieces(text: str, start: int, end: int, marks: Sequence[Shown], hidden: Sequence[Span]) -> Iterator[str]:
    """The characters of a stretch between the places where marks begin and end."""
    edges = {start, end}
    for begin, stop in (*((mark.start, mark.end) for mark in marks), *hidden):
        edges |= {begin, stop}
    for begin, stop in pairwise(sorted(edge for edge in edges if start <= edge <= end)):
        for mark in marks:
            if mark.flag and mark.start == begin:
                yield f'<a class="flag" href="#{mark.note}" aria-label="{escape(mark.words)}" data-n="{mark.flag}"></a>'
        if any(first <= begin and stop <= last for first, last in hidden):
            yield f'<span class="md">{escape(text[begin:stop])}</span>'
        else:
            yield _piece(text[begin:stop], [mark for mark in marks if mark.start <= begin and stop <= mark.end])


def _piece(words: str, marks: Sequence[Shown]) -> str:
    """Characters that all of these marks are over, as a link to what the shortest means."""
    over = sorted(marks, key=lambda mark: mark.end - mark.start)
    looks = " ".join(dict.fromkeys(f"m-{mark.kind}" for mark in over))
    if over and over[0].kind != "task" and words.strip():
        return f'<a class="m {looks}" href="#{over[0].note}" title="{escape(over[0].words)}">{escape(words)}</a>'
    return f'<span class="{looks}">{escape(words)}</span>' if over else str(escape(words))
