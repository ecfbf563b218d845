"""Pictures to text: what OCR reads, page by page, and what it says of itself."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from chidao.extract import SourceError, read_source
from chidao.extract.formats import ocr
from chidao.extract.formats.ocr import read_image, read_pictures

Needs = Callable[..., str]


def picture(text: list[str]) -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", (1700, 120 + 90 * len(text)), 255)
    font = ImageFont.truetype("DejaVuSans.ttf", 44)
    for i, line in enumerate(text):
        for k, column in enumerate(line.split("|")):
            ImageDraw.Draw(image).text((80 + 850 * k, 60 + 90 * i), column.strip(), font=font, fill=0)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


class TestPictures:
    TEXT = (
        "SỞ NỘI VỤ | CỘNG HÒA XÃ HỘI",
        "Số: 88/QĐ-SNV | Lào Cai, ngày 06 tháng 02 năm 2025",
        "QUYẾT ĐỊNH",
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020",
    )

    def test_a_scan_is_read(self) -> None:
        if ocr.program() is None:
            pytest.skip("needs tesseract with its Vietnamese data (.ci/run installs them)")
        found = read_image(picture(list(self.TEXT)))
        assert "30/2020/NĐ-CP" in found.text
        assert "88/QĐ-SNV     " in found.text, "columns stay apart"
        assert re.fullmatch(r"read by OCR, so with misreadings: page 1 \([89][0-9] % sure\)", "".join(found.notes))

    @pytest.mark.slow
    def test_every_page_of_a_scan(self, needs: Needs, tmp_path: Path) -> None:
        needs("tesseract")
        first, *rest = (Image.open(io.BytesIO(picture([line]))) for line in self.TEXT[1:])
        for suffix in ("tiff", "pdf"):
            first.save(tmp_path / f"a.{suffix}", save_all=True, append_images=rest)
            source = read_source(tmp_path / f"a.{suffix}")
            assert len(source.pages) == 3
            assert "88/QĐ-SNV" in source.text[: source.pages[1]] and "30/2020/NĐ-CP" in source.text[source.pages[2] :]
            assert re.fullmatch(r"read by OCR, so with misreadings: page 1 \(.*, 2 \(.*, 3 \(.*", "".join(source.notes))

    def test_a_page_that_cannot_be_read_costs_only_itself(self, needs: Needs) -> None:
        needs("tesseract")
        page = Image.open(io.BytesIO(picture(["QUYẾT ĐỊNH"])))

        def picture_of(number: int) -> Image.Image:
            if number == 4:
                raise SourceError("damaged")
            return page

        found = read_pictures([0, 4, 7], picture_of)
        assert found.lines.keys() == {0, 7} and {line.text for lines in found.lines.values() for line in lines} == {
            "QUYẾT ĐỊNH"
        }
        assert found.notes[1:] == ("page 5 was not read: damaged",)

    def test_what_was_not_read_in_time_is_told(self) -> None:
        found = read_pictures([0, 1, 2, 5], lambda number: None, seconds=0)
        assert not found.lines
        (note,) = found.notes
        assert note == "pictures that were not read, for the time was over: page 1–3, 6; split the file"

    def test_without_tesseract_it_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        ocr.program.cache_clear()
        monkeypatch.setattr("shutil.which", lambda name: None)
        with pytest.raises(SourceError, match="apt install tesseract-ocr tesseract-ocr-vie"):
            read_image(picture(["x"]))
        ocr.program.cache_clear()

    def test_a_picture_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ocr, "MAX_PIXELS", 1000)
        with pytest.raises(SourceError, match="too large|damaged"):
            read_image(picture(["x"]))

    def test_a_damaged_picture(self) -> None:
        """Is called so with and without tesseract."""
        with pytest.raises(SourceError, match="damaged picture"):
            read_image(b"\x89PNG\r\n\x1a\n" + bytes(50))
