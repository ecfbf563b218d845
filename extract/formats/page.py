"""A printed page to lines of text, from where its characters stand.

PDF and OCR give characters with boxes, in whatever order a program wrote them. A line is what shares a baseline; columns side
by side stay on one line, parted by wide blanks, as heading and signature block of a document are printed; a small raised figure
is a footnote's mark; page numbers and running heads are no text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chidao.extract.formats.lines import raised

__all__ = ["COLUMN", "Glyph", "Line", "drop_running", "lay_out"]

COLUMN = "     "
"""What parts columns of a line."""
_COLUMN_GAP = 1.7
"""A gap wider than this, in sizes of the type, parts columns; justified text stays below."""
_BLANK_GAP = 0.19
"""A gap wider than this, in sizes of the type, is a blank."""
_SMALL = 0.8
"""A figure below this share of its neighbours' size may be a raised mark."""
_RUNNING = re.compile(
    r"(?:CÔNG\s+BÁO\s*/\s*Số\s.{1,40}/\s*Ngày\s+[\d\s./-]{6,14}\d*|\d{1,4}\s+CÔNG\s+BÁO\s*/.*|[-–]?\s*\d{1,4}\s*[-–]?|"
    r"[-–]?\s*[Tt]rang\s+\d{1,4}(?:\s*/\s*\d{1,4})?)"
)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character, or a word that OCR read. `left`, `right` and `base` in points, `base` counted upwards from the foot of
    the page; `size` is the height of the type; `stamp` marks what was put over the page afterwards."""

    text: str
    left: float
    right: float
    base: float
    size: float
    stamp: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line as printed: `text`, its baseline, the size of its type, and where it begins."""

    text: str
    base: float
    size: float
    left: float
    overprinted: bool = False


def lay_out(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines of a page from top to bottom."""
    visible = [g for g in glyphs if g.text.isspace() or g.right > g.left]
    rows: list[list[Glyph]] = []
    bases: list[float] = []
    sizes: list[float] = []
    # Large type first: marks then find their line; blanks last: they belong to a line and never make one.
    for g in sorted(visible, key=lambda g: (g.text.isspace(), -g.size, -g.base)):
        best, distance = -1, 0.0
        for i in range(len(rows)):
            away = g.base - bases[i]
            low, high = -0.3 * g.size, max(0.3 * g.size, 0.62 * sizes[i] if g.size < _SMALL * sizes[i] else 0.0)
            if low <= away <= high and (best < 0 or abs(away) < distance):
                best, distance = i, abs(away)
        if best < 0 and g.text.isspace():
            continue
        if best < 0:
            rows.append([g])
            bases.append(g.base)
            sizes.append(g.size)
        else:
            rows[best].append(g)
    found = [_line(row, base, size) for row, base, size in zip(rows, bases, sizes, strict=True)]
    return sorted(found, key=lambda line: -line.base)


def _line(row: list[Glyph], base: float, size: float) -> Line:
    row = sorted(row, key=lambda g: g.left)
    parts: list[str] = []
    over = blank = False
    last: Glyph | None = None
    for i, g in enumerate(row):
        if g.text.isspace():
            blank = last is not None
            continue
        text = raised(g.text) if _is_mark(row, i, base, size) else g.text
        if last is not None:
            gap = (g.left - last.right) / max(size, 1.0)
            if last.stamp != g.stamp and gap < -0.25:
                over = True
            if gap > _COLUMN_GAP:
                parts.append(COLUMN if not _fills_blank(parts, text) else " ")
            elif gap > _BLANK_GAP or blank:
                parts.append(" ")
        parts.append(text)
        blank = False
        if last is None or g.right > last.right:
            last = g
    return Line("".join(parts), base, size, next(g.left for g in row if not g.text.isspace()), over)


def _is_mark(row: Sequence[Glyph], i: int, base: float, size: float) -> bool:
    """A small raised figure behind a word, or small ones before the text of a note."""
    g = row[i]
    return g.text.isdecimal() and not g.stamp and g.size < _SMALL * size and g.base > base + 0.12 * size


def _fills_blank(parts: Sequence[str], text: str) -> bool:
    """ "Số:        /QĐ-UBND": the blank of a number is no border between columns."""
    return text[:1] in "/-–" and "".join(parts).strip().lower().split(COLUMN)[-1].startswith(("số", "sô", "so"))


def drop_running(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """The pages without page numbers and running heads: first and last lines that say so, or that most pages share."""
    seen: Counter[str] = Counter()
    for lines in pages:
        seen.update({_shape(line.text) for line in (*lines[:2], *lines[-1:])})
    often = {shape for shape, count in seen.items() if count >= 3 and count > 0.5 * len(pages)}
    kept = []
    for lines in pages:
        lines = list(lines)
        shared = often if len(lines) > 3 else set()  # what is nearly all of a page is its text
        while lines and (_RUNNING.fullmatch(lines[0].text.strip()) or _shape(lines[0].text) in shared):
            lines.pop(0)
        while lines and (_RUNNING.fullmatch(lines[-1].text.strip()) or _shape(lines[-1].text) in shared):
            lines.pop()
        kept.append([replace(line, text=line.text.rstrip()) for line in lines])
    return kept


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", " ".join(text.split()))
