"""A page of a PDF or of a scan as people see it: a picture of it, and where on it a passage of its text stands.

Both are made in a guarded process (`sandbox`), so that what a file was made to do harms nobody who looks at it, and what comes back is
points of colour and numbers. The passage is found by its words: those of the page in the order of the file, or line by line where that is
another one than the text's, against those of the text, folded; those of a picture are what tesseract reads.
"""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import Any, Protocol

from chidao.extract.errors import SourceError
from chidao.extract.formats.kinds import Kind, first_line
from chidao.extract.formats.legacy import restored
from chidao.extract.formats.limits import Limits
from chidao.extract.formats.ocr import MAX_PIXELS, program, read_words
from chidao.extract.formats.page import Glyph
from chidao.extract.formats.pdf import open_pdf
from chidao.extract.formats.sandbox import Call, Readers
from chidao.extract.formats.source import open_file
from chidao.extract.language.letters import plain
from chidao.extract.model import Span

__all__ = ["CHANGED", "Box", "Passage", "draw", "draw_page", "find", "find_passage", "standing_for"]

_LIMITS = Limits(1200 << 20, 25)
_OCR_LIMITS = Limits(1200 << 20, 120)
_COLOURS = 64
"""Of a picture: type, a red seal, a blue signature."""
_MOST = 16_000_000
"""Points of a picture that is drawn, whatever shape its page has."""
_MOST_WORDS = 4_000
"""Of a page; one with more is a drawing, or was made to take long."""
_OCR_SCALE = 300 / 72
_FINE = 20
"""Steps of a point in which places are told."""
_ODD = 1.3
"""How much longer a passage may be on the page than in the text, where its words differ: a hyphen, a letter read otherwise."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, in points from its upper left corner as it is shown."""

    left: float
    top: float
    right: float
    bottom: float

    def joined(self, other: Box) -> Box:
        """Return what holds both."""
        return Box(
            min(self.left, other.left), min(self.top, other.top), max(self.right, other.right), max(self.bottom, other.bottom)
        )  # fmt: skip

    def is_before(self, other: Box) -> bool:
        """Does the other one go on in its line, a blank apart?"""
        height = self.bottom - self.top
        return abs(self.bottom - other.bottom) < height / 2 and -1 < other.left - self.right < height


@dataclass(frozen=True, slots=True)
class Passage:
    """How large a page is, in points, and where on it a passage stands, line by line: nowhere where it was not found, and then it may be
    `readable` by OCR, which was not tried."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    readable: bool


Word = tuple[str, Box]


def _changed() -> SourceError:
    return SourceError("the file has changed or is gone since it was read")


CHANGED = _changed().message
"""Why nothing is shown of a file that is another one by now."""


class _Page(Protocol):
    """A page with its size in points, as it is shown."""

    width: float
    height: float

    def picture(self, scale: float) -> Any: ...
    def words(self) -> list[Word]: ...


def draw(path: str, sha256: str, number: int, width: int, readers: Readers) -> bytes:
    """Return a page, counted from 1, of the file with this checksum as a PNG so many points wide, or as near to that as its shape allows.
    Raises SourceError (without a path) where that cannot be done, with `CHANGED` where the file is another one by now."""
    return readers.ask(Call(f"{__name__}:draw_page", [path, sha256, number, width], limits=_LIMITS))


def find(
    path: str, sha256: str, number: int, text: str, asked: Span, readers: Readers, *, ocr: bool = False
) -> Passage:
    """Return where on a page stands what is asked for of the page's `text`; with `ocr` also on a picture. Raises as `draw`."""
    limits = _OCR_LIMITS if ocr else _LIMITS
    arguments = [path, sha256, number, *asked, ocr]
    said = json.loads(readers.ask(Call(f"{__name__}:find_passage", arguments, text.encode(), limits)))
    return Passage(said["width"], said["height"], tuple(Box(*box) for box in said["boxes"]), said["readable"])


def draw_page(bound: Callable[[Limits], None], arguments: list[Any], body: bytes) -> bytes:
    """In a reader: the answer to `draw`."""
    from PIL import Image

    path, sha256, number, width = arguments
    with _page(path, sha256, number) as page:
        scale = min(width / page.width, (_MOST / (page.width * page.height)) ** 0.5)
        picture = (
            page.picture(scale).convert("RGB").quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        )
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def find_passage(bound: Callable[[Limits], None], arguments: list[Any], body: bytes) -> bytes:
    """In a reader: the answer to `find`."""
    path, sha256, number, start, end, ocr = arguments
    text, asked = body.decode(), (start, end)
    with _page(path, sha256, number) as page:
        places = _standing(page.words(), text, asked)
        readable = start < end and not places and program() is not None
        if ocr and readable:
            places = _standing(_read(page), text, asked)
        boxes = [[round(side, 2) for side in astuple(box)] for box in _lines(places)]
        said = {"width": page.width, "height": page.height, "boxes": boxes, "readable": readable and not ocr}
    return json.dumps(said).encode()


def _standing(words: Sequence[Word], text: str, asked: Span) -> list[Box]:
    """Where the asked words of a text are among those of its page, in the order that finds more of them."""
    if not words or asked[0] >= asked[1]:
        return []
    said = restored("\n".join(word for word, _ in words))[0].split("\n")
    in_file = list(range(len(words)))
    found = [
        [order[i] for i in standing_for([said[i] for i in order], text, asked)]
        for order in (in_file, _by_lines([box for _, box in words]))
    ]
    return [words[i][1] for i in max(found, key=len)]


def _by_lines(boxes: Sequence[Box]) -> list[int]:
    """The order of boxes from the first line to the last, and from left to right."""
    order: list[int] = []
    line: list[int] = []
    for i in sorted(range(len(boxes)), key=lambda i: boxes[i].bottom):
        if line and boxes[i].bottom - boxes[line[0]].bottom > (boxes[line[0]].bottom - boxes[line[0]].top) / 2:
            order += sorted(line, key=lambda k: boxes[k].left)
            line = []
        line.append(i)
    return order + sorted(line, key=lambda k: boxes[k].left)


def _lines(boxes: Sequence[Box]) -> Iterator[Box]:
    """Boxes of words as boxes of what stands together in a line."""
    last: Box | None = None
    for box in boxes:
        if last is not None and last.is_before(box):
            last = last.joined(box)
            continue
        if last is not None:
            yield last
        last = box
    if last is not None:
        yield last


def standing_for(words: Sequence[str], text: str, asked: Span) -> list[int]:
    """Return which words of a page are those that a text has at a place. The text is of this page; it may lack words of the page, as a
    running head, have others a little otherwise, and have some twice.

    >>> standing_for(["TRANG", "2", "Thực", "hiện", "kế-", "hoạch"], "Thực hiện kế hoạch", (10, 18))
    [4, 5]
    """
    page = [(i, word) for i, said in enumerate(words) if (word := _folded(said))]
    parts = [
        (m.end() > asked[0] and m.start() < asked[1], word)
        for m in re.finditer(r"\S+", text)
        if (word := _folded(m[0]))
    ]
    if max(len(page), len(parts)) > _MOST_WORDS:
        return []
    matcher = SequenceMatcher(None, [word for _, word in page], [word for _, word in parts], autojunk=False)
    found: list[int] = []
    for kind, i, k, m, n in matcher.get_opcodes():
        here, there = page[i:k], parts[m:n]
        if kind == "equal":
            found += [at for (at, _), (wanted, _) in zip(here, there, strict=True) if wanted]
        elif kind == "replace":
            found += _standing_in(here, there)
    return found


def _standing_in(page: Sequence[tuple[int, str]], text: Sequence[tuple[bool, str]]) -> Iterator[int]:
    """The words of a stretch that page and text have otherwise: parted at other places, or all of it asked for and about as long."""
    ends = list(accumulate((len(word) for _, word in text), initial=0))
    if "".join(word for _, word in page) == "".join(word for _, word in text):
        wanted = [span for span, (is_wanted, _) in zip(pairwise(ends), text, strict=True) if is_wanted]
        at = 0
        for i, word in page:
            if any(start < at + len(word) and at < end for start, end in wanted):
                yield i
            at += len(word)
    elif all(is_wanted for is_wanted, _ in text) and sum(len(word) for _, word in page) <= _ODD * ends[-1] + 2:
        yield from (i for i, _ in page)


def _folded(word: str) -> str:
    """Letters and figures alone, plain; a raised one is a figure."""
    return re.sub(r"[\W_]+", "", plain(unicodedata.normalize("NFKC", word)))


@contextmanager
def _page(path: str, sha256: str, number: int) -> Iterator[_Page]:
    """A page of the file with this checksum. Raises SourceError."""
    try:
        file = open_file(path)
    except SourceError:
        raise _changed() from None
    if file.sha256 != sha256:
        raise _changed()
    if file.kind is Kind.PDF:
        import pypdfium2

        try:
            yield _PdfPage(open_pdf(file.data), number)
        except pypdfium2.PdfiumError as error:
            raise SourceError(f"page {number} is damaged: {first_line(error)}") from None
    elif file.kind is Kind.IMAGE:
        yield _ScannedPage(file.data, number)
    else:
        raise SourceError("this file has no pages that can be shown")


class _PdfPage:
    def __init__(self, document: Any, number: int) -> None:
        if not 1 <= number <= len(document):
            raise SourceError("this file has no such page")
        self._page = document[number - 1]
        self.width, self.height = self._page.get_size()
        if min(self.width, self.height) <= 0:
            raise SourceError(f"page {number} is damaged: it has no size")

    def picture(self, scale: float) -> Any:
        return self._page.render(scale=scale).to_pil()

    def words(self) -> list[Word]:
        """Its words in the order of the file, each with its place; one that a line's end cuts is two."""
        import pypdfium2.raw as pdfium

        text = self._page.get_textpage()
        words: list[Word] = []
        word = ""
        place: Box | None = None
        box = pdfium.FS_RECTF()
        for i in range(text.count_chars()):
            char = chr(pdfium.FPDFText_GetUnicode(text.raw, i))
            blank = char.isspace() or not char.isprintable() or not pdfium.FPDFText_GetLooseCharBox(text.raw, i, box)
            here = None if blank else self._shown(box)
            if place is not None and (here is None or abs(here.bottom - place.bottom) > place.bottom - place.top):
                words.append((word, place))
                word, place = "", None
            if here is not None:
                word += char
                place = here if place is None else place.joined(here)
        if place is not None:
            words.append((word, place))
        return words

    def _shown(self, box: Any) -> Box:
        """A place in the file's coordinates as the page is shown, which may be turned or cut."""
        from ctypes import c_int

        import pypdfium2.raw as pdfium

        x, y = c_int(), c_int()
        size = (round(self.width * _FINE), round(self.height * _FINE))
        corners = []
        for left, top in ((box.left, box.top), (box.right, box.bottom)):
            pdfium.FPDF_PageToDevice(self._page.raw, 0, 0, *size, 0, left, top, x, y)
            corners.append((x.value / _FINE, y.value / _FINE))
        (a, b), (c, d) = corners
        return Box(min(a, c), min(b, d), max(a, c), max(b, d))


class _ScannedPage:
    def __init__(self, data: bytes, number: int) -> None:
        from PIL import Image, UnidentifiedImageError

        Image.MAX_IMAGE_PIXELS = MAX_PIXELS
        try:
            self._picture = Image.open(io.BytesIO(data))
            self._picture.seek(number - 1)
            if self._picture.width * self._picture.height > MAX_PIXELS:
                raise SourceError(f"a picture of {self._picture.width:,} × {self._picture.height:,} points: too large")
            self._picture.load()
        except (
            UnidentifiedImageError,
            Image.DecompressionBombError,
            OSError,
            SyntaxError,
            ValueError,
            EOFError,
        ) as error:
            raise SourceError(f"damaged picture: {first_line(error)}") from None
        # As wide as a sheet of A4, for the size of a scan in points says nothing.
        self.width, self.height = 595.0, 595.0 * self._picture.height / self._picture.width

    def picture(self, scale: float) -> Any:
        size = max(1, round(self.width * scale)), max(1, round(self.height * scale))
        return self._picture.convert("RGB").resize(size)

    def words(self) -> list[Word]:
        return []


def _read(page: _Page) -> list[Word]:
    """The words of a page that is a picture, as OCR reads them."""
    scale = min(_OCR_SCALE, (MAX_PIXELS / (page.width * page.height)) ** 0.5)
    picture = page.picture(scale)
    words = [glyph for glyph in read_words(picture.convert("L")) if glyph.text.strip()]

    def place(glyph: Glyph) -> Box:
        left, right, low = glyph.left / scale, glyph.right / scale, page.height - glyph.base / scale
        return Box(left, low - glyph.size / scale, right, low)

    return [(glyph.text, place(glyph)) for glyph in words]
