"""Pictures of pages to text with tesseract, when it and its Vietnamese data are installed.

Words come back with their boxes and are laid out like those of a PDF, so that the two columns of a heading stay apart.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from time import monotonic
from typing import Any

from chidao.extract.errors import SourceError
from chidao.extract.formats import Converted
from chidao.extract.formats.kinds import first_line
from chidao.extract.formats.page import Glyph, Line, drop_running, join_pages, lay_out

__all__ = ["MISSING", "OcrPages", "page_ranges", "program", "read_image", "read_pictures", "read_words"]

MISSING = "reading them needs tesseract with its Vietnamese data (Debian: apt install tesseract-ocr tesseract-ocr-vie)"
SECONDS = 90
"""What one page may take."""
SECONDS_IN_ALL = 420.0
"""After this no further page of a file is begun: with the last ones it ends before `sandbox` would end it, and all were lost."""
MAX_PIXELS = 120_000_000
"""A sheet of A4 at 600 dpi has 35 million."""
MAX_FRAMES = 2_000
"""Pages of one TIFF file that are read."""
_SURE = 25.0
"""Words of which tesseract is less sure (percent) are specks and seals."""
_DOUBTFUL = 75.0
"""Figures of which it is less sure want a look: of printed ones it is 90 % sure and more, of written ones 20 to 60 % (five scans)."""


@cache
def program() -> str | None:
    """Tesseract's program, None where it or its Vietnamese data is not installed."""
    found = shutil.which("tesseract")
    if found is None:
        return None
    listed = subprocess.run([found, "--list-langs"], capture_output=True, text=True, check=False, timeout=30)
    return found if "vie" in (listed.stdout + listed.stderr).split() else None


@dataclass(frozen=True, slots=True)
class OcrPages:
    """The lines of each page that could be read, by its number from 0, and what a reader should know: which pages were read by OCR
    and how sure that is, and which were not read and why."""

    lines: dict[int, list[Line]]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """One page as read. `sure` is tesseract's mean confidence in its words in percent, each counted by its length; `error` says why
    it was not read."""

    lines: list[Line]
    sure: float | None = None
    error: str | None = None


def read_image(data: bytes) -> Converted:
    """Return the text of a scanned page, or of all that a TIFF file holds. Raises SourceError (without a path) for no picture, one too
    large, or no tesseract.

    A damaged picture is called so also where tesseract is missing: to install it would not help."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    damage = (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError)
    try:
        with Image.open(io.BytesIO(data)) as picture:

            def frame(number: int) -> Any:
                try:
                    picture.seek(number)
                    if picture.width * picture.height > MAX_PIXELS:
                        raise SourceError(f"a picture of {picture.width:,} × {picture.height:,} points: too large")
                    return picture.convert("L")
                except damage as error:
                    raise SourceError(f"damaged picture: {first_line(error)}") from None

            total = min(getattr(picture, "n_frames", 1), MAX_FRAMES)
            first = frame(0)
            if program() is None:
                raise SourceError(f"a picture; {MISSING.replace('reading them', 'reading it')}")
            read = read_pictures(range(total), lambda number: frame(number) if number else first)
    except damage as error:
        raise SourceError(f"damaged picture: {first_line(error)}") from None
    pages = drop_running([read.lines.get(number, []) for number in range(total)])
    if not any(pages):
        raise SourceError("a picture in which no text can be read")
    text, starts, doubts = join_pages(pages)
    return Converted(text, starts, read.notes, doubts)


def read_pictures(numbers: Sequence[int], picture_of: Callable[[int], Any], seconds: float | None = None) -> OcrPages:
    """Read pages by OCR, several at once, until the time is over. `picture_of` makes a page's picture (a PIL image) from its number; it
    is called in this thread only. A page that cannot be read costs only itself."""
    end = monotonic() + (SECONDS_IN_ALL if seconds is None else seconds)
    found: dict[int, _Page] = {}
    running: deque[tuple[int, Future[_Page]]] = deque()
    together = os.cpu_count() or 1
    with ThreadPoolExecutor(together) as pool:
        for number in numbers:
            if len(running) == together:
                earlier, made = running.popleft()
                found[earlier] = made.result()
            if monotonic() >= end:
                break
            try:
                running.append((number, pool.submit(_read_page, picture_of(number).convert("L"))))
            except SourceError as error:
                found[number] = _Page([], error=error.message)
        found |= {number: made.result() for number, made in running}
    return OcrPages({n: p.lines for n, p in found.items() if not p.error}, tuple(_notes(numbers, found)))


def _notes(numbers: Sequence[int], found: dict[int, _Page]) -> Iterator[str]:
    said = [
        f"{n + 1}" + (f" ({p.sure:.0f} % sure)" if p.sure is not None else "")
        for n, p in sorted(found.items())
        if not p.error
    ]
    if said:
        yield f"read by OCR, so with misreadings: page {', '.join(said)}"
    for number, page in sorted(found.items()):
        if page.error:
            yield f"page {number + 1} was not read: {page.error}"
    if left := [n for n in numbers if n not in found]:
        yield f"pictures that were not read, for the time was over: page {page_ranges(left)}; split the file"


def page_ranges(numbers: Sequence[int]) -> str:
    """Page numbers from 0 as a reader counts them.

    >>> page_ranges([0, 2, 3, 4, 8])
    '1, 3–5, 9'
    """
    runs = [[n for _, n in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    return ", ".join(f"{run[0] + 1}–{run[-1] + 1}" if len(run) > 1 else f"{run[0] + 1}" for run in runs)


def _read_page(picture: Any) -> _Page:
    try:
        return _page(picture)
    except SourceError as error:
        return _Page([], error=error.message)


def _page(picture: Any) -> _Page:
    """The lines of a grey picture of a page. Raises SourceError when tesseract fails or takes too long."""
    rows = _rows(picture)
    return _Page(lay_out(list(_words(rows, picture.height))), _sure(rows))


def read_words(picture: Any) -> list[Glyph]:
    """Return the words of a grey picture of a page with their places, in its points. Raises SourceError when tesseract fails or takes too
    long."""
    return _words(_rows(picture), picture.height)


def _rows(picture: Any) -> list[dict[str, str]]:
    """What tesseract tells of each word."""
    tesseract = program()
    assert tesseract is not None
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    try:
        made = subprocess.run(
            [tesseract, "stdin", "stdout", "-l", "vie", "--psm", "3", "tsv"],
            input=stream.getvalue(), capture_output=True, timeout=SECONDS, check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # pages side by side are faster than threads within one
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise SourceError(f"tesseract did not finish it within {SECONDS} s") from None
    if made.returncode != 0:
        raise SourceError(f"tesseract failed: {made.stderr.decode('utf-8', 'replace').strip()[-200:]}")
    table = csv.DictReader(io.StringIO(made.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [row for row in table if row.get("level") == "5" and (row.get("text") or "").strip()]


def _doubted(word: dict[str, str]) -> float | None:
    """How sure tesseract is of a word with figures, where it is not."""
    sure = float(word["conf"])
    return sure if sure < _DOUBTFUL and any(c.isdigit() for c in word["text"]) else None


def _sure(rows: list[dict[str, str]]) -> float | None:
    letters = sum(len(row["text"]) for row in rows)
    return sum(float(row["conf"]) * len(row["text"]) for row in rows) / letters if letters else None


def _words(rows: list[dict[str, str]], height: int) -> list[Glyph]:
    """Tesseract's words as glyphs. Words of one printed line get one baseline, the foot of their line, and its usual height."""
    found: list[Glyph] = []
    by_line: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in rows:
        if float(row["conf"]) >= _SURE:
            by_line.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(row)
    for words in by_line.values():
        for w in words:
            w["text"] = _mended(w["text"])
        heights = sorted(int(w["height"]) for w in words)
        size = float(heights[len(heights) // 2])
        feet = sorted(int(w["top"]) + int(w["height"]) for w in words)
        base = float(height - feet[len(feet) // 2])
        for i, w in enumerate(words):
            left = float(w["left"])
            if i and _are_two(words[i - 1]["text"], w["text"]):
                found.append(Glyph(" ", left - 0.01, left - 0.01, base, size))
            found.append(Glyph(w["text"], left, left + float(w["width"]), base, size, sure=_doubted(w)))
    return found


# A letter that tesseract takes for two, and the term of the National Assembly ("QHI15", "QHI5"), which has had two figures since 1997.
_MISREAD = (
    (re.compile("ĐÐ|ÐĐ"), "Đ"),
    (re.compile("[\u2044\u2215]"), "/"),
    (re.compile(r"(?<=/QH)[IÍl]1?(?=[0-9](?![0-9]))"), "1"),
)


def _mended(word: str) -> str:
    """A word without what tesseract surely misreads in it.

    >>> _mended("31⁄2024/QHI15"), _mended("/QĐÐ-UBND")
    ('31/2024/QH15', '/QĐ-UBND')
    """
    for misread, meant in _MISREAD:
        word = misread.sub(meant, word)
    return word


def _are_two(before: str, behind: str) -> bool:
    """Whether a blank stands between what tesseract calls two words, however close they are: slanted letters hang over ("Căn cứ Nghị
    định"). Pieces of a number may be one ("1 01/2024", "T Tr-BQL").

    >>> _are_two("cứ", "Nghị"), _are_two("số", "72/2025"), _are_two("1", "01/2024"), _are_two("1424/T", "Tr-BQL")
    (True, True, False, False)
    """
    words = any(len(word) > 1 and word.isalpha() for word in (before, behind))
    return words and before[-1:].isalnum() and behind[:1].isalnum()
