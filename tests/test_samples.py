"""The samples are what docs/samples.md says: marked, well encoded, and each of them described."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent.parent / "samples"
PAGE = SAMPLES.parent / "docs" / "samples.md"
FILES = sorted(SAMPLES.iterdir())


def test_about_ten_documents() -> None:
    assert 10 <= len(FILES) <= 15
    assert {path.suffix for path in FILES} == {".txt", ".md"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
class TestSample:
    def test_last_line_marks_it(self, path: Path) -> None:
        last = path.read_text(encoding="utf-8").rstrip("\n").rpartition("\n")[2]
        assert "Văn bản mẫu của dự án chidao, không có giá trị pháp lý" in last

    def test_is_composed_utf8(self, path: Path) -> None:
        text = path.read_bytes().decode("utf-8")
        assert text == unicodedata.normalize("NFC", text)
        assert "\r" not in text and not text.startswith("\ufeff")

    def test_page_describes_it(self, path: Path) -> None:
        assert f"| `{path.name}` |" in PAGE.read_text(encoding="utf-8")

    def test_signers_are_invented(self, path: Path) -> None:
        # The line after the signer's role, blank lines left out, is a name that ends in "Mẫu", or "(đã ký)".
        text = path.read_text(encoding="utf-8")
        assert re.search(r"^[ *]*\w+ (Văn|Thị) Mẫu\**$|^\(đã ký\)$", text, re.MULTILINE)


def test_page_names_no_file_that_is_missing() -> None:
    named = re.findall(r"^\| `([^`]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert named == [path.name for path in FILES]
