"""Pictures of pages to text with tesseract, when it and its Vietnamese data are installed.

Words come back with their boxes and are laid out like those of a PDF, so that the two columns of a heading stay apart.
"""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from functools import cache
from typing import Any

from chidao.extract.errors import SourceError
from chidao.extract.formats import Converted
from chidao.extract.formats.page import Glyph, Line, drop_running, lay_out

__all__ = ["MISSING", "page_lines", "program", "read_image"]

MISSING = "reading them needs tesseract with its Vietnamese data (Debian: apt install tesseract-ocr tesseract-ocr-vie)"
SECONDS = 90
"""What one page may take."""
MAX_PIXELS = 120_000_000
"""A sheet of A4 at 600 dpi has 35 million."""
_SURE = 25.0
"""Words of which tesseract is less sure (percent) are specks and seals."""


@cache
def program() -> str | None:
    """Tesseract's program, None where it or its Vietnamese data is not installed."""
    found = shutil.which("tesseract")
    if found is None:
        return None
    listed = subprocess.run([found, "--list-langs"], capture_output=True, text=True, check=False, timeout=30)
    return found if "vie" in (listed.stdout + listed.stderr).split() else None


def read_image(data: bytes) -> Converted:
    """Return the text of a scanned page. Raises SourceError (without a path) for no picture, one too large, or no tesseract.

    A damaged picture is called so also where tesseract is missing: to install it would not help."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise SourceError(f"a picture of {picture.width:,} × {picture.height:,} points: too large")
            grey = picture.convert("L")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise SourceError(f"damaged picture: {error}") from None
    if program() is None:
        raise SourceError(f"a picture; {MISSING.replace('reading them', 'reading it')}")
    (lines,) = drop_running([page_lines(grey)])
    if not lines:
        raise SourceError("a picture in which no text can be read")
    return Converted("\n".join(line.text for line in lines) + "\n", (0,), ("read by OCR, so with misreadings",))


def page_lines(picture: Any) -> list[Line]:
    """The lines of a picture (a PIL image) of a page. Raises SourceError when tesseract fails or takes too long."""
    tesseract = program()
    assert tesseract is not None
    stream = io.BytesIO()
    picture.convert("L").save(stream, "PNG")
    try:
        made = subprocess.run(
            [tesseract, "stdin", "stdout", "-l", "vie", "--psm", "3", "tsv"],
            input=stream.getvalue(), capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise SourceError(f"tesseract did not finish a page within {SECONDS} s") from None
    if made.returncode != 0:
        raise SourceError(f"tesseract failed: {made.stderr.decode('utf-8', 'replace').strip()[-200:]}")
    table = csv.DictReader(io.StringIO(made.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
    return lay_out(list(_words(list(table), picture.height)))


def _words(rows: list[dict[str, str]], height: int) -> list[Glyph]:
    """Tesseract's words as glyphs. Words of one printed line get one baseline, the foot of their line, and its usual height."""
    found: list[Glyph] = []
    by_line: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in rows:
        if row.get("level") == "5" and (row.get("text") or "").strip() and float(row["conf"]) >= _SURE:
            by_line.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(row)
    for words in by_line.values():
        heights = sorted(int(w["height"]) for w in words)
        size = float(heights[len(heights) // 2])
        feet = sorted(int(w["top"]) + int(w["height"]) for w in words)
        base = float(height - feet[len(feet) // 2])
        for i, w in enumerate(words):
            left = float(w["left"])
            if i and _are_two(words[i - 1]["text"], w["text"]):
                found.append(Glyph(" ", left - 0.01, left - 0.01, base, size))
            found.append(Glyph(w["text"], left, left + float(w["width"]), base, size))
    return found


def _are_two(before: str, behind: str) -> bool:
    """Whether a blank stands between what tesseract calls two words, however close they are: slanted letters hang over ("Căn cứ Nghị
    định"). Pieces of a number may be one ("1 01/2024", "T Tr-BQL").

    >>> _are_two("cứ", "Nghị"), _are_two("số", "72/2025"), _are_two("1", "01/2024"), _are_two("1424/T", "Tr-BQL")
    (True, True, False, False)
    """
    words = any(len(word) > 1 and word.isalpha() for word in (before, behind))
    return words and before[-1:].isalnum() and behind[:1].isalnum()
