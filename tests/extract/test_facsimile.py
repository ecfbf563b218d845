"""A page as it looks: its picture, and the place of a passage on it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from chidao.extract import SourceError
from chidao.extract.formats.facsimile import CHANGED, Box, draw, find, standing_for
from chidao.extract.formats.sandbox import Readers
from chidao.extract.formats.source import read_source

Pdf = Callable[..., bytes]
FIRST = "Thực hiện Nghị quyết số 15-NQ/TW ngày 05/5/2022 của Bộ Chính trị"
LINES = [
    "Sở Nội vụ chủ trì rà soát biên chế,",
    "hoàn thành trước ngày 30/9/2024.",
    "Sở Tài chính chủ trì rà soát tài sản.",
]


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(1) as made:
        yield made


def kept(folder: Path, data: bytes) -> tuple[str, str]:
    path = folder / "a.pdf"
    path.write_bytes(data)
    return str(path), hashlib.sha256(data).hexdigest()


def typed(x: float, y: float, text: str) -> Box:
    """About where the test's type stands on a page of 842 points."""
    return Box(x, 842 - y - 9, x + 6 * len(text), 842 - y + 3)


def over(found: Box, wanted: Box) -> bool:
    sides = zip(
        (found.left, found.top, found.right, found.bottom),
        (wanted.left, wanted.top, wanted.right, wanted.bottom),
        strict=True,
    )
    return all(abs(a - b) < 3.5 for a, b in sides)


@pytest.mark.parametrize(
    ("words", "text", "asked", "standing"),
    [
        ("a b c", "a b c", "b", [1]),
        ("TRANG 2 thực hiện kế hoạch", "Thực hiện kế hoạch", "Thực hiện kế hoạch", [2, 3, 4, 5]),
        ("giao sở giao sở", "giao sở\ngiao sở", "\ngiao sở", [2, 3]),
        ("kế ho ạch số 5", "kế hoạch số 5", "kế hoạch", [0, 1, 2]),
        ("số 15-NQ /TW1 ngày", "số 15-NQ/TW¹ ngày", "15-NQ/TW¹", [1, 2]),
        ("a kê họach b", "a kế hoạch b", "a kế hoạch b", [0, 1, 2, 3]),
        ("a x y z x y z x y z b", "a kế b", "kế", []),
        ("a b", "c d", "d", []),
        ("", "c d", "d", []),
        ("| a | b", "| a | b |", "a | b", [1, 3]),
    ],
)
def test_words_of_a_page_for_those_of_a_text(words: str, text: str, asked: str, standing: list[int]) -> None:
    at = text.index(asked)
    assert standing_for(words.split(), text, (at, at + len(asked))) == standing


def test_a_page_of_too_many_words_is_not_looked_through() -> None:
    assert standing_for(["a"] * 4001, "a", (0, 1)) == [] and standing_for(["a"] * 4000, "a", (0, 1)) == [0]


class TestPdf:
    def test_a_sentence_is_marked_line_by_line(self, readers: Readers, pdf: Pdf, tmp_path: Path) -> None:
        data = pdf([(60, 700, FIRST)], [(60, 800, "1"), *((60, 700 - 20 * i, line) for i, line in enumerate(LINES))])
        path, sha256 = kept(tmp_path, data)
        text = read_source(path).text
        page = text[text.index("Sở Nội") :]
        asked = (0, page.index("Sở Tài"))
        found = find(path, sha256, 2, page, asked, readers)
        assert (found.width, found.height, found.readable) == (595, 842, False)
        assert len(found.boxes) == 2 and all(
            map(over, found.boxes, [typed(60, 700, LINES[0]), typed(60, 680, LINES[1])])
        )

    def test_columns_that_the_file_has_one_after_the_other(self, readers: Readers, pdf: Pdf, tmp_path: Path) -> None:
        left, right = ["ỦY BAN NHÂN DÂN", "TỈNH LÀO CAI"], ["CỘNG HÒA XÃ HỘI", "Độc lập - Tự do"]
        cells = [(x, 700 - 20 * i, line) for x, column in ((60, left), (300, right)) for i, line in enumerate(column)]
        path, sha256 = kept(tmp_path, pdf(cells))
        page = "ỦY BAN NHÂN DÂN     CỘNG HÒA XÃ HỘI\nTỈNH LÀO CAI     Độc lập - Tự do\n"
        found = find(path, sha256, 1, page, (0, page.index("TỈNH")), readers)
        assert len(found.boxes) == 2 and all(
            map(over, found.boxes, [typed(60, 700, left[0]), typed(300, 700, right[0])])
        )

    @pytest.mark.parametrize("said", ["/MediaBox [0 0 595 842]", "/MediaBox [0 0 595 842] /Rotate 90", "/MediaBox [0 0 595 842] /Rotate 270",
                                      "/MediaBox [-50 -20 700 900] /CropBox [40 300 500 800]"])  # fmt: skip
    def test_the_mark_is_where_the_picture_has_the_words(
        self, said: str, readers: Readers, pdf: Pdf, tmp_path: Path
    ) -> None:
        """Behind the word that is asked for stands a black field, and nowhere else."""
        word = "hoàn"
        path, sha256 = kept(
            tmp_path,
            pdf([(60, 700, "Sở"), (100, 700, word), (160, 700, "thành")], said=said, drawn="100 698 24 8 re f\n"),
        )
        found = find(path, sha256, 1, f"Sở {word} thành", (3, 7), readers)
        picture = Image.open(io.BytesIO(draw(path, sha256, 1, 1100, readers))).convert("L")
        scale = picture.width / found.width
        assert picture.width == 1100 and abs(picture.height - found.height * scale) <= 1
        (box,) = found.boxes
        wide, high = box.right - box.left, box.bottom - box.top
        across, down = (0.4, 0.1) if wide > high else (0.1, 0.4)  # most of the length of a word, whichever way it runs

        def seen(x: float, y: float) -> Any:
            return picture.getpixel((round((box.left + x * wide) * scale), round((box.top + y * high) * scale)))

        dark = [seen(0.5, 0.5), seen(0.5 - across, 0.5 - down), seen(0.5 + across, 0.5 + down)]
        assert max(dark) < 40, "the mark lies on the field"
        assert min(seen(0.5, 2), seen(0.5, -1), seen(2, 0.5), seen(-1, 0.5)) > 200, "and not beside it"

    def test_a_huge_page_is_drawn_smaller(self, readers: Readers, pdf: Pdf, tmp_path: Path) -> None:
        path, sha256 = kept(tmp_path, pdf([(60, 700, "a")], said="/MediaBox [0 0 20 14400]"))
        picture = Image.open(io.BytesIO(draw(path, sha256, 1, 2400, readers)))
        assert picture.width * picture.height < 17_000_000


@pytest.mark.parametrize(
    ("change", "number", "why"),
    [
        (lambda data: data[: len(data) // 3], 1, "PDF"),
        (lambda data: data, 2, "no such page"),
        (lambda data: data, 0, "no such page"),
        (lambda data: data.replace(b"/MediaBox [0 0 595 842]", b"/MediaBox [0 0 000 000]"), 3, "no such page"),
        (lambda data: b"Th\xe1\xbb\xb1c hi\xe1\xbb\x87n", 1, "no pages that can be shown"),
        (lambda data: b"%PDF-1.7\n", 1, "PDF"),
        (lambda data: b"\x89PNG\r\n\x1a\n" + bytes(40), 1, "damaged picture"),
    ],
)  # fmt: skip
def test_what_has_no_such_page_is_one_line(
    change: Any, number: int, why: str, readers: Readers, pdf: Pdf, tmp_path: Path
) -> None:
    path, sha256 = kept(tmp_path, change(pdf([(60, 700, FIRST)])))
    with pytest.raises(SourceError, match=why) as drawn:
        draw(path, sha256, number, 1100, readers)
    with pytest.raises(SourceError) as found:
        find(path, sha256, number, FIRST, (0, 5), readers)
    assert drawn.value.message == found.value.message and drawn.value.path is None


def test_another_file_in_its_place_is_not_shown(readers: Readers, pdf: Pdf, tmp_path: Path) -> None:
    path, sha256 = kept(tmp_path, pdf([(60, 700, "a")]))
    Path(path).write_bytes(pdf([(60, 700, "b")]))
    with pytest.raises(SourceError, match=CHANGED):
        draw(path, sha256, 1, 1100, readers)
    Path(path).unlink()
    with pytest.raises(SourceError, match=CHANGED):
        draw(path, sha256, 1, 1100, readers)


def test_a_scan_is_read_where_that_is_asked_for(readers: Readers, needs: Callable[..., str], tmp_path: Path) -> None:
    needs("tesseract")
    page = Image.new("L", (1654, 2339), "white")
    brush, font = ImageDraw.Draw(page), ImageFont.load_default(44)
    text = "Bo Noi vu chu tri\nra soat bien che\n"
    for i, line in enumerate(text.splitlines()):
        brush.text((200, 400 + 200 * i), line, fill="black", font=font)
    stream = io.BytesIO()
    page.save(stream, "PDF", resolution=200.0)
    path, sha256 = kept(tmp_path, stream.getvalue())
    asked = (18, 33)
    unread = find(path, sha256, 1, text, asked, readers)
    assert (unread.boxes, unread.readable) == ((), True)
    (box,) = find(path, sha256, 1, text, asked, readers, ocr=True).boxes
    assert abs(box.left - 200 * 0.36) < 5 and box.top < 610 * 0.36 + 5 and box.bottom > 630 * 0.36, box
